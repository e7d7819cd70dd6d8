/* Early stopping: the train line's patience=N. Training ends after N epochs without a better test
 * loss, and the parameters that had the best are kept. */
#ifndef GLASSNET_NN_PATIENCE_H
#define GLASSNET_NN_PATIENCE_H

#include <stdbool.h>

#include "glassnet/nn/net.h"

struct patience {
    float *best;      /* [net->param_count] parameters with the best test loss; NULL: none yet */
    double best_loss; /* with them */
    int best_epoch;   /* that reached it; 0: none yet */
    int since;        /* epochs measured after it */
};

void patience_deinit(struct patience *p);

/* Takes note of the test loss after an epoch (counted from 1) of net, and of its parameters where
 * it is the best so far; equal to the best is no better. True when net->train.patience epochs have
 * now gone by without a better one. A NaN is an epoch that got no better. With patience 0 nothing
 * is done. */
bool patience_note(struct patience *p, const struct net *net, int epoch, double test_loss);

/* Gives net the best parameters back. False, and nothing changed, when there are none. */
bool patience_keep_best(const struct patience *p, struct net *net);

#endif
