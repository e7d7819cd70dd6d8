/* exp, log, tanh and their kin against the double functions of the C library. */
#include <check.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "glassnet/nn/engine.h"

Suite *test_elementary(void);

static double sigmoid(double x)
{
    return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x));
}

static double softplus(double x)
{
    return (x > 0 ? x : 0) + log1p(exp(-fabs(x)));
}

static double elu(double x)
{
    return x > 0 ? x : expm1(x);
}

static const struct function {
    enum fn fn;
    double (*exact)(double x);
    float low, high; /* beyond them nothing new happens */
} functions[] = {
    {FN_EXP, exp, -110, 90},
    {FN_LOG, log, 0, 3.4e38f},
    {FN_TANH, tanh, -20, 20},
    {FN_SIGMOID, sigmoid, -110, 90},
    {FN_SOFTPLUS, softplus, -110, 200},
    {FN_ELU, elu, -60, 20}, /* elu is expm1 below 0 */
};

#define FUNCTIONS (int)(sizeof functions / sizeof *functions)

static float from_bits(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* A unit in the last place of the float32 that holds the true value. */
static double unit_at(double exact)
{
    int e;
    frexp(exact, &e);
    return ldexp(1, e - 24 < -149 ? -149 : e - 24);
}

static void check_at(const struct function *f, float x)
{
    if (!(x >= f->low && x <= f->high))
        return;
    double exact = f->exact((double)x);
    float found = engine_fn(f->fn, x);
    if (isinf((float)exact) && found == (float)exact)
        return;
    double off = fabs((double)found - exact) / unit_at(exact);
    ck_assert_msg(off <= 2, "%s(%.9g) is %.9g, %.2f units off %.17g", fn_name(f->fn), (double)x,
                  (double)found, off, exact);
}

/* Every 1,009th float of either sign, denormal numbers included: two million. */
START_TEST(within_two_units_in_the_last_place)
{
    for (uint32_t bits = 0; bits <= 0x7f800000u; bits += 1009) {
        check_at(&functions[_i], from_bits(bits));
        check_at(&functions[_i], from_bits(bits | 0x80000000u));
    }
}
END_TEST

/* Every float near the places where the code changes its way. */
START_TEST(near_the_borders)
{
    static const float borders[] = {
        0,  0.625f,      1,           1.41421356f, 0.707106781f, 0.34657359f, 1.03972077f,    9,
        10, 16.6355324f, 87.3365479f, 88.7228394f, 103.972084f,  104,         1.17549435e-38f};
    for (size_t b = 0; b < sizeof borders / sizeof *borders; b++) {
        uint32_t bits;
        memcpy(&bits, &borders[b], sizeof bits);
        for (uint32_t k = bits < 4000 ? 0 : bits - 4000; k < bits + 4000; k++) {
            check_at(&functions[_i], from_bits(k));
            check_at(&functions[_i], from_bits(k | 0x80000000u));
        }
    }
}
END_TEST

/* Neighbours never step back where a way ends and another begins. */
START_TEST(rises_across_the_borders)
{
    static const struct {
        enum fn fn;
        float border;
    } at[] = {
        {FN_TANH, 0.625f},
        {FN_TANH, 10},
        {FN_EXP, 0.34657359f},
        {FN_EXP, -0.34657359f},
        {FN_EXP, -87.3365479f},
        {FN_EXP, 88.7228394f},
        {FN_LOG, 1.41421356f},
        {FN_LOG, 0.707106781f},
        {FN_LOG, 1},
        {FN_LOG, 1.17549435e-38f},
        {FN_SIGMOID, 16.6355324f},
        {FN_SIGMOID, -87.3365479f},
        {FN_ELU, -0.34657359f},
        {FN_SOFTPLUS, 16.6355324f},
    };
    for (size_t b = 0; b < sizeof at / sizeof *at; b++) {
        float x = at[b].border;
        for (int k = 0; k < 2000; k++)
            x = nextafterf(x, -INFINITY);
        float before = engine_fn(at[b].fn, x);
        for (int k = 0; k < 4000; k++) {
            x = nextafterf(x, INFINITY);
            float value = engine_fn(at[b].fn, x);
            ck_assert_msg(value >= before, "%s falls at %.9g", fn_name(at[b].fn), (double)x);
            before = value;
        }
    }
}
END_TEST

START_TEST(limits)
{
    static const struct {
        enum fn fn;
        float x, value;
    } at[] = {
        {FN_EXP, 0, 1},
        {FN_EXP, -0.0f, 1},
        {FN_EXP, INFINITY, INFINITY},
        {FN_EXP, -INFINITY, 0},
        {FN_EXP, 89, INFINITY},             /* e^88.72 is the largest float */
        {FN_EXP, -103.9f, 1.40129846e-45f}, /* the least denormal number */
        {FN_EXP, -104.5f, 0},
        {FN_LOG, 1, 0},
        {FN_LOG, 0, -INFINITY},
        {FN_LOG, -0.0f, -INFINITY},
        {FN_LOG, INFINITY, INFINITY},
        {FN_TANH, INFINITY, 1},
        {FN_TANH, -INFINITY, -1},
        {FN_TANH, 0, 0},
        {FN_TANH, 1.40129846e-45f, 1.40129846e-45f},
        {FN_SIGMOID, 0, 0.5f},
        {FN_SIGMOID, INFINITY, 1},
        {FN_SIGMOID, -INFINITY, 0},
        {FN_SOFTPLUS, 0, 0.693147181f}, /* ln 2 */
        {FN_SOFTPLUS, INFINITY, INFINITY},
        {FN_SOFTPLUS, -INFINITY, 0},
        {FN_SOFTPLUS, 1e30f, 1e30f},
        {FN_ELU, -INFINITY, -1},
        {FN_ELU, INFINITY, INFINITY},
        {FN_ELU, 0, 0},
        {FN_RELU, -INFINITY, 0},
        {FN_RELU, INFINITY, INFINITY},
        {FN_STEP, 0, 0},
        {FN_STEP, 1.40129846e-45f, 1},
        {FN_LEAKY_RELU, -1, -0.01f},
    };
    for (size_t k = 0; k < sizeof at / sizeof *at; k++) {
        float value = engine_fn(at[k].fn, at[k].x);
        ck_assert_msg(value == at[k].value, "%s(%.9g) is %.9g, expected %.9g", fn_name(at[k].fn),
                      (double)at[k].x, (double)value, (double)at[k].value);
    }
    ck_assert(signbit(engine_fn(FN_TANH, -0.0f)));
    ck_assert(isnan(engine_fn(FN_LOG, -1)));
    ck_assert(isnan(engine_fn(FN_LOG, -INFINITY)));
}
END_TEST

/* Not a number stays one, so that it can be traced to where it began. */
START_TEST(nan_is_kept)
{
    for (enum fn fn = FN_SQRT; fn < FNS; fn++)
        ck_assert_msg(isnan(engine_fn(fn, NAN)), "%s loses NaN", fn_name(fn));
}
END_TEST

Suite *test_elementary(void)
{
    Suite *s = suite_create("nn/elementary");
    TCase *c = tcase_create("elementary");
    tcase_set_timeout(c, 120);
    tcase_add_loop_test(c, within_two_units_in_the_last_place, 0, FUNCTIONS);
    tcase_add_loop_test(c, near_the_borders, 0, FUNCTIONS);
    tcase_add_test(c, rises_across_the_borders);
    tcase_add_test(c, limits);
    tcase_add_test(c, nan_is_kept);
    suite_add_tcase(s, c);
    return s;
}
