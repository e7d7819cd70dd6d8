#include "app/core.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "app/core_lesson.h"
#include "app/course.h"
#include "app/glossary.h"
#include "app/reload.h"
#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "glassnet/view/file_kind.h"

struct core *core_create(int w, int h, struct err *err)
{
    struct fonts *fonts = fonts_create(err);
    if (!fonts)
        return NULL;
    struct core *c = mem_zalloc(1, sizeof *c);
    c->fonts = fonts;
    c->session = session_create();
    c->w = w;
    c->h = h;
    c->language = c->system_language = "en";
    ui_init(&c->ui, fonts, theme_find("paper"));
    input_init(&c->in);
    draw_list_init(&c->draw, fonts);
    screen_init(&c->screen);
    ui_init(&c->notes.ui, fonts, theme_find("paper"));
    input_init(&c->notes.in);
    draw_list_init(&c->notes.draw, fonts);
    course_follow(c);
    lesson_progress_load(&c->progress, NULL, NULL, NULL);
    c->screen.home.progress = &c->progress;
    return c;
}

void core_keep_settings(struct core *c, const char *folder)
{
    struct settings settings;
    settings_file_deinit(&c->settings);
    settings_load(&c->settings, &settings, folder);
    session_set_settings(c->session, &settings);
    c->keep_settings = true;
    core_follow_language(c);
    recent_load(c);
    if (c->settings.warning[0])
        screen_say(&c->screen, &c->ui, true, c->settings.warning);
}

/* After each command; a folder that cannot be written is told once, not at every change. */
static void note_settings(struct core *c)
{
    struct err err = {0};
    core_follow_language(c);
    core_lesson_style(c);
    if (!c->keep_settings ||
        settings_save(&c->settings, session_snapshot(c->session)->settings, &err))
        return;
    char text[1200];
    c->keep_settings = false;
    screen_say(&c->screen, &c->ui, true, err_text(&err, text, sizeof text));
}

void core_destroy(struct core *c)
{
    if (!c)
        return;
    if (c->session)
        autosave_end(&c->autosave, c->session);
    glossary_close(c);
    core_lesson_leave(c);
    lesson_progress_deinit(&c->progress);
    settings_file_deinit(&c->settings);
    catalogue_destroy(c->catalogue);
    screen_deinit(&c->screen);
    draw_list_deinit(&c->draw);
    draw_list_deinit(&c->notes.draw);
    ui_deinit(&c->notes.ui);
    ui_deinit(&c->ui);
    session_destroy(c->session);
    fonts_destroy(c->fonts);
    if (strcmp(c->language, "en") != 0)
        translate_choose("en", NULL);
    free(c);
}

void core_log(struct core *c, const char *format, ...)
{
    if (!c->log)
        return;
    va_list args;
    va_start(args, format);
    vfprintf(c->log, format, args);
    va_end(args);
    fputc('\n', c->log);
    fflush(c->log);
}

/* Views named by `show`: home, one of the canvas, or a tab of the panel. */
void core_follow_view(struct core *c)
{
    static const char *const tabs[TABS] = {"inspect", "draw", "training", "lesson", "controls"};
    const char *view = session_snapshot(c->session)->view;
    canvas_show(&c->screen.canvas, view);
    for (int i = 0; i < TABS; i++)
        if (strcmp(view, tabs[i]) == 0) {
            c->screen.panel.tab = (enum panel_tab)i;
            c->screen.panel.folded = false;
        }
}

bool core_open(struct core *c, const char *path, struct err *err)
{
    enum file_kind kind = file_kind_of(path);
    if (kind == FILE_LESSON)
        return core_lesson_open(c, path, err);
    if (kind == FILE_RUN)
        return core_session_open(c, path, err);
    if (kind != FILE_NETWORK)
        return core_take(c, path, err);
    if (!session_commandf(c->session, err, "open %s", path))
        return false;
    core_lesson_leave(c);
    canvas_fit(&c->screen.canvas);
    c->screen.toast[0] = 0; /* of an earlier mistake */
    const char *notice = session_snapshot(c->session)->notice;
    if (notice && notice[0])
        screen_say(&c->screen, &c->ui, true, notice);
    return true;
}

