#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/rng.h"
#include "glassnet/nn/trainer.h"
#include "support/nets.h"

Suite *test_trainer(void);

struct samples {
    float *x, *labels;
    size_t x_count;
    int targets;
};

static void fetch(void *context, const int *samples, int n, float *x, float *label)
{
    const struct samples *from = context;
    size_t width = (size_t)(from->targets ? from->targets : 1);
    for (int s = 0; s < n; s++) {
        memcpy(x + (size_t)s * from->x_count, from->x + (size_t)samples[s] * from->x_count,
               from->x_count * sizeof *x);
        memcpy(label + (size_t)s * width, from->labels + (size_t)samples[s] * width,
               width * sizeof *label);
    }
}

/* A network with `count` seeded samples, and a trainer on them. */
struct training {
    struct net *net;
    struct samples samples;
    struct source source;
    struct trainer *trainer;
};

static void begin(struct training *c, const struct test_net *tn, int count, int batch,
                  struct engine_choice engine)
{
    struct err err = {0};
    c->net = test_net_make(tn, 31);
    c->samples =
        (struct samples){.x_count = shape_count(&c->net->layers[0].out), .targets = tn->targets};
    test_net_batch(c->net, tn->targets, count, 17, &c->samples.x, &c->samples.labels);
    c->source = (struct source){.context = &c->samples,
                                .count = count,
                                .x_count = c->samples.x_count,
                                .targets = tn->targets,
                                .fetch = fetch};
    c->net->train.batch = batch;
    c->trainer = trainer_create(c->net, &c->source, engine, &err);
    ck_assert_msg(c->trainer != NULL, "%s: %s", tn->name, err.message);
}

static void end(struct training *c)
{
    trainer_destroy(c->trainer);
    net_destroy(c->net);
    free(c->samples.x);
    free(c->samples.labels);
}

static const struct engine_choice plain = {.kind = ENGINE_PLAIN};

/* The home of what a "new:" tensor becomes. */
static const float *home_of(const struct training *c, const struct tensor *of)
{
    const float *at = of->role == ROLE_NEW     ? c->net->params
                      : of->role == ROLE_NEW_M ? c->trainer->optimiser.m
                      : of->role == ROLE_NEW_V ? c->trainer->optimiser.v
                      : of->role == ROLE_NEW_U ? c->trainer->optimiser.u
                                               : NULL;
    return at ? at + of->offset : NULL;
}

/* What a learner steps through is what was trained: three steps, each first as a trace of the
 * trainer's own next batch, at its moments and rate, then for real. The second batch is short. */
START_TEST(a_step_is_the_trace)
{
    struct training c;
    struct err err = {0};
    begin(&c, &test_nets[_i], 5, 3, plain);
    struct program *p = program_create(c.net, MODE_TRAIN, test_nets[_i].targets);
    for (int step = 0; step < 3; step++) {
        int samples[3];
        float x[3 * 128], labels[3 * 8];
        struct pass pass = {.samples = samples, .x = x, .labels = labels};
        pass.n = trainer_next_batch(c.trainer, samples);
        ck_assert_int_eq(pass.n, step == 1 ? 2 : 3);
        ck_assert_uint_le(c.source.x_count, 128);
        fetch(&c.samples, samples, pass.n, x, labels);
        pass.optimiser = &c.trainer->optimiser;
        trainer_rate(c.trainer, &pass.rate, &pass.rate_schedule);
        struct trace *t = trace_run(p, &pass, &err);
        float loss = trainer_step(c.trainer);
        ck_assert(loss == trace_tensor(t, p->loss)[0]);
        for (int k = 0; k < p->tensor_count; k++) {
            const float *home = home_of(&c, &p->tensors[k]);
            ck_assert_msg(
                !home || memcmp(home, trace_tensor(t, k), p->tensors[k].count * sizeof(float)) == 0,
                "%s, step %d: %s", test_nets[_i].name, step, p->tensors[k].name);
        }
        trace_destroy(t);
    }
    program_destroy(p);
    end(&c);
}
END_TEST

/* Runs to the begin of epoch e and reads its first batch. */
static void order_of(uint64_t seed, int epoch, int steps_each, int *order)
{
    struct training c;
    begin(&c, &test_nets[0], 20, 20 / steps_each, plain);
    trainer_destroy(c.trainer);
    c.net->train.seed = seed;
    c.trainer = trainer_create(c.net, &c.source, plain, NULL);
    while (c.trainer->epoch < epoch)
        trainer_step(c.trainer);
    for (int k = 0; k < 20;) {
        k += trainer_next_batch(c.trainer, order + k);
        trainer_step(c.trainer);
    }
    end(&c);
}

START_TEST(order_depends_on_seed_and_epoch_alone)
{
    int first[20], again[20], other[20];
    bool seen[20] = {0};
    order_of(5, 2, 1, first);
    order_of(5, 2, 4, again); /* other batches, same order */
    ck_assert_mem_eq(first, again, sizeof first);
    order_of(5, 1, 1, other);
    ck_assert_mem_ne(first, other, sizeof first);
    order_of(6, 2, 1, other);
    ck_assert_mem_ne(first, other, sizeof first);
    for (int k = 0; k < 20; k++)
        seen[first[k]] = true;
    for (int k = 0; k < 20; k++)
        ck_assert_msg(seen[k], "sample %d is never taken", k);
}
END_TEST

