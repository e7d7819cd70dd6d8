/* The panel at the right, with its tabs: inspector, drawing pad, training, lesson. */
#ifndef GLASSNET_VIEW_PANEL_H
#define GLASSNET_VIEW_PANEL_H

#include "glassnet/lesson/player.h"
#include "glassnet/step/uses.h"
#include "glassnet/view/canvas.h"
#include "glassnet/view/change.h"
#include "glassnet/view/guess_field.h"
#include "glassnet/view/pad.h"
#include "glassnet/view/view.h"

/* TAB_VIEW, the controls of the view shown, stands first where the view has any. */
enum panel_tab { TAB_INSPECT, TAB_DRAW, TAB_TRAIN, TAB_LESSON, TAB_VIEW, TABS };

struct inspector_state {
    bool hexadecimal;
    bool by_size; /* largest terms first instead of the order of the sum */
    float scroll;
    struct cell shown; /* scrolled back when another cell is selected */
    int *order;        /* [capacity] terms as listed; owned */
    int capacity, count;
    uint64_t revision; /* that the order belongs to */
    bool ordered_by_size;
    bool to;     /* the uses are listed, not the terms */
    bool turned; /* and from the next frame on the other of the two */
    struct cell_uses uses;
    struct cell uses_of;
    uint64_t uses_revision;
    struct change_field change;
    struct change_drag drag;
    struct guess_field guess;
};

struct train_state {
    struct text_edit epochs, rate;
    char epochs_text[16], rate_text[32];
    bool filled;           /* the fields were given the network's settings */
    const struct net *net; /* whose settings they are; only compared */
    float rate_shown;      /* the network's rate that the field was filled with */
    float scroll;
};

struct lesson_state {
    float scroll;
    int page;      /* scrolled back when it turns */
    int task;      /* the answer field belongs to it */
    int uncovered; /* hints, messages, ... of the page: scrolled to when there are more */
    bool finished;
    bool by_keys; /* the last thing was done with the keyboard: the focus moves on by itself */
    bool keypad;  /* keys to press with the pointer are there */
    struct text_edit answer, value;
    char answer_text[64], value_text[64];
    struct cell edited; /* the cell that the field of the new value belongs to */
    float edited_value; /* its value when the field was filled */
    float rate_shown;   /* the learning rate it was filled with; 0: none yet */
};

struct watch_state {
    bool folded; /* only its heading is shown */
    float scroll;
};

struct panel_state {
    enum panel_tab tab;
    const char *view_title; /* of TAB_VIEW in the last frame, NULL: there was none */
    bool trains;            /* the view shown has the controls of training: no tab for it */
    bool folded;
    struct watch_state watch;
    struct inspector_state inspector;
    struct pad_state pad;
    struct train_state train;
    struct lesson_state lesson;
};

void panel_init(struct panel_state *p);
void panel_deinit(struct panel_state *p);

/* player: the lesson being played, NULL when there is none (its tab is then not shown). canvas: the
 * view shown, whose controls are a tab. */
void panel_draw(const struct view *v, struct panel_state *p, struct canvas_state *canvas,
                struct player *player, struct rect r);

/* The contents of the tabs. */
void inspector_draw(const struct view *v, struct inspector_state *s, struct rect r);
void pad_draw(const struct view *v, struct pad_state *s, struct rect r);
void train_draw(const struct view *v, struct train_state *s, struct rect r);
void lesson_draw(const struct view *v, struct lesson_state *s, struct player *player,
                 struct rect r);

/* The watch list at the foot of the panel, under every tab: its height of the `room` there is (0
 * when nothing is watched), and the list. */
float watch_height(const struct view *v, const struct watch_state *s, float room);
void watch_draw(const struct view *v, struct watch_state *s, struct rect r);
/* Is the cell watched? */
bool watch_has(const struct snapshot *s, struct cell cell);

/* True when the network's input is a picture, or numbers that its data set holds as pictures. */
bool pad_takes_drawings(const struct snapshot *s);

/* Class names, shares as bars and numbers: what the network reads now. Returns the height. */
float guesses_draw(const struct view *v, struct rect r);

#endif
