/* The course and the lesson that is open follow the language of the screen. */
#include <check.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/base/file.h"

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
    core_settle(c);
}

static struct core *begin(void)
{
    struct err err = {0};
    struct core *c = core_create(1920, 1080, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    run(c, "show home");
    return c;
}

START_TEST(the_cards_are_in_the_language)
{
    struct core *c = begin();
    ck_assert(script_shows(c, "One neuron decides"));
    run(c, "setting language pl");
    ck_assert(script_shows(c, "Jeden neuron decyduje"));
    ck_assert(!script_shows(c, "One neuron decides"));
    ck_assert(!script_shows(c, "polski: "));
    for (int i = 0; i < c->catalogue->count; i++) {
        ck_assert(c->catalogue->cards[i].foreign == (i >= 6));
        ck_assert(!strstr(c->catalogue->cards[i].name, "pl/"));
    }
    run(c, "click home.lessons");            /* all of them */
    ck_assert(script_shows(c, "English: ")); /* what is not translated yet */
    run(c, "setting language en");
    ck_assert(script_shows(c, "One neuron decides"));
    ck_assert(!script_shows(c, "English: "));
    core_destroy(c);
}
END_TEST

/* The same progress, at the same page. */
START_TEST(a_lesson_goes_on_in_another_language)
{
    struct core *c = begin();
    run(c, "open lessons/04-downhill.md");
    run(c, "app page 3");
    ck_assert(script_shows(c, "In the fog"));
    run(c, "setting language pl");
    ck_assert(script_shows(c, "We mgle"));
    ck_assert_int_eq(player_view(c->player)->page, 2);
    ck_assert_str_eq(c->lesson_name, "04-downhill");
    run(c, "edit out.W[0,0] 1.1");
    ck_assert(script_shows(c, "3,61")); /* a decimal comma */
    run(c, "app answer -3,9");
    ck_assert_int_eq(player_view(c->player)->tasks_done, 2);
    run(c, "setting language en");
    ck_assert(script_shows(c, "In the fog"));
    core_destroy(c);
}
END_TEST

START_TEST(a_lesson_that_is_only_english_stays)
{
    struct core *c = begin();
    run(c, "setting language pl");
    run(c, "open lessons/07-which-side.md");
    ck_assert_str_eq(file_name(c->lesson->path), "07-which-side.md");
    run(c, "app glossary weight"); /* its words are English */
    ck_assert(script_shows(c, "how much, and in which direction"));
    run(c, "key Escape");
    run(c, "show home");
    run(c, "open lessons/pl/01-one-neuron.md");
    run(c, "app glossary waga");
    ck_assert(script_shows(c, "jak mocno i w którą"));
    core_destroy(c);
}
END_TEST

Suite *test_course(void);
Suite *test_course(void)
{
    Suite *s = suite_create("course");
    TCase *t = tcase_create("course");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, the_cards_are_in_the_language);
    tcase_add_test(t, a_lesson_goes_on_in_another_language);
    tcase_add_test(t, a_lesson_that_is_only_english_stays);
    suite_add_tcase(s, t);
    return s;
}
