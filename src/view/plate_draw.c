#include "plate_draw.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"

/* Pixels a number leaves free in its cell. */
enum { SPARE = 3 };

enum progress_of { NONE_DONE, SOME_DONE, ALL_DONE };

static enum progress_of plate_progress(const struct view *v, const struct plate *p)
{
    const struct steps *steps = v->snap->steps;
    int b = steps->block_of[p->tensor];
    if (b < 0)
        return ALL_DONE;
    const struct step_block *block = &steps->blocks[b];
    int64_t at = v->snap->cursor.cell;
    return at >= block->first + block->cells ? ALL_DONE
           : at <= block->first              ? NONE_DONE
                                             : SOME_DONE;
}

static const float *sample_numbers(const struct snapshot *s, int tensor)
{
    const struct tensor *t = &s->program->tensors[tensor];
    const float *numbers = trace_tensor(s->trace, tensor);
    return t->batched ? numbers + (size_t)s->view_sample * t->count : numbers;
}

static struct colour cell_colour(const struct view *v, bool gradient, float value, float limit)
{
    return gradient ? scale_gradient(v->ui->theme, value, limit)
                    : scale_value(v->ui->theme, value, limit);
}

/* Packed colours of all cells; alpha 0 where nothing is computed or nothing is. */
static void fill_colours(const struct view *v, const struct scene *s, const struct plate *p,
                         enum progress_of progress, uint32_t *out)
{
    const float *numbers = sample_numbers(v->snap, p->tensor);
    bool gradient = view_is_gradient(v->snap, p->tensor);
    for (int row = 0; row < p->rows; row++)
        for (int col = 0; col < p->cols; col++, out++) {
            struct cell c = plate_cell(s, p, row, col);
            *out = 0;
            if (cell_is(c) && (progress == ALL_DONE || view_is_done(v, c)))
                *out = colour_pack(cell_colour(v, gradient, numbers[c.index], p->limit));
        }
}

/* Decimals that show a value near `limit` with `digits` significant digits; -1: too small. */
static int decimals_for(float limit, int digits)
{
    int decimals = digits - 1 - (int)floorf(log10f(limit));
    return decimals < 0 ? 0 : decimals > 6 ? -1 : decimals;
}

struct print {
    int px;
    int decimals; /* of a single number: its significant digits */
    bool digits;  /* numbers fit */
    bool single;  /* one number alone: as in the formula, not with a column's decimals */
};

/* The largest number that will be printed: decimals follow it, not the whole tensor. */
static float printed_limit(const struct view *v, const struct scene *s, const struct plate *p)
{
    enum { CELLS_MOST = 4096 };
    const float *numbers = sample_numbers(v->snap, p->tensor);
    float limit = 0;
    if (p->rows * p->cols > CELLS_MOST)
        return p->limit;
    for (int row = 0; row < p->rows; row++)
        for (int col = 0; col < p->cols; col++) {
            struct cell c = plate_cell(s, p, row, col);
            if (cell_is(c) && isfinite(numbers[c.index]))
                limit = fmaxf(limit, fabsf(numbers[c.index]));
        }
    return limit > 0 ? limit : 1;
}

static const struct number_style *single_style(const struct view *v, int digits,
                                               struct number_style *style)
{
    *style = view_style(v->snap);
    style->digits = digits;
    return style;
}

static struct print fit_numbers(const struct view *v, const struct scene *s, const struct plate *p)
{
    float w = p->rect.w / (float)p->cols, h = p->rect.h / (float)p->rows;
    int least = ui_text_px(v->ui, 17);
    struct print print = {.px = least};
    if (h > (float)least * 1.9f)
        print.px = (int)fminf((float)least * 1.3f, h * 0.5f);
    if (s->zoom > 1 && !p->detail && h > (float)least * 2)
        print.px = (int)fminf(h * 0.45f, (float)least * 1.6f);
    char text[48];
    if (w < ui_px(v->ui, 24) || h < (float)least)
        return print;
    float limit = printed_limit(v, s, p);
    struct number_style style = view_style(v->snap);
    int most = style.digits;
    if (p->rows * p->cols == 1) {
        for (int digits = most; digits >= 1 && !print.single; digits--) {
            number_format(-(double)limit, single_style(v, digits, &style), text, sizeof text);
            print.single = font_width(v->ui->fonts, FONT_MONO, print.px, text) + SPARE <= w;
            print.decimals = digits;
        }
        print.digits = print.single;
        return print;
    }
    int largest = print.px;
    for (int digits = most; digits >= 2 && !print.digits; digits--) {
        print.decimals = decimals_for(limit * 0.999f, digits);
        if (print.decimals < 0)
            continue;
        number_fixed(-(double)limit, print.decimals, &style, text, sizeof text);
        for (print.px = largest; print.px >= least && !print.digits; print.px--) {
            float width = font_width(v->ui->fonts, FONT_MONO, print.px, text);
            print.digits = width + SPARE <= w && (float)print.px * 1.25f <= h;
        }
    }
    print.px++;
    return print;
}

bool plate_prints(const struct view *v, const struct scene *s, const struct plate *p)
{
    return fit_numbers(v, s, p).digits;
}

