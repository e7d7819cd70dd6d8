/* The plane's controls: training, what a click does, the set, the network. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "flow.h"
#include "glassnet/base/translate.h"
#include "glassnet/data/plane.h"
#include "plane_own.h"
#include "plane_panel.h"
#include "train_chart.h"

enum { EPOCHS = 1000000 };

static const struct {
    const char *label, *tip;
    double pace; /* epochs a second; 0: as fast as can be */
} paces[] = {{N_("slow"), N_("Two epochs a second"), 2},
             {N_("brisk"), N_("Twenty epochs a second"), 20},
             {N_("full speed"), N_("As fast as this machine can"), 0}};
enum { PACES = sizeof paces / sizeof *paces };

/* A button in a flow, a little narrower than others, so that more of them stand in a row. */
static bool narrow_button(struct flow *f, const char *id, const char *label, unsigned style,
                          const char *tip, float less)
{
    struct ui *ui = f->v->ui;
    struct rect r = flow_place(f, ui_button_width(ui, label) - ui_px(ui, less));
    bool clicked = ui_button(ui, id, r, label, style);
    if (tip)
        ui_tooltip(ui, r, tip);
    return clicked;
}

static bool button(struct flow *f, const char *id, const char *label, unsigned style,
                   const char *tip)
{
    return narrow_button(f, id, label, style, tip, 18);
}

static void cut_flow(const struct flow *f, struct rect *r)
{
    rect_cut_top(r, flow_height(f) + ui_px(f->v->ui, 8));
}

void plane_heading(const struct view *v, struct rect *r, const char *text)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 19);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, rect_cut_top(r, (float)px * 1.38f),
                 ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink, text);
}

/* "train 1000000", at the pace that is chosen. */
static void train(const struct view *v, const struct plane_state *s)
{
    double pace = paces[s->pace].pace;
    if (pace > 0)
        intents_add(v->out, "train %d at %g", EPOCHS, pace);
    else
        intents_add(v->out, "train %d", EPOCHS);
}

/* What ends training but is meant to be seen while it goes on. */
static void go_on(const struct view *v, const struct plane_state *s)
{
    if (v->snap->progress.state == TRAINING_RUNNING)
        train(v, s);
}

static void draw_train(const struct view *v, struct plane_state *s, struct rect *r)
{
    struct ui *ui = v->ui;
    enum training_state state = v->snap->progress.state;
    bool running = state == TRAINING_RUNNING;
    struct rect row = rect_cut_top(r, ui_px(ui, 48));
    struct rect again = rect_cut_right(&row, ui_button_width(ui, _("Restart")));
    rect_cut_right(&row, ui_px(ui, 10));
    if (ui_button(ui, "plane.train", row, running ? _("Pause") : C_("a button", "Train"),
                  BUTTON_PRIMARY)) {
        if (state == TRAINING_OFF)
            train(v, s);
        else
            intents_add(v->out, running ? "pause" : "resume");
    }
    view_tip(v, row, running ? _("Let training rest") : _("Train: the picture moves with it"),
             NULL);
    if (ui_button(ui, "plane.restart", again, _("Restart"), BUTTON_NORMAL))
        intents_add(v->out, "restart");
    view_tip(v, again, _("Weights begin anew"), "restart");
    rect_cut_top(r, ui_px(ui, 8));
    const char *labels[PACES];
    for (int i = 0; i < PACES; i++)
        labels[i] = paces[i].label;
    struct rect pace = rect_cut_top(r, ui_px(ui, 34));
    int chosen = ui_segments(ui, "plane.pace", pace, labels, PACES, s->pace, 0);
    ui_tooltip(ui, pace, translate(paces[chosen >= 0 ? chosen : s->pace].tip));
    rect_cut_top(r, ui_px(ui, 8));
    if (chosen < 0 || chosen == s->pace)
        return;
    s->pace = chosen;
    if (state != TRAINING_OFF)
        intents_add(v->out, "stop");
    go_on(v, s);
}

/* The last shares of right answers, training and held out. */
static void draw_shares(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct progress *p = &v->snap->progress;
    float shares[2] = {NAN, NAN};
    for (int i = p->point_count - 1; i >= 0 && (isnan(shares[0]) || isnan(shares[1])); i--) {
        shares[0] = isnan(shares[0]) ? p->points[i].accuracy : shares[0];
        shares[1] = isnan(shares[1]) ? p->points[i].test_accuracy : shares[1];
    }
    static const char *const words[2] = {N_("training %s right"), N_("held out %s right")};
    for (int k = 0; k < 2; k++) {
        char percent[48], text[96];
        if (isnan(shares[k]))
            continue;
        view_percent(v->snap, (double)shares[k], 0, percent, sizeof percent);
        snprintf(text, sizeof text, translate(words[k]), percent);
        struct rect at = rect_column(r, 2, k, ui_px(ui, 8));
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 18), at, ALIGN_LEFT | TEXT_MAY_CUT,
                     k ? ui->theme->text_value_neg : ui->theme->text_value_pos, text);
        ui_area(ui, k ? "plane.share.test" : "plane.share.train", at, text, false);
    }
}

