/* The run in time: whatever was done, the state shown is, bit for bit, that of a straight run with
 * the same changes at the same steps. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/rng.h"
#include "session/fixture.h"
#include "session/state.h"
#include "support/temporary.h"

static void copy_moments(struct trainer *to, const struct trainer *from)
{
    size_t bytes = from->optimiser.count * sizeof *from->optimiser.m;
    memcpy(to->optimiser.m, from->optimiser.m, bytes);
    memcpy(to->optimiser.v, from->optimiser.v, bytes);
    memcpy(to->optimiser.u, from->optimiser.u, bytes);
    to->optimiser.t = from->optimiser.t;
}

/* A trainer of the new settings at the same place in the data; another optimiser begins with
 * moments of 0. */
static struct trainer *take_settings(struct trainer *t, const struct train_settings *settings)
{
    struct err err = {0};
    struct net *net = t->net;
    bool keeps = net->train.optimiser == settings->optimiser;
    net->train = *settings;
    struct trainer *next =
        trainer_create(net, &t->source, (struct engine_choice){.kind = ENGINE_PLAIN}, &err);
    ck_assert_msg(next != NULL, "%s", err.message);
    trainer_seek(next, t->epoch, t->position);
    next->steps = t->steps;
    next->epoch_loss = t->epoch_loss;
    next->epoch_correct = t->epoch_correct;
    if (keeps)
        copy_moments(next, t);
    trainer_destroy(t);
    return next;
}

/* Other points are learnt from at the same place of the epoch, or from its start where the set has
 * become too small for that. */
static struct trainer *take_data(struct trainer *t, const struct dataset *data)
{
    struct source source = source_of(data);
    struct trainer *next =
        trainer_create(t->net, &source, (struct engine_choice){.kind = ENGINE_PLAIN}, NULL);
    size_t bytes = t->net->param_count * sizeof(float);
    ck_assert(next != NULL);
    trainer_seek(next, t->epoch, t->position < data->n ? t->position : 0);
    next->steps = t->steps;
    next->epoch_loss = t->epoch_loss;
    next->epoch_correct = t->epoch_correct;
    next->optimiser.t = t->optimiser.t;
    memcpy(next->optimiser.m, t->optimiser.m, bytes);
    memcpy(next->optimiser.v, t->optimiser.v, bytes);
    memcpy(next->optimiser.u, t->optimiser.u, bytes);
    trainer_destroy(t);
    return next;
}

/* A run from the start by the plain engine, with the session's changes at their steps. */
static void check_straight_run(struct session *s, const char *text, const char *what)
{
    struct err err = {0};
    const struct history *h = time_run(s);
    struct net *net = net_parse(text, NULL, &err);
    struct source source = source_of(history_data(h, 0));
    struct trainer *t =
        trainer_create(net, &source, (struct engine_choice){.kind = ENGINE_PLAIN}, &err);
    ck_assert_msg(t != NULL, "%s", err.message);
    int events = 0;
    for (;;) {
        for (; events < h->events_done && h->events[events].steps == t->steps; events++) {
            const struct event *e = &h->events[events];
            if (e->kind == EVENT_PARAM)
                net->params[e->at] = e->after;
            else if (e->kind == EVENT_DATA)
                t = take_data(t, e->data_becomes);
            else
                t = take_settings(t, &e->becomes);
        }
        if (t->steps >= s->trainer->steps)
            break;
        trainer_step(t);
    }
    size_t bytes = net->param_count * sizeof(float);
    const struct optimiser *a = &t->optimiser, *b = &s->trainer->optimiser;
    ck_assert_msg(memcmp(net->params, s->net->params, bytes) == 0, "%s: parameters", what);
    ck_assert_msg(memcmp(a->m, b->m, bytes) == 0 && memcmp(a->v, b->v, bytes) == 0 &&
                      memcmp(a->u, b->u, bytes) == 0,
                  "%s: moments", what);
    ck_assert_msg(a->t == b->t && t->epoch == s->trainer->epoch &&
                      t->position == s->trainer->position,
                  "%s: place", what);
    ck_assert_msg(net->train.rate == s->net->train.rate &&
                      net->train.optimiser == s->net->train.optimiser &&
                      net->train.batch == s->net->train.batch &&
                      net->train.l1 == s->net->train.l1 && net->train.l2 == s->net->train.l2,
                  "%s: settings", what);
    ck_assert_msg(t->source.count == s->data->n &&
                      memcmp(dataset_x(t->source.context, 0), s->data->x,
                             (size_t)s->data->n * s->data->count * sizeof(float)) == 0,
                  "%s: points", what);
    trainer_destroy(t);
    net_destroy(net);
}

