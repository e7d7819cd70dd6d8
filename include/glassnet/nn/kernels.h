/* The fast engine's convolutions and dense products one by one, to be timed by themselves. */
#ifndef GLASSNET_NN_KERNELS_H
#define GLASSNET_NN_KERNELS_H

#include "glassnet/nn/trainer.h"

enum kernel_part { KERNEL_FORWARD, KERNEL_TO_DATA, KERNEL_TO_WEIGHTS };

/* One of them: a layer's sums over a whole batch. */
struct kernel {
    const char *layer; /* its name; the network's */
    enum kernel_part part;
    double flop; /* of a full batch, two a multiply-add; padding counts as if it were there */
    int step;    /* of the fast engine's plan */
    bool alone;  /* its threads take turns, each for its samples, and do something else meanwhile:
                  * flop and what is measured are one thread's */
};

/* Lists those of t, which trains by the fast engine, in the order of a pass; how many, at most
 * `most`. */
int kernels_list(const struct trainer *t, struct kernel *list, int most);

/* GFLOP/s of one of t's kernels, done again and again on the numbers of the last batch for about so
 * many seconds, by as many threads as t was made for. t must have done a step, with a full batch;
 * its gradients are anybody's guess afterwards. */
double kernel_measure(const struct trainer *t, const struct kernel *k, double seconds);

#endif
