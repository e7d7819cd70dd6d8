/* The program: which tensors a network has, and that what only traces show changes nothing. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "support/nets.h"

Suite *test_program(void);

static const struct {
    const char *text;
    enum program_mode mode;
    const char *names; /* in order, ended by a blank each */
} listed[] = {
    {"input 2\nout dense 1 sigmoid\nloss squared-error\ntrain sgd\n", MODE_TRAIN,
     "input out.W out.b out.z out label loss.target loss.each loss loss.diff "
     "d:loss d:loss.each loss.slope d:out out.slope d:out.z d:out.W d:out.b d:input "
     "rate g:out.W g:out.b new:out.W new:out.b "},
    {"input 2\nout dense 1 sigmoid\nloss squared-error\ntrain sgd\n", MODE_EVAL,
     "input out.W out.b out.z out label loss.target loss.each loss loss.diff "},
    {"input 2\nout dense 3\n", MODE_TRAIN, "input out.W out.b out "},
    {"input 4 4 1\nc conv2d 2 3x3 relu\nf flatten\nout dense 2 softmax\nloss cross-entropy\n"
     "train momentum\n",
     MODE_TRAIN,
     "input c.W c.b c.z c f out.W out.b out.z out out.max out.shift out.exp out.sum "
     "label loss.target loss.each loss loss.logsum "
     "d:loss d:loss.each loss.slope d:out loss.error d:out.z d:out.W d:out.b d:f d:c "
     "c.slope d:c.z d:c.W d:c.b d:input rate g:c.W g:c.b g:out.W g:out.b "
     "m:c.W new:m:c.W new:c.W m:c.b new:m:c.b new:c.b "
     "m:out.W new:m:out.W new:out.W m:out.b new:m:out.b new:out.b "},
    {"input 2\nn batchnorm\nd dropout 0.5\nloss squared-error\ntrain adam\n", MODE_TRAIN,
     "input n.gamma n.beta n.mean n.var n n.mu n.dev n.sigma2 n.floor n.std n.xhat d d.mask "
     "label loss.target loss.each loss loss.diff "
     "d:loss d:loss.each loss.slope d:d d:n d:n.gamma d:n.beta d:n.xhat n.pull d:n.std "
     "d:n.sigma2 n.direct d:n.dev d:n.mu d:input "
     "rate g:n.gamma g:n.beta new:n.mean new:n.var "
     "m:n.gamma v:n.gamma new:m:n.gamma new:v:n.gamma mhat:n.gamma vhat:n.gamma root:n.gamma "
     "floor:n.gamma delta:n.gamma new:n.gamma "
     "m:n.beta v:n.beta new:m:n.beta new:v:n.beta mhat:n.beta vhat:n.beta root:n.beta "
     "floor:n.beta delta:n.beta new:n.beta "},
};

#define LISTED (int)(sizeof listed / sizeof *listed)

