/* A monkey at the keyboard and the mouse: events at random, the same for a seed. Nothing may
 * crash, no sentence of the program's own inside may come to the screen, the snapshot must stay
 * consistent, and what is drawn must be clean. It plays in a folder of its own with a copy of all
 * that Glassnet brings, since it saves networks, too. GLASSNET_SOAK=1: 100,000 events;
 * GLASSNET_SOAK=N: N for each of the four; else a few thousand. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/script.h"
#include "glassnet/base/rng.h"
#include "glassnet/ui/draw_check.h"
#include "glassnet/view/action.h"
#include "support/temporary.h"

static const char *const files[] = {"data/networks/digits-cnn.net", "data/networks/digits8.net",
                                    "data/networks/moons.net", "lessons/01-one-neuron.md"};
enum { FILES = sizeof files / sizeof *files, LAST = 24, LOOK_EVERY = 100, OPEN_EVERY = 700 };

struct monkey {
    struct core *core;
    struct rng rng;
    char paths[FILES][1200];
    char last[LAST][80]; /* what it did, a ring */
    long done;
};

static int roll(struct monkey *m, int n)
{
    return (int)rng_below(&m->rng, (uint32_t)n);
}

/* What it did last, the newest at the end: to find the way to a fault again. */
static const char *story(const struct monkey *m)
{
    static char text[LAST * 81 + 1];
    size_t at = 0;
    for (long i = m->done < LAST ? 0 : m->done - LAST; i < m->done; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%s\n", m->last[i % LAST]);
    return text;
}

static void frame(struct monkey *m)
{
    core_frame(m->core, m->core->ui.time + 1.0 / 60);
}

static void feed(struct monkey *m, const struct ui_event *event)
{
    if (!core_feed(m->core, event)) {
        frame(m);
        core_feed(m->core, event);
    }
}

/* A widget's middle, or anywhere. */
static void point(struct monkey *m, float *x, float *y)
{
    const struct ui *ui = &m->core->ui;
    *x = (float)roll(m, m->core->w);
    *y = (float)roll(m, m->core->h);
    if (ui->n_records > 0 && roll(m, 3) > 0) {
        struct rect r = ui->records[roll(m, ui->n_records)].rect;
        *x = r.x + r.w * 0.5f;
        *y = r.y + r.h * 0.5f;
    }
}

static void mouse(struct monkey *m, enum ui_event_kind kind, float x, float y, int button)
{
    struct ui_event e = event_mouse(kind, x, y);
    e.button = button;
    e.clicks = roll(m, 6) ? 1 : 2;
    feed(m, &e);
    frame(m);
}

static void click_or_drag(struct monkey *m, char *said, size_t size)
{
    float x, y, to_x, to_y;
    bool drag = roll(m, 4) == 0;
    int button = roll(m, 12) ? MOUSE_LEFT : MOUSE_RIGHT;
    point(m, &x, &y);
    to_x = x;
    to_y = y;
    if (drag)
        point(m, &to_x, &to_y);
    snprintf(said, size, "drag %.0f,%.0f %.0f,%.0f button %d", (double)x, (double)y, (double)to_x,
             (double)to_y, button);
    mouse(m, EVENT_MOUSE_MOVE, x, y, 0);
    mouse(m, EVENT_MOUSE_DOWN, x, y, button);
    if (drag)
        mouse(m, EVENT_MOUSE_MOVE, (x + to_x) / 2, (y + to_y) / 2, 0);
    if (drag)
        mouse(m, EVENT_MOUSE_MOVE, to_x, to_y, 0);
    mouse(m, EVENT_MOUSE_UP, to_x, to_y, button);
}

/* A chord of the table of actions: so every view and overlay is come by. */
static const char *any_chord(struct monkey *m)
{
    int n = 0;
    while (action_at(n))
        n++;
    for (;;) {
        const struct action *a = action_at(roll(m, n));
        const char *chord = a->keys[roll(m, ACTION_KEYS)];
        if (chord)
            return chord;
    }
}

static void press_key(struct monkey *m, char *said, size_t size)
{
    static const char *const names[] = {
        "Space",     "PageUp",   "PageDown", "Left",   "Right",    "Up",     "Down",   "Home",
        "End",       "Enter",    "Escape",   "Tab",    "Delete",   "Insert", "F1",     "F2",
        "F3",        "F4",       "F5",       "F6",     "F7",       "F9",     "F12",    "Shift+Tab",
        "Backspace", "Ctrl+G",   "Ctrl+K",   "Ctrl+,", "Ctrl+Z",   "Ctrl+Y", "Ctrl++", "Ctrl+-",
        "Ctrl+0",    "Shift+F5", "Ctrl+T",   "Ctrl+A", "Alt+Left", "Ctrl+C", "Ctrl+V"};
    const int n = sizeof names / sizeof *names;
    char name[24];
    if (roll(m, 2))
        snprintf(name, sizeof name, "%s%c", roll(m, 5) ? "" : "Shift+",
                 "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890+-[]."[roll(m, 41)]);
    else
        snprintf(name, sizeof name, "%s", roll(m, 2) ? any_chord(m) : names[roll(m, n)]);
    struct ui_event e = event_key(name);
    snprintf(said, size, "key %s", name);
    if (e.kind != EVENT_NONE)
        feed(m, &e);
}

static void type_text(struct monkey *m, char *said, size_t size)
{
    static const char *const texts[] = {"conv1[3,4,0]", "0.5",       "-1e38", "nan", "∂Σ−é",
                                        "9999999999",   "d:out.b[]", "1/0",   " ",   "loss < 0.1"};
    const char *text = texts[roll(m, sizeof texts / sizeof *texts)];
    struct ui_event e = event_text(text);
    snprintf(said, size, "type %s", text);
    feed(m, &e);
}

static void drop_file(struct monkey *m, char *said, size_t size)
{
    struct ui_event e = {.kind = EVENT_DROP};
    int k = roll(m, FILES + 2);
    snprintf(e.text, sizeof e.text, "%.1000s",
             k < FILES    ? m->paths[k]
             : k == FILES ? "/dev/null"
                          : "/nowhere/at all.net");
    snprintf(said, size, "drop file %d", k);
    feed(m, &e);
}

static void resize(struct monkey *m, char *said, size_t size)
{
    static const int sizes[][2] = {{1280, 720}, {1920, 1080}, {640, 360}, {320, 180}, {900, 1400}};
    int k = roll(m, sizeof sizes / sizeof *sizes);
    struct ui_event e = {.kind = EVENT_RESIZE, .w = sizes[k][0], .h = sizes[k][1]};
    snprintf(said, size, "size %dx%d", e.w, e.h);
    feed(m, &e);
}

static void turn_wheel(struct monkey *m, char *said, size_t size)
{
    float x, y;
    point(m, &x, &y);
    struct ui_event e = event_mouse(roll(m, 3) ? EVENT_WHEEL : EVENT_PINCH, x, y);
    e.dy = (float)(roll(m, 11) - 5);
    e.mods = roll(m, 4) ? 0 : MOD_CTRL;
    snprintf(said, size, "wheel %.0f,%.0f %.0f", (double)x, (double)y, (double)e.dy);
    feed(m, &e);
}

/* By itself: the mouse alone. */
static void move(struct monkey *m, char *said, size_t size)
{
    float x, y;
    point(m, &x, &y);
    snprintf(said, size, "move %.0f,%.0f", (double)x, (double)y);
    mouse(m, roll(m, 20) ? EVENT_MOUSE_MOVE : EVENT_MOUSE_LEAVE, x, y, 0);
}

static void act(struct monkey *m)
{
    char *said = m->last[m->done % LAST];
    const size_t size = sizeof m->last[0];
    int k = roll(m, 100);
    m->done++;
    if (k < 40)
        press_key(m, said, size);
    else if (k < 70)
        click_or_drag(m, said, size);
    else if (k < 82)
        move(m, said, size);
    else if (k < 90)
        turn_wheel(m, said, size);
    else if (k < 96)
        type_text(m, said, size);
    else if (k < 98)
        resize(m, said, size);
    else
        drop_file(m, said, size);
    frame(m);
}

static void check_snapshot(const struct monkey *m)
{
    const struct snapshot *s = session_snapshot(m->core->session);
    ck_assert_ptr_nonnull(s->settings);
    ck_assert_msg(s->zoom >= 80 && s->zoom <= 250, "zoom %d:\n%s", s->zoom, story(m));
    if (!s->trace)
        return;
    ck_assert_msg(s->program && s->steps && s->net, "a trace without its network:\n%s", story(m));
    ck_assert_msg(s->cursor.cell >= 0 && s->cursor.cell <= s->steps->cells,
                  "cursor %lld of %lld:\n%s", (long long)s->cursor.cell, (long long)s->steps->cells,
                  story(m));
    ck_assert_msg(s->view_sample >= 0 && s->view_sample < s->trace->n, "place %d of %d:\n%s",
                  s->view_sample, s->trace->n, story(m));
    if (cell_is(s->selected)) {
        char name[300];
        struct cell again;
        struct err err = {0};
        cell_name(s->program, s->selected, name, sizeof name);
        ck_assert_msg(cell_parse(s->program, s->trace->n, name, &again, &err) &&
                          again.tensor == s->selected.tensor && again.index == s->selected.index,
                      "selected %s: %s\n%s", name, err.message, story(m));
    }
    ck_assert_msg(!s->formula || s->formula_terms <= s->formula->count, "%d of %d terms:\n%s",
                  s->formula_terms, s->formula ? s->formula->count : 0, story(m));
}

/* A message is for people: none of an unknown command, which only the program can have given. */
static void check_message(const struct monkey *m)
{
    static const char *const inner[] = {"is no command", "(null)", "%s", "assert"};
    const struct screen *s = &m->core->screen;
    for (size_t i = 0; s->toast_is_error && i < sizeof inner / sizeof *inner; i++)
        ck_assert_msg(!strstr(s->toast, inner[i]), "\"%s\":\n%s", s->toast, story(m));
}

/* At a size that is promised; below it text may be cut. */
static void check_picture(struct monkey *m)
{
    struct core *c = m->core;
    struct draw_report report = {0};
    core_settle(c);
    if (c->w >= 1280 && c->h >= 720)
        ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s\n%s", report.text,
                      story(m));
}

