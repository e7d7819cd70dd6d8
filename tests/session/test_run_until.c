#include <math.h>
#include <stdio.h>

#include "session/fixture.h"

Suite *test_run_until(void);

static const char *message(struct session *s)
{
    return session_snapshot(s)->until.message;
}

static void says(struct session *s, const char *text)
{
    ck_assert_msg(strstr(message(s), text) != NULL, "\"%s\" lacks \"%s\"", message(s), text);
}

START_TEST(a_cell_of_this_pass_is_come_to)
{
    struct session *s = open_moons();
    must(s, "run-until changes d:out.W[1,0]");
    ck_assert_str_eq(selected(s), "d:out.W[1,0]");
    ck_assert(session_snapshot(s)->formula_done);
    says(s, "Stopped in this pass: ∂L/∂out.W[1,0] is computed");
    ck_assert(!session_snapshot(s)->until.running);
    must(s, "back");
    ck_assert(!session_snapshot(s)->formula_done || strcmp(selected(s), "d:out.W[1,0]") != 0);
    ck_assert(session_snapshot(s)->pass == PASS_INSPECT);
    session_destroy(s);
}
END_TEST

START_TEST(what_is_so_already_is_said)
{
    struct session *s = open_moons();
    must(s, "phase update");
    must(s, "run-until loss < 1000");
    says(s, "It is so already: loss is ");
    ck_assert_str_eq(selected(s), "loss");
    ck_assert_int_eq(session_snapshot(s)->cursor.cell, session_snapshot(s)->steps->cells);
    session_destroy(s);
}
END_TEST

/* What the fast way finds is what stepping through the batches one by one finds. */
START_TEST(training_stops_before_the_first_batch_below)
{
    static const char *const lines[] = {"run-until loss < 0.45", "run-until loss.each@3 < 0.2",
                                        "run-until out[1]@2 > 0.8"};
    struct session *s = open_moons(), *by_hand = open_moons();
    const struct snapshot *shot = session_snapshot(s);
    ck_assert(shot->pass == PASS_INSPECT);
    if (_i == 1 || _i == 2) /* the sample shown has no such value */
        must(s, "run");
    char name[32], line[64];
    double bound;
    snprintf(line, sizeof line, "%s", lines[_i] + strlen("run-until "));
    char sign;
    ck_assert_int_eq(sscanf(line, "%31s %c %lf", name, &sign, &bound), 3);
    must(s, lines[_i]);
    session_wait(s);
    shot = session_snapshot(s);
    ck_assert(shot->pass == PASS_RUN);
    ck_assert_str_eq(selected(s), name);
    says(s, "Stopped at step ");
    double found = value(s, name);
    ck_assert(sign == '<' ? found < bound : found > bound);
    int64_t step = shot->step;
    ck_assert_int_gt(step, 0);
    ck_assert(shot->formula_done);
    /* and no batch before it does */
    must(by_hand, "run");
    must(by_hand, "grain pass");
    for (int64_t i = 0; i <= step; i++) {
        must(by_hand, "step");
        struct err err = {0};
        double v;
        if (!session_value(by_hand, name, &v, &err)) /* a short batch */
            continue;
        ck_assert_int_eq(session_snapshot(by_hand)->step, i);
        ck_assert_msg((sign == '<' ? v < bound : v > bound) == (i == step), "step %d: %g", (int)i,
                      v);
        if (i == step)
            ck_assert(v == found);
    }
    session_destroy(s);
    session_destroy(by_hand);
}
END_TEST

START_TEST(a_weight_changes_with_the_next_batch)
{
    struct session *s = open_moons();
    must(s, "run");
    double before = value(s, "hidden.W[0,0]");
    must(s, "run-until changes hidden.W[0,0]");
    session_wait(s);
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_int_eq(shot->step, 1);
    ck_assert(shot->pass == PASS_RUN);
    ck_assert(value(s, "hidden.W[0,0]") != before);
    says(s, "; it was ");
    session_destroy(s);
}
END_TEST

START_TEST(the_first_number_that_is_not_finite_is_found)
{
    struct session *s = open_text("input 2\nhidden dense 2 relu\nout dense 2 linear\n"
                                  "loss squared-error\ntrain sgd rate=100 batch=8 seed=3\n",
                                  moons_data);
    must(s, "run-until nan");
    session_wait(s);
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_msg(shot->pass == PASS_RUN, "%s", message(s));
    says(s, "the first number that is not finite");
    ck_assert(!isfinite(value(s, selected(s))));
    ck_assert(shot->formula_done);
    for (int t = 0; t < shot->formula->count; t++)
        for (int k = 0; k < shot->formula->terms[t].count; k++)
            ck_assert(isfinite(shot->formula->terms[t].factor[k].value));
    session_destroy(s);
}
END_TEST

START_TEST(what_does_not_happen_is_said_too)
{
    struct session *s = open_moons();
    must(s, "run-until loss < 0 within 7");
    session_wait(s);
    says(s, "It did not happen within 7 batches: loss < 0.");
    ck_assert_int_eq(session_snapshot(s)->step, 7);
    ck_assert(session_snapshot(s)->pass == PASS_INSPECT);
    must(s, "run-until nan within 0");
    says(s, "It did not happen in this pass: a NaN appears.");
    must(s, "run");
    must(s, "run-until loss > 1e30 within 2");
    session_wait(s);
    ck_assert(session_snapshot(s)->pass == PASS_RUN); /* back where it began */
    ck_assert_int_eq(session_snapshot(s)->step, 10);  /* the batch on screen, and two more */
    session_destroy(s);
}
END_TEST

START_TEST(it_can_be_stopped)
{
    struct session *s = open_moons();
    must(s, "run-until loss < 0 within 1000000");
    ck_assert(session_snapshot(s)->until.running);
    refused(s, "run-until nan", "while training rests");
    must(s, "stop");
    ck_assert(!session_snapshot(s)->until.running);
    says(s, "it did not happen yet: loss < 0");
    uint64_t number = session_snapshot(s)->until.number;
    must(s, "train 1");
    session_wait(s);
    ck_assert_uint_eq(session_snapshot(s)->until.number, number);
    session_destroy(s);
}
END_TEST

START_TEST(mistakes_are_named)
{
    struct session *s = open_moons();
    refused(s, "run-until", "changes CELL, nan");
    refused(s, "run-until happy", "changes CELL, nan");
    refused(s, "run-until loss < much", "a limit");
    refused(s, "run-until lost < 1", "lost");
    refused(s, "run-until loss < 1 within", "how many batches");
    refused(s, "run-until nan soon", "soon");
    refused(s, "run-until changes out[9]", "out[9]");
    must(s, "run-until loss<1000"); /* without blanks */
    session_destroy(s);
}
END_TEST

Suite *test_run_until(void)
{
    Suite *s = suite_create("run until");
    TCase *t = tcase_create("run until");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_cell_of_this_pass_is_come_to);
    tcase_add_test(t, what_is_so_already_is_said);
    tcase_add_loop_test(t, training_stops_before_the_first_batch_below, 0, 3);
    tcase_add_test(t, a_weight_changes_with_the_next_batch);
    tcase_add_test(t, the_first_number_that_is_not_finite_is_found);
    tcase_add_test(t, what_does_not_happen_is_said_too);
    tcase_add_test(t, it_can_be_stopped);
    tcase_add_test(t, mistakes_are_named);
    suite_add_tcase(s, t);
    return s;
}
