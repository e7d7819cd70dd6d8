/* Sessions come back from their files bit for bit; damaged ones change nothing; a save that is
 * killed half way leaves the old one. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/io/archive.h"
#include "session/fixture.h"
#include "session/state.h"
#include "support/temporary.h"

/* Everything a user could see or run on from. */
static void check_same(struct session *a, struct session *b)
{
    const struct snapshot *x = session_snapshot(a), *y = session_snapshot(b);
    size_t bytes = x->net->param_count * sizeof(float);
    ck_assert_str_eq(net_text(x->net), net_text(y->net));
    ck_assert_mem_eq(x->net->params, y->net->params, bytes);
    ck_assert_mem_eq(a->trainer->optimiser.m, b->trainer->optimiser.m, bytes);
    ck_assert_mem_eq(a->trainer->optimiser.v, b->trainer->optimiser.v, bytes);
    ck_assert_int_eq(x->step, y->step);
    ck_assert_int_eq(x->step_end, y->step_end);
    ck_assert_int_eq(x->cursor.cell, y->cursor.cell);
    ck_assert_int_eq(x->cursor.term, y->cursor.term);
    ck_assert_int_eq(x->pass, y->pass);
    ck_assert_int_eq(x->mode, y->mode);
    ck_assert_int_eq(x->grain, y->grain);
    ck_assert_int_eq(x->sample, y->sample);
    ck_assert_int_eq(x->branch, y->branch);
    ck_assert_int_eq(x->branch_count, y->branch_count);
    ck_assert(cell_equal(x->selected, y->selected));
    ck_assert_int_eq(x->net->train.optimiser, y->net->train.optimiser);
    ck_assert(x->net->train.rate == y->net->train.rate);
    ck_assert_int_eq(x->trace->n, y->trace->n);
    for (int t = 0; t < x->program->tensor_count; t++)
        ck_assert_mem_eq(trace_tensor(x->trace, t), trace_tensor(y->trace, t),
                         trace_tensor_count(x->trace, t) * sizeof(float));
    for (int i = 0; i < x->branch_count; i++) {
        ck_assert_str_eq(x->branches[i].name, y->branches[i].name);
        ck_assert_int_eq(x->branches[i].now, y->branches[i].now);
        ck_assert_int_eq(x->branches[i].end, y->branches[i].end);
        ck_assert_int_eq(x->branches[i].point_count, y->branches[i].point_count);
    }
}

/* A life: trained, changed, branched, half way through a pass. */
static struct session *lived(void)
{
    static const char *const lines[] = {"train 3",
                                        "goto-step 7",
                                        "edit hidden.W[0,1] 0.3",
                                        "rate 0.25",
                                        "goto-step 12",
                                        "optimizer adam",
                                        "goto-step 20",
                                        "fork slower",
                                        "rate 0.001",
                                        "goto-step 25",
                                        "switch 2",
                                        "run",
                                        "phase backward",
                                        "select d:out.W[1,0]",
                                        "grain term",
                                        "step 3",
                                        "hide out[0]"};
    struct session *s = open_moons();
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        must(s, lines[i]);
        session_wait(s);
    }
    session_set_note(s, "lesson 04-downhill 3");
    return s;
}

static void save(struct session *s, const char *path)
{
    struct err err = {0};
    ck_assert_msg(session_save(s, path, &err), "%s", err.message);
}

static struct session *load(const char *path)
{
    struct err err = {0};
    struct session *s = session_create();
    bool done = session_load(s, path, &err);
    ck_assert_msg(done, "%s", err.message);
    return s;
}

START_TEST(everything_comes_back)
{
    const char *path = temporary_path("life.gns");
    struct session *s = lived();
    save(s, path);
    struct session *b = load(path);
    check_same(s, b);
    ck_assert_str_eq(session_note(b), "lesson 04-downhill 3");
    ck_assert(session_is_hidden(b, s->hidden.cell[0]));
    /* and goes on the same way, backwards, over undo and in the other branch */
    static const char *const lines[] = {"step 40",       "back 80", "goto-step 3", "goto-step 18",
                                        "undo",          "undo",    "switch 2",    "goto-step 30",
                                        "goto-step end", "train 1", "goto-step 22"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        must(s, lines[i]);
        must(b, lines[i]);
        session_wait(s);
        session_wait(b);
        check_same(s, b);
    }
    session_destroy(s);
    session_destroy(b);
}
END_TEST

START_TEST(edits_of_a_sample_and_undo_come_back)
{
    const char *path = temporary_path("edits.gns");
    struct session *s = open_moons();
    must(s, "sample 3,4");
    must(s, "edit input[0]@1 0.5");
    must(s, "edit hidden.b[1] 2");
    must(s, "edit label@1 0");
    must(s, "edit input[1] -1");
    must(s, "undo");
    save(s, path);
    struct session *b = load(path);
    check_same(s, b);
    static const char *const lines[] = {"redo", "undo", "undo", "undo", "redo", "undo", "undo"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        must(s, lines[i]);
        must(b, lines[i]);
        check_same(s, b);
    }
    refused(b, "undo", "no edit");
    session_destroy(s);
    session_destroy(b);
}
END_TEST

