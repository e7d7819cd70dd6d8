#include <check.h>
#include <stdlib.h>

#include "glassnet/nn/gradcheck.h"
#include "support/nets.h"

Suite *test_gradcheck(void);

START_TEST(backprop_agrees_with_differences)
{
    const struct test_net *tn = &test_nets[_i];
    struct net *net = test_net_make(tn, 21);
    struct gradcheck g;
    struct err err = {0};
    float *x, *labels;
    test_net_batch(net, tn->targets, 3, 8, &x, &labels);
    ck_assert_msg(gradcheck_run(net, x, labels, tn->targets, 3, 1000, NULL, NULL, &g, &err), "%s",
                  err.message);
    size_t checked = 0;
    for (int l = 0; l < g.layer_count; l++) {
        ck_assert_msg(g.layers[l].max_relative_error <= GRADCHECK_LIMIT, "%s: %s is off by %g",
                      tn->name, g.layers[l].name, g.layers[l].max_relative_error);
        ck_assert_uint_eq(g.layers[l].checked + g.layers[l].skipped, g.layers[l].parameters);
        checked += g.layers[l].checked;
    }
    ck_assert_uint_gt(checked, 0);
    ck_assert(g.ok);
    gradcheck_deinit(&g);
    free(x);
    free(labels);
    net_destroy(net);
}
END_TEST

static bool stop_at_five(void *context, size_t done, size_t total)
{
    (void)context;
    ck_assert_uint_le(done, total);
    return done < 5;
}

START_TEST(check_can_be_stopped)
{
    struct net *net = test_net_make(&test_nets[1], 21);
    struct gradcheck g;
    struct err err = {0};
    float *x, *labels;
    test_net_batch(net, 0, 2, 8, &x, &labels);
    ck_assert(!gradcheck_run(net, x, labels, 0, 2, 1000, stop_at_five, NULL, &g, &err));
    ck_assert_int_eq(err.code, ERR_STATE);
    gradcheck_deinit(&g);
    free(x);
    free(labels);
    net_destroy(net);
}
END_TEST

Suite *test_gradcheck(void)
{
    Suite *s = suite_create("nn/gradcheck");
    TCase *c = tcase_create("gradcheck");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, backprop_agrees_with_differences, 0, test_net_count);
    tcase_add_test(c, check_can_be_stopped);
    suite_add_tcase(s, c);
    return s;
}
