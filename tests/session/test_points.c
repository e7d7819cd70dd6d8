/* Points set by hand: they change the run at its step, are undone, branch, and come back from a
 * file. */
#include <math.h>
#include <stdio.h>

#include "session/fixture.h"
#include "support/temporary.h"

static int count(struct session *s)
{
    return session_snapshot(s)->data->n;
}

static const float *place(struct session *s, int i)
{
    return session_snapshot(s)->data->place + (size_t)i * 2;
}

START_TEST(points_are_added_moved_and_deleted)
{
    struct session *s = open_moons();
    must(s, "points add 0.5 -0.25 1");
    ck_assert_int_eq(count(s), 49);
    ck_assert(place(s, 48)[0] == 0.5f && place(s, 48)[1] == -0.25f);
    ck_assert_int_eq(dataset_class(session_snapshot(s)->data, 48), 1);
    must(s, "sample 48");
    ck_assert(value(s, "input[1]") == -0.25);
    must(s, "points move 48 0,75 1/2 0");
    ck_assert(place(s, 48)[0] == 0.75f && place(s, 48)[1] == 0.5f);
    ck_assert_int_eq(dataset_class(session_snapshot(s)->data, 48), 0);
    ck_assert(value(s, "input[0]") == 0.75); /* the sample shown follows */
    must(s, "points delete 3");              /* the last one takes its number */
    ck_assert_int_eq(count(s), 48);
    ck_assert(place(s, 3)[0] == 0.75f);
    ck_assert_int_eq(session_snapshot(s)->sample, 47); /* there is no 48 any more */
    session_destroy(s);
}
END_TEST

START_TEST(each_change_is_undone_and_redone)
{
    struct session *s = open_moons();
    float first = place(s, 0)[0];
    must(s, "points add 0.5 0.5 1");
    must(s, "points move 0 0.25 0.25");
    must(s, "points delete 5");
    must(s, "undo");
    ck_assert_int_eq(count(s), 49);
    must(s, "undo");
    ck_assert(place(s, 0)[0] == first);
    must(s, "undo");
    ck_assert_int_eq(count(s), 48);
    refused(s, "undo", "no edit to undo");
    for (int i = 0; i < 3; i++)
        must(s, "redo");
    ck_assert_int_eq(count(s), 48);
    ck_assert(place(s, 0)[0] == 0.25f);
    session_destroy(s);
}
END_TEST

START_TEST(a_drag_is_one_change)
{
    struct session *s = open_moons();
    float first = place(s, 7)[0];
    must(s, "points drag 7 0.1 0.1");
    must(s, "points drag 7 0.2 0.1");
    must(s, "points drag 7 0.3 0.1");
    ck_assert(place(s, 7)[0] == 0.3f);
    must(s, "undo");
    ck_assert(place(s, 7)[0] == first);
    must(s, "redo");
    ck_assert(place(s, 7)[0] == 0.3f);
    must(s, "points drag 8 0.5 0.5"); /* another point */
    must(s, "undo");
    ck_assert(place(s, 7)[0] == 0.3f);
    session_destroy(s);
}
END_TEST

/* Any step has the points that it had. */
START_TEST(time_travel_brings_the_points_back)
{
    struct session *s = open_moons();
    must(s, "goto-step 4");
    must(s, "points add 2 2 0");
    must(s, "goto-step 9");
    ck_assert_int_eq(count(s), 49);
    must(s, "goto-step 3");
    ck_assert_int_eq(count(s), 48);
    must(s, "points add -2 -2 1"); /* what came later stays, as a branch */
    ck_assert_int_eq(session_snapshot(s)->branch_count, 2);
    ck_assert(place(s, 48)[0] == -2.0f);
    must(s, "switch run");
    must(s, "goto-step end");
    ck_assert(place(s, 48)[0] == 2.0f);
    must(s, "compare 2");
    ck_assert(session_snapshot(s)->other != NULL);
    session_destroy(s);
}
END_TEST

START_TEST(training_goes_on_with_the_new_points)
{
    struct session *s = open_moons();
    must(s, "train 100000");
    while (session_snapshot(s)->step < 50)
        session_update(s);
    must(s, "points add 0.5 0.5 1");
    must(s, "points move 3 0.1 0.2");
    must(s, "points delete 4");
    ck_assert_int_eq(session_snapshot(s)->progress.state, TRAINING_RUNNING);
    ck_assert_int_eq(count(s), 48);
    int64_t then = session_snapshot(s)->step;
    while (session_snapshot(s)->step <= then)
        session_update(s);
    must(s, "stop");
    must(s, "goto-step start");
    ck_assert_int_eq(count(s), 48);
    session_destroy(s);
}
END_TEST

