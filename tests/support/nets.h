/* Small networks of every kind, for tests that ask the same of all of them. */
#ifndef GLASSNET_TESTS_SUPPORT_NETS_H
#define GLASSNET_TESTS_SUPPORT_NETS_H

#include "glassnet/nn/net.h"
#include "glassnet/step/trace.h"

struct test_net {
    const char *name;
    const char *text;
    int targets; /* 0: labels are classes */
};

extern const struct test_net test_nets[];
extern const int test_net_count;

/* Parses it, and gives every parameter a seeded number that is neither 0 nor 1. */
struct net *test_net_make(const struct test_net *t, uint64_t seed);

/* A seeded batch for it: x and labels from malloc. */
void test_net_batch(const struct net *net, int targets, int n, uint64_t seed, float **x,
                    float **labels);

/* A trace of a seeded batch with moments that are not 0. program is created and must be
 * destroyed by the caller after the trace. */
struct trace *test_net_trace(const struct net *net, int targets, int n, uint64_t seed,
                             enum program_mode mode, struct program **program);

#endif
