#include <check.h>
#include <math.h>
#include <string.h>

#include "support/nets.h"
#include "support/worked.h"

Suite *test_trace(void);

static const char *bad_tensor(const struct trace *t)
{
    int op = trace_first_bad(t);
    return op < 0 ? "none" : t->program->tensors[t->program->ops[op].out].name;
}

static void open_two(struct worked *w)
{
    worked_open(w,
                "input 1\nh dense 2 linear\nout dense 1 linear\nloss squared-error\n"
                "train sgd rate=0.5\n",
                1);
    worked_set(w, "h.W", FLOATS(1, 1));
    worked_set(w, "h.b", FLOATS(0, 0));
    worked_set(w, "out.W", FLOATS(1, -1));
    worked_set(w, "out.b", FLOATS(0));
}

START_TEST(finite_passes_have_no_bad_operation)
{
    struct worked w;
    open_two(&w);
    worked_run(&w, MODE_TRAIN, 1, (float[]){2}, (float[]){1});
    ck_assert_int_eq(trace_first_bad(w.trace), -1);
    worked_close(&w);
}
END_TEST

/* 3e38 · 10 overflows in h.z; ∞ − ∞ makes NaN of out.z behind it. Where it began is said. */
START_TEST(overflow_is_found_where_it_began)
{
    struct worked w;
    open_two(&w);
    worked_set(&w, "h.W", FLOATS(10, 10));
    worked_run(&w, MODE_TRAIN, 1, (float[]){3e38f}, (float[]){1});
    ck_assert(isinf(worked_tensor(&w, "h.z")[0]));
    ck_assert(isnan(worked_tensor(&w, "out.z")[0]));
    ck_assert_str_eq(bad_tensor(w.trace), "h.z");
    worked_close(&w);
}
END_TEST

/* 1e20 · 1e20 in the squares of the loss. */
START_TEST(overflow_in_the_loss)
{
    struct worked w;
    open_two(&w);
    worked_set(&w, "out.W", FLOATS(1, 1));
    worked_run(&w, MODE_TRAIN, 1, (float[]){1e20f}, (float[]){1});
    ck_assert_str_eq(bad_tensor(w.trace), "loss.each");
    worked_close(&w);
}
END_TEST

START_TEST(what_was_given_bad_is_named)
{
    struct worked w;
    open_two(&w);
    worked_run(&w, MODE_TRAIN, 1, (float[]){NAN}, (float[]){1});
    ck_assert_str_eq(bad_tensor(w.trace), "input");
    worked_set(&w, "out.W", FLOATS(1, INFINITY));
    worked_run(&w, MODE_TRAIN, 1, (float[]){1}, (float[]){1});
    ck_assert_str_eq(bad_tensor(w.trace), "out.W");
    worked_close(&w);
}
END_TEST

/* The loss' own derivative may be infinite where softmax and cross-entropy go back together:
 * nothing is computed from it, so nothing went wrong. */
START_TEST(the_other_road_is_no_fault)
{
    struct worked w;
    worked_open(&w, "input 3\ns activation softmax\nloss cross-entropy\ntrain sgd\n", 0);
    worked_run(&w, MODE_TRAIN, 1, (float[]){1e4f, -1e4f, 0}, (float[]){1});
    ck_assert(isinf(worked_tensor(&w, "loss.slope")[1]));
    ck_assert_str_eq(bad_tensor(w.trace), "none");
    worked_close(&w);
    worked_open(&w, "input 1\ns activation sigmoid\nloss binary-cross-entropy\ntrain sgd\n", 0);
    worked_run(&w, MODE_TRAIN, 1, (float[]){1e4f}, (float[]){0});
    ck_assert_str_eq(bad_tensor(w.trace), "none");
    worked_close(&w);
}
END_TEST

/* Moments, step and rate come from the pass; without an optimiser they are 0 and step 1. */
START_TEST(starts_from_the_pass)
{
    struct worked w;
    struct optimiser o;
    float x = 1, label = 0;
    int sample = 42;
    worked_open(&w, "input 1\nout dense 1 linear\nloss squared-error\ntrain momentum mu=0.5\n", 1);
    worked_set(&w, "out.W", FLOATS(1));
    worked_run(&w, MODE_TRAIN, 1, &x, &label);
    worked_expect(&w, "m:out.W", FLOATS(0));
    worked_expect(&w, "new:m:out.W", FLOATS(2));
    ck_assert_int_eq(w.trace->buffers.t, 1);
    optimiser_init(&o, w.net);
    o.m[0] = 4;
    o.t = 6;
    struct pass pass = {1, &sample, &x, &label, &o, 0.25f, 1.0f, 0};
    struct trace *t = trace_run(w.program, &pass, NULL);
    ck_assert_int_eq(t->buffers.t, 7);
    ck_assert_int_eq(t->samples[0], 42);
    ck_assert(trace_tensor(t, program_find(w.program, "new:m:out.W"))[0] == 4); /* ½·4 + 2 */
    ck_assert(trace_tensor(t, program_find(w.program, "new:out.W"))[0] == 0);   /* 1 − ¼·4 */
    ck_assert(w.net->params[0] == 1); /* a trace commits nothing */
    trace_destroy(t);
    optimiser_deinit(&o);
    worked_close(&w);
}
END_TEST

/* A network without a loss has a forward phase alone and needs no labels. */
START_TEST(without_a_loss)
{
    struct worked w;
    worked_open(&w, "input 2\nout dense 1\n", 0);
    worked_set(&w, "out.W", FLOATS(1, 2));
    worked_run(&w, MODE_TRAIN, 2, (float[]){1, 1, 2, 2}, NULL);
    worked_expect(&w, "out", FLOATS(3, 6));
    ck_assert_int_eq(program_find(w.program, "loss"), -1);
    worked_close(&w);
}
END_TEST

/* A sample's numbers don't depend on who else is in the batch (batchnorm aside). */
START_TEST(samples_keep_their_own_numbers)
{
    struct worked w;
    worked_open(&w, "input 2\nout dense 2 softmax\nloss cross-entropy\ntrain sgd\n", 0);
    worked_set(&w, "out.W", FLOATS(1, 2, -1, 0.5f));
    worked_run(&w, MODE_TRAIN, 2, (float[]){1, 2, 0.3f, -0.7f}, (float[]){0, 1});
    float both[2];
    memcpy(both, worked_tensor(&w, "out") + 2, sizeof both);
    worked_run(&w, MODE_TRAIN, 1, (float[]){0.3f, -0.7f}, (float[]){1});
    worked_expect(&w, "out", 2, both);
    worked_close(&w);
}
END_TEST

Suite *test_trace(void)
{
    Suite *s = suite_create("step/trace");
    TCase *c = tcase_create("trace");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, finite_passes_have_no_bad_operation);
    tcase_add_test(c, overflow_is_found_where_it_began);
    tcase_add_test(c, overflow_in_the_loss);
    tcase_add_test(c, what_was_given_bad_is_named);
    tcase_add_test(c, the_other_road_is_no_fault);
    tcase_add_test(c, starts_from_the_pass);
    tcase_add_test(c, without_a_loss);
    tcase_add_test(c, samples_keep_their_own_numbers);
    suite_add_tcase(s, c);
    return s;
}
