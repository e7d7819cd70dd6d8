/* The race: one network from one start, trained by each optimiser for some epochs, in a thread of
 * its own. The curve is the mean training loss of each tenth of an epoch as it went; that is noisy,
 * so the winner is judged by the loss of all the samples trained on, after as many steps each. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "glassnet/session/source.h"
#include "session/optimizers.h"

enum { PARTS = 10, TRIAL_BATCHES = 60, EVALUATED = 256 };

static const float trial_rates[] = {0.001f, 0.003f, 0.01f, 0.03f, 0.1f, 0.3f};

static void tell(struct race *r, const char *text)
{
    pthread_mutex_lock(&r->mutex);
    snprintf(r->stage, sizeof r->stage, "%s", text);
    pthread_mutex_unlock(&r->mutex);
}

static void add_point(struct race *r, int who, double at, double loss)
{
    pthread_mutex_lock(&r->mutex);
    int capacity = r->capacity[who];
    r->at[who] = mem_grow(r->at[who], &capacity, r->count[who] + 1, sizeof(double));
    r->loss[who] = mem_grow(r->loss[who], &r->capacity[who], r->count[who] + 1, sizeof(double));
    r->at[who][r->count[who]] = at;
    r->loss[who][r->count[who]++] = loss;
    pthread_mutex_unlock(&r->mutex);
}

/* The network from the race's start under another optimiser. */
static struct net *dress(const struct race *r, int who, float rate)
{
    struct net *net = net_copy(r->net);
    float mu = net->train.mu > 0 ? net->train.mu : 0.9f;
    net_set_optimiser(net, walker_kind(who));
    if (walker_kind(who) == OPT_MOMENTUM || walker_kind(who) == OPT_NESTEROV)
        net->train.mu = mu;
    net->train.rate = rate;
    return net;
}

static struct trainer *begin_training(struct race *r, struct net *net)
{
    struct source source = source_of(r->data);
    struct engine_choice engine = {.kind = ENGINE_FAST, .threads = 1};
    struct err err = {0};
    struct trainer *t = trainer_create(net, &source, engine, &err);
    if (!t)
        snprintf(r->error, sizeof r->error, "%.290s", err.message);
    return t;
}

/* The mean loss of the last batches of a short trial; infinity when it ran off. */
static double try_rate(struct race *r, int who, float rate)
{
    struct net *net = dress(r, who, rate);
    struct trainer *t = begin_training(r, net);
    double sum = 0;
    int counted = 0;
    for (int k = 0; t && k < TRIAL_BATCHES && !atomic_load(&r->stop); k++) {
        double loss = (double)trainer_step(t);
        if (k >= TRIAL_BATCHES * 2 / 3) {
            sum += loss;
            counted++;
        }
    }
    trainer_destroy(t);
    net_destroy(net);
    return counted > 0 && isfinite(sum) ? sum / counted : HUGE_VAL;
}

static void find_rate(struct race *r, int who)
{
    char text[120];
    double least = INFINITY;
    float best = r->rate[who];
    for (size_t k = 0; k < sizeof trial_rates / sizeof *trial_rates; k++) {
        snprintf(text, sizeof text, _("%s: trying the rate %g"), optimiser_name(walker_kind(who)),
                 (double)trial_rates[k]);
        tell(r, text);
        double loss = try_rate(r, who, trial_rates[k]);
        if (loss < least) {
            least = loss;
            best = trial_rates[k];
        }
    }
    pthread_mutex_lock(&r->mutex);
    r->rate[who] = best;
    pthread_mutex_unlock(&r->mutex);
}

/* Some of a source's samples. */
struct part {
    struct source whole;
    int from;
};

static void fetch_part(void *context, const int *samples, int n, float *x, float *labels)
{
    const struct part *p = context;
    int moved[EVALUATED];
    for (int done = 0; done < n; done += EVALUATED) {
        int now = n - done < EVALUATED ? n - done : EVALUATED;
        size_t labelled = (size_t)(p->whole.targets > 0 ? p->whole.targets : 1);
        for (int i = 0; i < now; i++)
            moved[i] = samples[done + i] + p->from;
        p->whole.fetch(p->whole.context, moved, now, x + (size_t)done * p->whole.x_count,
                       labels + (size_t)done * labelled);
    }
}

/* The mean loss of all samples in evaluation mode, in parts so that a stop need not wait; NaN when
 * it was stopped. */
