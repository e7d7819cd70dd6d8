/* The kernel lab's view without a window: alone, by mouse and by keyboard, at every size. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "screens.h"

static struct core *open_lab(int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    screen_run(c, "show kernels");
    core_settle(c);
    return c;
}

static const struct kernels_view *lab(struct core *c)
{
    return session_snapshot(c->session)->kernels;
}

static void click(struct core *c, const char *id)
{
    char line[96];
    const struct widget_record *w = ui_find(&c->ui, id);
    ck_assert_msg(w != NULL, "no widget %s", id);
    snprintf(line, sizeof line, "click %d,%d", (int)(w->rect.x + w->rect.w / 2),
             (int)(w->rect.y + w->rect.h / 2));
    screen_run(c, line);
    core_settle(c);
}

START_TEST(it_needs_no_network)
{
    struct core *c = open_lab(1920, 1080);
    ck_assert_ptr_null(session_snapshot(c->session)->net);
    ck_assert_ptr_nonnull(lab(c)->trace);
    screen_run(c, "assert-text products");
    click(c, "kernels.preset.blur");
    ck_assert_str_eq(kernels_preset(lab(c)->preset)->name, "blur");
    click(c, "kernels.picture.face");
    ck_assert_str_eq(lab(c)->picture, "face");
    click(c, "kernels.next");
    ck_assert_int_eq(lab(c)->column, 32);
    core_destroy(c);
}
END_TEST

START_TEST(a_cell_is_typed_and_counted)
{
    struct core *c = open_lab(1920, 1080);
    screen_run(c, "kernels preset identity");
    click(c, "kernels.cell.4");
    screen_run(c, "type 1/9");
    screen_run(c, "key Enter");
    core_settle(c);
    ck_assert_str_eq(lab(c)->texts[4], "1/9");
    screen_run(c, "kernels cell 1,1 2");
    core_settle(c);
    for (int i = 0; i < 200 && !(ui_find(&c->ui, "kernels.cell.4")->state & STATE_FOCUS); i++)
        screen_run(c, "key Tab");
    screen_run(c, "key Up");
    core_settle(c);
    ck_assert_double_eq(lab(c)->cells[4], 3);
    screen_run(c, "key Shift+Down");
    core_settle(c);
    ck_assert_double_eq_tol(lab(c)->cells[4], 2.9, 1e-9);
    core_destroy(c);
}
END_TEST

START_TEST(undo_by_button_and_by_key)
{
    struct core *c = open_lab(1920, 1080);
    click(c, "kernels.preset.blur");
    click(c, "kernels.preset.emboss");
    click(c, "kernels.undo");
    ck_assert_str_eq(kernels_preset(lab(c)->preset)->name, "blur");
    screen_run(c, "key Ctrl+Z");
    ck_assert_str_eq(kernels_preset(lab(c)->preset)->name, "sobel-left");
    screen_run(c, "key Ctrl+Y");
    click(c, "kernels.redo");
    ck_assert_str_eq(kernels_preset(lab(c)->preset)->name, "emboss");
    core_destroy(c);
}
END_TEST

START_TEST(pointing_and_arrows_choose_the_place)
{
    struct core *c = open_lab(1920, 1080);
    screen_run(c, "kernels side 3");
    core_settle(c);
    const struct widget_record *w = ui_find(&c->ui, "kernels.result");
    ck_assert_ptr_nonnull(w);
    click(c, "kernels.result");
    int row = lab(c)->row, column = lab(c)->column;
    char line[64];
    ck_assert(abs(row - 48) <= 1 && abs(column - 48) <= 1); /* its middle */
    snprintf(line, sizeof line, "assert-text result [%d, %d]", row, column);
    screen_run(c, line);
    for (int i = 0; i < 200 && !(ui_find(&c->ui, "kernels.result")->state & STATE_FOCUS); i++)
        screen_run(c, "key Tab");
    screen_run(c, "key Up");
    screen_run(c, "key Right");
    core_settle(c);
    ck_assert_int_eq(lab(c)->row, row - 1);
    ck_assert_int_eq(lab(c)->column, column + 1);
    core_destroy(c);
}
END_TEST

START_TEST(a_dropped_picture_is_its_picture)
{
    struct core *c = open_lab(1280, 720);
    screen_run(c, "drop data/pictures/text.png");
    core_settle(c);
    ck_assert_str_eq(lab(c)->picture, "text.png");
    core_destroy(c);
}
END_TEST

START_TEST(it_is_clean_at_every_size)
{
    static const char *const lines[] = {"size 1280x720",
                                        "size 3840x2160",
                                        "size 1366x768",
                                        "zoom 250",
                                        "theme board",
                                        "zoom 80",
                                        "theme contrast",
                                        "kernels side 5",
                                        "zoom 100",
                                        "kernels cell 0,0 -123456",
                                        "kernels picture digit 2",
                                        "kernels channels grey",
                                        "kernels relu on",
                                        "kernels padding valid",
                                        "kernels look picture",
                                        "kernels at 0,0",
                                        "size 1280x720",
                                        "zoom 250",
                                        "kernels picture shapes",
                                        "kernels channels colour"};
    struct core *c = open_lab(1920, 1080);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct draw_report report = {0};
        screen_run(c, lines[i]);
        core_settle(c);
        int faults = draw_list_check_text(&c->draw, &report);
        bool strong = strcmp(session_snapshot(c->session)->theme, "contrast") == 0;
        faults += draw_list_check_contrast(&c->draw, strong ? 7 : 4.5f, &report);
        ck_assert_msg(faults == 0, "after %s:\n%s", lines[i], report.text);
    }
    core_destroy(c);
}
END_TEST

Suite *test_kernels_view(void);
Suite *test_kernels_view(void)
{
    Suite *s = suite_create("kernels view");
    TCase *t = tcase_create("kernels view");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, it_needs_no_network);
    tcase_add_test(t, a_cell_is_typed_and_counted);
    tcase_add_test(t, undo_by_button_and_by_key);
    tcase_add_test(t, pointing_and_arrows_choose_the_place);
    tcase_add_test(t, a_dropped_picture_is_its_picture);
    tcase_add_test(t, it_is_clean_at_every_size);
    suite_add_tcase(s, t);
    return s;
}
