#include "plate_print.h"

#include <math.h>
#include <stdio.h>

#include "plate_draw.h"

struct colour plate_colour(const struct view *v, bool gradient, float value, float limit)
{
    return gradient ? scale_gradient(v->ui->theme, value, limit)
                    : scale_value(v->ui->theme, value, limit);
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

/* The largest number that will be printed: decimals follow it, not the whole tensor. *whole: none
 * of them has decimals. */
static float printed_limit(const struct view *v, const struct scene *s, const struct plate *p,
                           bool *whole)
{
    enum { CELLS_MOST = 4096 };
    const float *numbers = view_numbers(v->snap, p->tensor);
    float limit = 0;
    *whole = p->rows * p->cols <= CELLS_MOST;
    if (!*whole)
        return p->limit;
    for (int row = 0; row < p->rows; row++)
        for (int col = 0; col < p->cols; col++) {
            struct cell c = plate_cell(s, p, row, col);
            if (!cell_is(c) || !isfinite(numbers[c.index]))
                continue;
            limit = fmaxf(limit, fabsf(numbers[c.index]));
            *whole = *whole && truncf(numbers[c.index]) == numbers[c.index];
        }
    return limit > 0 ? limit : 1;
}

const struct number_style *plate_style(const struct view *v, int digits, struct number_style *style)
{
    *style = view_style(v->snap);
    style->digits = digits;
    return style;
}

static void widest_text(const struct view *v, const struct print *print, float limit, char *out,
                        size_t size)
{
    struct number_style style = view_style(v->snap);
    if (print->single)
        number_format(-(double)limit, plate_style(v, print->decimals, &style), out, size);
    else
        number_fixed(-(double)limit, print->decimals, &style, out, size);
}

float plate_number_width(const struct view *v, const struct scene *s, const struct plate *p)
{
    bool whole;
    float limit = printed_limit(v, s, p, &whole);
    int digits = view_style(v->snap).digits;
    struct print print = {.decimals = decimals_for(limit * 0.999f, digits)};
    char text[48];
    print.single = print.decimals < 0;
    print.decimals = print.single ? digits - 1 : print.decimals;
    widest_text(v, &print, limit, text, sizeof text);
    return font_width(v->ui->fonts, FONT_MONO, ui_text_px(v->ui, 17), text) + 2 * PLATE_SPARE;
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
    bool whole;
    float limit = printed_limit(v, s, p, &whole);
    struct number_style style = view_style(v->snap);
    int most = style.digits;
    if (p->rows * p->cols == 1) {
        for (int digits = most; digits >= 1 && !print.single; digits--) {
            number_format(-(double)limit, plate_style(v, digits, &style), text, sizeof text);
            print.single = font_width(v->ui->fonts, FONT_MONO, print.px, text) + PLATE_SPARE <= w;
            print.decimals = digits;
        }
        print.digits = print.single;
        return print;
    }
    int largest = print.px;
    for (int digits = most; digits >= 2 && !print.digits; digits--) {
        print.decimals = decimals_for(limit * 0.999f, digits);
        print.single = print.decimals < 0; /* very small ones as in the formula */
        if (print.single)
            print.decimals = digits - 1;
        if (whole && digits < most) /* before they stand close: 2 instead of 2.0 */
            print.decimals = 0;
        widest_text(v, &print, limit, text, sizeof text);
        for (print.px = largest; print.px >= least && !print.digits; print.px--) {
            float width = font_width(v->ui->fonts, FONT_MONO, print.px, text);
            print.digits = width + PLATE_SPARE <= w && (float)print.px * 1.25f <= h;
        }
    }
    print.px += print.digits;
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
    float value = view_numbers(v->snap, p->tensor)[c.index];
    bool gradient = view_is_gradient(v->snap, p->tensor);
    struct colour ground = plate_colour(v, gradient, value, p->limit);
    char text[48] = "?";
    bool hidden = view_is_hidden(v, c);
    if (hidden) {
        ground = v->ui->theme->turn_ground;
        draw_rect(v->ui->draw, rect_inset(r, 1), ground);
    } else if (isfinite(value) && !print->single) {
        view_fixed(v->snap, (double)value, print->decimals, text, sizeof text);
    } else {
        struct number_style style;
        number_format((double)value, plate_style(v, print->single ? print->decimals : 3, &style),
                      text, sizeof text);
    }
    draw_text_in(v->ui->draw, FONT_MONO, print->px, r, ALIGN_CENTRE | TEXT_MAY_CUT,
                 theme_text_on(v->ui->theme, ground), text);
    view_mark_changed(v, c, r);
}

bool plate_print(const struct view *v, const struct scene *s, const struct plate *p)
{
    struct print print = fit_numbers(v, s, p);
    for (int row = 0; print.digits && row < p->rows; row++)
        for (int col = 0; col < p->cols; col++)
            print_cell(v, s, p, &print, row, col);
    return print.digits;
}