START_TEST(tensors_are_named_as_documented)
{
    struct err err = {0};
    char names[4096] = "";
    struct net *net = net_parse(listed[_i].text, NULL, &err);
    ck_assert_msg(net != NULL, "%s", err.message);
    struct program *p = program_create(net, listed[_i].mode, 0);
    for (int t = 0; t < p->tensor_count; t++) {
        ck_assert_uint_lt(strlen(names) + strlen(p->tensors[t].name) + 2, sizeof names);
        strcat(strcat(names, p->tensors[t].name), " ");
        ck_assert_int_eq(program_find(p, p->tensors[t].name), t);
    }
    ck_assert_str_eq(names, listed[_i].names);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

/* Every tensor is filled by some operation, phases never go back, and an operation reads only
 * what was filled before it (its own tensor when it goes on with a sum). */
START_TEST(operations_come_in_order)
{
    for (int mode = MODE_TRAIN; mode <= MODE_EVAL; mode++) {
        struct net *net = test_net_make(&test_nets[_i], 1);
        struct program *p = program_create(net, (enum program_mode)mode, test_nets[_i].targets);
        enum phase phase = PHASE_FORWARD;
        for (int t = 0; t < p->tensor_count; t++) {
            ck_assert_int_ge(p->tensors[t].first_op, 0);
            ck_assert_int_eq(p->ops[p->tensors[t].last_op].out, t);
        }
        for (int k = 0; k < p->op_count; k++) {
            const struct op *op = &p->ops[k];
            ck_assert_int_ge(op->phase, phase);
            phase = op->phase;
            for (int j = 0; j < op->in_count; j++)
                ck_assert_int_lt(p->tensors[op->in[j]].last_op, k);
            for (int j = 0; j < op->part_count; j++)
                ck_assert_int_lt(p->tensors[op->parts[j]].last_op, k);
            for (int j = 0; j < op->term_count; j++)
                for (int f = 0; f < op->terms[j].count; f++)
                    if (op->terms[j].factor[f].tensor >= 0)
                        ck_assert_int_lt(p->tensors[op->terms[j].factor[f].tensor].last_op, k);
            ck_assert(op->add == (p->tensors[op->out].first_op < k));
        }
        program_destroy(p);
        net_destroy(net);
    }
}
END_TEST

/* Left out in training: the new parameters and moments keep the trace's bits. */
START_TEST(what_is_only_shown_changes_nothing)
{
    struct net *net = test_net_make(&test_nets[_i], 11);
    struct program *p;
    struct trace *t = test_net_trace(net, test_nets[_i].targets, 3, 5, MODE_TRAIN, &p);
    struct buffers b;
    int left_out = 0;
    ck_assert(buffers_init(&b, p, 3, sizeof(float), false, NULL));
    b.t = t->buffers.t;
    b.seed = t->buffers.seed;
    b.samples = t->samples;
    for (int k = 0; k < p->tensor_count; k++) {
        left_out += b.at[k] == NULL;
        if (b.at[k] && p->ops[p->tensors[k].first_op].kind == OP_GIVEN)
            memcpy(b.at[k], trace_tensor(t, k), trace_tensor_count(t, k) * sizeof(float));
    }
    engine_run(&b, 0, p->op_count);
    for (int k = 0; k < p->tensor_count; k++)
        if (b.at[k])
            ck_assert_msg(
                memcmp(b.at[k], trace_tensor(t, k), trace_tensor_count(t, k) * sizeof(float)) == 0,
                "%s: %s has other bits", test_nets[_i].name, p->tensors[k].name);
    ck_assert_int_gt(left_out, 0); /* d:input at least */
    ck_assert(p->tensors[program_find(p, "d:input")].shown_only);
    buffers_deinit(&b);
    trace_destroy(t);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

START_TEST(same_cells_in_other_roles)
{
    struct net *net = test_net_make(&test_nets[1], 1);
    struct program *p = program_create(net, MODE_TRAIN, 0);
    int W = program_find(p, "h.W");
    ck_assert_int_eq(program_in_role(p, W, ROLE_GRAD), program_find(p, "d:h.W"));
    ck_assert_int_eq(p->tensors[W].next, program_find(p, "new:h.W"));
    ck_assert_int_eq(p->tensors[W].m, program_find(p, "m:h.W"));
    ck_assert_int_eq(program_in_role(p, W, ROLE_V), -1);
    ck_assert_int_eq(program_find(p, "h.V"), -1);
    ck_assert_int_eq(program_find(p, ""), -1);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

/* 1/(n · scale), 1 − βᵗ, t − 1. */
START_TEST(constants_follow_the_pass)
{
    struct err err = {0};
    struct net *net = net_parse(
        "input 1\nout dense 1\nloss squared-error\ntrain adam beta1=0.5 beta2=0.75\n", NULL, &err);
    struct factor f = {.tensor = -1, .constant = CONST_INVERSE, .value = 2, .scale = 4};
    ck_assert_double_eq(factor_constant(&f, net, 5, 1), 0.1);
    f.constant = CONST_ADAM1;
    ck_assert_double_eq(factor_constant(&f, net, 5, 3), 0.875);
    f.constant = CONST_ADAM2;
    ck_assert_double_eq(factor_constant(&f, net, 5, 2), 0.4375);
    f.constant = CONST_T;
    ck_assert_double_eq(factor_constant(&f, net, 5, 7), 6);
    f.constant = CONST_VALUE;
    ck_assert_double_eq(factor_constant(&f, net, 5, 7), 2);
    net_destroy(net);
}
END_TEST

Suite *test_program(void)
{
    Suite *s = suite_create("nn/program");
    TCase *c = tcase_create("program");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, tensors_are_named_as_documented, 0, LISTED);
    tcase_add_loop_test(c, operations_come_in_order, 0, test_net_count);
    tcase_add_loop_test(c, what_is_only_shown_changes_nothing, 0, test_net_count);
    tcase_add_test(c, same_cells_in_other_roles);
    tcase_add_test(c, constants_follow_the_pass);
    suite_add_tcase(s, c);
    return s;
}
