/* How the numbers of a tensor are spread: counts for a histogram, and least, mean, most. */
#ifndef VIEW_MATRIX_STATS_H
#define VIEW_MATRIX_STATS_H

#include <stdbool.h>
#include <stddef.h>

enum { MATRIX_BINS_MOST = 40 };

struct matrix_stats {
    size_t cells, counted; /* all, and those that are computed, not hidden and finite */
    size_t zeros, bad;     /* exactly 0; NaN or infinite */
    float min, max;        /* one of the numbers each */
    double mean;
    int bins;
    double low, width; /* bin k: from low + k * width to the next, the last one closed */
    size_t count[MATRIX_BINS_MOST];
    size_t most; /* in one bin */
};

/* Statistics of numbers[n]. skip (may be NULL) has true where a number does not count. Bins have
 * round widths and 0 lies between two of them, so that no bin holds numbers of both signs (what is
 * exactly 0 is counted to the right of it). */
void matrix_stats_of(const float *numbers, size_t n, const bool *skip, struct matrix_stats *out);

/* The bin of a number between min and max; -1 when there are none or it is not finite. */
int matrix_stats_bin(const struct matrix_stats *s, float number);

#endif
