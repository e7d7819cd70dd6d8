#include "step/terms.h"

#include <math.h>

#include "glassnet/base/mem.h"
#include "nn/pool.h"

/* Where terms go: counted, and kept when there is a formula. */
struct sink {
    const struct trace *t;
    struct formula *f;
    int count;
};

static struct formula_factor of_cell(const struct sink *s, int tensor, size_t sample, size_t index)
{
    struct formula_factor f = {.cell = {tensor, (int)sample, index}};
    f.value = cell_value(s->t, f.cell);
    return f;
}

static struct formula_factor of_constant(double value, const char *symbol)
{
    return (struct formula_factor){.cell = CELL_NONE, .value = (float)value, .symbol = symbol};
}

static struct formula_term *push(struct sink *s)
{
    s->count++;
    if (!s->f)
        return NULL;
    s->f->terms = mem_grow(s->f->terms, &s->f->capacity, s->f->count + 1, sizeof *s->f->terms);
    return &s->f->terms[s->f->count++];
}

static void push_one(struct sink *s, int tensor, size_t sample, size_t index)
{
    struct formula_term *t = push(s);
    if (t)
        *t = (struct formula_term){1, {of_cell(s, tensor, sample, index)}};
}

static void push_two(struct sink *s, int a, size_t a_sample, size_t a_index, int b, size_t b_sample,
                     size_t b_index)
{
    struct formula_term *t = push(s);
    if (t)
        *t = (struct formula_term){
            2, {of_cell(s, a, a_sample, a_index), of_cell(s, b, b_sample, b_index)}};
}

/* One factor of OP_ELEMENT or OP_REDUCE at element `index` of sample `sample` of a tensor with
 * last axis C. */
static struct formula_factor factor_of(const struct sink *s, const struct factor *f, size_t sample,
                                       size_t index, size_t C)
{
    const struct program *p = s->t->program;
    if (f->tensor < 0)
        return of_constant(factor_constant(f, p->net, s->t->n, s->t->buffers.t), f->symbol);
    switch (f->reach) {
    case REACH_CHANNEL:
        return of_cell(s, f->tensor, 0, index % C);
    case REACH_ROW:
        return of_cell(s, f->tensor, sample, index / C);
    case REACH_SAMPLE:
        return of_cell(s, f->tensor, sample, 0);
    case REACH_SAMPLE_CHANNEL:
        return of_cell(s, f->tensor, sample, index % C);
    case REACH_SCALAR:
        return of_cell(s, f->tensor, 0, 0);
    case REACH_LABEL:
        return of_cell(s, f->tensor, sample, (size_t)trace_tensor(s->t, p->label)[sample]);
    case REACH_SIGN: {
        float x = of_cell(s, f->tensor, sample, index).value;
        return of_constant((double)((x > 0) - (x < 0)), "sign(w)");
    }
    case REACH_SAME:
        break;
    }
    return of_cell(s, f->tensor, sample, index);
}

static void push_terms(struct sink *s, const struct op *op, size_t sample, size_t index, size_t C)
{
    for (int k = 0; k < op->term_count; k++) {
        struct formula_term *out = push(s);
        if (!out)
            continue;
        out->count = op->terms[k].count;
        for (int j = 0; j < out->count; j++)
            out->factor[j] = factor_of(s, &op->terms[k].factor[j], sample, index, C);
    }
}

static size_t last_axis(const struct tensor *t)
{
    return t->shape.rank ? (size_t)t->shape.dim[t->shape.rank - 1] : 1;
}

static void reduce_terms(struct sink *s, const struct op *op, struct cell cell)
{
    const struct tensor *d = &s->t->program->tensors[op->domain];
    size_t C = last_axis(d), n = d->batched ? (size_t)s->t->n : 1;
    size_t rows = d->count / C;
    size_t sample = (size_t)cell.sample;
    switch (op->group) {
    case GROUP_LAST:
        for (size_t c = 0; c < C; c++)
            push_terms(s, op, sample, cell.index * C + c, C);
        break;
    case GROUP_LEAD:
        for (size_t k = 0; k < n * rows; k++)
            push_terms(s, op, k / rows, k % rows * C + cell.index, C);
        break;
    case GROUP_SPACE:
        for (size_t r = 0; r < rows; r++)
            push_terms(s, op, sample, r * C + cell.index, C);
        break;
    case GROUP_ALL:
        for (size_t k = 0; k < d->count; k++)
            push_terms(s, op, sample, k, C);
        break;
    case GROUP_BATCH:
        for (size_t k = 0; k < n; k++)
            push_terms(s, op, k, 0, C);
        break;
    case GROUP_ROWS: {
        size_t width = d->count / (size_t)(d->shape.rank ? d->shape.dim[0] : 1);
        for (size_t k = 0; k < width; k++)
            push_terms(s, op, 0, cell.index * width + k, C);
        break;
    }
    }
}

