/* What every view is given for a frame, and what it gives back.
 *
 * A view is a function of a const snapshot, its rectangle and its own small state, into the draw
 * list of a struct ui. It never computes a model value: every number it prints is one of the
 * snapshot's. What the user does comes back as intents, which are command lines that the app
 * applies between frames. */
#ifndef GLASSNET_VIEW_VIEW_H
#define GLASSNET_VIEW_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "glassnet/lesson/player.h"
#include "glassnet/session/session.h"
#include "glassnet/ui/widget.h"

enum { INTENTS_MOST = 32, INTENT_SIZE = 1200 };

/* Command lines, in the order the user gave them. */
struct intents {
    int count;
    char lines[INTENTS_MOST][INTENT_SIZE];
};

/* Adds a line by a printf format; beyond INTENTS_MOST in one frame it is dropped. */
void intents_add(struct intents *in, const char *format, ...) __attribute__((format(printf, 2, 3)));

struct view {
    const struct snapshot *snap;
    const struct session *session; /* only asked whether a cell is hidden */
    const struct player *lesson;   /* the one that is played, or NULL */
    bool show_all;                 /* also what the lesson leaves out */
    struct ui *ui;
    struct intents *out;
    bool hide_value; /* "guess first": the selected cell's value is covered */
    bool spotlight;  /* view_dim has something to do */
    bool marks;      /* what the last edit changed is marked now */
};

/* True when the cell is past the cursor: not computed yet, for the screen. */
bool view_is_done(const struct view *v, struct cell c);
/* Does the lesson leave that part of the screen out? ("views", "transport", a view's name, ...) */
bool view_hides(const struct view *v, const char *part);
/* How much of a tensor is computed. */
enum view_progress { NONE_DONE, SOME_DONE, ALL_DONE };
enum view_progress view_progress(const struct snapshot *s, int tensor);
/* The numbers of a tensor for the sample shown. */
const float *view_numbers(const struct snapshot *s, int tensor);
/* True when the value is hidden by a command or covered by the presenter. */
bool view_is_hidden(const struct view *v, struct cell c);
/* Which class the network reads is not to be told: `hide reading`, or one of its outputs is hidden.
 */
bool view_reading_is_hidden(const struct view *v);
/* Would the end of a colour scale tell a hidden number? True when one is of that size. */
bool view_limit_is_hidden(const struct view *v, float limit);
/* Did the last edit change the cell, and is that to be marked? *was is what it was before. */
bool view_was(const struct view *v, struct cell c, float *was);
/* The same as words: "was −0.35", with as many digits as tell it from what it is now. False and ""
 * when there is nothing to say. */
bool view_was_text(const struct view *v, struct cell c, char *out, size_t size);
/* The least side of a cell, in design pixels, whose mark can be seen. */
#define VIEW_MARK_LEAST 14.0f
/* The mark of a cell that view_was tells of: a corner of its rectangle. */
void view_mark_changed(const struct view *v, struct cell c, struct rect r);
/* True for ∂L/∂ and what the optimiser makes of it: the gradient scale and texture. */
bool view_is_gradient(const struct snapshot *s, int tensor);
/* The phase the cursor is in. */
enum phase view_phase(const struct snapshot *s);
/* Does the snapshot have a pass to draw? */
bool view_has_pass(const struct snapshot *s);

/* Numbers for people as the settings have it, with digits, decimal sign and a real minus: a value;
 * one with a fixed number of decimals; a float32 with all its nine digits; a share as percent.
 * Return out (48 bytes or more). */
char *view_number(const struct snapshot *s, double value, char *out, size_t size);
char *view_fixed(const struct snapshot *s, double value, int decimals, char *out, size_t size);
char *view_exact(const struct snapshot *s, float value, char *out, size_t size);
char *view_percent(const struct snapshot *s, double part, int decimals, char *out, size_t size);
/* The same as a style, where other digits are wanted; a formula's text with its decimal signs. */
struct number_style view_style(const struct snapshot *s);
char *view_formula_signs(const struct snapshot *s, char *text);
/* A count with thin spaces between thousands. Returns out. */
char *view_count(long long n, char *out, size_t size);

/* A label for the sample: "label 7", "label blue", "target 0.31"; empty when there is none. */
char *view_label(const struct snapshot *s, char *out, size_t size);
/* The name of an output or class: "7", "shirt"; the index where the set names none. */
const char *view_class(const struct snapshot *s, int index, char *buffer, size_t size);

/* A tooltip on r: what it is, and in brackets the key of the action whose line is given (NULL:
 * none). */
void view_tip(const struct view *v, struct rect r, const char *what, const char *line);

/* An intent that selects the cell. */
void view_select(const struct view *v, struct cell c);

/* The same, with a way back: `move out` leads to the cell that is selected now. */
void view_follow(const struct view *v, struct cell c);

/* The presenter's spotlight: covers all of `canvas` but the n places `lit`, where a view shows the
 * selected cell and its terms. Does nothing while the light is off or nothing is lit, so that a
 * view calls it in every frame, after its picture and before its frames and arrows. */
void view_dim(const struct view *v, struct rect canvas, const struct rect *lit, int n);

#endif
