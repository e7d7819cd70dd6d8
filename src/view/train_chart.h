/* The curves of training: loss and accuracy over the epochs. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_TRAIN_CHART_H
#define GLASSNET_SRC_VIEW_TRAIN_CHART_H

#include "glassnet/view/view.h"

enum train_curve { CURVE_LOSS, CURVE_ACCURACY };

/* Draws title, last numbers, axes and both curves (training blue, test orange) into r. */
void train_chart_draw(const struct view *v, struct rect r, enum train_curve what);

/* True when a share of right answers is known: not when numbers are predicted. */
bool train_chart_has_accuracy(const struct progress *p);

#endif
