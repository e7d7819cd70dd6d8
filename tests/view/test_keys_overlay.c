/* The table of keys at every size: nothing overlaps, every row can be reached, no key acts behind.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "glassnet/view/action.h"

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *open_core(int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c && core_open(c, "data/networks/moons.net", &err), "%s", err.message);
    core_settle(c);
    return c;
}

static const int sizes[][2] = {{1280, 720}, {1920, 1080}};

START_TEST(nothing_overlaps_and_all_is_reached)
{
    static const int zooms[] = {80, 100, 150, 250};
    struct core *c = open_core(sizes[_i][0], sizes[_i][1]);
    run(c, "key F1");
    for (int z = 0; z < 4; z++) {
        char line[64];
        snprintf(line, sizeof line, "zoom %d", zooms[z]);
        run(c, line);
        run(c, "key Home");
        bool seen = false;
        for (int page = 0; page < 12 && !seen; page++) {
            struct draw_report report = {0};
            draw_list_check_text(&c->draw, &report);
            ck_assert_msg(report.faults == 0, "%s, page %d: %s", line, page, report.text);
            if (page == 0)
                ck_assert_msg(script_shows(c, "One step on"), "%s", line);
            seen = script_shows(c, "Close, let go, go home");
            if (zooms[z] <= 100)
                ck_assert_msg(seen, "%s: all fits without scrolling", line);
            run(c, "key PageDown");
        }
        ck_assert_msg(seen, "%s", line);
    }
    core_destroy(c);
}
END_TEST

START_TEST(no_key_acts_behind_it)
{
    struct core *c = open_core(1280, 720);
    run(c, "select out[0]");
    struct cell before = session_snapshot(c->session)->selected;
    run(c, "key F1");
    const struct action *a;
    for (int i = 0; (a = action_at(i)); i++) {
        char line[64];
        if (a->where & ACTION_OVER || !a->keys[0])
            continue;
        snprintf(line, sizeof line, "key %s", a->keys[0]);
        run(c, line);
        ck_assert_int_eq(c->screen.overlay, OVERLAY_KEYS);
    }
    const struct snapshot *s = session_snapshot(c->session);
    ck_assert(cell_equal(s->selected, before));
    ck_assert_int_eq(s->cursor.cell, 0);
    ck_assert(!c->screen.blank && !c->screen.hide_value && !c->screen.transport.playing);
    core_destroy(c);
}
END_TEST

Suite *test_keys_overlay(void);
Suite *test_keys_overlay(void)
{
    Suite *s = suite_create("keys overlay");
    TCase *t = tcase_create("keys overlay");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, nothing_overlaps_and_all_is_reached, 0, 2);
    tcase_add_test(t, no_key_acts_behind_it);
    suite_add_tcase(s, t);
    return s;
}
