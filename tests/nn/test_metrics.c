#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "glassnet/nn/metrics.h"

Suite *test_metrics(void);

#define TINY 1e-12

/* truth  0 0 0 1 1 2
 * guess  0 0 1 1 0 1     rows truth: [2 1 0] [1 1 0] [0 1 0] */
static const int truth[] = {0, 0, 0, 1, 1, 2};
static const int guess[] = {0, 0, 1, 1, 0, 1};
static const int table[] = {2, 1, 0, 1, 1, 0, 0, 1, 0};

START_TEST(confusion_counts_rows_of_truth)
{
    int confusion[9];
    metrics_confusion(truth, guess, 6, 3, confusion);
    ck_assert_mem_eq(confusion, table, sizeof table);
    ck_assert_double_eq_tol(metrics_accuracy(confusion, 3), 3.0 / 6, TINY);
    /* What is no class is left out: here class 2 and everything taken for it. */
    metrics_confusion(truth, guess, 6, 2, confusion);
    ck_assert_mem_eq(confusion, ((int[]){2, 1, 1, 1}), 4 * sizeof(int));
    metrics_confusion((int[]){-1, 0}, (int[]){0, 7}, 2, 2, confusion);
    ck_assert_mem_eq(confusion, ((int[]){0, 0, 0, 0}), 4 * sizeof(int));
    ck_assert(isnan(metrics_accuracy(confusion, 2)));
}
END_TEST

/* Class 0: taken 3 times, twice rightly; there are 3, two found: P = R = F1 = 2/3.
 * Class 1: taken 3 times, once rightly; there are 2, one found: P 1/3, R 1/2,
 *          F1 = 2 (1/3)(1/2) / (1/3 + 1/2) = (1/3) / (5/6) = 2/5. */
START_TEST(precision_recall_f1)
{
    struct class_scores zero = metrics_class(table, 3, 0), one = metrics_class(table, 3, 1);
    ck_assert_double_eq_tol(zero.precision, 2.0 / 3, TINY);
    ck_assert_double_eq_tol(zero.recall, 2.0 / 3, TINY);
    ck_assert_double_eq_tol(zero.f1, 2.0 / 3, TINY);
    ck_assert_int_eq(zero.support, 3);
    ck_assert_double_eq_tol(one.precision, 1.0 / 3, TINY);
    ck_assert_double_eq_tol(one.recall, 0.5, TINY);
    ck_assert_double_eq_tol(one.f1, 0.4, TINY);
    ck_assert_int_eq(one.support, 2);
}
END_TEST

/* Class 2 is there once and never guessed; in the second table a class never occurs, is guessed,
 * and one neither occurs nor is guessed. */
START_TEST(a_ratio_without_divisor_is_0)
{
    static const int odd[] = {1, 1, 0, 0, 0, 0, 0, 0, 0};
    struct class_scores never = metrics_class(table, 3, 2);
    ck_assert_double_eq(never.precision, 0);
    ck_assert_double_eq(never.recall, 0);
    ck_assert_double_eq(never.f1, 0);
    ck_assert_int_eq(never.support, 1);
    never = metrics_class(odd, 3, 1);
    ck_assert_double_eq(never.recall, 0);
    ck_assert_double_eq(never.f1, 0);
    never = metrics_class(odd, 3, 2);
    ck_assert_double_eq(never.precision, 0);
    ck_assert_double_eq(never.f1, 0);
}
END_TEST

/* score    .9 .8 .8 .3 .1
 * positive  1  1  0  0  1
 * From above: .9 finds 1 of 3; .8 finds 2 of 3 and takes 1 of 2 wrongly; .3 the other wrong one;
 * .1 the last. Area: ½ (1/3 + 2/3)/2 + ½ (2/3 + 2/3)/2 + 0 = 1/4 + 1/3 = 7/12; by pairs of a
 * positive and another: .9 beats both, .8 ties one and beats one, .1 none: (2 + 1.5) / 6 = 7/12. */
START_TEST(roc_with_a_tie)
{
    static const float scores[] = {0.8f, 0.1f, 0.9f, 0.3f, 0.8f};
    static const bool positive[] = {true, true, true, false, false};
    struct roc_point p[6];
    static const double rates[][2] = {{0, 0}, {0, 1.0 / 3}, {0.5, 2.0 / 3}, {1, 2.0 / 3}, {1, 1}};
    ck_assert_int_eq(metrics_roc(scores, positive, 5, p), 5);
    for (int k = 0; k < 5; k++) {
        ck_assert_double_eq_tol(p[k].false_rate, rates[k][0], TINY);
        ck_assert_double_eq_tol(p[k].true_rate, rates[k][1], TINY);
    }
    ck_assert(isinf(p[0].threshold));
    ck_assert(p[2].threshold == 0.8f);
    ck_assert_double_eq_tol(metrics_auc(scores, positive, 5), 7.0 / 12, TINY);
}
END_TEST

