/* What the network says everywhere on the plane or the line: a trace of a grid of points, run in a
 * thread of its own from a copy of the parameters, again and again while they change. */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/data/plane.h"
#include "session/state.h"

#define SIDE_MOST    512
#define NUMBERS_MOST 4000000 /* of the grid; wide networks get a coarser one */
#define TRAIN_MOST   1000    /* of the set's samples, and of those held out */
#define TEST_MOST    500

struct field {
    int asked, side;
    int axes;
    unsigned features;
    char spec[512];                /* of the set that the frame is of, */
    const struct dataset *checked; /* and which lies in it; only compared */
    struct net *net;               /* a copy without a loss; NULL: to be made */
    struct program *program;
    int *samples;                  /* [grid + train + test] -1 each */
    float *x;                      /* [grid + train + test][inputs] */
    struct plane_field now, shown; /* what the thread works out, and what is shown */
    struct trace *trace;           /* of that */
    struct trace *next;            /* the thread's */
    pthread_t thread;
    bool running;
    atomic_bool done;
};

static int points_of(const struct field *f)
{
    return f->axes == 2 ? f->side * f->side : f->side;
}

void plane_field_at(const struct plane_field *f, int row, int column, float place[2])
{
    float step[2] = {(f->high[0] - f->low[0]) / (float)f->side,
                     (f->high[1] - f->low[1]) / (float)f->side};
    place[0] = f->low[0] + step[0] * ((float)column + 0.5f);
    place[1] = f->axes == 2 ? f->high[1] - step[1] * ((float)row + 0.5f) : 0;
}

/* Nothing is left but that somebody asked. */
static void drop(struct field *f)
{
    if (f->running)
        pthread_join(f->thread, NULL);
    trace_destroy(f->trace);
    trace_destroy(f->next);
    program_destroy(f->program);
    net_destroy(f->net);
    free(f->samples);
    free(f->x);
    *f = (struct field){.asked = f->asked};
}

void field_drop(struct session *s)
{
    if (s->field)
        drop(s->field);
}

void field_clear(struct session *s)
{
    field_drop(s);
    free(s->field);
    s->field = NULL;
}

static void widen(float *low, float *high, float value)
{
    *low = fminf(*low, value);
    *high = fmaxf(*high, value);
}

/* From the least to the largest of the samples, along one axis; y of a line is its target. */
static void find_extent(const struct dataset *d, int axis, float *low, float *high)
{
    for (int i = 0; d && i < d->n; i++)
        widen(low, high,
              axis < d->axes ? d->place[(size_t)i * (size_t)d->axes + (size_t)axis]
                             : dataset_y(d, i)[0]);
}

/* Some room around them, to the next quarter, so that the frame rests while points are moved. */
static void find_axis(const struct session *s, int axis, float *low, float *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    find_extent(s->data, axis, low, high);
    find_extent(s->test, axis, low, high);
    if (!(*low <= *high)) {
        *low = -1;
        *high = 1;
    }
    float room = fmaxf(0.12f * (*high - *low), 0.1f);
    *low = floorf((*low - room) * 4) / 4;
    *high = ceilf((*high + room) * 4) / 4;
}

/* Both axes of a plane have one scale. */
static void make_square(float low[2], float high[2])
{
    float span = fmaxf(high[0] - low[0], high[1] - low[1]);
    for (int k = 0; k < 2; k++) {
        float rest = span - (high[k] - low[k]);
        low[k] -= rest / 2;
        high[k] += rest / 2;
    }
}

static bool is_inside(const struct field *f, const struct dataset *d)
{
    for (int axis = 0; axis < 2; axis++) {
        float low = f->now.low[axis], high = f->now.high[axis];
        find_extent(d, axis, &low, &high);
        if (low < f->now.low[axis] || high > f->now.high[axis])
            return false;
    }
    return true;
}

/* The frame stays while the same set's points lie in it. */
static bool frame_fits(const struct session *s, const struct field *f)
{
    return strcmp(f->spec, s->data ? s->data->spec : "") == 0 &&
           (!s->data || s->data == f->checked || is_inside(f, s->data));
}

/* Numbers of one point, in all layers. */
static size_t numbers_of(const struct program *p)
{
    size_t n = 0;
    for (int t = 0; t < p->tensor_count; t++)
        n += p->tensors[t].batched ? p->tensors[t].count : 0;
    return n;
}

static void set_frame(const struct session *s, struct field *f)
{
    for (int axis = 0; axis < 2; axis++)
        find_axis(s, axis, &f->now.low[axis], &f->now.high[axis]);
    if (f->axes == 2)
        make_square(f->now.low, f->now.high);
    memcpy(f->spec, s->data ? s->data->spec : "", s->data ? sizeof f->spec : 1);
}

static float *put_samples(const struct dataset *d, int most, int *count, float *x)
{
    *count = !d ? 0 : d->n < most ? d->n : most;
    if (*count)
        memcpy(x, d->x, (size_t)*count * d->count * sizeof *x);
    return x + (size_t)*count * (d ? d->count : 0);
}

