/* A lesson in the panel, played as a learner plays it: with the pointer alone, with the keyboard
 * alone; and every page of every shipped lesson is readable. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/lesson/language.h"
#include "glassnet/ui/draw_check.h"

static const int sizes[][2] = {{1280, 720}, {1920, 1080}};

static struct core *open_lesson(int w, int h, int number)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    ck_assert_ptr_nonnull(c->catalogue);
    if (number >= c->catalogue->count) {
        core_destroy(c);
        return NULL;
    }
    ck_assert_msg(core_open(c, c->catalogue->cards[number].path, &err), "%s", err.message);
    core_settle(c);
    return c;
}

/* The shipped lessons of every language one after the other: English, then as they are listed. */
static int shipped_path(int number, char *path, size_t size)
{
    const char *language = "en";
    int seen = 0;
    for (int k = 0; language; language = lesson_language_list(k++)) {
        struct catalogue *c = catalogue_load(NULL, language, NULL);
        for (int i = 0; c && i < c->count; i++)
            if (!c->cards[i].foreign && seen++ == number)
                snprintf(path, size, "%s", c->cards[i].path);
        catalogue_destroy(c);
    }
    return seen;
}

static struct core *open_shipped(int w, int h, int number)
{
    struct err err = {0};
    char path[1400] = "";
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    shipped_path(number, path, sizeof path);
    ck_assert_msg(core_open(c, path, &err), "%s", err.message);
    core_settle(c);
    return c;
}

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "page %d: %s: %s",
                  c->player ? player_view(c->player)->page + 1 : 0, line, err.message);
}

static void shows(struct core *c, const char *text)
{
    ck_assert_msg(script_shows(c, text), "\"%s\" is not shown", text);
}

/* Is the sign drawn in the panel, alone? */
static bool has_sign(const struct core *c, const char *sign)
{
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *cmd = &c->draw.cmds[i];
        const char *tag = draw_cmd_tag(&c->draw, cmd);
        if (cmd->kind == DRAW_TEXT && tag && strcmp(tag, "panel") == 0 &&
            (size_t)cmd->count == strlen(sign) &&
            memcmp(draw_cmd_data(&c->draw, cmd), sign, strlen(sign)) == 0)
            return true;
    }
    return false;
}

static void clean(struct core *c, const char *what)
{
    struct draw_report report = {0};
    core_settle(c);
    int faults = draw_list_check_text(&c->draw, &report);
    faults += draw_list_check_size(&c->draw, ui_text_px(&c->ui, 16), &report);
    ck_assert_msg(faults == 0, "%s page %d at %d, %s:\n%s", c->lesson->path,
                  player_view(c->player)->page + 1, c->w, what, report.text);
}

/* From the field to the help below the message: all of it in sight, without scrolling. */
static bool sees_the_task(const struct core *c)
{
    const struct widget_record *field = ui_find(&c->ui, "lesson.answer");
    const struct widget_record *skip = ui_find(&c->ui, "lesson.skip");
    const struct widget_record *tab = ui_find(&c->ui, "panel.Lesson");
    const struct widget_record *next = ui_find(&c->ui, "lesson.next");
    return field && skip && field->rect.y >= tab->rect.y + tab->rect.h &&
           skip->rect.y + skip->rect.h <= next->rect.y;
}

/* Is the page's title, or its first line, drawn in the panel? */
static bool has_heading(const struct core *c)
{
    const char *title = player_view(c->player)->page_title;
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *cmd = &c->draw.cmds[i];
        const char *tag = draw_cmd_tag(&c->draw, cmd);
        if (cmd->kind == DRAW_TEXT && tag && strcmp(tag, "panel") == 0 && cmd->count > 2 &&
            strncmp(draw_cmd_data(&c->draw, cmd), title, (size_t)cmd->count) == 0)
            return true;
    }
    return false;
}

static bool scrolls(const struct core *c)
{
    return ui_find(&c->ui, "lesson.bar") != NULL;
}

