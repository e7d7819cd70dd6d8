/* One pass of the network that stands beside: what it needs is copied, a thread runs it, and what
 * it found is kept until there is a newer one. Private to src/session. */
#ifndef GLASSNET_SRC_SESSION_BESIDE_PASS_H
#define GLASSNET_SRC_SESSION_BESIDE_PASS_H

#include <pthread.h>
#include <stdatomic.h>

#include "session/state.h"

struct beside_pass {
    /* what it is of */
    const struct net *net; /* the other one; stays as it is while this runs */
    uint64_t pass;
    int sample, view_sample, n, targets;
    enum program_mode mode;
    uint64_t redraw;
    int64_t t; /* the optimiser's steps, which dropout's masks follow */
    bool has_loss, has_classes;
    int *samples;      /* [n] */
    float *x, *labels; /* [n][..]; labels NULL without a loss */
    /* the network on screen: numbers of each layer, and the other's layer of its name */
    int layers;
    struct shape *shapes[BESIDE_SUBJECTS]; /* [layers] */
    float **mine[BESIDE_SUBJECTS];         /* [layers], NULL where there are none */
    int *match;
    float *answer; /* [answers] or NULL */
    int answers, guess;

    /* what the thread makes of it */
    struct program *program;
    struct trace *trace; /* NULL: memory was short */
    float **apart[BESIDE_SUBJECTS];
    float *other_answer;
    int other_guess;

    pthread_t thread;
    bool running;
    atomic_bool done;
};

/* Copies what is on screen and starts. */
struct beside_pass *beside_pass_begin(const struct session *s, const struct net *other);
/* Is it over? Never waits. */
bool beside_pass_is_over(struct beside_pass *p);
void beside_pass_wait(struct beside_pass *p);
void beside_pass_destroy(struct beside_pass *p); /* waits; NULL is allowed */

#endif
