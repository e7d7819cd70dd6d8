/* The matrix view: the tensor of the selected cell as a table of numbers, its gradient, moments
 * and new values beside it; with what a dense layer's numbers are computed from; a histogram. */
#ifndef GLASSNET_VIEW_MATRIX_H
#define GLASSNET_VIEW_MATRIX_H

#include "glassnet/view/view.h"

struct matrix_frame; /* where everything lay in the last frame */

/* Sizes of cells: a step of a ladder (matrix_size.h), or chosen by the view. */
enum { MATRIX_NUMBERS = -1, MATRIX_WHOLE = -2 };

struct matrix_state {
    int size;       /* MATRIX_NUMBERS: legible; MATRIX_WHOLE: all cells fit; else a step */
    unsigned roles; /* bits of enum role: panels beside that of the selected tensor */
    bool one_slice; /* one channel or kernel at a time, that of the selected cell */
    bool operands;  /* with what it is computed from */
    bool histogram;
    float scroll_x, scroll_y;
    struct cell followed; /* the selection that was last brought into sight */
    bool dragging;

    bool picking; /* the list of tensors is open */
    bool asks_focus;
    struct text_edit edit; /* what is typed to find one */
    char filter[64];
    int pointed; /* row of the list that Enter takes */
    float list_scroll;

    struct matrix_frame *frame; /* owned */
};

void matrix_init(struct matrix_state *m);
void matrix_deinit(struct matrix_state *m);
/* All cells fit, as large as can be. */
void matrix_fit(struct matrix_state *m);
/* True when the view shows other than legible numbers from the start. */
bool matrix_is_zoomed(const struct matrix_state *m);
/* Larger cells by `steps`, smaller ones when it is negative. */
void matrix_zoom(struct matrix_state *m, int steps);
/* From all cells at once to legible numbers, and back. */
void matrix_turn_size(struct matrix_state *m);
/* Scrolls by parts of what is seen. */
void matrix_pan(struct matrix_state *m, float right, float down);
/* Opens or closes the list of tensors. */
void matrix_pick(struct matrix_state *m);

void matrix_draw(const struct view *v, struct matrix_state *m, struct rect r);

/* Where the cell of the last frame lies on the screen; false when it is not in sight. */
bool matrix_cell_rect(const struct matrix_state *m, struct cell c, struct rect *out);
/* The step of the ladder that the last frame's cells have, and the pixels of the numbers in them;
 * 0: colours alone. */
int matrix_number_px(const struct matrix_state *m);

#endif
