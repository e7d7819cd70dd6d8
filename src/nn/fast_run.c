#include <string.h>

#include "nn/fast.h"

/* One member's part of a step. */
struct part {
    const struct fast *f;
    const struct fast_step *s;
    struct team *team;
    int me, size; /* of the team */
};

struct share {
    size_t begin, end;
};

/* The part of `items` that thread `me` of `team` does, in whole multiples of `unit`. */
static struct share share_of(size_t items, size_t unit, int me, int team)
{
    size_t units = (items + unit - 1) / unit;
    struct share s = {units * (size_t)me / (size_t)team * unit,
                      units * (size_t)(me + 1) / (size_t)team * unit};
    s.begin = s.begin < items ? s.begin : items;
    s.end = s.end < items ? s.end : items;
    return s;
}

static size_t blocks_of(const struct fast *f)
{
    return ((size_t)f->b->n + (size_t)f->lanes - 1) / (size_t)f->lanes;
}

static float *lane_block(const struct fast *f, int tensor, size_t block)
{
    return f->lane[tensor] + block * f->program->tensors[tensor].count * (size_t)f->lanes;
}

/* Shares out `places` of every block, all in one row, and calls run for each piece. */
typedef void piece_fn(const struct part *w, size_t block, int from, int to);

static void run_blocks(const struct part *w, size_t places, size_t unit, piece_fn *run)
{
    size_t units = (places + unit - 1) / unit;
    struct share all = share_of(blocks_of(w->f) * units, 1, w->me, w->size);
    while (all.begin < all.end) {
        size_t block = all.begin / units, from = all.begin % units;
        size_t to = from + (all.end - all.begin) < units ? from + (all.end - all.begin) : units;
        size_t last = to * unit < places ? to * unit : places;
        run(w, block, (int)(from * unit), (int)last);
        all.begin += to - from;
    }
}

static void run_dense_from(const struct part *w, const float *x, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    f->k->dense(lane_block(f, s->out, block), x, f->b->at[s->in[1]], f->b->at[s->in[2]],
                f->program->net->layers[s->op->layer].in.dim[0], f->lanes, s->relu, from, to);
}

static void run_dense(const struct part *w, size_t block, int from, int to)
{
    run_dense_from(w, lane_block(w->f, w->s->in[0], block), block, from, to);
}

/* The same from this thread's own copy of the input. */
static void run_dense_own(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    size_t count = f->program->tensors[f->program->input].count;
    run_dense_from(w, f->own[w->me] + block * count * (size_t)f->lanes, block, from, to);
}

/* All of the input, for one thread. */
static void run_own_input(const struct fast *f, int me)
{
    int input = f->program->input;
    size_t count = f->program->tensors[input].count;
    for (size_t block = 0; block < blocks_of(f); block++) {
        size_t first = block * (size_t)f->lanes;
        int n = f->b->n - (int)first < f->lanes ? f->b->n - (int)first : f->lanes;
        f->k->to_lanes(f->own[me] + first * count, (const float *)f->b->at[input] + first * count,
                       n, (int)count, f->lanes, 0, (int)count);
    }
}

/* The relu's result whose slope is joined to the way back, or NULL. */
static const float *relu_block(const struct fast *f, const struct fast_step *s, size_t block)
{
    return s->relu ? lane_block(f, s->in[2], block) : NULL;
}

static void run_dense_dx(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct layer *l = &f->program->net->layers[s->op->layer];
    f->k->dense_dx(lane_block(f, s->out, block), lane_block(f, s->in[0], block), f->b->at[s->in[1]],
                   relu_block(f, s, block), l->in.dim[0], l->units, f->lanes, s->add, from, to);
}

static void run_conv(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    f->k->conv(lane_block(f, s->out, block), lane_block(f, s->in[0], block), f->b->at[s->in[1]],
               f->b->at[s->in[2]], &s->conv, f->lanes, s->relu, from, to);
}

static void run_conv_dx(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    f->k->conv_dx(lane_block(f, s->out, block), lane_block(f, s->in[0], block), f->b->at[s->in[1]],
                  relu_block(f, s, block), &s->conv, f->lanes, s->add, from, to);
}

static void run_maxpool(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    f->k->maxpool(lane_block(f, s->out, block), lane_block(f, s->in[0], block), &s->conv, f->lanes,
                  from, to);
}

/* Rows of the picture that no window reaches get no blame. */
static void run_maxpool_dx(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct lane_conv *d = &s->conv;
    size_t row = (size_t)d->W * (size_t)d->C * (size_t)f->lanes;
    float *dx = lane_block(f, s->out, block);
    int first = from * d->U, last = to == d->P ? d->H : to * d->U;
    if (d->P * d->U != d->H || d->Q * d->V != d->W)
        memset(dx + (size_t)first * row, 0, (size_t)(last - first) * row * sizeof *dx);
    f->k->maxpool_dx(dx, lane_block(f, s->in[0], block), lane_block(f, s->in[1], block), d,
                     f->lanes, s->relu, from, to);
}

