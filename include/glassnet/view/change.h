/* Changing the selected number: by typing it, by − and +, by dragging it up and down. Everything
 * that follows from it follows at once. */
#ifndef GLASSNET_VIEW_CHANGE_H
#define GLASSNET_VIEW_CHANGE_H

#include "glassnet/view/view.h"

/* The field for another value. */
struct change_field {
    struct text_edit edit;
    char text[64];
    struct cell cell; /* whose number stands in it, */
    float value;      /* and which */
};

/* A number that is being dragged. */
struct change_drag {
    struct cell cell;
    float start; /* what it was when it was taken */
    int steps;   /* dragged so far */
};

/* Does nothing compute the selected number (an input, a parameter, a label, the rate), and can it
 * be seen? */
bool change_is_possible(const struct view *v);

/* How much − and + change: a power of ten, at most a hundredth of the tensor's largest number; a
 * class is followed by the next one. */
double change_step(const struct snapshot *s);

/* An intent that changes it by so many steps. */
void change_by(const struct view *v, int steps);

/* The row with field, −, + and Set. */
void change_field_draw(const struct view *v, struct change_field *f, struct rect row);

/* Lets the number printed in r be dragged up and down. */
void change_drag_on(const struct view *v, struct change_drag *d, const char *id, struct rect r);

#endif
