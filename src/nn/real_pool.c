/* Max and average pooling, and back; concatenation, and back. */
#include "nn/pool.h"
#include "nn/real.h"

/* The first largest place of a window in row order, as a flat index into one sample. A NaN wins
 * over everything, so that it is not lost. */
static size_t winner(const real *x, const struct layer *l, struct window w, int c)
{
    size_t width = (size_t)l->in.dim[1], channels = (size_t)l->in.dim[2];
    size_t best = ((size_t)w.y0 * width + (size_t)w.x0) * channels + (size_t)c;
    for (int y = w.y0; y < w.y1; y++)
        for (int xx = w.x0; xx < w.x1; xx++) {
            size_t at = ((size_t)y * width + (size_t)xx) * channels + (size_t)c;
            if (x[at] > x[best] || (x[at] != x[at] && x[best] == x[best]))
                best = at;
        }
    return best;
}

/* Where in the output [n][P][Q][C] a flat index lies. */
struct place {
    size_t s;
    int y, x, c;
};

static struct place place_in(const struct shape *shape, size_t at)
{
    struct place r;
    r.c = (int)(at % (size_t)shape->dim[2]);
    at /= (size_t)shape->dim[2];
    r.x = (int)(at % (size_t)shape->dim[1]);
    at /= (size_t)shape->dim[1];
    r.y = (int)(at % (size_t)shape->dim[0]);
    r.s = at / (size_t)shape->dim[0];
    return r;
}

static void maxpool_forward(real *out, const real *x, const struct layer *l, size_t begin,
                            size_t end)
{
    size_t count = shape_count(&l->in);
    for (size_t at = begin; at < end; at++) {
        struct place o = place_in(&l->out, at);
        const real *sample = x + o.s * count;
        out[at] = sample[winner(sample, l, pool_window(l, o.y, o.x), o.c)];
    }
}

/* dx[i] (+)= Σ dout of the windows that i won, windows in row order */
static void maxpool_backward(real *dx, const real *dout, const real *x, const struct layer *l,
                             bool add, size_t begin, size_t end)
{
    size_t count = shape_count(&l->in);
    for (size_t at = begin; at < end; at++) {
        struct place i = place_in(&l->in, at);
        const real *sample = x + i.s * count;
        int p0, p1, q0, q1;
        pool_range(i.y, l->pad_top, l->kernel_h, l->stride, l->out.dim[0], &p0, &p1);
        pool_range(i.x, l->pad_left, l->kernel_w, l->stride_w, l->out.dim[1], &q0, &q1);
        real sum = add ? dx[at] : 0;
        for (int p = p0; p <= p1; p++)
            for (int q = q0; q <= q1; q++) {
                if (winner(sample, l, pool_window(l, p, q), i.c) != at - i.s * count)
                    continue;
                size_t row = i.s * (size_t)l->out.dim[0] + (size_t)p;
                size_t o = (row * (size_t)l->out.dim[1] + (size_t)q) * (size_t)l->out.dim[2];
                sum += dout[o + (size_t)i.c];
            }
        dx[at] = sum;
    }
}

/* out = Σ x / (places of the window inside the picture) */
static void avgpool_forward(real *out, const real *x, const struct layer *l, size_t begin,
                            size_t end)
{
    size_t count = shape_count(&l->in);
    size_t width = (size_t)l->in.dim[1], channels = (size_t)l->in.dim[2];
    for (size_t at = begin; at < end; at++) {
        struct place o = place_in(&l->out, at);
        struct window w = pool_window(l, o.y, o.x);
        real share = (real)1 / (real)((w.y1 - w.y0) * (w.x1 - w.x0));
        real sum = 0;
        for (int y = w.y0; y < w.y1; y++)
            for (int xx = w.x0; xx < w.x1; xx++)
                sum =
                    mac(sum, share,
                        x[o.s * count + ((size_t)y * width + (size_t)xx) * channels + (size_t)o.c]);
        out[at] = sum;
    }
}

static void avgpool_backward(real *dx, const real *dout, const struct layer *l, bool add,
                             size_t begin, size_t end)
{
    for (size_t at = begin; at < end; at++) {
        struct place i = place_in(&l->in, at);
        int p0, p1, q0, q1;
        pool_range(i.y, l->pad_top, l->kernel_h, l->stride, l->out.dim[0], &p0, &p1);
        pool_range(i.x, l->pad_left, l->kernel_w, l->stride_w, l->out.dim[1], &q0, &q1);
        real sum = add ? dx[at] : 0;
        for (int p = p0; p <= p1; p++)
            for (int q = q0; q <= q1; q++) {
                struct window w = pool_window(l, p, q);
                real share = (real)1 / (real)((w.y1 - w.y0) * (w.x1 - w.x0));
                size_t row = i.s * (size_t)l->out.dim[0] + (size_t)p;
                size_t o = (row * (size_t)l->out.dim[1] + (size_t)q) * (size_t)l->out.dim[2];
                sum = mac(sum, share, dout[o + (size_t)i.c]);
            }
        dx[at] = sum;
    }
}

static void concat_forward(const struct buffers *b, const struct op *op, real *out, size_t begin,
                           size_t end)
{
    const struct layer *l = &b->program->net->layers[op->layer];
    size_t channels = (size_t)l->out.dim[l->out.rank - 1];
    for (size_t at = begin; at < end; at++) {
        size_t row = at / channels, c = at % channels;
        for (int k = 0; k < op->part_count; k++) {
            const struct shape *part = &b->program->tensors[op->parts[k]].shape;
            size_t width = (size_t)part->dim[part->rank - 1];
            if (c < width) {
                out[at] = ((const real *)b->at[op->parts[k]])[row * width + c];
                break;
            }
            c -= width;
        }
    }
}

static void concat_backward(const struct buffers *b, const struct op *op, real *dx,
                            const real *dout, size_t begin, size_t end)
{
    const struct layer *l = &b->program->net->layers[op->layer];
    const struct shape *part = &b->program->tensors[op->out].shape;
    size_t channels = (size_t)l->out.dim[l->out.rank - 1];
    size_t width = (size_t)part->dim[part->rank - 1];
    for (size_t at = begin; at < end; at++) {
        real d = dout[at / width * channels + (size_t)op->at + at % width];
        dx[at] = op->add ? dx[at] + d : (real)0 + d;
    }
}

void REAL_NAME(real_pool)(const struct buffers *b, const struct op *op, size_t begin, size_t end)
{
    const struct layer *l = &b->program->net->layers[op->layer];
    real *out = b->at[op->out];
    const real *in0 = b->at[op->in[0]];
    switch (op->kind) {
    case OP_MAXPOOL:
        maxpool_forward(out, in0, l, begin, end);
        break;
    case OP_MAXPOOL_DX:
        maxpool_backward(out, in0, b->at[op->in[1]], l, op->add, begin, end);
        break;
    case OP_AVGPOOL:
        avgpool_forward(out, in0, l, begin, end);
        break;
    case OP_AVGPOOL_DX:
        avgpool_backward(out, in0, l, op->add, begin, end);
        break;
    case OP_CONCAT:
        concat_forward(b, op, out, begin, end);
        break;
    default:
        concat_backward(b, op, out, in0, begin, end);
        break;
    }
}
