/* The window: events in, pixels out, nothing drawn while nothing changes. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli.h"
#include "app/core.h"
#include "app/learner.h"
#include "app/script.h"
#include "glassnet/app/app.h"
#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "glassnet/ui/raster.h"
#include "glassnet/ui/render_sdl.h"

/* Milliseconds between frames while something moves, while training reports, and at rest. */
enum { WAIT_MOVING = 16, WAIT_TRAINING = 100, WAIT_REST = 1000 };

struct app {
    struct core *core;
    struct window *window;
    struct raster raster;
    bool shown;           /* a frame is in the window */
    struct window *notes; /* NULL: not open */
    struct raster notes_raster;
    struct ui_event held; /* an event that the last frame could not hold */
    bool holding;
    uint64_t revision;
};

static char *clipboard_get(void *context)
{
    return window_clipboard_get(context);
}

static void clipboard_set(void *context, const char *text)
{
    window_clipboard_set(context, text);
}

static void log_widgets(struct core *c)
{
    if (!c->log)
        return;
    for (int i = 0; i < c->ui.n_records; i++) {
        const struct widget_record *w = &c->ui.records[i];
        core_log(c, "WIDGET %s %.0f %.0f %.0f %.0f %s", w->id, (double)w->rect.x, (double)w->rect.y,
                 (double)w->rect.w, (double)w->rect.h, w->label);
    }
}

/* Where the focus is, and which task of the lesson is to be done: page and place, from 1. */
static void log_focus(struct core *c)
{
    for (int i = 0; c->ui.focus && i < c->ui.n_records; i++)
        if (c->ui.records[i].hash == c->ui.focus)
            core_log(c, "FOCUS %s", c->ui.records[i].id);
    const struct player_view *view = c->player ? player_view(c->player) : NULL;
    int task = 0;
    for (int i = 0; view && i <= view->active; i++)
        task += lesson_item_is_task(view->blocks[i].item);
    if (view)
        core_log(c, "TASK %d.%d", view->page + 1, task);
}

/* What the network reads in the sample shown, and how one of one's own data was tested. */
static void log_reading(struct core *c)
{
    char name[64];
    const struct snapshot *s = session_snapshot(c->session);
    if (s->guess >= 0)
        core_log(c, "READS %s", view_class(s, s->guess, name, sizeof name));
    if (s->own->state == OWN_TESTED)
        core_log(c, "TESTED %d of %d", s->own->right, s->own->tested);
}

/* Where the cells of each picture lie, for tests that click them. */
static void log_plates(struct core *c)
{
    const struct snapshot *s = session_snapshot(c->session);
    struct rect r;
    int rows, cols;
    for (int i = 0; c->log && network_plate(&c->screen.canvas.network, i, &r, &rows, &cols); i++) {
        struct cell cell = network_plate_cell(&c->screen.canvas.network, i, 0, 0);
        char name[256];
        if (s->program && cell_is(cell))
            core_log(c, "PLATE %s %.1f %.1f %.1f %.1f %d %d",
                     cell_name(s->program, cell, name, sizeof name), (double)r.x, (double)r.y,
                     (double)r.w, (double)r.h, rows, cols);
    }
}

static bool present(struct app *a, struct err *err)
{
    struct core *c = a->core;
    if (!raster_resize(&a->raster, c->w, c->h, err))
        return false;
    if (raster_draw(&a->raster, &c->draw) == 0 && a->shown)
        return true;
    int n_damage = a->shown ? a->raster.n_damage : -1;
    a->shown = true;
    return window_present(a->window, a->raster.pixels, c->w, c->h, a->raster.damage, n_damage, err);
}

static void close_notes(struct app *a)
{
    raster_deinit(&a->notes_raster);
    a->notes_raster = (struct raster){0};
    if (a->notes) {
        window_close(a->notes);
        core_log(a->core, "NOTES CLOSED");
    }
    a->notes = NULL;
}

