/* Run until: a condition on the numbers of a pass. Private to src/session. */
#ifndef GLASSNET_SRC_SESSION_UNTIL_H
#define GLASSNET_SRC_SESSION_UNTIL_H

#include <stdint.h>

#include "glassnet/step/cell.h"

enum until_kind {
    UNTIL_CHANGES, /* the cell's bits are others than before, or there for the first time */
    UNTIL_BAD,     /* any number is NaN or infinite */
    UNTIL_BELOW,
    UNTIL_ABOVE
};

struct until {
    enum until_kind kind;
    char cell[320]; /* its name; empty for UNTIL_BAD */
    double bound;   /* of UNTIL_BELOW and UNTIL_ABOVE */
    bool had;       /* UNTIL_CHANGES: the cell was computed, */
    float before;   /* with this value */
    int64_t within; /* batches to look at, at most */
};

/* The cell of the trace that fulfils the condition; CELL_NONE: none does. */
struct cell until_find(const struct until *u, const struct trace *t);

/* Does this value fulfil a condition on one cell? */
bool until_holds(const struct until *u, float value);

#endif
