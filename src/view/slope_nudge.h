/* The nudge test beside the curve. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_SLOPE_NUDGE_H
#define GLASSNET_SRC_VIEW_SLOPE_NUDGE_H

#include "glassnet/view/slope.h"

/* The loss at three values, the slope between them, backprop's, and how far the two agree. */
void slope_nudge_draw(const struct view *v, struct slope_state *s, struct cell subject,
                      struct rect r);

#endif