START_TEST(any_step_comes_back_with_its_bits)
{
    struct session *s = open_moons();
    must(s, "train 50");
    session_wait(s);
    ck_assert_int_eq(session_snapshot(s)->step, 300);
    static const char *const places[] = {"17", "299",   "0",   "300", "-1",
                                         "+1", "start", "end", "150"};
    static const int steps[] = {17, 299, 0, 300, 299, 300, 0, 300, 150};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char line[64];
        snprintf(line, sizeof line, "goto-step %s", places[i]);
        must(s, line);
        ck_assert_int_eq(session_snapshot(s)->step, steps[i]);
        ck_assert_int_eq(session_snapshot(s)->step_end, 300);
        check_straight_run(s, moons_net, line);
    }
    refused(s, "goto-step 99999999", "steps go from 0");
    refused(s, "goto-step soon", "expected to be a step");
    session_destroy(s);
}
END_TEST

START_TEST(back_goes_past_the_start_of_a_pass)
{
    struct session *s = open_moons();
    must(s, "train 2");
    session_wait(s);
    must(s, "run");
    must(s, "grain pass");
    must(s, "back"); /* into the last pass, which is shown whole */
    ck_assert_int_eq(session_snapshot(s)->step, 11);
    ck_assert_int_eq(s->cursor.cell, s->steps->cells);
    must(s, "back 2");
    ck_assert_int_eq(session_snapshot(s)->step, 10);
    check_straight_run(s, moons_net, "back");
    session_destroy(s);
}
END_TEST

/* Undo of a change that lies in the past goes there first, then takes it back. */
START_TEST(undo_goes_to_the_step_of_the_change)
{
    struct session *s = open_moons();
    must(s, "goto-step 5");
    double before = value(s, "hidden.W[0,0]");
    must(s, "edit hidden.W[0,0] 3");
    must(s, "goto-step 9");
    must(s, "undo");
    ck_assert_int_eq(session_snapshot(s)->step, 5);
    ck_assert(value(s, "hidden.W[0,0]") == 3.0);
    must(s, "undo");
    ck_assert(value(s, "hidden.W[0,0]") == before);
    check_straight_run(s, moons_net, "undone");
    must(s, "goto-step 9");
    must(s, "redo");
    must(s, "redo");
    ck_assert_int_eq(session_snapshot(s)->step, 5);
    ck_assert(value(s, "hidden.W[0,0]") == 3.0);
    must(s, "goto-step 12");
    check_straight_run(s, moons_net, "redone");
    session_destroy(s);
}
END_TEST

START_TEST(branches_share_their_beginning)
{
    struct session *s = open_moons();
    must(s, "goto-step 6");
    must(s, "fork fast");
    must(s, "rate 0.9");
    must(s, "goto-step 12");
    float *fast = malloc(s->net->param_count * sizeof *fast);
    memcpy(fast, s->net->params, s->net->param_count * sizeof *fast);
    check_straight_run(s, moons_net, "fast");
    must(s, "switch run");
    ck_assert_int_eq(session_snapshot(s)->step, 6);
    ck_assert(session_snapshot(s)->net->train.rate == 0.1f);
    must(s, "goto-step 12");
    check_straight_run(s, moons_net, "run");
    ck_assert(memcmp(fast, s->net->params, s->net->param_count * sizeof *fast) != 0);
    must(s, "switch 2");
    ck_assert_str_eq(session_snapshot(s)->branches[1].name, "fast");
    ck_assert_int_eq(session_snapshot(s)->branch, 1);
    ck_assert_mem_eq(fast, s->net->params, s->net->param_count * sizeof *fast);
    refused(s, "fork fast", "already");
    refused(s, "drop fast", "switch to another");
    refused(s, "switch slow", "no branch");
    must(s, "switch run");
    must(s, "drop fast");
    ck_assert_int_eq(session_snapshot(s)->branch_count, 1);
    free(fast);
    session_destroy(s);
}
END_TEST