/* The notes' window follows what the core says; without it the screen goes on. */
static void draw_notes(struct app *a)
{
    struct core *c = a->core;
    struct err problem = {0};
    int w, h;
    if (!c->notes.open) {
        close_notes(a);
        return;
    }
    if (!a->notes)
        a->notes = window_open_beside(a->window, _("Glassnet: notes"), NOTES_WIDTH, NOTES_HEIGHT,
                                      &problem);
    if (!a->notes)
        goto failed;
    window_size(a->notes, &w, &h);
    core_draw_notes(c, w, h, c->ui.time);
    if (!(a->notes_raster.pixels ? raster_resize(&a->notes_raster, w, h, &problem)
                                 : raster_init(&a->notes_raster, w, h, &problem)))
        goto failed;
    if (raster_draw(&a->notes_raster, &c->notes.draw) == 0 ||
        window_present(a->notes, a->notes_raster.pixels, w, h, a->notes_raster.damage,
                       a->notes_raster.n_damage, &problem))
        return;
failed:
    c->notes.open = false;
    close_notes(a);
    screen_say(&c->screen, &c->ui, true, problem.message);
}

static bool show_frame(struct app *a, struct err *err)
{
    struct core *c = a->core;
    if (!present(a, err))
        return false;
    draw_notes(a);
    window_set_text_input(a->window, c->ui.text_wanted, (struct rect){0, 0, 1, 1});
    if (c->toggle_full_screen) {
        c->toggle_full_screen = false;
        window_set_full_screen(a->window, !window_is_full_screen(a->window));
    }
    a->revision = session_snapshot(c->session)->revision;
    core_log(c, "DRAWN %ld", c->frames);
    return true;
}

static bool draw_frame_now(struct app *a, struct err *err)
{
    core_frame(a->core, window_time() / 1000);
    return show_frame(a, err);
}

/* Of the notes' window only keys concern the core: a teacher may have clicked into it. */
static bool is_for_notes(struct app *a, const struct ui_event *event)
{
    if (!a->notes || event->window != window_id(a->notes) || event->kind == EVENT_KEY ||
        event->kind == EVENT_TEXT)
        return false;
    if (event->kind == EVENT_CLOSE)
        a->core->notes.open = false;
    if (event->kind == EVENT_EXPOSE || event->kind == EVENT_RESIZE)
        raster_forget(&a->notes_raster);
    return true;
}

/* One event to the core; false when it must wait for the next frame. */
static bool take_event(struct app *a, const struct ui_event *event)
{
    if (is_for_notes(a, event))
        return true;
    if (event->kind == EVENT_CLOSE)
        a->core->quit = true;
    if (event->kind == EVENT_EXPOSE)
        raster_forget(&a->raster);
    if (event->kind == EVENT_RESIZE)
        core_log(a->core, "SIZE %d %d", event->w, event->h);
    if (event->kind == EVENT_KEY && event->key == KEY_F12 && a->core->log) {
        log_widgets(a->core);
        log_focus(a->core);
        log_plates(a->core);
        log_reading(a->core);
        core_log(a->core, "LISTED");
        return true;
    }
    if (core_feed(a->core, event))
        return true;
    a->held = *event;
    a->holding = true;
    return false;
}

static int wait_time(const struct app *a)
{
    const struct snapshot *s = session_snapshot(a->core->session);
    if (a->holding || a->core->ui.again || s->revision != a->revision)
        return 0;
    int rest = s->progress.state == TRAINING_RUNNING ? WAIT_TRAINING
               : a->core->ui.text_wanted             ? 500
                                                     : WAIT_REST;
    double due = ceil(core_due(a->core) * 1000 - window_time());
    return due < rest ? (due > 0 ? (int)due : 0) : rest;
}

static void gather(struct app *a, bool *dirty)
{
    struct ui_event event;
    if (a->holding) {
        a->holding = false;
        *dirty = true;
        if (!take_event(a, &a->held))
            return;
    }
    int wait = wait_time(a);
    if (a->core->ui.again && wait == 0)
        wait = WAIT_MOVING;
    if (!window_wait(a->window, wait, &event))
        return;
    do
        *dirty = true;
    while (take_event(a, &event) && window_poll(a->window, &event));
}

static bool loop(struct app *a, struct err *err)
{
    struct core *c = a->core;
    int w, h;
    while (!c->quit) {
        bool dirty = false;
        gather(a, &dirty);
        window_size(a->window, &w, &h);
        dirty = dirty || w != c->w || h != c->h || c->ui.again || c->ui.text_wanted;
        c->w = w;
        c->h = h;
        dirty = core_tick(c, window_time() / 1000) || dirty || core_due(c) * 1000 <= window_time();
        dirty = dirty || session_snapshot(c->session)->revision != a->revision;
        if (dirty && !draw_frame_now(a, err))
            return false;
    }
    return true;
}

