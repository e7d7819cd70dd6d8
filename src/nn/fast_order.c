/* The order of the fast engine's steps: which layout holds a tensor, and where threads must wait.
 */
#include "glassnet/base/mem.h"
#include "nn/fast_planner.h"

/* The tensor whose place a parameter's new value takes. */
int plan_home(const struct planner *pl, int tensor)
{
    const struct tensor *t = &pl->p->tensors[tensor];
    enum role old = t->role == ROLE_NEW     ? ROLE_VALUE
                    : t->role == ROLE_NEW_M ? ROLE_M
                    : t->role == ROLE_NEW_V ? ROLE_V
                    : t->role == ROLE_NEW_U ? ROLE_U
                                            : ROLES;
    return old == ROLES ? tensor : program_in_role(pl->p, tensor, old);
}

/* Whole vectors where there are enough of them for every thread. */
int plan_unit(const struct planner *pl, size_t count)
{
    size_t threads = (size_t)pl->f->threads;
    return count >= 32 * threads ? 16 : count >= 16 * threads ? 8 : count >= 8 * threads ? 4 : 1;
}

/* The dense layer whose weights, or gradient of weights, a step writes; else NULL. */
static const struct layer *dense_of(const struct planner *pl, const struct fast_step *s)
{
    const struct layer *l = s->op && s->op->layer >= 0 ? &pl->p->net->layers[s->op->layer] : NULL;
    return l && l->kind == LAYER_DENSE ? l : NULL;
}

/* Of a dense layer's weights or biases by those whose outputs they are. */
static int weight_access(const struct planner *pl, const struct layer *l, int tensor)
{
    size_t units = (size_t)l->units;
    return plan_unit(pl, units) * (int)(pl->p->tensors[tensor].count / units);
}

struct fast_step *plan_add(struct planner *pl, enum fast_kind kind, const struct op *op, int out)
{
    struct fast *f = pl->f;
    f->steps = mem_grow(f->steps, &f->step_capacity, f->step_count + 1, sizeof *f->steps);
    struct fast_step *s = &f->steps[f->step_count++];
    *s = (struct fast_step){.kind = kind,
                            .op = op,
                            .out = out,
                            .in = {-1, -1, -1},
                            .w = -1,
                            .m = -1,
                            .bias = -1,
                            .bias_w = -1,
                            .bias_m = -1};
    s->unit = kind == FAST_UPDATE && dense_of(pl, s) ? weight_access(pl, dense_of(pl, s), out)
              : kind == FAST_UPDATE                  ? 64
                                                     : plan_unit(pl, pl->p->tensors[out].count);
    return s;
}

/* Of a tensor of the batch, which the step's threads go through piece by piece. */
static int batch_access(const struct planner *pl, int tensor)
{
    if (pl->at[tensor].each)
        return ACCESS_EACH;
    if (pl->f->split == SPLIT_BLOCKS)
        return ACCESS_BLOCKS;
    if (pl->f->split == SPLIT_FEATURES)
        return plan_unit(pl, pl->p->tensors[tensor].count);
    return ACCESS_ANY;
}

/* Of a tensor of which a thread reads more than its share. */
static int whole_access(const struct planner *pl, int tensor)
{
    int a = batch_access(pl, tensor);
    return a < 0 ? a : ACCESS_ANY;
}

/* How step s reads in[k], and (k = -1) writes out. */
static int access_of(const struct planner *pl, const struct fast_step *s, int k)
{
    int t = k < 0 ? s->out : s->in[k];
    const struct layer *dense = dense_of(pl, s);
    bool batched = pl->p->tensors[t].batched, own = pl->f->split == SPLIT_FEATURES && !s->each;
    switch (s->kind) {
    case FAST_DENSE:
        if (!batched)
            return own ? weight_access(pl, dense, t) : ACCESS_ANY;
        return k == 0 ? whole_access(pl, t) : batch_access(pl, t);
    case FAST_DENSE_DX:
        if (!batched)
            return ACCESS_ANY;
        return k == 0 ? whole_access(pl, t) : batch_access(pl, t);
    case FAST_CONV:
    case FAST_CONV_DX:
    case FAST_MAXPOOL:
    case FAST_MAXPOOL_DX:
        return batched ? whole_access(pl, t) : ACCESS_ANY;
    case FAST_TO_LANES:
    case FAST_TO_ROWS:
    case FAST_MAP:
    case FAST_SLOPE:
        return batch_access(pl, t);
    case FAST_LOSS:
        return whole_access(pl, t);
    case FAST_DENSE_DW:
    case FAST_BIAS:
        if (!batched)
            return k < 0 && dense ? weight_access(pl, dense, t) : ACCESS_ANY;
        if (pl->at[t].each)
            return ACCESS_EACH;
        return k == 0 && dense && own ? batch_access(pl, t) : ACCESS_ANY;
    case FAST_UPDATE:
        return dense && pl->p->tensors[t].count % (size_t)dense->units == 0 && t != pl->p->rate
                   ? weight_access(pl, dense, t)
                   : ACCESS_ANY;
    default:
        return pl->at[t].each && s->kind != FAST_PLAIN ? ACCESS_EACH : ACCESS_ANY;
    }
}

