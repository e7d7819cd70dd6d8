/* The plane: what the network says at every point of it, in each neuron and in the end, with the
 * points that it learns from, which are set, moved and deleted by hand. Of a set of one number to
 * predict from, the curve. */
#ifndef GLASSNET_VIEW_PLANE_H
#define GLASSNET_VIEW_PLANE_H

#include "glassnet/view/view.h"

/* What a click on the plane does. */
enum plane_tool { PLANE_LOOK, PLANE_ADD, PLANE_MOVE, PLANE_ERASE };

struct plane_state {
    enum plane_tool tool;
    int add_class;    /* of points that are added */
    bool hide_test;   /* held-out points are not shown */
    int bent_layer;   /* the layer whose view of the plane is shown; 0: none */
    int bent_unit[2]; /* by which two of its units: across, up */
    int dragged;      /* the point that is held, -1: none */
    float drag_to[2]; /* where it is held */
    int pace;         /* which of the paces of training */
    float scroll;     /* of the panel, and how high it was in the last frame */
    float panel_height;
};

void plane_init(struct plane_state *s);
/* Does what is open have a picture here? */
bool plane_suits(const struct snapshot *s);
void plane_draw(const struct view *v, struct plane_state *s, struct rect r);
void plane_panel_draw(const struct view *v, struct plane_state *s, struct rect r);

/* The colour of a class, as points and regions have it. */
struct colour plane_class_colour(const struct theme *t, int c);

#endif
