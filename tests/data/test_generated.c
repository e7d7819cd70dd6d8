#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/data/dataset.h"

Suite *test_generated(void);

static struct dataset *open(const char *spec)
{
    struct err err = {0};
    struct dataset *d = dataset_open(spec, DATASET_ALL, NULL, &err);
    ck_assert_msg(d != NULL, "%s: %s", spec, err.message);
    return d;
}

static bool same_bits(const struct dataset *a, const struct dataset *b)
{
    return a->n == b->n && memcmp(a->x, b->x, (size_t)a->n * a->count * sizeof *a->x) == 0 &&
           memcmp(a->y, b->y, (size_t)a->n * sizeof *a->y) == 0;
}

static const char *const of_classes[] = {"moons", "circles", "xor", "spiral", "blobs"};
static const char *const all[] = {"moons", "circles", "xor",  "spiral",
                                  "blobs", "sine",    "step", "parabola"};

START_TEST(seed_decides)
{
    char spec[64];
    snprintf(spec, sizeof spec, "%s:seed=1", all[_i]);
    struct dataset *a = open(all[_i]), *b = open(spec);
    snprintf(spec, sizeof spec, "%s:seed=2", all[_i]);
    struct dataset *c = open(spec);
    ck_assert_int_eq(a->n, 500);
    ck_assert(same_bits(a, b));
    ck_assert(!same_bits(a, c));
    dataset_close(a);
    dataset_close(b);
    dataset_close(c);
}
END_TEST

START_TEST(classes_have_equal_shares)
{
    struct dataset *d = open(of_classes[_i]);
    int counts[2];
    ck_assert_int_eq(d->n_classes, 2);
    ck_assert_int_eq(d->n_targets, 0);
    ck_assert_int_eq(d->shape.rank, 1);
    ck_assert_int_eq(d->shape.dim[0], 2);
    dataset_class_counts(d, counts);
    ck_assert_int_eq(counts[0], 250);
    ck_assert_int_eq(counts[1], 250);
    int first[2] = {0, 0}; /* the first samples hold every class */
    for (int i = 0; i < 20; i++)
        first[dataset_class(d, i)]++;
    ck_assert_int_gt(first[0], 2);
    ck_assert_int_gt(first[1], 2);
    dataset_close(d);
}
END_TEST

/* Without noise each point lies on its curve; tolerances are those of float32. */
START_TEST(moons_without_noise)
{
    struct dataset *d = open("moons:noise=0,n=200");
    for (int i = 0; i < d->n; i++) {
        double x = (double)dataset_x(d, i)[0], y = (double)dataset_x(d, i)[1];
        bool second = dataset_class(d, i) == 1;
        double r = second ? hypot(x - 1.0, y - 0.5) : hypot(x, y);
        ck_assert_double_lt(fabs(r - 1.0), 1e-6);
        ck_assert(second ? y <= 0.5 + 1e-6 : y >= -1e-6);
    }
    dataset_close(d);
}
END_TEST

START_TEST(circles_without_noise)
{
    struct dataset *d = open("circles:noise=0,classes=4");
    ck_assert_int_eq(d->n_classes, 4);
    for (int i = 0; i < d->n; i++) {
        double r = hypot((double)dataset_x(d, i)[0], (double)dataset_x(d, i)[1]);
        ck_assert_double_lt(fabs(r - (1.0 - dataset_class(d, i) / 4.0)), 1e-6);
    }
    dataset_close(d);
}
END_TEST

START_TEST(xor_without_noise)
{
    struct dataset *d = open("xor:noise=0");
    int quarters[4] = {0};
    for (int i = 0; i < d->n; i++) {
        const float *x = dataset_x(d, i);
        ck_assert_int_eq(dataset_class(d, i), (x[0] < 0.0f) != (x[1] < 0.0f));
        ck_assert(fabsf(x[0]) >= 0.1f && fabsf(x[1]) <= 1.0f);
        quarters[(x[0] < 0.0f) * 2 + (x[1] < 0.0f)]++;
    }
    for (int q = 0; q < 4; q++)
        ck_assert_int_gt(quarters[q], 80);
    dataset_close(d);
}
END_TEST

/* At radius r an arm has turned by 1.75 turns times r/2. */
START_TEST(spiral_without_noise)
{
    struct dataset *d = open("spiral:noise=0,classes=3");
    for (int i = 0; i < d->n; i++) {
        double x = (double)dataset_x(d, i)[0], y = (double)dataset_x(d, i)[1];
        double r = hypot(x, y);
        double angle = 2.0 * 3.14159265358979 * (1.75 * r / 2.0 + dataset_class(d, i) / 3.0);
        ck_assert_double_lt(hypot(x - r * sin(angle), y - r * cos(angle)), 1e-5);
    }
    dataset_close(d);
}
END_TEST

