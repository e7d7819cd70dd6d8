#include "session/fixture.h"

#include <math.h>
#include <stdio.h>

Suite *test_drawing(void);

static const char digits_net[] = "input 28 28 1\nflatten\nout dense 10 softmax\n"
                                 "loss cross-entropy\ntrain sgd rate=0.1 batch=32\n";

/* A small stroke near the corner comes out 20 pixels high with its centre of mass in the middle,
 * as every digit of the set does. */
START_TEST(a_stroke_becomes_a_centred_digit)
{
    struct session *s = open_text(digits_net, "digits");
    must(s, "draw 0.1,0.1 0.1,0.3");
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_int_eq(shot->sample, -1);
    ck_assert(!shot->pad_empty);
    const float *x = trace_tensor(shot->trace, shot->program->input);
    double mass = 0, down = 0, right = 0;
    int top = 28, bottom = -1;
    for (int i = 0; i < 28 * 28; i++) {
        ck_assert(x[i] >= 0 && x[i] <= 1);
        mass += (double)x[i];
        down += (double)x[i] * (i / 28 + 0.5);
        right += (double)x[i] * (i % 28 + 0.5);
        if (x[i] > 0.02f && i / 28 < top)
            top = i / 28;
        if (x[i] > 0.02f)
            bottom = i / 28;
    }
    ck_assert_int_eq(bottom - top + 1, 20);
    ck_assert(fabs(down / mass - 14) <= 0.5 && fabs(right / mass - 14) <= 0.5);
    double sum = 0;
    for (int i = 0; i < 10; i++)
        sum += (double)shot->probabilities[i];
    ck_assert(fabs(sum - 1) < 1e-5);
    ck_assert_int_ge(shot->guess, 0);
    ck_assert(value(s, "label") == (double)shot->guess);
    session_destroy(s);
}
END_TEST

START_TEST(strokes_add_up_and_clear_returns)
{
    struct session *s = open_text(digits_net, "digits");
    must(s, "sample 7");
    double pixel = value(s, "input[14,14,0]");
    must(s, "draw 0.3,0.5 0.7,0.5");
    const uint8_t *pad = session_snapshot(s)->pad;
    ck_assert_int_eq(pad[140 * PAD_SIDE + 140], 255);
    ck_assert_int_eq(pad[60 * PAD_SIDE + 140], 0);
    must(s, "label 3");
    must(s, "draw 0.5,0.2 0.5,0.8");
    ck_assert_int_eq(pad[140 * PAD_SIDE + 100], 255);
    ck_assert_int_eq(pad[60 * PAD_SIDE + 140], 255);
    ck_assert(value(s, "label") == 3.0); /* named by the user: stays */
    must(s, "clear");
    ck_assert(session_snapshot(s)->pad_empty);
    ck_assert_int_eq(pad[140 * PAD_SIDE + 140], 0);
    ck_assert_int_eq(session_snapshot(s)->sample, 7);
    ck_assert(value(s, "input[14,14,0]") == pixel);
    session_destroy(s);
}
END_TEST

START_TEST(a_dot_at_the_edge_stays_on_the_pad)
{
    struct session *s = open_text(digits_net, NULL);
    must(s, "draw 0,0");
    must(s, "draw 1,1");
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_int_eq(shot->pad[0], 255);
    ck_assert_int_eq(shot->pad[PAD_SIDE * PAD_SIDE - 1], 255);
    ck_assert_ptr_nonnull(shot->trace); /* without data, too */
    must(s, "clear");
    ck_assert_ptr_null(session_snapshot(s)->trace);
    session_destroy(s);
}
END_TEST

START_TEST(other_sizes_of_input)
{
    static const char small[] = "input 8 8 1\nflatten\nout dense 10 softmax\nloss cross-entropy\n";
    static const char colour[] = "input 16 20 3\nflatten\nout dense 4 softmax\n"
                                 "loss cross-entropy\n";
    struct session *s = open_text(small, "digits8");
    must(s, "draw 0.5,0.2 0.5,0.8");
    /* upright, 4 of 32 columns wide and in the middle: half of each block of 4 it touches */
    ck_assert(value(s, "input[4,3,0]") == 0.5 && value(s, "input[4,4,0]") == 0.5);
    ck_assert(value(s, "input[4,2,0]") == 0.0 && value(s, "input[4,5,0]") == 0.0);
    session_destroy(s);
    s = open_text(colour, NULL);
    must(s, "draw 0.5,0.2 0.5,0.8");
    double most = 0;
    for (int i = 0; i < 20; i++) {
        char cells[3][32];
        for (int c = 0; c < 3; c++)
            snprintf(cells[c], sizeof cells[c], "input[8,%d,%d]", i, c);
        ck_assert(value(s, cells[0]) == value(s, cells[1]));
        ck_assert(value(s, cells[0]) == value(s, cells[2]));
        most = fmax(most, value(s, cells[0]));
    }
    ck_assert(most > 0.5);
    session_destroy(s);
}
END_TEST

START_TEST(pixels_of_a_drawing_can_be_edited)
{
    struct session *s = open_text(digits_net, "digits");
    must(s, "draw 0.5,0.2 0.5,0.8");
    must(s, "edit input[0,0,0] 0.75");
    ck_assert(value(s, "input[0,0,0]") == 0.75);
    must(s, "undo");
    ck_assert(value(s, "input[0,0,0]") == 0.0);
    session_destroy(s);
}
END_TEST

Suite *test_drawing(void)
{
    Suite *suite = suite_create("drawing");
    TCase *c = tcase_create("drawing");
    tcase_add_test(c, a_stroke_becomes_a_centred_digit);
    tcase_add_test(c, strokes_add_up_and_clear_returns);
    tcase_add_test(c, a_dot_at_the_edge_stays_on_the_pad);
    tcase_add_test(c, other_sizes_of_input);
    tcase_add_test(c, pixels_of_a_drawing_can_be_edited);
    suite_add_tcase(suite, c);
    return suite;
}