START_TEST(a_wrong_answer_gets_its_reason_a_right_one_its_sign)
{
    struct core *c = open_lesson(1280, 720, 0);
    run(c, "app page 3");
    shows(c, "What one arrow brings");
    shows(c, "Your turn.");
    shows(c, "What arrives at the");
    /* yellow 0.9, weight 2: 1.8; 2 + 0.9 = 2.9 has a reason of its own */
    run(c, "click lesson.answer");
    run(c, "type 2.9");
    run(c, "key Enter");
    shows(c, "You added. An arrow multiplies.");
    ck_assert(has_sign(c, "×") && !has_sign(c, "✓"));
    ck_assert(ui_find(&c->ui, "lesson.next")->state & STATE_DISABLED);
    run(c, "type 1,8"); /* replaces what was typed before */
    run(c, "key Enter");
    shows(c, "The neuron gets");
    ck_assert(has_sign(c, "✓") && !has_sign(c, "×"));
    ck_assert_ptr_null(ui_find(&c->ui, "lesson.answer"));
    run(c, "key Enter"); /* the focus is on Next */
    shows(c, "A weight can pull down");
    run(c, "click lesson.back");
    shows(c, "What one arrow brings");
    core_destroy(c);
}
END_TEST

START_TEST(help_comes_one_by_one)
{
    struct core *c = open_lesson(1280, 720, 0);
    run(c, "app page 9");
    ck_assert(!script_shows(c, "The arrows bring"));
    run(c, "click lesson.hint");
    shows(c, "The arrows bring");
    ck_assert(!script_shows(c, "on top"));
    run(c, "click lesson.hint");
    shows(c, "on top");
    run(c, "click lesson.hint"); /* 0.25 - 0.8 + 2*0.7 = 0.85, worked out */
    shows(c, "= 0.8500");
    ck_assert_ptr_null(ui_find(&c->ui, "lesson.hint"));
    ck_assert_int_ge(player_view(c->player)->active, 0);
    run(c, "click lesson.show");
    ck_assert_int_lt(player_view(c->player)->active, 0);
    core_destroy(c);
}
END_TEST

START_TEST(a_wrong_option_stays_with_its_reason)
{
    struct core *c = open_lesson(1280, 720, 0);
    run(c, "app page 5");
    run(c, "click lesson.option.1");
    shows(c, "An apple would need");
    run(c, "click lesson.option.0");
    shows(c, "And a lemon it is.");
    ck_assert_int_lt(player_view(c->player)->active, 0);
    core_destroy(c);
}
END_TEST

START_TEST(every_theme_can_be_read)
{
    struct core *c = open_lesson(1280, 720, 0);
    for (int i = 0; i < theme_count(); i++) {
        struct draw_report report = {0};
        char line[80];
        snprintf(line, sizeof line, "theme %s", theme_at(i)->name);
        run(c, line);
        run(c, "app page 10");
        run(c, "app answer 0.2"); /* 1 - 1.2 + 2*0.2 */
        run(c, "app choose 1");
        run(c, "app hint");
        ck_assert(has_sign(c, "✓") && has_sign(c, "×"));
        int faults = draw_list_check_contrast(&c->draw, theme_at(i)->least_contrast, &report);
        ck_assert_msg(faults == 0, "%s:\n%s", line, report.text);
    }
    core_destroy(c);
}
END_TEST

/* Every state of every page can be read; at the smaller size a page fits without scrolling. */
START_TEST(every_page_is_clean)
{
    const int number = _i / 2, size = _i % 2;
    struct core *c = open_shipped(sizes[size][0], sizes[size][1], number);
    ck_assert_ptr_nonnull(c);
    for (bool more = true; more;) {
        clean(c, "at its start");
        ck_assert_msg(has_heading(c), "%s page %d at %d has no heading", c->lesson->path,
                      player_view(c->player)->page + 1, c->w);
        ck_assert_msg(!scrolls(c), "%s page %d at %d does not fit", c->lesson->path,
                      player_view(c->player)->page + 1, c->w);
        while (player_view(c->player)->active >= 0) {
            bool typed = ui_find(&c->ui, "lesson.answer") != NULL;
            run(c, "app answer -98765");
            run(c, "app choose 1");
            clean(c, "with a mistake");
            ck_assert_msg(!typed || sees_the_task(c),
                          "%s page %d at %d: field and message are not in sight together",
                          c->lesson_name, player_view(c->player)->page + 1, c->w);
            run(c, "app hint");
            clean(c, "with a hint");
            run(c, "app solution");
            clean(c, "when shown");
        }
        more = !player_view(c->player)->last_page;
        run(c, "app next");
    }
    clean(c, "at the end");
    core_destroy(c);
}
END_TEST

static bool look_up(void *context, const char *cell, double *value, struct err *err)
{
    return session_value(context, cell, value, err);
}

