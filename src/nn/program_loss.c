/* The loss phase, and the loss' own derivatives that begin the backward phase.
 *
 * The loss is the mean over the batch (1/n enters here and nowhere else); all but cross-entropy
 * are means over the outputs, too. Two roads lead back: by itself (loss.slope: dL/da of one
 * sample) and, for softmax with cross-entropy and sigmoid with binary cross-entropy, combined
 * with the activation (loss.error: dL/dz), which stays finite for any finite z. */
#include <stdio.h>

#include "nn/program_build.h"

/* log of the sum of exp, minus the true class' z, both shifted by the largest z. */
static void add_cross_entropy(struct builder *b, const struct layer *out)
{
    struct program *p = b->p;
    char name[256];
    struct shape scalar = shape_scalar();
    snprintf(name, sizeof name, "%s.sum", out->name);
    int sum = program_find(p, name);
    snprintf(name, sizeof name, "%s.shift", out->name);
    int shift = program_find(p, name);
    int logsum = build_inner(b, "loss", "logsum", &scalar, true);
    build_element(b, logsum, FN_LOG, TERMS(one(same(sum))));
    build_element(b, p->loss_each, FN_SUM,
                  TERMS(one(same(logsum)), two(number(-1), at(shift, REACH_LABEL))));
}

/* mean over outputs of y softplus(-z) + (1 - y) softplus(z). */
static void add_binary_cross_entropy(struct builder *b, int z, double k)
{
    struct program *p = b->p;
    struct shape shape = p->tensors[z].shape;
    int yes = build_inner(b, "loss", "yes", &shape, true);
    build_element(b, yes, FN_SOFTPLUS, TERMS(two(number(-1), same(z))));
    int no = build_inner(b, "loss", "no", &shape, true);
    build_element(b, no, FN_SOFTPLUS, TERMS(one(same(z))));
    int rest = build_inner(b, "loss", "rest", &shape, true);
    build_element(b, rest, FN_SUM, TERMS(one(number(1)), two(number(-1), same(p->target))));
    struct factor share = named(1 / k, "1/k");
    build_reduce(
        b, p->loss_each, GROUP_ALL, z,
        TERMS(three(share, same(p->target), same(yes)), three(share, same(rest), same(no))));
}

static int add_difference(struct builder *b, int a)
{
    int diff = build_inner(b, "loss", "diff", &b->p->tensors[a].shape, true);
    build_element(b, diff, FN_SUM, TERMS(one(same(a)), two(number(-1), same(b->p->target))));
    return diff;
}

static void add_squared_error(struct builder *b, int a, double k)
{
    int diff = add_difference(b, a);
    build_reduce(b, b->p->loss_each, GROUP_ALL, a,
                 TERMS(three(named(1 / k, "1/k"), same(diff), same(diff))));
}

static void add_absolute_error(struct builder *b, int a, double k)
{
    int diff = add_difference(b, a);
    int size = build_inner(b, "loss", "abs", &b->p->tensors[a].shape, true);
    build_element(b, size, FN_MAX, TERMS(one(same(diff)), two(number(-1), same(diff))));
    build_reduce(b, b->p->loss_each, GROUP_ALL, a, TERMS(two(named(1 / k, "1/k"), same(size))));
}

/* max(0, 1 - t a), t = -1 or 1. */
static void add_hinge(struct builder *b, int a, double k)
{
    struct program *p = b->p;
    int margin = build_inner(b, "loss", "margin", &p->tensors[a].shape, true);
    build_element(b, margin, FN_SUM,
                  TERMS(one(number(1)), three(number(-1), same(p->target), same(a))));
    int hinge = build_inner(b, "loss", "hinge", &p->tensors[a].shape, true);
    build_element(b, hinge, FN_RELU, TERMS(one(same(margin))));
    build_reduce(b, p->loss_each, GROUP_ALL, a, TERMS(two(named(1 / k, "1/k"), same(hinge))));
}

void build_loss(struct builder *b)
{
    struct program *p = b->p;
    const struct layer *out = net_output(b->net);
    int a = p->layer_out[b->net->layer_count - 1];
    int z = p->layer_z[b->net->layer_count - 1];
    double k = (double)p->tensors[a].count;
    struct shape scalar = shape_scalar();
    struct shape label = p->targets ? shape_vector(p->targets) : scalar;
    b->phase = PHASE_LOSS;
    b->layer = -1;
    p->label = build_tensor(b, ROLE_VALUE, "label", &label, true);
    build_op(b, OP_GIVEN, p->label);
    p->target = build_inner(b, "loss", "target", &p->tensors[a].shape, true);
    build_op(b, OP_TARGET, p->target);
    /* Declared here, filled last, so that the tensors read in the order they are computed. */
    p->loss_each = build_inner(b, "loss", "each", &scalar, true);
    p->loss = build_tensor(b, ROLE_VALUE, "loss", &scalar, false);
    switch (b->net->loss) {
    case LOSS_CROSS_ENTROPY:
        add_cross_entropy(b, out);
        break;
    case LOSS_BINARY_CROSS_ENTROPY:
        add_binary_cross_entropy(b, z, k);
        break;
    case LOSS_SQUARED_ERROR:
        add_squared_error(b, a, k);
        break;
    case LOSS_ABSOLUTE_ERROR:
        add_absolute_error(b, a, k);
        break;
    case LOSS_HINGE:
        add_hinge(b, a, k);
        break;
    default:
        break;
    }
    build_reduce(b, p->loss, GROUP_BATCH, p->loss_each,
                 TERMS(two(inverse(1, 1, "1/n"), same(p->loss_each))));
}

