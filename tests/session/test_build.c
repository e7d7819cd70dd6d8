/* Building: the text and its blocks are one, what does not fit says why, nothing typed is lost. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/session/session.h"
#include "support/temporary.h"

static void run(struct session *s, const char *line)
{
    struct err err = {0};
    ck_assert_msg(session_command(s, line, &err), "%s: %s", line, err.message);
}

static void ck_refuses(struct session *s, const char *line, const char *part)
{
    struct err err = {0};
    ck_assert_msg(!session_command(s, line, &err), "%s was taken", line);
    ck_assert_msg(strstr(err.message, part) != NULL, "%s: %s", line, err.message);
}

static const struct build_view *built(struct session *s)
{
    return session_snapshot(s)->build;
}

static void ck_line(struct session *s, int line, const char *expected)
{
    struct text rest = text_of(built(s)->text), found = {"", 0};
    for (int i = 0; i < line; i++)
        found = text_next_line(&rest);
    ck_assert_msg(text_is(found, expected), "line %d is \"%.*s\", expected \"%s\"", line,
                  (int)found.n, found.p, expected);
}

/* Every value of every block written back gives the text back, byte for byte. */
START_TEST(shipped_networks_round_trip)
{
    static const char *const files[] = {"digits-cnn", "digits8", "moons"};
    static const char *const keys[] = {"name",   "sizes",  "units",    "kernel", "activation",
                                       "stride", "rate",   "loss",     "data",   "optimiser",
                                       "mu",     "epochs", "schedule", "seed"};
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        struct session *s = session_create();
        char line[400], path[200];
        size_t size;
        snprintf(path, sizeof path, "data/networks/%s.net", files[f]);
        char *text = file_read(path, 1 << 16, &size, NULL);
        snprintf(line, sizeof line, "build file %s", path);
        run(s, line);
        ck_assert_str_eq(built(s)->fault, "");
        ck_assert_str_eq(built(s)->text, text);
        for (int i = 0; i < built(s)->block_count; i++)
            for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
                struct build_block b = built(s)->blocks[i];
                struct block_words w = block_read(b.text);
                struct text value = block_value(&w, keys[k]);
                if (value.n == 0)
                    continue;
                snprintf(line, sizeof line, "build set %d %s %.*s", b.line, keys[k], (int)value.n,
                         value.p);
                run(s, line);
            }
        ck_assert_str_eq(built(s)->text, text);
        ck_assert(!built(s)->can_undo);
        struct net *net = net_parse(text, NULL, NULL);
        ck_assert_int_eq(built(s)->outline->layer_count, net->layer_count);
        ck_assert_uint_eq(net_trained(built(s)->outline), net_trained(net));
        net_destroy(net);
        free(text);
        session_destroy(s);
    }
}
END_TEST

START_TEST(blocks_change_the_text)
{
    struct session *s = session_create();
    run(s, "build template mlp");
    ck_line(s, 3, "hidden  dense 4 tanh");
    run(s, "build set 3 units 7");
    ck_line(s, 3, "hidden  dense 7 tanh");
    run(s, "build set 3 activation relu");
    run(s, "build set 3 init he_normal");
    run(s, "build set 3 frozen on");
    ck_line(s, 3, "hidden  dense 7 relu init=he_normal frozen");
    run(s, "build set 3 init");
    run(s, "build set 3 frozen -");
    run(s, "build set 3 activation");
    ck_line(s, 3, "hidden  dense 7");
    run(s, "build set 3 bias 0.1");
    run(s, "build set 3 activation tanh");
    ck_line(s, 3, "hidden  dense 7 tanh bias=0.1");
    run(s, "build duplicate 3");
    ck_line(s, 4, "hidden_2  dense 7 tanh bias=0.1");
    run(s, "build set 4 name");
    ck_line(s, 4, "dense 7 tanh bias=0.1");
    run(s, "build set 4 name middle");
    ck_line(s, 4, "middle dense 7 tanh bias=0.1");
    run(s, "build move 4 up");
    ck_line(s, 3, "middle dense 7 tanh bias=0.1");
    ck_assert_int_eq(built(s)->selected, 3);
    run(s, "build remove 3");
    run(s, "build select 3");
    run(s, "build add dropout");
    ck_line(s, 4, "dropout 0.5");
    ck_assert_int_eq(built(s)->selected, 4);
    run(s, "build set 4 rate 0.25");
    ck_line(s, 4, "dropout 0.25");
    run(s, "build set 6 loss squared-error");
    run(s, "build set 7 data circles:n=100");
    run(s, "build set 8 optimiser adam");
    run(s, "build set 8 rate 0.002");
    ck_line(s, 8, "train   adam rate=0.002 batch=10 epochs=30");
    ck_assert_str_eq(built(s)->fault, "");
    session_destroy(s);
}
END_TEST