static void dense_terms(struct sink *s, const struct op *op, const struct layer *l,
                        struct cell cell)
{
    size_t n_in = (size_t)l->in.dim[0], n_out = (size_t)l->units;
    size_t sample = (size_t)cell.sample;
    if (op->kind == OP_DENSE) {
        push_one(s, op->in[2], 0, cell.index);
        for (size_t i = 0; i < n_in; i++)
            push_two(s, op->in[1], 0, cell.index * n_in + i, op->in[0], sample, i);
    } else if (op->kind == OP_DENSE_DX) {
        for (size_t o = 0; o < n_out; o++)
            push_two(s, op->in[0], sample, o, op->in[1], 0, o * n_in + cell.index);
    } else {
        for (size_t k = 0; k < (size_t)s->t->n; k++)
            push_two(s, op->in[0], k, cell.index / n_in, op->in[1], k, cell.index % n_in);
    }
}

static size_t flat3(const struct shape *s, int y, int x, int c)
{
    return ((size_t)y * (size_t)s->dim[1] + (size_t)x) * (size_t)s->dim[2] + (size_t)c;
}

static size_t kernel_at(const struct layer *l, int k, int u, int v, int c)
{
    size_t row = ((size_t)k * (size_t)l->kernel_h + (size_t)u) * (size_t)l->kernel_w + (size_t)v;
    return row * (size_t)l->in.dim[2] + (size_t)c;
}

static void conv_terms(struct sink *s, const struct op *op, const struct layer *l, struct cell cell)
{
    int i[3];
    shape_unflatten(&l->out, cell.index, i);
    push_one(s, op->in[2], 0, (size_t)i[2]);
    for (int u = 0; u < l->kernel_h; u++)
        for (int v = 0; v < l->kernel_w; v++) {
            int y = i[0] * l->stride + u - l->pad_top;
            int x = i[1] * l->stride_w + v - l->pad_left;
            if (y < 0 || y >= l->in.dim[0] || x < 0 || x >= l->in.dim[1])
                continue;
            for (int c = 0; c < l->in.dim[2]; c++)
                push_two(s, op->in[1], 0, kernel_at(l, i[2], u, v, c), op->in[0],
                         (size_t)cell.sample, flat3(&l->in, y, x, c));
        }
}

/* p with p · stride = place, inside [0, outputs); -1 where there is none. */
static int output_at(int place, int stride, int outputs)
{
    return place < 0 || place % stride || place / stride >= outputs ? -1 : place / stride;
}

static void conv_dx_terms(struct sink *s, const struct op *op, const struct layer *l,
                          struct cell cell)
{
    int i[3];
    shape_unflatten(&l->in, cell.index, i);
    for (int k = 0; k < l->units; k++)
        for (int u = 0; u < l->kernel_h; u++)
            for (int v = 0; v < l->kernel_w; v++) {
                int p = output_at(i[0] - u + l->pad_top, l->stride, l->out.dim[0]);
                int q = output_at(i[1] - v + l->pad_left, l->stride_w, l->out.dim[1]);
                if (p >= 0 && q >= 0)
                    push_two(s, op->in[0], (size_t)cell.sample, flat3(&l->out, p, q, k), op->in[1],
                             0, kernel_at(l, k, u, v, i[2]));
            }
}

static void conv_dw_terms(struct sink *s, const struct op *op, const struct layer *l,
                          struct cell cell)
{
    int i[4];
    shape_unflatten(&s->t->program->tensors[cell.tensor].shape, cell.index, i);
    for (size_t n = 0; n < (size_t)s->t->n; n++)
        for (int p = 0; p < l->out.dim[0]; p++)
            for (int q = 0; q < l->out.dim[1]; q++) {
                int y = p * l->stride + i[1] - l->pad_top;
                int x = q * l->stride_w + i[2] - l->pad_left;
                if (y >= 0 && y < l->in.dim[0] && x >= 0 && x < l->in.dim[1])
                    push_two(s, op->in[0], n, flat3(&l->out, p, q, i[0]), op->in[1], n,
                             flat3(&l->in, y, x, i[3]));
            }
}

