/* Convolutions, fast: forward and to the data in lanes, so that no patch is ever copied out: the
 * window's rows lie in memory as they are. */
#include "nn/lane_variant.h"

/* The part of a window that lies inside the picture. */
struct inside {
    int u0, u1, v0, v1;
};

static struct inside window_inside(const struct lane_conv *d, int p, int q)
{
    int y = p * d->stride - d->top, x = q * d->stride_w - d->left;
    struct inside w = {y < 0 ? -y : 0, d->U, x < 0 ? -x : 0, d->V};
    if (y + w.u1 > d->H)
        w.u1 = d->H - y;
    if (x + w.v1 > d->W)
        w.v1 = d->W - x;
    return w;
}

/* M kernels at np neighbouring places of a row whose windows lie inside alike, nl vectors of lanes
 * each: a weight serves nl np sums. */
INLINE void conv_block(float *z, const float *x, const float *W, const float *b,
                       const struct lane_conv *d, struct inside w, int p, int q, bool relu,
                       const int M, const int nl, const int np)
{
    vec acc[VEC_MOST][2];
    const size_t lanes = (size_t)(nl * VW);
    const size_t kernel = (size_t)d->U * (size_t)d->V * (size_t)d->C;
    /* From one place to the next: in the picture, and in the result. */
    const size_t step = (size_t)(d->stride_w * d->C) * lanes, step_z = (size_t)d->K * lanes;
    for (int m = 0; m < M; m++)
        for (int v = 0; v < nl * np; v++)
            acc[m][v] = vec_all(0.0f + b[m]);
    for (int u = w.u0; u < w.u1; u++) {
        int y = p * d->stride + u - d->top, left = q * d->stride_w + w.v0 - d->left;
        const float *in = x + ((size_t)y * (size_t)d->W + (size_t)left) * (size_t)d->C * lanes;
        const float *k = W + ((size_t)u * (size_t)d->V + (size_t)w.v0) * (size_t)d->C;
        int count = (w.v1 - w.v0) * d->C;
        for (int i = 0; i < count; i++) {
            vec a[2];
            for (int v = 0; v < nl * np; v++)
                a[v] = vec_load(in + (size_t)i * lanes + (size_t)(v / nl) * step + v % nl * VW);
            for (int m = 0; m < M; m++) {
                vec c = vec_all(k[(size_t)m * kernel + (size_t)i]);
                for (int v = 0; v < nl * np; v++)
                    acc[m][v] = vec_mac(acc[m][v], c, a[v]);
            }
        }
    }
    for (int m = 0; m < M; m++)
        for (int v = 0; v < nl * np; v++)
            vec_store(z + (size_t)(v / nl) * step_z + (size_t)m * lanes + v % nl * VW,
                      relu ? vec_relu(acc[m][v]) : acc[m][v]);
}

/* The same for 3 x 3 on one channel, inside. Nine multiply-adds for each number written are too few
 * to hide the reckoning of addresses, so the sizes are known beforehand. */
INLINE void conv_block_nine(float *z, const float *x, const float *W, const float *b, size_t row,
                            size_t step, size_t step_z, bool relu, const int M, const int nl,
                            const int np)
{
    vec acc[VEC_MOST][2];
    const size_t lanes = (size_t)(nl * VW);
    for (int m = 0; m < M; m++)
        for (int v = 0; v < nl * np; v++)
            acc[m][v] = vec_all(0.0f + b[m]);
    for (int u = 0; u < 3; u++, x += row, W += 3)
#pragma GCC unroll 3
        for (int i = 0; i < 3; i++) {
            vec a[2];
            for (int v = 0; v < nl * np; v++)
                a[v] = vec_load(x + (size_t)i * lanes + (size_t)(v / nl) * step + v % nl * VW);
            for (int m = 0; m < M; m++) {
                vec c = vec_all(W[m * 9 + i]);
                for (int v = 0; v < nl * np; v++)
                    acc[m][v] = vec_mac(acc[m][v], c, a[v]);
            }
        }
    for (int m = 0; m < M; m++)
        for (int v = 0; v < nl * np; v++)
            vec_store(z + (size_t)(v / nl) * step_z + (size_t)m * lanes + v % nl * VW,
                      relu ? vec_relu(acc[m][v]) : acc[m][v]);
}

