/* Branches side by side, guesses, and the class code. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "session/fixture.h"

START_TEST(the_other_branch_stands_beside)
{
    struct session *s = open_moons();
    must(s, "goto-step 4");
    must(s, "fork fast");
    must(s, "rate 0.9");
    must(s, "goto-step 15");
    must(s, "optimizer adam");
    must(s, "goto-step 20");
    double fast = value(s, "hidden[0]"), loss = value(s, "loss");
    must(s, "switch run");
    must(s, "goto-step 9");
    must(s, "compare fast");
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_int_eq(shot->compare, 1);
    const struct program *p = shot->other->program;
    struct cell cell;
    ck_assert(cell_parse(p, 1, "hidden[0]", &cell, NULL));
    ck_assert((double)cell_value(shot->other, cell) == fast);
    ck_assert(cell_parse(p, 1, "loss", &cell, NULL));
    ck_assert((double)cell_value(shot->other, cell) == loss);
    ck_assert(value(s, "hidden[0]") != fast);
    must(s, "sample 3"); /* it follows */
    shot = session_snapshot(s);
    ck_assert_int_eq(shot->other->samples[0], 3);
    refused(s, "compare run", "on screen");
    must(s, "compare none");
    ck_assert_ptr_null(session_snapshot(s)->other);
    must(s, "compare fast");
    must(s, "drop fast");
    must(s, "sample 4");
    ck_assert_ptr_null(session_snapshot(s)->other);
    must(s, "fork again");
    must(s, "compare run");
    ck_assert_ptr_nonnull(session_snapshot(s)->other);
    must(s, "data circles:n=50"); /* another run: nothing stands beside it */
    ck_assert_ptr_null(session_snapshot(s)->other);
    must(s, "goto-step 2");
    must(s, "fork last");
    must(s, "compare run");
    session_destroy(s); /* with a comparison open */
}
END_TEST

static const struct guessing *guess(struct session *s, double number, const char *format)
{
    char line[64], text[48];
    snprintf(text, sizeof text, format, number);
    snprintf(line, sizeof line, "guess %s", text);
    must(s, line);
    return session_snapshot(s)->guessing;
}

START_TEST(guesses_are_judged_by_their_digits)
{
    struct session *s = open_moons();
    must(s, "edit hidden.b[0] 1.943");
    must(s, "select hidden.b[0]");
    must(s, "hide hidden.b[0]");
    ck_assert_int_eq(guess(s, 1.5, "%.1f")->state, GUESS_HIGHER);
    ck_assert_int_eq(guess(s, 2.2, "%.1f")->state, GUESS_LOWER);
    ck_assert(guess(s, -1.94, "%.2f")->sign);
    ck_assert_int_eq(guess(s, 1.93, "%.2f")->state, GUESS_HIGHER); /* two digits were claimed */
    const struct guessing *g = guess(s, 1.9, "%.1f");
    ck_assert_int_eq(g->state, GUESS_RIGHT);
    ck_assert_int_eq(g->tries, 5);
    ck_assert(g->asked == 1 && g->right == 1 && g->first == 0);
    ck_assert(!session_is_hidden(s, session_snapshot(s)->selected));
    must(s, "edit hidden.b[1] 0,333333");
    must(s, "select hidden.b[1]");
    must(s, "guess 1/3");
    g = session_snapshot(s)->guessing;
    ck_assert(g->state == GUESS_RIGHT && g->asked == 2 && g->right == 2 && g->first == 1);
    must(s, "edit hidden.b[1] 0.04"); /* a coarse guess of a small number is none */
    must(s, "guess 0");
    ck_assert_int_eq(session_snapshot(s)->guessing->state, GUESS_HIGHER);
    refused(s, "guess much", "number");
    must(s, "select none");
    refused(s, "guess 1", "select");
    session_destroy(s);
}
END_TEST

START_TEST(numbers_are_typed_as_people_write_them)
{
    struct session *s = open_moons();
    must(s, "edit hidden.b[0] 1/4");
    ck_assert(value(s, "hidden.b[0]") == 0.25);
    must(s, "edit hidden.b[0] 0,5");
    ck_assert(value(s, "hidden.b[0]") == 0.5);
    must(s, "edit hidden.b[0] \xe2\x88\x92"
            "2");
    ck_assert(value(s, "hidden.b[0]") == -2);
    must(s, "rate 1/8");
    ck_assert(value(s, "rate") == 0.125);
    refused(s, "edit hidden.b[0] 1/0", "number");
    refused(s, "edit hidden.b[0] 1/2/3", "number");
    session_destroy(s);
}
END_TEST

/* Two machines with one code: the same data, start, shuffles and settings, digit for digit. */
START_TEST(a_class_code_gives_everybody_the_same)
{
    struct session *a = open_moons(), *b = open_moons();
    must(a, "train 2");
    session_wait(a);
    must(a, "optimizer sgd");
    must(a, "rate 0.3");
    must(a, "batch 16");
    must(a, "regularise l2 0.1");
    must(a, "code Otter");
    must(b, "code otter");
    ck_assert_str_eq(session_snapshot(a)->code, "otter");
    ck_assert_int_eq(session_snapshot(a)->step, 0);
    must(a, "goto-step 17");
    must(b, "goto-step 17");
    const struct snapshot *x = session_snapshot(a), *y = session_snapshot(b);
    size_t bytes = x->net->param_count * sizeof(float);
    ck_assert_mem_eq(x->net->params, y->net->params, bytes);
    ck_assert_mem_eq(x->data->x, y->data->x, (size_t)x->data->n * x->data->count * sizeof(float));
    must(b, "code heron");
    must(b, "goto-step 17");
    y = session_snapshot(b);
    ck_assert(memcmp(x->net->params, y->net->params, bytes) != 0);
    ck_assert(memcmp(x->data->x, y->data->x, 8 * sizeof(float)) != 0);
    refused(a, "code a/b", "letters and digits");
    session_destroy(a);
    session_destroy(b);
}
END_TEST

/* A set that is not drawn from the code: what was set on one machine is not left there, either. */
START_TEST(a_class_code_takes_the_settings_of_the_text)
{
    struct session *a = session_create(), *b = session_create();
    must(a, "open data/networks/digits8.net");
    must(b, "open data/networks/digits8.net");
    must(a, "optimizer adam");
    must(a, "batch 7");
    must(a, "code otter");
    must(b, "code otter");
    must(a, "phase update");
    must(b, "phase update");
    ck_assert(value(a, "new:m:out.W[3,2]") == value(b, "new:m:out.W[3,2]"));
    must(a, "goto-step 3");
    must(b, "goto-step 3");
    const struct net *x = session_snapshot(a)->net, *y = session_snapshot(b)->net;
    ck_assert_mem_eq(x->params, y->params, x->param_count * sizeof(float));
    ck_assert_int_eq(x->train.batch, 32);
    session_destroy(a);
    session_destroy(b);
}
END_TEST

Suite *test_compare(void);
Suite *test_compare(void)
{
    Suite *suite = suite_create("compare");
    TCase *c = tcase_create("compare");
    tcase_add_test(c, the_other_branch_stands_beside);
    tcase_add_test(c, guesses_are_judged_by_their_digits);
    tcase_add_test(c, numbers_are_typed_as_people_write_them);
    tcase_add_test(c, a_class_code_gives_everybody_the_same);
    tcase_add_test(c, a_class_code_takes_the_settings_of_the_text);
    suite_add_tcase(suite, c);
    return suite;
}
