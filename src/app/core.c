#include "app/core.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "app/course.h"
#include "app/glossary.h"
#include "app/reload.h"
#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "glassnet/lesson/host.h"
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

/* Lessons write their numbers as the rest of the screen does. */
static void style_lesson(struct core *c)
{
    struct number_style style = settings_number_style(session_snapshot(c->session)->settings);
    if (c->player)
        player_set_style(c->player, &style);
}

/* After each command; a folder that cannot be written is told once, not at every change. */
static void note_settings(struct core *c)
{
    struct err err = {0};
    core_follow_language(c);
    style_lesson(c);
    if (!c->keep_settings ||
        settings_save(&c->settings, session_snapshot(c->session)->settings, &err))
        return;
    char text[1200];
    c->keep_settings = false;
    screen_say(&c->screen, &c->ui, true, err_text(&err, text, sizeof text));
}

static void leave_lesson(struct core *c)
{
    c->quiz.count = 0;
    player_destroy(c->player);
    lesson_destroy(c->lesson);
    c->player = NULL;
    c->lesson = NULL;
}

void core_destroy(struct core *c)
{
    if (!c)
        return;
    if (c->session)
        autosave_end(&c->autosave, c->session);
    glossary_close(c);
    leave_lesson(c);
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
static void follow_view(struct core *c)
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

/* Where a lesson's own commands have shown another view. */
static void follow_lesson(struct core *c)
{
    const char *view = session_snapshot(c->session)->view;
    if (strcmp(view, c->followed) == 0)
        return;
    snprintf(c->followed, sizeof c->followed, "%s", view);
    follow_view(c);
}

static bool open_lesson(struct core *c, const char *path, struct err *err)
{
    struct lesson *lesson = lesson_load(path, err);
    if (!lesson)
        return false;
    leave_lesson(c);
    struct lesson_host host = host_of_session(c->session);
    struct player *player = player_create(lesson, &host, err);
    if (!player) {
        lesson_destroy(lesson);
        return false;
    }
    c->lesson = lesson;
    c->player = player;
    reload_note(c);
    style_lesson(c);
    snprintf(c->lesson_name, sizeof c->lesson_name, "%s", file_name(path));
    char *dot = strrchr(c->lesson_name, '.');
    if (dot)
        *dot = 0;
    const struct lesson_place *place = lesson_progress_find(&c->progress, c->lesson_name);
    if (place && !place->finished && place->page > 0 && c->keep_progress)
        player_go(player, place->page);
    c->screen.panel.tab = TAB_LESSON;
    c->screen.panel.folded = false;
    canvas_fit(&c->screen.canvas);
    const char *view = session_snapshot(c->session)->view;
    if (strcmp(view, "home") == 0 && !session_command(c->session, "show network", err))
        return false;
    c->followed[0] = 0;
    follow_lesson(c);
    return true;
}

/* "lesson PATH": what the session's own file cannot know. The page is in the learner's progress. */
static void note_lesson(struct core *c)
{
    char note[1100] = "";
    if (c->lesson)
        snprintf(note, sizeof note, "lesson %d %s", player_view(c->player)->page, c->lesson->path);
    if (strcmp(session_note(c->session), note) != 0)
        session_set_note(c->session, note);
}

/* A session that was saved in a lesson: the lesson at its page, and then everything as it was. */
static bool open_session(struct core *c, const char *path, struct err *err)
{
    int page, at = 0;
    if (!session_commandf(c->session, err, "open %s", path))
        return false;
    leave_lesson(c);
    char *note = mem_strdup(session_note(c->session));
    bool done = true;
    if (sscanf(note, "lesson %d %n", &page, &at) == 1 && at > 0) {
        done = open_lesson(c, note + at, err);
        if (done)
            player_go(c->player, page);
        done = done && session_load(c->session, path, err);
    }
    free(note);
    canvas_fit(&c->screen.canvas);
    return done;
}

bool core_open(struct core *c, const char *path, struct err *err)
{
    enum file_kind kind = file_kind_of(path);
    if (kind == FILE_LESSON)
        return open_lesson(c, path, err);
    if (kind == FILE_RUN)
        return open_session(c, path, err);
    if (kind != FILE_NETWORK)
        return core_take(c, path, err);
    if (!session_commandf(c->session, err, "open %s", path))
        return false;
    leave_lesson(c);
    canvas_fit(&c->screen.canvas);
    c->screen.toast[0] = 0; /* of an earlier mistake */
    const char *notice = session_snapshot(c->session)->notice;
    if (notice && notice[0])
        screen_say(&c->screen, &c->ui, true, notice);
    return true;
}

static void note_progress(struct core *c)
{
    if (!c->player || !c->keep_progress)
        return;
    const struct player_view *view = player_view(c->player);
    if (view->quiz)
        return; /* questions from anywhere are no progress in the lesson */
    const struct lesson_place *old = lesson_progress_find(&c->progress, c->lesson_name);
    int done = player_tasks_done(c->player);
    if (old && old->page == view->page && old->done >= done && old->finished == view->finished)
        return;
    lesson_progress_note(&c->progress, c->lesson_name, view->page, view->pages, done,
                         player_tasks(c->player), view->finished);
    struct err err = {0};
    if (!lesson_progress_save(&c->progress, &err))
        screen_say(&c->screen, &c->ui, true, err.message);
}

/* On from a lesson into Play: with the network as it is, or with another one by its name. A lesson
 * left on its last page with nothing to do is finished. */
static bool play_on(struct core *c, const char *name, struct err *err)
{
    char path[1024];
    const struct player_view *view = player_view(c->player);
    if (view->last_page && player_next(c->player))
        note_progress(c);
    if (name[0])
        return lesson_find_network(c->lesson, name, path, sizeof path, err) &&
               core_open(c, path, err);
    leave_lesson(c);
    c->screen.panel.tab = TAB_INSPECT;
    return session_command(c->session, "reveal all", err);
}

/* What the lesson's panel asks for; false when the line is none of it. */
static bool run_lesson_line(struct core *c, const char *line, struct err *err)
{
    if (strncmp(line, "answer ", 7) == 0)
        player_answer(c->player, line + 7);
    else if (strncmp(line, "choose ", 7) == 0)
        player_choose(c->player, atoi(line + 7));
    else if (strcmp(line, "hint") == 0)
        player_hint(c->player);
    else if (strcmp(line, "solution") == 0)
        player_show(c->player);
    else if (strcmp(line, "skip") == 0)
        player_skip(c->player);
    else if (strcmp(line, "next") == 0 && c->quiz.count)
        return quiz_next(c, err);
    else if (strcmp(line, "next") == 0)
        player_next(c->player);
    else if (strcmp(line, "back") == 0)
        player_back(c->player);
    else if (strncmp(line, "page ", 5) == 0)
        player_go(c->player, atoi(line + 5) - 1);
    else
        return false;
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
        leave_lesson(c);
        return session_command(c->session, "show home", err);
    }
    if (strcmp(line, "quiz") == 0 || strncmp(line, "quiz ", 5) == 0)
        return quiz_begin(c, line[4] ? line + 5 : "", err);
    bool known;
    bool done = actions_run(c, line, &known, err);
    if (known)
        return done;
    if (c->player && (strcmp(line, "play") == 0 || strncmp(line, "play ", 5) == 0))
        return play_on(c, line[4] ? line + 5 : "", err);
    if (c->player && run_lesson_line(c, line, err))
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
        follow_view(c);
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
    note_progress(c);
    note_settings(c);
    note_lesson(c);
    if (c->player)
        follow_lesson(c);
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
    struct err err = {0};
    bool changed = session_update(c->session);
    changed = reload_tick(c, time) || changed;
    if (!autosave_tick(&c->autosave, c->session, time, &err))
        screen_say(&c->screen, &c->ui, true, err.message); /* once: it is not tried again */
    return changed || err_any(&err);
}

void core_frame(struct core *c, double time)
{
    core_tick(c, time);
    if (c->player && player_update(c->player))
        note_progress(c);
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