/* What was run after a step is not lost when something is changed at that step. */
START_TEST(a_change_in_the_past_keeps_the_future)
{
    struct session *s = open_moons();
    must(s, "train 5");
    session_wait(s);
    must(s, "goto-step 3");
    must(s, "edit hidden.b[0] 1");
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_int_eq(shot->branch_count, 2);
    ck_assert_int_eq(shot->branch, 1);
    ck_assert_int_eq(shot->branches[0].end, 30);
    ck_assert_int_eq(shot->step_end, 3);
    must(s, "goto-step 4");
    check_straight_run(s, moons_net, "changed");
    must(s, "switch run");
    must(s, "goto-step end");
    ck_assert_int_eq(session_snapshot(s)->step, 30);
    check_straight_run(s, moons_net, "kept");
    session_destroy(s);
}
END_TEST

START_TEST(a_fifth_branch_is_refused)
{
    struct session *s = open_moons();
    must(s, "goto-step 3");
    must(s, "fork a");
    must(s, "fork b");
    must(s, "fork c");
    refused(s, "fork d", "drop one");
    session_destroy(s);
}
END_TEST

START_TEST(another_optimiser_is_undone_and_crossed)
{
    struct session *s = open_moons();
    must(s, "goto-step 4");
    must(s, "optimizer adam");
    must(s, "goto-step 9");
    check_straight_run(s, moons_net, "adam");
    must(s, "goto-step 2");
    ck_assert_int_eq(session_snapshot(s)->net->train.optimiser, OPT_MOMENTUM);
    ck_assert_int_lt(program_find(session_snapshot(s)->program, "mhat:out.W"), 0);
    must(s, "goto-step 9");
    ck_assert_int_ge(program_find(session_snapshot(s)->program, "mhat:out.W"), 0);
    must(s, "undo");
    must(s, "undo");
    ck_assert_int_eq(session_snapshot(s)->step, 4);
    ck_assert_int_eq(session_snapshot(s)->net->train.optimiser, OPT_MOMENTUM);
    check_straight_run(s, moons_net, "undone");
    session_destroy(s);
}
END_TEST

/* The thread says at which step it took the rate. */
START_TEST(a_rate_changed_while_training_is_part_of_the_run)
{
    struct session *s = open_moons();
    must(s, "train 1000000");
    must(s, "rate 0.02");
    while (session_snapshot(s)->step < 100)
        session_update(s);
    must(s, "stop");
    const struct history *h = time_run(s);
    ck_assert_int_eq(h->events_done, 1);
    int64_t end = session_snapshot(s)->step;
    ck_assert_int_le(h->events[0].steps, end);
    must(s, "goto-step start");
    ck_assert_int_eq(session_snapshot(s)->step, 0);
    if (end < 20000) {
        must(s, "goto-step end");
        check_straight_run(s, moons_net, "rate");
    }
    session_destroy(s);
}
END_TEST

/* All that can be changed while it trains, at steps the thread says; then again by time travel. */
START_TEST(settings_changed_while_training_are_part_of_the_run)
{
    static const char *const changes[] = {"batch 5",       "regularise l2 0.01",  "optimizer adam",
                                          "rate 0.03",     "regularise l1 0.001", "batch 16",
                                          "optimizer sgd", "regularise l2 0"};
    struct session *s = open_moons();
    int events = 0;
    must(s, "train 1000000");
    while (session_snapshot(s)->step == 0)
        session_update(s);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        must(s, changes[i]);
        while (time_run(s)->events_done == events)
            session_update(s);
        events = time_run(s)->events_done;
        if (i == 3) { /* and one more at rest */
            must(s, "pause");
            must(s, "batch 7");
            must(s, "resume");
            events = time_run(s)->events_done;
        }
    }
    must(s, "stop");
    const struct history *h = time_run(s);
    ck_assert_int_eq(h->events_done, 9);
    ck_assert_int_eq(s->net->train.batch, 16);
    int64_t place = h->events[8].steps;
    if (place < 20000) {
        must(s, "goto-step start");
        ck_assert_int_eq(s->net->train.batch, 8);
        char line[64];
        snprintf(line, sizeof line, "goto-step %lld", (long long)place + 7);
        must(s, line);
        check_straight_run(s, moons_net, "settings");
    }
    session_destroy(s);
}
END_TEST

/* A mask's numbers say at which rate it was drawn. */
static bool mask_has(struct session *s, double kept)
{
    char cell[32];
    bool found = false;
    for (int i = 0; i < 16; i++) {
        snprintf(cell, sizeof cell, "drop.mask[%d]", i);
        double m = value(s, cell);
        ck_assert_msg(m == 0 || fabs(m - kept) < 1e-6, "%g, not %g", m, kept);
        found = found || m != 0;
    }
    return found;
}

