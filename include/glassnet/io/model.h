/* A model on disk: NAME.net, and its weights beside it in NAME.safetensors. */
#ifndef GLASSNET_IO_MODEL_H
#define GLASSNET_IO_MODEL_H

#include <stdbool.h>

#include "glassnet/base/err.h"
#include "glassnet/nn/net.h"

/* Reads the network and, when the file is there and fresh is false, its weights; otherwise the
 * parameters stay as drawn from the seed. *had_weights (may be NULL) says which. Tensors are
 * named LAYER.PARAM (conv1.W, bn.mean); one that is missing, superfluous or of another shape is
 * an error that names it. The caller destroys the network. */
struct net *model_load(const char *net_path, bool fresh, bool *had_weights, struct err *err);

/* Writes the weights, then the text, each whole or not at all. net_path ends in .net. */
bool model_save(const struct net *net, const char *net_path, struct err *err);

#endif
