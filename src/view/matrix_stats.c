#include "matrix_stats.h"

#include <math.h>

enum { BINS_WANTED = 24 };

/* The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `least`. */
static double round_up(double least)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double power = pow(10, floor(log10(least)));
    for (int k = 0; k < 5; k++)
        if (steps[k] * power >= least * (1 - 1e-12))
            return steps[k] * power;
    return 10 * power;
}

static void choose_bins(struct matrix_stats *s)
{
    double span = (double)s->max - (double)s->min;
    double least = fmax(fabs((double)s->max), fabs((double)s->min)) * 1e-6;
    if (span <= least) { /* all the same, nearly: one bar */
        s->bins = 1;
        s->low = s->min;
        s->width = fmax(span, 1e-300);
        return;
    }
    s->width = round_up(span / BINS_WANTED);
    double first = floor((double)s->min / s->width), last = floor((double)s->max / s->width);
    s->low = first * s->width;
    s->bins = (int)(last - first) + 1;
    if (s->bins > 1 && last * s->width == (double)s->max && s->max != 0)
        s->bins--; /* the greatest lies on the last edge */
}

int matrix_stats_bin(const struct matrix_stats *s, float number)
{
    if (s->bins == 0 || !isfinite(number) || number < s->min || number > s->max)
        return -1;
    int bin = s->bins == 1 ? 0 : (int)(floor((double)number / s->width) - s->low / s->width + 0.5);
    return bin < 0 ? 0 : bin >= s->bins ? s->bins - 1 : bin;
}

void matrix_stats_of(const float *numbers, size_t n, const bool *skip, struct matrix_stats *out)
{
    *out = (struct matrix_stats){.cells = n};
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        float x = numbers[i];
        if (skip && skip[i])
            continue;
        if (!isfinite(x)) {
            out->bad++;
            continue;
        }
        out->min = out->counted == 0 || x < out->min ? x : out->min;
        out->max = out->counted == 0 || x > out->max ? x : out->max;
        out->zeros += x == 0;
        out->counted++;
        sum += (double)x;
    }
    if (out->counted == 0)
        return;
    out->mean = sum / (double)out->counted;
    choose_bins(out);
    for (size_t i = 0; i < n; i++) {
        int bin = skip && skip[i] ? -1 : matrix_stats_bin(out, numbers[i]);
        if (bin >= 0 && ++out->count[bin] > out->most)
            out->most = out->count[bin];
    }
}
