#include "session/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

Suite *test_session(void);

START_TEST(begins_with_nothing_open)
{
    struct session *s = session_create();
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_ptr_null(shot->net);
    ck_assert_ptr_null(shot->trace);
    ck_assert_ptr_null(shot->formula);
    ck_assert_int_eq(shot->grain, GRAIN_CELL);
    ck_assert_int_eq(shot->mode, MODE_TRAIN);
    ck_assert_str_eq(shot->theme, "paper");
    ck_assert_str_eq(shot->view, "home");
    ck_assert_int_eq(shot->zoom, 100);
    ck_assert_int_eq(shot->sample, -1);
    ck_assert(!session_update(s));
    session_wait(s);
    session_destroy(s);
    session_destroy(NULL);
}
END_TEST

/* Every command, called with nothing open and with garbage, answers with a sentence. */
START_TEST(refuses_everything_malformed)
{
    struct session *s = session_create();
    refused(s, "phase forward", "no network is open");
    refused(s, "train 1", "no network is open");
    refused(s, "keep cat", "the pad is empty");
    refused(s, "open /dev/null/at all.net", "/dev/null");
    refused(s, "open lesson.md", ".net");
    session_destroy(s);
    s = open_moons();
    static const char *const garbled[][2] = {
        {"stepp", "did you mean step?"},
        {"frobnicate", "frobnicate"},
        {"phaze forward", "did you mean phase?"},
        {"open", "name was expected"},
        {"data", "name was expected"},
        {"data mons", "did you mean moons"},
        {"data digits8", ""},
        {"sample", "is no sample"},
        {"sample 48", "0 to 47"},
        {"sample -1", "0 to 47"},
        {"sample 1,", "is no sample"},
        {"sample 1 2", "is no sample"},
        {"sample one", "is no sample"},
        {"mode", "train or eval"},
        {"mode test", "train or eval"},
        {"phase", "a phase"},
        {"phase sideways", "sideways"},
        {"phase forward now", "now"},
        {"grain inch", "inch"},
        {"step 0", "how many"},
        {"step x", "how many"},
        {"step 1 2", "2"},
        {"back -3", "how many"},
        {"goto", "a cell"},
        {"goto nothing[0]", "nothing"},
        {"seek -1", "whole number"},
        {"seek 100000000", "whole number"},
        {"select out[9]", "9"},
        {"select out", ""},
        {"select out[0", ""},
        {"select none out[0]", "out[0]"},
        {"move", "left, right"},
        {"move sideways", "sideways"},
        {"move into", "nothing is selected"},
        {"move out", "no way back"},
        {"hide", "a cell"},
        {"reveal out[7]", "7"},
        {"edit out[0] 1", "worked out"},
        {"edit d:out.W[0,0] 1", "worked out"},
        {"edit input[0]", "new value"},
        {"edit input[0] much", "much"},
        {"edit input[0] nan", "can be set to"},
        {"edit input[0] 1e99", "can be set to"},
        {"edit label 2", "0 to 1"},
        {"edit label 0.5", "0 to 1"},
        {"edit rate 0", "above 0"},
        {"edit rate -1", "above 0"},
        {"label x", "number"},
        {"undo", "no edit"},
        {"redo", "no undone"},
        {"rate", "learning rate"},
        {"rate 0", "above 0"},
        {"rate 1e-99", "above 0"},
        {"optimizer adamm", "adam"},
        {"train", "epochs"},
        {"train 0", "epochs"},
        {"train 1.5", "epochs"},
        {"pause", "no training"},
        {"resume", "no training"},
        {"stop", "no training"},
        {"draw", "points"},
        {"draw 0.5", "X,Y"},
        {"draw 0.5,2", "0 to 1"},
        {"draw 0.5,0.5 nan,0", "X,Y"},
        {"erase 1", "X,Y"},
        {"pen 1", "2 to 90"},
        {"turn 400", "400"},
        {"turn upside", "degrees"},
        {"shift 3", "down"},
        {"centre maybe", "on or off"},
        {"unkeep 0", "no drawing"},
        {"recall 0", "no drawing"},
        {"clear all", "all"},
        {"theme pink", "pink"},
        {"setting", "a setting"},
        {"setting digits", "value"},
        {"setting digits 7", "2 to 6"},
        {"setting colour red", "there is no setting"},
        {"setting digits 4 5", "to end"},
        {"zoom 79", "80 to 250"},
        {"zoom 251", "80 to 250"},
        {"show Network", "small letters"},
        {"save weights.bin", ".net"},
        {"save /dev/null/a.net", ""},
        {"save-trace out.txt", ".npz"},
        {"assert out[0] 7 0.1", "expected 7"},
        {"assert out[0] 7", "tolerance"},
        {"assert out[0] 7 -1", "tolerance"},
        {"run now", "now"},
        {"inspect now", "now"},
        {"restart now", "now"},
        {"place 1", "place"},
    };
    for (size_t i = 0; i < sizeof garbled / sizeof *garbled; i++)
        refused(s, garbled[i][0], garbled[i][1]);
    session_destroy(s);
}
END_TEST

