/* Each loss and its derivative, by itself and combined with the last activation. */
#include <check.h>
#include <math.h>

#include "support/worked.h"

Suite *test_program_loss(void);

/* p = 1/4 1/4 1/2, class 0: −ln ¼ = ln 4. By itself −y/p = −4 0 0; combined p − y. The second
 * sample, class 2: −ln ½ = ln 2. d: are halves, 1/n. */
START_TEST(cross_entropy)
{
    struct worked w;
    const float ln2 = 0.693147181f;
    worked_open(&w, "input 3\ns activation softmax\nloss cross-entropy\ntrain sgd\n", 0);
    worked_run(&w, MODE_TRAIN, 2, (float[]){0, 0, ln2, 0, 0, ln2}, (float[]){0, 2});
    worked_near(&w, "loss.each", 1e-6, FLOATS(2 * ln2, ln2));
    worked_near(&w, "loss", 1e-6, FLOATS(1.5f * ln2));
    worked_expect(&w, "loss.target", FLOATS(1, 0, 0, 0, 0, 1));
    worked_near(&w, "loss.slope", 1e-5, FLOATS(-4, 0, 0, 0, 0, -2));
    worked_near(&w, "d:s", 1e-5, FLOATS(-2, 0, 0, 0, 0, -1));
    worked_near(&w, "loss.error", 1e-6, FLOATS(-0.75f, 0.25f, 0.5f, 0.25f, 0.25f, -0.5f));
    worked_near(&w, "d:input", 1e-6, FLOATS(-0.375f, 0.125f, 0.25f, 0.125f, 0.125f, -0.25f));
    worked_close(&w);
}
END_TEST

/* z = 10⁴ −10⁴ 0: p = 1 0 0 to the last bit. Class 0 costs nothing, class 1 costs 2·10⁴; the
 * combined derivative is p − y, the one of the loss by itself −1/0 = −∞. */
START_TEST(cross_entropy_stays_finite)
{
    struct worked w;
    worked_open(&w, "input 3\ns activation softmax\nloss cross-entropy\ntrain sgd\n", 0);
    worked_run(&w, MODE_TRAIN, 1, (float[]){1e4f, -1e4f, 0}, (float[]){0});
    worked_expect(&w, "loss", FLOATS(0));
    worked_expect(&w, "d:input", FLOATS(0, 0, 0));
    worked_run(&w, MODE_TRAIN, 1, (float[]){1e4f, -1e4f, 0}, (float[]){1});
    worked_expect(&w, "loss", FLOATS(2e4f));
    worked_expect(&w, "d:input", FLOATS(1, -1, 0));
    ck_assert(worked_tensor(&w, "loss.slope")[1] == -INFINITY);
    ck_assert(worked_tensor(&w, "d:s")[1] == -INFINITY);
    worked_close(&w);
}
END_TEST

/* z = 0, class 1: p = ½, −ln ½; by itself −1/p = −2, combined p − y = −½. Class 0: +2 and +½. */
START_TEST(binary_cross_entropy)
{
    struct worked w;
    const float ln2 = 0.693147181f;
    worked_open(&w, "input 1\ns activation sigmoid\nloss binary-cross-entropy\ntrain sgd\n", 0);
    worked_run(&w, MODE_TRAIN, 2, (float[]){0, 0}, (float[]){1, 0});
    worked_near(&w, "loss.each", 1e-7, FLOATS(ln2, ln2));
    worked_expect(&w, "loss.slope", FLOATS(-2, 2));
    worked_expect(&w, "loss.error", FLOATS(-0.5f, 0.5f));
    worked_expect(&w, "d:s", FLOATS(-1, 1));
    worked_expect(&w, "d:input", FLOATS(-0.25f, 0.25f));
    worked_close(&w);
}
END_TEST

/* z = ±10⁴ with the wrong answer costs 10⁴; by itself the derivative is infinite. */
START_TEST(binary_cross_entropy_stays_finite)
{
    struct worked w;
    worked_open(&w, "input 1\ns activation sigmoid\nloss binary-cross-entropy\ntrain sgd\n", 0);
    worked_run(&w, MODE_TRAIN, 2, (float[]){1e4f, -1e4f}, (float[]){0, 1});
    worked_expect(&w, "loss.each", FLOATS(1e4f, 1e4f));
    worked_expect(&w, "d:input", FLOATS(0.5f, -0.5f));
    ck_assert(worked_tensor(&w, "loss.slope")[0] == INFINITY);
    ck_assert(worked_tensor(&w, "loss.slope")[1] == -INFINITY);
    worked_run(&w, MODE_TRAIN, 2, (float[]){1e4f, -1e4f}, (float[]){1, 0});
    worked_expect(&w, "loss.each", FLOATS(0, 0));
    worked_expect(&w, "d:input", FLOATS(0, 0));
    worked_close(&w);
}
END_TEST

