/* What a presenter does from the front of the room: by keys, in every view, at home, in a lesson,
 * and while a text is typed. */
#include <check.h>
#include <string.h>

#include "app/script.h"

Suite *test_keys(void);

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
    if (file)
        ck_assert_msg(core_open(c, file, &err), "%s", err.message);
    core_settle(c);
    return c;
}

static int64_t at(struct core *c)
{
    return session_snapshot(c->session)->cursor.cell;
}

START_TEST(a_clicker_steps_in_every_view)
{
    struct core *c = open_core("data/networks/moons.net");
    for (int view = 0; canvas_view_name(view); view++) {
        char line[64];
        snprintf(line, sizeof line, "show %s", canvas_view_name(view));
        run(c, line);
        run(c, "phase start");
        run(c, "key Space");
        run(c, "key PageDown");
        ck_assert_msg(at(c) == 2, "%s", line);
        run(c, "key PageUp");
        run(c, "key Shift+Space");
        ck_assert_msg(at(c) == 0, "%s", line);
    }
    core_destroy(c);
}
END_TEST

START_TEST(a_clicker_steps_in_a_lesson_also_while_an_answer_is_typed)
{
    struct core *c = open_core("lessons/07-which-side.md");
    for (int page = 0; page < 30 && !ui_find(&c->ui, "lesson.answer"); page++) {
        ck_assert(player_go(c->player, page));
        core_settle(c);
    }
    run(c, "click lesson.answer");
    ck_assert(c->ui.text_wanted);
    run(c, "phase start");
    run(c, "key PageDown");
    ck_assert_int_eq(at(c), 1);
    run(c, "key B"); /* belongs to the text */
    ck_assert(!c->screen.blank);
    core_destroy(c);
}
END_TEST

static int page_of(struct core *c)
{
    return player_view(c->player)->page;
}

/* What is left to do on a page is not passed over; then the clicker turns pages. */
START_TEST(a_clicker_turns_the_pages_of_a_lesson)
{
    struct core *c = open_core("lessons/01-one-neuron.md"); /* it hides the transport */
    run(c, "phase start");
    run(c, "key PageDown");
    ck_assert_int_eq(page_of(c), 0);
    ck_assert_int_eq(at(c), 0); /* nothing is to be stepped there */
    ck_assert(script_shows(c, "This page asks something"));
    run(c, "app solution");
    run(c, "key PageDown");
    ck_assert_int_eq(page_of(c), 1);
    run(c, "key PageUp");
    ck_assert_int_eq(page_of(c), 0);
    run(c, "key PageUp");
    ck_assert_int_eq(page_of(c), 0);
    core_destroy(c);
    c = open_core("lessons/07-which-side.md"); /* where it can be stepped it steps */
    run(c, "phase start");
    run(c, "key PageDown");
    ck_assert_int_eq(at(c), 1);
    run(c, "key PageUp");
    ck_assert_int_eq(at(c), 0);
    while (player_view(c->player)->active >= 0)
        run(c, "app solution");
    run(c, "key PageDown");
    ck_assert_int_eq(page_of(c), 1);
    run(c, "phase start");
    run(c, "key PageUp"); /* nothing is left to step back */
    ck_assert_int_eq(page_of(c), 0);
    run(c, "key Space"); /* steps in any case */
    ck_assert_int_ge(at(c), 1);
    core_destroy(c);
}
END_TEST

/* A blank screen comes back by any key, which does nothing else, and by a click. */
START_TEST(blank_is_blank_everywhere)
{
    static const char *const files[] = {NULL, "data/networks/moons.net",
                                        "lessons/01-one-neuron.md"};
    static const char *const ways[] = {"key B", "key .", "key Space", "click 600,300"};
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        struct core *c = open_core(files[f]);
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
            int64_t before = at(c);
            run(c, "key B");
            ck_assert(c->screen.blank);
            ck_assert(!script_shows(c, "Glassnet"));
            run(c, ways[i]);
            ck_assert_msg(!c->screen.blank, "%s", ways[i]);
            ck_assert(script_shows(c, "Glassnet"));
            ck_assert_int_eq(at(c), before);
        }
        core_destroy(c);
    }
}
END_TEST

START_TEST(hide_covers_the_selected_value_in_every_view)
{
    struct core *c = open_core("data/networks/moons.net");
    run(c, "phase forward");
    run(c, "select out[0]");
    for (int view = 0; canvas_view_name(view); view++) {
        char line[64];
        snprintf(line, sizeof line, "show %s", canvas_view_name(view));
        run(c, line);
        if (canvas_flags(&c->screen.canvas) & CANVAS_WIDE)
            continue; /* it shows nothing of a selection */
        run(c, "key H");
        ck_assert(script_shows(c, "guess first"));
        ck_assert(!script_shows(c, "exactly"));
        run(c, "key H");
        ck_assert(script_shows(c, "exactly"));
    }
    core_destroy(c);
}
END_TEST

START_TEST(full_screen_is_asked_for_once)
{
    static const char *const files[] = {NULL, "data/networks/moons.net",
                                        "lessons/01-one-neuron.md"};
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        struct core *c = open_core(files[f]);
        run(c, "key F11");
        ck_assert(c->toggle_full_screen);
        core_destroy(c);
    }
}
END_TEST

/* A script can set what a key turns over. */
START_TEST(switches_are_turned_over_or_set)
{
    struct core *c = open_core("data/networks/moons.net");
    const bool *operands = &c->screen.canvas.matrix.operands;
    bool was = *operands;
    run(c, "app matrix operands");
    ck_assert(*operands == !was);
    for (int i = 0; i < 2; i++) {
        run(c, "app matrix operands on");
        ck_assert(*operands);
    }
    for (int i = 0; i < 2; i++) {
        run(c, "app matrix operands off");
        ck_assert(!*operands);
    }
    run(c, "app lens off");
    ck_assert(c->screen.canvas.network.no_lens);
    run(c, "app lens on");
    ck_assert(!c->screen.canvas.network.no_lens);
    struct err err = {0};
    ck_assert(!script_run_line(c, "app lens maybe", &err));
    core_destroy(c);
}
END_TEST

Suite *test_keys(void)
{
    Suite *s = suite_create("keys");
    TCase *t = tcase_create("keys");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_clicker_steps_in_every_view);
    tcase_add_test(t, a_clicker_turns_the_pages_of_a_lesson);
    tcase_add_test(t, a_clicker_steps_in_a_lesson_also_while_an_answer_is_typed);
    tcase_add_test(t, blank_is_blank_everywhere);
    tcase_add_test(t, hide_covers_the_selected_value_in_every_view);
    tcase_add_test(t, switches_are_turned_over_or_set);
    tcase_add_test(t, full_screen_is_asked_for_once);
    suite_add_tcase(s, t);
    return s;
}
