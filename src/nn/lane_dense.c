/* Dense layers, fast: registers hold a block of outputs, the sums run through memory in order. */
#include "nn/lane_variant.h"

/* z for M outputs of one block; nv vectors of lanes. */
INLINE void dense_block(float *z, const float *x, const float *W, const float *b, int n_in,
                        bool relu, const int M, const int nv)
{
    vec acc[8][2];
    const int lanes = nv * VW;
    for (int m = 0; m < M; m++)
        for (int v = 0; v < nv; v++)
            acc[m][v] = vec_all(0.0f + b[m]);
    for (int i = 0; i < n_in; i++) {
        vec in[2];
        for (int v = 0; v < nv; v++)
            in[v] = vec_load(x + (size_t)i * (size_t)lanes + v * VW);
        for (int m = 0; m < M; m++) {
            vec w = vec_all(W[(size_t)m * (size_t)n_in + (size_t)i]);
            for (int v = 0; v < nv; v++)
                acc[m][v] = vec_mac(acc[m][v], w, in[v]);
        }
    }
    for (int m = 0; m < M; m++)
        for (int v = 0; v < nv; v++)
            vec_store(z + (size_t)m * (size_t)lanes + v * VW,
                      relu ? vec_relu(acc[m][v]) : acc[m][v]);
}

INLINE void dense_range(float *z, const float *x, const float *W, const float *b, int n_in,
                        bool relu, int o0, int o1, const int nv)
{
    const size_t lanes = (size_t)(nv * VW);
    int o = o0;
    for (; o + 8 <= o1; o += 8)
        dense_block(z + (size_t)o * lanes, x, W + (size_t)o * (size_t)n_in, b + o, n_in, relu, 8,
                    nv);
    for (; o + 2 <= o1; o += 2)
        dense_block(z + (size_t)o * lanes, x, W + (size_t)o * (size_t)n_in, b + o, n_in, relu, 2,
                    nv);
    for (; o < o1; o++)
        dense_block(z + (size_t)o * lanes, x, W + (size_t)o * (size_t)n_in, b + o, n_in, relu, 1,
                    nv);
}

void LANE_NAME(lane_dense)(float *z, const float *x, const float *W, const float *b, int n_in,
                           int lanes, bool relu, int o0, int o1)
{
    if (lanes == 2 * VW)
        dense_range(z, x, W, b, n_in, relu, o0, o1, 2);
    else
        dense_range(z, x, W, b, n_in, relu, o0, o1, 1);
}

INLINE void dx_block(float *dx, const float *dz, const float *W, const float *a, int n_in,
                     int n_out, bool add, const int M, const int nv)
{
    vec acc[8][2];
    const size_t lanes = (size_t)(nv * VW);
    for (int m = 0; m < M; m++)
        for (int v = 0; v < nv; v++)
            acc[m][v] = add ? vec_load(dx + (size_t)m * lanes + v * VW) : vec_all(0);
    for (int o = 0; o < n_out; o++) {
        vec d[2];
        for (int v = 0; v < nv; v++)
            d[v] = vec_load(dz + (size_t)o * lanes + v * VW);
        for (int m = 0; m < M; m++) {
            vec w = vec_all(W[(size_t)o * (size_t)n_in + (size_t)m]);
            for (int v = 0; v < nv; v++)
                acc[m][v] = vec_mac(acc[m][v], w, d[v]);
        }
    }
    for (int m = 0; m < M; m++)
        for (int v = 0; v < nv; v++)
            vec_store(dx + (size_t)m * lanes + v * VW,
                      a ? acc[m][v] * vec_relu_slope(vec_load(a + (size_t)m * lanes + v * VW))
                        : acc[m][v]);
}

INLINE void dx_range(float *dx, const float *dz, const float *W, const float *a, int n_in,
                     int n_out, bool add, int i0, int i1, const int nv)
{
    const size_t lanes = (size_t)(nv * VW);
    int i = i0;
    for (; i + 8 <= i1; i += 8)
        dx_block(dx + (size_t)i * lanes, dz, W + i, a ? a + (size_t)i * lanes : NULL, n_in, n_out,
                 add, 8, nv);
    for (; i + 2 <= i1; i += 2)
        dx_block(dx + (size_t)i * lanes, dz, W + i, a ? a + (size_t)i * lanes : NULL, n_in, n_out,
                 add, 2, nv);
    for (; i < i1; i++)
        dx_block(dx + (size_t)i * lanes, dz, W + i, a ? a + (size_t)i * lanes : NULL, n_in, n_out,
                 add, 1, nv);
}

void LANE_NAME(lane_dense_dx)(float *dx, const float *dz, const float *W, const float *a, int n_in,
                              int n_out, int lanes, bool add, int i0, int i1)
{
    if (lanes == 2 * VW)
        dx_range(dx, dz, W, a, n_in, n_out, add, i0, i1, 2);
    else
        dx_range(dx, dz, W, a, n_in, n_out, add, i0, i1, 1);
}

/* M outputs, nv vectors of inputs from x + 0. */
INLINE void dw_block(float *dW, const float *dz, const float *x, int n, int n_in, int n_out,
                     const int M, const int nv)
{
    vec acc[8][2];
    for (int m = 0; m < M; m++)
        for (int v = 0; v < nv; v++)
            acc[m][v] = vec_all(0);
    for (int s = 0; s < n; s++) {
        vec in[2];
        for (int v = 0; v < nv; v++)
            in[v] = vec_load(x + (size_t)s * (size_t)n_in + v * VW);
        for (int m = 0; m < M; m++) {
            vec d = vec_all(dz[(size_t)s * (size_t)n_out + (size_t)m]);
            for (int v = 0; v < nv; v++)
                acc[m][v] = vec_mac(acc[m][v], d, in[v]);
        }
    }
    for (int m = 0; m < M; m++)
        for (int v = 0; v < nv; v++)
            vec_store(dW + (size_t)m * (size_t)n_in + v * VW, acc[m][v]);
}

INLINE void dw_rows(float *dW, const float *dz, const float *x, int n, int n_in, int n_out,
                    const int M)
{
    int i = 0;
    for (; i + 2 * VW <= n_in; i += 2 * VW)
        dw_block(dW + i, dz, x + i, n, n_in, n_out, M, 2);
    for (; i + VW <= n_in; i += VW)
        dw_block(dW + i, dz, x + i, n, n_in, n_out, M, 1);
    for (; i < n_in; i++)
        for (int m = 0; m < M; m++) {
            float sum = 0;
            for (int s = 0; s < n; s++)
                sum = fmaf(dz[(size_t)s * (size_t)n_out + (size_t)m],
                           x[(size_t)s * (size_t)n_in + (size_t)i], sum);
            dW[(size_t)m * (size_t)n_in + (size_t)i] = sum;
        }
}

void LANE_NAME(lane_dense_dw)(float *dW, const float *dz, const float *x, int n, int n_in,
                              int n_out, int o0, int o1)
{
    int o = o0;
    for (; o + 8 <= o1; o += 8)
        dw_rows(dW + (size_t)o * (size_t)n_in, dz + o, x, n, n_in, n_out, 8);
    for (; o < o1; o++)
        dw_rows(dW + (size_t)o * (size_t)n_in, dz + o, x, n, n_in, n_out, 1);
}