static bool run_app_line(struct core *c, const char *line, struct err *err)
{
    if (strcmp(line, "go-on") == 0 || strcmp(line, "begin-anew") == 0) {
        bool done = line[0] == 'b' || core_open(c, c->autosave.left, err);
        autosave_forget_left(&c->autosave);
        c->screen.overlay = OVERLAY_NONE;
        return done;
    }
    if (strcmp(line, "leave") == 0) {
        core_lesson_leave(c);
        return session_command(c->session, "show home", err);
    }
    if (strcmp(line, "quiz") == 0 || strncmp(line, "quiz ", 5) == 0)
        return quiz_begin(c, line[4] ? line + 5 : "", err);
    if (strcmp(line, "clicker on") == 0 || strcmp(line, "clicker back") == 0)
        return core_lesson_clicker(c, line[8] == 'o', err);
    bool known;
    bool done = actions_run(c, line, &known, err);
    if (known)
        return done;
    if (c->player && (strcmp(line, "play") == 0 || strncmp(line, "play ", 5) == 0))
        return core_lesson_play_on(c, line[4] ? line + 5 : "", err);
    if (c->player && core_lesson_line(c, line, err))
        return !err_any(err);
    return err_set(err, ERR_USAGE, NULL, 0,
                   c->player ? N_("\"app %s\" is no command")
                             : N_("\"app %s\" is no command while no lesson is played"),
                   line);
}

static bool run_line(struct core *c, const char *line, struct err *err)
{
    bool home = strcmp(session_snapshot(c->session)->view, "home") == 0;
    if (c->player && !home && player_refuses(c->player, line, err))
        return false;
    if (strncmp(line, "open ", 5) == 0)
        return core_open(c, line + 5, err);
    if (strncmp(line, "app ", 4) == 0)
        return run_app_line(c, line + 4, err);
    bool shows = strncmp(line, "show ", 5) == 0;
    const char *refusal = shows ? canvas_refusal(session_snapshot(c->session), line + 5) : NULL;
    if (refusal)
        return err_set(err, ERR_STATE, NULL, 0, "%s", refusal);
    if (!session_command(c->session, line, err))
        return false;
    if (shows)
        core_follow_view(c);
    return true;
}

bool core_command(struct core *c, const char *line, struct err *err)
{
    struct err own = {0};
    bool done = run_line(c, line, &own);
    core_log(c, "COMMAND %s", line);
    if (!done) {
        c->screen.transport.playing = false; /* it would fail again and again */
        char text[1200];
        err_text(&own, text, sizeof text);
        core_log(c, "ERROR %s", text);
        screen_say(&c->screen, &c->ui, true, text);
        if (err && !err_any(err))
            *err = own;
    }
    if (c->player)
        player_update(c->player);
    core_lesson_progress(c);
    note_settings(c);
    core_lesson_note(c);
    if (c->player)
        core_lesson_follow(c);
    if (done) {
        autosave_note(&c->autosave, line);
        recent_note(c, line);
    }
    const struct snapshot *s = session_snapshot(c->session);
    char name[256] = "none";
    if (s->program && cell_is(s->selected))
        cell_name(s->program, s->selected, name, sizeof name);
    if (strcmp(name, c->logged_selection) != 0) {
        snprintf(c->logged_selection, sizeof c->logged_selection, "%s", name);
        core_log(c, "SELECTED %s", name);
    }
    return done;
}

bool core_feed(struct core *c, const struct ui_event *event)
{
    char chord[32];
    if (event->kind == EVENT_RESIZE) {
        c->w = event->w;
        c->h = event->h;
        return true;
    }
    if (!input_feed(&c->in, event))
        return false;
    if (event->kind == EVENT_MOUSE_UP && event->button == MOUSE_LEFT)
        core_log(c, "CLICK %.0f %.0f", (double)event->x, (double)event->y);
    if (event->kind == EVENT_KEY)
        core_log(c, "KEY %s",
                 key_print((struct ui_chord){event->mods, event->key}, chord, sizeof chord));
    return true;
}

static void apply_drop(struct core *c)
{
    char path[1024];
    snprintf(path, sizeof path, "%s", c->in.drop);
    char line[1100];
    snprintf(line, sizeof line, "open %s", path);
    core_command(c, line, NULL);
}

