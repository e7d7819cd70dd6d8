#include "glassnet/nn/trainer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/rng.h"
#include "nn/fast.h"

/* The order of an epoch depends on the seed and its number alone, so that any of them can be
 * had again without those before it. */
static void shuffle_epoch(struct trainer *t)
{
    struct rng r;
    for (int k = 0; k < t->source.count; k++)
        t->order[k] = k;
    rng_seed(&r, t->net->train.seed, 0x5u + (uint64_t)t->epoch);
    rng_shuffle(&r, t->order, t->source.count);
}

/* Given tensors read the network's and the optimiser's own numbers; what the update writes goes
 * back into the same place (each new number depends on the old one at its own place alone). */
static void share_parameters(struct trainer *t)
{
    const struct program *p = t->program;
    for (int k = 0; k < p->tensor_count; k++) {
        const struct tensor *of = &p->tensors[k];
        float *home = NULL;
        if (of->is_param || of->role == ROLE_NEW)
            home = t->net->params;
        else if (of->role == ROLE_M || of->role == ROLE_NEW_M)
            home = t->optimiser.m;
        else if (of->role == ROLE_V || of->role == ROLE_NEW_V)
            home = t->optimiser.v;
        else if (of->role == ROLE_U || of->role == ROLE_NEW_U)
            home = t->optimiser.u;
        if (home)
            t->buffers.at[k] = home + of->offset;
    }
}

struct trainer *trainer_create(struct net *net, const struct source *source,
                               struct engine_choice engine, struct err *err)
{
    if (net->loss == LOSS_NONE) {
        err_set(err, ERR_INPUT, net->path, 0,
                "the network has no loss line, so there is nothing to learn from; add for example "
                "loss cross-entropy");
        return NULL;
    }
    if (!net_fits(net, source, 0, err))
        return NULL;
    struct trainer *t = mem_zalloc(1, sizeof *t);
    t->net = net;
    t->source = *source;
    t->engine = engine;
    t->program = program_create(net, MODE_TRAIN, source->targets);
    t->order = mem_zalloc((size_t)source->count, sizeof *t->order);
    optimiser_init(&t->optimiser, net);
    int batch = net->train.batch < source->count ? net->train.batch : source->count;
    if (!buffers_init(&t->buffers, t->program, batch, sizeof(float), false, err)) {
        trainer_destroy(t);
        return NULL;
    }
    t->buffers.seed = net->train.seed;
    share_parameters(t);
    shuffle_epoch(t);
    if (engine.kind == ENGINE_FAST) {
        t->fast = fast_create(t->program, &t->buffers, engine.variant, engine.threads,
                              !source->fetch_training, err);
        if (!t->fast) {
            trainer_destroy(t);
            return NULL;
        }
    }
    t->engine.threads = t->fast ? t->fast->threads : 1;
    return t;
}

void trainer_destroy(struct trainer *t)
{
    if (!t)
        return;
    fast_destroy(t->fast);
    buffers_deinit(&t->buffers);
    optimiser_deinit(&t->optimiser);
    program_destroy(t->program);
    free(t->order);
    free(t);
}

int trainer_next_batch(const struct trainer *t, int *samples)
{
    int left = t->source.count - t->position;
    int n = t->net->train.batch < left ? t->net->train.batch : left;
    memcpy(samples, t->order + t->position, (size_t)n * sizeof *samples);
    return n;
}

void trainer_rate(const struct trainer *t, float *start, float *schedule)
{
    const struct train_settings *s = &t->net->train;
    double factor = 1.0;
    if (s->schedule == SCHEDULE_STEP && s->schedule_every > 0)
        for (int e = s->schedule_every; e <= t->epoch; e += s->schedule_every)
            factor *= (double)s->schedule_factor;
    if (s->schedule == SCHEDULE_COSINE && s->epochs > 0) {
        double done = (double)t->epoch + (double)t->position / t->source.count;
        double share = done / s->epochs < 1 ? done / s->epochs : 1;
        factor = 0.5 * (1.0 + cos(3.14159265358979323846 * share));
    }
    *start = s->rate;
    *schedule = (float)factor;
}

static void set_scalar(struct trainer *t, int tensor, float value)
{
    if (tensor >= 0 && t->buffers.at[tensor])
        *(float *)t->buffers.at[tensor] = value;
}

static void count_correct(struct trainer *t)
{
    const struct program *p = t->program;
    int out = p->layer_out[t->net->layer_count - 1];
    size_t outputs = p->tensors[out].count;
    const float *a = t->buffers.at[out];
    const float *label = t->buffers.at[p->label];
    if (t->source.targets)
        return;
    for (int s = 0; s < t->buffers.n; s++)
        t->epoch_correct += net_class(t->net, a + (size_t)s * outputs) == (int)label[s];
}

/* Samples [first, first + count) of the batch. */
static void fill_batch(void *context, int first, int count, float *x, float *label)
{
    struct trainer *t = context;
    const int *samples = t->order + t->position + first;
    if (t->source.fetch_training)
        t->source.fetch_training(t->source.context, samples, count, t->epoch, x, label);
    else
        t->source.fetch(t->source.context, samples, count, x, label);
}

float trainer_step(struct trainer *t)
{
    const struct program *p = t->program;
    if (t->position == 0) {
        t->epoch_loss = 0;
        t->epoch_correct = 0;
    }
    const int *samples = t->order + t->position;
    int left = t->source.count - t->position;
    int n = t->net->train.batch < left ? t->net->train.batch : left;
    float start, schedule;
    trainer_rate(t, &start, &schedule);
    set_scalar(t, p->rate_start, start);
    set_scalar(t, p->rate_schedule, schedule);
    t->buffers.n = n;
    t->buffers.samples = samples;
    t->buffers.t = t->optimiser.t + 1;
    if (t->fast) {
        fast_run(t->fast, fill_batch, t);
    } else {
        fill_batch(t, 0, n, t->buffers.at[p->input], t->buffers.at[p->label]);
        engine_run(&t->buffers, 0, p->op_count);
    }
    t->optimiser.t++;
    t->steps++;
    t->batch_loss = *(const float *)t->buffers.at[p->loss];
    t->epoch_loss += (double)t->batch_loss * n;
    count_correct(t);
    t->position += n;
    if (t->position >= t->source.count) {
        t->epoch++;
        t->position = 0;
        shuffle_epoch(t);
    }
    return t->batch_loss;
}

void trainer_seek(struct trainer *t, int epoch, int position)
{
    bool other = t->epoch != epoch;
    t->epoch = epoch;
    t->position = position;
    if (other)
        shuffle_epoch(t);
}

bool trainer_epoch_ended(const struct trainer *t)
{
    return t->position == 0 && t->epoch > 0;
}
