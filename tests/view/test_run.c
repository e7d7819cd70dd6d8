/* The run view without a window: its line goes to steps, its buttons to branches, and what stands
 * beside is the other branch's number. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *open_view(int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    run(c, "open data/networks/moons.net");
    run(c, "train 3");
    run(c, "show run");
    return c;
}

static const struct snapshot *snap(struct core *c)
{
    return session_snapshot(c->session);
}

START_TEST(the_line_goes_to_any_step)
{
    struct core *c = open_view(1920, 1080);
    static const char *const lines[] = {"run.line", "timeline.run"};
    int64_t end = snap(c)->step_end;
    ck_assert_int_eq(snap(c)->step, end);
    for (int i = 0; i < 2; i++) {
        const struct widget_record *w = ui_find(&c->ui, lines[i]);
        ck_assert_msg(w != NULL, "%s", lines[i]);
        char line[80];
        snprintf(line, sizeof line, "click %.0f,%.0f", (double)(w->rect.x + w->rect.w / 2),
                 (double)(w->rect.y + w->rect.h / 2));
        run(c, line);
        ck_assert_int_ge(snap(c)->step, end / 2 - 1);
        ck_assert_int_le(snap(c)->step, end / 2 + 1);
        run(c, "key Alt+Left");
        ck_assert_int_le(snap(c)->step, end / 2);
        run(c, "goto-step end");
    }
    core_destroy(c);
}
END_TEST

START_TEST(branches_by_their_buttons)
{
    struct core *c = open_view(1920, 1080);
    run(c, "goto-step 10");
    run(c, "click run.fork");
    ck_assert_int_eq(snap(c)->branch_count, 2);
    run(c, "click run.rename");
    run(c, "key Ctrl+A");
    run(c, "type faster");
    run(c, "key Enter");
    ck_assert_str_eq(snap(c)->branches[1].name, "faster");
    run(c, "rate 0.7");
    run(c, "goto-step 30");
    run(c, "phase update");
    run(c, "select new:hidden1.W[0,1]");
    run(c, "click run.compare.1");
    run(c, "assert-text difference");
    run(c, "assert-text beside it");
    ck_assert_int_eq(snap(c)->compare, 0);
    run(c, "click run.switch.1");
    ck_assert_int_eq(snap(c)->branch, 0);
    ck_assert_int_eq(snap(c)->step, 10);
    run(c, "click run.drop.2");
    ck_assert_int_eq(snap(c)->branch_count, 1);
    core_destroy(c);
}
END_TEST

START_TEST(a_step_by_its_number)
{
    struct core *c = open_view(1920, 1080);
    run(c, "show network");
    run(c, "key Shift+G");
    run(c, "type 17");
    run(c, "key Enter");
    ck_assert_int_eq(snap(c)->step, 17);
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    run(c, "show run");
    run(c, "click run.goto");
    run(c, "type +2");
    run(c, "click goto-step.go");
    ck_assert_int_eq(snap(c)->step, 19);
    core_destroy(c);
}
END_TEST

START_TEST(the_class_code_is_typed_and_seen)
{
    struct core *c = open_view(1280, 720);
    run(c, "click run.code");
    run(c, "type Maple");
    run(c, "key Enter");
    ck_assert_str_eq(snap(c)->code, "maple");
    ck_assert_int_eq(snap(c)->step, 0);
    run(c, "assert-text maple");
    run(c, "show network");
    run(c, "assert-text code maple");
    run(c, "show run");
    run(c, "zoom 150"); /* word and field keep their room */
    ck_assert(ui_find(&c->ui, "run.code")->rect.w > 190);
    run(c, "fork second");
    run(c, "fork third");
    run(c, "fork fourth"); /* they have no room, all of them */
    run(c, "assert-text fourth");
    core_destroy(c);
}
END_TEST

START_TEST(it_is_clean_at_every_size)
{
    static const int sizes[][2] = {{1280, 720}, {1366, 768}, {1920, 1080}, {3840, 2160}};
    static const char *const lines[] = {"goto-step 10",
                                        "fork",
                                        "compare 1",
                                        "select hidden1.W[1,0]",
                                        "fork a longer name of it",
                                        "zoom 150",
                                        "select none",
                                        "zoom 80"};
    struct core *c = open_view(sizes[_i][0], sizes[_i][1]);
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        struct draw_report report = {0};
        run(c, lines[k]);
        core_settle(c);
        ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%d, %s:\n%s", sizes[_i][0],
                      lines[k], report.text);
    }
    core_destroy(c);
}
END_TEST

Suite *test_run(void);
Suite *test_run(void)
{
    Suite *s = suite_create("run view");
    TCase *t = tcase_create("run view");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, the_line_goes_to_any_step);
    tcase_add_test(t, branches_by_their_buttons);
    tcase_add_test(t, a_step_by_its_number);
    tcase_add_test(t, the_class_code_is_typed_and_seen);
    tcase_add_loop_test(t, it_is_clean_at_every_size, 0, 4);
    suite_add_tcase(s, t);
    return s;
}
