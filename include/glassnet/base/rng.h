/* Random numbers: a seeded generator whose numbers are the same on every machine, and a hash
 * that gives a number for a place (for masks that must not depend on the order of drawing). */
#ifndef GLASSNET_BASE_RNG_H
#define GLASSNET_BASE_RNG_H

#include <stdint.h>

/* PCG32, XSH-RR variant (O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient
 * Statistically Good Algorithms for Random Number Generation"). */
struct rng {
    uint64_t state;
    uint64_t stream;
};

void rng_seed(struct rng *r, uint64_t seed, uint64_t stream);
uint32_t rng_u32(struct rng *r);
uint32_t rng_below(struct rng *r, uint32_t bound);       /* 0 .. bound-1 without bias; bound > 0 */
float rng_unit(struct rng *r);                           /* [0, 1), 24 bits */
float rng_uniform(struct rng *r, float low, float high); /* [low, high) */
/* Standard normal by the polar method (Marsaglia and Bray 1964). Uses log and sqrt in double and
 * rounds once, so that the float is the same everywhere. */
float rng_normal(struct rng *r);
/* Fisher-Yates: items becomes a random order of itself. */
void rng_shuffle(struct rng *r, int *items, int n);

/* A number in [0, 1) that depends on seed and the four words only (SplitMix64 finaliser,
 * Steele, Lea and Flood 2014, applied in turn). */
float rng_hash_unit(uint64_t seed, uint64_t a, uint64_t b, uint64_t c, uint64_t d);

#endif
