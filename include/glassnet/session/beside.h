/* Side by side, as views see it: another network's pass of the samples on screen, beside the one
 * shown. Command: beside (docs/cli.md). */
#ifndef GLASSNET_SESSION_BESIDE_H
#define GLASSNET_SESSION_BESIDE_H

#include "glassnet/step/trace.h"

enum beside_kind {
    BESIDE_NONE,
    BESIDE_START,  /* the same network at the beginning of the run */
    BESIDE_FRESH,  /* the same network before any training: drawn from its seed */
    BESIDE_BRANCH, /* a branch of the run as it stood when it was asked for */
    BESIDE_FILE    /* another network's file */
};

/* All of it for the samples on screen, in the mode on screen, without a loss. */
struct beside_view {
    enum beside_kind kind;
    const char *title;     /* "start of the run", the branch's or the file's name */
    const struct net *net; /* NULL: none, as what follows */
    const struct program *program;
    const struct trace *trace;
    const float *probabilities; /* outputs in evaluation mode for the sample shown, or NULL */
    int output_count;
    int guess; /* class they mean; -1: none */
    /* For each layer of the network on screen: the layer of the other with that name and shape, and
     * other − shown of their outputs for the sample shown [shape]; -1 and NULL where there is
     * none. */
    const int *match;
    float *const *difference;
};

#endif
