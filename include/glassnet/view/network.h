/* The network view: every layer of the network, left to right, and below it the calculation of
 * the selected cell. Clicking anything selects its cell; the wheel zooms at the pointer, a drag
 * pans, a double click fits. */
#ifndef GLASSNET_VIEW_NETWORK_H
#define GLASSNET_VIEW_NETWORK_H

#include "glassnet/view/view.h"

struct scene;

struct network_state {
    float zoom, pan_x, pan_y; /* zoom 0: not set yet, the whole network fits */
    bool dragging;
    struct scene *scene; /* of the last frame; owned */
};

void network_init(struct network_state *n);
void network_deinit(struct network_state *n);
/* The whole network fits again. */
void network_fit(struct network_state *n);

void network_draw(const struct view *v, struct network_state *n, struct rect r);

/* Where the cell of the last frame lies on the screen (its largest picture); false when it is
 * not there. */
bool network_cell_rect(const struct network_state *n, struct cell c, struct rect *out);
/* Picture number i of the last frame and the cell at its middle; false past the last. */
bool network_plate(const struct network_state *n, int i, struct rect *rect, int *rows, int *cols);
/* The cell at row, column of that picture. */
struct cell network_plate_cell(const struct network_state *n, int i, int row, int col);

#endif
