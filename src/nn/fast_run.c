#include "nn/fast.h"
#include "nn/share.h"

struct batch {
    struct fast *fast;
    fast_fill *fill;
    void *context;
};

/* The samples that this thread's steps begin with. */
static void fill_share(const struct batch *b, int me, int size)
{
    const struct fast *f = b->fast;
    const struct program *p = f->program;
    struct share n =
        share_of((size_t)f->b->n, f->split == SPLIT_BLOCKS ? (size_t)f->lanes : 1, me, size);
    if (f->fill_each)
        n = (struct share){0, (size_t)f->b->n};
    float *x = f->homes[me].rows[p->input] + n.begin * p->tensors[p->input].count;
    float *label = NULL;
    if (p->label >= 0)
        label = f->homes[me].rows[p->label] + n.begin * p->tensors[p->label].count;
    if (n.begin < n.end)
        b->fill(b->context, (int)n.begin, (int)(n.end - n.begin), x, label);
}

/* One member's part of a batch; a barrier where a step reads what another may still write. */
static void run_batch(void *batch, struct team *team, int me, int size)
{
    const struct batch *b = batch;
    const struct fast *f = b->fast;
    if (b->fill)
        fill_share(b, me, size);
    if (f->small) {
        fast_small_run(f, f->b->n);
        return;
    }
    for (int k = 0; k < f->step_count; k++) {
        if (f->steps[k].barrier && size > 1)
            team_wait(team, me);
        fast_step_run(f, &f->steps[k], team, me, size);
    }
}

void fast_run(struct fast *f, fast_fill *fill, void *context)
{
    struct batch batch = {f, fill, context};
    if (!f->adapts || f->threads < 2) {
        team_run(f->team, run_batch, &batch);
        return;
    }
    team_run(pace_begin(&f->pace) ? f->team : NULL, run_batch, &batch);
    pace_end(&f->pace, f->b->n);
}
