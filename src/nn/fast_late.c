/* The gradients of parameters, put off to the end of the way back: until then each thread can go on
 * with its own samples or outputs, and one barrier does for all of these. One that nothing but a
 * descent reads waits for that and is done together with it, so that it is never stored. */
#include "nn/fast_planner.h"

bool plan_is_bias(const struct planner *pl, const struct op *op)
{
    return op->kind == OP_REDUCE && op->group == GROUP_LEAD && op->fn == FN_SUM && !op->add &&
           op->term_count == 1 && op->terms[0].count == 1 &&
           op->terms[0].factor[0].reach == REACH_SAME && pl->p->tensors[op->domain].batched;
}

static bool is_patch(const struct planner *pl, const struct lane_conv *d)
{
    return pl->f->k->patch_dw && lane_is_patch(d);
}

/* The sizes of the weight gradient of a convolution. Shares are seldom even, and the last thread's
 * the larger ones; so every other convolution begins with it. */
static void set_conv(struct planner *pl, struct fast_step *s, const struct layer *l)
{
    s->conv = plan_conv(l);
    for (int k = 0; k < pl->f->step_count - 1; k++) {
        const struct fast_step *other = &pl->f->steps[k];
        s->turned = s->turned != (other->kind == FAST_CONV_DW && !is_patch(pl, &other->conv));
    }
    int width = s->conv.K <= 8 && pl->f->k->width > 8 ? 8 : pl->f->k->width;
    s->kp = (s->conv.K + width - 1) / width * width;
    s->scratch = (size_t)s->conv.U * (size_t)s->conv.V * (size_t)s->conv.C * (size_t)s->kp;
}

/* The gradient's step, not yet in the order. */
static struct fast_step *add_gradient(struct planner *pl, const struct op *op)
{
    const struct layer *l = op->layer >= 0 ? &pl->p->net->layers[op->layer] : NULL;
    enum fast_kind kind = op->kind == OP_DENSE_DW  ? FAST_DENSE_DW
                          : op->kind == OP_CONV_DW ? FAST_CONV_DW
                                                   : FAST_BIAS;
    struct fast_step *s = plan_add(pl, kind, op, op->out);
    s->in[0] = kind == FAST_BIAS ? op->terms[0].factor[0].tensor : op->in[0];
    s->in[1] = kind == FAST_BIAS ? -1 : op->in[1];
    if (kind == FAST_CONV_DW) {
        set_conv(pl, s, l);
    } else if (kind == FAST_DENSE_DW) {
        s->unit = plan_unit(pl, (size_t)l->units);
    } else if (!l || l->kind != LAYER_DENSE) {
        struct lane_conv d = {0};
        if (l && l->kind == LAYER_CONV2D)
            d = plan_conv(l);
        s->unit = pl->f->k->width;
        s->turned = !is_patch(pl, &d); /* of patches the first thread has the larger half */
    }
    return s;
}

static bool is_of_parameter(const struct planner *pl, int gradient)
{
    for (int t = 0; t < pl->p->tensor_count; t++)
        if (pl->p->tensors[t].is_param && pl->p->tensors[t].grad == gradient)
            return true;
    return false;
}

void plan_put_off(struct planner *pl, const struct op *op)
{
    if (op->kind == OP_REDUCE) {
        plan_need_rows(pl, op->terms[0].factor[0].tensor);
    } else {
        plan_need_rows(pl, op->in[0]);
        plan_need_rows(pl, op->in[1]);
    }
    if (is_of_parameter(pl, op->out))
        pl->late[pl->late_count++] = (int)(op - pl->p->ops);
    else
        plan_order(pl, add_gradient(pl, op), NULL, 0);
}

/* Takes entry k off the list. */
static const struct op *take(struct planner *pl, int k)
{
    const struct op *op = &pl->p->ops[pl->late[k]];
    pl->late_count--;
    for (; k < pl->late_count; k++)
        pl->late[k] = pl->late[k + 1];
    return op;
}

void plan_late(struct planner *pl, const int *wanted, int count)
{
    for (int k = 0; k < pl->late_count;) {
        int out = pl->p->ops[pl->late[k]].out;
        bool now = !wanted && !plan_descends_at_once(pl, out);
        for (int j = 0; j < count; j++)
            now = now || pl->lane_of[wanted[j]] == out;
        if (now)
            plan_order(pl, add_gradient(pl, take(pl, k)), NULL, 0);
        else
            k++;
    }
}

struct fast_step *plan_late_gradient(struct planner *pl, int gradient)
{
    for (int k = 0; k < pl->late_count; k++)
        if (pl->p->ops[pl->late[k]].out == pl->lane_of[gradient])
            return add_gradient(pl, take(pl, k));
    return NULL;
}

void plan_mean(struct planner *pl)
{
    struct fast_step *s = plan_add(pl, FAST_MEAN, NULL, pl->p->loss);
    s->in[0] = pl->p->loss_each;
    plan_order(pl, s, NULL, 0);
}
