/* The optimiser lab: optimisers that walk down one surface from one start, and the same race on the
 * network that is open. Every step is the engine's update; the surface is a simple function, or the
 * loss of the open network over two of its parameters. Commands: `optimizers ...` (docs/cli.md). */
#ifndef GLASSNET_SESSION_OPTIMIZERS_H
#define GLASSNET_SESSION_OPTIMIZERS_H

#include <stdbool.h>

#include "glassnet/nn/net.h"

enum {
    WALKERS = 6,       /* sgd, momentum, nesterov, adagrad, rmsprop, adam */
    WALK_STEPS = 2000, /* at most */
    WALK_SIDE = 160,   /* of the grid of a function; that of a network's loss is coarser */
    RACE_EPOCHS = 200
};

enum surface_kind {
    SURFACE_BOWL,
    SURFACE_RAVINE,
    SURFACE_SADDLE,
    SURFACE_WAVES,
    SURFACE_LOSS, /* the open network's */
    SURFACES
};

struct surface_info {
    const char *name, *title;
    const char *formula; /* "(x² + y²) / 2" */
};
const struct surface_info *surface_info(int i); /* NULL past the last */

struct walk_point {
    float x, y, loss;
};

struct walker_view {
    enum optimiser_kind kind;
    bool on;
    float rate;
    float best;                    /* the rate that got lowest in 100 steps; 0: not looked for */
    const struct walk_point *path; /* [count] the first is the start */
    int count;
    bool left; /* it ran off: its numbers are no longer finite */
};

/* What a thread does for the walkers on a network's loss. */
struct walk_view {
    bool running;
    bool finds_rates; /* it tries rates; else it walks */
    int steps, of;    /* done of all */
};

/* One optimiser's curve of a race: the mean training loss of each part of an epoch as it went. */
struct racer_view {
    bool on;
    enum optimiser_kind kind;
    float rate;
    const double *epochs, *losses; /* [count] */
    int count;
    double loss; /* at its end, of all samples that are trained on; NaN: not yet */
};

struct race_view {
    bool running;
    int epochs;        /* of it; 0: there was none */
    const char *stage; /* "adam, epoch 3" while it runs */
    const char *said;  /* who won, when it is over; else empty */
    struct racer_view racers[WALKERS];
};

/* Valid as the snapshot is. */
struct optimizers_view {
    bool ready; /* it was begun */
    enum surface_kind surface;
    float low[2], high[2]; /* of the surface */
    int side, rows;        /* of the grid; rows that are worked out, from y low on */
    const float *losses;   /* [side][side] */
    char axes[2][80];      /* what x and y are */
    bool stale;            /* the network's loss was another pass' */
    float start[2], mu;
    int steps; /* of the walker that has gone furthest */
    struct walker_view walkers[WALKERS];
    struct walk_view walk;
    struct race_view race;
};

#endif
