#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/data/dataset.h"
#include "support/temporary.h"

Suite *test_dataset(void);

static bool near_to(float a, float b, float tolerance)
{
    return fabsf(a - b) <= tolerance;
}

static struct dataset *open(const char *spec, enum dataset_part part)
{
    struct err err = {0};
    struct dataset *d = dataset_open(spec, part, NULL, &err);
    ck_assert_msg(d != NULL, "%s: %s", spec, err.message);
    return d;
}

START_TEST(digits_are_whole)
{
    struct dataset *d = open("digits", DATASET_ALL);
    int counts[10];
    ck_assert_int_eq(d->n, 5000);
    ck_assert_int_eq(d->n_train, 4000);
    ck_assert_int_eq(d->n_test, 1000);
    ck_assert_int_eq(d->shape.rank, 3);
    ck_assert_uint_eq(d->count, 28 * 28);
    ck_assert_int_eq(d->n_classes, 10);
    ck_assert_str_eq(d->class_names[7], "7");
    dataset_class_counts(d, counts);
    for (int c = 0; c < 10; c++)
        ck_assert_int_eq(counts[c], 500);
    for (size_t i = 0; i < (size_t)d->n * d->count; i++)
        ck_assert(d->x[i] >= 0.0f && d->x[i] <= 1.0f);
    dataset_close(d);
}
END_TEST

START_TEST(digits_are_split_evenly)
{
    struct dataset *train = open("digits", DATASET_TRAIN);
    struct dataset *test = open("digits", DATASET_TEST);
    int counts[10], first[10] = {0};
    ck_assert_int_eq(train->n, 4000);
    ck_assert_int_eq(test->n, 1000);
    dataset_class_counts(test, counts);
    for (int c = 0; c < 10; c++)
        ck_assert_int_eq(counts[c], 100);
    for (int i = 0; i < 100; i++) /* --limit 100 sees every class */
        first[dataset_class(train, i)]++;
    for (int c = 0; c < 10; c++)
        ck_assert_int_gt(first[c], 1);
    dataset_close(train);
    dataset_close(test);
}
END_TEST

/* Centre of mass within half a pixel of the middle, and a longer side of 20 (ink fainter than a
 * tenth hangs over it by nothing, since the box is cut there). */
START_TEST(digits_are_normalised)
{
    struct dataset *d = open("digits:test", DATASET_ALL);
    for (int i = 0; i < d->n; i++) {
        const float *x = dataset_x(d, i);
        double mass = 0.0, down = 0.0, right = 0.0;
        int top = 28, bottom = -1, left = 28, side = -1;
        for (int p = 0; p < 28 * 28; p++) {
            mass += (double)x[p];
            down += (double)x[p] * (p / 28 + 0.5);
            right += (double)x[p] * (p % 28 + 0.5);
            if (x[p] > 0.0f) {
                top = p / 28 < top ? p / 28 : top;
                bottom = p / 28 > bottom ? p / 28 : bottom;
                left = p % 28 < left ? p % 28 : left;
                side = p % 28 > side ? p % 28 : side;
            }
        }
        int height = bottom - top + 1, width = side - left + 1;
        ck_assert_int_eq(height > width ? height : width, 20);
        bool inside = top > 0 && bottom < 27 && left > 0 && side < 27;
        if (inside) { /* else the edge held it back */
            ck_assert_double_le(down / mass, 14.51);
            ck_assert_double_ge(down / mass, 13.49);
            ck_assert_double_le(right / mass, 14.51);
            ck_assert_double_ge(right / mass, 13.49);
        }
    }
    dataset_close(d);
}
END_TEST

/* The parts of a picture tell the digits apart: ones are thin, zeros have a hole. */
START_TEST(digits_stand_upright_under_their_labels)
{
    struct dataset *d = open("digits", DATASET_ALL);
    double ink[10] = {0}, middle[10] = {0}, low[10] = {0};
    for (int i = 0; i < d->n; i++) {
        int c = dataset_class(d, i);
        const float *x = dataset_x(d, i);
        for (int p = 0; p < 28 * 28; p++) {
            ink[c] += (double)x[p];
            low[c] += p / 28 >= 14 ? (double)x[p] : 0.0;
        }
        middle[c] += (double)x[14 * 28 + 14];
    }
    for (int c = 0; c < 10; c++)
        if (c != 1)
            ck_assert_double_lt(ink[1], ink[c]);
    ck_assert_double_lt(middle[0], 100.0);
    ck_assert_double_gt(middle[1], 300.0);
    ck_assert_double_gt(low[6] / ink[6], low[9] / ink[9]); /* 6 is a 9 upside down */
    dataset_close(d);
}
END_TEST

