/* Pooling, activations, updates and the two layouts' exchange, fast. */
#include <stdint.h>

#include "nn/elementary.h"
#include "nn/lane_variant.h"

/* The larger of best and x where x beats it; NaN wins, as in the plain kernel. */
INLINE ivec beats(vec x, vec best)
{
    return (x > best) | ((x != x) & (best == best));
}

void LANE_NAME(lane_maxpool)(float *out, const float *x, const struct lane_conv *d, int lanes,
                             int p0, int p1)
{
    size_t step = (size_t)d->C * (size_t)lanes;
    for (int p = p0; p < p1; p++)
        for (int q = 0; q < d->Q; q++) {
            const float *in =
                x + ((size_t)(p * d->stride) * (size_t)d->W + (size_t)(q * d->stride_w)) * step;
            float *to = out + ((size_t)p * (size_t)d->Q + (size_t)q) * step;
            for (size_t c = 0; c < step; c += VW) {
                vec best = vec_load(in + c);
                for (int u = 0; u < d->U; u++)
                    for (int v = u ? 0 : 1; v < d->V; v++) {
                        vec a = vec_load(in + ((size_t)u * (size_t)d->W + (size_t)v) * step + c);
                        best = vec_pick(beats(a, best), a, best);
                    }
                vec_store(to + c, best);
            }
        }
}

/* The blame of one vector of windows U x V goes to the place that won, what each place gets times
 * the slope of the relu before it; rows of the picture are `row` floats apart, places `step`. */
INLINE void pool_dx_window(float *dx, vec blame, const float *x, size_t row, size_t step, bool relu,
                           const int U, const int V)
{
    vec best = vec_load(x);
    ivec winner = {0};
    for (int u = 0; u < U; u++)
        for (int v = u ? 0 : 1; v < V; v++) {
            vec a = vec_load(x + (size_t)u * row + (size_t)v * step);
            ivec wins = beats(a, best);
            best = vec_pick(wins, a, best);
            winner = (winner & ~wins) | ((winner * 0 + u * V + v) & wins);
        }
    for (int u = 0; u < U; u++)
        for (int v = 0; v < V; v++) {
            size_t at = (size_t)u * row + (size_t)v * step;
            vec share = vec_pick(winner == u * V + v, blame, vec_all(0));
            if (relu)
                share *= vec_relu_slope(vec_load(x + at));
            vec_store(dx + at, share);
        }
}

void LANE_NAME(lane_maxpool_dx)(float *dx, const float *dout, const float *x,
                                const struct lane_conv *d, int lanes, bool relu, int p0, int p1)
{
    size_t step = (size_t)d->C * (size_t)lanes, row = (size_t)d->W * step;
    for (int p = p0; p < p1; p++)
        for (int q = 0; q < d->Q; q++) {
            size_t at = (size_t)(p * d->stride) * row + (size_t)(q * d->stride_w) * step;
            const float *from = dout + ((size_t)p * (size_t)d->Q + (size_t)q) * step;
            for (size_t c = 0; c < step; c += VW, at += VW) {
                vec blame = vec_all(0) + vec_load(from + c);
                if (d->U == 2 && d->V == 2)
                    pool_dx_window(dx + at, blame, x + at, row, step, relu, 2, 2);
                else
                    pool_dx_window(dx + at, blame, x + at, row, step, relu, d->U, d->V);
            }
        }
}

/* VW vectors become their columns: halves swapped at distances VW / 2 ... 1. */
INLINE void swap_halves(vec *v, const int distance)
{
    ivec low, high;
    for (int k = 0; k < VW; k++) {
        low[k] = k & distance ? VW + k - distance : k;
        high[k] = k & distance ? VW + k : k + distance;
    }
    for (int k = 0; k < VW; k++) {
        if (k & distance)
            continue;
        vec a = v[k], b = v[k + distance];
        v[k] = __builtin_shuffle(a, b, low);
        v[k + distance] = __builtin_shuffle(a, b, high);
    }
}

