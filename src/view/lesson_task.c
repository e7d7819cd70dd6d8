/* The yellow box of a task: what is asked, where it is answered, what was said to it, help. What
 * the learner does goes to the app as "app answer TEXT", "app choose K", "app hint", ... */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "glassnet/lesson/expression.h"
#include "lesson_page.h"

static const float body = 22, line_of_widgets = PAGE_FIELD;

void page_acted(struct page *p, bool entered)
{
    p->state->by_keys = entered || p->v->ui->focus_visible;
}

/* "Your turn." and the question; of a task that is done, the answer behind it. */
static void put_question(struct page *p, const struct player_block *b, bool active, struct rect *at)
{
    const struct theme *t = p->v->ui->theme;
    struct page_runs r = {.n = 0};
    if (active)
        runs_add(&r, _("Your turn. "), RUN_BOLD, t->turn_ink);
    runs_add_text(p, &r, &b->text, t->turn_ink, 0, true);
    bool typed = b->kind == LESSON_PREDICT || b->kind == LESSON_ANSWER;
    bool stands_below = b->status == TASK_SHOWN && b->worked_count > 0;
    if (!active && typed && b->answer[0] && !stands_below) {
        runs_add(&r, " ", 0, t->turn_ink);
        runs_add(&r, b->answer, RUN_BOLD | RUN_MONO | RUN_TOGETHER,
                 b->status == TASK_DONE ? t->good : t->turn_ink);
    }
    page_runs(p, &r, body, at);
}

static void put_answer_field(struct page *p, struct rect *at)
{
    bool entered;
    if (page_field(p, "lesson.answer", "lesson.check", _("Check"), _("a number"), &p->state->answer,
                   &entered, at))
        intents_add(p->v->out, "app answer %s", p->state->answer_text);
}

bool task_edits(const struct player_block *b)
{
    bool edits = false;
    if (b->kind != LESSON_WAIT)
        return false;
    for (int i = 0; i < b->item->command_count; i++)
        edits = edits || strncmp(b->item->commands[i].text, "edit ", 5) == 0;
    return edits;
}

/* Fills the field with the selected number when another one was selected or it has changed. */
static void fill_value(struct page *p, struct cell cell)
{
    struct lesson_state *s = p->state;
    float value = cell_value(p->v->snap->trace, cell);
    if (cell_equal(s->edited, cell) && s->edited_value == value)
        return;
    char text[48];
    s->edited = cell;
    s->edited_value = value;
    text_edit_set(&s->value, view_number(p->v->snap, (double)value, text, sizeof text));
    s->value.anchor = 0;
}

/* The selected number can be typed anew, when it is one that nothing computes. */
static void put_value_field(struct page *p, struct rect *at)
{
    const struct snapshot *s = p->v->snap;
    const struct theme *t = p->v->ui->theme;
    bool can = view_has_pass(s) && cell_is(s->selected) && s->formula && s->formula->given;
    if (!can) {
        page_words(p, _("Click the number to change: a weight, a bias, an input."), 20, 0,
                   t->turn_ink, at);
        return;
    }
    char title[200], name[200], text[64];
    double value;
    bool entered;
    fill_value(p, s->selected);
    cell_title(s->program, s->selected, title, sizeof title);
    snprintf(text, sizeof text, "%.60s =", title);
    page_words(p, text, 20, RUN_MONO | RUN_BOLD, t->turn_ink, at);
    if (!page_field(p, "lesson.value", "lesson.set", _("Set"), _("a number"), &p->state->value,
                    &entered, at))
        return;
    cell_name(s->program, s->selected, name, sizeof name);
    if (expression_read_answer(p->state->value_text, &value))
        intents_add(p->v->out, "edit %s %.9g", name, value);
    else
        intents_add(p->v->out, "edit %s %s", name, p->state->value_text);
}

/* May the learner set this while a network is to be trained? */
static bool may_set(const struct player_block *b, const char *name)
{
    bool may = false;
    for (int i = 0; i < b->item->set_count; i++)
        may = may || strcmp(b->item->set[i], name) == 0;
    return may;
}

/* Trains as long as the task allows; a second try begins where the first one did. */
static void begin_training(struct page *p, const struct player_block *b)
{
    const struct lesson_state *s = p->state;
    const struct snapshot *snap = p->v->snap;
    char name[200];
    double rate;
    if (b->tone == TONE_WRONG && b->feedback.count > 0) {
        intents_add(p->v->out, "goto-step start");
        if (view_has_pass(snap) && cell_is(snap->selected)) /* what is looked at stays */
            intents_add(p->v->out, "select %s",
                        cell_name(snap->program, snap->selected, name, sizeof name));
    }
    if (may_set(b, "rate") && expression_read_answer(s->value_text, &rate))
        intents_add(p->v->out, "rate %.9g", rate);
    intents_add(p->v->out, "train %d", b->item->max_epochs);
}

