/* Dense layers, fast: registers hold a block of outputs, the sums run through memory in order. */
#include "nn/lane_variant.h"

/* z for M outputs of one block; nv vectors of lanes. */
INLINE void dense_block(float *z, const float *x, const float *W, const float *b, int n_in,
                        bool relu, const int M, const int nv)
{
    vec acc[VEC_MOST][2];
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
    for (int o = o0, M; o < o1; o += M) {
        float *to = z + (size_t)o * lanes;
        const float *w = W + (size_t)o * (size_t)n_in;
        M = vec_block(o1 - o);
#define CALL(size) dense_block(to, x, w, b + o, n_in, relu, size, nv)
        VEC_SIZES(M, CALL)
#undef CALL
    }
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
    vec acc[VEC_MOST][2];
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
    for (int i = i0, M; i < i1; i += M) {
        float *to = dx + (size_t)i * lanes;
        const float *result = a ? a + (size_t)i * lanes : NULL;
        M = vec_block(i1 - i);
#define CALL(size) dx_block(to, dz, W + i, result, n_in, n_out, add, size, nv)
        VEC_SIZES(M, CALL)
#undef CALL
    }
}

void LANE_NAME(lane_dense_dx)(float *dx, const float *dz, const float *W, const float *a, int n_in,
                              int n_out, int lanes, bool add, int i0, int i1)
{
    if (lanes == 2 * VW)
        dx_range(dx, dz, W, a, n_in, n_out, add, i0, i1, 2);
    else
        dx_range(dx, dz, W, a, n_in, n_out, add, i0, i1, 1);
}

/* The roundings of lane_update. */
INLINE void descend(const struct lane_descent *d, size_t at, vec g)
{
    if (d->m) {
        g = (vec_all(d->mu) * vec_load(d->m + at) + vec_all(0)) + g;
        vec_store(d->m + at, g);
    }
    vec_store(d->w + at, vec_mac(vec_all(0) + vec_load(d->w + at), vec_all(-d->rate), g));
}

/* M outputs, nv vectors of inputs; `at`: the first weight's place. */
INLINE void dw_block(float *dW, size_t at, const float *dz, const float *x, int n, int n_in,
                     int n_out, const struct lane_descent *d, const int M, const int nv)
{
    vec acc[VEC_MOST][2];
    for (int m = 0; m < M; m++)
        for (int v = 0; v < nv; v++)
            acc[m][v] = vec_all(0);
    for (int s = 0; s < n; s++) {
        vec in[2];
        for (int v = 0; v < nv; v++)
            in[v] = vec_load(x + (size_t)s * (size_t)n_in + v * VW);
        for (int m = 0; m < M; m++) {
            vec w = vec_all(dz[(size_t)s * (size_t)n_out + (size_t)m]);
            for (int v = 0; v < nv; v++)
                acc[m][v] = vec_mac(acc[m][v], w, in[v]);
        }
    }
    const bool down = d && d->down;
    for (int k = 0; k < M; k++)
        for (int v = 0; v < nv; v++) {
            const int m = down ? M - 1 - k : k;
            size_t to = at + (size_t)m * (size_t)n_in + (size_t)(v * VW);
            if (d)
                descend(d, to, acc[m][v]);
            else
                vec_store(dW + to, acc[m][v]);
        }
}

/* All outputs for nv vectors of inputs from i on, whose column of x stays in the nearest cache. */
INLINE void dw_column(float *dW, const float *dz, const float *x, int n, int n_in, int n_out,
                      int o0, int o1, int i, const struct lane_descent *d, const int nv)
{
    const bool down = d && d->down;
    for (int left = o1 - o0, M; left > 0; left -= M) {
        M = vec_block(left);
        int o = down ? o0 + left - M : o1 - left;
        size_t at = (size_t)o * (size_t)n_in + (size_t)i;
#define CALL(size) dw_block(dW, at, dz + o, x + i, n, n_in, n_out, d, size, nv)
        VEC_SIZES(M, CALL)
#undef CALL
    }
}

/* One weight alone. */
static void dw_single(float *dW, const float *dz, const float *x, int n, int n_in, int n_out,
                      size_t at, const struct lane_descent *d)
{
    float sum = 0;
    for (int s = 0; s < n; s++)
        sum = fmaf(dz[(size_t)s * (size_t)n_out], x[(size_t)s * (size_t)n_in], sum);
    if (!d) {
        dW[at] = sum;
        return;
    }
    if (d->m)
        sum = d->m[at] = d->mu * d->m[at] + 0.0f + sum;
    d->w[at] = fmaf(-d->rate, sum, 0.0f + d->w[at]);
}

void LANE_NAME(lane_dense_dw)(float *dW, const float *dz, const float *x, int n, int n_in,
                              int n_out, int o0, int o1, const struct lane_descent *d)
{
    int i = 0;
    for (; i + 2 * VW <= n_in; i += 2 * VW)
        dw_column(dW, dz, x, n, n_in, n_out, o0, o1, i, d, 2);
    for (; i + VW <= n_in; i += VW)
        dw_column(dW, dz, x, n, n_in, n_out, o0, o1, i, d, 1);
    for (; i < n_in; i++)
        for (int o = o0; o < o1; o++)
            dw_single(dW, dz + o, x + i, n, n_in, n_out, (size_t)o * (size_t)n_in + (size_t)i, d);
}