START_TEST(a_drawing_comes_back)
{
    const char *path = temporary_path("drawing.gns");
    struct session *s =
        open_text("input 8 8 1\nflatten\ndense 10 softmax\nloss cross-entropy\n", "digits8");
    must(s, "draw 0.3,0.2 0.7,0.2 0.4,0.9");
    must(s, "label 7");
    save(s, path);
    struct session *b = load(path);
    check_same(s, b);
    ck_assert_mem_eq(s->pad, b->pad, (size_t)PAD_SIDE * PAD_SIDE);
    must(s, "clear");
    must(b, "clear");
    check_same(s, b);
    session_destroy(s);
    session_destroy(b);
}
END_TEST

/* Without a loss nothing trains, and all the rest is there. */
START_TEST(a_network_that_cannot_train)
{
    const char *path = temporary_path("forward.gns");
    struct session *s = open_text("input 2\nout dense 2 tanh\n", moons_data);
    must(s, "edit out.b[0] 1");
    must(s, "select out[0]");
    save(s, path);
    struct session *b = load(path);
    ck_assert(value(b, "out.b[0]") == 1.0);
    ck_assert(value(b, "out[0]") == value(s, "out[0]"));
    must(b, "undo");
    ck_assert(value(b, "out.b[0]") == 0.0);
    session_destroy(s);
    session_destroy(b);
}
END_TEST

/* Every byte of the file in turn is made another one: it is refused or comes back the same. */
/* The curves of runs before the present one, laid over it in the Train view. */
START_TEST(earlier_runs_come_back)
{
    const char *path = temporary_path("past.gns");
    struct session *s = open_moons();
    for (int i = 0; i < 2; i++) {
        must(s, i ? "rate 0.5" : "rate 0.125");
        must(s, "train 2");
        session_wait(s);
        must(s, "restart");
    }
    save(s, path);
    struct session *b = load(path);
    const struct snapshot *was = session_snapshot(s), *is = session_snapshot(b);
    ck_assert_int_eq(is->past_count, 2);
    for (int i = 0; i < 2; i++) {
        const struct past_info *x = &was->past[i], *y = &is->past[i];
        ck_assert_str_eq(y->name, x->name);
        ck_assert(y->settings->rate == (i ? 0.5f : 0.125f));
        ck_assert_int_gt(y->point_count, 1);
        ck_assert_int_eq(y->point_count, x->point_count);
        for (int k = 0; k < y->point_count; k++)
            ck_assert(y->points[k].loss == x->points[k].loss &&
                      y->points[k].epoch == x->points[k].epoch);
    }
    must(b, "train 1");
    session_wait(b);
    must(b, "restart"); /* and their numbers go on */
    ck_assert_str_eq(session_snapshot(b)->past[2].name, "run 3");
    must(b, "forget all");
    save(b, path);
    session_destroy(b);
    b = load(path);
    ck_assert_int_eq(session_snapshot(b)->past_count, 0);
    session_destroy(b);
    session_destroy(s);
}
END_TEST

START_TEST(damaged_files_change_nothing)
{
    const char *path = temporary_path("whole.gns"), *bad = temporary_path("bad.gns");
    size_t size;
    struct session *s = lived(), *open = open_moons();
    save(s, path);
    char *bytes = file_read(path, 1 << 24, &size, NULL);
    uint64_t revision = session_snapshot(open)->revision;
    int refusals = 0;
    for (size_t at = 0; at < size; at += 1 + size / 300) {
        struct err err = {0};
        char old = bytes[at];
        bytes[at] = (char)(old ^ 0x55);
        ck_assert(file_write(bad, bytes, at % 3 ? size : at, NULL));
        bytes[at] = old;
        if (session_load(open, bad, &err)) {
            session_destroy(open);
            open = open_moons();
            revision = session_snapshot(open)->revision;
            continue;
        }
        refusals++;
        ck_assert_msg(err.message[0], "no sentence");
        ck_assert_uint_eq(session_snapshot(open)->revision, revision);
    }
    ck_assert_int_gt(refusals, 200);
    free(bytes);
    session_destroy(s);
    session_destroy(open);
}
END_TEST

