/* Studies of what training has made of the network: every number is the engine's own. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "session/fixture.h"
#include "session/state.h"

static const struct study *study(struct session *s)
{
    must(s, "show train");
    session_wait(s);
    const struct study *study = session_snapshot(s)->study;
    ck_assert_ptr_nonnull(study);
    return study;
}

/* Confusion, loss and accuracy are net_evaluate's over the test set, also in slices. */
START_TEST(answers_are_those_of_an_evaluation)
{
    struct session *s = open_text(moons_net, "moons:n=1300,noise=0.4,seed=3");
    must(s, "train 1");
    const struct study *st = study(s);
    const struct dataset *test = session_test_set(s);
    struct source source = source_of(test);
    struct evaluation e;
    struct err err = {0};
    ck_assert_msg(net_evaluate(s->net, &source, STUDY_SAMPLES_MOST, &e, &err), "%s", err.message);
    ck_assert(st->test);
    ck_assert_int_eq(st->n, e.samples);
    ck_assert_int_eq(st->classes, 2);
    ck_assert_mem_eq(st->confusion, e.confusion, 4 * sizeof(int));
    ck_assert(st->accuracy == e.accuracy);
    ck_assert(fabs(st->loss - e.loss) < 1e-9);
    free(e.confusion);
    session_destroy(s);
}
END_TEST

/* The hardest come first, each sample once, with what the network says to it. */
START_TEST(samples_come_by_their_loss)
{
    struct session *s = open_text(moons_net, "moons:n=300,noise=0.4,seed=3");
    must(s, "train 3");
    const struct study *st = study(s);
    const struct dataset *test = session_test_set(s);
    bool *seen = calloc((size_t)st->n, sizeof *seen);
    for (int i = 0; i < st->n; i++) {
        const struct study_sample *x = &st->samples[i];
        float out[2];
        struct err err = {0};
        ck_assert(i == 0 || st->samples[i - 1].loss >= x->loss);
        ck_assert(!seen[x->at]);
        seen[x->at] = true;
        ck_assert(net_predict(s->net, dataset_x(test, x->at), 1, out, &err));
        ck_assert_int_eq(x->truth, dataset_class(test, x->at));
        ck_assert_int_eq(x->guess, net_class(s->net, out));
        ck_assert(x->probability == out[x->guess]);
    }
    free(seen);
    session_destroy(s);
}
END_TEST

/* Each gradient and activation of the next training pass is in one bin. */
START_TEST(histograms_hold_every_number_of_the_pass)
{
    struct session *s = open_moons();
    must(s, "train 2");
    const struct study *st = study(s);
    ck_assert_int_eq(st->batch, 8);
    ck_assert_int_eq(st->layer_count, 2);
    must(s, "run");
    const struct trace *t = session_snapshot(s)->trace;
    for (int k = 0; k < st->layer_count; k++) {
        const struct layer *l = &s->net->layers[st->layers[k]];
        const struct histogram *h = &st->rows[st->row_count - 1].counts[k * STUDY_KINDS];
        struct histogram own = {{0}, 0, 0};
        char name[64];
        ck_assert_uint_eq(histogram_total(&h[STUDY_GRADIENT]), net_layer_trained(l));
        ck_assert_uint_eq(histogram_total(&h[STUDY_ACTIVATION]),
                          shape_count(&l->out) * (size_t)t->n);
        for (int b = 0; b < 2; b++) {
            snprintf(name, sizeof name, "d:%s.%s", l->name, b ? "b" : "W");
            int tensor = program_find(t->program, name);
            for (size_t i = 0; i < trace_tensor_count(t, tensor); i++)
                own.bins[histogram_bin(fabsf(trace_tensor(t, tensor)[i]))]++;
        }
        ck_assert_mem_eq(own.bins, h[STUDY_GRADIENT].bins, sizeof own.bins);
    }
    session_destroy(s);
}
END_TEST

START_TEST(bins_go_by_powers_of_ten)
{
    ck_assert_int_eq(histogram_bin(1.0f), -STUDY_LEAST * STUDY_DECADE);
    ck_assert_int_eq(histogram_bin(9.99f), -STUDY_LEAST * STUDY_DECADE + 3);
    ck_assert_int_eq(histogram_bin(1e-30f), 0);
    ck_assert_int_eq(histogram_bin(1e30f), STUDY_BINS - 1);
}
END_TEST

