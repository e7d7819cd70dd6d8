#include <check.h>
#include <math.h>
#include <string.h>

#include "glassnet/base/rng.h"

Suite *test_rng(void);

/* The first numbers of the generator's own demonstration program, pcg32-demo, seeded (42, 54). */
START_TEST(published_numbers)
{
    static const uint32_t first[] = {0xa15c02b7, 0x7b47f409, 0xba1d3330,
                                     0x83d2f293, 0xbfa4784b, 0xcbed606e};
    struct rng r;
    rng_seed(&r, 42, 54);
    for (int i = 0; i < 6; i++)
        ck_assert_uint_eq(rng_u32(&r), first[i]);
}
END_TEST

START_TEST(streams_differ)
{
    struct rng a, b;
    rng_seed(&a, 1, 0);
    rng_seed(&b, 1, 1);
    int same = 0;
    for (int i = 0; i < 100; i++)
        same += rng_u32(&a) == rng_u32(&b);
    ck_assert_int_lt(same, 2);
}
END_TEST

START_TEST(ranges)
{
    struct rng r;
    int seen[6] = {0};
    rng_seed(&r, 7, 0);
    for (int i = 0; i < 60000; i++) {
        seen[rng_below(&r, 6)]++;
        float u = rng_unit(&r), v = rng_uniform(&r, -2.0f, 3.0f);
        ck_assert(u >= 0.0f && u < 1.0f);
        ck_assert(v >= -2.0f && v < 3.0f);
    }
    /* 10,000 each, give or take; the standard deviation is sqrt(60000*1/6*5/6) = 91. */
    for (int i = 0; i < 6; i++)
        ck_assert_int_lt(seen[i] > 10000 ? seen[i] - 10000 : 10000 - seen[i], 500);
}
END_TEST

START_TEST(normal_has_mean_0_and_variance_1)
{
    struct rng r;
    double sum = 0, squares = 0;
    enum { N = 100000 };
    rng_seed(&r, 3, 0);
    for (int i = 0; i < N; i++) {
        double x = (double)rng_normal(&r);
        sum += x;
        squares += x * x;
    }
    ck_assert_double_lt(fabs(sum / N), 0.015);
    ck_assert_double_lt(fabs(squares / N - 1.0), 0.025);
}
END_TEST

START_TEST(shuffle_is_a_permutation)
{
    struct rng r;
    int items[100], seen[100] = {0}, moved = 0;
    rng_seed(&r, 1, 0);
    for (int i = 0; i < 100; i++)
        items[i] = i;
    rng_shuffle(&r, items, 100);
    for (int i = 0; i < 100; i++) {
        seen[items[i]]++;
        moved += items[i] != i;
    }
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(seen[i], 1);
    ck_assert_int_gt(moved, 80);
    rng_shuffle(&r, items, 0);
}
END_TEST

START_TEST(hash_depends_on_every_word)
{
    float base = rng_hash_unit(1, 2, 3, 4, 5);
    ck_assert(base >= 0.0f && base < 1.0f);
    ck_assert(base == rng_hash_unit(1, 2, 3, 4, 5));
    ck_assert(base != rng_hash_unit(2, 2, 3, 4, 5));
    ck_assert(base != rng_hash_unit(1, 3, 2, 4, 5));
    ck_assert(base != rng_hash_unit(1, 2, 3, 5, 4));
    double sum = 0;
    for (uint64_t i = 0; i < 10000; i++)
        sum += (double)rng_hash_unit(9, 1, 1, 1, i);
    /* Mean 0.5, its standard deviation sqrt(1/12/10000) = 0.003. */
    ck_assert_double_lt(fabs(sum / 10000 - 0.5), 0.015);
}
END_TEST

Suite *test_rng(void)
{
    Suite *s = suite_create("rng");
    TCase *t = tcase_create("rng");
    tcase_add_test(t, published_numbers);
    tcase_add_test(t, streams_differ);
    tcase_add_test(t, ranges);
    tcase_add_test(t, normal_has_mean_0_and_variance_1);
    tcase_add_test(t, shuffle_is_a_permutation);
    tcase_add_test(t, hash_depends_on_every_word);
    suite_add_tcase(s, t);
    return s;
}
