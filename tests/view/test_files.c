/* The file picker on folders made for it: by keys, by mouse, with a path, for saving. */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/script.h"
#include "glassnet/base/file.h"
#include "glassnet/ui/draw_check.h"
#include "support/temporary.h"

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

/* small.net, notes.txt, deep/other.net */
static void make_files(void)
{
    static const char net[] = "input 2\nout dense 1 sigmoid\nloss binary-cross-entropy\n"
                              "data moons:n=20\n";
    temporary_text("small.net", net);
    temporary_text("notes.txt", "hello");
    temporary_text("deep/other.net", net);
}

static void open_picker(struct core *c)
{
    snprintf(c->screen.files.folder, sizeof c->screen.files.folder, "%s", temporary_folder());
    run(c, "key Ctrl+O");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_FILES);
}

START_TEST(it_shows_and_filters)
{
    struct core *c = open_core(NULL);
    make_files();
    run(c, "click home.open");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_FILES);
    run(c, "key Escape");
    open_picker(c);
    ck_assert(ui_find(&c->ui, "small.net") && ui_find(&c->ui, "deep") && ui_find(&c->ui, ".."));
    ck_assert(!ui_find(&c->ui, "notes.txt"));
    ck_assert(script_shows(c, "1 other file, nothing for Glassnet"));
    run(c, "type sma");
    ck_assert(ui_find(&c->ui, "small.net") && !ui_find(&c->ui, "deep"));
    run(c, "key Enter");
    ck_assert_str_eq(session_snapshot(c->session)->title, "small.net");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    temporary_text("Żółta sieć.net", "input 2\n");
    open_picker(c);
    run(c, "type zolta");
    ck_assert(ui_find(&c->ui, "Żółta sieć.net") && !ui_find(&c->ui, "small.net"));
    core_destroy(c);
}
END_TEST

START_TEST(folders_are_entered_and_left)
{
    struct core *c = open_core(NULL);
    make_files();
    open_picker(c);
    run(c, "click deep");
    ck_assert_str_eq(file_name(c->screen.files.folder), "deep");
    ck_assert(ui_find(&c->ui, "other.net") != NULL);
    run(c, "click ..");
    ck_assert(ui_find(&c->ui, "deep") != NULL);
    run(c, "type deep/other.net");
    run(c, "key Enter");
    ck_assert_str_eq(session_snapshot(c->session)->title, "other.net");
    run(c, "key Ctrl+O"); /* the folder is remembered, the file recent */
    ck_assert(ui_find(&c->ui, "deep") != NULL);
    ck_assert(ui_find(&c->ui, "other.net") != NULL);
    run(c, "type no/such.net");
    ck_assert(script_shows(c, "There is no such file or folder."));
    run(c, "key Enter");
    ck_assert_int_eq(c->screen.overlay, OVERLAY_FILES);
    run(c, "key Ctrl+A");
    run(c, "type qqq");
    ck_assert(script_shows(c, "Nothing here is called that."));
    core_destroy(c);
}
END_TEST

START_TEST(a_folder_that_is_gone_is_said)
{
    struct core *c = open_core(NULL);
    snprintf(c->screen.files.folder, sizeof c->screen.files.folder, "%s/gone", temporary_folder());
    run(c, "key Ctrl+O");
    ck_assert(script_shows(c, "could not be read"));
    run(c, "click ..");
    ck_assert(!script_shows(c, "could not be read"));
    core_destroy(c);
}
END_TEST

START_TEST(it_saves_under_a_name)
{
    struct core *c = open_core("data/networks/moons.net");
    snprintf(c->screen.files.folder, sizeof c->screen.files.folder, "%s", temporary_folder());
    run(c, "key Ctrl+S"); /* one of Glassnet's own asks for a name */
    ck_assert_int_eq(c->screen.overlay, OVERLAY_FILES);
    run(c, "type mine");
    ck_assert(script_shows(c, "Save as mine.net"));
    run(c, "key Enter");
    ck_assert(file_exists(temporary_path("mine.net")));
    ck_assert(strstr(c->screen.toast, "mine.net is saved.") != NULL);
    run(c, "key Ctrl+S"); /* now it has one */
    ck_assert_int_eq(c->screen.overlay, OVERLAY_NONE);
    run(c, "key Ctrl+Shift+S");
    ck_assert(script_shows(c, "Replace mine.net"));
    run(c, "type all.gns");
    run(c, "key Enter");
    ck_assert(file_exists(temporary_path("all.gns")));
    core_destroy(c);
}
END_TEST

START_TEST(recent_files_are_kept)
{
    struct core *c = open_core(NULL);
    make_files();
    core_keep_settings(c, temporary_folder());
    open_picker(c);
    run(c, "type small");
    run(c, "key Enter");
    core_destroy(c);
    c = open_core(NULL);
    core_keep_settings(c, temporary_folder());
    ck_assert_int_eq(c->screen.files.n_recent, 1);
    ck_assert_str_eq(file_name(c->screen.files.recent[0]), "small.net");
    ck_assert_str_ne(c->screen.files.folder, "");
    core_destroy(c);
    temporary_text("recent", "\xff\xfe garbled");
    c = open_core(NULL);
    core_keep_settings(c, temporary_folder());
    ck_assert_int_eq(c->screen.files.n_recent, 0);
    core_destroy(c);
}
END_TEST

START_TEST(nothing_overlaps_at_any_size)
{
    static const int zooms[] = {80, 150, 250};
    struct core *c = open_core("data/networks/moons.net");
    make_files();
    for (int theme = 0; theme < theme_count(); theme++)
        for (int z = 0; z < 3; z++)
            for (int saving = 0; saving < 2; saving++) {
                char line[64];
                struct draw_report report = {0};
                snprintf(line, sizeof line, "theme %s", theme_at(theme)->name);
                run(c, line);
                snprintf(line, sizeof line, "zoom %d", zooms[z]);
                run(c, line);
                if (saving)
                    run(c, "key Ctrl+Shift+S");
                else
                    open_picker(c);
                draw_list_check_text(&c->draw, &report);
                draw_list_check_contrast(&c->draw, theme_at(theme)->least_contrast, &report);
                ck_assert_msg(report.faults == 0, "%s: %s", line, report.text);
                run(c, "key Escape");
            }
    core_destroy(c);
}
END_TEST

Suite *test_files(void);
Suite *test_files(void)
{
    Suite *s = suite_create("files");
    TCase *t = tcase_create("files");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, it_shows_and_filters);
    tcase_add_test(t, folders_are_entered_and_left);
    tcase_add_test(t, a_folder_that_is_gone_is_said);
    tcase_add_test(t, it_saves_under_a_name);
    tcase_add_test(t, recent_files_are_kept);
    tcase_add_test(t, nothing_overlaps_at_any_size);
    suite_add_tcase(s, t);
    return s;
}