/* The field follows the network's rate. */
static void fill_rate(struct page *p)
{
    struct lesson_state *s = p->state;
    float rate = p->v->snap->net->train.rate;
    char text[48];
    if (s->rate_shown == rate)
        return;
    s->rate_shown = rate;
    snprintf(text, sizeof text, "%.6g", (double)rate);
    text_edit_set(&s->value, view_formula_signs(p->v->snap, text));
    s->value.anchor = 0;
}

/* The learning rate, where it may be set, and the button that trains. */
static void put_training(struct page *p, const struct player_block *b, struct rect *at)
{
    const struct snapshot *s = p->v->snap;
    bool running = s->progress.state != TRAINING_OFF, entered = false, go = false;
    char label[96];
    if (!s->net)
        return;
    snprintf(label, sizeof label,
             running ? _("Stop")
                     : translate_count("Train %d epoch", "Train %d epochs", b->item->max_epochs),
             b->item->max_epochs);
    if (may_set(b, "rate")) {
        struct text_edit *edit = &p->state->value;
        fill_rate(p);
        page_words(p, _("learning rate ="), 20, RUN_BOLD, p->v->ui->theme->turn_ink, at);
        go = page_field(p, "lesson.rate", "lesson.train", label, _("a number"), edit, &entered, at);
    } else {
        struct ui *ui = p->v->ui;
        struct rect row = {at->x, at->y, at->w, ui_px(ui, line_of_widgets)};
        at->y += row.h;
        row.w = fminf(row.w, ui_button_width(ui, label));
        go = !p->dry && ui_button(ui, "lesson.train", row, label, BUTTON_PRIMARY);
        if (go)
            page_acted(p, false);
    }
    if (go && running)
        intents_add(p->v->out, "stop");
    else if (go)
        begin_training(p, b);
}

static void mark_option(const struct ui *ui, const struct player_option *o, struct rect place,
                        bool active)
{
    const struct theme *t = ui->theme;
    float radius = ui_px(ui, 9);
    if (o->right || o->chosen)
        draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, body), place, ALIGN_CENTRE,
                     o->right ? t->good : t->error, o->right ? "✓" : "×");
    else if (active)
        draw_ring(ui->draw, place.x + place.w / 2, place.y + place.h / 2, radius, ui_px(ui, 2),
                  t->muted);
}

static void put_option(struct page *p, const struct player_option *o, int k, bool active,
                       struct rect *at)
{
    struct ui *ui = p->v->ui;
    const struct theme *t = ui->theme;
    struct page_runs r = {.n = 0};
    float pad = ui_px(ui, 8), mark = ui_px(ui, 40);
    char id[32];
    runs_add_text(p, &r, &o->text, t->turn_ink, o->right ? (unsigned)RUN_BOLD : 0u, false);
    struct rect in = {at->x + mark, at->y + pad, at->w - mark - pad, 0};
    struct rect box = {at->x, at->y, at->w, runs_height(p, &r, 21, in.w) + 2 * pad};
    at->y += box.h + ui_px(ui, 7);
    if (p->dry)
        return;
    snprintf(id, sizeof id, "lesson.option.%d", k);
    unsigned answer =
        active ? ui_area(ui, id, box, o->text.count ? o->text.runs[0].text : "", true) : 0u;
    draw_round_rect(ui->draw, box, ui_px(ui, 6), answer & AREA_HOVER ? t->hover : t->panel);
    draw_round_frame(ui->draw, box, ui_px(ui, 6), fmaxf(1, ui_px(ui, 1.5f)),
                     o->right              ? t->good
                     : o->chosen           ? t->error
                     : answer & AREA_HOVER ? t->ink
                                           : t->frame);
    mark_option(ui, o, (struct rect){box.x, box.y, mark, box.h}, active);
    page_runs(p, &r, 21, &in);
    if (answer & AREA_CLICKED) {
        page_acted(p, false);
        intents_add(p->v->out, "app choose %d", k);
    }
}

/* When all is said only what was chosen, or is right, stays. */
static void put_options(struct page *p, const struct player_block *b, bool active, struct rect *at)
{
    for (int i = 0; i < b->option_count; i++)
        if (active || b->options[i].right || b->options[i].chosen)
            put_option(p, &b->options[i], i, active, at);
}

/* What was said to the last try, behind its mark. */
static void put_feedback(struct page *p, const struct player_block *b, struct rect *at)
{
    struct ui *ui = p->v->ui;
    const struct theme *t = ui->theme;
    if (b->feedback.count == 0)
        return;
    bool right = b->tone == TONE_RIGHT, wrong = b->tone == TONE_WRONG;
    float mark = right || wrong ? ui_px(ui, 30) : 0;
    struct rect in = {at->x + mark, at->y, at->w - mark, 0};
    int px = page_px(p, body);
    if (mark > 0 && !p->dry)
        draw_text_in(ui->draw, FONT_SANS_BOLD, px,
                     (struct rect){at->x, at->y, mark, floorf((float)px * 1.4f)}, ALIGN_LEFT,
                     right ? t->good : t->error, right ? "✓" : "×");
    page_text(p, &b->feedback, 21, right ? t->good : wrong ? t->error : t->turn_ink, 0, &in);
    at->y = in.y;
}

