#include <check.h>
#include <math.h>
#include <string.h>

#include "glassnet/data/normalise.h"

Suite *test_normalise(void);

struct box {
    int top, bottom, left, right;
};

static struct box ink_box(const float *p, int size)
{
    struct box b = {size, -1, size, -1};
    for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++)
            if (p[y * size + x] > 0.0f) {
                b.top = y < b.top ? y : b.top;
                b.bottom = y > b.bottom ? y : b.bottom;
                b.left = x < b.left ? x : b.left;
                b.right = x > b.right ? x : b.right;
            }
    return b;
}

static void centre(const float *p, int size, double *down, double *right)
{
    double mass = 0.0;
    *down = *right = 0.0;
    for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++) {
            double m = (double)p[y * size + x];
            mass += m;
            *down += m * (y + 0.5);
            *right += m * (x + 0.5);
        }
    *down /= mass;
    *right /= mass;
}

/* A seven: a bar on top and a slanted stroke, anywhere in a picture of 200 x 300. */
static void draw_seven(float *p)
{
    memset(p, 0, 200 * 300 * sizeof *p);
    for (int x = 150; x < 190; x++)
        for (int y = 20; y < 28; y++)
            p[y * 300 + x] = 1.0f;
    for (int y = 28; y < 100; y++)
        for (int x = 0; x < 8; x++)
            p[y * 300 + 182 - (y - 28) / 3 + x] = 1.0f;
}

static float pad[200 * 300];

START_TEST(box_of_20_and_centre_of_mass)
{
    float out[28 * 28];
    double down, right;
    draw_seven(pad);
    normalise_digits28(pad, 200, 300, out);
    struct box b = ink_box(out, 28);
    ck_assert_int_eq(b.bottom - b.top + 1, 20);
    /* 80 rows and 40 columns: the width is 20 · 40 / 80 = 10. */
    ck_assert_int_eq(b.right - b.left + 1, 10);
    centre(out, 28, &down, &right);
    ck_assert_double_le(fabs(down - 14.0), 0.5);
    ck_assert_double_le(fabs(right - 14.0), 0.5);
    ck_assert(out[b.top * 28 + b.left + 3] == 1.0f); /* the bar is 2 pixels thick and full */
}
END_TEST

START_TEST(place_and_size_do_not_matter)
{
    float a[28 * 28], b[28 * 28], small[50 * 50] = {0}, large[100 * 100] = {0};
    for (int y = 5; y < 25; y++)
        small[y * 50 + 3 + y / 4] = 1.0f;
    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 2; x++)
            large[(y + 50) * 100 + 30 + (y / 2 + 5) / 4 * 2 + x] = 1.0f;
    normalise_digits28(small, 50, 50, a);
    normalise_digits28(large, 100, 100, b);
    for (int i = 0; i < 28 * 28; i++)
        ck_assert(fabsf(a[i] - b[i]) < 1e-6f);
}
END_TEST

/* 40 columns of which every second is ink, brought to 20: each new pixel is half ink. */
START_TEST(areas_are_averaged)
{
    float p[40 * 40] = {0}, out[28 * 28];
    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 40; x++)
            p[y * 40 + x] = x % 2 == 0 || x == 39 ? 1.0f : 0.0f;
    normalise_digits28(p, 40, 40, out);
    ck_assert(fabsf(out[14 * 28 + 14] - 0.5f) < 1e-6f);
    struct box b = ink_box(out, 28);
    ck_assert_int_eq(b.top, 4);
    ck_assert_int_eq(b.bottom, 23);
}
END_TEST

START_TEST(empty_stays_empty)
{
    float p[30 * 30] = {0}, out[28 * 28];
    memset(out, 0x55, sizeof out);
    normalise_digits28(p, 30, 30, out);
    for (int i = 0; i < 28 * 28; i++)
        ck_assert(out[i] == 0.0f);
    memset(out, 0x55, sizeof out);
    p[7] = NAN;
    normalise_digits8(p, 30, 30, out);
    for (int i = 0; i < 64; i++)
        ck_assert(out[i] == 0.0f);
}
END_TEST

