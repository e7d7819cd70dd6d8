#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "glassnet/base/file.h"
#include "glassnet/lesson/progress.h"

Suite *test_lesson_progress(void);

static char folder[] = "/tmp/glassnet-progress-XXXXXX";
static char inside[200];

static void make_folder(void)
{
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(inside, sizeof inside, "%s/new/progress", folder);
}

static void remove_folder(void)
{
    char command[300];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static struct lesson_progress load(const char *learner)
{
    struct lesson_progress p;
    struct err err = {0};
    ck_assert_msg(lesson_progress_load(&p, inside, learner, &err), "%s", err.message);
    return p;
}

START_TEST(places_are_kept)
{
    struct lesson_progress p = load("Ada L.");
    ck_assert_int_eq(p.count, 0);
    ck_assert_ptr_null(lesson_progress_find(&p, "01-one-neuron"));
    lesson_progress_note(&p, "01-one-neuron", 3, 11, 5, 12, false);
    lesson_progress_note(&p, "a lesson with blanks", 0, 2, 0, 1, false);
    ck_assert(lesson_progress_save(&p, NULL));
    lesson_progress_deinit(&p);

    p = load("Ada L.");
    ck_assert_str_eq(p.warning, "");
    const struct lesson_place *place = lesson_progress_find(&p, "01-one-neuron");
    ck_assert_ptr_nonnull(place);
    ck_assert_int_eq(place->page, 3);
    ck_assert_int_eq(place->pages, 11);
    ck_assert_int_eq(place->done, 5);
    ck_assert_int_eq(place->tasks, 12);
    ck_assert(!place->finished);
    ck_assert_ptr_nonnull(lesson_progress_find(&p, "a lesson with blanks"));
    lesson_progress_deinit(&p);
}
END_TEST

START_TEST(what_was_done_stays_done)
{
    struct lesson_progress p = load(NULL);
    lesson_progress_note(&p, "x", 9, 10, 8, 8, true);
    lesson_progress_note(&p, "x", 0, 10, 0, 8, false); /* begun again */
    const struct lesson_place *place = lesson_progress_find(&p, "x");
    ck_assert_int_eq(place->page, 0);
    ck_assert_int_eq(place->done, 8);
    ck_assert(place->finished);
    ck_assert_int_eq(p.count, 1);
    lesson_progress_deinit(&p);
}
END_TEST

START_TEST(learners_do_not_share_a_file)
{
    static const char *const names[] = {"", "ada", "Ada", "a/b", "a.b", "../x", "Łucja", "a b"};
    enum { N = sizeof names / sizeof *names };
    char paths[N][1200];
    for (int i = 0; i < N; i++) {
        struct lesson_progress p = load(names[i]);
        snprintf(paths[i], sizeof paths[i], "%s", p.path);
        ck_assert(strncmp(p.path, inside, strlen(inside)) == 0);
        ck_assert_ptr_null(strchr(p.path + strlen(inside) + 1, '/')); /* stays in the folder */
        for (int k = 0; k < i; k++)
            ck_assert_str_ne(paths[i], paths[k]);
        lesson_progress_deinit(&p);
    }
}
END_TEST

START_TEST(a_garbled_file_is_kept_aside)
{
    static const char garbled[] = "glassnet progress 1\n2 5 1 3 begun good\n9 5 1 3 begun bad\n"
                                  "1 2 three\n\x01\xFF\n";
    struct lesson_progress p = load("x");
    struct err err = {0};
    ck_assert(file_write(p.path, garbled, sizeof garbled - 1, &err));
    lesson_progress_deinit(&p);

    p = load("x");
    ck_assert_str_eq(p.warning, "The progress file x.progress was damaged (3 lines); what could be "
                                "read is used, and the damaged file is kept as "
                                "x.progress.garbled-1.");
    ck_assert_int_eq(p.count, 1);
    ck_assert_int_eq(lesson_progress_find(&p, "good")->page, 2);
    ck_assert(lesson_progress_save(&p, &err));
    char aside[1300];
    size_t size;
    snprintf(aside, sizeof aside, "%s.garbled-1", p.path);
    char *kept = file_read(aside, 10000, &size, &err);
    ck_assert_ptr_nonnull(kept);
    ck_assert_uint_eq(size, sizeof garbled - 1);
    ck_assert_mem_eq(kept, garbled, size);
    free(kept);
    lesson_progress_deinit(&p);

    p = load("x");
    ck_assert_str_eq(p.warning, ""); /* the saved one is whole again */
    lesson_progress_deinit(&p);
}
END_TEST

Suite *test_lesson_progress(void)
{
    Suite *s = suite_create("lesson_progress");
    TCase *t = tcase_create("all");
    tcase_add_checked_fixture(t, make_folder, remove_folder);
    tcase_add_test(t, places_are_kept);
    tcase_add_test(t, what_was_done_stays_done);
    tcase_add_test(t, learners_do_not_share_a_file);
    tcase_add_test(t, a_garbled_file_is_kept_aside);
    suite_add_tcase(s, t);
    return s;
}
