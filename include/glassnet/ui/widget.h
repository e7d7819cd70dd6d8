/* Widgets: immediate mode, few and thin, on the draw list.
 *
 * A frame is ui_begin, calls of views and widgets, ui_end. A widget is drawn and answers in one
 * call; it is known by its id, a dotted name unique in the frame ("transport.step"), under which
 * scripts click it and dumps list it. Tab and Shift+Tab walk the widgets in the order of their
 * calls; Enter and Space activate the focused one. A click leaves no focus on anything but text
 * fields, so that Space goes on stepping after a button was clicked. Where widgets overlap, the one
 * called last gets the pointer. Sizes are design pixels (of 1920 x 1080) given
 * through ui_px. */
#ifndef GLASSNET_UI_WIDGET_H
#define GLASSNET_UI_WIDGET_H

#include <stdio.h>

#include "glassnet/ui/draw.h"
#include "glassnet/ui/input.h"
#include "glassnet/ui/theme.h"

enum widget_kind {
    WIDGET_BUTTON,
    WIDGET_SEGMENT,
    WIDGET_SLIDER,
    WIDGET_FIELD,
    WIDGET_CHECKBOX,
    WIDGET_ROW,
    WIDGET_AREA,
    WIDGET_LINK
};

enum widget_state {
    STATE_HOVER = 1,
    STATE_FOCUS = 2,
    STATE_ON = 4, /* toggled, checked, chosen */
    STATE_DISABLED = 8
};

/* What stood on the screen: for dumps, tests and scripts. */
struct widget_record {
    enum widget_kind kind;
    unsigned state;
    unsigned hash; /* of the id */
    bool focusable;
    struct rect rect; /* visible part */
    char id[64];
    char label[96];
};

enum button_style {
    BUTTON_NORMAL,
    BUTTON_PRIMARY,    /* filled with ink */
    BUTTON_COLOURED,   /* filled with ui->accent */
    BUTTON_PLAIN,      /* no frame until pointed at */
    BUTTON_STYLE = 15, /* mask */
    BUTTON_ON = 16,    /* toggled */
    BUTTON_DISABLED = 32,
    BUTTON_LEFT = 64, /* label at the left */
    BUTTON_MONO = 128,
    BUTTON_SQUARE = 256 /* no rounded corners */
};

/* Text being edited: the caller's buffer with caret and selection. */
struct text_edit {
    char *text;        /* zero-ended UTF-8 in the caller's buffer */
    int size;          /* of the buffer, zero byte included */
    int caret, anchor; /* byte offsets; the selection lies between them */
    float scroll;      /* pixels scrolled to the right, */
    float scroll_down; /* and down */
    bool lines;        /* it may have several */
};

struct ui_clipboard {
    void *context;
    /* The clipboard's text from malloc (the caller frees), NULL when there is none. */
    char *(*get)(void *context);
    void (*set)(void *context, const char *text);
};

enum { UI_ID_DEPTH = 8, UI_POPUPS = 4, UI_SCROLLS = 4 };

struct ui {
    struct ui_input *in;
    struct draw_list *draw;
    struct fonts *fonts;
    const struct theme *theme;
    int w, h;
    float zoom;           /* the user's, 0.8 to 2.5 */
    float scale;          /* output pixels per design pixel */
    struct colour accent; /* of BUTTON_COLOURED, toggled segments; reset to ink every frame */
    double time;          /* seconds, for the caret and motion; set by the app */
    bool motion;        /* things may move by themselves; set by the app where there is a window */
    bool focus_visible; /* rings are shown since Tab was pressed */
    bool text_wanted;   /* a text field has the focus: the app turns text input on */
    bool again;         /* something moves: draw another frame soon */
    struct ui_clipboard clipboard;

    /* The rest is the widgets' own. Ids are hashes, 0: none. */
    unsigned hot, next_hot;   /* the topmost widget under the pointer, one frame late */
    unsigned active, pressed; /* held by the left button; went down in the last frame */
    unsigned right;           /* held by the right button */
    int clicks;
    unsigned focus, last_focus;
    float grab; /* where within a knob it was taken */
    char tooltip[256], last_tooltip[256];
    struct rect tooltip_rect;
    double tooltip_since;
    char prefix[UI_ID_DEPTH][64];
    int prefix_depth;
    struct rect popups[UI_POPUPS];
    int n_popups, n_popups_last, popup_now; /* popups of the last frame shade those below */
    int scroll_from[UI_SCROLLS], n_scrolls; /* draw commands before the scrolling areas begun */
    int n_behind;                           /* the first records lie behind an overlay */
    struct {
        int n_keys;
        char text[256];
        unsigned focus;
    } held; /* what those behind don't get */

    struct widget_record *records; /* of this frame; owned */
    int n_records, cap_records;
};

void ui_init(struct ui *ui, struct fonts *fonts, const struct theme *theme);
void ui_deinit(struct ui *ui);

/* Starts a frame of w x h pixels: empties the draw list, works out the scale. */
void ui_begin(struct ui *ui, struct ui_input *in, struct draw_list *draw, int w, int h);
/* Ends it: draws the tooltip, moves the focus. */
void ui_end(struct ui *ui);