static double right_answer(struct core *c, const struct lesson_item *item)
{
    double value = 0;
    struct err err = {0};
    ck_assert_msg(expression_value(item->expression, look_up, c->session, &value, &err), "%s",
                  err.message);
    return value;
}

static bool find_cell(struct core *c, const char *name, struct rect *r)
{
    const struct snapshot *s = session_snapshot(c->session);
    struct cell cell;
    ck_assert(cell_parse(s->program, s->trace->n, name, &cell, NULL));
    return network_cell_rect(&c->screen.canvas.network, cell, r);
}

/* A line of a calculation in the Layer view. */
static bool find_line(struct core *c, const char *name, struct rect *r)
{
    const struct snapshot *s = session_snapshot(c->session);
    const struct layer_state *layer = &c->screen.canvas.layer;
    struct cell cell;
    ck_assert(cell_parse(s->program, s->trace->n, name, &cell, NULL));
    for (int i = 0; c->screen.canvas.view == CANVAS_LAYER && i < layer->hit_count; i++)
        if (cell_equal(layer->hits[i].cell, cell)) {
            *r = layer->hits[i].rect;
            return true;
        }
    return false;
}

/* The cell, or the other one that is as right (NULL: there is none): one of them is drawn, at the
 * latest when the neuron it belongs to has been clicked. */
static void click_cell(struct core *c, const char *name, const char *other)
{
    struct rect r;
    char line[80];
    bool found = find_line(c, name, &r);
    if (!found && strcmp(session_snapshot(c->session)->view, "network") != 0)
        run(c, "show network"); /* pages may begin in another view */
    found = found || find_cell(c, name, &r) || (other && find_cell(c, other, &r));
    for (int i = 0; i < 2 && !found; i++) {
        double value;
        snprintf(line, sizeof line, "select %.*s%s", (int)strcspn(name, "."), name,
                 i ? "[0]" : ".z[0]");
        if (!session_value(c->session, line + 7, &value, NULL))
            continue;
        run(c, line);
        found = find_cell(c, name, &r);
    }
    ck_assert_msg(found, "%s page %d: %s is not shown", c->lesson_name,
                  player_view(c->player)->page + 1, name);
    snprintf(line, sizeof line, "click %.1f,%.1f", (double)(r.x + r.w / 2),
             (double)(r.y + r.h / 2));
    run(c, line);
}

/* The pages that show a view begin with it, whatever was looked at on the page before. */
START_TEST(a_page_shows_the_view_it_asks_for)
{
    struct core *c = open_lesson(1280, 720, 1);
    ck_assert_str_eq(c->lesson_name, "02-bending-the-line");
    ck_assert_int_eq(c->screen.canvas.view, CANVAS_NETWORK);
    run(c, "app page 2"); /* show layer */
    ck_assert_int_eq(c->screen.canvas.view, CANVAS_LAYER);
    run(c, "app solution");
    run(c, "show network");
    run(c, "app next"); /* show layer */
    ck_assert_int_eq(c->screen.canvas.view, CANVAS_LAYER);
    ck_assert_int_eq(c->screen.panel.tab, TAB_LESSON);
    run(c, "app page 9"); /* show network */
    ck_assert_int_eq(c->screen.canvas.view, CANVAS_NETWORK);
    core_destroy(c);
}
END_TEST

/* Too small a rate, then a good one: the second try begins where the first one did, and what was
 * selected stays so. */
/* What a lesson does without is not there, until it is asked for; what it shows stays. */
START_TEST(a_lesson_leaves_out_what_it_does_without)
{
    struct core *c = open_lesson(1280, 720, 0);
    static const char *const hidden[] = {
        "transport.step", "phase.loss",    "sample.next", "canvas.network",
        "canvas.matrix",  "panel.Inspect", "pen",         "network.lens"};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        ck_assert_msg(!ui_find(&c->ui, hidden[i]), "%s is there", hidden[i]);
    ck_assert_ptr_nonnull(ui_find(&c->ui, "menu"));
    ck_assert(!script_shows(c, "label lemon"));
    run(c, "app show-all");
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        ck_assert_msg(ui_find(&c->ui, hidden[i]), "%s is not there", hidden[i]);
    shows(c, "label lemon");
    run(c, "app show-all");
    run(c, "show matrix"); /* by its key */
    ck_assert_int_eq(c->screen.canvas.view, CANVAS_MATRIX);
    run(c, "open lessons/02-bending-the-line.md");
    ck_assert(ui_find(&c->ui, "canvas.layer") && !ui_find(&c->ui, "canvas.matrix"));
    run(c, "show matrix"); /* the view that is shown has its tab */
    ck_assert_ptr_nonnull(ui_find(&c->ui, "canvas.matrix"));
    run(c, "app leave");
    run(c, "open data/networks/digits8.net");
    ck_assert(ui_find(&c->ui, "transport.step") && ui_find(&c->ui, "sample.next"));
    core_destroy(c);
}
END_TEST

