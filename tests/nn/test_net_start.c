/* The start of the parameters: bounds and variances against the papers' formulas, and streams. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "glassnet/nn/net.h"

Suite *test_net_start(void);

static struct net *parse(const char *text)
{
    struct err err = {0};
    struct net *net = net_parse(text, NULL, &err);
    ck_assert_msg(net != NULL, "line %d: %s", err.line, err.message);
    return net;
}

struct moments {
    double largest, mean, variance;
};

static struct moments moments_of(const struct net *net, const char *name)
{
    const struct layer *l = &net->layers[net_find_layer(net, name)];
    const float *W = net->params + l->param[0].offset;
    struct moments m = {0};
    double n = (double)l->param[0].count;
    for (size_t i = 0; i < l->param[0].count; i++) {
        m.largest = fmax(m.largest, fabs((double)W[i]));
        m.mean += (double)W[i] / n;
    }
    for (size_t i = 0; i < l->param[0].count; i++)
        m.variance += ((double)W[i] - m.mean) * ((double)W[i] - m.mean) / n;
    return m;
}

static const struct kind {
    const char *line;
    double variance;
    double limit; /* of uniform draws; 0 for normal ones */
} kinds[] = {
    /* dense 400 from 200: Glorot 2/(200 + 400), limit sqrt(6/600) = 0.1; He 2/200, sqrt(6/200). */
    {"a dense 400 init=glorot_uniform", 1.0 / 300, 0.1},
    {"a dense 400 init=glorot_normal", 1.0 / 300, 0},
    {"a dense 400 init=he_uniform", 0.01, 0.17320508},
    {"a dense 400 init=he_normal", 0.01, 0},
    {"a dense 400 init=uniform=0.3", 0.03, 0.3}, /* (2 * 0.3)^2 / 12 */
    {"a dense 400", 1.0 / 300, 0.1},
    {"a dense 400 tanh", 1.0 / 300, 0.1},
    {"a dense 400 linear", 1.0 / 300, 0.1},
    {"a dense 400 relu", 0.01, 0.17320508},
    {"a dense 400 leaky_relu", 0.01, 0.17320508},
    {"a dense 400 elu", 0.01, 0.17320508},
    {"a dense 400\nactivation relu", 0.01, 0.17320508},
    {"a dense 400\nbatchnorm\nactivation elu", 0.01, 0.17320508},
    {"a dense 400\nbatchnorm relu", 0.01, 0.17320508},
    {"a dense 400\nactivation tanh\nactivation relu", 1.0 / 300, 0.1},
    {"a dense 400\ndropout 0.5\nactivation relu", 1.0 / 300, 0.1},
    {"a dense 400 relu init=glorot_uniform", 1.0 / 300, 0.1},
};

START_TEST(dense_weights_follow_the_formula)
{
    char text[200] = "input 200\n";
    struct net *net = parse(strcat(text, kinds[_i].line));
    struct moments m = moments_of(net, "a");
    /* 80,000 draws: the variance's own deviation is under 0.5 %, the mean's under 0.36 % of
     * the draws'. Six deviations are allowed. */
    ck_assert_double_lt(fabs(m.variance / kinds[_i].variance - 1), 0.03);
    ck_assert_double_lt(fabs(m.mean), 0.022 * sqrt(kinds[_i].variance));
    if (kinds[_i].limit > 0) {
        ck_assert_double_le(m.largest, kinds[_i].limit * 1.0000001);
        ck_assert_double_gt(m.largest, kinds[_i].limit * 0.999);
    } else {
        ck_assert_double_gt(m.largest, 3.5 * sqrt(kinds[_i].variance));
    }
    net_destroy(net);
}
END_TEST

