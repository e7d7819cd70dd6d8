/* Side by side, as views see it: another network's pass of the samples on screen, beside the one
 * shown. A thread works it out; all of a view here is of one pass, which may be the one before that
 * on screen while the next is under way. Command: beside (docs/cli.md). */
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

/* What of a layer is set side by side. */
enum beside_subject {
    BESIDE_OUTPUTS,          /* its outputs for the sample shown */
    BESIDE_OUTPUT_GRADIENTS, /* the loss' derivative by them */
    BESIDE_WEIGHTS,          /* its W */
    BESIDE_WEIGHT_GRADIENTS, /* the loss' derivative by it */
    BESIDE_SUBJECTS
};

/* What one of the two networks makes of the sample shown, in evaluation mode. */
struct beside_answer {
    const float *outputs; /* [count] or NULL */
    int count;
    int guess; /* class they mean; -1: none */
};

/* For the samples on screen, in the mode on screen. */
struct beside_view {
    enum beside_kind kind;
    const char *title;     /* "start of the run", the branch's or the file's name */
    const struct net *net; /* NULL: none, as what follows */
    bool running;          /* a newer pass is under way */
    const struct program *program;
    const struct trace *trace; /* NULL: the first one is still under way */
    int sample, view_sample;   /* of that pass, as in the snapshot */
    bool has_loss;             /* the other network's loss can read these labels */
    struct beside_answer here, there;
    int layers;
    /* For each layer of the network on screen: that of the other of the same name, or -1; */
    const int *match;
    /* its own numbers [subject][layer], and other − shown, NULL where there are none or the two
     * have other shapes. */
    float *const *mine[BESIDE_SUBJECTS];
    float *const *apart[BESIDE_SUBJECTS];
};

/* The tensor of a layer's numbers in a program, or -1. */
int beside_tensor(const struct program *program, enum beside_subject subject, int layer);
/* The numbers of the other network's layer, or NULL. */
const float *beside_theirs(const struct beside_view *b, enum beside_subject subject, int layer);

#endif
