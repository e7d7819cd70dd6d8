/* The home screen and the table of keys, without a window: what they say, that nothing is cut,
 * where a click and each key leads. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/script.h"
#include "glassnet/base/file.h"
#include "glassnet/ui/draw_check.h"
#include "glassnet/view/action.h"
#include "view/home_own.h"

static const int sizes[][2] = {{1280, 720}, {1366, 768}, {1920, 1080}, {3840, 2160}};
static const int zooms[] = {80, 100, 150, 250};

enum { SIZES = sizeof sizes / sizeof *sizes, ZOOMS = sizeof zooms / sizeof *zooms };

/* At home, with nobody's progress. */
static struct core *home(int w, int h)
{
    struct err err = {0};
    setenv("XDG_DATA_HOME", "/dev/null/none", 1);
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    ck_assert_ptr_nonnull(c->catalogue);
    ck_assert_int_ge(c->catalogue->count, 3);
    core_settle(c);
    return c;
}

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static const char *net_path(const struct core *c)
{
    const struct net *net = session_snapshot(c->session)->net;
    return net ? file_name(net->path) : "none";
}

static const char *focused(const struct core *c)
{
    for (int i = 0; i < c->ui.n_records; i++)
        if (c->ui.records[i].state & STATE_FOCUS)
            return c->ui.records[i].id;
    return "none";
}

/* Is there a piece of text that reads just this? */
static bool reads(const struct core *c, const char *text)
{
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *cmd = &c->draw.cmds[i];
        if (cmd->kind == DRAW_TEXT && strlen(text) == (size_t)cmd->count &&
            memcmp(draw_cmd_data(&c->draw, cmd), text, strlen(text)) == 0)
            return true;
    }
    return false;
}

/* No text cut or overlapping, no widget on another or off the screen. */
static void check_clean(struct core *c, const char *what)
{
    struct draw_report report = {0};
    core_settle(c);
    ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s:\n%s", what, report.text);
    struct rect screen = {0, 0, (float)c->w, (float)c->h};
    for (int i = 0; i < c->ui.n_records; i++) {
        const struct widget_record *a = &c->ui.records[i];
        struct rect seen = rect_intersect(a->rect, screen);
        ck_assert_msg(seen.w > a->rect.w - 1 && seen.h > a->rect.h - 1, "%s: %s leaves the screen",
                      what, a->id);
        for (int k = 0; k < i; k++)
            ck_assert_msg(!rect_overlaps(rect_inset(a->rect, 1), c->ui.records[k].rect),
                          "%s: %s lies on %s", what, a->id, c->ui.records[k].id);
    }
}

/* Scrolled down page by page; every widget must come by. */
static void check_all_pages(struct core *c, const char *what)
{
    float before;
    do {
        check_clean(c, what);
        before = c->screen.home.scroll;
        run(c, "key PageDown");
    } while (c->screen.home.scroll > before);
    check_clean(c, what);
}

START_TEST(says_what_there_is)
{
    struct core *c = home(1920, 3000); /* so high that nothing is scrolled out of sight */
    ck_assert(script_shows(c, "Every number of a neural network, and where it came from"));
    ck_assert(reads(c, "Learn") && reads(c, "Play"));
    for (int i = 0; i < c->catalogue->count && i < 4; i++) {
        ck_assert_msg(script_shows(c, c->catalogue->cards[i].title), "%s",
                      c->catalogue->cards[i].title);
        ck_assert(script_shows(c, c->catalogue->cards[i].teaches[0]));
    }
    ck_assert(reads(c, "Digits") && script_shows(c, "draw, recognise, train"));
    ck_assert(reads(c, "Digits 8×8") && script_shows(c, "every number on one"));
    ck_assert(reads(c, "Points on a plane") && script_shows(c, "train, and watch it bend"));
    ck_assert(reads(c, "Open…") && script_shows(c, "or drop a file here"));
    ck_assert(script_shows(c, "F1 keys") && script_shows(c, "F11 full screen"));
    core_destroy(c);
}
END_TEST

