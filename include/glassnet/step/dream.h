/* The input that excites a neuron most, found by gradient ascent on the input, one step at a time.
 *
 * Ascent on a unit: Erhan, Bengio, Courville and Vincent 2009; with L2, on class scores: Simonyan,
 * Vedaldi and Zisserman 2014, section 2. Total variation: Rudin, Osher and Fatemi 1992, as in
 * Mahendran and Vedaldi 2015. Jitter: Mordvintsev, Olah and Tyka 2015. One step is
 *
 *   x <- x + rate (g / rms(g) - 2 l2 x - tv d TV/dx)
 *
 * g the gradient of the neuron's value to x with x moved by a jitter of up to J pixels each way
 * (and back), rms its root mean square, TV(x) the sum over neighbours of sqrt(dx² + dy² + 1e-4).
 * Pictures are kept within 0 and 1 after each step. Runs in evaluation mode by the plain engine;
 * the same seed and settings give the same bits. */
#ifndef GLASSNET_STEP_DREAM_H
#define GLASSNET_STEP_DREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "glassnet/base/err.h"
#include "glassnet/nn/net.h"
#include "glassnet/step/cell.h"

/* What is excited: one number of a layer, or the mean of a whole map. */
struct dream_goal {
    int layer;    /* above 0 */
    bool before;  /* its number before the activation */
    size_t index; /* flat, in the layer's output */
    bool map;     /* the whole map that it lies in; for layers of maps */
};

/* The goal that a cell is (of any program of the net's): a layer's output or its numbers before the
 * activation. False with a sentence for other cells, and for a map where there is none. */
bool dream_goal_of(const struct program *p, struct cell cell, bool map, struct dream_goal *goal,
                   struct err *err);

struct dream_settings {
    float rate; /* of a step; above 0 */
    float l2;   /* 0: off */
    float tv;   /* 0: off; pictures only */
    int jitter; /* pixels; 0: off; pictures only */
};

/* Settings that give something to see for pictures from 0 to 1. */
struct dream_settings dream_defaults(const struct net *net);
/* False with a sentence when a number is out of its range. */
bool dream_settings_check(const struct dream_settings *s, struct err *err);

enum dream_start { DREAM_NOISE, DREAM_ZERO, DREAM_SAMPLE };

struct dream;

/* A dream of the net's parameters as they are now; copies the net. Starts at seeded noise from 0
 * to 0.2. NULL when the goal is none of the network's numbers or memory is short. */
struct dream *dream_create(const struct net *net, const struct dream_goal *goal, uint64_t seed,
                           struct err *err);
void dream_destroy(struct dream *d); /* NULL is allowed */

/* Begins anew; sample [inputs] for DREAM_SAMPLE only. */
void dream_begin(struct dream *d, enum dream_start start, const float *sample);

/* One step of ascent. */
void dream_step(struct dream *d, const struct dream_settings *s);

/* The picture [inputs] as it is; what the goal is worth for it, without jitter; steps so far. */
const float *dream_picture(const struct dream *d);
float dream_value(const struct dream *d);
int dream_steps(const struct dream *d);
/* Did the last step find no gradient at all (a relu that is off)? */
bool dream_is_stuck(const struct dream *d);

#endif
