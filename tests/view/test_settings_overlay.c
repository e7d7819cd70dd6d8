/* The settings box: by mouse and by keys, at every size; what it changes is seen everywhere, and
 * kept only by the app that asked for it. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "support/temporary.h"

static struct core *open_core(int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    ck_assert_msg(core_command(c, "open data/networks/digits-cnn.net", &err), "%s", err.message);
    core_settle(c);
    return c;
}

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static const struct settings *now(struct core *c)
{
    return session_snapshot(c->session)->settings;
}

static bool shows(struct core *c, const char *text)
{
    return script_shows(c, text);
}

START_TEST(each_changes_by_mouse)
{
    struct core *c = open_core(1280, 720);
    run(c, "key Ctrl+,");
    run(c, "click settings.theme.Board");
    ck_assert_str_eq(now(c)->theme, "board");
    run(c, "click settings.digits.5");
    ck_assert_int_eq(now(c)->digits, 5);
    run(c, "click settings.decimal.0,5");
    ck_assert(settings_decimal_comma(now(c)));
    run(c, "click settings.motion.Off");
    ck_assert(!now(c)->motion);
    run(c, "click settings.threads.more");
    ck_assert_int_eq(now(c)->threads, 1);
    run(c, "click settings.threads.less");
    ck_assert_int_eq(now(c)->threads, 0);
    run(c, "click settings.zoom.more");
    ck_assert_int_eq(now(c)->zoom, 110);
    run(c, "click settings.close");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    core_destroy(c);
}
END_TEST

/* Tab stays within the box, and what is behind gets no key. */
START_TEST(each_changes_by_keys)
{
    struct core *c = open_core(1280, 720);
    struct cursor before = session_snapshot(c->session)->cursor;
    run(c, "key Ctrl+,");
    for (int i = 0; i < 40; i++) {
        run(c, "key Tab");
        ck_assert(c->ui.focus != 0);
        bool inside = false;
        for (int k = 0; k < c->ui.n_records; k++)
            if (c->ui.records[k].state & STATE_FOCUS)
                inside = strncmp(c->ui.records[k].id, "settings.", 9) == 0;
        ck_assert(inside);
        if (ui_find(&c->ui, "settings.digits.6")->state & STATE_FOCUS)
            break;
    }
    run(c, "key Enter");
    ck_assert_int_eq(now(c)->digits, 6);
    static const char *const keys[] = {"key PageDown", "key N", "key B", "key Backspace", "key 4"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        run(c, keys[i]);
    ck_assert_int_eq(session_snapshot(c->session)->cursor.cell, before.cell);
    ck_assert_int_eq(session_snapshot(c->session)->sample, 0);
    ck_assert(!c->screen.blank);
    run(c, "key Ctrl+-");
    ck_assert_int_eq(now(c)->zoom, 90); /* sees what it does */
    run(c, "key Escape");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    ck_assert_str_eq(session_snapshot(c->session)->view, "network"); /* not left with it */
    core_destroy(c);
}
END_TEST

START_TEST(escape_closes_whatever_has_the_focus)
{
    struct core *c = open_core(1280, 720);
    run(c, "show network");
    run(c, "click formula.name");
    run(c, "key Ctrl+,");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_SETTINGS);
    run(c, "key Tab");
    run(c, "key Tab");
    run(c, "key Escape");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    ck_assert_str_eq(session_snapshot(c->session)->view, "network");
    run(c, "key Ctrl+,");
    run(c, "click 20,20"); /* beside the box */
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    ck_assert_str_eq(session_snapshot(c->session)->view, "network");
    core_destroy(c);
}
END_TEST

