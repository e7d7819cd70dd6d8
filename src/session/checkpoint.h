/* A moment of training: parameters, the optimiser's state and the place in the data. Private to
 * src/session. The worker publishes them, and the history returns to them. */
#ifndef GLASSNET_SRC_SESSION_CHECKPOINT_H
#define GLASSNET_SRC_SESSION_CHECKPOINT_H

#include <stddef.h>

#include "glassnet/nn/trainer.h"

enum { CHECKPOINT_ARRAYS = 4 }; /* parameters, m, v, u */

/* Zero it before the first use; checkpoint_deinit at the end. */
struct checkpoint {
    size_t count;   /* parameters */
    unsigned has;   /* bit k: array k is there; the others are all 0 */
    size_t room;    /* floats in numbers */
    float *numbers; /* those arrays, one behind the other, [count] each */
    int64_t t, steps;
    int epoch, position, epoch_correct;
    float batch_loss;
    double epoch_loss;
};

/* Copies the trainer's state (and its network's parameters) into c, which is made large enough. */
void checkpoint_take(struct checkpoint *c, const struct trainer *t);

/* Copies c into a trainer of the same network and the same set. */
void checkpoint_restore(const struct checkpoint *c, struct trainer *t);

/* Forgets the optimiser's moments and its count of steps; the place in the data stays. */
void checkpoint_forget_moments(struct checkpoint *c);

/* The parameters [count]. */
const float *checkpoint_params(const struct checkpoint *c);

/* What c takes in memory. */
size_t checkpoint_bytes(const struct checkpoint *c);
void checkpoint_deinit(struct checkpoint *c);

#endif
