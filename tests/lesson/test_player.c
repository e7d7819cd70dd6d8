#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "fake_host.h"
#include "glassnet/lesson/player.h"

Suite *test_player(void);

/* Two pages; w·x + b = -2·3 + 0.5 = -5.5. */
static const char text[] = "---\ntitle: T\nlock: [train]\n---\n"
                           "# First\n\n"
                           "It is {out[0] .1} and b is {b[0]}.\n\n"
                           "```setup\nedit b[0] 0.5\n```\n"
                           "```predict out[0] within 0.01\n"
                           "ask: The sum?\n"
                           "wrong if value = w[0]*x[0]: Without b.\n"
                           "hint: One.\n"
                           "hint: Two.\n"
                           "right: It is {out[0] .1}.\n"
                           "```\n"
                           "```hint\nThree.\n```\n"
                           "```do\nedit b[0] 1\n```\n"
                           "```answer b[0]/3 within 0.001\nask: A third?\n```\n"
                           "```reveal\nThe end of {x[0]}.\n```\n"
                           "\n---\n"
                           "# Second\n\n"
                           "```choose\n"
                           "ask: Which two?\n"
                           "right: a | Yes a.\n"
                           "wrong: b | Not b.\n"
                           "right: c | Yes c.\n"
                           "```\n"
                           "```find w[0]\n"
                           "ask: Where?\n"
                           "wrong if cell = x: An input.\n"
                           "hint: Left.\n"
                           "```\n"
                           "```wait edit b[0]\nsolve: edit b[0] 2\n```\n"
                           "```train-until loss < 0.15 max 3\nsolve: edit rate 0.4\n```\n"
                           "```draw 7\nsolve: draw 0.1,0.1 0.9,0.1\n```\n";

struct play {
    struct fake fake;
    struct lesson *lesson;
    struct player *p;
};

