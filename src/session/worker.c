/* The session's side of training: starting, pausing and stopping the thread, taking over what it
 * publishes. */
#include "session/worker.h"

#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"

static void destroy(struct worker *w)
{
    if (!w)
        return;
    trainer_destroy(w->trainer);
    net_destroy(w->net);
    checkpoint_deinit(&w->box.state);
    curve_deinit(&w->box.curve);
    curve_deinit(&w->curve);
    moments_clear(&w->box.moments);
    moments_clear(&w->moments);
    for (int i = 0; i < w->box.event_count; i++)
        moment_release(w->box.events[i].params);
    free(w->box.events);
    pthread_mutex_destroy(&w->box.mutex);
    pthread_cond_destroy(&w->box.changed);
    patience_deinit(&w->patience);
    free(w);
}

static struct worker *create(struct session *s, int epochs, struct err *err)
{
    struct worker *w = mem_zalloc(1, sizeof *w);
    struct checkpoint state = {0};
    pthread_mutex_init(&w->box.mutex, NULL);
    pthread_cond_init(&w->box.changed, NULL);
    w->net = net_copy(s->net);
    w->test = session_test_set(s);
    w->engine = s->engine;
    struct source source = source_of(s->data);
    w->trainer = trainer_create(w->net, &source, s->engine, err);
    if (!w->trainer) {
        destroy(w);
        return NULL;
    }
    checkpoint_take(&state, s->trainer);
    checkpoint_restore(&state, w->trainer);
    checkpoint_deinit(&state);
    curve_copy(&w->curve, &time_run(s)->curve);
    w->events = time_run(s)->events_done;
    w->box.settings = s->net->train;
    w->progress = (struct progress){.state = TRAINING_RUNNING,
                                    .epochs = epochs,
                                    .position = s->trainer->position,
                                    .samples = s->data->n};
    w->progress.threads = w->trainer->engine.threads;
    w->data = s->data;
    w->pace = s->pace;
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
                   translate(what));
}

/* until: what to look for on the way, or NULL. */
static bool start(struct session *s, int epochs, const struct until *until, struct err *err)
{
    if (s->worker)
        return err_set(
            err, ERR_STATE, NULL, 0,
            "training is under way already; use stop first, or resume when it is paused");
    if (!s->trainer)
        return err_set(err, s->no_trainer.code, NULL, 0, "%s", s->no_trainer.message);
    if (!time_change(s, err))
        return false;
    struct worker *w = create(s, epochs, err);
    if (!w)
        return false;
    w->seeks = until != NULL;
    if (until) {
        w->until = *until;
        w->skip = s->kind == PASS_RUN;
    }
    if (s->kind == PASS_RUN && !pass_show(s, PASS_INSPECT, s->program, &s->inspect, err)) {
        destroy(w);
        return false;
    }
    if (pthread_create(&w->thread, NULL, worker_run, w) != 0) {
        destroy(w);
        return err_set(err, ERR_IO, NULL, 0, "the system gives no thread to train in");
    }
    s->worker = w;
    s->progress = (struct progress){.state = TRAINING_RUNNING,
                                    .epochs = epochs,
                                    .position = s->trainer->position,
                                    .samples = s->data->n,
                                    .threads = w->progress.threads};
    history_forget_undone(time_run(s));
    return true;
}

bool worker_start(struct session *s, int epochs, struct err *err)
{
    return start(s, epochs, NULL, err);
}

bool worker_seek(struct session *s, const struct until *until, struct err *err)
{
    if (!s->trainer)
        return err_set(err, s->no_trainer.code, NULL, 0, "%s", s->no_trainer.message);
    int64_t epochs = until->within / time_epoch_steps(s) + 1;
    s->pace = 0;
    return start(s, (int)epochs, until, err);
}

/* The run's history goes on by what the thread has done. Called with the mutex held. */
static void take_history(struct session *s, struct box *box)
{
    struct history *h = time_run(s);
    for (int i = 0; i < box->event_count; i++) {
        if (!box->events[i].number)
            box->events[i].number = ++s->changes;
        history_add(h, &box->events[i]);
    }
    box->event_count = 0;
    time_take(s, &box->moments);
    h->now = s->trainer->steps;
    h->end = h->now > h->end ? h->now : h->end;
    curve_copy(&h->curve, &box->curve);
}

/* Takes over what lies in the box; *finished tells that the thread is at its end. The thread has
 * less of the processor than the screen and may be kept from going on while it fills the box: then
 * nothing is taken, unless it is waited for. */
