#include "glassnet/nn/kernels.h"

#include <time.h>

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
        if (part_of(f->steps[k].kind, &part) && f->steps[k].chain != CHAIN_LAST) {
            const struct layer *l = &t->net->layers[f->steps[k].op->layer];
            double flop = flop_of(l, t->buffers.n);
            bool alone = f->steps[k].chain != CHAIN_NONE;
            if (alone)
                flop /= f->threads;
            list[count++] = (struct kernel){l->name, part, flop, k, alone};
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

struct measured {
    const struct fast *fast;
    const struct fast_step *step;
    int series; /* turns between two looks at the clock */
    double seconds, begin, took;
    long turns;
    bool over;
};

static void repeat(void *context, struct team *team, int me, int size)
{
    struct measured *m = context;
    bool over = false;
    while (!over) {
        for (int k = 0; k < m->series; k++) {
            fast_step_run(m->fast, m->step, team, me, size);
            team_wait(team, me);
        }
        if (me == 0) {
            m->took = now() - m->begin;
            m->turns += m->series;
            m->over = m->took >= m->seconds;
        }
        team_wait(team, me);
        over = m->over;
        team_wait(team, me); /* all have read it before it is set anew */
    }
}

double kernel_measure(const struct trainer *t, const struct kernel *k, double seconds)
{
    struct measured m = {.fast = t->fast,
                         .step = &t->fast->steps[k->step],
                         .series = 1 + (int)(SERIES_FLOP / k->flop),
                         .seconds = seconds,
                         .begin = now()};
    team_run(t->fast->team, repeat, &m);
    return k->flop * (double)m.turns / m.took * 1e-9;
}
