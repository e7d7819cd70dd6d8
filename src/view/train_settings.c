/* The Train view's settings: each is sent as a command, and works while it trains. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "glassnet/lesson/expression.h"
#include "train_cards.h"

enum { EPOCHS_MOST = 1000000 };

static const struct {
    const char *id, *label, *line; /* how the number is sent; NULL: when training begins */
    bool whole;
} fields[TRAIN_FIELDS] = {
    [FIELD_EPOCHS] = {"train.epochs", N_("epochs"), NULL, true},
    [FIELD_RATE] = {"train.rate", N_("rate"), "rate", false},
    [FIELD_BATCH] = {"train.batch", N_("batch"), "batch", true},
    [FIELD_L1] = {"train.l1", "L1", "regularise l1", false},
    [FIELD_L2] = {"train.l2", "L2", "regularise l2", false},
    [FIELD_DROPOUT] = {"train.dropout", N_("dropout"), "regularise dropout", false},
};

/* Dropout is there for networks that have such a layer. */
static bool is_there(const struct view *v, enum train_field which)
{
    return which != FIELD_DROPOUT || net_first_dropout(v->snap->net) != NULL;
}

static double number_of(const struct view *v, const struct train_settings *t,
                        enum train_field which)
{
    const struct layer *dropout = net_first_dropout(v->snap->net);
    float rate = t->dropout_given ? t->dropout : dropout ? dropout->rate : 0;
    const double numbers[TRAIN_FIELDS] = {t->epochs,     (double)t->rate, t->batch,
                                          (double)t->l1, (double)t->l2,   (double)rate};
    return numbers[which];
}

void train_settings_fill(const struct view *v, struct train_view_state *s)
{
    const struct train_settings *t = &v->snap->net->train;
    bool other = !s->filled || s->net != v->snap->net;
    for (int i = 0; i < TRAIN_FIELDS; i++) {
        char text[32];
        s->edits[i].text = s->texts[i];
        double now = number_of(v, t, (enum train_field)i);
        if (!other && (now == number_of(v, &s->shown, (enum train_field)i) || i == FIELD_EPOCHS))
            continue;
        snprintf(text, sizeof text, "%.6g", now);
        text_edit_set(&s->edits[i], view_formula_signs(v->snap, text));
    }
    s->filled = true;
    s->net = v->snap->net;
    s->shown = *t;
}

static bool read(const struct train_view_state *s, enum train_field which, double *value)
{
    long whole;
    if (fields[which].whole) {
        if (!text_to_long(text_trim(text_of(s->texts[which])), &whole) || whole < 1 ||
            whole > EPOCHS_MOST)
            return false;
        *value = (double)whole;
        return true;
    }
    double least = which == FIELD_RATE ? 1e-45 : 0;
    return expression_read_answer(s->texts[which], value) && *value >= least &&
           (which != FIELD_DROPOUT || (float)*value < 1) && isfinite((float)*value) &&
           (which != FIELD_RATE || (float)*value > 0);
}

bool train_settings_epochs(const struct train_view_state *s, long *epochs)
{
    double value;
    if (!read(s, FIELD_EPOCHS, &value))
        return false;
    *epochs = (long)value;
    return true;
}

static void send(const struct view *v, struct train_view_state *s, enum train_field which)
{
    double value, now = number_of(v, &v->snap->net->train, which);
    char text[32];
    if (!fields[which].line)
        return;
    if (read(s, which, &value)) {
        if ((float)value != (float)now)
            intents_add(v->out, "%s %.9g", fields[which].line, value);
        return;
    }
    snprintf(text, sizeof text, "%.6g", now); /* what cannot be a setting is taken back */
    text_edit_set(&s->edits[which], view_formula_signs(v->snap, text));
}

void train_settings_field(const struct view *v, struct train_view_state *s, enum train_field which,
                          struct rect r)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 19);
    double value;
    float w = font_width(ui->fonts, FONT_SANS, px, translate(fields[which].label)) + ui_px(ui, 10);
    draw_text_in(ui->draw, FONT_SANS, px, rect_cut_left(&r, w), ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->muted, translate(fields[which].label));
    unsigned answer = ui_field(ui, fields[which].id, r, &s->edits[which], "", FONT_MONO, px);
    if (answer & FIELD_ENTERED)
        ui_focus(ui, NULL);
    if (answer & (FIELD_ENTERED | FIELD_LEFT))
        send(v, s, which);
    if (!(answer & FIELD_FOCUS) && !read(s, which, &value))
        draw_frame(ui->draw, r, fmaxf(2, ui_px(ui, 2)), ui->theme->error);
    if ((answer & FIELD_ENTERED) && which == FIELD_EPOCHS &&
        v->snap->progress.state == TRAINING_OFF && read(s, which, &value))
        intents_add(v->out, "train %.0f", value);
}

static float field_width(const struct view *v, enum train_field which, float digits)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 19);
    return font_width(ui->fonts, FONT_SANS, px, translate(fields[which].label)) +
           digits * font_width(ui->fonts, FONT_MONO, px, "0") + ui_px(ui, 40);
}

