#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/nn/trainer.h"
#include "support/nets.h"
#include "support/worked.h"

Suite *test_evaluate(void);

struct table {
    const float *x, *labels;
};

static void fetch(void *context, const int *samples, int n, float *x, float *label)
{
    const struct table *from = context;
    for (int s = 0; s < n; s++) {
        x[s] = from->x[samples[s]];
        label[s] = from->labels[samples[s]];
    }
}

/* Scores x, 0, −x: above 0 class 0 wins, below 0 class 2, at 0 all are equal and the first of
 * them, class 0, is taken.
 *   x       1  2  −1  −2  0  3
 *   truth   0  2   2   1  1  0
 *   guess   0  0   2   2  0  0    three of six right */
static const float xs[] = {1, 2, -1, -2, 0, 3};
static const float truths[] = {0, 2, 2, 1, 1, 0};

static void open_three(struct worked *w)
{
    worked_open(w, "input 1\nout dense 3 softmax\nloss cross-entropy\n", 0);
    worked_set(w, "out.W", FLOATS(1, 0, -1));
    worked_set(w, "out.b", FLOATS(0, 0, 0));
}

START_TEST(accuracy_and_confusion)
{
    struct worked w;
    struct evaluation e;
    struct table table = {xs, truths};
    struct source source = {
        .context = &table, .count = 6, .x_count = 1, .targets = 0, .fetch = fetch};
    static const int expected[] = {2, 0, 0, /* class 0: always right */
                                   1, 0, 1, /* class 1: once taken for 0, once for 2 */
                                   1, 0, 1};
    double loss = 0;
    open_three(&w);
    ck_assert(net_evaluate(w.net, &source, 0, &e, NULL));
    ck_assert_int_eq(e.samples, 6);
    ck_assert_double_eq(e.accuracy, 0.5);
    ck_assert_int_eq(e.classes, 3);
    ck_assert_mem_eq(e.confusion, expected, sizeof expected);
    for (int k = 0; k < 6; k++) { /* ln Σ exp − the true score */
        double x = (double)xs[k];
        double score = truths[k] == 0 ? x : truths[k] == 1 ? 0 : -x;
        loss += log(exp(x) + 1 + exp(-x)) - score;
    }
    ck_assert_double_eq_tol(e.loss, loss / 6, 1e-6);
    free(e.confusion);
    ck_assert(net_evaluate(w.net, &source, 3, &e, NULL)); /* the first three: two right */
    ck_assert_int_eq(e.samples, 3);
    ck_assert_double_eq_tol(e.accuracy, 2.0 / 3, 1e-12);
    free(e.confusion);
    worked_close(&w);
}
END_TEST

/* More samples than a block of the evaluation: 150, more than a vector holds. */
START_TEST(many_samples)
{
    struct worked w;
    struct evaluation e;
    float x[150], labels[150];
    struct table table = {x, labels};
    struct source source = {
        .context = &table, .count = 150, .x_count = 1, .targets = 0, .fetch = fetch};
    for (int s = 0; s < 150; s++) {
        x[s] = s % 2 ? 1.0f : -1.0f;
        labels[s] = s < 140 && s % 2 == 0 ? 2 : 0; /* wrong for the even ones from 140 on */
    }
    open_three(&w);
    ck_assert(net_evaluate(w.net, &source, 0, &e, NULL));
    ck_assert_double_eq_tol(e.accuracy, 145.0 / 150, 1e-12);
    ck_assert_int_eq(e.confusion[0], 75);
    ck_assert_int_eq(e.confusion[2], 5);
    ck_assert_int_eq(e.confusion[8], 70);
    free(e.confusion);
    worked_close(&w);
}
END_TEST

/* One output: class 1 above one half, after hinge above 0. */
START_TEST(class_of_one_output)
{
    struct worked w;
    worked_open(&w, "input 1\nout dense 1 sigmoid\nloss binary-cross-entropy\n", 0);
    ck_assert_int_eq(net_class(w.net, (float[]){0.5f}), 0);
    ck_assert_int_eq(net_class(w.net, (float[]){0.51f}), 1);
    worked_close(&w);
    worked_open(&w, "input 1\nout dense 1\nloss hinge\n", 0);
    ck_assert_int_eq(net_class(w.net, (float[]){0}), 0);
    ck_assert_int_eq(net_class(w.net, (float[]){0.1f}), 1);
    worked_close(&w);
    open_three(&w);
    ck_assert_int_eq(net_class(w.net, (float[]){0.2f, 0.4f, 0.4f}), 1); /* the first of equals */
    worked_close(&w);
}
END_TEST

