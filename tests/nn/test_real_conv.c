#include <check.h>

#include "support/worked.h"

Suite *test_real_conv(void);

static const float nine[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};

/* Kernel 1 2 / 0 −1, bias 0.5, on the numbers 1 ... 9:
 *   z00 = 0.5 + 1 + 2·2 − 5 = 0.5    z01 = 0.5 + 2 + 2·3 − 6 = 2.5
 *   z10 = 0.5 + 4 + 2·5 − 8 = 6.5    z11 = 0.5 + 5 + 2·6 − 9 = 8.5
 * Targets −1.5 2.5 8.5 4.5: out − target = 2 0 −2 4, d:out = 2/4 of it = 1 0 −1 2. */
START_TEST(valid)
{
    struct worked w;
    worked_open(&w,
                "input 3 3 1\nc conv2d 1 2x2 linear\nf flatten\nloss squared-error\n"
                "train sgd rate=0.5\n",
                4);
    worked_set(&w, "c.W", FLOATS(1, 2, 0, -1));
    worked_set(&w, "c.b", FLOATS(0.5f));
    worked_run(&w, MODE_TRAIN, 1, nine, (float[]){-1.5f, 2.5f, 8.5f, 4.5f});
    worked_expect(&w, "c.z", FLOATS(0.5f, 2.5f, 6.5f, 8.5f));
    worked_expect(&w, "d:c.z", FLOATS(1, 0, -1, 2));
    /* Σ dz[p,q] x[p+u,q+v]: 1·1 − 1·4 + 2·5 = 7    1·2 − 1·5 + 2·6 = 9
     *                       1·4 − 1·7 + 2·8 = 13   1·5 − 1·8 + 2·9 = 15 */
    worked_expect(&w, "d:c.W", FLOATS(7, 9, 13, 15));
    worked_expect(&w, "d:c.b", FLOATS(2));
    /* Σ dz[y−u,x−v] W[u,v], row by row:
     *   1·1 = 1        1·2 + 0·1 = 2               0·2 = 0
     *   −1·1 = −1      −1 + 0·0 − 1·2 + 2·1 = −1   −1·0 + 2·2 = 4
     *   −1·0 = 0       −1·(−1) + 2·0 = 1           2·(−1) = −2 */
    worked_expect(&w, "d:input", FLOATS(1, 2, 0, -1, -1, 4, 0, 1, -2));
    worked_expect(&w, "new:c.W", FLOATS(-2.5f, -2.5f, -6.5f, -8.5f));
    worked_expect(&w, "new:c.b", FLOATS(-0.5f));
    worked_same_bits(w.trace);
    worked_close(&w);
}
END_TEST

/* padding=same with an even kernel pads after, as TensorFlow does: every decimal digit of the
 * result names the input under one place of the kernel 1 10 / 100 1000. */
START_TEST(same_pads_the_odd_one_after)
{
    struct worked w;
    worked_open(&w, "input 2 2 1\nc conv2d 1 2x2 linear padding=same\n", 0);
    worked_set(&w, "c.W", FLOATS(1, 10, 100, 1000));
    worked_set(&w, "c.b", FLOATS(0));
    worked_run(&w, MODE_EVAL, 1, (float[]){1, 2, 3, 4}, NULL);
    worked_expect(&w, "c", FLOATS(4321, 402, 43, 4));
    worked_close(&w);
}
END_TEST

/* 3 × 3, stride 2, same: one row and column of padding on each side. Kernel of ones:
 *   1+2+4+5 = 12   2+3+5+6 = 16   4+5+7+8 = 24   5+6+8+9 = 28
 * with d:z = 1 2 3 4 each input gets the blame of the windows it is in: the corners of one, the
 * edges of two, the middle of all four. */
START_TEST(stride_two)
{
    struct worked w;
    worked_open(&w,
                "input 3 3 1\nc conv2d 1 3x3 linear stride=2 padding=same\nf flatten\n"
                "loss squared-error\ntrain sgd\n",
                4);
    worked_set(&w, "c.W", FLOATS(1, 1, 1, 1, 1, 1, 1, 1, 1));
    worked_set(&w, "c.b", FLOATS(0));
    /* d:z = (z − target)/2, so target = z − 2 d:z */
    worked_run(&w, MODE_TRAIN, 1, nine, (float[]){10, 12, 18, 20});
    worked_expect(&w, "c.z", FLOATS(12, 16, 24, 28));
    worked_expect(&w, "d:c.z", FLOATS(1, 2, 3, 4));
    worked_expect(&w, "d:input", FLOATS(1, 3, 2, 4, 10, 6, 3, 7, 4));
    /* W[u,v] met x[2p+u−1, 2q+v−1]: the middle 1·1 + 2·3 + 3·7 + 4·9 = 64, the first row's first
     * only x[1,1] = 5 at p = q = 1, the last row's last only x[1,1] at p = q = 0;
     * W[0,1]: p = 1: x[1,0] = 4 and x[1,2] = 6: 3·4 + 4·6 = 36; W[1,0]: q = 1: x[0,1] = 2 and
     * x[2,1] = 8: 2·2 + 4·8 = 36; W[0,2]: p = 1, q = 0: 3·5; W[1,2]: q = 0: 1·2 + 3·8 = 26;
     * W[2,0]: p = 0, q = 1: 2·5; W[2,1]: p = 0: 1·4 + 2·6 = 16 */
    worked_expect(&w, "d:c.W", FLOATS(20, 36, 15, 36, 64, 26, 10, 16, 5));
    worked_same_bits(w.trace);
    worked_close(&w);
}
END_TEST

/* Two channels, two kernels: 5 + 1·1 + 10·2 + 100·3 + 1000·4 = 4326 and
 * −5 + 1·1 − 1·2 + 2·3 − 2·4 = −8. */
START_TEST(channels)
{
    struct worked w;
    worked_open(&w,
                "input 1 2 2\nc conv2d 2 1x2 linear\nf flatten\nloss squared-error\n"
                "train sgd\n",
                2);
    worked_set(&w, "c.W", FLOATS(1, 10, 100, 1000, 1, -1, 2, -2));
    worked_set(&w, "c.b", FLOATS(5, -5));
    worked_run(&w, MODE_TRAIN, 1, (float[]){1, 2, 3, 4}, (float[]){4325, -6});
    worked_expect(&w, "c.z", FLOATS(4326, -8));
    worked_expect(&w, "d:c.z", FLOATS(1, -2)); /* 2/2 (z − target) */
    worked_expect(&w, "d:c.W", FLOATS(1, 2, 3, 4, -2, -4, -6, -8));
    worked_expect(&w, "d:input", FLOATS(1 - 2, 10 + 2, 100 - 4, 1000 + 4));
    worked_same_bits(w.trace);
    worked_close(&w);
}
END_TEST

Suite *test_real_conv(void)
{
    Suite *s = suite_create("nn/real_conv");
    TCase *c = tcase_create("conv");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, valid);
    tcase_add_test(c, same_pads_the_odd_one_after);
    tcase_add_test(c, stride_two);
    tcase_add_test(c, channels);
    suite_add_tcase(s, c);
    return s;
}