INLINE void transpose(vec *v)
{
#if VW >= 16
    swap_halves(v, 8);
#endif
#if VW >= 8
    swap_halves(v, 4);
#endif
    swap_halves(v, 2);
    swap_halves(v, 1);
}

void LANE_NAME(lane_to_lanes)(float *lane, const float *row, int n, int features, int lanes, int f0,
                              int f1)
{
    int whole = f0 + (f1 - f0) / VW * VW;
    for (int s = 0; s < lanes; s += VW)
        for (int f = f0; f < whole; f += VW) {
            vec v[VW];
            for (int k = 0; k < VW; k++)
                v[k] =
                    s + k < n ? vec_load(row + (size_t)(s + k) * (size_t)features + f) : vec_all(0);
            transpose(v);
            for (int k = 0; k < VW; k++)
                vec_store(lane + (size_t)(f + k) * (size_t)lanes + s, v[k]);
        }
    for (int f = whole; f < f1; f++)
        for (int s = 0; s < lanes; s++)
            lane[(size_t)f * (size_t)lanes + (size_t)s] =
                s < n ? row[(size_t)s * (size_t)features + (size_t)f] : 0;
}

void LANE_NAME(lane_to_rows)(float *row, const float *lane, int n, int stride, int lanes, bool past,
                             int f0, int f1)
{
    int whole = f0 + (f1 - f0) / VW * VW;
    past = past && stride % VW == 0 && (uintptr_t)(row + f0) % sizeof(vec) == 0;
    for (int s = 0; s < n; s += VW)
        for (int f = f0; f < whole; f += VW) {
            vec v[VW];
            for (int k = 0; k < VW; k++)
                v[k] = vec_load(lane + (size_t)(f + k) * (size_t)lanes + s);
            transpose(v);
            float *to = row + (size_t)s * (size_t)stride + f;
            for (int k = 0; k < VW && s + k < n; k++, to += stride) {
                if (past)
                    vec_stream(to, v[k]);
                else
                    vec_store(to, v[k]);
            }
        }
    for (int f = whole; f < f1; f++)
        for (int s = 0; s < n; s++)
            row[(size_t)s * (size_t)stride + (size_t)f] =
                lane[(size_t)f * (size_t)lanes + (size_t)s];
    if (past)
        vec_stream_end();
}

/* M vectors of sums, each over all rows in order. */
INLINE void bias_block(float *out, const float *from, size_t rows, size_t stride, bool on,
                       const int M)
{
    vec sum[4];
    for (int m = 0; m < M; m++)
        sum[m] = on ? vec_load(out + m * VW) : vec_all(0);
    for (size_t r = 0; r < rows; r++)
        for (int m = 0; m < M; m++)
            sum[m] += vec_load(from + r * stride + (size_t)(m * VW));
    for (int m = 0; m < M; m++)
        vec_store(out + m * VW, sum[m]);
}

void LANE_NAME(lane_bias)(float *out, const float *from, size_t rows, size_t stride, size_t count,
                          bool on)
{
    size_t k = 0;
    for (; k + 4 * VW <= count; k += 4 * VW)
        bias_block(out + k, from + k, rows, stride, on, 4);
    for (; k + VW <= count; k += VW)
        bias_block(out + k, from + k, rows, stride, on, 1);
    for (; k < count; k += 4) { /* side by side, so that the sums' waits overlap */
        float sum[4] = {0};
        size_t width = count - k < 4 ? count - k : 4;
        for (size_t j = 0; j < width && on; j++)
            sum[j] = out[k + j];
        for (size_t r = 0; r < rows; r++)
            for (size_t j = 0; j < width; j++)
                sum[j] += from[r * stride + k + j];
        memcpy(out + k, sum, width * sizeof *out);
    }
}

/* The sums of M outputs by N inputs and, with db, of the outputs alone, side by side, so that their
 * waits overlap and what is loaded serves several. */
