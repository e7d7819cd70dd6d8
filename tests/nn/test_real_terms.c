/* Operations that are their formula: activations and slopes, averages, batchnorm, dropout; and
 * for every kind of network the same bits from every variant and in pieces. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/nets.h"
#include "support/worked.h"

Suite *test_real_terms(void);

START_TEST(variants_and_pieces_give_the_same_bits)
{
    struct net *net = test_net_make(&test_nets[_i], 11);
    struct program *p;
    struct trace *t = test_net_trace(net, test_nets[_i].targets, 3, 5, MODE_TRAIN, &p);
    worked_same_bits(t);
    trace_destroy(t);
    program_destroy(p);
    t = test_net_trace(net, test_nets[_i].targets, 3, 5, MODE_EVAL, &p);
    worked_same_bits(t);
    trace_destroy(t);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

#define E1 0.367879441f /* 1/e */

/* Each activation at −1, 0 and 2 with its slope there; corners as docs/network-format.md says. */
static const struct {
    const char *name;
    float value[3], slope[3];
} activations[] = {
    {"relu", {0, 0, 2}, {0, 0, 1}},
    {"leaky_relu", {-0.01f, 0, 2}, {0.01f, 0.01f, 1}},
    {"elu", {E1 - 1, 0, 2}, {E1, 1, 1}},
    /* 1/(1 + e), 1/2, 1/(1 + e⁻²); slope a(1 − a) */
    {"sigmoid", {0.268941421f, 0.5f, 0.880797078f}, {0.196611933f, 0.25f, 0.104993585f}},
    /* slope 1 − a² */
    {"tanh", {-0.761594156f, 0, 0.964027580f}, {0.419974342f, 1, 0.0706508249f}},
    /* ln(1 + eᶻ); slope sigmoid(z) */
    {"softplus", {0.313261688f, 0.693147181f, 2.12692801f}, {0.268941421f, 0.5f, 0.880797078f}},
    {"step", {0, 0, 1}, {0, 0, 0}},
};

#define ACTIVATION_TESTS (int)(sizeof activations / sizeof *activations)

/* With targets value − 1.5, d:a = 2/3 · 1.5 = 1, so that d:input is the slope. */
START_TEST(activation_and_its_slope)
{
    struct worked w;
    char text[128];
    float labels[3];
    snprintf(text, sizeof text, "input 3\na activation %s\nloss squared-error\ntrain sgd\n",
             activations[_i].name);
    for (int k = 0; k < 3; k++)
        labels[k] = activations[_i].value[k] - 1.5f;
    worked_open(&w, text, 3);
    worked_run(&w, MODE_TRAIN, 1, (float[]){-1, 0, 2}, labels);
    worked_near(&w, "a", 2e-7, 3, activations[_i].value);
    worked_near(&w, "a.slope", 2e-7, 3, activations[_i].slope);
    worked_near(&w, "d:input", 5e-7, 3, activations[_i].slope);
    worked_close(&w);
}
END_TEST

START_TEST(linear_hands_the_blame_on)
{
    struct worked w;
    worked_open(&w, "input 2\na activation linear\nloss squared-error\ntrain sgd\n", 2);
    worked_run(&w, MODE_TRAIN, 1, (float[]){3, -4}, (float[]){1, -5});
    worked_expect(&w, "a", FLOATS(3, -4));
    worked_expect(&w, "d:input", FLOATS(2, 1));
    worked_close(&w);
}
END_TEST

/* z = 0 0 ln 2: exp = 1/2 1/2 1 after the largest is taken off, sum 2, p = 1/4 1/4 1/2.
 * Targets −1.25 0.25 0.5: d:p = 2/3 (p − target) = 1 0 0. dot = Σ d:p p = 1/4,
 * d:z = p (d:p − dot) = 1/4·3/4, −1/4·1/4, −1/2·1/4. */
