#include "glassnet/nn/kernels.h"

#include <time.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "nn/fast.h"

static bool part_of(enum fast_kind kind, enum kernel_part *part)
{
    switch (kind) {
    case FAST_DENSE:
    case FAST_CONV:
        *part = KERNEL_FORWARD;
        return true;
    case FAST_DENSE_DX:
    case FAST_CONV_DX:
        *part = KERNEL_TO_DATA;
        return true;
    case FAST_DENSE_DW:
    case FAST_CONV_DW:
        *part = KERNEL_TO_WEIGHTS;
        return true;
    default:
        return false;
    }
}

/* Every part of a layer multiplies each weight with the same numbers. */
static double flop_of(const struct layer *l, int batch)
{
    double inputs = l->kind == LAYER_DENSE
                        ? (double)l->in.dim[0]
                        : (double)l->kernel_h * (double)l->kernel_w * (double)l->in.dim[2];
    return 2.0 * batch * inputs * (double)shape_count(&l->out);
}

int kernels_list(const struct trainer *t, struct kernel *list, int most)
{
    const struct fast *f = t->fast;
    int count = 0;
    enum kernel_part part;
    for (int k = 0; k < f->step_count && count < most; k++)
        if (part_of(f->steps[k].kind, &part)) {
            const struct layer *l = &t->net->layers[f->steps[k].op->layer];
            list[count++] = (struct kernel){l->name, part, flop_of(l, t->buffers.n), k};
        }
    return count;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#define SERIES_FLOP 4e6

double kernel_measure(const struct trainer *t, const struct kernel *k, double seconds)
{
    const struct fast *f = t->fast;
    const struct fast_step *s = &f->steps[k->step];
    const int series = 1 + (int)(SERIES_FLOP / k->flop); /* between two looks at the clock */
    double begin = now(), took = 0;
    long turns = 0;
#ifdef _OPENMP
    bool more = true;
#pragma omp parallel num_threads(f->threads)
    while (more) {
        for (int r = 0; r < series; r++) {
            fast_step_run(f, s, omp_get_thread_num(), omp_get_num_threads());
#pragma omp barrier
        }
#pragma omp single
        {
            took = now() - begin;
            turns += series;
            more = took < seconds;
        }
    }
#else
    do {
        for (int r = 0; r < series; r++)
            fast_step_run(f, s, 0, 1);
        took = now() - begin;
        turns += series;
    } while (took < seconds);
#endif
    return k->flop * (double)turns / took * 1e-9;
}
