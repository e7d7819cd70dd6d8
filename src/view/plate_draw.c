#include "plate_draw.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"
#include "plate_print.h"

/* Packed colours of all cells; alpha 0 where nothing is computed or nothing is. */
static void fill_colours(const struct view *v, const struct scene *s, const struct plate *p,
                         enum view_progress progress, uint32_t *out)
{
    const float *numbers = view_numbers(v->snap, p->tensor);
    bool gradient = view_is_gradient(v->snap, p->tensor);
    for (int row = 0; row < p->rows; row++)
        for (int col = 0; col < p->cols; col++, out++) {
            struct cell c = plate_cell(s, p, row, col);
            *out = 0;
            if (cell_is(c) && (progress == ALL_DONE || view_is_done(v, c)))
                *out = colour_pack(plate_colour(v, gradient, numbers[c.index], p->limit));
        }
}

static void cover_hidden(const struct view *v, const struct plate *p)
{
    const struct cell sel = v->snap->selected;
    int row, col;
    if (sel.tensor != p->tensor || !view_is_hidden(v, sel) || !plate_find(p, sel.index, &row, &col))
        return;
    draw_rect(v->ui->draw, plate_rect(p, row, col), v->ui->theme->turn_ground);
}

/* Cells too small for numbers have the mark alone, as long as it can be seen. */
static void mark_cells(const struct view *v, const struct scene *s, const struct plate *p)
{
    if (!v->marks || fminf(p->rect.w / (float)p->cols, p->rect.h / (float)p->rows) <
                         ui_px(v->ui, VIEW_MARK_LEAST))
        return;
    for (int row = 0; row < p->rows; row++)
        for (int col = 0; col < p->cols; col++)
            view_mark_changed(v, plate_cell(s, p, row, col), plate_rect(p, row, col));
}

/* The last row or column of a list that does not fill it: what is no number looks like none. */
static void cover_missing(const struct view *v, const struct scene *s, const struct plate *p)
{
    size_t last =
        p->base + (size_t)(p->rows - 1) * p->row_step + (size_t)(p->cols - 1) * p->col_step;
    for (int row = 0; last >= p->end && row < p->rows; row++)
        for (int col = 0; col < p->cols; col++)
            if (!cell_is(plate_cell(s, p, row, col)))
                draw_rect(v->ui->draw, plate_rect(p, row, col), v->ui->theme->track);
}

static void draw_grid(const struct view *v, const struct scene *s, const struct plate *p)
{
    const struct theme *t = v->ui->theme;
    struct draw_list *d = v->ui->draw;
    enum view_progress progress = view_progress(v->snap, p->tensor);
    if (progress != ALL_DONE)
        draw_hatch(d, p->rect, t->hatch_ground, t->hatch);
    if (progress != NONE_DONE) {
        uint32_t *colours = mem_zalloc((size_t)(p->rows * p->cols), sizeof *colours);
        fill_colours(v, s, p, progress, colours);
        unsigned flags = view_is_gradient(v->snap, p->tensor) ? HEATMAP_GRADIENT : 0;
        if (progress == ALL_DONE && p->rect.w / (float)p->cols >= 6)
            flags |= HEATMAP_GRID;
        draw_heatmap(d, p->rect, p->cols, p->rows, colours, flags, colour_alpha(t->frame, 0.35f));
        free(colours);
        if (!plate_print(v, s, p)) {
            cover_hidden(v, p);
            mark_cells(v, s, p);
        }
    }
    cover_missing(v, s, p);
    draw_frame(d, rect_inset(p->rect, -1), 1, t->frame);
}

