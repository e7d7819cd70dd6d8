/* The backward phase: layer by layer from the last, the derivative of the loss with respect to
 * each number (Rumelhart, Hinton and Williams 1986; Goodfellow, Bengio and Courville 2016,
 * section 6.5). A layer read by several others gets one sum over all of them. */
#include <stdio.h>

#include "nn/program_build.h"

/* The tensor of dL/d(output of a layer); made at the first use. */
static int grad_of(struct builder *b, int tensor)
{
    int grad = b->p->tensors[tensor].grad;
    return grad >= 0 ? grad : build_twin(b, tensor, ROLE_GRAD);
}

/* out (+)= the terms: a plain fn where the layer has one reader, part of a sum where more. */
static void pass_back(struct builder *b, int from, enum fn fn, struct factor f, struct factor g)
{
    int dx = grad_of(b, b->p->layer_out[from]);
    bool shared = b->readers[from] > 1;
    if (shared && fn == FN_COPY)
        build_element(b, dx, FN_SUM, TERMS(one(f)));
    else if (fn == FN_COPY)
        build_element(b, dx, FN_COPY, TERMS(one(f)));
    else if (shared)
        build_element(b, dx, FN_SUM, TERMS(two(f, g)));
    else
        build_element(b, dx, FN_PRODUCT, TERMS(one(f), one(g)));
}

/* NAME.slope: the activation's derivative at z, from a where that is shorter. */
static int add_slope(struct builder *b, const struct layer *l, int z, int a)
{
    int slope, inner;
    const struct shape *shape = &l->out;
    switch (l->activation) {
    case ACT_LEAKY_RELU:
        inner = build_inner(b, l->name, "side", shape, true);
        build_element(b, inner, FN_STEP, TERMS(one(same(z))));
        slope = build_inner(b, l->name, "slope", shape, true);
        build_element(b, slope, FN_MAX, TERMS(one(number(0.01)), one(same(inner))));
        return slope;
    case ACT_ELU: /* e^z below 0, 1 above */
        inner = build_inner(b, l->name, "below", shape, true);
        build_element(b, inner, FN_MIN, TERMS(one(same(z)), one(number(0))));
        slope = build_inner(b, l->name, "slope", shape, true);
        build_element(b, slope, FN_EXP, TERMS(one(same(inner))));
        return slope;
    default:
        break;
    }
    slope = build_inner(b, l->name, "slope", shape, true);
    switch (l->activation) {
    case ACT_SIGMOID: /* a - a² */
        build_element(b, slope, FN_SUM, TERMS(one(same(a)), three(number(-1), same(a), same(a))));
        break;
    case ACT_TANH: /* 1 - a² */
        build_element(b, slope, FN_SUM, TERMS(one(number(1)), three(number(-1), same(a), same(a))));
        break;
    case ACT_RELU:
        build_element(b, slope, FN_STEP, TERMS(one(same(z))));
        break;
    case ACT_SOFTPLUS:
        build_element(b, slope, FN_SIGMOID, TERMS(one(same(z))));
        break;
    default: /* step: flat everywhere */
        build_element(b, slope, FN_SUM, 0, NULL);
        break;
    }
    return slope;
}

/* d:z_i = p_i (d:p_i - sum_j d:p_j p_j). */
static void add_softmax_back(struct builder *b, const struct layer *l, int a, int d_a,
                             struct factor *f, struct factor *g)
{
    struct shape row = l->out;
    row.rank--;
    int dot = build_inner(b, l->name, "dot", &row, true);
    build_reduce(b, dot, GROUP_LAST, a, TERMS(two(same(d_a), same(a))));
    int excess = build_inner(b, l->name, "excess", &l->out, true);
    build_element(b, excess, FN_SUM, TERMS(one(same(d_a)), two(number(-1), at(dot, REACH_ROW))));
    *f = same(a);
    *g = same(excess);
}

/* The factors of d:z = d:a · slope (fn FN_COPY where d:z = d:a). */
static enum fn activation_back(struct builder *b, const struct layer *l, int z, int a, int d_a,
                               struct factor *f, struct factor *g)
{
    *f = same(d_a);
    *g = same(d_a);
    if (l->activation == ACT_LINEAR)
        return FN_COPY;
    if (l->activation == ACT_RELU && b->guided) {
        int passed = build_inner(b, l->name, "passed", &l->out, true);
        build_element(b, passed, FN_RELU, TERMS(one(same(d_a))));
        *f = same(passed);
    }
    if (l->activation == ACT_SOFTMAX)
        add_softmax_back(b, l, a, d_a, f, g);
    else
        *g = same(add_slope(b, l, z, a));
    return FN_PRODUCT;
}

static int param_tensor(const struct builder *b, const struct layer *l, int which)
{
    const struct program *p = b->p;
    for (int t = 0; t < p->tensor_count; t++)
        if (p->tensors[t].is_param && p->tensors[t].offset == l->param[which].offset &&
            p->tensors[t].layer == b->layer)
            return t;
    return -1;
}

