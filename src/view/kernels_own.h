/* What the kernel lab's files share. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_KERNELS_OWN_H
#define GLASSNET_SRC_VIEW_KERNELS_OWN_H

#include "glassnet/view/kernels.h"

/* The place looked at: under the pointer, else the one chosen. */
void kernels_place(const struct snapshot *snap, const struct kernels_state *s, int *row, int *col);

/* kernels_cells.c: the kernel, its cells to be typed, dragged, counted up and down. */
void kernels_cells_draw(const struct view *v, struct kernels_state *s, struct rect r);
/* kernels_sum.c: patch times kernel, the products and their sum. */
void kernels_sum_draw(const struct view *v, struct kernels_state *s, struct rect r);
/* kernels_side.c: pictures, kernels to pick, settings. */
void kernels_side_draw(const struct view *v, struct kernels_state *s, struct rect r);

/* A title, and a note beside it where it finds room; cuts their row off r. */
void kernels_caption(const struct view *v, struct rect *r, const char *title, const char *note);
/* The largest size of a number in a square; 0: none fits. */
int kernels_number_px(struct ui *ui, struct rect r, const char *number);
/* A square of a kernel, a patch or their products, with its number where it fits. */
void kernels_square(const struct view *v, struct rect r, struct colour ground, const char *number);

#endif
