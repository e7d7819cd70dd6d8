/* A lesson on paper: every task is asked, no answer is given away before the key. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "app/handout.h"
#include "glassnet/base/file.h"
#include "glassnet/base/translate.h"
#include "support/temporary.h"

static const char lesson[] =
    "---\ntitle: Sums & <signs>\nnetwork: one-neuron.net\ndata: fruit.csv\n---\n"
    "# First\n\nThe bias is {out.b[0] .2}, the sum is {out[0] .3}.\n\n"
    "```setup\nsample 1\nedit out.W[0,0] -1\nedit out.W[0,1] 2\nedit out.b[0] 0.31415\n"
    "phase forward\nselect out[0]\n```\n"
    "```predict out[0] within 0.01\nask: Which number comes out?\n```\n"
    "```choose\nask: So it is\nright: a lemon | Yes.\nwrong: an apple | No.\n```\n"
    "---\n# Second\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n"
    "```find out.b[0]\nask: Where is the bias?\n```\n"
    "```wait edit out.b[0]\nask: Change it.\nsolve: edit out.b[0] 2\n```\n";

static char *read_all(const char *path, size_t *size)
{
    struct err err = {0};
    char *bytes = file_read(path, 1 << 24, size, &err);
    ck_assert_msg(bytes != NULL, "%s", err.message);
    return bytes;
}

static void make(struct handout *h, const char *path)
{
    struct err err = {0};
    ck_assert_msg(handout_make(h, path, &err), "%s", err.message);
}

START_TEST(what_is_asked_and_what_is_answered)
{
    struct handout h;
    make(&h, temporary_text("paper.md", lesson));
    ck_assert_str_eq(h.title, "Sums & <signs>");
    ck_assert_int_eq(h.page_count, 2);
    ck_assert_str_eq(h.pages[0].title, "First");
    ck_assert_int_eq(h.pages[0].item_count, 3);
    const struct handout_item *number = &h.pages[0].items[1], *choice = &h.pages[0].items[2];
    ck_assert_str_eq(number->label, "1a");
    ck_assert_int_eq(number->kind, HANDOUT_NUMBER);
    ck_assert_int_eq(strncmp(number->answer, "1.0", 3), 0); /* 2·0.9 − 1.1 + 0.31415 */
    ck_assert_str_eq(choice->label, "1b");
    ck_assert_int_eq(choice->rows, 2);
    ck_assert_str_eq(choice->answer, "a lemon");
    ck_assert_int_eq(h.pages[1].items[0].kind, HANDOUT_TABLE);
    ck_assert_int_eq(h.pages[1].items[1].kind, HANDOUT_MARK);
    ck_assert_str_eq(h.pages[1].items[1].answer, "out.b[0]");
    ck_assert_int_eq(h.pages[1].items[2].kind, HANDOUT_DO);
    handout_deinit(&h);
}
END_TEST

/* Neither in the text nor in the picture: the learner works it out. */
START_TEST(a_number_asked_for_is_a_blank)
{
    struct handout h;
    make(&h, temporary_text("paper.md", lesson));
    const struct player_text *text = &h.pages[0].items[0].text;
    char words[400] = "";
    for (int i = 0; i < text->count; i++)
        strncat(words, text->runs[i].text, sizeof words - strlen(words) - 1);
    ck_assert_str_eq(words, "The bias is 0.31, the sum is ______.");
    const struct draw_list *d = &h.pages[0].picture;
    int texts = 0;
    ck_assert(h.pages[0].pictured);
    for (int i = 0; i < d->n_cmds; i++)
        if (d->cmds[i].kind == DRAW_TEXT) {
            const char *drawn = draw_cmd_data(d, &d->cmds[i]);
            texts++;
            ck_assert_str_ne(drawn, "?");
            ck_assert_msg(strncmp(drawn, "1.01", 4) != 0, "the picture gives away %s", drawn);
        }
    ck_assert_int_ge(texts, 8);
    handout_deinit(&h);
}
END_TEST

START_TEST(html_escapes_and_keeps_the_key_apart)
{
    struct handout h;
    struct err err = {0};
    size_t size;
    const char *out = temporary_path("out.html");
    make(&h, temporary_text("paper.md", lesson));
    ck_assert_msg(handout_write(&h, out, &err), "%s", err.message);
    char *html = read_all(out, &size);
    ck_assert_ptr_nonnull(strstr(html, "<h1>Sums &amp; &lt;signs&gt;</h1>"));
    char *key = strstr(html, "class=\"key\""), *answer = strstr(html, "<td>a lemon</td>");
    ck_assert(key && answer && answer > key);
    ck_assert_ptr_nonnull(strstr(html, "Which number comes out?"));
    ck_assert_ptr_nonnull(strstr(html, "%3Csvg")); /* pictures are inside */
    free(html);
    handout_deinit(&h);
}
END_TEST

