/* Hidden layers and inputs changed in the network's text. */
#include <stdio.h>

#include "glassnet/data/plane.h"
#include "session/fixture.h"
#include "support/temporary.h"

static const char text[] = "# two layers\n"
                           "input 2 # a point\n"
                           "h1 dense 4 tanh\n"
                           "\n"
                           "h2   dense   2   tanh  init=zeros # bends\n"
                           "out dense 1 sigmoid\n"
                           "loss binary-cross-entropy\n"
                           "data moons:n=60\n"
                           "train momentum rate=0.1 batch=8 seed=3";

static const struct layer *layer(struct session *s, const char *name)
{
    const struct net *net = session_snapshot(s)->net;
    int place = net_find_layer(net, name);
    ck_assert_msg(place >= 0, "there is no %s", name);
    return &net->layers[place];
}

static bool says(struct session *s, const char *line)
{
    return strstr(net_text(session_snapshot(s)->net), line) != NULL;
}

START_TEST(neurons_and_activations_change_in_the_text)
{
    struct session *s = open_text(text, "moons:n=60");
    must(s, "train 2");
    session_wait(s);
    must(s, "hidden units h1 7");
    ck_assert_int_eq(layer(s, "h1")->units, 7);
    ck_assert(says(s, "h1 dense 7 tanh\n\nh2   dense   2   tanh  init=zeros # bends\n"));
    ck_assert_int_eq(session_snapshot(s)->step, 0);
    must(s, "hidden activation h2 relu");
    ck_assert(says(s, "h2   dense   2   relu  init=zeros # bends\n"));
    ck_assert_int_eq(layer(s, "h2")->init, INIT_ZEROS);
    ck_assert(session_snapshot(s)->trace != NULL);
    session_destroy(s);
}
END_TEST

START_TEST(layers_come_and_go)
{
    struct session *s = open_text(text, "moons:n=60");
    must(s, "hidden add");
    ck_assert(says(s, "# bends\nh3 dense 4 tanh\nout dense 1 sigmoid\n"));
    must(s, "hidden add 3 relu");
    ck_assert_int_eq(layer(s, "h4")->units, 3);
    must(s, "hidden remove h3");
    ck_assert_int_eq(net_find_layer(session_snapshot(s)->net, "h3"), -1);
    for (int i = 0; i < 3; i++)
        must(s, "hidden remove");
    ck_assert_int_eq(session_snapshot(s)->net->layer_count, 2);
    refused(s, "hidden remove", "no hidden layer");
    must(s, "hidden add");
    ck_assert_int_eq(layer(s, "hidden1")->units, 4);
    session_destroy(s);
}
END_TEST

/* What was set stays: rate and optimiser, the class code, points set by hand. */
START_TEST(the_rest_stays)
{
    struct session *s = open_text(text, "moons:n=60");
    must(s, "code amber");
    must(s, "rate 0.25");
    must(s, "points add 1 1 0");
    must(s, "hidden units h2 3");
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_str_eq(shot->code, "amber");
    ck_assert(shot->net->train.rate == 0.25f);
    ck_assert_int_eq(shot->data->n, 49);
    session_destroy(s);
}
END_TEST

START_TEST(training_goes_on_with_the_new_network)
{
    struct session *s = open_text(text, "moons:n=60");
    must(s, "train 1000000");
    must(s, "hidden units h1 3");
    ck_assert_int_eq(session_snapshot(s)->progress.state, TRAINING_RUNNING);
    while (session_snapshot(s)->step < 20)
        session_update(s);
    must(s, "stop");
    session_destroy(s);
}
END_TEST

START_TEST(inputs_change_network_and_set)
{
    struct session *s = open_text(text, "moons:n=60"), *t = session_create();
    char line[300];
    must(s, "points add 0.5 0.25 1");
    must(s, "inputs x2+x+xy");
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_int_eq(shot->net->layers[0].out.dim[0], 3);
    ck_assert_int_eq(shot->data->n, 49);
    ck_assert(dataset_x(shot->data, 48)[1] == 0.25f);
    ck_assert(dataset_x(shot->data, 48)[2] == 0.125f);
    ck_assert(says(s, "input 3\n") && says(s, "data moons:features=x+x2+xy,n=60\n"));
    must(s, "train 1");
    session_wait(s);
    snprintf(line, sizeof line, "save-session %s", temporary_path("inputs.gns"));
    must(s, line);
    snprintf(line, sizeof line, "open %s", temporary_path("inputs.gns"));
    must(t, line);
    ck_assert_mem_eq(session_snapshot(t)->data->x, session_snapshot(s)->data->x,
                     49 * 3 * sizeof(float));
    ck_assert_mem_eq(session_snapshot(t)->net->params, session_snapshot(s)->net->params,
                     session_snapshot(s)->net->param_count * sizeof(float));
    must(s, "inputs x+y");
    ck_assert(says(s, "data moons:n=60\n"));
    session_destroy(s);
    session_destroy(t);
}
END_TEST

START_TEST(mistakes_have_sentences)
{
    struct session *s = open_text(text, "moons:n=60");
    refused(s, "hidden units out 3", "no hidden dense layer");
    refused(s, "hidden units h1 0", "from 1 to 10000");
    refused(s, "hidden activation h1 tan", "no activation");
    refused(s, "hidden turn h1", "found \"turn\"");
    refused(s, "hidden add 3 softplus 4", "expected to end");
    refused(s, "inputs x+z", "\"z\"");
    refused(s, "hidden activation h1 softmax 3", "expected to end");
    session_destroy(s);
    s = open_text("input 4\nout dense 3 softmax\nloss cross-entropy\n", "iris");
    refused(s, "inputs x", "one or two numbers");
    session_destroy(s);
    /* A layer that another one names cannot go. */
    s = open_text("input 2\na dense 2 relu\nb dense 2\nc add a b\nout dense 2 softmax\n"
                  "loss cross-entropy\n",
                  "moons");
    refused(s, "hidden remove a", "a");
    session_destroy(s);
}
END_TEST

Suite *test_reshape(void);
Suite *test_reshape(void)
{
    Suite *suite = suite_create("reshape");
    TCase *c = tcase_create("reshape");
    tcase_add_checked_fixture(c, temporary_begin, temporary_end);
    tcase_add_test(c, neurons_and_activations_change_in_the_text);
    tcase_add_test(c, layers_come_and_go);
    tcase_add_test(c, the_rest_stays);
    tcase_add_test(c, training_goes_on_with_the_new_network);
    tcase_add_test(c, inputs_change_network_and_set);
    tcase_add_test(c, mistakes_have_sentences);
    suite_add_tcase(suite, c);
    return suite;
}
