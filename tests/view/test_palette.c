/* The palette: what it finds, what it runs, by keys and by mouse. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "glassnet/view/action.h"
#include "view/chooser.h"

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *open_core(const char *file, int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    if (file)
        ck_assert_msg(core_open(c, file, &err), "%s", err.message);
    core_settle(c);
    return c;
}

static void type_and_enter(struct core *c, const char *text)
{
    char line[200];
    run(c, "key Ctrl+K");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_PALETTE);
    snprintf(line, sizeof line, "type %s", text);
    run(c, line);
    run(c, "key Enter");
}

static const char *selected(struct core *c, char *out, size_t size)
{
    const struct snapshot *s = session_snapshot(c->session);
    return cell_is(s->selected) ? cell_name(s->program, s->selected, out, size) : "none";
}

START_TEST(words_are_matched)
{
    ck_assert_int_eq(chooser_score("", "One step on"), 0);
    ck_assert_int_eq(chooser_score("step", "One step on"), 3);
    ck_assert_int_eq(chooser_score("ST on", "One step on"), 6);
    ck_assert_int_eq(chooser_score("tep", "One step on"), 1);
    ck_assert_int_eq(chooser_score("step back", "One step on"), -1);
    ck_assert_int_eq(chooser_score("  step ", "One step on"), 3);
}
END_TEST

/* Every action can be found by its title and run from here. */
START_TEST(every_action_is_there_with_its_key)
{
    struct core *c = open_core("data/networks/moons.net", 1920, 1080);
    const struct action *a;
    for (int i = 0; (a = action_at(i)); i++) {
        char line[200];
        if (strcmp(a->line, "app palette") == 0)
            continue;
        run(c, "key Ctrl+K");
        snprintf(line, sizeof line, "type %s", a->title);
        run(c, line);
        ck_assert_msg(ui_find(&c->ui, a->title) != NULL, "%s", a->title);
        if (a->keys[0])
            ck_assert_msg(script_shows(c, a->keys[0]), "%s: %s", a->title, a->keys[0]);
        run(c, "key Escape");
        ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    }
    core_destroy(c);
}
END_TEST

START_TEST(enter_runs_the_best)
{
    struct core *c = open_core("data/networks/moons.net", 1280, 720);
    char name[200];
    type_and_enter(c, "one step on");
    ck_assert_int_eq(session_snapshot(c->session)->cursor.cell, 1);
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    type_and_enter(c, "theme board");
    ck_assert_str_eq(session_snapshot(c->session)->theme, "board");
    type_and_enter(c, "blank");
    ck_assert(c->screen.blank);
    run(c, "key Space");
    type_and_enter(c, "class code");
    ck_assert_str_eq(session_snapshot(c->session)->view, "run");
    ck_assert_ptr_nonnull(ui_find(&c->ui, "run.code"));
    type_and_enter(c, "data circles");
    ck_assert_msg(strstr(session_snapshot(c->session)->data->spec, "circles") != NULL, "%s",
                  session_snapshot(c->session)->data->spec);
    type_and_enter(c, "network digits8");
    ck_assert_str_eq(session_snapshot(c->session)->title, "digits8.net");
    type_and_enter(c, "hidden.z[3]");
    ck_assert_str_eq(selected(c, name, sizeof name), "hidden.z[3]");
    type_and_enter(c, "settings:");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_SETTINGS);
    run(c, "key Ctrl+K"); /* from one overlay to another */
    ck_assert_int_eq(c->screen.overlay, OVERLAY_PALETTE);
    run(c, "type one neuron");
    run(c, "key Enter");
    ck_assert_ptr_nonnull(c->player);
    core_destroy(c);
}
END_TEST

START_TEST(names_of_cells_are_completed)
{
    struct core *c = open_core("data/networks/digits-cnn.net", 1280, 720);
    char name[200];
    type_and_enter(c, "conv1.W[3");
    ck_assert_str_eq(selected(c, name, sizeof name), "conv1.W[3,0,0,0]");
    type_and_enter(c, "d:conv2.b");
    ck_assert_str_eq(selected(c, name, sizeof name), "d:conv2.b[0]");
    type_and_enter(c, "conv1[9,14,3]");
    ck_assert_str_eq(selected(c, name, sizeof name), "conv1[9,14,3]");
    /* what is no cell says why, and runs nothing */
    type_and_enter(c, "conv9[1]");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_PALETTE);
    ck_assert(script_shows(c, "conv9"));
    ck_assert_str_eq(selected(c, name, sizeof name), "conv1[9,14,3]");
    run(c, "key Escape");
    type_and_enter(c, "qqqq");
    ck_assert(script_shows(c, "Nothing is called that."));
    core_destroy(c);
}
END_TEST