START_TEST(softmax_step_by_step)
{
    struct worked w;
    worked_open(&w, "input 3\ns activation softmax\nloss squared-error\ntrain sgd\n", 3);
    worked_run(&w, MODE_TRAIN, 1, (float[]){0, 0, 0.693147181f}, (float[]){-1.25f, 0.25f, 0.5f});
    worked_expect(&w, "s.max", FLOATS(0.693147181f));
    worked_near(&w, "s.exp", 1e-7, FLOATS(0.5f, 0.5f, 1));
    worked_near(&w, "s.sum", 1e-6, FLOATS(2));
    worked_near(&w, "s", 1e-7, FLOATS(0.25f, 0.25f, 0.5f));
    worked_near(&w, "s.dot", 1e-6, FLOATS(0.25f));
    worked_near(&w, "d:input", 1e-6, FLOATS(0.1875f, -0.0625f, -0.125f));
    worked_close(&w);
}
END_TEST

/* Two channels of 2 × 2: (1+2+3+6)/4 = 3, (10+20+30+40)/4 = 25. d:g = 2/2 (out − target) =
 * 4 −8; each place of a channel gets a quarter. */
START_TEST(global_average)
{
    struct worked w;
    worked_open(&w, "input 2 2 2\ng globalavgpool\nloss squared-error\ntrain sgd\n", 2);
    worked_run(&w, MODE_TRAIN, 1, (float[]){1, 10, 2, 20, 3, 30, 6, 40}, (float[]){-1, 33});
    worked_expect(&w, "g", FLOATS(3, 25));
    worked_expect(&w, "d:input", FLOATS(1, -2, 1, -2, 1, -2, 1, -2));
    worked_close(&w);
}
END_TEST

static void open_batchnorm(struct worked *w)
{
    worked_open(w,
                "input 1\nn batchnorm epsilon=3 momentum=0.75\nloss squared-error\n"
                "train sgd rate=0.5\n",
                1);
    worked_set(w, "n.gamma", FLOATS(2));
    worked_set(w, "n.beta", FLOATS(1));
    worked_set(w, "n.mean", FLOATS(0));
    worked_set(w, "n.var", FLOATS(5));
}

/* x = 2 2 4 4: μ = 3, dev = −1 −1 1 1, σ² = 1, floor = 1 + 3 = 4, std = 2, x̂ = ∓½,
 * out = 2x̂ + 1 = 0 0 2 2. Targets −2 0 2 −2: d:out = 2 (out − target)/4 = 1 0 0 2. */
START_TEST(batchnorm_of_the_batch)
{
    struct worked w;
    open_batchnorm(&w);
    worked_run(&w, MODE_TRAIN, 4, (float[]){2, 2, 4, 4}, (float[]){-2, 0, 2, -2});
    worked_expect(&w, "n.mu", FLOATS(3));
    worked_expect(&w, "n.dev", FLOATS(-1, -1, 1, 1));
    worked_expect(&w, "n.sigma2", FLOATS(1));
    worked_expect(&w, "n.std", FLOATS(2));
    worked_expect(&w, "n.xhat", FLOATS(-0.5f, -0.5f, 0.5f, 0.5f));
    worked_expect(&w, "n", FLOATS(0, 0, 2, 2));
    worked_expect(&w, "d:n", FLOATS(1, 0, 0, 2));
    worked_expect(&w, "d:n.gamma", FLOATS(0.5f)); /* −½·1 + ½·2 */
    worked_expect(&w, "d:n.beta", FLOATS(3));
    worked_expect(&w, "d:n.xhat", FLOATS(2, 0, 0, 4)); /* · gamma */
    worked_expect(&w, "n.pull", FLOATS(1));            /* Σ d:x̂ x̂ = −½·2 + ½·4 */
    worked_expect(&w, "d:n.std", FLOATS(-0.5f));       /* −pull/std */
    worked_expect(&w, "d:n.sigma2", FLOATS(-0.125f));  /* ½ d:std/std */
    /* d:dev = d:x̂/std + 2/4 d:σ² dev = 1 0 0 2 − 0.0625 dev */
    worked_expect(&w, "d:n.dev", FLOATS(1.0625f, 0.0625f, -0.0625f, 1.9375f));
    worked_expect(&w, "d:n.mu", FLOATS(-3));
    /* d:x = d:dev + d:μ/4; they add up to 0, since moving all x alike changes nothing */
    worked_expect(&w, "d:input", FLOATS(0.3125f, -0.6875f, -0.8125f, 1.1875f));
    worked_expect(&w, "new:n.mean", FLOATS(0.75f)); /* 0.75·0 + 0.25·3 */
    worked_expect(&w, "new:n.var", FLOATS(4));      /* 0.75·5 + 0.25·1 */
    worked_expect(&w, "new:n.gamma", FLOATS(1.75f));
    worked_expect(&w, "new:n.beta", FLOATS(-0.5f));
    worked_close(&w);
}
END_TEST

