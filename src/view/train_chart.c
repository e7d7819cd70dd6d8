#include "train_chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"

struct axes {
    struct rect r;    /* the plot itself */
    double epochs;    /* at its right end */
    double top, step; /* value at its upper end, between two lines */
    int px;           /* of the labels */
    enum train_curve what;
};

static float value_at(const struct progress_point *p, enum train_curve what, bool test)
{
    if (what == CURVE_LOSS)
        return test ? p->test_loss : p->loss;
    return test ? p->test_accuracy : p->accuracy;
}

bool train_chart_has_accuracy(const struct progress *p)
{
    return p->point_count > 0 && !isnan(p->points[p->point_count - 1].accuracy);
}

/* The smallest of 1, 2, 5 times a power of ten that is not under x. */
static double round_up(double x)
{
    double power = pow(10, floor(log10(x))), part = x / power;
    return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

/* To the end of the training wished for while it runs, so that the curve grows into the frame. */
static double last_epoch(const struct progress *p)
{
    double last = p->point_count > 0 ? p->points[p->point_count - 1].epoch : 0;
    if (p->state == TRAINING_OFF)
        return fmax(1, ceil(last - 1e-6));
    double part = p->samples > 0 ? (double)p->position / p->samples : 0;
    return fmax(1, fmax(ceil(last - 1e-6), round(last + p->epochs - p->epoch - part)));
}

static void fit_values(const struct progress *p, struct axes *a)
{
    int lines = (int)fminf(5, fmaxf(1, a->r.h / ((float)a->px * 2.2f)));
    if (a->what == CURVE_ACCURACY) {
        a->top = 1;
        a->step = lines >= 4 ? 0.25 : lines >= 2 ? 0.5 : 1;
        return;
    }
    double most = 0;
    for (int i = 0; i < p->point_count; i++)
        for (int test = 0; test < 2; test++) {
            float loss = value_at(&p->points[i], a->what, test);
            most = isfinite(loss) ? fmax(most, (double)loss) : most;
        }
    most = most > 0 ? most : 1;
    a->step = round_up(most / lines);
    a->top = a->step * ceil(most / a->step - 1e-9);
}

/* Labels are round numbers: no zeros behind them. */
static void value_text(const struct snapshot *s, const struct axes *a, double value, char *out,
                       size_t size)
{
    if (a->what == CURVE_ACCURACY)
        snprintf(out, size, "%.0f %%", 100 * value);
    else
        snprintf(out, size, "%.3g", value);
    view_formula_signs(s, out);
}

static void draw_values(const struct view *v, const struct axes *a, struct rect labels)
{
    struct ui *ui = v->ui;
    char text[32];
    int lines = (int)lround(a->top / a->step);
    for (int i = 0; i <= lines; i++) {
        float y = a->r.y + a->r.h * (1 - (float)i / (float)lines);
        value_text(v->snap, a, a->step * i, text, sizeof text);
        struct rect row = {labels.x, y - (float)a->px / 2, labels.w, (float)a->px};
        draw_text_in(ui->draw, FONT_MONO, a->px, row, ALIGN_RIGHT, ui->theme->muted, text);
        draw_hline(ui->draw, a->r.x, a->r.x + a->r.w, y, 1, i ? ui->theme->line : ui->theme->frame);
    }
}

/* The last label ends where the frame does; those before it are left out where it needs room. */
static void draw_epochs(const struct view *v, const struct axes *a, struct rect foot)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    char text[40];
    snprintf(text, sizeof text, "epoch %.0f", a->epochs);
    float w = font_width(ui->fonts, FONT_MONO, a->px, text), gap = ui_px(ui, 14);
    float end = foot.x + foot.w - w - gap, from = foot.x;
    draw_text_in(ui->draw, FONT_MONO, a->px, foot, ALIGN_RIGHT | TEXT_MAY_CUT, t->muted, text);
    double step = fmax(1, round_up(a->epochs / 5));
    for (double epoch = 0; epoch < a->epochs; epoch += step) {
        snprintf(text, sizeof text, "%.0f", epoch);
        w = font_width(ui->fonts, FONT_MONO, a->px, text);
        float x = a->r.x + a->r.w * (float)(epoch / a->epochs) - (epoch > 0 ? w / 2 : 0);
        if (x < from || x + w > end)
            continue;
        struct rect at = {x, foot.y, w + 1, foot.h};
        draw_text_in(ui->draw, FONT_MONO, a->px, at, ALIGN_LEFT, t->muted, text);
        from = x + w + gap;
    }
}

static void draw_piece(const struct view *v, const struct point *points, int n, struct colour c)
{
    if (n > 1)
        draw_polyline(v->ui->draw, points, n, fmaxf(1.5f, ui_px(v->ui, 3)), c);
    else if (n == 1)
        draw_circle(v->ui->draw, points[0].x, points[0].y, fmaxf(2, ui_px(v->ui, 4)), c);
}