START_TEST(counts_and_remembers_commands)
{
    struct session *s = open_moons();
    must(s, "  sample 2  # the third");
    ck_assert_str_eq(session_last_command(s), "sample 2");
    ck_assert_uint_eq(session_command_count(s), 1);
    must(s, "");
    must(s, "# only a comment");
    ck_assert_uint_eq(session_command_count(s), 1);
    ck_assert_str_eq(session_last_command(s), "sample 2");
    struct err err = {0};
    ck_assert(session_commandf(s, &err, "sample %d", 5));
    ck_assert_int_eq(session_snapshot(s)->sample, 5);
    session_destroy(s);
}
END_TEST

START_TEST(lists_its_commands)
{
    int n = 0;
    for (const struct command_info *c; (c = session_command_list(n)) != NULL; n++)
        ck_assert_msg(strncmp(c->usage, c->name, strlen(c->name)) == 0, "%s", c->name);
    ck_assert_int_gt(n, 30);
    ck_assert_ptr_null(session_command_list(-1));
}
END_TEST

START_TEST(shows_samples)
{
    struct session *s = open_moons();
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_int_eq(shot->sample, 0);
    must(s, "sample previous");
    ck_assert_int_eq(session_snapshot(s)->sample, 47);
    must(s, "sample next");
    ck_assert_int_eq(session_snapshot(s)->sample, 0);
    must(s, "sample 3,5,8");
    shot = session_snapshot(s);
    ck_assert_int_eq(shot->trace->n, 3);
    ck_assert_int_eq(shot->sample, 3);
    for (int i = 0; i < 2; i++) {
        char name[32];
        snprintf(name, sizeof name, "input[%d]@2", i);
        ck_assert(value(s, name) == (double)dataset_x(shot->data, 8)[i]);
    }
    must(s, "place 2");
    ck_assert_int_eq(session_snapshot(s)->sample, 8);
    must(s, "sample next");
    ck_assert_int_eq(session_snapshot(s)->trace->samples[0], 6);
    must(s, "sample 1");
    ck_assert_int_eq(session_snapshot(s)->view_sample, 0);
    session_destroy(s);
}
END_TEST

START_TEST(other_data_and_none)
{
    struct session *s = open_text(moons_net, NULL);
    ck_assert_ptr_null(session_snapshot(s)->trace);
    refused(s, "step", "no sample");
    refused(s, "sample 0", "no data");
    refused(s, "train 1", "no data");
    must(s, "data circles:n=40");
    ck_assert_ptr_nonnull(session_snapshot(s)->trace);
    ck_assert_str_eq(session_snapshot(s)->data->name, "circles");
    refused(s, "data sine", "");
    ck_assert_str_eq(session_snapshot(s)->data->name, "circles");
    session_destroy(s);
}
END_TEST

START_TEST(a_net_that_does_not_fit_is_refused)
{
    struct err err = {0};
    struct session *s = session_create();
    struct net *net = net_parse("input 3\ndense 2 softmax\nloss cross-entropy\n", NULL, &err);
    ck_assert(!session_open(s, net, open_data(moons_data), &err));
    ck_assert(err_any(&err));
    ck_assert_ptr_null(session_snapshot(s)->net);
    session_destroy(s);
}
END_TEST

START_TEST(without_a_loss_there_is_forward_alone)
{
    struct session *s = open_text("input 2\nout dense 2 tanh\n", moons_data);
    refused(s, "phase backward", "no loss line");
    refused(s, "train 1", "no loss");
    refused(s, "run", "no loss");
    must(s, "phase forward");
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_int_eq(shot->cursor.cell, shot->steps->cells);
    session_destroy(s);
}
END_TEST

START_TEST(saves_and_opens_the_same_bits)
{
    char folder[] = "/tmp/glassnet-session-XXXXXX", path[64], line[128];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a b.net", folder);
    struct session *s = open_moons();
    must(s, "edit hidden.W[1,0] 0.3");
    float *kept = malloc(sizeof *kept * session_snapshot(s)->net->param_count);
    size_t bytes = sizeof *kept * session_snapshot(s)->net->param_count;
    memcpy(kept, session_snapshot(s)->net->params, bytes);
    snprintf(line, sizeof line, "save %s", path);
    must(s, line);
    ck_assert_str_eq(session_snapshot(s)->title, "a b.net");
    must(s, "edit hidden.W[1,0] 9");
    snprintf(line, sizeof line, "open %s", path);
    must(s, line);
    ck_assert_mem_eq(session_snapshot(s)->net->params, kept, bytes);
    ck_assert_str_eq(session_snapshot(s)->view, "network");
    free(kept);
    session_destroy(s);
    snprintf(line, sizeof line, "%s/a b.safetensors", folder);
    unlink(line);
    unlink(path);
    rmdir(folder);
}
END_TEST

