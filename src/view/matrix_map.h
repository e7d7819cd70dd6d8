/* How a tensor of any number of axes lies in a table of rows and columns: a vector as a column
 * (a long one wrapped into several, down and then to the right), a matrix as it is, the channels
 * of maps and the slices of kernels as blocks side by side. */
#ifndef VIEW_MATRIX_MAP_H
#define VIEW_MATRIX_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "glassnet/nn/shape.h"

enum matrix_kind {
    MATRIX_COLUMN,  /* [n]: one column, or several when long */
    MATRIX_ROW,     /* [n] lying */
    MATRIX_PLAIN,   /* [row, column] */
    MATRIX_MAPS,    /* [row, column, channel]: a block a channel */
    MATRIX_KERNELS, /* [kernel, row, column, channel]: a block a kernel and channel */
};

struct matrix_map {
    enum matrix_kind kind;
    int rows, cols;     /* of a block */
    int blocks, across; /* blocks, and how many of them lie side by side */
    int slice;          /* the one channel or kernel shown; -1: all */
    int channels;
    size_t count; /* cells of the tensor */
    size_t row_step, col_step;
};

/* The map of a tensor of this shape. slice: the only channel (maps) or kernel (kernels) shown, -1
 * for all. across: blocks that fit side by side; kernels of several channels keep a row each. */
struct matrix_map matrix_map_of(const struct shape *shape, int slice, int across);
/* A vector as one column or one row, however long. */
struct matrix_map matrix_map_vector(size_t n, bool as_row);

/* How many channels or kernels there are to choose a slice from; 1 where there are none. */
int matrix_slices(const struct shape *shape);
/* The slice in which a cell lies. */
int matrix_slice_of(const struct shape *shape, size_t index);
/* The same place in another slice. */
size_t matrix_in_slice(const struct shape *shape, size_t index, int slice);

/* Flat index of a cell; false where there is none (behind the end of a wrapped vector). */
bool matrix_map_cell(const struct matrix_map *m, int block, int row, int col, size_t *index);
/* Where it lies; false when this slice does not show it. */
bool matrix_map_find(const struct matrix_map *m, size_t index, int *block, int *row, int *col);
/* Flat index at row 0, column 0 of a block. */
size_t matrix_map_base(const struct matrix_map *m, int block);
/* Rows of blocks. */
int matrix_map_down(const struct matrix_map *m);

#endif
