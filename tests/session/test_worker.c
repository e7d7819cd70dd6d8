#include "session/fixture.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

/* A pace keeps training from running ahead; a wish is heard while it waits. */
START_TEST(a_pace_is_kept)
{
    struct session *s = open_moons();
    must(s, "train 1000 at 0.01"); /* a batch in sixteen seconds */
    while (session_snapshot(s)->step == 0)
        session_update(s);
    must(s, "stop");
    ck_assert_int_le(session_snapshot(s)->step, 2);
    ck_assert(session_snapshot(s)->pace == 0.01);
    must(s, "train 2"); /* as fast as can be again */
    session_wait(s);
    ck_assert(session_snapshot(s)->pace == 0);
    refused(s, "train 3 at 0", "a pace is");
    refused(s, "train 3 slowly", "expected to end");
    session_destroy(s);
}
END_TEST

Suite *test_worker(void);

START_TEST(training_gives_the_bits_of_plain_steps)
{
    struct err err = {0};
    struct session *s = open_moons();
    struct net *net = net_parse(moons_net, NULL, &err);
    struct dataset *data = open_data(moons_data);
    struct source source = source_of(data);
    struct trainer *t = trainer_create(
        net, &source, (struct engine_choice){.kind = ENGINE_PLAIN, .threads = 1}, &err);
    must(s, "train 2");
    session_wait(s);
    must(s, "train 1"); /* goes on with the moments of the first */
    session_wait(s);
    must(s, "run");
    must(s, "grain pass");
    must(s, "step 3"); /* two commits more */
    for (int i = 0; i < 3 * 6 + 2; i++)
        trainer_step(t);
    ck_assert_mem_eq(session_snapshot(s)->net->params, net->params,
                     net->param_count * sizeof(float));
    ck_assert_int_eq(session_snapshot(s)->step, 3 * 6 + 2);
    trainer_destroy(t);
    net_destroy(net);
    dataset_close(data);
    session_destroy(s);
}
END_TEST

START_TEST(training_lowers_the_loss_and_draws_its_curve)
{
    struct session *s = open_text(moons_net, "moons:n=200,noise=0.1,seed=3");
    double before = value(s, "loss");
    uint64_t revision = session_snapshot(s)->revision;
    must(s, "train 30");
    session_wait(s);
    const struct snapshot *shot = session_snapshot(s);
    const struct progress *p = &shot->progress;
    ck_assert_int_eq(p->state, TRAINING_OFF);
    ck_assert_int_eq(p->epoch, 30);
    ck_assert_int_eq(p->epochs, 30);
    ck_assert_str_eq(p->error, "");
    ck_assert_uint_gt(shot->revision, revision);
    ck_assert_int_eq(p->point_count, 30 * 20);
    ck_assert(p->points[p->point_count - 1].loss < 0.5f * p->points[0].loss);
    ck_assert(p->points[p->point_count - 1].test_accuracy > 0.8f);
    ck_assert(p->points[p->point_count - 1].accuracy > 0.8f);
    ck_assert(p->points[p->point_count - 1].epoch == 30.0);
    ck_assert(isnan(p->points[0].test_loss));
    ck_assert(value(s, "loss") != before); /* what is on screen lives */
    session_destroy(s);
}
END_TEST

/* Large enough for several threads; stopped in the middle it has learnt the first batches with the
 * bits of one thread. */
START_TEST(stopping_a_large_one_keeps_what_was_learnt)
{
    static const char text[] = "input 28 28 1\nconv2d 8 5x5 relu\nmaxpool 2x2\nflatten\n"
                               "out dense 10 softmax\nloss cross-entropy\n"
                               "train momentum rate=0.05 batch=32\n";
    struct err err = {0};
    struct session *s = open_text(text, "digits");
    must(s, "train 100");
    while (!session_update(s))
        usleep(1000);
    must(s, "stop");
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_int_gt(shot->progress.threads, 0);
    ck_assert_int_gt(shot->step, 0);
    struct net *net = net_parse(text, NULL, &err);
    struct source source = source_of(shot->data);
    struct trainer *t = trainer_create(
        net, &source, (struct engine_choice){.kind = ENGINE_PLAIN, .threads = 1}, &err);
    for (int64_t i = 0; i < shot->step; i++)
        trainer_step(t);
    ck_assert_mem_eq(shot->net->params, net->params, net->param_count * sizeof(float));
    trainer_destroy(t);
    net_destroy(net);
    session_destroy(s);
}
END_TEST

START_TEST(pause_edit_resume_stop)
{
    struct session *s = open_moons();
    must(s, "train 1000000");
    refused(s, "train 1", "under way");
    must(s, "pause");
    session_wait(s);
    ck_assert_int_eq(session_snapshot(s)->progress.state, TRAINING_PAUSED);
    int64_t step = session_snapshot(s)->step;
    size_t bytes = session_snapshot(s)->net->param_count * sizeof(float);
    float *kept = malloc(bytes);
    memcpy(kept, session_snapshot(s)->net->params, bytes);
    ck_assert(!session_update(s));
    must(s, "edit hidden.b[0] 0.125");
    must(s, "undo");
    ck_assert_mem_eq(session_snapshot(s)->net->params, kept, bytes);
    must(s, "resume");
    must(s, "pause");
    session_wait(s);
    must(s, "stop");
    ck_assert_int_eq(session_snapshot(s)->progress.state, TRAINING_OFF);
    ck_assert_int_ge(session_snapshot(s)->step, step);
    refused(s, "stop", "no training");
    free(kept);
    session_destroy(s);
}
END_TEST