START_TEST(numbers_follow)
{
    struct core *c = open_core(1920, 1080);
    run(c, "show network");
    run(c, "phase update");
    run(c, "select conv2.z[3,2,5]");
    run(c, "setting decimal point");
    char text[48], exact[48], other[48];
    const struct snapshot *s = session_snapshot(c->session);
    double value = (double)cell_value(s->trace, s->selected);
    ck_assert(shows(c, view_number(s, value, text, sizeof text)));
    run(c, "setting digits 5");
    run(c, "setting decimal comma");
    s = session_snapshot(c->session);
    ck_assert(shows(c, view_number(s, value, other, sizeof other)));
    ck_assert(strchr(other, ',') && strlen(other) == strlen(text) + 2);
    ck_assert(shows(c, view_exact(s, (float)value, exact, sizeof exact)));
    ck_assert(strchr(exact, ',') && !strchr(exact, '.'));
    char *copied = core_copy_cell(c);
    ck_assert_msg(strchr(copied, '.') && !strchr(copied, ','), "copied as in files: %s", copied);
    free(copied);
    /* nowhere is a number left with a point */
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *cmd = &c->draw.cmds[i];
        const char *p = cmd->kind == DRAW_TEXT ? draw_cmd_data(&c->draw, cmd) : "";
        for (const char *dot = p; (dot = strchr(dot, '.')); dot++)
            ck_assert_msg(dot == p || dot[-1] < '0' || dot[-1] > '9' || dot[1] < '0' ||
                              dot[1] > '9',
                          "%s", p);
    }
    core_destroy(c);
}
END_TEST

START_TEST(a_typed_rate_may_have_a_comma)
{
    struct core *c = open_core(1920, 1080);
    run(c, "show training");
    run(c, "setting decimal comma");
    run(c, "click train.rate");
    run(c, "key Ctrl+A");
    run(c, "type 0,25");
    run(c, "key Enter");
    ck_assert(session_snapshot(c->session)->net->train.rate == 0.25f);
    core_destroy(c);
}
END_TEST

START_TEST(nothing_overlaps_at_any_size)
{
    static const int sizes[][2] = {{1280, 720}, {1920, 1080}}, zooms[] = {80, 150, 250};
    struct core *c = open_core(sizes[_i][0], sizes[_i][1]);
    run(c, "key Ctrl+,");
    for (int theme = 0; theme < theme_count(); theme++)
        for (int z = 0; z < 3; z++) {
            char line[64];
            struct draw_report report = {0};
            snprintf(line, sizeof line, "setting theme %s", theme_at(theme)->name);
            run(c, line);
            snprintf(line, sizeof line, "zoom %d", zooms[z]);
            run(c, line);
            draw_list_check_text(&c->draw, &report);
            draw_list_check_contrast(&c->draw, theme_at(theme)->least_contrast, &report);
            ck_assert_msg(report.faults == 0, "%s: %s", line, report.text);
        }
    core_destroy(c);
}
END_TEST

START_TEST(they_are_kept_where_asked)
{
    struct core *c = open_core(1280, 720);
    run(c, "theme board"); /* a script's: kept nowhere */
    core_keep_settings(c, temporary_folder());
    ck_assert_str_eq(now(c)->theme, "paper");
    run(c, "zoom 120");
    run(c, "setting digits 4");
    core_destroy(c);
    c = open_core(1280, 720);
    ck_assert_int_eq(now(c)->zoom, 100);
    core_keep_settings(c, temporary_folder());
    ck_assert_int_eq(now(c)->zoom, 120);
    ck_assert_int_eq(now(c)->digits, 4);
    core_destroy(c);
    temporary_text("settings", "digits=eleven\n");
    c = open_core(1280, 720);
    core_keep_settings(c, temporary_folder());
    core_settle(c);
    ck_assert_int_eq(now(c)->digits, 3);
    ck_assert_msg(strstr(c->screen.toast, "defaults") != NULL, "%s", c->screen.toast);
    core_destroy(c);
}
END_TEST

Suite *test_settings_overlay(void);
Suite *test_settings_overlay(void)
{
    Suite *s = suite_create("settings overlay");
    TCase *t = tcase_create("settings overlay");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, each_changes_by_mouse);
    tcase_add_test(t, each_changes_by_keys);
    tcase_add_test(t, escape_closes_whatever_has_the_focus);
    tcase_add_test(t, numbers_follow);
    tcase_add_test(t, a_typed_rate_may_have_a_comma);
    tcase_add_loop_test(t, nothing_overlaps_at_any_size, 0, 2);
    tcase_add_test(t, they_are_kept_where_asked);
    suite_add_tcase(s, t);
    return s;
}
