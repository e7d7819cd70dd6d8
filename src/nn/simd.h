/* Vectors of floats, one width a variant: 16 (AVX-512), 8 (AVX2 and FMA), 4 (anything else).
 *
 * Only what the fast kernels need: GNU C vector types for +, *, comparisons, and mac, which must
 * be one rounding and so is named here. Where the processor has no such instruction it is the
 * library's fmaf, element by element: the same bits, slower. */
#ifndef GLASSNET_SRC_NN_SIMD_H
#define GLASSNET_SRC_NN_SIMD_H

#include <math.h>
#include <string.h>

#if defined(LANE_AVX512)
#include <immintrin.h>
#define VW              16
#define LANE_NAME(name) name##_avx512
#elif defined(LANE_AVX2)
#include <immintrin.h>
#define VW              8
#define LANE_NAME(name) name##_avx2
#else
#define VW              4
#define LANE_NAME(name) name##_base
#ifdef __aarch64__
#include <arm_neon.h>
#endif
#endif

typedef float vec __attribute__((vector_size(VW * 4)));
typedef int ivec __attribute__((vector_size(VW * 4)));

#define INLINE static inline __attribute__((always_inline))

INLINE vec vec_load(const float *p)
{
    vec v;
    memcpy(&v, p, sizeof v);
    return v;
}

INLINE void vec_store(float *p, vec v)
{
    memcpy(p, &v, sizeof v);
}

/* p itself, in a register of its own: else compilers keep one sum of indices for each number read
 * from it, more than there are registers. */
INLINE const float *vec_from(const float *p)
{
    __asm__("" : "+r"(p));
    return p;
}

/* The first `count` of its numbers. A copy is taken first: a register whose address is asked for
 * would live in memory all along. */
INLINE void vec_store_first(float *p, vec v, int count)
{
    vec copy = v;
    memcpy(p, &copy, (size_t)count * sizeof *p);
}

INLINE vec vec_all(float x)
{
#if defined(LANE_AVX512)
    return (vec)_mm512_set1_ps(x);
#elif defined(LANE_AVX2)
    return (vec)_mm256_set1_ps(x);
#else
    return (vec){x, x, x, x};
#endif
}

/* z + w x, rounded once */
INLINE vec vec_mac(vec z, vec w, vec x)
{
#if defined(LANE_AVX512)
    return (vec)_mm512_fmadd_ps((__m512)w, (__m512)x, (__m512)z);
#elif defined(LANE_AVX2)
    return (vec)_mm256_fmadd_ps((__m256)w, (__m256)x, (__m256)z);
#elif defined(__aarch64__)
    return (vec)vfmaq_f32((float32x4_t)z, (float32x4_t)w, (float32x4_t)x);
#else
    for (int k = 0; k < VW; k++)
        z[k] = fmaf(w[k], x[k], z[k]);
    return z;
#endif
}

/* Stores past the caches, to a whole multiple of the vector's bytes. */
INLINE void vec_stream(float *p, vec v)
{
#if defined(LANE_AVX512)
    _mm512_stream_ps(p, (__m512)v);
#elif defined(LANE_AVX2)
    _mm256_stream_ps(p, (__m256)v);
#else
    vec_store(p, v);
#endif
}

/* After such stores, before another thread is told of them. */
INLINE void vec_stream_end(void)
{
#if defined(LANE_AVX512) || defined(LANE_AVX2)
    _mm_sfence();
#endif
}

#ifdef LANE_AVX512
/* a with the lanes whose bits are set read from p + their place; nothing else is touched there */
INLINE vec vec_load_some(vec a, unsigned bits, const float *p)
{
    return (vec)_mm512_mask_loadu_ps((__m512)a, (__mmask16)bits, p);
}
#endif

/* a where the mask is set, else b */
INLINE vec vec_pick(ivec mask, vec a, vec b)
{
    return (vec)(((ivec)a & mask) | ((ivec)b & ~mask));
}

INLINE vec vec_relu(vec x)
{
    return vec_pick((x > 0) | (x != x), x, vec_all(0));
}

/* relu's slope, from its result: 1 above 0, 0 at 0, NaN where it was */
INLINE vec vec_relu_slope(vec a)
{
    return vec_pick(a != a, a, vec_pick(a > 0, vec_all(1), vec_all(0)));
}

/* How many of `left` outputs the next block of registers holds: sums enough to hide the waits of
 * an fma, few enough to stay in registers. */
INLINE int vec_block(int left)
{
#if VW == 16
    if (left >= 12 && left != 16)
        return 12;
    if (left >= 8)
        return 8;
#else
    if (left >= 6 && left != 8)
        return 6;
#endif
    return left >= 4 ? 4 : left >= 2 ? 2 : 1;
}

#define VEC_MOST 12 /* of vec_block */

/* Calls a block kernel, whose arguments end with a constant size, for the size at hand. */
#define VEC_SIZES(size, call)                                                                      \
    switch (size) {                                                                                \
    case 12:                                                                                       \
        call(12);                                                                                  \
        break;                                                                                     \
    case 8:                                                                                        \
        call(8);                                                                                   \
        break;                                                                                     \
    case 6:                                                                                        \
        call(6);                                                                                   \
        break;                                                                                     \
    case 4:                                                                                        \
        call(4);                                                                                   \
        break;                                                                                     \
    case 2:                                                                                        \
        call(2);                                                                                   \
        break;                                                                                     \
    default:                                                                                       \
        call(1);                                                                                   \
        break;                                                                                     \
    }

#endif
