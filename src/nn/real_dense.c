/* Dense layers: z = b + W x, and back. Sums run in the order of docs/architecture.md; each
 * kernel computes the outputs [begin, end) of its flat result. */
#include "nn/real.h"

/* z[s][o] = b[o] + Σi W[o][i] x[s][i] */
static void dense_forward(real *z, const real *x, const real *W, const real *bias, size_t n_in,
                          size_t n_out, size_t begin, size_t end)
{
    for (size_t k = begin; k < end; k++) {
        size_t s = k / n_out, o = k % n_out;
        real sum = (real)0 + bias[o];
        for (size_t i = 0; i < n_in; i++)
            sum = mac(sum, W[o * n_in + i], x[s * n_in + i]);
        z[k] = sum;
    }
}

/* dx[s][i] (+)= Σo dz[s][o] W[o][i] */
static void dense_backward_x(real *dx, const real *dz, const real *W, size_t n_in, size_t n_out,
                             bool add, size_t begin, size_t end)
{
    for (size_t k = begin; k < end; k++) {
        size_t s = k / n_in, i = k % n_in;
        real sum = add ? dx[k] : 0;
        for (size_t o = 0; o < n_out; o++)
            sum = mac(sum, dz[s * n_out + o], W[o * n_in + i]);
        dx[k] = sum;
    }
}

/* dW[o][i] = Σs dz[s][o] x[s][i] */
static void dense_backward_W(real *dW, const real *dz, const real *x, size_t n, size_t n_in,
                             size_t n_out, size_t begin, size_t end)
{
    for (size_t k = begin; k < end; k++) {
        size_t o = k / n_in, i = k % n_in;
        real sum = 0;
        for (size_t s = 0; s < n; s++)
            sum = mac(sum, dz[s * n_out + o], x[s * n_in + i]);
        dW[k] = sum;
    }
}

void REAL_NAME(real_dense)(const struct buffers *b, const struct op *op, size_t begin, size_t end)
{
    const struct layer *l = &b->program->net->layers[op->layer];
    size_t n_in = (size_t)l->in.dim[0], n_out = (size_t)l->units;
    real *out = b->at[op->out];
    const real *in0 = b->at[op->in[0]];
    const real *in1 = b->at[op->in[1]];
    if (op->kind == OP_DENSE)
        dense_forward(out, in0, in1, b->at[op->in[2]], n_in, n_out, begin, end);
    else if (op->kind == OP_DENSE_DX)
        dense_backward_x(out, in0, in1, n_in, n_out, op->add, begin, end);
    else
        dense_backward_W(out, in0, in1, (size_t)b->n, n_in, n_out, begin, end);
}