START_TEST(noise_spreads_blobs)
{
    struct dataset *d = open("blobs:n=4000,noise=0.25,classes=2");
    double sum = 0.0;
    /* Class 0 lies around (cos 45°, sin 45°); the squared distance has mean 2 · 0.25². */
    for (int i = 0; i < d->n; i++)
        if (dataset_class(d, i) == 0)
            sum += pow((double)dataset_x(d, i)[0] - sqrt(0.5), 2) +
                   pow((double)dataset_x(d, i)[1] - sqrt(0.5), 2);
    ck_assert_double_lt(fabs(sum / 2000 - 0.125), 0.01);
    dataset_close(d);
}
END_TEST

START_TEST(numbers_to_predict)
{
    struct dataset *d = open("parabola:noise=0");
    ck_assert_int_eq(d->n_classes, 0);
    ck_assert_int_eq(d->n_targets, 1);
    ck_assert_int_eq(d->shape.dim[0], 1);
    ck_assert_int_eq(dataset_class(d, 0), -1);
    ck_assert_str_eq(d->target_names[0], "y");
    for (int i = 0; i < d->n; i++) {
        float x = dataset_x(d, i)[0];
        ck_assert(fabsf(dataset_y(d, i)[0] - x * x) < 1e-6f);
    }
    dataset_close(d);
    d = open("step:noise=0");
    for (int i = 0; i < d->n; i++)
        ck_assert(dataset_y(d, i)[0] == (dataset_x(d, i)[0] < 0.0f ? 0.0f : 1.0f));
    dataset_close(d);
}
END_TEST

START_TEST(parts_share_nothing)
{
    struct dataset *train = dataset_open("moons", DATASET_TRAIN, NULL, NULL);
    struct dataset *test = dataset_open("moons:test", DATASET_TRAIN, NULL, NULL);
    int counts[2];
    ck_assert_int_eq(train->n, 400);
    ck_assert_int_eq(test->n, 100);
    ck_assert_int_eq(test->n_train, 400);
    ck_assert_int_eq(train->n_test, 100);
    dataset_class_counts(test, counts);
    ck_assert_int_eq(counts[0], 50);
    for (int i = 0; i < test->n; i++)
        for (int j = 0; j < train->n; j++)
            ck_assert(memcmp(dataset_x(test, i), dataset_x(train, j), 2 * sizeof(float)) != 0);
    dataset_close(train);
    dataset_close(test);
}
END_TEST

static const char *const bad[][2] = {
    {"moons:n=1", "n=1"},
    {"moons:n=ten", "whole number"},
    {"moons:noise=-1", "noise=-1"},
    {"moons:noise=nan", "noise=nan"},
    {"moons:classes=3", "from 2 to 2"},
    {"spiral:classes=1", "classes=1"},
    {"sine:classes=2", "no option classes="},
    {"moons:nois=1", "no option nois="},
    {"moons:n", "no option"},
    {"moons:n=5,n=6", "twice"},
    {"moons:train,test", "twice"},
    {"moons:", NULL}, /* an empty list of options is none */
    {"moons:n=5,,seed=1", "no option"},
    {"", "needs a name"},
};

START_TEST(bad_settings_are_named)
{
    struct err err = {0};
    struct dataset *d = dataset_open(bad[_i][0], DATASET_ALL, NULL, &err);
    if (bad[_i][1]) {
        ck_assert_msg(!d, "%s was taken", bad[_i][0]);
        ck_assert_msg(strstr(err.message, bad[_i][1]) != NULL, "%s: %s", bad[_i][0], err.message);
        ck_assert_int_eq(err.code, ERR_USAGE);
    } else {
        ck_assert_msg(d != NULL, "%s", err.message);
    }
    dataset_close(d);
}
END_TEST

Suite *test_generated(void)
{
    Suite *s = suite_create("generated");
    TCase *t = tcase_create("generated");
    tcase_add_loop_test(t, seed_decides, 0, 8);
    tcase_add_loop_test(t, classes_have_equal_shares, 0, 5);
    tcase_add_test(t, moons_without_noise);
    tcase_add_test(t, circles_without_noise);
    tcase_add_test(t, xor_without_noise);
    tcase_add_test(t, spiral_without_noise);
    tcase_add_test(t, noise_spreads_blobs);
    tcase_add_test(t, numbers_to_predict);
    tcase_add_test(t, parts_share_nothing);
    tcase_add_loop_test(t, bad_settings_are_named, 0, (int)(sizeof bad / sizeof *bad));
    suite_add_tcase(s, t);
    return s;
}
