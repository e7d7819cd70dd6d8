/* The fast engine gives the plain engine's bits: every layer kind, odd sizes, short batches, any
 * number of threads, every variant this processor can run. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/nn/trainer.h"
#include "support/nets.h"

Suite *test_fast(void);

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

/* As a source does whose samples cost more than a copy: threads then share the fetching out. */
static void fetch_training(void *context, const int *samples, int n, int epoch, float *x,
                           float *label)
{
    (void)epoch;
    fetch(context, samples, n, x, label);
}

/* Parameters and moments after some steps. */
static float *trained(const struct test_net *tn, int batch, int steps, struct engine_choice choice,
                      size_t *count)
{
    struct err err = {0};
    struct net *net = test_net_make(tn, 31);
    struct samples from = {.x_count = shape_count(&net->layers[0].out), .targets = tn->targets};
    test_net_batch(net, tn->targets, 41, 17, &from.x, &from.labels);
    struct source source = {&from, 41, from.x_count, tn->targets, fetch, NULL};
    if (choice.threads % 2) /* both ways are run with several threads */
        source.fetch_training = fetch_training;
    net->train.batch = batch;
    struct trainer *t = trainer_create(net, &source, choice, &err);
    ck_assert_msg(t != NULL, "%s: %s", tn->name, err.message);
    for (int k = 0; k < steps; k++)
        trainer_step(t);
    *count = 4 * net->param_count + 1;
    float *all = malloc(*count * sizeof *all);
    memcpy(all, net->params, net->param_count * sizeof *all);
    memcpy(all + net->param_count, t->optimiser.m, 3 * net->param_count * sizeof *all);
    all[4 * net->param_count] = t->batch_loss;
    trainer_destroy(t);
    net_destroy(net);
    free(from.x);
    free(from.labels);
    return all;
}

static void compare(const struct test_net *tn, int batch, int steps)
{
    size_t count;
    struct engine_choice plain = {.kind = ENGINE_PLAIN};
    float *expected = trained(tn, batch, steps, plain, &count);
    for (const char *const *v = engine_variants(); *v; v++)
        for (int threads = 0; threads <= 3; threads++) {
            struct engine_choice fast = {ENGINE_FAST, threads, *v};
            float *found = trained(tn, batch, steps, fast, &count);
            for (size_t k = 0; k < count; k++)
                ck_assert_msg(memcmp(&expected[k], &found[k], sizeof(float)) == 0,
                              "%s, batch %d, %s, %d threads: number %zu is %.9g, plain %.9g",
                              tn->name, batch, *v, threads, k, (double)found[k],
                              (double)expected[k]);
            free(found);
        }
    free(expected);
}

START_TEST(fast_gives_the_plain_bits)
{
    compare(&test_nets[_i], 10, 25); /* 41 samples: the last batch has one */
}
END_TEST

START_TEST(batches_larger_than_a_block)
{
    compare(&test_nets[_i], 39, 6);
}
END_TEST