START_TEST(points_come_back_from_a_file)
{
    struct session *s = open_moons(), *t = session_create();
    char line[300];
    struct err err = {0};
    must(s, "points add 0.5 -0.5 1");
    must(s, "restart"); /* the run begins with them */
    must(s, "goto-step 5");
    must(s, "points delete 2");
    must(s, "goto-step 8");
    must(s, "points move 1 0.125 0.375");
    must(s, "undo");
    must(s, "point 0.3 0.7");
    snprintf(line, sizeof line, "save-session %s", temporary_path("points.gns"));
    must(s, line);
    snprintf(line, sizeof line, "open %s", temporary_path("points.gns"));
    ck_assert_msg(session_command(t, line, &err), "%s", err.message);
    ck_assert_int_eq(count(t), count(s));
    ck_assert_mem_eq(session_snapshot(t)->data->x, session_snapshot(s)->data->x,
                     (size_t)count(s) * 2 * sizeof(float));
    ck_assert_int_eq(session_snapshot(t)->sample, -1);
    ck_assert(session_snapshot(t)->has_spot && session_snapshot(t)->spot[1] == 0.7f);
    must(t, "redo");
    ck_assert(place(t, 1)[0] == 0.125f);
    must(t, "goto-step start");
    must(s, "goto-step start");
    ck_assert_int_eq(count(t), 49);
    ck_assert_mem_eq(session_snapshot(t)->data->x, session_snapshot(s)->data->x,
                     49 * 2 * sizeof(float));
    session_destroy(s);
    session_destroy(t);
}
END_TEST

START_TEST(mistakes_have_sentences)
{
    struct session *s = open_moons();
    refused(s, "points add 0.5 0.5 2", "from 0 to 1");
    refused(s, "points add 0.5 0.5", "class");
    refused(s, "points add 0.5 1e9 0", "between");
    refused(s, "points move 48 0 0", "from 0 to 47");
    refused(s, "points turn 3", "found \"turn\"");
    refused(s, "points", "add, move");
    refused(s, "point 3", "where the point lies");
    session_destroy(s);
    s = open_text("input 4\nout dense 3 softmax\nloss cross-entropy\n", "iris");
    refused(s, "points delete 0", "one or two numbers");
    refused(s, "point 0 0", "one or two numbers");
    refused(s, "field 16", "one or two numbers");
    session_destroy(s);
    s = open_text(moons_net, "blank");
    must(s, "points delete 0");
    refused(s, "points delete 0", "the last point stays");
    session_destroy(s);
}
END_TEST

/* A point anywhere as the input; what the network takes it for is its label. */
START_TEST(any_point_can_be_looked_at)
{
    struct session *s = open_text("input 3\nhidden dense 4 tanh\nout dense 2 softmax\n"
                                  "loss cross-entropy\n",
                                  "moons:features=x2+xy+y2");
    must(s, "point 0.5 -2");
    ck_assert_int_eq(session_snapshot(s)->sample, -1);
    ck_assert(value(s, "input[0]") == 0.25 && value(s, "input[1]") == 4 &&
              value(s, "input[2]") == -1);
    ck_assert(session_snapshot(s)->has_spot);
    ck_assert(session_snapshot(s)->spot[0] == 0.5f && session_snapshot(s)->spot[1] == -2.0f);
    must(s, "sample 3");
    ck_assert(session_snapshot(s)->spot[0] == place(s, 3)[0]);
    session_destroy(s);
}
END_TEST

Suite *test_points(void);
Suite *test_points(void)
{
    Suite *suite = suite_create("points");
    TCase *c = tcase_create("points");
    tcase_add_checked_fixture(c, temporary_begin, temporary_end);
    tcase_add_test(c, points_are_added_moved_and_deleted);
    tcase_add_test(c, each_change_is_undone_and_redone);
    tcase_add_test(c, a_drag_is_one_change);
    tcase_add_test(c, time_travel_brings_the_points_back);
    tcase_add_test(c, training_goes_on_with_the_new_points);
    tcase_add_test(c, points_come_back_from_a_file);
    tcase_add_test(c, mistakes_have_sentences);
    tcase_add_test(c, any_point_can_be_looked_at);
    suite_add_tcase(suite, c);
    return suite;
}
