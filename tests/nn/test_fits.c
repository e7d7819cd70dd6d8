#include <check.h>
#include <string.h>

#include "glassnet/nn/trainer.h"

Suite *test_fits(void);

/* What is said about a network, samples of x_count numbers and these labels; "" when they fit. */
static const struct {
    const char *net;
    int count, x_count, targets, classes;
    const char *said;
} cases[] = {
    {"input 2\nout dense 3 softmax\nloss cross-entropy\n", 5, 2, 0, 3, ""},
    {"input 2\nout dense 3 softmax\nloss cross-entropy\n", 5, 2, 0, 2, ""},
    {"input 2 2 1\nf flatten\nout dense 1 sigmoid\nloss binary-cross-entropy\n", 5, 4, 0, 2, ""},
    {"input 2\nout dense 3\nloss squared-error\n", 5, 2, 3, 0, ""},
    {"input 2\nout dense 3\n", 5, 2, 0, 9, ""}, /* without a loss labels don't matter */
    {"input 2\nout dense 3\n", 0, 2, 0, 3, "the data has no samples"},
    {"input 2 2 1\nf flatten\n", 5, 3, 0, 3,
     "the network's input is 2 × 2 × 1 = 4 numbers, but the data's samples have 3; change the "
     "input line or take other data"},
    {"input 2\nout dense 3 softmax\nloss cross-entropy\n", 5, 2, 3, 0,
     "loss cross-entropy needs classes, but the data has numbers to predict; use squared-error "
     "or absolute-error"},
    {"input 2\nout dense 1\nloss hinge\n", 5, 2, 1, 0,
     "loss hinge needs classes, but the data has numbers to predict; use squared-error or "
     "absolute-error"},
    {"input 2\nout dense 3\nloss squared-error\n", 5, 2, 2, 0,
     "the network has 3 outputs, but the data has 2 numbers to predict for each sample; the two "
     "must be the same"},
    {"input 2\nout dense 1 sigmoid\nloss binary-cross-entropy\n", 5, 2, 0, 3,
     "one output can tell two classes apart, but the data has 3; end the network with dense 3 "
     "softmax"},
    {"input 2\nout dense 3 softmax\nloss cross-entropy\n", 5, 2, 0, 4,
     "the network has 3 outputs, but the data has 4 classes; give the last layer 4"},
};

#define CASES (int)(sizeof cases / sizeof *cases)

START_TEST(net_and_data)
{
    struct err err = {0};
    struct net *net = net_parse(cases[_i].net, "a.net", &err);
    struct source source = {.count = cases[_i].count,
                            .x_count = (size_t)cases[_i].x_count,
                            .targets = cases[_i].targets};
    ck_assert_msg(net != NULL, "%s", err.message);
    strcpy(net->path, "a.net");
    bool fits = net_fits(net, &source, cases[_i].classes, &err);
    ck_assert_str_eq(err.message, cases[_i].said);
    ck_assert(fits == (cases[_i].said[0] == 0));
    ck_assert_str_eq(err.file, fits ? "" : "a.net");
    net_destroy(net);
}
END_TEST

Suite *test_fits(void)
{
    Suite *s = suite_create("nn/fits");
    TCase *c = tcase_create("fits");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, net_and_data, 0, CASES);
    suite_add_tcase(s, c);
    return s;
}
