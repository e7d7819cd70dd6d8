#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/rng.h"
#include "glassnet/ui/raster.h"

Suite *test_raster(void);

static const struct colour white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
static const struct colour red = {255, 0, 0, 255};

struct bench {
    struct fonts *fonts;
    struct draw_list list;
    struct raster raster;
};

static void setup(struct bench *b, int w, int h)
{
    struct err err = {0};
    b->fonts = fonts_create(&err);
    ck_assert_msg(b->fonts != NULL, "%s", err.message);
    draw_list_init(&b->list, b->fonts);
    ck_assert(raster_init(&b->raster, w, h, &err));
    draw_list_begin(&b->list, w, h);
    draw_rect(&b->list, b->list.screen, white);
}

static void teardown(struct bench *b)
{
    raster_deinit(&b->raster);
    draw_list_deinit(&b->list);
    fonts_destroy(b->fonts);
}

/* How black the pixels are, in whole black pixels. */
static double ink(const struct raster *r)
{
    double sum = 0;
    for (long i = 0; i < (long)r->w * r->h; i++)
        sum += (255 - (int)(r->pixels[i] & 255)) / 255.0;
    return sum;
}

static uint32_t pixel(const struct bench *b, int x, int y)
{
    return b->raster.pixels[y * b->raster.w + x];
}

START_TEST(rectangles_fill_whole_pixels)
{
    struct bench b;
    setup(&b, 40, 30);
    /* Sides 3.4 and 3.4 + 10.3 = 13.7 snap to 3 and 14; 4.6 and 4.6 + 5 = 9.6 to 5 and 10. */
    draw_rect(&b.list, rect_of(3.4f, 4.6f, 10.3f, 5), red);
    raster_draw(&b.raster, &b.list);
    for (int y = 0; y < 30; y++)
        for (int x = 0; x < 40; x++) {
            bool inside = x >= 3 && x < 14 && y >= 5 && y < 10;
            ck_assert_uint_eq(pixel(&b, x, y), inside ? 0xffff0000u : 0xffffffffu);
        }
    teardown(&b);
}
END_TEST

START_TEST(a_line_covers_length_times_width)
{
    const struct {
        float dx, dy, width;
    } cases[] = {{200, 0, 3}, {200, 37, 3},  {120, 160, 5},
                 {3, 180, 2}, {141, 141, 1}, {90, 30, 0.5f}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bench b;
        setup(&b, 300, 260);
        draw_line(&b.list, 30.3f, 30.7f, 30.3f + cases[i].dx, 30.7f + cases[i].dy, cases[i].width,
                  black);
        raster_draw(&b.raster, &b.list);
        /* Round ends add a disc of the width: pi (w/2)^2. */
        double w = (double)cases[i].width, r = w / 2;
        double length = hypot((double)cases[i].dx, (double)cases[i].dy);
        double area = length * w + 3.14159265 * r * r;
        /* Thin diagonals meet the pixel grid unevenly: some per cent either way. */
        ck_assert_double_eq_tol(ink(&b.raster), area, area * 0.08 + 1);
        teardown(&b);
    }
}
END_TEST

START_TEST(discs_and_rings_have_their_area)
{
    struct bench b;
    setup(&b, 200, 200);
    draw_circle(&b.list, 99.3f, 100.6f, 40, black);
    raster_draw(&b.raster, &b.list);
    ck_assert_double_eq_tol(ink(&b.raster), 3.14159265 * 1600, 25); /* pi 40^2 = 5026.5 */
    draw_list_begin(&b.list, 200, 200);
    draw_rect(&b.list, b.list.screen, white);
    draw_ring(&b.list, 99.3f, 100.6f, 40, 6, black);
    raster_draw(&b.raster, &b.list);
    ck_assert_double_eq_tol(ink(&b.raster), 2 * 3.14159265 * 40 * 6, 15); /* 1508.0 */
    teardown(&b);
}
END_TEST

