/* The trace: every number of one pass (forward, loss, backward, update of one batch), with the
 * old and the new parameters. A pass runs once; stepping only reveals it. */
#ifndef GLASSNET_STEP_TRACE_H
#define GLASSNET_STEP_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "glassnet/base/err.h"
#include "glassnet/nn/engine.h"
#include "glassnet/nn/trainer.h"

struct trace {
    const struct program *program; /* not owned */
    struct buffers buffers;        /* float32, every tensor of the program */
    int n;
    int *samples; /* [n] numbers in their set; -1 for a picture drawn by hand */
};

/* What a pass starts from, besides the network's parameters. */
struct pass {
    int n;
    const int *samples;                /* [n] */
    const float *x;                    /* [n][inputs] */
    const float *labels;               /* [n] or [n][targets]; NULL when there is no loss */
    const struct optimiser *optimiser; /* NULL: moments 0, step 1; NULL in it: moments 0 */
    float rate;                        /* η as set */
    float rate_schedule;               /* factor of the schedule, 1 without one */
    uint64_t redraw;                   /* added to the seed of dropout's masks; 0: training's */
};

/* Runs a pass of the program at net's current parameters with the plain engine. The trace owns
 * its numbers; program must outlive it. NULL when memory is short. */
struct trace *trace_run(const struct program *program, const struct pass *pass, struct err *err);
void trace_destroy(struct trace *t);

/* The numbers of a tensor: [n][shape] where batched, else [shape]. Never NULL. */
const float *trace_tensor(const struct trace *t, int tensor);

/* How many numbers that is. */
size_t trace_tensor_count(const struct trace *t, int tensor);

/* The first operation that made a NaN or an infinity out of finite numbers, or -1. The loss'
 * derivative by itself does not count where the combined one is used instead. */
int trace_first_bad(const struct trace *t);

#endif