static void print_cell(const struct view *v, const struct scene *s, const struct plate *p,
                       const struct print *print, int row, int col)
{
    struct cell c = plate_cell(s, p, row, col);
    struct rect r = plate_rect(p, row, col);
    if (!cell_is(c) || !rect_overlaps(r, draw_clip(v->ui->draw)) || !view_is_done(v, c))
        return;
    float value = sample_numbers(v->snap, p->tensor)[c.index];
    bool gradient = view_is_gradient(v->snap, p->tensor);
    struct colour ground = cell_colour(v, gradient, value, p->limit);
    char text[48] = "?";
    bool hidden = view_is_hidden(v, c);
    if (hidden) {
        ground = v->ui->theme->turn_ground;
        draw_rect(v->ui->draw, rect_inset(r, 1), ground);
    } else if (isfinite(value) && !print->single) {
        view_fixed(v->snap, (double)value, print->decimals, text, sizeof text);
    } else {
        struct number_style style;
        number_format((double)value, single_style(v, print->single ? print->decimals : 3, &style),
                      text, sizeof text);
    }
    draw_text_in(v->ui->draw, FONT_MONO, print->px, r, ALIGN_CENTRE | TEXT_MAY_CUT,
                 theme_text_on(v->ui->theme, ground), text);
}

static void cover_hidden(const struct view *v, const struct plate *p)
{
    const struct cell sel = v->snap->selected;
    int row, col;
    if (sel.tensor != p->tensor || !view_is_hidden(v, sel) || !plate_find(p, sel.index, &row, &col))
        return;
    draw_rect(v->ui->draw, plate_rect(p, row, col), v->ui->theme->turn_ground);
}

static void draw_grid(const struct view *v, const struct scene *s, const struct plate *p)
{
    const struct theme *t = v->ui->theme;
    struct draw_list *d = v->ui->draw;
    enum progress_of progress = plate_progress(v, p);
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
        struct print print = fit_numbers(v, s, p);
        for (int row = 0; print.digits && row < p->rows; row++)
            for (int col = 0; col < p->cols; col++)
                print_cell(v, s, p, &print, row, col);
        if (!print.digits)
            cover_hidden(v, p);
    }
    draw_frame(d, rect_inset(p->rect, -1), 1, t->frame);
}

static void draw_circle_plate(const struct view *v, const struct scene *s, const struct plate *p)
{
    const struct theme *t = v->ui->theme;
    struct draw_list *d = v->ui->draw;
    struct cell c = plate_cell(s, p, 0, 0);
    float x = p->rect.x + p->rect.w / 2, y = p->rect.y + p->rect.h / 2, radius = p->rect.w / 2;
    float value = sample_numbers(v->snap, p->tensor)[c.index];
    bool done = view_is_done(v, c), hidden = done && view_is_hidden(v, c);
    struct colour ground =
        hidden ? t->turn_ground
        : done ? cell_colour(v, view_is_gradient(v->snap, p->tensor), value, p->limit)
               : t->hatch_ground;
    draw_circle(d, x, y, radius, ground);
    if (!done) {
        float side = radius * 1.3f;
        draw_hatch(d, (struct rect){x - side / 2, y - side / 2, side, side}, ground, t->hatch);
    }
    draw_ring(d, x, y, radius - 1, fmaxf(1.5f, ui_px(v->ui, 2)), t->frame);
    if (!done)
        return;
    char text[48] = "?";
    int px = ui_text_px(v->ui, 22), least = ui_text_px(v->ui, 17);
    float room = 2 * radius - 2 * SPARE;
    struct number_style style;
    for (int digits = view_style(v->snap).digits; digits >= 1 && !hidden; digits--) {
        number_format((double)value, single_style(v, digits, &style), text, sizeof text);
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
    const float *numbers = sample_numbers(v->snap, p->tensor);
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
        draw_rect(d, fill, value < 0 ? t->value_neg : t->value_pos);
        snprintf(number, sizeof number, "?");
        if (!hidden)
            view_fixed(v->snap, (double)value, decimals, number, sizeof number);
        if (text_fits)
            draw_text_in(d, FONT_MONO, px, text, ALIGN_RIGHT | TEXT_MAY_CUT, t->ink, number);
    }
}

/* Red, green and blue as one picture: brightest where the largest number is. */
static void draw_colour_picture(const struct view *v, const struct scene *s, const struct plate *p)
{
    const float *numbers = sample_numbers(v->snap, p->tensor);
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
    enum progress_of progress = plate_progress(v, p);
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
        draw_circle(v->ui->draw, r.x + r.w / 2, r.y + r.h / 2, r.w / 2, c);
        draw_ring(v->ui->draw, r.x + r.w / 2, r.y + r.h / 2, r.w / 2, 1, t->frame);
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
        colours[i] = colour_pack(cell_colour(v, l->gradient, at, l->limit));
    }
    char number[48], text[64];
    struct number_style style;
    number_format((double)l->limit, single_style(v, 2, &style), number, sizeof number);
    snprintf(text, sizeof text, "±%s", number);
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
