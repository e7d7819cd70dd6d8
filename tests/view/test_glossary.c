/* The glossary on screen: every word has its text and a picture of the app; links lead to it. */
#include <check.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/lesson/glossary.h"
#include "glassnet/ui/draw_check.h"

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *begin(int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    run(c, "show home");
    return c;
}

static bool is_plain(const struct glossary_state *g)
{
    for (int i = 1; i < g->w * g->h; i++)
        if (g->pixels[i] != g->pixels[0])
            return false;
    return true;
}

static void looks_right(struct core *c, const char *word)
{
    struct draw_report report = {0};
    const struct glossary_state *g = &c->screen.glossary;
    ck_assert_int_eq(c->screen.overlay, OVERLAY_GLOSSARY);
    ck_assert_msg(script_shows(c, word), "%s is not shown", word);
    ck_assert_msg(g->pixels && g->made_page == g->page, "%s has no picture", word);
    ck_assert_msg(!is_plain(g), "the picture of %s is empty", word);
    ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s:\n%s", word, report.text);
}

START_TEST(every_word_has_text_and_picture)
{
    static const int sizes[][2] = {{1280, 720}, {1920, 1080}};
    char line[128];
    struct err err = {0};
    struct lesson *words = glossary_load("en", &err);
    ck_assert_msg(words != NULL, "%s", err.message);
    struct core *c = begin(sizes[_i][0], sizes[_i][1]);
    for (int i = 0; i < words->page_count; i++) {
        snprintf(line, sizeof line, "app glossary %s", words->pages[i].title);
        run(c, line);
        looks_right(c, words->pages[i].title);
    }
    run(c, "key Escape");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    ck_assert(!c->glossary);
    core_destroy(c);
    lesson_destroy(words);
}
END_TEST

START_TEST(a_word_of_a_lesson_is_a_link)
{
    struct core *c = begin(1280, 720);
    run(c, "open lessons/01-one-neuron.md");
    run(c, "app page 2");
    ck_assert(script_shows(c, "Every arrow has a number"));
    run(c, "click text.1.0"); /* the first link after the heading: [[weight]] */
    looks_right(c, "how much, and in which direction");
    run(c, "key Down");
    looks_right(c, "weighted sum");
    run(c, "key Escape");
    ck_assert(script_shows(c, "Every arrow has a number"));
    core_destroy(c);
}
END_TEST

START_TEST(it_opens_by_its_key_and_follows_the_theme)
{
    struct core *c = begin(1280, 720);
    run(c, "key F10");
    looks_right(c, "accuracy");
    uint32_t paper = c->screen.glossary.pixels[0];
    run(c, "theme board");
    core_settle(c);
    ck_assert_uint_ne(c->screen.glossary.pixels[0], paper);
    run(c, "click glossary.close");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    struct err err = {0};
    ck_assert(!core_command(c, "app glossary flux capacitor", &err));
    ck_assert_ptr_nonnull(strstr(err.message, "the glossary has no word \"flux capacitor\""));
    core_destroy(c);
}
END_TEST

Suite *test_glossary(void);
Suite *test_glossary(void)
{
    Suite *s = suite_create("glossary");
    TCase *t = tcase_create("glossary");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, every_word_has_text_and_picture, 0, 2);
    tcase_add_test(t, a_word_of_a_lesson_is_a_link);
    tcase_add_test(t, it_opens_by_its_key_and_follows_the_theme);
    suite_add_tcase(s, t);
    return s;
}