/* The history follows the run: back in time forgets what lies past, and never holds too much. */
START_TEST(history_follows_the_run)
{
    struct session *s = open_moons();
    study(s);
    for (int i = 1; i <= 150; i++) {
        char line[32];
        snprintf(line, sizeof line, "goto-step %d", i);
        must(s, line);
        session_wait(s);
        const struct study *st = session_snapshot(s)->study;
        ck_assert_int_le(st->row_count, STUDY_ROWS_MOST);
        ck_assert_int_eq(st->rows[0].step, 0);
        ck_assert_int_eq(st->rows[st->row_count - 1].step, i);
        for (int k = 1; k < st->row_count; k++)
            ck_assert_int_lt(st->rows[k - 1].step, st->rows[k].step);
    }
    must(s, "goto-step 10");
    ck_assert(session_snapshot(s)->study_stale);
    session_wait(s);
    const struct study *st = session_snapshot(s)->study;
    ck_assert(!session_snapshot(s)->study_stale);
    ck_assert_int_eq(st->rows[st->row_count - 1].step, 10);
    ck_assert_int_eq(st->step, 10);
    session_destroy(s);
}
END_TEST

/* While it trains there is another one now and then; nothing waits for it. */
START_TEST(studies_come_while_it_trains)
{
    struct session *s = open_moons();
    must(s, "train 1000000");
    uint64_t last = 0;
    for (int i = 0; i < 3;) {
        session_update(s);
        const struct study *st = session_snapshot(s)->study;
        if (st && st->number != last) {
            last = st->number;
            i++;
        }
    }
    must(s, "stop");
    must(s, "data circles:n=50"); /* ends what is under way */
    ck_assert_ptr_null(session_snapshot(s)->study);
    session_destroy(s);
}
END_TEST

START_TEST(numbers_to_predict_have_no_classes)
{
    struct session *s = open_text("input 1\nhidden dense 4 tanh\nout dense 1\nloss squared-error\n"
                                  "train sgd rate=0.1 batch=8\n",
                                  "sine:n=100,seed=1");
    must(s, "train 2");
    const struct study *st = study(s);
    const struct dataset *test = session_test_set(s);
    ck_assert_int_eq(st->classes, 0);
    ck_assert_int_eq(st->targets, 1);
    ck_assert(isnan(st->accuracy));
    for (int i = 0; i < st->n; i++) {
        float out;
        ck_assert(net_predict(s->net, dataset_x(test, i), 1, &out, NULL));
        ck_assert(st->predicted[i] == out);
        ck_assert(st->wanted[i] == dataset_y(test, i)[0]);
    }
    session_destroy(s);
}
END_TEST

/* A sample of the test set is shown as any other is, and kept in the file. */
START_TEST(samples_of_the_test_set)
{
    struct session *s = open_moons();
    const struct dataset *test = session_test_set(s);
    must(s, "sample test 3");
    ck_assert_int_eq(sample_in_test(session_snapshot(s)->sample), 3);
    ck_assert(value(s, "input[0]") == (double)dataset_x(test, 3)[0]);
    must(s, "sample next");
    ck_assert_int_eq(sample_in_test(session_snapshot(s)->sample), 4);
    must(s, "sample test 11");
    must(s, "sample next"); /* round to the first */
    ck_assert_int_eq(sample_in_test(session_snapshot(s)->sample), 0);
    refused(s, "sample test 12", "no test sample");
    must(s, "sample 1");
    ck_assert_int_eq(session_snapshot(s)->sample, 1);
    session_destroy(s);
}
END_TEST

/* A new start keeps the curves it would forget, the newest of them, until they are taken away. */
START_TEST(earlier_runs_stay_to_be_compared)
{
    struct session *s = open_moons();
    must(s, "restart");
    ck_assert_int_eq(session_snapshot(s)->past_count, 0);
    for (int i = 1; i <= PAST_MOST + 1; i++) {
        must(s, i == 1 ? "optimizer adam" : "optimizer sgd");
        must(s, "train 2");
        session_wait(s);
        must(s, "restart");
    }
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_int_eq(shot->past_count, PAST_MOST);
    ck_assert_str_eq(shot->past[0].name, "run 2");
    ck_assert_int_eq(shot->past[0].settings->optimiser, OPT_SGD);
    ck_assert_int_eq(shot->past[0].point_count, 12);
    must(s, "forget 1");
    shot = session_snapshot(s);
    ck_assert_str_eq(shot->past[0].name, "run 3");
    refused(s, "forget 6", "from 1 to 5");
    must(s, "forget all");
    ck_assert_int_eq(session_snapshot(s)->past_count, 0);
    refused(s, "forget 1", "no earlier run");
    session_destroy(s);
}
END_TEST

Suite *test_study(void);
Suite *test_study(void)
{
    Suite *suite = suite_create("study");
    TCase *c = tcase_create("study");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, answers_are_those_of_an_evaluation);
    tcase_add_test(c, samples_come_by_their_loss);
    tcase_add_test(c, histograms_hold_every_number_of_the_pass);
    tcase_add_test(c, bins_go_by_powers_of_ten);
    tcase_add_test(c, history_follows_the_run);
    tcase_add_test(c, studies_come_while_it_trains);
    tcase_add_test(c, numbers_to_predict_have_no_classes);
    tcase_add_test(c, samples_of_the_test_set);
    tcase_add_test(c, earlier_runs_stay_to_be_compared);
    suite_add_tcase(suite, c);
    return suite;
}