/* The rest of the text stays as it was; options of the old optimiser go. */
START_TEST(saving_keeps_changed_settings)
{
    char folder[] = "/tmp/glassnet-session-XXXXXX", path[64], line[128];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.net", folder);
    struct session *s = open_text("# mine\ninput 2\nout dense 2 softmax # two\n"
                                  "loss cross-entropy\n"
                                  "train momentum mu=0.8 rate=0.5 batch=8  # fast\n\n# end\n",
                                  moons_data);
    must(s, "rate 0.025");
    snprintf(line, sizeof line, "save %s", path);
    must(s, line);
    ck_assert_str_eq(net_text(session_snapshot(s)->net),
                     "# mine\ninput 2\nout dense 2 softmax # two\nloss cross-entropy\n"
                     "train momentum rate=0.025 mu=0.8 batch=8  # fast\n\n# end\n");
    must(s, "optimizer sgd");
    must(s, "batch 12");
    must(s, "regularise l2 0.25");
    must(s, line);
    snprintf(line, sizeof line, "open %s", path);
    must(s, line);
    const struct net *net = session_snapshot(s)->net;
    ck_assert_ptr_nonnull(strstr(net_text(net), "train sgd rate=0.025 batch=12 l2=0.25  # fast\n"));
    ck_assert_int_eq(net->train.optimiser, OPT_SGD);
    ck_assert(net->train.rate == 0.025f);
    session_destroy(s);
    snprintf(line, sizeof line, "%s/a.safetensors", folder);
    unlink(line);
    unlink(path);
    rmdir(folder);
}
END_TEST

START_TEST(opens_a_net_whose_data_is_missing_and_says_so)
{
    char folder[] = "/tmp/glassnet-session-XXXXXX", path[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.net", folder);
    FILE *f = fopen(path, "w");
    fprintf(f, "%sdata gone.csv\n", moons_net);
    fclose(f);
    struct session *s = session_create();
    struct err err = {0};
    ck_assert_msg(session_commandf(s, &err, "open %s", path), "%s", err.message);
    ck_assert_ptr_nonnull(session_snapshot(s)->net);
    ck_assert_ptr_null(session_snapshot(s)->trace);
    ck_assert_ptr_nonnull(strstr(session_snapshot(s)->notice, "gone.csv"));
    must(s, "data moons");
    ck_assert_str_eq(session_snapshot(s)->notice, "");
    session_destroy(s);
    unlink(path);
    rmdir(folder);
}
END_TEST

START_TEST(screen_settings)
{
    struct session *s = session_create();
    uint64_t revision = session_snapshot(s)->revision;
    must(s, "theme board");
    must(s, "zoom 150");
    must(s, "show train");
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_str_eq(shot->theme, "board");
    ck_assert_int_eq(shot->zoom, 150);
    ck_assert_str_eq(shot->view, "train");
    ck_assert_uint_eq(shot->revision, revision + 3);
    session_destroy(s);
}
END_TEST

/* σ by hand: two inputs of weight 0 and a bias of 0 leave z = 0, so both classes have 1/2 and the
 * loss is ln 2 = 0.693147. */
START_TEST(asserts_values)
{
    struct session *s =
        open_text("input 2\nout dense 2 softmax init=zeros\nloss cross-entropy\n", moons_data);
    must(s, "assert out[0] 0.5 1e-7");
    must(s, "assert loss 0.693147 1e-6");
    refused(s, "assert loss 0.69 1e-3", "0.693147");
    session_destroy(s);
}
END_TEST

Suite *test_session(void)
{
    Suite *suite = suite_create("session");
    TCase *c = tcase_create("session");
    tcase_add_test(c, begins_with_nothing_open);
    tcase_add_test(c, refuses_everything_malformed);
    tcase_add_test(c, counts_and_remembers_commands);
    tcase_add_test(c, lists_its_commands);
    tcase_add_test(c, shows_samples);
    tcase_add_test(c, other_data_and_none);
    tcase_add_test(c, a_net_that_does_not_fit_is_refused);
    tcase_add_test(c, without_a_loss_there_is_forward_alone);
    tcase_add_test(c, saves_and_opens_the_same_bits);
    tcase_add_test(c, saving_keeps_changed_settings);
    tcase_add_test(c, opens_a_net_whose_data_is_missing_and_says_so);
    tcase_add_test(c, screen_settings);
    tcase_add_test(c, asserts_values);
    suite_add_tcase(suite, c);
    return suite;
}
