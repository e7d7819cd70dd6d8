/* Training in a thread of its own. The thread owns a copy of the network and its own trainer; it
 * meets the session in `box` alone, under the mutex. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "glassnet/base/mem.h"
#include "session/state.h"

#define PUBLISH_SECONDS (1.0 / 15)
#define TEST_MOST       1000 /* test samples looked at after each epoch */
#define TEST_SLICE      100  /* between two looks at the stop flag */

/* What both sides touch. */
struct box {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool stop, pause; /* wishes of the session */
    float rate;
    bool paused, finished; /* what became of them */
    bool fresh;            /* state, progress and curve are newer than what the session has */
    struct checkpoint state;
    struct progress progress;
    struct curve curve;
};

struct worker {
    pthread_t thread;
    struct box box;
    /* the thread's own */
    struct net *net;
    struct trainer *trainer;
    const struct dataset *train, *test;
    struct curve curve;
    struct progress progress;
    double seconds; /* spent training */
    double samples; /* seen in them */
    double published;
    int patience; /* epochs left without a better test loss */
    double best_loss;
    float *best; /* [param_count] parameters with it, or NULL */
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Called with the mutex held. */
static void put_into_box(struct worker *w)
{
    checkpoint_take(&w->box.state, w->trainer);
    w->box.progress = w->progress;
    curve_copy(&w->box.curve, &w->curve);
    w->box.fresh = true;
    w->published = now();
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

/* Waits while training is paused; false when it is to stop. */
static bool look_into_box(struct worker *w)
{
    struct box *box = &w->box;
    pthread_mutex_lock(&box->mutex);
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
    w->net->train.rate = box->rate;
    bool go_on = !box->stop;
    pthread_mutex_unlock(&box->mutex);
    return go_on;
}

struct slice {
    const struct dataset *data;
    int first;
};

static void fetch_slice(void *context, const int *samples, int n, float *x, float *label)
{
    const struct slice *slice = context;
    struct source source = source_of(slice->data);
    int *moved = mem_zalloc((size_t)n, sizeof *moved);
    for (int i = 0; i < n; i++)
        moved[i] = samples[i] + slice->first;
    source.fetch(source.context, moved, n, x, label);
    free(moved);
}

/* In slices, so that stopping is quick. False when stopped half way, or without a test set. */
static bool test(struct worker *w, float *loss, float *accuracy)
{
    if (!w->test)
        return false;
    int most = w->test->n < TEST_MOST ? w->test->n : TEST_MOST;
    double losses = 0, right = 0;
    for (int first = 0; first < most; first += TEST_SLICE) {
        struct slice slice = {w->test, first};
        struct source source = source_of(w->test);
        struct evaluation e = {0};
        source.context = &slice;
        source.fetch = fetch_slice;
        source.count = most - first < TEST_SLICE ? most - first : TEST_SLICE;
        if (wants_stop(w) || !net_evaluate(w->net, &source, source.count, &e, NULL))
            return false;
        losses += e.loss * source.count;
        right += e.accuracy * source.count;
        free(e.confusion);
    }
    *loss = (float)(losses / most);
    *accuracy = (float)(right / most);
    return true;
}

/* Early stopping: true when there was no better test loss for too long. */
static bool lost_patience(struct worker *w, float test_loss)
{
    size_t bytes = w->net->param_count * sizeof *w->best;
    if (w->net->train.patience == 0 || isnan(test_loss))
        return false;
    if (!w->best || (double)test_loss < w->best_loss) {
        w->best = w->best ? w->best : mem_zalloc(w->net->param_count + 1, sizeof *w->best);
        memcpy(w->best, w->net->params, bytes);
        w->best_loss = (double)test_loss;
        w->patience = w->net->train.patience;
        return false;
    }
    if (--w->patience > 0)
        return false;
    memcpy(w->net->params, w->best, bytes);
    return true;
}

static void note_nan(struct worker *w, float loss)
{
    if (!isnan(loss) || w->progress.error[0])
        return;
    snprintf(w->progress.error, sizeof w->progress.error,
             "the loss became NaN in epoch %d; a smaller rate or a new start may help",
             w->progress.epoch + 1);
}

/* One batch; true when it ended an epoch. */
static bool train_batch(struct worker *w)
{
    struct trainer *t = w->trainer;
    double begin = now();
    int before = t->position;
    float loss = trainer_step(t);
    bool ended = trainer_epoch_ended(t);
    w->seconds += now() - begin;
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

static void add_point(struct worker *w, bool ended)
{
    const struct trainer *t = w->trainer;
    int seen = ended ? t->source.count : t->position;
    struct progress_point point = {.test_loss = NAN, .test_accuracy = NAN, .accuracy = NAN};
    point.epoch = t->epoch + (double)t->position / t->source.count;
    point.loss = (float)(t->epoch_loss / seen);
    if (t->source.targets == 0)
        point.accuracy = (float)t->epoch_correct / (float)seen;
    if (ended)
        test(w, &point.test_loss, &point.test_accuracy);
    curve_add(&w->curve, point, ended);
}

static void finish(struct worker *w)
{
    pthread_mutex_lock(&w->box.mutex);
    w->progress.state = TRAINING_OFF;
    w->progress.seconds_left = 0;
    put_into_box(w);
    w->box.finished = true;
    pthread_cond_broadcast(&w->box.changed);
    pthread_mutex_unlock(&w->box.mutex);
}

static void *work(void *worker)
{
    struct worker *w = worker;
    bool more = true;
    while (more && look_into_box(w)) {
        bool ended = train_batch(w);
        add_point(w, ended);
        if (ended) {
            w->progress.epoch++;
            w->progress.position = 0;
            more = w->progress.epoch < w->progress.epochs &&
                   !lost_patience(w, w->curve.points[w->curve.count - 1].test_loss);
        }
        if (now() - w->published >= PUBLISH_SECONDS)
            publish(w);
    }
    finish(w);
    return NULL;
}

static void destroy(struct worker *w)
{
    if (!w)
        return;
    trainer_destroy(w->trainer);
    net_destroy(w->net);
    checkpoint_deinit(&w->box.state);
    curve_deinit(&w->box.curve);
    curve_deinit(&w->curve);
    pthread_mutex_destroy(&w->box.mutex);
    pthread_cond_destroy(&w->box.changed);
    free(w->best);
    free(w);
}

static struct worker *create(struct session *s, int epochs, struct err *err)
{
    struct worker *w = mem_zalloc(1, sizeof *w);
    struct checkpoint state = {0};
    pthread_mutex_init(&w->box.mutex, NULL);
    pthread_cond_init(&w->box.changed, NULL);
    w->net = net_copy(s->net);
    w->train = s->data;
    w->test = session_test_set(s);
    struct source source = source_of(s->data);
    w->trainer = trainer_create(w->net, &source, s->engine, err);
    if (!w->trainer) {
        destroy(w);
        return NULL;
    }
    checkpoint_take(&state, s->trainer);
    checkpoint_restore(&state, w->trainer);
    checkpoint_deinit(&state);
    curve_copy(&w->curve, &s->curve);
    w->box.rate = s->net->train.rate;
    w->patience = s->net->train.patience;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    w->progress = (struct progress){.state = TRAINING_RUNNING,
                                    .epochs = epochs,
                                    .position = s->trainer->position,
                                    .samples = s->data->n};
    w->progress.threads = s->engine.kind == ENGINE_PLAIN ? 1
                          : s->engine.threads            ? s->engine.threads
                                                         : (int)(cores > 0 ? cores : 1);
    return w;
}

enum training_state worker_state(const struct session *s)
{
    return s->worker ? s->progress.state : TRAINING_OFF;
}

bool worker_refuses(const struct session *s, const char *what, struct err *err)
{
    if (worker_state(s) != TRAINING_RUNNING)
        return true;
    return err_set(err, ERR_STATE, NULL, 0, "%s only while training rests; use pause or stop first",
                   what);
}

bool worker_start(struct session *s, int epochs, struct err *err)
{
    if (s->worker)
        return err_set(
            err, ERR_STATE, NULL, 0,
            "training is under way already; use stop first, or resume when it is paused");
    if (!s->trainer)
        return err_set(err, s->no_trainer.code, NULL, 0, "%s", s->no_trainer.message);
    struct worker *w = create(s, epochs, err);
    if (!w)
        return false;
    if (s->kind == PASS_RUN && !pass_show(s, PASS_INSPECT, s->program, &s->inspect, err)) {
        destroy(w);
        return false;
    }
    if (pthread_create(&w->thread, NULL, work, w) != 0) {
        destroy(w);
        return err_set(err, ERR_IO, NULL, 0, "the system gives no thread to train in");
    }
    s->worker = w;
    s->progress = (struct progress){.state = TRAINING_RUNNING,
                                    .epochs = epochs,
                                    .position = s->trainer->position,
                                    .samples = s->data->n,
                                    .threads = w->progress.threads};
    edits_forget_params(s);
    pass_forget_history(s);
    return true;
}

/* Takes over what lies in the box; *finished tells that the thread is at its end. */
static bool take(struct session *s, bool *finished)
{
    struct box *box = &s->worker->box;
    pthread_mutex_lock(&box->mutex);
    bool fresh = box->fresh;
    *finished = box->finished;
    if (fresh) {
        checkpoint_restore(&box->state, s->trainer);
        s->progress = box->progress;
        s->progress.state = box->pause ? TRAINING_PAUSED : TRAINING_RUNNING; /* as wished */
        curve_copy(&s->curve, &box->curve);
        box->fresh = false;
    }
    pthread_mutex_unlock(&box->mutex);
    return fresh;
}

static bool take_over(struct session *s)
{
    bool finished;
    bool fresh = take(s, &finished);
    if (finished) {
        pthread_join(s->worker->thread, NULL);
        destroy(s->worker);
        s->worker = NULL;
        s->progress.state = TRAINING_OFF;
    }
    if (fresh || finished)
        pass_rerun(s, NULL);
    return fresh || finished;
}

bool session_update(struct session *s)
{
    if (!s->worker || !take_over(s))
        return false;
    s->revision++;
    return true;
}

void session_wait(struct session *s)
{
    if (!s->worker)
        return;
    struct box *box = &s->worker->box;
    pthread_mutex_lock(&box->mutex);
    while (!box->finished && !box->paused)
        pthread_cond_wait(&box->changed, &box->mutex);
    pthread_mutex_unlock(&box->mutex);
    session_update(s);
}

static void wish(struct session *s, bool stop, bool pause)
{
    struct box *box = &s->worker->box;
    pthread_mutex_lock(&box->mutex);
    box->stop = stop;
    box->pause = pause;
    if (!pause)
        box->paused = false;
    pthread_cond_broadcast(&box->changed);
    pthread_mutex_unlock(&box->mutex);
}

void worker_stop(struct session *s)
{
    if (!s->worker)
        return;
    wish(s, true, false);
    session_wait(s);
}

void worker_set_rate(struct session *s, float rate)
{
    if (!s->worker)
        return;
    pthread_mutex_lock(&s->worker->box.mutex);
    s->worker->box.rate = rate;
    pthread_mutex_unlock(&s->worker->box.mutex);
}

void worker_edited(struct session *s)
{
    if (!s->worker)
        return;
    pthread_mutex_lock(&s->worker->box.mutex);
    memcpy(s->worker->net->params, s->net->params, s->net->param_count * sizeof(float));
    pthread_mutex_unlock(&s->worker->box.mutex);
}

bool command_train(struct session *s, struct text rest, struct err *err)
{
    long epochs;
    return argument_long(&rest, "how many epochs", 1, 1000000, &epochs, err) &&
           arguments_end(rest, err) && worker_start(s, (int)epochs, err);
}

static bool is_training(const struct session *s, struct err *err)
{
    return s->worker || err_set(err, ERR_STATE, NULL, 0, "no training is under way; use train");
}

bool command_pause(struct session *s, struct text rest, struct err *err)
{
    if (!arguments_end(rest, err) || !is_training(s, err))
        return false;
    s->changed = s->progress.state != TRAINING_PAUSED;
    wish(s, false, true);
    s->progress.state = TRAINING_PAUSED;
    return true;
}

bool command_resume(struct session *s, struct text rest, struct err *err)
{
    if (!arguments_end(rest, err) || !is_training(s, err))
        return false;
    s->changed = s->progress.state != TRAINING_RUNNING;
    edits_forget_params(s);
    wish(s, false, false);
    s->progress.state = TRAINING_RUNNING;
    return true;
}

bool command_stop(struct session *s, struct text rest, struct err *err)
{
    if (!arguments_end(rest, err) || !is_training(s, err))
        return false;
    worker_stop(s);
    return true;
}
