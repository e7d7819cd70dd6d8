/* What the Layer view shows: which layer, which of its pictures, about which cell. */
#ifndef VIEW_LAYER_SUBJECT_H
#define VIEW_LAYER_SUBJECT_H

#include "glassnet/view/layer.h"

struct subject {
    int layer; /* layer_count: the loss */
    enum layer_part part;
    struct cell cell; /* the selected one, or one of the layer that stands for it */
};

/* From the selection; with none, from the layer shown last. Remembers in state what it chose. */
struct subject subject_find(const struct snapshot *snap, struct layer_state *state);

/* The cell that shows a part of a layer in the phase of the cursor. */
struct cell subject_of_layer(const struct snapshot *snap, const struct layer_state *state,
                             int layer, enum layer_part part);

/* Has the layer both an operation and an activation? */
bool subject_has_parts(const struct snapshot *snap, int layer);

#endif
