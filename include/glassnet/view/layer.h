/* The Layer view: one operation of one layer, large, for the selected cell. The cell's layer
 * decides what is drawn; the cell and the phase decide which of the layer's pictures. */
#ifndef GLASSNET_VIEW_LAYER_H
#define GLASSNET_VIEW_LAYER_H

#include "glassnet/view/view.h"

struct scene;

/* A place that is not part of a heatmap, and the cell a click there selects. */
struct layer_hit {
    struct rect rect;
    struct cell cell;
};

/* Which of a layer's two operations: a convolution, and the relu behind it. */
enum layer_part { PART_OPERATION, PART_ACTIVATION };

struct layer_state {
    int layer; /* shown last: place in the network; behind the last layer: the loss */
    enum layer_part part;
    int channel;        /* of the map or kernel that pictures of one channel show */
    size_t place;       /* row and column of the map cell seen last, counted through */
    struct cell shown;  /* what the last frame was about, */
    int shown_terms;    /* how many of its terms, */
    struct cell chosen; /* and which cell was selected */
    struct formula formula;
    struct scene *scene;    /* of the last frame; owned */
    struct layer_hit *hits; /* likewise */
    int hit_count, hit_capacity;
    float here_row, here_col;   /* where the kernel lies on its input, */
    float slide_row, slide_col; /* where it comes from while it slides, */
    double slide_since;         /* and since when, in ui->time */
    double changed;             /* when another cell was shown last */
};

void layer_init(struct layer_state *s);
void layer_deinit(struct layer_state *s);

void layer_draw(const struct view *v, struct layer_state *s, struct rect r);

/* The cell to select for the layer `by` places on (−1: the one before), in the phase the cursor
 * is in; CELL_NONE at the network's ends. */
struct cell layer_neighbour(const struct snapshot *snap, const struct layer_state *s, int by);

/* Another map or kernel of the picture shown, if it has several. */
void layer_turn_channel(struct layer_state *s, int by);

/* Where the cell of the last frame lies on the screen (its largest picture); false: nowhere. */
bool layer_cell_rect(const struct layer_state *s, struct cell c, struct rect *out);
/* Picture number i of the last frame; false past the last. */
bool layer_plate(const struct layer_state *s, int i, struct rect *rect, int *rows, int *cols);
struct cell layer_plate_cell(const struct layer_state *s, int i, int row, int col);

#endif
