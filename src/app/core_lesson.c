/* The lesson that is played: opening and leaving it, its panel's commands, its progress. */
#include "app/core_lesson.h"
#include "glassnet/base/translate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/reload.h"
#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/lesson/host.h"

/* Lessons write their numbers as the rest of the screen does. */
void core_lesson_style(struct core *c)
{
    struct number_style style = settings_number_style(session_snapshot(c->session)->settings);
    if (c->player)
        player_set_style(c->player, &style);
}

void core_lesson_leave(struct core *c)
{
    c->quiz.count = 0;
    player_destroy(c->player);
    lesson_destroy(c->lesson);
    c->player = NULL;
    c->lesson = NULL;
}

/* Where a lesson's own commands have shown another view. */
void core_lesson_follow(struct core *c)
{
    const char *view = session_snapshot(c->session)->view;
    if (strcmp(view, c->followed) == 0)
        return;
    snprintf(c->followed, sizeof c->followed, "%s", view);
    core_follow_view(c);
}

static bool set_switch(void *context, const char *line, struct err *err)
{
    bool known;
    return actions_run(context, line, &known, err);
}

bool core_lesson_open(struct core *c, const char *path, struct err *err)
{
    struct lesson *lesson = lesson_load(path, err);
    if (!lesson)
        return false;
    core_lesson_leave(c);
    struct lesson_host host = host_of_session(c->session);
    host.screen = set_switch;
    host.screen_context = c;
    struct player *player = player_create(lesson, &host, err);
    if (!player) {
        lesson_destroy(lesson);
        return false;
    }
    c->lesson = lesson;
    c->player = player;
    reload_note(c);
    core_lesson_style(c);
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
    core_lesson_follow(c);
    return true;
}

/* "lesson PATH": what the session's own file cannot know. The page is in the learner's progress. */
void core_lesson_note(struct core *c)
{
    char note[1100] = "";
    if (c->lesson)
        snprintf(note, sizeof note, "lesson %d %s", player_view(c->player)->page, c->lesson->path);
    if (strcmp(session_note(c->session), note) != 0)
        session_set_note(c->session, note);
}

/* A session that was saved in a lesson: the lesson at its page, and then everything as it was. */
bool core_session_open(struct core *c, const char *path, struct err *err)
{
    int page, at = 0;
    if (!session_commandf(c->session, err, "open %s", path))
        return false;
    core_lesson_leave(c);
    char *note = mem_strdup(session_note(c->session));
    bool done = true;
    if (sscanf(note, "lesson %d %n", &page, &at) == 1 && at > 0) {
        done = core_lesson_open(c, note + at, err);
        if (done)
            player_go(c->player, page);
        done = done && session_load(c->session, path, err);
    }
    free(note);
    canvas_fit(&c->screen.canvas);
    return done;
}

void core_lesson_progress(struct core *c)
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
    char text[1300];
    struct err err = {0};
    if (!lesson_progress_save(&c->progress, &err))
        screen_say(&c->screen, &c->ui, true, err_text(&err, text, sizeof text));
}

/* On from a lesson into Play: with the network as it is, or with another one by its name. A lesson
 * left on its last page with nothing to do is finished. */
bool core_lesson_play_on(struct core *c, const char *name, struct err *err)
{
    char path[1024];
    const struct player_view *view = player_view(c->player);
    if (view->last_page && player_next(c->player))
        core_lesson_progress(c);
    if (name[0])
        return lesson_find_network(c->lesson, name, path, sizeof path, err) &&
               core_open(c, path, err);
    core_lesson_leave(c);
    c->screen.panel.tab = TAB_INSPECT;
    return session_command(c->session, "reveal all", err);
}

/* What the lesson's panel asks for; false when the line is none of it. */
bool core_lesson_line(struct core *c, const char *line, struct err *err)
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

bool core_lesson_clicker(struct core *c, bool on, struct err *err)
{
    const struct snapshot *s = session_snapshot(c->session);
    const char *step = on ? "step" : "back";
    if (!c->player || strcmp(s->view, "home") == 0)
        return core_command(c, step, err);
    const struct player_view *view = player_view(c->player);
    bool waits = view->active >= 0, start = !on && s->cursor.cell <= 0;
    bool stepped = !player_hides(c->player, "transport") && !player_is_locked(c->player, "step");
    if (waits && view->blocks[view->active].kind == LESSON_WAIT)
        stepped = stepped || view->blocks[view->active].item->condition.kind == CONDITION_STEP;
    if (waits && stepped && !start)
        return core_command(c, step, err);
    if (!on)
        return !view->can_back || core_command(c, "app back", err);
    if (!waits)
        return !view->can_next || core_command(c, "app next", err);
    screen_say(&c->screen, &c->ui, false,
               _("This page asks something: answer it, or press Show me, then go on."));
    return true;
}
