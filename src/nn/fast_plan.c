#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "nn/fast_planner.h"

struct lane_conv plan_conv(const struct layer *l)
{
    struct lane_conv d = {.H = l->in.dim[0],
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
    d.padded = d.top > 0 || d.left > 0 || (d.P - 1) * d.stride + d.U > d.H ||
               (d.Q - 1) * d.stride_w + d.V > d.W;
    return d;
}

#define WORK_WORTH_REPEATING                                                                       \
    65536 /* multiply-adds; fewer cost less than waiting for each other                            \
           */

/* Do all threads better compute all of the last layer, and with it the loss, for themselves? */
static bool is_worth_repeating(const struct planner *pl, const struct op *op)
{
    const struct layer *l = &pl->p->net->layers[op->layer];
    return pl->f->split == SPLIT_FEATURES && op->layer == pl->p->net->layer_count - 1 &&
           pl->b->n * l->in.dim[0] * l->units <= WORK_WORTH_REPEATING;
}

/* A kernel that reads and writes lanes: inputs 0 and, for pools' way back, 1. */
static void plan_lanes(struct planner *pl, enum fast_kind kind, const struct op *op, int batched)
{
    for (int k = 0; k < batched; k++)
        plan_need_lanes(pl, op->in[k]);
    if (op->add)
        plan_need_lanes(pl, op->out);
    struct fast_step *s = plan_add(pl, kind, op, op->out);
    s->add = op->add;
    s->each = pl->at[op->out].each = kind == FAST_DENSE && is_worth_repeating(pl, op);
    for (int k = 0; k < op->in_count; k++)
        s->in[k] = op->in[k];
    const struct layer *l = &pl->p->net->layers[op->layer];
    if (l->in.rank == 3)
        s->conv = plan_conv(l);
    plan_order(pl, s, NULL, 0);
    plan_in_lanes(pl, op->out);
}

/* A small dense layer's dW from lanes, together with its db, which the next operation is. */
static void plan_small_dw(struct planner *pl, const struct op *op)
{
    plan_need_lanes(pl, op->in[0]);
    plan_need_lanes(pl, op->in[1]);
    struct fast_step *s = plan_add(pl, FAST_SMALL_DW, op, op->out);
    s->in[0] = op->in[0];
    s->in[1] = op->in[1];
    s->in[2] = op[1].out;
    plan_order(pl, s, NULL, 0);
    pl->at[plan_home(pl, op[1].out)].in_rows.written = ACCESS_ANY;
}

static bool pool_is_simple(const struct layer *l)
{
    struct lane_conv d = plan_conv(l);
    return !d.padded && d.stride == d.U && d.stride_w == d.V;
}

/* out = fn(one tensor at the same place), both with samples. */
static bool is_map(const struct planner *pl, const struct op *op)
{
    const struct factor *f = &op->terms[0].factor[0];
    return op->kind == OP_ELEMENT && op->term_count == 1 && op->terms[0].count == 1 && !op->add &&
           f->tensor >= 0 && f->reach == REACH_SAME && pl->p->tensors[op->out].batched &&
           pl->p->tensors[f->tensor].batched;
}

static bool has_fast_map(enum fn fn)
{
    return fn == FN_RELU || fn == FN_SIGMOID || fn == FN_TANH;
}

/* Two tensors with the same numbers share their places. */
static void share(struct planner *pl, int out, int in)
{
    pl->lane_of[out] = pl->lane_of[in];
    pl->b->at[out] = pl->b->at[in];
    pl->at[out] = pl->at[in];
}

/* What an operation reads, for those that run plain. */
static int list_inputs(const struct op *op, int *list, int most)
{
    int count = 0;
    for (int k = 0; k < op->in_count && count < most; k++)
        list[count++] = op->in[k];
    for (int k = 0; k < op->part_count && count < most; k++)
        list[count++] = op->parts[k];
    for (int t = 0; t < op->term_count; t++)
        for (int j = 0; j < op->terms[t].count && count < most; j++)
            if (op->terms[t].factor[j].tensor >= 0)
                list[count++] = op->terms[t].factor[j].tensor;
    return count;
}

#define MOST_INPUTS 4096

static void plan_plain(struct planner *pl, const struct op *op)
{
    int *list = mem_zalloc(MOST_INPUTS, sizeof *list);
    int count = list_inputs(op, list, MOST_INPUTS - 2);
    if (op->kind == OP_TARGET || op->kind == OP_ELEMENT)
        if (pl->p->label >= 0)
            list[count++] = pl->p->label;
    for (int k = 0; k < count; k++)
        plan_need_rows(pl, list[k]);
    if (op->add)
        plan_need_rows(pl, op->out);
    plan_late(pl, list, count);
    struct fast_step *s = plan_add(pl, FAST_PLAIN, op, op->out);
    plan_order(pl, s, list, count);
    pl->at[op->out].rows = true;
    pl->at[op->out].lanes = false;
    free(list);
}

static int plan_element(struct planner *pl, int k)
{
    const struct program *p = pl->p;
    const struct op *op = &p->ops[k];
    enum activation act;
    bool momentum = p->tensors[op->out].role == ROLE_NEW_M &&
                    p->net->train.optimiser == OPT_MOMENTUM && plan_is_descent(pl, k + 1, op->out);
    if (plan_is_slope(pl, k, &act)) {
        plan_slope(pl, k, act);
        return 2;
    }
    if (is_map(pl, op) && op->fn == FN_COPY) {
        share(pl, op->out, op->terms[0].factor[0].tensor);
        return 1;
    }
    if (is_map(pl, op) && op->fn == FN_RELU && plan_join_relu(pl, k))
        return 1;
    if (is_map(pl, op) && has_fast_map(op->fn)) {
        int in = op->terms[0].factor[0].tensor;
        plan_need_lanes(pl, in);
        struct fast_step *s = plan_add(pl, FAST_MAP, op, op->out);
        s->in[0] = in;
        s->fn = op->fn;
        s->each = pl->at[op->out].each = pl->at[in].each;
        plan_order(pl, s, NULL, 0);
        plan_in_lanes(pl, op->out);
        return 1;
    }
    if (p->tensors[op->out].role == ROLE_USED && op->fn == FN_COPY) {
        pl->b->at[op->out] = pl->b->at[op->terms[0].factor[0].tensor];
        pl->lane_of[op->out] = op->terms[0].factor[0].tensor;
        return 1;
    }
    if (momentum || (op->term_count == 2 && plan_is_descent(pl, k, op->terms[1].factor[2].tensor)))
        return plan_update(pl, k);
    plan_plain(pl, op);
    return 1;
}

/* Few enough weights that bringing numbers into rows costs more than it saves. */
static bool is_small(const struct planner *pl, const struct layer *l)
{
    return pl->b->n <= pl->f->lanes && l->units * l->in.dim[0] <= 64;
}

/* Plans operation k; how many operations that took. */
static int plan_op(struct planner *pl, int k)
{
    const struct op *op = &pl->p->ops[k];
    const struct layer *l = op->layer >= 0 ? &pl->p->net->layers[op->layer] : NULL;
    if (op->kind == OP_GIVEN || (op->shown_only && !pl->b->at[op->out]))
        return 1;
    switch (op->kind) {
    case OP_DENSE:
        plan_lanes(pl, FAST_DENSE, op, 1);
        return 1;
    case OP_DENSE_DX:
        plan_lanes(pl, FAST_DENSE_DX, op, 1);
        return 1;
    case OP_DENSE_DW:
        if (is_small(pl, l) && plan_is_bias(pl, op + 1)) {
            plan_small_dw(pl, op);
            return 2;
        }
        plan_put_off(pl, op);
        return 1;
    case OP_CONV:
        plan_lanes(pl, FAST_CONV, op, 1);
        return 1;
    case OP_CONV_DX:
        if (l->kernel_h * l->kernel_w <= 1024)
            plan_lanes(pl, FAST_CONV_DX, op, 1);
        else
            plan_plain(pl, op);
        return 1;
    case OP_CONV_DW:
        plan_put_off(pl, op);
        return 1;
    case OP_MAXPOOL:
        if (pool_is_simple(l))
            plan_lanes(pl, FAST_MAXPOOL, op, 1);
        else
            plan_plain(pl, op);
        return 1;
    case OP_MAXPOOL_DX:
        if (pool_is_simple(l) && !op->add)
            plan_lanes(pl, FAST_MAXPOOL_DX, op, 2);
        else
            plan_plain(pl, op);
        return 1;
    case OP_ELEMENT:
        return plan_element(pl, k);
    case OP_REDUCE:
        if (plan_is_bias(pl, op)) {
            plan_put_off(pl, op);
            return 1;
        }
        break;
    default:
        break;
    }
    plan_plain(pl, op);
    return 1;
}

static double work_of(const struct program *p, const struct op *op, int n)
{
    const struct layer *l = op->layer >= 0 ? &p->net->layers[op->layer] : NULL;
    switch (op->kind) {
    case OP_DENSE:
    case OP_DENSE_DX:
    case OP_DENSE_DW:
        return (double)n * l->in.dim[0] * l->units;
    case OP_CONV:
    case OP_CONV_DX:
    case OP_CONV_DW:
        return (double)n * (double)shape_count(&l->out) * l->kernel_h * l->kernel_w * l->in.dim[2];
    default:
        return (double)program_op_cells(p, op, n);
    }
}

/* Is the input read by dense layers alone? */
static bool starts_dense(const struct program *p)
{
    for (int k = 0; k < p->op_count; k++) {
        enum op_kind kind = p->ops[k].kind;
        int list[3], count = p->ops[k].in_count;
        memcpy(list, p->ops[k].in, sizeof list);
        for (int j = 0; j < count; j++)
            if (list[j] == p->input && kind != OP_DENSE && kind != OP_DENSE_DW)
                return false;
        for (int j = 0; j < p->ops[k].term_count; j++)
            if (p->ops[k].terms[j].factor[0].tensor == p->input)
                return false;
    }
    return true;
}

/* How threads share the work out, and for that the width of the blocks of lanes. */
static void choose_split(struct planner *pl, bool cheap)
{
    struct fast *f = pl->f;
    int n = pl->b->n, width = f->k->width, team = f->threads;
    bool dense = starts_dense(pl->p) && pl->p->mode == MODE_TRAIN;
    f->lanes = n <= width ? width : 2 * width;
    f->split = SPLIT_PLACES;
    if (team < 2)
        return;
    if (dense) {
        f->split = SPLIT_FEATURES;
        f->fill_each = cheap;
        pl->at[pl->p->input].each = cheap;
        if (pl->p->label >= 0)
            pl->at[pl->p->label].each = cheap;
    } else if ((n + f->lanes - 1) / f->lanes % team == 0) {
        f->split = SPLIT_BLOCKS;
    } else if ((n + width - 1) / width % team == 0) {
        f->split = SPLIT_BLOCKS;
        f->lanes = width;
    }
    int filled = cheap && dense             ? ACCESS_EACH
                 : f->split == SPLIT_BLOCKS ? ACCESS_BLOCKS
                                            : ACCESS_ANY;
    pl->at[pl->p->input].in_rows.written = filled;
    if (pl->p->label >= 0)
        pl->at[pl->p->label].in_rows.written = filled;
}

#define WORK_WORTH_A_THREAD 60000.0 /* multiply-adds a batch; below, waiting costs more */

static void count_readers(struct planner *pl)
{
    const struct program *p = pl->p;
    int *list = mem_zalloc(MOST_INPUTS, sizeof *list);
    for (int k = 0; k < p->op_count; k++) {
        int count = list_inputs(&p->ops[k], list, MOST_INPUTS);
        for (int j = 0; j < count && !p->ops[k].shown_only; j++)
            pl->readers[list[j]]++;
        if (p->ops[k].kind == OP_GIVEN)
            pl->at[p->ops[k].out].rows = true;
        if (!p->ops[k].shown_only)
            pl->f->work += work_of(p, &p->ops[k], pl->b->n);
    }
    free(list);
}

static void plan_all(struct planner *pl)
{
    const struct program *p = pl->p;
    bool fused = false; /* the loss */
    for (int k = 0; k < p->op_count;) {
        int from, to, span = plan_loss_span(pl, k, &from, &to);
        if (p->ops[k].phase == PHASE_UPDATE)
            plan_late(pl, NULL, 0);
        if (span)
            plan_loss(pl, from, to);
        fused = fused || span;
        k += span ? span : plan_op(pl, k);
    }
    plan_late(pl, NULL, 0);
    if (fused)
        plan_mean(pl);
    int out = p->layer_out[p->net->layer_count - 1];
    plan_need_rows(pl, out);
    pl->at[pl->lane_of[out]].rows_met = true; /* by who asks for the answers */
    if (p->mode == MODE_EVAL && p->loss_each >= 0)
        plan_need_rows(pl, p->loss_each); /* what an evaluation sums up */
}

struct fast *fast_create(const struct program *p, struct buffers *b, const char *variant,
                         int threads, bool cheap, struct err *err)
{
    struct fast *f = mem_zalloc(1, sizeof *f);
    size_t tensors = (size_t)p->tensor_count;
    struct planner pl = {.f = f, .p = p, .b = b};
    f->program = p;
    f->b = b;
    f->k = variant ? lane_find(variant) : lane_best();
    pl.at = mem_zalloc(tensors, sizeof *pl.at);
    pl.lane_of = mem_zalloc(tensors, sizeof *pl.lane_of);
    pl.readers = mem_zalloc(tensors, sizeof *pl.readers);
    pl.late = mem_zalloc((size_t)p->op_count, sizeof *pl.late);
    for (int t = 0; t < p->tensor_count; t++)
        pl.lane_of[t] = t;
    count_readers(&pl);
    f->threads = f->work < WORK_WORTH_A_THREAD ? 1 : team_size_for(threads);
    f->team = team_create(f->threads);
    f->adapts = threads <= 0;
    pace_init(&f->pace);
    choose_split(&pl, cheap);
    plan_all(&pl);
    plan_chains(&pl);
    bool ok = plan_memory(&pl, err);
    f->small = ok ? fast_small_create(f) : NULL;
    free(pl.at);
    free(pl.lane_of);
    free(pl.readers);
    free(pl.late);
    if (ok)
        return f;
    fast_destroy(f);
    return NULL;
}