static void draw_optimisers(const struct view *v, struct rect r, int first, int n)
{
    static const char *const labels[] = {"SGD",     "Momentum", "Adam",    "Nesterov",
                                         "AdaGrad", "RMSprop",  "AdaDelta"};
    static const enum optimiser_kind kinds[] = {
        OPT_SGD, OPT_MOMENTUM, OPT_ADAM, OPT_NESTEROV, OPT_ADAGRAD, OPT_RMSPROP, OPT_ADADELTA};
    int chosen = -1;
    for (int i = 0; i < n; i++)
        chosen = kinds[first + i] == v->snap->net->train.optimiser ? i : chosen;
    int answer = ui_segments(v->ui, "train.optimizer", r, labels + first, n, chosen, 0);
    if (answer >= 0 && answer != chosen)
        intents_add(v->out, "optimizer %s", optimiser_name(kinds[first + answer]));
}

/* A rate that is dragged is sent when the slider is let go: one change of the run. */
void train_settings_rate(const struct view *v, struct train_view_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const float low = 1e-5f, high = 10;
    float rate = s->drags ? s->rate : v->snap->net->train.rate;
    rate = fminf(high, fmaxf(low, rate));
    if (ui_slider(ui, "train.rate.slider", r, _("learning rate"), low, high, true, &rate)) {
        double power = pow(10, floor(log10((double)rate)) - 1); /* two digits are enough */
        s->rate = (float)(round((double)rate / power) * power);
        s->drags = true;
    }
    ui_tooltip(ui, r, _("The learning rate, by powers of ten from 0.00001 to 10"));
    if (!s->drags || ui->in->down[MOUSE_LEFT])
        return;
    s->drags = false;
    if (s->rate != v->snap->net->train.rate)
        intents_add(v->out, "rate %.9g", (double)s->rate);
}

enum { OPTIMISERS_SHOWN = 7, OPTIMISERS_FIRST = 4 };

void train_settings_row(const struct view *v, struct train_view_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    static const enum train_field order[] = {FIELD_BATCH, FIELD_L1, FIELD_L2, FIELD_DROPOUT};
    int n = is_there(v, FIELD_DROPOUT) ? 4 : 3;
    draw_rect(ui->draw, r, ui->theme->panel);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y, 1, ui->theme->line);
    struct rect in = rect_inset_xy(r, ui_px(ui, 24), ui_px(ui, 8));
    float gap = ui_px(ui, 22), rest = 0;
    for (int i = 0; i < n; i++)
        rest += field_width(v, order[i], 8) + gap;
    draw_optimisers(v, rect_cut_left(&in, fminf(ui_px(ui, 860), in.w - rest)), 0, OPTIMISERS_SHOWN);
    for (int i = 0; i < n; i++) {
        rect_cut_left(&in, gap);
        train_settings_field(v, s, order[i], rect_cut_left(&in, field_width(v, order[i], 8)));
    }
    rect_cut_left(&in, gap);
    char text[120];
    train_state_text(v->snap, text, sizeof text);
    float w = font_width(ui->fonts, FONT_SANS, ui_text_px(ui, 18), text) + 2;
    if (w < in.w)
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 18), in, ALIGN_RIGHT, ui->theme->muted,
                     text);
}

/* Those that the foot has no room for, and those that it never has. */
static int fields_of_page(const struct view *v, const struct train_view_state *s,
                          enum train_field *list)
{
    int n = 0;
    for (int i = 0; i < TRAIN_FIELDS; i++)
        if (is_there(v, (enum train_field)i) &&
            (!s->foot_fields || (i != FIELD_EPOCHS && i != FIELD_RATE)))
            list[n++] = (enum train_field)i;
    return n;
}

void train_settings_page(const struct view *v, struct train_view_state *s, struct rect r)
{
    enum train_field list[TRAIN_FIELDS];
    struct ui *ui = v->ui;
    struct rect in = train_card(v, r);
    float row = ui_px(ui, 44), gap = ui_px(ui, 10);
    int n = fields_of_page(v, s, list), columns = in.w >= ui_px(ui, 560) ? 2 : 1;
    int rows = (n + columns - 1) / columns;
    float content = (float)(rows + 3 + !s->foot_slider) * (row + gap);
    struct rect all = ui_scroll_begin(ui, "train.settings", in, content, &s->settings_scroll);
    rect_cut_right(&all, ui_px(ui, 16));
    draw_optimisers(v, rect_cut_top(&all, row), 0, OPTIMISERS_FIRST);
    rect_cut_top(&all, gap);
    draw_optimisers(v, rect_cut_top(&all, row), OPTIMISERS_FIRST,
                    OPTIMISERS_SHOWN - OPTIMISERS_FIRST);
    rect_cut_top(&all, gap);
    if (!s->foot_slider) {
        train_settings_rate(v, s, rect_cut_top(&all, row));
        rect_cut_top(&all, gap);
    }
    for (int i = 0; i < rows; i++) {
        struct rect line = rect_cut_top(&all, row);
        for (int k = 0; k < columns && i * columns + k < n; k++)
            train_settings_field(v, s, list[i * columns + k],
                                 rect_column(line, columns, k, 2 * gap));
        rect_cut_top(&all, gap);
    }
    char text[160];
    train_state_text(v->snap, text, sizeof text);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 18), rect_cut_top(&all, row),
                 ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, text);
    ui_scroll_end(ui);
}
