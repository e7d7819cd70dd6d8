#include <check.h>
#include <math.h>

#include "support/worked.h"

Suite *test_real_pool(void);

static const float nine[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};

/* Of equals the first in row order wins, forward and backward. out − target = 1, so d:out = 2. */
START_TEST(first_of_equals_wins)
{
    struct worked w;
    worked_open(&w, "input 2 2 1\np maxpool 2x2\nf flatten\nloss squared-error\ntrain sgd\n", 1);
    worked_run(&w, MODE_TRAIN, 1, (float[]){1, 3, 3, 3}, (float[]){2});
    worked_expect(&w, "p", FLOATS(3));
    worked_expect(&w, "d:input", FLOATS(0, 2, 0, 0));
    worked_close(&w);
}
END_TEST

/* Windows 1 5 | 5 2 | 2 5 of width 2, one apart: the first 5 wins twice. d:p = 2/3 (out −
 * target) = 1 2 4. */
START_TEST(overlapping_windows_add_up)
{
    struct worked w;
    worked_open(
        &w, "input 1 4 1\np maxpool 1x2 stride=1\nf flatten\nloss squared-error\ntrain sgd\n", 3);
    worked_run(&w, MODE_TRAIN, 1, (float[]){1, 5, 2, 5}, (float[]){3.5f, 2, -1});
    worked_expect(&w, "p", FLOATS(5, 5, 5));
    worked_near(&w, "d:p", 1e-6, FLOATS(1, 2, 4));
    worked_near(&w, "d:input", 1e-6, FLOATS(0, 3, 0, 4));
    worked_same_bits(w.trace);
    worked_close(&w);
}
END_TEST

/* 3 × 3, window 2 × 2, stride 2, same: the padding lies after and never wins, not even over
 * negative numbers. */
START_TEST(padding_never_wins)
{
    struct worked w;
    worked_open(&w, "input 3 3 1\np maxpool 2x2 padding=same\n", 0);
    worked_run(&w, MODE_EVAL, 1, (float[]){-1, -2, -3, -4, -5, -6, -7, -8, -9}, NULL);
    worked_expect(&w, "p", FLOATS(-1, -3, -7, -9));
    worked_close(&w);
}
END_TEST

START_TEST(nan_is_not_lost)
{
    struct worked w;
    worked_open(&w, "input 1 3 1\np maxpool 1x3\n", 0);
    worked_run(&w, MODE_EVAL, 1, (float[]){7, NAN, 9}, NULL);
    ck_assert(isnan(worked_tensor(&w, "p")[0]));
    worked_close(&w);
}
END_TEST

/* The same windows averaged: (1+2+4+5)/4 = 3, (3+6)/2 = 4.5, (7+8)/2 = 7.5, 9/1: padded places
 * don't count. d:p = 2/4 (out − target) = 4 6 8 5, shared out as 4/4, 6/2, 8/2, 5/1. */
START_TEST(average_leaves_padding_out)
{
    struct worked w;
    worked_open(
        &w, "input 3 3 1\np avgpool 2x2 padding=same\nf flatten\nloss squared-error\ntrain sgd\n",
        4);
    worked_run(&w, MODE_TRAIN, 1, nine, (float[]){3 - 8, 4.5f - 12, 7.5f - 16, 9 - 10});
    worked_expect(&w, "p", FLOATS(3, 4.5f, 7.5f, 9));
    worked_expect(&w, "d:p", FLOATS(4, 6, 8, 5));
    worked_expect(&w, "d:input", FLOATS(1, 1, 3, 1, 1, 3, 4, 4, 5));
    worked_same_bits(w.trace);
    worked_close(&w);
}
END_TEST

/* a = 1·1 + 2·1 = 3, q = 3a = 9, t = (a, q). out − target = 1 2, d:t = 2/2 of it = 1 2, so
 * d:a = 1 + 2·3 = 7: its own part of t, and the way through q. */
START_TEST(concatenate_with_a_shared_layer)
{
    struct worked w;
    worked_open(&w,
                "input 2\na dense 1 linear\nq dense 1 linear from=a\nt concatenate a q\n"
                "loss squared-error\ntrain sgd\n",
                2);
    worked_set(&w, "a.W", FLOATS(1, 2));
    worked_set(&w, "q.W", FLOATS(3));
    worked_run(&w, MODE_TRAIN, 1, (float[]){1, 1}, (float[]){2, 7});
    worked_expect(&w, "t", FLOATS(3, 9));
    worked_expect(&w, "d:t", FLOATS(1, 2));
    worked_expect(&w, "d:q", FLOATS(2));
    worked_expect(&w, "d:a", FLOATS(7));
    worked_same_bits(w.trace);
    worked_close(&w);
}
END_TEST

/* Pictures are joined along the channels: place by place, not one behind the other. */
START_TEST(concatenate_joins_channels)
{
    struct worked w;
    worked_open(&w, "input 1 2 2\np maxpool 1x1\nt concatenate input p\n", 0);
    worked_run(&w, MODE_EVAL, 1, (float[]){1, 2, 3, 4}, NULL);
    worked_expect(&w, "t", FLOATS(1, 2, 1, 2, 3, 4, 3, 4));
    worked_close(&w);
}
END_TEST

Suite *test_real_pool(void)
{
    Suite *s = suite_create("nn/real_pool");
    TCase *c = tcase_create("pool");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, first_of_equals_wins);
    tcase_add_test(c, overlapping_windows_add_up);
    tcase_add_test(c, padding_never_wins);
    tcase_add_test(c, nan_is_not_lost);
    tcase_add_test(c, average_leaves_padding_out);
    tcase_add_test(c, concatenate_with_a_shared_layer);
    tcase_add_test(c, concatenate_joins_channels);
    suite_add_tcase(s, c);
    return s;
}
