#include <check.h>
#include <string.h>

#include "glassnet/ui/draw_check.h"

Suite *test_draw_check(void);

static const struct colour ink = {28, 33, 38, 255}, paper = {255, 255, 255, 255};

struct bench {
    struct fonts *fonts;
    struct draw_list list;
    struct draw_report report;
};

static void setup(struct bench *b)
{
    struct err err = {0};
    b->fonts = fonts_create(&err);
    ck_assert_msg(b->fonts != NULL, "%s", err.message);
    draw_list_init(&b->list, b->fonts);
    draw_list_begin(&b->list, 400, 200);
    draw_rect(&b->list, b->list.screen, paper);
}

static void teardown(struct bench *b)
{
    draw_list_deinit(&b->list);
    fonts_destroy(b->fonts);
}

START_TEST(clean_text_has_no_fault)
{
    struct bench b;
    setup(&b);
    draw_text(&b.list, FONT_SANS, 20, 10, 30, ink, "first line");
    draw_text(&b.list, FONT_SANS, 20, 10, 56, ink, "second line");
    draw_text(&b.list, FONT_MONO, 20, 200, 30, ink, "beside");
    ck_assert_msg(draw_list_check_text(&b.list, &b.report) == 0, "%s", b.report.text);
    ck_assert_int_eq(draw_list_check_contrast(&b.list, 4.5f, &b.report), 0);
    teardown(&b);
}
END_TEST

START_TEST(a_planted_overlap_is_found_and_named)
{
    struct bench b;
    setup(&b);
    draw_tag(&b.list, "axis");
    draw_text(&b.list, FONT_SANS, 20, 10, 30, ink, "epoch 1");
    draw_tag(&b.list, "title");
    draw_text(&b.list, FONT_SANS, 20, 60, 36, ink, "loss");
    ck_assert_int_eq(draw_list_check_text(&b.list, &b.report), 1);
    ck_assert_ptr_nonnull(
        strstr(b.report.text, "overlap: \"epoch 1\" [axis] and \"loss\" [title]"));
    teardown(&b);
}
END_TEST

START_TEST(text_behind_an_opaque_box_does_not_count)
{
    struct bench b;
    setup(&b);
    draw_text(&b.list, FONT_SANS, 20, 10, 30, ink, "under");
    draw_rect(&b.list, rect_of(0, 0, 200, 60), paper);
    draw_text(&b.list, FONT_SANS, 20, 12, 32, ink, "over");
    ck_assert_msg(draw_list_check_text(&b.list, &b.report) == 0, "%s", b.report.text);
    teardown(&b);
}
END_TEST

START_TEST(half_hidden_text_is_found)
{
    struct bench b;
    setup(&b);
    draw_text(&b.list, FONT_SANS, 20, 10, 30, ink, "digits-cnn.net");
    draw_rect(&b.list, rect_of(60, 0, 200, 60), paper);
    ck_assert_int_eq(draw_list_check_text(&b.list, &b.report), 1);
    ck_assert_ptr_nonnull(strstr(b.report.text, "half hidden: \"digits-cnn.net\""));
    teardown(&b);
}
END_TEST

START_TEST(text_out_of_its_clip_or_the_screen_is_found)
{
    struct bench b;
    setup(&b);
    draw_clip_push(&b.list, rect_of(0, 0, 50, 100));
    draw_text(&b.list, FONT_SANS, 20, 10, 30, ink, "epoch 5");
    draw_clip_pop(&b.list);
    draw_text(&b.list, FONT_SANS, 20, 380, 130, ink, "right");
    draw_text(&b.list, FONT_SANS, 20, 10, 150, ink, "inside");
    ck_assert_int_eq(draw_list_check_text(&b.list, &b.report), 2);
    ck_assert_ptr_nonnull(strstr(b.report.text, "sticks out: \"epoch 5\""));
    ck_assert_ptr_nonnull(strstr(b.report.text, "sticks out: \"right\""));
    teardown(&b);
}
END_TEST

START_TEST(an_ellipsis_is_a_fault_unless_allowed)
{
    struct bench b;
    setup(&b);
    const char *text = "a long description of the cell";
    ck_assert(draw_text_in(&b.list, FONT_SANS, 20, rect_of(10, 10, 90, 30), 0, ink, text));
    ck_assert(
        draw_text_in(&b.list, FONT_SANS, 20, rect_of(10, 50, 90, 30), TEXT_MAY_CUT, ink, text));
    ck_assert(!draw_text_in(&b.list, FONT_SANS, 20, rect_of(10, 90, 390, 30), 0, ink, text));
    ck_assert_int_eq(draw_list_check_text(&b.list, &b.report), 1);
    ck_assert_ptr_nonnull(strstr(b.report.text, "cut: \"a long"));
    teardown(&b);
}
END_TEST

START_TEST(weak_contrast_is_found)
{
    struct bench b;
    setup(&b);
    draw_rect(&b.list, rect_of(0, 0, 400, 60), colour_hex(0x667079));
    draw_text(&b.list, FONT_SANS, 20, 10, 30, colour_hex(0x8a9299), "pale");
    draw_text(&b.list, FONT_SANS, 20, 10, 130, ink, "clear");
    memset(&b.report, 0, sizeof b.report);
    ck_assert_int_eq(draw_list_check_contrast(&b.list, 4.5f, &b.report), 1);
    ck_assert_ptr_nonnull(strstr(b.report.text, "contrast: \"pale\""));
    ck_assert_int_eq(draw_list_check_size(&b.list, 21, &b.report), 2);
    ck_assert_int_eq(b.report.faults, 3);
    teardown(&b);
}
END_TEST

Suite *test_draw_check(void)
{
    Suite *s = suite_create("draw_check");
    TCase *c = tcase_create("draw_check");
    tcase_add_test(c, clean_text_has_no_fault);
    tcase_add_test(c, a_planted_overlap_is_found_and_named);
    tcase_add_test(c, text_behind_an_opaque_box_does_not_count);
    tcase_add_test(c, half_hidden_text_is_found);
    tcase_add_test(c, text_out_of_its_clip_or_the_screen_is_found);
    tcase_add_test(c, an_ellipsis_is_a_fault_unless_allowed);
    tcase_add_test(c, weak_contrast_is_found);
    suite_add_tcase(s, c);
    return s;
}