static void clear_marks(struct planner *pl)
{
    for (int t = 0; t < pl->p->tensor_count; t++)
        pl->at[t].in_rows = pl->at[t].in_lanes = (struct mark){ACCESS_NONE, ACCESS_NONE};
}

bool fast_uses_lanes(const struct fast_step *s, int k)
{
    switch (s->kind) {
    case FAST_TO_LANES:
        return k < 0;
    case FAST_TO_ROWS:
    case FAST_SMALL_DW:
        return k >= 0;
    case FAST_LOSS:
        return k != 1; /* the label */
    case FAST_PLAIN:
    case FAST_DENSE_DW:
    case FAST_CONV_DW:
    case FAST_BIAS:
    case FAST_MEAN:
    case FAST_UPDATE:
        return false;
    default:
        return true;
    }
}

static struct mark *mark_of(const struct planner *pl, int tensor, bool lanes)
{
    struct place *at = &pl->at[plan_home(pl, pl->lane_of[tensor])];
    return lanes && pl->p->tensors[tensor].batched ? &at->in_lanes : &at->in_rows;
}

static bool clash(int before, int now)
{
    return before != ACCESS_NONE && (before != now || now == ACCESS_ANY);
}

static void wait_before(struct planner *pl, struct fast_step *s)
{
    if (s->barrier)
        return;
    s->barrier = true;
    clear_marks(pl);
}

static void note(struct planner *pl, int tensor, bool lanes, bool writes, int access)
{
    struct mark *m = mark_of(pl, tensor, lanes);
    int *mark = writes ? &m->written : &m->read;
    *mark = *mark == ACCESS_NONE || *mark == access ? access : ACCESS_ANY;
    if (!lanes && access < 0)
        pl->at[plan_home(pl, pl->lane_of[tensor])].rows_met = true;
}

/* Orders a step after what it depends on: its inputs, its result, and further tensors. */
void plan_order(struct planner *pl, struct fast_step *s, const int *more, int count)
{
    const int writes[3] = {s->out, s->w, s->m}, access = access_of(pl, s, -1);
    struct mark *in[3] = {0}, *out[3] = {0};
    for (int k = 0; k < 3; k++) {
        if (s->in[k] >= 0)
            in[k] = mark_of(pl, s->in[k], fast_uses_lanes(s, k));
        if (writes[k] >= 0)
            out[k] = mark_of(pl, writes[k], fast_uses_lanes(s, -1));
        if ((in[k] && clash(in[k]->written, access_of(pl, s, k))) ||
            (out[k] && (clash(out[k]->written, access) || clash(out[k]->read, access))))
            wait_before(pl, s);
    }
    for (int k = 0; k < count; k++)
        if (clash(mark_of(pl, more[k], false)->written, ACCESS_ANY))
            wait_before(pl, s);
    for (int k = 0; k < 3; k++) {
        if (in[k])
            note(pl, s->in[k], fast_uses_lanes(s, k), false, access_of(pl, s, k));
        if (out[k])
            note(pl, writes[k], fast_uses_lanes(s, -1), true, access);
    }
    for (int k = 0; k < count; k++)
        note(pl, more[k], false, false, ACCESS_ANY);
}

void plan_need_lanes(struct planner *pl, int tensor)
{
    struct place *at = &pl->at[tensor];
    at->wants_lanes = true;
    pl->at[pl->lane_of[tensor]].wants_lanes = true;
    if (at->lanes)
        return;
    struct fast_step *s = plan_add(pl, FAST_TO_LANES, NULL, tensor);
    s->each = at->each;
    s->in[0] = tensor;
    plan_order(pl, s, NULL, 0);
    at->lanes = true;
}

void plan_need_rows(struct planner *pl, int tensor)
{
    struct place *at = &pl->at[tensor];
    if (at->rows || !pl->p->tensors[tensor].batched)
        return;
    struct fast_step *s = plan_add(pl, FAST_TO_ROWS, NULL, tensor);
    s->each = at->each;
    s->past = pl->f->split != SPLIT_FEATURES;
    s->in[0] = tensor;
    plan_order(pl, s, NULL, 0);
    at->rows = true;
}

void plan_in_lanes(struct planner *pl, int tensor)
{
    pl->at[tensor].lanes = pl->at[tensor].wants_lanes = true;
    pl->at[tensor].rows = false;
}
