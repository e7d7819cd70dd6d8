#include "session/curve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

/* Of each two neighbours one stays, the one with test results where there is one. */
static void thin(struct curve *c)
{
    int kept = 0;
    for (int i = 0; i < c->count; i += 2) {
        bool pair = i + 1 < c->count;
        int which = pair && (isnan(c->points[i].test_loss) || !isnan(c->points[i + 1].test_loss));
        c->points[kept++] = c->points[i + which];
    }
    c->count = kept;
    c->every *= 2;
}

void curve_add(struct curve *c, struct progress_point point, bool end)
{
    if (!c->points)
        c->points = mem_zalloc(CURVE_MOST, sizeof *c->points);
    if (c->every == 0)
        c->every = 1;
    if (++c->since < c->every && !end && c->count > 0)
        return;
    if (c->count == CURVE_MOST)
        thin(c);
    c->points[c->count++] = point;
    c->since = 0;
}

void curve_cut(struct curve *c, double epoch)
{
    while (c->count > 0 && c->points[c->count - 1].epoch > epoch + 1e-9)
        c->count--;
}

void curve_copy(struct curve *to, const struct curve *from)
{
    struct progress_point *points = to->points;
    if (from->count && !points)
        points = mem_zalloc(CURVE_MOST, sizeof *points);
    if (from->count)
        memcpy(points, from->points, (size_t)from->count * sizeof *points);
    *to = *from;
    to->points = points;
}

void curve_clear(struct curve *c)
{
    c->count = c->every = c->since = 0;
}

void curve_deinit(struct curve *c)
{
    free(c->points);
    *c = (struct curve){0};
}
