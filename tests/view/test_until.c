/* "Run until …" by keys and by mouse: the dialog, the banner, what is said at the end. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"

Suite *test_until(void);

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
    run(c, "restart");
    return c;
}

static void finish(struct core *c)
{
    session_wait(c->session);
    core_settle(c);
}

START_TEST(by_keys_alone)
{
    struct core *c = open_core(1280, 720);
    run(c, "key R");
    ck_assert(script_shows(c, "Run until"));
    run(c, "type 0.4"); /* replaces the number */
    run(c, "key Enter");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    finish(c);
    ck_assert_str_eq(session_last_command(c->session), "run-until loss < 0.4 within 1000");
    ck_assert(script_shows(c, "Stopped at step"));
    double loss;
    ck_assert(session_value(c->session, "loss", &loss, NULL));
    ck_assert(loss < 0.4);
    core_destroy(c);
}
END_TEST

START_TEST(by_mouse_alone)
{
    struct core *c = open_core(1920, 1080);
    run(c, "phase forward");
    run(c, "select d:hidden1.W[0,0]");
    run(c, "app until");
    run(c, "click until.what.Changes");
    run(c, "click until.run");
    finish(c);
    ck_assert(script_shows(c, "is computed"));
    ck_assert(session_snapshot(c->session)->formula_done);
    core_destroy(c);
}
END_TEST

/* No key reaches what lies below; Escape takes the focus and then the dialog away. */
START_TEST(the_keys_belong_to_the_dialog)
{
    struct core *c = open_core(1280, 720);
    int64_t before = session_snapshot(c->session)->cursor.cell;
    run(c, "key R");
    run(c, "click until.what.NaN");
    run(c, "key PageDown");
    run(c, "key B");
    ck_assert_int_eq(session_snapshot(c->session)->cursor.cell, before);
    ck_assert(!c->screen.blank);
    for (int i = 0; i < 2 && c->screen.overlay; i++)
        run(c, "key Escape");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    ck_assert_str_eq(session_snapshot(c->session)->view, "network");
    run(c, "key R");
    run(c, "click until.cancel");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    core_destroy(c);
}
END_TEST

START_TEST(the_banner_stops_it)
{
    static const char *const ways[] = {"key Escape", "click until.stop"};
    struct core *c = open_core(1280, 720);
    struct err err = {0};
    ck_assert(core_command(c, "run-until loss < 0 within 1000000", &err));
    core_settle(c);
    ck_assert(script_shows(c, "Running until loss < 0"));
    run(c, ways[_i]);
    ck_assert(!session_snapshot(c->session)->until.running);
    ck_assert(script_shows(c, "it did not happen yet"));
    core_destroy(c);
}
END_TEST

START_TEST(a_mistake_is_told)
{
    struct core *c = open_core(1280, 720);
    run(c, "key R");
    run(c, "type many");
    run(c, "key Enter");
    ck_assert(c->screen.toast_is_error);
    ck_assert_ptr_nonnull(strstr(c->screen.toast, "many"));
    core_destroy(c);
}
END_TEST

START_TEST(its_text_is_clean)
{
    static const int sizes[][2] = {{1280, 720}, {1920, 1080}};
    static const char *const whats[] = {"Below", "Above", "Changes", "NaN"};
    static const char *const zooms[] = {"zoom 100", "zoom 150", "zoom 250"};
    struct core *c = open_core(sizes[_i][0], sizes[_i][1]);
    for (size_t z = 0; z < 3; z++)
        for (size_t k = 0; k < 4; k++) {
            char line[64];
            run(c, zooms[z]);
            c->screen.overlay = OVERLAY_UNTIL;
            core_settle(c);
            snprintf(line, sizeof line, "click until.what.%s", whats[k]);
            run(c, line);
            struct draw_report report = {0};
            draw_list_check_text(&c->draw, &report);
            ck_assert_msg(strstr(report.text, "batches") == NULL && !strstr(report.text, "Run"),
                          "%s %s: %s", zooms[z], whats[k], report.text);
        }
    core_destroy(c);
}
END_TEST

Suite *test_until(void)
{
    Suite *s = suite_create("until");
    TCase *t = tcase_create("until");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, by_keys_alone);
    tcase_add_test(t, by_mouse_alone);
    tcase_add_test(t, the_keys_belong_to_the_dialog);
    tcase_add_loop_test(t, the_banner_stops_it, 0, 2);
    tcase_add_test(t, a_mistake_is_told);
    tcase_add_loop_test(t, its_text_is_clean, 0, 2);
    suite_add_tcase(s, t);
    return s;
}
