/* A quiz in the app, and who is learning: by mouse from the home screen, kept for each learner. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/learner.h"
#include "app/script.h"
#include "glassnet/base/file.h"
#include "glassnet/ui/draw_check.h"
#include "support/temporary.h"

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *begin(void)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    learner_keep(c, temporary_folder());
    run(c, "show home");
    return c;
}

static void clean(struct core *c)
{
    struct draw_report report = {0};
    core_settle(c);
    ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s", report.text);
}

static void finish(struct core *c, const char *lesson)
{
    char line[32];
    run(c, lesson);
    snprintf(line, sizeof line, "app page %d", c->lesson->page_count);
    run(c, line);
    while (player_view(c->player)->active >= 0)
        run(c, "app skip");
    run(c, "app next");
    ck_assert(script_shows(c, "Finished"));
}

/* A file that cannot be read (here: too long to be one) is told, and never written over. */
START_TEST(progress_that_cannot_be_read_stays_as_it_is)
{
    enum { TOO_LONG = (1 << 20) + 100 };
    struct err err = {0};
    size_t size = 0;
    char path[1200];
    char *bytes = calloc(TOO_LONG, 1);
    memset(bytes, '\n', TOO_LONG);
    file_join(path, sizeof path, temporary_folder(), "learner.progress");
    ck_assert(file_write(path, bytes, TOO_LONG, &err));
    struct core *c = begin();
    ck_assert(script_shows(c, "no progress is kept"));
    finish(c, "open lessons/01-one-neuron.md");
    char *found = file_read(path, 2 * TOO_LONG, &size, &err);
    ck_assert_msg(found != NULL && size == TOO_LONG && memcmp(found, bytes, size) == 0,
                  "the file was written over");
    free(found);
    free(bytes);
    core_destroy(c);
}
END_TEST

START_TEST(progress_that_cannot_be_written_names_the_file)
{
    struct err err = {0};
    char folder[1200];
    file_join(folder, sizeof folder, temporary_folder(), "progress");
    struct core *c = core_create(1280, 720, &err);
    learner_keep(c, folder);
    ck_assert_int_eq(rmdir(folder), 0);
    run(c, "open lessons/01-one-neuron.md");
    core_settle(c);
    ck_assert_msg(strstr(c->screen.toast, "learner.progress") != NULL, "\"%s\"", c->screen.toast);
    core_destroy(c);
}
END_TEST

START_TEST(three_questions_after_a_lesson)
{
    struct core *c = begin();
    finish(c, "open lessons/01-one-neuron.md");
    run(c, "click lesson.quiz");
    for (int i = 0; i < 3; i++) {
        char head[32];
        snprintf(head, sizeof head, "Question %d of 3", i + 1);
        ck_assert_msg(script_shows(c, head), "%s is not shown", head);
        clean(c);
        run(c, "app next"); /* not before it is answered */
        ck_assert(script_shows(c, head));
        run(c, "app solution");
        run(c, "click lesson.next");
    }
    ck_assert(script_shows(c, "0 of 3 right"));
    clean(c);
    const struct lesson_place *place = lesson_progress_find(&c->progress, "01-one-neuron");
    ck_assert(place && place->finished);
    ck_assert_int_eq(place->quiz_of, 3);
    ck_assert_int_eq(place->quiz_right, 0);
    ck_assert_int_gt(place->quiz_day, 20000);
    run(c, "click lesson.home");
    ck_assert_str_eq(session_snapshot(c->session)->view, "home");
    core_destroy(c);
}
END_TEST

START_TEST(finished_lessons_are_asked_again)
{
    struct core *c = begin();
    struct err err = {0};
    ck_assert(!ui_find(&c->ui, "home.quiz"));
    ck_assert(!core_command(c, "app quiz old", &err));
    ck_assert_ptr_nonnull(strstr(err.message, "finish a lesson"));
    finish(c, "open lessons/01-one-neuron.md");
    finish(c, "open lessons/05-blame-flows-backwards.md");
    run(c, "app leave");
    clean(c);
    run(c, "click home.quiz");
    ck_assert(script_shows(c, "Question 1 of 2"));
    char first[128];
    snprintf(first, sizeof first, "%s", c->lesson_name);
    run(c, "app solution");
    run(c, "app next");
    ck_assert_str_ne(c->lesson_name, first); /* each lesson in its turn */
    run(c, "app solution");
    run(c, "app next");
    ck_assert(script_shows(c, "of 2 right"));
    ck_assert_int_eq(lesson_progress_find(&c->progress, first)->quiz_of, 1);
    core_destroy(c);
}
END_TEST

