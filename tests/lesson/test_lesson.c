#include <check.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/lesson/lesson.h"

Suite *test_lesson(void);

static const char head[] = "---\ntitle: T\n---\n";

static const char whole[] = "---\n"
                            "title: One neuron\n"
                            "order: 3\n"
                            "minutes: 12\n"
                            "needs: [first-steps]\n"
                            "teaches: [weight, \"weighted sum\"]\n"
                            "network: one.net\n"
                            "data: fruit.csv\n"
                            "lock: [build, train]\n"
                            "---\n"
                            "# Two **numbers** in\n" /* 11 */
                            "\n"
                            "It gets {out.z[0] .2} from [[weight]], *or*\n"
                            "so. `code` {2*a[0]*b[0]} and {0.5*.5}.\n"
                            "\n"
                            "- one\n" /* 16 */
                            "- two {loss}\n"
                            "  1. deep\n"
                            "\n"
                            "| a | b |\n" /* 20 */
                            "| --- | --- |\n"
                            "| 1 | {x[0]} |\n"
                            "\n"
                            "```setup\n" /* 24 */
                            "sample 3\n"
                            "# a comment\n"
                            "select out.z[0]\n"
                            "```\n"
                            "```predict out.z[0] within 0.01\n" /* 29 */
                            "ask: What will the sum be?\n"
                            "wrong if value = d:out.z[0]: It is {d:out.z[0]}.\n"
                            "hint: First this,\n"
                            "  then that.\n"
                            "hint: 2·0.5 is 1.0.\n"
                            "right: Yes.\n"
                            "```\n"
                            "\n"
                            "---\n" /* 38 */
                            "\n"
                            "```choose\n"
                            "ask: Which?\n"
                            "right: larger | Because.\n"
                            "wrong: smaller | Uphill.\n"
                            "```\n"
                            "```find out.b[0] or d:out.b[0]\n"
                            "ask: Click it.\n"
                            "wrong if cell = out.W: That is a weight.\n"
                            "```\n"
                            "```train-until max(loss, 0) < 0.1 max 5\n"
                            "set: rate batch\n"
                            "solve: edit rate 0.4\n"
                            "```\n"
                            "```draw 7\n"
                            "solve: draw 0.2,0.2 0.8,0.2\n"
                            "```\n"
                            "```check\n"
                            "new:out.W[0,0] < out.W[0,0]\n"
                            "```\n"
                            "```note\n"
                            "For the teacher.\n"
                            "```\n"
                            "```go other.net\n"
                            "Play\n"
                            "```\n"
                            "```\n"
                            "{as it stands}\n"
                            "```\n";

static struct lesson *parse(const char *text)
{
    struct err err = {0};
    char sentence[900];
    struct lesson *l = lesson_parse(text, "some/t.md", &err);
    ck_assert_msg(l != NULL, "%s", err_text(&err, sentence, sizeof sentence));
    return l;
}

START_TEST(the_head)
{
    struct lesson *l = parse(whole);
    ck_assert_str_eq(l->title, "One neuron");
    ck_assert_int_eq(l->order, 3);
    ck_assert_int_eq(l->minutes, 12);
    ck_assert_int_eq(l->needs_count, 1);
    ck_assert_str_eq(l->needs[0], "first-steps");
    ck_assert_int_eq(l->teaches_count, 2);
    ck_assert_str_eq(l->teaches[1], "weighted sum");
    ck_assert_str_eq(l->network, "one.net");
    ck_assert_str_eq(l->data, "fruit.csv");
    ck_assert_str_eq(l->lock[1], "train");
    ck_assert_int_eq(l->page_count, 2);
    ck_assert_str_eq(l->pages[0].title, "Two numbers in");
    ck_assert_str_eq(l->pages[1].title, "");
    ck_assert_int_eq(l->pages[0].task_count, 1);
    ck_assert_int_eq(l->pages[1].task_count, 4);
    lesson_destroy(l);
}
END_TEST

static const struct lesson_span *span(const struct lesson_item *item, int i)
{
    ck_assert_int_lt(i, item->text.count);
    return &item->text.spans[i];
}

