/* Training: how long, how fast, how it goes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/ui/paragraph.h"
#include "glassnet/view/panel.h"

static bool field_row(const struct view *v, const char *id, const char *label,
                      struct text_edit *edit, struct rect *r)
{
    struct ui *ui = v->ui;
    struct rect row = rect_cut_top(r, ui_px(ui, 56));
    struct rect field = rect_cut_right(&row, fminf(ui_px(ui, 150), row.w / 2));
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 21), row, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, label);
    return ui_field(ui, id, rect_inset_xy(field, 0, ui_px(ui, 4)), edit, "", FONT_MONO,
                    ui_text_px(ui, 21)) &
           (FIELD_ENTERED | FIELD_LEFT);
}

static void fill_fields(const struct view *v, struct train_state *s)
{
    const struct train_settings *t = &v->snap->net->train;
    char text[32];
    snprintf(text, sizeof text, "%d", t->epochs);
    text_edit_set(&s->epochs, text);
    snprintf(text, sizeof text, "%.6g", (double)t->rate);
    text_edit_set(&s->rate, text);
    s->filled = true;
    s->net = v->snap->net;
}

static void draw_settings(const struct view *v, struct train_state *s, struct rect *r)
{
    s->epochs.text = s->epochs_text;
    s->rate.text = s->rate_text;
    if (!s->filled || s->net != v->snap->net)
        fill_fields(v, s);
    field_row(v, "train.epochs", "epochs", &s->epochs, r);
    if (field_row(v, "train.rate", "learning rate", &s->rate, r) && s->rate_text[0]) {
        double rate;
        if (!text_to_double(text_of(s->rate_text), &rate) ||
            (float)rate != v->snap->net->train.rate)
            intents_add(v->out, "rate %s", s->rate_text);
    }
}

static void draw_buttons(const struct view *v, struct train_state *s, struct rect *r)
{
    struct ui *ui = v->ui;
    enum training_state state = v->snap->progress.state;
    struct rect row = rect_cut_top(r, ui_px(ui, 54));
    float gap = ui_px(ui, 12);
    struct rect first = rect_column(row, 2, 0, gap), second = rect_column(row, 2, 1, gap);
    const char *label = state == TRAINING_OFF ? "Train" : state == TRAINING_RUNNING ? "Pause"
                                                                                     : "Go on";
    if (ui_button(ui, "train.go", first, label, BUTTON_PRIMARY)) {
        if (state == TRAINING_RUNNING)
            intents_add(v->out, "pause");
        else if (state == TRAINING_PAUSED)
            intents_add(v->out, "resume");
        else
            intents_add(v->out, "train %s", s->epochs_text);
    }
    if (state != TRAINING_OFF) {
        if (ui_button(ui, "train.stop", second, "Stop", BUTTON_NORMAL))
            intents_add(v->out, "stop");
    } else if (ui_button(ui, "train.restart", second, "Start anew", BUTTON_NORMAL)) {
        intents_add(v->out, "restart");
    }
}

struct axis {
    struct rect r;
    double epochs;
    float most;
};

static struct point place(const struct axis *a, double epoch, float loss)
{
    float x = a->r.x + a->r.w * (float)(epoch / a->epochs);
    return (struct point){x, a->r.y + a->r.h * (1 - fminf(1, loss / a->most))};
}

static void draw_line_of(const struct view *v, const struct axis *a, bool test, struct colour c)
{
    enum { POINTS_MOST = 512 };
    const struct progress *p = &v->snap->progress;
    struct point points[POINTS_MOST];
    int n = 0, stride = 1 + p->point_count / POINTS_MOST;
    for (int i = 0; i < p->point_count && n < POINTS_MOST; i++) {
        float loss = test ? p->points[i].test_loss : p->points[i].loss;
        if (isfinite(loss) && (test || i % stride == 0 || i + 1 == p->point_count))
            points[n++] = place(a, p->points[i].epoch, loss);
    }
    if (n > 1)
        draw_polyline(v->ui->draw, points, n, fmaxf(1.5f, ui_px(v->ui, 3)), c);
    else if (n == 1)
        draw_circle(v->ui->draw, points[0].x, points[0].y, ui_px(v->ui, 4), c);
}

static void draw_curve_panel(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    const struct progress *p = &v->snap->progress;
    int px = ui_text_px(ui, 17);
    struct rect head = rect_cut_top(&r, (float)px * 1.8f);
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 20), head, ALIGN_LEFT | TEXT_MAY_CUT,
                 t->ink, "loss (lower is better)");
    struct rect foot = rect_cut_bottom(&r, (float)px * 1.6f);
    struct axis a = {.epochs = 1, .most = 0};
    for (int i = 0; i < p->point_count; i++) {
        a.epochs = fmax(a.epochs, p->points[i].epoch);
        a.most = fmaxf(a.most, isfinite(p->points[i].loss) ? p->points[i].loss : 0);
        a.most = fmaxf(a.most, isfinite(p->points[i].test_loss) ? p->points[i].test_loss : 0);
    }
    a.most = a.most > 0 ? a.most : 1;
    char text[64];
    view_number((double)a.most, text, sizeof text);
    float left = font_width(ui->fonts, FONT_MONO, px, text) + ui_px(ui, 10);
    struct rect labels = rect_cut_left(&r, left);
    a.r = rect_inset_xy(r, 0, (float)px / 2);
    labels.w -= ui_px(ui, 8);
    draw_text_in(ui->draw, FONT_MONO, px, rect_cut_top(&labels, (float)px), ALIGN_RIGHT, t->muted,
                 text);
    draw_text_in(ui->draw, FONT_MONO, px, rect_cut_bottom(&labels, (float)px), ALIGN_RIGHT,
                 t->muted, "0");
    draw_hline(ui->draw, a.r.x, a.r.x + a.r.w, a.r.y, 1, t->line);
    draw_hline(ui->draw, a.r.x, a.r.x + a.r.w, a.r.y + a.r.h, 1, t->line);
    draw_line_of(v, &a, false, t->value_pos);
    draw_line_of(v, &a, true, t->value_neg);
    snprintf(text, sizeof text, "epoch %.4g", a.epochs);
    rect_cut_left(&foot, left);
    draw_text_in(ui->draw, FONT_MONO, px, foot, ALIGN_RIGHT | TEXT_MAY_CUT, t->muted, text);
    draw_text_in(ui->draw, FONT_MONO, px, rect_cut_left(&foot, foot.w / 3),
                 ALIGN_LEFT | TEXT_MAY_CUT, t->muted, "0");
}

static void line(const struct view *v, struct rect *r, const char *text, struct colour c)
{
    struct ui *ui = v->ui;
    struct rect row = rect_cut_top(r, (float)ui_text_px(ui, 20) * 1.5f);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), row, ALIGN_LEFT | TEXT_MAY_CUT, c, text);
}

static void draw_state(const struct view *v, struct rect *r)
{
    const struct progress *p = &v->snap->progress;
    const struct theme *t = v->ui->theme;
    char text[200], number[48];
    if (p->error[0])
        line(v, r, p->error, t->error);
    if (p->state != TRAINING_OFF) {
        struct rect bar = rect_cut_top(r, ui_px(v->ui, 18));
        float part = p->epochs > 0 ? ((float)p->epoch + (float)p->position /
                                                            (float)(p->samples ? p->samples : 1)) /
                                         (float)p->epochs
                                   : 0;
        ui_progress(v->ui, rect_inset_xy(bar, 0, ui_px(v->ui, 4)), part, t->ink);
        snprintf(text, sizeof text, "epoch %d of %d · %s samples/s · %.0f s left", p->epoch + 1,
                 p->epochs, view_count((long long)p->samples_per_second, number, sizeof number),
                 p->seconds_left);
        line(v, r, text, t->ink);
    }
    if (p->point_count == 0)
        return;
    const struct progress_point *last = &p->points[p->point_count - 1];
    snprintf(text, sizeof text, "training: loss %s", view_number((double)last->loss, number, 48));
    if (isfinite(last->accuracy))
        snprintf(text + strlen(text), sizeof text - strlen(text), ", %.1f %% right",
                 100 * (double)last->accuracy);
    line(v, r, text, t->text_value_pos);
    for (int i = p->point_count - 1; i >= 0; i--) {
        if (!isfinite(p->points[i].test_loss))
            continue;
        snprintf(text, sizeof text, "held-out: loss %s",
                 view_number((double)p->points[i].test_loss, number, 48));
        if (isfinite(p->points[i].test_accuracy))
            snprintf(text + strlen(text), sizeof text - strlen(text), ", %.1f %% right",
                     100 * (double)p->points[i].test_accuracy);
        line(v, r, text, t->text_value_neg);
        return;
    }
}

void train_draw(const struct view *v, struct train_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    if (!v->snap->net || !v->snap->data) {
        paragraph_plain(ui->draw, "Training needs a network and a data set: open one first.",
                        FONT_SANS, ui_text_px(ui, 21), t->muted, r.x, r.y, r.w);
        return;
    }
    struct rect head = rect_cut_top(&r, ui_px(ui, 44));
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 24), head, ALIGN_LEFT | TEXT_MAY_CUT,
                 t->ink, "Train");
    draw_settings(v, s, &r);
    rect_cut_top(&r, ui_px(ui, 10));
    draw_buttons(v, s, &r);
    rect_cut_top(&r, ui_px(ui, 12));
    draw_state(v, &r);
    rect_cut_top(&r, ui_px(ui, 8));
    if (r.h > ui_px(ui, 120))
        draw_curve_panel(v, rect_cut_top(&r, fminf(r.h, ui_px(ui, 300))));
}