/* The session at `path` with a part's text `old` made `now` (the first such), its sums right. */
static void change_part(const char *path, const char *changed, const char *name, const char *old,
                        const char *now)
{
    static const char *const names[] = {
        "session.json", "network.net",    "params",        "inputs",         "labels",       "pad",
        "start.moment", "branch0.moment", "branch0.curve", "branch1.moment", "branch1.curve"};
    enum { NAMES = sizeof names / sizeof *names };
    struct archive_part parts[NAMES];
    struct archive *a = archive_read(path, 1 << 24, NULL);
    char *text = NULL;
    int count = 0;
    for (int i = 0; i < NAMES; i++) {
        const struct archive_part *part = archive_find(a, names[i]);
        if (!part)
            continue;
        parts[count++] = *part;
        if (strcmp(names[i], name) != 0)
            continue;
        const char *at = memmem(part->bytes, part->size, old, strlen(old));
        ck_assert_msg(at != NULL, "no %s in %s", old, name);
        size_t before = (size_t)(at - (const char *)part->bytes);
        text = mem_zalloc(part->size + strlen(now) + 1, 1);
        parts[count - 1].bytes = text;
        parts[count - 1].size = part->size - strlen(old) + strlen(now);
        memcpy(text, part->bytes, before);
        memcpy(text + before, now, strlen(now));
        memcpy(text + before + strlen(now), at + strlen(old), part->size - before - strlen(old));
    }
    ck_assert(archive_write(changed, parts, count, NULL));
    free(text);
    archive_close(a);
}

/* What a zip's sums do not find out: each of these made it hang or read where nothing is. */
START_TEST(numbers_beyond_all_are_refused)
{
    static const struct {
        const char *part, *old, *now, *what;
    } cases[] = {
        {"session.json", "\"rho\":\t0", "\"rho\":\t2143289344", "a branch"}, /* not a number */
        {"session.json", "\"rate\":\t", "\"rate\":\t2139095040, \"x\":\t", "a branch"},
        {"session.json", "\"now\":\t\"", "\"now\":\t\"99999999999", "a branch"},
        {"labels", "\x3f", "\x4f", "the numbers of the samples"}}; /* class 1 of 2 made 2^32 */
    const char *path = temporary_path("whole.gns"), *bad = temporary_path("bad.gns");
    struct session *s = open_moons(), *open = open_moons();
    must(s, "train 1");
    session_wait(s);
    must(s, "sample 0");
    must(s, "label 1");
    save(s, path);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        change_part(path, bad, cases[i].part, cases[i].old, cases[i].now);
        ck_assert_msg(!session_load(open, bad, &err), "%s", cases[i].old);
        ck_assert_msg(strstr(err.message, cases[i].what), "%s", err.message);
    }
    session_destroy(s);
    session_destroy(open);
}
END_TEST

/* The child dies (SIGXFSZ) when its file would grow past a limit: at every size there is. */
START_TEST(a_killed_save_leaves_the_old_session)
{
    const char *path = temporary_path("killed.gns");
    struct session *s = open_moons();
    struct stat before;
    save(s, path);
    must(s, "edit hidden.b[0] 5");
    stat(path, &before);
    int killed = 0;
    for (off_t most = 0; most < before.st_size + 512; most += 97) {
        pid_t child = fork();
        if (child == 0) {
            struct rlimit limit = {(rlim_t)most, (rlim_t)most};
            setrlimit(RLIMIT_FSIZE, &limit);
            signal(SIGXFSZ, SIG_DFL);
            struct err err = {0};
            _exit(session_save(s, path, &err) ? 0 : 1);
        }
        int status;
        waitpid(child, &status, 0);
        struct session *b = load(path);
        double found = value(b, "hidden.b[0]");
        bool saved = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        killed += !saved;
        ck_assert_msg(found == (saved ? 5.0 : 0.0), "at %ld bytes: %g", (long)most, found);
        session_destroy(b);
        if (saved) {
            must(s, "undo");
            save(s, path);
            must(s, "redo");
        }
    }
    ck_assert_int_gt(killed, 10);
    session_destroy(s);
}
END_TEST

START_TEST(nothing_open_is_not_saved)
{
    struct err err = {0};
    struct session *s = session_create();
    ck_assert(!session_save(s, "x.gns", &err));
    refused(s, "save-session x.gns", "open");
    session_destroy(s);
}
END_TEST

Suite *test_save(void);
Suite *test_save(void)
{
    Suite *suite = suite_create("save");
    TCase *c = tcase_create("save");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, temporary_begin, temporary_end);
    tcase_add_test(c, everything_comes_back);
    tcase_add_test(c, edits_of_a_sample_and_undo_come_back);
    tcase_add_test(c, a_drawing_comes_back);
    tcase_add_test(c, a_network_that_cannot_train);
    tcase_add_test(c, earlier_runs_come_back);
    tcase_add_test(c, damaged_files_change_nothing);
    tcase_add_test(c, numbers_beyond_all_are_refused);
    tcase_add_test(c, a_killed_save_leaves_the_old_session);
    tcase_add_test(c, nothing_open_is_not_saved);
    suite_add_tcase(suite, c);
    return suite;
}
