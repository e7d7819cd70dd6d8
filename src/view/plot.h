/* A plot of curves over two axes: where a point lies, the frame, round numbers beside it. Private
 * to src/view. */
#ifndef GLASSNET_SRC_VIEW_PLOT_H
#define GLASSNET_SRC_VIEW_PLOT_H

#include "glassnet/view/view.h"

struct plot_axes {
    struct rect r; /* the plot itself, without the numbers beside it */
    double x0, x1, y0, y1;
    int px; /* of the numbers */
};

/* Makes room for the numbers within r and widens the range of y to round numbers. */
struct plot_axes plot_begin(const struct view *v, struct rect r, double x0, double x1, double y0,
                            double y1);
/* Lines and numbers; `x_title` stands under the right end. */
void plot_axes_draw(const struct view *v, const struct plot_axes *a, const char *x_title);

struct point plot_point(const struct plot_axes *a, double x, double y);
double plot_x(const struct plot_axes *a, float pixel); /* back to a number */

/* The curve through n points; those that are no numbers are gaps. */
void plot_curve(const struct view *v, const struct plot_axes *a, const double *x, const double *y,
                int n, float width, struct colour c);

#endif
