/* Of a finished plan: biases summed along with the weights of their convolution, and sums over
 * samples that two threads do one after the other instead of side by side.
 *
 * A convolution on few channels has few weights: they cannot be shared out without each thread
 * doing again what serves all of them, and without each reading all of the blame, half of which the
 * other thread wrote. Where threads have samples of their own, the first one begins these sums with
 * its own samples, before the other gradients; the second goes on with them after those. Each reads
 * what is in its own cache, and the order is that of one thread. docs/speed.md has the figures. */
#include "nn/fast_planner.h"

static const struct fast_step *step_at(const struct planner *pl, int k)
{
    return &pl->f->steps[k];
}

/* The step that sums up the bias from the same blame, or -1. */
static int bias_of(const struct planner *pl, int conv)
{
    const struct fast_step *s = step_at(pl, conv);
    for (int k = conv + 1; k < pl->f->step_count; k++) {
        const struct fast_step *b = step_at(pl, k);
        if (b->kind == FAST_BIAS && b->in[0] == s->in[0])
            return k;
    }
    return -1;
}

static void take_out(struct planner *pl, int at)
{
    struct fast *f = pl->f;
    f->step_count--;
    for (int k = at; k < f->step_count; k++)
        f->steps[k] = f->steps[k + 1];
}

static bool is_patch(const struct planner *pl, const struct fast_step *s)
{
    return s->kind == FAST_CONV_DW && pl->f->k->patch_dw && lane_is_patch(&s->conv);
}

/* The kernel of few places has a lane to spare, which sums up the bias. */
static void join_bias(struct planner *pl, int conv)
{
    struct fast_step *s = &pl->f->steps[conv];
    int at = bias_of(pl, conv);
    if (at < 0)
        return;
    const struct fast_step *b = step_at(pl, at);
    if (b->barrier || s->descends != b->descends || (!s->descends && at > conv + 1))
        return;
    s->bias = b->out;
    s->bias_w = b->w;
    s->bias_m = b->m;
    take_out(pl, at);
}

static bool reads_rows(const struct fast_step *s, int tensor)
{
    for (int k = 0; k < 3; k++)
        if (s->in[k] == tensor && !fast_uses_lanes(s, k))
            return true;
    return false;
}

/* Multiply-adds of a step that sums over samples. */
static double work_of(const struct planner *pl, const struct fast_step *s)
{
    const struct lane_conv *d = &s->conv;
    if (s->kind == FAST_CONV_DW)
        return (double)d->P * d->Q * d->K * d->U * d->V * d->C;
    if (s->kind == FAST_DENSE_DW)
        return (double)pl->p->tensors[s->out].count;
    return 0;
}

/* Can what follows the step be done while the other thread is at it, without waiting in between,
 * and does it last as long? */
static bool has_company(const struct planner *pl, int conv)
{
    double work = 0;
    for (int k = conv + 1; k < pl->f->step_count; k++) {
        const struct fast_step *s = step_at(pl, k);
        if (s->barrier || (s->kind == FAST_CONV_DW && !is_patch(pl, s) && s->kp != s->conv.K))
            return false;
        work += work_of(pl, s);
    }
    return work >= work_of(pl, step_at(pl, conv));
}

static bool is_thin(const struct planner *pl, const struct fast_step *s)
{
    const struct lane_conv *d = &s->conv;
    return s->kind == FAST_CONV_DW && s->descends && d->U * d->V * d->C <= 32 &&
           (is_patch(pl, s) || s->kp == d->K) && pl->f->program->tensors[s->in[1]].batched;
}

static void chain(struct planner *pl, int at)
{
    struct fast *f = pl->f;
    struct fast_step last = f->steps[at];
    f->steps[at].chain = CHAIN_FIRST;
    last.chain = CHAIN_LAST;
    last.barrier = false;
    *plan_add(pl, last.kind, last.op, last.out) = last;
}

/* Rows that only the thread reads which writes them stay in its cache. */
static void keep_near(struct planner *pl, int tensor)
{
    for (int k = 0; k < pl->f->step_count; k++)
        if (reads_rows(step_at(pl, k), tensor) && !step_at(pl, k)->chain)
            return;
    for (int k = 0; k < pl->f->step_count; k++)
        if (step_at(pl, k)->kind == FAST_TO_ROWS && step_at(pl, k)->out == tensor)
            pl->f->steps[k].past = false;
}

void plan_chains(struct planner *pl)
{
    struct fast *f = pl->f;
    for (int k = 0; k < f->step_count; k++)
        if (is_patch(pl, step_at(pl, k)))
            join_bias(pl, k);
    if (f->threads != 2 || f->split != SPLIT_BLOCKS)
        return;
    for (int k = 0; k < f->step_count; k++) {
        if (!is_thin(pl, step_at(pl, k)) || !has_company(pl, k))
            continue;
        int bias = bias_of(pl, k), blame = f->steps[k].in[0];
        chain(pl, k);
        if (bias >= 0 && f->steps[bias].descends)
            chain(pl, bias);
        keep_near(pl, blame);
        return;
    }
}
