#include "glassnet/step/dream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/rng.h"
#include "step/forward.h"

#define TV_ROUND 1e-4f /* keeps the root's slope finite where neighbours are equal */

struct dream {
    struct net *net;
    struct program *program;
    struct buffers b;
    int tensor;   /* that holds the goal */
    int forward;  /* operations up to it */
    int back;     /* the first of the way back */
    size_t first; /* its numbers: first, first + step, ... */
    size_t step;
    size_t count;
    uint64_t seed;
    bool picture;
    size_t inputs;
    float *x, *pull; /* [inputs] */
    float value;
    int steps;
    bool stuck;
};

struct dream_settings dream_defaults(const struct net *net)
{
    bool picture = net->layers[0].out.rank == 3;
    return (struct dream_settings){
        .rate = 0.05f, .l2 = 0.02f, .tv = picture ? 0.2f : 0, .jitter = picture ? 1 : 0};
}

bool dream_settings_check(const struct dream_settings *s, struct err *err)
{
    if (!(s->rate > 0 && s->rate <= 10))
        return err_set(err, ERR_USAGE, NULL, 0, "a dream's rate is above 0 and at most 10");
    if (!(s->l2 >= 0 && s->l2 <= 10 && s->tv >= 0 && s->tv <= 10))
        return err_set(err, ERR_USAGE, NULL, 0, "l2 and tv are from 0 to 10");
    return (s->jitter >= 0 && s->jitter <= 64) ||
           err_set(err, ERR_USAGE, NULL, 0, "jitter is from 0 to 64 pixels");
}

static bool goal_is_there(const struct net *net, const struct dream_goal *g, struct err *err)
{
    if (g->layer < 1 || g->layer >= net->layer_count)
        return err_set(err, ERR_INPUT, NULL, 0,
                       "a neuron to excite is a number of a layer, not of the input");
    const struct layer *l = &net->layers[g->layer];
    if (g->index >= shape_count(&l->out))
        return err_set(err, ERR_INPUT, NULL, 0, "layer %s has %zu numbers, from 0", l->name,
                       shape_count(&l->out));
    return !g->map || l->out.rank == 3 ||
           err_set(err, ERR_INPUT, NULL, 0, "layer %s has no maps", l->name);
}

bool dream_goal_of(const struct program *p, struct cell cell, bool map, struct dream_goal *goal,
                   struct err *err)
{
    char name[256];
    for (int l = 1; l < p->net->layer_count; l++) {
        bool out = p->layer_out[l] == cell.tensor;
        if (!out && (p->layer_z[l] != cell.tensor || cell.tensor == p->input))
            continue;
        *goal = (struct dream_goal){l, !out, cell.index, map};
        return goal_is_there(p->net, goal, err);
    }
    return err_set(err, ERR_INPUT, NULL, 0,
                   "%s cannot be excited; take a number of a layer, as %s[0]",
                   cell_name(p, cell, name, sizeof name), net_output(p->net)->name);
}

static void aim(struct dream *d, const struct dream_goal *g)
{
    const struct layer *l = &d->net->layers[g->layer];
    const struct program *p = d->program;
    d->tensor = g->before ? p->layer_z[g->layer] : p->layer_out[g->layer];
    d->step = g->map ? (size_t)l->out.dim[2] : 1;
    d->first = g->map ? g->index % d->step : g->index;
    d->count = g->map ? shape_count(&l->out) / d->step : 1;
    float *seed = d->b.at[p->seed];
    for (size_t k = 0; k < d->count; k++)
        seed[d->first + k * d->step] = 1.0f / (float)d->count;
}

struct dream *dream_create(const struct net *net, const struct dream_goal *goal, uint64_t seed,
                           struct err *err)
{
    if (!goal_is_there(net, goal, err))
        return NULL;
    struct dream *d = mem_zalloc(1, sizeof *d);
    d->net = net_copy(net);
    d->program = program_create_gradient(
        d->net,
        &(struct gradient_wish){.layer = goal->layer, .before = goal->before, .gradcam = -1});
    if (!buffers_init(&d->b, d->program, 1, sizeof(float), false, err)) {
        dream_destroy(d);
        return NULL;
    }
    const struct tensor *input = &d->program->tensors[d->program->input];
    d->inputs = input->count;
    d->picture = input->shape.rank == 3;
    d->seed = seed;
    d->x = mem_zalloc(d->inputs, sizeof *d->x);
    d->pull = mem_zalloc(d->inputs, sizeof *d->pull);
    forward_fill(&d->b, d->x, 1);
    aim(d, goal);
    d->forward = d->program->tensors[d->tensor].last_op + 1;
    d->back = d->program->tensors[d->program->seed].first_op;
    dream_begin(d, DREAM_NOISE, NULL);
    return d;
}

