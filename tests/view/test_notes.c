/* The teacher's window, drawn without one: what the class must not see yet, and the clock. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "support/temporary.h"

Suite *test_notes(void);

static const char lesson[] = "---\ntitle: A small lesson\nnetwork: moons.net\n---\n"
                             "# First page\nLook.\n\n"
                             "```note\nAsk them *why* before they type.\n```\n\n"
                             "```answer 1/2 within 0.01\nask: What is a half?\n```\n\n"
                             "---\n# Second page\nDone.\n";

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *open_core(const char *file)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    ck_assert_msg(core_open(c, file, &err), "%s", err.message);
    core_settle(c);
    return c;
}

/* The texts of the notes, a line each. */
static const char *texts(struct core *c, int w, int h)
{
    static char out[8192];
    size_t at = 0;
    core_draw_notes(c, w, h, c->ui.time);
    out[0] = 0;
    for (int i = 0; i < c->notes.draw.n_cmds; i++) {
        const struct draw_cmd *cmd = &c->notes.draw.cmds[i];
        if (cmd->kind == DRAW_TEXT)
            at += (size_t)snprintf(out + at, sizeof out - at, "%s\n",
                                   (const char *)draw_cmd_data(&c->notes.draw, cmd));
    }
    return out;
}

static void has(struct core *c, const char *part)
{
    const char *text = texts(c, 1000, 700);
    ck_assert_msg(strstr(text, part) != NULL, "\"%s\" is not in:\n%.1500s", part, text);
}

START_TEST(a_page_has_its_notes_the_answer_and_what_is_next)
{
    struct core *c = open_core(temporary_text("lesson.md", lesson));
    run(c, "key F8");
    ck_assert(c->notes.open);
    has(c, "A small lesson · page 1 of 2");
    has(c, "First page");
    has(c, "before they type.");
    has(c, "Answer: 0.5");
    has(c, "Next: Second page");
    ck_assert(!script_shows(c, "before they type.")); /* not on the screen that all see */
    run(c, "app answer 0.5");
    ck_assert_ptr_null(strstr(texts(c, 1000, 700), "Answer"));
    run(c, "app next");
    has(c, "This is the last page.");
    has(c, "There are no notes");
    run(c, "key F8");
    ck_assert(!c->notes.open);
    core_destroy(c);
}
END_TEST

START_TEST(without_a_lesson_it_is_about_the_selected_number)
{
    struct core *c = open_core("data/networks/moons.net");
    char number[48];
    double value;
    run(c, "phase forward");
    has(c, "Select a number");
    run(c, "select out.z[0]");
    run(c, "watch hidden2[1]");
    run(c, "key H"); /* hidden from the class, not from the teacher */
    ck_assert(session_value(c->session, "out.z[0]", &value, NULL));
    has(c, view_number(session_snapshot(c->session), value, number, sizeof number));
    has(c, "hidden2[1]");
    core_destroy(c);
}
END_TEST

START_TEST(the_clock_goes_by_seconds)
{
    struct core *c = open_core("data/networks/moons.net");
    ck_assert(isinf(core_due(c)));
    run(c, "app notes");
    core_frame(c, c->notes.since + 75.2);
    ck_assert_double_eq_tol(core_due(c), c->notes.since + 76, 1e-6);
    has(c, "1:15");
    core_destroy(c);
}
END_TEST

START_TEST(it_is_clean_at_every_size)
{
    static const int sizes[][2] = {{640, 360}, {1000, 700}, {1920, 1080}};
    struct core *c = open_core("data/networks/digits-cnn.net");
    run(c, "phase forward");
    run(c, "select conv2.z[3,2,5]");
    for (int i = 0; i < 10; i++) {
        char line[32];
        snprintf(line, sizeof line, "watch out[%d]", i);
        run(c, line);
    }
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct draw_report report = {0};
        core_draw_notes(c, sizes[i][0], sizes[i][1], c->ui.time);
        ck_assert_msg(draw_list_check_text(&c->notes.draw, &report) == 0, "%d: %.900s", sizes[i][0],
                      report.text);
    }
    core_destroy(c);
}
END_TEST

Suite *test_notes(void)
{
    Suite *s = suite_create("notes");
    TCase *t = tcase_create("notes");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_page_has_its_notes_the_answer_and_what_is_next);
    tcase_add_test(t, without_a_lesson_it_is_about_the_selected_number);
    tcase_add_test(t, the_clock_goes_by_seconds);
    tcase_add_test(t, it_is_clean_at_every_size);
    suite_add_tcase(s, t);
    return s;
}
