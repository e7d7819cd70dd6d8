/* The bench's workloads, and Glassnet's own engines on them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/bench.h"
#include "app/progress_bar.h"
#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/rng.h"

#define PICTURES                                                                                   \
    "conv2d 32 3x3 relu\nconv2d 64 3x3 relu\nmaxpool 2x2\nflatten\ndense 128 relu\n"               \
    "dense 10 softmax\nloss cross-entropy\n"

/* Operations: forward 2 a multiply-add; training also the gradients to weights and, but for the
 * first layer, to inputs. */
const struct workload bench_workloads[] = {
    {"W1", "784-128-10, batch 32",
     "input 784\ndense 128 relu\ndense 10 softmax\nloss cross-entropy\n"
     "train sgd rate=0.01 batch=32\n",
     2048, 0, false, 409088},
    {"W2", "two small convolutions, batch 32",
     "input 28 28 1\nconv2d 8 5x5 relu\nmaxpool 2x2\nconv2d 16 5x5 relu\nmaxpool 2x2\nflatten\n"
     "dense 10 softmax\nloss cross-entropy\ntrain sgd rate=0.01 batch=32\n",
     2048, 0, false, 1704960},
    {"W3", "two large convolutions, batch 128",
     "input 28 28 1\n" PICTURES "train sgd rate=0.01 batch=128\n", 512, 0, false, 71565312},
    {"W4", "2-4-2-1, batch 10",
     "input 2\ndense 4 tanh\ndense 2 tanh\ndense 1 tanh\nloss squared-error\n"
     "train sgd rate=0.01 batch=10\n",
     500, 1, false, 0},
    {"W5", "W3's answer, one picture at a time", "input 28 28 1\n" PICTURES, 64, 0, true, 23984896},
};

const int bench_workload_count = (int)(sizeof bench_workloads / sizeof *bench_workloads);

static void fetch(void *context, const int *samples, int n, float *x, float *label)
{
    const struct bench_data *d = context;
    size_t inputs = d->source.x_count;
    for (int s = 0; s < n; s++) {
        memcpy(x + (size_t)s * inputs, d->x + (size_t)samples[s] * inputs, inputs * sizeof *x);
        label[s] = d->labels[samples[s]];
    }
}

void bench_data_init(struct bench_data *d, const struct workload *w, const struct net *net)
{
    size_t inputs = shape_count(&net->layers[0].out), count = (size_t)w->samples * inputs;
    struct rng r;
    rng_seed(&r, 1, 1);
    d->x = mem_zalloc(count, sizeof *d->x);
    d->labels = mem_zalloc((size_t)w->samples, sizeof *d->labels);
    for (size_t k = 0; k < count; k++)
        d->x[k] = rng_unit(&r);
    for (int s = 0; s < w->samples; s++)
        d->labels[s] = w->targets ? rng_uniform(&r, -1.0f, 1.0f) : (float)rng_below(&r, 10);
    d->source = (struct source){.context = d,
                                .count = w->samples,
                                .x_count = inputs,
                                .targets = w->targets,
                                .fetch = fetch};
}

void bench_data_deinit(struct bench_data *d)
{
    free(d->x);
    free(d->labels);
    *d = (struct bench_data){0};
}

/* The plain engine's speed does not depend on the batch; a large one would only make its turn
 * long. */
#define PLAIN_BATCH 16

bool contestant_init(struct contestant *c, const struct workload *w, struct engine_choice engine,
                     struct err *err)
{
    bool plain = engine.kind == ENGINE_PLAIN;
    *c = (struct contestant){.work = w, .threads = engine.threads};
    snprintf(c->program, sizeof c->program, "%s", plain ? "plain" : "fast");
    c->net = net_parse(w->net, w->name, err);
    if (!c->net)
        return false;
    if (plain && c->net->train.batch > PLAIN_BATCH)
        c->net->train.batch = PLAIN_BATCH;
    bench_data_init(&c->data, w, c->net);
    if (w->predicts && plain)
        return true;
    if (w->predicts)
        c->predictor = predictor_create(c->net, engine.threads, err);
    else
        c->trainer = trainer_create(c->net, &c->data.source, engine, err);
    return c->trainer || c->predictor;
}

void contestant_init_peer(struct contestant *c, const struct workload *w, struct bench_peer *peer,
                          int threads)
{
    *c = (struct contestant){.work = w, .threads = threads, .peer = peer};
    snprintf(c->program, sizeof c->program, "%s", bench_peer_name(peer));
}

void contestant_deinit(struct contestant *c)
{
    trainer_destroy(c->trainer);
    predictor_destroy(c->predictor);
    bench_data_deinit(&c->data);
    net_destroy(c->net);
    c->trainer = NULL;
    c->predictor = NULL;
    c->net = NULL;
}

/* A batch of training, or one picture; samples done. */
static int step(struct contestant *c)
{
    float out[16];
    if (c->trainer) {
        trainer_step(c->trainer);
        return c->trainer->buffers.n;
    }
    const float *x = c->data.x + (size_t)(c->at++ % c->work->samples) * c->data.source.x_count;
    if (c->predictor)
        predictor_run(c->predictor, x, 1, out);
    else
        net_predict_with(c->net, x, 1, (struct engine_choice){.kind = ENGINE_PLAIN}, out, NULL);
    return 1;
}

void contestant_time(struct contestant *c, double seconds)
{
    double done = 0, begin = clock_seconds(), took = 0;
    if (c->peer) {
        double rate = bench_peer_time(c->peer, c->work->name, c->threads, seconds);
        if (rate > 0 && c->count < BENCH_ROUNDS)
            c->rates[c->count++] = rate;
        return;
    }
    do {
        for (int k = 0; k < (c->work->flop > 0 ? 1 : 100); k++) /* W4 is faster than the clock */
            done += step(c);
        took = clock_seconds() - begin;
    } while (took < seconds);
    if (c->count < BENCH_ROUNDS)
        c->rates[c->count++] = done / took;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_median(const double *values, int count)
{
    double sorted[BENCH_ROUNDS];
    if (count < 1 || count > BENCH_ROUNDS)
        return (double)NAN;
    memcpy(sorted, values, (size_t)count * sizeof *sorted);
    qsort(sorted, (size_t)count, sizeof *sorted, compare);
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
}
