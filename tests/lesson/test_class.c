/* A class: everybody's progress in one table, whatever state their files are in. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/folder.h"
#include "glassnet/lesson/progress.h"
#include "support/temporary.h"

Suite *test_class(void);

static void learn(const char *learner, const char *lesson, int done)
{
    struct lesson_progress p;
    struct err err = {0};
    ck_assert_msg(lesson_progress_load(&p, temporary_folder(), learner, &err), "%s", err.message);
    if (lesson)
        lesson_progress_note(&p, lesson, 2, 8, done, 9, done == 9);
    ck_assert(lesson_progress_save(&p, &err));
    lesson_progress_deinit(&p);
}

static void is_table(const struct lesson_class *c, const char *wanted)
{
    struct err err = {0};
    size_t size;
    ck_assert_msg(lesson_class_export(c, temporary_path("class.csv"), &err), "%s", err.message);
    char *csv = file_read(temporary_path("class.csv"), 10000, &size, &err);
    ck_assert_ptr_nonnull(csv);
    ck_assert_str_eq(csv, wanted);
    free(csv);
}

#define HEAD "learner,lesson,page,pages,tasks done,tasks,finished,quiz right,quiz of,quiz day\n"

START_TEST(a_row_for_each_learner_and_lesson)
{
    static const char *const ben[] = {"Ben"}, *const nobody[] = {"Ben", "Nobody"};
    struct lesson_class c;
    struct err err = {0};
    learn("Ben", "02-two", 9);
    learn("Ada", "01-one", 3);
    learn("Ben", "01-one", 4);
    learn("Zo\u00eb", NULL, 0); /* has begun nothing: there, without a row */
    ck_assert(lesson_class_load(&c, temporary_folder(), NULL, 0, &err));
    ck_assert_int_eq(c.count, 3); /* nobody without a name */
    ck_assert_str_eq(c.learners[2].learner, "Zo\u00eb");
    ck_assert_str_eq(c.warning, "");
    is_table(&c, HEAD "\"Ada\",\"01-one\",3,8,3,9,no,,,\n"
                      "\"Ben\",\"02-two\",3,8,9,9,yes,,,\n"
                      "\"Ben\",\"01-one\",3,8,4,9,no,,,\n");
    lesson_class_deinit(&c);
    learn("", "01-one", 1);
    ck_assert(lesson_class_load(&c, temporary_folder(), NULL, 0, &err));
    ck_assert_int_eq(c.count, 4);
    ck_assert_str_eq(c.learners[0].learner, "");
    lesson_class_deinit(&c);
    ck_assert(lesson_class_load(&c, temporary_folder(), ben, 1, &err));
    ck_assert_int_eq(c.count, 1);
    lesson_class_deinit(&c);
    ck_assert(!lesson_class_load(&c, temporary_folder(), nobody, 2, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "Nobody"));
}
END_TEST

/* What is damaged is told and left as it is: looking changes nothing. */
START_TEST(a_damaged_file_stays)
{
    struct lesson_class c;
    struct folder before, after;
    struct err err = {0};
    learn("Ada", "01-one", 3);
    temporary_text("Ben.progress", "glassnet progress 1\n1 8 2 9 begun 01-one\nwhat?\n");
    ck_assert(folder_read(&before, temporary_folder(), &err));
    ck_assert(lesson_class_load(&c, temporary_folder(), NULL, 0, &err));
    ck_assert(folder_read(&after, temporary_folder(), &err));
    ck_assert_int_eq(c.count, 2);
    ck_assert_ptr_nonnull(strstr(c.warning, "Ben.progress"));
    ck_assert_int_eq(c.learners[1].count, 1);
    ck_assert_int_eq(after.count, before.count);
    folder_deinit(&before);
    folder_deinit(&after);
    lesson_class_deinit(&c);
    ck_assert(lesson_class_load(&c, "/dev/null/none", NULL, 0, &err));
    ck_assert_int_eq(c.count, 0);
    lesson_class_deinit(&c);
}
END_TEST

Suite *test_class(void)
{
    Suite *s = suite_create("lesson/class");
    TCase *t = tcase_create("class");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, a_row_for_each_learner_and_lesson);
    tcase_add_test(t, a_damaged_file_stays);
    suite_add_tcase(s, t);
    return s;
}