static void draw_loss(const struct view *v, struct rect *r)
{
    struct ui *ui = v->ui;
    train_chart_draw(v, rect_cut_top(r, ui_px(ui, 150)), CURVE_LOSS, NULL, 0);
    if (v->snap->data->n_classes)
        draw_shares(v, rect_cut_top(r, ui_px(ui, 26)));
    rect_cut_top(r, ui_px(ui, 8));
}

static void draw_test(const struct view *v, struct plane_state *s, struct rect *head)
{
    const char *label = _("held-out points");
    struct ui *ui = v->ui;
    float w = font_width(ui->fonts, FONT_SANS, ui_text_px(ui, 22), label) + ui_px(ui, 46);
    bool shown = !s->hide_test;
    if (!v->snap->test)
        return;
    struct rect at = rect_cut_right(head, fminf(w, head->w * 0.7f));
    ui_checkbox(ui, "plane.held-out", at, label, &shown);
    view_tip(v, at, _("Those that are not trained on, drawn hollow"), NULL);
    s->hide_test = !shown;
}

static void draw_tools(const struct view *v, struct plane_state *s, struct rect *r)
{
    static const char *const labels[] = {N_("look"), N_("add"), N_("move"), N_("erase")};
    struct ui *ui = v->ui;
    const struct dataset *data = v->snap->data;
    struct rect head = rect_cut_top(r, ui_px(ui, 30));
    draw_test(v, s, &head);
    plane_heading(v, &head, _("A click"));
    rect_cut_top(r, ui_px(ui, 2));
    int classes = data ? data->n_classes : 0;
    struct flow f = flow_begin(v, *r, 35);
    for (int i = 0; i < 4; i++) {
        char id[64], label[96], name[64];
        if (i != PLANE_ADD || classes == 0) {
            snprintf(id, sizeof id, "plane.tool.%s", labels[i]);
            bool on = (int)s->tool == i;
            if (button(&f, id, translate(labels[i]),
                       on ? BUTTON_COLOURED | BUTTON_ON : BUTTON_NORMAL, NULL))
                s->tool = (enum plane_tool)i;
            continue;
        }
        for (int c = 0; c < classes && c < 10; c++) {
            snprintf(id, sizeof id, "plane.tool.add.%d", c);
            snprintf(label, sizeof label, "+ %.40s", view_class(v->snap, c, name, sizeof name));
            bool on = s->tool == PLANE_ADD && s->add_class == c;
            ui->accent = plane_class_colour(ui->theme, c);
            if (button(&f, id, label, on ? BUTTON_COLOURED | BUTTON_ON : BUTTON_NORMAL,
                       _("A click on the plane adds a point of this class"))) {
                s->tool = PLANE_ADD;
                s->add_class = c;
            }
            ui->accent = ui->theme->ink;
        }
    }
    cut_flow(&f, r);
}

static void take_data(const struct view *v, const struct plane_state *s, const char *spec)
{
    intents_add(v->out, "data %s", spec);
    go_on(v, s);
}

/* Another set with the noise, seed, share and features of this one, and classes as many as the
 * network tells apart. */
static void choose_set(const struct view *v, const struct plane_state *s, const char *name,
                       int classes)
{
    static const char *const keys[] = {"noise", "seed", "test", "features"};
    char spec[600], value[128];
    const char *old = v->snap->data->spec;
    bool blank = strcmp(name, "blank") == 0, was_blank = strncmp(old, "blank", 5) == 0;
    int n = snprintf(spec, sizeof spec, "%s", name);
    char separator = ':';
    if (classes > 2)
        n += snprintf(spec + n, sizeof spec - (size_t)n, ":classes=%d", classes);
    separator = classes > 2 ? ',' : ':';
    for (int k = 0; k < 4; k++) {
        bool own = (blank || was_blank) && k < 3;
        if (own || !dataset_spec_value(old, keys[k], value, sizeof value))
            continue;
        n += snprintf(spec + n, sizeof spec - (size_t)n, "%c%s=%s", separator, keys[k], value);
        separator = ',';
    }
    take_data(v, s, spec);
}

static bool is_set(const struct dataset *d, const char *name)
{
    size_t n = strlen(name);
    return strncmp(d->spec, name, n) == 0 && (d->spec[n] == 0 || d->spec[n] == ':');
}

static bool is_generated(const struct dataset *d)
{
    int n;
    const struct dataset_entry *list = dataset_list(&n);
    for (int i = 0; i < n; i++)
        if (list[i].generated && is_set(d, list[i].name))
            return true;
    return false;
}