static void put_help_said(struct page *p, const struct player_block *b, bool active,
                          struct rect *at)
{
    const struct theme *t = p->v->ui->theme;
    for (int i = 0; active && i < b->hint_count; i++) {
        struct page_runs r = {.n = 0};
        runs_add(&r, _("Hint "), RUN_BOLD, t->turn_ink);
        runs_add_text(p, &r, &b->hints[i], t->turn_ink, 0, true);
        page_space(p, at, 5);
        page_runs(p, &r, 20, at);
    }
    bool number = b->kind == LESSON_PREDICT || b->kind == LESSON_ANSWER;
    if (b->worked_count > 0 && (active || number))
        page_space(p, at, 5);
    for (int i = 0; (active || number) && i < b->worked_count; i++)
        page_words(p, b->worked[i], 19, RUN_MONO, t->turn_ink, at);
}

static void put_help(struct page *p, struct rect *at)
{
    static const char *const labels[] = {N_("Hint"), N_("Show me"), N_("Skip")};
    static const char *const ids[] = {"lesson.hint", "lesson.show", "lesson.skip"};
    static const char *const commands[] = {"app hint", "app solution", "app skip"};
    struct ui *ui = p->v->ui;
    const struct player_view *view = p->view;
    const bool can[] = {view->can_hint, view->can_show, view->can_skip};
    float wanted = 0, height = ui_px(ui, 40), closest = 0.75f;
    for (int i = 0; i < 3; i++)
        wanted += can[i] ? ui_button_width(ui, translate(labels[i])) : 0;
    /* Closer together where that is enough, else one below the other. */
    float fit = wanted > at->w ? at->w / wanted : 1;
    fit = fit < closest ? 1 : fit;
    struct rect row = {at->x, at->y, at->w, height};
    for (int i = 0; i < 3; i++) {
        if (!can[i])
            continue;
        float w = fminf(floorf(fit * ui_button_width(ui, translate(labels[i]))), at->w);
        if (w > row.w + 0.5f)
            row = (struct rect){at->x, row.y + height, at->w, height};
        struct rect b = rect_cut_left(&row, w);
        if (p->dry)
            continue;
        if (ui_button(ui, ids[i], b, translate(labels[i]), i == 0 ? BUTTON_NORMAL : BUTTON_PLAIN)) {
            page_acted(p, false);
            intents_add(p->v->out, "%s", commands[i]);
        }
    }
    at->y = row.y + height;
}

static void put_inside(struct page *p, const struct player_block *b, bool active, struct rect *at)
{
    bool typed = b->kind == LESSON_PREDICT || b->kind == LESSON_ANSWER;
    put_question(p, b, active, at);
    page_space(p, at, 8);
    if (b->kind == LESSON_CHOOSE)
        put_options(p, b, active, at);
    else if (active && typed)
        put_answer_field(p, at);
    else if (active && b->kind == LESSON_TRAIN_UNTIL)
        put_training(p, b, at);
    else if (active && task_edits(b))
        put_value_field(p, at);
    if (active && (typed || task_edits(b) || b->kind == LESSON_TRAIN_UNTIL))
        page_space(p, at, 8);
    put_feedback(p, b, at);
    put_help_said(p, b, active, at);
    if (active) {
        page_space(p, at, 6);
        put_help(p, at);
    }
}

void page_task(struct page *p, int i)
{
    struct ui *ui = p->v->ui;
    const struct theme *t = ui->theme;
    const struct player_block *b = &p->view->blocks[i];
    bool active = i == p->view->active, dry = p->dry;
    float pad = ui_px(ui, 14), edge = ui_px(ui, 6);
    struct rect box = p->at;
    struct rect in = {box.x + pad + edge, box.y + pad, box.w - 2 * pad - edge, 0}, measured = in;
    p->dry = true;
    put_inside(p, b, active, &measured);
    p->dry = dry;
    box.h = measured.y + pad - box.y;
    if (!dry) {
        draw_round_rect(ui->draw, box, ui_px(ui, 6), t->turn_ground);
        draw_rect(ui->draw, (struct rect){box.x, box.y, edge, box.h},
                  active ? t->turn_edge : t->good);
        put_inside(p, b, active, &in);
    }
    p->task_top = box.y;
    p->task_bottom = box.y + box.h;
    p->at.y += box.h + ui_px(ui, 12);
}
