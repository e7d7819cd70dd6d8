/* Two numbers under each optimiser: the steps of PyTorch's formulas, worked out here in double. */
#include <check.h>
#include <math.h>
#include <stdio.h>

#include "glassnet/step/pair.h"

enum { STEPS = 12 };

/* The ravine's gradient: every optimiser has two different slopes to deal with. */
static void slope(const double at[2], double g[2])
{
    g[0] = at[0];
    g[1] = 20 * at[1];
}

/* One number's state, as torch.optim has it. */
struct torch {
    double m, v;
    int t;
};

static double torch_step(enum optimiser_kind kind, struct torch *s, double g, double rate,
                         double mu)
{
    const double beta1 = 0.9, beta2 = 0.999, alpha = 0.9, eps = 1e-8;
    s->t++;
    switch (kind) {
    case OPT_MOMENTUM: /* SGD(momentum=mu) */
        s->m = mu * s->m + g;
        return rate * s->m;
    case OPT_NESTEROV: /* SGD(momentum=mu, nesterov=True) */
        s->m = mu * s->m + g;
        return rate * (g + mu * s->m);
    case OPT_ADAGRAD: /* Adagrad(eps=1e-8) */
        s->v += g * g;
        return rate * g / (sqrt(s->v) + eps);
    case OPT_RMSPROP: /* RMSprop(alpha=0.9, eps=1e-8) */
        s->v = alpha * s->v + (1 - alpha) * g * g;
        return rate * g / (sqrt(s->v) + eps);
    case OPT_ADAM:
        s->m = beta1 * s->m + (1 - beta1) * g;
        s->v = beta2 * s->v + (1 - beta2) * g * g;
        return rate * (s->m / (1 - pow(beta1, s->t))) / (sqrt(s->v / (1 - pow(beta2, s->t))) + eps);
    default:
        return rate * g;
    }
}

static const enum optimiser_kind kinds[] = {OPT_SGD,     OPT_MOMENTUM, OPT_NESTEROV,
                                            OPT_ADAGRAD, OPT_RMSPROP,  OPT_ADAM};

START_TEST(steps_are_pytorchs)
{
    enum optimiser_kind kind = kinds[_i];
    const float start[2] = {-2.6f, 0.8f}, rate = 0.03f, mu = 0.8f;
    double at[2] = {(double)start[0], (double)start[1]}, g[2];
    struct torch state[2] = {{0, 0, 0}, {0, 0, 0}};
    struct err err = {0};
    struct pair *p = pair_create(kind, mu, start, &err);
    ck_assert_msg(p != NULL, "%s", err.message);
    for (int k = 0; k < STEPS; k++) {
        const float *now = pair_at(p);
        float given[2];
        double own[2] = {(double)now[0], (double)now[1]};
        slope(own, g);
        given[0] = (float)g[0];
        given[1] = (float)g[1];
        pair_step(p, given, rate);
        slope(at, g);
        for (int i = 0; i < 2; i++)
            at[i] -= torch_step(kind, &state[i], g[i], (double)rate, (double)mu);
        for (int i = 0; i < 2; i++)
            ck_assert_msg(fabs((double)pair_at(p)[i] - at[i]) < 2e-5, "%s, step %d: %g, not %g",
                          optimiser_name(kind), k + 1, (double)pair_at(p)[i], at[i]);
    }
    pair_destroy(p);
}
END_TEST

START_TEST(another_momentum_keeps_the_speed)
{
    const float start[2] = {1, 1}, push[2] = {1, 0}, none[2] = {0, 0};
    struct err err = {0};
    struct pair *p = pair_create(OPT_MOMENTUM, 0.5f, start, &err);
    pair_step(p, push, 0.1f); /* speed 1: to 0.9 */
    ck_assert(fabsf(pair_at(p)[0] - 0.9f) < 1e-6f);
    ck_assert(pair_set_mu(p, 0.9f, &err));
    pair_step(p, none, 0.1f); /* 0.9 of it is left */
    ck_assert(fabsf(pair_at(p)[0] - 0.81f) < 1e-6f);
    ck_assert(pair_at(p)[1] == 1);
    pair_destroy(p);
}
END_TEST

Suite *test_pair(void);
Suite *test_pair(void)
{
    Suite *s = suite_create("pair");
    TCase *t = tcase_create("pair");
    tcase_add_loop_test(t, steps_are_pytorchs, 0, (int)(sizeof kinds / sizeof *kinds));
    tcase_add_test(t, another_momentum_keeps_the_speed);
    suite_add_tcase(s, t);
    return s;
}
