/* The inspector's field: a number that nothing computes is typed anew, and the rest follows. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"

Suite *test_inspector(void);

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *open_core(const char *select)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    run(c, "open data/networks/moons.net");
    run(c, "phase update");
    run(c, select);
    core_settle(c);
    return c;
}

static double value_of(struct core *c, const char *cell)
{
    double value = NAN;
    struct err err = {0};
    ck_assert_msg(session_value(c->session, cell, &value, &err), "%s", err.message);
    return value;
}

/* Clicks the middle of a widget. */
static void click(struct core *c, const char *id)
{
    char line[80];
    const struct widget_record *w = ui_find(&c->ui, id);
    ck_assert_msg(w != NULL, "%s is not there", id);
    snprintf(line, sizeof line, "click %.0f,%.0f", (double)(w->rect.x + w->rect.w / 2),
             (double)(w->rect.y + w->rect.h / 2));
    run(c, line);
}

static void type_value(struct core *c, const char *text)
{
    char line[80];
    click(c, "inspector.value");
    run(c, "key Ctrl+A");
    snprintf(line, sizeof line, "type %s", text);
    run(c, line);
}

START_TEST(a_typed_weight_changes_what_follows)
{
    struct core *c = open_core("select hidden1.W[0,0]");
    double old = value_of(c, "hidden1.W[0,0]"), z = value_of(c, "hidden1.z[0]");
    double x = value_of(c, "input[0]");
    type_value(c, "1,5"); /* a decimal comma */
    run(c, "key Enter");
    ck_assert_double_eq(value_of(c, "hidden1.W[0,0]"), 1.5);
    ck_assert_double_eq_tol(value_of(c, "hidden1.z[0]"), z + (1.5 - old) * x, 1e-5);
    type_value(c, "1/3"); /* a fraction, by the button */
    click(c, "inspector.set");
    ck_assert_double_eq_tol(value_of(c, "hidden1.W[0,0]"), 1.0 / 3, 1e-7);
    run(c, "undo");
    run(c, "undo");
    ck_assert_double_eq(value_of(c, "hidden1.W[0,0]"), old);
    core_destroy(c);
}
END_TEST

/* The field keeps the focus after Enter: Ctrl+Z there takes back what was typed, then the change.
 */
START_TEST(undo_works_in_the_field)
{
    struct core *c = open_core("select hidden1.W[0,0]");
    double old = value_of(c, "hidden1.W[0,0]");
    type_value(c, "2");
    run(c, "key Enter");
    ck_assert_double_eq(value_of(c, "hidden1.W[0,0]"), 2);
    run(c, "type 77");
    run(c, "key Ctrl+Z");
    ck_assert_double_eq(value_of(c, "hidden1.W[0,0]"), 2);
    ck_assert_str_eq(c->screen.panel.inspector.change.text, "2");
    run(c, "key Ctrl+Z");
    ck_assert_double_eq(value_of(c, "hidden1.W[0,0]"), old);
    run(c, "key Ctrl+Y");
    ck_assert_double_eq(value_of(c, "hidden1.W[0,0]"), 2);
    core_destroy(c);
}
END_TEST

START_TEST(what_is_no_number_is_said)
{
    struct core *c = open_core("select input[1]");
    double old = value_of(c, "input[1]");
    type_value(c, "big");
    run(c, "key Enter");
    ck_assert(c->screen.toast_is_error);
    ck_assert_double_eq(value_of(c, "input[1]"), old);
    core_destroy(c);
}
END_TEST

START_TEST(only_what_nothing_computes_can_be_typed)
{
    static const char *const computed[] = {"select hidden1.z[0]", "select d:out.W[0,0]",
                                           "select new:out.b[0]", "select loss"};
    struct core *c = open_core(computed[_i]);
    ck_assert_ptr_null(ui_find(&c->ui, "inspector.value"));
    core_destroy(c);
}
END_TEST

START_TEST(a_hidden_number_is_not_given_away)
{
    struct core *c = open_core("select hidden1.W[0,0]");
    run(c, "hide hidden1.W[0,0]");
    core_settle(c);
    ck_assert_ptr_null(ui_find(&c->ui, "inspector.value"));
    core_destroy(c);
}
END_TEST

