/* The view of one's own data: dropped, looked at, trained and tried, by mouse and by keys, without
 * a window. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "support/shapes.h"
#include "support/temporary.h"

static const int sizes[][2] = {{1280, 720}, {1920, 1080}, {3840, 2160}};
static const int zooms[] = {100, 250, 80};
static const char *const themes[] = {"theme paper", "theme board", "theme contrast"};

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *begin(void)
{
    struct err err = {0};
    setenv("XDG_DATA_HOME", temporary_folder(), 1);
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    core_settle(c);
    return c;
}

/* Until nothing is under way in a thread. */
static void wait_for(struct core *c)
{
    for (int i = 0; i < 3; i++) {
        session_wait(c->session);
        core_settle(c);
    }
}

static void drop(struct core *c, const char *path)
{
    char line[1200];
    snprintf(line, sizeof line, "drop %s", path);
    run(c, line);
    wait_for(c);
}

static const struct own_view *own(struct core *c)
{
    return session_snapshot(c->session)->own;
}

static enum own_step step(struct core *c)
{
    return c->screen.canvas.own_data.step;
}

static bool is_disabled(struct core *c, const char *id)
{
    const struct widget_record *w = ui_find(&c->ui, id);
    ck_assert_msg(w != NULL, "%s is not there", id);
    return w->state & STATE_DISABLED;
}

/* At every size and zoom, each in another theme. */
static void check_clean(struct core *c, const char *what)
{
    struct draw_report report = {0};
    struct ui_event away = {.kind = EVENT_MOUSE_LEAVE};
    for (int i = 0; i < 9; i++) {
        char line[64];
        snprintf(line, sizeof line, "size %dx%d", sizes[i / 3][0], sizes[i / 3][1]);
        run(c, line);
        snprintf(line, sizeof line, "zoom %d", zooms[i % 3]);
        run(c, line);
        run(c, themes[(i + i / 3) % 3]);
        core_feed(c, &away);
        core_settle(c);
        ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s, %dx%d, %s:\n%s", what,
                      c->w, c->h, line, report.text);
        if (i % 4 == 0)
            ck_assert_msg(draw_list_check_contrast(&c->draw, 4.5f, &report) == 0,
                          "%s, %dx%d, %s:\n%s", what, c->w, c->h, line, report.text);
    }
    run(c, "size 1280x720");
    run(c, "zoom 100");
    run(c, "theme paper");
}

/* "Can I hug that?": two folders dropped one after the other, from the home screen, with nothing
 * open. */
START_TEST(two_folders_become_a_tested_network)
{
    struct core *c = begin();
    char yes[600], no[600];
    snprintf(yes, sizeof yes, "%s", shapes_write("yes", SHAPE_ROUND, 24));
    snprintf(no, sizeof no, "%s", shapes_write("no", SHAPE_SPIKY, 24));
    drop(c, yes);
    ck_assert_str_eq(session_snapshot(c->session)->view, "data");
    ck_assert_int_eq(step(c), OWN_BRING);
    ck_assert(script_shows(c, "yes: 24 pictures"));
    ck_assert(script_shows(c, "bring a second folder"));
    check_clean(c, "one class");
    drop(c, no);
    ck_assert_int_eq(step(c), OWN_LOOK);
    ck_assert(script_shows(c, "48 pictures in 2 classes"));
    ck_assert(is_disabled(c, "data.step.3"));
    check_clean(c, "look");
    run(c, "click data.test.30 %");
    ck_assert_int_eq(own(c)->test, 30);
    run(c, "click data.next");
    wait_for(c);
    ck_assert_int_eq(step(c), OWN_TRAIN);
    ck_assert_int_eq(own(c)->state, OWN_TESTED);
    ck_assert_int_ge(own(c)->right, 11);
    ck_assert(script_shows(c, "right in the test"));
    ck_assert(script_shows(c, "The network"));
    check_clean(c, "trained");
    run(c, "click data.next");
    ck_assert_int_eq(step(c), OWN_TRY);
    char picture[700];
    snprintf(picture, sizeof picture, "%s/5.png", yes);
    drop(c, picture);
    ck_assert_int_eq(step(c), OWN_TRY);
    ck_assert(script_shows(c, "It reads: yes"));
    ck_assert(script_shows(c, "5.png"));
    check_clean(c, "try");
    run(c, "click data.next"); /* see through it */
    ck_assert_str_eq(session_snapshot(c->session)->view, "network");
    core_destroy(c);
}
END_TEST

