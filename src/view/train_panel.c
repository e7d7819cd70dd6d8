/* Training: how long, how fast, how it goes; and whose batch is stepped through. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "glassnet/lesson/expression.h"
#include "glassnet/ui/paragraph.h"
#include "glassnet/view/panel.h"
#include "train_cards.h"
#include "train_chart.h"

enum { EPOCHS_MOST = 1000000 };

static float say(const struct view *v, const struct rect *r, const char *text, struct colour c,
                 bool measure)
{
    const struct text_run run = {.text = text, .colour = c};
    struct paragraph_style style = {.px = ui_text_px(v->ui, 18), .leading = 1.35f, .max_lines = 5};
    return measure ? paragraph_height(v->ui->fonts, &run, 1, &style, r->w)
                   : paragraph_draw(v->ui->draw, &run, 1, &style, r->x, r->y, r->w);
}

static void say_and_cut(const struct view *v, struct rect *r, const char *text, struct colour c)
{
    rect_cut_top(r, say(v, r, text, c, false) + ui_px(v->ui, 6));
}

static bool read_epochs(const struct train_state *s, long *epochs)
{
    return text_to_long(text_trim(text_of(s->epochs_text)), epochs) && *epochs >= 1 &&
           *epochs <= EPOCHS_MOST;
}

static bool read_rate(const struct train_state *s, double *rate)
{
    return expression_read_answer(s->rate_text, rate) && (float)*rate > 0 && isfinite((float)*rate);
}

/* The fields follow the network: another one opened, a rate set by a lesson or undone. */
static void fill_fields(const struct view *v, struct train_state *s)
{
    const struct train_settings *t = &v->snap->net->train;
    char text[32];
    s->epochs.text = s->epochs_text;
    s->rate.text = s->rate_text;
    bool other = !s->filled || s->net != v->snap->net;
    if (other) {
        snprintf(text, sizeof text, "%d", t->epochs);
        text_edit_set(&s->epochs, text);
    }
    if (other || s->rate_shown != t->rate) {
        snprintf(text, sizeof text, "%.6g", (double)t->rate);
        text_edit_set(&s->rate, view_formula_signs(v->snap, text));
        s->rate_shown = t->rate;
    }
    s->filled = true;
    s->net = v->snap->net;
}

static void send_rate(const struct view *v, const struct train_state *s)
{
    double rate;
    if (read_rate(s, &rate) && (float)rate != v->snap->net->train.rate)
        intents_add(v->out, "rate %.9g", rate);
}

static void start(const struct view *v, const struct train_state *s)
{
    long epochs;
    double rate;
    if (v->snap->progress.state != TRAINING_OFF || !read_epochs(s, &epochs) || !read_rate(s, &rate))
        return;
    send_rate(v, s);
    intents_add(v->out, "train %ld", epochs);
}

static unsigned field(const struct view *v, const char *id, const char *label,
                      struct text_edit *edit, struct rect r)
{
    struct ui *ui = v->ui;
    struct rect name = rect_cut_top(&r, (float)ui_text_px(ui, 18) * 1.5f);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 18), name, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->muted, label);
    unsigned answer = ui_field(ui, id, r, edit, "", FONT_MONO, ui_text_px(ui, 21));
    if (answer & FIELD_ENTERED)
        ui_focus(ui, NULL); /* a mistake is told once the field is left */
    return answer;
}

static void draw_fields(const struct view *v, struct train_state *s, struct rect *r)
{
    struct ui *ui = v->ui;
    long epochs;
    double rate;
    struct rect row = rect_cut_top(r, (float)ui_text_px(ui, 18) * 1.5f + ui_px(ui, 46));
    float gap = ui_px(ui, 14);
    unsigned left = field(v, "train.epochs", _("epochs"), &s->epochs, rect_column(row, 2, 0, gap));
    unsigned right =
        field(v, "train.rate", _("learning rate"), &s->rate, rect_column(row, 2, 1, gap));
    rect_cut_top(r, ui_px(ui, 12));
    if (left & FIELD_ENTERED)
        start(v, s);
    if (right & (FIELD_ENTERED | FIELD_LEFT))
        send_rate(v, s);
    if (!(left & FIELD_FOCUS) && !read_epochs(s, &epochs))
        say_and_cut(v, r, _("Epochs must be a whole number from 1 to 1\u2009000\u2009000."),
                    ui->theme->error);
    if (!(right & FIELD_FOCUS) && !read_rate(s, &rate))
        say_and_cut(v, r, _("The learning rate must be a number above 0, such as 0.05."),
                    ui->theme->error);
}

