#include "glassnet/nn/peak.h"

#include <time.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "nn/lane.h"

const char *peak_variant(void)
{
    return lane_best()->name;
}

int peak_cores(void)
{
#ifdef _OPENMP
    return omp_get_num_procs();
#else
    return 1;
#endif
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* One thread's operations until the time is over. */
static double run(double until)
{
    const struct lane_kernels *k = lane_best();
    float sink[16];
    double done = 0;
    do {
        sink[0] = 1.5f;
        sink[1] = 0.25f;
        done += k->peak(20000, sink);
    } while (now() < until);
    return done;
}

double peak_measure(int threads, double seconds)
{
    double done = 0, begin = now();
#ifdef _OPENMP
#pragma omp parallel num_threads(threads) reduction(+ : done)
    done += run(begin + seconds);
#else
    (void)threads;
    done = run(begin + seconds);
#endif
    return done / (now() - begin) * 1e-9;
}
