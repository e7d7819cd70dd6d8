/* Where numbers go, for every kind of network: the shares are the gradient's sum. */
#include <check.h>
#include <math.h>

#include "glassnet/step/uses.h"
#include "support/nets.h"

Suite *test_uses(void);

START_TEST(the_shares_add_up_and_the_users_read_it)
{
    const struct test_net *tn = &test_nets[_i];
    struct net *net = test_net_make(tn, 11);
    struct program *p;
    struct trace *t = test_net_trace(net, tn->targets, 2, 5, MODE_TRAIN, &p);
    struct cell_uses uses = {0};
    for (int tensor = 0; tensor < p->tensor_count; tensor++) {
        struct cell cell = {tensor, 0, p->tensors[tensor].count / 2};
        cell_uses_of(t, cell, &uses);
        ck_assert(cell_is(uses.total) == (p->tensors[tensor].grad >= 0));
        struct formula f = {0};
        if (!cell_is(uses.total))
            continue;
        formula_of(t, uses.total, &f);
        ck_assert_int_eq(uses.count, f.fn == FN_SUM || f.count == 0 ? f.count : 1);
        for (int k = 0; k < uses.count; k++) {
            const struct cell_use *u = &uses.list[k];
            ck_assert(cell_is(u->user));
            if (!cell_is(u->gradient))
                continue;
            ck_assert_int_eq(p->tensors[u->user.tensor].grad, u->gradient.tensor);
            double share = u->slope * (double)cell_value(t, u->gradient);
            ck_assert_msg(isnan(share) || fabs(share - u->share) <= 1e-5 * fabs(share) + 1e-12,
                          "%s: %g, %g", tn->name, share, u->share);
        }
        ck_assert_int_eq(cell_uses_largest(&uses) >= 0, uses.count > 0);
        formula_deinit(&f);
    }
    cell_uses_deinit(&uses);
    trace_destroy(t);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

Suite *test_uses(void)
{
    Suite *s = suite_create("step/uses");
    TCase *t = tcase_create("uses");
    tcase_add_loop_test(t, the_shares_add_up_and_the_users_read_it, 0, test_net_count);
    suite_add_tcase(s, t);
    return s;
}
