/* Draws a pane's cells: one heatmap a block, numbers on those that are seen whole. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "matrix_pane.h"

int matrix_decimals(const struct view *v, float limit)
{
    int digits = view_style(v->snap).digits;
    int whole = (int)floorf(log10f(limit)); /* 0 for 1 to 9.99 */
    int decimals = digits - 1 - whole + (whole == 0), most = digits + 3;
    return whole > 5 || decimals > most ? -1 : decimals < 0 ? 0 : decimals;
}

static char *write_number(const struct view *v, double value, int decimals, char *out, size_t size)
{
    if (decimals < 0 || !isfinite(value))
        return view_number(v->snap, value, out, size);
    return view_fixed(v->snap, value, decimals, out, size);
}

float matrix_number_width(const struct view *v, float limit, int px)
{
    char text[48];
    int decimals = matrix_decimals(v, limit);
    write_number(v, decimals < 0 ? -8.888888888e-38 : -(double)limit, decimals, text, sizeof text);
    return font_width(v->ui->fonts, FONT_MONO, px, text);
}

char *matrix_number(const struct view *v, const struct matrix_print *print, struct cell c,
                    char *out, size_t size)
{
    out[0] = 0;
    if (!view_is_done(v, c))
        return out;
    if (view_is_hidden(v, c))
        snprintf(out, size, "?");
    else
        write_number(v, (double)cell_value(v->snap->trace, c), print->decimals, out, size);
    return out;
}

/* Packed colours of a window's cells; alpha 0 where nothing is computed, or nothing is. */
static void fill_colours(const struct view *v, const struct matrix_pane *p, int block,
                         struct matrix_window w, uint32_t *out)
{
    const struct theme *t = v->ui->theme;
    const float *numbers = view_numbers(v->snap, p->tensor);
    bool gradient = view_is_gradient(v->snap, p->tensor);
    bool all = view_progress(v->snap, p->tensor) == ALL_DONE;
    uint32_t hidden = colour_pack(t->turn_ground);
    for (int row = w.r0; row < w.r1; row++, out += w.c1 - w.c0) {
        size_t index;
        int cols = 0;
        while (w.c0 + cols < w.c1 && matrix_map_cell(&p->map, block, row, w.c0 + cols, &index))
            cols++;
        if (cols == 0)
            continue;
        matrix_map_cell(&p->map, block, row, w.c0, &index);
        scale_pack(t, gradient, numbers + index, cols, (int)p->map.col_step, p->limit, out);
        for (int k = 0; k < cols; k++, index += p->map.col_step) {
            struct cell c = matrix_pane_cell(v->snap, p, index);
            if (!all && !view_is_done(v, c))
                out[k] = 0;
            else if (view_is_hidden(v, c))
                out[k] = hidden;
        }
    }
}

static bool is_inside(struct rect inner, struct rect outer)
{
    return inner.x >= outer.x - 1 && inner.y >= outer.y - 1 &&
           inner.x + inner.w <= outer.x + outer.w + 1 && inner.y + inner.h <= outer.y + outer.h + 1;
}

/* Half a number would be another number: only cells seen whole have theirs. */
static void print_cells(const struct view *v, const struct matrix_pane *p, int block,
                        struct matrix_window w, const uint32_t *colours)
{
    char text[48];
    for (int row = w.r0; row < w.r1; row++)
        for (int col = w.c0; col < w.c1; col++, colours++) {
            struct rect r =
                matrix_pane_part(p, block, (struct matrix_window){row, row + 1, col, col + 1});
            size_t index;
            if (*colours >> 24 == 0 || !is_inside(r, p->view) ||
                !matrix_map_cell(&p->map, block, row, col, &index))
                continue;
            struct cell c = matrix_pane_cell(v->snap, p, index);
            matrix_number(v, &p->print, c, text, sizeof text);
            draw_text_in(v->ui->draw, FONT_MONO, p->print.px, r, ALIGN_CENTRE | TEXT_MAY_CUT,
                         theme_text_on(v->ui->theme, colour_unpack(*colours)), text);
            view_mark_changed(v, c, r);
        }
}

