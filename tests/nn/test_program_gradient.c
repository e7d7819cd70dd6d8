/* Programs of a gradient that begins at a layer's numbers: against differences in double, guided
 * backpropagation and Grad-CAM by hand. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/nn/engine.h"
#include "support/nets.h"

Suite *test_program_gradient(void);

static void fill_params(struct buffers *b)
{
    const struct program *p = b->program;
    for (int t = 0; t < p->tensor_count; t++)
        if (p->tensors[t].is_param)
            for (size_t i = 0; i < p->tensors[t].count; i++) {
                float value = p->net->params[p->tensors[t].offset + i];
                if (b->real == sizeof(double))
                    ((double *)b->at[t])[i] = (double)value;
                else
                    ((float *)b->at[t])[i] = value;
            }
}

/* The weighted sum of the numbers the gradient begins at, after a forward pass. */
static double derived(struct buffers *b)
{
    const struct program *p = b->program;
    int from = program_find(p, p->tensors[p->seed].base);
    const double *weights = b->at[p->seed], *numbers = b->at[from];
    double sum = 0;
    engine_run_double(b, 0, p->tensors[p->seed].first_op);
    for (size_t i = 0; i < p->tensors[p->seed].count; i++)
        sum += weights[i] * numbers[i];
    return sum;
}

static void compare_with_differences(const struct net *net, int layer, bool before,
                                     const char *name)
{
    struct program *p = program_create_gradient(
        net, &(struct gradient_wish){.layer = layer, .before = before, .gradcam = -1});
    struct buffers b;
    float *x, *labels;
    ck_assert(buffers_init(&b, p, 1, sizeof(double), false, NULL));
    test_net_batch(net, 0, 1, 5, &x, &labels);
    fill_params(&b);
    double *input = b.at[p->input], *seed = b.at[p->seed];
    size_t count = p->tensors[p->input].count;
    for (size_t i = 0; i < count; i++)
        input[i] = (double)x[i];
    for (size_t i = 0; i < p->tensors[p->seed].count; i++)
        seed[i] = i % 3 == 0 ? 1 : -0.5;
    engine_run_double(&b, 0, p->op_count);
    const double *found = b.at[p->tensors[p->input].grad];
    double *kept = calloc(count, sizeof *kept);
    memcpy(kept, found, count * sizeof *kept);
    for (size_t i = 0; i < count; i++) {
        double at = input[i], e = 1e-6;
        input[i] = at + e;
        double up = derived(&b);
        input[i] = at - e;
        double down = derived(&b);
        input[i] = at;
        ck_assert_msg(fabs((up - down) / (2 * e) - kept[i]) < 1e-6 * (1 + fabs(kept[i])),
                      "%s, layer %s: d:input[%zu] is %g, by differences %g", name,
                      net->layers[layer].name, i, kept[i], (up - down) / (2 * e));
    }
    free(kept);
    free(x);
    free(labels);
    buffers_deinit(&b);
    program_destroy(p);
}

START_TEST(it_agrees_with_differences_from_any_layer)
{
    struct net *net = test_net_make(&test_nets[_i], 3);
    for (int l = 1; l < net->layer_count; l++) {
        compare_with_differences(net, l, false, test_nets[_i].name);
        compare_with_differences(net, l, true, test_nets[_i].name);
    }
    net_destroy(net);
}
END_TEST

/* Runs a network of one sample in float32; the caller reads tensors by name. */
struct worked {
    struct net *net;
    struct program *program;
    struct buffers b;
};

static void worked_init(struct worked *w, const char *text, const float *params,
                        const struct gradient_wish *wish, const float *x, const float *seed)
{
    struct err err = {0};
    w->net = net_parse(text, NULL, &err);
    ck_assert_msg(w->net != NULL, "%s", err.message);
    memcpy(w->net->params, params, w->net->param_count * sizeof *params);
    w->program = program_create_gradient(w->net, wish);
    ck_assert(buffers_init(&w->b, w->program, 1, sizeof(float), false, &err));
    fill_params(&w->b);
    memcpy(w->b.at[w->program->input], x, w->program->tensors[w->program->input].count * sizeof *x);
    memcpy(w->b.at[w->program->seed], seed,
           w->program->tensors[w->program->seed].count * sizeof *seed);
    engine_run(&w->b, 0, w->program->op_count);
}

