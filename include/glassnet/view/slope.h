/* The slope view: the loss for all values of the selected weight, bias or pixel, with a dot to
 * drag, the tangent and the next update; and the nudge test, which compares backprop's gradient
 * with what the loss does when the number is moved a little. */
#ifndef GLASSNET_VIEW_SLOPE_H
#define GLASSNET_VIEW_SLOPE_H

#include "glassnet/view/view.h"

struct slope_state {
    float epsilon; /* of the nudge; 0: not set yet */
    bool dragging; /* the dot is held */
    /* what was asked for last, so that nothing is asked twice; only compared */
    struct cell asked;
    const struct trace *asked_of;
    float asked_epsilon;
};

void slope_init(struct slope_state *s);
void slope_draw(const struct view *v, struct slope_state *s, struct rect r);

/* The number that the selected cell is about and that can be moved: itself, or the parameter or
 * input whose gradient, moment or new value it is. CELL_NONE: none. */
struct cell slope_subject(const struct snapshot *s);

#endif