START_TEST(comments_stay)
{
    struct session *s = session_create();
    run(s, "build lines 1 0 input 4\\nh dense 3 relu  \\h three of them\\n\\n\\h here\\nout dense "
           "2\\n");
    run(s, "build set 2 units 5");
    ck_line(s, 2, "h dense 5 relu  # three of them");
    run(s, "build set 2 activation");
    ck_line(s, 2, "h dense 5  # three of them");
    run(s, "build set 2 bias 1");
    ck_line(s, 2, "h dense 5 bias=1  # three of them");
    run(s, "build move 2 down");
    ck_line(s, 2, "out dense 2");
    ck_line(s, 4, "# here");
    ck_line(s, 5, "h dense 5 bias=1  # three of them");
    session_destroy(s);
}
END_TEST

/* Each says why, in its line, and what stands above it keeps its shapes. */
START_TEST(what_does_not_fit_says_why)
{
    static const struct {
        const char *change, *sentence;
        int line, layers;
    } cases[] = {
        {"build remove 7", "dense reads a vector, but pool2 gives 4 × 4 × 16", 7, 5},
        {"build set 3 kernel 40x40", "40", 3, 1},
        {"build set 8 activation relu", "", 9, 7},
        {"build set 8 units 0", "the number of units is '0'", 8, 6},
        {"build lines 5 1 conv2 convv 3\\n", "unknown kind of layer 'convv'", 5, 3},
        {"build remove 2", "found conv2d before any input", 2, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct session *s = session_create();
        run(s, "build template cnn");
        run(s, cases[i].change);
        const struct build_view *b = built(s);
        ck_assert_msg(strstr(b->fault, cases[i].sentence) && b->fault[0], "%s: \"%s\"",
                      cases[i].change, b->fault);
        ck_assert_msg(b->fault_line == cases[i].line, "%s: line %d, %s", cases[i].change,
                      b->fault_line, b->fault);
        int layers = 0, faulty = 0;
        for (int k = 0; k < b->block_count; k++) {
            layers += b->blocks[k].layer >= 0;
            faulty += b->blocks[k].faulty;
        }
        ck_assert_msg(layers >= cases[i].layers, "%s: %d layers", cases[i].change, layers);
        ck_assert_int_eq(faulty, 1);
        ck_refuses(s, "build open", "line ");
        run(s, "build undo");
        ck_assert_str_eq(built(s)->fault, "");
        session_destroy(s);
    }
}
END_TEST

START_TEST(undo_takes_back_changes_and_typing_as_one)
{
    struct session *s = session_create();
    run(s, "build template logistic");
    char *first = strdup(built(s)->text);
    run(s, "build lines 3 1 out     dense 1\\n");
    run(s, "build lines 3 1 out     dense 12\\n");
    run(s, "build lines 3 1 out     dense 12 tanh\\n");
    run(s, "build add dropout 2");
    run(s, "show build");
    run(s, "undo"); /* of what is shown */
    ck_line(s, 3, "out     dense 12 tanh");
    run(s, "undo");
    ck_assert_str_eq(built(s)->text, first);
    run(s, "redo");
    run(s, "build redo");
    ck_line(s, 3, "dropout 0.5");
    ck_refuses(s, "build redo", "there is no change of the text to make again");
    free(first);
    session_destroy(s);
}
END_TEST

/* More changes than are kept: the oldest are forgotten, all others are still undone. */
START_TEST(the_oldest_changes_are_forgotten)
{
    enum { CHANGES = 210, KEPT = 200 };
    struct session *s = session_create();
    run(s, "build template logistic");
    int first = built(s)->block_count;
    for (int i = 0; i < CHANGES; i++)
        run(s, "build add dropout 2");
    for (int i = 1; i <= KEPT; i++) {
        run(s, "build undo");
        ck_assert_int_eq(built(s)->block_count, first + CHANGES - i);
    }
    ck_refuses(s, "build undo", "there is no change of the text to take back");
    session_destroy(s);
}
END_TEST

START_TEST(it_opens_with_a_fresh_start)
{
    struct session *s = session_create();
    run(s, "open data/networks/moons.net");
    run(s, "build template regression");
    run(s, "build set 3 units 5");
    run(s, "build open");
    const struct snapshot *snap = session_snapshot(s);
    ck_assert_int_eq(snap->net->layers[1].units, 5);
    ck_assert_ptr_nonnull(snap->trace);
    ck_assert_str_eq(snap->title, "untitled");
    ck_assert_int_eq((int)snap->step, 0);
    run(s, "build set 6 data digits"); /* it does not fit: the network opens, and says so */
    run(s, "build open");
    ck_assert_ptr_nonnull(session_snapshot(s)->net);
    ck_assert(session_snapshot(s)->notice[0] != 0);
    session_destroy(s);
}
END_TEST

START_TEST(it_is_saved_as_typed)
{
    struct session *s = session_create();
    char line[400], path[300];
    size_t size;
    snprintf(path, sizeof path, "%s", temporary_text("mine.net", "input 2\n"));
    run(s, "build template residual");
    run(s, "build set 3 units"); /* not whole: it is kept all the same */
    snprintf(line, sizeof line, "build save %s", path);
    run(s, line);
    char *text = file_read(path, 1 << 16, &size, NULL);
    ck_assert_str_eq(text, built(s)->text);
    free(text);
    session_destroy(s);
}
END_TEST

START_TEST(refusals_say_what_is_expected)
{
    struct session *s = session_create();
    run(s, "build template mlp");
    ck_refuses(s, "build template big", "there is no template \"big\"");
    ck_refuses(s, "build add lstm", "there is no block \"lstm\"");
    ck_refuses(s, "build remove 99", "a whole number from 1 to 7");
    ck_refuses(s, "build remove 1", "there is no block in line 1");
    ck_refuses(s, "build move 2 up", "there is no block above it");
    ck_refuses(s, "build move 2 aside", "expected to be up or down");
    ck_refuses(s, "build lines 1 9 a\\n", "how many lines");
    ck_refuses(s, "build lines 1 1 a\\q", "a \\ is followed by");
    ck_refuses(s, "build save mine.txt", "expected to end in .net");
    ck_refuses(s, "build from-open", "no network is open");
    ck_refuses(s, "build fly", "nothing that can be built with");
    session_destroy(s);
}
END_TEST

Suite *test_build(void);
Suite *test_build(void)
{
    Suite *s = suite_create("build");
    TCase *t = tcase_create("build");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, shipped_networks_round_trip);
    tcase_add_test(t, blocks_change_the_text);
    tcase_add_test(t, comments_stay);
    tcase_add_test(t, what_does_not_fit_says_why);
    tcase_add_test(t, undo_takes_back_changes_and_typing_as_one);
    tcase_add_test(t, the_oldest_changes_are_forgotten);
    tcase_add_test(t, it_opens_with_a_fresh_start);
    tcase_add_test(t, it_is_saved_as_typed);
    tcase_add_test(t, refusals_say_what_is_expected);
    suite_add_tcase(s, t);
    return s;
}
