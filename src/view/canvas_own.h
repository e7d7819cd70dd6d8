/* What the canvas and its table of views share. */
#ifndef CANVAS_OWN_H
#define CANVAS_OWN_H

#include "glassnet/view/canvas.h"

/* A view is a row of canvas_kinds, a member of struct canvas_state and an action (action.c). */
struct canvas_kind {
    const char *name;  /* for `show` and ids */
    const char *also;  /* another name for it, or NULL */
    const char *title; /* on its tab */
    const char *tip;
    void (*init)(struct canvas_state *c);
    void (*deinit)(struct canvas_state *c);
    void (*draw)(const struct view *v, struct canvas_state *c, struct rect r);
    void (*fit)(struct canvas_state *c);             /* NULL: nothing to fit */
    bool (*is_zoomed)(const struct canvas_state *c); /* NULL: never */
    void (*zoom)(struct canvas_state *c, const struct snapshot *s, float notches); /* NULL: none */
    void (*pan)(struct canvas_state *c, float right, float down);                  /* NULL: none */
    void (*tools)(const struct view *v, struct canvas_state *c, struct rect r);    /* NULL: none */
    enum canvas_group group;
    unsigned flags;                          /* enum canvas_flags */
    bool (*suits)(const struct snapshot *s); /* NULL: whatever is open */
    const char *refusal;                     /* a sentence where it does not suit */
    const char *panel_title;                 /* NULL: it has no controls in the panel */
    void (*panel)(const struct view *v, struct canvas_state *c, struct rect r);
    void (*foot)(const struct view *v, struct canvas_state *c, struct rect r); /* NULL: transport */
};

extern const struct canvas_kind canvas_kinds[CANVAS_VIEWS];

#endif
