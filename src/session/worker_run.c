/* The thread's side of training: batches, the loss curve, tests between epochs, publishing. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __linux__
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "session/worker.h"

#define PUBLISH_SECONDS       (1.0 / 15)
#define PUBLISH_SECONDS_SMALL (1.0 / 40) /* of a network so small that copying it is nothing */
#define SMALL                 20000      /* parameters */
#define TEST_MOST             1000       /* test samples looked at after each epoch */
#define TEST_SLICE            100        /* between two looks at the stop flag */

double worker_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Called with the mutex held. */
static void put_into_box(struct worker *w)
{
    checkpoint_take(&w->box.state, w->trainer);
    moments_move(&w->box.moments, &w->moments);
    moments_thin(&w->box.moments, HISTORY_BYTES / 2);
    w->box.progress = w->progress;
    w->box.looked = w->looked;
    curve_copy(&w->box.curve, &w->curve);
    w->box.fresh = true;
    w->published = worker_now();
}

static void publish(struct worker *w)
{
    pthread_mutex_lock(&w->box.mutex);
    put_into_box(w);
    pthread_mutex_unlock(&w->box.mutex);
}

static bool wants_stop(struct worker *w)
{
    pthread_mutex_lock(&w->box.mutex);
    bool stop = w->box.stop;
    pthread_mutex_unlock(&w->box.mutex);
    return stop;
}

/* What was changed at this step, for the run's history. Called with the mutex held. */
static void note_event(struct worker *w, struct event e)
{
    struct box *box = &w->box;
    e.steps = w->trainer->steps;
    box->events = mem_grow(box->events, &box->event_capacity, box->event_count + 1, sizeof e);
    box->events[box->event_count++] = e;
    w->events++;
}

/* Another optimiser, batch or penalty takes another trainer: made without the mutex, so that the
 * screen does not wait for it. Called with the mutex held. */
static void take_settings(struct worker *w)
{
    struct box *box = &w->box;
    while (time_settings_differ(&w->net->train, &box->settings)) {
        struct event e = {.kind = EVENT_SETTINGS,
                          .number = box->settings_number,
                          .was = w->net->train,
                          .becomes = box->settings};
        bool noted = box->settings_noted;
        struct err err = {0};
        pthread_mutex_unlock(&box->mutex);
        bool taken = time_take_settings(&w->trainer, &e.becomes, w->engine, &err);
        pthread_mutex_lock(&box->mutex);
        if (!taken) { /* too little memory: what was learnt is kept */
            snprintf(w->progress.error, sizeof w->progress.error, "%.200s", err.message);
            box->settings = w->net->train;
            box->stop = true;
            return;
        }
        w->progress.threads = w->trainer->engine.threads;
        if (!noted)
            note_event(w, e);
    }
}

/* Waits while training is paused; false when it is to stop. */
static bool look_into_box(struct worker *w)
{
    struct box *box = &w->box;
    pthread_mutex_lock(&box->mutex);
    take_settings(w); /* what was wished for before a pause belongs to the step before it */
    while (box->pause && !box->stop) {
        if (!box->paused) {
            w->progress.state = TRAINING_PAUSED;
            put_into_box(w);
            box->paused = true;
            pthread_cond_broadcast(&box->changed);
        }
        pthread_cond_wait(&box->changed, &box->mutex);
    }
    w->progress.state = TRAINING_RUNNING;
    box->paused = false;
    take_settings(w);
    bool go_on = !box->stop;
    pthread_mutex_unlock(&box->mutex);
    return go_on;
}

/* In slices, so that stopping is quick. False when stopped half way, or without a test set. */
static bool test(struct worker *w, double *loss, double *accuracy)
{
    if (!w->test)
        return false;
    int most = w->test->n < TEST_MOST ? w->test->n : TEST_MOST;
    double losses = 0, right = 0;
    for (int first = 0; first < most; first += TEST_SLICE) {
        int n = most - first < TEST_SLICE ? most - first : TEST_SLICE;
        struct slice slice = {w->test, first, n};
        struct source source = source_of_slice(&slice);
        struct evaluation e = {0};
        if (wants_stop(w) || !net_evaluate(w->net, &source, source.count, &e, NULL))
            return false;
        losses += e.loss * source.count;
        right += e.accuracy * source.count;
        free(e.confusion);
    }
    *loss = losses / most;
    *accuracy = right / most;
    return true;
}

static void note_nan(struct worker *w, float loss)
{
    if (!isnan(loss) || w->progress.error[0])
        return;
    snprintf(w->progress.error, sizeof w->progress.error,
             _("the loss became NaN in epoch %d; a smaller rate or a new start may help"),
             w->progress.epoch + 1);
}

/* One batch; true when it ended an epoch. */
static bool train_batch(struct worker *w)
{
    struct trainer *t = w->trainer;
    double begin = worker_now();
    int before = t->position;
    float loss = trainer_step(t);
    bool ended = trainer_epoch_ended(t);
    double took = worker_now() - begin;
    w->seconds += took;
    w->since_moment += took;
    if (w->since_moment >= moments_spacing(t)) {
        moments_add(&w->moments, moment_take(t, w->events));
        w->since_moment = 0;
    }
    w->samples += (ended ? t->source.count : t->position) - before;
    note_nan(w, loss);
    double left = w->samples > 0 ? w->seconds / w->samples : 0;
    w->progress.position = ended ? t->source.count : t->position;
    w->progress.samples_per_second = w->seconds > 0 ? w->samples / w->seconds : 0;
    w->progress.seconds_left =
        left *
        ((double)(w->progress.epochs - w->progress.epoch) * t->source.count - w->progress.position);
    return ended;
}

