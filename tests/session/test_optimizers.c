/* The optimiser lab: one start for all, rate and momentum live, the loss of a real network, a race.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/session/session.h"
#include "glassnet/session/source.h"

static void run(struct session *s, const char *line)
{
    struct err err = {0};
    ck_assert_msg(session_command(s, line, &err), "%s: %s", line, err.message);
}

static void ck_refuses(struct session *s, const char *line, const char *part)
{
    struct err err = {0};
    ck_assert_msg(!session_command(s, line, &err), "%s was taken", line);
    ck_assert_msg(strstr(err.message, part) != NULL, "%s: %s", line, err.message);
}

static const struct optimizers_view *lab(struct session *s)
{
    return session_snapshot(s)->optimizers;
}

START_TEST(all_begin_at_one_start)
{
    struct session *s = session_create();
    run(s, "optimizers surface bowl");
    run(s, "optimizers start 2,-1");
    run(s, "optimizers rate 0.1");
    run(s, "optimizers step");
    for (int i = 0; i < WALKERS; i++) {
        const struct walker_view *w = &lab(s)->walkers[i];
        ck_assert_int_eq(w->count, 2);
        ck_assert(w->path[0].x == 2 && w->path[0].y == -1 && w->path[0].loss == 2.5f);
        ck_assert(w->path[1].loss < w->path[0].loss);
    }
    const struct walk_point *sgd = &lab(s)->walkers[0].path[1];
    ck_assert(fabsf(sgd->x - 1.8f) < 1e-6f && fabsf(sgd->y + 0.9f) < 1e-6f);
    run(s, "optimizers step 50");
    ck_assert_int_eq(lab(s)->steps, 51);
    run(s, "optimizers restart");
    ck_assert_int_eq(lab(s)->steps, 0);
    run(s, "optimizers walker adam off");
    run(s, "optimizers step 3");
    ck_assert_int_eq(lab(s)->walkers[5].count, 1);
    ck_assert_int_eq(lab(s)->walkers[0].count, 4);
    session_destroy(s);
}
END_TEST

/* In the ravine a rate of 0.2 throws plain descent out (20 · 0.2 > 2): it is said, and rests. */
START_TEST(too_large_a_rate_runs_off)
{
    struct session *s = session_create();
    run(s, "optimizers surface ravine");
    run(s, "optimizers rate sgd 0.2");
    run(s, "optimizers step 2000");
    ck_assert(lab(s)->walkers[0].left);
    ck_assert(!lab(s)->walkers[5].left);
    run(s, "optimizers best-rates");
    const struct walker_view *w = &lab(s)->walkers[0];
    ck_assert(w->best > 0 && w->best < 0.1f && w->rate == w->best);
    ck_assert_int_eq(lab(s)->steps, 0);
    session_destroy(s);
}
END_TEST

START_TEST(rate_and_momentum_are_live)
{
    struct session *s = session_create();
    run(s, "optimizers surface bowl");
    run(s, "optimizers start 2,0");
    run(s, "optimizers rate 0.1");
    run(s, "optimizers momentum 0");
    run(s, "optimizers step");
    run(s, "optimizers rate 0.5");
    run(s, "optimizers step");
    const struct walker_view *sgd = &lab(s)->walkers[0], *momentum = &lab(s)->walkers[1];
    ck_assert(fabsf(sgd->path[2].x - 0.9f) < 1e-6f); /* 2 · 0.9 · 0.5 */
    ck_assert(sgd->path[2].x == momentum->path[2].x);
    run(s, "optimizers momentum 0.9");
    run(s, "optimizers step");
    sgd = &lab(s)->walkers[0];
    momentum = &lab(s)->walkers[1];
    ck_assert(momentum->path[3].x < sgd->path[3].x); /* its speed carries it on */
    session_destroy(s);
}
END_TEST

START_TEST(the_real_loss_is_the_networks)
{
    struct session *s = session_create();
    run(s, "open data/networks/moons.net");
    run(s, "sample 3,4,5,6");
    double loss, w, gradient;
    struct err err = {0};
    run(s, "optimizers surface loss out.W[0,0] out.b[0]");
    session_wait(s);
    ck_assert(session_value(s, "loss", &loss, &err) && session_value(s, "out.W[0,0]", &w, &err) &&
              session_value(s, "d:out.W[0,0]", &gradient, &err));
    const struct optimizers_view *o = lab(s);
    ck_assert_int_eq(o->rows, o->side);
    ck_assert(o->walkers[0].path[0].loss == (float)loss && o->start[0] == (float)w);
    ck_assert(!o->stale);
    run(s, "optimizers rate 0.5");
    run(s, "optimizers step");
    session_wait(s);
    float expected = (float)(w - 0.5 * gradient);
    ck_assert(fabsf(lab(s)->walkers[0].path[1].x - expected) < 1e-5f);
    run(s, "sample 9");
    ck_assert(lab(s)->stale);
    run(s, "optimizers surface loss"); /* the two largest gradients */
    run(s, "optimizers step 5");
    session_wait(s);
    ck_assert(lab(s)->walkers[0].path[5].loss < lab(s)->walkers[0].path[0].loss);
    session_destroy(s);
}
END_TEST