static void run_to_lanes(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    size_t count = f->program->tensors[s->out].count;
    size_t first = block * (size_t)f->lanes;
    int n = f->b->n - (int)first < f->lanes ? f->b->n - (int)first : f->lanes;
    f->k->to_lanes(lane_block(f, s->out, block), (const float *)f->b->at[s->out] + first * count, n,
                   (int)count, f->lanes, from, to);
}

static void run_to_rows(const struct part *w, size_t block, int from, int to)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    size_t count = f->program->tensors[s->out].count;
    size_t first = block * (size_t)f->lanes;
    int n = f->b->n - (int)first < f->lanes ? f->b->n - (int)first : f->lanes;
    f->k->to_rows((float *)f->b->at[s->out] + first * count, lane_block(f, s->out, block), n,
                  (int)count, f->lanes, from, to);
}

static void run_dense_dw(const struct part *w)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct layer *l = &f->program->net->layers[s->op->layer];
    struct share o = share_of((size_t)l->units, l->units >= 16 ? 8 : 1, w->me, w->size);
    f->k->dense_dw(f->b->at[s->out], f->b->at[s->in[0]], f->b->at[s->in[1]], f->b->n, l->in.dim[0],
                   l->units, (int)o.begin, (int)o.end);
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

static void run_conv_dw(const struct part *w)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct lane_conv *d = &s->conv;
    const struct lane_kernels *k = s->kp < f->k->width ? lane_find("avx2") : f->k;
    size_t weights = (size_t)d->U * (size_t)d->V * (size_t)d->C;
    size_t places = (size_t)d->P * (size_t)d->Q;
    size_t x_count = (size_t)d->H * (size_t)d->W * (size_t)d->C;
    struct share m = share_of(weights, dw_unit(d), w->me, w->size);
    float *dWt = f->scratch + s->scratch, *padded = dWt + weights * (size_t)s->kp;
    const float *dz = f->b->at[s->in[0]], *x = f->b->at[s->in[1]];
    memset(dWt + m.begin * (size_t)s->kp, 0, (m.end - m.begin) * (size_t)s->kp * sizeof *dWt);
    if (s->kp != d->K) {
        struct share all = share_of((size_t)f->b->n * places, 1, w->me, w->size);
        pad_kernels(padded + all.begin * (size_t)s->kp, dz + all.begin * (size_t)d->K,
                    all.end - all.begin, d->K, s->kp);
        dz = padded;
        team_wait(w->team, w->me);
    }
    for (int n = 0; n < f->b->n; n++)
        k->conv_dw(dWt, dz + (size_t)n * places * (size_t)s->kp, x + (size_t)n * x_count, d, s->kp,
                   (int)m.begin, (int)m.end);
    float *dW = f->b->at[s->out];
    for (int o = 0; o < d->K; o++)
        for (size_t i = m.begin; i < m.end; i++)
            dW[(size_t)o * weights + i] = dWt[i * (size_t)s->kp + (size_t)o];
}

static void run_bias(const struct part *w)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct tensor *t = &f->program->tensors[s->in[0]];
    size_t K = f->program->tensors[s->out].count;
    const struct lane_kernels *k = K % 16 == 8 && f->k->width == 16 ? lane_find("avx2") : f->k;
    /* The last thread begins, since it often has the smaller share of what went before. */
    struct share o = share_of(K, (size_t)k->width, w->size - 1 - w->me, w->size);
    if (o.begin < o.end)
        k->bias((float *)f->b->at[s->out] + o.begin, (const float *)f->b->at[s->in[0]] + o.begin,
                (size_t)f->b->n * (t->count / K), K, o.end - o.begin);
}

static void run_small_dw(const struct part *w)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct layer *l = &f->program->net->layers[s->op->layer];
    f->k->small_dw(f->b->at[s->out], f->b->at[s->in[2]], f->lane[s->in[0]], f->lane[s->in[1]],
                   f->b->n, l->in.dim[0], l->units, f->lanes);
}

