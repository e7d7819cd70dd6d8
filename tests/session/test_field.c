/* What the network says everywhere: the bits that a pass at each point has. */
#include <stdio.h>

#include "session/fixture.h"

static const struct plane_field *field(struct session *s)
{
    session_wait(s);
    return &session_snapshot(s)->field;
}

/* The field's numbers of a layer at its cell (row, column) are those of a pass at that point. */
static void check_point(struct session *s, int row, int column)
{
    char line[120];
    float at[2];
    plane_field_at(field(s), row, column, at);
    snprintf(line, sizeof line, "point %.9g %.9g", (double)at[0], (double)at[1]);
    must(s, line);
    const struct snapshot *shot = session_snapshot(s);
    const struct plane_field *f = &shot->field;
    const struct program *p = f->trace->program;
    size_t i = (size_t)(row * f->side + column);
    for (int l = 1; l < shot->net->layer_count; l++) {
        size_t n = p->tensors[p->layer_out[l]].count;
        ck_assert_mem_eq(trace_tensor(f->trace, p->layer_out[l]) + i * n,
                         trace_tensor(shot->trace, shot->program->layer_out[l]), n * sizeof(float));
        ck_assert_mem_eq(trace_tensor(f->trace, p->layer_z[l]) + i * n,
                         trace_tensor(shot->trace, shot->program->layer_z[l]), n * sizeof(float));
    }
}

START_TEST(each_point_has_the_bits_of_a_pass)
{
    struct session *s = open_moons();
    must(s, "field 12");
    ck_assert_int_eq(field(s)->axes, 2);
    ck_assert_int_eq(field(s)->side, 12);
    check_point(s, 0, 0);
    check_point(s, 3, 11);
    must(s, "train 3");
    session_wait(s);
    ck_assert(!field(s)->stale);
    check_point(s, 11, 5);
    must(s, "edit hidden.W[0,0] 2.5");
    check_point(s, 6, 6);
    session_destroy(s);
}
END_TEST

START_TEST(other_inputs_are_worked_out_for_each_point)
{
    struct session *s = open_text("input 4\nhidden dense 3 relu\nout dense 1 sigmoid\n"
                                  "loss binary-cross-entropy\n",
                                  "circles:features=x2+y2+sinx+siny");
    must(s, "field 9");
    check_point(s, 2, 7);
    session_destroy(s);
}
END_TEST

START_TEST(the_frame_holds_every_point)
{
    struct session *s = open_moons();
    must(s, "field 8");
    float high = field(s)->high[0];
    ck_assert(field(s)->high[0] - field(s)->low[0] == field(s)->high[1] - field(s)->low[1]);
    must(s, "points move 0 0 0");
    ck_assert(field(s)->high[0] == high); /* it rests */
    must(s, "points move 0 9 0");
    ck_assert(field(s)->high[0] > 9);
    session_destroy(s);
}
END_TEST

START_TEST(a_line_has_a_curve)
{
    struct session *s = open_text("input 1\nhidden dense 3 tanh\nout dense 1\n"
                                  "loss squared-error\n",
                                  "sine");
    must(s, "field 50");
    const struct plane_field *f = field(s);
    ck_assert_int_eq(f->axes, 1);
    ck_assert_int_eq(f->grid, 50);
    float at[2];
    plane_field_at(f, 0, 20, at);
    char line[64];
    snprintf(line, sizeof line, "point %.9g", (double)at[0]);
    must(s, line);
    const struct program *p = session_snapshot(s)->field.trace->program;
    ck_assert(trace_tensor(session_snapshot(s)->field.trace, p->layer_out[2])[20] ==
              (float)value(s, "out[0]"));
    must(s, "points add 0.5 0.25");
    ck_assert_int_eq(session_snapshot(s)->data->n, 401);
    session_destroy(s);
}
END_TEST

/* The set's own samples are there, too, and those held out. */
START_TEST(samples_follow_the_grid)
{
    struct session *s = open_moons();
    must(s, "field 8");
    const struct plane_field *f = field(s);
    ck_assert_int_eq(f->train, 48);
    ck_assert_int_eq(f->test, 12);
    ck_assert_int_eq(f->trace->n, 64 + 48 + 12);
    ck_assert_mem_eq(trace_tensor(f->trace, f->trace->program->input) + 2 * 64,
                     session_snapshot(s)->data->x, 48 * 2 * sizeof(float));
    must(s, "sample 5");
    f = field(s);
    ck_assert(trace_tensor(f->trace, f->trace->program->layer_out[2])[2 * (64 + 5)] ==
              (float)value(s, "out[0]"));
    must(s, "points add 0 0 1");
    ck_assert_int_eq(field(s)->train, 49);
    session_destroy(s);
}
END_TEST

/* It lasts while a view wants it, and another network begins it anew. */
START_TEST(it_goes_with_the_view)
{
    struct session *s = open_moons();
    must(s, "show plane");
    must(s, "field 8");
    ck_assert(field(s)->trace != NULL);
    must(s, "data circles");
    ck_assert(field(s)->trace != NULL);
    must(s, "show network");
    ck_assert_int_eq(field(s)->side, 0);
    ck_assert(field(s)->trace == NULL);
    refused(s, "field 3", "from 8");
    session_destroy(s);
}
END_TEST

Suite *test_field(void);
Suite *test_field(void)
{
    Suite *suite = suite_create("field");
    TCase *c = tcase_create("field");
    tcase_add_test(c, each_point_has_the_bits_of_a_pass);
    tcase_add_test(c, other_inputs_are_worked_out_for_each_point);
    tcase_add_test(c, the_frame_holds_every_point);
    tcase_add_test(c, a_line_has_a_curve);
    tcase_add_test(c, samples_follow_the_grid);
    tcase_add_test(c, it_goes_with_the_view);
    suite_add_tcase(suite, c);
    return suite;
}