START_TEST(text_and_its_styles)
{
    struct lesson *l = parse(whole);
    const struct lesson_item *item = l->pages[0].items;
    ck_assert_int_eq(item[0].kind, LESSON_HEADING);
    ck_assert_int_eq(item[0].level, 1);
    ck_assert_int_eq(item[0].line, 11);
    ck_assert_uint_eq(span(&item[0], 1)->style, LESSON_BOLD);
    ck_assert_int_eq(item[1].kind, LESSON_PARAGRAPH);
    ck_assert_str_eq(span(&item[1], 0)->text, "It gets ");
    ck_assert_str_eq(span(&item[1], 1)->text, "out.z[0]");
    ck_assert_int_eq(span(&item[1], 1)->decimals, 2);
    ck_assert_int_eq(span(&item[1], 1)->line, 13);
    ck_assert_str_eq(span(&item[1], 3)->glossary, "weight");
    ck_assert_uint_eq(span(&item[1], 5)->style, LESSON_ITALIC);
    ck_assert_str_eq(span(&item[1], 6)->text, " so. ");
    ck_assert_uint_eq(span(&item[1], 7)->style, LESSON_CODE);
    ck_assert_str_eq(span(&item[1], 9)->text, "2*a[0]*b[0]"); /* the stars are no emphasis */
    ck_assert_int_eq(span(&item[1], 9)->line, 14);
    ck_assert_int_eq(span(&item[1], 9)->decimals, -1);
    ck_assert_str_eq(span(&item[1], 11)->text, "0.5*.5");
    lesson_destroy(l);
}
END_TEST

START_TEST(lists_and_tables)
{
    struct lesson *l = parse(whole);
    const struct lesson_item *item = l->pages[0].items + 2;
    ck_assert_int_eq(item[0].kind, LESSON_LIST_ITEM);
    ck_assert_str_eq(span(&item[0], 0)->text, "one");
    ck_assert_int_eq(item[0].number, 0);
    ck_assert_ptr_nonnull(span(&item[1], 1)->number);
    ck_assert_int_eq(item[2].level, 1);
    ck_assert_int_eq(item[2].number, 1);
    ck_assert_int_eq(item[3].kind, LESSON_TABLE);
    ck_assert_int_eq(item[3].columns, 2);
    ck_assert_int_eq(item[3].rows, 2);
    ck_assert_str_eq(item[3].cells[0].spans[0].text, "a");
    ck_assert_str_eq(item[3].cells[3].spans[0].text, "x[0]");
    lesson_destroy(l);
}
END_TEST

START_TEST(blocks)
{
    struct lesson *l = parse(whole);
    const struct lesson_item *setup = l->pages[0].items + 6, *predict = setup + 1;
    ck_assert_int_eq(setup->kind, LESSON_SETUP);
    ck_assert_int_eq(setup->command_count, 2);
    ck_assert_str_eq(setup->commands[1].text, "select out.z[0]");
    ck_assert_int_eq(setup->commands[1].line, 27);
    ck_assert_int_eq(predict->line, 29);
    ck_assert_str_eq(predict->cell, "out.z[0]");
    ck_assert(predict->within == 0.01);
    ck_assert_int_eq(predict->hint_count, 2);
    ck_assert_str_eq(predict->hints[0].spans[0].text, "First this, then that.");
    ck_assert_int_eq(predict->wrong_count, 1);
    ck_assert_int_eq(predict->wrong[0].line, 31);
    ck_assert_str_eq(expression_text(predict->wrong[0].value), "d:out.z[0]");
    ck_assert_int_eq(predict->right.count, 1);
    const struct lesson_item *item = l->pages[1].items;
    ck_assert_int_eq(item[0].option_count, 2);
    ck_assert(item[0].options[0].right && !item[0].options[1].right);
    ck_assert_str_eq(item[0].options[1].reason.spans[0].text, "Uphill.");
    ck_assert_int_eq(item[1].cell_count, 2);
    ck_assert_str_eq(item[1].wrong[0].cell, "out.W");
    ck_assert_int_eq(item[2].max_epochs, 5);
    ck_assert_int_eq(item[2].set_count, 2);
    ck_assert_str_eq(item[2].condition.text, "max(loss, 0) < 0.1");
    ck_assert_str_eq(item[3].class_name, "7");
    ck_assert_int_eq(item[4].check_count, 1);
    ck_assert_int_eq(item[5].kind, LESSON_NOTE);
    ck_assert_str_eq(item[6].network, "other.net");
    ck_assert_int_eq(item[7].kind, LESSON_PREFORMATTED);
    ck_assert_str_eq(item[7].text.spans[0].text, "{as it stands}");
    lesson_destroy(l);
}
END_TEST