static double evaluate(struct race *r, const struct net *net)
{
    const struct engine_choice engine = {.kind = ENGINE_FAST, .threads = 1};
    struct part part = {source_of(r->data), 0};
    struct source source = part.whole;
    double sum = 0;
    source.context = &part;
    source.fetch = fetch_part;
    source.fetch_training = NULL;
    for (; part.from < part.whole.count; part.from += EVALUATED) {
        struct evaluation e = {0};
        int left = part.whole.count - part.from;
        source.count = left < EVALUATED ? left : EVALUATED;
        if (atomic_load(&r->stop) ||
            !net_evaluate_with(net, &source, source.count, engine, &e, NULL))
            return NAN;
        free(e.confusion);
        sum += e.loss * source.count;
    }
    return sum / part.whole.count;
}

/* Trains it; true when it came to the end. */
static bool go_the_way(struct race *r, int who, struct trainer *t)
{
    int part = t->source.count / PARTS, done = 0, samples = 0;
    double sum = 0;
    part = part > 0 ? part : 1;
    while (t->epoch < r->epochs && !atomic_load(&r->stop)) {
        if (t->position == 0) {
            char text[120];
            snprintf(text, sizeof text, _("%s, epoch %d of %d"), optimiser_name(walker_kind(who)),
                     t->epoch + 1, r->epochs);
            tell(r, text);
        }
        double loss = (double)trainer_step(t);
        sum += loss * t->buffers.n;
        samples += t->buffers.n;
        done += t->buffers.n;
        if (samples < part && !trainer_epoch_ended(t))
            continue;
        add_point(r, who, (double)done / t->source.count, sum / samples);
        sum = 0;
        samples = 0;
    }
    return t->epoch >= r->epochs;
}

static void train_one(struct race *r, int who)
{
    struct net *net = dress(r, who, r->rate[who]);
    struct trainer *t = begin_training(r, net);
    if (t && go_the_way(r, who, t)) {
        char text[120];
        snprintf(text, sizeof text, _("%s: the loss of all samples"),
                 optimiser_name(walker_kind(who)));
        tell(r, text);
        double loss = evaluate(r, net);
        pthread_mutex_lock(&r->mutex);
        r->final[who] = loss;
        r->steps = t->steps;
        pthread_mutex_unlock(&r->mutex);
    }
    trainer_destroy(t);
    net_destroy(net);
}

/* "adam 0.031, sgd 0.12": all but the best, the lowest first. */
static void list_others(const struct race *r, int best, char *out, size_t size)
{
    bool told[WALKERS] = {false};
    size_t at = 0;
    out[0] = 0;
    told[best] = true;
    for (int n = 0; n < WALKERS; n++) {
        int next = -1;
        for (int i = 0; i < WALKERS; i++)
            if (!told[i] && isfinite(r->final[i]) && (next < 0 || r->final[i] < r->final[next]))
                next = i;
        if (next < 0 || at >= size)
            return;
        told[next] = true;
        at += (size_t)snprintf(out + at, size - at, "%s%s %.3g", at > 0 ? ", " : "",
                               optimiser_name(walker_kind(next)), r->final[next]);
    }
}

/* Whose loss of all samples is least. */
static void judge(struct race *r)
{
    char others[200];
    int best = -1;
    for (int i = 0; i < WALKERS; i++)
        if (isfinite(r->final[i]) && (best < 0 || r->final[i] < r->final[best]))
            best = i;
    if (r->error[0]) {
        snprintf(r->said, sizeof r->said, "%s", r->error);
        return;
    }
    if (best < 0) {
        snprintf(r->said, sizeof r->said,
                 _("All ran off: no loss stayed a number. Try a smaller rate."));
        return;
    }
    list_others(r, best, others, sizeof others);
    int n = snprintf(
        r->said, sizeof r->said,
        translate_count("After %d epoch, %lld steps each, %s is lowest, with the rate %g: the loss "
                        "of all %d training samples is %.3g.",
                        "After %d epochs, %lld steps each, %s is lowest, with the rate %g: the "
                        "loss of all %d training samples is %.3g.",
                        r->epochs),
        r->epochs, (long long)r->steps, optimiser_name(walker_kind(best)), (double)r->rate[best],
        r->data->n, r->final[best]);
    size_t at = n > 0 && (size_t)n < sizeof r->said ? (size_t)n : sizeof r->said - 1;
    if (others[0]) {
        char text[300];
        /* TRANSLATORS: a list of optimisers with their losses follows */
        snprintf(text, sizeof text, _("Then: %s."), others);
        n = snprintf(r->said + at, sizeof r->said - at, " %s", text);
        at = n > 0 && (size_t)n < sizeof r->said - at ? at + (size_t)n : sizeof r->said - 1;
    }
    snprintf(r->said + at, sizeof r->said - at, " %s",
             r->finds_rates ? _("Each had the best of its rates.")
                            : _("Another rate may turn that round: let each find its best."));
}

