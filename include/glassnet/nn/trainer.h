/* Training: batches in a seeded order, one pass of the program each, the optimiser's state. */
#ifndef GLASSNET_NN_TRAINER_H
#define GLASSNET_NN_TRAINER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "glassnet/base/err.h"
#include "glassnet/nn/engine.h"
#include "glassnet/nn/net.h"

struct fast;

/* Where samples come from; so the trainer need not know data sets. */
struct source {
    void *context;
    int count;      /* samples there are */
    size_t x_count; /* numbers of one input */
    int targets;    /* numbers of one label; 0: a class */
    /* Fills x [n][x_count] and label [n] or [n][targets] for the samples named. Several threads
     * may call it at once. */
    void (*fetch)(void *context, const int *samples, int n, float *x, float *label);
    /* The same as training sees them in an epoch (counted from 0): augmented, each time alike for
     * the same epoch and sample. NULL: training sees what fetch gives. */
    void (*fetch_training)(void *context, const int *samples, int n, int epoch, float *x,
                           float *label);
};

/* The optimiser's state: moments laid out as net->params, and the steps done. */
struct optimiser {
    size_t count;
    float *m, *v, *u; /* [count]; zero where the optimiser has no such moment */
    int64_t t;        /* steps done */
};

void optimiser_init(struct optimiser *o, const struct net *net);
void optimiser_deinit(struct optimiser *o);
void optimiser_reset(struct optimiser *o);

/* Which engine runs: same bits, other speed. threads 0: as many as the work is worth, at most one a
 * core. */
enum engine_kind { ENGINE_PLAIN, ENGINE_FAST };
struct engine_choice {
    enum engine_kind kind;
    int threads;
    const char *variant; /* of the fast kernels, for tests: "base", "avx2", "avx512"; NULL: best */
};

/* The fast kernels' variants that this processor can run, ended by NULL. */
const char *const *engine_variants(void);

struct trainer {
    struct net *net;      /* not owned; its parameters are updated in place */
    struct source source; /* context not owned */
    struct program *program;
    struct buffers buffers; /* of net->train.batch samples */
    struct optimiser optimiser;
    struct engine_choice engine; /* threads: how many there really are */
    struct fast *fast;           /* NULL: the plain engine */
    int *order;                  /* [source.count] this epoch's order */
    int epoch;                   /* epochs finished */
    int position;                /* samples of this epoch done */
    int64_t steps;               /* done since the start; t of the optimiser may have begun later */
    float batch_loss;            /* of the last step */
    double epoch_loss;           /* sum over the epoch's samples so far */
    int epoch_correct;           /* of the epoch's samples so far, before each update (classes) */
};

/* Prepares to train net on source from its current parameters. NULL when the two don't fit
 * (sizes, classes against outputs) or memory is short. net and source.context must outlive it. */
struct trainer *trainer_create(struct net *net, const struct source *source,
                               struct engine_choice engine, struct err *err);
void trainer_destroy(struct trainer *t);

/* Numbers of the samples in the next batch, at most net->train.batch (the last of an epoch may
 * be short), into samples; returns how many. Changes nothing. The order of epoch e is a shuffle
 * by (seed, e) alone. */
int trainer_next_batch(const struct trainer *t, int *samples);

/* η and the schedule's factor for the next step: what the program's given rate cells hold. */
void trainer_rate(const struct trainer *t, float *start, float *schedule);

/* One pass over the next batch, parameters and moments updated. Returns the batch's loss. */
float trainer_step(struct trainer *t);

/* The place in the data: epochs finished and samples of the next one done. The order of the samples
 * follows; parameters and moments stay as they are. */
void trainer_seek(struct trainer *t, int epoch, int position);

/* True when the last step ended an epoch. */
bool trainer_epoch_ended(const struct trainer *t);

/* Loss and, for classes, accuracy over samples [0, limit) of a source, in evaluation mode. */
struct evaluation {
    int samples;
    double loss;
    double accuracy; /* share that was right; NaN where labels are numbers */
    int classes;
    int *confusion;       /* [classes][classes] rows truth, columns guess; the caller frees */
    double auc;           /* of class 1 of two; NaN for more and for numbers (nn/metrics.h) */
    double r2, rmse, mae; /* of numbers to predict; NaN where labels are classes */
};
bool net_evaluate(const struct net *net, const struct source *source, int limit,
                  struct evaluation *out, struct err *err);

/* The same, and of each sample its loss [n] and the network's outputs [n][outputs] into the lists
 * of the caller, which have room for the samples evaluated. */
struct evaluation_each {
    float *loss;
    float *outputs;
};
bool net_evaluate_each(const struct net *net, const struct source *source, int limit,
                       struct engine_choice engine, struct evaluation *out,
                       struct evaluation_each *each, struct err *err);

/* The outputs of net for n inputs x [n][x_count], in evaluation mode, into out [n][outputs]. */
bool net_predict(const struct net *net, const float *x, int n, float *out, struct err *err);

/* The same by an engine of one's choice; the bits do not depend on it. The two above take the fast
 * one with as many threads as the work is worth. */
bool net_evaluate_with(const struct net *net, const struct source *source, int limit,
                       struct engine_choice engine, struct evaluation *out, struct err *err);
bool net_predict_with(const struct net *net, const float *x, int n, struct engine_choice engine,
                      float *out, struct err *err);

/* The class a network's outputs mean: the largest of several; with one output 1 when it is above
 * the middle (0.5; 0 for hinge). The first of equals. */
int net_class(const struct net *net, const float *outputs);

/* Does net fit samples of this shape and these labels? One sentence in err when not. */
bool net_fits(const struct net *net, const struct source *source, int classes, struct err *err);

#endif
