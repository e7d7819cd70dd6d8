/* The tabs of the canvas. */
#include <check.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

/* Enlarged, not all tabs of the canvas fit: the shown one does, and the others can be turned to. */
START_TEST(tabs_that_do_not_fit_are_turned_to)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    run(c, "open data/networks/moons.net");
    run(c, "show matrix");
    ck_assert(!ui_find(&c->ui, "canvas.after"));
    run(c, "zoom 250");
    ck_assert(ui_find(&c->ui, "canvas.matrix"));
    char before[32];
    struct draw_report report;
    for (int i = 0; i < 12 && ui_find(&c->ui, "canvas.after"); i++) {
        snprintf(before, sizeof before, "%s", session_snapshot(c->session)->view);
        run(c, "click canvas.after");
        ck_assert_str_ne(session_snapshot(c->session)->view, before);
        draw_list_check_text(&c->draw, &report);
        ck_assert_msg(!strstr(report.text, "[canvas tabs]"), "%s", report.text);
    }
    ck_assert(!ui_find(&c->ui, "canvas.after"));
    for (int i = 0; i < 12 && ui_find(&c->ui, "canvas.before"); i++)
        run(c, "click canvas.before");
    ck_assert_ptr_nonnull(ui_find(&c->ui, "canvas.network"));
    core_destroy(c);
}
END_TEST

Suite *test_canvas(void);
Suite *test_canvas(void)
{
    Suite *s = suite_create("canvas");
    TCase *t = tcase_create("canvas");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, tabs_that_do_not_fit_are_turned_to);
    suite_add_tcase(s, t);
    return s;
}
