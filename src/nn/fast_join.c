/* Operations that the fast engine does in one go: relu with what comes before it, slopes, the
 * usual updates and losses. */
#include "nn/fast_planner.h"

bool plan_is_slope(const struct planner *pl, int k, enum activation *act)
{
    const struct program *p = pl->p;
    const struct op *a = &p->ops[k], *b = &p->ops[k + 1];
    if (k + 1 >= p->op_count || a->kind != OP_ELEMENT || b->kind != OP_ELEMENT || a->layer < 1 ||
        !p->tensors[a->out].batched || b->add || pl->readers[a->out] != 1 ||
        a->phase != PHASE_BACKWARD || a->layer != b->layer)
        return false;
    *act = p->net->layers[a->layer].activation;
    if (*act != ACT_RELU && *act != ACT_SIGMOID && *act != ACT_TANH)
        return false;
    /* d:NAME.z = d:NAME · NAME.slope, as a product of two terms or a sum of one. */
    int da = b->terms[0].factor[0].tensor;
    int second = b->term_count == 2 ? b->terms[1].factor[0].tensor : b->terms[0].factor[1].tensor;
    bool product = b->fn == FN_PRODUCT && b->term_count == 2 && b->terms[0].count == 1;
    return product && second == a->out && da >= 0 && b->terms[0].factor[0].reach == REACH_SAME;
}

/* Is op k  new:w = w - rate · x? */
bool plan_is_descent(const struct planner *pl, int k, int x)
{
    const struct program *p = pl->p;
    if (k >= p->op_count)
        return false;
    const struct op *op = &p->ops[k];
    return op->kind == OP_ELEMENT && p->tensors[op->out].role == ROLE_NEW && op->fn == FN_SUM &&
           op->term_count == 2 && op->terms[1].count == 3 && op->terms[1].factor[2].tensor == x &&
           op->terms[1].factor[1].tensor == p->rate;
}

/* Is op k, with the next, momentum's descent by the gradient g? */
static bool is_momentum(const struct planner *pl, int k, int g)
{
    const struct program *p = pl->p;
    const struct op *op = &p->ops[k];
    return p->tensors[op->out].role == ROLE_NEW_M && p->net->train.optimiser == OPT_MOMENTUM &&
           plan_is_descent(pl, k + 1, op->out) && op->terms[1].factor[0].tensor == g;
}

/* The operation that alone reads a gradient, when it is a descent; else -1. */
static int descent_by(const struct planner *pl, int g)
{
    const struct program *p = pl->p;
    for (int k = 0; k < p->op_count && pl->readers[g] == 1; k++) {
        const struct op *op = &p->ops[k];
        if (op->phase != PHASE_UPDATE || op->shown_only || op->kind != OP_ELEMENT)
            continue;
        if (p->tensors[op->out].role == ROLE_USED && op->fn == FN_COPY && op->term_count == 1 &&
            op->terms[0].factor[0].tensor == g)
            return descent_by(pl, op->out);
        if (plan_is_descent(pl, k, g) || is_momentum(pl, k, g))
            return k;
    }
    return -1;
}

bool plan_descends_at_once(const struct planner *pl, int gradient)
{
    return descent_by(pl, gradient) >= 0;
}

/* Plain descent, or momentum's two operations at once; how many operations that took. */
int plan_update(struct planner *pl, int k)
{
    const struct program *p = pl->p;
    const struct op *op = &p->ops[k];
    bool momentum = p->tensors[op->out].role == ROLE_NEW_M;
    int g = momentum ? op->terms[1].factor[0].tensor : op->terms[1].factor[2].tensor;
    const struct op *last = momentum ? op + 1 : op;
    struct fast_step *s = plan_late_gradient(pl, g);
    if (s)
        s->descends = true;
    else
        s = plan_add(pl, FAST_UPDATE, last, last->out);
    if (s->kind == FAST_UPDATE)
        s->in[0] = g;
    s->in[2] = p->rate;
    s->w = last->out;
    s->m = momentum ? op->out : -1;
    s->mu = momentum ? (float)op->terms[0].factor[0].value : 0;
    plan_order(pl, s, NULL, 0);
    return momentum ? 2 : 1;
}

/* The step before, when it wrote `tensor` (in lanes). */
static struct fast_step *last_writer(const struct planner *pl, int tensor)
{
    struct fast *f = pl->f;
    struct fast_step *s = f->step_count ? &f->steps[f->step_count - 1] : NULL;
    return s && s->out == tensor && !s->relu ? s : NULL;
}

/* From here on the step writes `tensor` instead of what it wrote. */
static void redirect(struct planner *pl, struct fast_step *s, int tensor)
{
    pl->at[s->out].lanes = false;
    s->out = tensor;
    s->relu = true;
    pl->at[tensor].each = s->each;
    plan_order(pl, s, NULL, 0);
    plan_in_lanes(pl, tensor);
}

