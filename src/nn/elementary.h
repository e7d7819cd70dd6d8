/* exp, log, tanh and their kin in float32: one set of functions for all engines.
 *
 * Written with +, *, fmaf and integer operations alone and without branches on the value's
 * path, so that a compiler may run them in vector registers and every machine gives the same
 * bits. Within 2 units in the last place of the true value (tests/nn/test_elementary.c).
 * Reductions follow Cody and Waite, "Software Manual for the Elementary Functions" (1980). */
#ifndef GLASSNET_NN_ELEMENTARY_H
#define GLASSNET_NN_ELEMENTARY_H

#include <math.h>
#include <stdint.h>
#include <string.h>

static inline float elementary_from_bits(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline uint32_t elementary_to_bits(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* 2^k for -126 <= k <= 127. */
static inline float elementary_power2(int k)
{
    return elementary_from_bits((uint32_t)(k + 127) << 23);
}

/* r with x = k ln 2 + r, |r| <= ln 2 / 2; ln 2 in two parts, the first exact times k. */
static inline float elementary_reduce(float x, float *k)
{
    const float shift = 12582912.0f; /* 1.5 * 2^23: adding it rounds to a whole number */
    *k = fmaf(x, 1.44269504f, shift) - shift;
    return fmaf(*k, -1.42860677e-6f, fmaf(*k, -0.693145752f, x));
}

/* exp(r) - 1 for |r| <= ln 2 / 2: Taylor's sum to r^8 / 8!. */
static inline float elementary_expm1_small(float r)
{
    float p = 2.48015873e-5f;
    p = fmaf(p, r, 1.98412698e-4f);
    p = fmaf(p, r, 1.38888889e-3f);
    p = fmaf(p, r, 8.33333333e-3f);
    p = fmaf(p, r, 4.16666667e-2f);
    p = fmaf(p, r, 1.66666667e-1f);
    p = fmaf(p, r, 0.5f);
    return fmaf(p * r, r, r);
}

static inline float elementary_exp(float x)
{
    float bounded = x < -104.0f ? -104.0f : (x > 89.0f ? 89.0f : x);
    bounded = x != x ? 0.0f : bounded;
    float k;
    float r = elementary_reduce(bounded, &k);
    float p = 1.0f + elementary_expm1_small(r);
    int whole = (int)k;
    int half = whole >> 1;
    float y = p * elementary_power2(half) * elementary_power2(whole - half);
    return x != x ? x : y;
}

/* The same bits where neither the result nor a step on the way can leave the numbers' range: for
 * |x| <= 80, x not NaN. To scale by a power of two is exact there, at once or in two halves. */
static inline float elementary_exp_inside(float x)
{
    float k;
    float r = elementary_reduce(x, &k);
    return (1.0f + elementary_expm1_small(r)) * elementary_power2((int)k);
}

/* log(m) + e ln 2 with x = m 2^e, sqrt(1/2) <= m < sqrt(2); with s = f / (2 + f), f = m - 1:
 * log(1 + f) = f - f²/2 + s (f²/2 + R), R = 2/3 s² + 2/5 s⁴ + ... (as in Sun's fdlibm). */
static inline float elementary_log(float x)
{
    float scaled = x < 1.17549435e-38f ? x * 8388608.0f : x;
    int extra = x < 1.17549435e-38f ? -23 : 0;
    uint32_t bits = elementary_to_bits(scaled);
    int e = (int)((bits + (0x3f800000u - 0x3f3504f3u)) >> 23) - 127;
    float m = elementary_from_bits(bits - ((uint32_t)e << 23));
    float f = m - 1.0f;
    float s = f / (2.0f + f);
    float q = s * s;
    float r = 0.181818182f;
    r = fmaf(r, q, 0.222222222f);
    r = fmaf(r, q, 0.285714286f);
    r = fmaf(r, q, 0.4f);
    r = fmaf(r, q, 0.666666667f);
    r *= q;
    float half = 0.5f * f * f;
    float k = (float)(e + extra);
    float y = fmaf(k, 0.693145752f, f - (half - fmaf(s, half + r, k * 1.42860677e-6f)));
    y = x == INFINITY ? x : y;
    y = x == 0.0f ? -INFINITY : y;
    return x < 0.0f || x != x ? NAN : y;
}

/* exp(x) - 1 for x <= 20, with all its digits near 0. */
static inline float elementary_expm1(float x)
{
    float bounded = x < -40.0f ? -40.0f : x;
    float k;
    float r = elementary_reduce(bounded, &k);
    float scale = elementary_power2((int)k);
    return fmaf(scale, elementary_expm1_small(r), scale - 1.0f);
}

/* tanh |x| = 1 - 2 / (exp(2 |x|) + 1), with the sign of x; below 0.625, where that would lose
 * digits, x + x³ P(x²), P through the Chebyshev points of (tanh x / x - 1) / x². */
static inline float elementary_tanh(float x)
{
    float a = fabsf(x);
    float bounded = a < 10.0f ? a : 10.0f;
    float far = 1.0f - 2.0f / (elementary_exp_inside(2.0f * bounded) + 1.0f);
    float q = bounded * bounded;
    float p = 0.00229274472f;
    p = fmaf(p, q, -0.00834394541f);
    p = fmaf(p, q, 0.0217689186f);
    p = fmaf(p, q, -0.0539592596f);
    p = fmaf(p, q, 0.133333036f);
    p = fmaf(p, q, -0.333333332f);
    float near = fmaf(p * q, bounded, bounded);
    float y = copysignf(a < 0.625f ? near : far, x);
    return x != x ? x : y;
}

/* 1 / (1 + exp(-x)), from e = exp(-|x|) so that neither side loses its digits. The remainder of
 * the quotient, with what rounding took off 1 + e, is divided once more, 1 / (1 + e) being
 * 1 - q or q itself. */
static inline float elementary_sigmoid(float x)
{
    float e = elementary_exp(-fabsf(x));
    float top = x < 0.0f ? e : 1.0f;
    float w = 1.0f + e;
    float q = top / w;
    float rest = fmaf(-q, e - (w - 1.0f), fmaf(-q, w, top));
    return fmaf(rest, x < 0.0f ? 1.0f - q : q, q);
}

/* log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|)); log1p(u) = log(w) + (u - (w - 1)) / w with
 * w = 1 + u rounded (Kahan's correction). */
static inline float elementary_softplus(float x)
{
    float u = elementary_exp(-fabsf(x));
    float w = 1.0f + u;
    float tail = elementary_log(w) + (u - (w - 1.0f)) / w;
    return (x > 0.0f ? x : 0.0f) + tail;
}

#endif