/* Every view has a name that `hide` knows. */
START_TEST(each_view_can_be_left_out)
{
    for (int i = 0; i < CANVAS_VIEWS; i++) {
        char text[200];
        struct err err = {0};
        snprintf(text, sizeof text, "---\ntitle: T\nhide: [%s]\n---\nx\n", canvas_view_name(i));
        struct lesson *lesson = lesson_parse(text, "t.md", &err);
        ck_assert_msg(lesson != NULL, "%s", err.message);
        lesson_destroy(lesson);
    }
}
END_TEST

/* Who has only a pointer answers by the keys on the page. */
START_TEST(a_number_is_pressed_with_the_pointer)
{
    struct core *c = open_lesson(1280, 720, 0);
    run(c, "app page 6"); /* −1 */
    ck_assert_ptr_null(ui_find(&c->ui, "lesson.key.1"));
    run(c, "click lesson.keys");
    run(c, "click lesson.key.minus");
    run(c, "click lesson.key.1");
    run(c, "click lesson.key.5");
    run(c, "click lesson.key.back");
    run(c, "click lesson.check");
    ck_assert_int_lt(player_view(c->player)->active, 0);
    run(c, "app page 8"); /* the keys stay, and replace the number that is there */
    run(c, "click lesson.key.1");
    run(c, "click lesson.key./");
    run(c, "click lesson.key.4");
    run(c, "click lesson.set");
    run(c, "assert out.b[0] 0.25 0");
    clean(c, "with keys");
    core_destroy(c);
}
END_TEST

/* A number that a page asks for is answered on the page, and told nowhere before. */
START_TEST(what_is_asked_for_is_answered_on_the_page)
{
    struct core *c = open_lesson(1280, 720, 0);
    run(c, "app page 4");
    ck_assert_ptr_null(ui_find(&c->ui, "formula.guess"));
    ck_assert(!script_shows(c, "0.700"));
    run(c, "app answer 0.7");
    shows(c, "0.700");
    run(c, "app hide"); /* the presenter covers it */
    ck_assert_ptr_nonnull(ui_find(&c->ui, "formula.guess"));
    core_destroy(c);
}
END_TEST

/* What is locked says so; where a page asks to train it trains. */
START_TEST(what_is_locked_is_out_of_reach)
{
    struct err err = {0};
    struct core *c = open_lesson(1280, 720, 0);
    ck_assert(!script_run_line(c, "app train", &err));
    ck_assert_msg(strstr(err.message, "this lesson does without"), "%s", err.message);
    err = (struct err){0};
    ck_assert(!script_run_line(c, "show build", &err));
    ck_assert_int_eq(c->screen.canvas.view, CANVAS_NETWORK);
    err = (struct err){0};
    run(c, "open lessons/04-downhill.md");
    run(c, "app page 8");
    run(c, "train 10"); /* it is what the page asks for */
    session_wait(c->session);
    core_settle(c);
    ck_assert_int_lt(player_view(c->player)->active, 0);
    ck_assert(!script_run_line(c, "train 1", &err)); /* once is enough */
    run(c, "app leave");
    run(c, "open data/networks/digits8.net");
    run(c, "show build");
    core_destroy(c);
}
END_TEST

START_TEST(training_is_tried_again_from_the_start)
{
    struct core *c = open_lesson(1280, 720, 0);
    double weight;
    run(c, "open lessons/04-downhill.md");
    run(c, "app page 12");
    run(c, "click lesson.train"); /* rate 0.01 */
    session_wait(c->session);
    core_settle(c);
    shows(c, "It crawls"); /* the reason for a rate too small */
    run(c, "click lesson.rate");
    run(c, "key Ctrl+A");
    run(c, "type 0,4");
    run(c, "key Enter");
    session_wait(c->session);
    core_settle(c);
    ck_assert_int_lt(player_view(c->player)->active, 0);
    ck_assert(session_value(c->session, "out.W[0,0]", &weight, NULL));
    ck_assert_double_eq_tol(weight, 3 - 2 * 0.00032, 1e-5); /* 2 away, times 0.2 five times */
    run(c, "assert-text out.W[0,0]");
    core_destroy(c);
}
END_TEST

