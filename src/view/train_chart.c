#include "train_chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"

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

/* To the end of the training wished for while it runs, so that the curve grows into the frame. */
static double last_epoch(const struct progress *p)
{
    double last = p->point_count > 0 ? p->points[p->point_count - 1].epoch : 0;
    if (p->state == TRAINING_OFF)
        return fmax(1, ceil(last - 1e-6));
    double part = p->samples > 0 ? (double)p->position / p->samples : 0;
    return fmax(1, fmax(ceil(last - 1e-6), round(last + p->epochs - p->epoch - part)));
}

/* The range of all curves that are drawn, and the epochs that hold them. */
static void find_range(const struct progress_point *points, int count, enum train_curve what,
                       double *least, double *most, double *epochs)
{
    for (int i = 0; i < count; i++) {
        *epochs = fmax(*epochs, ceil(points[i].epoch - 1e-6));
        for (int test = 0; test < 2; test++) {
            float y = value_at(&points[i], what, test);
            if (!isfinite(y))
                continue;
            *most = fmax(*most, (double)y);
            if (y > 0)
                *least = fmin(*least, (double)y);
        }
    }
}

static void fit(const struct view *v, struct train_axes *a, struct rect r,
                const struct train_look *look)
{
    const struct progress *p = &v->snap->progress;
    double least = INFINITY, most = 0;
    a->epochs = last_epoch(p);
    find_range(p->points, p->point_count, a->what, &least, &most, &a->epochs);
    for (int i = 0; i < look->count; i++)
        find_range(look->lines[i].points, look->lines[i].count, a->what, &least, &most, &a->epochs);
    train_axes_fit(v, a, r, isfinite(least) ? least : 0, most);
}

/* What a curve is drawn with. */
struct stroke {
    float width;
    struct colour colour;
    bool dashed;
};

static void draw_piece(const struct view *v, const struct point *points, int n,
                       const struct stroke *stroke)
{
    if (n > 1 && stroke->dashed)
        draw_dashes(v->ui->draw, points, n, stroke->width, ui_px(v->ui, 7), ui_px(v->ui, 5),
                    stroke->colour);
    else if (n > 1)
        draw_polyline(v->ui->draw, points, n, stroke->width, stroke->colour);
    else if (n == 1)
        draw_circle(v->ui->draw, points[0].x, points[0].y, fmaxf(2, stroke->width * 1.3f),
                    stroke->colour);
}

/* Tests come once an epoch: their gaps are bridged. A training loss that is no number is a gap. */
static void draw_curve_of(const struct view *v, const struct train_axes *a,
                          const struct progress_point *list, int count, bool test,
                          const struct stroke *stroke)
{
    enum { POINTS_MOST = 512 };
    struct point points[POINTS_MOST];
    int n = 0, stride = test ? 1 : 1 + count / (POINTS_MOST / 2);
    for (int i = 0; i < count; i++) {
        float y = value_at(&list[i], a->what, test);
        if (i % stride != 0 && i + 1 < count)
            continue;
        if (!isfinite(y)) {
            if (!test) {
                draw_piece(v, points, n, stroke);
                n = 0;
            }
            continue;
        }
        if (n == POINTS_MOST) { /* goes on from the last point */
            draw_piece(v, points, n, stroke);
            points[0] = points[n - 1];
            n = 1;
        }
        points[n++] = train_axes_point(a, list[i].epoch, (double)y);
    }
    draw_piece(v, points, n, stroke);
}

/* Other runs: training as a thin line, tests as a dashed one of the same colour. */
static void draw_lines(const struct view *v, const struct train_axes *a,
                       const struct train_look *look)
{
    for (int i = 0; i < look->count; i++) {
        const struct train_line *line = &look->lines[i];
        struct stroke stroke = {fmaxf(1.5f, ui_px(v->ui, 2)), line->colour, false};
        draw_curve_of(v, a, line->points, line->count, false, &stroke);
        stroke.dashed = true;
        draw_curve_of(v, a, line->points, line->count, true, &stroke);
    }
}

bool train_value_at(const struct progress_point *points, int count, enum train_curve what,
                    bool test, double epoch, float *value)
{
    double best = INFINITY;
    for (int i = 0; i < count; i++) {
        float y = value_at(&points[i], what, test);
        double away = test ? epoch + 1e-9 - points[i].epoch : fabs(points[i].epoch - epoch);
        if ((test && (isnan(y) || away < 0)) || away > best)
            continue;
        best = away;
        *value = y;
    }
    return isfinite(best);
}

