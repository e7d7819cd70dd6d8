/* The usual losses, fused: the same roundings as program_loss.c's operations one by one. */
#include "nn/elementary.h"
#include "nn/lane_variant.h"

/* max, shift, exp, sum, p = exp / sum; loss log sum - shift[label]; d:z = (1/n) (p - y). Samples
 * [s, s + VW), side by side in vector registers, of which `count` are there. */
static void cross_entropy(const struct lane_loss *l, int s, int count)
{
    const size_t lanes = (size_t)l->lanes;
    float max[VW], sum[VW] = {0}, right[VW] = {0}, shift[VW];
    int label[VW];
    for (int j = 0; j < VW; j++) {
        label[j] = j < count ? (int)l->label[s + j] : 0;
        max[j] = l->z[s + j];
    }
    for (int k = 1; k < l->k; k++)
        for (int j = 0; j < VW; j++) {
            float a = l->z[(size_t)k * lanes + (size_t)(s + j)];
            max[j] = a > max[j] || a != a ? a : max[j];
        }
    for (int k = 0; k < l->k; k++) {
        float *dz = l->dz + (size_t)k * lanes + s; /* holds the powers for now */
        const float *z = l->z + (size_t)k * lanes + s;
        for (int j = 0; j < VW; j++) {
            shift[j] = fmaf(-1.0f, max[j], 0.0f + z[j]);
            right[j] = k == label[j] ? shift[j] : right[j];
            dz[j] = elementary_exp(shift[j]);
            sum[j] += dz[j];
        }
    }
    for (int k = 0; k < l->k; k++) {
        float *dz = l->dz + (size_t)k * lanes + s;
        for (int j = 0; j < VW; j++)
            dz[j] = dz[j] / sum[j];
        for (int j = 0; j < count; j++)
            l->out[(size_t)(s + j) * (size_t)l->k + (size_t)k] = dz[j];
        for (int j = 0; j < VW; j++)
            dz[j] = l->d_each * fmaf(-1.0f, k == label[j] ? 1.0f : 0.0f, 0.0f + dz[j]);
    }
    for (int j = 0; j < count; j++)
        l->each[s + j] = fmaf(-1.0f, right[j], 0.0f + elementary_log(sum[j]));
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
    for (int s = 0; s < loss->n && loss->cross_entropy; s += VW)
        cross_entropy(loss, s, loss->n - s < VW ? loss->n - s : VW);
    for (int s = 0; s < loss->n && !loss->cross_entropy; s++)
        squared_error(loss, s);
    for (int k = 0; k < loss->k; k++) /* lanes without a sample pass nothing back */
        for (int s = loss->n; s < loss->lanes; s++)
            loss->dz[(size_t)k * (size_t)loss->lanes + (size_t)s] = 0;
}

float LANE_NAME(lane_mean)(const float *each, int n)
{
    const float share = (float)(1.0 / n);
    float loss = 0;
    for (int s = 0; s < n; s++)
        loss = fmaf(share, each[s], loss);
    return loss;
}