START_TEST(convolution_fans_count_the_kernel)
{
    /* 3x5 kernels, 4 channels, 200 filters: fan_in 60, fan_out 3000; He 2/60. */
    struct net *net = parse("input 9 9 4\na conv2d 200 3x5 tanh\nb conv2d 200 3x5 relu "
                            "from=input\nconcatenate a b\n");
    ck_assert_double_lt(fabs(moments_of(net, "a").variance * 3060 / 2 - 1), 0.06);
    ck_assert_double_lt(fabs(moments_of(net, "b").variance * 60 / 2 - 1), 0.06);
    net_destroy(net);
}
END_TEST

START_TEST(biases_and_statistics_start_as_told)
{
    struct net *net = parse("input 3\na dense 2 bias=-0.5\nb dense 2 init=zeros\nbn batchnorm\n");
    const float expected[] = {-0.5f, -0.5f, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1};
    ck_assert_uint_eq(net->param_count, 8 + 6 + 8);
    ck_assert_mem_eq(net->params + 6, expected, sizeof expected);
    net_destroy(net);
}
END_TEST

START_TEST(a_seed_gives_the_same_bits_and_another_others)
{
    const char *text = "input 8\ndense 8 init=he_normal\ndense 8\ntrain sgd seed=5\n";
    struct net *a = parse(text), *b = parse(text);
    size_t bytes = a->param_count * sizeof(float);
    ck_assert_mem_eq(a->params, b->params, bytes);
    net_start(a, 6);
    ck_assert_mem_ne(a->params, b->params, bytes);
    net_start(a, 5);
    ck_assert_mem_eq(a->params, b->params, bytes);
    net_destroy(a);
    net_destroy(b);
}
END_TEST

static const float *weights(const struct net *net, const char *name)
{
    return net->params + net->layers[net_find_layer(net, name)].param[0].offset;
}

START_TEST(each_layer_has_its_own_stream)
{
    struct net *a = parse("input 6\na dense 9 tanh\nb dense 9 tanh\nc dense 9 tanh\n");
    /* b draws from a normal (another number of draws); a dropout goes between. */
    struct net *changed =
        parse("input 6\na dense 9 tanh\ndropout 0.5\nb dense 9 tanh init=he_normal\n"
              "c dense 9 tanh\n");
    ck_assert_mem_eq(weights(a, "a"), weights(changed, "a"), 54 * sizeof(float));
    ck_assert_mem_ne(weights(a, "b"), weights(changed, "b"), 81 * sizeof(float));
    ck_assert_mem_eq(weights(a, "c"), weights(changed, "c"), 81 * sizeof(float));
    /* b and c are drawn alike but are not the same. */
    ck_assert_mem_ne(weights(a, "b"), weights(a, "c"), 81 * sizeof(float));
    net_destroy(a);
    net_destroy(changed);
}
END_TEST

START_TEST(streams_are_not_correlated)
{
    struct net *net = parse("input 200\na dense 200 tanh\nb dense 200 tanh\n");
    const float *a = weights(net, "a"), *b = weights(net, "b");
    double sum = 0, variance = 2.0 / 400;
    for (int i = 0; i < 40000; i++)
        sum += (double)a[i] * (double)b[i];
    /* The correlation of 40,000 unrelated pairs deviates by 1/200; six deviations. */
    ck_assert_double_lt(fabs(sum / 40000 / variance), 0.03);
    net_destroy(net);
}
END_TEST

Suite *test_net_start(void)
{
    Suite *suite = suite_create("net_start");
    TCase *t = tcase_create("net_start");
    tcase_add_loop_test(t, dense_weights_follow_the_formula, 0, sizeof kinds / sizeof *kinds);
    tcase_add_test(t, convolution_fans_count_the_kernel);
    tcase_add_test(t, biases_and_statistics_start_as_told);
    tcase_add_test(t, a_seed_gives_the_same_bits_and_another_others);
    tcase_add_test(t, each_layer_has_its_own_stream);
    tcase_add_test(t, streams_are_not_correlated);
    suite_add_tcase(suite, t);
    return suite;
}
