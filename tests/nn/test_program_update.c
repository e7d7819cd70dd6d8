/* Each optimiser's first two steps, penalties, clipping, the rate's decay and schedules, worked
 * by hand on out = w x + b with x = 1, target 0, w = 1, b = 0: g = 2 out for both. */
#include <check.h>
#include <math.h>
#include <stdio.h>

#include "glassnet/nn/trainer.h"
#include "support/worked.h"

Suite *test_program_update(void);

static void fetch_one(void *context, const int *samples, int n, float *x, float *label)
{
    (void)context;
    (void)samples;
    for (int s = 0; s < n; s++) {
        x[s] = 1;
        label[s] = 0;
    }
}

static const struct source one_sample = {
    .count = 1, .x_count = 1, .targets = 1, .fetch = fetch_one};

/* w and b after each of two steps, rate 1/8. */
static const struct {
    const char *train;
    float w[2], b[2];
} optimisers[] = {
    /* g = 2: 1 − 2/8, −2/8; out = ½, g = 1: −1/8 */
    {"sgd", {0.75f, 0.625f}, {-0.25f, -0.375f}},
    /* m = 2; m = ½·2 + 1 = 2 */
    {"momentum mu=0.5", {0.75f, 0.5f}, {-0.25f, -0.5f}},
    /* m = 2, step 2 + ½·2 = 3; out = ¼, g = ½, m = 1 + ½, step ½ + ¾ = 1¼ */
    {"nesterov mu=0.5", {0.625f, 0.46875f}, {-0.375f, -0.53125f}},
    /* v = 4, 2/√4 = 1; out = ¾, g = 1½, v = 4 + 2¼, 1.5/2.5 = 0.6 */
    {"adagrad epsilon=1e-9", {0.875f, 0.8f}, {-0.125f, -0.2f}},
    /* v = ¼·4 = 1, 2/1; out = ½, g = 1, v = ¾·1 + ¼·1 = 1, 1/1 */
    {"rmsprop rho=0.75 epsilon=1e-9", {0.75f, 0.625f}, {-0.25f, -0.375f}},
    /* v = 1, Δ = √(0 + 1)/√(1 + 1)·2 = √2, u = ¼·2 = ½; out = 1 − √2/4 = 0.646447,
     * g = 1.292893, v = ¾ + ¼ g² = 1.167893, Δ = √1.5/√2.167893 · g = 1.075448 */
    {"adadelta rho=0.75 epsilon=1", {0.8232233f, 0.6887923f}, {-0.1767767f, -0.3112077f}},
    /* m = 1, m̂ = 1/(1 − ½) = 2, v = 1, v̂ = 1/(1 − ¾) = 4, 2/√4 = 1; out = ¾, g = 1½,
     * m = ½ + ¾, m̂ = 1.25/0.75, v = ¾ + ¼·2¼ = 1.3125, v̂ = 1.3125/0.4375 = 3,
     * 1.666667/√3 = 0.962250 */
    {"adam beta1=0.5 beta2=0.75 epsilon=1e-9", {0.875f, 0.7547187f}, {-0.125f, -0.2452813f}},
};

#define OPTIMISER_TESTS (int)(sizeof optimisers / sizeof *optimisers)

static void open_line(struct worked *w, const char *train)
{
    char text[256];
    snprintf(text, sizeof text,
             "input 1\nout dense 1 linear\nloss squared-error\ntrain %s rate=0.125\n", train);
    worked_open(w, text, 1);
    worked_set(w, "out.W", FLOATS(1));
    worked_set(w, "out.b", FLOATS(0));
}

START_TEST(first_two_steps)
{
    struct worked w;
    struct err err = {0};
    open_line(&w, optimisers[_i].train);
    struct trainer *t =
        trainer_create(w.net, &one_sample, (struct engine_choice){.kind = ENGINE_PLAIN}, &err);
    ck_assert_msg(t != NULL, "%s", err.message);
    for (int k = 0; k < 2; k++) {
        trainer_step(t);
        ck_assert(fabsf(w.net->params[0] - optimisers[_i].w[k]) <= 1e-6f);
        ck_assert(fabsf(w.net->params[1] - optimisers[_i].b[k]) <= 1e-6f);
    }
    trainer_destroy(t);
    worked_close(&w);
}
END_TEST

static const float one[] = {1}, zero[] = {0};

/* g = d + λw for weights: 2 + ½·1; the bias has no penalty, and d: and loss don't know of it. */
START_TEST(l2_pulls_weights_to_zero)
{
    struct worked w;
    open_line(&w, "sgd l2=0.5");
    worked_run(&w, MODE_TRAIN, 1, one, zero);
    worked_expect(&w, "loss", FLOATS(1));
    worked_expect(&w, "d:out.W", FLOATS(2));
    worked_expect(&w, "g:out.W", FLOATS(2.5f));
    worked_expect(&w, "g:out.b", FLOATS(2));
    worked_expect(&w, "new:out.W", FLOATS(1 - 0.3125f));
    worked_close(&w);
}
END_TEST

/* sign(w) is −1, 0 or 1: three weights, x = 0, so that g is the penalty alone. */
START_TEST(l1_pulls_by_the_sign)
{
    struct worked w;
    worked_open(&w, "input 3\nout dense 1 linear\nloss squared-error\ntrain sgd l1=0.25\n", 1);
    worked_set(&w, "out.W", FLOATS(5, -0.5f, 0));
    worked_run(&w, MODE_TRAIN, 1, (float[]){0, 0, 0}, zero);
    worked_expect(&w, "g:out.W", FLOATS(0.25f, -0.25f, 0));
    worked_close(&w);
}
END_TEST

