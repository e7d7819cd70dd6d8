/* Overlays: a box over the whole screen that has all keys, and closes by Escape, its cross or a
 * click beside it. At most one is open. */
#ifndef GLASSNET_VIEW_OVERLAY_H
#define GLASSNET_VIEW_OVERLAY_H

#include "glassnet/base/mem.h"
#include "glassnet/lesson/catalogue.h"
#include "glassnet/view/view.h"

enum overlay {
    OVERLAY_NONE,
    OVERLAY_KEYS,
    OVERLAY_SETTINGS,
    OVERLAY_PALETTE,
    OVERLAY_FILES,
    OVERLAY_UNTIL,
    OVERLAY_RECOVER,
    OVERLAY_STEP,
    OVERLAY_GLOSSARY,
    OVERLAY_LEARNER,
    OVERLAY_CLASS,
    OVERLAYS
};

/* The name by which "app NAME" opens and closes it; NULL past the last. */
const char *overlay_name(int overlay);

/* Draws veil, box and title; the box is w x h design pixels, or what the screen has. Returns what
 * lies inside; *closes says that the user wants it closed. Ids until the end begin with `id`. */
struct rect overlay_begin(const struct view *v, const char *id, const char *title, float w, float h,
                          bool *closes);
void overlay_end(const struct view *v);

/* The button with three dots, at the end of the top bar: everything by its name, by mouse. */
void menu_button_draw(const struct view *v, const char *id, struct rect r);

struct settings_state {
    float scroll;
    int row; /* the one with the focus, -1: none */
};

/* All keys; *scroll is the caller's, in pixels. */
void keys_draw(const struct view *v, float *scroll);

/* The question whether to go on with what an end without leave has left. */
void recover_draw(const struct view *v);

/* The settings; they change at once, by `setting NAME VALUE`. */
void settings_draw(const struct view *v, struct settings_state *s);

/* A field that filters and a list (palette, files). */
struct chooser_state {
    struct text_edit edit;
    char text[256];
    const char *field; /* its id, static */
    int at;            /* the choice that Enter takes */
    float scroll;
};

struct palette_item;

/* Everything that can be run, by its name. */
struct palette_state {
    struct chooser_state chooser;
    struct arena arena;
    struct palette_item *items; /* owned */
    int count, capacity;
};

/* Gathers what there is to run; called when the palette is opened. words: the glossary, or NULL. */
void palette_open(struct palette_state *p, const struct snapshot *s,
                  const struct catalogue *lessons, const struct lesson *words);
void palette_deinit(struct palette_state *p);
void palette_draw(const struct view *v, struct palette_state *p);

#endif