/* Evaluation: running mean 1, running variance 6: (4 − 1)/√(6 + 3) = 1, out = 2·1 + 1 = 3. */
START_TEST(batchnorm_of_the_running_statistics)
{
    struct worked w;
    open_batchnorm(&w);
    worked_set(&w, "n.mean", FLOATS(1));
    worked_set(&w, "n.var", FLOATS(6));
    worked_run(&w, MODE_EVAL, 1, (float[]){4}, (float[]){0});
    worked_expect(&w, "n", FLOATS(3));
    worked_close(&w);
}
END_TEST

/* A picture's channels are normalised each by itself, over rows, columns and samples:
 * channel 0: 1 3 | 5 7, μ = 4, σ² = (9 + 1 + 1 + 9)/4 = 5; channel 1: constant. */
START_TEST(batchnorm_goes_by_channel)
{
    struct worked w;
    worked_open(&w,
                "input 1 2 2\nn batchnorm epsilon=4\nf flatten\nloss squared-error\n"
                "train sgd\n",
                4);
    worked_run(&w, MODE_TRAIN, 2, (float[]){1, 8, 3, 8, 5, 8, 7, 8}, (float[8]){0});
    worked_expect(&w, "n.mu", FLOATS(4, 8));
    worked_expect(&w, "n.sigma2", FLOATS(5, 0));
    worked_expect(&w, "n.std", FLOATS(3, 2));
    worked_near(&w, "n", 1e-7, FLOATS(-1, 0, -1 / 3.0f, 0, 1 / 3.0f, 0, 1, 0));
    worked_close(&w);
}
END_TEST

/* The mask is 0 or 1/(1 − 0.75) = 4, kept about a quarter of the time; out = x mask and
 * d:x = d:out mask. */
START_TEST(dropout_drops_and_scales)
{
    struct worked w;
    float x[800];
    float labels[800] = {0};
    int kept = 0;
    for (int k = 0; k < 800; k++)
        x[k] = (float)(k + 1);
    worked_open(&w, "input 400\nd dropout 0.75\nloss squared-error\ntrain sgd\n", 400);
    worked_run(&w, MODE_TRAIN, 2, x, labels);
    const float *mask = worked_tensor(&w, "d.mask");
    const float *out = worked_tensor(&w, "d");
    const float *d_out = worked_tensor(&w, "d:d"), *d_x = worked_tensor(&w, "d:input");
    for (int k = 0; k < 800; k++) {
        ck_assert(mask[k] == 0.0f || mask[k] == 4.0f);
        ck_assert(out[k] == x[k] * mask[k]);
        ck_assert(d_x[k] == d_out[k] * mask[k]);
        kept += mask[k] > 0;
    }
    ck_assert_int_gt(kept, 140); /* 200 of 800 on average, standard deviation 12 */
    ck_assert_int_lt(kept, 260);
    ck_assert_msg(memcmp(mask, mask + 400, 400 * sizeof *mask), "both samples have one mask");
    worked_run(&w, MODE_EVAL, 2, x, labels);
    worked_expect(&w, "d", 800, x);
    worked_close(&w);
}
END_TEST