/* Cells too small for numbers have the mark alone, as long as it can be seen. */
static void mark_cells(const struct view *v, const struct matrix_pane *p, int block,
                       struct matrix_window w)
{
    size_t index;
    if (!v->marks || fminf(p->cell_w, p->cell_h) < ui_px(v->ui, VIEW_MARK_LEAST))
        return;
    for (int row = w.r0; row < w.r1; row++)
        for (int col = w.c0; col < w.c1; col++)
            if (matrix_map_cell(&p->map, block, row, col, &index))
                view_mark_changed(
                    v, matrix_pane_cell(v->snap, p, index),
                    matrix_pane_part(p, block, (struct matrix_window){row, row + 1, col, col + 1}));
}

static void draw_block(const struct view *v, const struct matrix_pane *p, int block)
{
    const struct theme *t = v->ui->theme;
    struct draw_list *d = v->ui->draw;
    struct matrix_window w;
    if (!matrix_pane_window(p, block, &w))
        return;
    struct rect r = matrix_pane_part(p, block, w);
    enum view_progress progress = view_progress(v->snap, p->tensor);
    if (progress != ALL_DONE)
        draw_hatch(d, r, t->hatch_ground, t->hatch);
    if (progress != NONE_DONE) {
        int cols = w.c1 - w.c0, rows = w.r1 - w.r0;
        uint32_t *colours = mem_zalloc((size_t)(rows * cols), sizeof *colours);
        unsigned flags = view_is_gradient(v->snap, p->tensor) ? HEATMAP_GRADIENT : 0;
        if (progress == ALL_DONE && p->cell_w >= 6 && p->cell_h >= 6)
            flags |= HEATMAP_GRID;
        fill_colours(v, p, block, w, colours);
        draw_heatmap(d, r, cols, rows, colours, flags, colour_alpha(t->frame, 0.35f));
        if (p->print.px)
            print_cells(v, p, block, w, colours);
        else
            mark_cells(v, p, block, w);
        free(colours);
    }
    draw_frame(d, rect_inset(matrix_pane_block(p, block), -1), 1, t->frame);
}

/* "kernel 3, channel 1" above a block, as long as there is room for. */
static void draw_title(const struct view *v, const struct matrix_pane *p, int block)
{
    static const char *const channel[] = {N_("channel %d"), N_("ch. %d"), "%d"};
    static const char *const kernel[] = {N_("kernel %d"), "k. %d", "%d"};
    static const char *const both[] = {N_("kernel %d, channel %d"), N_("k. %d, ch. %d"), "%d, %d"};
    struct rect r = matrix_pane_block(p, block);
    r = (struct rect){r.x, r.y - (float)p->title, r.w, (float)p->title};
    struct rect seen = rect_intersect(r, p->view);
    if (p->title == 0 || seen.h < r.h - 1 || seen.w <= 0)
        return;
    const struct matrix_map *m = &p->map;
    int px = ui_text_px(v->ui, 17), k = block / m->channels, c = block % m->channels;
    for (int form = 0; form < 3; form++) {
        char text[64];
        if (m->kind == MATRIX_MAPS)
            snprintf(text, sizeof text, translate(channel[form]), m->slice >= 0 ? m->slice : block);
        else if (m->channels == 1)
            snprintf(text, sizeof text, translate(kernel[form]), m->slice >= 0 ? m->slice : block);
        else
            snprintf(text, sizeof text, translate(both[form]), m->slice >= 0 ? m->slice : k, c);
        if (font_width(v->ui->fonts, FONT_SANS, px, text) > seen.w)
            continue;
        draw_text_in(v->ui->draw, FONT_SANS, px, seen, ALIGN_LEFT, v->ui->theme->muted, text);
        return;
    }
}

void matrix_pane_draw(const struct view *v, const struct matrix_pane *p)
{
    draw_clip_push(v->ui->draw, rect_inset(p->view, -1));
    for (int b = 0; b < p->map.blocks; b++) {
        draw_block(v, p, b);
        draw_title(v, p, b);
    }
    draw_clip_pop(v->ui->draw);
}
