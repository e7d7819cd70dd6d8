#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/ui/draw.h"
#include "glassnet/ui/raster.h"

Suite *test_draw(void);

static const struct colour ink = {28, 33, 38, 255};

struct bench {
    struct fonts *fonts;
    struct draw_list list;
};

static void setup(struct bench *b)
{
    struct err err = {0};
    b->fonts = fonts_create(&err);
    ck_assert_msg(b->fonts != NULL, "%s", err.message);
    draw_list_init(&b->list, b->fonts);
    draw_list_begin(&b->list, 600, 200);
}

static void teardown(struct bench *b)
{
    draw_list_deinit(&b->list);
    fonts_destroy(b->fonts);
}

static const char *text_at(const struct bench *b, int i)
{
    return draw_cmd_data(&b->list, &b->list.cmds[i]);
}

START_TEST(text_too_long_ends_in_an_ellipsis_that_fits)
{
    struct bench b;
    setup(&b);
    for (int w = 30; w < 260; w += 7) {
        draw_list_begin(&b.list, 600, 200);
        bool cut = draw_text_in(&b.list, FONT_SANS, 22, rect_of(5, 5, (float)w, 40), 0, ink,
                                "nudging ∂L/∂z by 0.001");
        const struct draw_cmd *c = &b.list.cmds[0];
        size_t n = strlen(text_at(&b, 0));
        ck_assert(c->w <= (float)w + 0.51f);
        ck_assert_int_eq(cut, n >= 3 && strcmp(text_at(&b, 0) + n - 3, "…") == 0);
        ck_assert_int_eq(c->count, (int)n);
        float measured = font_width(b.fonts, FONT_SANS, 22, text_at(&b, 0));
        ck_assert(fabsf(measured - c->w) < 0.01f);
    }
    teardown(&b);
}
END_TEST

/* Leftmost and rightmost column with ink, in pixels. */
static void ink_columns(const struct raster *r, int *left, int *right)
{
    *left = r->w;
    *right = -1;
    for (int y = 0; y < r->h; y++)
        for (int x = 0; x < r->w; x++)
            if ((r->pixels[y * r->w + x] & 255) < 200) {
                *left = x < *left ? x : *left;
                *right = x > *right ? x : *right;
            }
}

START_TEST(measured_text_is_as_wide_as_drawn_text)
{
    struct bench b;
    struct raster r;
    setup(&b);
    ck_assert(raster_init(&r, 600, 200, NULL));
    for (int face = 0; face < FONT_FACES; face++)
        for (int px = 14; px < 50; px += 9) {
            draw_list_begin(&b.list, 600, 200);
            draw_rect(&b.list, b.list.screen, colour_hex(0xffffff));
            float w = draw_text(&b.list, (enum font_face)face, px, 20, 100, colour_hex(0),
                                "H0123456789 nnnn H");
            raster_draw(&r, &b.list);
            int left, right;
            ink_columns(&r, &left, &right);
            /* H has small bearings at both sides. */
            ck_assert_int_ge(left, 20);
            ck_assert_int_le(left, 20 + px / 5);
            ck_assert_int_le(right, 21 + (int)w);
            ck_assert_int_ge(right, 19 + (int)w - px / 5);
        }
    raster_deinit(&r);
    teardown(&b);
}
END_TEST

START_TEST(alignment_puts_text_where_it_says)
{
    struct bench b;
    setup(&b);
    const struct rect r = {100, 50, 200, 60};
    float w = font_width(b.fonts, FONT_MONO, 20, "−0.27");
    draw_text_in(&b.list, FONT_MONO, 20, r, ALIGN_LEFT, ink, "−0.27");
    draw_text_in(&b.list, FONT_MONO, 20, r, ALIGN_CENTRE, ink, "−0.27");
    draw_text_in(&b.list, FONT_MONO, 20, r, ALIGN_RIGHT | ALIGN_BOTTOM, ink, "−0.27");
    ck_assert(b.list.cmds[0].x == 100);
    ck_assert(fabsf(b.list.cmds[1].x - (200 - w / 2)) < 0.01f);
    ck_assert(fabsf(b.list.cmds[2].x - (300 - w)) < 0.01f);
    /* Capitals of 0.73 em = 14.6 px in the middle of 50..110: baseline at 80 + 7.3 = 87.3. */
    ck_assert(b.list.cmds[0].y == 87);
    ck_assert(b.list.cmds[2].y > 100 && b.list.cmds[2].y < 110);
    teardown(&b);
}
END_TEST

