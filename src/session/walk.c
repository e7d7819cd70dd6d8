/* The walkers' steps: on a function at once, on a network's loss in a thread of their own. */
#include <math.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "session/optimizers.h"

enum { TRIAL_STEPS = 100 };

static const float trial_rates[] = {0.001f, 0.003f, 0.01f, 0.03f, 0.1f, 0.3f, 1};
#define TRIALS (int)(sizeof trial_rates / sizeof *trial_rates)

static float evaluate(struct optimizers *o, float x, float y, float gradient[2])
{
    return o->surface == SURFACE_LOSS ? slice_gradient(&o->walked, x, y, gradient)
                                      : surface_value(o->surface, x, y, gradient);
}

void optimizers_restart(struct optimizers *o)
{
    float ignored[2];
    walk_end(o);
    o->walk.turn = 0;
    float loss = evaluate(o, o->start[0], o->start[1], ignored);
    for (int i = 0; i < WALKERS; i++) {
        struct walker *w = &o->walkers[i];
        pair_destroy(w->pair);
        w->pair = NULL;
        if (!w->path)
            w->path = mem_zalloc(WALK_STEPS + 1, sizeof *w->path);
        w->path[0] = (struct walk_point){o->start[0], o->start[1], loss};
        w->count = 1;
        w->left = false;
    }
}

/* One step of a pair; false when its numbers are no longer finite. */
static bool walk(struct optimizers *o, struct pair *p, float rate, struct walk_point *to)
{
    float gradient[2];
    evaluate(o, pair_at(p)[0], pair_at(p)[1], gradient);
    pair_step(p, gradient, rate);
    const float *at = pair_at(p);
    if (!isfinite(at[0]) || !isfinite(at[1]))
        return false;
    to->x = at[0];
    to->y = at[1];
    to->loss = evaluate(o, at[0], at[1], gradient);
    return isfinite(to->loss);
}

static bool make_pairs(struct optimizers *o, struct err *err)
{
    for (int i = 0; i < WALKERS; i++) {
        struct walker *w = &o->walkers[i];
        if (w->on && !w->pair)
            w->pair = pair_create(walker_kind(i), o->mu, o->start, err);
        if (w->on && !w->pair)
            return false;
    }
    return true;
}

/* --- in a thread or at once ------------------------------------------------------------------ */

static bool goes_on(const struct walk *k, int i)
{
    return k->walks[i] && !k->left[i] && atomic_load(&k->count[i]) <= WALK_STEPS;
}

static bool anyone_goes_on(const struct walk *k)
{
    for (int i = 0; i < WALKERS; i++)
        if (goes_on(k, i))
            return true;
    return false;
}

/* A step of each in turn, so that a look at them in between is fair. A pause waits for one walker's
 * step at most: the turn is gone on with the next time. */
static void step_all(struct optimizers *o)
{
    struct walk *k = &o->walk;
    do {
        for (int i = k->turn; i < WALKERS; i++) {
            k->turn = i;
            if (atomic_load(&k->stop) == WALK_PAUSES)
                return;
            if (!goes_on(k, i))
                continue;
            struct walker *w = &o->walkers[i];
            int count = atomic_load(&k->count[i]);
            k->left[i] = !walk(o, w->pair, w->rate, &w->path[count]);
            if (!k->left[i])
                atomic_store(&k->count[i], count + 1);
        }
        k->turn = 0;
    } while (atomic_fetch_add(&k->steps, 1) + 1 < atomic_load(&k->of) && anyone_goes_on(k) &&
             !atomic_load(&k->stop));
}

/* Where a hundred steps of this rate end: the loss, infinity when they run off. */
static float try_rate(struct optimizers *o, enum optimiser_kind kind, float rate)
{
    struct pair *p = pair_create(kind, o->mu, o->start, NULL);
    struct walk_point at = {0, 0, INFINITY};
    bool goes = p != NULL;
    int k = 0;
    for (; goes && k < TRIAL_STEPS && !atomic_load(&o->walk.stop); k++) {
        goes = walk(o, p, rate, &at);
        atomic_fetch_add(&o->walk.steps, 1);
    }
    atomic_fetch_add(&o->walk.steps, TRIAL_STEPS - k);
    pair_destroy(p);
    return goes ? at.loss : INFINITY;
}

static void try_rates(struct optimizers *o)
{
    for (int i = 0; i < WALKERS; i++) {
        float least = INFINITY;
        o->walk.best[i] = 0;
        for (int k = 0; o->walkers[i].on && k < TRIALS && !atomic_load(&o->walk.stop); k++) {
            float loss = try_rate(o, walker_kind(i), trial_rates[k]);
            if (!(loss < least))
                continue;
            least = loss;
            o->walk.best[i] = trial_rates[k];
        }
    }
}