static void open_file(struct monkey *m, int k)
{
    char line[1300];
    struct err err = {0};
    snprintf(line, sizeof line, "open %s", m->paths[k]);
    ck_assert_msg(core_command(m->core, line, &err), "%s: %s", line, err.message);
}

/* Networks, lessons and data of its own: what it saves lands among these. */
static void copy_home(struct monkey *m)
{
    char line[300];
    snprintf(line, sizeof line, "cp -R data lessons fonts '%s'", temporary_folder());
    ck_assert_int_eq(system(line), 0);
    setenv("GLASSNET_HOME", temporary_folder(), 1);
    for (int i = 0; i < FILES; i++)
        snprintf(m->paths[i], sizeof m->paths[i], "%s", temporary_path(files[i]));
}

static void play(int seed, long events)
{
    struct err err = {0};
    struct monkey m = {.done = 0};
    char here[1000];
    rng_seed(&m.rng, (uint64_t)seed, 1);
    ck_assert_ptr_nonnull(getcwd(here, sizeof here));
    setenv("XDG_DATA_HOME", temporary_folder(), 1);
    setenv("XDG_CONFIG_HOME", temporary_folder(), 1);
    setenv("HOME", temporary_folder(), 1);
    copy_home(&m);
    m.core = core_create(1280, 720, &err);
    ck_assert_msg(m.core != NULL, "%s", err.message);
    ck_assert_int_eq(chdir(temporary_folder()), 0); /* what it exports lands there */
    open_file(&m, seed % FILES);
    while (m.done < events) {
        act(&m);
        check_snapshot(&m);
        check_message(&m);
        m.core->quit = false;
        if (m.done % LOOK_EVERY == 0)
            check_picture(&m);
        if (m.done % OPEN_EVERY == 0)
            open_file(&m, roll(&m, FILES));
    }
    core_destroy(m.core);
    ck_assert_int_eq(chdir(here), 0);
    unsetenv("GLASSNET_HOME");
}

static int events(void)
{
    const char *soak = getenv("GLASSNET_SOAK");
    int n = soak ? atoi(soak) : 0;
    return n > 1 ? n : soak ? 25000 : 700;
}

START_TEST(survives_a_monkey)
{
    play(_i, events());
}
END_TEST

Suite *test_monkey(void);
Suite *test_monkey(void)
{
    Suite *s = suite_create("monkey");
    TCase *t = tcase_create("monkey");
    tcase_set_timeout(t, getenv("GLASSNET_SOAK") ? 3600 : 120);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_loop_test(t, survives_a_monkey, 0, FILES);
    suite_add_tcase(s, t);
    return s;
}
