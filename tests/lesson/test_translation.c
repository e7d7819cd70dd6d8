/* A translation has the blocks of its original, or the check says where it has not. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/lesson/check.h"
#include "glassnet/lesson/glossary.h"
#include "lesson/translation.h"

#define HEAD "---\ntitle: T\n---\n"
#define ORIGINAL                                                                                   \
    HEAD "# One\n\nwords\n\n```setup\nsample 1\n```\n\n```predict out[0] within 0.1\nask: How "    \
         "much?\nwrong if value = 3: No.\nhint: More.\nright: Yes.\n```\n\n---\n# Two\n\n"         \
         "```choose\nask: Which?\nright: a | b\nwrong: c | d\n```\n"

static struct lesson *read(const char *text, const char *path)
{
    struct err err = {0};
    struct lesson *l = lesson_parse(text, path, &err);
    ck_assert_msg(l != NULL, "%s", err.message);
    return l;
}

struct said {
    int count, line;
    char sentence[300];
};

static void say(void *context, int line, const char *sentence)
{
    struct said *said = context;
    if (said->count++)
        return;
    said->line = line;
    snprintf(said->sentence, sizeof said->sentence, "%s", sentence);
}

static struct said compare(const char *text, const char *original, const char *path)
{
    struct said said = {0};
    struct lesson *a = read(text, path), *b = read(original, "t.md");
    translation_compare(a, b, say, &said);
    lesson_destroy(a);
    lesson_destroy(b);
    return said;
}

/* The original with one piece of it replaced. */
static struct said changed(const char *piece, const char *by)
{
    char text[2000];
    const char *at = strstr(ORIGINAL, piece);
    ck_assert_ptr_nonnull(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - ORIGINAL), ORIGINAL, by, at + strlen(piece));
    return compare(text, ORIGINAL, "pl/t.md");
}

START_TEST(other_words_are_no_fault)
{
    static const char *const words[][2] = {{"# One\n\nwords", "# Jeden\n\nkilka\n\nakapitow"},
                                           {"ask: How", "ask: Ile"},
                                           {"3: No.", "3: Nie."},
                                           {"hint: More.", "hint: Tak."},
                                           {"right: Yes.", "right: Dobrze."},
                                           {"right: a | b", "right: x | y"}};
    ck_assert_int_eq(compare(ORIGINAL, ORIGINAL, "pl/t.md").count, 0);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct said said = changed(words[i][0], words[i][1]);
        ck_assert_msg(said.count == 0, "%s: %s", words[i][1], said.sentence);
    }
}
END_TEST

START_TEST(other_blocks_are)
{
    static const struct {
        const char *piece, *by;
        int line;
        const char *sentence;
    } cases[] = {
        {"title: T\n", "title: T\nnetwork: other.net\n", 1, "order, needs, network, data"},
        {"title: T\n", "title: T\nlock: [train]\n", 1, "order, needs, network, data"},
        {"sample 1", "sample 2", 8,
         "this setup has other commands than the one of the original in "},
        {"out[0] within", "out[1] within", 12, "this predict has another first line"},
        {"within 0.1", "within 0.2", 12, "this predict has another first line"},
        {"value = 3", "value = 4", 12, "this predict has other wrong answers"},
        {"hint: More.\n", "", 12, "this predict has another number of hints"},
        {"right: a | b\nwrong: c | d", "wrong: a | b\nright: c | d", 22,
         "this choose has other right and wrong options"},
        {"```setup\nsample 1\n```\n\n", "", 8,
         "the original has setup here, in line 8, not predict"},
        {"```setup\nsample 1\n```\n\n```predict out[0] within 0.1\nask: How much?\nwrong if value "
         "= 3: No.\nhint: More.\nright: Yes.\n```\n",
         "", 4, "the original has setup here, in line 8, not the end of the page"},
        {"---\n# Two", "# Two", 21, "the original has the end of the page here"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct said said = changed(cases[i].piece, cases[i].by);
        ck_assert_msg(said.count >= 1, "%s", cases[i].sentence);
        ck_assert_msg(strncmp(said.sentence, cases[i].sentence, strlen(cases[i].sentence)) == 0,
                      "%s", said.sentence);
        ck_assert_msg(said.line == cases[i].line, "%d: %s", said.line, said.sentence);
    }
}
END_TEST

/* Its words stand in the order of their own language. */
START_TEST(a_glossary_has_an_order_of_its_own)
{
    static const char one[] = "# a\n\n```setup\nsample 1\n```\n",
                      two[] = "# b\n\n```setup\nsample 2\n```\n";
    char original[300], turned[300], wrong[300];
    snprintf(original, sizeof original, HEAD "%s\n---\n%s", one, two);
    snprintf(turned, sizeof turned, HEAD "%s\n---\n%s", two, one);
    snprintf(wrong, sizeof wrong, HEAD "%s\n---\n# c\n\n```setup\nsample 3\n```\n", one);
    ck_assert_int_eq(compare(turned, original, "pl/glossary.md").count, 0);
    ck_assert_int_eq(compare(turned, original, "pl/other.md").count, 2);
    ck_assert_int_eq(compare(wrong, original, "pl/glossary.md").count, 1);
}
END_TEST

START_TEST(the_polish_glossary_is_whole)
{
    struct err err = {0};
    struct lesson_report report = {0};
    struct lesson *words = glossary_load("en", &err), *own = glossary_load("pl", &err);
    ck_assert_msg(words && own, "%s", err.message);
    ck_assert_int_eq(words->page_count, own->page_count);
    ck_assert_int_ge(glossary_find(own, "suma ważona"), 0);
    ck_assert_int_lt(glossary_find(own, "weighted sum"), 0);
    bool ok = lesson_check(own->path, &report, &err);
    ck_assert_msg(!err_any(&err), "%s", err.message);
    ck_assert_msg(ok, "%d: %s", report.faults[0].line, report.faults[0].sentence);
    lesson_report_deinit(&report);
    lesson_destroy(words);
    lesson_destroy(own);
}
END_TEST

Suite *test_translation(void);
Suite *test_translation(void)
{
    Suite *s = suite_create("translation");
    TCase *t = tcase_create("translation");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, other_words_are_no_fault);
    tcase_add_test(t, other_blocks_are);
    tcase_add_test(t, a_glossary_has_an_order_of_its_own);
    tcase_add_test(t, the_polish_glossary_is_whole);
    suite_add_tcase(s, t);
    return s;
}
