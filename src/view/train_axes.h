/* The axes of training's curves: epochs to the right, loss or share of right answers upward.
 * Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_TRAIN_AXES_H
#define GLASSNET_SRC_VIEW_TRAIN_AXES_H

#include "glassnet/view/view.h"

enum train_curve { CURVE_LOSS, CURVE_ACCURACY };

enum { TRAIN_TICKS_MOST = 24 };

struct train_axes {
    struct rect r;    /* the plot itself */
    double epochs;    /* at its right end */
    double low, high; /* values at its lower and upper end */
    bool log;         /* upward by powers of ten; low is above 0 then */
    int ticks;
    double tick[TRAIN_TICKS_MOST];
    int px; /* of the labels */
    enum train_curve what;
};

/* Lays the axes out within r for values from `least` (above 0; for a logarithmic scale) to `most`,
 * with room for the labels. */
void train_axes_fit(const struct view *v, struct train_axes *a, struct rect r, double least,
                    double most);
void train_axes_draw(const struct view *v, const struct train_axes *a);

/* Where a point lies: at the plot's edges when it is beyond them. */
struct point train_axes_point(const struct train_axes *a, double epoch, double value);
/* The epoch at a place across. */
double train_axes_epoch(const struct train_axes *a, float x);

#endif
