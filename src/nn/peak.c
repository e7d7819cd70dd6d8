#include "glassnet/nn/peak.h"

#include <stdlib.h>
#include <time.h>

#include "glassnet/base/mem.h"
#include "nn/lane.h"
#include "nn/team.h"

const char *peak_variant(void)
{
    return lane_best()->name;
}

int peak_cores(void)
{
    return team_processors();
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

struct measure {
    double until;
    double *done; /* operations, by thread */
};

/* One thread's operations until the time is over. */
static void run(void *measure, struct team *team, int me, int size)
{
    struct measure *m = measure;
    const struct lane_kernels *k = lane_best();
    float sink[16];
    double done = 0;
    (void)team;
    (void)size;
    do {
        sink[0] = 1.5f;
        sink[1] = 0.25f;
        done += k->peak(20000, sink);
    } while (now() < m->until);
    m->done[me] = done;
}

double peak_measure(int threads, double seconds)
{
    struct team *team = team_create(threads);
    struct measure m = {.done = mem_zalloc((size_t)threads, sizeof *m.done)};
    double done = 0, begin = now();
    m.until = begin + seconds;
    team_run(team, run, &m);
    double took = now() - begin;
    for (int k = 0; k < threads; k++)
        done += m.done[k];
    team_destroy(team);
    free(m.done);
    return done / took * 1e-9;
}
