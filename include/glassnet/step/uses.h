/* Where a number goes: the cells that are computed from it, and what of its gradient comes back
 * from each.
 *
 * They are read off the formula of the gradient, ∂L/∂x = Σ slope · ∂L/∂user over all uses: each
 * term of a sum is one use, a product is one by itself; its factors but ∂L/∂user are the local
 * slope. The shares add up, in this order, to the gradient that the trace has. */
#ifndef GLASSNET_STEP_USES_H
#define GLASSNET_STEP_USES_H

#include "glassnet/step/formula.h"

struct cell_use {
    struct cell user;     /* an inner step of the way back, where the slopes of a block are one; the
                             loss, where the term has no gradient behind it */
    struct cell gradient; /* ∂L/∂user; CELL_NONE at the loss */
    double slope; /* ∂user/∂cell, for display; the share itself where it has no gradient */
    double share; /* slope · ∂L/∂user, for display */
};

/* Zero it before the first use; cell_uses_deinit at the end; cell_uses_of reuses its memory. */
struct cell_uses {
    struct cell total; /* ∂L/∂cell; CELL_NONE: it has none, and the list is empty */
    int count, capacity;
    struct cell_use *list; /* owned */
};

/* The uses of a cell of the forward phase, or of a parameter, in the order of the sum. */
void cell_uses_of(const struct trace *t, struct cell cell, struct cell_uses *out);
void cell_uses_deinit(struct cell_uses *u);

/* The use with the largest share (the first of equals, a NaN before all); -1: none. */
int cell_uses_largest(const struct cell_uses *u);

#endif
