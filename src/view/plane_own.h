/* What the plane's files share. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_PLANE_OWN_H
#define GLASSNET_SRC_VIEW_PLANE_OWN_H

#include "glassnet/view/plane.h"

enum { PLANE_SIDE = 72, LINE_SIDE = 180, THUMB_EACH = 3, PLANE_COLUMNS = 12 };

/* A column of neurons: those of a layer that is more than a function of each number. */
struct plane_column {
    int layer; /* whose weights lead here */
    int face;  /* the last layer before the next column: what the thumbnails show */
    int units, shown;
    struct rect first; /* the first thumbnail */
    float pitch;       /* from one to the next */
};

/* One frame. */
struct plane_frame {
    const struct view *v;
    struct plane_state *s;
    const struct plane_field *f;
    const struct trace *t; /* f->trace; NULL: not there yet */
    struct plane_column columns[PLANE_COLUMNS];
    int column_count;
    struct rect map; /* of the plane itself */
    float limit;     /* of the colours of a number with a sign */
};

/* Numbers of a layer at sample i of the field: its output, or before its activation. */
const float *plane_out(const struct plane_frame *d, int layer, int i);
const float *plane_z(const struct plane_frame *d, int layer, int i);
int plane_units(const struct plane_frame *d, int layer);

/* Where a point lies on the screen, and back. */
struct point plane_to_screen(const struct plane_frame *d, const float place[2]);
void plane_from_screen(const struct plane_frame *d, float x, float y, float place[2]);

/* plane_map.c: what the network says, as colours: soft for the ground, full for points. */
void plane_map_draw(const struct plane_frame *d);
float plane_limit(const struct plane_frame *d);
/* The same of one point of the field. */
struct colour plane_ground(const struct plane_frame *d, int i);
void plane_legend_draw(const struct plane_frame *d, struct rect r);
/* Does the one output mean a share of class 1? Else it is a number with a sign, or one of several.
 */
bool plane_is_share(const struct snapshot *s);
/* "0.973", "class 2: 0.91": what outputs mean. */
char *plane_says(const struct snapshot *s, const float *out, int n, char *text, size_t size);

/* plane_contour.c: where a neuron's sum is zero. */
void plane_zero_line_draw(const struct plane_frame *d, int layer, int unit);

/* plane_net.c: the neurons with their thumbnails and weights. */
void plane_net_draw(struct plane_frame *d, struct rect r);
/* The layer and unit of the selected cell, when it is one of the network's neurons. */
bool plane_selected_unit(const struct snapshot *s, int *layer, int *unit);

/* plane_points.c: the points and what a hand does with them. */
void plane_points_draw(const struct plane_frame *d);
void plane_points_react(const struct plane_frame *d);
/* The place of sample i of the set: of a line's sample its number and its target. */
void plane_place(const struct dataset *data, int i, float place[2]);

/* plane_curve.c: the network's curve, for sets of one number. */
void plane_curve_draw(const struct plane_frame *d);
void plane_curve_thumb(const struct plane_frame *d, int layer, int unit, struct rect r);

/* Where hidden neurons' sums are zero: those of relu are where the curve bends. */
void plane_kinks_draw(const struct plane_frame *d);

/* plane_bent.c: the plane as two units of a layer see it. */
bool plane_can_bend(const struct plane_frame *d, int layer);
/* With buttons that say which two, and go on to another one. */
void plane_bent_draw(const struct plane_frame *d);

#endif
