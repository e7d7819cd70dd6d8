/* Nudge test and slope as commands: what is asked comes, belongs to its pass, and never makes the
 * screen wait. */
#include <math.h>

#include "session/fixture.h"

START_TEST(a_nudge_agrees_with_backprop)
{
    struct session *s = open_moons();
    must(s, "select hidden.W[1,0]");
    must(s, "nudge");
    session_wait(s);
    const struct probe_view *p = session_snapshot(s)->nudge;
    ck_assert_int_eq(p->count, 3);
    ck_assert(!p->running && !p->stale);
    ck_assert(p->at == value(s, "hidden.W[1,0]") && p->epsilon == 0.001);
    double slope = (p->losses[2] - p->losses[0]) / (2 * p->epsilon);
    ck_assert_double_eq_tol(slope, value(s, "d:hidden.W[1,0]"), 1e-6);
    ck_assert_double_eq_tol(p->losses[1], value(s, "loss"), 1e-6);
    must(s, "nudge input[0] 0.5");
    session_wait(s);
    p = session_snapshot(s)->nudge;
    ck_assert(p->values[2] - p->values[1] == 0.5);
    session_destroy(s);
}
END_TEST

START_TEST(a_slope_covers_its_range)
{
    struct session *s = open_moons();
    must(s, "slope out.b[0] -2 3");
    session_wait(s);
    const struct probe_view *p = session_snapshot(s)->slope;
    ck_assert_int_gt(p->count, 100);
    ck_assert(p->values[0] == -2 && p->values[p->count - 1] == 3);
    /* where the number lies now the curve is the loss */
    for (int i = 1; i < p->count; i++)
        ck_assert(p->values[i] > p->values[i - 1] && isfinite(p->losses[i]));
    must(s, "slope out.b[0]");
    session_wait(s);
    p = session_snapshot(s)->slope;
    int middle = p->count / 2;
    ck_assert(p->values[middle] == p->at);
    ck_assert_double_eq_tol(p->losses[middle], value(s, "loss"), 1e-6);
    session_destroy(s);
}
END_TEST

START_TEST(another_pass_makes_it_stale_and_another_program_drops_it)
{
    struct session *s = open_moons();
    must(s, "nudge out.b[0]");
    session_wait(s);
    must(s, "edit out.b[0] 1");
    ck_assert(session_snapshot(s)->nudge->stale);
    must(s, "optimizer adam");
    ck_assert_int_eq(session_snapshot(s)->nudge->count, 0);
    session_destroy(s);
}
END_TEST

START_TEST(what_cannot_be_nudged_says_so)
{
    struct session *s = open_moons();
    refused(s, "nudge", "select a number first");
    refused(s, "nudge loss", "cannot be moved");
    refused(s, "nudge out.b[0] 0", "above 0");
    refused(s, "nudge out.b[0] -1", "above 0");
    refused(s, "nudge out.b[0] tiny", "a small number");
    refused(s, "nudge out.b[0] 0.1 0.2", "0.2");
    refused(s, "slope out.b[0] 3 1", "smaller number");
    refused(s, "slope out.b[0] 1", "ends");
    session_destroy(s);
}
END_TEST

/* Asked again and again, closed while it runs: nothing is left over and nothing waits. */
START_TEST(it_can_be_left_alone)
{
    struct session *s = open_moons();
    for (int i = 0; i < 50; i++) {
        must(s, i % 2 ? "slope out.W[0,0]" : "slope hidden.b[0] -1 1");
        must(s, "nudge out.W[1,1] 0.01");
        session_update(s);
    }
    session_destroy(s);
}
END_TEST

Suite *test_probe(void);
Suite *test_probe(void)
{
    Suite *suite = suite_create("probe");
    TCase *c = tcase_create("probe");
    tcase_add_test(c, a_nudge_agrees_with_backprop);
    tcase_add_test(c, a_slope_covers_its_range);
    tcase_add_test(c, another_pass_makes_it_stale_and_another_program_drops_it);
    tcase_add_test(c, what_cannot_be_nudged_says_so);
    tcase_add_test(c, it_can_be_left_alone);
    suite_add_tcase(suite, c);
    return suite;
}