/* Two outputs, targets between 0 and 1: the mean over both. z = 0, y = ¼: ln 2 whatever y is;
 * combined (p − y)/2 = 1/8. */
START_TEST(binary_cross_entropy_of_several)
{
    struct worked w;
    worked_open(&w, "input 2\ns activation sigmoid\nloss binary-cross-entropy\ntrain sgd\n", 2);
    worked_run(&w, MODE_TRAIN, 1, (float[]){0, 0}, (float[]){0.25f, 1});
    worked_near(&w, "loss", 1e-7, FLOATS(0.693147181f));
    worked_expect(&w, "loss.error", FLOATS(0.125f, -0.25f));
    worked_expect(&w, "d:input", FLOATS(0.125f, -0.25f));
    worked_close(&w);
}
END_TEST

/* out − target = 2 −3 0: (2 + 3 + 0)/3, derivative sign/3. */
START_TEST(absolute_error)
{
    struct worked w;
    worked_open(&w, "input 3\na activation linear\nloss absolute-error\ntrain sgd\n", 3);
    worked_run(&w, MODE_TRAIN, 1, (float[]){3, -1, 5}, (float[]){1, 2, 5});
    worked_near(&w, "loss", 1e-6, FLOATS(5 / 3.0f));
    worked_near(&w, "loss.slope", 1e-7, FLOATS(1 / 3.0f, -1 / 3.0f, 0));
    worked_close(&w);
}
END_TEST

/* A class becomes one-hot: target 0 1. out − target = 1 1: (1 + 1)/2, 2/2·1. One output: 0, 1. */
START_TEST(squared_error_of_classes)
{
    struct worked w;
    worked_open(&w, "input 2\na activation linear\nloss squared-error\ntrain sgd\n", 0);
    worked_run(&w, MODE_TRAIN, 1, (float[]){1, 2}, (float[]){1});
    worked_expect(&w, "loss.target", FLOATS(0, 1));
    worked_expect(&w, "loss", FLOATS(1));
    worked_expect(&w, "loss.slope", FLOATS(1, 1));
    worked_close(&w);
    worked_open(&w, "input 1\na activation linear\nloss squared-error\ntrain sgd\n", 0);
    worked_run(&w, MODE_TRAIN, 2, (float[]){3, 3}, (float[]){0, 1});
    worked_expect(&w, "loss.target", FLOATS(0, 1));
    worked_expect(&w, "loss.each", FLOATS(9, 4));
    worked_close(&w);
}
END_TEST

/* max(0, 1 − t a), t = 1 for class 1, −1 for class 0; at the margin the slope is 0:
 *   a = ½, t = 1: ½, −1    a = 1, t = 1: 0, 0    a = ½, t = −1: 1½, +1    a = −2, t = −1: 0, 0 */
START_TEST(hinge)
{
    struct worked w;
    worked_open(&w, "input 1\na activation linear\nloss hinge\ntrain sgd\n", 0);
    worked_run(&w, MODE_TRAIN, 4, (float[]){0.5f, 1, 0.5f, -2}, (float[]){1, 1, 0, 0});
    worked_expect(&w, "loss.target", FLOATS(1, 1, -1, -1));
    worked_expect(&w, "loss.each", FLOATS(0.5f, 0, 1.5f, 0));
    worked_expect(&w, "loss", FLOATS(0.5f));
    worked_expect(&w, "loss.slope", FLOATS(-1, 0, 1, 0));
    worked_expect(&w, "d:input", FLOATS(-0.25f, 0, 0.25f, 0));
    worked_close(&w);
}
END_TEST

/* Several outputs: 1 for the class, −1 for the others, mean over outputs: class 1, a = 0 0:
 * (1 + 1)/2 = 1, slopes +½ −½. */
START_TEST(hinge_of_several)
{
    struct worked w;
    worked_open(&w, "input 2\na activation linear\nloss hinge\ntrain sgd\n", 0);
    worked_run(&w, MODE_TRAIN, 1, (float[]){0, 0}, (float[]){1});
    worked_expect(&w, "loss.target", FLOATS(-1, 1));
    worked_expect(&w, "loss", FLOATS(1));
    worked_expect(&w, "loss.slope", FLOATS(0.5f, -0.5f));
    worked_close(&w);
}
END_TEST

Suite *test_program_loss(void)
{
    Suite *s = suite_create("nn/program_loss");
    TCase *c = tcase_create("losses");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, cross_entropy);
    tcase_add_test(c, cross_entropy_stays_finite);
    tcase_add_test(c, binary_cross_entropy);
    tcase_add_test(c, binary_cross_entropy_stays_finite);
    tcase_add_test(c, binary_cross_entropy_of_several);
    tcase_add_test(c, absolute_error);
    tcase_add_test(c, squared_error_of_classes);
    tcase_add_test(c, hinge);
    tcase_add_test(c, hinge_of_several);
    suite_add_tcase(s, c);
    return s;
}
