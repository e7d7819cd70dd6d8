/* To the weights of a convolution whose kernel has few places, as on a picture of one channel: the
 * vectors run over the places, and what lies under them is gathered from the picture's rows by
 * masked loads. Kernels alone would not fill a vector there. */
#include "nn/lane_variant.h"

#ifdef LANE_AVX512

/* Lanes of vector v that row u of the kernel fills. */
INLINE unsigned row_mask(const int run, const int u, const int v)
{
    unsigned long long lanes = ((1ull << run) - 1) << (u * run);
    return (unsigned)(lanes >> (v * VW)) & 0xffffu;
}

/* What lies under the kernel at x, row after row, the other lanes as in a; rows of the picture are
 * `apart` floats apart. */
INLINE vec patch(vec a, const float *x, ptrdiff_t apart, const int U, const int run, const int v)
{
#pragma GCC unroll 8
    for (int u = 0; u < U; u++)
        if (row_mask(run, u, v))
            a = vec_load_some(a, row_mask(run, u, v), x + u * apart + v * VW - u * run);
    return a;
}

/* All places of M kernels, vectors [v0, v1) of their places; dz [n][P·Q][K]. The lane after the
 * last place holds 1, so that the same multiply-adds sum up the bias: fmaf(dz, 1, sum) is sum + dz.
 */
INLINE void patch_block(float *dW, float *db, bool on, const float *dz, const float *x, int n,
                        const struct lane_conv *d, const int U, const int run, const int v0,
                        const int v1, const int M)
{
    vec acc[VEC_MOST][2];
    const ptrdiff_t apart = (ptrdiff_t)d->W * d->C, step = (ptrdiff_t)d->stride_w * d->C;
    const unsigned rest = (1u << (U * run - VW)) - 1;
    vec one = vec_all(0);
    one[U * run - VW] = 1;
#pragma GCC unroll 16 /* all of acc by its name, or it would live in memory */
    for (int m = 0; m < M; m++) {
        acc[m][0] = on && v0 == 0 ? vec_load(dW + m * U * run) : vec_all(0);
        acc[m][1] = vec_all(0);
        if (on && v1 == 2) {
            acc[m][1] = vec_load_some(acc[m][1], rest, dW + m * U * run + VW);
            acc[m][1][U * run - VW] = db ? db[m] : 0;
        }
    }
    for (int s = 0; s < n; s++, x += d->H * apart)
        for (int p = 0; p < d->P; p++) {
            const float *at = x + p * d->stride * apart;
            for (int q = 0; q < d->Q; q++, at += step, dz += d->K) {
                vec a[2];
                for (int v = v0; v < v1; v++)
                    a[v] = patch(v ? one : vec_all(0), at, apart, U, run, v);
                for (int m = 0; m < M; m++) {
                    vec c = vec_all(dz[m]);
                    for (int v = v0; v < v1; v++)
                        acc[m][v] = vec_mac(acc[m][v], c, a[v]);
                }
            }
        }
#pragma GCC unroll 16
    for (int m = 0; m < M; m++) {
        if (v0 == 0)
            vec_store(dW + m * U * run, acc[m][0]);
        if (v1 == 2) {
            vec_store_first(dW + m * U * run + VW, acc[m][1], U * run - VW);
            if (db)
                db[m] = acc[m][1][U * run - VW];
        }
    }
}

INLINE void patch_range(float *dW, float *db, bool on, const float *dz, const float *x, int n,
                        const struct lane_conv *d, int k0, int k1, const int U, const int run,
                        const int v0, const int v1)
{
    for (int k = k0, M; k < k1; k += M) {
        float *to = dW + (ptrdiff_t)k * U * run;
        M = vec_block(k1 - k);
#define CALL(size) patch_block(to, db ? db + k : NULL, on, dz + k, x, n, d, U, run, v0, v1, size)
        VEC_SIZES(M, CALL)
#undef CALL
    }
}

INLINE void patch_part(float *dW, float *db, bool on, const float *dz, const float *x, int n,
                       const struct lane_conv *d, int k0, int k1, enum lane_half half, const int U,
                       const int run)
{
    if (half == LANE_FIRST)
        patch_range(dW, db, on, dz, x, n, d, k0, k1, U, run, 0, 1);
    else if (half == LANE_REST)
        patch_range(dW, db, on, dz, x, n, d, k0, k1, U, run, 1, 2);
    else
        patch_range(dW, db, on, dz, x, n, d, k0, k1, U, run, 0, 2);
}

void LANE_NAME(lane_patch_dw)(float *dW, float *db, bool on, const float *dz, const float *x, int n,
                              const struct lane_conv *d, int k0, int k1, enum lane_half half)
{
    if (d->U == 5)
        patch_part(dW, db, on, dz, x, n, d, k0, k1, half, 5, 5);
    else
        patch_part(dW, db, on, dz, x, n, d, k0, k1, half, 3, 9);
}

#endif
