/* The forward phase: input, parameters and each layer from the ones it reads. */
#include <assert.h>
#include <stdio.h>

#include "nn/program_build.h"

/* Declares the tensors of a layer's parameters; returns that of the first. */
static int add_params(struct builder *b, const struct layer *l)
{
    int first = b->p->tensor_count;
    for (int k = 0; k < l->param_count; k++) {
        const struct param *param = &l->param[k];
        int t = build_inner(b, l->name, param->name, &param->shape, false);
        b->p->tensors[t].is_param = true;
        b->p->tensors[t].offset = param->offset;
        build_op(b, OP_GIVEN, t);
    }
    return first;
}

static struct shape without_last(const struct shape *s)
{
    struct shape r = *s;
    r.rank = s->rank > 0 ? s->rank - 1 : 0;
    return r;
}

/* softmax over the last axis, each step a tensor: the largest is taken off first, so that exp
 * stays finite for any finite z (Goodfellow, Bengio and Courville 2016, section 4.1). */
static void add_softmax(struct builder *b, const struct layer *l, int z, int out)
{
    struct shape row = without_last(&l->out);
    int max = build_inner(b, l->name, "max", &row, true);
    build_reduce(b, max, GROUP_LAST, z, TERMS(one(same(z))))->fn = FN_MAX;
    int shift = build_inner(b, l->name, "shift", &l->out, true);
    build_element(b, shift, FN_SUM, TERMS(one(same(z)), two(number(-1), at(max, REACH_ROW))));
    int e = build_inner(b, l->name, "exp", &l->out, true);
    build_element(b, e, FN_EXP, TERMS(one(same(shift))));
    int sum = build_inner(b, l->name, "sum", &row, true);
    build_reduce(b, sum, GROUP_LAST, e, TERMS(one(same(e))));
    build_element(b, out, FN_QUOTIENT, TERMS(one(same(e)), one(at(sum, REACH_ROW))));
}

static enum fn activation_fn(enum activation a)
{
    switch (a) {
    case ACT_SIGMOID:
        return FN_SIGMOID;
    case ACT_TANH:
        return FN_TANH;
    case ACT_RELU:
        return FN_RELU;
    case ACT_LEAKY_RELU:
        return FN_LEAKY_RELU;
    case ACT_ELU:
        return FN_ELU;
    case ACT_SOFTPLUS:
        return FN_SOFTPLUS;
    case ACT_STEP:
        return FN_STEP;
    default:
        return FN_COPY;
    }
}

/* The layer's output from z (which may be another layer's output). */
static int add_activation(struct builder *b, const struct layer *l, int z)
{
    int out = build_tensor(b, ROLE_VALUE, l->name, &l->out, true);
    if (l->activation == ACT_SOFTMAX)
        add_softmax(b, l, z, out);
    else
        build_element(b, out, activation_fn(l->activation), TERMS(one(same(z))));
    return out;
}

/* y = gamma xhat + beta, xhat = (x - mu) / sqrt(sigma2 + epsilon), the statistics those of the
 * batch in training and the running ones in evaluation (Ioffe and Szegedy 2015, algorithm 1). */
static void add_batchnorm(struct builder *b, const struct layer *l, int x, int first, int z)
{
    struct shape channels = l->param[0].shape;
    double places = (double)shape_count(&l->out) / (double)channels.dim[0];
    int gamma = first, beta = first + 1, mu = first + 2, sigma2 = first + 3;
    int dev;
    if (b->p->mode == MODE_TRAIN) {
        struct factor share = inverse(1, places, "1/m");
        mu = build_inner(b, l->name, "mu", &channels, false);
        build_reduce(b, mu, GROUP_LEAD, x, TERMS(two(share, same(x))));
        dev = build_inner(b, l->name, "dev", &l->out, true);
        build_element(b, dev, FN_SUM, TERMS(one(same(x)), two(number(-1), at(mu, REACH_CHANNEL))));
        sigma2 = build_inner(b, l->name, "sigma2", &channels, false);
        build_reduce(b, sigma2, GROUP_LEAD, dev, TERMS(three(share, same(dev), same(dev))));
    } else {
        dev = build_inner(b, l->name, "dev", &l->out, true);
        build_element(b, dev, FN_SUM, TERMS(one(same(x)), two(number(-1), at(mu, REACH_CHANNEL))));
    }
    int floor = build_inner(b, l->name, "floor", &channels, false);
    build_element(b, floor, FN_SUM, TERMS(one(same(sigma2)), one(named((double)l->epsilon, "ε"))));
    int std = build_inner(b, l->name, "std", &channels, false);
    build_element(b, std, FN_SQRT, TERMS(one(same(floor))));
    int xhat = build_inner(b, l->name, "xhat", &l->out, true);
    build_element(b, xhat, FN_QUOTIENT, TERMS(one(same(dev)), one(at(std, REACH_CHANNEL))));
    build_element(b, z, FN_SUM,
                  TERMS(one(at(beta, REACH_CHANNEL)), two(at(gamma, REACH_CHANNEL), same(xhat))));
}

