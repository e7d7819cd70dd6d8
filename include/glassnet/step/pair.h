/* Two numbers under an optimiser: the update phase of a network of two parameters, run by the
 * engine for gradients given from outside. What walks over a surface is what trains. */
#ifndef GLASSNET_STEP_PAIR_H
#define GLASSNET_STEP_PAIR_H

#include "glassnet/nn/net.h"

struct pair;

/* At start (x, y), its moments 0. mu is the momentum of momentum and nesterov; all else as the
 * network format has it when left out. NULL when memory is short. */
struct pair *pair_create(enum optimiser_kind kind, float mu, const float start[2], struct err *err);
void pair_destroy(struct pair *p); /* NULL is allowed */

const float *pair_at(const struct pair *p); /* [2] */
/* One step against the gradient. */
void pair_step(struct pair *p, const float gradient[2], float rate);
/* The same place and moments under another momentum. */
bool pair_set_mu(struct pair *p, float mu, struct err *err);

#endif