static bool reads(const struct op *op, int tensor)
{
    for (int t = 0; t < op->term_count; t++)
        for (int j = 0; j < op->terms[t].count; j++)
            if (op->terms[t].factor[j].tensor == tensor)
                return true;
    return false;
}

/* Is z read by nothing but its relu, operation k, and a slope that is taken from relu(z)? */
static bool needs_no_z(const struct planner *pl, int z, int k)
{
    const struct program *p = pl->p;
    enum activation act;
    int others = pl->readers[z] - 1;
    for (int j = k + 1; j < p->op_count; j++)
        if (p->ops[j].kind == OP_ELEMENT && reads(&p->ops[j], z) && plan_is_slope(pl, j, &act))
            others--;
    return others == 0;
}

/* relu(z) stored instead of z. */
bool plan_join_relu(struct planner *pl, int k)
{
    const struct op *op = &pl->p->ops[k];
    int z = op->terms[0].factor[0].tensor;
    struct fast_step *s = last_writer(pl, z);
    if (!s || (s->kind != FAST_DENSE && s->kind != FAST_CONV) || !needs_no_z(pl, z, k))
        return false;
    redirect(pl, s, op->out);
    return true;
}

/* The slope of a relu joined to the step that gave the gradient of its result. */
static bool join_relu_slope(struct planner *pl, const struct op *op, int da, int a)
{
    struct fast_step *s = last_writer(pl, da);
    if (!s || (s->kind != FAST_DENSE_DX && s->kind != FAST_CONV_DX && s->kind != FAST_MAXPOOL_DX) ||
        (s->kind == FAST_MAXPOOL_DX && s->in[1] != a) || !pl->at[a].lanes || s->add ||
        pl->readers[da] != 1)
        return false;
    if (s->kind != FAST_MAXPOOL_DX)
        s->in[2] = a;
    redirect(pl, s, op->out);
    return true;
}

void plan_slope(struct planner *pl, int k, enum activation act)
{
    const struct op *op = &pl->p->ops[k + 1];
    int da = op->terms[0].factor[0].tensor;
    int a = pl->p->layer_out[op->layer];
    if (act == ACT_RELU && join_relu_slope(pl, op, da, a))
        return;
    plan_need_lanes(pl, da);
    plan_need_lanes(pl, a);
    struct fast_step *s = plan_add(pl, FAST_SLOPE, op, op->out);
    s->in[0] = da;
    s->in[1] = a;
    s->activation = act;
    s->each = pl->at[op->out].each = pl->at[da].each && pl->at[a].each;
    plan_order(pl, s, NULL, 0);
    plan_in_lanes(pl, op->out);
}

/* Can everything from operation k (the first after the last z) up to the gradient that goes back
 * be done by the fused loss? Then how many operations that is, else 0; *from and *to its ends. */
int plan_loss_span(const struct planner *pl, int k, int *from, int *to)
{
    const struct program *p = pl->p;
    const struct net *net = p->net;
    int last = net->layer_count - 1, end;
    bool cross = net->loss == LOSS_CROSS_ENTROPY;
    if (p->mode != MODE_TRAIN || (!cross && net->loss != LOSS_SQUARED_ERROR))
        return 0;
    *from = cross ? p->layer_z[last] : p->layer_out[last];
    *to = p->tensors[*from].grad;
    const struct op *op = &p->ops[k];
    bool begins = cross ? op->kind == OP_REDUCE && op->fn == FN_MAX && op->domain == *from
                        : p->tensors[op->out].phase == PHASE_LOSS;
    if (!begins || *to < 0)
        return 0;
    for (end = k; end < p->op_count && p->ops[end].phase <= PHASE_LOSS; end++)
        if (p->ops[end].layer >= 0 && p->ops[end].layer != last)
            return 0;
    end = p->tensors[*to].first_op;
    if (p->tensors[*to].last_op != end) /* read by others, too: a sum of several */
        return 0;
    for (int j = k; j <= end; j++)
        if (p->ops[j].layer >= 0 && p->ops[j].layer != last)
            return 0;
    return end - k + 1;
}

void plan_loss(struct planner *pl, int from, int to)
{
    const struct program *p = pl->p;
    int out = p->layer_out[p->net->layer_count - 1];
    plan_need_lanes(pl, from);
    struct fast_step *s = plan_add(pl, FAST_LOSS, &p->ops[p->tensors[to].first_op], to);
    s->in[0] = from;
    s->in[1] = p->label;
    s->each = pl->at[to].each = pl->at[out].each = pl->at[p->loss_each].each = pl->at[from].each;
    plan_order(pl, s, NULL, 0);
    plan_in_lanes(pl, to);
    pl->at[p->loss_each].in_rows = pl->at[to].in_lanes;
    if (p->net->loss == LOSS_CROSS_ENTROPY) {
        pl->at[out].rows = true;
        pl->at[out].in_rows = pl->at[to].in_lanes;
    }
}
