/* The walkers and the surface they walk on. */
#include "session/optimizers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

enum { LOSS_SIDE = 48 };

enum optimiser_kind walker_kind(int i)
{
    static const enum optimiser_kind kinds[WALKERS] = {OPT_SGD,     OPT_MOMENTUM, OPT_NESTEROV,
                                                       OPT_ADAGRAD, OPT_RMSPROP,  OPT_ADAM};
    return kinds[i];
}

/* --- the grid -------------------------------------------------------------------------------- */

static float place(const struct optimizers *o, int axis, int i)
{
    return o->low[axis] + (o->high[axis] - o->low[axis]) * (float)i / (float)(o->side - 1);
}

static void fill_row(struct optimizers *o, int row)
{
    float ignored[2];
    for (int i = 0; i < o->side; i++) {
        float x = place(o, 0, i), y = place(o, 1, row);
        o->losses[row * o->side + i] = o->surface == SURFACE_LOSS
                                           ? slice_loss(&o->drawn, x, y)
                                           : surface_value(o->surface, x, y, ignored);
    }
}

static void *draw_grid(void *context)
{
    struct optimizers *o = context;
    for (int row = 0; row < o->side && !atomic_load(&o->stop); row++) {
        fill_row(o, row);
        atomic_store(&o->rows, row + 1);
    }
    return NULL;
}

static void end_grid(struct optimizers *o)
{
    walk_end(o);
    atomic_store(&o->stop, true);
    if (o->running)
        pthread_join(o->thread, NULL);
    o->running = false;
    slice_deinit(&o->drawn);
    slice_deinit(&o->walked);
}

static void begin_grid(struct optimizers *o)
{
    free(o->losses);
    o->side = o->surface == SURFACE_LOSS ? LOSS_SIDE : WALK_SIDE;
    o->losses = mem_zalloc((size_t)(o->side * o->side), sizeof *o->losses);
    o->rows_seen = 0;
    atomic_store(&o->rows, 0);
    atomic_store(&o->stop, false);
    if (o->surface == SURFACE_LOSS)
        o->running = pthread_create(&o->thread, NULL, draw_grid, o) == 0;
    if (!o->running)
        draw_grid(o); /* a function takes no time; without a thread the screen waits this once */
}

/* --- the surface ----------------------------------------------------------------------------- */

static bool take_loss(struct optimizers *o, const struct trace *t, const struct cell cells[2],
                      struct err *err)
{
    char name[320];
    if (!slice_init(&o->walked, t, cells, err) || !slice_init(&o->drawn, t, cells, err))
        return false;
    for (int i = 0; i < 2; i++) {
        float now = cell_value(t, cells[i]), reach = fmaxf(1, 2 * fabsf(now));
        o->low[i] = now - reach;
        o->high[i] = now + reach;
        o->start[i] = now;
        cell_title(t->program, cells[i], name, sizeof name);
        snprintf(o->axes[i], sizeof o->axes[i], "%.79s", name);
    }
    return true;
}

static void take_function(struct optimizers *o)
{
    static const float starts[SURFACES][2] = {
        [SURFACE_BOWL] = {-2.4f, 1.8f},
        [SURFACE_RAVINE] = {-2.6f, 0.8f},
        [SURFACE_SADDLE] = {-2.2f, 0.05f},
        [SURFACE_WAVES] = {-2.4f, 2.2f},
    };
    for (int i = 0; i < 2; i++) {
        o->low[i] = -3;
        o->high[i] = 3;
        o->start[i] = starts[o->surface][i];
        snprintf(o->axes[i], sizeof o->axes[i], "%c", 'x' + i);
    }
}

bool optimizers_surface(struct optimizers *o, enum surface_kind kind, const struct trace *t,
                        const struct cell cells[2], struct err *err)
{
    end_grid(o);
    o->surface = kind;
    if (kind == SURFACE_LOSS && !take_loss(o, t, cells, err)) {
        slice_deinit(&o->walked);
        o->surface = SURFACE_BOWL;
        take_function(o);
        begin_grid(o);
        optimizers_restart(o);
        return false;
    }
    if (kind != SURFACE_LOSS)
        take_function(o);
    for (int i = 0; i < WALKERS; i++)
        o->walkers[i].best = 0;
    begin_grid(o);
    optimizers_restart(o);
    return true;
}

void optimizers_end(struct optimizers *o)
{
    race_end(o);
    end_grid(o);
    for (int i = 0; i < WALKERS; i++) {
        pair_destroy(o->walkers[i].pair);
        free(o->walkers[i].path);
    }
    free(o->losses);
    memset(o, 0, sizeof *o);
}

bool optimizers_update(struct optimizers *o)
{
    int rows = atomic_load(&o->rows);
    bool fresh = rows != o->rows_seen;
    o->rows_seen = rows;
    fresh = walk_update(o) || fresh;
    return race_update(o) || fresh;
}

void optimizers_wait(struct optimizers *o)
{
    if (o->running)
        pthread_join(o->thread, NULL);
    o->running = false;
    walk_wait(o);
    race_wait(o);
    optimizers_update(o);
}

const struct optimizers_view *optimizers_look(struct optimizers *o, uint64_t pass)
{
    struct optimizers_view *v = &o->view;
    *v = (struct optimizers_view){.ready = o->ready,
                                  .surface = o->surface,
                                  .low = {o->low[0], o->low[1]},
                                  .high = {o->high[0], o->high[1]},
                                  .side = o->side,
                                  .rows = o->rows_seen,
                                  .losses = o->losses,
                                  .stale = o->surface == SURFACE_LOSS && pass != o->pass,
                                  .start = {o->start[0], o->start[1]},
                                  .mu = o->mu};
    memcpy(v->axes, o->axes, sizeof v->axes);
    for (int i = 0; i < WALKERS; i++) {
        const struct walker *w = &o->walkers[i];
        v->walkers[i] = (struct walker_view){walker_kind(i), w->on,    w->rate, w->best,
                                             w->path,        w->count, w->left};
        if (w->count - 1 > v->steps)
            v->steps = w->count - 1;
    }
    walk_look(o, &v->walk);
    race_look(o, &v->race);
    return v;
}