START_TEST(is_clean_at_every_size)
{
    struct core *c = home(sizes[_i][0], sizes[_i][1]);
    for (int z = 0; z < ZOOMS; z++) {
        char line[40], what[80];
        snprintf(line, sizeof line, "zoom %d", zooms[z]);
        snprintf(what, sizeof what, "home %dx%d %s", c->w, c->h, line);
        run(c, line);
        c->screen.home.scroll = 0;
        check_all_pages(c, what);
        run(c, "key F1");
        struct draw_report report = {0};
        ck_assert(reads(c, "Keys"));
        ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s keys:\n%s", what,
                      report.text);
        run(c, "key F1");
    }
    core_destroy(c);
}
END_TEST

START_TEST(can_be_read_in_every_theme)
{
    static const char *const themes[] = {"theme paper", "theme board", "theme contrast"};
    struct core *c = home(1280, 2400); /* nothing is cut */
    run(c, themes[_i]);
    for (int keys = 0; keys < 2; keys++) {
        struct draw_report report = {0};
        draw_list_check_contrast(&c->draw, c->ui.theme->least_contrast, &report);
        ck_assert_msg(report.faults == 0, "%s:\n%s", themes[_i], report.text);
        run(c, "key F1");
    }
    core_destroy(c);
}
END_TEST

START_TEST(a_clicked_card_opens)
{
    static const char *const nets[] = {"digits-cnn.net", "digits8.net", "plane.net", "curve.net"};
    static const char *const views[] = {"network", "network", "plane", "plane"};
    struct core *c = home(1280, 2400); /* all cards are in sight */
    for (int i = 0; i < 4; i++) {
        char line[40];
        snprintf(line, sizeof line, "click play.%d", i);
        run(c, line);
        ck_assert_str_eq(net_path(c), nets[i]);
        ck_assert_str_eq(session_snapshot(c->session)->view, views[i]);
        run(c, "show home");
    }
    for (int i = 0; i < c->catalogue->count && i < 3; i++) {
        char line[100];
        snprintf(line, sizeof line, "click lesson.%.50s", c->catalogue->cards[i].name);
        run(c, line);
        ck_assert_ptr_nonnull(c->player);
        ck_assert_str_eq(c->lesson_name, c->catalogue->cards[i].name);
        run(c, "show home");
    }
    run(c, "click home.back");
    ck_assert_str_eq(session_snapshot(c->session)->view, "network");
    core_destroy(c);
}
END_TEST

/* The card whose frame is yellow. */
static const char *framed(const struct core *c)
{
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *cmd = &c->draw.cmds[i];
        if (cmd->kind != DRAW_ROUND_FRAME || cmd->colour != colour_pack(c->ui.theme->selection))
            continue;
        for (int k = 0; k < c->ui.n_records; k++)
            if (rect_contains(c->ui.records[k].rect, cmd->x + 9, cmd->y + 9))
                return c->ui.records[k].id;
    }
    return "none";
}

START_TEST(progress_is_shown_and_the_next_lesson_framed)
{
    struct core *c = home(1920, 1080);
    char id[100];
    const struct lesson_card *cards = c->catalogue->cards;
    snprintf(id, sizeof id, "lesson.%s", cards[0].name);
    ck_assert_str_eq(framed(c), id);
    ck_assert(!script_shows(c, "✓"));
    lesson_progress_note(&c->progress, cards[0].name, 5, 6, 4, 4, true);
    core_settle(c);
    snprintf(id, sizeof id, "lesson.%s", cards[1].name);
    ck_assert_str_eq(framed(c), id);
    ck_assert(script_shows(c, "✓"));
    ck_assert(script_shows(c, "continue where you stopped"));
    /* page 3 of 6 is a bar half as long as the whole */
    lesson_progress_note(&c->progress, cards[1].name, 3, 6, 1, 4, false);
    core_settle(c);
    float full = 0, half = 0;
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *cmd = &c->draw.cmds[i];
        if (cmd->colour != colour_pack(c->ui.theme->phase[THEME_UPDATE]))
            continue;
        if (full == 0)
            full = cmd->w;
        else
            half = cmd->w;
    }
    ck_assert_msg(full > 100 && half > full * 0.48f && half < full * 0.52f, "%g of %g",
                  (double)half, (double)full);
    run(c, "key Enter");
    ck_assert_str_eq(c->lesson_name, cards[1].name);
    core_destroy(c);
}
END_TEST

