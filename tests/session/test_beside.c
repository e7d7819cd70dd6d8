/* Another network beside the one on screen: the same sample, the difference, and what cannot be. */
#include <stdio.h>

#include "session/fixture.h"
#include "support/temporary.h"

static const struct beside_view *beside(struct session *s)
{
    session_wait(s);
    return session_snapshot(s)->beside;
}

/* other − shown of a layer's number, as the views have it. */
static double apart(struct session *s, int layer, int index)
{
    return (double)beside(s)->apart[BESIDE_OUTPUTS][layer][index];
}

static double there(struct session *s, const char *name)
{
    const struct beside_view *b = beside(s);
    struct cell c;
    struct err err = {0};
    ck_assert_msg(cell_parse(b->program, b->trace->n, name, &c, &err), "%s", err.message);
    return (double)cell_value(b->trace, c);
}

START_TEST(the_start_of_the_run_is_the_same_until_something_changes)
{
    struct session *s = open_moons();
    ck_assert(beside(s)->kind == BESIDE_NONE && beside(s)->trace == NULL);
    double first = value(s, "out[0]");
    must(s, "beside start");
    ck_assert(beside(s)->kind == BESIDE_START && apart(s, 2, 0) == 0 && apart(s, 1, 1) == 0);
    ck_assert(beside(s)->match[1] == 1 && beside(s)->match[2] == 2);
    must(s, "edit out.b[0] 2");
    ck_assert(value(s, "out[0]") != first && there(s, "out[0]") == first);
    ck_assert(apart(s, 2, 0) == (double)((float)first - (float)value(s, "out[0]")));
    ck_assert(apart(s, 1, 0) == 0);
    must(s, "train 2");
    session_wait(s);
    must(s, "inspect");
    ck_assert(there(s, "out[0]") == first && apart(s, 1, 0) != 0);
    must(s, "sample 7");
    ck_assert(there(s, "input[0]") == value(s, "input[0]"));
    must(s, "beside none");
    ck_assert(beside(s)->kind == BESIDE_NONE);
    session_destroy(s);
}
END_TEST

START_TEST(untrained_is_what_restart_gives)
{
    struct session *s = open_moons();
    must(s, "train 3");
    session_wait(s);
    must(s, "inspect");
    must(s, "beside fresh");
    double fresh = there(s, "hidden[1]");
    ck_assert(fresh != value(s, "hidden[1]"));
    must(s, "restart");
    ck_assert(beside(s)->kind == BESIDE_NONE); /* it was of the run before */
    ck_assert(value(s, "hidden[1]") == fresh);
    session_destroy(s);
}
END_TEST

START_TEST(a_branch_stands_beside_the_other)
{
    struct session *s = open_moons();
    must(s, "train 1");
    session_wait(s);
    must(s, "inspect");
    double before = value(s, "out[0]");
    must(s, "fork other");
    must(s, "train 1");
    session_wait(s);
    must(s, "inspect");
    refused(s, "beside other", "on screen");
    refused(s, "beside nobody", "no branch");
    must(s, "beside run");
    ck_assert_str_eq(beside(s)->title, "run");
    ck_assert(there(s, "out[0]") == before && apart(s, 2, 0) != 0);
    session_destroy(s);
}
END_TEST

START_TEST(another_network_may_have_other_layers)
{
    struct session *s = open_moons();
    char line[400];
    snprintf(line, sizeof line, "beside %s",
             temporary_text("other.net", "input 2\nhidden dense 5 relu\nmore dense 2 tanh\n"
                                         "out dense 2 softmax\nloss cross-entropy\n"
                                         "train sgd\n"));
    must(s, line);
    const struct beside_view *b = beside(s);
    ck_assert(b->kind == BESIDE_FILE);
    ck_assert_str_eq(b->title, "other.net");
    ck_assert(b->match[1] == 1 && b->apart[BESIDE_OUTPUTS][1] == NULL); /* five units and two */
    ck_assert(b->match[2] == 3 && b->apart[BESIDE_OUTPUTS][2] != NULL);
    ck_assert_int_eq(b->there.count, 2);
    must(s, "restart"); /* a file is no part of the run */
    ck_assert(beside(s)->kind == BESIDE_FILE);
    temporary_text("other.net", "input 3\nout dense 2\n");
    refused(s, line, "takes 3 numbers, the network on screen 2");
    ck_assert_int_eq(beside(s)->net->layer_count, 4); /* the one before stays */
    refused(s, "beside missing.net", "missing.net");
    refused(s, "beside", "beside this network");
    session_destroy(s);
}
END_TEST