START_TEST(polygons_fill_whichever_way_they_turn)
{
    const struct point p[4] = {{20, 10}, {90.5f, 30}, {80, 95}, {12, 70.25f}};
    const struct point q[4] = {p[3], p[2], p[1], p[0]};
    struct bench b;
    setup(&b, 120, 120);
    draw_polygon(&b.list, p, 4, black);
    raster_draw(&b.raster, &b.list);
    /* Shoelace: 20*30-90.5*10=-305; 90.5*95-80*30=6197.5; 80*70.25-12*95=4480;
     * 12*10-20*70.25=-1285; half of the sum 9087.5 is 4543.75. */
    ck_assert_double_eq_tol(ink(&b.raster), 4543.75, 12);
    double first = ink(&b.raster);
    draw_list_begin(&b.list, 120, 120);
    draw_rect(&b.list, b.list.screen, white);
    draw_polygon(&b.list, q, 4, black);
    raster_draw(&b.raster, &b.list);
    ck_assert_double_eq_tol(ink(&b.raster), first, 0.01);
    teardown(&b);
}
END_TEST

START_TEST(translucent_joins_do_not_show)
{
    struct bench b;
    setup(&b, 100, 60);
    const struct point path[3] = {{10, 30.5f}, {50, 30.5f}, {90, 30.5f}};
    draw_polyline(&b.list, path, 3, 9, colour_alpha(black, 0.5f));
    raster_draw(&b.raster, &b.list);
    for (int x = 15; x < 85; x++)
        ck_assert_uint_eq(pixel(&b, x, 30), pixel(&b, 20, 30));
    ck_assert_uint_ne(pixel(&b, 20, 30), 0xffffffffu);
    teardown(&b);
}
END_TEST

START_TEST(dashes_leave_gaps)
{
    struct bench b;
    setup(&b, 130, 20);
    const struct point path[2] = {{10, 10}, {120, 10}};
    draw_dashes(&b.list, path, 2, 2, 10, 20, black);
    raster_draw(&b.raster, &b.list);
    /* Dashes begin at 10, 40, 70, 100; row 9 lies inside the stroke. */
    ck_assert_uint_eq(pixel(&b, 15, 9), 0xff000000u);
    ck_assert_uint_eq(pixel(&b, 30, 9), 0xffffffffu);
    ck_assert_uint_eq(pixel(&b, 45, 9), 0xff000000u);
    ck_assert_uint_eq(pixel(&b, 60, 9), 0xffffffffu);
    ck_assert_uint_eq(pixel(&b, 105, 9), 0xff000000u);
    teardown(&b);
}
END_TEST

START_TEST(heatmap_cells_meet_rect_cell)
{
    struct bench b;
    setup(&b, 200, 120);
    uint32_t colours[7 * 5];
    for (int i = 0; i < 35; i++)
        colours[i] = 0xff000000u | (uint32_t)i * 0x050301u;
    const struct rect r = {10.4f, 7.3f, 171.7f, 99.1f};
    draw_heatmap(&b.list, r, 7, 5, colours, 0, white);
    raster_draw(&b.raster, &b.list);
    for (int i = 0; i < 35; i++) {
        struct rect c = rect_snap(rect_cell(r, 7, 5, i % 7, i / 7));
        int x1 = (int)(c.x + c.w) - 1, y1 = (int)(c.y + c.h) - 1;
        ck_assert_uint_eq(pixel(&b, (int)c.x, (int)c.y), colours[i]);
        ck_assert_uint_eq(pixel(&b, x1, y1), colours[i]);
    }
    ck_assert_uint_eq(pixel(&b, 9, 50), 0xffffffffu);
    ck_assert_uint_eq(pixel(&b, 182, 50), 0xffffffffu);
    teardown(&b);
}
END_TEST

START_TEST(cells_without_alpha_leave_what_is_under_them)
{
    struct bench b;
    setup(&b, 40, 20);
    const uint32_t colours[2] = {0, 0xff0000ffu};
    draw_rect(&b.list, rect_of(0, 0, 40, 20), red);
    draw_heatmap(&b.list, rect_of(0, 0, 40, 20), 2, 1, colours, HEATMAP_GRADIENT, white);
    raster_draw(&b.raster, &b.list);
    for (int x = 0; x < 20; x++)
        ck_assert_uint_eq(pixel(&b, x, 7), 0xffff0000u);
    ck_assert_uint_ne(pixel(&b, 20, 7), 0xffff0000u);
    teardown(&b);
}
END_TEST