static bool take(struct session *s, bool wait, bool *finished)
{
    struct box *box = &s->worker->box;
    *finished = false;
    if ((wait ? pthread_mutex_lock(&box->mutex) : pthread_mutex_trylock(&box->mutex)) != 0)
        return false;
    bool fresh = box->fresh;
    *finished = box->finished;
    if (fresh) {
        checkpoint_restore(&box->state, s->trainer);
        s->progress = box->progress;
        s->progress.state = box->pause ? TRAINING_PAUSED : TRAINING_RUNNING; /* as wished */
        take_history(s, box);
        s->seeking.looked = box->looked;
        box->fresh = false;
    }
    pthread_mutex_unlock(&box->mutex);
    return fresh;
}

static bool take_over(struct session *s, bool wait)
{
    bool finished;
    bool fresh = take(s, wait, &finished);
    if (!finished) {
        if (fresh)
            pass_rerun(s, NULL);
        watch_note(s);
        return fresh;
    }
    pthread_join(s->worker->thread, NULL);
    bool sought = s->worker->seeks, found = s->worker->found;
    int64_t found_at = s->worker->found_at;
    destroy(s->worker);
    s->worker = NULL;
    s->progress.state = TRAINING_OFF;
    pass_rerun(s, NULL);
    if (sought)
        until_end(s, found, found_at);
    watch_note(s);
    return true;
}

static bool update(struct session *s, bool wait)
{
    bool probed = probe_take(&s->nudge);
    probed = probe_take(&s->slope) || probed;
    bool trained = s->worker && take_over(s, wait);
    probed = own_update(s) || probed;
    probed = field_update(s) || probed;
    probed = beside_update(s) || probed;
    probed = look_update(s) || probed;
    probed = dreaming_update(s) || probed;
    probed = nearest_update(s) || probed;
    probed = study_update(s) || probed;
    probed = optimizers_update(&s->optimizers) || probed;
    s->revision += probed || trained;
    return probed || trained;
}

bool session_update(struct session *s)
{
    return update(s, false);
}

void worker_wait(struct session *s)
{
    if (!s->worker)
        return;
    struct box *box = &s->worker->box;
    pthread_mutex_lock(&box->mutex);
    while (!box->finished && !box->paused)
        pthread_cond_wait(&box->changed, &box->mutex);
    pthread_mutex_unlock(&box->mutex);
    update(s, true);
}

void session_wait(struct session *s)
{
    worker_wait(s);
    own_wait(s);
    if (s->nudge.running || s->slope.running)
        s->revision++;
    probe_wait(&s->nudge);
    probe_wait(&s->slope);
    field_wait(s);
    beside_wait(s);
    look_wait(s);
    dreaming_wait(s);
    nearest_wait(s);
    study_wait(s);
    optimizers_wait(&s->optimizers);
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
    worker_wait(s);
}

int worker_interrupt(struct session *s)
{
    if (worker_state(s) != TRAINING_RUNNING) {
        worker_stop(s);
        return 0;
    }
    bool seeks = s->worker->seeks;
    worker_stop(s);
    return seeks ? 0 : s->progress.epochs - s->progress.epoch;
}

void worker_set_settings(struct session *s, uint64_t number)
{
    struct box *box = &s->worker->box;
    pthread_mutex_lock(&box->mutex);
    box->settings = s->net->train;
    box->settings_number = number;
    box->settings_noted = false;
    pthread_mutex_unlock(&box->mutex);
}

void worker_edited(struct session *s)
{
    struct worker *w = s->worker;
    if (!w)
        return;
    pthread_mutex_lock(&w->box.mutex);
    memcpy(w->net->params, s->net->params, s->net->param_count * sizeof(float));
    w->box.settings = s->net->train;
    w->box.settings_noted = true;
    w->events = time_run(s)->events_done;
    pthread_mutex_unlock(&w->box.mutex);
}

/* "at 30": epochs a second; nothing: as fast as can be. */
static bool read_pace(struct text rest, double *pace, struct err *err)
{
    struct text after = rest;
    if (!text_is(text_next_word(&after), "at"))
        return arguments_end(rest, err);
    if (!argument_value(&after, "how many epochs a second", pace, err) ||
        !arguments_end(after, err))
        return false;
    return (*pace >= 0.01 && *pace <= 10000) ||
           err_set(err, ERR_USAGE, NULL, 0, "a pace is 0.01 to 10000 epochs a second; found %g",
                   *pace);
}

bool command_train(struct session *s, struct text rest, struct err *err)
{
    long epochs;
    double pace = 0;
    if (!argument_long(&rest, "how many epochs", 1, 1000000, &epochs, err) ||
        !read_pace(rest, &pace, err))
        return false;
    double before = s->pace;
    s->pace = pace;
    if (worker_start(s, (int)epochs, err))
        return true;
    s->pace = before;
    return false;
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
