/* The gradient check: backprop against central differences, both in double. */
#ifndef GLASSNET_NN_GRADCHECK_H
#define GLASSNET_NN_GRADCHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "glassnet/base/err.h"
#include "glassnet/nn/net.h"

#define GRADCHECK_EPSILON 1e-5
#define GRADCHECK_LIMIT   1e-5 /* largest relative error that passes */
#define GRADCHECK_SKIPPED 0.1  /* largest share of parameters that may be skipped */

struct gradcheck_layer {
    const char *name;  /* the net's */
    size_t parameters; /* trained parameters there are */
    size_t checked;
    size_t skipped;            /* ±ε moved a relu to its other side or changed a pool's winner */
    double max_relative_error; /* relative to the largest gradient of its tensor, or where that
                                * is smaller than differences can tell, to what they can */
};

struct gradcheck {
    int layer_count;
    struct gradcheck_layer *layers; /* those with parameters; freed by gradcheck_deinit */
    bool ok;
};

/* Checks up to `most` parameters a layer (all when it has fewer; spread evenly, the same ones
 * each time) on one batch of n inputs x with their labels, in training mode. progress may be
 * NULL; it is called with done and total, and false from it stops the check (then false is
 * returned with ERR_STATE). */
bool gradcheck_run(const struct net *net, const float *x, const float *labels, int targets, int n,
                   size_t most, bool (*progress)(void *context, size_t done, size_t total),
                   void *context, struct gradcheck *out, struct err *err);
void gradcheck_deinit(struct gradcheck *g);

#endif