/* The epoch that is read out, and the points there. */
static void draw_reading(const struct view *v, const struct train_axes *a,
                         const struct train_look *look)
{
    const struct theme *t = v->ui->theme;
    const struct progress *p = &v->snap->progress;
    float value, x = train_axes_point(a, look->at, a->high).x;
    if (!look->reads)
        return;
    draw_vline(v->ui->draw, x, a->r.y, a->r.y + a->r.h, 1, t->ink);
    for (int test = 0; test < 2; test++) {
        if (!train_value_at(p->points, p->point_count, a->what, test, look->at, &value) ||
            !isfinite(value))
            continue;
        struct point at = train_axes_point(a, look->at, (double)value);
        draw_circle(v->ui->draw, at.x, at.y, ui_px(v->ui, 6), t->panel);
        draw_circle(v->ui->draw, at.x, at.y, ui_px(v->ui, 5),
                    test ? t->text_value_neg : t->text_value_pos);
    }
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
static void draw_legend(const struct view *v, struct rect *row, enum train_curve what, bool test,
                        const struct train_look *look)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    char text[80], number[48] = "";
    float value, dot = ui_px(ui, 6);
    int px = ui_text_px(ui, 18);
    const struct progress *p = &v->snap->progress;
    if (look->reads ? train_value_at(p->points, p->point_count, what, test, look->at, &value)
                    : last_value(p, what, test, &value)) {
        if (what == CURVE_LOSS)
            view_number(v->snap, (double)value, number, sizeof number);
        else
            view_percent(v->snap, (double)value, 1, number, sizeof number);
    }
    const char *name = what == CURVE_ACCURACY && !look->wide ? "%s"
                       : test                                ? _("test %s")
                                                             : _("training %s");
    snprintf(text, sizeof text, name, number);
    if (!text[0])
        return;
    draw_circle(ui->draw, row->x + dot, row->y + row->h / 2, dot,
                test ? t->text_value_neg : t->text_value_pos);
    rect_cut_left(row, 3 * dot);
    float w = font_width(ui->fonts, FONT_SANS_BOLD, px, text) + 2;
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, rect_cut_left(row, w), ALIGN_LEFT | TEXT_MAY_CUT,
                 test ? t->text_value_neg : t->text_value_pos, text);
    rect_cut_left(row, ui_px(ui, 24));
}

static void draw_empty(const struct view *v, const struct train_axes *a)
{
    struct ui *ui = v->ui;
    const char *empty = _("Train, and the curve grows here.");
    struct rect words = rect_centre(
        a->r, fminf(a->r.w, font_width(ui->fonts, FONT_SANS, a->px, empty) + ui_px(ui, 12)),
        (float)a->px * 1.3f);
    draw_rect(ui->draw, words, ui->theme->panel);
    draw_text_in(ui->draw, FONT_SANS, a->px, words, ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->muted,
                 empty);
}

/* "epoch 1.25", before the numbers there. */
static void draw_epoch(const struct view *v, struct rect *row, const struct train_look *look)
{
    char number[48], text[64];
    int px = ui_text_px(v->ui, 18);
    if (!look->reads || !look->wide)
        return;
    snprintf(text, sizeof text, _("epoch %s"),
             view_fixed(v->snap, look->at, 2, number, sizeof number));
    float w = font_width(v->ui->fonts, FONT_MONO, px, text) + 2;
    draw_text_in(v->ui->draw, FONT_MONO, px, rect_cut_left(row, w), ALIGN_LEFT | TEXT_MAY_CUT,
                 v->ui->theme->ink, text);
    rect_cut_left(row, ui_px(v->ui, 20));
}

struct train_axes train_chart_draw(const struct view *v, struct rect r, enum train_curve what,
                                   const struct train_look *look, float title_w)
{
    static const struct train_look plain = {.wide = false};
    struct ui *ui = v->ui;
    const struct progress *p = &v->snap->progress;
    const struct theme *t = ui->theme;
    look = look ? look : &plain;
    struct train_axes a = {.what = what, .log = look->log};
    int title_px = ui_text_px(ui, look->wide ? 22 : 20);
    struct rect head = rect_cut_top(&r, (float)title_px * 1.4f);
    rect_cut_right(&head, title_w);
    const char *title = what == CURVE_LOSS ? _("loss (lower is better)") : _("answers right");
    float title_fits = font_width(ui->fonts, FONT_SANS_BOLD, title_px, title) + ui_px(ui, 24);
    if (look->wide && title_fits > head.w * 0.45f) {
        title = what == CURVE_LOSS ? _("loss") : _("right");
        title_fits = font_width(ui->fonts, FONT_SANS_BOLD, title_px, title) + ui_px(ui, 24);
    }
    struct rect legend = look->wide           ? rect_cut_right(&head, head.w - title_fits)
                         : what == CURVE_LOSS ? rect_cut_top(&r, (float)ui_text_px(ui, 18) * 1.5f)
                                              : rect_cut_right(&head, head.w * 0.56f);
    draw_text_in(ui->draw, FONT_SANS_BOLD, title_px, head, ALIGN_LEFT | TEXT_MAY_CUT, t->ink,
                 title);
    draw_epoch(v, &legend, look);
    draw_legend(v, &legend, what, false, look);
    draw_legend(v, &legend, what, true, look);
    fit(v, &a, r, look);
    train_axes_draw(v, &a);
    draw_lines(v, &a, look);
    struct stroke stroke = {fmaxf(1.5f, ui_px(ui, 3)), t->text_value_pos, false};
    draw_curve_of(v, &a, p->points, p->point_count, false, &stroke);
    stroke.colour = t->text_value_neg;
    draw_curve_of(v, &a, p->points, p->point_count, true, &stroke);
    draw_reading(v, &a, look);
    if (p->point_count == 0 && look->count == 0 && what == CURVE_LOSS)
        draw_empty(v, &a);
    return a;
}