START_TEST(what_cannot_be_seen_is_not_kept)
{
    struct bench b;
    setup(&b);
    draw_clip_push(&b.list, rect_of(0, 0, 50, 50));
    draw_rect(&b.list, rect_of(60, 0, 20, 20), ink);
    draw_rect(&b.list, rect_of(10, 10, 20, 20), colour_alpha(ink, 0));
    draw_text(&b.list, FONT_SANS, 20, 200, 20, ink, "far");
    draw_clip_push(&b.list, rect_of(70, 70, 10, 10)); /* meets nothing of the clip around it */
    draw_rect(&b.list, rect_of(0, 0, 600, 200), ink);
    ck_assert_int_eq(b.list.n_cmds, 0);
    draw_clip_pop(&b.list);
    draw_rect(&b.list, rect_of(40, 0, 20, 20), ink);
    ck_assert_int_eq(b.list.n_cmds, 1);
    ck_assert(draw_cmd_bounds(&b.list, &b.list.cmds[0]).w == 10);
    teardown(&b);
}
END_TEST

START_TEST(the_dump_reads_like_the_frame)
{
    struct bench b;
    setup(&b);
    draw_rect(&b.list, rect_of(1, 2, 30, 40), colour_hex(0xfbfaf6));
    draw_tag(&b.list, "formula");
    draw_text(&b.list, FONT_MONO, 20, 10, 30, colour_hex(0x0f62b5), "0.12·0.37");
    draw_tag(&b.list, NULL);
    draw_clip_push(&b.list, rect_of(0, 0, 100, 90));
    const uint32_t cells[2] = {0xff000000u, 0xffffffffu};
    draw_heatmap(&b.list, rect_of(5, 6, 20, 10), 2, 1, cells, HEATMAP_GRADIENT, ink);
    draw_circle(&b.list, 50, 51, 9.5f, ink);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    draw_list_dump(&b.list, out);
    fclose(out);
    ck_assert_str_eq(text, "screen 600 x 200\n"
                           "rect 1.0 2.0 30.0 40.0 #fffbfaf6\n"
                           "text 10.0 30.0 mono 20 #ff0f62b5 \"0.12·0.37\" [formula]\n"
                           "clip 0 0 100 90\n"
                           "heatmap 5.0 6.0 20.0 10.0 2x1 gradient\n"
                           "disc 50.0 51.0 r=9.5 #ff1c2126\n");
    free(text);
    teardown(&b);
}
END_TEST

START_TEST(clips_nest_and_too_many_do_no_harm)
{
    struct bench b;
    setup(&b);
    for (int i = 0; i < 100; i++)
        draw_clip_push(&b.list, rect_of((float)i, 0, 300, 100));
    for (int i = 0; i < 200; i++)
        draw_clip_pop(&b.list);
    ck_assert(draw_clip(&b.list).w == 600);
    teardown(&b);
}
END_TEST

Suite *test_draw(void)
{
    Suite *s = suite_create("draw");
    TCase *c = tcase_create("draw");
    tcase_add_test(c, text_too_long_ends_in_an_ellipsis_that_fits);
    tcase_add_test(c, measured_text_is_as_wide_as_drawn_text);
    tcase_add_test(c, alignment_puts_text_where_it_says);
    tcase_add_test(c, what_cannot_be_seen_is_not_kept);
    tcase_add_test(c, the_dump_reads_like_the_frame);
    tcase_add_test(c, clips_nest_and_too_many_do_no_harm);
    suite_add_tcase(s, c);
    return s;
}