/* The rate of dropout, changed while it trains, is part of the run: undone by time, and saved. */
START_TEST(dropout_changed_while_training_is_part_of_the_run)
{
    static const char text[] = "input 2\nhidden dense 16 tanh\ndrop dropout 0.5\n"
                               "out dense 2 softmax\nloss cross-entropy\n"
                               "train sgd rate=0.1 batch=8 epochs=3 seed=2\n";
    struct session *s = open_text(text, moons_data);
    refused(s, "regularise dropout 1", "below 1");
    refused(s, "regularise dropout -0.1", "below 1");
    must(s, "train 1000000");
    while (session_snapshot(s)->step == 0)
        session_update(s);
    must(s, "regularise dropout 0.2");
    while (time_run(s)->events_done == 0)
        session_update(s);
    must(s, "stop");
    session_wait(s);
    int64_t place = time_run(s)->events[0].steps;
    ck_assert(s->net->train.dropout_given);
    must(s, "run");
    ck_assert(mask_has(s, 1.25));
    must(s, "goto-step 0");
    must(s, "run");
    ck_assert(!s->net->train.dropout_given);
    ck_assert(mask_has(s, 2));
    if (place < 20000) {
        char line[700];
        snprintf(line, sizeof line, "goto-step %lld", (long long)place + 7);
        must(s, line);
        check_straight_run(s, text, "dropout");
        snprintf(line, sizeof line, "save %s", temporary_path("drop.net"));
        must(s, line);
        ck_assert(strstr(net_text(s->net), "dropout=0.2"));
        must(s, "undo"); /* goes to the step of the change */
        must(s, "undo"); /* and takes it back */
        ck_assert(!s->net->train.dropout_given);
        must(s, line);
        ck_assert(!strstr(net_text(s->net), "dropout=0.2"));
        must(s, "regularise dropout 0"); /* at rest, off */
        must(s, "run");
        ck_assert(mask_has(s, 1));
    }
    session_destroy(s);
}
END_TEST

/* The trainer's own batch on screen is of the new size. */
START_TEST(another_batch_size_opens_another_batch)
{
    struct session *s = open_moons();
    must(s, "run");
    ck_assert_int_eq(session_snapshot(s)->trace->n, 8);
    must(s, "batch 5");
    ck_assert_int_eq(session_snapshot(s)->trace->n, 5);
    must(s, "undo");
    ck_assert_int_eq(session_snapshot(s)->trace->n, 8);
    refused(s, "batch 0", "1 to 1000000");
    refused(s, "regularise l3 1", "l1 or l2");
    refused(s, "regularise dropout 0.5", "no dropout layer");
    refused(s, "regularise l2 -1", "0 (off) or above");
    session_destroy(s);
}
END_TEST

/* Going back to the best parameters happens again, too. */
START_TEST(patience_is_part_of_the_run)
{
    struct session *s = open_text("input 2\nhidden dense 4 tanh\nout dense 2 softmax\n"
                                  "loss cross-entropy\n"
                                  "train sgd rate=0.000001 batch=8 patience=2\n",
                                  "moons:n=100,noise=0.4,seed=2");
    size_t bytes = s->net->param_count * sizeof(float);
    float *best = malloc(bytes);
    must(s, "rate 100");
    must(s, "train 200");
    session_wait(s);
    memcpy(best, s->net->params, bytes);
    must(s, "goto-step start");
    must(s, "goto-step end");
    ck_assert_mem_eq(best, s->net->params, bytes);
    free(best);
    session_destroy(s);
}
END_TEST