/* A learner's sheet is in one language, numbers and all. */
START_TEST(a_polish_lesson_makes_a_polish_sheet)
{
    struct handout h;
    struct err err = {0};
    size_t size;
    const char *out = temporary_path("out.html");
    make(&h, "lessons/pl/01-one-neuron.md");
    ck_assert_str_eq(h.language, "pl");
    ck_assert_msg(handout_write(&h, out, &err), "%s", err.message);
    char *html = read_all(out, &size);
    ck_assert_ptr_nonnull(strstr(html, "<html lang=\"pl\">"));
    ck_assert_ptr_nonnull(strstr(html, "<h1>Odpowiedzi</h1>"));
    ck_assert_ptr_nonnull(strstr(html, "Zaznacz na rysunku."));
    ck_assert_ptr_nonnull(strstr(html, "<td>1,80</td>"));
    ck_assert_ptr_nonnull(strstr(html, "<td>out.b[0] = 0,25</td>"));
    ck_assert_str_eq(translate_language(), "en");
    free(html);
    handout_deinit(&h);
}
END_TEST

/* What is to be done is told as a person writes it, and all of it. */
START_TEST(the_key_tells_what_to_do)
{
    struct handout h;
    make(&h, "lessons/06-xor.md");
    const struct handout_page *page = &h.pages[1];
    const char *answer = NULL;
    for (int i = 0; i < page->item_count && !answer; i++)
        if (page->items[i].kind == HANDOUT_DO)
            answer = page->items[i].answer;
    ck_assert_ptr_nonnull(answer);
    ck_assert_str_eq(answer, "lamp.W[0,0] = 1; lamp.W[0,1] = 1; lamp.b[0] = -0.5");
    handout_deinit(&h);
}
END_TEST

START_TEST(every_lesson_becomes_a_pdf)
{
    static const char *const lessons[] = {"lessons/01-one-neuron.md",
                                          "lessons/14-a-layer-that-looks-for-patterns.md",
                                          "lessons/pl/02-bending-the-line.md"};
    struct handout h;
    struct err err = {0};
    size_t size;
    const char *out = temporary_path("out.pdf");
    make(&h, lessons[_i]);
    ck_assert_msg(handout_write(&h, out, &err), "%s", err.message);
    char *pdf = read_all(out, &size);
    ck_assert_int_eq(strncmp(pdf, "%PDF-", 5), 0);
    int sheets = 0;
    for (size_t i = 0; i + 12 < size; i++)
        sheets += memcmp(pdf + i, "/Type /Page ", 12) == 0;
    ck_assert_int_ge(sheets, 4);
    ck_assert_int_le(sheets, 14);
    free(pdf);
    handout_deinit(&h);
}
END_TEST

START_TEST(what_cannot_be_put_on_paper)
{
    struct handout h;
    struct err err = {0};
    ck_assert(!handout_make(&h, "data/networks/moons.net", &err));
    ck_assert_ptr_nonnull(strstr(err.message, "is no lesson"));
    err = (struct err){0};
    ck_assert(!handout_make(&h, "nowhere.md", &err));
    ck_assert(err_any(&err));
    make(&h, temporary_text("paper.md", lesson));
    err = (struct err){0};
    ck_assert(!handout_write(&h, "/dev/null/none/x.pdf", &err));
    ck_assert(err_any(&err));
    err = (struct err){0};
    ck_assert(!handout_write(&h, "x.docx", &err));
    ck_assert_ptr_nonnull(strstr(err.message, ".pdf or .html"));
    handout_deinit(&h);
}
END_TEST

Suite *test_handout(void);
Suite *test_handout(void)
{
    Suite *s = suite_create("handout");
    TCase *t = tcase_create("handout");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, the_key_tells_what_to_do);
    tcase_add_test(t, what_is_asked_and_what_is_answered);
    tcase_add_test(t, a_number_asked_for_is_a_blank);
    tcase_add_test(t, html_escapes_and_keeps_the_key_apart);
    tcase_add_test(t, a_polish_lesson_makes_a_polish_sheet);
    tcase_add_loop_test(t, every_lesson_becomes_a_pdf, 0, 3);
    tcase_add_test(t, what_cannot_be_put_on_paper);
    suite_add_tcase(s, t);
    return s;
}
