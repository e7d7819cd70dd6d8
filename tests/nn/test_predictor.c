#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/nn/predictor.h"
#include "glassnet/nn/trainer.h"
#include "support/nets.h"

Suite *test_predictor(void);

/* Same bits as the plain engine's forward phase, for any number of threads. */
static void compare(const struct test_net *tn, int threads)
{
    struct err err = {0};
    struct net *net = test_net_make(tn, 41);
    struct program *p = program_create(net, MODE_EVAL, tn->targets);
    size_t outputs = shape_count(&net_output(net)->out);
    size_t inputs = shape_count(&net->layers[0].out);
    float *x, *labels, *out = malloc(3 * outputs * sizeof *out);
    test_net_batch(net, tn->targets, 3, 9, &x, &labels);
    int samples[] = {0, 1, 2};
    struct pass pass = {3, samples, x, labels, NULL, 0.1f, 1.0f, 0};
    struct trace *t = trace_run(p, &pass, &err);
    struct predictor *predictor = predictor_create(net, threads, &err);
    ck_assert(predictor != NULL);
    const float *expected = trace_tensor(t, p->layer_out[net->layer_count - 1]);
    predictor_run(predictor, x, 3, out);
    ck_assert_msg(memcmp(out, expected, 3 * outputs * sizeof *out) == 0, "%s", tn->name);
    /* After a change of the parameters and a refresh it follows. */
    memset(net->params, 0, net->param_count * sizeof(float));
    predictor_refresh(predictor);
    predictor_run(predictor, x + inputs, 1, out);
    for (size_t k = 1; k < outputs; k++)
        ck_assert(out[k] == out[0]);
    predictor_destroy(predictor);
    trace_destroy(t);
    program_destroy(p);
    net_destroy(net);
    free(x);
    free(labels);
    free(out);
}

START_TEST(predictor_gives_the_plain_bits)
{
    compare(&test_nets[_i], 1);
    compare(&test_nets[_i], 2);
}
END_TEST

static const struct test_net wide = {
    "wide",
    "input 19 21 3\nconv2d 33 3x3 relu padding=same\nmaxpool 2x2\nconv2d 64 3x2 relu\n"
    "conv2d 16 3x3 relu stride=2\nmaxpool 2x2\nflatten\ndense 131 tanh\ndense 10 softmax\n"
    "loss cross-entropy\n",
    0};

START_TEST(predictor_of_wide_layers)
{
    compare(&wide, 1);
    compare(&wide, 3);
    compare(&wide, 0);
}
END_TEST

Suite *test_predictor(void)
{
    Suite *s = suite_create("nn/predictor");
    TCase *c = tcase_create("predictor");
    tcase_add_loop_test(c, predictor_gives_the_plain_bits, 0, test_net_count);
    tcase_add_test(c, predictor_of_wide_layers);
    suite_add_tcase(s, c);
    return s;
}
