/* The terms of each operation, in the order in which its kernel joins them. */
#ifndef GLASSNET_SRC_STEP_TERMS_H
#define GLASSNET_SRC_STEP_TERMS_H

#include "glassnet/step/formula.h"

/* Puts the terms of one operation for a cell behind those f has. With f NULL only counts them.
 * Returns how many there are. */
int terms_of(const struct trace *t, const struct op *op, struct cell cell, struct formula *f);

#endif
