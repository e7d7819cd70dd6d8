/* One thread's part of a step, as the files that run steps share it: fast_step.c (what goes through
 * the batch in blocks of lanes) and fast_gradient.c (sums over samples, and what descends by them).
 */
#ifndef GLASSNET_SRC_NN_FAST_PART_H
#define GLASSNET_SRC_NN_FAST_PART_H

#include "nn/fast.h"

/* One member's part of a step. */
struct part {
    const struct fast *f;
    const struct fast_step *s;
    struct team *team;
    int me, size; /* of the team */
};

static inline float *lanes_of(const struct part *w, int tensor)
{
    return w->f->homes[w->me].lane[tensor];
}

static inline float *rows_of(const struct part *w, int tensor)
{
    return w->f->homes[w->me].rows[tensor];
}

/* fast_gradient.c */
void part_dense_dw(const struct part *w);
void part_conv_dw(const struct part *w);
void part_bias(const struct part *w);
void part_small_dw(const struct part *w);
void part_update(const struct part *w);

#endif
