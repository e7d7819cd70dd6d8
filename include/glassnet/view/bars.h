/* The bars that never move: where we are (top), the selected cell's formula, the transport. */
#ifndef GLASSNET_VIEW_BARS_H
#define GLASSNET_VIEW_BARS_H

#include "glassnet/view/view.h"

/* Height of each bar in design pixels. */
enum { TOP_BAR = 64, FORMULA_BAR = 118, TRANSPORT_BAR = 88, SIDE_PANEL = 468 };

/* `place` says where we are, before the network's name: "Play", a lesson's title. */
void top_bar_draw(const struct view *v, struct rect r, const char *place);

struct formula_state {
    bool typing; /* the name is a text field */
    struct text_edit edit;
    char name[160];
    bool show_terms; /* set when "N more" was clicked: the inspector shows them all */
};

void formula_bar_init(struct formula_state *f);
/* Turns the name into a text field with the focus. */
void formula_bar_type(const struct view *v, struct formula_state *f);
void formula_bar_draw(const struct view *v, struct formula_state *f, struct rect r);

struct transport_state {
    bool playing;
    double next; /* when the next step is due, in ui->time */
};

void transport_draw(const struct view *v, struct transport_state *t, struct rect r);

#endif