/* Numbers to predict have no accuracy and no confusion. out = 2x, targets 0: 4x² averaged. */
START_TEST(numbers_have_a_loss_alone)
{
    struct worked w;
    struct evaluation e;
    struct table table = {xs, (const float[]){0, 0, 0, 0, 0, 0}};
    struct source source = {
        .context = &table, .count = 6, .x_count = 1, .targets = 1, .fetch = fetch};
    worked_open(&w, "input 1\nout dense 1\nloss squared-error\n", 1);
    worked_set(&w, "out.W", FLOATS(2));
    worked_set(&w, "out.b", FLOATS(0));
    ck_assert(net_evaluate(w.net, &source, 0, &e, NULL));
    ck_assert_double_eq_tol(e.loss, 4 * (1 + 4 + 1 + 4 + 0 + 9) / 6.0, 1e-6);
    ck_assert(isnan(e.accuracy));
    ck_assert_ptr_null(e.confusion);
    ck_assert(isnan(e.auc));
    ck_assert_double_eq(e.r2, 0); /* a constant target that is missed */
    ck_assert_double_eq_tol(e.rmse, sqrt(4 * 19 / 6.0), 1e-6);
    ck_assert_double_eq_tol(e.mae, 2 * 9 / 6.0, 1e-6);
    worked_close(&w);
}
END_TEST

/* Evaluation drops nothing, and predicting gives the same outputs. */
START_TEST(predict_runs_without_dropout)
{
    struct worked w;
    float out[100], x[100];
    worked_open(&w, "input 1\nd dropout 0.5\nout dense 1 linear\nloss squared-error\n", 1);
    worked_set(&w, "out.W", FLOATS(2));
    worked_set(&w, "out.b", FLOATS(1));
    for (int s = 0; s < 100; s++)
        x[s] = (float)s;
    ck_assert(net_predict(w.net, x, 100, out, NULL));
    for (int s = 0; s < 100; s++)
        ck_assert(out[s] == 2 * (float)s + 1);
    worked_close(&w);
}
END_TEST

START_TEST(what_cannot_be_evaluated_is_said)
{
    struct worked w;
    struct evaluation e;
    struct err err = {0};
    struct table table = {xs, truths};
    struct source source = {
        .context = &table, .count = 6, .x_count = 1, .targets = 0, .fetch = fetch};
    worked_open(&w, "input 1\nout dense 3 softmax\n", 0);
    ck_assert(!net_evaluate(w.net, &source, 0, &e, &err));
    ck_assert_str_eq(err.message, "the network has no loss line, so it cannot be evaluated");
    worked_close(&w);
    err_clear(&err);
    source.x_count = 2;
    open_three(&w);
    ck_assert(!net_evaluate(w.net, &source, 0, &e, &err));
    ck_assert_int_eq(err.code, ERR_INPUT);
    worked_close(&w);
}
END_TEST

/* Two classes: the score of class 1 ranks the samples. out = x, truth x 2 → 1, 1 → 0, -1 → 1,
 * 0 → 0: of the four pairs 2 beats both, -1 none: AUC 1/2. Two softmax outputs rank the same. */
START_TEST(auc_of_two_classes)
{
    static const char *const nets[] = {
        "input 1\nout dense 1 sigmoid\nloss binary-cross-entropy\n",
        "input 1\nout dense 2 softmax\nloss cross-entropy\n",
        "input 1\nout dense 2 linear\nloss squared-error\n",
    };
    struct worked w;
    struct evaluation e;
    struct table table = {(const float[]){2, 1, -1, 0}, (const float[]){1, 0, 1, 0}};
    struct source source = {.context = &table, .count = 4, .x_count = 1, .fetch = fetch};
    for (int k = 0; k < 3; k++) {
        worked_open(&w, nets[k], 0);
        int outputs = k == 0 ? 1 : 2;
        worked_set(&w, "out.W", outputs, (const float[]){0, 1} + 2 - outputs);
        worked_set(&w, "out.b", outputs, (const float[]){0, 0});
        ck_assert(net_evaluate(w.net, &source, 0, &e, NULL));
        ck_assert_double_eq_tol(e.auc, 0.5, 1e-12);
        ck_assert(isnan(e.r2));
        free(e.confusion);
        source.count = 1; /* one class only */
        ck_assert(net_evaluate(w.net, &source, 0, &e, NULL));
        ck_assert(isnan(e.auc));
        free(e.confusion);
        source.count = 4;
        worked_close(&w);
    }
    open_three(&w);
    table = (struct table){xs, truths};
    ck_assert(net_evaluate(w.net, &source, 0, &e, NULL));
    ck_assert(isnan(e.auc)); /* three classes */
    free(e.confusion);
    worked_close(&w);
}
END_TEST

struct samples {
    float *x, *labels;
    size_t x_count, width;
};

static void fetch_samples(void *context, const int *samples, int n, float *x, float *label)
{
    const struct samples *from = context;
    for (int s = 0; s < n; s++) {
        memcpy(x + (size_t)s * from->x_count, from->x + (size_t)samples[s] * from->x_count,
               from->x_count * sizeof *x);
        memcpy(label + (size_t)s * from->width, from->labels + (size_t)samples[s] * from->width,
               from->width * sizeof *label);
    }
}