/* "edit CELL VALUE" or "select CELL": the cell into name, what is behind it into value. */
static bool read_solution(const char *command, char *name, char *value)
{
    char word[16] = "";
    name[0] = value[0] = 0;
    return sscanf(command, "%15s %90s %30s", word, name, value) >= 2 &&
           (strcmp(word, "edit") == 0 || strcmp(word, "select") == 0);
}

static const char *focused(const struct core *c)
{
    for (int i = 0; i < c->ui.n_records; i++)
        if (c->ui.records[i].hash == c->ui.focus && c->ui.focus)
            return c->ui.records[i].id;
    return "";
}

static void tab_to(struct core *c, const char *id)
{
    for (int i = 0; i < 300 && strcmp(focused(c), id) != 0; i++)
        run(c, "key Tab");
    ck_assert_msg(strcmp(focused(c), id) == 0, "%s page %d: Tab does not reach %s", c->lesson_name,
                  player_view(c->player)->page + 1, id);
}

/* With the settings of its solution, and the button in the lesson; other settings than the rate are
 * not among those that a lesson asks for. */
static void train_to_the_end(struct core *c, const struct lesson_item *item, bool by_keys)
{
    char line[80];
    for (int i = 0; i < item->command_count; i++) {
        float rate;
        if (sscanf(item->commands[i].text, "rate %f", &rate) != 1 &&
            sscanf(item->commands[i].text, "edit rate %f", &rate) != 1)
            continue;
        snprintf(line, sizeof line, "type %g", (double)rate);
        if (by_keys)
            tab_to(c, "lesson.rate");
        else
            run(c, "click lesson.rate");
        run(c, "key Ctrl+A");
        run(c, line);
    }
    if (by_keys) {
        tab_to(c, "lesson.train");
        run(c, "key Enter");
    } else {
        run(c, "click lesson.train");
    }
    session_wait(c->session);
    core_settle(c);
}

/* One command of a solution as it is given with the pointer. */
static void command_by_pointer(struct core *c, const struct lesson_item *item, const char *command)
{
    char line[80], name[96], value[32];
    int steps = 1;
    if (strncmp(command, "phase ", 6) == 0) {
        snprintf(line, sizeof line, "click phase.%.20s", command + 6);
        run(c, line);
        return;
    }
    if (sscanf(command, "step %d", &steps) == 1 || strcmp(command, "step") == 0) {
        for (int i = 0; i < steps; i++)
            run(c, "click transport.step");
        return;
    }
    ck_assert_msg(read_solution(command, name, value), "%s", command);
    click_cell(c, name, value[0] ? NULL : item->condition.other);
    if (!value[0])
        return;
    snprintf(line, sizeof line, "type %s", value);
    run(c, "click lesson.value");
    run(c, "key Ctrl+A");
    run(c, line);
    run(c, "click lesson.set");
}

/* The strokes of a solution ("draw X,Y X,Y ...") on the pad, piece by piece, and back to the page.
 */
static void draw_on_pad(struct core *c, const struct lesson_item *item)
{
    char line[120];
    run(c, "click panel.Draw");
    const struct widget_record *pad = ui_find(&c->ui, "pad");
    ck_assert_ptr_nonnull(pad);
    const struct rect r = pad->rect;
    for (int i = 0; i < item->command_count; i++) {
        const char *at = item->commands[i].text;
        float x, y, last_x = 0, last_y = 0;
        int n, points = 0;
        ck_assert_int_eq(strncmp(at, "draw ", 5), 0);
        for (at += 5; sscanf(at, "%f,%f%n", &x, &y, &n) == 2; at += n, points++) {
            snprintf(line, sizeof line, "drag %.1f,%.1f %.1f,%.1f", (double)(r.x + r.w * last_x),
                     (double)(r.y + r.h * last_y), (double)(r.x + r.w * x),
                     (double)(r.y + r.h * y));
            if (points > 0)
                run(c, line);
            last_x = x;
            last_y = y;
        }
    }
    run(c, "click panel.Lesson");
}

