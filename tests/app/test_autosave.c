/* What is open outlives an end without leave, and is offered again. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/script.h"
#include "glassnet/base/file.h"
#include "support/temporary.h"

static struct core *begin(void)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    core_keep_session(c, temporary_folder());
    core_settle(c);
    return c;
}

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

/* Lives, edits and dies without leave: in a child, so that its number is nobody's afterwards. */
static void live_and_die(const char *file, const char *const *lines)
{
    pid_t child = fork();
    if (child == 0) {
        struct core *c = begin();
        char line[300];
        snprintf(line, sizeof line, "open %s", file);
        run(c, line);
        for (int i = 0; lines[i]; i++)
            run(c, lines[i]);
        core_frame(c, c->ui.time + 60);
        bool saved = session_save_end(c->session, NULL);
        _exit(saved ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

START_TEST(a_session_that_was_left_is_offered)
{
    static const char *const life[] = {"edit hidden1.b[0] 0.5", "goto-step 7", "phase backward",
                                       NULL};
    live_and_die("data/networks/moons.net", life);
    struct core *c = begin();
    ck_assert_int_eq(c->screen.overlay, OVERLAY_RECOVER);
    run(c, "assert-text Go on where you were?");
    run(c, "click recover.yes");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    const struct snapshot *s = session_snapshot(c->session);
    ck_assert_int_eq(s->step, 7);
    ck_assert_int_eq(view_phase(s), PHASE_BACKWARD);
    run(c, "undo");
    run(c, "assert hidden1.b[0] 0.5 0");
    core_destroy(c);
    c = begin(); /* taken and closed: nothing is left */
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    core_destroy(c);
}
END_TEST

START_TEST(begin_anew_forgets_it)
{
    static const char *const life[] = {NULL};
    live_and_die("data/networks/moons.net", life);
    struct core *c = begin();
    run(c, "click recover.no");
    ck_assert_ptr_null(session_snapshot(c->session)->net);
    core_destroy(c);
    c = begin();
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    core_destroy(c);
}
END_TEST

START_TEST(a_lesson_comes_back_at_its_page)
{
    static const char *const life[] = {"app skip", "app next", "edit out.b[0] 0.75", NULL};
    live_and_die("lessons/01-one-neuron.md", life);
    struct core *c = begin();
    run(c, "click recover.yes");
    ck_assert_ptr_nonnull(c->player);
    ck_assert_int_eq(player_view(c->player)->page, 1);
    run(c, "assert out.b[0] 0.75 0");
    core_destroy(c);
}
END_TEST

/* Two programs at once: neither takes the other's for left. */
START_TEST(a_living_program_keeps_its_own)
{
    struct core *a = begin();
    run(a, "open data/networks/moons.net");
    core_frame(a, a->ui.time + 60);
    session_save_end(a->session, NULL);
    ck_assert(file_exists(a->autosave.own));
    struct core *b = begin();
    ck_assert_int_eq(b->screen.overlay, OVERLAY_NONE);
    core_destroy(b);
    core_destroy(a);
}
END_TEST

Suite *test_autosave(void);
Suite *test_autosave(void)
{
    Suite *s = suite_create("autosave");
    TCase *t = tcase_create("autosave");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, a_session_that_was_left_is_offered);
    tcase_add_test(t, begin_anew_forgets_it);
    tcase_add_test(t, a_lesson_comes_back_at_its_page);
    tcase_add_test(t, a_living_program_keeps_its_own);
    suite_add_tcase(s, t);
    return s;
}
