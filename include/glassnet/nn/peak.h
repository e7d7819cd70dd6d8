/* The machine's own limit: how many multiply-adds a second its registers allow. */
#ifndef GLASSNET_NN_PEAK_H
#define GLASSNET_NN_PEAK_H

/* GFLOP/s of independent multiply-adds on registers, by the fast engine's own instructions, on so
 * many threads at once for about so many seconds. A multiply-add counts as two operations. */
double peak_measure(int threads, double seconds);

/* The variant of the fast kernels that runs here: "base", "avx2", "avx512". */
const char *peak_variant(void);

/* Processors that the engine may use. */
int peak_cores(void);

#endif
