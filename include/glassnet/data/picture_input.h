/* A picture file as a network's input. */
#ifndef GLASSNET_DATA_PICTURE_INPUT_H
#define GLASSNET_DATA_PICTURE_INPUT_H

#include <stdbool.h>

#include "glassnet/base/err.h"
#include "glassnet/data/normalise.h"
#include "glassnet/nn/shape.h"

/* Reads the PNG or JPEG at path into x [height][width][channels] of `shape`. One channel: grey,
 * inverted when the paper (the picture's rim) is bright; of another size than the network's it is
 * normalised as the digits are (data/normalise.h). Colour must have the network's size. */
bool picture_input_read(const char *path, const struct shape *shape, float *x, struct err *err);

/* The same for a network that learnt from picture files: only their size and form are changed, as
 * those were by `fit`. */
bool picture_input_fit(const char *path, const struct shape *shape, enum picture_fit fit, float *x,
                       struct err *err);

#endif
