/* A lesson in several languages: where each is, and what they share. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/lesson/language.h"
#include "glassnet/lesson/lesson.h"
#include "support/temporary.h"

#define LESSON "---\ntitle: T\nnetwork: own.net\ndata: own.csv\n---\nx {0.5 .1}\n"

START_TEST(a_lesson_is_found_in_each_language)
{
    char found[1400];
    const char *english = temporary_text("a.md", LESSON), *only = temporary_text("b.md", LESSON);
    const char *polish = temporary_text("pl/a.md", LESSON);
    ck_assert_str_eq(lesson_in_language(english, "pl", found, sizeof found), polish);
    ck_assert_str_eq(lesson_in_language(polish, "pl", found, sizeof found), polish);
    ck_assert_str_eq(lesson_in_language(polish, "en", found, sizeof found), english);
    ck_assert_str_eq(lesson_in_language(english, "en", found, sizeof found), english);
    ck_assert_str_eq(lesson_in_language(only, "pl", found, sizeof found), only);
    ck_assert_str_eq(lesson_in_language(english, "xx", found, sizeof found), english);
    ck_assert_str_eq(lesson_in_language("/none/pl/c.md", "pl", found, sizeof found),
                     "/none/pl/c.md");
}
END_TEST

START_TEST(the_folder_says_the_language)
{
    char folder[1024];
    ck_assert_str_eq(lesson_language("lessons/01-one-neuron.md"), "en");
    ck_assert_str_eq(lesson_language("lessons/pl/01-one-neuron.md"), "pl");
    ck_assert_str_eq(lesson_language("pl.md"), "en");
    ck_assert_str_eq(lesson_language("/some/spl/x.md"), "en");
    ck_assert(lesson_language_has_comma("pl") && !lesson_language_has_comma("en"));
    ck_assert_str_eq(lesson_language_name("en"), "English");
    ck_assert_str_eq(lesson_language_name("pl"), "polski");
    ck_assert_str_eq(lesson_original_folder("a/pl/x.md", folder, sizeof folder), "a");
    ck_assert_str_eq(lesson_original_folder("pl/x.md", folder, sizeof folder), ".");
    ck_assert_str_eq(lesson_original_folder("a/b/x.md", folder, sizeof folder), "a/b");
}
END_TEST

START_TEST(network_and_data_lie_beside_the_original)
{
    char found[1400], expected[1400];
    struct err err = {0};
    snprintf(expected, sizeof expected, "%s", temporary_text("own.net", "input 1\n"));
    temporary_text("a.md", LESSON);
    const char *csv = temporary_text("own.csv", "a,b\n1,2\n");
    struct lesson *l = lesson_load(temporary_text("pl/a.md", LESSON), &err);
    ck_assert_msg(l != NULL, "%s", err.message);
    ck_assert_msg(lesson_network_path(l, found, sizeof found, &err), "%s", err.message);
    ck_assert_str_eq(found, expected);
    ck_assert_str_eq(lesson_data_spec(l, found, sizeof found), csv);
    lesson_destroy(l);
}
END_TEST

Suite *test_language(void);
Suite *test_language(void)
{
    Suite *s = suite_create("language");
    TCase *t = tcase_create("language");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, a_lesson_is_found_in_each_language);
    tcase_add_test(t, the_folder_says_the_language);
    tcase_add_test(t, network_and_data_lie_beside_the_original);
    suite_add_tcase(s, t);
    return s;
}