START_TEST(digits8_are_whole)
{
    struct dataset *d = open("digits8", DATASET_ALL);
    static const int published[10] = {178, 182, 177, 183, 181, 182, 181, 179, 174, 180};
    int counts[10];
    ck_assert_int_eq(d->n, 1797);
    ck_assert_int_eq(d->n_train + d->n_test, 1797);
    ck_assert_int_eq(d->n_test, 359);
    ck_assert_uint_eq(d->count, 64);
    dataset_class_counts(d, counts);
    float most = 0.0f;
    for (int c = 0; c < 10; c++)
        ck_assert_int_eq(counts[c], published[c]);
    for (size_t i = 0; i < (size_t)d->n * d->count; i++)
        most = d->x[i] > most ? d->x[i] : most;
    ck_assert(most == 1.0f); /* 16 of 16 */
    dataset_close(d);
}
END_TEST

START_TEST(letters_are_whole)
{
    struct dataset *train = open("letters:train", DATASET_ALL);
    struct dataset *test = open("letters:test", DATASET_ALL);
    int counts[10];
    ck_assert_int_eq(train->n, 5210);
    ck_assert_int_eq(test->n, 2200);
    ck_assert_str_eq(train->class_names[9], "J");
    for (int part = 0; part < 2; part++) {
        const struct dataset *d = part ? test : train;
        dataset_class_counts(d, counts);
        for (int c = 0; c < 10; c++) /* each face gives one of each */
            ck_assert_int_eq(counts[c], d->n / 10);
        double ink[10] = {0};
        for (int i = 0; i < d->n; i++)
            for (int p = 0; p < 28 * 28; p++)
                ink[dataset_class(d, i)] += (double)dataset_x(d, i)[p];
        for (int c = 0; c < 10; c++) { /* I is a stroke, J one with a hook; B has the most */
            ck_assert(c >= 8 || ink[8] < ink[c]);
            ck_assert(c == 1 || ink[1] > ink[c]);
        }
    }
    dataset_close(train);
    dataset_close(test);
}
END_TEST

/* No face is in both parts: no picture of the test part is nearly one of the train part's. */
START_TEST(letters_of_the_test_part_are_of_other_faces)
{
    struct dataset *train = open("letters:train", DATASET_ALL);
    struct dataset *test = open("letters:test", DATASET_ALL);
    int same = 0;
    for (int i = 0; i < 100; i++) {
        bool found = false;
        for (int k = 0; k < train->n && !found; k++)
            found = memcmp(dataset_x(test, i), dataset_x(train, k), 784 * sizeof(float)) == 0;
        same += found && dataset_class(test, i) != 8; /* an I may be a plain bar anywhere */
    }
    ck_assert_int_eq(same, 0);
    dataset_close(train);
    dataset_close(test);
}
END_TEST

/* The published means of the four measures and the sizes of the classes. */
START_TEST(tables_have_names)
{
    static const double iris_mean[4] = {5.8433, 3.0573, 3.758, 1.1993};
    struct dataset *d = open("iris", DATASET_ALL);
    int counts[3];
    ck_assert(d->n == 150 && d->n_train == 120 && d->n_test == 30);
    ck_assert_str_eq(d->feature_names[2], "petal length (cm)");
    ck_assert_str_eq(d->class_names[2], "virginica");
    ck_assert_ptr_nonnull(strstr(d->source, "Fisher"));
    for (int c = 0; c < 4; c++) {
        double sum = 0.0;
        for (int i = 0; i < d->n; i++)
            sum += (double)dataset_x(d, i)[c];
        ck_assert_double_eq_tol(sum / 150.0, iris_mean[c], 1e-4);
    }
    dataset_close(d);
    d = open("wine", DATASET_ALL);
    dataset_class_counts(d, counts);
    ck_assert(d->count == 13 && counts[0] == 59 && counts[1] == 71 && counts[2] == 48);
    dataset_close(d);
    d = open("breast-cancer", DATASET_ALL);
    dataset_class_counts(d, counts);
    ck_assert(d->count == 30 && counts[0] == 212 && counts[1] == 357);
    ck_assert_str_eq(d->class_names[0], "malignant");
    dataset_close(d);
}
END_TEST

START_TEST(named_tables_are_scaled_by_their_train_part)
{
    struct dataset *train = open("iris:standardize=1", DATASET_TRAIN);
    struct dataset *test = open("iris:test,standardize=1", DATASET_ALL);
    struct dataset *raw = open("iris:test", DATASET_ALL);
    double sum = 0.0, squares = 0.0;
    ck_assert_int_eq(train->n, 120);
    for (int i = 0; i < 120; i++) {
        sum += (double)dataset_x(train, i)[1];
        squares += (double)dataset_x(train, i)[1] * (double)dataset_x(train, i)[1];
    }
    ck_assert_double_lt(fabs(sum / 120.0), 1e-5);
    ck_assert_double_eq_tol(squares / 120.0, 1.0, 1e-4);
    ck_assert(test->feature_mean[1] == train->feature_mean[1]);
    for (int i = 0; i < test->n; i++)
        ck_assert(near_to(dataset_original(test, i, 1), dataset_x(raw, i)[1], 1e-5f));
    dataset_close(train);
    dataset_close(test);
    dataset_close(raw);
}
END_TEST

