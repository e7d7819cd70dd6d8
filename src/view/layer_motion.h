/* Motion: a window slides from where it lay to where it lies, within 200 ms. */
#ifndef VIEW_LAYER_MOTION_H
#define VIEW_LAYER_MOTION_H

#include "layer_stage.h"

/* Moves *row and *col back along the way while the slide lasts. Nothing slides without leave
 * (ui.motion), nor when cells are chosen faster than slides last. */
void layer_motion_slide(struct stage *s, float *row, float *col);

#endif