/* The window's places; for an average each with its share. */
static void pool_terms(struct sink *s, const struct op *op, const struct layer *l, struct cell cell)
{
    int i[3];
    shape_unflatten(&l->out, cell.index, i);
    struct window w = pool_window(l, i[0], i[1]);
    float share = 1.0f / (float)((w.y1 - w.y0) * (w.x1 - w.x0));
    for (int y = w.y0; y < w.y1; y++)
        for (int x = w.x0; x < w.x1; x++) {
            struct formula_term *t = push(s);
            if (!t)
                continue;
            struct formula_factor place =
                of_cell(s, op->in[0], (size_t)cell.sample, flat3(&l->in, y, x, i[2]));
            if (op->kind == OP_MAXPOOL)
                *t = (struct formula_term){1, {place}};
            else
                *t = (struct formula_term){2, {of_constant((double)share, "1/k"), place}};
        }
}

/* The winner's flat place in its sample, as the kernel finds it. */
static size_t winner_of(const struct sink *s, int x, size_t sample, const struct layer *l,
                        struct window w, int c)
{
    size_t best = flat3(&l->in, w.y0, w.x0, c);
    float top = of_cell(s, x, sample, best).value;
    for (int y = w.y0; y < w.y1; y++)
        for (int xx = w.x0; xx < w.x1; xx++) {
            size_t at = flat3(&l->in, y, xx, c);
            float value = of_cell(s, x, sample, at).value;
            if (value > top || (isnan(value) && !isnan(top))) {
                best = at;
                top = value;
            }
        }
    return best;
}

static void pool_dx_terms(struct sink *s, const struct op *op, const struct layer *l,
                          struct cell cell)
{
    int i[3], p0, p1, q0, q1;
    shape_unflatten(&l->in, cell.index, i);
    pool_range(i[0], l->pad_top, l->kernel_h, l->stride, l->out.dim[0], &p0, &p1);
    pool_range(i[1], l->pad_left, l->kernel_w, l->stride_w, l->out.dim[1], &q0, &q1);
    for (int p = p0; p <= p1; p++)
        for (int q = q0; q <= q1; q++) {
            struct window w = pool_window(l, p, q);
            size_t from = flat3(&l->out, p, q, i[2]);
            size_t sample = (size_t)cell.sample;
            if (op->kind == OP_MAXPOOL_DX) {
                if (winner_of(s, op->in[1], sample, l, w, i[2]) == cell.index)
                    push_one(s, op->in[0], sample, from);
                continue;
            }
            float share = 1.0f / (float)((w.y1 - w.y0) * (w.x1 - w.x0));
            struct formula_term *t = push(s);
            if (t)
                *t = (struct formula_term){
                    2, {of_constant((double)share, "1/k"), of_cell(s, op->in[0], sample, from)}};
        }
}

static void concat_terms(struct sink *s, const struct op *op, const struct layer *l,
                         struct cell cell)
{
    const struct program *p = s->t->program;
    size_t channels = (size_t)l->out.dim[l->out.rank - 1];
    if (op->kind == OP_CONCAT_DX) {
        size_t width = last_axis(&p->tensors[cell.tensor]);
        push_one(s, op->in[0], (size_t)cell.sample,
                 cell.index / width * channels + (size_t)op->at + cell.index % width);
        return;
    }
    size_t row = cell.index / channels, c = cell.index % channels;
    for (int k = 0; k < op->part_count; k++) {
        size_t width = last_axis(&p->tensors[op->parts[k]]);
        if (c < width) {
            push_one(s, op->parts[k], (size_t)cell.sample, row * width + c);
            return;
        }
        c -= width;
    }
}

int terms_of(const struct trace *t, const struct op *op, struct cell cell, struct formula *f)
{
    struct sink s = {.t = t, .f = f};
    const struct layer *l = op->layer >= 0 ? &t->program->net->layers[op->layer] : NULL;
    switch (op->kind) {
    case OP_ELEMENT:
        push_terms(&s, op, (size_t)cell.sample, cell.index,
                   last_axis(&t->program->tensors[cell.tensor]));
        break;
    case OP_REDUCE:
        reduce_terms(&s, op, cell);
        break;
    case OP_DENSE:
    case OP_DENSE_DX:
    case OP_DENSE_DW:
        dense_terms(&s, op, l, cell);
        break;
    case OP_CONV:
        conv_terms(&s, op, l, cell);
        break;
    case OP_CONV_DX:
        conv_dx_terms(&s, op, l, cell);
        break;
    case OP_CONV_DW:
        conv_dw_terms(&s, op, l, cell);
        break;
    case OP_MAXPOOL:
    case OP_AVGPOOL:
        pool_terms(&s, op, l, cell);
        break;
    case OP_MAXPOOL_DX:
    case OP_AVGPOOL_DX:
        pool_dx_terms(&s, op, l, cell);
        break;
    case OP_CONCAT:
    case OP_CONCAT_DX:
        concat_terms(&s, op, l, cell);
        break;
    default:
        break;
    }
    return s.count;
}