static void *run(void *context)
{
    struct optimizers *o = context;
    if (o->walk.finds_rates)
        try_rates(o);
    else
        step_all(o);
    atomic_store(&o->walk.done, true);
    return NULL;
}

/* --- what becomes of it ---------------------------------------------------------------------- */

/* The steps that are there; true when there are more than before. */
static bool take_steps(struct optimizers *o)
{
    bool fresh = false;
    for (int i = 0; i < WALKERS; i++) {
        struct walker *w = &o->walkers[i];
        int count = atomic_load(&o->walk.count[i]);
        fresh = fresh || count != w->count;
        w->count = count;
        if (!o->walk.running)
            w->left = o->walk.left[i];
    }
    return fresh;
}

/* The thread is over, or there was none. */
static void finish(struct optimizers *o)
{
    struct walk *k = &o->walk;
    if (k->running)
        pthread_join(k->thread, NULL);
    k->running = false;
    if (!k->finds_rates)
        take_steps(o);
    if (!k->finds_rates || atomic_load(&k->stop))
        return;
    for (int i = 0; i < WALKERS; i++) {
        struct walker *w = &o->walkers[i];
        w->best = k->best[i];
        if (w->best > 0)
            w->rate = w->best;
    }
    optimizers_restart(o);
}

static bool begin(struct optimizers *o)
{
    struct walk *k = &o->walk;
    atomic_store(&k->stop, WALK_GOES);
    atomic_store(&k->done, false);
    atomic_store(&k->steps, 0);
    for (int i = 0; i < WALKERS; i++) {
        atomic_store(&k->count[i], o->walkers[i].count);
        k->left[i] = o->walkers[i].left;
    }
    k->running = o->surface == SURFACE_LOSS && pthread_create(&k->thread, NULL, run, o) == 0;
    if (k->running)
        return true;
    run(o); /* a function takes no time; without a thread the screen waits this once */
    finish(o);
    return true;
}

static void stop(struct optimizers *o, enum walk_stop how)
{
    if (!o->walk.running)
        return;
    atomic_store(&o->walk.stop, how);
    finish(o);
}

int walk_pause(struct optimizers *o)
{
    struct walk *k = &o->walk;
    if (!k->running)
        return 0;
    stop(o, WALK_PAUSES);
    int left = atomic_load(&k->of) - atomic_load(&k->steps);
    return k->finds_rates || left < 0 ? 0 : left;
}

void walk_end(struct optimizers *o)
{
    stop(o, WALK_ENDS);
}

/* The thread walks already, with the same walkers: it only gets more to do. */
static bool takes_more(const struct optimizers *o)
{
    const struct walk *k = &o->walk;
    if (!k->running || k->finds_rates)
        return false;
    for (int i = 0; i < WALKERS; i++)
        if (k->walks[i] != o->walkers[i].on)
            return false;
    return true;
}

bool optimizers_step(struct optimizers *o, int steps, struct err *err)
{
    if (takes_more(o)) {
        atomic_fetch_add(&o->walk.of, steps);
        return true;
    }
    steps += walk_pause(o); /* those asked for before come first */
    if (!make_pairs(o, err))
        return false;
    o->walk.finds_rates = false;
    atomic_store(&o->walk.of, steps);
    for (int i = 0; i < WALKERS; i++)
        o->walk.walks[i] = o->walkers[i].on;
    return begin(o);
}

bool optimizers_find_rates(struct optimizers *o, struct err *err)
{
    (void)err;
    int on = 0;
    walk_end(o);
    for (int i = 0; i < WALKERS; i++)
        on += o->walkers[i].on;
    o->walk.finds_rates = true;
    atomic_store(&o->walk.of, on * TRIALS * TRIAL_STEPS);
    return begin(o);
}

/* The thread is over. It may have looked just before it got more to do: that is begun anew. */
static void end_or_go_on(struct optimizers *o)
{
    struct walk *k = &o->walk;
    finish(o);
    int left = atomic_load(&k->of) - atomic_load(&k->steps);
    if (k->finds_rates || left <= 0 || !anyone_goes_on(k))
        return;
    atomic_store(&k->of, left);
    begin(o);
}

bool walk_update(struct optimizers *o)
{
    struct walk *k = &o->walk;
    if (!k->running)
        return false;
    if (!atomic_load(&k->done))
        return k->finds_rates || take_steps(o); /* the progress moves */
    end_or_go_on(o);
    return true;
}

void walk_wait(struct optimizers *o)
{
    while (o->walk.running)
        end_or_go_on(o);
}

void walk_look(const struct optimizers *o, struct walk_view *v)
{
    const struct walk *k = &o->walk;
    *v = (struct walk_view){.running = k->running,
                            .finds_rates = k->finds_rates,
                            .steps = atomic_load(&k->steps),
                            .of = atomic_load(&k->of)};
}