/* loss.slope: how one sample's loss changes with each output, by itself. */
static int add_slope(struct builder *b, int a, double k)
{
    struct program *p = b->p;
    struct shape kept = p->tensors[a].shape;
    int slope = -1;
    int t = p->target;
    switch (b->net->loss) {
    case LOSS_CROSS_ENTROPY: /* -y / p */
        slope = build_inner(b, "loss", "slope", &kept, true);
        build_element(b, slope, FN_QUOTIENT, TERMS(two(number(-1), same(t)), one(same(a))));
        break;
    case LOSS_BINARY_CROSS_ENTROPY: { /* ((1 - y) / (1 - p) - y / p) / k */
        int rest = program_find(p, "loss.rest");
        int other = build_inner(b, "loss", "other", &kept, true);
        build_element(b, other, FN_SUM, TERMS(one(number(1)), two(number(-1), same(a))));
        int up = build_inner(b, "loss", "up", &kept, true);
        build_element(b, up, FN_QUOTIENT, TERMS(one(same(rest)), one(same(other))));
        int down = build_inner(b, "loss", "down", &kept, true);
        build_element(b, down, FN_QUOTIENT, TERMS(one(same(t)), one(same(a))));
        slope = build_inner(b, "loss", "slope", &kept, true);
        build_element(
            b, slope, FN_SUM,
            TERMS(two(named(1 / k, "1/k"), same(up)), two(named(-1 / k, "−1/k"), same(down))));
        break;
    }
    case LOSS_SQUARED_ERROR: /* 2 (a - y) / k */
        slope = build_inner(b, "loss", "slope", &kept, true);
        build_element(b, slope, FN_PRODUCT,
                      TERMS(one(named(2 / k, "2/k")), one(same(program_find(p, "loss.diff")))));
        break;
    case LOSS_ABSOLUTE_ERROR: { /* sign(a - y) / k */
        int diff = program_find(p, "loss.diff");
        int above = build_inner(b, "loss", "above", &kept, true);
        build_element(b, above, FN_STEP, TERMS(one(same(diff))));
        int below = build_inner(b, "loss", "below", &kept, true);
        build_element(b, below, FN_STEP, TERMS(two(number(-1), same(diff))));
        slope = build_inner(b, "loss", "slope", &kept, true);
        build_element(
            b, slope, FN_SUM,
            TERMS(two(named(1 / k, "1/k"), same(above)), two(named(-1 / k, "−1/k"), same(below))));
        break;
    }
    case LOSS_HINGE: { /* -t / k inside the margin, else 0 */
        int inside = build_inner(b, "loss", "inside", &kept, true);
        build_element(b, inside, FN_STEP, TERMS(one(same(program_find(p, "loss.margin")))));
        slope = build_inner(b, "loss", "slope", &kept, true);
        build_element(b, slope, FN_PRODUCT,
                      TERMS(one(named(-1 / k, "−1/k")), one(same(t)), one(same(inside))));
        break;
    }
    default:
        break;
    }
    return slope;
}

/* loss.error: how one sample's loss changes with each z, combined with the activation: p - y,
 * for binary cross-entropy its share of the mean (Bishop 2006, sections 4.3.2 and 4.3.4). */
static int add_error(struct builder *b, int a, double k)
{
    struct program *p = b->p;
    struct shape shape = p->tensors[a].shape;
    int error = build_inner(b, "loss", "error", &shape, true);
    if (b->net->loss == LOSS_CROSS_ENTROPY)
        build_element(b, error, FN_SUM, TERMS(one(same(a)), two(number(-1), same(p->target))));
    else
        build_element(
            b, error, FN_SUM,
            TERMS(two(named(1 / k, "1/k"), same(a)), two(named(-1 / k, "−1/k"), same(p->target))));
    return error;
}

void build_loss_gradient(struct builder *b)
{
    struct program *p = b->p;
    int last = b->net->layer_count - 1;
    int a = p->layer_out[last];
    int z = p->layer_z[last];
    double k = (double)p->tensors[a].count;
    b->phase = PHASE_BACKWARD;
    b->layer = -1;
    int d_loss = build_twin(b, p->loss, ROLE_GRAD);
    build_element(b, d_loss, FN_SUM, TERMS(one(number(1))));
    int d_each = build_twin(b, p->loss_each, ROLE_GRAD);
    build_element(b, d_each, FN_PRODUCT,
                  TERMS(one(at(d_loss, REACH_SCALAR)), one(inverse(1, 1, "1/n"))));
    int slope = add_slope(b, a, k);
    int d_a = build_twin(b, a, ROLE_GRAD);
    build_element(b, d_a, FN_PRODUCT, TERMS(one(at(d_each, REACH_SAMPLE)), one(same(slope))));
    if (!net_is_combined(b->net))
        return;
    int error = add_error(b, a, k);
    int from = b->net->layers[last].from[0];
    bool shared = b->net->layers[last].kind == LAYER_ACTIVATION && b->readers[from] > 1;
    int d_z = build_twin(b, z, ROLE_GRAD);
    if (shared)
        build_element(b, d_z, FN_SUM, TERMS(two(at(d_each, REACH_SAMPLE), same(error))));
    else
        build_element(b, d_z, FN_PRODUCT, TERMS(one(at(d_each, REACH_SAMPLE)), one(same(error))));
}
