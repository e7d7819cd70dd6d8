/* The loss curve: a bounded number of points, however long training runs. Private to
 * src/session. */
#ifndef GLASSNET_SRC_SESSION_CURVE_H
#define GLASSNET_SRC_SESSION_CURVE_H

#include "glassnet/session/session.h"

#define CURVE_MOST 2000

/* Zeroed: empty. */
struct curve {
    struct progress_point *points; /* [CURVE_MOST] or NULL */
    int count;
    int every; /* steps between two points; doubles each time the curve is full */
    int since; /* steps since the last point */
};

/* Called after each step; points that fall between two are left out, those of an epoch's end
 * (with a test loss, or with end) never. */
void curve_add(struct curve *c, struct progress_point point, bool end);
/* Forgets the points past `epoch`. */
void curve_cut(struct curve *c, double epoch);
void curve_copy(struct curve *to, const struct curve *from);
void curve_clear(struct curve *c);
void curve_deinit(struct curve *c);

#endif