static struct op *kernel(struct builder *b, enum op_kind kind, int out, int in0, int in1)
{
    struct op *op = build_op(b, kind, out);
    op->in[0] = in0;
    op->in_count = 1;
    if (in1 >= 0) {
        op->in[1] = in1;
        op->in_count = 2;
    }
    return op;
}

static void add_weights_back(struct builder *b, const struct layer *l, int x, int dz)
{
    bool dense = l->kind == LAYER_DENSE;
    int W = param_tensor(b, l, 0);
    int bias = param_tensor(b, l, 1);
    int dW = build_twin(b, W, ROLE_GRAD);
    kernel(b, dense ? OP_DENSE_DW : OP_CONV_DW, dW, dz, x);
    int db = build_twin(b, bias, ROLE_GRAD);
    build_reduce(b, db, GROUP_LEAD, dz, TERMS(one(same(dz))));
    kernel(b, dense ? OP_DENSE_DX : OP_CONV_DX, grad_of(b, x), dz, W);
}

/* Back through the statistics of the batch, each step of the chain a tensor: xhat = dev / std,
 * std = sqrt(sigma2 + epsilon), sigma2 = mean of dev², dev = x - mu, mu = mean of x. */
static void add_batchnorm_back(struct builder *b, const struct layer *l, int x, int dz)
{
    struct program *p = b->p;
    struct shape channels = l->param[0].shape;
    double places = (double)shape_count(&l->out) / (double)channels.dim[0];
    char name[256];
    snprintf(name, sizeof name, "%s.xhat", l->name);
    int xhat = program_find(p, name);
    snprintf(name, sizeof name, "%s.dev", l->name);
    int dev = program_find(p, name);
    snprintf(name, sizeof name, "%s.std", l->name);
    int std = program_find(p, name);
    snprintf(name, sizeof name, "%s.sigma2", l->name);
    int sigma2 = program_find(p, name);
    snprintf(name, sizeof name, "%s.mu", l->name);
    int mu = program_find(p, name);
    int gamma = param_tensor(b, l, 0);
    int d_gamma = build_twin(b, gamma, ROLE_GRAD);
    build_reduce(b, d_gamma, GROUP_LEAD, dz, TERMS(two(same(dz), same(xhat))));
    int d_beta = build_twin(b, param_tensor(b, l, 1), ROLE_GRAD);
    build_reduce(b, d_beta, GROUP_LEAD, dz, TERMS(one(same(dz))));
    int d_xhat = build_twin(b, xhat, ROLE_GRAD);
    build_element(b, d_xhat, FN_PRODUCT, TERMS(one(same(dz)), one(at(gamma, REACH_CHANNEL))));
    int pull = build_inner(b, l->name, "pull", &channels, false);
    build_reduce(b, pull, GROUP_LEAD, dz, TERMS(two(same(d_xhat), same(xhat))));
    int d_std = build_twin(b, std, ROLE_GRAD);
    build_element(b, d_std, FN_QUOTIENT, TERMS(two(number(-1), same(pull)), one(same(std))));
    int d_sigma2 = build_twin(b, sigma2, ROLE_GRAD);
    build_element(b, d_sigma2, FN_QUOTIENT, TERMS(two(number(0.5), same(d_std)), one(same(std))));
    int direct = build_inner(b, l->name, "direct", &l->out, true);
    build_element(b, direct, FN_QUOTIENT, TERMS(one(same(d_xhat)), one(at(std, REACH_CHANNEL))));
    int d_dev = build_twin(b, dev, ROLE_GRAD);
    build_element(b, d_dev, FN_SUM,
                  TERMS(one(same(direct)),
                        three(inverse(2, places, "2/m"), at(d_sigma2, REACH_CHANNEL), same(dev))));
    int d_mu = build_twin(b, mu, ROLE_GRAD);
    build_reduce(b, d_mu, GROUP_LEAD, dz, TERMS(two(number(-1), same(d_dev))));
    build_element(b, grad_of(b, x), FN_SUM,
                  TERMS(one(same(d_dev)), two(inverse(1, places, "1/m"), at(d_mu, REACH_CHANNEL))));
}

/* The running statistics are constants: d:x = d:z gamma / std. */
static void add_batchnorm_back_eval(struct builder *b, const struct layer *l, int dz)
{
    char name[256];
    snprintf(name, sizeof name, "%s.std", l->name);
    int std = program_find(b->p, name);
    int direct = build_inner(b, l->name, "direct", &l->out, true);
    build_element(b, direct, FN_QUOTIENT,
                  TERMS(two(same(dz), at(param_tensor(b, l, 0), REACH_CHANNEL)),
                        one(at(std, REACH_CHANNEL))));
    pass_back(b, l->from[0], FN_COPY, same(direct), same(direct));
}

