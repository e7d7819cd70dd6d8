/* The steps: one thread's share of each. */
#include <string.h>

#include "nn/fast_part.h"
#include "nn/share.h"

static size_t blocks_of(const struct fast *f)
{
    return ((size_t)f->b->n + (size_t)f->lanes - 1) / (size_t)f->lanes;
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
        part_dense_dw(w);
        break;
    case FAST_CONV:
        run_blocks(w, outputs, 1, run_conv);
        break;
    case FAST_CONV_DX:
        run_blocks(w, (size_t)s->conv.H * (size_t)s->conv.W, 1, run_conv_dx);
        break;
    case FAST_CONV_DW:
        part_conv_dw(w);
        break;
    case FAST_MAXPOOL:
        run_blocks(w, (size_t)s->conv.P, 1, run_maxpool);
        break;
    case FAST_MAXPOOL_DX:
        run_blocks(w, (size_t)s->conv.P, 1, run_maxpool_dx);
        break;
    case FAST_BIAS:
        part_bias(w);
        break;
    case FAST_SMALL_DW:
        part_small_dw(w);
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
        part_update(w);
        break;
    }
}

void fast_step_run(const struct fast *f, const struct fast_step *s, struct team *team, int me,
                   int size)
{
    run_step(&(struct part){f, s, team, me, size});
}
