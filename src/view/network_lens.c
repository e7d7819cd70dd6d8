#include "network_lens.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>

#include "plate_draw.h"

/* Cells a side, and the parts of the canvas that may be covered: where it is asked for by pointing,
 * and where it stands beside the selected cell by itself. With less room it has fewer cells, with
 * still less it is not there: the formula bar, or a line at the pointer, tells the number. */
enum { LENS_CELLS = 5, LENS_CELLS_LEAST = 3 };
#define LENS_POINTED  0.25f
#define LENS_SELECTED 0.08f

/* A cell and the plate that shows it. */
struct lens {
    const struct plate *plate;
    int row, col;
    struct cell cell;
};

static bool under_pointer(const struct view *v, const struct scene *s, struct rect sight,
                          struct lens *out)
{
    float x = v->ui->in->mouse_x, y = v->ui->in->mouse_y;
    for (int i = s->plate_count - 1; i >= 0; i--) {
        const struct plate *p = &s->plates[i];
        if (p->kind != PLATE_GRID || !rect_contains(p->rect, x, y) ||
            (!p->detail && !rect_contains(sight, x, y)))
            continue;
        *out = (struct lens){.plate = p,
                             .row = (int)((y - p->rect.y) * (float)p->rows / p->rect.h),
                             .col = (int)((x - p->rect.x) * (float)p->cols / p->rect.w)};
        out->cell = plate_cell(s, p, out->row, out->col);
        return cell_is(out->cell) && !plate_prints(v, s, p);
    }
    return false;
}

/* The selected cell's plate, the largest; false when one of them prints its number. */
static bool at_selected(const struct view *v, const struct scene *s, struct rect sight,
                        struct lens *out)
{
    struct cell sel = v->snap->selected;
    float largest = 0;
    int row, col;
    if (!cell_is(sel))
        return false;
    for (int i = 0; i < s->plate_count; i++) {
        const struct plate *p = &s->plates[i];
        if (p->tensor != sel.tensor || p->kind == PLATE_COLOUR ||
            !plate_find(p, sel.index, &row, &col))
            continue;
        if (p->kind != PLATE_GRID || plate_prints(v, s, p))
            return false;
        struct rect r = plate_rect(p, row, col);
        bool seen = p->detail || rect_overlaps(r, sight);
        if (!seen || r.w * r.h <= largest)
            continue;
        largest = r.w * r.h;
        *out = (struct lens){p, row, col, sel};
    }
    return largest > 0;
}

/* The plate's cells around the lens' own, `most` a side, as a plate of its own. */
static struct plate cut_out(const struct lens *at, int most)
{
    struct plate p = *at->plate;
    int rows = p.rows < most ? p.rows : most;
    int cols = p.cols < most ? p.cols : most;
    int r0 = at->row - rows / 2, c0 = at->col - cols / 2;
    r0 = r0 < 0 ? 0 : r0 > p.rows - rows ? p.rows - rows : r0;
    c0 = c0 < 0 ? 0 : c0 > p.cols - cols ? p.cols - cols : c0;
    p.base += (size_t)r0 * p.row_step + (size_t)c0 * p.col_step;
    p.rows = rows;
    p.cols = cols;
    p.detail = true;
    p.large = false;
    return p;
}