START_TEST(nothing_is_drawn_outside_the_clip)
{
    struct bench b;
    setup(&b, 100, 100);
    draw_clip_push(&b.list, rect_of(20, 20, 30, 30));
    draw_circle(&b.list, 35, 35, 40, black);
    draw_text(&b.list, FONT_SANS, 30, 0, 40, black, "MMMMMMMM");
    draw_line(&b.list, 0, 0, 100, 90, 9, black);
    draw_round_rect(&b.list, rect_of(0, 0, 100, 100), 8, red);
    draw_clip_pop(&b.list);
    raster_draw(&b.raster, &b.list);
    for (int y = 0; y < 100; y++)
        for (int x = 0; x < 100; x++)
            if (!rect_contains(rect_of(20, 20, 30, 30), (float)x, (float)y))
                ck_assert_uint_eq(pixel(&b, x, y), 0xffffffffu);
    ck_assert_uint_eq(pixel(&b, 30, 30), 0xffff0000u);
    teardown(&b);
}
END_TEST

static struct point any_point(struct rng *g)
{
    return (struct point){rng_uniform(g, -30, 430), rng_uniform(g, -30, 330)};
}

static struct colour any_colour(struct rng *g)
{
    uint32_t bits = rng_u32(g);
    struct colour c = colour_unpack(bits);
    c.a = bits & 1 ? 255 : (uint8_t)(40 + c.a / 2);
    return c;
}

static void add_any(struct draw_list *d, struct rng *g)
{
    struct point p[5];
    for (int i = 0; i < 5; i++)
        p[i] = any_point(g);
    struct rect r = {p[0].x, p[0].y, rng_uniform(g, 1, 200), rng_uniform(g, 1, 150)};
    struct colour c = any_colour(g);
    float width = rng_uniform(g, 0.4f, 9);
    uint32_t cells[30];
    for (int i = 0; i < 30; i++)
        cells[i] = rng_below(g, 4) ? colour_pack(any_colour(g)) : 0;
    switch (rng_below(g, 13)) {
    case 0:
        draw_rect(d, r, c);
        break;
    case 1:
        draw_frame(d, r, width, c);
        break;
    case 2:
        draw_round_rect(d, r, rng_uniform(g, 0, 40), c);
        break;
    case 3:
        draw_round_frame(d, r, rng_uniform(g, 0, 40), width, c);
        break;
    case 4:
        draw_text_in(d, (enum font_face)rng_below(g, 4), 8 + (int)rng_below(g, 40), r,
                     rng_below(g, 3), c,
                     "\xe2\x88\x82L/\xe2\x88\x82W = \xe2\x88\x92"
                     "0.25 \xe2\x8f\xae");
        break;
    case 5:
        draw_line(d, p[0].x, p[0].y, p[1].x, p[1].y, width, c);
        break;
    case 6:
        draw_polyline(d, p, 5, width, c);
        break;
    case 7:
        draw_curve(d, p[0], p[1], p[2], p[3], width, rng_uniform(g, 0, 9), width + 4, c);
        break;
    case 8:
        draw_circle(d, p[0].x, p[0].y, rng_uniform(g, 0.3f, 60), c);
        break;
    case 9:
        draw_ring(d, p[0].x, p[0].y, rng_uniform(g, 0.3f, 60), width, c);
        break;
    case 10:
        draw_polygon(d, p, 3, c);
        break;
    case 11:
        draw_heatmap(d, r, 6, 5, cells, rng_below(g, 4), c);
        break;
    default:
        draw_hatch(d, r, c, any_colour(g));
    }
}

/* A frame of n random commands; command `other` comes from another stream. */
static void any_frame(struct draw_list *d, uint64_t seed, int n, int other)
{
    draw_list_begin(d, 400, 300);
    for (int i = 0; i < n; i++) {
        struct rng g;
        rng_seed(&g, seed + (uint64_t)i, i == other ? 2 : 1);
        bool clipped = rng_below(&g, 3) == 0;
        if (clipped)
            draw_clip_push(d, rect_of(rng_uniform(&g, 0, 200), rng_uniform(&g, 0, 200), 150, 120));
        add_any(d, &g);
        if (clipped)
            draw_clip_pop(d);
    }
}

