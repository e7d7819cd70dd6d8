/* Each kind of command as SVG, from a small list with known numbers. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/ui/svg.h"
#include "support/temporary.h"

Suite *test_svg(void);

static char *write_list(const struct draw_list *d, struct rect region)
{
    char path[1024];
    size_t size;
    struct err err = {0};
    file_join(path, sizeof path, temporary_folder(), "list.svg");
    ck_assert_msg(svg_write(path, d, region, "a < b & \"c\"", &err), "%s", err.message);
    char *text = file_read(path, 1 << 20, &size, &err);
    ck_assert_msg(text != NULL, "%s", err.message);
    return text;
}

static void has(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "%s is not in:\n%s", part, text);
}

START_TEST(every_kind_has_its_element)
{
    struct err err = {0};
    struct fonts *fonts = fonts_create(&err);
    ck_assert_msg(fonts != NULL, "%s", err.message);
    struct draw_list d;
    draw_list_init(&d, fonts);
    draw_list_begin(&d, 200, 100);
    const struct colour red = {255, 0, 0, 255}, half = {0, 0, 255, 128};
    const struct point p[3] = {{1, 2}, {3, 4}, {5, 1}};
    const uint32_t cells[6] = {0xffff0000, 0xffff0000, 0xff0000ff, 0, 0xff00ff00, 0xff00ff00};
    draw_rect(&d, rect_of(10, 20, 30, 40), red);
    draw_frame(&d, rect_of(10, 20, 30, 40), 2, red);
    draw_round_rect(&d, rect_of(50, 20, 30, 40), 6, half);
    draw_text(&d, FONT_SANS_BOLD, 20, 5, 50, red, "1 < 2 & \"three\"");
    draw_dashes(&d, p, 3, 2, 4, 3, red);
    draw_circle(&d, 60, 50, 7, red);
    draw_ring(&d, 60, 50, 9, 2, red);
    draw_polygon(&d, p, 3, red);
    draw_clip_push(&d, rect_of(100, 0, 50, 50));
    draw_heatmap(&d, rect_of(100, 10, 30, 20), 3, 2, cells, HEATMAP_GRID | HEATMAP_GRADIENT, red);
    draw_clip_pop(&d);
    draw_hatch(&d, rect_of(150, 10, 20, 20), half, red);
    draw_rect(&d, rect_of(0, 90, 5, 5), half); /* outside the region */
    char *text = write_list(&d, rect_of(0, 0, 200, 80));
    has(text, "viewBox=\"0 0 200 80\"");
    has(text, "<title>a &lt; b &amp; &quot;c&quot;</title>");
    has(text, "<rect x=\"10.00\" y=\"20.00\" width=\"30.00\" height=\"40.00\" fill=\"#ff0000\"/>");
    has(text, "<rect x=\"11.00\" y=\"21.00\" width=\"28.00\" height=\"38.00\" "
              "stroke-width=\"2.00\" fill=\"none\" stroke=\"#ff0000\"/>");
    has(text, "rx=\"6.00\" fill=\"#0000ff\" fill-opacity=\"0.502\"");
    has(text, "font-size=\"20\" font-weight=\"600\"");
    has(text, ">1 &lt; 2 &amp; &quot;three&quot;</text>");
    has(text, "<polyline points=\"1.00,2.00 3.00,4.00 5.00,1.00\"");
    has(text, "stroke-dasharray=\"4.00 5.00\"");
    has(text, "<circle cx=\"60.00\" cy=\"50.00\" r=\"7.00\" fill=\"#ff0000\"/>");
    has(text, "<polygon points=\"1.00,2.00 3.00,4.00 5.00,1.00\"");
    has(text, "<g clip-path=\"url(#clip1)\">");
    has(text, "<path d=\"M0 0h2v1h-2z\" fill=\"#ff0000\"/>"); /* a run of two */
    has(text, "<path d=\"M1 1h2v1h-2z\" fill=\"#00ff00\"/>"); /* behind a cell left out */
    has(text, "url(#gradient)");
    has(text, "url(#hatch");
    ck_assert_ptr_null(strstr(text, "y=\"90.00\""));
    free(text);
    draw_list_deinit(&d);
    fonts_destroy(fonts);
}
END_TEST

Suite *test_svg(void)
{
    Suite *s = suite_create("svg");
    TCase *t = tcase_create("svg");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, every_kind_has_its_element);
    suite_add_tcase(s, t);
    return s;
}
