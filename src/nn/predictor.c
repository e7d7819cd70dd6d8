#include "glassnet/nn/predictor.h"

#include <stdlib.h>
#include <string.h>

#include "glassnet/nn/engine.h"
#include "nn/lane.h"
#include "nn/pace.h"
#include "nn/team.h"

/* One operation of the forward phase, with its weights packed where there is a kernel for it. */
struct single_step {
    const struct op *op;
    bool packed, map, pool;
    struct lane_conv conv;
    int n_in, n_out, kp;
    float *W, *b; /* [inputs of one output][kp] and [kp] */
};

struct predictor {
    const struct net *net;
    struct program *program;
    struct buffers buffers;
    const struct lane_kernels *k;
    int step_count, threads;
    bool adapts; /* the number of threads was left to us */
    struct pace pace;
    struct team *team;
    struct single_step *steps;
};

static struct lane_conv sizes_of(const struct layer *l)
{
    return (struct lane_conv){.H = l->in.dim[0],
                              .W = l->in.dim[1],
                              .C = l->in.dim[2],
                              .P = l->out.dim[0],
                              .Q = l->out.dim[1],
                              .K = l->out.dim[2],
                              .U = l->kernel_h,
                              .V = l->kernel_w,
                              .stride = l->stride,
                              .stride_w = l->stride_w,
                              .top = l->pad_top,
                              .left = l->pad_left};
}

/* The one tensor of the sample that op reads, each number for the one at its own place; or -1. */
static int read_alike(const struct program *p, const struct op *op)
{
    if (op->kind != OP_ELEMENT || op->term_count != 1 || op->terms[0].count != 1 || op->add)
        return -1;
    const struct factor *f = &op->terms[0].factor[0];
    return f->tensor >= 0 && f->reach == REACH_SAME && p->tensors[f->tensor].batched ? f->tensor
                                                                                     : -1;
}

/* A copy shares its place with what it copies. */
static bool share_copy(struct predictor *p, const struct op *op)
{
    int from = op->fn == FN_COPY ? read_alike(p->program, op) : -1;
    if (from >= 0)
        p->buffers.at[op->out] = p->buffers.at[from];
    return from >= 0;
}

static void plan_step(struct predictor *p, struct single_step *s, const struct op *op)
{
    const struct layer *l = op->layer >= 0 ? &p->net->layers[op->layer] : NULL;
    s->op = op;
    if (op->kind == OP_CONV) {
        s->packed = true;
        s->conv = sizes_of(l);
        s->n_in = s->conv.U * s->conv.V * s->conv.C;
        s->n_out = s->conv.K;
    } else if (op->kind == OP_DENSE) {
        s->packed = true;
        s->n_in = l->in.dim[0];
        s->n_out = l->units;
    } else if (op->kind == OP_MAXPOOL) {
        s->conv = sizes_of(l);
        const struct lane_conv *d = &s->conv;
        s->pool = d->stride == d->U && d->stride_w == d->V && d->top == 0 && d->left == 0 &&
                  d->P * d->U <= d->H && d->Q * d->V <= d->W && d->C % p->k->width == 0;
    } else if (read_alike(p->program, op) >= 0) {
        s->map = op->fn == FN_RELU || op->fn == FN_TANH || op->fn == FN_SIGMOID;
    }
    if (s->packed) {
        /* The last block's loads may reach past the last row by a few vectors. */
        s->kp = (s->n_out + p->k->width - 1) / p->k->width * p->k->width;
        size_t count = (size_t)(s->n_in + 1) * (size_t)s->kp + 4 * (size_t)p->k->width;
        s->W = mem_zalloc(count, sizeof *s->W);
        s->b = s->W + (size_t)s->n_in * (size_t)s->kp;
    }
}

void predictor_refresh(struct predictor *p)
{
    for (int t = 0; t < p->program->tensor_count; t++)
        if (p->program->tensors[t].is_param)
            p->buffers.at[t] = p->net->params + p->program->tensors[t].offset;
    for (int k = 0; k < p->step_count; k++) {
        struct single_step *s = &p->steps[k];
        if (!s->packed)
            continue;
        const float *W = p->buffers.at[s->op->in[1]], *b = p->buffers.at[s->op->in[2]];
        memcpy(s->b, b, (size_t)s->n_out * sizeof *b);
        for (int o = 0; o < s->n_out; o++)
            for (int i = 0; i < s->n_in; i++)
                s->W[(size_t)i * (size_t)s->kp + (size_t)o] =
                    W[(size_t)o * (size_t)s->n_in + (size_t)i];
    }
}

