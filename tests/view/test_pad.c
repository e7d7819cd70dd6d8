/* The drawing pad, by mouse, by keys and by its buttons, without a window. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "support/temporary.h"

static const char digits[] = "data/networks/digits-cnn.net";

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *open_core(const char *file, int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    char line[300];
    snprintf(line, sizeof line, "open %s", file);
    run(c, line);
    run(c, "show draw");
    core_settle(c);
    return c;
}

static const struct snapshot *now(struct core *c)
{
    return session_snapshot(c->session);
}

/* A drag from one place of the pad to another, each from 0 to 1. */
static void drag(struct core *c, double x0, double y0, double x1, double y1)
{
    const struct widget_record *pad = ui_find(&c->ui, "pad");
    ck_assert_ptr_nonnull(pad);
    const struct rect r = pad->rect;
    char line[120];
    snprintf(line, sizeof line, "drag %.1f,%.1f %.1f,%.1f", (double)r.x + (double)r.w * x0,
             (double)r.y + (double)r.h * y0, (double)r.x + (double)r.w * x1,
             (double)r.y + (double)r.h * y1);
    run(c, line);
}

static bool is_disabled(struct core *c, const char *id)
{
    const struct widget_record *w = ui_find(&c->ui, id);
    ck_assert_msg(w != NULL, "%s is not there", id);
    return w->state & STATE_DISABLED;
}

static void check_clean(struct core *c, const char *what)
{
    struct draw_report report = {0};
    struct ui_event away = {.kind = EVENT_MOUSE_LEAVE}; /* no tooltip lies over anything */
    core_feed(c, &away);
    core_settle(c);
    ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s:\n%s", what, report.text);
    ck_assert_msg(draw_list_check_contrast(&c->draw, 4.5f, &report) == 0, "%s:\n%s", what,
                  report.text);
}

START_TEST(an_empty_pad_invites)
{
    struct core *c = open_core(digits, 1280, 720);
    ck_assert(script_shows(c, "Draw a digit here"));
    ck_assert(is_disabled(c, "pad.clear"));
    ck_assert(is_disabled(c, "pad.sample"));
    ck_assert(script_shows(c, "input: at the left"));
    core_destroy(c);
}
END_TEST

START_TEST(a_drawn_one_is_read_as_one)
{
    struct core *c = open_core(digits, 1280, 720);
    ck_assert_int_ne(now(c)->guess, 1); /* sample 0 is a 6 */
    drag(c, 0.5, 0.15, 0.5, 0.85);
    ck_assert_int_eq(now(c)->sample, -1);
    ck_assert_int_eq(now(c)->guess, 1);
    ck_assert(now(c)->probabilities[1] > 0.9f);
    ck_assert(script_shows(c, "It reads: 1"));
    ck_assert(!script_shows(c, "Draw a digit here"));
    core_destroy(c);
}
END_TEST

/* A bar across the top and a slanted leg turn the one into a seven. */
START_TEST(the_reading_follows_the_strokes)
{
    struct core *c = open_core(digits, 1280, 720);
    drag(c, 0.25, 0.2, 0.72, 0.2);
    float bar = now(c)->probabilities[7];
    drag(c, 0.72, 0.2, 0.42, 0.85);
    ck_assert_int_eq(now(c)->guess, 7);
    ck_assert(now(c)->probabilities[7] != bar);
    ck_assert(script_shows(c, "It reads: 7"));
    core_destroy(c);
}
END_TEST

/* Between press and release the network already reads what there is. */
START_TEST(it_reads_along_while_the_button_is_held)
{
    struct core *c = open_core(digits, 1280, 720);
    const struct rect r = ui_find(&c->ui, "pad")->rect;
    const float x = r.x + r.w / 2;
    struct ui_event e = event_mouse(EVENT_MOUSE_MOVE, x, r.y + r.h * 0.2f);
    core_feed(c, &e);
    core_frame(c, 1);
    e = event_mouse(EVENT_MOUSE_DOWN, x, r.y + r.h * 0.2f);
    core_feed(c, &e);
    core_frame(c, 1.1);
    core_frame(c, 1.2);
    ck_assert(!now(c)->pad_empty);
    uint64_t before = now(c)->revision;
    e = event_mouse(EVENT_MOUSE_MOVE, x, r.y + r.h * 0.6f);
    core_feed(c, &e);
    core_frame(c, 1.3);
    ck_assert(now(c)->revision > before);
    ck_assert_int_eq(now(c)->pad[PAD_SIDE * PAD_SIDE / 2 + PAD_SIDE / 2], 255);
    /* outside: the pen stays at the edge, and no mark is made elsewhere */
    e = event_mouse(EVENT_MOUSE_MOVE, x, r.y - 200);
    core_feed(c, &e);
    core_frame(c, 1.4);
    ck_assert(now(c)->pad[PAD_SIDE / 2] > 0);
    e = event_mouse(EVENT_MOUSE_UP, x, r.y - 200);
    core_feed(c, &e);
    core_settle(c);
    ck_assert(!c->screen.panel.pad.drawing);
    core_destroy(c);
}
END_TEST

