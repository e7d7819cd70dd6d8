/* Cells: the address of any number (docs/cli.md): `conv1[9,14,3]`, `d:out.W[7,120]`,
 * `new:conv1.b[0]`, `loss`, `out[3]@1`. */
#ifndef GLASSNET_STEP_CELL_H
#define GLASSNET_STEP_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "glassnet/base/err.h"
#include "glassnet/step/trace.h"

struct cell {
    int tensor;   /* place in the program's tensors; -1: none */
    int sample;   /* place in the batch; 0 for tensors that are not batched */
    size_t index; /* flat, within one sample */
};

#define CELL_NONE ((struct cell){-1, 0, 0})

bool cell_equal(struct cell a, struct cell b);
bool cell_is(struct cell c); /* not CELL_NONE */

/* Reads a cell's name. Unknown tensors, wrong numbers of indices and indices out of range get
 * one sentence with what there is instead. n: samples in the batch. */
bool cell_parse(const struct program *p, int n, const char *name, struct cell *cell,
                struct err *err);

/* The name that cell_parse reads, with @S where the sample is not 0. Returns out. */
char *cell_name(const struct program *p, struct cell cell, char *out, size_t size);

/* The name for the screen: ∂L/∂out.W[7,120]. */
char *cell_title(const struct program *p, struct cell cell, char *out, size_t size);

/* What it is, in words: "gradient · to unit 7, from 120"; "value · kernel 3, row 9, column 14". */
char *cell_words(const struct program *p, struct cell cell, char *out, size_t size);

float cell_value(const struct trace *t, struct cell cell);

/* Flat place in trace_tensor(t, cell.tensor). */
size_t cell_offset(const struct program *p, struct cell cell);

#endif