static void do_by_pointer(struct core *c, const struct lesson_item *item)
{
    char line[80];
    switch (item->kind) {
    case LESSON_PREDICT:
    case LESSON_ANSWER:
        snprintf(line, sizeof line, "type %.6g", right_answer(c, item));
        run(c, "click lesson.answer");
        run(c, line);
        run(c, "click lesson.check");
        return;
    case LESSON_CHOOSE:
        for (int k = 0; k < item->option_count; k++) {
            snprintf(line, sizeof line, "click lesson.option.%d", k);
            if (item->options[k].right)
                run(c, line);
        }
        return;
    case LESSON_FIND:
        click_cell(c, item->cell_names[0], item->cell_count > 1 ? item->cell_names[1] : NULL);
        return;
    case LESSON_TRAIN_UNTIL:
        train_to_the_end(c, item, false);
        return;
    case LESSON_DRAW:
        draw_on_pad(c, item);
        return;
    default:
        ck_assert_int_eq(item->kind, LESSON_WAIT);
        for (int i = 0; i < item->command_count; i++)
            command_by_pointer(c, item, item->commands[i].text);
    }
}

static void select_by_keys(struct core *c, const char *name)
{
    char line[120];
    if (c->ui.focus)
        run(c, "key Escape");
    snprintf(line, sizeof line, "type %s", name);
    run(c, "key Ctrl+G");
    run(c, "key Ctrl+A");
    run(c, line);
    run(c, "key Enter");
}

static void command_by_keys(struct core *c, const char *command)
{
    static const char *const phases[] = {"forward", "loss", "backward", "update"};
    char line[80], name[96], value[32];
    int steps = 1;
    if (c->ui.focus)
        run(c, "key Escape");
    for (int i = 0; i < 4; i++)
        if (strncmp(command, "phase ", 6) == 0 && strcmp(command + 6, phases[i]) == 0) {
            snprintf(line, sizeof line, "key %d", i + 1);
            run(c, line);
            return;
        }
    if (sscanf(command, "step %d", &steps) == 1 || strcmp(command, "step") == 0) {
        for (int i = 0; i < steps; i++)
            run(c, "key Space");
        return;
    }
    ck_assert_msg(read_solution(command, name, value), "%s", command);
    select_by_keys(c, name);
    if (!value[0])
        return;
    snprintf(line, sizeof line, "type %s", value);
    tab_to(c, "lesson.value");
    run(c, "key Ctrl+A");
    run(c, line);
    run(c, "key Enter");
}

static void do_by_keys(struct core *c, const struct lesson_item *item)
{
    char line[80];
    switch (item->kind) {
    case LESSON_PREDICT:
    case LESSON_ANSWER:
        snprintf(line, sizeof line, "type %.6g", right_answer(c, item));
        tab_to(c, "lesson.answer");
        run(c, line);
        run(c, "key Enter");
        return;
    case LESSON_CHOOSE:
        for (int k = 0; k < item->option_count; k++) {
            if (!item->options[k].right)
                continue;
            snprintf(line, sizeof line, "lesson.option.%d", k);
            tab_to(c, line);
            run(c, "key Enter");
        }
        return;
    case LESSON_FIND:
        select_by_keys(c, item->cell_names[0]);
        return;
    case LESSON_TRAIN_UNTIL:
        train_to_the_end(c, item, true);
        return;
    case LESSON_DRAW: /* the pad by keys: test_pad.c */
        for (int i = 0; i < item->command_count; i++)
            run(c, item->commands[i].text);
        return;
    default:
        ck_assert_int_eq(item->kind, LESSON_WAIT);
        for (int i = 0; i < item->command_count; i++)
            command_by_keys(c, item->commands[i].text);
    }
}

/* To the end and home, each task done the right way: every one counts as the learner's own. */
static void play(struct core *c, bool by_keys)
{
    while (!player_view(c->player)->finished) {
        const struct player_view *view = player_view(c->player);
        int page = view->page, done = view->tasks_done;
        if (view->active >= 0) {
            (by_keys ? do_by_keys : do_by_pointer)(c, view->blocks[view->active].item);
            ck_assert_msg(player_view(c->player)->tasks_done == done + 1,
                          "%s page %d: the task is not done", c->lesson_name, page + 1);
            continue;
        }
        if (by_keys) {
            tab_to(c, "lesson.next");
            run(c, "key Enter");
        } else {
            run(c, "click lesson.next");
        }
        view = player_view(c->player);
        ck_assert(view->page == page + 1 || view->finished);
    }
    ck_assert_int_eq(player_tasks_done(c->player), player_tasks(c->player));
    if (by_keys) {
        tab_to(c, "lesson.home");
        run(c, "key Enter");
    } else {
        run(c, "click lesson.home");
    }
    ck_assert_ptr_null(c->player);
    ck_assert_str_eq(session_snapshot(c->session)->view, "home");
}