static void add_operation_back(struct builder *b, const struct layer *l, int dz)
{
    struct program *p = b->p;
    int from = l->from[0];
    int x = p->layer_out[from];
    char name[256];
    switch (l->kind) {
    case LAYER_DENSE:
    case LAYER_CONV2D:
        add_weights_back(b, l, x, dz);
        break;
    case LAYER_MAXPOOL:
        kernel(b, OP_MAXPOOL_DX, grad_of(b, x), dz, x);
        break;
    case LAYER_AVGPOOL:
        kernel(b, OP_AVGPOOL_DX, grad_of(b, x), dz, -1);
        break;
    case LAYER_GLOBALAVGPOOL:
        pass_back(b, from, FN_PRODUCT, named(1.0 / (l->in.dim[0] * (double)l->in.dim[1]), "1/hw"),
                  at(dz, REACH_SAMPLE_CHANNEL));
        break;
    case LAYER_FLATTEN:
        pass_back(b, from, FN_COPY, same(dz), same(dz));
        break;
    case LAYER_DROPOUT:
        if (p->mode == MODE_EVAL) {
            pass_back(b, from, FN_COPY, same(dz), same(dz));
            break;
        }
        snprintf(name, sizeof name, "%s.mask", l->name);
        pass_back(b, from, FN_PRODUCT, same(dz), same(program_find(p, name)));
        break;
    case LAYER_BATCHNORM:
        if (p->mode == MODE_EVAL)
            add_batchnorm_back_eval(b, l, dz);
        else
            add_batchnorm_back(b, l, x, dz);
        break;
    case LAYER_ADD:
        for (int k = 0; k < l->from_count; k++)
            pass_back(b, l->from[k], FN_COPY, same(dz), same(dz));
        break;
    case LAYER_CONCATENATE:
        for (int k = 0, first = 0; k < l->from_count; k++) {
            const struct shape *part = &b->net->layers[l->from[k]].out;
            kernel(b, OP_CONCAT_DX, grad_of(b, p->layer_out[l->from[k]]), dz, -1)->at = first;
            first += part->dim[part->rank - 1];
        }
        break;
    default:
        break;
    }
}

static void add_layer_back(struct builder *b, int place)
{
    struct program *p = b->p;
    const struct layer *l = &b->net->layers[place];
    int a = p->layer_out[place];
    int z = p->layer_z[place];
    int d_a = p->tensors[a].grad;
    bool combined = p->seed < 0 && place == b->net->layer_count - 1 && net_is_combined(b->net);
    struct factor f, g;
    b->layer = place;
    if (d_a < 0)
        return; /* read by nobody: the loss does not depend on it */
    if (l->kind == LAYER_ACTIVATION) {
        if (!combined) {
            enum fn fn = activation_back(b, l, z, a, d_a, &f, &g);
            pass_back(b, l->from[0], fn, f, g);
        }
        return;
    }
    if (l->activation != ACT_NONE && !combined) {
        enum fn fn = activation_back(b, l, z, a, d_a, &f, &g);
        int d_z = build_twin(b, z, ROLE_GRAD);
        if (fn == FN_COPY)
            build_element(b, d_z, FN_COPY, TERMS(one(f)));
        else
            build_element(b, d_z, FN_PRODUCT, TERMS(one(f), one(g)));
    }
    add_operation_back(b, l, p->tensors[z].grad);
}

void build_backward(struct builder *b)
{
    b->phase = PHASE_BACKWARD;
    for (int place = b->net->layer_count - 1; place > 0; place--)
        add_layer_back(b, place);
}

static void add_gradcam(struct builder *b, int layer)
{
    struct program *p = b->p;
    const struct shape *maps = &b->net->layers[layer].out;
    int A = p->layer_out[layer], dA = p->tensors[A].grad;
    if (maps->rank != 3 || dA < 0)
        return;
    struct shape channels = shape_vector(maps->dim[2]), picture = *maps;
    picture.rank = 2;
    double places = (double)maps->dim[0] * (double)maps->dim[1];
    p->gradcam_weights = build_inner(b, "gradcam", "weights", &channels, true);
    build_reduce(b, p->gradcam_weights, GROUP_SPACE, A,
                 TERMS(two(named(1 / places, "1/hw"), same(dA))));
    int sum = build_inner(b, "gradcam", "sum", &picture, true);
    build_reduce(b, sum, GROUP_LAST, A,
                 TERMS(two(at(p->gradcam_weights, REACH_SAMPLE_CHANNEL), same(A))));
    p->gradcam = build_tensor(b, ROLE_VALUE, "gradcam", &picture, true);
    build_element(b, p->gradcam, FN_RELU, TERMS(one(same(sum))));
}

void build_gradient(struct builder *b, const struct gradient_wish *wish)
{
    struct program *p = b->p;
    int from = wish->before ? p->layer_z[wish->layer] : p->layer_out[wish->layer];
    b->phase = PHASE_BACKWARD;
    b->layer = wish->layer;
    p->seed = build_twin(b, from, ROLE_GRAD);
    build_op(b, OP_GIVEN, p->seed);
    for (int place = wish->layer; place > 0; place--) {
        const struct layer *l = &b->net->layers[place];
        bool own_z =
            p->layer_z[place] == from && p->layer_out[place] != from && l->kind != LAYER_ACTIVATION;
        b->layer = place;
        if (own_z)
            add_operation_back(b, l, p->seed);
        else
            add_layer_back(b, place);
    }
    b->layer = -1;
    if (wish->gradcam >= 0)
        add_gradcam(b, wish->gradcam);
}
