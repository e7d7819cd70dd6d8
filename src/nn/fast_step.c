/* The steps: one thread's share of each. */
#include <string.h>

#include "nn/fast.h"
#include "nn/share.h"

/* One member's part of a step. */
struct part {
    const struct fast *f;
    const struct fast_step *s;
    struct team *team;
    int me, size; /* of the team */
};

static size_t blocks_of(const struct fast *f)
{
    return ((size_t)f->b->n + (size_t)f->lanes - 1) / (size_t)f->lanes;
}

static float *lanes_of(const struct part *w, int tensor)
{
    return w->f->homes[w->me].lane[tensor];
}

static float *rows_of(const struct part *w, int tensor)
{
    return w->f->homes[w->me].rows[tensor];
}

static float *lane_block(const struct part *w, int tensor, size_t block)
{
    return lanes_of(w, tensor) + block * w->f->program->tensors[tensor].count * (size_t)w->f->lanes;
}

typedef void piece_fn(const struct part *w, size_t block, int from, int to);

static void run_all(const struct part *w, struct share blocks, struct share places, piece_fn *run)
{
    for (size_t block = blocks.begin; block < blocks.end; block++)
        if (places.begin < places.end)
            run(w, block, (int)places.begin, (int)places.end);
}

/* Shares out `places` of every block by the plan's way and calls run for each piece. */
static void run_blocks(const struct part *w, size_t places, size_t unit, piece_fn *run)
{
    struct share every = {0, blocks_of(w->f)}, whole = {0, places};
    if (w->s->each || w->size == 1) {
        run_all(w, every, whole, run);
        return;
    }
    if (w->f->split == SPLIT_FEATURES) {
        run_all(w, every, share_of(places, unit, w->me, w->size), run);
        return;
    }
    if (w->f->split == SPLIT_BLOCKS) {
        run_all(w, share_of(every.end, 1, w->me, w->size), whole, run);
        return;
    }
    size_t units = (places + unit - 1) / unit;
    struct share all = share_of(every.end * units, 1, w->me, w->size);
    while (all.begin < all.end) {
        size_t block = all.begin / units, from = all.begin % units;
        size_t to = from + (all.end - all.begin) < units ? from + (all.end - all.begin) : units;
        size_t last = to * unit < places ? to * unit : places;
        run(w, block, (int)(from * unit), (int)last);
        all.begin += to - from;
    }
}

static void run_dense(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    f->k->dense(lane_block(w, s->out, block), lane_block(w, s->in[0], block), f->b->at[s->in[1]],
                f->b->at[s->in[2]], f->program->net->layers[s->op->layer].in.dim[0], f->lanes,
                s->relu, from, to);
}

/* The relu's result whose slope is joined to the way back, or NULL. */
static const float *relu_block(const struct part *w, size_t block)
{
    return w->s->relu ? lane_block(w, w->s->in[2], block) : NULL;
}

static void run_dense_dx(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct layer *l = &f->program->net->layers[s->op->layer];
    f->k->dense_dx(lane_block(w, s->out, block), lane_block(w, s->in[0], block), f->b->at[s->in[1]],
                   relu_block(w, block), l->in.dim[0], l->units, f->lanes, s->add, from, to);
}

static void run_conv(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    f->k->conv(lane_block(w, s->out, block), lane_block(w, s->in[0], block), f->b->at[s->in[1]],
               f->b->at[s->in[2]], &s->conv, f->lanes, s->relu, from, to);
}

static void run_conv_dx(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    f->k->conv_dx(lane_block(w, s->out, block), lane_block(w, s->in[0], block), f->b->at[s->in[1]],
                  relu_block(w, block), &s->conv, f->lanes, s->add, from, to);
}

static void run_maxpool(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    f->k->maxpool(lane_block(w, s->out, block), lane_block(w, s->in[0], block), &s->conv, f->lanes,
                  from, to);
}

