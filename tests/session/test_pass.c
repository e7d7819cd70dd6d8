#include "session/fixture.h"

#include <stdlib.h>

Suite *test_pass(void);

/* The same network and set outside of any session. */
struct plain {
    struct net *net;
    struct dataset *data;
    struct trainer *trainer;
};

static struct plain make_plain(void)
{
    struct err err = {0};
    struct plain p = {net_parse(moons_net, NULL, &err), open_data(moons_data), NULL};
    struct source source = source_of(p.data);
    p.trainer = trainer_create(p.net, &source,
                               (struct engine_choice){.kind = ENGINE_PLAIN, .threads = 1}, &err);
    ck_assert_msg(p.trainer != NULL, "%s", err.message);
    return p;
}

static void end_plain(struct plain *p)
{
    trainer_destroy(p->trainer);
    net_destroy(p->net);
    dataset_close(p->data);
}

/* The new: cells of the pass on screen, laid out as the parameters. */
static void new_params(struct session *s, float *params)
{
    const struct trace *t = session_snapshot(s)->trace;
    for (int i = 0; i < t->program->tensor_count; i++) {
        const struct tensor *from = &t->program->tensors[i];
        if (from->is_param)
            memcpy(params + from->offset, trace_tensor(t, from->next),
                   from->count * sizeof *params);
    }
}

START_TEST(a_committed_pass_is_the_trainers_own_step)
{
    struct session *s = open_moons();
    struct plain p = make_plain();
    size_t bytes = p.net->param_count * sizeof(float);
    float *shown = malloc(bytes);
    int samples[8];
    must(s, "run");
    for (int i = 0; i < 14; i++) { /* over two ends of epochs */
        const struct snapshot *shot = session_snapshot(s);
        ck_assert_int_eq(shot->pass, PASS_RUN);
        ck_assert_int_eq(shot->step, i);
        ck_assert_int_eq(trainer_next_batch(p.trainer, samples), shot->trace->n);
        ck_assert_mem_eq(samples, shot->trace->samples, sizeof samples);
        ck_assert_mem_eq(shot->net->params, p.net->params, bytes);
        must(s, "phase update");
        new_params(s, shown);
        float loss = trainer_step(p.trainer);
        ck_assert(value(s, "loss") == (double)loss);
        must(s, "step");
        ck_assert_mem_eq(session_snapshot(s)->net->params, p.net->params, bytes);
        ck_assert_mem_eq(shown, p.net->params, bytes);
        ck_assert_int_eq(session_snapshot(s)->cursor.cell, 0);
    }
    free(shown);
    end_plain(&p);
    session_destroy(s);
}
END_TEST

START_TEST(inspecting_commits_nothing)
{
    struct session *s = open_moons();
    struct plain p = make_plain();
    must(s, "grain pass");
    must(s, "step 3");
    must(s, "sample 1,2,3");
    must(s, "step 3");
    ck_assert_mem_eq(session_snapshot(s)->net->params, p.net->params,
                     p.net->param_count * sizeof(float));
    ck_assert_int_eq(session_snapshot(s)->step, 0);
    end_plain(&p);
    session_destroy(s);
}
END_TEST

START_TEST(back_goes_through_commits_with_the_same_bits)
{
    struct session *s = open_moons();
    size_t bytes = session_snapshot(s)->net->param_count * sizeof(float);
    float *start = malloc(bytes), *later = malloc(bytes);
    memcpy(start, session_snapshot(s)->net->params, bytes);
    must(s, "run");
    must(s, "grain pass");
    must(s, "step 10"); /* the first shows the first batch, nine commit */
    ck_assert_int_eq(session_snapshot(s)->step, 9);
    memcpy(later, session_snapshot(s)->net->params, bytes);
    must(s, "back 20");
    ck_assert_int_eq(session_snapshot(s)->step, 0);
    ck_assert_mem_eq(session_snapshot(s)->net->params, start, bytes);
    must(s, "phase start");
    must(s, "step 10");
    ck_assert_mem_eq(session_snapshot(s)->net->params, later, bytes);
    free(start);
    free(later);
    session_destroy(s);
}
END_TEST

START_TEST(run_takes_parameter_edits_and_no_others)
{
    struct session *s = open_moons();
    must(s, "sample 5");
    must(s, "run");
    refused(s, "edit input[0] 1", "inspect");
    refused(s, "label 0", "inspect");
    refused(s, "mode eval", "inspect");
    must(s, "edit hidden.b[0] 0.5");
    ck_assert(value(s, "hidden.b[0]") == 0.5);
    must(s, "inspect");
    ck_assert_int_eq(session_snapshot(s)->pass, PASS_INSPECT);
    ck_assert_int_eq(session_snapshot(s)->sample, 5);
    must(s, "run");
    must(s, "sample 2");
    ck_assert_int_eq(session_snapshot(s)->pass, PASS_INSPECT);
    session_destroy(s);
}
END_TEST

START_TEST(restart_is_the_same_start)
{
    struct session *s = open_moons();
    struct plain p = make_plain();
    size_t bytes = p.net->param_count * sizeof(float);
    must(s, "run");
    must(s, "grain pass");
    must(s, "step 4");
    ck_assert(memcmp(session_snapshot(s)->net->params, p.net->params, bytes) != 0);
    must(s, "restart");
    ck_assert_mem_eq(session_snapshot(s)->net->params, p.net->params, bytes);
    ck_assert_int_eq(session_snapshot(s)->step, 0);
    ck_assert_int_eq(session_snapshot(s)->progress.point_count, 0);
    end_plain(&p);
    session_destroy(s);
}
END_TEST

START_TEST(probabilities_are_those_of_evaluation_mode)
{
    struct session *s = open_moons();
    const struct snapshot *shot = session_snapshot(s);
    float out[2];
    must(s, "sample 3,4");
    must(s, "place 1");
    shot = session_snapshot(s);
    ck_assert(net_predict(shot->net, dataset_x(shot->data, 4), 1, out, NULL));
    ck_assert_int_eq(shot->output_count, 2);
    ck_assert_mem_eq(shot->probabilities, out, sizeof out);
    ck_assert_int_eq(shot->guess, out[1] > out[0]);
    session_destroy(s);
}
END_TEST

Suite *test_pass(void)
{
    Suite *suite = suite_create("pass");
    TCase *c = tcase_create("pass");
    tcase_add_test(c, a_committed_pass_is_the_trainers_own_step);
    tcase_add_test(c, inspecting_commits_nothing);
    tcase_add_test(c, back_goes_through_commits_with_the_same_bits);
    tcase_add_test(c, run_takes_parameter_edits_and_no_others);
    tcase_add_test(c, restart_is_the_same_start);
    tcase_add_test(c, probabilities_are_those_of_evaluation_mode);
    suite_add_tcase(suite, c);
    return suite;
}