START_TEST(a_lesson_is_played_with_the_pointer)
{
    struct core *c = open_shipped(sizes[_i % 2][0], sizes[_i % 2][1], _i / 2);
    ck_assert_ptr_nonnull(c);
    play(c, false);
    core_destroy(c);
}
END_TEST

START_TEST(a_lesson_is_played_with_the_keyboard)
{
    struct core *c = open_shipped(1280, 720, _i);
    ck_assert_ptr_nonnull(c);
    play(c, true);
    core_destroy(c);
}
END_TEST

START_TEST(on_into_play)
{
    struct core *c = open_lesson(1280, 720, 0);
    double bias;
    run(c, "app page 12");
    run(c, "edit out.b[0] 0.75");
    run(c, "click lesson.go");
    ck_assert_ptr_null(c->player);
    ck_assert(session_value(c->session, "out.b[0]", &bias, NULL));
    ck_assert(bias == 0.75); /* the network stays as it was */
    ck_assert_ptr_nonnull(ui_find(&c->ui, "panel.Train"));
    ck_assert_ptr_null(ui_find(&c->ui, "panel.Lesson"));
    core_destroy(c);
}
END_TEST

/* What was done is on the disk at once: the next start goes on from there. */
START_TEST(progress_is_kept)
{
    char folder[] = "/tmp/glassnet-progress-XXXXXX", line[200];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    setenv("XDG_DATA_HOME", folder, 1);
    struct core *c = open_lesson(1280, 720, 0);
    c->keep_progress = true;
    run(c, "app solution");
    run(c, "click lesson.next");
    click_cell(c, "out.W[0,1]", NULL);
    run(c, "click lesson.next");
    core_destroy(c);
    c = open_lesson(1280, 720, 0);
    const struct lesson_place *place = lesson_progress_find(&c->progress, c->lesson_name);
    ck_assert_ptr_nonnull(place);
    ck_assert_int_eq(place->page, 2);
    ck_assert_int_eq(place->done, 1); /* the first task was shown */
    ck_assert(!place->finished);
    c->keep_progress = true;
    snprintf(line, sizeof line, "open %s", c->catalogue->cards[0].path);
    run(c, line);
    shows(c, "What one arrow brings");
    ck_assert_int_eq(player_view(c->player)->page, 2);
    snprintf(line, sizeof line, "rm -r %s", folder);
    ck_assert_int_eq(system(line), 0);
    core_destroy(c);
}
END_TEST

Suite *test_lesson_panel(void);
Suite *test_lesson_panel(void)
{
    Suite *s = suite_create("lesson_panel");
    TCase *t = tcase_create("lesson_panel");
    const int lessons = shipped_path(-1, NULL, 0);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, a_wrong_answer_gets_its_reason_a_right_one_its_sign);
    tcase_add_test(t, help_comes_one_by_one);
    tcase_add_test(t, a_wrong_option_stays_with_its_reason);
    tcase_add_test(t, every_theme_can_be_read);
    tcase_add_loop_test(t, every_page_is_clean, 0, 2 * lessons);
    tcase_add_loop_test(t, a_lesson_is_played_with_the_pointer, 0, 2 * lessons);
    tcase_add_loop_test(t, a_lesson_is_played_with_the_keyboard, 0, lessons);
    tcase_add_test(t, a_page_shows_the_view_it_asks_for);
    tcase_add_test(t, a_lesson_leaves_out_what_it_does_without);
    tcase_add_test(t, a_number_is_pressed_with_the_pointer);
    tcase_add_test(t, each_view_can_be_left_out);
    tcase_add_test(t, what_is_asked_for_is_answered_on_the_page);
    tcase_add_test(t, what_is_locked_is_out_of_reach);
    tcase_add_test(t, training_is_tried_again_from_the_start);
    tcase_add_test(t, on_into_play);
    tcase_add_test(t, progress_is_kept);
    suite_add_tcase(s, t);
    return s;
}
