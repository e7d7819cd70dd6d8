/* A dream of a neuron, climbed in a thread of its own: by itself at a pace that can be watched, or
 * the steps asked for. What is on screen is a copy that is taken over between frames. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "glassnet/base/mem.h"
#include "session/state.h"

#define PACE_NS    33000000L /* from step to step while it plays */
#define SEED       1
#define MOST_ASKED 10000

/* What the thread makes; values [capacity]. */
struct climb {
    float *picture;
    float *values;
    int count; /* of values; one more than steps */
    bool stuck;
};

struct dreaming {
    struct dream_goal goal;
    size_t inputs;
    uint64_t params;    /* a hash of those it is of */
    uint64_t stale_for; /* the pass whose parameters were last compared, */
    bool stale;         /* and whether they were others */
    enum dream_start start;
    struct climb shown; /* what the snapshot has */

    pthread_t thread;
    bool threaded;
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t changed;
    bool stop, playing, working, news;
    int pending; /* steps asked for */
    struct dream_settings settings;
    struct dream *dream;
    struct climb climb;
};

static void climb_add(struct climb *c, struct dream *d)
{
    c->values[c->count++] = dream_value(d);
    c->stuck = dream_is_stuck(d);
}

static bool has_room(const struct dreaming *d)
{
    return d->climb.count <= DREAM_STEPS_MOST;
}

/* One step; the mutex is held, and let go meanwhile. */
static void step(struct dreaming *d)
{
    struct dream_settings settings = d->settings;
    d->working = true;
    pthread_mutex_unlock(&d->mutex);
    dream_step(d->dream, &settings);
    pthread_mutex_lock(&d->mutex);
    d->working = false;
    d->pending -= d->pending > 0;
    memcpy(d->climb.picture, dream_picture(d->dream), d->inputs * sizeof(float));
    climb_add(&d->climb, d->dream);
    d->news = true;
    if (!has_room(d)) {
        d->playing = false;
        d->pending = 0;
    }
    pthread_cond_broadcast(&d->changed); /* somebody may wait for the steps, or for it to rest */
}

static void rest(struct dreaming *d)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += PACE_NS;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    while (!d->stop && d->playing && d->pending == 0 &&
           pthread_cond_timedwait(&d->changed, &d->mutex, &until) == 0)
        continue;
}

static void *run(void *context)
{
    struct dreaming *d = context;
    pthread_mutex_lock(&d->mutex);
    while (!d->stop) {
        if (d->pending == 0 && !d->playing) {
            pthread_cond_wait(&d->changed, &d->mutex);
            continue;
        }
        step(d);
        if (d->playing && d->pending == 0)
            rest(d);
    }
    pthread_mutex_unlock(&d->mutex);
    return NULL;
}

static void tell(struct dreaming *d)
{
    pthread_cond_broadcast(&d->changed);
    pthread_mutex_unlock(&d->mutex);
}

void dreaming_clear(struct session *s)
{
    struct dreaming *d = s->dreaming;
    if (!d)
        return;
    if (d->threaded) {
        pthread_mutex_lock(&d->mutex);
        d->stop = true;
        tell(d);
        pthread_join(d->thread, NULL);
    }
    pthread_mutex_destroy(&d->mutex);
    pthread_cond_destroy(&d->changed);
    dream_destroy(d->dream);
    free(d->climb.picture);
    free(d->climb.values);
    free(d->shown.picture);
    free(d->shown.values);
    free(d);
    s->dreaming = NULL;
}

/* Stops what the thread does and waits until it rests; the mutex is then held. */
static void halt(struct dreaming *d)
{
    pthread_mutex_lock(&d->mutex);
    d->playing = false;
    d->pending = 0;
    pthread_cond_broadcast(&d->changed);
    while (d->working)
        pthread_cond_wait(&d->changed, &d->mutex);
}

static void take(struct dreaming *d)
{
    memcpy(d->shown.picture, d->climb.picture, d->inputs * sizeof(float));
    memcpy(d->shown.values, d->climb.values, (size_t)d->climb.count * sizeof(float));
    d->shown.count = d->climb.count;
    d->shown.stuck = d->climb.stuck;
    d->news = false;
}

