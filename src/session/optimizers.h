/* What the optimiser lab's files share. Private to src/session. */
#ifndef GLASSNET_SRC_SESSION_OPTIMIZERS_H
#define GLASSNET_SRC_SESSION_OPTIMIZERS_H

#include <pthread.h>
#include <stdatomic.h>

#include "glassnet/data/dataset.h"
#include "glassnet/session/optimizers.h"
#include "glassnet/step/cell.h"
#include "glassnet/step/pair.h"
#include "glassnet/step/trace.h"

/* The loss of a pass, and its gradient, over two parameters of a copy of its network. */
struct loss_slice {
    struct net *net;
    struct program *program;
    struct buffers buffers;
    int *samples;
    int tensor[2]; /* the two parameters */
    size_t index[2];
    int loss_ops, grad_ops;
};
bool slice_init(struct loss_slice *s, const struct trace *t, const struct cell cells[2],
                struct err *err);
void slice_deinit(struct loss_slice *s);
float slice_loss(struct loss_slice *s, float x, float y);
float slice_gradient(struct loss_slice *s, float x, float y,
                     float gradient[2]); /* gives the loss */

/* The functions, with their gradients. */
float surface_value(enum surface_kind kind, float x, float y, float gradient[2]);

struct walker {
    struct pair *pair;       /* NULL: it stands at the start */
    struct walk_point *path; /* [WALK_STEPS + 1]; NULL: nothing yet */
    int count;
    bool on, left;
    float rate, best;
};

/* How the thread is asked to stop: between two walkers, or when each has had its step. */
enum walk_stop { WALK_GOES, WALK_PAUSES, WALK_ENDS };

/* Steps on a network's loss, in a thread of their own. While it runs the walkers' pairs, the places
 * of their paths past `count` and the slice they walk on are its. */
struct walk {
    bool finds_rates;
    pthread_t thread;
    bool running;
    atomic_int stop; /* enum walk_stop */
    atomic_bool done;
    atomic_int steps, of;      /* done of those wanted; of rates: trial steps */
    bool walks[WALKERS];       /* who, while it runs */
    int turn;                  /* who is next, where it was stopped within a step of all */
    atomic_int count[WALKERS]; /* of its path, as the walkers' is taken over */
    bool left[WALKERS];
    float best[WALKERS];
};

/* A race in a thread of its own; everything in it is a copy. */
struct race {
    struct net *net;
    struct dataset *data; /* held */
    bool on[WALKERS];
    float rate[WALKERS];
    bool finds_rates;
    int epochs;
    pthread_t thread;
    bool running;
    atomic_bool stop, done;
    pthread_mutex_t mutex; /* of what follows */
    double *at[WALKERS], *loss[WALKERS];
    int count[WALKERS], capacity[WALKERS];
    double final[WALKERS]; /* loss of all samples at the end; NaN: not there yet */
    int64_t steps;         /* that each did */
    char stage[120], said[600];
    char error[300];
};

struct optimizers {
    bool ready;
    enum surface_kind surface;
    float low[2], high[2], start[2], mu;
    int side;
    float *losses; /* [side][side] */
    atomic_int rows;
    struct loss_slice walked, drawn; /* of SURFACE_LOSS: for the walkers, for the grid's thread */
    uint64_t pass;                   /* that it is of */
    char axes[2][80];
    pthread_t thread;
    bool running;
    atomic_bool stop;
    int rows_seen;
    struct walker walkers[WALKERS];
    struct walk walk;
    struct race *race; /* NULL: there was none */
    struct racer_copy {
        double *at, *loss;
        int count;
    } copies[WALKERS];
    char stage[120], said[600];
    struct optimizers_view view;
};

enum optimiser_kind walker_kind(int i);

/* Another surface, the walkers at its start; of the loss the pass' of t. */
bool optimizers_surface(struct optimizers *o, enum surface_kind kind, const struct trace *t,
                        const struct cell cells[2], struct err *err);
void optimizers_end(struct optimizers *o);
bool optimizers_update(struct optimizers *o); /* once a frame; something new? */
void optimizers_wait(struct optimizers *o);
const struct optimizers_view *optimizers_look(struct optimizers *o, uint64_t pass);

/* walk.c: back to the start; steps of each that is on; the best of some rates for each. On a
 * network's loss the last two are a thread's, and answer later. */
void optimizers_restart(struct optimizers *o);
bool optimizers_step(struct optimizers *o, int steps, struct err *err);
bool optimizers_find_rates(struct optimizers *o, struct err *err);
/* Stops the thread, all having walked as far; what was walked stays. */
void walk_end(struct optimizers *o);
/* The same for a change that it goes on under: the steps that are left. */
int walk_pause(struct optimizers *o);
bool walk_update(struct optimizers *o);
void walk_wait(struct optimizers *o);
void walk_look(const struct optimizers *o, struct walk_view *v);

/* race.c */
bool race_begin(struct optimizers *o, const struct net *net, struct dataset *data, int epochs,
                bool finds_rates, struct err *err);
void race_end(struct optimizers *o); /* stops it and forgets it */
bool race_update(struct optimizers *o);
void race_wait(struct optimizers *o);
void race_look(struct optimizers *o, struct race_view *v);

#endif