/* Without dropping anything: the folders are found in the picker, by mouse. */
START_TEST(folders_are_chosen_by_mouse)
{
    char home[600];
    snprintf(home, sizeof home, "%s", getenv("HOME") ? getenv("HOME") : "");
    setenv("HOME", temporary_folder(), 1);
    struct core *c = begin();
    shapes_write("yes", SHAPE_ROUND, 12);
    shapes_write("no", SHAPE_SPIKY, 12);
    temporary_text("moons.net", "input 2\n");
    run(c, "show data");
    run(c, "click data.next");                                  /* Choose… */
    ck_assert(ui_find(&c->ui, "yes") && ui_find(&c->ui, "no")); /* it begins at home */
    run(c, "click yes");
    ck_assert(script_shows(c, "12 pictures, of one class"));
    run(c, "click This folder");
    wait_for(c);
    ck_assert(script_shows(c, "bring a second folder"));
    run(c, "click data.next");
    run(c, "click ..");
    run(c, "click no");
    run(c, "click This folder");
    wait_for(c);
    ck_assert_int_eq(step(c), OWN_LOOK);
    ck_assert_str_eq(own(c)->problem, "");
    ck_assert_int_eq(own(c)->survey->classes, 2);
    core_destroy(c);
    setenv("HOME", home, 1);
}
END_TEST

START_TEST(by_keys_alone)
{
    struct core *c = begin();
    shapes_write("hug/yes", SHAPE_ROUND, 12);
    shapes_write("hug/no", SHAPE_SPIKY, 12);
    run(c, "key Shift+F5");
    ck_assert_str_eq(session_snapshot(c->session)->view, "data");
    drop(c, temporary_path("hug"));
    ck_assert_int_eq(step(c), OWN_LOOK);
    run(c, "click data.step.1");
    run(c, "key Tab");
    for (int i = 0; i < 40; i++) {
        const struct widget_record *next = ui_find(&c->ui, "data.next");
        if (next->state & STATE_FOCUS)
            break;
        run(c, "key Tab");
    }
    run(c, "key Enter");
    ck_assert_int_eq(step(c), OWN_LOOK);
    run(c, "key Enter");
    wait_for(c);
    ck_assert_int_eq(step(c), OWN_TRAIN);
    ck_assert(own(c)->open);
    core_destroy(c);
}
END_TEST

static const char *side_table(void)
{
    static char text[8000];
    int n = snprintf(text, sizeof text, "name,a,b,side\n");
    for (int i = 0; i < 60; i++) {
        int a = i * 37 % 50, b = i * 53 % 47;
        n += snprintf(text + n, sizeof text - (size_t)n, "row %d,%d,%d,%s\n", i, a, b,
                      a > b ? "right" : "left");
    }
    return temporary_text("sides.csv", text);
}

START_TEST(a_table_is_learnt_and_a_row_is_tried)
{
    struct core *c = begin();
    drop(c, side_table());
    ck_assert_int_eq(step(c), OWN_LOOK);
    ck_assert(script_shows(c, "60 rows, 4 columns"));
    ck_assert(script_shows(c, "the answer"));
    check_clean(c, "table");
    run(c, "click data.column.1"); /* a number as the answer, and back */
    ck_assert_int_eq(own(c)->answer, OWN_NUMBERS);
    run(c, "click data.column.3");
    run(c, "click data.next");
    wait_for(c);
    ck_assert_int_eq(own(c)->state, OWN_TESTED);
    check_clean(c, "table trained");
    run(c, "click data.next");
    run(c, "click data.field.0");
    run(c, "key Ctrl+A");
    run(c, "type 45");
    run(c, "click data.field.1");
    run(c, "key Ctrl+A");
    run(c, "type 2");
    run(c, "click data.row");
    ck_assert(script_shows(c, "It reads: right"));
    check_clean(c, "table tried");
    core_destroy(c);
}
END_TEST

