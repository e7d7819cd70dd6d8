/* Central differences: (L(w + ε) - L(w - ε)) / 2ε against backprop, all in double. */
#include "glassnet/nn/gradcheck.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/nn/engine.h"
#include "nn/pool.h"

/* The sides of all corners (relu and its kin, absolute values) and the winners of all pools. */
struct corners {
    size_t count;
    unsigned *side;
};

struct check {
    const struct net *net;
    struct program *program;
    struct buffers b;
    int ops; /* forward and loss */
    struct corners up, down;
    size_t done, total;
};

static bool has_corner(enum fn fn)
{
    return fn == FN_RELU || fn == FN_LEAKY_RELU || fn == FN_STEP || fn == FN_ELU;
}

static unsigned winner(const struct check *c, const struct op *op, size_t at)
{
    const struct layer *l = &c->net->layers[op->layer];
    const double *x = c->b.at[op->in[0]];
    size_t out = shape_count(&l->out);
    int i[3];
    shape_unflatten(&l->out, at % out, i);
    x += at / out * shape_count(&l->in);
    struct window w = pool_window(l, i[0], i[1]);
    unsigned best = 0, place = 0;
    double top = 0;
    for (int y = w.y0; y < w.y1; y++)
        for (int xx = w.x0; xx < w.x1; xx++, place++) {
            double value =
                x[((size_t)y * (size_t)l->in.dim[1] + (size_t)xx) * (size_t)l->in.dim[2] +
                  (size_t)i[2]];
            if (place == 0 || value > top) {
                top = value;
                best = place;
            }
        }
    return best;
}

/* Notes every corner after a forward run; first with side NULL to count them. */
static void note_corners(const struct check *c, struct corners *k)
{
    size_t count = 0;
    for (int j = 0; j < c->ops; j++) {
        const struct op *op = &c->program->ops[j];
        size_t cells = program_op_cells(c->program, op, c->b.n);
        bool pool = op->kind == OP_MAXPOOL;
        bool size = op->kind == OP_ELEMENT && op->fn == FN_MAX && op->term_count == 2;
        if (!pool && !size && !(op->kind == OP_ELEMENT && has_corner(op->fn)))
            continue;
        if (k->side && pool)
            for (size_t i = 0; i < cells; i++)
                k->side[count + i] = winner(c, op, i);
        else if (k->side) {
            const double *z = c->b.at[op->terms[0].factor[0].tensor];
            for (size_t i = 0; i < cells; i++)
                k->side[count + i] = z[i] > 0;
        }
        count += cells;
    }
    k->count = count;
}

static void fill_double(struct check *c, int tensor, const float *from, size_t count)
{
    double *to = tensor >= 0 ? c->b.at[tensor] : NULL;
    for (size_t k = 0; to && from && k < count; k++)
        to[k] = (double)from[k];
}

static bool check_init(struct check *c, const struct net *net, const float *x, const float *labels,
                       int targets, int n, struct err *err)
{
    *c = (struct check){.net = net, .program = program_create(net, MODE_TRAIN, targets)};
    const struct program *p = c->program;
    if (!buffers_init(&c->b, p, n, sizeof(double), true, err)) {
        program_destroy(c->program);
        return false;
    }
    c->b.seed = net->train.seed;
    for (int t = 0; t < p->tensor_count; t++)
        if (p->tensors[t].is_param)
            fill_double(c, t, net->params + p->tensors[t].offset, p->tensors[t].count);
    fill_double(c, p->input, x, p->tensors[p->input].count * (size_t)n);
    fill_double(c, p->label, labels, p->tensors[p->label].count * (size_t)n);
    while (c->ops < p->op_count && p->ops[c->ops].phase <= PHASE_LOSS)
        c->ops++;
    engine_run_double(&c->b, 0, p->op_count);
    note_corners(c, &c->up);
    c->down.count = c->up.count;
    c->up.side = mem_zalloc(c->up.count + 1, sizeof(unsigned));
    c->down.side = mem_zalloc(c->up.count + 1, sizeof(unsigned));
    return true;
}

static void check_deinit(struct check *c)
{
    free(c->up.side);
    free(c->down.side);
    buffers_deinit(&c->b);
    program_destroy(c->program);
}

/* The loss with a parameter moved; only operations from its layer on are run again. */
static double loss_at(struct check *c, double *w, double value, int first, struct corners *k)
{
    *w = value;
    engine_run_double(&c->b, first, c->ops);
    note_corners(c, k);
    return *(const double *)c->b.at[c->program->loss];
}