START_TEST(tab_walks_over_everything)
{
    struct core *c = home(1280, 720);
    run(c, "zoom 150"); /* not all lessons are there, the last cards out of sight */
    run(c, "click home.lessons");
    run(c, "click 5,100"); /* nothing has the focus */
    ck_assert_ptr_null(ui_find(&c->ui, "play.2"));
    int n = c->catalogue->count;
    for (int i = 0; i < n + home_plays(); i++) {
        char id[100];
        run(c, "key Tab");
        if (i == n) {
            ck_assert_str_eq(focused(c), "home.lessons");
            run(c, "key Tab");
        }
        if (i < n)
            snprintf(id, sizeof id, "lesson.%.50s", c->catalogue->cards[i].name);
        else
            snprintf(id, sizeof id, "play.%d", i - n);
        ck_assert_str_eq(focused(c), id);
        check_clean(c, id);
        /* the whole card is in sight: its words are */
        if (i >= n)
            ck_assert(ui_find(&c->ui, id)->rect.h > 120);
    }
    run(c, "key Tab");
    ck_assert_str_eq(focused(c), "home.open");
    run(c, "key Tab");
    run(c, "key Shift+Tab");
    for (int i = home_plays(); i > 2; i--)
        run(c, "key Shift+Tab");
    ck_assert_str_eq(focused(c), "play.2");
    run(c, "key Space");
    ck_assert_str_eq(net_path(c), "plane.net");
    core_destroy(c);
}
END_TEST

START_TEST(arrows_walk_by_place)
{
    struct core *c = home(1920, 1080);
    char first[100], second[100];
    snprintf(first, sizeof first, "lesson.%.50s", c->catalogue->cards[0].name);
    snprintf(second, sizeof second, "lesson.%.50s", c->catalogue->cards[1].name);
    run(c, "key Down");
    ck_assert_str_eq(focused(c), first);
    run(c, "key Right");
    ck_assert_str_eq(focused(c), second);
    run(c, "key Left");
    run(c, "key Left"); /* nothing there */
    ck_assert_str_eq(focused(c), first);
    while (strncmp(focused(c), "lesson.", 7) == 0)
        run(c, "key Down");
    ck_assert_str_eq(focused(c), "play.0");
    run(c, "key Right");
    ck_assert_str_eq(focused(c), "play.1");
    for (int i = 0; i < home_plays() && strncmp(focused(c), "play.", 5) == 0; i++)
        run(c, "key Down");
    ck_assert_str_eq(focused(c), "home.open");
    run(c, "key Up");
    ck_assert_str_eq(strncmp(focused(c), "play.", 5) == 0 ? "play" : focused(c), "play");
    for (int i = 0; i < home_plays(); i++)
        run(c, "key Left");
    for (int i = 0; i < home_plays() && strcmp(focused(c), "play.0") != 0; i++)
        run(c, "key Up");
    run(c, "key Enter");
    ck_assert_str_eq(net_path(c), "digits-cnn.net");
    core_destroy(c);
}
END_TEST

