/* The curves of training: loss and accuracy over the epochs. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_TRAIN_CHART_H
#define GLASSNET_SRC_VIEW_TRAIN_CHART_H

#include "train_axes.h"

/* Another run, behind the one that is shown. */
struct train_line {
    const struct progress_point *points;
    int count;
    struct colour colour;
};

/* How a chart is drawn; all 0 for the narrow one of the panel. */
struct train_look {
    bool wide;  /* the legend stands beside the title */
    bool log;   /* the loss by powers of ten */
    bool reads; /* numbers are those at epoch `at` instead of the last ones */
    double at;
    const struct train_line *lines; /* [count] */
    int count;
};

/* Draws title, numbers, axes and both curves (training blue, test orange) into r; returns the axes.
 * `title_w` of the title's row at the right are left free. */
struct train_axes train_chart_draw(const struct view *v, struct rect r, enum train_curve what,
                                   const struct train_look *look, float title_w);

/* True when a share of right answers is known: not when numbers are predicted. */
bool train_chart_has_accuracy(const struct progress *p);

/* The curve's number at an epoch: the nearest one, of tests the last before; false when there is
 * none. */
bool train_value_at(const struct progress_point *points, int count, enum train_curve what,
                    bool test, double epoch, float *value);

#endif
