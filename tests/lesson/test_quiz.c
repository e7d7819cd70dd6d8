/* Questions asked again: which are taken, and what counts as known. */
#include <check.h>
#include <string.h>

#include "glassnet/lesson/catalogue.h"
#include "glassnet/lesson/player.h"
#include "glassnet/lesson/quiz.h"
#include "lesson/fake_host.h"

Suite *test_quiz(void);

static const char text[] =
    "---\ntitle: T\n---\n# One\n```predict w[0] within 0.1\nask: a\n```\n"
    "```answer 1+1 within 0.1\nask: b\nhint: c\n```\n\n---\n# Two\nwords\n\n---\n"
    "# Three\n```choose\nask: d\nright: e | f\nwrong: g | h\n```\n\n---\n"
    "# Four\n```find w[1]\nask: i\n```\n";

static struct lesson *lesson(void)
{
    struct err err = {0};
    struct lesson *l = lesson_parse(text, "t.md", &err);
    ck_assert_msg(l != NULL, "%s", err.message);
    return l;
}

START_TEST(questions_come_from_different_pages)
{
    struct lesson *l = lesson();
    struct quiz_question q[3];
    int seen[4] = {0};
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct rng rng;
        rng_seed(&rng, seed, 1);
        ck_assert_int_eq(quiz_pick(l, &rng, 1, q), 1);
        seen[q[0].page]++;
        ck_assert_int_eq(quiz_pick(l, &rng, 3, q), 2); /* pages 1 and 3: a find needs no answer */
        ck_assert_int_eq(q[0].page, 0);
        ck_assert_int_eq(q[1].page, 2);
        ck_assert_int_eq(l->pages[0].items[q[0].item].kind, LESSON_ANSWER);
    }
    ck_assert_int_gt(seen[0], 15); /* one of two: none is never taken */
    ck_assert_int_gt(seen[2], 15);
    ck_assert_int_eq(seen[0] + seen[2], 60);
    lesson_destroy(l);
}
END_TEST

START_TEST(every_shipped_lesson_has_questions)
{
    struct catalogue *c = catalogue_load(NULL, "en", NULL);
    for (int i = 0; i < c->count; i++) {
        struct quiz_question q[3];
        struct rng rng;
        struct err err = {0};
        struct lesson *l = lesson_load(c->cards[i].path, &err);
        ck_assert_msg(l != NULL, "%s", err.message);
        rng_seed(&rng, 4, 1);
        ck_assert_msg(quiz_pick(l, &rng, 3, q) == 3, "%s", c->cards[i].name);
        lesson_destroy(l);
    }
    catalogue_destroy(c);
}
END_TEST

static struct player *ask(struct lesson *l, struct fake *fake, int page, int item)
{
    struct err err = {0};
    struct lesson_host host = fake_host(fake);
    struct player *p = player_create(l, &host, &err);
    struct player_quiz quiz = {.at = 0, .count = 2};
    ck_assert_msg(p != NULL, "%s", err.message);
    ck_assert(player_ask(p, page, item, &quiz));
    return p;
}

/* The task that is asked alone counts, not the one before it on its page. */
START_TEST(right_at_the_first_try)
{
    struct fake fake;
    bool right;
    struct lesson *l = lesson();
    struct player *p = ask(l, &fake, 0, 2);
    const struct player_view *v = player_view(p);
    ck_assert(v->quiz && v->quiz->count == 2);
    ck_assert(!v->can_next && !v->can_back);
    ck_assert(!player_asked(p, &right));
    ck_assert(player_answer(p, "2"));
    ck_assert(player_asked(p, &right) && right);
    ck_assert(player_view(p)->can_next);
    player_destroy(p);
    lesson_destroy(l);
}
END_TEST

START_TEST(help_and_mistakes_count)
{
    struct fake fake;
    bool right = true;
    struct lesson *l = lesson();
    struct player *p = ask(l, &fake, 0, 2);
    ck_assert(!player_answer(p, "3"));
    ck_assert(player_answer(p, "2"));
    ck_assert(player_asked(p, &right) && !right);
    player_destroy(p);
    p = ask(l, &fake, 0, 2);
    ck_assert(!player_view(p)->can_hint && player_view(p)->can_show);
    ck_assert(!player_hint(p)); /* a quiz is without help */
    ck_assert(!player_answer(p, "7") && !player_answer(p, "7"));
    const struct player_view *v = player_view(p);
    ck_assert_int_eq(v->blocks[v->active].hint_count, 0);
    ck_assert_int_eq(v->blocks[v->active].worked_count, 0);
    player_destroy(p);
    p = ask(l, &fake, 2, 1);
    player_choose(p, 1);
    player_choose(p, 0);
    ck_assert(player_asked(p, &right) && !right);
    player_destroy(p);
    p = ask(l, &fake, 2, 1);
    player_show(p);
    ck_assert(player_asked(p, &right) && !right);
    player_destroy(p);
    lesson_destroy(l);
}
END_TEST

START_TEST(what_is_no_question)
{
    struct fake fake;
    struct err err = {0};
    struct player_quiz quiz = {.count = 1};
    struct lesson *l = lesson();
    struct lesson_host host = fake_host(&fake);
    struct player *p = player_create(l, &host, &err);
    ck_assert(!player_ask(p, 7, 0, &quiz));
    ck_assert(!player_ask(p, 0, 0, &quiz)); /* a heading */
    ck_assert(!player_ask(p, 0, 99, &quiz));
    player_destroy(p);
    lesson_destroy(l);
}
END_TEST

Suite *test_quiz(void)
{
    Suite *s = suite_create("quiz");
    TCase *t = tcase_create("quiz");
    tcase_add_test(t, questions_come_from_different_pages);
    tcase_add_test(t, every_shipped_lesson_has_questions);
    tcase_add_test(t, right_at_the_first_try);
    tcase_add_test(t, help_and_mistakes_count);
    tcase_add_test(t, what_is_no_question);
    suite_add_tcase(s, t);
    return s;
}