bool dreaming_update(struct session *s)
{
    struct dreaming *d = s->dreaming;
    if (!d)
        return false;
    if (d->stale_for != s->passes) {
        d->stale_for = s->passes;
        d->stale = d->params != params_hash(s->net);
    }
    pthread_mutex_lock(&d->mutex);
    bool news = d->news;
    if (news)
        take(d);
    pthread_mutex_unlock(&d->mutex);
    return news;
}

void dreaming_wait(struct session *s)
{
    struct dreaming *d = s->dreaming;
    if (!d)
        return;
    pthread_mutex_lock(&d->mutex);
    while (d->pending > 0)
        pthread_cond_wait(&d->changed, &d->mutex);
    pthread_mutex_unlock(&d->mutex);
    s->revision += dreaming_update(s);
}

void dreaming_pause(struct session *s)
{
    if (!s->dreaming)
        return;
    halt(s->dreaming);
    pthread_mutex_unlock(&s->dreaming->mutex);
}

void dreaming_fill(struct session *s, struct dream_view *view)
{
    struct dreaming *d = s->dreaming;
    *view = (struct dream_view){.cell = CELL_NONE};
    if (!d)
        return;
    const struct program *p = s->program;
    int tensor = !p ? -1 : d->goal.before ? p->layer_z[d->goal.layer] : p->layer_out[d->goal.layer];
    pthread_mutex_lock(&d->mutex);
    *view = (struct dream_view){.asked = true,
                                .cell = {tensor, 0, d->goal.index},
                                .map = d->goal.map,
                                .playing = d->playing,
                                .running = d->pending > 0,
                                .start = d->start,
                                .settings = d->settings,
                                .steps = d->shown.count - 1,
                                .picture = d->shown.picture,
                                .values = d->shown.values,
                                .value_count = d->shown.count,
                                .stuck = d->shown.stuck,
                                .stale = d->stale};
    pthread_mutex_unlock(&d->mutex);
}

/* From the start again; the mutex is held. */
static void begin(struct session *s, struct dreaming *d)
{
    const struct batch *b = pass_batch(s);
    dream_begin(d->dream, d->start, b->x + (size_t)s->view_sample * b->x_count);
    memcpy(d->climb.picture, dream_picture(d->dream), d->inputs * sizeof(float));
    d->climb.count = 0;
    climb_add(&d->climb, d->dream);
    take(d);
}

/* A dream of another goal; rate, l2, tv, jitter and the start stay as they were set. */
static bool dream_of(struct session *s, const struct dream_goal *goal, struct err *err)
{
    struct dream *dream = dream_create(s->net, goal, SEED, err);
    if (!dream)
        return false;
    struct dream_settings settings = dream_defaults(s->net);
    enum dream_start start = DREAM_NOISE;
    bool playing = false;
    if (s->dreaming) {
        pthread_mutex_lock(&s->dreaming->mutex);
        settings = s->dreaming->settings;
        playing = s->dreaming->playing;
        start = s->dreaming->start;
        pthread_mutex_unlock(&s->dreaming->mutex);
    }
    dreaming_clear(s);
    struct dreaming *d = s->dreaming = mem_zalloc(1, sizeof *s->dreaming);
    d->goal = *goal;
    d->dream = dream;
    d->settings = settings;
    d->start = start;
    d->inputs = shape_count(&s->net->layers[0].out);
    d->params = params_hash(s->net);
    d->stale_for = s->passes;
    d->climb.picture = mem_zalloc(d->inputs, sizeof(float));
    d->shown.picture = mem_zalloc(d->inputs, sizeof(float));
    d->climb.values = mem_zalloc(DREAM_STEPS_MOST + 1, sizeof(float));
    d->shown.values = mem_zalloc(DREAM_STEPS_MOST + 1, sizeof(float));
    pthread_mutex_init(&d->mutex, NULL);
    pthread_cond_init(&d->changed, NULL);
    begin(s, d);
    d->playing = playing;
    d->threaded = pthread_create(&d->thread, NULL, run, d) == 0;
    if (d->threaded)
        return true;
    dreaming_clear(s);
    return err_set(err, ERR_IO, NULL, 0, "no thread is to be had for a dream");
}

static bool read_goal(struct session *s, struct text rest, struct err *err)
{
    struct cell cell;
    struct dream_goal goal;
    if (!cell_argument(s, &rest, &cell, err))
        return false;
    struct text after = rest;
    bool map = text_is(text_next_word(&after), "map");
    return arguments_end(map ? after : rest, err) &&
           dream_goal_of(s->program, cell, map, &goal, err) && dream_of(s, &goal, err);
}

