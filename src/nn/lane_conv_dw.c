/* Convolutions, fast: to the weights, in rows, vectors across kernels. */
#include "nn/lane_variant.h"

/* G x R weights (u, v, c) of nv vectors of kernels, over the output places [p0, p1) x [q0, q1):
 * G runs of R weights that lie side by side in the picture, too; runs are `apart` floats apart in
 * x and `apart_w` weights apart. */
INLINE void conv_dw_block(float *dWt, const float *dz, const float *x, const struct lane_conv *d,
                          int kp, int apart, int apart_w, int p0, int p1, int q0, int q1,
                          const int G, const int R, const int nv)
{
    vec acc[3][16][2];
    for (int g = 0; g < G; g++)
        for (int r = 0; r < R; r++)
            for (int v = 0; v < nv; v++)
                acc[g][r][v] = vec_load(dWt + (size_t)(g * apart_w + r) * (size_t)kp + v * VW);
    for (int p = p0; p < p1; p++) {
        const float *row =
            x + ((ptrdiff_t)(p * d->stride - d->top) * d->W + q0 * d->stride_w - d->left) * d->C;
        const float *from = dz + ((size_t)p * (size_t)d->Q + (size_t)q0) * (size_t)kp;
        for (int q = q0; q < q1; q++) {
            vec a[2];
            for (int v = 0; v < nv; v++)
                a[v] = vec_load(from + v * VW);
            for (int g = 0; g < G; g++)
                for (int r = 0; r < R; r++) {
                    vec c = vec_all(row[g * apart + r]);
                    for (int v = 0; v < nv; v++)
                        acc[g][r][v] = vec_mac(acc[g][r][v], a[v], c);
                }
            row += d->stride_w * d->C;
            from += kp;
        }
    }
    for (int g = 0; g < G; g++)
        for (int r = 0; r < R; r++)
            for (int v = 0; v < nv; v++)
                vec_store(dWt + (size_t)(g * apart_w + r) * (size_t)kp + v * VW, acc[g][r][v]);
}

/* One shape of block over all vectors of kernels, two at a time where they fit the registers. */
INLINE void conv_dw_tile(float *dWt, const float *dz, const float *x, const struct lane_conv *d,
                         int kp, int kernels, int apart, int apart_w, const int *range, const int G,
                         const int R)
{
    int k = 0;
    const bool pairs = VW == 16 ? G * R <= 12 : G * R <= 6;
    for (; pairs && k + 2 * VW <= kernels; k += 2 * VW)
        conv_dw_block(dWt + k, dz + k, x, d, kp, apart, apart_w, range[0], range[1], range[2],
                      range[3], G, R, 2);
    for (; k < kernels; k += VW)
        conv_dw_block(dWt + k, dz + k, x, d, kp, apart, apart_w, range[0], range[1], range[2],
                      range[3], G, R, 1);
}

/* The outputs [first, last) along one axis for which kernel place u lies inside. */
static void outputs_inside(int u, int pad, int stride, int size, int outputs, int *first, int *last)
{
    int low = pad - u;
    *first = low <= 0 ? 0 : (low + stride - 1) / stride;
    int high = size - 1 - u + pad;
    *last = high < 0 ? 0 : high / stride + 1;
    if (*last > outputs)
        *last = outputs;
}

/* Weights [m, m + count) of one row u of the kernel (and with G the rows below it). */
static void conv_dw_run(float *dWt, const float *dz, const float *x, const struct lane_conv *d,
                        int kp, int kernels, int m, int count, int rows)
{
    int range[4] = {0, d->P, 0, d->Q};
    int run = d->V * d->C, u = m / run, first = m % run;
    float *to = dWt + (size_t)m * (size_t)kp;
    const float *from = x + u * d->W * d->C + first;
    if (d->padded) {
        outputs_inside(u, d->top, d->stride, d->H, d->P, &range[0], &range[1]);
        outputs_inside(first / d->C, d->left, d->stride_w, d->W, d->Q, &range[2], &range[3]);
    }
#define CALL(G, R) conv_dw_tile(to, dz, from, d, kp, kernels, d->W * d->C, run, range, G, R)
    if (rows == 3)
        CALL(3, 3);
    else if (rows == 2)
        CALL(2, 5);
    else if (count == 16)
        CALL(1, 16);
    else if (count == 8)
        CALL(1, 8);
    else if (count == 5)
        CALL(1, 5);
    else if (count == 4)
        CALL(1, 4);
    else if (count == 3)
        CALL(1, 3);
    else
        CALL(1, 1);
#undef CALL
}

/* How many weights of a run of `left` the next block takes. */
static int run_block(int left, int kernels)
{
    if (left >= 16 && kernels < 2 * VW && VW == 16)
        return 16;
    if (left >= 8)
        return 8;
    return left >= 3 && left <= 5 ? left : left > 5 ? 4 : 1;
}

void LANE_NAME(lane_conv_dw)(float *dWt, const float *dz, const float *x, const struct lane_conv *d,
                             int kp, int kernels, int m0, int m1)
{
    int run = d->V * d->C;
    for (int m = m0; m < m1;) {
        int left = run - m % run;
        bool whole = left == run && !d->padded;
        int rows = (m1 - m) / run;
        if (d->padded) /* one place of the kernel at a time: each has its own outputs inside */
            left = d->C - m % d->C;
        if (left > m1 - m)
            left = m1 - m;
        if (whole && run == 3 && rows >= 3) {
            conv_dw_run(dWt, dz, x, d, kp, kernels, m, 3, 3);
            m += 9;
        } else if (whole && run == 5 && rows >= 2) {
            conv_dw_run(dWt, dz, x, d, kp, kernels, m, 5, 2);
            m += 10;
        } else {
            int count = run_block(left, kernels);
            conv_dw_run(dWt, dz, x, d, kp, kernels, m, count, 1);
            m += count;
        }
    }
}