/* Sixteen lessons, one faulty, one with words too long for its card. */
static struct catalogue *many_lessons(char *folder)
{
    struct err err = {0};
    ck_assert_ptr_nonnull(mkdtemp(folder));
    for (int i = 1; i <= 16; i++) {
        char path[200], text[600];
        snprintf(path, sizeof path, "%s/%02d-lesson.md", folder, i);
        snprintf(text, sizeof text,
                 "---\ntitle: %s\norder: %d\nminutes: 10\nteaches: [%s]\nnetwork: a.net\n---\n"
                 "# A page\n\nText.\n",
                 i == 7 ? "A very long title that needs more than one line on every card there is"
                        : "A lesson",
                 i,
                 i == 9 ? "one, two, three, four, five, six, seven, eight, nine, ten, eleven, "
                          "twelve, thirteen, fourteen, fifteen, sixteen, seventeen"
                        : "loss");
        const char *content = i == 4 ? "no lesson at all" : text;
        ck_assert(file_write(path, content, strlen(content), &err));
    }
    struct catalogue *found = catalogue_load(folder, "en", &err);
    ck_assert_msg(found && found->count == 16, "%s", err.message);
    return found;
}

START_TEST(many_lessons_scroll)
{
    char folder[] = "/tmp/glassnet-home-XXXXXX", path[200];
    struct catalogue *lessons = many_lessons(folder);
    struct core *c = home(sizes[_i][0], sizes[_i][1]);
    c->screen.home.lessons = lessons;
    for (int z = 1; z < ZOOMS; z++) {
        char line[40], what[80];
        snprintf(line, sizeof line, "zoom %d", zooms[z]);
        snprintf(what, sizeof what, "16 lessons %dx%d %s", c->w, c->h, line);
        run(c, line);
        c->screen.home.scroll = 0;
        check_all_pages(c, what);
        char last[32];
        snprintf(last, sizeof last, "play.%d", home_plays() - 1);
        ck_assert_msg(ui_find(&c->ui, last) != NULL, "%s: the last card is not reached", what);
        c->screen.home.scroll = 0;
        run(c, "key Escape");
        run(c, "click home.lessons");
        snprintf(what, sizeof what, "all 16 lessons %dx%d %s", c->w, c->h, line);
        check_all_pages(c, what);
        c->screen.home.scroll = 0;
        core_settle(c);
        run(c, "click home.lessons");
    }
    core_destroy(c);
    for (int i = 0; i < lessons->count; i++) {
        snprintf(path, sizeof path, "%s", lessons->cards[i].path);
        unlink(path);
    }
    catalogue_destroy(lessons);
    rmdir(folder);
}
END_TEST

/* Of many lessons those around the next one are there, and "Play" without scrolling. */
START_TEST(the_next_lesson_is_among_those_shown)
{
    char folder[] = "/tmp/glassnet-home-XXXXXX", path[200];
    struct catalogue *lessons = many_lessons(folder);
    struct core *c = home(1920, 1080);
    char last[32];
    snprintf(last, sizeof last, "play.%d", home_plays() - 1);
    c->screen.home.lessons = lessons;
    for (int i = 0; i < lessons->count; i++) {
        core_settle(c);
        if (!lessons->cards[i].fault) {
            char id[100];
            snprintf(id, sizeof id, "lesson.%.50s", lessons->cards[i].name);
            ck_assert_str_eq(framed(c), id);
            lesson_progress_note(&c->progress, lessons->cards[i].name, 5, 6, 4, 4, true);
        }
        ck_assert_ptr_nonnull(ui_find(&c->ui, last));
    }
    core_destroy(c);
    for (int i = 0; i < lessons->count; i++) {
        snprintf(path, sizeof path, "%s", lessons->cards[i].path);
        unlink(path);
    }
    catalogue_destroy(lessons);
    rmdir(folder);
}
END_TEST

START_TEST(no_lessons_is_said)
{
    struct core *c = home(1280, 720);
    c->screen.home.lessons = NULL;
    check_clean(c, "no lessons");
    ck_assert(script_shows(c, "No lessons were found"));
    run(c, "key Enter");
    run(c, "key Tab");
    ck_assert_str_eq(focused(c), "play.0");
    core_destroy(c);
}
END_TEST