START_TEST(weights_and_gradients_stand_beside_too)
{
    struct session *s = open_moons();
    must(s, "beside start");
    must(s, "edit out.W[0,1] 0.75");
    const struct beside_view *b = beside(s);
    int w = beside_tensor(b->program, BESIDE_WEIGHTS, 2);
    int d = beside_tensor(b->program, BESIDE_WEIGHT_GRADIENTS, 2);
    ck_assert_str_eq(b->program->tensors[w].name, "out.W");
    ck_assert_str_eq(b->program->tensors[d].name, "d:out.W");
    ck_assert(b->mine[BESIDE_WEIGHTS][2][1] == 0.75f);
    ck_assert(b->apart[BESIDE_WEIGHTS][2][1] == (float)there(s, "out.W[0,1]") - 0.75f);
    ck_assert(b->apart[BESIDE_WEIGHTS][2][0] == 0 && b->apart[BESIDE_WEIGHTS][2][1] != 0);
    b = beside(s);
    ck_assert(b->has_loss);
    ck_assert(b->apart[BESIDE_WEIGHT_GRADIENTS][2][1] ==
              (float)there(s, "d:out.W[0,1]") - (float)value(s, "d:out.W[0,1]"));
    ck_assert(b->apart[BESIDE_OUTPUT_GRADIENTS][1][1] ==
              (float)there(s, "d:hidden[1]") - (float)value(s, "d:hidden[1]"));
    ck_assert(b->apart[BESIDE_WEIGHT_GRADIENTS][2][1] != 0);
    must(s, "mode eval"); /* which has none */
    b = beside(s);
    ck_assert(b->apart[BESIDE_WEIGHT_GRADIENTS][2] == NULL && b->apart[BESIDE_WEIGHTS][2] != NULL);
    session_destroy(s);
}
END_TEST

START_TEST(a_loss_that_cannot_read_the_labels_is_left_out)
{
    struct session *s = session_create();
    char line[400];
    snprintf(line, sizeof line, "open %s",
             temporary_text("three.net", "input 2\nout dense 3 softmax\nloss cross-entropy\n"
                                         "data blobs:classes=3,n=60\ntrain sgd\n"));
    must(s, line);
    snprintf(line, sizeof line, "beside %s",
             temporary_text("two.net", "input 2\nout dense 2 softmax\nloss cross-entropy\n"
                                       "train sgd\n"));
    must(s, line);
    const struct beside_view *b = beside(s);
    ck_assert(!b->has_loss && beside_theirs(b, BESIDE_OUTPUTS, 1) != NULL);
    ck_assert(beside_theirs(b, BESIDE_WEIGHT_GRADIENTS, 1) == NULL);
    ck_assert(b->mine[BESIDE_WEIGHT_GRADIENTS][1] != NULL);
    session_destroy(s);
}
END_TEST

/* What stands beside is never a mixture: until the new pass is there, all is of the old one. */
START_TEST(all_of_it_is_of_one_pass)
{
    struct session *s = open_moons();
    must(s, "sample 3");
    must(s, "beside fresh");
    float before = beside(s)->mine[BESIDE_OUTPUTS][2][0];
    ck_assert(!beside(s)->running && beside(s)->sample == 3);
    must(s, "sample 9");
    const struct beside_view *b = session_snapshot(s)->beside; /* not waited for */
    ck_assert(b->running && b->sample == 3 && b->mine[BESIDE_OUTPUTS][2][0] == before);
    b = beside(s);
    ck_assert(!b->running && b->sample == 9);
    ck_assert(b->mine[BESIDE_OUTPUTS][2][0] == (float)value(s, "out[0]"));
    session_destroy(s);
}
END_TEST

Suite *test_beside(void);
Suite *test_beside(void)
{
    Suite *suite = suite_create("session/beside");
    TCase *c = tcase_create("beside");
    tcase_add_checked_fixture(c, temporary_begin, temporary_end);
    tcase_add_test(c, the_start_of_the_run_is_the_same_until_something_changes);
    tcase_add_test(c, untrained_is_what_restart_gives);
    tcase_add_test(c, a_branch_stands_beside_the_other);
    tcase_add_test(c, another_network_may_have_other_layers);
    tcase_add_test(c, weights_and_gradients_stand_beside_too);
    tcase_add_test(c, a_loss_that_cannot_read_the_labels_is_left_out);
    tcase_add_test(c, all_of_it_is_of_one_pass);
    suite_add_tcase(suite, c);
    return suite;
}