START_TEST(carriage_returns_and_a_byte_order_mark)
{
    struct lesson *l =
        parse("\xEF\xBB\xBF---\r\ntitle: T\r\n---\r\n# A\r\n\r\n```setup\r\nsample 3\r\n```\r\n");
    ck_assert_str_eq(l->title, "T");
    ck_assert_str_eq(l->pages[0].items[1].commands[0].text, "sample 3");
    lesson_destroy(l);
}
END_TEST

START_TEST(messages_that_look_like_blocks)
{
    struct lesson *l = parse("---\ntitle: T\n---\n"
                             "```predict loss within 1\nask: 1. first\nhint: # not a heading\n"
                             "hint: - no list, \\{ a brace\nhint: **bold** start\n```\n");
    const struct lesson_item *item = l->pages[0].items;
    ck_assert_str_eq(item->text.spans[0].text, "1. first");
    ck_assert_str_eq(item->hints[0].spans[0].text, "# not a heading");
    ck_assert_str_eq(item->hints[1].spans[0].text, "- no list, { a brace");
    ck_assert_str_eq(item->hints[2].spans[0].text, "bold");
    ck_assert_uint_eq(item->hints[2].spans[0].style, LESSON_BOLD);
    lesson_destroy(l);
}
END_TEST

struct mistake {
    const char *text;     /* after a good head, unless it begins with "---" */
    const char *sentence; /* with file and line */
};

static const struct mistake mistakes[] = {
#include "lesson_mistakes.h"
};
enum { MISTAKES = sizeof mistakes / sizeof *mistakes };

START_TEST(mistakes_are_told_in_one_sentence)
{
    const struct mistake *m = &mistakes[_i];
    char text[2000], sentence[1000];
    struct err err = {0};
    snprintf(text, sizeof text, "%s%s", m->text[0] == '!' ? "" : head,
             m->text + (m->text[0] == '!'));
    struct lesson *l = lesson_parse(text, "t.md", &err);
    ck_assert_msg(!l, "took %s", m->text);
    ck_assert_str_eq(err_text(&err, sentence, sizeof sentence), m->sentence);
    ck_assert(!lesson_parse(text, "t.md", NULL));
}
END_TEST

START_TEST(cut_and_changed_files_never_crash)
{
    char text[sizeof whole];
    for (size_t cut = 0; cut < sizeof whole; cut++) {
        memcpy(text, whole, cut);
        text[cut] = 0;
        lesson_destroy(lesson_parse(text, "t.md", NULL));
    }
    static const char signs[] = "`{}[]|:-*\\\n(#\x80";
    for (size_t at = 0; at + 1 < sizeof whole; at += 3) {
        memcpy(text, whole, sizeof whole);
        text[at] = signs[at % (sizeof signs - 1)];
        lesson_destroy(lesson_parse(text, "t.md", NULL));
    }
}
END_TEST

START_TEST(files_that_cannot_be_read)
{
    struct err err = {0};
    ck_assert(!lesson_load("/dev/null/at-all.md", &err));
    ck_assert(strstr(err.file, "at-all.md") || strstr(err.message, "at-all.md"));
}
END_TEST

Suite *test_lesson(void)
{
    Suite *s = suite_create("lesson");
    TCase *t = tcase_create("all");
    tcase_add_test(t, the_head);
    tcase_add_test(t, text_and_its_styles);
    tcase_add_test(t, lists_and_tables);
    tcase_add_test(t, blocks);
    tcase_add_test(t, carriage_returns_and_a_byte_order_mark);
    tcase_add_test(t, messages_that_look_like_blocks);
    tcase_add_loop_test(t, mistakes_are_told_in_one_sentence, 0, MISTAKES);
    tcase_add_test(t, cut_and_changed_files_never_crash);
    tcase_add_test(t, files_that_cannot_be_read);
    suite_add_tcase(s, t);
    return s;
}
