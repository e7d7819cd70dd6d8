/* The watch list on the screen: under every tab and every view, by key, mouse and command. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"

Suite *test_watch_list(void);

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *open_core(int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    run(c, "open data/networks/moons.net");
    run(c, "phase forward");
    return c;
}

static int watched(struct core *c)
{
    return session_snapshot(c->session)->watched_count;
}

START_TEST(the_key_and_the_button_pin_and_unpin)
{
    struct core *c = open_core(1280, 720);
    ck_assert(!script_shows(c, "Watched"));
    run(c, "select hidden1[2]");
    run(c, "key W");
    ck_assert(script_shows(c, "Watched: 1"));
    run(c, "click inspector.watch");
    ck_assert_int_eq(watched(c), 0);
    run(c, "click inspector.watch");
    run(c, "select out[0]");
    run(c, "key W");
    ck_assert_int_eq(watched(c), 2);
    run(c, "click watch.remove.0");
    ck_assert_int_eq(watched(c), 1);
    ck_assert_str_eq(session_snapshot(c->session)->watched[0].name, "out[0]");
    run(c, "select none");
    struct err err = {0};
    ck_assert(!core_command(c, "app watch", &err));
    ck_assert_ptr_nonnull(strstr(err.message, "nothing is selected"));
    core_destroy(c);
}
END_TEST

START_TEST(a_click_selects_and_the_change_is_shown)
{
    struct core *c = open_core(1280, 720);
    char now[48], before[64], number[48];
    double value;
    run(c, "watch out[0]");
    ck_assert(session_value(c->session, "out[0]", &value, NULL));
    snprintf(before, sizeof before, "before %s",
             view_number(session_snapshot(c->session), value, number, sizeof number));
    ck_assert(!script_shows(c, "before"));
    run(c, "edit input[0] -2");
    ck_assert(session_value(c->session, "out[0]", &value, NULL));
    ck_assert_msg(script_shows(c, before), "%s", before);
    ck_assert(script_shows(c, view_number(session_snapshot(c->session), value, now, sizeof now)));
    run(c, "click watch.0");
    const struct snapshot *s = session_snapshot(c->session);
    ck_assert(cell_equal(s->selected, s->watched[0].cell));
    core_destroy(c);
}
END_TEST

START_TEST(a_hidden_value_is_not_given_away)
{
    struct core *c = open_core(1280, 720);
    run(c, "watch hidden2[1]");
    run(c, "edit input[0] 0.5");
    run(c, "hide hidden2[1]");
    ck_assert(!script_shows(c, "before"));
    run(c, "reveal all");
    ck_assert(script_shows(c, "before"));
    core_destroy(c);
}
END_TEST

START_TEST(it_stays_under_every_tab_and_view)
{
    static const char *const tabs[] = {"show draw", "show training", "show inspect"};
    struct core *c = open_core(1280, 720);
    run(c, "watch loss");
    for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++) {
        run(c, tabs[i]);
        ck_assert_msg(script_shows(c, "Watched: 1"), "%s", tabs[i]);
    }
    for (int view = 0; canvas_view_name(view); view++) {
        char line[64];
        snprintf(line, sizeof line, "show %s", canvas_view_name(view));
        run(c, line);
        bool panel = !(canvas_flags(&c->screen.canvas) & CANVAS_WIDE);
        ck_assert_msg(script_shows(c, "Watched: 1") == panel, "%s", line);
    }
    core_destroy(c);
}
END_TEST

START_TEST(a_long_list_is_clean_and_folds)
{
    static const int sizes[][2] = {{1280, 720}, {1920, 1080}};
    struct core *c = open_core(sizes[_i][0], sizes[_i][1]);
    static const char *const cells[] = {"out[0]",     "d:hidden1.W[3,0]", "new:m:hidden2.W[1,2]",
                                        "loss",       "hidden1[0]",       "hidden1[1]",
                                        "hidden1[2]", "input[1]"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        char line[64];
        snprintf(line, sizeof line, "watch %s", cells[i]);
        run(c, line);
    }
    run(c, "select hidden1[2]");
    struct draw_report report = {0};
    ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s", report.text);
    ck_assert_ptr_nonnull(ui_find(&c->ui, "watch.0"));
    run(c, "click watch.fold");
    ck_assert_ptr_null(ui_find(&c->ui, "watch.0"));
    ck_assert(script_shows(c, "Watched: 8"));
    core_destroy(c);
}
END_TEST

Suite *test_watch_list(void)
{
    Suite *s = suite_create("watch list");
    TCase *t = tcase_create("watch list");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, the_key_and_the_button_pin_and_unpin);
    tcase_add_test(t, a_click_selects_and_the_change_is_shown);
    tcase_add_test(t, a_hidden_value_is_not_given_away);
    tcase_add_test(t, it_stays_under_every_tab_and_view);
    tcase_add_loop_test(t, a_long_list_is_clean_and_folds, 0, 2);
    suite_add_tcase(s, t);
    return s;
}
