/* The curves' cards: this run, and behind it other branches and earlier runs. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "train_cards.h"
#include "train_chart.h"

enum { LINES_MOST = BRANCHES_MOST + PAST_MOST };

/* A run that is laid behind. */
struct other {
    const char *name;
    const struct train_settings *settings;
    const struct progress_point *points;
    int count;
    bool past;  /* else a branch */
    int number; /* for `forget` or `drop`, from 1 */
    struct colour colour;
};

static struct colour past_colour(const struct theme *t, int i)
{
    const struct colour colours[PAST_MOST] = {
        t->phase[THEME_UPDATE],
        t->phase[THEME_LOSS],
        t->phase[THEME_BACKWARD],
        t->text_grad_neg,
        colour_mix(t->phase[THEME_UPDATE], t->ink, 0.55f),
        t->muted,
    };
    return colours[i];
}

/* Not the blue and orange that mean training and test here. */
static struct colour branch_colour(const struct theme *t, int i)
{
    const struct colour colours[BRANCHES_MOST] = {
        t->ink, colour_mix(t->phase[THEME_LOSS], t->ink, 0.5f),
        colour_mix(t->phase[THEME_BACKWARD], t->ink, 0.4f), colour_mix(t->muted, t->ink, 0.5f)};
    return colours[i];
}

static int find_others(const struct view *v, struct other *list)
{
    const struct snapshot *s = v->snap;
    int n = 0;
    for (int i = 0; i < s->past_count; i++)
        list[n++] = (struct other){s->past[i].name,
                                   s->past[i].settings,
                                   s->past[i].points,
                                   s->past[i].point_count,
                                   true,
                                   i + 1,
                                   past_colour(v->ui->theme, i)};
    for (int i = 0; i < s->branch_count; i++)
        if (i != s->branch)
            list[n++] = (struct other){s->branches[i].name,
                                       s->branches[i].settings,
                                       s->branches[i].points,
                                       s->branches[i].point_count,
                                       false,
                                       i + 1,
                                       branch_colour(v->ui->theme, i)};
    return n;
}

/* "momentum 0.05", or the loss there while an epoch is read out. */
static void say_settings(const struct view *v, const struct train_view_state *s,
                         const struct other *o, char *out, size_t size)
{
    char number[48];
    float value;
    if (s->reads) {
        bool there = train_value_at(o->points, o->count, CURVE_LOSS, false, s->at, &value);
        snprintf(out, size, _("%s  loss %s"), o->name,
                 there ? view_number(v->snap, (double)value, number, sizeof number) : "–");
        return;
    }
    snprintf(number, sizeof number, "%.3g", (double)o->settings->rate);
    snprintf(out, size, "%s  %s %s", o->name, optimiser_name(o->settings->optimiser),
             view_formula_signs(v->snap, number));
}

/* A run's name, what it was made by, and a button that takes it away. */
static void draw_other(const struct view *v, const struct train_view_state *s,
                       const struct other *o, struct rect r)
{
    struct ui *ui = v->ui;
    char text[160], id[32];
    float dot = ui_px(ui, 7);
    struct rect close = rect_cut_right(&r, ui_px(ui, 34));
    snprintf(id, sizeof id, o->past ? "train.forget.%d" : "train.drop.%d", o->number);
    if (ui_button(ui, id, close, "×", BUTTON_PLAIN))
        intents_add(v->out, o->past ? "forget %d" : "drop %d", o->number);
    ui_tooltip(ui, close, o->past ? _("Take this curve away") : _("Forget this branch"));
    draw_circle(ui->draw, r.x + dot, r.y + r.h / 2, dot, o->colour);
    rect_cut_left(&r, 3 * dot);
    say_settings(v, s, o, text, sizeof text);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 18), r, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, text);
}

static int columns_for(const struct view *v, float width)
{
    int n = (int)(width / ui_px(v->ui, 290));
    return n < 1 ? 1 : n;
}

static float others_height(const struct view *v, int n, float width, float most)
{
    int columns = columns_for(v, width), rows = (n + columns - 1) / columns;
    float row = ui_px(v->ui, 36);
    while (rows > 1 && (float)rows * row > most)
        rows--;
    return n ? (float)rows * row : 0;
}

