#include "session/fixture.h"

#include <stdlib.h>

Suite *test_edit(void);

/* Every number of the pass on screen. */
static float *all(struct session *s, size_t *bytes)
{
    const struct trace *t = session_snapshot(s)->trace;
    size_t count = 0;
    float *numbers = NULL;
    for (int i = 0; i < t->program->tensor_count; i++) {
        size_t n = trace_tensor_count(t, i);
        numbers = realloc(numbers, (count + n) * sizeof *numbers);
        memcpy(numbers + count, trace_tensor(t, i), n * sizeof *numbers);
        count += n;
    }
    *bytes = count * sizeof *numbers;
    return numbers;
}

/* z = b + W x, worked by hand: -0.5 + 2 * 1.5 + 0.25 * -2 = 2. */
START_TEST(an_edit_runs_the_pass_again)
{
    struct session *s = open_moons();
    must(s, "phase loss");
    int64_t at = session_snapshot(s)->cursor.cell;
    must(s, "edit hidden.b[0] -0.5");
    must(s, "edit hidden.W[0,0] 2");
    must(s, "edit hidden.W[0,1] 0.25");
    must(s, "edit input[0] 1.5");
    must(s, "edit input[1] -2");
    must(s, "assert hidden.z[0] 2 0");
    ck_assert_int_eq(session_snapshot(s)->cursor.cell, at);
    ck_assert(value(s, "hidden.W[0,0]") == 2.0);
    session_destroy(s);
}
END_TEST

START_TEST(undo_and_redo_restore_the_bits)
{
    static const char *const edits[] = {"edit hidden.W[1,1] 0.7", "edit input[0] 3", "edit label 1",
                                        "edit rate 0.5", "edit out.b[0] -1"};
    enum { EDITS = 5 };
    struct session *s = open_moons();
    must(s, dataset_class(session_snapshot(s)->data, 0) ? "edit label 0" : "edit label 1");
    float *states[EDITS + 1];
    size_t bytes;
    must(s, "undo");
    for (int i = 0; i < EDITS; i++) {
        states[i] = all(s, &bytes);
        must(s, edits[i]);
    }
    states[EDITS] = all(s, &bytes);
    for (int i = EDITS; i >= 0; i--) {
        float *now = all(s, &bytes);
        ck_assert_mem_eq(now, states[i], bytes);
        free(now);
        if (i)
            must(s, "undo");
    }
    refused(s, "undo", "no edit");
    for (int i = 0; i < EDITS; i++)
        must(s, "redo");
    float *now = all(s, &bytes);
    ck_assert_mem_eq(now, states[EDITS], bytes);
    free(now);
    refused(s, "redo", "no undone");
    for (int i = 0; i <= EDITS; i++)
        free(states[i]);
    session_destroy(s);
}
END_TEST

START_TEST(a_new_edit_ends_redo)
{
    struct session *s = open_moons();
    must(s, "edit hidden.b[0] 1");
    must(s, "undo");
    must(s, "edit hidden.b[1] 2");
    refused(s, "redo", "no undone");
    must(s, "undo");
    ck_assert(value(s, "hidden.b[1]") == 0.0);
    session_destroy(s);
}
END_TEST

/* Input edits live in the session's copy: the set is untouched, another sample drops them, while
 * parameters stay edited. */
START_TEST(another_sample_drops_its_edits_alone)
{
    struct session *s = open_moons();
    double before = value(s, "input[0]");
    must(s, "edit input[0] 9");
    must(s, "edit hidden.b[0] 1");
    must(s, "sample 1");
    must(s, "sample 0");
    ck_assert(value(s, "input[0]") == before);
    ck_assert(value(s, "hidden.b[0]") == 1.0);
    must(s, "undo");
    ck_assert(value(s, "hidden.b[0]") == 0.0);
    refused(s, "undo", "no edit");
    session_destroy(s);
}
END_TEST

START_TEST(the_rate_and_the_label_have_commands)
{
    struct session *s = open_moons();
    must(s, "rate 0.25");
    ck_assert(value(s, "rate") == 0.25);
    ck_assert(session_snapshot(s)->net->train.rate == 0.25f);
    must(s, "label 1");
    ck_assert(value(s, "label") == 1.0);
    must(s, "undo");
    must(s, "undo");
    ck_assert(session_snapshot(s)->net->train.rate == 0.1f);
    session_destroy(s);
}
END_TEST

