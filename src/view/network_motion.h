/* Stepping is motion: frames slide from where they lay to where they lie, and the sum goes from
 * the kernel to its place, within 200 ms. What a frame shows follows from its time alone. */
#ifndef VIEW_NETWORK_MOTION_H
#define VIEW_NETWORK_MOTION_H

#include "network_links.h"

enum { MOTION_KEPT = 2 }; /* a sum and its activation are stepped through in turns */

struct network_motion {
    const struct program *program; /* of what is kept; only compared */
    struct cursor cursor;
    struct {
        int tensor; /* of the selected cell */
        int sample;
        struct regions regions;
    } kept[MOTION_KEPT]; /* where the frames lay, the newest first; */
    int kept_count;
    struct regions from, shown;
    double since;
    bool moves;
};

/* Takes in where the frames lie now; `changed` when the picture was laid out anew. */
void network_motion_update(struct network_motion *m, const struct view *v,
                           const struct regions *goal, bool changed);

/* The frames of this moment. */
const struct regions *network_motion_regions(const struct network_motion *m);

/* The sum on its way to its place, while it moves. */
void network_motion_draw(const struct network_motion *m, const struct view *v);

#endif