/* Words are chosen and numbers changed by the buttons beside their fields: the mouse alone. */
START_TEST(a_row_with_words_is_tried_by_mouse)
{
    static const char *const colours[] = {"red", "green", "blue"};
    static char text[4000];
    int n = snprintf(text, sizeof text, "colour,weight,ripe\n");
    for (int i = 0; i < 60; i++)
        n += snprintf(text + n, sizeof text - (size_t)n, "%s,%d,%s\n", colours[i % 3],
                      100 + i * 37 % 50, i % 3 ? "no" : "yes");
    struct core *c = begin();
    drop(c, temporary_text("ripe.csv", text));
    ck_assert(script_shows(c, "words, 3 inputs"));
    ck_assert(script_shows(c, "2 columns become 4 inputs"));
    check_clean(c, "words");
    run(c, "click data.next");
    wait_for(c);
    run(c, "click data.next");
    run(c, "click data.field.0");
    run(c, "key Ctrl+A");
    run(c, "type purple");
    run(c, "click data.row");
    ck_assert(c->screen.toast_is_error);
    ck_assert(strstr(c->screen.toast, "expected one of blue, green, red"));
    c->screen.toast[0] = 0;
    run(c, "click data.less.0"); /* none of the words: to the last one */
    ck_assert_str_eq(c->screen.canvas.own_data.text[0], "red");
    ck_assert(script_shows(c, "It reads: yes"));
    run(c, "click data.more.0"); /* around to the first */
    ck_assert_str_eq(c->screen.canvas.own_data.text[0], "blue");
    ck_assert(script_shows(c, "It reads: no"));
    double before = 0, after = 0;
    text_to_double(text_of(c->screen.canvas.own_data.text[1]), &before);
    run(c, "click data.more.1");
    text_to_double(text_of(c->screen.canvas.own_data.text[1]), &after);
    ck_assert(after == before + 1);
    check_clean(c, "words tried");
    core_destroy(c);
}
END_TEST

START_TEST(drawings_are_learnt_from)
{
    struct core *c = begin();
    run(c, "show data");
    ck_assert(is_disabled(c, "data.drawings"));
    check_clean(c, "bring");
    for (int i = 0; i < 6; i++) {
        char line[120];
        snprintf(line, sizeof line, "draw 0.5,0.%d 0.5,0.8", i + 1);
        run(c, line);
        run(c, "keep stick");
        run(c, "clear");
        snprintf(line, sizeof line, "draw 0.%d,0.5 0.8,0.5", i + 1);
        run(c, line);
        run(c, "keep log");
        run(c, "clear");
    }
    const struct drawings *d = session_snapshot(c->session)->drawings;
    for (int i = 0; i < 30; i++)
        core_settle(c);
    check_clean(c, "kept");
    run(c, "click data.forget.12"); /* the last one */
    ck_assert_int_eq(d->count, 11);
    run(c, "undo");
    ck_assert_int_eq(d->count, 12);
    run(c, "click data.kept.11"); /* a stick, on the pad again */
    ck_assert(!session_snapshot(c->session)->pad_empty);
    setenv("XDG_PICTURES_DIR", temporary_folder(), 1);
    run(c, "click data.export");
    ck_assert_msg(strstr(c->screen.toast, "drawings-1"), "%s", c->screen.toast);
    c->screen.toast[0] = 0; /* it lies over the button */
    run(c, "click data.drawings");
    wait_for(c);
    ck_assert(script_shows(c, "12 pictures in 2 classes"));
    run(c, "click data.next");
    wait_for(c);
    ck_assert_int_eq(own(c)->state, OWN_TESTED);
    run(c, "click data.next");
    run(c, "draw 0.4,0.2 0.4,0.9");
    ck_assert(script_shows(c, "It reads: stick"));
    core_destroy(c);
}
END_TEST

/* One sentence each, and the view stays what it was. */
START_TEST(what_cannot_be_taken_is_said)
{
    struct core *c = begin();
    run(c, "show data");
    temporary_text("empty/notes.txt", "x");
    drop(c, temporary_path("empty"));
    ck_assert(c->screen.toast_is_error && strstr(c->screen.toast, "neither pictures nor folders"));
    drop(c, temporary_text("one.png", "x"));
    ck_assert(strstr(c->screen.toast, "is one picture: bring the folder"));
    drop(c, temporary_text("bad.csv", "a,b\n1\n"));
    ck_assert_int_eq(step(c), OWN_BRING);
    ck_assert(script_shows(c, "1 cells"));
    check_clean(c, "problem");
    core_destroy(c);
}
END_TEST

Suite *test_own_data(void);
Suite *test_own_data(void)
{
    Suite *s = suite_create("own_data");
    TCase *t = tcase_create("own_data");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, two_folders_become_a_tested_network);
    tcase_add_test(t, folders_are_chosen_by_mouse);
    tcase_add_test(t, by_keys_alone);
    tcase_add_test(t, a_table_is_learnt_and_a_row_is_tried);
    tcase_add_test(t, a_row_with_words_is_tried_by_mouse);
    tcase_add_test(t, drawings_are_learnt_from);
    tcase_add_test(t, what_cannot_be_taken_is_said);
    suite_add_tcase(s, t);
    return s;
}