/* One of the things a user does; refusals are part of life. */
static void do_something(struct session *s, struct rng *rng)
{
    static const char *const params[] = {"hidden.W[0,1]", "hidden.b[1]", "out.W[1,0]", "out.b[0]"};
    static const char *const optimisers[] = {"sgd", "momentum", "adam", "adadelta", "rmsprop"};
    struct err err = {0};
    char line[200];
    switch (rng_below(rng, 23)) {
    case 0:
    case 1:
        snprintf(line, sizeof line, "step %d", 1 + (int)rng_below(rng, 5));
        break;
    case 2:
    case 3:
        snprintf(line, sizeof line, "back %d", 1 + (int)rng_below(rng, 5));
        break;
    case 4:
    case 5:
        snprintf(line, sizeof line, "edit %s %g", params[rng_below(rng, 4)],
                 (double)rng_unit(rng) * 2 - 1);
        break;
    case 6:
        snprintf(line, sizeof line, "undo");
        break;
    case 7:
        snprintf(line, sizeof line, "redo");
        break;
    case 8:
        snprintf(line, sizeof line, "train 1");
        break;
    case 9:
        snprintf(line, sizeof line, "fork");
        break;
    case 10:
        snprintf(line, sizeof line, "switch %d", 1 + (int)rng_below(rng, 4));
        break;
    case 11:
        snprintf(line, sizeof line, "drop %d", 1 + (int)rng_below(rng, 4));
        break;
    case 12:
        snprintf(line, sizeof line, "goto-step %d", (int)rng_below(rng, 60));
        break;
    case 13:
        snprintf(line, sizeof line, "rate %g", 0.01 + (double)rng_unit(rng));
        break;
    case 21:
        snprintf(line, sizeof line, "batch %d", 3 + (int)rng_below(rng, 20));
        break;
    case 22:
        snprintf(line, sizeof line, "regularise l%d %g", 1 + (int)rng_below(rng, 2),
                 rng_below(rng, 2) ? (double)rng_unit(rng) * 0.01 : 0.0);
        break;
    case 15: /* saved, and gone on with from the file */
        snprintf(line, sizeof line, "save-session %s", temporary_path("walk.gns"));
        ck_assert_msg(session_command(s, line, &err), "%s", err.message);
        snprintf(line, sizeof line, "open %s", temporary_path("walk.gns"));
        break;
    case 17:
    case 18:
        snprintf(line, sizeof line, "points add %g %g %d", (double)rng_unit(rng) * 2 - 1,
                 (double)rng_unit(rng), (int)rng_below(rng, 2));
        break;
    case 19:
        snprintf(line, sizeof line, "points %s %d %g 0.5", rng_below(rng, 2) ? "move" : "drag",
                 (int)rng_below(rng, 50), (double)rng_unit(rng) * 2 - 1);
        break;
    case 20:
        snprintf(line, sizeof line, "points delete %d", (int)rng_below(rng, 50));
        break;
    case 14:
        snprintf(line, sizeof line, "optimizer %s", optimisers[rng_below(rng, 5)]);
        break;
    default:
        snprintf(line, sizeof line, "%s",
                 rng_below(rng, 2)   ? "run"
                 : rng_below(rng, 2) ? "inspect"
                                     : "grain pass");
        break;
    }
    session_command(s, line, &err);
    session_wait(s);
}

/* GLASSNET_SOAK=1: 10,000 commands; else a few hundred. */
START_TEST(a_walk_is_always_a_straight_run)
{
    const int most = getenv("GLASSNET_SOAK") ? 10000 : 400;
    struct session *s = open_moons();
    struct rng rng;
    rng_seed(&rng, (uint64_t)_i + 1, 77);
    must(s, "run");
    for (int i = 0; i < most; i++) {
        char what[64];
        do_something(s, &rng);
        if (time_now(s) > 400)
            must(s, "restart");
        snprintf(what, sizeof what, "seed %d, command %d: %s", _i, i, session_last_command(s));
        if (i % 4 == 0)
            check_straight_run(s, moons_net, what);
    }
    session_destroy(s);
}
END_TEST

Suite *test_time(void);
Suite *test_time(void)
{
    Suite *suite = suite_create("time");
    TCase *c = tcase_create("time");
    tcase_set_timeout(c, getenv("GLASSNET_SOAK") ? 1800 : 60);
    tcase_add_checked_fixture(c, temporary_begin, temporary_end);
    tcase_add_test(c, any_step_comes_back_with_its_bits);
    tcase_add_test(c, back_goes_past_the_start_of_a_pass);
    tcase_add_test(c, undo_goes_to_the_step_of_the_change);
    tcase_add_test(c, branches_share_their_beginning);
    tcase_add_test(c, a_change_in_the_past_keeps_the_future);
    tcase_add_test(c, a_fifth_branch_is_refused);
    tcase_add_test(c, another_optimiser_is_undone_and_crossed);
    tcase_add_test(c, a_rate_changed_while_training_is_part_of_the_run);
    tcase_add_test(c, settings_changed_while_training_are_part_of_the_run);
    tcase_add_test(c, dropout_changed_while_training_is_part_of_the_run);
    tcase_add_test(c, another_batch_size_opens_another_batch);
    tcase_add_test(c, patience_is_part_of_the_run);
    tcase_add_loop_test(c, a_walk_is_always_a_straight_run, 0, 4);
    suite_add_tcase(suite, c);
    return suite;
}