/* Design pixels to output pixels: times min(w/1920, h/1080) and the user's zoom. */
float ui_px(const struct ui *ui, float design_px);
/* A text size likewise, whole, never under 12. */
int ui_text_px(const struct ui *ui, float design_px);
/* Ids of the widgets until the pop begin with `prefix` and a dot. */
void ui_id_push(struct ui *ui, const char *prefix);
void ui_id_pop(struct ui *ui);

/* Things drawn and clicked on top of the rest: widgets outside the popup don't feel the pointer
 * within r. Call it last in the frame. */
void ui_popup_begin(struct ui *ui, struct rect r);
void ui_popup_end(struct ui *ui);

/* What is called between these lies behind an overlay: it gets no keys, no typed text and no focus,
 * and Tab does not lead there. What comes after them is the overlay, in a popup of its own. */
void ui_behind_begin(struct ui *ui);
void ui_behind_end(struct ui *ui);

/* True once when the chord ("Ctrl+C") was pressed in this frame and nobody took it yet. */
bool ui_key(struct ui *ui, const char *name);
/* True when the pointer is over r, within the clip, and not over a popup above. */
bool ui_hovers(const struct ui *ui, struct rect r);
void ui_focus(struct ui *ui, const char *id); /* the full id; NULL: nobody */

/* A bare clickable area that draws only its focus ring: for cells, cards, canvases. */
enum area_answer {
    AREA_CLICKED = 1,
    AREA_PRESSED = 2, /* went down; answered in the frame after */
    AREA_HELD = 4,
    AREA_DRAGGED = 8, /* held and moved: ui->in->moved_x, moved_y */
    AREA_HOVER = 16,
    AREA_DOUBLE = 32,
    AREA_FOCUS = 64,
    AREA_RIGHT = 128 /* clicked with the right button */
};
unsigned ui_area(struct ui *ui, const char *id, struct rect r, const char *label, bool focusable);

bool ui_button(struct ui *ui, const char *id, struct rect r, const char *label, unsigned style);
/* Width a button with this label wants. */
float ui_button_width(struct ui *ui, const char *label);

/* Joined buttons, one of them chosen; their labels are translated here. Ids of the parts are
 * "id.LABEL", English. Returns the new choice or -1 when nothing was chosen. *disabled has a bit
 * for each part that cannot be chosen. */
int ui_segments(struct ui *ui, const char *id, struct rect r, const char *const *labels, int n,
                int chosen, unsigned disabled);
/* The same for labels that are translated already, of which ids must not follow: they are of the
 * names. */
int ui_segments_named(struct ui *ui, const char *id, struct rect r, const char *const *names,
                      const char *const *labels, int n, int chosen, unsigned disabled);
float ui_segments_width(struct ui *ui, const char *const *labels, int n);

/* A slider; with `logarithmic` low must be > 0. Arrow keys move it by a hundredth of its way (10
 * with Shift). True when *value changed. */
bool ui_slider(struct ui *ui, const char *id, struct rect r, const char *label, float low,
               float high, bool logarithmic, float *value);

bool ui_checkbox(struct ui *ui, const char *id, struct rect r, const char *label, bool *on);

enum field_answer {
    FIELD_CHANGED = 1,
    FIELD_ENTERED = 2, /* Enter was pressed */
    FIELD_LEFT = 4,    /* the focus went away, or Escape */
    FIELD_FOCUS = 8
};
/* One line of text. `hint` is shown while it is empty. */
unsigned ui_field(struct ui *ui, const char *id, struct rect r, struct text_edit *edit,
                  const char *hint, enum font_face face, int px);
/* Several lines of text with their numbers; edit->lines must be set. The line `marked` (from 1, 0:
 * none) is shown as faulty. Tab leaves it, as every widget. */
unsigned ui_text_area(struct ui *ui, const char *id, struct rect r, struct text_edit *edit, int px,
                      int marked);
void text_edit_init(struct text_edit *e, char *buffer, int size);
void text_edit_set(struct text_edit *e, const char *text); /* caret at the end */
/* Applies a key; true when it was one of editing. `clipboard` may be NULL. */
bool text_edit_key(struct text_edit *e, struct ui_chord key, const struct ui_clipboard *clipboard);
void text_edit_insert(struct text_edit *e, const char *utf8); /* replaces the selection */

/* A row of a list: a button over the whole width, chosen or not. */
bool ui_row(struct ui *ui, const char *id, struct rect r, const char *label, bool chosen);

/* A vertically scrolling area: returns where the content's top left lies and how wide it may be;
 * between begin and end the view is clipped. *scroll is the caller's, in pixels. */
struct rect ui_scroll_begin(struct ui *ui, const char *id, struct rect r, float content_height,
                            float *scroll);
void ui_scroll_end(struct ui *ui);

/* Text shown beside the pointer when it rests on r. */
void ui_tooltip(struct ui *ui, struct rect r, const char *text);

void ui_progress(struct ui *ui, struct rect r, float part, struct colour c);

/* The focus ring, for views that draw their own focusable areas. */
void ui_focus_ring(struct ui *ui, struct rect r, float radius);

/* The record of the widget with this id, or (when no id matches) this label; NULL: none. */
const struct widget_record *ui_find(const struct ui *ui, const char *id_or_label);
/* The records as lines of text: kind, id, label, rectangle, state. */
void ui_dump(const struct ui *ui, FILE *out);

#endif
