/* The loss when one number is moved. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/step/nudge.h"

/* One neuron, squared error: L = (w x + b - y)², with w 2, b 0.5, x 3, y 4: (6.5 - 4)² = 6.25. */
static struct trace *neuron(struct net **net, struct program **program, const char *more)
{
    static const float x[1] = {3}, y[1] = {4};
    static const int sample = 0;
    struct err err = {0};
    char text[200];
    snprintf(text, sizeof text, "input 1\n%sout dense 1\nloss squared-error\n", more);
    *net = net_parse(text, NULL, &err);
    ck_assert_msg(*net != NULL, "%s", err.message);
    *program = program_create(*net, MODE_TRAIN, 1);
    (*net)->params[0] = 2;
    (*net)->params[1] = 0.5f;
    struct pass pass = {
        .n = 1, .samples = &sample, .x = x, .labels = y, .rate = 0.1f, .rate_schedule = 1};
    struct trace *t = trace_run(*program, &pass, &err);
    ck_assert_msg(t != NULL, "%s", err.message);
    return t;
}

static struct cell cell_of(const struct program *p, const char *name)
{
    struct cell cell;
    ck_assert(cell_parse(p, 1, name, &cell, NULL));
    return cell;
}

START_TEST(worked_by_hand)
{
    struct net *net;
    struct program *p;
    struct trace *t = neuron(&net, &p, "");
    struct nudge *n = nudge_create(t, NULL);
    struct cell w = cell_of(p, "out.W[0,0]"), b = cell_of(p, "out.b[0]"),
                x = cell_of(p, "input[0]"), y = cell_of(p, "label[0]");
    trace_destroy(t); /* it has copies of all it needs */
    ck_assert(nudge_value(n, w) == 2);
    ck_assert_double_eq_tol(nudge_loss(n, w, 2), 6.25, 1e-12);
    ck_assert_double_eq_tol(nudge_loss(n, w, 1), 0.25, 1e-12);
    ck_assert_double_eq_tol(nudge_loss(n, b, -2), 0, 1e-12);
    ck_assert_double_eq_tol(nudge_loss(n, x, 1), 2.25, 1e-12);
    ck_assert_double_eq_tol(nudge_loss(n, y, 6), 0.25, 1e-12);
    ck_assert_double_eq_tol(nudge_loss(n, w, 2), 6.25, 1e-12); /* nothing stays moved */
    /* dL/dw = 2 (z - y) x = 15; a parabola's central difference is exact for any ε */
    ck_assert_double_eq_tol(nudge_slope(nudge_loss(n, w, 1.5), nudge_loss(n, w, 2.5), 0.5), 15,
                            1e-12);
    nudge_destroy(n);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

START_TEST(what_can_be_moved)
{
    struct net *net;
    struct program *p;
    struct trace *t = neuron(&net, &p, "");
    ck_assert(nudge_can_move(p, cell_of(p, "out.W[0,0]")));
    ck_assert(nudge_can_move(p, cell_of(p, "input[0]")));
    ck_assert(nudge_can_move(p, cell_of(p, "label[0]")));
    ck_assert(!nudge_can_move(p, cell_of(p, "loss")));
    ck_assert(!nudge_can_move(p, cell_of(p, "d:out.W[0,0]")));
    ck_assert(!nudge_can_move(p, CELL_NONE));
    trace_destroy(t);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

START_TEST(without_a_loss_it_is_refused)
{
    static const float x[1] = {3};
    static const int sample = 0;
    struct err err = {0};
    struct net *net = net_parse("input 1\nout dense 1\n", NULL, &err);
    struct program *p = program_create(net, MODE_TRAIN, 0);
    struct pass pass = {.n = 1, .samples = &sample, .x = x, .rate = 0.1f, .rate_schedule = 1};
    struct trace *t = trace_run(p, &pass, &err);
    ck_assert_ptr_null(nudge_create(t, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "no loss"));
    trace_destroy(t);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

/* The masks are those of the pass: moved by nothing, the loss is the trace's. */
START_TEST(dropout_stays_as_drawn)
{
    enum { N = 3 };
    static const int samples[N] = {5, 9, 11};
    float x[N * 6], y[N] = {0, 1, 1};
    struct err err = {0};
    struct net *net = net_parse("input 6\ndense 8 tanh\ndropout 0.5\ndense 2 softmax\n"
                                "loss cross-entropy\n",
                                NULL, &err);
    struct program *p = program_create(net, MODE_TRAIN, 0);
    for (int i = 0; i < N * 6; i++)
        x[i] = 0.1f * (float)(i % 7) - 0.2f;
    struct pass pass = {.n = N,
                        .samples = samples,
                        .x = x,
                        .labels = y,
                        .rate = 0.1f,
                        .rate_schedule = 1,
                        .redraw = 4};
    struct trace *t = trace_run(p, &pass, &err);
    struct nudge *n = nudge_create(t, &err);
    struct cell cell = {p->input, 1, 2};
    double loss = (double)*trace_tensor(t, p->loss);
    ck_assert_double_eq_tol(nudge_loss(n, cell, nudge_value(n, cell)), loss, 1e-6);
    ck_assert(nudge_value(n, cell) == (double)x[8]);
    nudge_destroy(n);
    trace_destroy(t);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

START_TEST(shared_digits)
{
    ck_assert_int_eq(nudge_digits(1.2345678, 1.2345679), 7);
    ck_assert_int_eq(nudge_digits(100, 101), 2);
    ck_assert_int_eq(nudge_digits(3, 3), 16);
    ck_assert_int_eq(nudge_digits(1, -1), 0);
    ck_assert_int_eq(nudge_digits(0, 0), 16);
    ck_assert_int_eq(nudge_digits(0, 1e-9), 0);
    ck_assert_int_eq(nudge_digits(NAN, 1), 0);
    ck_assert_int_eq(nudge_digits(INFINITY, 1), 0);
}
END_TEST

Suite *test_nudge(void);
Suite *test_nudge(void)
{
    Suite *s = suite_create("nudge");
    TCase *t = tcase_create("nudge");
    tcase_add_test(t, worked_by_hand);
    tcase_add_test(t, what_can_be_moved);
    tcase_add_test(t, without_a_loss_it_is_refused);
    tcase_add_test(t, dropout_stays_as_drawn);
    tcase_add_test(t, shared_digits);
    suite_add_tcase(s, t);
    return s;
}
