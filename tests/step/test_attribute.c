/* Saliency, guided backpropagation and Grad-CAM: by hand, against differences, and what does not
 * apply. */
#include "glassnet/step/attribute.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/nn/trainer.h"
#include "support/nets.h"

Suite *test_attribute(void);

static struct net *net_of(const char *text, const float *params)
{
    struct err err = {0};
    struct net *net = net_parse(text, NULL, &err);
    ck_assert_msg(net != NULL, "%s", err.message);
    memcpy(net->params, params, net->param_count * sizeof *params);
    return net;
}

static struct attribution attribute(const struct net *net, enum attribute_kind kind, int layer,
                                    int class, const float *x)
{
    struct attribution a;
    struct err err = {0};
    ck_assert_msg(attribution_init(&a, net, kind, layer, class, x, &err), "%s", err.message);
    return a;
}

/* z = W x + b before the softmax: a score's gradient is its row of W. */
START_TEST(saliency_of_one_layer_is_its_weights)
{
    const float params[] = {1, -2, 0.5f, 3, 10, 0}, x[] = {2, 1};
    struct net *net =
        net_of("input 2\nout dense 2 softmax\nloss cross-entropy\ntrain sgd\n", params);
    struct attribution a = attribute(net, ATTRIBUTE_SALIENCY, -1, 0, x);
    ck_assert(a.values[0] == 1 && a.values[1] == -2 && a.score == 10);
    ck_assert(attribution_peak(&a) == 2);
    ck_assert(a.over == NULL && a.weights == NULL && a.layer == -1);
    attribution_deinit(&a);
    a = attribute(net, ATTRIBUTE_SALIENCY, -1, 1, x);
    ck_assert(a.values[0] == 0.5f && a.values[1] == 3 && a.score == 4);
    attribution_deinit(&a);
    net_destroy(net);
}
END_TEST

START_TEST(a_lone_output_has_two_classes)
{
    const float params[] = {1, -2, 0.5f}, x[] = {2, 1};
    struct net *net =
        net_of("input 2\nout dense 1 sigmoid\nloss binary-cross-entropy\ntrain sgd\n", params);
    ck_assert_int_eq(attribute_classes(net), 2);
    struct attribution a = attribute(net, ATTRIBUTE_SALIENCY, -1, 1, x);
    ck_assert(a.values[0] == 1 && a.values[1] == -2 && a.score == 0.5f);
    attribution_deinit(&a);
    a = attribute(net, ATTRIBUTE_SALIENCY, -1, 0, x);
    ck_assert(a.values[0] == -1 && a.values[1] == 2 && a.score == -0.5f);
    attribution_deinit(&a);
    net_destroy(net);
    net = net_of("input 2\nout dense 1\nloss squared-error\ntrain sgd\n", params);
    ck_assert_int_eq(attribute_classes(net), 1); /* a number to predict */
    net_destroy(net);
}
END_TEST

START_TEST(guided_by_hand)
{
    const float params[] = {1, 2, 3, 5, 0, 0, 1, -1, 0}, x[] = {1, 1};
    struct net *net = net_of("input 2\nh dense 2 relu\nout dense 1\n", params);
    struct attribution a = attribute(net, ATTRIBUTE_SALIENCY, -1, 0, x);
    ck_assert(a.values[0] == -2 && a.values[1] == -3);
    attribution_deinit(&a);
    a = attribute(net, ATTRIBUTE_GUIDED, -1, 0, x);
    ck_assert(a.values[0] == 1 && a.values[1] == 2);
    attribution_deinit(&a);
    net_destroy(net);
}
END_TEST

/* One 2 × 2 kernel of stride 2 over 4 × 4 ones makes a 2 × 2 map; brought back to 4 × 4 the
 * corners are the cells, and between them lies a quarter of the way. */