/* On a network's loss steps and trials are a thread's: the command is back before they are done. */
START_TEST(walks_on_the_real_loss_can_be_cancelled)
{
    struct session *s = session_create();
    run(s, "open data/networks/digits8.net");
    run(s, "sample 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15");
    run(s, "optimizers surface loss");
    run(s, "optimizers rate 0.05");
    run(s, "optimizers step 2000");
    ck_assert(lab(s)->walk.running && !lab(s)->walk.finds_rates && lab(s)->walk.of == 2000);
    run(s, "optimizers stop");
    ck_assert(!lab(s)->walk.running);
    int walked = lab(s)->steps;
    ck_assert(walked < 2000);
    run(s, "optimizers step 3");
    run(s, "optimizers rate adam 0.01"); /* live: what is left goes on with it */
    run(s, "optimizers step 2");         /* and more is put behind it */
    session_wait(s);
    ck_assert_int_eq(lab(s)->steps, walked + 5);
    ck_assert(lab(s)->walkers[5].rate == 0.01f);
    run(s, "optimizers best-rates");
    ck_assert(lab(s)->walk.running && lab(s)->walk.finds_rates);
    ck_assert_int_eq(lab(s)->walk.of, 6 * 7 * 100);
    run(s, "optimizers stop"); /* nothing is taken over from half a search */
    ck_assert(lab(s)->walkers[0].best == 0 && lab(s)->walkers[5].rate == 0.01f);
    ck_assert_int_eq(lab(s)->steps, walked + 5);
    for (int i = 1; i < WALKERS; i++) {
        char line[64];
        snprintf(line, sizeof line, "optimizers walker %s off",
                 optimiser_name(lab(s)->walkers[i].kind));
        run(s, line);
    }
    run(s, "optimizers best-rates");
    session_wait(s);
    ck_assert(lab(s)->walkers[0].best > 0 && lab(s)->walkers[0].rate == lab(s)->walkers[0].best);
    ck_assert_int_eq(lab(s)->walk.steps, 700);
    ck_assert_int_eq(lab(s)->steps, 0);
    session_destroy(s);
}
END_TEST

/* However often a change stops the thread within a step of all: in the end each has walked as far,
 * to the same places as without. */
START_TEST(changes_in_between_cost_nobody_a_step)
{
    struct session *s = session_create();
    float ends[2][WALKERS];
    run(s, "open data/networks/digits8.net");
    for (int round = 0; round < 2; round++) {
        run(s, "optimizers surface loss");
        run(s, "optimizers step 20");
        for (int k = 0; k < 40 && round > 0; k++)
            run(s, k % 4 ? "optimizers rate 0.05" : "optimizers momentum 0.9");
        session_wait(s);
        for (int i = 0; i < WALKERS; i++) {
            const struct walker_view *w = &lab(s)->walkers[i];
            ck_assert_int_eq(w->count, 21);
            ends[round][i] = w->path[20].loss;
        }
    }
    ck_assert_mem_eq(ends[0], ends[1], sizeof ends[0]);
    session_destroy(s);
}
END_TEST