static void set_points(const struct session *s, struct field *f)
{
    size_t inputs = (size_t)features_count(f->features);
    f->now.axes = f->axes;
    f->now.side = f->side;
    f->now.grid = points_of(f);
    for (int i = 0; i < f->now.grid; i++) {
        float place[2];
        plane_field_at(&f->now, i / f->side, i % f->side, place);
        features_fill(f->features, place, f->x + (size_t)i * inputs);
    }
    float *x = f->x + (size_t)f->now.grid * inputs;
    x = put_samples(s->data, TRAIN_MOST, &f->now.train, x);
    put_samples(s->test, TEST_MOST, &f->now.test, x);
}

static void build(struct session *s, struct field *f, int axes, unsigned features)
{
    drop(f);
    f->axes = axes;
    f->features = features;
    f->net = net_copy(s->net);
    f->net->loss = LOSS_NONE;
    f->program = program_create(f->net, MODE_EVAL, 0);
    f->side = f->asked;
    while (f->side > 8 && (double)points_of(f) * (double)numbers_of(f->program) > NUMBERS_MOST)
        f->side--;
    size_t most = (size_t)points_of(f) + TRAIN_MOST + TEST_MOST;
    f->samples = mem_zalloc(most, sizeof *f->samples);
    f->x = mem_zalloc(most * (size_t)features_count(features), sizeof *f->x);
    for (size_t i = 0; i < most; i++)
        f->samples[i] = -1;
}

static void *run(void *context)
{
    struct field *f = context;
    struct pass pass = {.n = f->now.grid + f->now.train + f->now.test,
                        .samples = f->samples,
                        .x = f->x,
                        .rate_schedule = 1};
    f->next = trace_run(f->program, &pass, NULL);
    atomic_store(&f->done, true);
    return NULL;
}

static void finish(struct field *f)
{
    f->running = false;
    if (!f->next)
        return;
    trace_destroy(f->trace);
    f->trace = f->next;
    f->next = NULL;
    f->shown = f->now;
}

static void begin(struct session *s, struct field *f)
{
    memcpy(f->net->params, s->net->params, s->net->param_count * sizeof *s->net->params);
    atomic_store(&f->done, false);
    f->running = pthread_create(&f->thread, NULL, run, f) == 0;
    if (f->running)
        return;
    run(f); /* no thread is to be had: the screen waits this once */
    finish(f);
}

static bool is_stale(const struct session *s, const struct field *f)
{
    return !f->trace || f->checked != s->data || !frame_fits(s, f) ||
           memcmp(f->net->params, s->net->params, s->net->param_count * sizeof(float)) != 0;
}

/* Begins another one where the network or the points have changed. */
static void follow(struct session *s, struct field *f)
{
    unsigned features = 0;
    int axes = s->net ? points_axes(s, &features) : 0;
    if (axes == 0) {
        drop(f);
        return;
    }
    if (!f->net || axes != f->axes || features != f->features)
        build(s, f, axes, features);
    if (!is_stale(s, f))
        return;
    session_test_set(s); /* its points lie in the frame, too */
    if (!frame_fits(s, f))
        set_frame(s, f);
    if (f->checked != s->data || !f->trace)
        set_points(s, f);
    f->checked = s->data;
    begin(s, f);
}

bool field_update(struct session *s)
{
    struct field *f = s->field;
    bool fresh = f && f->running && atomic_load(&f->done);
    if (fresh) {
        pthread_join(f->thread, NULL);
        finish(f);
    }
    if (f && !f->running)
        follow(s, f);
    return fresh;
}

void field_wait(struct session *s)
{
    struct field *f = s->field;
    if (!f)
        return;
    for (int i = 0; i < 2; i++) { /* what is under way, and one of the network as it is now */
        if (!f->running)
            follow(s, f);
        if (!f->running)
            return;
        pthread_join(f->thread, NULL);
        finish(f);
        s->revision++;
    }
}

void field_fill(const struct session *s, struct plane_field *view)
{
    const struct field *f = s->field;
    unsigned features;
    int axes = s->net ? points_axes(s, &features) : 0;
    *view = (struct plane_field){.axes = axes};
    if (!f || f->axes != axes)
        return;
    if (f->trace)
        *view = f->shown;
    view->side = f->side;
    view->trace = f->trace;
    view->running = f->running;
    view->stale = axes && is_stale(s, f);
}

bool command_field(struct session *s, struct text rest, struct err *err)
{
    long side;
    unsigned features;
    if (text_is(text_trim(rest), "none")) {
        s->changed = s->field != NULL;
        field_clear(s);
        return true;
    }
    if (!argument_long(&rest, "how many points a side", 8, SIDE_MOST, &side, err) ||
        !arguments_end(rest, err))
        return false;
    if (points_axes(s, &features) == 0)
        return err_set(err, ERR_STATE, NULL, 0,
                       "what this network reads is no point of a plane: that takes samples of one "
                       "or two numbers, as data moons has");
    s->changed = !s->field || s->field->asked != side;
    if (!s->changed)
        return true;
    field_clear(s);
    s->field = mem_zalloc(1, sizeof *s->field);
    s->field->asked = (int)side;
    follow(s, s->field);
    return true;
}
