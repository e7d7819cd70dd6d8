/* What the files that build a circuit share: which cells are opened, and the gates so far. */
#ifndef GLASSNET_SRC_STEP_CIRCUIT_BUILD_H
#define GLASSNET_SRC_STEP_CIRCUIT_BUILD_H

#include "glassnet/step/circuit.h"

enum { MUST_MOST = 8 };

/* A cell whose terms are shown: all of them, or the largest and those it must have. */
struct opened {
    struct cell cell;
    int most;
    int must_count;
    struct cell must[MUST_MOST];
};

struct entry {
    struct cell cell;
    int unit; /* -1: the one gate of the cell; else a parameter's in that unit */
    int gate;
};

struct circuit_build {
    struct circuit *c;
    const struct trace *t;
    const struct program *p;
    int *value_of;   /* [tensors] whose gradient it is; -1 */
    int loss_inputs; /* what the loss' block reads: z, the difference from the target, or a */
    int loss_slope;  /* its slope by them; -1 without a backward phase */
    bool whole;
    struct opened *opened;
    int opened_count, opened_capacity;
    struct entry *entries; /* open addressing */
    int entry_size, entry_count;
};

/* A use of a cell: the cell it goes into, and how much gradient comes back from there. */
struct use {
    struct cell user;
    double size;
};
struct uses {
    struct use *list; /* owned */
    int count, capacity;
};

/* circuit.c */
bool circuit_is_leaf(const struct program *p, int tensor);
/* The layer whose softmax gives the tensor, or -1; circuit_softmax_row: the block's own cell. */
int circuit_softmax_of(const struct program *p, int tensor);
struct cell circuit_softmax_row(const struct program *p, struct cell out);
/* The last layer's output, where loss and activation are one on the way back. */
bool circuit_is_combined(const struct circuit_build *b, int tensor);
bool circuit_of_sample(const struct circuit_build *b, struct cell cell);

/* circuit_plan.c */
/* All uses of a cell, read off the formula of its gradient. */
void circuit_uses(const struct circuit_build *b, struct cell cell, struct uses *out);
void circuit_plan(struct circuit_build *b, struct cell centre);
const struct opened *circuit_opened(const struct circuit_build *b, struct cell cell);
/* Marks the n items that are shown, by their sizes (negative: never) and by must; returns how many
 * are left out. */
int circuit_choose(const struct opened *o, const double *size, const bool *must, int n,
                   bool *taken);
/* Which terms of the formula are shown; see circuit_choose. */
int circuit_choose_terms(const struct circuit_build *b, const struct opened *o,
                         const struct formula *f, bool *taken);
/* Which inputs of the loss' block, or of a softmax', `slope` their slopes or -1, `base` the first
 * of `n` cells. */
int circuit_choose_inputs(const struct circuit_build *b, const struct opened *o, struct cell base,
                          int slope, int n, bool *taken);

/* circuit_gates.c: the gate that gives the cell, with all that leads to it. `unit` is the unit
 * that wants it. */
int circuit_gate(struct circuit_build *b, struct cell cell, int unit);

/* circuit_slope.c */
struct slope slope_of_fn(const struct circuit_build *b, const struct formula *f, int term);
struct slope slope_one(void);
void slope_times(struct slope *s, struct formula_factor f);
struct slope slope_of_cell(const struct circuit_build *b, struct cell cell);
struct formula_factor circuit_factor(const struct circuit_build *b, struct cell cell);
struct formula_factor circuit_constant(double value, const char *symbol);
void circuit_gradients(struct circuit_build *b);

#endif
