#include <check.h>
#include <math.h>

#include "support/worked.h"

Suite *test_real_dense(void);

/* Two samples through two units, all numbers exact in binary:
 *   z = b + W x:  s0  0.5 + 1·1 + 2·2 = 5.5        −0.5 + 3·1 − 1·2 = 0.5
 *                 s1  0.5 − 1·1 + 2·0.5 = 0.5      −0.5 − 3·1 − 1·0.5 = −4
 *   targets 5 0 | 1 −3, so out − target = 0.5 0.5 | −0.5 −1
 *   loss: s0 (0.25 + 0.25)/2 = 0.25, s1 (0.25 + 1)/2 = 0.625, mean 0.4375
 *   d:out = 2/2 (out − target)/n = 0.25 0.25 | −0.25 −0.5 */
START_TEST(forward_backward_and_update)
{
    struct worked w;
    worked_open(&w, "input 2\nout dense 2 linear\nloss squared-error\ntrain sgd rate=0.5\n", 2);
    worked_set(&w, "out.W", FLOATS(1, 2, 3, -1));
    worked_set(&w, "out.b", FLOATS(0.5f, -0.5f));
    worked_run(&w, MODE_TRAIN, 2, (float[]){1, 2, -1, 0.5f}, (float[]){5, 0, 1, -3});
    worked_expect(&w, "out.z", FLOATS(5.5f, 0.5f, 0.5f, -4));
    worked_expect(&w, "out", FLOATS(5.5f, 0.5f, 0.5f, -4));
    worked_expect(&w, "loss.each", FLOATS(0.25f, 0.625f));
    worked_expect(&w, "loss", FLOATS(0.4375f));
    worked_expect(&w, "d:out.z", FLOATS(0.25f, 0.25f, -0.25f, -0.5f));
    /* Σs dz[s][o] x[s][i]: 0.25·1 + 0.25·1 = 0.5    0.25·2 − 0.25·0.5 = 0.375
     *                      0.25·1 + 0.5·1  = 0.75   0.25·2 − 0.5·0.5  = 0.25 */
    worked_expect(&w, "d:out.W", FLOATS(0.5f, 0.375f, 0.75f, 0.25f));
    worked_expect(&w, "d:out.b", FLOATS(0, -0.25f));
    /* Σo dz[s][o] W[o][i]: s0 0.25·1 + 0.25·3 = 1     0.25·2 − 0.25·1 = 0.25
     *                      s1 −0.25·1 − 0.5·3 = −1.75 −0.25·2 + 0.5·1 = 0 */
    worked_expect(&w, "d:input", FLOATS(1, 0.25f, -1.75f, 0));
    /* w − 0.5 g */
    worked_expect(&w, "new:out.W", FLOATS(0.75f, 1.8125f, 2.625f, -1.125f));
    worked_expect(&w, "new:out.b", FLOATS(0.5f, -0.375f));
    worked_same_bits(w.trace);
    worked_close(&w);
}
END_TEST

/* ((0 + 1e8) + 1) − 1e8 is 0 in float32, in any other order 1. */
START_TEST(sums_run_in_ascending_order)
{
    struct worked w;
    worked_open(&w, "input 3\nout dense 1 linear\n", 0);
    worked_set(&w, "out.W", FLOATS(1e8f, 1, -1e8f));
    worked_set(&w, "out.b", FLOATS(0));
    worked_run(&w, MODE_EVAL, 1, (float[]){1, 1, 1}, NULL);
    worked_expect(&w, "out", FLOATS(0));
    worked_set(&w, "out.W", FLOATS(1e8f, -1e8f, 1));
    worked_run(&w, MODE_EVAL, 1, (float[]){1, 1, 1}, NULL);
    worked_expect(&w, "out", FLOATS(1));
    worked_set(&w, "out.W", FLOATS(-1e8f, 1, 1)); /* the bias comes first: (1e8 − 1e8) + 1 + 1 */
    worked_set(&w, "out.b", FLOATS(1e8f));
    worked_run(&w, MODE_EVAL, 1, (float[]){1, 1, 1}, NULL);
    worked_expect(&w, "out", FLOATS(2));
    worked_close(&w);
}
END_TEST

/* (1 + 2⁻¹²)² = 1 + 2⁻¹¹ + 2⁻²⁴: the last part is lost when the product is rounded by itself. */
START_TEST(product_and_sum_are_rounded_once)
{
    struct worked w;
    float a = 1 + ldexpf(1, -12);
    worked_open(&w, "input 1\nout dense 1 linear\n", 0);
    worked_set(&w, "out.W", FLOATS(a));
    worked_set(&w, "out.b", FLOATS(-(1 + ldexpf(1, -11))));
    worked_run(&w, MODE_EVAL, 1, &a, NULL);
    worked_expect(&w, "out", FLOATS(ldexpf(1, -24)));
    worked_close(&w);
}
END_TEST

/* a is read twice: b = 3a, c = −2a, out = b + c, out − target = 3, d:out = 2·3 = 6, so
 * d:a = 6·3 + 6·(−2) = 6. */
START_TEST(a_layer_read_twice_gets_both_blames)
{
    struct worked w;
    worked_open(&w,
                "input 1\na dense 1 linear\np dense 1 linear from=a\nq dense 1 linear from=a\n"
                "out add p q\nloss squared-error\ntrain sgd\n",
                1);
    worked_set(&w, "a.W", FLOATS(1));
    worked_set(&w, "p.W", FLOATS(3));
    worked_set(&w, "q.W", FLOATS(-2));
    worked_run(&w, MODE_TRAIN, 1, (float[]){4}, (float[]){1});
    worked_expect(&w, "out", FLOATS(4));
    worked_expect(&w, "d:p", FLOATS(6));
    worked_expect(&w, "d:a", FLOATS(6));
    worked_expect(&w, "d:a.W", FLOATS(24));
    worked_same_bits(w.trace);
    worked_close(&w);
}
END_TEST

Suite *test_real_dense(void)
{
    Suite *s = suite_create("nn/real_dense");
    TCase *c = tcase_create("dense");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, forward_backward_and_update);
    tcase_add_test(c, sums_run_in_ascending_order);
    tcase_add_test(c, product_and_sum_are_rounded_once);
    tcase_add_test(c, a_layer_read_twice_gets_both_blames);
    suite_add_tcase(s, c);
    return s;
}
