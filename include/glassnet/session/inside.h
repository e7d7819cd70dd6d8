/* Looking inside, as views see it: what of the sample a score hangs on, the input a neuron wants,
 * the samples nearest in a layer's space. Each is worked out in a thread of its own and published
 * when it is finished. Commands: look, dream, nearest (docs/cli.md). */
#ifndef GLASSNET_SESSION_INSIDE_H
#define GLASSNET_SESSION_INSIDE_H

#include "glassnet/step/attribute.h"
#include "glassnet/step/dream.h"
#include "glassnet/step/nearest.h"

/* Follows the sample on screen, its numbers and the parameters by itself. */
struct look_view {
    bool asked;
    enum attribute_kind kind;
    int layer;                       /* of Grad-CAM; else -1 */
    int class;                       /* asked for; -1: the network's guess */
    bool running;                    /* `found` is that of before */
    const struct attribution *found; /* NULL: nothing yet */
    const char *problem;             /* why there is none; empty: none */
};

#define DREAM_STEPS_MOST 2000 /* after which a dream that plays pauses */

struct dream_view {
    bool asked;
    struct cell cell; /* in the pass' program */
    bool map;         /* the mean of its whole map */
    bool playing;     /* steps by itself, 30 a second */
    bool running;     /* steps asked for are not done yet */
    enum dream_start start;
    struct dream_settings settings;
    int steps;
    const float *picture; /* [inputs] */
    const float *values;  /* [value_count] of the goal: the start's, and after each step */
    int value_count;
    bool stuck; /* the last step found no slope */
    bool stale; /* it is of earlier parameters than the pass on screen */
};

#define NEAREST_MOST 12

struct nearest_view {
    bool asked;
    int layer;
    bool running;
    int done, samples; /* of the set, whose outputs are worked out */
    bool stale;        /* `found` is of earlier parameters; asked again it is of these */
    const struct neighbour *found; /* [count] for the sample on screen, or before it was there */
    int count;
};

#endif