static void draw_circle_plate(const struct view *v, const struct scene *s, const struct plate *p)
{
    const struct theme *t = v->ui->theme;
    struct draw_list *d = v->ui->draw;
    struct cell c = plate_cell(s, p, 0, 0);
    float x = p->rect.x + p->rect.w / 2, y = p->rect.y + p->rect.h / 2, radius = p->rect.w / 2;
    float value = view_numbers(v->snap, p->tensor)[c.index];
    bool done = view_is_done(v, c), hidden = done && view_is_hidden(v, c);
    struct colour ground =
        hidden ? t->turn_ground
        : done ? plate_colour(v, view_is_gradient(v->snap, p->tensor), value, p->limit)
               : t->hatch_ground;
    draw_circle(d, x, y, radius, ground);
    if (!done) {
        float side = radius * 1.3f;
        draw_hatch(d, (struct rect){x - side / 2, y - side / 2, side, side}, ground, t->hatch);
    }
    draw_ring(d, x, y, radius - 1, fmaxf(1.5f, ui_px(v->ui, 2)), t->frame);
    if (!done)
        return;
    float was;
    if (view_was(v, c, &was))
        draw_circle(d, x + radius * 0.72f, y - radius * 0.72f, fmaxf(3, ui_px(v->ui, 6)),
                    t->selection);
    char text[48] = "?";
    int px = ui_text_px(v->ui, 22), least = ui_text_px(v->ui, 17);
    float room = 2 * radius - 2 * PLATE_SPARE;
    struct number_style style;
    for (int digits = view_style(v->snap).digits; digits >= 1 && !hidden; digits--) {
        number_format((double)value, plate_style(v, digits, &style), text, sizeof text);
        if (font_width(v->ui->fonts, FONT_MONO, least, text) <= room)
            break;
    }
    while (px > least && font_width(v->ui->fonts, FONT_MONO, px, text) > room * 0.94f)
        px--;
    if (font_width(v->ui->fonts, FONT_MONO, px, text) <= room && (float)px * 1.2f < room)
        draw_text_in(d, FONT_MONO, px, p->rect, ALIGN_CENTRE | TEXT_MAY_CUT,
                     theme_text_on(t, ground), text);
}

static void draw_bars(const struct view *v, const struct scene *s, const struct plate *p)
{
    const struct theme *t = v->ui->theme;
    struct draw_list *d = v->ui->draw;
    const float *numbers = view_numbers(v->snap, p->tensor);
    int px = ui_text_px(v->ui, 17);
    char number[48];
    int decimals = view_style(v->snap).digits;
    float text_w = font_width(v->ui->fonts, FONT_MONO, px,
                              view_fixed(v->snap, 0, decimals, number, sizeof number)) +
                   4;
    for (int row = 0; row < p->rows; row++) {
        struct cell c = plate_cell(s, p, row, 0);
        struct rect r = rect_inset_xy(plate_rect(p, row, 0), 0, p->rect.h / (float)p->rows * 0.16f);
        bool text_fits = r.w > text_w * 1.6f && r.h > (float)px;
        struct rect bar = r;
        struct rect text = text_fits ? rect_cut_right(&bar, text_w) : (struct rect){0};
        if (!view_is_done(v, c)) {
            draw_hatch(d, bar, t->hatch_ground, t->hatch);
            continue;
        }
        bool hidden = view_is_hidden(v, c);
        float value = numbers[c.index];
        draw_rect(d, bar, t->track);
        struct rect fill = bar;
        fill.w *= hidden || !isfinite(value) ? 0 : fmaxf(0, fminf(1, fabsf(value) / p->limit));
        draw_rect(d, fill, value < 0 ? t->text_value_neg : t->text_value_pos);
        snprintf(number, sizeof number, "?");
        if (!hidden)
            view_fixed(v->snap, (double)value, decimals, number, sizeof number);
        view_mark_changed(v, c, bar);
        if (text_fits)
            draw_text_in(d, FONT_MONO, px, text, ALIGN_RIGHT | TEXT_MAY_CUT, t->ink, number);
    }
}

