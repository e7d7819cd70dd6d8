/* Multiply-adds that wait for nothing: the speed no kernel of this variant can pass. */
#include "nn/lane_variant.h"

#if VW == 16
#define SUMS 16
#else
#define SUMS 10 /* with two factors they fit 16 registers */
#endif

double LANE_NAME(lane_peak)(long rounds, float *sink)
{
    vec z[SUMS], w = vec_all(sink[0]), x = vec_all(sink[1]);
    for (int k = 0; k < SUMS; k++)
        z[k] = vec_all(sink[0] + (float)k);
    for (long r = 0; r < rounds; r++) {
#pragma GCC unroll 16
        for (int k = 0; k < SUMS; k++)
            z[k] = vec_mac(z[k], w, x);
    }
    for (int k = 1; k < SUMS; k++)
        z[0] = z[0] + z[k];
    vec_store(sink, z[0]); /* else the sums would be left out */
    return 2.0 * VW * SUMS * (double)rounds;
}
