/* A network's answers, and how good they are, in evaluation mode. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "glassnet/nn/trainer.h"

#define EVALUATE_BATCH 64

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

/* A program with its buffers and the network's parameters in them. */
struct runner {
    struct program *program;
    struct buffers buffers;
};

static bool runner_init(struct runner *r, const struct net *net, int targets, int n,
                        struct err *err)
{
    r->program = program_create(net, MODE_EVAL, targets);
    if (!buffers_init(&r->buffers, r->program, n, sizeof(float), false, err)) {
        program_destroy(r->program);
        return false;
    }
    for (int t = 0; t < r->program->tensor_count; t++)
        if (r->program->tensors[t].is_param && r->buffers.at[t])
            memcpy(r->buffers.at[t], net->params + r->program->tensors[t].offset,
                   r->program->tensors[t].count * sizeof(float));
    return true;
}

static void runner_deinit(struct runner *r)
{
    buffers_deinit(&r->buffers);
    program_destroy(r->program);
}

bool net_predict(const struct net *net, const float *x, int n, float *out, struct err *err)
{
    struct runner r;
    if (!runner_init(&r, net, 0, n < EVALUATE_BATCH ? n : EVALUATE_BATCH, err))
        return false;
    const struct program *p = r.program;
    int last = p->layer_out[net->layer_count - 1];
    size_t inputs = p->tensors[p->input].count, outputs = p->tensors[last].count;
    int ops = p->op_count;
    while (ops > 0 && p->ops[ops - 1].phase != PHASE_FORWARD)
        ops--; /* the loss needs labels */
    for (int first = 0; first < n; first += EVALUATE_BATCH) {
        int now = n - first < EVALUATE_BATCH ? n - first : EVALUATE_BATCH;
        r.buffers.n = now;
        memcpy(r.buffers.at[p->input], x + (size_t)first * inputs,
               (size_t)now * inputs * sizeof *x);
        engine_run(&r.buffers, 0, ops);
        memcpy(out + (size_t)first * outputs, r.buffers.at[last],
               (size_t)now * outputs * sizeof *out);
    }
    runner_deinit(&r);
    return true;
}

/* Adds one batch to the totals. */
static void count_batch(const struct net *net, const struct runner *r, int targets, int *right,
                        struct evaluation *out)
{
    const struct program *p = r->program;
    int last = p->layer_out[net->layer_count - 1];
    const float *a = r->buffers.at[last];
    const float *label = r->buffers.at[p->label];
    const float *each = r->buffers.at[p->loss_each];
    for (int s = 0; s < r->buffers.n; s++) {
        out->loss += (double)each[s];
        if (targets)
            continue;
        int guess = net_class(net, a + (size_t)s * p->tensors[last].count);
        int truth = (int)label[s];
        *right += guess == truth;
        if (guess < out->classes && truth < out->classes)
            out->confusion[truth * out->classes + guess]++;
    }
}

bool net_evaluate(const struct net *net, const struct source *source, int limit,
                  struct evaluation *out, struct err *err)
{
    struct runner r;
    int total = limit > 0 && limit < source->count ? limit : source->count;
    size_t outputs = shape_count(&net_output(net)->out);
    int right = 0;
    *out = (struct evaluation){.accuracy = NAN};
    if (net->loss == LOSS_NONE)
        return err_set(err, ERR_INPUT, net->path, 0,
                       "the network has no loss line, so it cannot be evaluated");
    if (!net_fits(net, source, 0, err) ||
        !runner_init(&r, net, source->targets, EVALUATE_BATCH, err))
        return false;
    out->samples = total;
    if (!source->targets) {
        out->classes = outputs == 1 ? 2 : (int)outputs;
        out->confusion = mem_zalloc((size_t)out->classes * (size_t)out->classes, sizeof(int));
    }
    for (int first = 0; first < total; first += EVALUATE_BATCH) {
        int samples[EVALUATE_BATCH];
        int now = total - first < EVALUATE_BATCH ? total - first : EVALUATE_BATCH;
        for (int s = 0; s < now; s++)
            samples[s] = first + s;
        r.buffers.n = now;
        r.buffers.samples = samples;
        source->fetch(source->context, samples, now, r.buffers.at[r.program->input],
                      r.buffers.at[r.program->label]);
        engine_run(&r.buffers, 0, r.program->op_count);
        count_batch(net, &r, source->targets, &right, out);
    }
    out->loss /= total;
    if (!source->targets)
        out->accuracy = (double)right / total;
    runner_deinit(&r);
    return true;
}