void dream_destroy(struct dream *d)
{
    if (!d)
        return;
    buffers_deinit(&d->b);
    program_destroy(d->program);
    net_destroy(d->net);
    free(d->x);
    free(d->pull);
    free(d);
}

/* The goal's value for the picture as it is. */
static void measure(struct dream *d)
{
    const float *numbers = d->b.at[d->tensor];
    forward_input(&d->b, d->x, 1);
    engine_run(&d->b, 0, d->forward);
    float sum = 0;
    for (size_t k = 0; k < d->count; k++)
        sum = engine_mac(sum, 1.0f / (float)d->count, numbers[d->first + k * d->step]);
    d->value = sum;
}

void dream_begin(struct dream *d, enum dream_start start, const float *sample)
{
    struct rng rng;
    rng_seed(&rng, d->seed, 0);
    for (size_t i = 0; i < d->inputs; i++)
        d->x[i] = start == DREAM_NOISE    ? rng_uniform(&rng, 0, 0.2f)
                  : start == DREAM_SAMPLE ? sample[i]
                                          : 0;
    d->steps = 0;
    d->stuck = false;
    measure(d);
}

/* The picture rolled by (down, right): what leaves at one side comes in at the other. */
static void roll(const struct dream *d, const float *from, float *to, int down, int right)
{
    const struct shape *s = &d->program->tensors[d->program->input].shape;
    int H = s->dim[0], W = s->dim[1], C = s->dim[2];
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            int v = ((y + down) % H + H) % H, u = ((x + right) % W + W) % W;
            memcpy(to + ((size_t)v * (size_t)W + (size_t)u) * (size_t)C,
                   from + ((size_t)y * (size_t)W + (size_t)x) * (size_t)C, (size_t)C * sizeof *to);
        }
}

/* The gradient of the goal to the picture, into pull, taken where the jitter moved it. */
static void find_gradient(struct dream *d, int jitter)
{
    const struct program *p = d->program;
    float *input = d->b.at[p->input];
    const float *gradient = d->b.at[p->tensors[p->input].grad];
    int down = 0, right = 0;
    if (d->picture && jitter > 0) {
        uint64_t step = (uint64_t)d->steps;
        float span = (float)(2 * jitter + 1);
        down = (int)(rng_hash_unit(d->seed, step, 1, 0, 0) * span) - jitter;
        right = (int)(rng_hash_unit(d->seed, step, 2, 0, 0) * span) - jitter;
        roll(d, d->x, input, down, right);
    } else {
        forward_input(&d->b, d->x, 1);
    }
    engine_run(&d->b, 0, d->forward);
    engine_run(&d->b, d->back, p->op_count);
    if (d->picture)
        roll(d, gradient, d->pull, -down, -right);
    else
        memcpy(d->pull, gradient, d->inputs * sizeof *d->pull);
}

static float root_mean_square(const float *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)x[i] * (double)x[i];
    return (float)sqrt(sum / (double)n);
}

/* Adds -weight d TV/dx to pull, by pairs of neighbours; each channel by itself. */
static void smooth(struct dream *d, float weight)
{
    const struct shape *s = &d->program->tensors[d->program->input].shape;
    size_t H = (size_t)s->dim[0], W = (size_t)s->dim[1], C = (size_t)s->dim[2];
    for (size_t y = 0; y < H; y++)
        for (size_t x = 0; x < W * C; x++) {
            size_t i = y * W * C + x, right = i + C, below = i + W * C;
            bool has_right = x + C < W * C, has_below = y + 1 < H;
            float dx = has_right ? d->x[right] - d->x[i] : 0;
            float dy = has_below ? d->x[below] - d->x[i] : 0;
            float share = weight / sqrtf(dx * dx + dy * dy + TV_ROUND);
            d->pull[i] += share * (dx + dy);
            if (has_right)
                d->pull[right] -= share * dx;
            if (has_below)
                d->pull[below] -= share * dy;
        }
}

void dream_step(struct dream *d, const struct dream_settings *s)
{
    find_gradient(d, s->jitter);
    float rms = root_mean_square(d->pull, d->inputs);
    d->stuck = !(rms > 0);
    for (size_t i = 0; i < d->inputs; i++)
        d->pull[i] = (rms > 0 ? d->pull[i] / rms : 0) - 2 * s->l2 * d->x[i];
    if (d->picture && s->tv > 0)
        smooth(d, s->tv);
    for (size_t i = 0; i < d->inputs; i++) {
        float moved = d->x[i] + s->rate * d->pull[i];
        d->x[i] = d->picture ? fminf(1, fmaxf(0, moved)) : moved;
    }
    d->steps++;
    measure(d);
}

const float *dream_picture(const struct dream *d)
{
    return d->x;
}

float dream_value(const struct dream *d)
{
    return d->value;
}

int dream_steps(const struct dream *d)
{
    return d->steps;
}

bool dream_is_stuck(const struct dream *d)
{
    return d->stuck;
}