START_TEST(clear_and_back_to_the_sample)
{
    struct core *c = open_core(digits, 1280, 720);
    run(c, "sample 12");
    drag(c, 0.5, 0.2, 0.5, 0.8);
    run(c, "click pad.sample");
    ck_assert_int_eq(now(c)->sample, 12);
    ck_assert(!now(c)->pad_empty); /* the drawing stays to be gone on with */
    ck_assert(script_shows(c, "The network reads sample 12 now."));
    ck_assert(is_disabled(c, "pad.sample"));
    drag(c, 0.5, 0.2, 0.5, 0.8);
    ck_assert_int_eq(now(c)->sample, -1);
    run(c, "click pad.clear");
    ck_assert(now(c)->pad_empty);
    ck_assert_int_eq(now(c)->sample, 12);
    ck_assert(script_shows(c, "Draw a digit here"));
    core_destroy(c);
}
END_TEST

START_TEST(what_was_meant_can_be_said)
{
    struct core *c = open_core(digits, 1280, 720);
    drag(c, 0.5, 0.15, 0.5, 0.85);
    ck_assert(ui_find(&c->ui, "pad.label.1")->state & STATE_ON);
    double before, after;
    ck_assert(session_value(c->session, "loss", &before, NULL));
    run(c, "click pad.label.4");
    ck_assert(session_value(c->session, "loss", &after, NULL));
    ck_assert(after > before + 1);
    core_settle(c);
    ck_assert(ui_find(&c->ui, "pad.label.4")->state & STATE_ON);
    core_destroy(c);
}
END_TEST

START_TEST(the_pen_moves_by_keys)
{
    struct core *c = open_core(digits, 1280, 720);
    for (int i = 0; i < 60 && !c->screen.panel.pad.by_keys; i++)
        run(c, "key Tab");
    ck_assert(c->screen.panel.pad.by_keys);
    for (int i = 0; i < 8; i++)
        run(c, "key Up");
    ck_assert(now(c)->pad_empty); /* lifted */
    run(c, "key Space");
    ck_assert(!now(c)->pad_empty);
    for (int i = 0; i < 16; i++)
        run(c, "key Down");
    run(c, "key Space");
    ck_assert_int_eq(now(c)->guess, 1);
    /* 0.5 - 8·0.04 = 0.18 and 0.18 + 16·0.04 = 0.82 of 280 rows: 50 and 229 have ink */
    ck_assert_int_eq(now(c)->pad[52 * PAD_SIDE + PAD_SIDE / 2], 255);
    ck_assert_int_eq(now(c)->pad[227 * PAD_SIDE + PAD_SIDE / 2], 255);
    ck_assert_int_eq(now(c)->pad[30 * PAD_SIDE + PAD_SIDE / 2], 0);
    core_destroy(c);
}
END_TEST

START_TEST(networks_without_pictures_say_so)
{
    struct core *c = open_core("data/networks/moons.net", 1280, 720);
    ck_assert_int_eq(c->screen.panel.tab, TAB_DRAW);
    ck_assert_ptr_null(ui_find(&c->ui, "pad"));
    ck_assert(script_shows(c, "Drawing needs a network"));
    check_clean(c, "moons");
    core_destroy(c);
}
END_TEST

START_TEST(a_hidden_output_is_not_told)
{
    struct core *c = open_core(digits, 1280, 720);
    drag(c, 0.5, 0.15, 0.5, 0.85);
    run(c, "hide out[1]");
    ck_assert(!script_shows(c, "It reads: 1"));
    ck_assert(script_shows(c, "It reads: ?"));
    run(c, "reveal all");
    ck_assert(script_shows(c, "It reads: 1"));
    core_destroy(c);
}
END_TEST

