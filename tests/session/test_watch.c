#include <stdio.h>

#include "session/fixture.h"

Suite *test_watch(void);

static const struct watched *entry(struct session *s, int i)
{
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_int_lt(i, shot->watched_count);
    return &shot->watched[i];
}

static double last(const struct watched *w)
{
    ck_assert_int_gt(w->count, 0);
    return (double)w->history[w->count - 1];
}

START_TEST(a_cell_is_watched_once_and_taken_off)
{
    struct session *s = open_moons();
    must(s, "watch out[0]");
    must(s, "watch loss");
    must(s, "watch out[0]@0"); /* the same cell */
    ck_assert_int_eq(session_snapshot(s)->watched_count, 2);
    ck_assert_str_eq(entry(s, 1)->name, "loss");
    must(s, "unwatch out[0]");
    ck_assert_int_eq(session_snapshot(s)->watched_count, 1);
    ck_assert_str_eq(entry(s, 0)->name, "loss");
    refused(s, "unwatch out[0]", "out[0] is not watched");
    refused(s, "watch out[7]", "out[7]");
    refused(s, "watch", "a cell");
    must(s, "watch out[1]");
    must(s, "unwatch all");
    ck_assert_int_eq(session_snapshot(s)->watched_count, 0);
    session_destroy(s);
}
END_TEST

START_TEST(its_value_is_there_when_it_is_computed)
{
    struct session *s = open_moons();
    must(s, "watch out[0]");
    must(s, "watch hidden.W[0,1]");
    ck_assert(!entry(s, 0)->done);
    ck_assert_int_eq(entry(s, 0)->count, 0);
    ck_assert(entry(s, 1)->done);
    must(s, "phase forward");
    ck_assert(entry(s, 0)->done);
    ck_assert_double_eq(last(entry(s, 0)), value(s, "out[0]"));
    must(s, "phase start"); /* back: not computed, but known from before */
    ck_assert(!entry(s, 0)->done);
    ck_assert_int_eq(entry(s, 0)->count, 1);
    must(s, "phase forward"); /* the same pass gives no second value */
    ck_assert_int_eq(entry(s, 0)->count, 1);
    session_destroy(s);
}
END_TEST

START_TEST(each_pass_gives_one_value)
{
    struct session *s = open_moons();
    must(s, "phase forward");
    must(s, "watch out[0]");
    double before = value(s, "out[0]");
    must(s, "edit input[0] 3");
    const struct watched *w = entry(s, 0);
    ck_assert_int_eq(w->count, 2);
    ck_assert_double_eq((double)w->history[0], before);
    ck_assert_double_eq((double)w->history[1], value(s, "out[0]"));
    session_destroy(s);
}
END_TEST

/* A run of five batches in one command: the loss of each is noted, and no more are kept than fit.
 */
START_TEST(a_run_leaves_a_value_for_each_batch)
{
    struct session *s = open_moons();
    must(s, "watch loss");
    must(s, "run");
    must(s, "grain pass");
    must(s, "step 5");
    ck_assert_int_eq(entry(s, 0)->count, 5);
    must(s, "back");
    must(s, "step");
    char line[32];
    snprintf(line, sizeof line, "step %d", 2 * WATCH_HISTORY);
    must(s, line);
    ck_assert_int_eq(entry(s, 0)->count, WATCH_HISTORY);
    ck_assert_double_eq(last(entry(s, 0)), value(s, "loss"));
    session_destroy(s);
}
END_TEST

/* Evaluation has no gradients: the entry waits for them. */
START_TEST(what_a_pass_does_not_have_is_kept_for_the_next)
{
    struct session *s = open_moons();
    must(s, "sample 1,2");
    must(s, "watch d:out.W[0,1]");
    must(s, "watch out[0]@1");
    must(s, "mode eval");
    ck_assert(!cell_is(entry(s, 0)->cell));
    ck_assert(cell_is(entry(s, 1)->cell));
    must(s, "sample 3");
    ck_assert(!cell_is(entry(s, 1)->cell));
    must(s, "mode train");
    must(s, "sample 1,2");
    must(s, "phase backward");
    ck_assert(entry(s, 0)->done && entry(s, 1)->done);
    ck_assert_double_eq(last(entry(s, 0)), value(s, "d:out.W[0,1]"));
    must(s, "mode eval");
    must(s, "unwatch d:out.W[0,1]"); /* by its name alone */
    ck_assert_int_eq(session_snapshot(s)->watched_count, 1);
    session_destroy(s);
}
END_TEST

START_TEST(there_is_an_end_to_the_list)
{
    struct session *s = open_text("input 2\nh dense 30 tanh\nout dense 2 softmax\n"
                                  "loss cross-entropy\n",
                                  moons_data);
    char line[32];
    for (int i = 0; i < WATCH_MOST; i++) {
        snprintf(line, sizeof line, "watch h[%d]", i);
        must(s, line);
    }
    refused(s, "watch out[0]", "24 cells are watched");
    session_destroy(s);
}
END_TEST

START_TEST(training_moves_the_values)
{
    struct session *s = open_moons();
    must(s, "phase update");
    must(s, "watch out.W[0,0]");
    must(s, "train 3");
    session_wait(s);
    const struct watched *w = entry(s, 0);
    ck_assert_int_ge(w->count, 2);
    ck_assert_double_eq(last(w), value(s, "out.W[0,0]"));
    ck_assert(w->history[0] != w->history[w->count - 1]);
    session_destroy(s);
}
END_TEST

Suite *test_watch(void)
{
    Suite *s = suite_create("watch");
    TCase *t = tcase_create("watch");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_cell_is_watched_once_and_taken_off);
    tcase_add_test(t, its_value_is_there_when_it_is_computed);
    tcase_add_test(t, each_pass_gives_one_value);
    tcase_add_test(t, a_run_leaves_a_value_for_each_batch);
    tcase_add_test(t, what_a_pass_does_not_have_is_kept_for_the_next);
    tcase_add_test(t, there_is_an_end_to_the_list);
    tcase_add_test(t, training_moves_the_values);
    suite_add_tcase(s, t);
    return s;
}