static bool set_number(struct dreaming *d, const char *name, double value, struct err *err)
{
    pthread_mutex_lock(&d->mutex);
    struct dream_settings next = d->settings;
    pthread_mutex_unlock(&d->mutex);
    if (strcmp(name, "rate") == 0)
        next.rate = (float)value;
    else if (strcmp(name, "l2") == 0)
        next.l2 = (float)value;
    else if (strcmp(name, "tv") == 0)
        next.tv = (float)value;
    else
        next.jitter = value >= 0 && value <= 64 ? (int)value : -1;
    if (!dream_settings_check(&next, err))
        return false;
    pthread_mutex_lock(&d->mutex);
    d->settings = next;
    pthread_mutex_unlock(&d->mutex);
    return true;
}

static bool restart(struct session *s, struct text rest, struct err *err)
{
    static const char *const starts[] = {"noise", "zero", "sample"};
    struct dreaming *d = s->dreaming;
    struct text word = text_next_word(&rest);
    int start = word.n == 0 ? (int)d->start : -1;
    for (int k = 0; k < 3; k++)
        if (text_is(word, starts[k]))
            start = k;
    if (start < 0)
        return err_set(err, ERR_USAGE, NULL, 0, "a dream begins at noise, zero or sample");
    if (!arguments_end(rest, err))
        return false;
    d->start = (enum dream_start)start;
    if (d->stale) /* with the parameters as they are now */
        return dream_of(
            s, &(struct dream_goal){d->goal.layer, d->goal.before, d->goal.index, d->goal.map},
            err);
    pthread_mutex_lock(&d->mutex);
    bool playing = d->playing;
    pthread_mutex_unlock(&d->mutex);
    halt(d);
    begin(s, d);
    d->playing = playing;
    tell(d);
    return true;
}

static bool go(struct dreaming *d, bool play, long steps, struct err *err)
{
    pthread_mutex_lock(&d->mutex);
    bool room = has_room(d);
    int left = DREAM_STEPS_MOST + 1 - d->climb.count - d->pending;
    if (room) {
        d->playing = play;
        d->pending += steps < left ? (int)steps : left;
    }
    tell(d);
    return room || err_set(err, ERR_STATE, NULL, 0,
                           "this dream has taken %d steps, which is the most; begin it anew "
                           "with dream restart",
                           DREAM_STEPS_MOST);
}

/* What is done to a dream that there is. */
static bool act(struct session *s, struct text word, struct text rest, struct err *err)
{
    static const char *const numbers[] = {"rate", "l2", "tv", "jitter"};
    double value;
    long steps = 1;
    for (int k = 0; k < 4; k++)
        if (text_is(word, numbers[k]))
            return argument_number(&rest, "a number", &value, err) && arguments_end(rest, err) &&
                   set_number(s->dreaming, numbers[k], value, err);
    if (text_is(word, "restart"))
        return restart(s, rest, err);
    if (text_is(word, "step") && text_trim(rest).n > 0 &&
        !argument_long(&rest, "steps", 1, MOST_ASKED, &steps, err))
        return false;
    if (!arguments_end(rest, err))
        return false;
    if (text_is(word, "none"))
        dreaming_clear(s);
    else if (text_is(word, "pause"))
        dreaming_pause(s);
    else if (text_is(word, "play"))
        return go(s->dreaming, true, 0, err);
    else
        return go(s->dreaming, false, steps, err);
    return true;
}

bool command_dream(struct session *s, struct text rest, struct err *err)
{
    static const char *const words[] = {"rate", "l2",   "tv",    "jitter", "restart",
                                        "step", "none", "pause", "play"};
    struct text after = rest, word = text_next_word(&after);
    for (int k = 0; k < (int)(sizeof words / sizeof *words); k++)
        if (text_is(word, words[k])) {
            if (s->dreaming)
                return act(s, word, after, err);
            if (text_is(word, "none"))
                return true;
            return err_set(err, ERR_STATE, NULL, 0,
                           "no neuron is dreamt of yet; name one, as in dream %s[0]",
                           net_output(s->net)->name);
        }
    return read_goal(s, rest, err);
}