START_TEST(each_learner_has_a_progress)
{
    struct core *c = begin();
    run(c, "click home.learner");
    run(c, "click learner.new");
    run(c, "type Ada");
    clean(c);
    run(c, "key Enter");
    ck_assert(script_shows(c, "Hello, Ada."));
    finish(c, "open lessons/01-one-neuron.md");
    run(c, "app learner-is Ben");
    ck_assert_int_eq(c->progress.count, 0);
    ck_assert_str_eq(session_snapshot(c->session)->view, "home");
    run(c, "click home.learner");
    ck_assert(script_shows(c, "Ada"));
    clean(c);
    run(c, "click learner.name.1");
    ck_assert_str_eq(c->progress.learner, "Ada");
    ck_assert(lesson_progress_find(&c->progress, "01-one-neuron")->finished);
    core_destroy(c);
    c = begin(); /* who was last goes on */
    ck_assert_str_eq(c->progress.learner, "Ada");
    core_destroy(c);
}
END_TEST

START_TEST(a_name_is_typed_at_once)
{
    struct core *c = begin();
    run(c, "click home.learner");
    run(c, "type Zoë"); /* no click and no Tab before */
    run(c, "key Enter");
    ck_assert_str_eq(c->progress.learner, "Zoë");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    run(c, "app learner"); /* by the palette's line, too */
    run(c, "type Ben");
    run(c, "key Enter");
    ck_assert_str_eq(c->progress.learner, "Ben");
    core_destroy(c);
}
END_TEST

/* By mouse from the home screen: who has done what, and all of it in one file. */
START_TEST(a_teacher_sees_the_whole_class)
{
    struct core *c = begin();
    struct err err = {0};
    size_t size;
    setenv("XDG_DOCUMENTS_DIR", temporary_folder(), 1);
    run(c, "app class");
    ck_assert(script_shows(c, "Nobody has begun a lesson"));
    clean(c);
    ck_assert(!core_command(c, "app class-table", &err));
    run(c, "key Escape");
    run(c, "app learner-is Ada");
    finish(c, "open lessons/01-one-neuron.md");
    run(c, "app leave");
    run(c, "app learner-is Ben");
    run(c, "open lessons/03-how-wrong.md");
    run(c, "app page 2");
    run(c, "app leave");
    run(c, "click home.learner");
    run(c, "click learner.class");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_CLASS);
    ck_assert(script_shows(c, "Ada") && script_shows(c, "Ben"));
    ck_assert(script_shows(c, "1/16") && script_shows(c, "0/16"));
    clean(c);
    run(c, "click class.save");
    ck_assert(script_shows(c, temporary_path("progress-class-1.csv"))); /* in sight, over it */
    char *csv = file_read(temporary_path("progress-class-1.csv"), 10000, &size, &err);
    ck_assert_msg(csv != NULL, "%s", err.message);
    ck_assert_ptr_nonnull(strstr(csv, "\n\"Ada\",\"01-one-neuron\","));
    ck_assert_ptr_nonnull(strstr(csv, "\n\"Ben\",\"03-how-wrong\",2,"));
    free(csv);
    core_destroy(c);
}
END_TEST

/* With room for few lessons the others are a click away. */
START_TEST(the_class_at_a_large_size)
{
    struct core *c = begin();
    run(c, "app learner-is Ada");
    finish(c, "open lessons/16-a-digit-all-the-way.md");
    run(c, "app leave");
    run(c, "setting zoom 250");
    run(c, "app class");
    clean(c);
    for (int i = 0; i < 16 && !(ui_find(&c->ui, "class.later")->state & STATE_DISABLED); i++) {
        run(c, "click class.later");
        clean(c);
    }
    ck_assert_int_gt(c->screen.class_table.first, 0);
    ck_assert(ui_find(&c->ui, "class.later")->state & STATE_DISABLED);
    core_destroy(c);
}
END_TEST

START_TEST(the_home_screen_by_keyboard)
{
    struct core *c = begin();
    finish(c, "open lessons/01-one-neuron.md");
    run(c, "app leave");
    bool learner = false, quiz = false;
    for (int i = 0; i < 60 && !(learner && quiz); i++) {
        run(c, "key Tab");
        const struct widget_record *a = ui_find(&c->ui, "home.learner"),
                                   *b = ui_find(&c->ui, "home.quiz");
        learner = learner || (a && a->state & STATE_FOCUS);
        quiz = quiz || (b && b->state & STATE_FOCUS);
    }
    ck_assert(learner && quiz);
    core_destroy(c);
}
END_TEST

Suite *test_quiz(void);
Suite *test_quiz(void)
{
    Suite *s = suite_create("app/quiz");
    TCase *t = tcase_create("quiz");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, progress_that_cannot_be_read_stays_as_it_is);
    tcase_add_test(t, progress_that_cannot_be_written_names_the_file);
    tcase_add_test(t, three_questions_after_a_lesson);
    tcase_add_test(t, finished_lessons_are_asked_again);
    tcase_add_test(t, each_learner_has_a_progress);
    tcase_add_test(t, a_name_is_typed_at_once);
    tcase_add_test(t, a_teacher_sees_the_whole_class);
    tcase_add_test(t, the_class_at_a_large_size);
    tcase_add_test(t, the_home_screen_by_keyboard);
    suite_add_tcase(s, t);
    return s;
}