/* Rows of the picture that no window reaches get no blame. */
static void run_maxpool_dx(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct lane_conv *d = &s->conv;
    size_t row = (size_t)d->W * (size_t)d->C * (size_t)f->lanes;
    float *dx = lane_block(w, s->out, block);
    int first = from * d->U, last = to == d->P ? d->H : to * d->U;
    if (d->P * d->U != d->H || d->Q * d->V != d->W)
        memset(dx + (size_t)first * row, 0, (size_t)(last - first) * row * sizeof *dx);
    f->k->maxpool_dx(dx, lane_block(w, s->in[0], block), lane_block(w, s->in[1], block), d,
                     f->lanes, s->relu, from, to);
}

static void run_to_lanes(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    size_t count = f->program->tensors[s->out].count;
    size_t first = block * (size_t)f->lanes;
    int n = f->b->n - (int)first < f->lanes ? f->b->n - (int)first : f->lanes;
    f->k->to_lanes(lane_block(w, s->out, block), rows_of(w, s->out) + first * count, n, (int)count,
                   f->lanes, from, to);
}

static void run_to_rows(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    size_t count = f->program->tensors[s->out].count;
    size_t first = block * (size_t)f->lanes;
    int n = f->b->n - (int)first < f->lanes ? f->b->n - (int)first : f->lanes;
    f->k->to_rows(rows_of(w, s->out) + first * count, lane_block(w, s->out, block), n, (int)count,
                  f->lanes, s->past && w->size > 1, from, to);
}

/* `count` numbers of s->w from `first` on descend by their gradient. */
static void run_descent(const struct part *w, const float *gradient, size_t first, size_t count)
{
    const struct fast_step *s = w->s;
    void **at = w->f->b->at;
    float *m = s->m >= 0 ? (float *)at[s->m] + first : NULL;
    w->f->k->update((float *)at[s->w] + first, m, gradient, s->mu, *(const float *)at[s->in[2]],
                    count);
}

static void run_dense_dw(const struct part *w)
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

/* All of the batch in one call, shared out by kernels; or, where those are few, by halves of them:
 * to gather a patch costs as much as four kernels' sums. */
static void run_patch_dw(const struct part *w)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct lane_conv *d = &s->conv;
    size_t weights = (size_t)d->U * (size_t)d->V * (size_t)d->C, width = (size_t)f->k->width;
    bool halves = w->size == 2 && d->K <= 16;
    struct share k = {0, (size_t)d->K}, m = {0, weights};
    enum lane_half half = !halves ? LANE_BOTH : w->me == 0 ? LANE_FIRST : LANE_REST;
    float *dW = f->b->at[s->out];
    if (halves)
        m = w->me == 0 ? (struct share){0, width} : (struct share){width, weights};
    else
        k = share_of((size_t)d->K, 4, w->me, w->size);
    if (k.begin < k.end)
        f->k->patch_dw(dW, rows_of(w, s->in[0]), rows_of(w, s->in[1]), f->b->n, d, (int)k.begin,
                       (int)k.end, half);
    for (size_t o = k.begin; s->descends && o < k.end; o++) {
        size_t first = o * weights + m.begin;
        run_descent(w, dW + first, first, m.end - m.begin);
    }
}