/* Beside the cell, where it covers neither that nor the selected cell's frame. */
static struct rect place(const struct view *v, const struct scene *s, const struct lens *at,
                         struct rect canvas, float w, float h)
{
    struct rect own = plate_rect(at->plate, at->row, at->col), frames[16];
    struct cell sel = v->snap->selected;
    float gap = ui_px(v->ui, 18);
    int n = 0, row, col;
    frames[n++] = rect_inset(own, -2);
    for (int i = 0; i < s->plate_count && n < 16; i++)
        if (s->plates[i].tensor == sel.tensor && plate_find(&s->plates[i], sel.index, &row, &col))
            frames[n++] = rect_inset(plate_rect(&s->plates[i], row, col), -ui_px(v->ui, 6));
    const struct rect tries[] = {{own.x + own.w + gap, own.y - h - gap, w, h},
                                 {own.x - w - gap, own.y - h - gap, w, h},
                                 {own.x + own.w + gap, own.y + own.h + gap, w, h},
                                 {own.x - w - gap, own.y + own.h + gap, w, h},
                                 {own.x + own.w + gap, own.y - h / 2, w, h},
                                 {own.x - w - gap, own.y - h / 2, w, h}};
    const int count = sizeof tries / sizeof *tries;
    int best = 0, fewest = 99;
    for (int i = 0; i < count; i++) {
        struct rect r = tries[i];
        int faults = 0;
        r.x = fmaxf(canvas.x, fminf(r.x, canvas.x + canvas.w - w));
        r.y = fmaxf(canvas.y, fminf(r.y, canvas.y + canvas.h - h));
        for (int k = 0; k < n; k++)
            faults += rect_overlaps(r, frames[k]);
        if (faults < fewest) {
            fewest = faults;
            best = i;
        }
    }
    struct rect r = tries[best];
    r.x = fmaxf(canvas.x, fminf(r.x, canvas.x + canvas.w - w));
    r.y = fmaxf(canvas.y, fminf(r.y, canvas.y + canvas.h - h));
    return r;
}

/* "conv1[9,14,3] = 0.52" */
static void lens_title(const struct view *v, struct cell c, char *out, size_t size)
{
    char name[160], number[48];
    snprintf(number, sizeof number, "%s", _("not computed yet"));
    cell_title(v->snap->program, c, name, sizeof name);
    if (view_is_hidden(v, c))
        snprintf(number, sizeof number, "?");
    else if (view_is_done(v, c))
        view_number(v->snap, (double)cell_value(v->snap->trace, c), number, sizeof number);
    snprintf(out, size, "%s = %s", name, number);
}

/* False where it would cover more than `part` of the canvas. */
static bool draw_lens(const struct view *v, const struct scene *s, const struct lens *at,
                      struct rect canvas, float part)
{
    struct ui *ui = v->ui;
    char text[240];
    int px = ui_text_px(ui, 19), row, col;
    float pad = ui_px(ui, 10), line = (float)px * 1.6f, cell_w, w, h;
    const float cell_h = ui_px(ui, 30);
    struct plate p;
    lens_title(v, at->cell, text, sizeof text);
    for (int cells = LENS_CELLS;; cells--) {
        if (cells < LENS_CELLS_LEAST)
            return false;
        p = cut_out(at, cells);
        cell_w = fmaxf(ui_px(ui, 72), plate_number_width(v, s, &p) + ui_px(ui, 6));
        w = fmaxf(cell_w * (float)p.cols, font_width(ui->fonts, FONT_MONO, px, text)) + 2 * pad;
        h = cell_h * (float)p.rows + line + 2 * pad;
        if (w * h <= part * canvas.w * canvas.h)
            break;
    }
    struct rect box = place(v, s, at, canvas, w, h), in = rect_inset(box, pad);
    draw_tag(ui->draw, "popup");
    draw_rect(ui->draw, box, ui->theme->panel);
    draw_frame(ui->draw, box, fmaxf(2, ui_px(ui, 2)), ui->theme->ink);
    draw_text_in(ui->draw, FONT_MONO, px, rect_cut_top(&in, line), ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, text);
    p.rect = rect_snap(rect_centre(in, cell_w * (float)p.cols, cell_h * (float)p.rows));
    plate_draw(v, s, &p);
    if (plate_find(&p, at->cell.index, &row, &col))
        draw_frame(ui->draw, rect_inset(plate_rect(&p, row, col), -2), fmaxf(3, ui_px(ui, 3)),
                   cell_equal(at->cell, v->snap->selected) ? ui->theme->selection : ui->theme->ink);
    draw_tag(ui->draw, NULL);
    return true;
}

bool network_lens_draw(const struct view *v, const struct scene *s, struct rect canvas,
                       struct rect sight)
{
    struct lens at;
    bool pointer = ui_hovers(v->ui, canvas) && !v->ui->in->down[MOUSE_LEFT];
    if (pointer && under_pointer(v, s, sight, &at))
        return draw_lens(v, s, &at, canvas, LENS_POINTED);
    if (at_selected(v, s, sight, &at))
        draw_lens(v, s, &at, canvas, LENS_SELECTED);
    return false;
}