/* The three that are taught first; another one that the network has is a fourth. */
static void draw_optimisers(const struct view *v, struct rect *r)
{
    static const enum optimiser_kind kinds[] = {OPT_SGD, OPT_MOMENTUM, OPT_ADAM};
    const char *labels[4] = {"SGD", "Momentum", "Adam"};
    struct ui *ui = v->ui;
    enum optimiser_kind now = v->snap->net->train.optimiser;
    int n = 3, chosen = -1;
    for (int i = 0; i < 3; i++)
        chosen = kinds[i] == now ? i : chosen;
    if (chosen < 0) {
        labels[3] = optimiser_name(now);
        chosen = 3;
        n = 4;
    }
    struct rect row = rect_cut_top(r, ui_px(ui, 44));
    int answer = ui_segments(ui, "train.optimizer", row, labels, n, chosen, 0);
    if (answer >= 0 && answer < 3 && kinds[answer] != now)
        intents_add(v->out, "optimizer %s", optimiser_name(kinds[answer]));
    rect_cut_top(r, ui_px(ui, 12));
}

static void draw_buttons(const struct view *v, const struct train_state *s, struct rect *r)
{
    struct ui *ui = v->ui;
    enum training_state state = v->snap->progress.state;
    struct rect row = rect_cut_top(r, ui_px(ui, 48));
    float gap = ui_px(ui, 10);
    struct rect over =
        rect_cut_right(&row, fminf(ui_button_width(ui, _("Start over")), row.w * 0.4f));
    rect_cut_right(&row, gap);
    const char *label = state == TRAINING_OFF       ? C_("a button", "Train")
                        : state == TRAINING_RUNNING ? _("Pause")
                                                    : _("Resume");
    if (ui_button(ui, "train.go", rect_column(row, 2, 0, gap), label, BUTTON_PRIMARY)) {
        if (state == TRAINING_OFF)
            start(v, s);
        else
            intents_add(v->out, state == TRAINING_RUNNING ? "pause" : "resume");
    }
    unsigned off = state == TRAINING_OFF ? (unsigned)BUTTON_DISABLED : 0;
    if (ui_button(ui, "train.stop", rect_column(row, 2, 1, gap), _("Stop"), BUTTON_NORMAL | off))
        intents_add(v->out, "stop");
    if (ui_button(ui, "train.restart", over, _("Start over"), BUTTON_NORMAL))
        intents_add(v->out, "restart");
    ui_tooltip(ui, over, _("Forgets what was learnt: weights begin anew"));
    rect_cut_top(r, ui_px(ui, 12));
}

static void draw_progress(const struct view *v, struct rect *r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    const struct progress *p = &v->snap->progress;
    char text[200], left[48] = "";
    int px = ui_text_px(ui, 18);
    double part = train_part_done(p);
    if (p->state != TRAINING_OFF) {
        train_time_left(v->snap, p->seconds_left, left, sizeof left);
        v->ui->again = v->ui->again || p->state == TRAINING_RUNNING;
    }
    struct rect row = rect_cut_top(r, (float)px * 1.5f);
    float words =
        font_width(ui->fonts, FONT_MONO, px, left[0] ? _("100 % · 00 min left") : "100 %") +
        ui_px(ui, 10);
    struct rect right = rect_cut_right(&row, fminf(words, row.w * 0.6f));
    ui_progress(ui, rect_centre(row, row.w, fmaxf(6, ui_px(ui, 12))), (float)part, t->ink);
    snprintf(text, sizeof text, "%.0f %%%s%s", floor(100 * part), left[0] ? " · " : "", left);
    draw_text_in(ui->draw, FONT_MONO, px, right, ALIGN_RIGHT | TEXT_MAY_CUT, t->ink, text);
    train_state_text(v->snap, text, sizeof text);
    draw_text_in(ui->draw, FONT_SANS, px, rect_cut_top(r, (float)px * 1.5f),
                 ALIGN_LEFT | TEXT_MAY_CUT, t->muted, text);
    rect_cut_top(r, ui_px(ui, 4));
    if (!p->error[0])
        return;
    snprintf(text, sizeof text, "%c%s.",
             p->error[0] - ('a' <= p->error[0] && p->error[0] <= 'z') * 32, p->error + 1);
    say_and_cut(v, r, text, t->error);
}