START_TEST(fruit_is_there)
{
    struct dataset *d = open("fruit.csv", DATASET_TRAIN);
    ck_assert_int_eq(d->n, 20);
    ck_assert_int_eq(d->n_classes, 2);
    ck_assert_str_eq(d->class_names[0], "apple");
    dataset_close(d);
}
END_TEST

START_TEST(fashion_opens_or_says_what_to_install)
{
    struct err err = {0};
    struct dataset *d = dataset_open("fashion:test", DATASET_ALL, NULL, &err);
    if (dataset_is_installed("fashion")) {
        ck_assert_ptr_nonnull(d);
        ck_assert_int_eq(d->n, 10000);
        ck_assert_int_eq(d->n_train, 60000);
        ck_assert_str_eq(d->class_names[9], "Ankle boot");
    } else {
        ck_assert_ptr_null(d);
        ck_assert_ptr_nonnull(strstr(err.message, "dataset-fashion-mnist"));
    }
    dataset_close(d);
}
END_TEST

START_TEST(unknown_names_get_a_hint)
{
    struct err err = {0};
    ck_assert_ptr_null(dataset_open("digts:train", DATASET_ALL, NULL, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "did you mean digits?"));
    err_clear(&err);
    ck_assert_ptr_null(dataset_open("zebra", DATASET_ALL, NULL, &err));
    ck_assert_ptr_null(strstr(err.message, "did you mean"));
    ck_assert_ptr_nonnull(
        strstr(err.message, "digits, digits8, letters, iris, wine, breast-cancer, fashion, moons"));
    err_clear(&err);
    ck_assert_ptr_null(dataset_open("mnist", DATASET_ALL, NULL, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "folder"));
    err_clear(&err);
    ck_assert_ptr_null(dataset_open("digits:n=5", DATASET_ALL, NULL, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "no option n="));
    char longer[600];
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = 0;
    err_clear(&err);
    ck_assert_ptr_null(dataset_open(longer, DATASET_ALL, NULL, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
}
END_TEST

START_TEST(part_is_written_out)
{
    char out[64];
    ck_assert_str_eq(dataset_spec_with_part("digits", DATASET_TEST, out, sizeof out),
                     "digits:test");
    ck_assert_str_eq(dataset_spec_with_part("digits:train", DATASET_TEST, out, sizeof out),
                     "digits:test");
    ck_assert_str_eq(
        dataset_spec_with_part("moons:n=5,train,seed=2", DATASET_TEST, out, sizeof out),
        "moons:n=5,seed=2,test");
    ck_assert_str_eq(dataset_spec_with_part("a/b.csv:test", DATASET_ALL, out, sizeof out),
                     "a/b.csv");
    ck_assert_str_eq(dataset_spec_with_part("cifar:x", DATASET_TRAIN, out, sizeof out),
                     "cifar:x:train");
}
END_TEST

START_TEST(description_tells_all)
{
    char out[1024], small[20];
    struct dataset *d = open("digits8:test", DATASET_ALL);
    dataset_describe(d, out, sizeof out);
    ck_assert_ptr_nonnull(strstr(out, "8 × 8 × 1"));
    ck_assert_ptr_nonnull(strstr(out, "359 (test); train 1438, test 359"));
    ck_assert_ptr_nonnull(strstr(out, "Alpaydin"));
    ck_assert_ptr_nonnull(strstr(out, "CC BY 4.0"));
    dataset_describe(d, small, sizeof small);
    ck_assert_uint_lt(strlen(small), sizeof small);
    dataset_close(d);
}
END_TEST

START_TEST(list_names_what_opens)
{
    int n;
    const struct dataset_entry *list = dataset_list(&n);
    for (int i = 0; i < n; i++) {
        ck_assert(list[i].what[0] && list[i].source[0] && list[i].licence[0]);
        ck_assert(!list[i].generated || dataset_is_installed(list[i].name));
        if (dataset_is_installed(list[i].name) && strcmp(list[i].name, "fashion") != 0)
            dataset_close(open(list[i].name, DATASET_TRAIN));
    }
    ck_assert(!dataset_is_installed("zebra"));
}
END_TEST

Suite *test_dataset(void)
{
    Suite *s = suite_create("dataset");
    TCase *t = tcase_create("dataset");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, digits_are_whole);
    tcase_add_test(t, digits_are_split_evenly);
    tcase_add_test(t, digits_are_normalised);
    tcase_add_test(t, digits_stand_upright_under_their_labels);
    tcase_add_test(t, digits8_are_whole);
    tcase_add_test(t, letters_are_whole);
    tcase_add_test(t, letters_of_the_test_part_are_of_other_faces);
    tcase_add_test(t, tables_have_names);
    tcase_add_test(t, named_tables_are_scaled_by_their_train_part);
    tcase_add_test(t, fruit_is_there);
    tcase_add_test(t, fashion_opens_or_says_what_to_install);
    tcase_add_test(t, unknown_names_get_a_hint);
    tcase_add_test(t, part_is_written_out);
    tcase_add_test(t, description_tells_all);
    tcase_add_test(t, list_names_what_opens);
    suite_add_tcase(s, t);
    return s;
}
