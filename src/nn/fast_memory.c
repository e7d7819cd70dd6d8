/* Where the fast engine keeps its numbers: lanes, scratch, and each thread's own copies. */
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "nn/fast_planner.h"

/* Numbers handed out from one block, each piece at the start of a cache line. */
struct carver {
    float *block; /* NULL: only counted */
    size_t used;
};

static float *carve(struct carver *c, size_t count)
{
    float *piece = c->block ? c->block + c->used : NULL;
    c->used += (count + 31) / 32 * 32;
    return piece;
}

static size_t lanes_count(const struct planner *pl, int tensor)
{
    size_t lanes = (size_t)pl->f->lanes;
    size_t blocks = ((size_t)pl->b->n + lanes - 1) / lanes;
    return blocks * lanes * pl->p->tensors[tensor].count;
}

/* The weight gradients' sums, and the kernels' gradients padded to whole vectors. */
static void carve_scratch(struct planner *pl, struct carver *c)
{
    for (int k = 0; k < pl->f->step_count; k++) {
        struct fast_step *s = &pl->f->steps[k];
        const struct lane_conv *d = &s->conv;
        if (s->kind != FAST_CONV_DW)
            continue;
        size_t weights = (size_t)d->U * (size_t)d->V * (size_t)d->C;
        size_t rows = s->kp == d->K ? 0 : (size_t)pl->b->n * (size_t)d->P * (size_t)d->Q;
        for (int j = 0; j < k && s->chain == CHAIN_LAST; j++)
            if (pl->f->steps[j].out == s->out && pl->f->steps[j].chain == CHAIN_FIRST)
                s->scratch = pl->f->steps[j].scratch;
        if (s->chain == CHAIN_LAST)
            continue;
        s->scratch = c->used;
        carve(c, (weights + rows) * (size_t)s->kp);
    }
}

/* Does each thread keep rows of its own? Also where they only lie beside each other: what a
 * processor fetches ahead takes the neighbour's lines away from the other core. */
static bool has_own_rows(const struct planner *pl, int tensor)
{
    const struct place *at = &pl->at[tensor];
    return at->each || (pl->f->split == SPLIT_FEATURES && pl->p->tensors[tensor].batched &&
                        !pl->at[pl->lane_of[tensor]].rows_met);
}

/* One thread's; the first one's rows are the buffers'. */
static void carve_home(struct planner *pl, struct carver *c, struct fast_home *h, bool first)
{
    const struct program *p = pl->p;
    const struct fast_home *shared = pl->f->homes;
    for (int t = 0; t < p->tensor_count; t++) {
        if (pl->at[t].wants_lanes && pl->lane_of[t] == t)
            h->lane[t] = first || pl->at[t].each ? carve(c, lanes_count(pl, t)) : shared->lane[t];
        h->rows[t] = pl->b->at[t];
        if (first || !h->rows[t] || !has_own_rows(pl, t))
            continue;
        for (int other = 0; other < t; other++) /* places shared stay shared */
            if (pl->b->at[other] == pl->b->at[t] && has_own_rows(pl, other))
                h->rows[t] = h->rows[other];
        if (h->rows[t] == pl->b->at[t])
            h->rows[t] = carve(c, (size_t)pl->b->n * p->tensors[t].count);
    }
    for (int t = 0; t < p->tensor_count; t++)
        h->lane[t] = h->lane[pl->lane_of[t]];
}

static void carve_all(struct planner *pl, struct carver *c)
{
    for (int k = 0; k < pl->f->threads; k++)
        carve_home(pl, c, &pl->f->homes[k], k == 0);
    carve_scratch(pl, c);
}

bool plan_memory(struct planner *pl, struct err *err)
{
    struct fast *f = pl->f;
    size_t tensors = (size_t)pl->p->tensor_count;
    struct carver c = {0};
    f->homes = mem_zalloc((size_t)f->threads, sizeof *f->homes);
    for (int k = 0; k < f->threads; k++) {
        f->homes[k].lane = mem_zalloc(tensors, sizeof(float *));
        f->homes[k].rows = mem_zalloc(tensors, sizeof(float *));
    }
    carve_all(pl, &c);
    size_t bytes = (c.used + 16) * sizeof(float);
    if (posix_memalign((void **)&c.block, 128, bytes))
        return err_set(err, ERR_IO, NULL, 0,
                       "training needs %zu MB of memory, which is not there; take a smaller batch",
                       bytes >> 20);
    memset(c.block, 0, bytes);
    c.used = 0;
    carve_all(pl, &c);
    f->block = f->scratch = c.block;
    return true;
}

void fast_destroy(struct fast *f)
{
    if (!f)
        return;
    team_destroy(f->team);
    for (int k = 0; f->homes && k < f->threads; k++) {
        free(f->homes[k].lane);
        free(f->homes[k].rows);
    }
    free(f->homes);
    free(f->block);
    free(f->steps);
    free(f->small);
    free(f);
}
