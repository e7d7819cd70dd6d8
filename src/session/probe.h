/* Probes: the loss for several values of one number, computed in a thread of its own so that the
 * screen never waits. Private to src/session. */
#ifndef GLASSNET_SRC_SESSION_PROBE_H
#define GLASSNET_SRC_SESSION_PROBE_H

#include <pthread.h>
#include <stdatomic.h>

#include "glassnet/step/nudge.h"

/* Zeroed: nothing asked. */
struct probe {
    struct cell cell;
    uint64_t pass;  /* the pass it belongs to */
    double at;      /* the number's value in it */
    double epsilon; /* of a nudge */
    int count;
    double *values, *losses; /* [count]; owned */
    bool ready;
    bool running;
    pthread_t thread;
    atomic_bool stop, done;
    struct nudge *nudge;
};

/* Starts computing the losses for p->count values (which are set, as are cell, at, pass); takes
 * nudge over. */
void probe_start(struct probe *p, struct nudge *nudge);
/* Has it come to its end since? Never waits. */
bool probe_take(struct probe *p);
void probe_wait(struct probe *p);
/* Ends it and forgets what it found. */
void probe_clear(struct probe *p);

#endif