/* Tests come once an epoch: their gaps are bridged. A training loss that is no number is a gap. */
static void draw_curve_of(const struct view *v, const struct axes *a, bool test, struct colour c)
{
    enum { POINTS_MOST = 512 };
    const struct progress *p = &v->snap->progress;
    struct point points[POINTS_MOST];
    int n = 0, stride = test ? 1 : 1 + p->point_count / (POINTS_MOST / 2);
    for (int i = 0; i < p->point_count; i++) {
        float y = value_at(&p->points[i], a->what, test);
        if (i % stride != 0 && i + 1 < p->point_count)
            continue;
        if (!isfinite(y)) {
            if (!test) {
                draw_piece(v, points, n, c);
                n = 0;
            }
            continue;
        }
        if (n == POINTS_MOST) { /* goes on from the last point */
            draw_piece(v, points, n, c);
            points[0] = points[n - 1];
            n = 1;
        }
        float x = (float)fmin(1, p->points[i].epoch / a->epochs);
        points[n++] = (struct point){a->r.x + a->r.w * x,
                                     a->r.y + a->r.h * (1 - fminf(1, y / (float)a->top))};
    }
    draw_piece(v, points, n, c);
}

/* The last number of a curve; false when there is none yet. */
static bool last_value(const struct progress *p, enum train_curve what, bool test, float *value)
{
    for (int i = p->point_count - 1; i >= 0; i--) {
        *value = value_at(&p->points[i], what, test);
        if (!isnan(*value) || !test)
            return true;
    }
    return false;
}

/* "● training 0.134", cut off row. The second chart has the numbers alone, in the same colours. */
static void draw_legend(const struct view *v, struct rect *row, enum train_curve what, bool test)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    char text[80], number[48] = "";
    float value, dot = ui_px(ui, 6);
    int px = ui_text_px(ui, 18);
    if (last_value(&v->snap->progress, what, test, &value)) {
        if (what == CURVE_LOSS)
            view_number(v->snap, (double)value, number, sizeof number);
        else
            view_percent(v->snap, (double)value, 1, number, sizeof number);
    }
    const char *name = what == CURVE_ACCURACY ? "" : test ? "test " : "training ";
    snprintf(text, sizeof text, "%s%s", name, number);
    if (!text[0])
        return;
    draw_circle(ui->draw, row->x + dot, row->y + row->h / 2, dot,
                test ? t->value_neg : t->value_pos);
    rect_cut_left(row, 3 * dot);
    float w = font_width(ui->fonts, FONT_SANS_BOLD, px, text) + 2;
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, rect_cut_left(row, w), ALIGN_LEFT | TEXT_MAY_CUT,
                 test ? t->text_value_neg : t->text_value_pos, text);
    rect_cut_left(row, ui_px(ui, 24));
}

static void draw_empty(const struct view *v, const struct axes *a)
{
    struct ui *ui = v->ui;
    const char *empty = "Train, and the curve grows here.";
    struct rect words = rect_centre(
        a->r, fminf(a->r.w, font_width(ui->fonts, FONT_SANS, a->px, empty) + ui_px(ui, 12)),
        (float)a->px * 1.3f);
    draw_rect(ui->draw, words, ui->theme->panel);
    draw_text_in(ui->draw, FONT_SANS, a->px, words, ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->muted,
                 empty);
}

void train_chart_draw(const struct view *v, struct rect r, enum train_curve what)
{
    struct ui *ui = v->ui;
    const struct progress *p = &v->snap->progress;
    struct axes a = {.what = what, .px = ui_text_px(ui, 17)};
    int title_px = ui_text_px(ui, 20);
    struct rect head = rect_cut_top(&r, (float)title_px * 1.4f);
    struct rect legend = what == CURVE_LOSS ? rect_cut_top(&r, (float)ui_text_px(ui, 18) * 1.5f)
                                            : rect_cut_right(&head, head.w * 0.56f);
    draw_text_in(ui->draw, FONT_SANS_BOLD, title_px, head, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, what == CURVE_LOSS ? "loss (lower is better)" : "answers right");
    draw_legend(v, &legend, what, false);
    draw_legend(v, &legend, what, true);
    rect_cut_top(&r, (float)a.px * 0.5f);
    struct rect foot = rect_cut_bottom(&r, (float)a.px * 1.8f);
    a.r = r;
    a.epochs = last_epoch(p);
    fit_values(p, &a);
    char text[32];
    float widest = 0;
    for (int i = 0; i <= (int)lround(a.top / a.step); i++) {
        value_text(v->snap, &a, a.step * i, text, sizeof text);
        widest = fmaxf(widest, font_width(ui->fonts, FONT_MONO, a.px, text));
    }
    struct rect labels = rect_cut_left(&a.r, widest + 2);
    rect_cut_left(&a.r, ui_px(ui, 10));
    foot.w -= a.r.x - foot.x;
    foot.x = a.r.x;
    draw_values(v, &a, labels);
    draw_epochs(v, &a, foot);
    draw_curve_of(v, &a, false, ui->theme->value_pos);
    draw_curve_of(v, &a, true, ui->theme->value_neg);
    if (p->point_count == 0 && what == CURVE_LOSS)
        draw_empty(v, &a);
}
