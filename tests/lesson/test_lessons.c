/* The shipped lessons: what each states is true, and two learners get through each of them. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/lesson/catalogue.h"
#include "glassnet/lesson/check.h"
#include "glassnet/lesson/language.h"
#include "glassnet/lesson/player.h"
#include "glassnet/session/session.h"

Suite *test_lessons(void);

/* The lessons of a language: 0 English, others as listed. */
static struct catalogue *shipped(int language)
{
    struct err err = {0};
    struct catalogue *c =
        catalogue_load(NULL, language ? lesson_language_list(language - 1) : "en", &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    int own = 0;
    for (int i = 0; i < c->count; i++)
        if (!c->cards[i].foreign)
            c->cards[own++] = c->cards[i];
    c->count = own;
    ck_assert_int_ge(c->count, 6);
    return c;
}

START_TEST(the_catalogue)
{
    struct catalogue *c = shipped(_i);
    ck_assert_str_eq(c->cards[0].name, "01-one-neuron");
    ck_assert((strcmp(c->cards[0].title, "One neuron decides") == 0) == (_i == 0));
    for (int i = 0; i < c->count; i++) {
        ck_assert_msg(!c->cards[i].fault, "%s", c->cards[i].fault);
        ck_assert(i == 0 || c->cards[i - 1].order <= c->cards[i].order);
        ck_assert_int_ge(c->cards[i].pages, 8);
        ck_assert_int_ge(c->cards[i].tasks, 5);
        ck_assert_int_ge(c->cards[i].teaches_count, 1);
    }
    catalogue_destroy(c);
}
END_TEST

START_TEST(a_folder_with_a_faulty_lesson)
{
    struct err err = {0};
    ck_assert(!catalogue_load("/dev/null/none", "en", &err));
    ck_assert(err_any(&err));
    char folder[] = "/tmp/glassnet-lessons-XXXXXX", path[200];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/bad.md", folder);
    ck_assert(file_write(path, "hello", 5, NULL));
    struct catalogue *c = catalogue_load(folder, "en", NULL);
    ck_assert_int_eq(c->count, 1);
    ck_assert_str_eq(c->cards[0].title, "bad");
    ck_assert(strstr(c->cards[0].fault, "bad.md:1: a lesson begins with a head") != NULL);
    catalogue_destroy(c);
    remove(path);
    remove(folder);
}
END_TEST

START_TEST(every_statement_is_true)
{
    struct catalogue *c = shipped(_i);
    for (int i = 0; i < c->count; i++) {
        struct lesson_report report = {0};
        struct err err = {0};
        bool ok = lesson_check(c->cards[i].path, &report, &err);
        ck_assert_msg(!err_any(&err), "%s: %s", c->cards[i].name, err.message);
        if (!ok)
            ck_abort_msg("%s.md:%d: %s", c->cards[i].name, report.faults[0].line,
                         report.faults[0].sentence);
        ck_assert_int_eq(report.pages, c->cards[i].pages);
        ck_assert_int_eq(report.tasks, c->cards[i].tasks);
        lesson_report_deinit(&report);
    }
    catalogue_destroy(c);
}
END_TEST

/* At least two numbers are predicted and five things are done in each. */
START_TEST(every_lesson_asks_for_predictions)
{
    struct catalogue *c = shipped(_i);
    for (int i = 0; i < c->count; i++) {
        struct lesson *l = lesson_load(c->cards[i].path, NULL);
        int predictions = 0, tasks = 0;
        for (int p = 0; p < l->page_count; p++)
            for (int k = 0; k < l->pages[p].item_count; k++) {
                predictions += l->pages[p].items[k].kind == LESSON_PREDICT;
                tasks += lesson_item_is_task(&l->pages[p].items[k]);
            }
        ck_assert_int_ge(predictions, 2);
        ck_assert_int_ge(tasks, 5);
        lesson_destroy(l);
    }
    catalogue_destroy(c);
}
END_TEST

static void no_fault(struct player *p, const char *name)
{
    const char *fault = player_view(p)->fault;
    ck_assert_msg(!fault, "%s: %s", name, fault);
}

/* Answers wrongly until every hint and the worked solution are out, then asks to be shown. */
static void fail_task(struct player *p, const char *name)
{
    for (int tries = 0;; tries++) {
        const struct player_view *view = player_view(p);
        int active = view->active, done = view->tasks_done;
        ck_assert_msg(tries < 50, "%s: no end of hints", name);
        if (!view->can_hint)
            break;
        enum lesson_item_kind kind = view->blocks[active].kind;
        int option = -1;
        for (int k = 0; k < view->blocks[active].option_count; k++)
            if (!view->blocks[active].item->options[k].right)
                option = k;
        if (kind == LESSON_PREDICT || kind == LESSON_ANSWER)
            player_answer(p, "-98765");
        else if (kind == LESSON_CHOOSE)
            player_choose(p, option);
        else if (kind == LESSON_FIND)
            player_clicked(p, "loss");
        else
            player_hint(p);
        ck_assert_int_eq(player_view(p)->tasks_done, done);
    }
    ck_assert(player_show(p));
}

START_TEST(a_learner_who_is_always_wrong)
{
    struct catalogue *c = shipped(_i);
    for (int i = 0; i < c->count; i++) {
        struct err err = {0};
        struct lesson *l = lesson_load(c->cards[i].path, &err);
        struct session *session = session_create();
        struct lesson_host host = host_of_session(session);
        struct player *p = player_create(l, &host, &err);
        ck_assert_msg(p != NULL, "%s", err.message);
        for (int page = 0; page < l->page_count; page++) {
            while (player_view(p)->active >= 0)
                fail_task(p, c->cards[i].name);
            no_fault(p, c->cards[i].name);
            ck_assert(player_next(p));
        }
        ck_assert(player_view(p)->finished);
        ck_assert_int_eq(player_tasks_done(p), 0);
        player_destroy(p);
        session_destroy(session);
        lesson_destroy(l);
    }
    catalogue_destroy(c);
}
END_TEST

START_TEST(back_and_forth)
{
    struct catalogue *c = shipped(_i);
    for (int i = 0; i < c->count; i++) {
        struct err err = {0};
        struct lesson *l = lesson_load(c->cards[i].path, &err);
        struct session *session = session_create();
        struct lesson_host host = host_of_session(session);
        struct player *p = player_create(l, &host, &err);
        ck_assert(player_go(p, l->page_count - 1));
        no_fault(p, c->cards[i].name);
        while (player_back(p))
            no_fault(p, c->cards[i].name);
        ck_assert_int_eq(player_view(p)->page, 0);
        player_destroy(p);
        session_destroy(session);
        lesson_destroy(l);
    }
    catalogue_destroy(c);
}
END_TEST

Suite *test_lessons(void)
{
    Suite *s = suite_create("lessons");
    TCase *t = tcase_create("all");
    int languages = 1;
    while (lesson_language_list(languages - 1))
        languages++;
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, the_catalogue, 0, languages);
    tcase_add_test(t, a_folder_with_a_faulty_lesson);
    tcase_add_loop_test(t, every_statement_is_true, 0, languages);
    tcase_add_loop_test(t, every_lesson_asks_for_predictions, 0, languages);
    tcase_add_loop_test(t, a_learner_who_is_always_wrong, 0, languages);
    tcase_add_loop_test(t, back_and_forth, 0, languages);
    suite_add_tcase(s, t);
    return s;
}
