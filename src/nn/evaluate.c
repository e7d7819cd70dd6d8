/* A network's answers, and how good they are, in evaluation mode. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/nn/metrics.h"
#include "glassnet/nn/trainer.h"
#include "nn/fast.h"

int net_class(const struct net *net, const float *outputs)
{
    size_t count = shape_count(&net_output(net)->out);
    if (count == 1)
        return outputs[0] > (net->loss == LOSS_HINGE ? 0.0f : 0.5f);
    int best = 0;
    for (size_t k = 1; k < count; k++)
        if (outputs[k] > outputs[best])
            best = (int)k;
    return best;
}

/* A program over the network's own parameters, and the engine that runs it. */
struct runner {
    const struct net *net;
    struct program *program;
    struct buffers buffers;
    struct fast *fast; /* NULL: the plain engine */
    int ops;           /* that the plain engine runs */
    int batch;         /* most samples at a time */
};

#define BATCH_FEWEST  64
#define BATCH_MOST    512
#define BATCH_NUMBERS (1 << 19) /* that a batch of a small network may fill: the caches' size */

static int pick_batch(const struct program *p, int n)
{
    size_t numbers = 1;
    for (int t = 0; t < p->tensor_count; t++)
        if (p->tensors[t].batched && !p->tensors[t].shown_only)
            numbers += p->tensors[t].count;
    size_t batch = BATCH_NUMBERS / numbers / BATCH_FEWEST * BATCH_FEWEST;
    batch = batch < BATCH_FEWEST ? BATCH_FEWEST : batch > BATCH_MOST ? BATCH_MOST : batch;
    return n < (int)batch ? n : (int)batch;
}

static void runner_deinit(struct runner *r)
{
    fast_destroy(r->fast);
    buffers_deinit(&r->buffers);
    program_destroy(r->program);
}

/* For up to n samples at a time. */
static bool runner_init(struct runner *r, const struct net *net, int targets, int n,
                        struct engine_choice engine, struct err *err)
{
    *r = (struct runner){.net = net, .program = program_create(net, MODE_EVAL, targets)};
    const struct program *p = r->program;
    r->batch = pick_batch(p, n > 0 ? n : 1);
    if (!buffers_init(&r->buffers, p, r->batch, sizeof(float), false, err)) {
        program_destroy(r->program);
        return false;
    }
    for (int t = 0; t < p->tensor_count; t++) /* only read, so they need no copy */
        if (p->tensors[t].is_param && r->buffers.at[t])
            r->buffers.at[t] = net->params + p->tensors[t].offset;
    r->ops = p->op_count;
    if (engine.kind == ENGINE_PLAIN)
        return true;
    r->fast = fast_create(p, &r->buffers, engine.variant, engine.threads, true, err);
    if (!r->fast)
        runner_deinit(r);
    return r->fast != NULL;
}

/* Runs n samples; fill puts them there. */
static void runner_run(struct runner *r, int n, fast_fill *fill, void *context)
{
    r->buffers.n = n;
    if (r->fast) {
        fast_run(r->fast, fill, context);
        return;
    }
    void **at = r->buffers.at;
    fill(context, 0, n, at[r->program->input],
         r->program->label >= 0 ? at[r->program->label] : NULL);
    engine_run(&r->buffers, 0, r->ops);
}

struct predicting {
    struct runner runner;
    const float *x; /* of the batch */
    size_t inputs;
};

static void fill_inputs(void *context, int first, int count, float *x, float *label)
{
    const struct predicting *p = context;
    (void)label;
    memcpy(x, p->x + (size_t)first * p->inputs, (size_t)count * p->inputs * sizeof *x);
}

bool net_predict_with(const struct net *net, const float *x, int n, struct engine_choice engine,
                      float *out, struct err *err)
{
    struct predicting predicting;
    struct runner *r = &predicting.runner;
    if (!runner_init(r, net, 0, n, engine, err))
        return false;
    const struct program *p = r->program;
    int last = p->layer_out[net->layer_count - 1];
    size_t outputs = p->tensors[last].count;
    predicting.inputs = p->tensors[p->input].count;
    while (r->ops > 0 && p->ops[r->ops - 1].phase != PHASE_FORWARD)
        r->ops--; /* the loss needs labels; the fast engine takes them as 0 */
    for (int first = 0; first < n; first += r->batch) {
        int now = n - first < r->batch ? n - first : r->batch;
        predicting.x = x + (size_t)first * predicting.inputs;
        runner_run(r, now, fill_inputs, &predicting);
        memcpy(out + (size_t)first * outputs, r->buffers.at[last],
               (size_t)now * outputs * sizeof *out);
    }
    runner_deinit(r);
    return true;
}

/* One sample fills a vector's lanes badly and is done before threads have met. */
bool net_predict(const struct net *net, const float *x, int n, float *out, struct err *err)
{
    struct engine_choice engine = {.kind = n == 1 ? ENGINE_PLAIN : ENGINE_FAST};
    return net_predict_with(net, x, n, engine, out, err);
}

struct evaluating {
    struct runner runner;
    const struct source *source;
    int first;                    /* sample of the batch */
    int *samples;                 /* [batch] */
    int right;                    /* so far */
    int width;                    /* numbers kept of each sample; 0: none */
    float *scores;                /* [total][width] the class 1's score, or the predictions */
    float *truth;                 /* [total][width] the labels to them */
    struct evaluation_each *keep; /* NULL: none */
};

static void fill_samples(void *context, int first, int count, float *x, float *label)
{
    const struct evaluating *e = context;
    e->source->fetch(e->source->context, e->samples + first, count, x, label);
}