static void run_conv_dw(const struct part *w)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct lane_conv *d = &s->conv;
    const struct lane_kernels *k = s->kp < f->k->width ? lane_find("avx2") : f->k;
    size_t weights = (size_t)d->U * (size_t)d->V * (size_t)d->C;
    size_t places = (size_t)d->P * (size_t)d->Q;
    size_t x_count = (size_t)d->H * (size_t)d->W * (size_t)d->C;
    int turn = s->turned ? w->size - 1 - w->me : w->me;
    /* Few weights stay together, since registers hold them all at once: kernels are shared. */
    bool few = weights < 16 * (size_t)w->size && s->kp >= k->width * w->size;
    struct share m = share_of(weights, dw_unit(d), few ? 0 : turn, few ? 1 : w->size);
    struct share o = share_of((size_t)s->kp, (size_t)k->width, few ? turn : 0, few ? w->size : 1);
    float *dWt = f->scratch + s->scratch, *padded = dWt + weights * (size_t)s->kp;
    const float *dz = rows_of(w, s->in[0]), *x = rows_of(w, s->in[1]);
    for (size_t i = m.begin; i < m.end; i++)
        memset(dWt + i * (size_t)s->kp + o.begin, 0, (o.end - o.begin) * sizeof *dWt);
    if (s->kp != d->K) {
        struct share all = share_of((size_t)f->b->n * places, 1, w->me, w->size);
        pad_kernels(padded + all.begin * (size_t)s->kp, dz + all.begin * (size_t)d->K,
                    all.end - all.begin, d->K, s->kp);
        dz = padded;
        team_wait(w->team, w->me);
    }
    for (int n = 0; n < f->b->n; n++)
        k->conv_dw(dWt + o.begin, dz + (size_t)n * places * (size_t)s->kp + o.begin,
                   x + (size_t)n * x_count, d, s->kp, (int)(o.end - o.begin), (int)m.begin,
                   (int)m.end);
    float *dW = f->b->at[s->out];
    for (size_t j = o.begin; j < o.end && j < (size_t)d->K; j++) {
        size_t first = j * weights + m.begin;
        for (size_t i = m.begin; i < m.end; i++)
            dW[j * weights + i] = dWt[i * (size_t)s->kp + j];
        if (s->descends)
            run_descent(w, dW + first, first, m.end - m.begin);
    }
}

static void run_bias(const struct part *w)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct tensor *t = &f->program->tensors[s->in[0]];
    size_t K = f->program->tensors[s->out].count;
    const struct lane_kernels *k = K % 16 == 8 && f->k->width == 16 ? lane_find("avx2") : f->k;
    int turn = s->turned ? w->size - 1 - w->me : w->me;
    struct share o = share_of(K, (size_t)s->unit, turn, w->size);
    float *db = (float *)f->b->at[s->out] + o.begin;
    if (o.begin == o.end)
        return;
    k->bias(db, rows_of(w, s->in[0]) + o.begin, (size_t)f->b->n * (t->count / K), K,
            o.end - o.begin);
    if (s->descends)
        run_descent(w, db, o.begin, o.end - o.begin);
}

static void run_small_dw(const struct part *w)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct layer *l = &f->program->net->layers[s->op->layer];
    f->k->small_dw(f->b->at[s->out], f->b->at[s->in[2]], lanes_of(w, s->in[0]),
                   lanes_of(w, s->in[1]), f->b->n, l->in.dim[0], l->units, f->lanes);
}

struct lane_loss fast_loss_of(const struct fast *f, const struct fast_step *s, int me, int first)
{
    const struct program *p = f->program;
    const struct fast_home *h = &f->homes[me];
    const int k = (int)p->tensors[s->out].count, width = p->targets ? p->targets : 1;
    const bool cross = p->net->loss == LOSS_CROSS_ENTROPY;
    return (struct lane_loss){
        .cross_entropy = cross,
        .z = h->lane[s->in[0]] + first * k,
        .dz = h->lane[s->out] + first * k,
        .out = cross ? h->rows[p->layer_out[p->net->layer_count - 1]] + first * k : NULL,
        .each = h->rows[p->loss_each] + first,
        .label = h->rows[p->label] + first * width,
        .targets = p->targets,
        .k = k,
        .lanes = f->lanes};
}

static void run_loss(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const int first = (int)block * f->lanes, left = f->b->n - first;
    struct lane_loss l = fast_loss_of(f, w->s, w->me, first);
    (void)from;
    (void)to;
    l.n = left < f->lanes ? left : f->lanes;
    l.d_each = (float)(1.0 / f->b->n);
    f->k->loss(&l);
}