/* A point of the curve; true when it ends an epoch that patience makes the last. */
static bool add_point(struct worker *w, bool ended)
{
    const struct trainer *t = w->trainer;
    int seen = ended ? t->source.count : t->position;
    struct progress_point point = {.test_loss = NAN, .test_accuracy = NAN, .accuracy = NAN};
    point.epoch = t->epoch + (double)t->position / t->source.count;
    point.loss = (float)(t->epoch_loss / seen);
    if (t->source.targets == 0)
        point.accuracy = (float)t->epoch_correct / (float)seen;
    double loss, accuracy;
    bool tested = ended && test(w, &loss, &accuracy);
    if (tested) {
        point.test_loss = (float)loss;
        point.test_accuracy = (float)accuracy;
    }
    curve_add(&w->curve, point, ended);
    return tested && patience_note(&w->patience, w->net, w->progress.epoch + 1, loss);
}

/* Going back to the best parameters is a change that running on would not make. */
static void keep_best(struct worker *w)
{
    if (!patience_keep_best(&w->patience, w->net))
        return;
    pthread_mutex_lock(&w->box.mutex);
    note_event(
        w, (struct event){.kind = EVENT_PARAMS, .params = moment_take(w->trainer, w->events + 1)});
    pthread_mutex_unlock(&w->box.mutex);
}

static void finish(struct worker *w)
{
    pthread_mutex_lock(&w->box.mutex);
    w->progress.state = TRAINING_OFF;
    w->progress.seconds_left = 0;
    take_settings(w);
    put_into_box(w);
    w->box.finished = true;
    pthread_cond_broadcast(&w->box.changed);
    pthread_mutex_unlock(&w->box.mutex);
}

void worker_give_way(void)
{
#ifdef __linux__
    setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), 10);
#endif
}

/* One batch, and what belongs to its end; true when patience makes its epoch the last. */
static bool go_on(struct worker *w, bool *ended)
{
    *ended = train_batch(w);
    bool enough = add_point(w, *ended);
    if (*ended) {
        w->progress.epoch++;
        w->progress.position = 0;
    }
    bool small = w->net->param_count <= SMALL;
    if (worker_now() - w->published >= (small ? PUBLISH_SECONDS_SMALL : PUBLISH_SECONDS))
        publish(w);
    return enough;
}

/* Waits until the pace allows the next batch, or a wish comes. What was lost to a pause is not
 * caught up with. */
static void keep_pace(struct worker *w)
{
    const double least = 0.002, most_lost = 0.1;
    if (w->pace <= 0)
        return;
    double due = w->began + w->samples / (w->trainer->source.count * w->pace),
           left = due - worker_now();
    if (left < -most_lost)
        w->began -= left;
    if (left < least)
        return;
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    long nanoseconds = until.tv_nsec + (long)(fmin(left, 1) * 1e9);
    until.tv_sec += nanoseconds / 1000000000;
    until.tv_nsec = nanoseconds % 1000000000;
    pthread_mutex_lock(&w->box.mutex);
    if (!w->box.stop && !w->box.pause)
        pthread_cond_timedwait(&w->box.changed, &w->box.mutex, &until);
    pthread_mutex_unlock(&w->box.mutex);
}

static void train(struct worker *w)
{
    bool more = true, ended;
    while (more && look_into_box(w)) {
        bool enough = go_on(w, &ended);
        keep_pace(w);
        if (ended)
            more = w->progress.epoch < w->progress.epochs && !enough;
    }
    if (!more) /* over by itself; who stops it wants what is there now */
        keep_best(w);
}

/* Does the batch that the trainer takes next fulfil the condition? */
static bool meets(const struct worker *w)
{
    struct batch batch;
    if (!pass_next_batch(w->trainer, w->data, &batch, NULL))
        return false;
    const struct trainer *t = w->trainer;
    struct trace *trace = pass_trace(w->net, t, t->program, &batch, 0, NULL);
    bool met = trace && cell_is(until_find(&w->until, trace));
    trace_destroy(trace);
    batch_deinit(&batch);
    return met;
}

/* The loss is what the step gives anyway; other numbers need the whole pass. */
static void seek(struct worker *w)
{
    bool by_loss = strcmp(w->until.cell, "loss") == 0 && w->until.kind != UNTIL_CHANGES, ended;
    while (!w->found && w->looked < w->until.within && look_into_box(w)) {
        w->found_at = w->trainer->steps;
        w->found = !w->skip && !by_loss && meets(w);
        if (w->found)
            break;
        go_on(w, &ended);
        w->found = !w->skip && by_loss && until_holds(&w->until, w->trainer->batch_loss);
        w->looked += !w->skip;
        w->skip = false;
    }
}

void *worker_run(void *worker)
{
    struct worker *w = worker;
    w->began = worker_now();
    worker_give_way();
    if (w->seeks)
        seek(w);
    else
        train(w);
    finish(w);
    return NULL;
}
