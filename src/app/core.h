/* The app without a window: session, screen and lesson, fed with events, drawn into a draw list.
 * The window (app.c), pictures without a display (render.c), scripts and tests all drive this. */
#ifndef GLASSNET_SRC_APP_CORE_H
#define GLASSNET_SRC_APP_CORE_H

#include <stdio.h>
#include <time.h>

#include "app/autosave.h"
#include "app/quiz.h"
#include "glassnet/session/session.h"
#include "glassnet/ui/draw.h"
#include "glassnet/view/screen.h"

struct notes {
    bool open;
    struct ui ui;
    struct ui_input in;
    struct draw_list draw;
    double since; /* the clock's zero */
};

struct core {
    struct session *session;
    struct fonts *fonts;
    struct ui ui;
    struct ui_input in;
    struct draw_list draw;
    struct screen screen;
    struct intents intents;
    struct catalogue *catalogue; /* NULL: no lessons found */
    struct lesson_progress progress;
    bool keep_progress;         /* write the learner's progress, */
    char progress_folder[1024]; /* here; "": the user's own folder */
    struct settings_file settings;
    const char *language;        /* the one this core has chosen; "en" at first */
    const char *system_language; /* what "system" is; "en" unless there is a window */
    bool keep_settings; /* settings were read from the user's folder and are written there */
    struct autosave autosave;
    struct lesson *lesson;
    char lesson_name[128];
    struct player *player;
    struct timespec lesson_written; /* the lesson's file, when it was read */
    double lesson_looked;           /* and when it was last looked at */
    struct quiz_run quiz;           /* count 0: none is on */
    struct core *glossary;          /* draws the glossary's pictures while it is open; else NULL */
    char followed[32];              /* the view shown last in a lesson */
    int w, h;
    struct notes notes; /* the teacher's window */
    long frames;
    bool moves; /* there is a window to move things in, if the settings let them */
    bool quit;
    bool toggle_full_screen; /* asked for; the window resets it */
    FILE *log;               /* NULL: no event log; the caller's */
    char logged_selection[256];
};

/* A core of w x h pixels; NULL and err when fonts are missing. */
struct core *core_create(int w, int h, struct err *err);
void core_destroy(struct core *c);

/* Takes the user's settings from folder (NULL: their own), and writes there what is changed. */
void core_keep_settings(struct core *c, const char *folder);

/* Chooses the language that the settings name; one without a catalogue stays English and is told.
 */
void core_follow_language(struct core *c);

/* Saves the session by itself into folder (NULL: the user's own), and asks whether to go on when
 * one was left there. */
void core_keep_session(struct core *c, const char *folder);

/* The recent files: those of the user's folder; the one of an `open` or `save` that was done. */
void recent_load(struct core *c);
void recent_note(struct core *c, const char *line);

/* Applies a command line: the session's, or the app's own ("app lesson FILE", "app leave",
 * "open FILE" for lessons too). */
bool core_command(struct core *c, const char *line, struct err *err);

/* Takes a picture as the input, a table, IDX files or a folder as the data set of the network that
 * is open, and says so. */
bool core_take(struct core *c, const char *path, struct err *err);
/* Opens a network, a run or a lesson, which leaves a lesson that is being played; takes what else
 * can be opened. */
bool core_open(struct core *c, const char *path, struct err *err);

/* Saves the network to its file, or asks for a name where it has none that is the user's; asks. */
bool core_save(struct core *c, struct err *err);
bool core_save_as(struct core *c, struct err *err);
/* All there is, under a free name ("moons-3.gns") beside the user's network or among the user's
 * data; says where. */
bool core_save_session(struct core *c, struct err *err);
/* Opens what was built, after saving the session where a run, branches or changes would be lost. */
bool core_open_built(struct core *c, struct err *err);

/* Takes in an event; false: give it again after the next frame. */
bool core_feed(struct core *c, const struct ui_event *event);

/* What happens by itself: the worker's news, and saving. True when something to be seen changed. */
bool core_tick(struct core *c, double time);
/* Draws one frame into c->draw and applies what the user did in it. */
void core_frame(struct core *c, double time);
/* Frames until nothing more happens by itself, at most a few. */
void core_settle(struct core *c);
/* The same after all that works in the background for what is shown: a picture taken then is the
 * same each time. */
void core_finish(struct core *c);

/* Draws the teacher's notes, w x h pixels, into c->notes.draw. */
void core_draw_notes(struct core *c, int w, int h, double time);

/* When the next frame is due by itself, in the time of core_frame: a step of the play button, the
 * end of a message. Infinite: not before something happens. */
double core_due(const struct core *c);

/* Keys of the whole app. core_frame calls the first before the widgets, for what lies over all and
 * for keys that no widget with the focus wants (typing: a text field has it); the second after
 * them. */
void core_keys_first(struct core *c, const struct view *v, bool typing);
void core_keys(struct core *c, const struct view *v);

/* Runs "app LINE" where it is the interface's own and needs no session ("blank", "copy"); *known
 * says whether it is. */
bool actions_run(struct core *c, const char *line, bool *known, struct err *err);
/* Its part for what lies on the canvas; false when the line is none of it. */
bool actions_canvas(struct core *c, const char *line);
/* 1 for "... next", -1 for "... previous". */
int action_by(const char *line);

/* A line of the event log. */
void core_log(struct core *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The selected cell's value or its whole tensor as tab-separated text, from malloc. */
char *core_copy_cell(struct core *c);
char *core_copy_tensor(struct core *c);

#endif