static void compare_evaluations(const struct evaluation *a, const struct evaluation *b,
                                const char *name)
{
    const double left[] = {a->loss, a->accuracy, a->auc, a->r2, a->rmse, a->mae};
    const double right[] = {b->loss, b->accuracy, b->auc, b->r2, b->rmse, b->mae};
    for (size_t k = 0; k < sizeof left / sizeof *left; k++)
        ck_assert_msg(left[k] == right[k] || (isnan(left[k]) && isnan(right[k])),
                      "%s: measure %zu is %.17g, plain %.17g", name, k, left[k], right[k]);
    ck_assert_int_eq(a->classes, b->classes);
    if (a->confusion)
        ck_assert_mem_eq(a->confusion, b->confusion,
                         (size_t)a->classes * (size_t)a->classes * sizeof *a->confusion);
}

static void compare_engines(const struct test_net *tn, int n)
{
    static const struct engine_choice plain = {.kind = ENGINE_PLAIN};
    struct net *net = test_net_make(tn, 31);
    struct samples from = {.x_count = shape_count(&net->layers[0].out),
                           .width = (size_t)(tn->targets ? tn->targets : 1)};
    size_t outputs = shape_count(&net_output(net)->out) * (size_t)n;
    float *expected = malloc(outputs * sizeof *expected), *found = malloc(outputs * sizeof *found);
    struct evaluation by_plain, by_fast;
    test_net_batch(net, tn->targets, n, 17, &from.x, &from.labels);
    struct source source = {.context = &from,
                            .count = n,
                            .x_count = from.x_count,
                            .targets = tn->targets,
                            .fetch = fetch_samples};
    ck_assert(net_predict_with(net, from.x, n, plain, expected, NULL));
    ck_assert(net_evaluate_with(net, &source, 0, plain, &by_plain, NULL));
    for (const char *const *v = engine_variants(); *v; v++)
        for (int threads = 0; threads <= 3; threads++) {
            struct engine_choice fast = {ENGINE_FAST, threads, *v};
            memset(found, 0xff, outputs * sizeof *found);
            ck_assert(net_predict_with(net, from.x, n, fast, found, NULL));
            ck_assert_msg(memcmp(found, expected, outputs * sizeof *found) == 0,
                          "%s, %d samples, %s, %d threads", tn->name, n, *v, threads);
            ck_assert(net_evaluate_with(net, &source, 0, fast, &by_fast, NULL));
            compare_evaluations(&by_fast, &by_plain, tn->name);
            free(by_fast.confusion);
        }
    free(by_plain.confusion);
    free(expected);
    free(found);
    free(from.x);
    free(from.labels);
    net_destroy(net);
}

START_TEST(engines_give_the_same_bits)
{
    compare_engines(&test_nets[_i], 1);
    compare_engines(&test_nets[_i], 5);
    compare_engines(&test_nets[_i], 40);
}
END_TEST

/* Several batches, the last one short. */
START_TEST(engines_agree_over_batches)
{
    compare_engines(&test_nets[_i], 1100);
}
END_TEST

/* Evaluating reads the network's own parameters and leaves them as they are. */
START_TEST(parameters_are_only_read)
{
    struct net *net = test_net_make(&test_nets[9], 5); /* batchnorm: running statistics, too */
    struct net *copy = net_copy(net);
    struct samples from = {.x_count = shape_count(&net->layers[0].out), .width = 1};
    test_net_batch(net, 0, 40, 17, &from.x, &from.labels);
    struct source source = {
        .context = &from, .count = 40, .x_count = from.x_count, .fetch = fetch_samples};
    struct evaluation e;
    ck_assert(net_evaluate(net, &source, 0, &e, NULL));
    ck_assert_mem_eq(net->params, copy->params, net->param_count * sizeof *net->params);
    free(e.confusion);
    free(from.x);
    free(from.labels);
    net_destroy(copy);
    net_destroy(net);
}
END_TEST

Suite *test_evaluate(void)
{
    Suite *s = suite_create("nn/evaluate");
    TCase *c = tcase_create("evaluate");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, accuracy_and_confusion);
    tcase_add_test(c, many_samples);
    tcase_add_test(c, class_of_one_output);
    tcase_add_test(c, numbers_have_a_loss_alone);
    tcase_add_test(c, predict_runs_without_dropout);
    tcase_add_test(c, auc_of_two_classes);
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, engines_give_the_same_bits, 0, test_net_count);
    tcase_add_loop_test(c, engines_agree_over_batches, 0, test_net_count);
    tcase_add_test(c, parameters_are_only_read);
    tcase_add_test(c, what_cannot_be_evaluated_is_said);
    suite_add_tcase(s, c);
    return s;
}