/* One thread does it: the outputs are few, and the mean over the batch is one sum. */
static void run_loss(const struct part *w)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct program *p = f->program;
    const struct buffers *b = f->b;
    int out = p->layer_out[p->net->layer_count - 1];
    int k = (int)p->tensors[s->out].count;
    int width = p->targets ? p->targets : 1;
    float share = (float)(1.0 / b->n), loss = 0;
    bool cross = p->net->loss == LOSS_CROSS_ENTROPY;
    float *each = b->at[p->loss_each];
    for (size_t block = 0; block < blocks_of(f); block++) {
        int first = (int)block * f->lanes;
        struct lane_loss l = {.cross_entropy = cross,
                              .z = lane_block(f, s->in[0], block),
                              .dz = lane_block(f, s->out, block),
                              .out = cross ? (float *)b->at[out] + first * k : NULL,
                              .each = each + first,
                              .label = (const float *)b->at[p->label] + first * width,
                              .targets = p->targets,
                              .k = k,
                              .n = b->n - first < f->lanes ? b->n - first : f->lanes,
                              .lanes = f->lanes,
                              .d_each = share};
        f->k->loss(&l);
    }
    for (int n = 0; n < b->n; n++)
        loss = engine_mac(loss, share, each[n]);
    *(float *)b->at[p->loss] = loss;
}

/* Numbers of all lanes of all blocks, cut up for vectors. */
static struct share elements_of(const struct part *w, int tensor)
{
    const struct fast *f = w->f;
    return share_of(blocks_of(f) * f->program->tensors[tensor].count * (size_t)f->lanes, 64, w->me,
                    w->size);
}

static void run_update(const struct part *w)
{
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    struct share e = share_of(f->program->tensors[s->out].count, 64, w->me, w->size);
    float rate = *(const float *)f->b->at[s->in[2]];
    float *m = s->in[1] >= 0 ? (float *)f->b->at[s->in[1]] + e.begin : NULL;
    f->k->update((float *)f->b->at[s->out] + e.begin, m,
                 (const float *)f->b->at[s->in[0]] + e.begin, s->mu, rate, e.end - e.begin);
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
    const struct fast *f = w->f;
    const struct fast_step *s = w->s;
    const struct tensor *out = &f->program->tensors[s->out];
    struct share e;
    switch (s->kind) {
    case FAST_PLAIN:
        run_plain(w);
        break;
    case FAST_TO_LANES:
        if (f->own_input && s->out == f->program->input) {
            run_own_input(f, w->me);
            break;
        }
        run_blocks(w, out->count, 16, run_to_lanes);
        break;
    case FAST_TO_ROWS:
        run_blocks(w, out->count, 16, run_to_rows);
        break;
    case FAST_DENSE:
        run_blocks(w, out->count, 8,
                   f->own_input && s->in[0] == f->program->input ? run_dense_own : run_dense);
        break;
    case FAST_DENSE_DX:
        run_blocks(w, out->count, 8, run_dense_dx);
        break;
    case FAST_DENSE_DW:
        run_dense_dw(w);
        break;
    case FAST_CONV:
        run_blocks(w, (size_t)s->conv.P * (size_t)s->conv.Q, 1, run_conv);
        break;
    case FAST_CONV_DX:
        run_blocks(w, (size_t)s->conv.H * (size_t)s->conv.W, 1, run_conv_dx);
        break;
    case FAST_CONV_DW:
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
    case FAST_LOSS:
        if (w->me == 0)
            run_loss(w);
        break;
    case FAST_MAP:
        e = elements_of(w, s->out);
        f->k->map(f->lane[s->out] + e.begin, f->lane[s->in[0]] + e.begin, s->fn, e.end - e.begin);
        break;
    case FAST_SLOPE:
        e = elements_of(w, s->out);
        f->k->slope(f->lane[s->out] + e.begin, f->lane[s->in[0]] + e.begin,
                    f->lane[s->in[1]] + e.begin, s->activation, e.end - e.begin);
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

struct batch {
    struct fast *fast;
    fast_fill *fill;
    void *context;
};

/* One member's part of a batch; a barrier where a step reads what another may still write. */
static void run_batch(void *batch, struct team *team, int me, int size)
{
    const struct batch *b = batch;
    struct fast *f = b->fast;
    int n = f->b->n, first = n * me / size;
    if (b->fill) {
        b->fill(b->context, first, n * (me + 1) / size - first);
        team_wait(team, me);
    }
    for (int k = 0; k < f->step_count; k++) {
        if (f->steps[k].barrier && size > 1)
            team_wait(team, me);
        fast_step_run(f, &f->steps[k], team, me, size);
    }
}

void fast_run(struct fast *f, fast_fill *fill, void *context)
{
    struct batch batch = {f, fill, context};
    if (!f->adapts || f->threads < 2) {
        team_run(f->team, run_batch, &batch);
        return;
    }
    team_run(pace_begin(&f->pace) ? f->team : NULL, run_batch, &batch);
    pace_end(&f->pace, f->b->n);
}