START_TEST(more_and_less_are_a_hundredth)
{
    struct core *c = open_core("select hidden1.b[1]");
    double old = value_of(c, "hidden1.b[1]");
    click(c, "inspector.more");
    double more = value_of(c, "hidden1.b[1]");
    ck_assert_msg(more > old + 1e-4 && more < old + 0.1, "%g, %g", old, more);
    run(c, "key Alt+Down");
    ck_assert_double_eq_tol(value_of(c, "hidden1.b[1]"), old, 1e-6);
    run(c, "undo");
    ck_assert(value_of(c, "hidden1.b[1]") == more);
    run(c, "select label"); /* a class is followed by the next one, and there are two */
    double class = value_of(c, "label");
    run(c, class > 0 ? "app less" : "app more");
    ck_assert(value_of(c, "label") == 1 - class);
    run(c, class > 0 ? "app less" : "app more");
    ck_assert(value_of(c, "label") == 1 - class);
    ck_assert(!c->screen.toast_is_error);
    run(c, "select out[0]");
    ck_assert(!script_run_line(c, "app more", &(struct err){0}));
    core_destroy(c);
}
END_TEST

START_TEST(the_number_is_dragged_and_undone_in_one_go)
{
    static const char *const places[] = {"formula.drag", "inspector.drag"};
    struct core *c = open_core("select hidden1.W[0,0]");
    double old = value_of(c, "hidden1.W[0,0]"), loss = value_of(c, "loss");
    const struct widget_record *w = ui_find(&c->ui, places[_i]);
    ck_assert_msg(w != NULL, "%s", places[_i]);
    char line[100];
    float x = w->rect.x + w->rect.w / 2, y = w->rect.y + w->rect.h / 2;
    snprintf(line, sizeof line, "drag %.0f,%.0f %.0f,%.0f", (double)x, (double)y, (double)x,
             (double)(y - 60));
    run(c, line);
    ck_assert_double_gt(value_of(c, "hidden1.W[0,0]"), old);
    ck_assert(value_of(c, "loss") != loss);
    run(c, "undo");
    ck_assert(value_of(c, "hidden1.W[0,0]") == old);
    core_destroy(c);
}
END_TEST

START_TEST(what_changed_is_marked_for_a_moment)
{
    struct core *c = open_core("select hidden1.z[0]");
    ck_assert(!script_shows(c, "was "));
    run(c, "edit hidden1.b[0] 0.25");
    run(c, "assert-text was ");
    ck_assert(isfinite(core_due(c)));
    core_frame(c, c->ui.time + 3);
    core_settle(c);
    ck_assert(!script_shows(c, "was "));
    run(c, "undo");
    run(c, "assert-text was ");
    run(c, "sample next"); /* other numbers: nothing to compare with */
    ck_assert(!script_shows(c, "was "));
    core_destroy(c);
}
END_TEST

/* The product of a sum of one term is the number itself. */
START_TEST(a_lone_term_does_not_tell_the_covered_number)
{
    struct core *c = open_core("select d:out.W[0,1]");
    const struct number_style style = {.digits = 3, .decimal_point = '.'};
    char number[64];
    number_format(value_of(c, "d:out.W[0,1]"), &style, number, sizeof number);
    ck_assert_int_eq(session_snapshot(c->session)->formula->count, 1);
    ck_assert_msg(script_shows(c, number), "%s", number);
    run(c, "app hide on");
    ck_assert_msg(!script_shows(c, number), "%s", number);
    core_destroy(c);
}
END_TEST

