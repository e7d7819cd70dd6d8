/* The kernel lab: a picture, a kernel that one edits or picks, and what a convolution makes of
 * them. The result is computed by the engine, as a network of one conv2d layer would; a picture in
 * colour goes through it channel by channel, as three samples. Commands: `kernels ...`
 * (docs/cli.md). */
#ifndef GLASSNET_SESSION_KERNELS_H
#define GLASSNET_SESSION_KERNELS_H

#include <stdbool.h>

#include "glassnet/step/trace.h"

enum {
    KERNELS_SIDE = 5,     /* of the largest kernel */
    KERNELS_CELLS = 25,   /* of it */
    KERNELS_PICTURE = 160 /* longest side of a picture; larger ones are made smaller */
};

/* A kernel one can pick: cells over a divisor. */
struct kernel_preset {
    const char *name;  /* "sobel-left", for the command */
    const char *title; /* "Sobel left" */
    const char *what;  /* one line for people */
};

/* Entry i, NULL past the last. */
const struct kernel_preset *kernels_preset(int i);

/* The pictures that come with Glassnet, entry i, NULL past the last: "house". */
const char *kernels_picture(int i);

/* What the kernel lab shows; everything is the session's, valid as the snapshot is. */
struct kernels_view {
    const struct trace *trace; /* NULL: nothing was computed yet; one sample a channel */
    int input, sum, result;    /* tensors; sum is before relu, the same as result without it */
    const char *picture;       /* its name */
    bool has_colour;           /* of the picture; colour: its channels are taken one by one */
    int sample;                /* of the digits: its number; -1: another picture */
    int was_height, was_width; /* before it was made smaller; 0: it was not */
    int side;                  /* of the kernel: 3 or 5 */
    const double *cells;       /* [side][side] as typed, over */
    double divisor;            /* this */
    const char (*texts)[16];   /* [side][side] the cells as they were typed: "1/9" */
    double total;              /* of the cells */
    int preset;                /* -1: one's own */
    int stride;
    bool same, relu, colour;
    bool can_undo, can_redo; /* changes of all these */
    bool values; /* the result in the colours of values; false: as a picture, 0 black to 1 white */
    int row, column, channel; /* of the result: the number looked at */
};

#endif