START_TEST(gradcam_is_brought_to_the_pictures_size)
{
    const float params[] = {1, 1, 1, 1, 0, 1, 0, 0, 1, 0};
    float x[16];
    for (int i = 0; i < 16; i++)
        x[i] = i / 4 < 2 && i % 4 < 2 ? 1 : 0;
    struct net *net =
        net_of("input 4 4 1\nc conv2d 1 2x2 stride=2\nf flatten\nout dense 1\n", params);
    struct attribution a = attribute(net, ATTRIBUTE_GRADCAM, 1, 0, x);
    ck_assert_int_eq(a.shape.rank, 2);
    ck_assert_int_eq(a.channels, 1);
    ck_assert(a.weights[0] == 0.5f); /* mean of 1, 0, 0, 1 */
    ck_assert(a.values[0] == 2 && a.values[1] == 0 && a.values[2] == 0 && a.values[3] == 0);
    ck_assert_int_eq(a.picture.dim[0], 4);
    ck_assert(a.over[0] == 2 && a.over[1] == 1.5f && a.over[2] == 0.5f && a.over[3] == 0);
    ck_assert(a.over[5] == 1.125f && a.over[15] == 0);
    attribution_deinit(&a);
    net_destroy(net);
}
END_TEST

/* The score in double is what saliency is the slope of; small steps in float32 agree roughly. */
START_TEST(saliency_is_a_slope_for_every_kind_of_layer)
{
    struct net *net = test_net_make(&test_nets[_i], 4);
    float *x, *labels;
    test_net_batch(net, 0, 1, 9, &x, &labels);
    struct attribution a = attribute(net, ATTRIBUTE_SALIENCY, -1, 0, x);
    for (size_t i = 0; i < shape_count(&a.shape); i++) {
        float kept = x[i], e = 1e-3f;
        x[i] = kept + e;
        struct attribution up = attribute(net, ATTRIBUTE_SALIENCY, -1, 0, x);
        x[i] = kept - e;
        struct attribution down = attribute(net, ATTRIBUTE_SALIENCY, -1, 0, x);
        x[i] = kept;
        float slope = (up.score - down.score) / (2 * e);
        /* not across a corner, where the two sides have other slopes */
        if (fabsf(up.values[i] - down.values[i]) < 0.01f)
            ck_assert(fabsf(slope - (a.values[i])) <= 0.01f * (1 + fabsf(slope)));
        attribution_deinit(&up);
        attribution_deinit(&down);
    }
    attribution_deinit(&a);
    free(x);
    free(labels);
    net_destroy(net);
}
END_TEST

START_TEST(what_does_not_apply_says_so)
{
    struct err err = {0};
    struct attribution a;
    const float x[49 * 2] = {0};
    struct net *net = test_net_make(&test_nets[1], 1);
    ck_assert(!attribution_init(&a, net, ATTRIBUTE_GRADCAM, 1, 0, x, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "no convolution"));
    err_clear(&err);
    ck_assert(!attribution_init(&a, net, ATTRIBUTE_SALIENCY, -1, 3, x, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "the last is 2"));
    attribution_deinit(&a);
    net_destroy(net);
    err_clear(&err);
    net = test_net_make(&test_nets[2], 1);
    ck_assert_str_eq(net->layers[attribute_last_maps(net)].name, "p");
    ck_assert(!attribution_init(&a, net, ATTRIBUTE_GRADCAM, 4, 0, x, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "out has none, p has"));
    net_destroy(net);
}
END_TEST

Suite *test_attribute(void)
{
    Suite *s = suite_create("step/attribute");
    TCase *c = tcase_create("attribute");
    tcase_add_test(c, saliency_of_one_layer_is_its_weights);
    tcase_add_test(c, a_lone_output_has_two_classes);
    tcase_add_test(c, guided_by_hand);
    tcase_add_test(c, gradcam_is_brought_to_the_pictures_size);
    tcase_add_loop_test(c, saliency_is_a_slope_for_every_kind_of_layer, 0, test_net_count);
    tcase_add_test(c, what_does_not_apply_says_so);
    suite_add_tcase(s, c);
    return s;
}