/* Judged as anybody can check: that many steps from that start, then the loss of the whole set. */
START_TEST(the_winner_is_judged_by_all_samples)
{
    struct session *s = session_create();
    struct err err = {0};
    run(s, "open data/networks/moons.net");
    run(s, "optimizers rate 0.01");
    for (int i = 1; i < 5; i++) {
        char line[64];
        snprintf(line, sizeof line, "optimizers walker %s off",
                 optimiser_name(lab(s)->walkers[i].kind));
        run(s, line);
    }
    run(s, "optimizers race 2"); /* sgd and adam */
    session_wait(s);
    const struct race_view *race = &lab(s)->race;
    const struct snapshot *snap = session_snapshot(s);
    struct net *net = net_copy(snap->net);
    net_set_optimiser(net, OPT_SGD);
    net->train.rate = 0.01f;
    net_start(net, net->train.seed);
    struct source source = source_of(snap->data);
    struct trainer *t =
        trainer_create(net, &source, (struct engine_choice){ENGINE_PLAIN, 1, NULL}, &err);
    ck_assert_msg(t != NULL, "%s", err.message);
    while (t->epoch < 2)
        trainer_step(t);
    struct evaluation e;
    ck_assert(net_evaluate(net, &source, source.count, &e, &err));
    ck_assert_double_eq_tol(race->racers[0].loss, e.loss, 1e-9);
    ck_assert(isfinite(race->racers[5].loss) && isnan(race->racers[1].loss));
    bool adam = race->racers[5].loss < race->racers[0].loss;
    char expected[120];
    snprintf(expected, sizeof expected,
             "%lld steps each, %s is lowest, with the rate 0.01: the "
             "loss of all %d training samples is",
             (long long)t->steps, adam ? "adam" : "sgd", source.count);
    ck_assert_msg(strstr(race->said, expected) != NULL, "%s, not %s", race->said, expected);
    ck_assert(strstr(race->said, adam ? "Then: sgd" : "Then: adam") != NULL);
    free(e.confusion);
    trainer_destroy(t);
    net_destroy(net);
    session_destroy(s);
}
END_TEST

START_TEST(a_race_trains_the_open_network)
{
    struct session *s = session_create();
    run(s, "open data/networks/moons.net");
    run(s, "optimizers walker nesterov off");
    run(s, "optimizers walker adagrad off");
    run(s, "optimizers walker rmsprop off");
    run(s, "optimizers race 2");
    session_wait(s);
    const struct race_view *race = &lab(s)->race;
    ck_assert(!race->running);
    ck_assert(strstr(race->said, "After 2 epochs") != NULL);
    int raced = 0;
    for (int i = 0; i < WALKERS; i++) {
        const struct racer_view *r = &race->racers[i];
        if (!r->on)
            continue;
        raced++;
        ck_assert_int_ge(r->count, 10);
        ck_assert(r->losses[r->count - 1] < r->losses[0]);
        ck_assert_double_eq_tol(r->epochs[r->count - 1], 2, 1e-9);
    }
    ck_assert_int_ge(raced, 2);
    /* What is open was not touched. */
    ck_assert_int_eq((int)session_snapshot(s)->step, 0);
    run(s, "optimizers race 1 best");
    session_wait(s);
    ck_assert(strstr(lab(s)->race.said, "best of its rates") != NULL);
    run(s, "optimizers race 200");
    run(s, "open data/networks/digits8.net"); /* it ends with what it was of */
    ck_assert_int_eq(lab(s)->race.epochs, 0);
    session_destroy(s);
}
END_TEST

START_TEST(refusals_say_what_is_expected)
{
    struct session *s = session_create();
    run(s, "optimizers");
    ck_refuses(s, "optimizers surface hill", "there is no surface \"hill\"");
    ck_refuses(s, "optimizers surface loss", "open one first");
    ck_refuses(s, "optimizers start 9,0", "X from -3 to 3");
    ck_refuses(s, "optimizers rate 0", "a rate lies between");
    ck_refuses(s, "optimizers momentum 1", "from 0 to below 1");
    ck_refuses(s, "optimizers walker adadelta on", "does not walk here");
    ck_refuses(s, "optimizers race 3", "no network is open");
    ck_refuses(s, "optimizers step 0", "a whole number from 1");
    ck_refuses(s, "optimizers jump", "nothing the optimiser lab can do");
    run(s, "open data/networks/moons.net");
    static const char *const all[] = {"sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char line[64];
        snprintf(line, sizeof line, "optimizers walker %s off", all[i]);
        run(s, line);
    }
    ck_refuses(s, "optimizers race 3", "no optimiser is chosen");
    ck_refuses(s, "optimizers surface loss out.b[0] out.b[0]", "two different");
    ck_refuses(s, "optimizers surface loss input[0] out.b[0]", "weights or biases");
    session_destroy(s);
}
END_TEST

Suite *test_optimizers(void);
Suite *test_optimizers(void)
{
    Suite *s = suite_create("optimizers");
    TCase *t = tcase_create("optimizers");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, all_begin_at_one_start);
    tcase_add_test(t, too_large_a_rate_runs_off);
    tcase_add_test(t, rate_and_momentum_are_live);
    tcase_add_test(t, the_real_loss_is_the_networks);
    tcase_add_test(t, walks_on_the_real_loss_can_be_cancelled);
    tcase_add_test(t, changes_in_between_cost_nobody_a_step);
    tcase_add_test(t, the_winner_is_judged_by_all_samples);
    tcase_add_test(t, a_race_trains_the_open_network);
    tcase_add_test(t, refusals_say_what_is_expected);
    suite_add_tcase(s, t);
    return s;
}
