#include "session/fixture.h"

#include <stdlib.h>

Suite *test_source(void);

static const char small_net[] = "input 8 8 1\n"
                                "flat flatten\n"
                                "out dense 10 softmax\n"
                                "loss cross-entropy\n"
                                "train sgd rate=0.1 batch=7 seed=3\n";
static const char plain_data[] = "digits8:test";
static const char augmented_data[] = "digits8:test,augment=shift1+elastic,seed=4";

/* The parameters after some steps over two ends of epochs (359 samples are 52 batches of 7). */
static float *train(const char *data_text, enum engine_kind kind, int threads, size_t *bytes)
{
    struct err err = {0};
    struct net *net = net_parse(small_net, NULL, &err);
    struct dataset *data = open_data(data_text);
    struct source source = source_of(data);
    struct trainer *t = trainer_create(
        net, &source, (struct engine_choice){.kind = kind, .threads = threads}, &err);
    ck_assert_msg(t != NULL, "%s", err.message);
    for (int i = 0; i < 110; i++)
        trainer_step(t);
    *bytes = net->param_count * sizeof(float);
    float *params = malloc(*bytes);
    memcpy(params, net->params, *bytes);
    trainer_destroy(t);
    dataset_close(data);
    net_destroy(net);
    return params;
}

START_TEST(training_sees_augmented_samples)
{
    size_t bytes;
    float *plain = train(plain_data, ENGINE_PLAIN, 1, &bytes);
    float *augmented = train(augmented_data, ENGINE_PLAIN, 1, &bytes);
    float *again = train(augmented_data, ENGINE_PLAIN, 1, &bytes);
    float *fast = train(augmented_data, ENGINE_FAST, 2, &bytes);
    ck_assert_mem_ne(plain, augmented, bytes);
    ck_assert_mem_eq(augmented, again, bytes);
    ck_assert_mem_eq(augmented, fast, bytes); /* whatever the engine and its threads */
    free(plain);
    free(augmented);
    free(again);
    free(fast);
}
END_TEST

START_TEST(evaluation_and_inspection_see_them_as_they_are)
{
    struct err err = {0};
    struct net *net = net_parse(small_net, NULL, &err);
    struct dataset *plain = open_data(plain_data), *augmented = open_data(augmented_data);
    struct source a = source_of(plain), b = source_of(augmented);
    struct evaluation before = {0}, after = {0};
    ck_assert(net_evaluate(net, &a, 0, &before, &err));
    ck_assert(net_evaluate(net, &b, 0, &after, &err));
    ck_assert(before.loss == after.loss);
    float x[64], label;
    int sample = 5;
    b.fetch(b.context, &sample, 1, x, &label);
    ck_assert_mem_eq(x, dataset_x(plain, 5), sizeof x);
    ck_assert(a.fetch_training == NULL);
    b.fetch_training(b.context, &sample, 1, 2, x, &label);
    ck_assert_mem_ne(x, dataset_x(plain, 5), sizeof x);
    float expected[64];
    dataset_training_x(augmented, 5, 2, expected);
    ck_assert_mem_eq(x, expected, sizeof x);
    ck_assert(label == dataset_y(plain, 5)[0]);
    free(before.confusion);
    free(after.confusion);
    dataset_close(plain);
    dataset_close(augmented);
    net_destroy(net);
}
END_TEST

/* A pass of the run shows what the trainer takes: its new parameters are those it commits. */
START_TEST(a_shown_run_is_augmented_too)
{
    struct session *s = open_text(small_net, augmented_data);
    float x[64];
    must(s, "run");
    for (int i = 0; i < 54; i++) { /* into the second epoch */
        const struct trace *t = session_snapshot(s)->trace;
        const float *shown = trace_tensor(t, t->program->input);
        dataset_training_x(session_snapshot(s)->data, t->samples[0], i < 52 ? 0 : 1, x);
        ck_assert_mem_eq(shown, x, sizeof x);
        must(s, "phase update");
        double value_new = value(s, "new:out.W[3,20]");
        must(s, "grain pass");
        must(s, "step");
        ck_assert(value(s, "out.W[3,20]") == value_new);
    }
    session_destroy(s);
}
END_TEST

Suite *test_source(void)
{
    Suite *s = suite_create("source");
    TCase *t = tcase_create("source");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, training_sees_augmented_samples);
    tcase_add_test(t, evaluation_and_inspection_see_them_as_they_are);
    tcase_add_test(t, a_shown_run_is_augmented_too);
    suite_add_tcase(s, t);
    return s;
}
