/* Numbers written as a picture or as arrays, for look and dream. */
#ifndef GLASSNET_SRC_APP_CLI_PICTURE_H
#define GLASSNET_SRC_APP_CLI_PICTURE_H

#include "app/json_out.h"
#include "glassnet/base/err.h"
#include "glassnet/nn/shape.h"

/* Writes numbers as a PNG, a number a square of some pixels: one channel in the colours of values
 * (orange below 0, white, blue above), each number against the largest; three as red, green and
 * blue from 0 to 1; of another number of channels each beside the other. `plain`: one channel, too,
 * from black (0) to white (1). */
bool cli_picture_write(const char *path, const float *values, const struct shape *shape, bool plain,
                       struct err *err);

/* Does the name end in .npz or .png? Otherwise a sentence. */
bool cli_picture_name(const char *path, struct err *err);

/* A shape, and numbers, as lists. */
void cli_json_shape(struct json_out *j, const char *key, const struct shape *shape);
void cli_json_floats(struct json_out *j, const char *key, const float *values, size_t n);

#endif
