/* The Build view without a window: by mouse and by keyboard, text and blocks in step. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "screens.h"
#include "support/temporary.h"

static struct core *open_build(int w, int h)
{
    struct err err = {0};
    setenv("XDG_DATA_HOME", temporary_path("share"), 1);
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    screen_run(c, "show build");
    core_settle(c);
    return c;
}

static const struct build_view *built(struct core *c)
{
    return session_snapshot(c->session)->build;
}

/* Scrolls to it where it is out of sight. */
static void click(struct core *c, const char *id)
{
    char line[96];
    const struct widget_record *w = ui_find(&c->ui, id);
    for (int i = 0; i < 40 && !w; i++) {
        c->screen.canvas.build.scroll = (float)i * 200;
        core_settle(c);
        w = ui_find(&c->ui, id);
    }
    ck_assert_msg(w != NULL, "no widget %s", id);
    snprintf(line, sizeof line, "click %d,%d", (int)(w->rect.x + w->rect.w / 2),
             (int)(w->rect.y + w->rect.h / 2));
    screen_run(c, line);
    core_settle(c);
}

START_TEST(blocks_are_added_and_changed)
{
    struct core *c = open_build(1920, 1080);
    click(c, "build.template.mlp");
    click(c, "build.block.3");
    ck_assert_int_eq(built(c)->selected, 3);
    click(c, "build.units.more");
    ck_assert(strstr(built(c)->text, "hidden  dense 5 tanh") != NULL);
    click(c, "build.activation.relu");
    ck_assert(strstr(built(c)->text, "hidden  dense 5 relu") != NULL);
    click(c, "build.add.dropout");
    ck_assert(strstr(built(c)->text, "dropout 0.5") != NULL);
    click(c, "build.remove");
    ck_assert(strstr(built(c)->text, "dropout") == NULL);
    click(c, "build.undo");
    ck_assert(strstr(built(c)->text, "dropout 0.5") != NULL);
    screen_run(c, "key Ctrl+Z");
    screen_run(c, "key Ctrl+Z");
    core_settle(c);
    ck_assert(strstr(built(c)->text, "dropout") == NULL);
    core_destroy(c);
}
END_TEST

START_TEST(typing_is_read_at_once)
{
    struct core *c = open_build(1920, 1080);
    screen_run(c, "build template mlp");
    core_settle(c);
    click(c, "build.text");
    screen_run(c, "key Ctrl+End");
    screen_run(c, "key Up");
    screen_run(c, "key Up");
    screen_run(c, "key Up");
    screen_run(c, "key Up");
    screen_run(c, "key End"); /* behind "out     dense 1 sigmoid" */
    ck_assert_int_eq(built(c)->fault_line, 0);
    screen_run(c, "key Enter");
    screen_run(c, "type more dense q # ?");
    core_settle(c);
    ck_assert_int_eq(built(c)->fault_line, 5);
    ck_assert_int_eq(built(c)->line_count, 8);
    ck_assert(strstr(built(c)->text, "more dense q # ?\n") != NULL);
    screen_run(c, "assert-text the number of units is 'q'");
    for (int i = 0; i < 5; i++)
        screen_run(c, "key Backspace");
    screen_run(c, "type 1 sigmoid");
    core_settle(c);
    ck_assert_msg(!built(c)->fault[0], "%s", built(c)->fault);
    ck_assert_int_eq(built(c)->outline->layer_count, 4);
    /* The area shows what a block changes, the caret stays. */
    screen_run(c, "build set 3 units 9");
    core_settle(c);
    ck_assert_str_eq(c->screen.canvas.build.text, built(c)->text);
    core_destroy(c);
}
END_TEST

START_TEST(a_long_paste_comes_over_whole)
{
    struct core *c = open_build(1920, 1080);
    char *text = calloc(1, 8000);
    strcat(text, "input 2\n");
    for (int i = 0; i < 120; i++)
        strcat(text, "dense 3 tanh   # one of many that are alike\n");
    click(c, "build.text");
    screen_run(c, "key Ctrl+A");
    text_edit_insert(&c->screen.canvas.build.edit, "");
    text_edit_insert(&c->screen.canvas.build.edit, text);
    screen_run(c, "key Backspace"); /* any key: the area looks at its text */
    screen_run(c, "key Enter");
    for (int i = 0; i < 4; i++)
        core_settle(c);
    ck_assert_str_eq(built(c)->text, text);
    free(text);
    core_destroy(c);
}
END_TEST

START_TEST(it_opens_and_keeps_what_was_open)
{
    struct core *c = open_build(1920, 1080);
    screen_run(c, "open data/networks/moons.net");
    screen_run(c, "train 1");
    session_wait(c->session);
    screen_run(c, "show build");
    screen_run(c, "build template logistic");
    core_settle(c);
    screen_run(c, "assert-text saved as a session before");
    click(c, "build.open");
    const struct snapshot *s = session_snapshot(c->session);
    ck_assert_int_eq(s->net->layer_count, 2);
    ck_assert_str_eq(s->view, "network");
    ck_assert(strstr(c->screen.toast, "moons-1.gns") != NULL);
    core_destroy(c);
}
END_TEST

START_TEST(it_is_clean_at_every_size)
{
    static const char *const lines[] = {"build template cnn",
                                        "build select 3",
                                        "size 1280x720",
                                        "zoom 250",
                                        "theme board",
                                        "build select 11",
                                        "size 3840x2160",
                                        "zoom 80",
                                        "theme contrast",
                                        "build remove 7",
                                        "size 1366x768",
                                        "zoom 100",
                                        "build template residual",
                                        "build select 5",
                                        "build set 5 names",
                                        "theme paper",
                                        "zoom 250",
                                        "build template cnn",
                                        "build lines 2 2 input 28 28\\n",
                                        "build select 2"};
    struct core *c = open_build(1920, 1080);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        screen_run(c, lines[i]);
        for (int page = 0; page < 4; page++) {
            struct draw_report report = {0};
            c->screen.canvas.build.scroll = (float)(page * c->h) / 2;
            core_settle(c);
            int faults = draw_list_check_text(&c->draw, &report);
            bool strong = strcmp(session_snapshot(c->session)->theme, "contrast") == 0;
            faults += draw_list_check_contrast(&c->draw, strong ? 7 : 4.5f, &report);
            ck_assert_msg(faults == 0, "after %s, page %d:\n%s", lines[i], page, report.text);
        }
    }
    core_destroy(c);
}
END_TEST

Suite *test_build_view(void);
Suite *test_build_view(void)
{
    Suite *s = suite_create("build view");
    TCase *t = tcase_create("build view");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, blocks_are_added_and_changed);
    tcase_add_test(t, typing_is_read_at_once);
    tcase_add_test(t, a_long_paste_comes_over_whole);
    tcase_add_test(t, it_opens_and_keeps_what_was_open);
    tcase_add_test(t, it_is_clean_at_every_size);
    suite_add_tcase(s, t);
    return s;
}
