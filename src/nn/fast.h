/* The fast engine: a program's operations turned into steps for the lane kernels, run by all
 * threads of a team together once a batch, with the plain engine's bits.
 *
 * The plan keeps, for each batched tensor, which layout (rows, lanes) holds it now and puts an
 * exchange in where an operation needs the other; it joins what the plain engine does one after
 * the other (an activation's slope and the product with it; a weight's gradient, moment and new
 * value); it leaves copies out by letting two tensors share one place; it shares the work out so
 * that a thread goes on with what it has itself computed, and puts a barrier only where a step
 * reads what another thread may still be writing. Operations it has no kernel for run plain, in
 * rows. docs/speed.md has the figures behind this. */
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
    FAST_MEAN,     /* of the samples' losses */
    FAST_MAP,
    FAST_SLOPE,
    FAST_UPDATE
};

/* How a sum over samples is shared out. */
enum fast_chain {
    CHAIN_NONE,  /* by sums: each thread takes some of them over all samples */
    CHAIN_FIRST, /* by samples, one thread after the other: here the first one takes its own */
    CHAIN_LAST   /* here the last one goes on with these sums over its own */
};

/* What a thread's share of a batch is. */
enum fast_split {
    SPLIT_PLACES,  /* a part of each tensor, places of all blocks of lanes in one row */
    SPLIT_BLOCKS,  /* whole blocks: its own samples */
    SPLIT_FEATURES /* its own outputs of each dense layer, so its own weights */
};

struct fast_step {
    enum fast_kind kind;
    const struct op *op; /* the (last) operation it stands for */
    int out, in[3];      /* tensors; their meaning as the kernel's arguments */
    bool barrier;        /* before it */
    bool each;           /* every thread does all of it, into a copy of its own */
    bool past;           /* FAST_TO_ROWS: past the caches */
    bool add;            /* goes on with the sum in out */
    bool relu;           /* with the relu that follows, or with its slope (of in[2]) */
    enum fn fn;
    enum activation activation;
    float mu;
    bool descends; /* gradients of parameters: these descend at once; in[2] is the rate */
    int w, m;      /* then the parameters and moments, or -1 */
    int unit;      /* numbers that stay together when out is shared out */
    struct lane_conv conv;
    int kp;             /* FAST_CONV_DW: padded kernels */
    size_t scratch;     /* FAST_CONV_DW: its floats in fast->scratch */
    int bias;           /* FAST_CONV_DW: the tensor whose gradient is summed along, or -1 */
    int bias_w, bias_m; /* as w and m */
    enum fast_chain chain;
    bool turned; /* the last thread takes the first share, often the smaller one */
};

struct fast {
    const struct program *program;
    const struct buffers *b; /* rows; b->n may change from batch to batch */
    const struct lane_kernels *k;
    int lanes;
    enum fast_split split;
    bool fill_each; /* every thread fetches the whole batch for itself */
    int step_count, step_capacity;
    struct fast_step *steps;
    float *block, *scratch;
    double work; /* multiply-adds of a full batch */
    int threads;
    struct team *team;
    bool adapts; /* the number of threads was left to us: see fast_run */
    struct pace pace;
    struct fast_home *homes;  /* [threads] */
    struct fast_small *small; /* NULL where steps are run one thread's share after the other */
};

/* Where one thread finds the numbers; all find the same, but for tensors of which each has a copy
 * of its own. Thread 0's rows are the buffers'. */
struct fast_home {
    float **lane; /* [tensors] lanes layout, or NULL */
    float **rows; /* [tensors] */
};

/* Fills in samples [first, first + count) of the batch: x and label point to where the first of
 * them go. Threads call it at once, for the same samples, too. */
typedef void fast_fill(void *context, int first, int count, float *x, float *label);

/* Plans for b (whose n is the largest batch). variant NULL: the widest there is; threads 0: as
 * many as the work is worth. cheap: filling in a sample costs no more than copying it. NULL when
 * memory is short. */
struct fast *fast_create(const struct program *p, struct buffers *b, const char *variant,
                         int threads, bool cheap, struct err *err);
void fast_destroy(struct fast *f);

/* Runs the whole program for the batch in b (1 <= b->n <= the planned one); fill, when there is
 * one, puts the samples there first. */
void fast_run(struct fast *f, fast_fill *fill, void *context);

/* One member's part of one step (fast_step.c). */
void fast_step_run(const struct fast *f, const struct fast_step *s, struct team *team, int me,
                   int size);

/* The loss of the samples from `first` on, as thread `me` finds them; but for how many there are.
 */
struct lane_loss fast_loss_of(const struct fast *f, const struct fast_step *s, int me, int first);

/* Is it in lanes that step s reads in[k], or (k = -1) writes out? (fast_order.c) */
bool fast_uses_lanes(const struct fast_step *s, int k);

/* A small network's batch with everything settled beforehand (fast_small.c): NULL where this is not
 * one, or more threads than one share it; freed by free. All steps for n samples. */
struct fast_small *fast_small_create(const struct fast *f);
void fast_small_run(const struct fast *f, int n);

#endif