START_TEST(arrows_and_mouse_choose)
{
    struct core *c = open_core("data/networks/moons.net", 1280, 720);
    run(c, "click menu");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_PALETTE);
    run(c, "key Down");
    run(c, "key Down");
    run(c, "key Up");
    ck_assert_int_eq(c->screen.palette.chooser.at, 1);
    run(c, "key PageDown");
    ck_assert_int_gt(c->screen.palette.chooser.at, 3);
    ck_assert_int_eq(session_snapshot(c->session)->cursor.cell, 0); /* no step behind it */
    run(c, "type full screen");
    ck_assert_int_eq(c->screen.palette.chooser.at, 0);
    run(c, "click Full screen");
    ck_assert(c->toggle_full_screen);
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    core_destroy(c);
}
END_TEST

START_TEST(at_home_it_opens_things)
{
    struct core *c = open_core(NULL, 1280, 720);
    run(c, "click home.menu");
    run(c, "type step");
    ck_assert_ptr_null(ui_find(&c->ui, "One step on"));
    run(c, "key Ctrl+A");
    run(c, "type moons");
    run(c, "key Enter");
    ck_assert_str_eq(session_snapshot(c->session)->title, "moons.net");
    core_destroy(c);
}
END_TEST

/* Polish is found as it is typed on any keyboard, and its capitals as small letters. */
START_TEST(polish_without_its_marks)
{
    struct core *c = open_core("data/networks/moons.net", 1280, 720);
    run(c, "setting language pl");
    run(c, "key Ctrl+K");
    run(c, "type otworz");
    ck_assert_ptr_nonnull(ui_find(&c->ui, "Otwórz plik"));
    run(c, "key Ctrl+A");
    run(c, "type OTWÓRZ");
    ck_assert_ptr_nonnull(ui_find(&c->ui, "Otwórz plik"));
    run(c, "key Ctrl+A");
    run(c, "type ustaw"); /* and what has no marks, as ever */
    ck_assert_ptr_nonnull(ui_find(&c->ui, "Ustawienia: liczby, kolory, rozmiar"));
    run(c, "key Escape");
    type_and_enter(c, "zbior uczacy"); /* a word of the glossary */
    ck_assert_int_eq(c->screen.overlay, OVERLAY_GLOSSARY);
    ck_assert_str_eq(c->screen.glossary.words->pages[c->screen.glossary.page].title,
                     "zbiór uczący");
    run(c, "setting language en");
    core_destroy(c);
}
END_TEST

START_TEST(nothing_overlaps_at_any_size)
{
    static const int sizes[][2] = {{1280, 720}, {1920, 1080}}, zooms[] = {80, 150, 250};
    static const char *const typed[] = {"", "type t", "type conv1.W[", "type nosuch[1]"};
    struct core *c = open_core("data/networks/digits-cnn.net", sizes[_i][0], sizes[_i][1]);
    for (int theme = 0; theme < theme_count(); theme++)
        for (int z = 0; z < 3; z++)
            for (int k = 0; k < 4; k++) {
                char line[64];
                struct draw_report report = {0};
                snprintf(line, sizeof line, "theme %s", theme_at(theme)->name);
                run(c, line);
                snprintf(line, sizeof line, "zoom %d", zooms[z]);
                run(c, line);
                run(c, "key Ctrl+K");
                run(c, typed[k]);
                draw_list_check_text(&c->draw, &report);
                draw_list_check_contrast(&c->draw, theme_at(theme)->least_contrast, &report);
                ck_assert_msg(report.faults == 0, "%s, %s: %s", line, typed[k], report.text);
                run(c, "key Escape");
            }
    core_destroy(c);
}
END_TEST

Suite *test_palette(void);
Suite *test_palette(void)
{
    Suite *s = suite_create("palette");
    TCase *t = tcase_create("palette");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, words_are_matched);
    tcase_add_test(t, every_action_is_there_with_its_key);
    tcase_add_test(t, enter_runs_the_best);
    tcase_add_test(t, names_of_cells_are_completed);
    tcase_add_test(t, arrows_and_mouse_choose);
    tcase_add_test(t, at_home_it_opens_things);
    tcase_add_test(t, polish_without_its_marks);
    tcase_add_loop_test(t, nothing_overlaps_at_any_size, 0, 2);
    suite_add_tcase(s, t);
    return s;
}
