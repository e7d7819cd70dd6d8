#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/data/augment.h"
#include "glassnet/data/dataset.h"

Suite *test_augment(void);

static bool near_to(float a, float b, float tolerance)
{
    return fabsf(a - b) <= tolerance;
}

static struct shape grey28(void)
{
    return shape_picture(28, 28, 1);
}

/* A cross with one arm longer, well inside. */
static void draw(float *x)
{
    memset(x, 0, 28 * 28 * sizeof *x);
    for (int k = 9; k < 19; k++) {
        x[14 * 28 + k] = 1.0f;
        x[k * 28 + 12] = 0.5f;
    }
}

static void measure(const float *x, double *mass, double *down, double *right)
{
    *mass = *down = *right = 0.0;
    for (int p = 0; p < 28 * 28; p++) {
        *mass += (double)x[p];
        *down += (double)x[p] * (p / 28);
        *right += (double)x[p] * (p % 28);
    }
    *down /= *mass;
    *right /= *mass;
}

START_TEST(nothing_asked_for_changes_nothing)
{
    struct augment none = {0};
    struct augment_drawn still = {0.0, 0.0, 0.0, 1.0};
    struct shape shape = grey28();
    float x[28 * 28], out[28 * 28];
    for (int p = 0; p < 28 * 28; p++)
        x[p] = (float)p / 784.0f;
    augment_sample(&none, &shape, x, 1, 2, 3, out);
    ck_assert_mem_eq(out, x, sizeof x);
    memset(out, 1, sizeof out);
    augment_move(&still, &shape, x, NULL, NULL, out); /* the map itself, too, keeps every bit */
    ck_assert_mem_eq(out, x, sizeof x);
}
END_TEST

START_TEST(shifts_move_the_centre_of_mass)
{
    struct augment_drawn drawn = {2.25, -3.0, 0.0, 1.0};
    struct shape shape = grey28();
    float x[28 * 28], out[28 * 28];
    double mass, down, right, new_mass, new_down, new_right;
    draw(x);
    augment_move(&drawn, &shape, x, NULL, NULL, out);
    measure(x, &mass, &down, &right);
    measure(out, &new_mass, &new_down, &new_right);
    ck_assert_double_eq_tol(new_mass, mass, 1e-4);
    ck_assert_double_eq_tol(new_down - down, 2.25, 1e-5);
    ck_assert_double_eq_tol(new_right - right, -3.0, 1e-5);
}
END_TEST

/* Half a pixel to the right: each new pixel is the mean of two; 1 at the left edge loses half
 * of itself to the background. Row 1 0 0.5 becomes 0.5 0.5 0.25. */
START_TEST(pixels_between_are_interpolated)
{
    struct augment_drawn drawn = {0.0, 0.5, 0.0, 1.0};
    struct shape shape = shape_picture(1, 3, 1);
    const float x[3] = {1.0f, 0.0f, 0.5f};
    float out[3];
    augment_move(&drawn, &shape, x, NULL, NULL, out);
    ck_assert(out[0] == 0.5f && out[1] == 0.5f && out[2] == 0.25f);
}
END_TEST

/* 1 2 3     3 6
 * 4 5 6     2 5   anticlockwise: the right column becomes the top row. Square pictures only keep
 *           1 4   all of it, so the test is of 3 x 3 in two channels. */
START_TEST(a_quarter_turn)
{
    struct augment_drawn drawn = {0.0, 0.0, 90.0, 1.0};
    struct shape shape = shape_picture(3, 3, 2);
    static const int turned[9] = {3, 6, 9, 2, 5, 8, 1, 4, 7};
    float x[18], out[18];
    for (int p = 0; p < 9; p++) {
        x[2 * p] = (float)(p + 1) / 10.0f;
        x[2 * p + 1] = 1.0f - x[2 * p];
    }
    augment_move(&drawn, &shape, x, NULL, NULL, out);
    for (int p = 0; p < 9; p++) {
        ck_assert(near_to(out[2 * p], (float)turned[p] / 10.0f, 1e-6f));
        ck_assert(near_to(out[2 * p + 1], 1.0f - (float)turned[p] / 10.0f, 1e-6f));
    }
}
END_TEST