START_TEST(changed_tiles_give_the_pixels_of_a_whole_drawing)
{
    struct bench b;
    struct raster whole;
    setup(&b, 400, 300);
    ck_assert(raster_init(&whole, 400, 300, NULL));
    int fewer = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        for (int change = -1; change < 3; change++) {
            any_frame(&b.list, seed * 1000, 25, change * 7);
            int drawn = raster_draw(&b.raster, &b.list);
            raster_forget(&whole);
            ck_assert_int_eq(raster_draw(&whole, &b.list), 7 * 5);
            fewer += drawn < 7 * 5;
            ck_assert_msg(memcmp(whole.pixels, b.raster.pixels, sizeof(uint32_t) * 400 * 300) == 0,
                          "seed %d, change %d", (int)seed, change);
        }
    }
    ck_assert_int_gt(fewer, 60); /* or the cache would save nothing */
    raster_deinit(&whole);
    teardown(&b);
}
END_TEST

START_TEST(an_unchanged_frame_draws_nothing)
{
    struct bench b;
    setup(&b, 400, 300);
    any_frame(&b.list, 5, 25, -1);
    ck_assert_int_gt(raster_draw(&b.raster, &b.list), 0);
    any_frame(&b.list, 5, 25, -1);
    ck_assert_int_eq(raster_draw(&b.raster, &b.list), 0);
    ck_assert_int_eq(b.raster.n_damage, 0);
    /* One more dot in the tile that begins at (128, 64). */
    draw_circle(&b.list, 150, 90, 5, black);
    ck_assert_int_eq(raster_draw(&b.raster, &b.list), 1);
    ck_assert_int_eq(b.raster.n_damage, 1);
    ck_assert_double_eq((double)b.raster.damage[0].x, 128);
    ck_assert_double_eq((double)b.raster.damage[0].y, 64);
    teardown(&b);
}
END_TEST

START_TEST(absurd_sizes_are_refused)
{
    struct raster r;
    struct err err = {0};
    ck_assert(!raster_init(&r, 0, 100, &err));
    ck_assert(strstr(err.message, "0 x 100") != NULL);
    err_clear(&err);
    ck_assert(!raster_init(&r, 100, 1000000, &err));
    ck_assert(err_any(&err));
}
END_TEST

START_TEST(points_that_are_no_numbers_draw_nothing)
{
    struct bench b;
    setup(&b, 64, 64);
    draw_line(&b.list, NAN, 3, 40, 40, 2, black);
    draw_line(&b.list, 3, 3, INFINITY, 40, 2, black);
    draw_circle(&b.list, 30, NAN, 9, black);
    draw_rect(&b.list, rect_of(NAN, 0, 20, 20), black);
    draw_rect(&b.list, rect_of(0, 0, NAN, 20), black);
    raster_draw(&b.raster, &b.list);
    ck_assert(ink(&b.raster) == 0);
    teardown(&b);
}
END_TEST

Suite *test_raster(void)
{
    Suite *s = suite_create("raster");
    TCase *c = tcase_create("pixels");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, rectangles_fill_whole_pixels);
    tcase_add_test(c, a_line_covers_length_times_width);
    tcase_add_test(c, discs_and_rings_have_their_area);
    tcase_add_test(c, polygons_fill_whichever_way_they_turn);
    tcase_add_test(c, translucent_joins_do_not_show);
    tcase_add_test(c, dashes_leave_gaps);
    tcase_add_test(c, heatmap_cells_meet_rect_cell);
    tcase_add_test(c, cells_without_alpha_leave_what_is_under_them);
    tcase_add_test(c, nothing_is_drawn_outside_the_clip);
    tcase_add_test(c, changed_tiles_give_the_pixels_of_a_whole_drawing);
    tcase_add_test(c, an_unchanged_frame_draws_nothing);
    tcase_add_test(c, absurd_sizes_are_refused);
    tcase_add_test(c, points_that_are_no_numbers_draw_nothing);
    suite_add_tcase(s, c);
    return s;
}
