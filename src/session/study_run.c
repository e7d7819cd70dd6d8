/* The thread's side of a study: the network's answers, and the sizes of gradients and activations
 * in the pass that training would do next. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/study.h"
#include "session/worker.h"

enum { SLICE = 100 }; /* samples between two looks at the stop flag */

int histogram_bin(float magnitude)
{
    double bin = floor((log10((double)magnitude) - STUDY_LEAST) * STUDY_DECADE);
    return bin < 0 ? 0 : bin >= STUDY_BINS ? STUDY_BINS - 1 : (int)bin;
}

uint64_t histogram_total(const struct histogram *h)
{
    uint64_t total = (uint64_t)h->zeros + h->bad;
    for (int i = 0; i < STUDY_BINS; i++)
        total += h->bins[i];
    return total;
}

static void count(struct histogram *h, const float *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        float magnitude = fabsf(x[i]);
        if (!isfinite(magnitude))
            h->bad++;
        else if (magnitude == 0)
            h->zeros++;
        else
            h->bins[histogram_bin(magnitude)]++;
    }
}

void found_deinit(struct found *f)
{
    free(f->confusion);
    free(f->samples);
    free(f->wanted);
    free(f->predicted);
    free(f->layers);
    free(f->counts);
    *f = (struct found){0};
}

/* What the network's outputs say of a class: the probability of the one guessed. */
static float probability_of(const struct net *net, const float *outputs, int guess)
{
    if (shape_count(&net_output(net)->out) > 1)
        return outputs[guess];
    return guess ? outputs[0] : 1 - outputs[0];
}

static void note_sample(struct study_job *job, const struct dataset *set, int i, float loss,
                        const float *outputs)
{
    struct found *f = &job->found;
    struct study_sample *sample = &f->samples[i];
    *sample = (struct study_sample){.at = i, .loss = loss, .truth = -1, .guess = -1};
    if (f->targets) {
        size_t bytes = (size_t)f->targets * sizeof(float);
        memcpy(f->wanted + (size_t)i * (size_t)f->targets, dataset_y(set, i), bytes);
        memcpy(f->predicted + (size_t)i * (size_t)f->targets, outputs, bytes);
        return;
    }
    sample->truth = dataset_class(set, i);
    sample->guess = net_class(job->net, outputs);
    sample->probability = probability_of(job->net, outputs, sample->guess);
}

/* The hardest first; a loss that is no number is harder than any. */
static int harder_first(const void *a, const void *b)
{
    const struct study_sample *x = a, *y = b;
    float p = isnan(x->loss) ? (float)INFINITY : x->loss;
    float q = isnan(y->loss) ? (float)INFINITY : y->loss;
    if (p != q)
        return p < q ? 1 : -1;
    return (x->at > y->at) - (x->at < y->at);
}

/* Samples [first, first + n) of the set. */
static bool evaluate_slice(struct study_job *job, const struct dataset *set, int first, int n,
                           size_t outputs, double *right)
{
    struct found *f = &job->found;
    struct slice slice = {set, first, n};
    struct source source = source_of_slice(&slice);
    struct engine_choice engine = {.kind = ENGINE_FAST, .threads = 1};
    struct evaluation e = {0};
    struct evaluation_each each = {mem_zalloc((size_t)n, sizeof(float)),
                                   mem_zalloc((size_t)n * outputs, sizeof(float))};
    bool ok = net_evaluate_each(job->net, &source, n, engine, &e, &each, NULL);
    for (int i = 0; ok && i < n; i++)
        note_sample(job, set, first + i, each.loss[i], each.outputs + (size_t)i * outputs);
    if (ok) {
        f->loss += e.loss * n;
        *right += e.accuracy * n;
        for (int i = 0; i < f->classes * f->classes; i++)
            f->confusion[i] += e.confusion[i];
    }
    free(e.confusion);
    free(each.loss);
    free(each.outputs);
    return ok;
}