/* Twice the size: the mass grows fourfold, and the centre stays. */
START_TEST(scale_is_about_the_middle)
{
    struct augment_drawn drawn = {0.0, 0.0, 0.0, 2.0};
    struct shape shape = grey28();
    float x[28 * 28] = {0}, out[28 * 28];
    double mass, down, right;
    for (int row = 12; row < 16; row++)
        for (int column = 12; column < 16; column++)
            x[row * 28 + column] = 0.5f;
    augment_move(&drawn, &shape, x, NULL, NULL, out);
    measure(out, &mass, &down, &right);
    ck_assert_double_eq_tol(mass, 4.0 * 8.0, 0.01);
    ck_assert_double_eq_tol(down, 13.5, 1e-4);
    ck_assert_double_eq_tol(right, 13.5, 1e-4);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_bits)
{
    struct augment a = {2.0, 10.0, 0.1, 34.0, 4.0};
    struct shape shape = grey28();
    float x[28 * 28], one[28 * 28], two[28 * 28];
    draw(x);
    augment_sample(&a, &shape, x, 7, 3, 11, one);
    augment_sample(&a, &shape, x, 1, 1, 1, two);
    augment_sample(&a, &shape, x, 7, 3, 11, two);
    ck_assert_mem_eq(one, two, sizeof one);
    static const int others[3][3] = {{8, 3, 11}, {7, 4, 11}, {7, 3, 12}};
    for (int k = 0; k < 3; k++) {
        augment_sample(&a, &shape, x, (uint64_t)others[k][0], (uint64_t)others[k][1], others[k][2],
                       two);
        ck_assert_mem_ne(one, two, sizeof one);
    }
}
END_TEST

START_TEST(draws_fill_their_limits)
{
    struct augment a = {3.0, 20.0, 0.25, 0.0, 0.0};
    double low = 0.0, high = 0.0, turned = 0.0, largest = 1.0, smallest = 1.0, sum = 0.0;
    for (int i = 0; i < 1000; i++) {
        struct augment_drawn d = augment_draw(&a, 1, 0, i);
        ck_assert(fabs(d.down) <= 3.0 && fabs(d.right) <= 3.0);
        ck_assert(fabs(d.degrees) <= 20.0 && fabs(d.factor - 1.0) <= 0.25);
        low = fmin(low, d.down);
        high = fmax(high, d.right);
        turned = fmax(turned, d.degrees);
        largest = fmax(largest, d.factor);
        smallest = fmin(smallest, d.factor);
        sum += d.down;
    }
    ck_assert(low < -2.9 && high > 2.9 && turned > 19.0 && largest > 1.24 && smallest < 0.76);
    /* The mean of 1,000 even draws has deviation 3 / sqrt(3 * 1000) = 0.055. */
    ck_assert_double_lt(fabs(sum / 1000.0), 0.25);
}
END_TEST

/* Elastic bends: the picture changes, its mass roughly stays, and no value leaves 0..1. */
START_TEST(augmented_digits_stay_digits)
{
    struct err err = {0};
    struct dataset *d = dataset_open("digits:test,augment=shift1+rotate10+scale0.05+elastic,seed=5",
                                     DATASET_ALL, NULL, &err);
    ck_assert_msg(d != NULL, "%s", err.message);
    float out[28 * 28];
    double before = 0.0, after = 0.0;
    for (int i = 0; i < 200; i++) {
        dataset_training_x(d, i, 2, out);
        ck_assert_mem_ne(out, dataset_x(d, i), sizeof out);
        for (int p = 0; p < 28 * 28; p++) {
            ck_assert(out[p] >= 0.0f && out[p] <= 1.0f);
            before += (double)dataset_x(d, i)[p];
            after += (double)out[p];
        }
    }
    ck_assert_double_lt(fabs(after / before - 1.0), 0.05);
    char text[2048];
    ck_assert_ptr_nonnull(
        strstr(dataset_describe(d, text, sizeof text),
               "augment   shift 1 px, rotate 10°, scale 0.05, elastic 34, sigma 4, in training "
               "alone; seed 5"));
    dataset_close(d);
}
END_TEST

