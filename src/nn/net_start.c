/* The start of the parameters. With fan_in and fan_out the numbers that go into and come out of
 * one weight's place (for a convolution: kernel rows × columns × channels, or × filters):
 * Glorot and Bengio 2010: uniform within ±√(6/(fan_in + fan_out)), or normal with the variance
 * 2/(fan_in + fan_out). He et al. 2015: within ±√(6/fan_in), or normal with 2/fan_in. */
#include <math.h>

#include "glassnet/base/rng.h"
#include "nn/net_parse.h"

/* Spreads small stream numbers over 64 bits (SplitMix64's finaliser: Steele, Lea and Flood 2014),
 * so that neighbouring layers do not get related generators. */
static uint64_t mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* Is the first layer that reads this one, through batch normalisation, a relu kind? */
static bool goes_into_relu(const struct net *net, int at)
{
    for (int i = at + 1; i < net->layer_count; i++) {
        const struct layer *l = &net->layers[i];
        bool reads = false;
        for (int k = 0; k < l->from_count; k++)
            reads = reads || l->from[k] == at;
        if (!reads)
            continue;
        if (l->kind != LAYER_BATCHNORM && l->kind != LAYER_ACTIVATION)
            return false;
        if (l->activation != ACT_NONE)
            return net_is_relu_kind(l->activation);
        at = i;
    }
    return false;
}

static enum init_kind init_of(const struct net *net, int at)
{
    const struct layer *l = &net->layers[at];
    if (l->init != INIT_DEFAULT)
        return l->init;
    bool relu =
        l->activation == ACT_NONE ? goes_into_relu(net, at) : net_is_relu_kind(l->activation);
    return relu ? INIT_HE_UNIFORM : INIT_GLOROT_UNIFORM;
}

static void draw(float *W, size_t count, enum init_kind init, float value, double fan_in,
                 double fan_out, struct rng *rng)
{
    bool he = init == INIT_HE_UNIFORM || init == INIT_HE_NORMAL;
    double variance = he ? 2 / fan_in : 2 / (fan_in + fan_out);
    float limit = init == INIT_UNIFORM ? value : (float)sqrt(3 * variance);
    float deviation = (float)sqrt(variance);
    for (size_t i = 0; i < count; i++) {
        if (init == INIT_ZEROS)
            W[i] = 0;
        else if (init == INIT_GLOROT_NORMAL || init == INIT_HE_NORMAL)
            W[i] = deviation * rng_normal(rng);
        else
            W[i] = rng_uniform(rng, -limit, limit);
    }
}

static void fill(float *values, size_t count, float value)
{
    for (size_t i = 0; i < count; i++)
        values[i] = value;
}

static void start_layer(struct net *net, int at, struct rng *rng)
{
    const struct layer *l = &net->layers[at];
    if (l->kind == LAYER_BATCHNORM) {
        static const float start[] = {1, 0, 0, 1}; /* gamma, beta, mean, var */
        for (int i = 0; i < l->param_count; i++)
            fill(net->params + l->param[i].offset, l->param[i].count, start[i]);
        return;
    }
    const struct param *W = &l->param[0], *b = &l->param[1];
    double fan_in = (double)(W->count / (size_t)l->units);
    double places = l->kind == LAYER_CONV2D ? (double)l->kernel_h * l->kernel_w : 1;
    draw(net->params + W->offset, W->count, init_of(net, at), l->init_value, fan_in,
         places * l->units, rng);
    fill(net->params + b->offset, b->count, l->bias);
}

void net_start(struct net *net, uint64_t seed)
{
    uint64_t stream = 0; /* counts layers with parameters: a pool more changes nothing */
    for (int i = 0; i < net->layer_count; i++) {
        if (net->layers[i].param_count == 0)
            continue;
        struct rng rng;
        rng_seed(&rng, seed, mix(stream++));
        start_layer(net, i, &rng);
    }
}
