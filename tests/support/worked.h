/* Passes worked by hand: a small network with given parameters, run on a given batch, whose
 * tensors are compared with numbers from a comment's working. */
#ifndef GLASSNET_TESTS_SUPPORT_WORKED_H
#define GLASSNET_TESTS_SUPPORT_WORKED_H

#include "glassnet/nn/net.h"
#include "glassnet/step/trace.h"

struct worked {
    struct net *net;
    struct program *program;
    struct trace *trace;
    int targets;
};

#define FLOATS(...)                                                                                \
    (int)(sizeof((float[]){__VA_ARGS__}) / sizeof(float)), (float[])                               \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

/* Parses the network; targets is how many numbers a label has, 0 for classes. */
void worked_open(struct worked *w, const char *text, int targets);
void worked_close(struct worked *w);

/* Sets a parameter ("out.W"): worked_set(&w, "out.W", FLOATS(1, 2)). */
void worked_set(struct worked *w, const char *name, int count, const float *values);

/* Runs a pass of n samples in that mode, its samples numbered 0 ... n - 1 and moments 0. */
void worked_run(struct worked *w, enum program_mode mode, int n, const float *x,
                const float *labels);

/* A tensor of the pass; its numbers, all of them, are these (within the tolerance). */
const float *worked_tensor(const struct worked *w, const char *name);
void worked_expect(const struct worked *w, const char *name, int count, const float *expected);
void worked_near(const struct worked *w, const char *name, double tolerance, int count,
                 const float *expected);

/* Every variant of the plain engine, each operation run in pieces of several sizes, gives the
 * bits of the trace. */
void worked_same_bits(const struct trace *t);

#endif
