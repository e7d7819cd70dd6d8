#include "session/fixture.h"

Suite *test_stepping(void);

static struct cursor cursor(struct session *s)
{
    return session_snapshot(s)->cursor;
}

static int64_t phase_end(struct session *s, enum phase phase)
{
    int64_t begin, end;
    steps_phase(session_snapshot(s)->steps, phase, &begin, &end);
    return end;
}

START_TEST(forward_and_back_come_to_the_same_place)
{
    static const char *const grains[] = {"grain term", "grain cell", "grain layer", "grain phase"};
    struct session *s = open_moons();
    must(s, "sample 1,2");
    for (size_t g = 0; g < sizeof grains / sizeof *grains; g++) {
        must(s, grains[g]);
        must(s, "phase start");
        struct cursor at[4];
        for (int i = 0; i < 4; i++) {
            at[i] = cursor(s);
            must(s, "step");
            struct cursor c = cursor(s);
            ck_assert(c.cell > at[i].cell || (c.cell == at[i].cell && c.term > at[i].term));
        }
        for (int i = 3; i >= 0; i--) {
            must(s, "back");
            ck_assert_int_eq(cursor(s).cell, at[i].cell);
            ck_assert_int_eq(cursor(s).term, at[i].term);
        }
    }
    session_destroy(s);
}
END_TEST

START_TEST(many_steps_are_as_one_after_the_other)
{
    struct session *s = open_moons();
    for (int i = 0; i < 7; i++)
        must(s, "step");
    ck_assert_int_eq(cursor(s).cell, 7);
    must(s, "back 3");
    ck_assert_int_eq(cursor(s).cell, 4);
    must(s, "step 3");
    ck_assert_int_eq(cursor(s).cell, 7);
    session_destroy(s);
}
END_TEST

START_TEST(at_the_end_a_step_says_nothing_more)
{
    struct session *s = open_moons();
    must(s, "grain pass");
    must(s, "step");
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_int_eq(shot->cursor.cell, shot->steps->cells);
    uint64_t revision = shot->revision;
    must(s, "step 5");
    ck_assert_uint_eq(session_snapshot(s)->revision, revision);
    must(s, "back");
    ck_assert_int_eq(cursor(s).cell, 0);
    revision = session_snapshot(s)->revision;
    must(s, "back");
    ck_assert_uint_eq(session_snapshot(s)->revision, revision);
    session_destroy(s);
}
END_TEST

START_TEST(the_selection_follows_a_step)
{
    struct session *s = open_moons();
    must(s, "step");
    ck_assert_str_eq(selected(s), "hidden.z[0]");
    ck_assert(session_snapshot(s)->formula_done);
    must(s, "step");
    ck_assert_str_eq(selected(s), "hidden[0]");
    must(s, "phase start");
    must(s, "grain term");
    must(s, "step"); /* b alone of z = b + Σ W x */
    ck_assert_str_eq(selected(s), "hidden.z[0]");
    const struct snapshot *shot = session_snapshot(s);
    ck_assert(!shot->formula_done);
    ck_assert_int_eq(shot->formula_terms, 1);
    ck_assert_int_eq(shot->formula->count, 3);
    must(s, "back");
    ck_assert_str_eq(selected(s), "none");
    session_destroy(s);
}
END_TEST

START_TEST(phases_are_reached)
{
    struct session *s = open_moons();
    must(s, "select hidden.W[0,0]");
    must(s, "phase forward");
    ck_assert_int_eq(cursor(s).cell, phase_end(s, PHASE_FORWARD));
    ck_assert_str_eq(selected(s), "hidden.W[0,0]");
    must(s, "phase update");
    ck_assert_int_eq(cursor(s).cell, session_snapshot(s)->steps->cells);
    must(s, "phase loss");
    ck_assert_int_eq(cursor(s).cell, phase_end(s, PHASE_LOSS));
    must(s, "phase start");
    ck_assert_int_eq(cursor(s).cell, 0);
    session_destroy(s);
}
END_TEST

START_TEST(goto_ends_where_the_cell_is_computed)
{
    struct session *s = open_moons();
    must(s, "goto d:out.W[1,0]");
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_str_eq(selected(s), "d:out.W[1,0]");
    ck_assert(shot->formula_done);
    must(s, "back");
    shot = session_snapshot(s);
    struct cell cell;
    ck_assert(cell_parse(shot->program, 1, "d:out.W[1,0]", &cell, NULL));
    ck_assert(!steps_done(shot->steps, shot->cursor, cell));
    struct cursor before = cursor(s);
    must(s, "goto input[1]"); /* given: always there */
    ck_assert_int_eq(cursor(s).cell, before.cell);
    ck_assert_str_eq(selected(s), "input[1]");
    session_destroy(s);
}
END_TEST

START_TEST(seek_drags_the_head)
{
    struct session *s = open_moons();
    must(s, "seek 3");
    ck_assert_int_eq(cursor(s).cell, 3);
    ck_assert_str_eq(selected(s), "hidden.z[1]");
    session_destroy(s);
}
END_TEST

/* In the middle of things the place keeps its meaning when the batch or the mode changes. */
START_TEST(the_cursor_keeps_its_phase)
{
    struct session *s = open_moons();
    must(s, "phase backward");
    must(s, "sample 7");
    ck_assert_int_eq(cursor(s).cell, phase_end(s, PHASE_BACKWARD));
    must(s, "sample 7,8,9");
    ck_assert_int_eq(cursor(s).cell, phase_end(s, PHASE_BACKWARD));
    must(s, "phase forward");
    must(s, "select out[1]@2");
    must(s, "hide out[0]@1");
    must(s, "mode eval");
    ck_assert_int_eq(cursor(s).cell, phase_end(s, PHASE_FORWARD));
    ck_assert_str_eq(selected(s), "out[1]@2");
    refused(s, "phase backward", "evaluation mode");
    must(s, "mode train");
    ck_assert_int_eq(cursor(s).cell, phase_end(s, PHASE_FORWARD));
    struct cell cell;
    ck_assert(cell_parse(session_snapshot(s)->program, 3, "out[0]@1", &cell, NULL));
    ck_assert(session_is_hidden(s, cell));
    must(s, "sample 7");
    ck_assert_str_eq(selected(s), "none");
    session_destroy(s);
}
END_TEST

Suite *test_stepping(void)
{
    Suite *suite = suite_create("stepping");
    TCase *c = tcase_create("stepping");
    tcase_add_test(c, forward_and_back_come_to_the_same_place);
    tcase_add_test(c, many_steps_are_as_one_after_the_other);
    tcase_add_test(c, at_the_end_a_step_says_nothing_more);
    tcase_add_test(c, the_selection_follows_a_step);
    tcase_add_test(c, phases_are_reached);
    tcase_add_test(c, goto_ends_where_the_cell_is_computed);
    tcase_add_test(c, seek_drags_the_head);
    tcase_add_test(c, the_cursor_keeps_its_phase);
    suite_add_tcase(suite, c);
    return suite;
}