INLINE void small_block(float *dW, float *db, const float *dz, const float *x, int n, int n_in,
                        int lanes, const int M, const int N)
{
    float w[2][4], sum[2];
    for (int m = 0; m < M; m++) {
        sum[m] = 0;
        for (int i = 0; i < N; i++)
            w[m][i] = 0;
    }
    for (int s = 0; s < n; s++)
        for (int m = 0; m < M; m++) {
            float d = dz[m * lanes + s];
            if (db)
                sum[m] += d;
            for (int i = 0; i < N; i++)
                w[m][i] = fmaf(d, x[i * lanes + s], w[m][i]);
        }
    for (int m = 0; m < M; m++) {
        if (db)
            db[m] = sum[m];
        for (int i = 0; i < N; i++)
            dW[m * n_in + i] = w[m][i];
    }
}

/* All inputs of M outputs; the first block of them takes the outputs' own sums along. */
INLINE void small_outputs(float *dW, float *db, const float *dz, const float *x, int n, int n_in,
                          int lanes, const int M)
{
    int i = 0;
    for (; i + 4 <= n_in; i += 4)
        small_block(dW + i, i ? NULL : db, dz, x + i * lanes, n, n_in, lanes, M, 4);
    for (; i + 2 <= n_in; i += 2)
        small_block(dW + i, i ? NULL : db, dz, x + i * lanes, n, n_in, lanes, M, 2);
    for (; i < n_in; i++)
        small_block(dW + i, i ? NULL : db, dz, x + i * lanes, n, n_in, lanes, M, 1);
}

void LANE_NAME(lane_small_dw)(float *dW, float *db, const float *dz, const float *x, int n,
                              int n_in, int n_out, int lanes)
{
    int o = 0;
    for (; o + 2 <= n_out; o += 2)
        small_outputs(dW + o * n_in, db + o, dz + o * lanes, x, n, n_in, lanes, 2);
    if (o < n_out)
        small_outputs(dW + o * n_in, db + o, dz + o * lanes, x, n, n_in, lanes, 1);
}

static float map_relu(float x)
{
    return x > 0 || x != x ? x : 0;
}

void LANE_NAME(lane_map)(float *restrict y, const float *restrict x, enum fn fn, size_t count)
{
    switch (fn) {
    case FN_RELU:
        for (size_t k = 0; k < count; k++)
            y[k] = map_relu(x[k]);
        break;
    case FN_SIGMOID:
        for (size_t k = 0; k < count; k++)
            y[k] = elementary_sigmoid(x[k]);
        break;
    case FN_TANH:
        for (size_t k = 0; k < count; k++)
            y[k] = elementary_tanh(x[k]);
        break;
    default: /* copy */
        for (size_t k = 0; k < count; k++)
            y[k] = x[k];
        break;
    }
}

/* The same roundings as NAME.slope and d:NAME.z = d:NAME · NAME.slope of program_backward.c. */
void LANE_NAME(lane_slope)(float *restrict dz, const float *restrict da, const float *restrict a,
                           enum activation act, size_t count)
{
    switch (act) {
    case ACT_RELU:
        for (size_t k = 0; k < count; k++)
            dz[k] = da[k] * (a[k] != a[k] ? a[k] : (a[k] > 0 ? 1.0f : 0.0f));
        break;
    case ACT_SIGMOID:
        for (size_t k = 0; k < count; k++)
            dz[k] = da[k] * fmaf(-a[k], a[k], a[k]);
        break;
    default: /* tanh */
        for (size_t k = 0; k < count; k++)
            dz[k] = da[k] * fmaf(-a[k], a[k], 1.0f);
        break;
    }
}

void LANE_NAME(lane_update)(float *restrict w, float *restrict m, const float *restrict g, float mu,
                            float rate, size_t count)
{
    if (!m) {
        for (size_t k = 0; k < count; k++)
            w[k] = fmaf(-rate, g[k], 0.0f + w[k]);
        return;
    }
    for (size_t k = 0; k < count; k++) {
        m[k] = mu * m[k] + 0.0f + g[k];
        w[k] = fmaf(-rate, m[k], 0.0f + w[k]);
    }
}