START_TEST(an_edit_made_in_a_pause_is_trained_on)
{
    struct session *s = open_moons();
    must(s, "train 1000000");
    must(s, "pause");
    session_wait(s);
    must(s, "edit hidden.b[0] 1000");
    must(s, "resume");
    must(s, "stop");
    ck_assert(value(s, "hidden.b[0]") > 900);
    session_destroy(s);
}
END_TEST

START_TEST(while_it_runs_the_screen_lives_and_parameters_are_not_touched)
{
    struct session *s = open_moons();
    must(s, "train 1000000");
    struct err err = {0};
    ck_assert(!session_command(s, "edit hidden.b[0] 1", &err));
    ck_assert_ptr_nonnull(strstr(err.message, "pause or stop"));
    must(s, "edit input[0] 0.5");
    must(s, "sample 3");
    must(s, "rate 0.01");
    while (!session_update(s))
        usleep(1000);
    ck_assert_int_eq(session_snapshot(s)->progress.state, TRAINING_RUNNING);
    ck_assert_int_gt(session_snapshot(s)->step, 0);
    must(s, "stop");
    ck_assert(session_snapshot(s)->net->train.rate == 0.01f);
    must(s, "edit hidden.b[0] 1");
    session_destroy(s);
}
END_TEST

/* Each joins the thread: a run of a million epochs would not end within the test's time. */
START_TEST(opening_restarting_and_destroying_stop_it)
{
    struct err err = {0};
    struct session *s = open_moons();
    must(s, "train 1000000");
    must(s, "restart");
    ck_assert_int_eq(session_snapshot(s)->progress.state, TRAINING_OFF);
    ck_assert_int_eq(session_snapshot(s)->step, 0);
    must(s, "train 1000000");
    must(s, "data circles:n=50");
    ck_assert_int_eq(session_snapshot(s)->progress.state, TRAINING_OFF);
    must(s, "train 1000000");
    ck_assert(session_open(s, net_parse(moons_net, NULL, &err), open_data(moons_data), &err));
    ck_assert_int_eq(session_snapshot(s)->progress.state, TRAINING_OFF);
    must(s, "train 1000000");
    session_destroy(s);
}
END_TEST

START_TEST(a_nan_loss_is_told_and_training_goes_on)
{
    struct session *s = open_text("input 2\nout dense 2 linear\nloss squared-error\n"
                                  "train sgd rate=1e30 batch=8\n",
                                  moons_data);
    must(s, "train 3");
    session_wait(s);
    ck_assert_int_eq(session_snapshot(s)->progress.epoch, 3);
    ck_assert_ptr_nonnull(strstr(session_snapshot(s)->progress.error, "NaN"));
    session_destroy(s);
}
END_TEST

START_TEST(epochs_by_step)
{
    struct session *s = open_moons();
    must(s, "grain epoch");
    must(s, "step 2");
    ck_assert_int_eq(session_snapshot(s)->step, 12);
    ck_assert_int_eq(session_snapshot(s)->progress.state, TRAINING_OFF);
    must(s, "back");
    ck_assert_int_eq(session_snapshot(s)->step, 6);
    must(s, "back 5");
    ck_assert_int_eq(session_snapshot(s)->step, 0);
    session_destroy(s);
}
END_TEST

/* A huge rate makes the test loss worse and worse: after two epochs without a better one it ends,
 * with the parameters of the best. */
START_TEST(patience_ends_it)
{
    struct session *s = open_text("input 2\nhidden dense 4 tanh\nout dense 2 softmax\n"
                                  "loss cross-entropy\n"
                                  "train sgd rate=0.000001 batch=8 patience=2 clip=0.000001\n",
                                  "moons:n=100,noise=0.4,seed=2");
    must(s, "rate 1e9");
    must(s, "train 200");
    session_wait(s);
    ck_assert_int_lt(session_snapshot(s)->progress.epoch, 200);
    session_destroy(s);
}
END_TEST

Suite *test_worker(void)
{
    Suite *suite = suite_create("worker");
    TCase *c = tcase_create("worker");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, training_gives_the_bits_of_plain_steps);
    tcase_add_test(c, training_lowers_the_loss_and_draws_its_curve);
    tcase_add_test(c, stopping_a_large_one_keeps_what_was_learnt);
    tcase_add_test(c, pause_edit_resume_stop);
    tcase_add_test(c, an_edit_made_in_a_pause_is_trained_on);
    tcase_add_test(c, while_it_runs_the_screen_lives_and_parameters_are_not_touched);
    tcase_add_test(c, opening_restarting_and_destroying_stop_it);
    tcase_add_test(c, a_nan_loss_is_told_and_training_goes_on);
    tcase_add_test(c, epochs_by_step);
    tcase_add_test(c, patience_ends_it);
    tcase_add_test(c, a_pace_is_kept);
    suite_add_tcase(suite, c);
    return suite;
}