static void draw_sets(const struct view *v, const struct plane_state *s, struct rect *r)
{
    static const char *const of_two[] = {"moons", "circles", "xor",   "spiral",
                                         "blobs", "linear",  "blank", NULL};
    static const char *const of_many[] = {"circles", "spiral", "blobs", "blank", NULL};
    static const char *const of_line[] = {"sine", "step", "parabola", NULL};
    const struct dataset *d = v->snap->data;
    int outputs = (int)shape_count(&net_output(v->snap->net)->out);
    const char *const *names = d->n_targets ? of_line : outputs > 2 ? of_many : of_two;
    if (d->axes == 1 && d->n_classes)
        return;
    plane_heading(v, r, _("Data"));
    struct flow f = flow_begin(v, *r, 35);
    for (int i = 0; names[i]; i++) {
        char id[64];
        bool on = is_set(d, names[i]);
        snprintf(id, sizeof id, "plane.data.%s", names[i]);
        if (button(&f, id, names[i], on ? BUTTON_COLOURED | BUTTON_ON : BUTTON_NORMAL, NULL))
            choose_set(v, s, names[i], outputs > 2 ? outputs : 2);
    }
    cut_flow(&f, r);
}

/* A setting of the set's text as a slider; a set is drawn at once, so that it follows the hand. */
static void draw_setting(const struct view *v, const struct plane_state *s, struct rect r,
                         const char *key, const char *label, float high, float otherwise)
{
    struct ui *ui = v->ui;
    char value[64], spec[600], id[64];
    double now = (double)otherwise;
    const struct dataset *d = v->snap->data;
    if (dataset_spec_value(d->spec, key, value, sizeof value))
        text_to_double(text_of(value), &now);
    struct rect row = rect_cut_top(&r, (float)ui_text_px(ui, 19) * 1.5f);
    view_fixed(v->snap, now, 2, value, sizeof value);
    draw_text_in(ui->draw, FONT_MONO, ui_text_px(ui, 19), rect_cut_right(&row, row.w * 0.35f),
                 ALIGN_RIGHT, ui->theme->ink, value);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 19), row, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, label);
    float to = (float)now;
    snprintf(id, sizeof id, "plane.%s", key);
    if (!ui_slider(ui, id, r, label, 0, high, false, &to))
        return;
    snprintf(value, sizeof value, "%.2f", (double)to);
    if (dataset_spec_with(d->spec, key, value, spec, sizeof spec) && strcmp(spec, d->spec) != 0)
        take_data(v, s, spec);
}

static void draw_settings(const struct view *v, const struct plane_state *s, struct rect *r)
{
    struct ui *ui = v->ui;
    const struct dataset *d = v->snap->data;
    if (!is_generated(d) || is_set(d, "blank"))
        return;
    struct rect row = rect_cut_top(r, (float)ui_text_px(ui, 19) * 1.5f + ui_px(ui, 26));
    float gap = ui_px(ui, 24);
    draw_setting(v, s, rect_column(row, 2, 0, gap), "noise", _("noise"), 0.5f,
                 is_set(d, "blobs") ? 0.3f : 0.1f);
    draw_setting(v, s, rect_column(row, 2, 1, gap), "test", _("held out"), 0.8f, 0.2f);
    rect_cut_top(r, ui_px(ui, 8));
}

static void draw_inputs(const struct view *v, struct rect *r)
{
    const struct dataset *d = v->snap->data;
    if (!is_generated(d))
        return;
    plane_heading(v, r, _("The network reads"));
    struct flow f = flow_begin(v, *r, 35);
    f.gap = ui_px(v->ui, 5); /* all in one row */
    for (int k = 0; k < FEATURES; k++) {
        char id[64], words[96];
        unsigned bit = 1u << k, next = d->features ^ bit;
        if (!(features_of_axes(d->axes) & bit))
            continue;
        bool on = d->features & bit;
        snprintf(id, sizeof id, "plane.input.%s", feature_word((enum feature)k));
        if (narrow_button(&f, id, feature_sign((enum feature)k),
                          (on ? BUTTON_COLOURED | BUTTON_ON : BUTTON_NORMAL) |
                              (next == 0 ? BUTTON_DISABLED : 0),
                          NULL, 26))
            intents_add(v->out, "inputs %s", features_text(next, words, sizeof words));
    }
    cut_flow(&f, r);
}

void plane_panel_draw(const struct view *v, struct plane_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    float height = s->panel_height > 0 ? s->panel_height : r.h;
    struct rect in = ui_scroll_begin(ui, "plane.panel", r, height, &s->scroll), left = in;
    left.h = 1e6f;
    if (v->snap->data && v->snap->net->loss != LOSS_NONE) {
        draw_train(v, s, &left);
        draw_loss(v, &left);
    }
    if (v->snap->data) {
        draw_tools(v, s, &left);
        draw_sets(v, s, &left);
        draw_settings(v, s, &left);
    }
    if (v->snap->data)
        draw_inputs(v, &left);
    plane_layers_draw(v, &left);
    s->panel_height = left.y - in.y;
    ui_scroll_end(ui);
}