INLINE void conv_places_nine(float *z, const float *x, const float *W, const float *b,
                             const struct lane_conv *d, bool relu, int at, const int nl,
                             const int np)
{
    const size_t lanes = (size_t)(nl * VW), row = (size_t)d->W * lanes;
    const size_t step = (size_t)d->stride_w * lanes, step_z = (size_t)d->K * lanes;
    const float *from = x + (size_t)(at / d->Q * d->stride) * row + (size_t)(at % d->Q) * step;
    float *to = z + (size_t)at * step_z;
    for (int k = 0, M; k < d->K; k += M, to += (size_t)M * lanes) {
        M = vec_block(d->K - k);
#define CALL(size)                                                                                 \
    conv_block_nine(to, from, W + k * 9, b + k, row, step, step_z, relu, size, nl, np)
        VEC_SIZES(M, CALL)
#undef CALL
    }
}

/* All kernels at np places from `at` on. */
INLINE void conv_places(float *z, const float *x, const float *W, const float *b,
                        const struct lane_conv *d, bool relu, int at, const int nl, const int np)
{
    const size_t lanes = (size_t)(nl * VW);
    const size_t kernel = (size_t)d->U * (size_t)d->V * (size_t)d->C;
    if (d->U == 3 && d->V == 3 && d->C == 1 && !d->padded) {
        conv_places_nine(z, x, W, b, d, relu, at, nl, np);
        return;
    }
    int p = at / d->Q, q = at % d->Q;
    struct inside w = window_inside(d, p, q);
    for (int k = 0, M; k < d->K; k += M) {
        float *to = z + ((size_t)at * (size_t)d->K + (size_t)k) * lanes;
        const float *from = W + (size_t)k * kernel;
        M = vec_block(d->K - k);
#define CALL(size) conv_block(to, x, from, b + k, d, w, p, q, relu, size, nl, np)
        VEC_SIZES(M, CALL)
#undef CALL
    }
}

/* Do the windows at place q of a row and the next reach over the edges alike? */
static bool is_pair(const struct lane_conv *d, int q)
{
    struct inside a, b;
    if (q + 1 >= d->Q)
        return false;
    a = window_inside(d, 0, q);
    b = window_inside(d, 0, q + 1);
    return a.v0 == b.v0 && a.v1 == b.v1;
}

/* A block one vector wide makes up for it with two places at a time. */
INLINE void conv_range(float *z, const float *x, const float *W, const float *b,
                       const struct lane_conv *d, bool relu, int p0, int p1, const int nl)
{
    for (int at = p0; at < p1;) {
        if (nl == 1 && at + 1 < p1 && is_pair(d, at % d->Q)) {
            conv_places(z, x, W, b, d, relu, at, 1, 2);
            at += 2;
        } else {
            conv_places(z, x, W, b, d, relu, at, nl, 1);
            at++;
        }
    }
}

void LANE_NAME(lane_conv)(float *z, const float *x, const float *W, const float *b,
                          const struct lane_conv *d, int lanes, bool relu, int p0, int p1)
{
    if (lanes == 2 * VW)
        conv_range(z, x, W, b, d, relu, p0, p1, 2);
    else
        conv_range(z, x, W, b, d, relu, p0, p1, 1);
}

#define MOST_PLACES 1024 /* of a kernel; larger ones are left to the plain engine */

/* For one input place: which outputs it fed, with which place of the kernel, in order. */
struct fed {
    int count;
    ptrdiff_t dz[MOST_PLACES]; /* first float of that output's kernels */
    ptrdiff_t w[MOST_PLACES];
};

/* The window, of those `stride` apart, whose place 0 lies at `at`; -1 where there is none. */
INLINE int window_at(int at, int stride, int count)
{
    if (stride > 1 && at >= 0) {
        if (at % stride)
            return -1;
        at /= stride;
    }
    return at < count ? at : -1;
}

static void find_fed(struct fed *f, const struct lane_conv *d, int lanes, int y, int x)
{
    f->count = 0;
    for (int u = 0; u < d->U; u++) {
        int p = window_at(y - u + d->top, d->stride, d->P);
        for (int v = 0; v < d->V && p >= 0; v++) {
            int q = window_at(x - v + d->left, d->stride_w, d->Q);
            if (q < 0)
                continue;
            f->dz[f->count] = (ptrdiff_t)(p * d->Q + q) * d->K * lanes;
            f->w[f->count++] = (ptrdiff_t)(u * d->V + v) * d->C;
        }
    }
}