static void add_dropout(struct builder *b, const struct layer *l, int x, int out)
{
    if (b->p->mode == MODE_EVAL) {
        build_element(b, out, FN_COPY, TERMS(one(same(x))));
        return;
    }
    int mask = build_inner(b, l->name, "mask", &l->out, true);
    build_op(b, OP_MASK, mask);
    build_element(b, out, FN_PRODUCT, TERMS(one(same(x)), one(same(mask))));
}

static void add_kernel(struct builder *b, enum op_kind kind, int out, int x, int W, int bias)
{
    struct op *op = build_op(b, kind, out);
    op->in[0] = x;
    op->in_count = 1;
    if (W < 0)
        return;
    op->in[1] = W;
    op->in[2] = bias;
    op->in_count = 3;
}

static void add_concat(struct builder *b, const struct layer *l, int out)
{
    int *parts = arena_alloc(&b->p->arena, sizeof(int) * (size_t)l->from_count);
    for (int k = 0; k < l->from_count; k++)
        parts[k] = b->p->layer_out[l->from[k]];
    struct op *op = build_op(b, OP_CONCAT, out);
    op->parts = parts;
    op->part_count = l->from_count;
}

static void add_sum_of_layers(struct builder *b, const struct layer *l, int out)
{
    struct term *terms = arena_alloc(&b->p->arena, sizeof *terms * (size_t)l->from_count);
    for (int k = 0; k < l->from_count; k++)
        terms[k] = one(same(b->p->layer_out[l->from[k]]));
    build_element(b, out, FN_SUM, l->from_count, terms);
}

/* Fills z from x by the layer's own operation, before any activation. */
static void add_operation(struct builder *b, const struct layer *l, int x, int first, int z)
{
    double places = (double)l->in.dim[0] * l->in.dim[1];
    switch (l->kind) {
    case LAYER_DENSE:
        add_kernel(b, OP_DENSE, z, x, first, first + 1);
        break;
    case LAYER_CONV2D:
        add_kernel(b, OP_CONV, z, x, first, first + 1);
        break;
    case LAYER_MAXPOOL:
        add_kernel(b, OP_MAXPOOL, z, x, -1, -1);
        break;
    case LAYER_AVGPOOL:
        add_kernel(b, OP_AVGPOOL, z, x, -1, -1);
        break;
    case LAYER_GLOBALAVGPOOL:
        build_reduce(b, z, GROUP_SPACE, x, TERMS(two(named(1 / places, "1/hw"), same(x))));
        break;
    case LAYER_FLATTEN:
        build_element(b, z, FN_COPY, TERMS(one(same(x))));
        break;
    case LAYER_DROPOUT:
        add_dropout(b, l, x, z);
        break;
    case LAYER_BATCHNORM:
        add_batchnorm(b, l, x, first, z);
        break;
    case LAYER_ADD:
        add_sum_of_layers(b, l, z);
        break;
    case LAYER_CONCATENATE:
        add_concat(b, l, z);
        break;
    default:
        assert(!"a layer kind without an operation");
    }
}

static void add_layer(struct builder *b, int place)
{
    const struct layer *l = &b->net->layers[place];
    struct program *p = b->p;
    b->layer = place;
    int x = p->layer_out[l->from[0]];
    if (l->kind == LAYER_ACTIVATION) {
        p->layer_z[place] = x;
        p->layer_out[place] = add_activation(b, l, x);
        return;
    }
    int first = add_params(b, l);
    bool has_z = l->activation != ACT_NONE;
    int z = has_z ? build_inner(b, l->name, "z", &l->out, true)
                  : build_tensor(b, ROLE_VALUE, l->name, &l->out, true);
    add_operation(b, l, x, first, z);
    p->layer_z[place] = z;
    p->layer_out[place] = has_z ? add_activation(b, l, z) : z;
}

void build_forward(struct builder *b)
{
    struct program *p = b->p;
    b->phase = PHASE_FORWARD;
    b->layer = 0;
    p->input = build_tensor(b, ROLE_VALUE, "input", &b->net->layers[0].out, true);
    build_op(b, OP_GIVEN, p->input);
    p->layer_out[0] = p->layer_z[0] = p->input;
    for (int l = 1; l < b->net->layer_count; l++)
        add_layer(b, l);
}