START_TEST(odd_numbers_are_paper_or_ink)
{
    float p[30 * 30] = {0}, out[28 * 28];
    for (int y = 5; y < 25; y++)
        p[y * 30 + 15] = y == 7 ? NAN : y == 9 ? INFINITY : y == 11 ? -5.0f : 1.0f;
    normalise_digits28(p, 30, 30, out);
    for (int i = 0; i < 28 * 28; i++)
        ck_assert(out[i] >= 0.0f && out[i] <= 1.0f);
    /* Rows 0 to 19 but 2 and 6 have their centre at (190 - 8) / 18 + 0.5 = 10.6: the box starts in
     * row 3, and what was row 7 of the drawing is row 5. */
    ck_assert(out[5 * 28 + 14] == 0.0f && out[7 * 28 + 14] == 1.0f);
}
END_TEST

START_TEST(a_dot_and_a_line)
{
    float p[30 * 30] = {0}, out[28 * 28];
    p[29 * 30 + 29] = 1.0f;
    normalise_digits28(p, 30, 30, out); /* one pixel becomes a square of 20 */
    struct box b = ink_box(out, 28);
    ck_assert_int_eq(b.right - b.left + 1, 20);
    ck_assert_int_eq(b.top, 4);
    for (int x = 0; x < 30; x++)
        p[29 * 30 + x] = 1.0f;
    normalise_digits28(p, 30, 30, out); /* a line of 30 x 1 becomes 20 x 1 */
    b = ink_box(out, 28);
    ck_assert_int_eq(b.bottom - b.top + 1, 1);
    ck_assert_int_eq(b.right - b.left + 1, 20);
}
END_TEST

/* All mass at one end must not push the box out of the picture. */
START_TEST(stays_inside)
{
    float p[100 * 100], out[28 * 28];
    for (int i = 0; i < 100 * 100; i++)
        p[i] = i < 300 ? 1.0f : 0.0f;
    for (int y = 0; y < 100; y++)
        p[y * 100] = 0.15f;
    normalise_digits28(p, 100, 100, out);
    struct box b = ink_box(out, 28);
    ck_assert_int_eq(b.bottom - b.top + 1, 20);
    ck_assert_int_eq(b.bottom, 27);
}
END_TEST

/* A full block becomes 32 x 20 in the middle, columns 6 to 25: of block 1 the columns 6 and 7 are
 * on, 8 of 16 pixels. */
START_TEST(blocks_of_digits8)
{
    float p[60 * 60] = {0}, out[64];
    for (int y = 10; y < 50; y++)
        for (int x = 5; x < 25; x++)
            p[y * 60 + x] = 1.0f;
    normalise_digits8(p, 60, 60, out);
    for (int y = 0; y < 8; y++) {
        static const float row[8] = {0.0f, 0.5f, 1.0f, 1.0f, 1.0f, 1.0f, 0.5f, 0.0f};
        ck_assert(memcmp(out + y * 8, row, sizeof row) == 0);
    }
}
END_TEST

/* A bar of 40 x 8 stays narrow: 8 · 32 / 40 = 6 columns, 13 to 18, three in each of two blocks.
 * A leaning bar gives about the same. */
START_TEST(ones_of_digits8)
{
    float p[60 * 60] = {0}, out[64];
    for (int y = 10; y < 50; y++)
        for (int x = 5; x < 13; x++)
            p[y * 60 + x] = 1.0f;
    normalise_digits8(p, 60, 60, out);
    for (int y = 0; y < 8; y++)
        for (int x = 0; x < 8; x++)
            ck_assert(out[y * 8 + x] == (x == 3 || x == 4 ? 0.75f : 0.0f));
    memset(p, 0, sizeof p);
    for (int y = 10; y < 50; y++)
        for (int x = 0; x < 8; x++)
            p[y * 60 + 35 - y / 2 + x] = 1.0f;
    normalise_digits8(p, 60, 60, out);
    for (int y = 0; y < 8; y++) {
        ck_assert(out[y * 8 + 3] >= 0.5f && out[y * 8 + 4] >= 0.5f);
        ck_assert(out[y * 8 + 1] == 0.0f && out[y * 8 + 6] == 0.0f);
    }
}
END_TEST

Suite *test_normalise(void)
{
    Suite *s = suite_create("normalise");
    TCase *t = tcase_create("normalise");
    tcase_add_test(t, box_of_20_and_centre_of_mass);
    tcase_add_test(t, place_and_size_do_not_matter);
    tcase_add_test(t, areas_are_averaged);
    tcase_add_test(t, empty_stays_empty);
    tcase_add_test(t, odd_numbers_are_paper_or_ink);
    tcase_add_test(t, a_dot_and_a_line);
    tcase_add_test(t, stays_inside);
    tcase_add_test(t, blocks_of_digits8);
    tcase_add_test(t, ones_of_digits8);
    suite_add_tcase(s, t);
    return s;
}
