/* The nearest samples in a layer's space: in the input's own by hand, and a sample of the set is
 * nearest to itself in each layer's. */
#include "glassnet/step/nearest.h"

#include <check.h>
#include <math.h>

#include "support/nets.h"

Suite *test_nearest(void);

static struct nearest *filled(const struct net *net, int layer, const struct dataset *data)
{
    struct err err = {0};
    atomic_bool stop = false;
    atomic_int done = 0;
    struct nearest *n = nearest_create(net, layer, data, &err);
    ck_assert_msg(n != NULL, "%s", err.message);
    ck_assert(nearest_fill(n, &stop, &done));
    ck_assert_int_eq(atomic_load(&done), data->n);
    return n;
}

START_TEST(distances_by_hand)
{
    struct net *net = net_parse("input 2\nout dense 2\n", NULL, NULL);
    float x[] = {0, 0, 3, 4, 1, 0, 1, 0, NAN, 0}, y[5] = {0};
    struct dataset data = {
        .shape = shape_vector(2), .count = 2, .n = 5, .x = x, .y = y, .y_count = 1};
    struct nearest *n = filled(net, 0, &data);
    struct neighbour near[5];
    ck_assert_uint_eq(nearest_width(n), 2);
    ck_assert_int_eq(nearest_find(n, x, 3, near), 3);
    ck_assert(near[0].sample == 0 && near[0].distance == 0);
    ck_assert(near[1].sample == 2 && near[1].distance == 1); /* equal ones by their number */
    ck_assert(near[2].sample == 3 && near[2].distance == 1);
    ck_assert_int_eq(nearest_find(n, x, 5, near), 5);
    ck_assert(near[3].sample == 1 && near[3].distance == 5);
    ck_assert(near[4].sample == 4 && isinf(near[4].distance));
    ck_assert_int_eq(nearest_find(n, x, 0, near), 0);
    nearest_destroy(n);
    net_destroy(net);
}
END_TEST

START_TEST(a_sample_is_nearest_to_itself)
{
    struct err err = {0};
    struct dataset *data = dataset_open("digits8:train", DATASET_TRAIN, NULL, &err);
    ck_assert_msg(data != NULL, "%s", err.message);
    struct net *net = net_parse("input 8 8 1\nc conv2d 4 3x3 relu\np maxpool 2x2\nf flatten\n"
                                "out dense 10 softmax\nloss cross-entropy\ntrain sgd\n",
                                NULL, &err);
    ck_assert_msg(net != NULL, "%s", err.message);
    for (int l = 0; l < net->layer_count; l++) {
        struct nearest *n = filled(net, l, data);
        struct neighbour near[12];
        for (int s = 0; s < 40; s += 13) {
            ck_assert_int_eq(nearest_find(n, dataset_x(data, s), 12, near), 12);
            ck_assert(near[0].distance == 0);
            ck_assert_int_eq(near[0].sample, s);
            for (int k = 1; k < 12; k++)
                ck_assert(near[k].distance >= near[k - 1].distance);
        }
        nearest_destroy(n);
    }
    net_destroy(net);
    dataset_close(data);
}
END_TEST

START_TEST(it_can_be_stopped)
{
    struct dataset *data = dataset_open("moons:n=500", DATASET_TRAIN, NULL, NULL);
    struct net *net = net_parse("input 2\nout dense 2\n", NULL, NULL);
    struct nearest *n = nearest_create(net, 1, data, NULL);
    atomic_bool stop = true;
    atomic_int done = 0;
    ck_assert(!nearest_fill(n, &stop, &done));
    ck_assert_int_eq(atomic_load(&done), 0);
    nearest_destroy(n);
    net_destroy(net);
    dataset_close(data);
}
END_TEST

Suite *test_nearest(void)
{
    Suite *s = suite_create("step/nearest");
    TCase *c = tcase_create("nearest");
    tcase_add_test(c, distances_by_hand);
    tcase_add_test(c, a_sample_is_nearest_to_itself);
    tcase_add_test(c, it_can_be_stopped);
    suite_add_tcase(s, c);
    return s;
}
