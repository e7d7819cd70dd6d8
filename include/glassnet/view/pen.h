/* The pen: drawing over the projection. Strokes stay with the screen until they are cleared. */
#ifndef GLASSNET_VIEW_PEN_H
#define GLASSNET_VIEW_PEN_H

#include "glassnet/view/view.h"

enum { PEN_COLOURS = 3 };

struct pen_stroke {
    int colour;
    int first, count; /* of the points */
};

struct pen_state {
    bool on; /* the mouse draws; the toolbar is there */
    bool erases;
    bool drawing; /* a stroke is under way */
    int colour;
    struct point *points; /* [n_points] 0 to 1 of the screen's width and height; owned */
    int n_points, cap_points;
    struct pen_stroke *strokes; /* [n_strokes]; owned */
    int n_strokes, cap_strokes;
    int strokes_end; /* in the draw list of the last frame: the toolbar comes behind it */
};

void pen_deinit(struct pen_state *p);
void pen_clear(struct pen_state *p);

/* The button at the right end of the canvas's tabs that takes the pen; cuts its place off. */
void pen_button_draw(const struct view *v, const struct pen_state *p, struct rect *tabs);
/* What was drawn, over the screen r; and, while the pen is on, drawing and its toolbar, right
 * above `canvas`. */
void pen_draw(const struct view *v, struct pen_state *p, struct rect r, struct rect canvas);

#endif
