/* The strip below the network: the selected cell's calculation as pictures of its operands,
 * "∂L/∂W = ∂L/∂z × input", with numbers where they fit. Made from the cell's formula alone, so
 * every kind of layer has it: each distinct form of term gives its tensors, cut to the window
 * that the terms read. */
#ifndef VIEW_DETAIL_H
#define VIEW_DETAIL_H

#include "scene.h"

/* Adds the strip's plates (plate.detail) and labels to the scene. */
void detail_layout(const struct view *v, struct scene *scene, struct rect strip);

/* The part of a tensor that is shown around a cell. */
struct window {
    int tensor; /* -1: only the words of `op` */
    size_t base, row_step, col_step, end;
    int rows, cols;
    int row, col; /* first row and column shown, of a map cut to a patch */
    char op[24];  /* what stands before it: "=", "×", "+ Σ" */
    char title[72];
};

enum { WINDOWS_MOST = 10 };

/* The windows of the selected cell's formula; returns how many. */
int detail_windows(const struct view *v, struct window *windows);

#endif