/* One parameter: its error, not yet relative; false when a corner was crossed. */
static bool check_one(struct check *c, double *w, double gradient, int first, double *error)
{
    double at = *w, step = GRADCHECK_EPSILON;
    double up = loss_at(c, w, at + step, first, &c->up);
    double down = loss_at(c, w, at - step, first, &c->down);
    *w = at;
    if (memcmp(c->up.side, c->down.side, c->up.count * sizeof(unsigned)))
        return false;
    *error = fabs((up - down) / (2 * step) - gradient);
    return true;
}

/* What differences can tell apart at all: the loss' own rounding over 2ε, some eight times, since
 * many roundings add up. A gradient that is 0 (a bias before a batchnorm) shows as such noise. */
static double resolution(const struct check *c)
{
    double loss = fabs(*(const double *)c->b.at[c->program->loss]);
    return 8 * DBL_EPSILON * fmax(loss, 1) / GRADCHECK_EPSILON;
}

/* Every stride-th of a tensor's numbers. */
static bool check_tensor(struct check *c, int tensor, size_t most,
                         bool (*progress)(void *, size_t, size_t), void *context,
                         struct gradcheck_layer *out, struct err *err)
{
    const struct tensor *t = &c->program->tensors[tensor];
    const double *gradient = c->b.at[t->grad];
    double *w = c->b.at[tensor];
    double largest = 0, worst = 0;
    size_t count = t->count < most ? t->count : most;
    for (size_t k = 0; k < t->count; k++)
        largest = fabs(gradient[k]) > largest ? fabs(gradient[k]) : largest;
    for (size_t k = 0; k < count; k++) {
        double error = 0;
        size_t i = k * t->count / count;
        if (check_one(c, w + i, gradient[i], t->first_op, &error)) {
            worst = error > worst || isnan(error) ? error : worst;
            out->checked++;
        } else {
            out->skipped++;
        }
        if (progress && !progress(context, ++c->done, c->total))
            return err_set(err, ERR_STATE, NULL, 0, "the check was stopped");
    }
    engine_run_double(&c->b, t->first_op, c->ops);
    double relative = worst / fmax(largest, resolution(c) / GRADCHECK_LIMIT);
    if (relative > out->max_relative_error || isnan(relative))
        out->max_relative_error = relative;
    return true;
}

/* How many of a tensor's numbers are checked when a layer may have `most`. */
static size_t share_of(const struct layer *l, size_t count, size_t most)
{
    size_t all = net_layer_trained(l);
    size_t share = all <= most ? count : (count * most + all - 1) / all;
    return share ? share : 1;
}

static bool is_checked(const struct program *p, int t)
{
    return p->tensors[t].is_param && p->tensors[t].grad >= 0;
}

bool gradcheck_run(const struct net *net, const float *x, const float *labels, int targets, int n,
                   size_t most, bool (*progress)(void *context, size_t done, size_t total),
                   void *context, struct gradcheck *out, struct err *err)
{
    struct check c;
    bool going = true;
    *out = (struct gradcheck){.ok = true};
    if (net->loss == LOSS_NONE)
        return err_set(err, ERR_INPUT, net->path, 0,
                       "the network has no loss line, so it has no gradients to check");
    if (!check_init(&c, net, x, labels, targets, n, err))
        return false;
    const struct program *p = c.program;
    out->layers = mem_zalloc((size_t)net->layer_count, sizeof *out->layers);
    for (int t = 0; t < p->tensor_count; t++)
        if (is_checked(p, t))
            c.total += share_of(&net->layers[p->tensors[t].layer], p->tensors[t].count, most);
    for (int l = 0; l < net->layer_count && going; l++) {
        if (!net_layer_trained(&net->layers[l]))
            continue;
        struct gradcheck_layer *layer = &out->layers[out->layer_count++];
        layer->name = net->layers[l].name;
        layer->parameters = net_layer_trained(&net->layers[l]);
        for (int t = 0; t < p->tensor_count && going; t++)
            if (is_checked(p, t) && p->tensors[t].layer == l)
                going = check_tensor(&c, t, share_of(&net->layers[l], p->tensors[t].count, most),
                                     progress, context, layer, err);
        size_t tried = layer->checked + layer->skipped;
        out->ok = out->ok && layer->max_relative_error <= GRADCHECK_LIMIT &&
                  (double)layer->skipped <= GRADCHECK_SKIPPED * (double)tried;
    }
    check_deinit(&c);
    return going;
}

void gradcheck_deinit(struct gradcheck *g)
{
    free(g->layers);
    *g = (struct gradcheck){0};
}