/* M channels at np neighbouring places of a row that the same places of the kernel fed, nl vectors
 * of lanes each. */
INLINE void conv_dx_block(float *dx, const float *dz, const float *W, const float *a,
                          const struct lane_conv *d, const struct fed *f, bool add, const int M,
                          const int nl, const int np)
{
    vec acc[VEC_MOST][2];
    const int nv = nl * np;
    const size_t lanes = (size_t)(nl * VW);
    const size_t kernel = (size_t)d->U * (size_t)d->V * (size_t)d->C;
    /* From one place to the next: in the picture, and in the outputs. */
    const size_t step = (size_t)d->C * lanes, step_z = (size_t)d->K * lanes;
    /* Asks for what two kernels on will read: the processor does not foresee as many streams as
     * the window has places. Only where loads are few beside the sums. */
    const bool ahead = M == VEC_MOST;
    for (int m = 0; m < M; m++)
        for (int v = 0; v < nv; v++)
            acc[m][v] =
                add ? vec_load(dx + (size_t)(v / nl) * step + (size_t)m * lanes + v % nl * VW)
                    : vec_all(0);
    for (int k = 0; k < d->K; k++, dz += lanes, W += kernel)
        for (int e = 0; e < f->count; e++) {
            const float *from = dz + f->dz[e], *w = vec_from(W + f->w[e]);
            vec blame[2];
            for (int v = 0; v < nv; v++) {
                const float *at = from + (size_t)(v / nl) * step_z + v % nl * VW;
                blame[v] = vec_load(at);
                if (ahead)
                    __builtin_prefetch(at + 2 * lanes);
            }
            if (ahead)
                __builtin_prefetch(w + kernel);
            for (int m = 0; m < M; m++) {
                vec c = vec_all(w[m]);
                for (int v = 0; v < nv; v++)
                    acc[m][v] = vec_mac(acc[m][v], c, blame[v]);
            }
        }
    for (int m = 0; m < M; m++)
        for (int v = 0; v < nv; v++) {
            size_t to = (size_t)(v / nl) * step + (size_t)m * lanes + (size_t)(v % nl * VW);
            vec_store(dx + to, a ? acc[m][v] * vec_relu_slope(vec_load(a + to)) : acc[m][v]);
        }
}

/* All channels at np places from `at` on. */
INLINE void conv_dx_places(float *dx, const float *dz, const float *W, const float *a,
                           const struct lane_conv *d, const struct fed *f, bool add, int at,
                           const int nl, const int np)
{
    for (int c = 0, M; c < d->C; c += M) {
        size_t first = ((size_t)at * (size_t)d->C + (size_t)c) * (size_t)(nl * VW);
        const float *result = a ? a + first : NULL;
        M = vec_block(d->C - c);
#define CALL(size) conv_dx_block(dx + first, dz, W + c, result, d, f, add, size, nl, np)
        VEC_SIZES(M, CALL)
#undef CALL
    }
}

/* Did all places of a kernel's row feed place x of a row, and the next, too? */
static bool is_fed_alike(const struct lane_conv *d, int x)
{
    return d->stride_w == 1 && x + d->left >= d->V - 1 && x + 1 + d->left < d->Q && x + 1 < d->W;
}

/* A block one vector wide makes up for it with two places at a time. */
INLINE void conv_dx_range(float *dx, const float *dz, const float *W, const float *a,
                          const struct lane_conv *d, bool add, int p0, int p1, const int nl)
{
    struct fed f;
    for (int at = p0; at < p1;) {
        find_fed(&f, d, nl * VW, at / d->W, at % d->W);
        if (nl == 1 && at + 1 < p1 && is_fed_alike(d, at % d->W)) {
            conv_dx_places(dx, dz, W, a, d, &f, add, at, 1, 2);
            at += 2;
        } else {
            conv_dx_places(dx, dz, W, a, d, &f, add, at, nl, 1);
            at++;
        }
    }
}

void LANE_NAME(lane_conv_dx)(float *dx, const float *dz, const float *W, const float *a,
                             const struct lane_conv *d, int lanes, bool add, int p0, int p1)
{
    if (lanes == 2 * VW)
        conv_dx_range(dx, dz, W, a, d, add, p0, p1, 2);
    else
        conv_dx_range(dx, dz, W, a, d, add, p0, p1, 1);
}
