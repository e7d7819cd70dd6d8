#include <check.h>
#include <math.h>
#include <string.h>

#include "glassnet/ui/paragraph.h"

Suite *test_paragraph(void);

static const struct paragraph_style plain = {.px = 20};

static struct fonts *open_fonts(void)
{
    struct err err = {0};
    struct fonts *f = fonts_create(&err);
    ck_assert_msg(f != NULL, "%s", err.message);
    return f;
}

/* The text of each line, pieces joined by '|', lines ended by '\n'. */
static char *lines_of(struct fonts *f, const struct text_run *runs, int n,
                      const struct paragraph_style *style, float width, char *out)
{
    struct paragraph_piece p[64];
    int n_pieces;
    out[0] = 0;
    paragraph_layout(f, runs, n, style, width, p, 64, &n_pieces);
    for (int i = 0; i < n_pieces; i++) {
        if (i > 0)
            strcat(out, p[i].line == p[i - 1].line ? "|" : "\n");
        strncat(out, runs[p[i].run].text + p[i].from, (size_t)p[i].bytes);
    }
    return out;
}

START_TEST(lines_break_at_blanks_and_stay_within_the_width)
{
    struct fonts *f = open_fonts();
    const struct text_run run = {.text = "Add all 25 products and the bias: that sum is one cell."};
    for (float width = 100; width < 500; width += 37) {
        struct paragraph_piece p[64];
        int n;
        float high = paragraph_layout(f, &run, 1, &plain, width, p, 64, &n);
        ck_assert(high == 28 * (float)(p[n - 1].line + 1)); /* lines of 1.4 * 20 px */
        for (int i = 0; i < n; i++) {
            ck_assert(p[i].x + p[i].w <= width + 0.01f);
            ck_assert(run.text[p[i].from] != ' ' && run.text[p[i].from + p[i].bytes - 1] != ' ');
        }
    }
    char out[256];
    ck_assert_str_eq(lines_of(f, &run, 1, &plain, 1e4f, out), run.text);
    fonts_destroy(f);
}
END_TEST

START_TEST(a_comma_stays_with_the_bold_word_before_it)
{
    struct fonts *f = open_fonts();
    const struct text_run runs[3] = {
        {.text = "the "}, {.text = "patch", .style = RUN_BOLD}, {.text = ", then"}};
    float word = font_width(f, FONT_SANS_BOLD, 20, "patch") + font_width(f, FONT_SANS, 20, ",");
    char out[256];
    ck_assert_str_eq(lines_of(f, runs, 3, &plain, word + 1, out), "the\npatch|,\nthen");
    ck_assert_str_eq(lines_of(f, runs, 3, &plain, 1000, out), "the|patch|, then");
    fonts_destroy(f);
}
END_TEST

START_TEST(breaks_and_runs_that_stay_together)
{
    struct fonts *f = open_fonts();
    const struct text_run runs[3] = {
        {.text = "one\ntwo"},
        {.text = "three", .style = RUN_BREAK},
        {.text = " conv1[3, 9, 14]", .style = RUN_MONO | RUN_TOGETHER}};
    char out[256];
    ck_assert_str_eq(lines_of(f, runs, 3, &plain, 190, out), "one\ntwo\nthree\nconv1[3, 9, 14]");
    fonts_destroy(f);
}
END_TEST

START_TEST(a_word_wider_than_the_line_is_broken)
{
    struct fonts *f = open_fonts();
    const struct text_run run = {.text = "wwwwwwwwwwwwwwwwwwww"};
    struct paragraph_piece p[64];
    int n, bytes = 0;
    paragraph_layout(f, &run, 1, &plain, 70, p, 64, &n);
    for (int i = 0; i < n; i++) {
        ck_assert(p[i].w <= 70);
        bytes += p[i].bytes;
    }
    ck_assert_int_eq(bytes, 20);
    ck_assert_int_gt(n, 3);
    paragraph_layout(f, &run, 1, &plain, 1, p, 64,
                     &n); /* narrower than a letter: no endless loop */
    ck_assert_int_ge(n, 1);
    fonts_destroy(f);
}
END_TEST

START_TEST(too_many_lines_end_in_an_ellipsis)
{
    struct fonts *f = open_fonts();
    struct draw_list d;
    draw_list_init(&d, f);
    draw_list_begin(&d, 400, 400);
    const struct text_run run = {.text = "a hidden neuron that was silent gets no blame at all",
                                 .colour = {0, 0, 0, 255}};
    const struct paragraph_style two = {.px = 20, .max_lines = 2};
    float high = paragraph_draw(&d, &run, 1, &two, 10, 10, 150);
    ck_assert(high == 56);
    ck_assert_int_eq(d.n_cmds, 2);
    const char *last = draw_cmd_data(&d, &d.cmds[1]);
    ck_assert_ptr_nonnull(strstr(last, "…"));
    ck_assert(d.cmds[1].x + d.cmds[1].w <= 160.5f);
    draw_list_deinit(&d);
    fonts_destroy(f);
}
END_TEST

START_TEST(measuring_equals_drawing)
{
    struct fonts *f = open_fonts();
    struct draw_list d;
    draw_list_init(&d, f);
    const struct colour ink = {0, 0, 0, 255};
    const struct text_run runs[4] = {
        {.text = "Σ", .style = RUN_MONO, .colour = ink},
        {.text = "u,v", .style = RUN_SUBSCRIPT, .colour = ink},
        {.text = " of all products, ", .colour = ink},
        {.text = "see the kernel lab", .style = RUN_LINK, .colour = ink}};
    for (float w = 60; w < 400; w += 31) {
        draw_list_begin(&d, 800, 800);
        ck_assert(paragraph_height(f, runs, 4, &plain, w) ==
                  paragraph_draw(&d, runs, 4, &plain, 10, 10, w));
    }
    ck_assert(paragraph_height(f, NULL, 0, &plain, 100) == 0);
    draw_list_deinit(&d);
    fonts_destroy(f);
}
END_TEST

Suite *test_paragraph(void)
{
    Suite *s = suite_create("paragraph");
    TCase *c = tcase_create("paragraph");
    tcase_add_test(c, lines_break_at_blanks_and_stay_within_the_width);
    tcase_add_test(c, a_comma_stays_with_the_bold_word_before_it);
    tcase_add_test(c, breaks_and_runs_that_stay_together);
    tcase_add_test(c, a_word_wider_than_the_line_is_broken);
    tcase_add_test(c, too_many_lines_end_in_an_ellipsis);
    tcase_add_test(c, measuring_equals_drawing);
    suite_add_tcase(s, c);
    return s;
}
