/* Points of a plane: what a network reads of them, and sets changed by hand. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "glassnet/data/plane.h"

static struct dataset *set(const char *spec)
{
    struct err err = {0};
    struct dataset *d = dataset_open(spec, DATASET_TRAIN, NULL, &err);
    ck_assert_msg(d != NULL, "%s", err.message);
    return d;
}

START_TEST(features_are_worked_out_in_their_order)
{
    struct dataset *d = set("moons:n=20,features=siny+x+xy+y2");
    ck_assert_int_eq((int)d->count, 4);
    ck_assert_str_eq(d->feature_names[1], "y²");
    for (int i = 0; i < d->n; i++) {
        const float *at = d->place + 2 * i, *x = dataset_x(d, i);
        ck_assert(x[0] == at[0] && x[1] == at[1] * at[1] && x[2] == at[0] * at[1]);
        ck_assert(fabs((double)x[3] - sin(3.14159265358979 * (double)at[1])) < 1e-6);
    }
    dataset_close(d);
}
END_TEST

/* The points themselves are those of the set without features. */
START_TEST(features_move_no_point)
{
    struct dataset *a = set("spiral:noise=0.05"), *b = set("spiral:noise=0.05,features=x2+y2");
    ck_assert_mem_eq(a->x, b->place, (size_t)a->n * 2 * sizeof(float));
    ck_assert_mem_eq(a->x, a->place, (size_t)a->n * 2 * sizeof(float));
    dataset_close(a);
    dataset_close(b);
}
END_TEST

START_TEST(the_share_held_out_is_given)
{
    struct dataset *half = set("moons:n=100,test=0.5"), *none = set("moons:n=100,test=0");
    ck_assert_int_eq(half->n, 50);
    ck_assert_int_eq(half->n_test, 50);
    ck_assert_int_eq(none->n, 100);
    ck_assert_int_eq(none->n_test, 0);
    dataset_close(half);
    dataset_close(none);
}
END_TEST

START_TEST(blank_has_a_point_of_each_class)
{
    struct dataset *d = set("blank:classes=3");
    int counts[3];
    dataset_class_counts(d, counts);
    ck_assert_int_eq(d->n, 3);
    ck_assert(counts[0] == 1 && counts[1] == 1 && counts[2] == 1);
    dataset_close(d);
}
END_TEST

START_TEST(a_line_has_places_too)
{
    struct dataset *d = set("sine:n=30,features=x+x2");
    ck_assert_int_eq(d->axes, 1);
    ck_assert(dataset_x(d, 4)[1] == d->place[4] * d->place[4]);
    dataset_close(d);
    d = set("iris");
    ck_assert_int_eq(d->axes, 0);
    ck_assert_ptr_null(d->place);
    dataset_close(d);
}
END_TEST

START_TEST(a_changed_set_is_another_one)
{
    struct dataset *d = set("moons:n=20,features=x+y+x2");
    const float place[2] = {3, 4}, label = 1;
    struct dataset *e = points_add(d, place, &label, NULL);
    ck_assert_int_eq(d->n, 16);
    ck_assert_int_eq(e->n, 17);
    ck_assert(dataset_x(e, 16)[2] == 9.0f);
    ck_assert_mem_eq(d->x, e->x, 16 * 3 * sizeof(float));
    ck_assert(e->edited && !d->edited);
    struct dataset *f = points_delete(e, 0, NULL);
    ck_assert(dataset_x(f, 0)[1] == 4.0f);
    struct dataset *g = points_replace(d, f->n, f->place, f->y, NULL);
    ck_assert_mem_eq(g->x, f->x, (size_t)f->n * 3 * sizeof(float));
    ck_assert_str_eq(g->spec, d->spec);
    dataset_close(d);
    dataset_close(e);
    dataset_close(f);
    dataset_close(g);
}
END_TEST

static const char *const bad[][2] = {
    {"moons:features=x+z", "\"z\""},  {"moons:features=", "no option"},
    {"sine:features=y", "of a line"}, {"moons:test=2", "test=2"},
    {"moons:features=x++y", "\"\""},  {"iris:features=x", "no option features="},
};

START_TEST(bad_features_are_named)
{
    struct err err = {0};
    ck_assert_ptr_null(dataset_open(bad[_i][0], DATASET_ALL, NULL, &err));
    ck_assert_msg(strstr(err.message, bad[_i][1]) != NULL, "%s", err.message);
}
END_TEST

Suite *test_plane(void);
Suite *test_plane(void)
{
    Suite *suite = suite_create("plane");
    TCase *c = tcase_create("plane");
    tcase_add_test(c, features_are_worked_out_in_their_order);
    tcase_add_test(c, features_move_no_point);
    tcase_add_test(c, the_share_held_out_is_given);
    tcase_add_test(c, blank_has_a_point_of_each_class);
    tcase_add_test(c, a_line_has_places_too);
    tcase_add_test(c, a_changed_set_is_another_one);
    tcase_add_loop_test(c, bad_features_are_named, 0, (int)(sizeof bad / sizeof *bad));
    suite_add_tcase(suite, c);
    return suite;
}
