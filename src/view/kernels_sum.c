/* The sum behind one number of the result: the patch, the kernel on it, their products. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "kernels_own.h"

/* The formula's term for each cell of the kernel; -1: it lies on padding. */
static void find_terms(const struct kernels_view *k, const struct formula *f, int *term)
{
    for (int i = 0; i < KERNELS_CELLS; i++)
        term[i] = -1;
    for (int t = 0; t < f->count; t++) {
        const struct formula_factor *w = &f->terms[t].factor[0];
        if (f->terms[t].count == 2 && w->cell.index < (size_t)(k->side * k->side))
            term[w->cell.index] = t;
    }
}

enum square { SQUARE_PATCH, SQUARE_KERNEL, SQUARE_PRODUCT, SQUARES };

static struct colour square_colour(const struct view *v, enum square kind, double value,
                                   double limit)
{
    if (kind != SQUARE_PATCH)
        return scale_value(v->ui->theme, (float)value, limit > 0 ? (float)limit : 1);
    float grey = fminf(1, fmaxf(0, (float)value));
    uint32_t part = (uint32_t)lroundf(grey * 255);
    return colour_hex(part << 16 | part << 8 | part);
}

static double square_value(const struct kernels_state *s, enum square kind, int term)
{
    const struct formula_term *t = &s->formula.terms[term];
    if (kind == SQUARE_PRODUCT)
        return formula_term_value(t);
    return (double)t->factor[kind == SQUARE_KERNEL ? 0 : 1].value;
}

/* As many digits as fit into every square, two at least. */
static struct number_style grid_style(const struct view *v, const struct kernels_state *s,
                                      struct rect r, enum square kind, const int *term)
{
    int n = v->snap->kernels->side;
    struct number_style style = view_style(v->snap);
    char number[48];
    for (int i = 0; i < n * n && style.digits > 2; i++) {
        if (term[i] < 0)
            continue;
        number_format(square_value(s, kind, term[i]), &style, number, sizeof number);
        if (kernels_number_px(v->ui, rect_cell(r, n, n, 0, 0), number) > 0)
            continue;
        style.digits--;
        i = -1;
    }
    return style;
}

static void draw_grid(const struct view *v, const struct kernels_state *s, struct rect r,
                      enum square kind, const int *term)
{
    static const char *const titles[SQUARES] = {N_("patch"), N_("kernel"), N_("products")};
    struct ui *ui = v->ui;
    const struct kernels_view *k = v->snap->kernels;
    int n = k->side;
    double limit = 0;
    char number[48];
    kernels_caption(v, &r, translate(titles[kind]),
                    kind == SQUARE_PRODUCT ? _("pixel · weight") : NULL);
    for (int i = 0; i < n * n; i++)
        if (term[i] >= 0)
            limit = fmax(limit, fabs(square_value(s, kind, term[i])));
    const struct number_style style = grid_style(v, s, r, kind, term);
    for (int i = 0; i < n * n; i++) {
        struct rect cell = rect_cell(r, n, n, i % n, i / n);
        if (term[i] < 0) { /* padding is skipped, not multiplied */
            draw_hatch(ui->draw, cell, ui->theme->hatch_ground, ui->theme->hatch);
            draw_frame(ui->draw, cell, 1, ui->theme->frame);
            continue;
        }
        double value = square_value(s, kind, term[i]);
        kernels_square(v, cell, square_colour(v, kind, value, limit),
                       number_format(value, &style, number, sizeof number));
    }
}

static void draw_sign(const struct view *v, struct rect r, const char *sign)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 28);
    rect_cut_top(&r, (float)ui_text_px(ui, 22) * 1.7f);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, r, ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->ink,
                 sign);
}

static void put_number(const struct view *v, struct rect *r, const char *what, double value,
                       int size)
{
    struct ui *ui = v->ui;
    char number[48];
    int px = ui_text_px(ui, (float)size), small = ui_text_px(ui, 18);
    float h = (float)small * 1.4f + (float)px * 1.35f;
    if (h > r->h)
        return;
    draw_text_in(ui->draw, FONT_SANS, small, rect_cut_top(r, (float)small * 1.4f),
                 ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, what);
    draw_text_in(ui->draw, FONT_MONO_BOLD, px, rect_cut_top(r, (float)px * 1.35f),
                 ALIGN_LEFT | TEXT_MAY_CUT, theme_signed(ui->theme, false, (float)value),
                 view_number(v->snap, value, number, sizeof number));
}

static void draw_landing(const struct view *v, const struct kernels_state *s, struct rect r)
{
    const struct kernels_view *k = v->snap->kernels;
    char text[96];
    int row, col;
    kernels_place(v->snap, s, &row, &col);
    struct cell out = {k->result, s->formula.cell.sample, s->formula.cell.index};
    snprintf(text, sizeof text, _("result [%d, %d]"), row, col);
    kernels_caption(v, &r, text, NULL);
    put_number(v, &r, _("b + Σ of the products, b = 0"), (double)s->formula.value, 32);
    if (k->relu)
        put_number(v, &r, _("relu of it"), (double)cell_value(k->trace, out), 26);
}

void kernels_sum_draw(const struct view *v, struct kernels_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct kernels_view *k = v->snap->kernels;
    int term[KERNELS_CELLS], row, col;
    kernels_place(v->snap, s, &row, &col);
    const struct shape *shape = &k->trace->program->tensors[k->sum].shape;
    struct cell cell = {k->sum, k->colour ? k->channel : 0,
                        (size_t)row * (size_t)shape->dim[1] + (size_t)col};
    formula_of(k->trace, cell, &s->formula);
    find_terms(k, &s->formula, term);
    float sign = ui_px(ui, 44), landing = ui_px(ui, 250);
    float grid = fminf((r.w - 3 * sign - landing) / SQUARES, ui_px(ui, 84) * (float)k->side);
    rect_cut_left(&r, fmaxf(0, (r.w - SQUARES * grid - 3 * sign - landing) / 2));
    static const char *const signs[SQUARES] = {"×", "=", "Σ"};
    for (int i = 0; i < SQUARES; i++) {
        draw_grid(v, s, rect_cut_left(&r, grid), (enum square)i, term);
        draw_sign(v, rect_cut_left(&r, sign), signs[i]);
    }
    draw_landing(v, s, r);
}
