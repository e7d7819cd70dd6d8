/* The second half of the layout: panels, heads and vectors in their places, once the size of cells
 * and the arrangement are chosen (matrix_layout.c). */
#ifndef VIEW_MATRIX_PLACE_H
#define VIEW_MATRIX_PLACE_H

#include "matrix_frame.h"

/* Pixels of cells, and of the numbers in them; 0: none. */
struct matrix_cells {
    int w, h, px;
};

/* What all panels of a step have in common. */
struct matrix_measures {
    struct matrix_cells cells;      /* at least */
    float caption, head, row_head;  /* heights of two, width of one */
    float gap;                      /* between panels */
    float thick_w, thick_h;         /* of vectors along the matrix */
    float apart;                    /* between them and it */
    float sign;                     /* width of "+" and "=" */
    float left, top, right, bottom; /* what a product takes around the middle panel */
};

struct matrix_arrangement {
    int across, down;
    float view_w, view_h; /* the least of all panels' */
    struct matrix_map map;
    struct matrix_cells cells;
    float content_w, content_h;
    float shown; /* part of the cells in sight */
};

/* A pane of the tensor that has no place yet. */
struct matrix_pane matrix_blank_pane(const struct view *v, const struct matrix_frame *f, int tensor,
                                     const struct matrix_map *map, struct matrix_cells cells);

/* Puts the panels, heads, panes and notes into m's frame, from scratch. */
void matrix_place_panels(const struct view *v, struct matrix_state *m, const int *tensors, int n,
                         const struct matrix_measures *z, const struct matrix_arrangement *a,
                         struct rect r);

#endif
