/* The usual losses, fused: the same roundings as program_loss.c's operations one by one. */
#include "nn/elementary.h"
#include "nn/lane_variant.h"

/* max, shift, exp, sum, p = exp / sum; loss log sum - shift[label]; d:z = (1/n) (p - y). */
static void cross_entropy(const struct lane_loss *l, int s)
{
    const size_t lanes = (size_t)l->lanes;
    const float *z = l->z + s;
    float *dz = l->dz + s, *out = l->out + (size_t)s * (size_t)l->k;
    int label = (int)l->label[s];
    float max = z[0], sum = 0, right = 0;
    for (int k = 1; k < l->k; k++) {
        float a = z[(size_t)k * lanes];
        max = a > max || a != a ? a : max;
    }
    for (int k = 0; k < l->k; k++) {
        float shift = fmaf(-1.0f, max, 0.0f + z[(size_t)k * lanes]);
        right = k == label ? shift : right;
        out[k] = elementary_exp(shift);
    }
    for (int k = 0; k < l->k; k++)
        sum += out[k];
    for (int k = 0; k < l->k; k++) {
        out[k] = out[k] / sum;
        float error = fmaf(-1.0f, k == label ? 1.0f : 0.0f, 0.0f + out[k]);
        dz[(size_t)k * lanes] = l->d_each * error;
    }
    l->each[s] = fmaf(-1.0f, right, 0.0f + elementary_log(sum));
}

/* diff = a - y; loss mean of diff²; d:a = (1/n) (2/k) diff. */
static void squared_error(const struct lane_loss *l, int s)
{
    const size_t lanes = (size_t)l->lanes;
    float share = (float)(1.0 / l->k), twice = (float)(2.0 / l->k), sum = 0;
    for (int k = 0; k < l->k; k++) {
        float y;
        if (l->targets)
            y = l->label[(size_t)s * (size_t)l->targets + (size_t)k];
        else if (l->k == 1)
            y = l->label[s] > 0 ? 1.0f : 0.0f;
        else
            y = (int)l->label[s] == k ? 1.0f : 0.0f;
        float diff = fmaf(-1.0f, y, 0.0f + l->z[(size_t)k * lanes + (size_t)s]);
        sum = fmaf(share * diff, diff, sum);
        l->dz[(size_t)k * lanes + (size_t)s] = l->d_each * (twice * diff);
    }
    l->each[s] = sum;
}

void LANE_NAME(lane_loss)(const struct lane_loss *loss)
{
    for (int s = 0; s < loss->n; s++) {
        if (loss->cross_entropy)
            cross_entropy(loss, s);
        else
            squared_error(loss, s);
    }
    for (int k = 0; k < loss->k; k++) /* lanes without a sample pass nothing back */
        for (int s = loss->n; s < loss->lanes; s++)
            loss->dz[(size_t)k * (size_t)loss->lanes + (size_t)s] = 0;
}