/* x = 2 2, out − target = ½, d:out = 1: d:W = 2 2, d:b = 1, common norm √(4 + 4 + 1) = 3.
 * clip = 1.5 halves them; clip = 6 changes nothing. */
START_TEST(clip_scales_all_gradients_alike)
{
    struct worked w;
    worked_open(&w, "input 2\nout dense 1 linear\nloss squared-error\ntrain sgd clip=1.5\n", 1);
    worked_set(&w, "out.W", FLOATS(0.25f, 0));
    worked_run(&w, MODE_TRAIN, 1, (float[]){2, 2}, zero);
    worked_expect(&w, "raw:out.W", FLOATS(2, 2));
    worked_expect(&w, "clip.norm", FLOATS(3));
    worked_expect(&w, "clip.factor", FLOATS(0.5f));
    worked_expect(&w, "g:out.W", FLOATS(1, 1));
    worked_expect(&w, "g:out.b", FLOATS(0.5f));
    w.net->train.clip = 6;
    worked_run(&w, MODE_TRAIN, 1, (float[]){2, 2}, zero);
    worked_expect(&w, "clip.factor", FLOATS(1));
    worked_expect(&w, "g:out.W", FLOATS(2, 2));
    worked_close(&w);
}
END_TEST

/* Gradients that are all 0: c/0 is ∞, the factor stays 1 and nothing becomes NaN. */
START_TEST(clip_of_nothing)
{
    struct worked w;
    open_line(&w, "sgd clip=1");
    worked_run(&w, MODE_TRAIN, 1, one, one);
    worked_expect(&w, "clip.factor", FLOATS(1));
    worked_expect(&w, "new:out.W", FLOATS(1));
    worked_close(&w);
}
END_TEST

/* Runs steps of one sample each and notes the rate that each used. */
static void rates(const char *train, int count, double *out)
{
    struct worked w;
    open_line(&w, train);
    struct trainer *t =
        trainer_create(w.net, &one_sample, (struct engine_choice){.kind = ENGINE_PLAIN}, NULL);
    for (int k = 0; k < count; k++) {
        trainer_step(t);
        out[k] = (double)*(const float *)t->buffers.at[t->program->rate];
    }
    trainer_destroy(t);
    worked_close(&w);
}

/* One sample is an epoch a step; η = 1/8. */
START_TEST(rate_decays_and_follows_its_schedule)
{
    double found[5];
    rates("sgd decay=1", 3, found); /* η/(1 + t), t = 0 1 2 */
    ck_assert_double_eq(found[0], 0.125);
    ck_assert_double_eq(found[1], 0.0625);
    ck_assert_double_eq_tol(found[2], 0.125 / 3, 1e-8);
    rates("sgd schedule=step:2:0.5", 5, found); /* halved every two epochs */
    ck_assert_double_eq(found[0], 0.125);
    ck_assert_double_eq(found[1], 0.125);
    ck_assert_double_eq(found[2], 0.0625);
    ck_assert_double_eq(found[3], 0.0625);
    ck_assert_double_eq(found[4], 0.03125);
    rates("sgd schedule=cosine epochs=4", 5, found); /* (1 + cos πe/4)/2: 1, .854, ½, .146, 0 */
    ck_assert_double_eq(found[0], 0.125);
    ck_assert_double_eq_tol(found[1], 0.125 * 0.853553391, 1e-8);
    ck_assert_double_eq_tol(found[2], 0.0625, 1e-8);
    ck_assert_double_eq_tol(found[3], 0.125 * 0.146446609, 1e-8);
    ck_assert_double_eq(found[4], 0);
    rates("sgd schedule=step:1:0.5 decay=1", 2, found); /* both: ½ · 1/2 */
    ck_assert_double_eq(found[1], 0.03125);
}
END_TEST

/* A frozen layer keeps its numbers; its gradient is shown all the same. */
START_TEST(frozen_stays)
{
    struct worked w;
    worked_open(&w,
                "input 1\nh dense 1 linear frozen\nout dense 1 linear\nloss squared-error\n"
                "train sgd rate=0.125\n",
                1);
    worked_set(&w, "h.W", FLOATS(2));
    worked_set(&w, "out.W", FLOATS(1));
    worked_run(&w, MODE_TRAIN, 1, one, zero); /* out = 2, d:out = 4, d:h = 4 */
    worked_expect(&w, "d:h.W", FLOATS(4));
    worked_expect(&w, "new:h.W", FLOATS(2));
    worked_expect(&w, "new:out.W", FLOATS(0)); /* 1 − 4·2/8 */
    worked_close(&w);
}
END_TEST

Suite *test_program_update(void)
{
    Suite *s = suite_create("nn/program_update");
    TCase *c = tcase_create("update");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, first_two_steps, 0, OPTIMISER_TESTS);
    tcase_add_test(c, l2_pulls_weights_to_zero);
    tcase_add_test(c, l1_pulls_by_the_sign);
    tcase_add_test(c, clip_scales_all_gradients_alike);
    tcase_add_test(c, clip_of_nothing);
    tcase_add_test(c, rate_decays_and_follows_its_schedule);
    tcase_add_test(c, frozen_stays);
    suite_add_tcase(s, c);
    return s;
}
