/* What is done on the pad, and taking it back: strokes, eraser, turning, keeping. */
#include <stdlib.h>

#include "session/fixture.h"
#include "support/temporary.h"

Suite *test_keep(void);

static const char digits_net[] = "input 28 28 1\nflatten\nout dense 10 softmax\n"
                                 "loss cross-entropy\ntrain sgd rate=0.1 batch=32\n";

static struct session *begin(void)
{
    setenv("XDG_DATA_HOME", temporary_folder(), 1);
    return session_create();
}

static int ink(struct session *s, int x, int y)
{
    return session_snapshot(s)->pad[y * PAD_SIDE + x];
}

START_TEST(the_pad_needs_no_network)
{
    struct session *s = begin();
    must(s, "draw 0.2,0.5 0.8,0.5");
    ck_assert_int_eq(ink(s, 140, 140), 255);
    must(s, "erase 0.5,0.4 0.5,0.6");
    ck_assert_int_eq(ink(s, 140, 140), 0);
    ck_assert_int_eq(ink(s, 70, 140), 255);
    must(s, "undo");
    ck_assert_int_eq(ink(s, 140, 140), 255);
    must(s, "redo");
    ck_assert_int_eq(ink(s, 140, 140), 0);
    must(s, "undo");
    must(s, "undo");
    ck_assert(session_snapshot(s)->pad_empty);
    refused(s, "undo", "no edit");
    session_destroy(s);
}
END_TEST

START_TEST(the_pen_has_a_width)
{
    struct session *s = begin();
    must(s, "pen 60");
    must(s, "draw 0.2,0.5 0.8,0.5");
    ck_assert_int_eq(ink(s, 140, 140 + 28), 255);
    ck_assert_int_eq(ink(s, 140, 140 + 34), 0);
    session_destroy(s);
}
END_TEST

/* Pieces of one stroke, as the mouse draws them, are one thing to undo. */
START_TEST(a_stroke_is_one_step)
{
    struct session *s = begin();
    must(s, "draw 0.5,0.2");
    must(s, "draw 0.5,0.2 0.5,0.5");
    must(s, "draw 0.5,0.5 0.5,0.8");
    must(s, "draw 0.2,0.3 0.8,0.3");
    must(s, "undo");
    ck_assert_int_eq(ink(s, 140, 210), 255);
    ck_assert_int_eq(ink(s, 70, 84), 0);
    must(s, "undo");
    ck_assert(session_snapshot(s)->pad_empty);
    session_destroy(s);
}
END_TEST

START_TEST(a_drawing_is_moved_and_turned)
{
    struct session *s = begin();
    must(s, "draw 0.5,0.2 0.5,0.5");
    must(s, "shift 50 -20");
    ck_assert_int_eq(ink(s, 190, 100), 255);
    ck_assert_int_eq(ink(s, 140, 100), 0);
    must(s, "undo");
    must(s, "turn 90"); /* anticlockwise: what was above is at the left */
    ck_assert_int_eq(ink(s, 80, 140), 255);
    ck_assert_int_eq(ink(s, 140, 80), 0);
    must(s, "undo");
    ck_assert_int_eq(ink(s, 140, 80), 255);
    must(s, "clear");
    must(s, "undo");
    ck_assert_int_eq(ink(s, 140, 80), 255);
    session_destroy(s);
}
END_TEST

/* Not brought to the middle, a drawing in a corner stays there. */
START_TEST(as_it_is_or_centred)
{
    struct session *s = open_text(digits_net, "digits");
    must(s, "draw 0.1,0.1 0.1,0.2");
    ck_assert(value(s, "input[14,14,0]") > 0.5);
    must(s, "centre off");
    ck_assert(value(s, "input[14,14,0]") == 0);
    ck_assert(value(s, "input[4,2,0]") > 0.5);
    must(s, "shift 20 0"); /* two pixels of the network's */
    ck_assert(value(s, "input[4,4,0]") > 0.5);
    session_destroy(s);
}
END_TEST

START_TEST(drawings_are_kept_forgotten_and_undone)
{
    struct session *s = begin();
    must(s, "draw 0.5,0.2 0.5,0.8");
    must(s, "keep one");
    must(s, "clear");
    must(s, "draw 0.2,0.5 0.8,0.5");
    must(s, "keep flat");
    const struct drawings *d = session_snapshot(s)->drawings;
    ck_assert_int_eq(d->count, 2);
    must(s, "undo");
    ck_assert_int_eq(d->count, 1);
    must(s, "redo");
    ck_assert_int_eq(d->count, 2);
    must(s, "unkeep 0");
    ck_assert_str_eq(d->list[0].label, "flat");
    must(s, "undo");
    ck_assert_str_eq(d->list[0].label, "one");
    must(s, "recall 0");
    ck_assert_int_eq(ink(s, 140, 80), 255);
    ck_assert_int_eq(ink(s, 70, 140), 0);
    session_destroy(s);
    s = session_create(); /* another day */
    refused(s, "unkeep 2", "from 0 to 1");
    ck_assert_int_eq(session_snapshot(s)->drawings->count, 2);
    session_destroy(s);
}
END_TEST

/* What was drawn and what was edited are taken back in the order it was done. */
START_TEST(edits_and_strokes_share_undo)
{
    struct session *s = open_text(digits_net, "digits");
    double before = value(s, "out.W[0,0]");
    must(s, "draw 0.5,0.2 0.5,0.8");
    must(s, "edit out.W[0,0] 9");
    must(s, "draw 0.2,0.5 0.8,0.5");
    must(s, "undo");
    ck_assert_int_eq(ink(s, 70, 140), 0);
    ck_assert(value(s, "out.W[0,0]") == 9);
    must(s, "undo");
    ck_assert(value(s, "out.W[0,0]") == before);
    must(s, "undo");
    ck_assert(session_snapshot(s)->pad_empty);
    ck_assert_int_eq(session_snapshot(s)->sample, 0);
    session_destroy(s);
}
END_TEST

Suite *test_keep(void)
{
    Suite *s = suite_create("keep");
    TCase *c = tcase_create("keep");
    tcase_add_checked_fixture(c, temporary_begin, temporary_end);
    tcase_add_test(c, the_pad_needs_no_network);
    tcase_add_test(c, the_pen_has_a_width);
    tcase_add_test(c, a_stroke_is_one_step);
    tcase_add_test(c, a_drawing_is_moved_and_turned);
    tcase_add_test(c, as_it_is_or_centred);
    tcase_add_test(c, drawings_are_kept_forgotten_and_undone);
    tcase_add_test(c, edits_and_strokes_share_undo);
    suite_add_tcase(s, c);
    return s;
}
