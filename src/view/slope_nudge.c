#include "slope_nudge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "glassnet/step/nudge.h"
#include "glassnet/ui/paragraph.h"

#define EPSILON_LEAST 1e-13f
#define EPSILON_MOST  2.0f

static void put(const struct view *v, struct rect *r, enum font_face face, float px,
                struct colour c, const char *text)
{
    float h = (float)ui_text_px(v->ui, px) * 1.5f;
    if (h > r->h)
        return;
    struct rect row = rect_cut_top(r, h);
    draw_text_in(v->ui->draw, face, ui_text_px(v->ui, px), row, ALIGN_LEFT | TEXT_MAY_CUT, c, text);
}

/* "loss at w + ε   0.1234567890": ten decimals, since what counts is in the last ones. */
static void put_loss(const struct view *v, struct rect *r, const char *where, double loss)
{
    struct ui *ui = v->ui;
    char number[64];
    int px = ui_text_px(ui, 19);
    struct number_style style = view_style(v->snap);
    style.digits = 11;
    number_format(loss, &style, number, sizeof number);
    if ((float)px * 1.6f > r->h)
        return;
    struct rect row = rect_cut_top(r, (float)px * 1.6f);
    float w = font_width(ui->fonts, FONT_MONO, px, number) + 2;
    draw_text_in(ui->draw, FONT_MONO, px, rect_cut_right(&row, w), ALIGN_RIGHT, ui->theme->ink,
                 number);
    draw_text_in(ui->draw, FONT_MONO, px, row, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, where);
}

static void put_slope(const struct view *v, struct rect *r, const char *what, double slope)
{
    struct ui *ui = v->ui;
    char number[64];
    struct number_style style = view_style(v->snap);
    style.digits = 7;
    number_format(slope, &style, number, sizeof number);
    if (r->h < (float)(ui_text_px(ui, 19) + ui_text_px(ui, 28)) * 1.5f) {
        r->h = 0; /* neither without the other */
        return;
    }
    put(v, r, FONT_SANS, 19, ui->theme->muted, what);
    put(v, r, FONT_MONO_BOLD, 28, theme_signed(ui->theme, true, (float)slope), number);
}

/* Too small a step drowns in rounding, too large a one sees the curve bend. */
static const char *verdict(double epsilon, int digits, char *out, size_t size)
{
    const double small = 1e-8, large = 0.05;
    if (digits >= 3)
        snprintf(out, size, _("They agree in %d digits: backprop is right."), digits);
    else if (epsilon < small)
        snprintf(out, size,
                 _("ε is too small: the two losses differ in their last digits alone, "
                   "and those are rounding."));
    else if (epsilon > large)
        snprintf(out, size, _("ε is too large: between the two points the curve bends."));
    else
        snprintf(out, size,
                 _("They agree in %d digits. A corner (relu, max) may lie between, or "
                   "the slope is nearly 0; try another ε."),
                 digits);
    return out;
}

static void put_words(const struct view *v, struct rect *r, struct colour c, const char *words)
{
    struct ui *ui = v->ui;
    const struct text_run run = {.text = words, .colour = c};
    struct paragraph_style style = {.px = ui_text_px(ui, 20), .leading = 1.3f, .max_lines = 5};
    float h = paragraph_height(ui->fonts, &run, 1, &style, r->w);
    if (h <= r->h)
        paragraph_draw(ui->draw, &run, 1, &style, r->x, r->y, r->w);
    rect_cut_top(r, h);
}

/* Backprop's number, once the cursor is past it. */
static bool gradient_of(const struct view *v, struct cell subject, double *out, bool *hidden)
{
    int tensor = v->snap->program->tensors[subject.tensor].grad;
    struct cell c = {tensor, subject.sample, subject.index};
    *hidden = tensor >= 0 && view_is_hidden(v, c);
    if (tensor < 0 || !view_is_done(v, c) || *hidden)
        return false;
    *out = (double)cell_value(v->snap->trace, c);
    return true;
}

static void draw_slider(const struct view *v, struct slope_state *s, struct rect *r)
{
    struct ui *ui = v->ui;
    char text[80], number[48];
    view_number(v->snap, (double)s->epsilon, number, sizeof number);
    snprintf(text, sizeof text, "ε = %s", number);
    put(v, r, FONT_MONO, 22, ui->theme->ink, text);
    struct rect row = rect_cut_top(r, ui_px(ui, 44));
    ui_slider(ui, "slope.epsilon", row, _("how far the number is moved"), EPSILON_LEAST,
              EPSILON_MOST, true, &s->epsilon);
    rect_cut_top(r, ui_px(ui, 12));
}

static void draw_result(const struct view *v, struct cell subject, struct rect *r)
{
    struct ui *ui = v->ui;
    const struct probe_view *p = v->snap->nudge;
    double gradient;
    bool hidden;
    char words[240];
    double slope = nudge_slope(p->losses[0], p->losses[2], p->epsilon);
    put_loss(v, r, "L(w + ε)", p->losses[2]);
    put_loss(v, r, "L(w)", p->losses[1]);
    put_loss(v, r, "L(w − ε)", p->losses[0]);
    rect_cut_top(r, ui_px(ui, 10));
    put_slope(v, r, _("slope by nudging: (L(w+ε) − L(w−ε)) / 2ε"), slope);
    if (!gradient_of(v, subject, &gradient, &hidden)) {
        put_words(v, r, ui->theme->muted,
                  hidden ? _("Backprop's number is covered: guess it first.")
                         : _("Backprop has not come here yet: press 3 for the whole way back."));
        return;
    }
    put_slope(v, r, _("by backprop: ∂L/∂w"), gradient);
    rect_cut_top(r, ui_px(ui, 6));
    int digits = nudge_digits(slope, gradient);
    put_words(v, r, digits >= 3 ? ui->theme->good : ui->theme->ink,
              verdict(p->epsilon, digits, words, sizeof words));
}

void slope_nudge_draw(const struct view *v, struct slope_state *s, struct cell subject,
                      struct rect r)
{
    struct ui *ui = v->ui;
    const struct probe_view *p = v->snap->nudge;
    draw_tag(ui->draw, "nudge");
    draw_clip_push(ui->draw, r);
    put(v, &r, FONT_SANS_BOLD, 24, ui->theme->ink, _("Nudge test"));
    draw_slider(v, s, &r);
    if (p->count == 3 && cell_equal(p->cell, subject))
        draw_result(v, subject, &r);
    else if (p->running)
        put_words(v, &r, ui->theme->muted, _("Moving it …"));
    draw_clip_pop(ui->draw);
}