static bool evaluate(struct study_job *job)
{
    const struct dataset *set = job->test ? job->test : job->data;
    struct found *f = &job->found;
    size_t outputs = shape_count(&net_output(job->net)->out);
    double right = 0;
    int n = set->n < STUDY_SAMPLES_MOST ? set->n : STUDY_SAMPLES_MOST;
    f->targets = set->n_targets;
    f->classes = f->targets ? 0 : outputs == 1 ? 2 : (int)outputs;
    f->confusion = mem_zalloc((size_t)f->classes * (size_t)f->classes + 1, sizeof *f->confusion);
    f->samples = mem_zalloc((size_t)n + 1, sizeof *f->samples);
    f->wanted = mem_zalloc((size_t)n * (size_t)f->targets + 1, sizeof *f->wanted);
    f->predicted = mem_zalloc((size_t)n * (size_t)f->targets + 1, sizeof *f->predicted);
    for (; f->n < n; f->n += SLICE < n - f->n ? SLICE : n - f->n)
        if (atomic_load(&job->stop) ||
            !evaluate_slice(job, set, f->n, SLICE < n - f->n ? SLICE : n - f->n, outputs, &right))
            return false;
    if (n > 0)
        qsort(f->samples, (size_t)n, sizeof *f->samples, harder_first);
    f->loss = n > 0 ? f->loss / n : (double)NAN;
    f->accuracy = n > 0 && f->classes ? right / n : (double)NAN;
    return n > 0;
}

static void find_layers(struct study_job *job)
{
    struct found *f = &job->found;
    f->layers = mem_zalloc((size_t)job->net->layer_count, sizeof *f->layers);
    for (int i = 0; i < job->net->layer_count; i++)
        if (net_layer_trained(&job->net->layers[i]) > 0)
            f->layers[f->layer_count++] = i;
    f->counts = mem_zalloc((size_t)f->layer_count * STUDY_KINDS + 1, sizeof *f->counts);
}

static void count_layer(struct study_job *job, const struct trainer *t, int k)
{
    const struct program *p = t->program;
    int layer = job->found.layers[k], out = p->layer_out[layer];
    struct histogram *h = &job->found.counts[k * STUDY_KINDS];
    for (int i = 0; i < p->tensor_count; i++) {
        const struct tensor *of = &p->tensors[i];
        if (of->is_param && of->layer == layer && of->grad >= 0)
            count(&h[STUDY_GRADIENT], t->buffers.at[of->grad], of->count);
    }
    count(&h[STUDY_ACTIVATION], t->buffers.at[out], p->tensors[out].count * (size_t)t->buffers.n);
}

/* The trainer's next pass as far as the gradients, by the plain engine: the bits are training's. */
static bool run_pass(struct study_job *job, struct trainer *t)
{
    const struct program *p = t->program;
    struct batch batch;
    if (!pass_next_batch(t, job->data, &batch, NULL))
        return false;
    size_t numbers = (size_t)batch.n;
    memcpy(t->buffers.at[p->input], batch.x, numbers * batch.x_count * sizeof(float));
    memcpy(t->buffers.at[p->label], batch.labels, numbers * (size_t)batch.y_count * sizeof(float));
    t->buffers.n = job->found.batch = batch.n;
    t->buffers.samples = batch.samples;
    t->buffers.t = t->optimiser.t + 1;
    int k = 0;
    for (; k < p->op_count && !atomic_load(&job->stop); k++)
        if (p->ops[k].phase != PHASE_UPDATE)
            engine_run(&t->buffers, k, k + 1);
    for (int i = 0; k == p->op_count && i < job->found.layer_count; i++)
        count_layer(job, t, i);
    t->buffers.samples = NULL;
    batch_deinit(&batch);
    return k == p->op_count;
}

static bool count_sizes(struct study_job *job)
{
    struct source source = source_of(job->data);
    struct trainer *t =
        trainer_create(job->net, &source, (struct engine_choice){.kind = ENGINE_PLAIN}, NULL);
    if (!t)
        return false;
    checkpoint_restore(&job->place, t);
    find_layers(job);
    bool done = run_pass(job, t);
    trainer_destroy(t);
    return done;
}

void *study_run(void *context)
{
    struct study_job *job = context;
    worker_give_way();
    double begin = worker_now();
    job->complete = evaluate(job) && count_sizes(job);
    job->took = worker_now() - begin;
    atomic_store(&job->done, true);
    return NULL;
}