START_TEST(a_covered_number_is_guessed)
{
    struct core *c = open_core("select hidden1[3]");
    char line[80];
    double value = value_of(c, "hidden1[3]");
    run(c, "key G");
    run(c, "type 7");
    run(c, "key Enter");
    run(c, "assert-text lower than that");
    run(c, "assert-text 0 of 1 right");
    snprintf(line, sizeof line, "type %.4f", value);
    run(c, "key Ctrl+A");
    run(c, line);
    click(c, "formula.guess.give");
    run(c, "assert-text right! 1 of 1, 0 at once");
    ck_assert_ptr_null(ui_find(&c->ui, "formula.guess"));
    run(c, "select hidden1[2]"); /* the next one is covered, too, and asked for in the panel */
    click(c, "inspector.guess");
    run(c, "type -9");
    run(c, "key Enter");
    run(c, "assert-text higher than that");
    run(c, "select hidden1[3]");
    core_destroy(c);
}
END_TEST

START_TEST(the_uses_are_listed_and_walked)
{
    struct core *c = open_core("select hidden1[3]");
    click(c, "inspector.way.to");
    run(c, "assert-text 2 uses: ∂L/∂hidden1[3]");
    click(c, "use.0");
    const struct snapshot *s = session_snapshot(c->session);
    char first[200], name[200];
    cell_name(s->program, s->selected, first, sizeof first);
    ck_assert_msg(strncmp(first, "hidden2.z[", 10) == 0, "%s", first);
    run(c, "select hidden1[3]");
    run(c, "key Shift+Enter"); /* the largest is the first of the list */
    s = session_snapshot(c->session);
    ck_assert_str_eq(cell_name(s->program, s->selected, name, sizeof name), first);
    run(c, "key Shift+Enter");
    run(c, "assert-text ‹ hidden1[3]");
    click(c, "trail.2");
    s = session_snapshot(c->session);
    ck_assert_str_eq(cell_name(s->program, s->selected, name, sizeof name), "hidden1[3]");
    ck_assert_int_eq(s->trail_count, 0);
    run(c, "select label");
    ck_assert(!script_run_line(c, "move onward", &(struct err){0}));
    run(c, "select hidden1[3]");
    run(c, "phase forward"); /* what is still to come is not given away */
    run(c, "assert-text …");
    core_destroy(c);
}
END_TEST

START_TEST(it_is_clean_at_every_size)
{
    static const int sizes[][2] = {{1280, 720}, {1920, 1080}};
    static const int zooms[] = {100, 150};
    static const char *const lines[] = {"select hidden1.W[0,0]",
                                        "edit hidden1.W[0,0] -1.2345",
                                        "select hidden2.z[1]",
                                        "click inspector.way.to",
                                        "move onward",
                                        "move onward",
                                        "app guess",
                                        "guess 3"};
    struct err err = {0};
    struct core *c = core_create(sizes[_i][0], sizes[_i][1], &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    run(c, "open data/networks/moons.net");
    run(c, "phase update");
    for (size_t z = 0; z < 2; z++)
        for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
            struct draw_report report = {0};
            char line[40];
            snprintf(line, sizeof line, "zoom %d", zooms[z]);
            run(c, line);
            run(c, lines[k]);
            core_settle(c);
            ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%d, %s, %s:\n%s",
                          sizes[_i][0], line, lines[k], report.text);
        }
    core_destroy(c);
}
END_TEST

Suite *test_inspector(void)
{
    Suite *s = suite_create("view/inspector");
    TCase *t = tcase_create("change");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_typed_weight_changes_what_follows);
    tcase_add_test(t, undo_works_in_the_field);
    tcase_add_test(t, what_is_no_number_is_said);
    tcase_add_loop_test(t, only_what_nothing_computes_can_be_typed, 0, 4);
    tcase_add_test(t, a_hidden_number_is_not_given_away);
    tcase_add_test(t, more_and_less_are_a_hundredth);
    tcase_add_loop_test(t, the_number_is_dragged_and_undone_in_one_go, 0, 2);
    tcase_add_test(t, what_changed_is_marked_for_a_moment);
    tcase_add_test(t, a_covered_number_is_guessed);
    tcase_add_test(t, a_lone_term_does_not_tell_the_covered_number);
    tcase_add_test(t, the_uses_are_listed_and_walked);
    tcase_add_loop_test(t, it_is_clean_at_every_size, 0, 2);
    suite_add_tcase(s, t);
    return s;
}