/* Simard's field: alpha times an even draw of deviation 1/sqrt(3), smoothed in two directions by
 * a Gaussian that leaves 1 / (2 sqrt(pi) sigma) of the deviation, so 34 / 1.732 / 14.18 = 1.38
 * pixels in the middle of a large picture. A slope of one grey step a pixel shows the field. */
START_TEST(elastic_is_as_strong_as_stated)
{
    enum { SIDE = 120, EDGE = 20 };
    struct augment a = {.elastic = 34.0, .sigma = 4.0};
    struct shape shape = shape_picture(SIDE, SIDE, 1);
    float *x = malloc(SIDE * SIDE * sizeof *x), *out = malloc(SIDE * SIDE * sizeof *out);
    double squares = 0.0;
    int n = 0;
    for (int p = 0; p < SIDE * SIDE; p++)
        x[p] = (float)(p % SIDE);
    for (int sample = 0; sample < 4; sample++) {
        augment_sample(&a, &shape, x, 1, 0, sample, out);
        for (int row = EDGE; row < SIDE - EDGE; row++)
            for (int column = EDGE; column < SIDE - EDGE; column++, n++)
                squares += pow((double)out[row * SIDE + column] - column, 2.0);
    }
    ck_assert_double_eq_tol(sqrt(squares / n), 1.38, 0.15);
    free(x);
    free(out);
}
END_TEST

START_TEST(words)
{
    struct err err = {0};
    struct augment a;
    struct shape shape = grey28(), half = shape_picture(14, 14, 1), vector = shape_vector(4);
    ck_assert(augment_parse(&a, "shift2+rotate10+scale0.1+elastic", &shape, &err));
    ck_assert(a.shift == 2.0 && a.rotate == 10.0 && a.scale == 0.1);
    ck_assert(a.elastic == 34.0 && a.sigma == 4.0);
    ck_assert(augment_parse(&a, "elastic", &half, &err));
    ck_assert(a.elastic == 8.5 && a.sigma == 2.0); /* a quarter and a half */
    ck_assert(augment_parse(&a, "sigma3+elastic20", &shape, &err));
    ck_assert(a.elastic == 20.0 && a.sigma == 3.0);
    static const char *const wrong[][2] = {{"shove2", "\"shove2\" is no augmentation"},
                                           {"shift", "expected shift and a number"},
                                           {"rotate181", "from 0 to 180"},
                                           {"scale1", "from 0 to 0.9"},
                                           {"shift-1", "from 0 to 1000"},
                                           {"shift2+", "is no augmentation"},
                                           {"shiftnan", "expected shift and a number"},
                                           {"sigma3", "goes with elastic"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        err_clear(&err);
        ck_assert(!augment_parse(&a, wrong[i][0], &shape, &err));
        ck_assert_msg(strstr(err.message, wrong[i][1]) != NULL, "%s: %s", wrong[i][0], err.message);
    }
    err_clear(&err);
    ck_assert(!augment_parse(&a, "shift2", &vector, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "is for pictures"));
    err_clear(&err);
    ck_assert_ptr_null(dataset_open("digits:seed=2", DATASET_ALL, NULL, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "goes with augment="));
    err_clear(&err);
    ck_assert_ptr_null(dataset_open("iris:augment=shift2", DATASET_ALL, NULL, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "iris has no option augment="));
}
END_TEST

Suite *test_augment(void)
{
    Suite *s = suite_create("augment");
    TCase *t = tcase_create("augment");
    tcase_add_test(t, nothing_asked_for_changes_nothing);
    tcase_add_test(t, shifts_move_the_centre_of_mass);
    tcase_add_test(t, pixels_between_are_interpolated);
    tcase_add_test(t, a_quarter_turn);
    tcase_add_test(t, scale_is_about_the_middle);
    tcase_add_test(t, the_same_seed_gives_the_same_bits);
    tcase_add_test(t, draws_fill_their_limits);
    tcase_add_test(t, augmented_digits_stay_digits);
    tcase_add_test(t, elastic_is_as_strong_as_stated);
    tcase_add_test(t, words);
    suite_add_tcase(s, t);
    return s;
}