struct beginning {
    struct app *app;
    const char *file; /* NULL: home */
    int w, h;
    bool log, done;
    struct err err;
};

/* All of the first frame that needs no window. */
static void *prepare(void *context)
{
    struct beginning *b = context;
    struct app *a = b->app;
    char line[1100];
    a->core = core_create(b->w, b->h, &b->err);
    if (!a->core)
        return NULL;
    learner_keep(a->core, NULL);
    a->core->moves = true;
    core_keep_settings(a->core, NULL);
    core_keep_session(a->core, NULL);
    a->core->log = b->log ? stdout : NULL;
    snprintf(line, sizeof line, "open %s", b->file ? b->file : "");
    if (b->file)
        core_command(a->core, line, NULL); /* a mistake is shown on the screen */
    core_frame(a->core, window_time() / 1000);
    b->done = raster_init(&a->raster, b->w, b->h, &b->err);
    if (b->done)
        raster_draw(&a->raster, &a->core->draw);
    return NULL;
}

/* The system takes as long to open a window as we do to draw what comes into it: both at once. */
static bool start(struct beginning *b, struct err *err)
{
    struct app *a = b->app;
    pthread_t thread;
    bool threaded = pthread_create(&thread, NULL, prepare, b) == 0;
    a->window = window_open("Glassnet", b->w, b->h, false, err);
    if (threaded)
        pthread_join(thread, NULL);
    else
        prepare(b);
    if (!a->window)
        return false;
    if (!b->done) {
        *err = b->err;
        return false;
    }
    struct core *c = a->core;
    c->ui.clipboard = (struct ui_clipboard){a->window, clipboard_get, clipboard_set};
    window_size(a->window, &c->w, &c->h);
    bool same = c->w == b->w && c->h == b->h;
    if (!(same ? show_frame(a, err) : draw_frame_now(a, err)))
        return false;
    core_log(c, "READY %d %d", c->w, c->h);
    return true;
}

static const char usage[] = "Example:\n"
                            "  glassnet digits-cnn.net\n"
                            "\n"
                            "glassnet [FILE] [--size WxH] [--log-events]\n"
                            "  FILE          a network (.net) or a lesson (.md) to open\n"
                            "  --size WxH    size of the window\n"
                            "  --log-events  prints what happens, a line an event, for tests\n";

static bool read_arguments(int argc, char **argv, struct beginning *to, struct err *err)
{
    for (int i = 0; i < argc; i++) {
        struct text left, right;
        long a, b;
        if (strcmp(argv[i], "--log-events") == 0) {
            to->log = true;
        } else if (strcmp(argv[i], "--size") == 0) {
            if (i + 1 >= argc || !text_split(text_of(argv[i + 1]), 'x', &left, &right) ||
                !text_to_long(left, &a) || !text_to_long(right, &b) || a < 320 || b < 180 ||
                a > 16384 || b > 16384)
                return err_set(err, ERR_USAGE, NULL, 0,
                               "--size needs WIDTHxHEIGHT, as in --size 1280x720");
            to->w = (int)a;
            to->h = (int)b;
            i++;
        } else if (argv[i][0] == '-') {
            return err_set(err, ERR_USAGE, NULL, 0,
                           "the app has no option %s; there are --size WxH and --log-events",
                           argv[i]);
        } else if (to->file) {
            return err_set(err, ERR_USAGE, NULL, 0, "the app opens one file; found %s and %s",
                           to->file, argv[i]);
        } else {
            to->file = argv[i];
        }
    }
    return true;
}

int app_run(int argc, char **argv)
{
    struct app a = {0};
    struct err err = {0};
    struct beginning b = {.app = &a, .w = 1600, .h = 900};
    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0) {
            fputs(usage, stdout);
            return 0;
        }
    bool done = read_arguments(argc, argv, &b, &err) && start(&b, &err) && loop(&a, &err);
    close_notes(&a);
    raster_deinit(&a.raster);
    if (a.window)
        window_close(a.window);
    core_destroy(a.core);
    return done ? 0 : cli_fail(&err);
}
