/* Forward for one sample, in rows: vectors run across outputs, over weights packed so that the
 * outputs of one input lie side by side. The same sums in the same order as the plain kernels. */
#include "nn/lane_variant.h"

/* M neighbouring places of one row, nv vectors of kernels. */
INLINE void rows_block(float *z, const float *x, const float *W, const float *b,
                       const struct lane_conv *d, int kp, int p, int q, int v0, int v1, int width,
                       const int M, const int nv)
{
    vec acc[8][2];
    const size_t step = (size_t)(d->stride_w * d->C);
    for (int m = 0; m < M; m++)
        for (int v = 0; v < nv; v++)
            acc[m][v] = vec_all(0) + vec_load(b + v * VW);
    for (int u = 0; u < d->U; u++) {
        int y = p * d->stride + u - d->top;
        if (y < 0 || y >= d->H)
            continue;
        const float *in =
            x + ((ptrdiff_t)y * d->W + q * d->stride_w + v0 - d->left) * (ptrdiff_t)d->C;
        const float *w = W + ((size_t)u * (size_t)d->V + (size_t)v0) * (size_t)d->C * (size_t)kp;
        int count = (v1 - v0) * d->C;
        for (int i = 0; i < count; i++) {
            vec a[2];
            for (int v = 0; v < nv; v++)
                a[v] = vec_load(w + (size_t)i * (size_t)kp + v * VW);
            for (int m = 0; m < M; m++) {
                vec c = vec_all(in[(size_t)m * step + (size_t)i]);
                for (int v = 0; v < nv; v++)
                    acc[m][v] = vec_mac(acc[m][v], a[v], c);
            }
        }
    }
    for (int m = 0; m < M; m++) {
        float *to = z + (size_t)m * (size_t)d->K;
        for (int v = 0; v < nv; v++) {
            int left = width - v * VW < VW ? width - v * VW : VW;
            if (left == VW)
                vec_store(to + v * VW, acc[m][v]);
            else
                vec_store_first(to + v * VW, acc[m][v], left);
        }
    }
}

INLINE void rows_places(float *z, const float *x, const float *W, const float *b,
                        const struct lane_conv *d, int kp, int p, int k, int width, const int nv)
{
    for (int q = 0; q < d->Q;) {
        int left = q * d->stride_w - d->left;
        int v0 = left < 0 ? -left : 0, v1 = left + d->V > d->W ? d->W - left : d->V;
        float *to = z + ((size_t)p * (size_t)d->Q + (size_t)q) * (size_t)d->K + k;
        int last = (q + 7) * d->stride_w - d->left + d->V;
        if (v0 == 0 && v1 == d->V && q + 8 <= d->Q && last <= d->W) {
            rows_block(to, x, W, b, d, kp, p, q, 0, d->V, width, 8, nv);
            q += 8;
        } else {
            rows_block(to, x, W, b, d, kp, p, q, v0, v1, width, 1, nv);
            q++;
        }
    }
}

void LANE_NAME(lane_conv_rows)(float *z, const float *x, const float *W, const float *b,
                               const struct lane_conv *d, int kp, int p0, int p1)
{
    for (int k = 0; k < d->K;) {
        int left = d->K - k;
        const int wide = left > VW;
        int width = left < 2 * VW ? left : 2 * VW;
        for (int p = p0; p < p1; p++) {
            if (wide)
                rows_places(z, x, W + k, b + k, d, kp, p, k, width, 2);
            else
                rows_places(z, x, W + k, b + k, d, kp, p, k, width, 1);
        }
        k += width;
    }
}

INLINE void dense_rows_block(float *z, const float *x, const float *W, const float *b, int n_in,
                             int kp, int width, const int nv)
{
    vec acc[8];
    for (int v = 0; v < nv; v++)
        acc[v] = vec_all(0) + vec_load(b + v * VW);
    for (int i = 0; i < n_in; i++) {
        vec c = vec_all(x[i]);
        for (int v = 0; v < nv; v++)
            acc[v] = vec_mac(acc[v], vec_load(W + (size_t)i * (size_t)kp + v * VW), c);
    }
    for (int v = 0; v < nv; v++) {
        int left = width - v * VW < VW ? width - v * VW : VW;
        vec_store_first(z + v * VW, acc[v], left);
    }
}

void LANE_NAME(lane_dense_rows)(float *z, const float *x, const float *W, const float *b, int n_in,
                                int n_out, int kp, int o0, int o1)
{
    int o = o0, end = o1 < n_out ? o1 : n_out;
    /* Each weight is read once a picture, so that is what counts: as much in one row as can be. */
    for (; o + 8 * VW <= end; o += 8 * VW)
        dense_rows_block(z + o, x, W + o, b + o, n_in, kp, 8 * VW, 8);
    for (; o + 4 * VW <= end; o += 4 * VW)
        dense_rows_block(z + o, x, W + o, b + o, n_in, kp, 4 * VW, 4);
    for (; o < end; o += VW)
        dense_rows_block(z + o, x, W + o, b + o, n_in, kp, end - o < VW ? end - o : VW, 1);
}