struct predictor *predictor_create(const struct net *net, int threads, struct err *err)
{
    struct predictor *p = mem_zalloc(1, sizeof *p);
    double work = 0;
    p->net = net;
    p->k = lane_best();
    p->adapts = threads <= 0;
    pace_init(&p->pace);
    p->program = program_create(net, MODE_EVAL, 0);
    if (!buffers_init(&p->buffers, p->program, 1, sizeof(float), true, err)) {
        predictor_destroy(p);
        return NULL;
    }
    p->steps = mem_zalloc((size_t)p->program->op_count, sizeof *p->steps);
    for (int k = 0; k < p->program->op_count; k++) {
        const struct op *op = &p->program->ops[k];
        if (op->kind == OP_GIVEN || op->phase != PHASE_FORWARD || share_copy(p, op))
            continue;
        struct single_step *s = &p->steps[p->step_count++];
        plan_step(p, s, op);
        work += (double)s->n_in * (double)p->program->tensors[op->out].count;
    }
    p->threads = work < 200000.0 ? 1 : team_size_for(threads);
    p->team = team_create(p->threads);
    predictor_refresh(p);
    return p;
}

void predictor_destroy(struct predictor *p)
{
    if (!p)
        return;
    team_destroy(p->team);
    for (int k = 0; k < p->step_count; k++)
        free(p->steps[k].W);
    free(p->steps);
    buffers_deinit(&p->buffers);
    program_destroy(p->program);
    free(p);
}

/* One thread's part of a step. */
static void run_step(const struct predictor *p, const struct single_step *s, int me, int team)
{
    float *out = p->buffers.at[s->op->out];
    const float *x = s->packed || s->pool ? p->buffers.at[s->op->in[0]] : NULL;
    size_t count = p->program->tensors[s->op->out].count;
    int p0 = s->conv.P * me / team, p1 = s->conv.P * (me + 1) / team;
    if (s->op->kind == OP_CONV) {
        p->k->conv_rows(out, x, s->W, s->b, &s->conv, s->kp, p0, p1);
    } else if (s->packed) {
        int vectors = s->kp / p->k->width;
        p->k->dense_rows(out, x, s->W, s->b, s->n_in, s->n_out, s->kp,
                         vectors * me / team * p->k->width,
                         vectors * (me + 1) / team * p->k->width);
    } else if (s->pool) {
        struct lane_conv d = s->conv;
        d.C = 1; /* channels take the place of lanes */
        p->k->maxpool(out, x, &d, s->conv.C, p0, p1);
    } else {
        size_t begin = count * (size_t)me / (size_t)team;
        size_t end = count * (size_t)(me + 1) / (size_t)team;
        const float *in = s->map ? p->buffers.at[s->op->terms[0].factor[0].tensor] : NULL;
        if (s->map)
            p->k->map(out + begin, in + begin, s->op->fn, end - begin);
        else if (begin < end)
            engine_run_cells(&p->buffers, s->op, begin, end);
    }
}

static void run_steps(void *predictor, struct team *team, int me, int size)
{
    const struct predictor *p = predictor;
    for (int k = 0; k < p->step_count; k++) {
        if (k > 0)
            team_wait(team, me);
        run_step(p, &p->steps[k], me, size);
    }
}

void predictor_run(struct predictor *p, const float *x, int n, float *out)
{
    const struct program *program = p->program;
    int last = program->layer_out[p->net->layer_count - 1];
    size_t inputs = program->tensors[program->input].count;
    size_t outputs = program->tensors[last].count;
    for (int s = 0; s < n; s++) {
        memcpy(p->buffers.at[program->input], x + (size_t)s * inputs, inputs * sizeof *x);
        if (p->adapts && p->threads > 1) {
            team_run(pace_begin(&p->pace) ? p->team : NULL, run_steps, p);
            pace_end(&p->pace, 1);
        } else {
            team_run(p->team, run_steps, p);
        }
        memcpy(out + (size_t)s * outputs, p->buffers.at[last], outputs * sizeof *out);
    }
}
