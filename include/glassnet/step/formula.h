/* Formulas: for any cell, the operation and the terms it was computed from, each a cell again.
 * Evaluated by the rules of docs/cli.md a formula gives the cell's stored bits. */
#ifndef GLASSNET_STEP_FORMULA_H
#define GLASSNET_STEP_FORMULA_H

#include <stdbool.h>
#include <stddef.h>

#include "glassnet/step/cell.h"

struct formula_factor {
    struct cell cell; /* CELL_NONE for a constant */
    float value;
    const char *symbol; /* how a constant is written ("1/n", "μ"), NULL: its number */
};

struct formula_term {
    int count;
    struct formula_factor factor[TERM_MAX_FACTORS];
};

/* Zero it before the first use; formula_deinit at the end; formula_of reuses its memory. */
struct formula {
    struct cell cell;
    float value; /* the stored one */
    bool given;  /* an input, a parameter, a label: no terms */
    enum fn fn;
    int count;
    struct formula_term *terms;
    int capacity;
};

/* The formula of a cell of the trace. */
void formula_of(const struct trace *t, struct cell cell, struct formula *out);
void formula_deinit(struct formula *f);

/* How many terms it has: what stepping at grain Term needs, without the terms themselves. */
int formula_count(const struct trace *t, struct cell cell);

/* The running result after the first `terms` terms; with all of them the cell's value. */
float formula_eval(const struct formula *f, int terms);

/* The product of a term's factors for display alone (an exact product for two factors). */
double formula_term_value(const struct formula_term *term);

/* "given", "copy", "sum", ... as in explain --json. */
const char *formula_op(const struct formula *f);

/* The formula in symbols: "b[3] + Σ W[3,u,v,c] · x[9+u,14+v,c]" for long sums of a known kind,
 * else the terms by name. UTF-8. */
char *formula_symbolic(const struct trace *t, const struct formula *f, char *out, size_t size);

/* The formula in numbers, ASCII minus and point, at most `most` terms of a long sum (the largest
 * by magnitude, in their order) and "… N more". */
char *formula_numeric(const struct formula *f, int most, char *out, size_t size);

/* Where this operation comes from, one line for people: "dense: from b, then inputs ascending". */
const char *formula_note(const struct trace *t, const struct formula *f);

#endif
