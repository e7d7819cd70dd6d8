/* The whole screen: home, or the five places around the network; overlays and messages. */
#ifndef GLASSNET_VIEW_SCREEN_H
#define GLASSNET_VIEW_SCREEN_H

#include "glassnet/lesson/catalogue.h"
#include "glassnet/lesson/progress.h"
#include "glassnet/view/bars.h"
#include "glassnet/view/canvas.h"
#include "glassnet/view/class_table.h"
#include "glassnet/view/files.h"
#include "glassnet/view/glossary.h"
#include "glassnet/view/learner.h"
#include "glassnet/view/overlay.h"
#include "glassnet/view/panel.h"
#include "glassnet/view/pen.h"
#include "glassnet/view/places.h"
#include "glassnet/view/step_dialog.h"
#include "glassnet/view/until.h"

/* Height of the home screen's foot in design pixels. */
enum { HOME_FOOT = 96 };

struct home_state {
    const struct catalogue *lessons;        /* NULL: none could be read */
    const struct lesson_progress *progress; /* NULL: none */
    bool has_quiz;                          /* there is something to ask again */
    float scroll;
    int focus;        /* 1 + the number of the widget that has the focus, 0: none */
    bool all_lessons; /* many lessons are all there; else the rows around the next one */
    /* of the last frame's layout */
    int first, shown; /* lessons that are there */
    bool folds;       /* there is a button for the others */
};

struct screen {
    struct canvas_state canvas;
    struct formula_state formula;
    struct transport_state transport;
    struct panel_state panel;
    struct home_state home;
    enum overlay overlay; /* what lies over all else and has the keys */
    struct settings_state settings;
    float keys_scroll;
    struct until_dialog until;
    struct step_dialog step;
    struct palette_state palette;
    struct files_state files;
    struct glossary_state glossary;
    struct learner_state learner;
    struct class_table class_table;
    struct pen_state pen;
    struct places places; /* of the last frame */
    bool blank;           /* nothing but dark: "look at me" */
    bool hide_value;      /* "guess first" */
    bool show_all;        /* also what the lesson leaves out */
    bool spotlight;       /* all but the selected cell and its terms is dimmed, in every view */
    char toast[700];      /* a message, word for word; empty: none */
    bool toast_is_error;
    double toast_until;
    uint64_t marked; /* the change (before_number) that is or was marked, */
    double marked_until;
    uint64_t lesson_revision;
};

void screen_init(struct screen *s);
void screen_deinit(struct screen *s);

/* Shows a sentence for a while. */
void screen_say(struct screen *s, const struct ui *ui, bool error, const char *sentence);

/* Is what the last edit changed to be marked now? It is for a moment from the first frame on. */
bool screen_marks(struct screen *s, const struct snapshot *snap, double time);

/* Draws one frame. player: the lesson being played, or NULL. Intents that begin with "app " are
 * the app's own ("app lesson PATH", "app leave"). */
void screen_draw(const struct view *v, struct screen *s, struct player *player);

/* The teacher's notes, over the whole of v->ui: the lesson's, else the selected number and the
 * watch list. elapsed: seconds of the clock. */
enum { NOTES_WIDTH = 1000, NOTES_HEIGHT = 700 }; /* in design pixels */
void notes_draw(const struct view *v, struct player *player, double elapsed);

void home_draw(const struct view *v, struct home_state *s, struct rect r);

#endif
