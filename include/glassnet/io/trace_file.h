/* A trace as a file: every number of one pass, for NumPy and other programs (docs/cli.md). */
#ifndef GLASSNET_IO_TRACE_FILE_H
#define GLASSNET_IO_TRACE_FILE_H

#include <stdbool.h>

#include "glassnet/base/err.h"
#include "glassnet/step/trace.h"

/* Writes every tensor of the trace's program as one float32 array of an .npz, under its full name
 * ("d:conv1.W"). Tensors with a number for each sample carry a leading axis of samples; a class
 * label is [n], numbers to predict are [n][k]. Atomic. */
bool trace_save(const struct trace *t, const char *path, struct err *err);

#endif