/* One thread does it: it is one sum. */
static void run_mean(const struct part *w)
{
    const struct fast *f = w->f;
    *(float *)f->b->at[w->s->out] = f->k->mean(rows_of(w, w->s->in[0]), f->b->n);
}

static void run_map(const struct part *w, size_t block, int from, int to)
{
    size_t first = (size_t)from * (size_t)w->f->lanes, count = (size_t)(to - from);
    w->f->k->map(lane_block(w, w->s->out, block) + first, lane_block(w, w->s->in[0], block) + first,
                 w->s->fn, count * (size_t)w->f->lanes);
}

static void run_slope(const struct part *w, size_t block, int from, int to)
{
    size_t first = (size_t)from * (size_t)w->f->lanes, count = (size_t)(to - from);
    w->f->k->slope(
        lane_block(w, w->s->out, block) + first, lane_block(w, w->s->in[0], block) + first,
        lane_block(w, w->s->in[1], block) + first, w->s->activation, count * (size_t)w->f->lanes);
}

static void run_update(const struct part *w)
{
    const struct fast_step *s = w->s;
    struct share e = share_of(w->f->program->tensors[s->w].count, (size_t)s->unit, w->me, w->size);
    run_descent(w, (const float *)w->f->b->at[s->in[0]] + e.begin, e.begin, e.end - e.begin);
}

static void run_plain(const struct part *w)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    struct share e = share_of(program_op_cells(f->program, s->op, f->b->n), 1, w->me, w->size);
    if (e.begin < e.end)
        engine_run_cells(f->b, s->op, e.begin, e.end);
}

static void run_step(const struct part *w)
{
    const struct fast_step *s = w->s;
    size_t count = w->f->program->tensors[s->out].count, unit = (size_t)s->unit;
    size_t outputs = (size_t)s->conv.P * (size_t)s->conv.Q;
    switch (s->kind) {
    case FAST_PLAIN:
        run_plain(w);
        break;
    case FAST_TO_LANES:
        run_blocks(w, count, unit, run_to_lanes);
        break;
    case FAST_TO_ROWS:
        run_blocks(w, count, unit, run_to_rows);
        break;
    case FAST_DENSE:
        run_blocks(w, count, unit, run_dense);
        break;
    case FAST_DENSE_DX:
        run_blocks(w, count, unit, run_dense_dx);
        break;
    case FAST_DENSE_DW:
        run_dense_dw(w);
        break;
    case FAST_CONV:
        run_blocks(w, outputs, 1, run_conv);
        break;
    case FAST_CONV_DX:
        run_blocks(w, (size_t)s->conv.H * (size_t)s->conv.W, 1, run_conv_dx);
        break;
    case FAST_CONV_DW:
        if (w->f->k->patch_dw && lane_is_patch(&s->conv))
            run_patch_dw(w);
        else
            run_conv_dw(w);
        break;
    case FAST_MAXPOOL:
        run_blocks(w, (size_t)s->conv.P, 1, run_maxpool);
        break;
    case FAST_MAXPOOL_DX:
        run_blocks(w, (size_t)s->conv.P, 1, run_maxpool_dx);
        break;
    case FAST_BIAS:
        run_bias(w);
        break;
    case FAST_SMALL_DW:
        if (w->me == 0)
            run_small_dw(w);
        break;
    case FAST_LOSS: /* of few outputs: not worth cutting up within a block */
        run_blocks(w, 1, 1, run_loss);
        break;
    case FAST_MEAN:
        if (w->me == 0)
            run_mean(w);
        break;
    case FAST_MAP:
        run_blocks(w, count, unit, run_map);
        break;
    case FAST_SLOPE:
        run_blocks(w, count, unit, run_slope);
        break;
    case FAST_UPDATE:
        run_update(w);
        break;
    }
}

void fast_step_run(const struct fast *f, const struct fast_step *s, struct team *team, int me,
                   int size)
{
    run_step(&(struct part){f, s, team, me, size});
}
