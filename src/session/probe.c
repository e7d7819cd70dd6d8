/* The loss along one number: nudge test and slope. */
#include "session/probe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/state.h"

#define NUDGE_EPSILON 1e-3
#define SLOPE_POINTS  121

static void *run(void *context)
{
    struct probe *p = context;
    for (int i = 0; i < p->count && !atomic_load(&p->stop); i++)
        p->losses[i] = nudge_loss(p->nudge, p->cell, p->values[i]);
    atomic_store(&p->done, true);
    return NULL;
}

static void finish(struct probe *p, bool ready)
{
    nudge_destroy(p->nudge);
    p->nudge = NULL;
    p->running = false;
    p->ready = ready;
}

void probe_start(struct probe *p, struct nudge *nudge)
{
    p->nudge = nudge;
    atomic_store(&p->stop, false);
    atomic_store(&p->done, false);
    p->ready = false;
    p->running = pthread_create(&p->thread, NULL, run, p) == 0;
    if (p->running)
        return;
    run(p); /* no thread is to be had: the screen waits this once */
    finish(p, true);
}

bool probe_take(struct probe *p)
{
    if (!p->running || !atomic_load(&p->done))
        return false;
    pthread_join(p->thread, NULL);
    finish(p, true);
    return true;
}

void probe_wait(struct probe *p)
{
    if (!p->running)
        return;
    pthread_join(p->thread, NULL);
    finish(p, true);
}

void probe_clear(struct probe *p)
{
    atomic_store(&p->stop, true);
    probe_wait(p);
    free(p->values);
    free(p->losses);
    p->values = p->losses = NULL;
    p->count = 0;
    p->ready = false;
    p->cell = CELL_NONE;
}

/* The selected cell where the line names none. */
static bool read_cell(struct session *s, struct text *rest, struct cell *cell, struct err *err)
{
    char name[NAME_SIZE];
    *cell = s->selected;
    if (text_trim(*rest).n > 0 && !cell_argument(s, rest, cell, err))
        return false;
    if (!cell_is(*cell))
        return err_set(err, ERR_STATE, NULL, 0, "select a number first, or name one");
    if (nudge_can_move(s->program, *cell))
        return true;
    return err_set(err, ERR_STATE, NULL, 0,
                   "%s cannot be moved by itself: only inputs and parameters can, in a network "
                   "with a loss",
                   cell_name(s->program, *cell, name, sizeof name));
}

/* Makes the probe ready for count values. */
static struct nudge *prepare(struct session *s, struct probe *p, struct cell cell, int count,
                             struct err *err)
{
    struct nudge *nudge = nudge_create(s->trace, err);
    if (!nudge)
        return NULL;
    probe_clear(p);
    p->cell = cell;
    p->pass = s->passes;
    p->at = nudge_value(nudge, cell);
    p->count = count;
    p->values = mem_zalloc((size_t)count, sizeof *p->values);
    p->losses = mem_zalloc((size_t)count, sizeof *p->losses);
    return nudge;
}

static bool is_positive(double value, struct err *err)
{
    return (value > 0 && isfinite(value)) ||
           err_set(err, ERR_USAGE, NULL, 0, "a nudge is above 0, as in 0.001; found %g", value);
}

bool command_nudge(struct session *s, struct text rest, struct err *err)
{
    struct cell cell;
    double epsilon = NUDGE_EPSILON;
    if (!read_cell(s, &rest, &cell, err) ||
        (text_trim(rest).n > 0 && !argument_number(&rest, "a small number", &epsilon, err)) ||
        !arguments_end(rest, err) || !is_positive(epsilon, err))
        return false;
    struct probe *p = &s->nudge;
    struct nudge *nudge = prepare(s, p, cell, 3, err);
    if (!nudge)
        return false;
    p->epsilon = epsilon;
    for (int i = 0; i < 3; i++)
        p->values[i] = p->at + (i - 1) * epsilon;
    probe_start(p, nudge);
    return true;
}

bool command_slope(struct session *s, struct text rest, struct err *err)
{
    struct cell cell;
    double low = 0, high = 0;
    if (!read_cell(s, &rest, &cell, err))
        return false;
    bool range = text_trim(rest).n > 0;
    if (range && (!argument_number(&rest, "where the curve begins", &low, err) ||
                  !argument_number(&rest, "where it ends", &high, err)))
        return false;
    if (!arguments_end(rest, err))
        return false;
    if (range && !(high > low && isfinite(high - low)))
        return err_set(err, ERR_USAGE, NULL, 0,
                       "the curve goes from a smaller number to a larger "
                       "one; found %g and %g",
                       low, high);
    struct probe *p = &s->slope;
    struct nudge *nudge = prepare(s, p, cell, SLOPE_POINTS, err);
    if (!nudge)
        return false;
    double reach = fmax(1, 2 * fabs(p->at));
    low = range ? low : p->at - reach;
    high = range ? high : p->at + reach;
    for (int i = 0; i < SLOPE_POINTS; i++)
        p->values[i] = low + (high - low) * i / (SLOPE_POINTS - 1);
    probe_start(p, nudge);
    return true;
}