static void draw_others(const struct view *v, const struct train_view_state *s,
                        const struct other *list, int n, struct rect r)
{
    int columns = columns_for(v, r.w), rows = (int)lroundf(r.h / ui_px(v->ui, 36));
    for (int i = 0; i < n && i < columns * rows; i++)
        draw_other(v, s, &list[i],
                   rect_inset_xy(rect_cell(r, columns, rows, i % columns, i / columns),
                                 ui_px(v->ui, 4), 0));
}

/* The pointer or the arrow keys read the curves at an epoch. */
static bool read_curves(const struct view *v, struct train_view_state *s, const char *id,
                        const struct train_axes *a)
{
    struct ui *ui = v->ui;
    unsigned answer = ui_area(ui, id, a->r, _("the curves, read at an epoch"), true);
    if (answer & AREA_FOCUS) {
        int by = ui_key(ui, "Right") - ui_key(ui, "Left");
        if (by) {
            s->at = fmin(a->epochs, fmax(0, (s->reads ? s->at : a->epochs) + by * a->epochs / 100));
            s->reads = true;
        }
        if (ui->focus_visible)
            return true;
    }
    if (!ui_hovers(ui, a->r))
        return false;
    s->at = train_axes_epoch(a, ui->in->mouse_x);
    s->reads = true;
    return true;
}

static void draw_log(const struct view *v, struct train_view_state *s, struct rect r)
{
    unsigned on = s->log ? BUTTON_ON : 0;
    if (ui_button(v->ui, "train.log", r, _("log"), BUTTON_NORMAL | on))
        s->log = !s->log;
    ui_tooltip(v->ui, r, _("The loss by powers of ten: small losses apart"));
}

static bool draw_chart(const struct view *v, struct train_view_state *s, struct rect r,
                       enum train_curve what, const struct train_look *look)
{
    struct ui *ui = v->ui;
    bool loss = what == CURVE_LOSS;
    struct rect in = train_card(v, r);
    float side = loss ? ui_button_width(ui, _("log")) : 0;
    struct rect row = {in.x + in.w - side, in.y, side, ui_px(ui, 34)};
    struct train_axes a = train_chart_draw(v, in, what, look, side > 0 ? side + ui_px(ui, 10) : 0);
    if (loss)
        draw_log(v, s, row);
    return read_curves(v, s, loss ? "train.loss" : "train.accuracy", &a);
}

void train_curves_draw(const struct view *v, struct train_view_state *s, struct rect r)
{
    struct other others[LINES_MOST];
    struct train_line lines[LINES_MOST];
    struct ui *ui = v->ui;
    int n = find_others(v, others);
    for (int i = 0; i < n; i++)
        lines[i] = (struct train_line){others[i].points, others[i].count, others[i].colour};
    struct train_look look = {true, s->log, s->reads, s->at, lines, n};
    float gap = ui_px(ui, 20);
    struct rect list = rect_cut_bottom(&r, others_height(v, n, r.w, r.h * 0.3f));
    if (n > 0)
        rect_cut_bottom(&r, ui_px(ui, 8));
    bool accuracy = v->snap->data->n_classes > 0, read = false;
    bool both = accuracy && r.h >= ui_px(ui, 420), beside = accuracy && !both;
    if (both) {
        read = draw_chart(v, s, rect_row(r, 2, 0, gap), CURVE_LOSS, &look);
        read = draw_chart(v, s, rect_row(r, 2, 1, gap), CURVE_ACCURACY, &look) || read;
    } else if (beside && r.w >= ui_px(ui, 640)) {
        look.wide = r.w >= ui_px(ui, 1300);
        read = draw_chart(v, s, rect_column(r, 2, 0, gap), CURVE_LOSS, &look);
        read = draw_chart(v, s, rect_column(r, 2, 1, gap), CURVE_ACCURACY, &look) || read;
    } else {
        read = draw_chart(v, s, r, CURVE_LOSS, &look);
    }
    s->reads = read;
    draw_others(v, s, others, n, list);
}
