/* How the numbers of a tensor lie as pictures: maps, units, kernels, a neuron's weights, a matrix.
 * Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_TILES_H
#define GLASSNET_SRC_VIEW_TILES_H

#include "glassnet/nn/net.h"

/* Number (tile, row, col) is at
 * tile / inner * per + tile % inner + row * row_step + col * col_step. */
struct tiles {
    int tiles, inner; /* pictures; of them, side by side in memory */
    int rows, cols;
    size_t per, row_step, col_step;
};

/* Maps of a picture, else single units. */
struct tiles tiles_of_outputs(const struct shape *shape);
/* A layer's W, NULL where it has none; and how that lies: a picture for each kernel and channel,
 * for each neuron that reads a picture of one channel, else the one matrix. */
const struct param *tiles_weights(const struct layer *layer);
struct tiles tiles_of_weights(const struct net *net, const struct layer *layer);

size_t tiles_index(const struct tiles *t, int tile, int row, int col);
/* The tile that a number lies in, and where. */
int tiles_find(const struct tiles *t, size_t index, int *row, int *col);

#endif
