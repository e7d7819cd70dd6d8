/* Convolution layers (cross-correlation, as everywhere in the field), and back. Padded places
 * are skipped, not multiplied. */
#include "nn/real.h"

/* The sizes of one convolution: x [n][H][W][C], z [n][P][Q][K], kernels [K][U][V][C]. */
struct conv {
    int n, H, W, C, P, Q, K, U, V, stride, top, left;
};

static struct conv conv_sizes(const struct buffers *b, const struct layer *l)
{
    return (struct conv){.n = b->n,
                         .H = l->in.dim[0],
                         .W = l->in.dim[1],
                         .C = l->in.dim[2],
                         .P = l->out.dim[0],
                         .Q = l->out.dim[1],
                         .K = l->units,
                         .U = l->kernel_h,
                         .V = l->kernel_w,
                         .stride = l->stride,
                         .top = l->pad_top,
                         .left = l->pad_left};
}

/* z[s][p][q][k] = b[k] + Σu Σv Σc W[k][u][v][c] x[s][p stride + u - top][q stride + v - left][c] */
static void conv_forward(real *z, const real *x, const real *W, const real *bias,
                         const struct conv *d, size_t begin, size_t end)
{
    for (size_t at = begin; at < end; at++) {
        int k = (int)(at % (size_t)d->K);
        size_t place = at / (size_t)d->K;
        int q = (int)(place % (size_t)d->Q);
        int p = (int)(place / (size_t)d->Q % (size_t)d->P);
        size_t s = place / (size_t)d->Q / (size_t)d->P;
        real sum = (real)0 + bias[k];
        for (int u = 0; u < d->U; u++) {
            int y = p * d->stride + u - d->top;
            for (int v = 0; y >= 0 && y < d->H && v < d->V; v++) {
                int xx = q * d->stride + v - d->left;
                if (xx < 0 || xx >= d->W)
                    continue;
                const real *w =
                    W + (((size_t)k * (size_t)d->U + (size_t)u) * (size_t)d->V + (size_t)v) *
                            (size_t)d->C;
                const real *in =
                    x + ((s * (size_t)d->H + (size_t)y) * (size_t)d->W + (size_t)xx) * (size_t)d->C;
                for (int c = 0; c < d->C; c++)
                    sum = mac(sum, w[c], in[c]);
            }
        }
        z[at] = sum;
    }
}

/* dx[s][y][x][c] (+)= Σk Σu Σv dz[s][p][q][k] W[k][u][v][c], p stride = y - u + top, q likewise */
static void conv_backward_x(real *dx, const real *dz, const real *W, const struct conv *d, bool add,
                            size_t begin, size_t end)
{
    for (size_t at = begin; at < end; at++) {
        int c = (int)(at % (size_t)d->C);
        size_t place = at / (size_t)d->C;
        int xx = (int)(place % (size_t)d->W);
        int y = (int)(place / (size_t)d->W % (size_t)d->H);
        size_t s = place / (size_t)d->W / (size_t)d->H;
        real sum = add ? dx[at] : 0;
        for (int k = 0; k < d->K; k++)
            for (int u = 0; u < d->U; u++) {
                int py = y - u + d->top;
                if (py < 0 || py % d->stride || py / d->stride >= d->P)
                    continue;
                for (int v = 0; v < d->V; v++) {
                    int qx = xx - v + d->left;
                    if (qx < 0 || qx % d->stride || qx / d->stride >= d->Q)
                        continue;
                    size_t row = s * (size_t)d->P + (size_t)(py / d->stride);
                    size_t o = (row * (size_t)d->Q + (size_t)(qx / d->stride)) * (size_t)d->K;
                    size_t w = (((size_t)k * (size_t)d->U + (size_t)u) * (size_t)d->V + (size_t)v) *
                               (size_t)d->C;
                    sum = mac(sum, dz[o + (size_t)k], W[w + (size_t)c]);
                }
            }
        dx[at] = sum;
    }
}

/* dW[k][u][v][c] = Σs Σp Σq dz[s][p][q][k] x[s][p stride + u - top][q stride + v - left][c] */
static void conv_backward_W(real *dW, const real *dz, const real *x, const struct conv *d,
                            size_t begin, size_t end)
{
    for (size_t at = begin; at < end; at++) {
        int c = (int)(at % (size_t)d->C);
        int v = (int)(at / (size_t)d->C % (size_t)d->V);
        int u = (int)(at / (size_t)d->C / (size_t)d->V % (size_t)d->U);
        size_t k = at / (size_t)d->C / (size_t)d->V / (size_t)d->U;
        real sum = 0;
        for (int s = 0; s < d->n; s++)
            for (int p = 0; p < d->P; p++) {
                int y = p * d->stride + u - d->top;
                if (y < 0 || y >= d->H)
                    continue;
                for (int q = 0; q < d->Q; q++) {
                    int xx = q * d->stride + v - d->left;
                    if (xx < 0 || xx >= d->W)
                        continue;
                    size_t o = ((size_t)s * (size_t)d->P + (size_t)p) * (size_t)d->Q + (size_t)q;
                    size_t i = ((size_t)s * (size_t)d->H + (size_t)y) * (size_t)d->W + (size_t)xx;
                    sum = mac(sum, dz[o * (size_t)d->K + k], x[i * (size_t)d->C + (size_t)c]);
                }
            }
        dW[at] = sum;
    }
}

void REAL_NAME(real_conv)(const struct buffers *b, const struct op *op, size_t begin, size_t end)
{
    struct conv d = conv_sizes(b, &b->program->net->layers[op->layer]);
    real *out = b->at[op->out];
    const real *in0 = b->at[op->in[0]];
    const real *in1 = b->at[op->in[1]];
    if (op->kind == OP_CONV)
        conv_forward(out, in0, in1, b->at[op->in[2]], &d, begin, end);
    else if (op->kind == OP_CONV_DX)
        conv_backward_x(out, in0, in1, &d, op->add, begin, end);
    else
        conv_backward_W(out, in0, in1, &d, begin, end);
}
