/* The steps that sum over samples: gradients of weights and biases, one thread's share of each, and
 * the descent that follows at once where nothing else wants the gradient. */
#include <string.h>

#include "nn/fast_part.h"
#include "nn/share.h"

/* `count` numbers of tensor `to` (its moments m, or -1) from `first` on descend by their gradient.
 */
static void descend(const struct part *w, int to, int m, const float *gradient, size_t first,
                    size_t count)
{
    void **at = w->f->b->at;
    w->f->k->update((float *)at[to] + first, m >= 0 ? (float *)at[m] + first : NULL, gradient,
                    w->s->mu, *(const float *)at[w->s->in[2]], count);
}

static void run_descent(const struct part *w, const float *gradient, size_t first, size_t count)
{
    descend(w, w->s->w, w->s->m, gradient, first, count);
}

/* Samples that this thread sums up over: all, for its share of the sums (`me` of `size`); or its
 * own, for all sums, one thread after the other. */
struct span {
    int from, to;
    bool begins, ends; /* the sums */
    int me, size;
};

/* False where it has nothing to do. */
static bool begin_span(const struct part *w, struct span *span)
{
    const struct fast *f = w->f;
    *span = (struct span){0, f->b->n, true, true, w->me, w->size};
    if (w->s->chain == CHAIN_NONE || w->size == 1)
        return w->s->chain != CHAIN_LAST;
    if ((w->s->chain == CHAIN_FIRST) != (w->me == 0))
        return false;
    struct share own = share_of((size_t)f->b->n, (size_t)f->lanes, w->me, w->size);
    *span = (struct span){(int)own.begin, (int)own.end, w->me == 0, w->me > 0, 0, 1};
    if (!span->begins)
        team_take(w->team, w->me);
    return true;
}

static void end_span(const struct part *w, const struct span *span)
{
    if (!span->ends)
        team_pass(w->team, w->me);
}

void part_dense_dw(const struct part *w)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct layer *l = &f->program->net->layers[s->op->layer];
    struct share o = share_of((size_t)l->units, (size_t)s->unit, w->me, w->size);
    struct lane_descent descent;
    if (s->descends)
        descent = (struct lane_descent){.w = f->b->at[s->w],
                                        .m = s->m >= 0 ? f->b->at[s->m] : NULL,
                                        .mu = s->mu,
                                        .down = w->me < w->size / 2,
                                        .rate = *(const float *)f->b->at[s->in[2]]};
    f->k->dense_dw(f->b->at[s->out], rows_of(w, s->in[0]), rows_of(w, s->in[1]), f->b->n,
                   l->in.dim[0], l->units, (int)o.begin, (int)o.end, s->descends ? &descent : NULL);
}

/* dz with each place's kernels padded to whole vectors, where they are not. */
static void pad_kernels(float *to, const float *from, size_t places, int K, int kp)
{
    for (size_t p = 0; p < places; p++)
        memcpy(to + p * (size_t)kp, from + p * (size_t)K, (size_t)K * sizeof *to);
}

/* Weights that one thread takes together: whole rows of a kernel where those are short. */
static size_t dw_unit(const struct lane_conv *d)
{
    int run = d->V * d->C;
    return run <= 5 && d->U * run >= 16 ? (size_t)(run == 5 ? 5 : run) : 8;
}

/* Shared out by kernels; or, where those are few, by halves of them: to gather a patch costs as
 * much as four kernels' sums. */
static void run_patch_dw(const struct part *w, const struct span *span)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct lane_conv *d = &s->conv;
    size_t weights = (size_t)d->U * (size_t)d->V * (size_t)d->C, width = (size_t)f->k->width;
    size_t x_count = (size_t)d->H * (size_t)d->W * (size_t)d->C;
    size_t z_count = (size_t)d->P * (size_t)d->Q * (size_t)d->K;
    bool halves = span->size == 2 && d->K <= 16, first = span->me == 0;
    struct share k = {0, (size_t)d->K}, m = {0, weights};
    enum lane_half half = !halves ? LANE_BOTH : first ? LANE_FIRST : LANE_REST;
    float *dW = f->b->at[s->out], *db = s->bias >= 0 ? f->b->at[s->bias] : NULL;
    if (halves)
        m = first ? (struct share){0, width} : (struct share){width, weights};
    else
        k = share_of((size_t)d->K, 4, span->me, span->size);
    if (k.begin < k.end)
        f->k->patch_dw(dW, db, !span->begins, rows_of(w, s->in[0]) + (size_t)span->from * z_count,
                       rows_of(w, s->in[1]) + (size_t)span->from * x_count, span->to - span->from,
                       d, (int)k.begin, (int)k.end, half);
    if (!s->descends || !span->ends)
        return;
    for (size_t o = k.begin; o < k.end; o++) {
        size_t at = o * weights + m.begin;
        run_descent(w, dW + at, at, m.end - m.begin);
    }
    if (half != LANE_FIRST && s->bias_w >= 0)
        descend(w, s->bias_w, s->bias_m, db + k.begin, k.begin, k.end - k.begin);
}

