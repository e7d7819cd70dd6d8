/* A moment of training: parameters, the optimiser's state and the place in the data. Private to
 * src/session. The worker publishes them and steps back in a run return to them. */
#ifndef GLASSNET_SRC_SESSION_CHECKPOINT_H
#define GLASSNET_SRC_SESSION_CHECKPOINT_H

#include <stddef.h>

#include "glassnet/nn/trainer.h"

/* Zero it before the first use; checkpoint_deinit at the end. */
struct checkpoint {
    size_t count;   /* parameters */
    int samples;    /* of the source */
    float *numbers; /* [4][count] parameters, m, v, u */
    int *order;     /* [samples] */
    int64_t t;
    int epoch, position, epoch_correct;
    float batch_loss;
    double epoch_loss;
};

/* Copies the trainer's state (and its network's parameters) into c, which is made large enough. */
void checkpoint_take(struct checkpoint *c, const struct trainer *t);

/* Copies c into a trainer of the same network and the same set. */
void checkpoint_restore(const struct checkpoint *c, struct trainer *t);

size_t checkpoint_bytes(const struct trainer *t);
void checkpoint_deinit(struct checkpoint *c);

#endif
