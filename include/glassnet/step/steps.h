/* The order of stepping: every computed cell of a pass in a row, in blocks that belong to a layer
 * and a phase; a cursor on it. Cells past the cursor are not computed yet, for the screen. */
#ifndef GLASSNET_STEP_STEPS_H
#define GLASSNET_STEP_STEPS_H

#include <stdbool.h>
#include <stdint.h>

#include "glassnet/step/cell.h"

/* Tensors filled side by side, cell by cell (a z and its activation), or one alone. */
struct step_block {
    enum phase phase;
    int layer; /* -1: loss, rate, clipping */
    int tensor[2];
    int tensor_count;
    int64_t first; /* number of its first cell in the pass */
    int64_t cells; /* of all its tensors and samples */
};

struct steps {
    const struct program *program; /* not owned */
    int n;
    int block_count;
    struct step_block *blocks;
    int64_t cells; /* of the whole pass */
    int *block_of; /* [tensors] its block; -1 for given tensors */
};

enum grain { GRAIN_TERM, GRAIN_CELL, GRAIN_LAYER, GRAIN_PHASE, GRAIN_PASS, GRAIN_EPOCH, GRAINS };
const char *grain_name(enum grain grain); /* "term" ... */
int grain_find(const char *word);         /* or -1 */
const char *phase_name(enum phase phase); /* "forward" ... */
int phase_find(const char *word);

/* How far a pass is revealed: `cell` cells are whole, and `term` terms of the next one. */
struct cursor {
    int64_t cell;
    int term;
};

struct steps *steps_create(const struct program *p, int n);
void steps_destroy(struct steps *s);

/* The cell computed at number `at`, and back (-1 for given cells, which are always there).
 * Feature maps fill one after the other: channel, row, column. */
struct cell steps_cell(const struct steps *s, int64_t at);
int64_t steps_at(const struct steps *s, struct cell cell);

/* Is the cell computed? */
bool steps_done(const struct steps *s, struct cursor c, struct cell cell);

/* The block that holds cell number `at` (the last one when at the end). */
const struct step_block *steps_block(const struct steps *s, int64_t at);

/* Moves by one step of a grain (up to GRAIN_PASS), within the pass; false at its end or start. */
bool steps_forward(const struct steps *s, const struct trace *t, enum grain grain,
                   struct cursor *c);
bool steps_back(const struct steps *s, const struct trace *t, enum grain grain, struct cursor *c);

/* Cell numbers where a phase begins and ends; equal when the pass has no such phase. */
void steps_phase(const struct steps *s, enum phase phase, int64_t *begin, int64_t *end);

/* The phase the cursor is in: of the last cell done (forward at the start). */
enum phase steps_phase_at(const struct steps *s, struct cursor c);

#endif
