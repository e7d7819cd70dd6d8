#include "session/curve.h"

#include <check.h>
#include <math.h>

Suite *test_curve(void);

START_TEST(stays_bounded_and_keeps_the_test_results)
{
    struct curve c = {0};
    int tested = 0;
    for (int step = 1; step <= 100000; step++) {
        bool end = step % 1000 == 0;
        struct progress_point p = {.epoch = step / 1000.0, .test_loss = end ? 1.0f : NAN};
        curve_add(&c, p, end);
        ck_assert_int_le(c.count, CURVE_MOST);
    }
    ck_assert_int_gt(c.count, CURVE_MOST / 4);
    for (int i = 0; i < c.count; i++) {
        tested += !isnan(c.points[i].test_loss);
        ck_assert(i == 0 || c.points[i].epoch > c.points[i - 1].epoch);
    }
    ck_assert_int_eq(tested, 100);
    ck_assert(c.points[c.count - 1].epoch == 100.0);
    struct curve copy = {0};
    curve_copy(&copy, &c);
    ck_assert_int_eq(copy.count, c.count);
    ck_assert(copy.points != c.points);
    curve_deinit(&copy);
    curve_deinit(&c);
}
END_TEST

Suite *test_curve(void)
{
    Suite *suite = suite_create("curve");
    TCase *c = tcase_create("curve");
    tcase_add_test(c, stays_bounded_and_keeps_the_test_results);
    suite_add_tcase(suite, c);
    return suite;
}
