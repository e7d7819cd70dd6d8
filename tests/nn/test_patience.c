#include <check.h>
#include <math.h>
#include <stdio.h>

#include "glassnet/nn/patience.h"

Suite *test_patience(void);

static struct net *make(const char *train)
{
    struct err err = {0};
    char text[200];
    snprintf(text, sizeof text, "input 1\nout dense 1\nloss squared-error\ntrain %s\n", train);
    struct net *net = net_parse(text, NULL, &err);
    ck_assert_msg(net != NULL, "%s", err.message);
    return net;
}

/* Patience 2, test losses 5 3 4 2 2 9: epoch 3 is one without a better, epoch 4 the best, 5 is no
 * better than it, 6 is the second. Parameters are the epoch's number, so that 4 comes back. */
START_TEST(stops_and_keeps_the_best)
{
    static const double losses[] = {5, 3, 4, 2, 2, 9};
    struct patience p = {0};
    struct net *net = make("sgd patience=2");
    for (int epoch = 1; epoch <= 6; epoch++) {
        net->params[0] = (float)epoch;
        net->params[1] = (float)-epoch;
        ck_assert_int_eq(patience_note(&p, net, epoch, losses[epoch - 1]), epoch == 6);
    }
    ck_assert_int_eq(p.best_epoch, 4);
    ck_assert_double_eq(p.best_loss, 2);
    ck_assert(patience_keep_best(&p, net));
    ck_assert(net->params[0] == 4 && net->params[1] == -4);
    patience_deinit(&p);
    net_destroy(net);
}
END_TEST

START_TEST(nan_is_no_better)
{
    struct patience p = {0};
    struct net *net = make("sgd patience=2");
    net->params[0] = 7;
    ck_assert(!patience_note(&p, net, 1, (double)NAN));
    ck_assert(!patience_keep_best(&p, net)); /* there is none yet */
    ck_assert(!patience_note(&p, net, 2, 1.0));
    net->params[0] = 8;
    ck_assert(!patience_note(&p, net, 3, (double)NAN));
    ck_assert(patience_note(&p, net, 4, (double)NAN));
    ck_assert(patience_keep_best(&p, net));
    ck_assert(net->params[0] == 7);
    patience_deinit(&p);
    net_destroy(net);
}
END_TEST

START_TEST(off_it_does_nothing)
{
    struct patience p = {0};
    struct net *net = make("sgd");
    for (int epoch = 1; epoch < 20; epoch++)
        ck_assert(!patience_note(&p, net, epoch, epoch));
    ck_assert(!patience_keep_best(&p, net));
    patience_deinit(&p);
    net_destroy(net);
}
END_TEST

Suite *test_patience(void)
{
    Suite *s = suite_create("nn/patience");
    TCase *c = tcase_create("patience");
    tcase_add_test(c, stops_and_keeps_the_best);
    tcase_add_test(c, nan_is_no_better);
    tcase_add_test(c, off_it_does_nothing);
    suite_add_tcase(s, c);
    return s;
}