/* How much a network of two classes is for class 1: its output; of two a probability, or else how
 * far the second is above the first. */
static float score_of(const struct net *net, const float *outputs, size_t count)
{
    if (count == 1)
        return outputs[0];
    return net_output(net)->activation == ACT_SOFTMAX ? outputs[1] : outputs[1] - outputs[0];
}

/* Adds one batch to the totals. */
static void count_batch(struct evaluating *e, struct evaluation *out)
{
    const struct runner *r = &e->runner;
    const struct program *p = r->program;
    int last = p->layer_out[r->net->layer_count - 1];
    size_t outputs = p->tensors[last].count;
    const float *a = r->buffers.at[last];
    const float *label = r->buffers.at[p->label];
    const float *each = r->buffers.at[p->loss_each];
    size_t kept = (size_t)e->first * (size_t)e->width;
    if (e->source->targets) {
        memcpy(e->scores + kept, a, (size_t)r->buffers.n * outputs * sizeof *a);
        memcpy(e->truth + kept, label, (size_t)r->buffers.n * outputs * sizeof *label);
    }
    if (e->keep) {
        memcpy(e->keep->loss + e->first, each, (size_t)r->buffers.n * sizeof *each);
        memcpy(e->keep->outputs + (size_t)e->first * outputs, a,
               (size_t)r->buffers.n * outputs * sizeof *a);
    }
    for (int s = 0; s < r->buffers.n; s++) {
        out->loss += (double)each[s];
        if (e->source->targets)
            continue;
        int guess = net_class(r->net, a + (size_t)s * outputs);
        int truth = (int)label[s];
        e->right += guess == truth;
        if (guess < out->classes && truth < out->classes)
            out->confusion[truth * out->classes + guess]++;
        if (!e->width)
            continue;
        e->scores[e->first + s] = score_of(r->net, a + (size_t)s * outputs, outputs);
        e->truth[e->first + s] = label[s];
    }
}

/* What needs all samples together. */
static void measure(const struct evaluating *e, struct evaluation *out)
{
    int n = out->samples;
    if (e->source->targets) {
        struct regression_scores r = metrics_regression(e->scores, e->truth, n, e->width);
        out->r2 = r.r2;
        out->rmse = r.rmse;
        out->mae = r.mae;
    } else if (e->width) {
        bool *positive = mem_zalloc((size_t)n, sizeof *positive);
        for (int s = 0; s < n; s++)
            positive[s] = e->truth[s] > 0.5f;
        out->auc = metrics_auc(e->scores, positive, n);
        free(positive);
    }
}

static bool evaluate(struct evaluating *e, struct evaluation *out, struct err *err)
{
    struct runner *r = &e->runner;
    size_t kept = (size_t)out->samples * (size_t)e->width;
    e->samples = mem_zalloc((size_t)r->batch, sizeof *e->samples);
    e->scores = mem_try(kept + 1, sizeof *e->scores);
    e->truth = mem_try(kept + 1, sizeof *e->truth);
    bool ok = e->scores && e->truth;
    if (!ok)
        err_set(err, ERR_IO, NULL, 0, "not enough memory to evaluate %d samples", out->samples);
    for (; ok && e->first < out->samples; e->first += r->batch) {
        int left = out->samples - e->first, now = left < r->batch ? left : r->batch;
        for (int s = 0; s < now; s++)
            e->samples[s] = e->first + s;
        r->buffers.samples = e->samples;
        runner_run(r, now, fill_samples, e);
        count_batch(e, out);
    }
    if (ok)
        measure(e, out);
    free(e->samples);
    free(e->scores);
    free(e->truth);
    return ok;
}

bool net_evaluate_with(const struct net *net, const struct source *source, int limit,
                       struct engine_choice engine, struct evaluation *out, struct err *err)
{
    return net_evaluate_each(net, source, limit, engine, out, NULL, err);
}

bool net_evaluate_each(const struct net *net, const struct source *source, int limit,
                       struct engine_choice engine, struct evaluation *out,
                       struct evaluation_each *each, struct err *err)
{
    struct evaluating e = {.source = source, .keep = each};
    int total = limit > 0 && limit < source->count ? limit : source->count;
    size_t outputs = shape_count(&net_output(net)->out);
    *out = (struct evaluation){.accuracy = NAN, .auc = NAN, .r2 = NAN, .rmse = NAN, .mae = NAN};
    if (net->loss == LOSS_NONE)
        return err_set(err, ERR_INPUT, net->path, 0,
                       "the network has no loss line, so it cannot be evaluated");
    if (!net_fits(net, source, 0, err) ||
        !runner_init(&e.runner, net, source->targets, total, engine, err))
        return false;
    out->samples = total;
    if (!source->targets) {
        out->classes = outputs == 1 ? 2 : (int)outputs;
        out->confusion = mem_zalloc((size_t)out->classes * (size_t)out->classes, sizeof(int));
    }
    e.width = source->targets ? source->targets : out->classes == 2 ? 1 : 0;
    bool ok = evaluate(&e, out, err);
    runner_deinit(&e.runner);
    if (!ok) {
        free(out->confusion);
        out->confusion = NULL;
        return false;
    }
    out->loss /= total;
    if (!source->targets)
        out->accuracy = (double)e.right / total;
    return true;
}

bool net_evaluate(const struct net *net, const struct source *source, int limit,
                  struct evaluation *out, struct err *err)
{
    return net_evaluate_with(net, source, limit, (struct engine_choice){.kind = ENGINE_FAST}, out,
                             err);
}
