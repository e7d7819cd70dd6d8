/* Several learners on one machine: their names, who was last, their progress as a table. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/lesson/progress.h"
#include "support/temporary.h"

Suite *test_learners(void);

static void begin(const char *learner)
{
    struct lesson_progress p;
    struct err err = {0};
    ck_assert_msg(lesson_progress_load(&p, temporary_folder(), learner, &err), "%s", err.message);
    lesson_progress_note(&p, "01-one", 2, 8, 3, 9, false);
    ck_assert(lesson_progress_save(&p, &err));
    lesson_progress_deinit(&p);
}

START_TEST(names_come_back_as_they_were)
{
    static const char *const given[] = {"Ada", "Zo\u00eb L.", "../etc", "a b/c"};
    char names[LEARNERS_MOST][LEARNER_NAME];
    for (int i = 0; i < 4; i++)
        begin(given[i]);
    begin("");
    ck_assert_int_eq(lesson_learners(temporary_folder(), names), 4);
    for (int i = 0; i < 4; i++) {
        bool found = false;
        for (int k = 0; k < 4; k++)
            found = found || strcmp(names[k], given[i]) == 0;
        ck_assert_msg(found, "%s is missing", given[i]);
    }
    ck_assert_int_eq(lesson_learners("/dev/null/none", names), 0);
}
END_TEST

START_TEST(who_was_last)
{
    char name[LEARNER_NAME];
    struct err err = {0};
    lesson_learner_last(temporary_folder(), name);
    ck_assert_str_eq(name, "");
    ck_assert(lesson_learner_remember(temporary_folder(), "Zo\u00eb", &err));
    lesson_learner_last(temporary_folder(), name);
    ck_assert_str_eq(name, "Zo\u00eb");
    temporary_write("last-learner", "\xff\xfe\x00x", 4);
    lesson_learner_last(temporary_folder(), name);
    ck_assert_str_eq(name, "");
}
END_TEST

START_TEST(quizzes_are_kept)
{
    struct lesson_progress p;
    struct err err = {0};
    begin("Ada");
    ck_assert(lesson_progress_load(&p, temporary_folder(), "Ada", &err));
    lesson_progress_note_quiz(&p, "01-one", 2, 3, 20000);
    lesson_progress_note_quiz(&p, "77-never-begun", 1, 3, 20000);
    ck_assert(lesson_progress_save(&p, &err));
    lesson_progress_deinit(&p);
    ck_assert(lesson_progress_load(&p, temporary_folder(), "Ada", &err));
    ck_assert_str_eq(p.warning, "");
    ck_assert_int_eq(p.count, 1);
    const struct lesson_place *place = lesson_progress_find(&p, "01-one");
    ck_assert_int_eq(place->quiz_right, 2);
    ck_assert_int_eq(place->quiz_of, 3);
    ck_assert_int_eq(place->quiz_day, 20000);
    lesson_progress_deinit(&p);
}
END_TEST

START_TEST(a_table_for_the_teacher)
{
    struct lesson_progress p;
    struct err err = {0};
    size_t size;
    begin("Ada \"the\" first");
    ck_assert(lesson_progress_load(&p, temporary_folder(), "Ada \"the\" first", &err));
    lesson_progress_note_quiz(&p, "01-one", 2, 3, 20000);
    lesson_progress_note(&p, "02-two", 0, 5, 0, 4, false);
    const char *path = temporary_path("table.csv");
    ck_assert(lesson_progress_export(&p, path, &err));
    char *csv = file_read(path, 10000, &size, &err);
    static const char wanted[] =
        "learner,lesson,page,pages,tasks done,tasks,finished,quiz right,quiz of,quiz day\n"
        "\"Ada \"\"the\"\" first\",\"01-one\",3,8,3,9,no,2,3,2024-10-04\n"
        "\"Ada \"\"the\"\" first\",\"02-two\",1,5,0,4,no,,,\n";
    ck_assert_uint_eq(size, strlen(wanted));
    ck_assert_int_eq(memcmp(csv, wanted, size), 0);
    free(csv);
    ck_assert(!lesson_progress_export(&p, "/dev/null/none/x.csv", &err));
    lesson_progress_deinit(&p);
}
END_TEST

Suite *test_learners(void)
{
    Suite *s = suite_create("learners");
    TCase *t = tcase_create("learners");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, names_come_back_as_they_were);
    tcase_add_test(t, who_was_last);
    tcase_add_test(t, quizzes_are_kept);
    tcase_add_test(t, a_table_for_the_teacher);
    suite_add_tcase(s, t);
    return s;
}
