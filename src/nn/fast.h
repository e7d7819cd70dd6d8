/* The fast engine: a program's operations turned into steps for the lane kernels, run by all
 * threads of a team together once a batch, with the plain engine's bits.
 *
 * The plan keeps, for each batched tensor, which layout (rows, lanes) holds it now and puts an
 * exchange in where an operation needs the other; it joins what the plain engine does one after
 * the other (an activation's slope and the product with it; a moment and the new parameter); it
 * leaves copies out by letting two tensors share one place; and it puts a barrier only where a
 * step reads what another thread may still be writing. Operations it has no kernel for run plain,
 * in rows. */
#ifndef GLASSNET_SRC_NN_FAST_H
#define GLASSNET_SRC_NN_FAST_H

#include "glassnet/base/err.h"
#include "glassnet/nn/engine.h"
#include "nn/lane.h"
#include "nn/pace.h"
#include "nn/team.h"

enum fast_kind {
    FAST_PLAIN,
    FAST_TO_LANES,
    FAST_TO_ROWS,
    FAST_DENSE,
    FAST_DENSE_DX,
    FAST_DENSE_DW,
    FAST_CONV,
    FAST_CONV_DX,
    FAST_CONV_DW,
    FAST_MAXPOOL,
    FAST_MAXPOOL_DX,
    FAST_BIAS,     /* db: a sum over samples and places */
    FAST_SMALL_DW, /* dW and db of a small dense layer, from lanes */
    FAST_LOSS,     /* from the last z to its gradient */
    FAST_MAP,
    FAST_SLOPE,
    FAST_UPDATE
};

struct fast_step {
    enum fast_kind kind;
    const struct op *op; /* the (last) operation it stands for */
    int out, in[3];      /* tensors; their meaning as the kernel's arguments */
    bool barrier;        /* before it */
    bool add;            /* goes on with the sum in out */
    bool relu;           /* with the relu that follows, or with its slope (of in[2]) */
    enum fn fn;
    enum activation activation;
    float mu;
    struct lane_conv conv;
    int kp;         /* FAST_CONV_DW: padded kernels */
    size_t scratch; /* FAST_CONV_DW: its floats in fast->scratch */
};

struct fast {
    const struct program *program;
    const struct buffers *b; /* rows; b->n may change from batch to batch */
    const struct lane_kernels *k;
    int lanes;
    float **lane; /* [tensors] lanes layout, or NULL */
    int step_count, step_capacity;
    struct fast_step *steps;
    float *block, *scratch;
    double work; /* multiply-adds of a full batch */
    int threads;
    struct team *team;
    bool adapts; /* the number of threads was left to us: see fast_run */
    struct pace pace;
    bool own_input; /* each thread brings the whole input into lanes for itself: reading what */
    float **own;    /* [threads] the other one has just written costs more than that */
};

/* Fills samples [first, first + count) of the batch's input and labels; threads call it at once. */
typedef void fast_fill(void *context, int first, int count);

/* Plans for b (whose n is the largest batch). variant NULL: the widest there is; threads 0: as
 * many as the work is worth. NULL when memory is short. */
struct fast *fast_create(const struct program *p, struct buffers *b, const char *variant,
                         int threads, struct err *err);
void fast_destroy(struct fast *f);

/* Runs the whole program for the batch in b (1 <= b->n <= the planned one); fill, when there is
 * one, puts the samples there first. */
void fast_run(struct fast *f, fast_fill *fill, void *context);

/* One member's part of one step (fast_run.c). */
void fast_step_run(const struct fast *f, const struct fast_step *s, struct team *team, int me,
                   int size);

#endif
