/* What becomes of files that are dropped or opened: each kind, and what is said. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/picture.h"
#include "glassnet/view/file_kind.h"
#include "support/temporary.h"

static struct core *open_core(const char *file)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    if (file)
        ck_assert_msg(core_open(c, file, &err), "%s", err.message);
    core_settle(c);
    return c;
}

static void drop(struct core *c, const char *path)
{
    char line[1200];
    struct err err = {0};
    snprintf(line, sizeof line, "drop %s", path);
    ck_assert_msg(script_run_line(c, line, &err), "%s", err.message);
}

static const struct snapshot *now(struct core *c)
{
    return session_snapshot(c->session);
}

static void said(struct core *c, bool error, const char *words)
{
    ck_assert_msg(c->screen.toast_is_error == error && strstr(c->screen.toast, words), "%s",
                  c->screen.toast);
}

/* A bright stroke on dark, side x side. */
static const char *write_picture(const char *name, int side)
{
    uint32_t pixels[64 * 64];
    struct err err = {0};
    for (int i = 0; i < side * side; i++)
        pixels[i] = i % side == side / 2 ? 0xffffffff : 0xff000000;
    const char *path = temporary_text(name, "");
    ck_assert_msg(picture_write_png(path, pixels, side, side, &err), "%s", err.message);
    return path;
}

START_TEST(kinds_are_told_by_names)
{
    char spec[200];
    ck_assert_int_eq(file_kind_of("a/b.NET"), FILE_NETWORK);
    ck_assert_int_eq(file_kind_of("b.jpeg"), FILE_PICTURE);
    ck_assert_int_eq(file_kind_of("b.gns"), FILE_RUN);
    ck_assert_int_eq(file_kind_of("b.txt"), FILE_OTHER);
    ck_assert_int_eq(file_kind_of("x-images-idx3-ubyte.gz"), FILE_IDX);
    ck_assert_str_eq(file_data_spec("d/my-images-idx3-ubyte.gz", spec, sizeof spec), "d/my");
    ck_assert_str_eq(file_data_spec("d/train-labels-idx1-ubyte", spec, sizeof spec), "d");
    ck_assert_str_eq(file_data_spec("d/t.csv", spec, sizeof spec), "d/t.csv");
}
END_TEST

START_TEST(a_network_opens_and_a_lesson_plays)
{
    struct core *c = open_core(NULL);
    drop(c, "data/networks/moons.net");
    ck_assert_str_eq(now(c)->title, "moons.net");
    ck_assert_str_ne(now(c)->view, "home");
    drop(c, "lessons/01-one-neuron.md");
    ck_assert_ptr_nonnull(c->player);
    core_destroy(c);
}
END_TEST

START_TEST(a_picture_becomes_the_input)
{
    struct core *c = open_core("data/networks/digits-cnn.net");
    drop(c, write_picture("one.png", 40));
    said(c, false, "one.png is the input now; the network reads ");
    ck_assert_int_eq(now(c)->sample, -1);
    ck_assert_str_eq(now(c)->picture, "one.png");
    ck_assert(script_shows(c, "one.png"));
    ck_assert(now(c)->probabilities != NULL);
    struct err err = {0};
    ck_assert(core_command(c, "sample 3", &err)); /* and away again */
    ck_assert_str_eq(now(c)->picture, "");
    drop(c, temporary_text("bad.png", "no picture"));
    ck_assert(c->screen.toast_is_error);
    ck_assert_int_eq(now(c)->sample, 3);
    core_destroy(c);
    c = open_core("data/networks/moons.net");
    drop(c, write_picture("one.png", 40));
    said(c, true, "no picture");
    core_destroy(c);
}
END_TEST

START_TEST(a_table_becomes_the_data_set)
{
    struct core *c = open_core("data/networks/moons.net");
    drop(c, temporary_text("mine.csv", "x,y,label\n0.5,1,0\n0.25,-1,1\n1,1,0\n"));
    said(c, false, "mine.csv is the data set now: 3 samples.");
    ck_assert_int_eq(now(c)->data->n, 3);
    drop(c, temporary_text("three.csv", "x,y,z,label\n1,2,3,0\n4,5,6,1\n"));
    ck_assert(c->screen.toast_is_error);
    ck_assert_int_eq(now(c)->data->n, 3);
    core_destroy(c);
}
END_TEST

START_TEST(a_folder_of_pictures_becomes_the_data_set)
{
    struct core *c = open_core("data/networks/digits8.net");
    char name[64];
    for (int i = 0; i < 10; i++) {
        snprintf(name, sizeof name, "set/%d/a.png", i);
        write_picture(name, 8);
    }
    drop(c, temporary_path("set"));
    said(c, false, "set is the data set now: 10 samples.");
    core_destroy(c);
}
END_TEST

START_TEST(idx_files_become_the_data_set)
{
    struct core *c = open_core("data/networks/digits8.net");
    drop(c, "data/digits8-test-images-idx3-ubyte.gz");
    said(c, false, "is the data set now");
    core_destroy(c);
}
END_TEST

START_TEST(what_cannot_be_taken_is_said)
{
    struct core *c = open_core(NULL);
    drop(c, write_picture("one.png", 8));
    said(c, true, "open a network first");
    drop(c, temporary_text("notes.txt", "hello"));
    said(c, true, "expected a network (.net)");
    drop(c, temporary_path("nowhere.csv"));
    said(c, true, "is not there");
    drop(c, temporary_path("nowhere.net"));
    ck_assert(c->screen.toast_is_error);
    ck_assert_ptr_null(now(c)->net);
    core_destroy(c);
}
END_TEST

/* With nothing open that could take it, it is looked through. */
START_TEST(a_table_alone_is_data_of_ones_own)
{
    struct core *c = open_core(NULL);
    drop(c, temporary_text("mine.csv", "x,y,label\n1,2,0\n"));
    session_wait(c->session);
    ck_assert_str_eq(now(c)->view, "data");
    ck_assert_ptr_nonnull(now(c)->own->survey);
    core_destroy(c);
}
END_TEST

Suite *test_take(void);
Suite *test_take(void)
{
    Suite *s = suite_create("take");
    TCase *t = tcase_create("take");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, kinds_are_told_by_names);
    tcase_add_test(t, a_network_opens_and_a_lesson_plays);
    tcase_add_test(t, a_picture_becomes_the_input);
    tcase_add_test(t, a_table_becomes_the_data_set);
    tcase_add_test(t, a_folder_of_pictures_becomes_the_data_set);
    tcase_add_test(t, idx_files_become_the_data_set);
    tcase_add_test(t, what_cannot_be_taken_is_said);
    tcase_add_test(t, a_table_alone_is_data_of_ones_own);
    suite_add_tcase(s, t);
    return s;
}