static void begin(struct play *play, const char *markdown)
{
    struct err err = {0};
    struct lesson_host host = fake_host(&play->fake);
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

/* A learner's command, seen by the player at once. */
static void act(struct play *play, const char *line)
{
    ck_assert(fake_command(&play->fake, line, NULL));
    player_update(play->p);
}

/* All runs of a text, joined. */
static const char *joined(const struct player_text *t, char *out, size_t size)
{
    out[0] = 0;
    for (int i = 0; i < t->count; i++) {
        size_t n = strlen(out);
        snprintf(out + n, size - n, "%s", t->runs[i].text);
    }
    return out;
}

static void expect_text(const struct player_text *t, const char *expected)
{
    char out[600];
    ck_assert_str_eq(joined(t, out, sizeof out), expected);
}

/* The block of the first task of a kind on this page. */
static const struct player_block *block(struct player *p, enum lesson_item_kind kind)
{
    const struct player_view *view = player_view(p);
    for (int i = 0; i < view->block_count; i++)
        if (view->blocks[i].kind == kind)
            return &view->blocks[i];
    ck_abort_msg("no such block");
    return NULL;
}

START_TEST(a_page_as_it_begins)
{
    struct play play;
    begin(&play, text);
    const struct player_view *view = player_view(play.p);
    ck_assert_str_eq(view->lesson_title, "T");
    ck_assert_str_eq(view->page_title, "First");
    ck_assert_int_eq(view->pages, 2);
    ck_assert_int_eq(view->tasks, 2);
    ck_assert_int_eq(view->tasks_done, 0);
    ck_assert_int_eq(view->block_count, 4); /* heading, paragraph, predict, answer */
    ck_assert_int_eq(view->active, 2);
    ck_assert(!view->can_next && !view->can_back && view->can_hint && view->can_skip);
    ck_assert_int_eq(view->blocks[3].status, TASK_LATER);
    expect_text(&view->blocks[1].text, "It is ? and b is 0.500."); /* the asked one is hidden */
    ck_assert_str_eq(view->blocks[1].text.runs[1].cell, "out[0]");
    ck_assert(player_is_locked(play.p, "train") && !player_is_locked(play.p, "build"));
    ck_assert_str_eq(play.fake.log, "edit b[0] 0.5\nhide out[0]\n");
    ck_assert_ptr_null(view->fault);
    end(&play);
}
END_TEST

START_TEST(a_right_answer)
{
    struct play play;
    begin(&play, text);
    ck_assert(player_answer(play.p, "−5,5"));
    const struct player_block *b = block(play.p, LESSON_PREDICT);
    ck_assert_int_eq(b->status, TASK_DONE);
    ck_assert_int_eq(b->tone, TONE_RIGHT);
    expect_text(&b->feedback, "It is −5.0."); /* the do block behind it has set b to 1 */
    ck_assert(strstr(play.fake.log, "reveal out[0]\nedit b[0] 1\n") != NULL);
    ck_assert_int_eq(block(play.p, LESSON_ANSWER)->status, TASK_ACTIVE);
    ck_assert_int_eq(player_view(play.p)->block_count, 4); /* reveal waits for the answer */
    ck_assert(player_answer(play.p, "1/3"));
    const struct player_view *view = player_view(play.p);
    ck_assert_int_eq(view->block_count, 5);
    expect_text(&view->blocks[4].text, "The end of 3.");
    ck_assert(view->can_next && view->active == -1 && !view->can_show);
    ck_assert_int_eq(player_tasks_done(play.p), 2);
    ck_assert_int_eq(player_tasks(play.p), 7);
    end(&play);
}
END_TEST

static void expect_wrong(struct player *p, const char *typed, const char *reason)
{
    ck_assert(!player_answer(p, typed));
    const struct player_block *b = block(p, LESSON_PREDICT);
    ck_assert_int_eq(b->status, TASK_ACTIVE);
    ck_assert_int_eq(b->tone, TONE_WRONG);
    expect_text(&b->feedback, reason);
}

START_TEST(wrong_answers_get_a_reason)
{
    struct play play;
    begin(&play, text);
    expect_wrong(play.p, "-6", "Without b.");
    ck_assert_int_eq(block(play.p, LESSON_PREDICT)->hint_count, 0); /* the reason is enough */
    expect_wrong(play.p, "5.5", "The size is right, the sign is not.");
    ck_assert_int_eq(block(play.p, LESSON_PREDICT)->hint_count, 1);
    expect_wrong(play.p, "-55",
                 "A factor of ten too much or too little: look at the decimal point.");
    expect_wrong(play.p, "-5.54", "Very close, but not it: go through your steps once more.");
    expect_wrong(play.p, "-8", "Not yet: it is larger than that.");
    expect_wrong(play.p, "8", "Not yet: it is smaller than that.");
    expect_wrong(play.p, "-6.0", "Without b.");
    ck_assert(!player_answer(play.p, "five"));
    expect_text(&block(play.p, LESSON_PREDICT)->feedback,
                "Type a number, such as 0.25, −3 or 1/3.");
    ck_assert(player_answer(play.p, "-5.49")); /* the tolerance's edge */
    end(&play);
}
END_TEST

/* More decimals are asked for where they make it right, and nowhere else. */
START_TEST(nearly_right_answers_get_what_fits)
{
    static const char decimals[] = "Very close: keep one more decimal while you work it out.";
    static const char slip[] = "Very close, but not it: go through your steps once more.";
    static const struct {
        double truth, within;
        const char *typed, *said;
    } all[] = {{0.8438, 0.01, "0.8", decimals},
               {0.8438, 0.001, "0.84", decimals},
               {0.8438, 0.001, "84%", decimals},
               {0.8438, 0.001, "0,845", slip},
               {7, 0.5, "8", slip},
               {7, 0.3, "7.5", slip},
               {2.5, 0.2, "3", decimals},
               {2.5, 0.2, "2", decimals},
               {-2.68, 0.01, "-2.7", decimals},
               {2.0 / 3, 0.001, "2/3+0.004", slip}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct play play;
        char markdown[200];
        snprintf(markdown, sizeof markdown,
                 "---\ntitle: T\n---\n```predict x[0] within %g\nask: What?\n```\n", all[i].within);
        begin(&play, markdown);
        fake_put(&play.fake, "x[0]", all[i].truth);
        expect_wrong(play.p, all[i].typed, all[i].said);
        end(&play);
    }
}
END_TEST

START_TEST(hints_one_by_one_then_the_worked_solution)
{
    struct play play;
    begin(&play, text);
    for (int i = 1; i <= 3; i++) {
        ck_assert(player_hint(play.p));
        ck_assert_int_eq(block(play.p, LESSON_PREDICT)->hint_count, i);
        ck_assert_int_eq(block(play.p, LESSON_PREDICT)->worked_count, 0);
    }
    expect_text(&block(play.p, LESSON_PREDICT)->hints[2], "Three."); /* of the hint block */
    ck_assert(player_hint(play.p));
    const struct player_block *b = block(play.p, LESSON_PREDICT);
    ck_assert_int_eq(b->worked_count, 1);
    ck_assert_str_eq(b->worked[0], "= −5.500");
    ck_assert(!player_hint(play.p));
    ck_assert(!player_view(play.p)->can_hint);
    ck_assert_int_eq(block(play.p, LESSON_PREDICT)->status, TASK_ACTIVE);
    end(&play);
}
END_TEST

START_TEST(showing_works_it_out)
{
    struct play play;
    begin(&play, text);
    ck_assert(player_show(play.p));
    ck_assert_str_eq(block(play.p, LESSON_PREDICT)->answer, "−5.500");
    ck_assert_int_eq(block(play.p, LESSON_PREDICT)->status, TASK_SHOWN);
    ck_assert(player_show(play.p));
    const struct player_block *b = block(play.p, LESSON_ANSWER);
    ck_assert_int_eq(b->worked_count, 3);
    ck_assert_str_eq(b->worked[0], "b[0]/3");
    ck_assert_str_eq(b->worked[1], "= 1/3");
    ck_assert_str_eq(b->worked[2], "= 0.3333");
    ck_assert_int_eq(player_tasks_done(play.p), 0); /* shown is not done by the learner */
    ck_assert(player_view(play.p)->can_next);
    end(&play);
}
END_TEST

static void to_second_page(struct play *play)
{
    begin(play, text);
    ck_assert(player_skip(play->p) && player_skip(play->p));
    ck_assert(!player_skip(play->p));
    ck_assert(player_next(play->p));
    ck_assert_str_eq(player_view(play->p)->page_title, "Second");
}

START_TEST(all_right_options_must_be_found)
{
    struct play play;
    to_second_page(&play);
    ck_assert(!player_choose(play.p, 1));
    expect_text(&block(play.p, LESSON_CHOOSE)->feedback, "Not b.");
    ck_assert(player_choose(play.p, 0));
    ck_assert_int_eq(block(play.p, LESSON_CHOOSE)->status, TASK_ACTIVE);
    ck_assert(block(play.p, LESSON_CHOOSE)->options[0].right);
    ck_assert(!block(play.p, LESSON_CHOOSE)->options[2].right); /* not given away */
    ck_assert(!player_choose(play.p, 3) && !player_choose(play.p, -1));
    ck_assert(player_choose(play.p, 2));
    ck_assert_int_eq(block(play.p, LESSON_CHOOSE)->status, TASK_DONE);
    end(&play);
}
END_TEST

START_TEST(finding_a_cell)
{
    struct play play;
    to_second_page(&play);
    player_skip(play.p);
    act(&play, "step"); /* moves no selection: no answer */
    ck_assert_int_eq(block(play.p, LESSON_FIND)->tone, TONE_NONE);
    act(&play, "select x[0]");
    expect_text(&block(play.p, LESSON_FIND)->feedback, "An input.");
    act(&play, "select b[0]");
    expect_text(&block(play.p, LESSON_FIND)->feedback, "That is b[0]. Look again.");
    ck_assert_int_eq(block(play.p, LESSON_FIND)->hint_count, 1);
    act(&play, "select w[0]");
    ck_assert_int_eq(block(play.p, LESSON_FIND)->status, TASK_DONE);
    end(&play);
}
END_TEST

/* Arrow keys lead over other cells to the one that is meant: those are no answers. */
START_TEST(walking_to_a_cell)
{
    struct play play;
    to_second_page(&play);
    player_skip(play.p);
    act(&play, "move x[0]");
    act(&play, "move b[0]");
    ck_assert_int_eq(block(play.p, LESSON_FIND)->tone, TONE_NONE);
    act(&play, "move w[0]");
    ck_assert_int_eq(block(play.p, LESSON_FIND)->status, TASK_DONE);
    end(&play);
}
END_TEST

START_TEST(waiting_for_the_learner)
{
    struct play play;
    to_second_page(&play);
    player_skip(play.p);
    player_skip(play.p);
    expect_text(&block(play.p, LESSON_WAIT)->text, "Change b[0].");
    player_update(play.p);
    act(&play, "edit w[0] 1");
    ck_assert_int_eq(block(play.p, LESSON_WAIT)->status, TASK_ACTIVE);
    act(&play, "edit b[0] 9");
    ck_assert_int_eq(block(play.p, LESSON_WAIT)->status, TASK_DONE);
    expect_text(&block(play.p, LESSON_TRAIN_UNTIL)->text,
                "Train until loss < 0.15, in 3 epochs at most.");
    act(&play, "train 2"); /* 0.8, 0.4, 0.2 */
    ck_assert_int_eq(block(play.p, LESSON_TRAIN_UNTIL)->status, TASK_ACTIVE);
    act(&play, "train 1"); /* 0.1 */
    ck_assert_int_eq(block(play.p, LESSON_TRAIN_UNTIL)->status, TASK_DONE);
    act(&play, "draw 0.5,0.5 0.6,0.6");
    ck_assert_int_eq(block(play.p, LESSON_DRAW)->status, TASK_DONE);
    ck_assert(player_view(play.p)->last_page && !player_view(play.p)->finished);
    ck_assert(player_next(play.p));
    ck_assert(player_view(play.p)->finished);
    ck_assert(!player_next(play.p));
    end(&play);
}
END_TEST

START_TEST(training_for_too_long)
{
    struct play play;
    to_second_page(&play);
    for (int i = 0; i < 3; i++)
        player_skip(play.p);
    fake_put(&play.fake, "loss", 80);
    act(&play, "train 3");
    const struct player_block *b = block(play.p, LESSON_TRAIN_UNTIL);
    ck_assert_int_eq(b->tone, TONE_WRONG);
    expect_text(&b->feedback, "Not reached within 3 epochs. Try again with other settings.");
    act(&play, "train 20"); /* reached, but too late */
    ck_assert_int_eq(block(play.p, LESSON_TRAIN_UNTIL)->status, TASK_ACTIVE);
    ck_assert(player_go(play.p, 1));
    ck_assert_int_eq(block(play.p, LESSON_CHOOSE)->status, TASK_ACTIVE);
    end(&play);
}
END_TEST

/* What is set too high and what is set too low have a reason each. */
START_TEST(training_with_a_reason)
{
    struct play play;
    begin(&play, "---\ntitle: T\n---\n```train-until loss < 0.01 max 1\nset: rate\n"
                 "wrong if rate < 0.1: Too small.\nwrong if rate > 0.5: Too large.\n"
                 "hint: One.\nsolve: train 9\n```\n");
    act(&play, "edit rate 0.9");
    act(&play, "train 1");
    const struct player_block *b = block(play.p, LESSON_TRAIN_UNTIL);
    ck_assert_int_eq(b->tone, TONE_WRONG);
    expect_text(&b->feedback, "Too large.");
    ck_assert_int_eq(b->hint_count, 0); /* the reason is enough */
    end(&play);
    begin(&play, "---\ntitle: T\n---\n```train-until loss < 0.01 max 1\nset: rate\n"
                 "wrong if rate < 0.1: Too small.\nwrong if rate > 0.5: Too large.\n"
                 "hint: One.\nsolve: train 9\n```\n");
    act(&play, "edit rate 0.05");
    act(&play, "train 1");
    expect_text(&block(play.p, LESSON_TRAIN_UNTIL)->feedback, "Too small.");
    end(&play);
}
END_TEST

START_TEST(steps_and_phases)
{
    struct play play;
    begin(&play, "---\ntitle: T\n---\n```wait step 3\nsolve: step 3\n```\n"
                 "```wait phase backward\nsolve: phase backward\n```\n"
                 "```wait select w[0] or x[0]\nsolve: select w[0]\n```\n");
    expect_text(&block(play.p, LESSON_WAIT)->text, "Press Step 3 times.");
    act(&play, "step");
    act(&play, "step 2");
    ck_assert_int_eq(player_view(play.p)->active, 1);
    act(&play, "phase loss");
    ck_assert_int_eq(player_view(play.p)->active, 1);
    act(&play, "phase backward");
    ck_assert_int_eq(player_view(play.p)->active, 2);
    act(&play, "select b[0]");
    ck_assert_int_eq(player_view(play.p)->active, 2);
    act(&play, "select x[0]");
    ck_assert_int_eq(player_view(play.p)->active, -1);
    end(&play);
}
END_TEST

START_TEST(going_back_rebuilds_the_network)
{
    struct play play;
    to_second_page(&play);
    fake_put(&play.fake, "b[0]", 99);
    play.fake.log[0] = 0;
    ck_assert(player_back(play.p));
    ck_assert_str_eq(play.fake.log, "edit b[0] 0.5\nedit b[0] 1\n"); /* setup, then do */
    const struct player_view *view = player_view(play.p);
    ck_assert_int_eq(view->page, 0);
    ck_assert(view->can_next); /* what was done stays done */
    ck_assert(!player_back(play.p));
    ck_assert(player_go(play.p, 1));
    ck_assert(!player_go(play.p, 2) && !player_go(play.p, -1));
    end(&play);
}
END_TEST

START_TEST(a_command_that_fails_does_not_trap)
{
    struct play play;
    begin(&play, "---\ntitle: T\n---\n```setup\nselect nothing\n```\n"
                 "```predict gone[0] within 1\nask: What?\n```\n");
    const struct player_view *view = player_view(play.p);
    ck_assert_ptr_nonnull(view->fault);
    ck_assert(strstr(view->fault, "t.md:5: \"select nothing\"") != NULL);
    ck_assert(!player_answer(play.p, "1"));
    expect_text(&block(play.p, LESSON_PREDICT)->feedback,
                "This number is not there now; skip this one.");
    ck_assert(player_skip(play.p));
    ck_assert(player_next(play.p));
    end(&play);
}
END_TEST

static bool screen(void *context, const char *line, struct err *err)
{
    (void)err;
    strcat(context, line);
    return true;
}

/* What of the screen a setup may set, and what it may not. */
START_TEST(a_setup_sets_the_screen)
{
    struct fake fake;
    struct err err = {0};
    char set[100] = "";
    struct lesson_host host = fake_host(&fake);
    host.screen = screen;
    host.screen_context = set;
    struct lesson *l =
        lesson_parse("---\ntitle: T\n---\n```setup\napp matrix operands on\n```\n", "t.md", &err);
    struct player *p = player_create(l, &host, &err);
    ck_assert_str_eq(set, "matrix operands on");
    ck_assert_ptr_null(player_view(p)->fault);
    player_destroy(p);
    lesson_destroy(l);
    l = lesson_parse("---\ntitle: T\n---\n```setup\napp leave\n```\n", "t.md", &err);
    p = player_create(l, &host, &err);
    ck_assert_str_eq(set, "matrix operands on");
    ck_assert_ptr_nonnull(strstr(player_view(p)->fault, "of the screen a lesson may set"));
    player_destroy(p);
    lesson_destroy(l);
}
END_TEST

START_TEST(a_learner_who_is_always_wrong)
{
    struct play play;
    begin(&play, text);
    for (int page = 0; page < 2; page++) {
        for (int tries = 0; player_view(play.p)->active >= 0; tries++) {
            ck_assert_int_lt(tries, 100);
            const struct player_view *view = player_view(play.p);
            int active = view->active, hints = view->blocks[active].hint_count;
            bool more = view->can_hint;
            player_answer(play.p, "123456");
            player_choose(play.p, 1);
            player_clicked(play.p, "rate");
            view = player_view(play.p);
            ck_assert_int_eq(view->active, active); /* never taken for right */
            if (more && view->blocks[active].hint_count == hints &&
                view->blocks[active].worked_count == 0)
                ck_assert(player_hint(play.p));
            if (!player_view(play.p)->can_hint)
                ck_assert(player_show(play.p));
        }
        ck_assert(player_next(play.p));
    }
    ck_assert(player_view(play.p)->finished);
    ck_assert_ptr_null(player_view(play.p)->fault);
    end(&play);
}
END_TEST

START_TEST(decimal_commas_in_the_text)
{
    struct play play;
    struct number_style style = {3, ',', false};
    begin(&play, text);
    player_set_style(play.p, &style);
    expect_text(&block(play.p, LESSON_PARAGRAPH)->text, "It is ? and b is 0,500.");
    end(&play);
    begin(&play, "---\ntitle: T\n---\n```answer 1.5*b[0] within 0.1\nask: a\n```\n"
                 "```wait w[0] > 2.5\nsolve: edit w[0] 3.5\n```\n");
    player_set_style(play.p, &style);
    player_show(play.p);
    const struct player_block *b = block(play.p, LESSON_ANSWER);
    ck_assert_str_eq(b->worked[0], "1,5·b[0]");
    ck_assert_str_eq(b->worked[1], "= 1,5·0,5000");
    ck_assert_str_eq(b->worked[2], "= 0,7500");
    expect_text(&block(play.p, LESSON_WAIT)->text, "Go on until w[0] > 2,5.");
    ck_assert_str_eq(player_view(play.p)->solution, "w[0] = 3,5");
    player_hint(play.p);
    ck_assert_str_eq(block(play.p, LESSON_WAIT)->worked[0], "edit w[0] 3,5");
    end(&play);
}
END_TEST

START_TEST(a_network_that_is_not_there)
{
    struct fake fake;
    struct lesson_host host = fake_host(&fake);
    struct err err = {0};
    struct lesson *l =
        lesson_parse("---\ntitle: T\nnetwork: nowhere.net\n---\nx\n", "lessons/t.md", &err);
    ck_assert(!player_create(l, &host, &err));
    ck_assert_str_eq(err.message, "the network \"nowhere.net\" is neither beside the lesson nor "
                                  "among the networks of Glassnet");
    lesson_destroy(l);
}
END_TEST

Suite *test_player(void)
{
    Suite *s = suite_create("player");
    TCase *t = tcase_create("all");
    tcase_add_test(t, a_page_as_it_begins);
    tcase_add_test(t, a_right_answer);
    tcase_add_test(t, wrong_answers_get_a_reason);
    tcase_add_test(t, nearly_right_answers_get_what_fits);
    tcase_add_test(t, hints_one_by_one_then_the_worked_solution);
    tcase_add_test(t, showing_works_it_out);
    tcase_add_test(t, all_right_options_must_be_found);
    tcase_add_test(t, finding_a_cell);
    tcase_add_test(t, walking_to_a_cell);
    tcase_add_test(t, waiting_for_the_learner);
    tcase_add_test(t, training_for_too_long);
    tcase_add_test(t, training_with_a_reason);
    tcase_add_test(t, steps_and_phases);
    tcase_add_test(t, going_back_rebuilds_the_network);
    tcase_add_test(t, a_command_that_fails_does_not_trap);
    tcase_add_test(t, a_setup_sets_the_screen);
    tcase_add_test(t, a_learner_who_is_always_wrong);
    tcase_add_test(t, decimal_commas_in_the_text);
    tcase_add_test(t, a_network_that_is_not_there);
    suite_add_tcase(s, t);
    return s;
}
