/* The drawing pad's state: what is in hand, and the label under which drawings are kept. */
#ifndef GLASSNET_VIEW_PAD_H
#define GLASSNET_VIEW_PAD_H

#include "glassnet/view/view.h"

struct pad_state {
    bool drawing;
    float x, y;   /* where the stroke is, 0 to 1 */
    bool by_keys; /* the arrow keys move the pen (x, y are set) */
    bool lowered; /* and it draws */
    int sample;   /* of the set, to go back to from the drawing */
    bool erases;  /* the eraser is in hand, */
    bool tools;   /* and the tools for turning and moving are shown */
    struct text_edit keep;
    char label[DRAWING_LABEL]; /* under which the next drawing is kept */
};

#endif