START_TEST(pictures_suit_the_subject)
{
    static const struct {
        const char *teaches, *title;
        enum home_picture picture;
    } cases[] = {
        {"weighted sum", "One", PICTURE_NEURON}, {"gradient descent", "x", PICTURE_DOWNHILL},
        {"gradient", "x", PICTURE_BLAME},        {"Log-Loss", "x", PICTURE_LOSS},
        {"unknown", "Kernels", PICTURE_KERNEL},  {"relu", "x", PICTURE_BEND},
        {"softmax", "x", PICTURE_DIGIT},         {"hidden layer", "x", PICTURE_XOR},
        {"logistic neuron", "x", PICTURE_SIDES}, {"score", "x", PICTURE_SHARES},
        {"pixel", "x", PICTURE_NUMBERS},         {"matrix", "x", PICTURE_MATRIX},
        {"momentum", "x", PICTURE_VALLEY},       {"overfitting", "x", PICTURE_MEMORY},
        {"feature map", "x", PICTURE_MAPS},      {"pooling", "x", PICTURE_POOL},
        {"something", "Else", PICTURE_LAYERS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lesson_card card = {
            .title = cases[i].title, .subject_count = 1, .subjects = &cases[i].teaches};
        ck_assert_msg(home_picture_of(&card) == cases[i].picture, "%s, %s", cases[i].teaches,
                      cases[i].title);
    }
}
END_TEST

START_TEST(the_table_lists_every_key)
{
    struct core *c = home(1920, 1600); /* so high that nothing is scrolled out of sight */
    const struct action *a;
    run(c, "key F1");
    for (int i = 0; (a = action_at(i)); i++) {
        const struct action_row *row = action_row_of(a->line);
        if (a->keys[0])
            ck_assert_msg(reads(c, row ? row->title : a->title), "%s is not in the table",
                          a->title);
        bool arrow = a->keys[0] && (strstr(a->keys[0], "Left") || strstr(a->keys[0], "Right") ||
                                    strstr(a->keys[0], "Up") || strstr(a->keys[0], "Down"));
        if (a->keys[0] && !arrow)
            ck_assert_msg(reads(c, a->keys[0]), "the key %s is not in the table", a->keys[0]);
    }
    core_destroy(c);
}
END_TEST

START_TEST(the_table_closes)
{
    static const char *const ways[] = {"key F1", "key Escape", "click 20,20", "click 640,400",
                                       "key ?"};
    struct core *c = home(1280, 720);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        run(c, "key F1");
        ck_assert(c->screen.overlay && reads(c, "Keys"));
        run(c, ways[i]);
        ck_assert_msg(!c->screen.overlay && !reads(c, "Keys"), "%s", ways[i]);
    }
    /* A focused card below takes no key, and Escape closes the table at once. */
    run(c, "key Tab");
    run(c, "key F1");
    run(c, "key Space");
    ck_assert_ptr_null(c->player);
    ck_assert(c->screen.overlay);
    run(c, "key Escape");
    ck_assert(!c->screen.overlay);
    core_destroy(c);
}
END_TEST

Suite *test_home(void);
Suite *test_home(void)
{
    Suite *s = suite_create("home");
    TCase *t = tcase_create("home");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, says_what_there_is);
    tcase_add_loop_test(t, is_clean_at_every_size, 0, SIZES);
    tcase_add_loop_test(t, can_be_read_in_every_theme, 0, 3);
    tcase_add_test(t, a_clicked_card_opens);
    tcase_add_test(t, progress_is_shown_and_the_next_lesson_framed);
    tcase_add_test(t, tab_walks_over_everything);
    tcase_add_test(t, arrows_walk_by_place);
    tcase_add_loop_test(t, many_lessons_scroll, 0, SIZES);
    tcase_add_test(t, the_next_lesson_is_among_those_shown);
    tcase_add_test(t, no_lessons_is_said);
    tcase_add_test(t, pictures_suit_the_subject);
    tcase_add_test(t, the_table_lists_every_key);
    tcase_add_test(t, the_table_closes);
    suite_add_tcase(s, t);
    return s;
}
