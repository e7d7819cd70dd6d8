/* What a wait says to a learner who did something that does not meet it. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "fake_host.h"
#include "glassnet/lesson/player.h"

Suite *test_player_wait(void);

struct play {
    struct fake fake;
    struct lesson *lesson;
    struct player *p;
};

static void begin(struct play *play, const char *condition, const char *solve)
{
    struct err err = {0};
    char markdown[400];
    struct lesson_host host = fake_host(&play->fake);
    snprintf(markdown, sizeof markdown, "---\ntitle: T\n---\n```wait %s\n%s\n```\n", condition,
             solve);
    play->lesson = lesson_parse(markdown, "t.md", &err);
    ck_assert_msg(play->lesson != NULL, "%s", err.message);
    play->p = player_create(play->lesson, &host, &err);
    ck_assert_msg(play->p != NULL, "%s", err.message);
}

static void end(struct play *play)
{
    player_destroy(play->p);
    lesson_destroy(play->lesson);
}

static void act(struct play *play, const char *line)
{
    ck_assert(fake_command(&play->fake, line, NULL));
    player_update(play->p);
}

/* The message below the task. */
static void says(struct play *play, const char *expected)
{
    const struct player_block *b = &player_view(play->p)->blocks[0];
    ck_assert_str_eq(b->feedback.count ? b->feedback.runs[0].text : "", expected);
    ck_assert(!expected[0] || b->tone == TONE_INFO);
    ck_assert_int_eq(b->status, TASK_ACTIVE);
}

START_TEST(a_number_says_where_it_is)
{
    struct play play;
    begin(&play, "w[0] < 0.5", "solve: edit w[0] -3");
    fake_put(&play.fake, "w[0]", 2);
    says(&play, "");
    act(&play, "select w[0]"); /* looking is no try */
    says(&play, "");
    act(&play, "edit w[0] 0.7");
    says(&play, "w[0] is 0.700 now; wanted: below 0.500.");
    act(&play, "edit b[0] 3");
    says(&play, "w[0] is 0.700 now; wanted: below 0.500.");
    act(&play, "edit w[0] 0.50001"); /* not "0.500 now; below 0.500" */
    says(&play, "w[0] is 0.50001 now; wanted: below 0.500.");
    act(&play, "edit w[0] 0.4");
    ck_assert_int_eq(player_view(play.p)->active, -1);
    end(&play);
}
END_TEST

START_TEST(a_distance_names_its_goal)
{
    struct play play;
    begin(&play, "abs(w[0] + 1.5) < 0.01", "solve: edit w[0] -1.5");
    act(&play, "edit w[0] 2");
    says(&play, "w[0] is 2 now; wanted: −1.50.");
    end(&play);
    begin(&play, "abs(w[0]) < 0.01", "solve: edit w[0] 0");
    act(&play, "edit w[0] 2");
    says(&play, "w[0] is 2 now; wanted: 0.");
    end(&play);
}
END_TEST

START_TEST(others_say_nearer_or_farther)
{
    struct play play;
    begin(&play, "max(w[0], x[0]) > 8", "solve: edit x[0] 9");
    act(&play, "edit x[0] 5"); /* from 3 */
    says(&play, "Not there yet, but nearer than before.");
    act(&play, "edit x[0] 4");
    says(&play, "Not there yet, and farther away than before.");
    act(&play, "edit b[0] 1");
    says(&play, "Not there yet: that changed nothing in it.");
    end(&play);
    begin(&play, "max(w[0], x[0]) > 8", "solve: edit b[0] 9\nsolve: edit x[0] 9");
    act(&play, "edit x[0] 5"); /* the way to two numbers may lead off at first */
    says(&play, "Not there yet.");
    end(&play);
}
END_TEST

START_TEST(a_hidden_number_is_not_told)
{
    struct play play;
    begin(&play, "out[0] > 3", "solve: edit b[0] 50\n```\n```setup\nhide out[0]");
    act(&play, "edit b[0] 1"); /* -5 */
    says(&play, "Not there yet, but nearer than before.");
    end(&play);
}
END_TEST

/* While a number is dragged nothing is said; once, when the pointer lets go. */
START_TEST(dragging_is_on_the_way)
{
    struct play play;
    begin(&play, "x[0] > 8", "solve: edit x[0] 9");
    act(&play, "drag x[0] 4");
    says(&play, "");
    act(&play, "drag x[0] 5");
    says(&play, "");
    ck_assert(player_let_go(play.p));
    says(&play, "x[0] is 5 now; wanted: above 8.");
    ck_assert(!player_let_go(play.p));
    end(&play);
}
END_TEST

START_TEST(other_waits)
{
    struct play play;
    begin(&play, "select w[0]", "solve: select w[0]");
    act(&play, "select x[0]");
    says(&play, "That is x[0]. Look again.");
    end(&play);
    begin(&play, "step 3", "solve: step 3");
    act(&play, "step");
    says(&play, "1 of 3 steps.");
    end(&play);
    begin(&play, "phase backward", "solve: phase backward");
    act(&play, "step"); /* on the way */
    says(&play, "");
    act(&play, "phase loss");
    says(&play, "This is the phase loss. Another one is wanted.");
    end(&play);
    begin(&play, "edit w[0]", "solve: edit w[0] 1");
    act(&play, "edit x[0] 1");
    says(&play, "That changed x[0]. Another number is meant.");
    end(&play);
}
END_TEST

Suite *test_player_wait(void)
{
    Suite *s = suite_create("player_wait");
    TCase *t = tcase_create("all");
    tcase_add_test(t, a_number_says_where_it_is);
    tcase_add_test(t, a_distance_names_its_goal);
    tcase_add_test(t, others_say_nearer_or_farther);
    tcase_add_test(t, a_hidden_number_is_not_told);
    tcase_add_test(t, dragging_is_on_the_way);
    tcase_add_test(t, other_waits);
    suite_add_tcase(s, t);
    return s;
}
