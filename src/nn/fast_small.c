/* A small network's batch: dense layers, one thread, one block of lanes. It lasts less than a
 * microsecond, so that looking up where a step's numbers lie, and how many of them are whose, took
 * longer than the step (docs/speed.md). All of that is settled here once and for all; a batch then
 * says only how many samples it has. */
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "nn/fast.h"

struct small_step {
    enum fast_kind kind;
    enum fn fn;
    enum activation activation;
    bool relu, add, descends;
    float mu;
    int n_in, n_out;
    size_t count;  /* numbers of one sample, or weights */
    size_t places; /* FAST_BIAS: sums of one sample that a bias is in */
    float *out, *m, *w;
    const float *in[3]; /* as in fast_step; rates too */
    const struct op *op;
    struct lane_loss loss;
};

struct fast_small {
    int count;
    struct small_step steps[];
};

static bool is_known(const struct fast_step *s)
{
    switch (s->kind) {
    case FAST_PLAIN:
    case FAST_TO_LANES:
    case FAST_TO_ROWS:
    case FAST_DENSE:
    case FAST_DENSE_DX:
    case FAST_DENSE_DW:
    case FAST_BIAS:
    case FAST_SMALL_DW:
    case FAST_LOSS:
    case FAST_MEAN:
    case FAST_MAP:
    case FAST_SLOPE:
    case FAST_UPDATE:
        return true;
    default:
        return false;
    }
}

static float *place_of(const struct fast *f, int tensor, bool lanes)
{
    const struct fast_home *h = &f->homes[0];
    if (tensor < 0)
        return NULL;
    return lanes && f->program->tensors[tensor].batched ? h->lane[tensor] : h->rows[tensor];
}

static struct small_step settle(const struct fast *f, const struct fast_step *s)
{
    const struct program *p = f->program;
    const struct layer *l = s->op && s->op->layer >= 0 ? &p->net->layers[s->op->layer] : NULL;
    struct small_step to = {.kind = s->kind,
                            .fn = s->fn,
                            .activation = s->activation,
                            .relu = s->relu,
                            .add = s->add,
                            .descends = s->descends,
                            .mu = s->mu,
                            .count = p->tensors[s->kind == FAST_UPDATE ? s->w : s->out].count,
                            .op = s->op};
    to.out = place_of(f, s->out, fast_uses_lanes(s, -1));
    to.w = place_of(f, s->w, false);
    to.m = place_of(f, s->m, false);
    for (int k = 0; k < 3; k++)
        to.in[k] = place_of(f, s->in[k], fast_uses_lanes(s, k));
    if (l && l->kind == LAYER_DENSE) {
        to.n_in = l->in.dim[0];
        to.n_out = l->units;
    }
    if (s->kind == FAST_BIAS)
        to.places = p->tensors[s->in[0]].count / to.count;
    if (s->kind == FAST_LOSS)
        to.loss = fast_loss_of(f, s, 0, 0);
    return to;
}

struct fast_small *fast_small_create(const struct fast *f)
{
    if (f->threads > 1 || f->b->n > f->lanes)
        return NULL;
    for (int k = 0; k < f->step_count; k++)
        if (!is_known(&f->steps[k]))
            return NULL;
    struct fast_small *small =
        mem_zalloc(1, sizeof *small + (size_t)f->step_count * sizeof *small->steps);
    small->count = f->step_count;
    for (int k = 0; k < f->step_count; k++)
        small->steps[k] = settle(f, &f->steps[k]);
    return small;
}

static void run_loss(const struct fast *f, const struct small_step *s, int n)
{
    struct lane_loss loss = s->loss;
    loss.n = n;
    loss.d_each = (float)(1.0 / n);
    f->k->loss(&loss);
}

static void run_step(const struct fast *f, const struct small_step *s, int n)
{
    const struct lane_kernels *k = f->k;
    const int lanes = f->lanes;
    struct lane_descent down = {0};
    if (s->descends)
        down = (struct lane_descent){.w = s->w, .m = s->m, .mu = s->mu, .rate = *s->in[2]};
    switch (s->kind) {
    case FAST_TO_LANES:
        k->to_lanes(s->out, s->in[0], n, (int)s->count, lanes, 0, (int)s->count);
        break;
    case FAST_TO_ROWS:
        k->to_rows(s->out, s->in[0], n, (int)s->count, lanes, false, 0, (int)s->count);
        break;
    case FAST_DENSE:
        k->dense(s->out, s->in[0], s->in[1], s->in[2], s->n_in, lanes, s->relu, 0, s->n_out);
        break;
    case FAST_DENSE_DX:
        k->dense_dx(s->out, s->in[0], s->in[1], s->relu ? s->in[2] : NULL, s->n_in, s->n_out, lanes,
                    s->add, 0, s->n_in);
        break;
    case FAST_DENSE_DW:
        k->dense_dw(s->out, s->in[0], s->in[1], n, s->n_in, s->n_out, 0, s->n_out,
                    s->descends ? &down : NULL);
        break;
    case FAST_SMALL_DW:
        k->small_dw(s->out, (float *)s->in[2], s->in[0], s->in[1], n, s->n_in, s->n_out, lanes);
        break;
    case FAST_MAP:
        k->map(s->out, s->in[0], s->fn, s->count * (size_t)lanes);
        break;
    case FAST_SLOPE:
        k->slope(s->out, s->in[0], s->in[1], s->activation, s->count * (size_t)lanes);
        break;
    case FAST_LOSS:
        run_loss(f, s, n);
        break;
    case FAST_MEAN:
        *s->out = k->mean(s->in[0], n);
        break;
    case FAST_UPDATE:
        k->update(s->w, s->m, s->in[0], s->mu, *s->in[2], s->count);
        break;
    case FAST_BIAS:
        k->bias(s->out, s->in[0], (size_t)n * s->places, s->count, s->count, false);
        if (s->descends)
            k->update(s->w, s->m, s->out, s->mu, *s->in[2], s->count);
        break;
    default:
        engine_run_cells(f->b, s->op, 0, program_op_cells(f->program, s->op, n));
        break;
    }
}

void fast_small_run(const struct fast *f, int n)
{
    for (int k = 0; k < f->small->count; k++)
        run_step(f, &f->small->steps[k], n);
}