/* The masks of one pass with these samples at that step of the optimiser. */
static void masks(const struct net *net, int n, const int *samples, int64_t t, float *out)
{
    float x[3 * 50] = {0};
    struct optimiser o;
    struct program *p = program_create(net, MODE_TRAIN, 50);
    optimiser_init(&o, net);
    o.t = t;
    struct pass pass = {n, samples, x, x, &o, 0.1f, 1.0f, 0};
    struct trace *trace = trace_run(p, &pass, NULL);
    memcpy(out, trace_tensor(trace, program_find(p, "d.mask")), sizeof(float) * 50 * (size_t)n);
    trace_destroy(trace);
    optimiser_deinit(&o);
    program_destroy(p);
}

/* A mask belongs to seed, step and sample, not to the sample's place in the batch. */
START_TEST(same_sample_same_mask)
{
    struct worked w;
    float three[150], two[100], later[150], other[150];
    size_t row = 50 * sizeof(float);
    worked_open(&w, "input 50\nd dropout 0.5\nloss squared-error\ntrain sgd seed=3\n", 50);
    masks(w.net, 3, (int[]){11, 4, 7}, 2, three);
    masks(w.net, 2, (int[]){7, 11}, 2, two);
    masks(w.net, 3, (int[]){11, 4, 7}, 3, later);
    ck_assert_mem_eq(two, three + 100, row);
    ck_assert_mem_eq(two + 50, three, row);
    ck_assert_mem_ne(three, later, row);
    w.net->train.seed = 4;
    masks(w.net, 3, (int[]){11, 4, 7}, 2, other);
    ck_assert_mem_ne(three, other, row);
    worked_close(&w);
}
END_TEST

/* p = x, s = x + p: out = 2x, and d:x is both ways together. */
START_TEST(add_sums_layers)
{
    struct worked w;
    worked_open(&w,
                "input 2\np activation linear\ns add input p relu\nloss squared-error\n"
                "train sgd\n",
                2);
    worked_run(&w, MODE_TRAIN, 1, (float[]){3, -2}, (float[]){5, 0});
    worked_expect(&w, "s.z", FLOATS(6, -4));
    worked_expect(&w, "s", FLOATS(6, 0));
    worked_expect(&w, "d:s.z", FLOATS(1, 0)); /* 2/2 (6 − 5); relu stops the other */
    worked_expect(&w, "d:p", FLOATS(1, 0));
    worked_expect(&w, "d:input", FLOATS(2, 0));
    worked_close(&w);
}
END_TEST

/* Longer than a block of the interpreter: 257 numbers, each by itself. */
START_TEST(blocks_join_without_a_seam)
{
    struct worked w;
    float x[600];
    worked_open(&w, "input 600\na activation relu\n", 0);
    for (int k = 0; k < 600; k++)
        x[k] = (float)(k % 7 - 3);
    worked_run(&w, MODE_EVAL, 1, x, NULL);
    const float *a = worked_tensor(&w, "a");
    for (int k = 0; k < 600; k++)
        ck_assert(a[k] == (x[k] > 0 ? x[k] : 0));
    worked_close(&w);
}
END_TEST

Suite *test_real_terms(void)
{
    Suite *s = suite_create("nn/real_terms");
    TCase *c = tcase_create("terms");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, variants_and_pieces_give_the_same_bits, 0, test_net_count);
    tcase_add_loop_test(c, activation_and_its_slope, 0, ACTIVATION_TESTS);
    tcase_add_test(c, linear_hands_the_blame_on);
    tcase_add_test(c, softmax_step_by_step);
    tcase_add_test(c, global_average);
    tcase_add_test(c, batchnorm_of_the_batch);
    tcase_add_test(c, batchnorm_of_the_running_statistics);
    tcase_add_test(c, batchnorm_goes_by_channel);
    tcase_add_test(c, dropout_drops_and_scales);
    tcase_add_test(c, same_sample_same_mask);
    tcase_add_test(c, add_sums_layers);
    tcase_add_test(c, blocks_join_without_a_seam);
    suite_add_tcase(s, c);
    return s;
}