static const struct test_net odd_nets[] = {
    {"channels 1, 3, 5, 7",
     "input 11 9 1\na conv2d 3 3x3 relu\nb conv2d 5 2x3 tanh\nc conv2d 7 3x2 sigmoid\n"
     "p maxpool 2x2\nf flatten\nh dense 13 relu\nout dense 5 softmax\nloss cross-entropy\n"
     "train momentum rate=0.05\n",
     0},
    {"wider than a vector",
     "input 9 10 3\na conv2d 33 3x3 relu padding=same\np maxpool 2x2\nb conv2d 17 2x2 relu "
     "stride=2\n"
     "f flatten\nh dense 37 tanh\nout dense 3 softmax\nloss cross-entropy\ntrain sgd rate=0.1\n",
     0},
    {"5x5 on one channel",
     "input 13 12 1\na conv2d 7 5x5 relu\np maxpool 2x2\nf flatten\nout dense 5 softmax\n"
     "loss cross-entropy\ntrain sgd rate=0.1\n",
     0},
    {"3x3 on one channel",
     "input 9 11 1\na conv2d 35 3x3 relu\nf flatten\nout dense 5 softmax\n"
     "loss cross-entropy\ntrain sgd rate=0.1\n",
     0},
    {"3x3 on one channel, strides",
     "input 11 13 1\na conv2d 18 3x3 relu stride=2\nf flatten\nout dense 5 softmax\n"
     "loss cross-entropy\ntrain sgd rate=0.1\n",
     0},
    {"3x3 on three channels, strides",
     "input 9 11 3\na conv2d 18 3x3 relu stride=2\nf flatten\nout dense 5 softmax\n"
     "loss cross-entropy\ntrain sgd rate=0.1\n",
     0},
    /* Two threads sum up the first convolution's weights by samples (fast_chain.c). */
    {"5x5 on one channel, a larger one after it",
     "input 13 13 1\na conv2d 8 5x5 relu\nb conv2d 16 3x3 relu\nf flatten\nout dense 5 softmax\n"
     "loss cross-entropy\ntrain momentum rate=0.1\n",
     0},
    {"3x3 on one channel, a larger one after it",
     "input 9 11 1\na conv2d 32 3x3 relu\nb conv2d 16 2x2 relu\nf flatten\nout dense 5 softmax\n"
     "loss cross-entropy\ntrain sgd rate=0.1\n",
     0},
    {"5x5 on one channel, adam",
     "input 9 8 1\na conv2d 8 5x5 relu\nf flatten\nout dense 5 softmax\nloss cross-entropy\n"
     "train adam rate=0.01\n",
     0},
    {"dense only",
     "input 51\nh dense 67 relu\nh2 dense 19 sigmoid\nout dense 10 softmax\n"
     "loss cross-entropy\ntrain sgd rate=0.1\n",
     0},
};

START_TEST(odd_sizes)
{
    compare(&odd_nets[_i], 33, 8);
}
END_TEST

/* One thread and one block of lanes: fast_small.c, by weights alone, by rows, with plain steps. */
static const struct test_net small_nets[] = {
    {"2-4-2-1 tanh",
     "input 2\ndense 4 tanh\ndense 2 tanh\ndense 1 tanh\nloss squared-error\n"
     "train sgd rate=0.1\n",
     1},
    {"2-3-1 sigmoid, momentum",
     "input 2\ndense 3 sigmoid\ndense 1 sigmoid\nloss squared-error\ntrain momentum rate=0.1\n", 0},
    {"2-8-8-2 relu",
     "input 2\ndense 8 relu\ndense 8 relu\ndense 2 softmax\nloss cross-entropy\n"
     "train sgd rate=0.1\n",
     0},
    {"more weights than are small",
     "input 5\ndense 19 relu\ndense 7 tanh\ndense 3 softmax\nloss cross-entropy\n"
     "train momentum rate=0.1\n",
     0},
    {"adam, penalties",
     "input 3\ndense 5 tanh\ndense 2 softmax\nloss cross-entropy\n"
     "train adam rate=0.01 l2=0.01 clip=0.5\n",
     0},
};

START_TEST(small_networks)
{
    compare(&small_nets[_i], 7, 50); /* 41 samples: the last batch has six */
    compare(&small_nets[_i], 14, 20);
}
END_TEST

START_TEST(many_steps)
{
    compare(&test_nets[2], 16, 50);
}
END_TEST

Suite *test_fast(void)
{
    Suite *s = suite_create("nn/fast");
    TCase *c = tcase_create("fast");
    tcase_set_timeout(c, 120);
    tcase_add_loop_test(c, fast_gives_the_plain_bits, 0, test_net_count);
    tcase_add_loop_test(c, batches_larger_than_a_block, 0, test_net_count);
    tcase_add_loop_test(c, odd_sizes, 0, (int)(sizeof odd_nets / sizeof *odd_nets));
    tcase_add_loop_test(c, small_networks, 0, (int)(sizeof small_nets / sizeof *small_nets));
    tcase_add_test(c, many_steps);
    suite_add_tcase(s, c);
    return s;
}