static const float *named(const struct worked *w, const char *name)
{
    int t = program_find(w->program, name);
    ck_assert_msg(t >= 0, "there is no %s", name);
    return w->b.at[t];
}

static void worked_deinit(struct worked *w)
{
    buffers_deinit(&w->b);
    program_destroy(w->program);
    net_destroy(w->net);
}

/* h = relu(W x), out = (1, -1) h: with both units on, the gradient takes both, guided only the
 * one whose gradient is above 0. */
START_TEST(guided_stops_what_is_below_0_at_relus)
{
    const float params[] = {1, 2, 3, 5, 0, 0, 1, -1, 0}, x[] = {1, 1}, seed[] = {1};
    const char *text = "input 2\nh dense 2 relu\nout dense 1\n";
    struct worked w;
    worked_init(&w, text, params, &(struct gradient_wish){.layer = 2, .gradcam = -1}, x, seed);
    ck_assert(named(&w, "d:input")[0] == -2 && named(&w, "d:input")[1] == -3);
    worked_deinit(&w);
    worked_init(&w, text, params,
                &(struct gradient_wish){.layer = 2, .guided = true, .gradcam = -1}, x, seed);
    ck_assert(named(&w, "d:input")[0] == 1 && named(&w, "d:input")[1] == 2);
    worked_deinit(&w);
}
END_TEST

/* Two 1 × 1 kernels (1 and -1) over 2 × 2 pixels, flattened; the output weighs the first map's
 * pixels 1, 2, 3, 4 and the second's all 2. */
START_TEST(gradcam_by_hand)
{
    const float params[] = {1, -1, 0, 0, /* out.W [pixel][map] */ 1, 2, 2, 2, 3, 2, 4, 2, 0};
    const float x[] = {1, 2, 3, -4}, seed[] = {1};
    struct worked w;
    worked_init(&w, "input 2 2 1\nc conv2d 2 1x1 linear\nf flatten\nout dense 1\n", params,
                &(struct gradient_wish){.layer = 3, .gradcam = 1}, x, seed);
    const float *weights = named(&w, "gradcam.weights"), *cam = named(&w, "gradcam");
    ck_assert(weights[0] == 2.5f && weights[1] == 2);
    /* 2.5 x - 2 x = x / 2, below 0 it is 0 */
    ck_assert(cam[0] == 0.5f && cam[1] == 1 && cam[2] == 1.5f && cam[3] == 0);
    worked_deinit(&w);
}
END_TEST

START_TEST(without_maps_there_is_no_gradcam)
{
    struct net *net = test_net_make(&test_nets[1], 1);
    struct program *p = program_create_gradient(
        net, &(struct gradient_wish){.layer = 2, .before = true, .gradcam = 1});
    ck_assert_int_eq(p->gradcam, -1);
    program_destroy(p);
    net_destroy(net);
    net = net_parse("input 4 4 1\na conv2d 1 2x2\nb conv2d 1 2x2 from=input\nc add a b\n", NULL,
                    NULL);
    p = program_create_gradient(net, &(struct gradient_wish){.layer = 2, .gradcam = 1});
    ck_assert_int_eq(p->gradcam, -1); /* the gradient does not come through a */
    program_destroy(p);
    net_destroy(net);
}
END_TEST

Suite *test_program_gradient(void)
{
    Suite *s = suite_create("nn/program_gradient");
    TCase *c = tcase_create("gradient");
    tcase_add_loop_test(c, it_agrees_with_differences_from_any_layer, 0, test_net_count);
    tcase_add_test(c, guided_stops_what_is_below_0_at_relus);
    tcase_add_test(c, gradcam_by_hand);
    tcase_add_test(c, without_maps_there_is_no_gradcam);
    suite_add_tcase(s, c);
    return s;
}