static void *run(void *context)
{
    struct race *r = context;
    for (int i = 0; i < WALKERS && !atomic_load(&r->stop); i++) {
        if (r->on[i] && r->finds_rates)
            find_rate(r, i);
        if (r->on[i])
            train_one(r, i);
    }
    pthread_mutex_lock(&r->mutex);
    if (!atomic_load(&r->stop))
        judge(r);
    r->stage[0] = 0;
    pthread_mutex_unlock(&r->mutex);
    atomic_store(&r->done, true);
    return NULL;
}

bool race_begin(struct optimizers *o, const struct net *net, struct dataset *data, int epochs,
                bool finds_rates, struct err *err)
{
    race_end(o);
    struct race *r = mem_zalloc(1, sizeof *r);
    r->net = net_copy(net);
    net_start(r->net, net->train.seed);
    r->data = dataset_hold(data);
    r->epochs = epochs;
    r->finds_rates = finds_rates;
    pthread_mutex_init(&r->mutex, NULL);
    for (int i = 0; i < WALKERS; i++) {
        r->on[i] = o->walkers[i].on;
        r->rate[i] = o->walkers[i].rate;
        r->final[i] = NAN;
    }
    o->race = r;
    r->running = pthread_create(&r->thread, NULL, run, r) == 0;
    if (r->running)
        return true;
    race_end(o);
    return err_set(err, ERR_STATE, NULL, 0, "no thread is to be had for a race now");
}

static void forget_copies(struct optimizers *o)
{
    for (int i = 0; i < WALKERS; i++) {
        free(o->copies[i].at);
        free(o->copies[i].loss);
        o->copies[i] = (struct racer_copy){0};
    }
    o->stage[0] = o->said[0] = 0;
}

void race_end(struct optimizers *o)
{
    struct race *r = o->race;
    forget_copies(o);
    if (!r)
        return;
    atomic_store(&r->stop, true);
    if (r->running)
        pthread_join(r->thread, NULL);
    for (int i = 0; i < WALKERS; i++) {
        free(r->at[i]);
        free(r->loss[i]);
    }
    pthread_mutex_destroy(&r->mutex);
    dataset_close(r->data);
    net_destroy(r->net);
    free(r);
    o->race = NULL;
}

/* Takes over what is new; the thread goes on meanwhile. */
bool race_update(struct optimizers *o)
{
    struct race *r = o->race;
    bool fresh = false;
    if (!r)
        return false;
    pthread_mutex_lock(&r->mutex);
    for (int i = 0; i < WALKERS; i++) {
        struct racer_copy *c = &o->copies[i];
        if (c->count == r->count[i])
            continue;
        size_t bytes = (size_t)r->count[i] * sizeof(double);
        free(c->at);
        free(c->loss);
        c->at = mem_zalloc((size_t)r->count[i], sizeof(double));
        c->loss = mem_zalloc((size_t)r->count[i], sizeof(double));
        memcpy(c->at, r->at[i], bytes);
        memcpy(c->loss, r->loss[i], bytes);
        c->count = r->count[i];
        fresh = true;
    }
    fresh = fresh || strcmp(o->stage, r->stage) != 0 || strcmp(o->said, r->said) != 0;
    memcpy(o->stage, r->stage, sizeof o->stage);
    memcpy(o->said, r->said, sizeof o->said);
    pthread_mutex_unlock(&r->mutex);
    if (r->running && atomic_load(&r->done)) {
        pthread_join(r->thread, NULL);
        r->running = false;
        fresh = true;
    }
    return fresh;
}

void race_wait(struct optimizers *o)
{
    if (o->race && o->race->running) {
        pthread_join(o->race->thread, NULL);
        o->race->running = false;
    }
}

void race_look(struct optimizers *o, struct race_view *v)
{
    struct race *r = o->race;
    *v = (struct race_view){.stage = o->stage, .said = o->said};
    if (!r)
        return;
    v->running = r->running;
    v->epochs = r->epochs;
    pthread_mutex_lock(&r->mutex);
    for (int i = 0; i < WALKERS; i++)
        v->racers[i] =
            (struct racer_view){r->on[i],          walker_kind(i),     r->rate[i], o->copies[i].at,
                                o->copies[i].loss, o->copies[i].count, r->final[i]};
    pthread_mutex_unlock(&r->mutex);
}