void core_keep_session(struct core *c, const char *folder)
{
    char own[1024];
    autosave_begin(&c->autosave, folder ? folder : file_data_folder(own, sizeof own));
    if (c->autosave.left[0])
        c->screen.overlay = OVERLAY_RECOVER;
}

bool core_tick(struct core *c, double time)
{
    char text[1300];
    struct err err = {0};
    bool changed = session_update(c->session);
    changed = reload_tick(c, time) || changed;
    if (!autosave_tick(&c->autosave, c->session, time, &err))
        screen_say(&c->screen, &c->ui, true, /* once: it is not tried again */
                   err_text(&err, text, sizeof text));
    return changed || err_any(&err);
}

void core_frame(struct core *c, double time)
{
    core_tick(c, time);
    if (c->player && player_update(c->player))
        core_lesson_progress(c);
    if (c->player && !c->in.down[MOUSE_LEFT])
        player_let_go(c->player);
    const struct snapshot *s = session_snapshot(c->session);
    const struct theme *theme = theme_find(s->theme);
    c->ui.theme = theme ? theme : theme_at(0);
    c->ui.zoom = (float)s->zoom / 100;
    c->ui.time = time;
    c->ui.motion = c->moves && s->settings->motion;
    bool typing = c->ui.text_wanted;
    c->intents.count = 0;
    c->screen.transport.due = INFINITY;
    c->screen.home.has_quiz = quiz_is_there(c);
    ui_begin(&c->ui, &c->in, &c->draw, c->w, c->h);
    struct view v = {.snap = s,
                     .session = c->session,
                     .lesson = c->player,
                     .show_all = c->screen.show_all,
                     .ui = &c->ui,
                     .out = &c->intents,
                     .hide_value = c->screen.hide_value,
                     .spotlight = c->screen.spotlight,
                     .marks = screen_marks(&c->screen, s, time)};
    core_keys_first(c, &v, typing);
    screen_draw(&v, &c->screen, c->player);
    core_keys(c, &v);
    ui_end(&c->ui);
    /* What a key or click changed shows in the frame after it. */
    bool acted = c->in.n_keys > 0 || c->in.text[0] || c->in.drop[0] || c->in.released[MOUSE_LEFT];
    c->quit = c->quit || c->in.quit;
    if (c->in.drop[0])
        apply_drop(c);
    input_begin(&c->in);
    struct intents todo = c->intents;
    for (int i = 0; i < todo.count; i++)
        core_command(c, todo.lines[i], NULL);
    glossary_follow(c);
    c->ui.again = c->ui.again || acted || todo.count > 0;
    c->frames++;
}

void core_draw_notes(struct core *c, int w, int h, double time)
{
    struct notes *n = &c->notes;
    struct intents none = {.count = 0};
    struct view v = {
        .snap = session_snapshot(c->session), .session = c->session, .ui = &n->ui, .out = &none};
    n->ui.theme = c->ui.theme;
    ui_begin(&n->ui, &n->in, &n->draw, w, h);
    n->ui.scale = fminf((float)w / NOTES_WIDTH, (float)h / NOTES_HEIGHT);
    notes_draw(&v, c->player, time - n->since);
    ui_end(&n->ui);
}

/* The notes have a clock of seconds. */
double core_due(const struct core *c)
{
    double due = c->screen.transport.due, time = c->ui.time - c->notes.since;
    if (c->notes.open)
        due = fmin(due, c->notes.since + floor(time) + 1);
    if (c->screen.marked_until > c->ui.time)
        due = fmin(due, c->screen.marked_until);
    return c->screen.toast[0] ? fmin(due, c->screen.toast_until) : due;
}

void core_settle(struct core *c)
{
    enum { FRAMES_MOST = 6 };
    for (int i = 0; i < FRAMES_MOST; i++) {
        core_frame(c, c->ui.time + 1.0 / 60);
        if (!c->ui.again && c->intents.count == 0)
            return;
    }
}

void core_finish(struct core *c)
{
    enum { TURNS_MOST = 16 }; /* what is shown may ask for more, a few times */
    core_settle(c);
    for (int i = 0; i < TURNS_MOST; i++) {
        uint64_t before = session_snapshot(c->session)->revision;
        session_wait(c->session);
        core_settle(c);
        if (session_snapshot(c->session)->revision == before)
            return;
    }
}
