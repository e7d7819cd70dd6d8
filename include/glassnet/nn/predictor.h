/* Predicting: the outputs of a network in evaluation mode, one or few samples at a time, as fast
 * as a screen that follows a hand wants them. Weights are packed once and kept. */
#ifndef GLASSNET_NN_PREDICTOR_H
#define GLASSNET_NN_PREDICTOR_H

#include <stdbool.h>

#include "glassnet/base/err.h"
#include "glassnet/nn/net.h"

struct predictor;

/* Prepares net for predicting with its parameters as they are now; threads 0: as many as the work
 * is worth. net must outlive it. NULL when memory is short. */
struct predictor *predictor_create(const struct net *net, int threads, struct err *err);
void predictor_destroy(struct predictor *p);

/* Takes the parameters over again after they changed. */
void predictor_refresh(struct predictor *p);

/* Outputs [n][outputs] for inputs x [n][inputs], one after the other: the bits of net_predict. */
void predictor_run(struct predictor *p, const float *x, int n, float *out);

#endif