START_TEST(optimisers_change_and_keep_the_place)
{
    struct session *s = open_moons();
    must(s, "optimizer adam");
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_int_eq(shot->net->train.optimiser, OPT_ADAM);
    ck_assert_int_ge(program_find(shot->program, "mhat:out.W"), 0);
    must(s, "optimizer sgd");
    ck_assert_int_lt(program_find(session_snapshot(s)->program, "mhat:out.W"), 0);
    session_destroy(s);
}
END_TEST

/* A drag is many values and one change. */
START_TEST(a_drag_is_undone_in_one_go)
{
    struct session *s = open_moons();
    double before = value(s, "hidden.W[0,0]"), pixel = value(s, "input[0]");
    must(s, "drag hidden.W[0,0] 0.1");
    must(s, "drag hidden.W[0,0] 0.2");
    must(s, "drag hidden.W[0,0] 0.3");
    ck_assert(value(s, "hidden.W[0,0]") == (double)0.3f);
    must(s, "drag input[0] 1");
    must(s, "drag input[0] 2");
    must(s, "undo");
    ck_assert(value(s, "input[0]") == pixel);
    must(s, "undo");
    ck_assert(value(s, "hidden.W[0,0]") == before);
    refused(s, "undo", "no edit");
    must(s, "redo");
    ck_assert(value(s, "hidden.W[0,0]") == (double)0.3f);
    must(s, "drag hidden.W[0,0] 0.4"); /* another drag: another change */
    must(s, "undo");
    ck_assert(value(s, "hidden.W[0,0]") == (double)0.3f);
    refused(s, "drag loss 1", "worked out");
    session_destroy(s);
}
END_TEST

static double was(struct session *s, const char *name)
{
    const struct snapshot *shot = session_snapshot(s);
    struct cell cell;
    ck_assert(cell_parse(shot->program, shot->trace->n, name, &cell, NULL));
    ck_assert_ptr_nonnull(shot->before);
    return (double)cell_value(shot->before, cell);
}

START_TEST(the_pass_before_a_change_is_kept)
{
    struct session *s = open_moons();
    double loss = value(s, "loss"), bias = value(s, "hidden.b[0]");
    ck_assert_ptr_null(session_snapshot(s)->before);
    must(s, "edit hidden.b[0] 0.5");
    ck_assert(was(s, "loss") == loss);
    uint64_t number = session_snapshot(s)->before_number;
    must(s, "phase update"); /* another place in the same pass */
    ck_assert(was(s, "loss") == loss && session_snapshot(s)->before_number == number);
    double edited = value(s, "loss");
    must(s, "drag hidden.b[0] 0.6");
    must(s, "drag hidden.b[0] 0.7"); /* a drag is compared with its beginning */
    ck_assert(was(s, "loss") == edited && was(s, "hidden.b[0]") == 0.5);
    ck_assert_uint_ne(session_snapshot(s)->before_number, number);
    must(s, "undo");
    ck_assert(was(s, "hidden.b[0]") == (double)0.7f);
    must(s, "undo");
    must(s, "redo");
    ck_assert(was(s, "hidden.b[0]") == bias);
    must(s, "sample next");
    ck_assert_ptr_null(session_snapshot(s)->before);
    must(s, "edit label 0");
    must(s, "mode eval"); /* another program */
    ck_assert_ptr_null(session_snapshot(s)->before);
    session_destroy(s);
}
END_TEST

Suite *test_edit(void)
{
    Suite *suite = suite_create("edit");
    TCase *c = tcase_create("edit");
    tcase_add_test(c, an_edit_runs_the_pass_again);
    tcase_add_test(c, undo_and_redo_restore_the_bits);
    tcase_add_test(c, a_new_edit_ends_redo);
    tcase_add_test(c, a_drag_is_undone_in_one_go);
    tcase_add_test(c, the_pass_before_a_change_is_kept);
    tcase_add_test(c, another_sample_drops_its_edits_alone);
    tcase_add_test(c, the_rate_and_the_label_have_commands);
    tcase_add_test(c, optimisers_change_and_keep_the_place);
    suite_add_tcase(suite, c);
    return suite;
}
