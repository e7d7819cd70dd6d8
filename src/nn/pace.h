/* One thread or all of them? On a machine that is busy with other things, threads that wait for
 * each other can be slower than one alone, by far. The bits are the same, so the faster way is
 * found by trying: the other way gets a turn now and then, the more seldom the worse it does. */
#ifndef GLASSNET_SRC_NN_PACE_H
#define GLASSNET_SRC_NN_PACE_H

#include <stdbool.h>
#include <time.h>

#define PACE_SOONEST 64 /* turns until the other way is tried again */
#define PACE_LATEST  8192

struct pace {
    bool use_all;  /* all threads now, or one */
    bool trying;   /* this turn is a try of the other way */
    int wait, gap; /* turns until the other way is tried, and between tries */
    double usual;  /* seconds a unit of work takes lately */
    double start;
};

static inline double pace_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline void pace_init(struct pace *p)
{
    *p = (struct pace){.use_all = true, .wait = 4, .gap = 4};
}

/* Begins a turn: true when all threads are to do it. */
static inline bool pace_begin(struct pace *p)
{
    p->trying = p->wait == 0;
    p->start = pace_now();
    return p->use_all != p->trying;
}

/* Ends it; `units` of work were done. */
static inline void pace_end(struct pace *p, double units)
{
    double took = (pace_now() - p->start) / units;
    if (!p->trying) {
        p->wait--;
        p->usual += (p->usual > 0 ? 0.1 : 1.0) * (took - p->usual);
        return;
    }
    if (took < p->usual) {
        p->use_all = !p->use_all;
        p->usual = took;
        p->gap = PACE_SOONEST;
    } else if (took > 1.2 * p->usual) {
        p->gap = p->gap < PACE_LATEST ? 2 * p->gap : PACE_LATEST;
    }
    p->wait = p->gap;
}

#endif