/* Red, green and blue as one picture: brightest where the largest number is. */
static void draw_colour_picture(const struct view *v, const struct scene *s, const struct plate *p)
{
    const float *numbers = view_numbers(v->snap, p->tensor);
    float low = 0, high = 1;
    size_t count = v->snap->program->tensors[p->tensor].count;
    for (size_t i = 0; i < count; i++) {
        low = fminf(low, numbers[i]);
        high = fmaxf(high, numbers[i]);
    }
    uint32_t *colours = mem_zalloc((size_t)(p->rows * p->cols), sizeof *colours), *out = colours;
    for (int row = 0; row < p->rows; row++)
        for (int col = 0; col < p->cols; col++) {
            const float *rgb = numbers + plate_cell(s, p, row, col).index;
            uint8_t part[3];
            for (int k = 0; k < 3; k++)
                part[k] = isfinite(rgb[k]) ? (uint8_t)(255 * (rgb[k] - low) / (high - low)) : 0;
            *out++ = colour_pack((struct colour){part[0], part[1], part[2], 255});
        }
    draw_heatmap(v->ui->draw, p->rect, p->cols, p->rows, colours, 0, v->ui->theme->frame);
    free(colours);
    draw_frame(v->ui->draw, rect_inset(p->rect, -1), 1, v->ui->theme->frame);
}

void plate_draw(const struct view *v, const struct scene *s, const struct plate *p)
{
    if (!rect_overlaps(rect_inset(p->rect, -2), draw_clip(v->ui->draw)))
        return;
    switch (p->kind) {
    case PLATE_GRID:
        draw_grid(v, s, p);
        break;
    case PLATE_CIRCLE:
        draw_circle_plate(v, s, p);
        break;
    case PLATE_BAR:
        draw_bars(v, s, p);
        break;
    case PLATE_COLOUR:
        draw_colour_picture(v, s, p);
        break;
    }
}

void plate_draw_small(const struct view *v, const struct scene *s, const struct plate *p,
                      struct rect r)
{
    const struct theme *t = v->ui->theme;
    enum view_progress progress = view_progress(v->snap, p->tensor);
    struct plate small = *p;
    small.rect = rect_snap(r);
    if (p->kind == PLATE_COLOUR) {
        draw_colour_picture(v, s, &small);
        return;
    }
    uint32_t *colours = mem_zalloc((size_t)(p->rows * p->cols), sizeof *colours);
    fill_colours(v, s, p, progress, colours);
    if (p->kind == PLATE_CIRCLE) {
        struct colour c = colours[0] ? colour_unpack(colours[0]) : t->hatch_ground;
        float radius = fminf(r.w, r.h) / 2;
        draw_circle(v->ui->draw, r.x + r.w / 2, r.y + r.h / 2, radius, c);
        draw_ring(v->ui->draw, r.x + r.w / 2, r.y + r.h / 2, radius, 1, t->frame);
    } else {
        draw_rect(v->ui->draw, small.rect, t->hatch_ground);
        draw_heatmap(v->ui->draw, small.rect, p->cols, p->rows, colours, 0, t->frame);
        draw_frame(v->ui->draw, small.rect, 1, t->frame);
    }
    free(colours);
}

void legend_draw(const struct view *v, const struct legend *l, int px)
{
    enum { SHADES = 33 };
    uint32_t colours[SHADES];
    for (int i = 0; i < SHADES; i++) {
        float at = l->limit * (2 * (float)i / (SHADES - 1) - 1);
        colours[i] = colour_pack(plate_colour(v, l->gradient, at, l->limit));
    }
    char number[48], text[64];
    struct number_style style;
    number_format((double)l->limit, plate_style(v, 2, &style), number, sizeof number);
    snprintf(text, sizeof text, "±%s", view_limit_is_hidden(v, l->limit) ? "?" : number);
    float w = font_width(v->ui->fonts, FONT_MONO, px, text) + 2;
    struct rect bar = l->rect;
    if (bar.w < w)
        return;
    struct rect words = rect_cut_right(&bar, w);
    bar.w -= 6;
    float h = fminf(bar.h, ui_px(v->ui, 10));
    bar = rect_centre(bar, bar.w, h);
    if (bar.w >= 12) {
        draw_heatmap(v->ui->draw, bar, SHADES, 1, colours, l->gradient ? HEATMAP_GRADIENT : 0,
                     v->ui->theme->line);
        draw_frame(v->ui->draw, rect_inset(rect_snap(bar), -1), 1, v->ui->theme->line);
    }
    draw_text_in(v->ui->draw, FONT_MONO, px, words, ALIGN_RIGHT, v->ui->theme->muted, text);
}
