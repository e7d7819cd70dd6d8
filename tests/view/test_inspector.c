/* The inspector's field: a number that nothing computes is typed anew, and the rest follows. */
#include <check.h>
#include <math.h>
#include <stdio.h>

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

Suite *test_inspector(void)
{
    Suite *s = suite_create("view/inspector");
    TCase *t = tcase_create("change");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_typed_weight_changes_what_follows);
    tcase_add_test(t, what_is_no_number_is_said);
    tcase_add_loop_test(t, only_what_nothing_computes_can_be_typed, 0, 4);
    tcase_add_test(t, a_hidden_number_is_not_given_away);
    suite_add_tcase(s, t);
    return s;
}