static const char *pass_text(const struct snapshot *s, char *out, size_t size)
{
    char number[48];
    if (s->progress.state != TRAINING_OFF)
        snprintf(out, size, _("Training takes the batches now: stop it to step through one."));
    else if (s->pass == PASS_RUN)
        snprintf(
            out, size,
            _("The trainer's own batch %s. Stepping past its end changes the weights and opens "
              "the next."),
            view_count((long long)s->step + 1, number, sizeof number));
    else
        snprintf(out, size, _("You step through the sample you chose. Nothing is learnt from it."));
    return out;
}

/* Inspect or run. The sentence is left out where there is no room for it. */
static void draw_pass(const struct view *v, struct rect r)
{
    static const char *const labels[] = {N_("Inspect"), N_("Run")};
    struct ui *ui = v->ui;
    char text[200];
    bool run = v->snap->pass == PASS_RUN, busy = v->snap->progress.state != TRAINING_OFF;
    struct rect row = rect_cut_top(&r, ui_px(ui, 42));
    float w = fminf(ui_segments_width(ui, labels, 2), row.w * 0.6f);
    struct rect at = rect_cut_right(&row, w);
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 20), row, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, _("stepping"));
    int chosen = ui_segments(ui, "train.pass", at, labels, 2, run ? 1 : 0, busy ? 3u : 0u);
    if (chosen == 0 && run)
        intents_add(v->out, "inspect");
    if (chosen == 1 && !run)
        intents_add(v->out, "run");
    rect_cut_top(&r, ui_px(ui, 6));
    if (r.h > 1)
        say(v, &r, pass_text(v->snap, text, sizeof text), ui->theme->muted, false);
}

/* What fits between: both curves, the loss alone, or none. */
static void draw_charts(const struct view *v, struct rect r)
{
    float least = ui_px(v->ui, 130), gap = ui_px(v->ui, 8);
    bool both = (v->snap->progress.point_count == 0 && v->snap->data->n_classes > 0) ||
                train_chart_has_accuracy(&v->snap->progress);
    if (both && r.h >= 2 * least + gap) {
        train_chart_draw(v, rect_cut_top(&r, (r.h - gap) * 0.56f), CURVE_LOSS, NULL, 0);
        rect_cut_top(&r, gap);
        train_chart_draw(v, r, CURVE_ACCURACY, NULL, 0);
    } else {
        train_chart_draw(v, r, CURVE_LOSS, NULL, 0);
    }
}

void train_draw(const struct view *v, struct train_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    if (!v->snap->net || !v->snap->data) {
        paragraph_plain(ui->draw, _("Training needs a network and a data set: open one first."),
                        FONT_SANS, ui_text_px(ui, 21), ui->theme->muted, r.x, r.y, r.w);
        return;
    }
    fill_fields(v, s);
    char text[200];
    float words = say(v, &r, pass_text(v->snap, text, sizeof text), ui->theme->muted, true);
    float before = ui_px(ui, 330), least = ui_px(ui, 150), pass = ui_px(ui, 42);
    if (before + least + pass + words + ui_px(ui, 20) <= r.h)
        pass += words + ui_px(ui, 8);
    struct rect all = ui_scroll_begin(ui, "train.scroll", r, before + least + pass, &s->scroll);
    draw_fields(v, s, &all);
    draw_optimisers(v, &all);
    draw_buttons(v, s, &all);
    draw_progress(v, &all);
    struct rect foot = rect_cut_bottom(&all, pass);
    rect_cut_bottom(&all, ui_px(ui, 10));
    draw_charts(v, all);
    draw_pass(v, foot);
    ui_scroll_end(ui);
}