static void run_conv_dw(const struct part *w, const struct span *span)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct lane_conv *d = &s->conv;
    const struct lane_kernels *k = s->kp < f->k->width ? lane_find("avx2") : f->k;
    size_t weights = (size_t)d->U * (size_t)d->V * (size_t)d->C;
    size_t places = (size_t)d->P * (size_t)d->Q;
    size_t x_count = (size_t)d->H * (size_t)d->W * (size_t)d->C;
    int size = span->size, turn = s->turned ? size - 1 - span->me : span->me;
    /* Few weights stay together, since registers hold them all at once: kernels are shared. */
    bool few = weights < 16 * (size_t)size && s->kp >= k->width * size;
    struct share m = share_of(weights, dw_unit(d), few ? 0 : turn, few ? 1 : size);
    struct share o = share_of((size_t)s->kp, (size_t)k->width, few ? turn : 0, few ? size : 1);
    float *dWt = f->scratch + s->scratch, *padded = dWt + weights * (size_t)s->kp;
    const float *dz = rows_of(w, s->in[0]), *x = rows_of(w, s->in[1]);
    for (size_t i = m.begin; i < m.end && span->begins; i++)
        memset(dWt + i * (size_t)s->kp + o.begin, 0, (o.end - o.begin) * sizeof *dWt);
    if (s->kp != d->K) {
        struct share all = share_of((size_t)f->b->n * places, 1, w->me, w->size);
        pad_kernels(padded + all.begin * (size_t)s->kp, dz + all.begin * (size_t)d->K,
                    all.end - all.begin, d->K, s->kp);
        dz = padded;
        team_wait(w->team, w->me);
    }
    for (int n = span->from; n < span->to; n++)
        k->conv_dw(dWt + o.begin, dz + (size_t)n * places * (size_t)s->kp + o.begin,
                   x + (size_t)n * x_count, d, s->kp, (int)(o.end - o.begin), (int)m.begin,
                   (int)m.end);
    if (!span->ends)
        return;
    float *dW = f->b->at[s->out];
    for (size_t j = o.begin; j < o.end && j < (size_t)d->K; j++) {
        size_t first = j * weights + m.begin;
        for (size_t i = m.begin; i < m.end; i++)
            dW[j * weights + i] = dWt[i * (size_t)s->kp + j];
        if (s->descends)
            run_descent(w, dW + first, first, m.end - m.begin);
    }
}

void part_conv_dw(const struct part *w)
{
    struct span span;
    if (!begin_span(w, &span))
        return;
    if (w->f->k->patch_dw && lane_is_patch(&w->s->conv))
        run_patch_dw(w, &span);
    else
        run_conv_dw(w, &span);
    end_span(w, &span);
}

void part_bias(const struct part *w)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    struct span span;
    if (!begin_span(w, &span))
        return;
    size_t count = f->program->tensors[s->in[0]].count, K = f->program->tensors[s->out].count;
    const struct lane_kernels *k = K % 16 == 8 && f->k->width == 16 ? lane_find("avx2") : f->k;
    int turn = s->turned ? span.size - 1 - span.me : span.me;
    struct share o = share_of(K, (size_t)s->unit, turn, span.size);
    float *db = (float *)f->b->at[s->out] + o.begin;
    if (o.begin < o.end)
        k->bias(db, rows_of(w, s->in[0]) + (size_t)span.from * count + o.begin,
                (size_t)(span.to - span.from) * (count / K), K, o.end - o.begin, !span.begins);
    if (o.begin < o.end && s->descends && span.ends)
        run_descent(w, db, o.begin, o.end - o.begin);
    end_span(w, &span);
}

void part_small_dw(const struct part *w)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct layer *l = &f->program->net->layers[s->op->layer];
    if (w->me > 0)
        return;
    f->k->small_dw(f->b->at[s->out], f->b->at[s->in[2]], lanes_of(w, s->in[0]),
                   lanes_of(w, s->in[1]), f->b->n, l->in.dim[0], l->units, f->lanes);
}

void part_update(const struct part *w)
{
    const struct fast_step *s = w->s;
    struct share e = share_of(w->f->program->tensors[s->w].count, (size_t)s->unit, w->me, w->size);
    run_descent(w, (const float *)w->f->b->at[s->in[0]] + e.begin, e.begin, e.end - e.begin);
}
