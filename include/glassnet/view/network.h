/* The network view: every layer of the network, left to right, and below it the calculation of
 * the selected cell. Clicking anything selects its cell; the wheel zooms at the pointer, a drag
 * pans, a double click fits. */
#ifndef GLASSNET_VIEW_NETWORK_H
#define GLASSNET_VIEW_NETWORK_H

#include "glassnet/view/view.h"

struct network_picture;

enum { NETWORK_OPENED = 32 };

struct network_state {
    float zoom, pan_x, pan_y; /* zoom 1: the whole network fits */
    bool dragging;
    bool other_edges; /* lines show the other thing: gradients, in the backward phase weights */
    bool no_lens;
    const struct net *net;                    /* what is opened belongs to it; only compared */
    int opened[NETWORK_OPENED], opened_count; /* tensors whose columns are not folded */
    struct network_picture *picture;          /* of the last frame; owned */
};

void network_init(struct network_state *n);
void network_deinit(struct network_state *n);
/* The whole network fits again. */
void network_fit(struct network_state *n);
/* Larger by notches of the wheel (smaller where they are negative), about the selected cell where
 * it is in sight, else about the middle. */
void network_zoom(struct network_state *n, struct cell about, float notches);
/* Moves what is in sight by parts of the canvas: 0.25 to the right shows more of the right. */
void network_pan(struct network_state *n, float right, float down);

/* Is nothing of the column of this tensor folded away? */
bool network_is_opened(const struct network_state *n, int value);
/* Opens the column, or folds it again. */
void network_turn_fold(struct network_state *n, int value);
/* The column with something folded away, or opened, that the cell lies in: its tensor, or -1. */
int network_fold_at(const struct network_state *n, const struct snapshot *s, struct cell c);

/* Buttons for what the view can be made to show: zoom, lines, lens; at the right of r. */
void network_tools_draw(const struct view *v, struct network_state *n, struct rect r);

void network_draw(const struct view *v, struct network_state *n, struct rect r);

/* Where the cell of the last frame lies on the screen (its largest picture); false when it is
 * not there. */
bool network_cell_rect(const struct network_state *n, struct cell c, struct rect *out);
/* Picture number i of the last frame and the cell at its middle; false past the last. */
bool network_plate(const struct network_state *n, int i, struct rect *rect, int *rows, int *cols);
/* The cell at row, column of that picture. */
struct cell network_plate_cell(const struct network_state *n, int i, int row, int col);

#endif
