/* The plain engine: runs a program's operations over a set of buffers, one for each tensor.
 *
 * The same source compiles to float32 (with and without FMA instructions, same bits; picked at
 * run time) and to double for the gradient check. */
#ifndef GLASSNET_NN_ENGINE_H
#define GLASSNET_NN_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "glassnet/base/err.h"
#include "glassnet/nn/program.h"

/* The numbers of a pass: for each tensor of the program a buffer [n][shape] or [shape]. */
struct buffers {
    const struct program *program;
    int n;              /* samples */
    size_t real;        /* bytes of a number: 4 or 8 */
    void **at;          /* [tensors]; NULL where left out */
    void *block;        /* the one allocation */
    int64_t t;          /* the optimiser's step this pass would take, from 1 */
    uint64_t seed;      /* of dropout's masks */
    const int *samples; /* [n] numbers of the samples in their set, for masks; NULL: 0, 1, ... */
};

/* Allocates buffers for n samples, all zero; real is sizeof(float) or sizeof(double). With
 * shown false, tensors that only traces have are left out. False: not enough memory. */
bool buffers_init(struct buffers *b, const struct program *p, int n, size_t real, bool shown,
                  struct err *err);
void buffers_deinit(struct buffers *b);

/* Runs cells [begin, end) of one operation in float32. Different ranges may run at once. */
void engine_run_cells(const struct buffers *b, const struct op *op, size_t begin, size_t end);

/* Runs operations [first, last) in float32; leaves out those that only traces have where their
 * buffer is missing. */
void engine_run(const struct buffers *b, int first, int last);

/* The same in double. */
void engine_run_double(const struct buffers *b, int first, int last);

/* The activation or other function of one argument, in float32, by the engine's own code. */
float engine_fn(enum fn fn, float x);

/* mac(z, w, x) = fmaf(w, x, z): the one multiply-add there is. */
float engine_mac(float z, float w, float x);

#endif