START_TEST(it_fits)
{
    static const int sizes[][2] = {{1280, 720}, {1366, 768}, {1920, 1080}};
    static const char *const themes[] = {"theme paper", "theme board", "theme contrast"};
    struct core *c = open_core(digits, sizes[_i][0], sizes[_i][1]);
    for (int k = 0; k < 3; k++) {
        run(c, themes[k]);
        run(c, "clear");
        check_clean(c, themes[k]);
        ck_assert_ptr_nonnull(ui_find(&c->ui, "pad.sample"));
        drag(c, 0.5, 0.15, 0.5, 0.85);
        check_clean(c, "drawn");
        const struct rect pad = ui_find(&c->ui, "pad")->rect;
        ck_assert(fabsf(pad.w - pad.h) < 1);
        ck_assert(pad.w > (float)sizes[_i][0] * 0.12f);
        run(c, "click pad.sample");
        check_clean(c, "sample again");
        ck_assert(script_shows(c, "It reads: 6"));
    }
    core_destroy(c);
}
END_TEST

START_TEST(tools_change_the_ink)
{
    struct core *c = open_core(digits, 1280, 720);
    drag(c, 0.5, 0.15, 0.5, 0.85);
    run(c, "click pad.tool.Eraser");
    drag(c, 0.2, 0.5, 0.8, 0.5);
    ck_assert_int_eq(now(c)->pad[140 * PAD_SIDE + 140], 0);
    ck_assert_int_eq(now(c)->pad[90 * PAD_SIDE + 140], 255);
    run(c, "key Ctrl+Z"); /* the whole stroke of the eraser */
    ck_assert_int_eq(now(c)->pad[140 * PAD_SIDE + 140], 255);
    run(c, "click pad.more");
    run(c, "click pad.right");
    ck_assert_int_eq(now(c)->pad[140 * PAD_SIDE + 160], 255);
    run(c, "click pad.turn");
    ck_assert_int_eq(now(c)->guess, 1);
    run(c, "click pad.centre");
    ck_assert(now(c)->pad_as_is);
    run(c, "click pad.pen.thick");
    ck_assert_int_gt(now(c)->pen, PEN_WIDTH);
    check_clean(c, "tools");
    core_destroy(c);
}
END_TEST

START_TEST(drawings_are_kept_under_a_label)
{
    setenv("XDG_DATA_HOME", temporary_folder(), 1);
    struct core *c = open_core(digits, 1280, 720);
    ck_assert(is_disabled(c, "pad.keep"));
    drag(c, 0.5, 0.15, 0.5, 0.85);
    run(c, "click pad.keep"); /* without a label it says what it needs */
    ck_assert(c->screen.toast_is_error);
    ck_assert(!now(c)->pad_empty);
    run(c, "click pad.keep.label");
    run(c, "type one");
    run(c, "key Enter");
    ck_assert(now(c)->pad_empty);
    ck_assert_int_eq(now(c)->drawings->count, 1);
    ck_assert_str_eq(now(c)->drawings->list[0].label, "one");
    ck_assert(script_shows(c, "1 kept"));
    run(c, "undo");
    run(c, "undo");
    ck_assert_int_eq(now(c)->drawings->count, 0);
    ck_assert(!now(c)->pad_empty);
    core_destroy(c);
}
END_TEST

Suite *test_pad(void);
Suite *test_pad(void)
{
    Suite *s = suite_create("pad");
    TCase *t = tcase_create("pad");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, an_empty_pad_invites);
    tcase_add_test(t, a_drawn_one_is_read_as_one);
    tcase_add_test(t, the_reading_follows_the_strokes);
    tcase_add_test(t, it_reads_along_while_the_button_is_held);
    tcase_add_test(t, clear_and_back_to_the_sample);
    tcase_add_test(t, what_was_meant_can_be_said);
    tcase_add_test(t, the_pen_moves_by_keys);
    tcase_add_test(t, networks_without_pictures_say_so);
    tcase_add_test(t, a_hidden_output_is_not_told);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, tools_change_the_ink);
    tcase_add_test(t, drawings_are_kept_under_a_label);
    tcase_add_loop_test(t, it_fits, 0, 3);
    suite_add_tcase(s, t);
    return s;
}