/* 7 samples in batches of 3: 3, 3, 1, and the epoch ends. */
START_TEST(last_batch_may_be_short)
{
    struct training c;
    int samples[3];
    static const int sizes[] = {3, 3, 1, 3};
    begin(&c, &test_nets[1], 7, 3, plain);
    ck_assert(!trainer_epoch_ended(c.trainer));
    for (int k = 0; k < 4; k++) {
        ck_assert_int_eq(trainer_next_batch(c.trainer, samples), sizes[k]);
        trainer_step(c.trainer);
        ck_assert(trainer_epoch_ended(c.trainer) == (k == 2));
        ck_assert_int_eq(c.trainer->epoch, k >= 2);
        ck_assert_int_eq(c.trainer->optimiser.t, k + 1);
    }
    end(&c);
}
END_TEST

/* The epoch's loss is the sum over samples: batches of 3 and 1 weigh 3 : 1. */
START_TEST(epoch_loss_weighs_samples_alike)
{
    struct training c;
    begin(&c, &test_nets[1], 4, 3, plain);
    float three = trainer_step(c.trainer);
    float one = trainer_step(c.trainer);
    ck_assert_double_eq_tol(c.trainer->epoch_loss, 3 * (double)three + (double)one, 1e-12);
    end(&c);
}
END_TEST

START_TEST(threads_give_the_same_bits)
{
    struct training first, c;
    begin(&first, &test_nets[_i], 13, 5, plain);
    for (int k = 0; k < 9; k++)
        trainer_step(first.trainer);
    for (int threads = 1; threads <= 3; threads++) {
        begin(&c, &test_nets[_i], 13, 5, (struct engine_choice){ENGINE_FAST, threads, NULL});
        for (int k = 0; k < 9; k++)
            trainer_step(c.trainer);
        ck_assert_mem_eq(c.net->params, first.net->params,
                         c.net->param_count * sizeof *c.net->params);
        end(&c);
    }
    end(&first);
}
END_TEST

/* The sum of two numbers above or below 0: a line learns it. */
START_TEST(learns_what_can_be_learnt)
{
    static const struct test_net line = {
        "line", "input 2\nout dense 2 softmax\nloss cross-entropy\ntrain sgd rate=0.5\n", 0};
    struct training c;
    begin(&c, &line, 60, 10, plain);
    for (int s = 0; s < 60; s++)
        c.samples.labels[s] = c.samples.x[2 * s] + c.samples.x[2 * s + 1] > 0;
    double first = 0;
    while (c.trainer->epoch < 30) {
        trainer_step(c.trainer);
        if (c.trainer->epoch == 1 && c.trainer->position == 0)
            first = c.trainer->epoch_loss / 60;
    }
    ck_assert_double_lt(c.trainer->epoch_loss / 60, 0.4 * first);
    ck_assert_int_ge(c.trainer->epoch_correct, 57);
    end(&c);
}
END_TEST

START_TEST(what_does_not_fit_is_said)
{
    struct err err = {0};
    struct net *net = net_parse("input 2\nout dense 2 softmax\n", "a.net", &err);
    struct source source = {.count = 5, .x_count = 2, .targets = 0, .fetch = fetch};
    ck_assert_ptr_null(trainer_create(net, &source, plain, &err));
    ck_assert_int_eq(err.code, ERR_INPUT);
    ck_assert_str_eq(err.message, "the network has no loss line, so there is nothing to learn "
                                  "from; add for example loss cross-entropy");
    net_destroy(net);
    err_clear(&err);
    net = net_parse("input 2\nout dense 2 softmax\nloss cross-entropy\n", "a.net", &err);
    source.x_count = 3;
    ck_assert_ptr_null(trainer_create(net, &source, plain, &err));
    ck_assert_str_eq(err.message, "the network's input is 2 = 2 numbers, but the data's samples "
                                  "have 3; change the input line or take other data");
    net_destroy(net);
}
END_TEST

START_TEST(reset_forgets_moments_and_steps)
{
    struct training c;
    begin(&c, &test_nets[1], 6, 3, plain);
    trainer_step(c.trainer);
    trainer_step(c.trainer);
    struct optimiser *o = &c.trainer->optimiser;
    ck_assert(o->m[0] != 0);
    optimiser_reset(o);
    ck_assert_int_eq(o->t, 0);
    for (size_t k = 0; k < o->count; k++)
        ck_assert(o->m[k] == 0 && o->v[k] == 0 && o->u[k] == 0);
    end(&c);
}
END_TEST

Suite *test_trainer(void)
{
    Suite *s = suite_create("nn/trainer");
    TCase *c = tcase_create("trainer");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, a_step_is_the_trace, 0, test_net_count);
    tcase_add_test(c, order_depends_on_seed_and_epoch_alone);
    tcase_add_test(c, last_batch_may_be_short);
    tcase_add_test(c, epoch_loss_weighs_samples_alike);
    tcase_add_loop_test(c, threads_give_the_same_bits, 0, test_net_count);
    tcase_add_test(c, learns_what_can_be_learnt);
    tcase_add_test(c, what_does_not_fit_is_said);
    tcase_add_test(c, reset_forgets_moments_and_steps);
    suite_add_tcase(s, c);
    return s;
}
