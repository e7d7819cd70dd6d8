/* The samples of a set that lie nearest to an input in a layer's space: Euclidean distance between
 * the layer's outputs, in evaluation mode (as Krizhevsky, Sutskever and Hinton 2012, section 6.1,
 * did with a network's last hidden layer). */
#ifndef GLASSNET_STEP_NEAREST_H
#define GLASSNET_STEP_NEAREST_H

#include <stdatomic.h>
#include <stdbool.h>

#include "glassnet/base/err.h"
#include "glassnet/data/dataset.h"
#include "glassnet/nn/net.h"

struct neighbour {
    int sample;      /* its number in the set */
    double distance; /* root of the sum of squared differences, added in double */
};

/* A layer's outputs for a set's samples. */
struct nearest;

/* Makes ready for a layer (0: the input itself) of net with its parameters as they are; copies the
 * net, data must outlive it. Of a set whose outputs would pass 256 MB the first samples that fit
 * are taken. NULL when memory is short. */
struct nearest *nearest_create(const struct net *net, int layer, const struct dataset *data,
                               struct err *err);
void nearest_destroy(struct nearest *n); /* NULL is allowed */

/* Computes the outputs of all samples; stops early when *stop is set (false then). *done counts
 * samples. For a thread of its own. */
bool nearest_fill(struct nearest *n, const atomic_bool *stop, atomic_int *done);

/* How many samples it looks at, and how many numbers each has in the layer. */
int nearest_samples(const struct nearest *n);
size_t nearest_width(const struct nearest *n);

/* The `most` nearest to input x, the nearest first, equal ones by number; returns how many. Only
 * after nearest_fill was true. A sample whose distance is not a number comes last of all. */
int nearest_find(struct nearest *n, const float *x, int most, struct neighbour *out);

#endif
