/* The bars that never move: where we are (top), the selected cell's formula, the transport. */
#ifndef GLASSNET_VIEW_BARS_H
#define GLASSNET_VIEW_BARS_H

#include "glassnet/view/change.h"
#include "glassnet/view/guess_field.h"
#include "glassnet/view/view.h"

/* Height of each bar in design pixels, */
enum { TOP_BAR = 64, FORMULA_BAR = 118, TRANSPORT_BAR = 88, SIDE_PANEL = 468 };
/* and where all is enlarged so much that the picture would be left with little: then bars are
 * lower and say less. */
enum { TOP_BAR_TIGHT = 56, FORMULA_BAR_TIGHT = 80, TRANSPORT_BAR_TIGHT = 64 };
bool bars_are_tight(const struct ui *ui);

/* `place` says where we are, before the network's name: "Play", a lesson's title. */
void top_bar_draw(const struct view *v, struct rect r, const char *place);

struct formula_state {
    bool typing; /* the name is a text field */
    struct text_edit edit;
    char name[160];
    struct change_drag drag;
    struct guess_field guess;
    bool show_terms; /* set when "N more" was clicked: the inspector shows them all */
};

void formula_bar_init(struct formula_state *f);
/* Turns the name into a text field with the focus. */
void formula_bar_type(const struct view *v, struct formula_state *f);
void formula_bar_draw(const struct view *v, struct formula_state *f, struct rect r);

/* Steps a second of the play button; 0: one in every frame, as fast as the screen can show. */
#define PACE_LEAST 0.5f
#define PACE_MOST  30.0f
#define PACE_USUAL 4.0f
#define PACE_MAX   0.0f

struct transport_state {
    bool playing;
    float pace;
    double next; /* when the next step is due, in ui->time */
    double due;  /* the same while the bar is drawn and playing, else infinite: see core_due */
};

void transport_init(struct transport_state *t);

/* The next of the usual paces, faster or slower. */
float pace_beside(float pace, bool faster);
/* "4/s", "½/s", "max" into out (16 bytes). Returns out. */
char *pace_text(float pace, char *out, size_t size);
/* Gives the steps that are due, when the play button is down. */
void transport_play(const struct view *v, struct transport_state *t);

void transport_draw(const struct view *v, struct transport_state *t, struct rect r);

#endif
