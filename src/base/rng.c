#include "glassnet/base/rng.h"

#include <math.h>

void rng_seed(struct rng *r, uint64_t seed, uint64_t stream)
{
    r->state = 0;
    r->stream = (stream << 1) | 1;
    rng_u32(r);
    r->state += seed;
    rng_u32(r);
}

uint32_t rng_u32(struct rng *r)
{
    uint64_t old = r->state;
    r->state = old * 6364136223846793005u + r->stream;
    uint32_t shifted = (uint32_t)(((old >> 18) ^ old) >> 27);
    uint32_t turn = (uint32_t)(old >> 59);
    return (shifted >> turn) | (shifted << ((32 - turn) & 31));
}

uint32_t rng_below(struct rng *r, uint32_t bound)
{
    /* Numbers under 2^32 mod bound are drawn again, so that every remainder is equally likely. */
    for (;;) {
        uint32_t drawn = rng_u32(r);
        if (drawn >= bound || drawn >= (0u - bound) % bound)
            return drawn % bound;
    }
}

float rng_unit(struct rng *r)
{
    return (float)(rng_u32(r) >> 8) * 0x1p-24f;
}

float rng_uniform(struct rng *r, float low, float high)
{
    float value = low + (high - low) * rng_unit(r);
    /* The sum may round up to high, which the half-open range leaves out. */
    return value < high || !(low < high) ? value : nextafterf(high, low);
}

float rng_normal(struct rng *r)
{
    for (;;) {
        double u = 2.0 * ((double)rng_u32(r) * 0x1p-32) - 1.0;
        double v = 2.0 * ((double)rng_u32(r) * 0x1p-32) - 1.0;
        double s = u * u + v * v;
        if (s > 0.0 && s < 1.0)
            return (float)(u * sqrt(-2.0 * log(s) / s));
    }
}

void rng_shuffle(struct rng *r, int *items, int n)
{
    for (int i = n - 1; i > 0; i--) {
        int j = (int)rng_below(r, (uint32_t)i + 1);
        int kept = items[i];
        items[i] = items[j];
        items[j] = kept;
    }
}

static uint64_t mix(uint64_t z)
{
    z += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

float rng_hash_unit(uint64_t seed, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    uint64_t z = mix(mix(mix(mix(mix(seed) ^ a) ^ b) ^ c) ^ d);
    return (float)(z >> 40) * 0x1p-24f;
}