START_TEST(auc_at_its_ends)
{
    static const float up[] = {1, 2, 3, 4}, same[] = {5, 5, 5, 5};
    static const bool high[] = {false, false, true, true}, low[] = {true, true, false, false};
    struct roc_point p[5];
    ck_assert_double_eq_tol(metrics_auc(up, high, 4), 1, TINY);
    ck_assert_double_eq_tol(metrics_auc(up, low, 4), 0, TINY);
    ck_assert_double_eq_tol(metrics_auc(same, high, 4), 0.5, TINY); /* nothing told apart */
    ck_assert_int_eq(metrics_roc(same, high, 4, p), 2);
}
END_TEST

START_TEST(roc_needs_both_classes_and_numbers)
{
    static const bool all[] = {true, true}, none[] = {false, false}, both[] = {true, false};
    struct roc_point p[3];
    ck_assert_int_eq(metrics_roc((float[]){1, 2}, all, 2, p), 0);
    ck_assert(isnan(metrics_auc((float[]){1, 2}, all, 2)));
    ck_assert(isnan(metrics_auc((float[]){1, 2}, none, 2)));
    ck_assert(isnan(metrics_auc((float[]){1, NAN}, both, 2)));
    ck_assert(isnan(metrics_auc(NULL, NULL, 0)));
    ck_assert_double_eq(metrics_auc((float[]){INFINITY, -INFINITY}, both, 2), 1);
}
END_TEST

/* y 1 2 5, t 1 3 4: misses 0, -1, 1, squares 2; mean t 8/3, spread 25/9 + 1/9 + 16/9 = 42/9.
 * R² = 1 - 2 · 9/42 = 4/7, RMSE = √(2/3), MAE = 2/3. */
START_TEST(regression_by_hand)
{
    struct regression_scores r = metrics_regression((float[]){1, 2, 5}, (float[]){1, 3, 4}, 3, 1);
    ck_assert_double_eq_tol(r.r2, 4.0 / 7, TINY);
    ck_assert_double_eq_tol(r.rmse, sqrt(2.0 / 3), TINY);
    ck_assert_double_eq_tol(r.mae, 2.0 / 3, TINY);
}
END_TEST

/* Beside that output another that is 2 too high each time, of t 0 6 0: squares 12, spread 24,
 * R² 1/2, RMSE 2, MAE 2. The means: (4/7 + 1/2)/2 = 15/28, (√(2/3) + 2)/2, 4/3. */
START_TEST(outputs_are_averaged)
{
    struct regression_scores r =
        metrics_regression((float[]){1, 2, 2, 8, 5, 2}, (float[]){1, 0, 3, 6, 4, 0}, 3, 2);
    ck_assert_double_eq_tol(r.r2, 15.0 / 28, TINY);
    ck_assert_double_eq_tol(r.rmse, (sqrt(2.0 / 3) + 2) / 2, TINY);
    ck_assert_double_eq_tol(r.mae, 4.0 / 3, TINY);
}
END_TEST

START_TEST(regression_without_spread)
{
    static const float tenths[] = {0.1f, 0.1f, 0.1f};
    struct regression_scores r = metrics_regression((float[]){3, 3}, (float[]){3, 3}, 2, 1);
    ck_assert_double_eq(r.r2, 1);
    ck_assert_double_eq(metrics_regression(tenths, tenths, 3, 1).r2, 1);
    r = metrics_regression((float[]){3, 4}, (float[]){3, 3}, 2, 1);
    ck_assert_double_eq(r.r2, 0);
    ck_assert_double_eq_tol(r.mae, 0.5, TINY);
    r = metrics_regression((float[]){3}, (float[]){1}, 1, 1);
    ck_assert(isnan(r.r2));
    ck_assert_double_eq_tol(r.rmse, 2, TINY);
    r = metrics_regression((float[]){NAN, 1}, (float[]){1, 2}, 2, 1);
    ck_assert(isnan(r.r2) && isnan(r.rmse) && isnan(r.mae));
    r = metrics_regression(NULL, NULL, 0, 1);
    ck_assert(isnan(r.r2) && isnan(r.rmse) && isnan(r.mae));
}
END_TEST

Suite *test_metrics(void)
{
    Suite *s = suite_create("nn/metrics");
    TCase *c = tcase_create("metrics");
    tcase_add_test(c, confusion_counts_rows_of_truth);
    tcase_add_test(c, precision_recall_f1);
    tcase_add_test(c, a_ratio_without_divisor_is_0);
    tcase_add_test(c, roc_with_a_tie);
    tcase_add_test(c, auc_at_its_ends);
    tcase_add_test(c, roc_needs_both_classes_and_numbers);
    tcase_add_test(c, regression_by_hand);
    tcase_add_test(c, outputs_are_averaged);
    tcase_add_test(c, regression_without_spread);
    suite_add_tcase(s, c);
    return s;
}
