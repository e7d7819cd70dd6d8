/* A program's buffers made ready for samples outside of a pass. Private to src/step. */
#ifndef GLASSNET_SRC_STEP_FORWARD_H
#define GLASSNET_SRC_STEP_FORWARD_H

#include "glassnet/nn/engine.h"

/* Copies the net's parameters as they are and n inputs x (NULL: none yet) into buffers of float32.
 */
void forward_fill(const struct buffers *b, const float *x, int n);
/* The inputs alone. */
void forward_input(const struct buffers *b, const float *x, int n);

#endif
