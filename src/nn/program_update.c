/* The update phase: the gradient with its penalties and clipping, the optimiser's moments, the
 * new parameters. The formulas and their sources are in docs/network-format.md. */
#include <stdio.h>
#include <stdlib.h>

#include "nn/program_build.h"

/* One parameter's way through the update. */
struct way {
    int w; /* the parameter */
    int g; /* the gradient it is updated with */
    const struct param *param;
};

/* η of this step: the set rate, times the schedule's factor, divided by 1 + k t. */
static void add_rate(struct builder *b)
{
    struct program *p = b->p;
    const struct train_settings *s = &b->net->train;
    struct shape scalar = shape_scalar();
    bool scheduled = s->schedule != SCHEDULE_CONSTANT;
    bool decays = s->decay > 0;
    b->layer = -1;
    if (!scheduled && !decays) {
        p->rate = p->rate_start = build_tensor(b, ROLE_VALUE, "rate", &scalar, false);
        build_op(b, OP_GIVEN, p->rate);
        return;
    }
    p->rate_start = build_inner(b, "rate", "start", &scalar, false);
    build_op(b, OP_GIVEN, p->rate_start);
    struct term top = one(same(p->rate_start));
    if (scheduled) {
        p->rate_schedule = build_inner(b, "rate", "schedule", &scalar, false);
        build_op(b, OP_GIVEN, p->rate_schedule);
        top = two(same(p->rate_start), same(p->rate_schedule));
    }
    struct term below = one(number(1));
    if (decays) {
        int slow = build_inner(b, "rate", "slow", &scalar, false);
        struct factor t = {.tensor = -1, .constant = CONST_T, .symbol = "t"};
        build_element(b, slow, FN_SUM, TERMS(one(number(1)), two(number((double)s->decay), t)));
        below = one(same(slow));
    }
    p->rate = build_tensor(b, ROLE_VALUE, "rate", &scalar, false);
    build_element(b, p->rate, FN_QUOTIENT, TERMS(top, below));
}

/* d: plus l2 · w plus l1 · sign(w), in a tensor of that role. */
static void add_penalties(struct builder *b, int out, const struct way *way)
{
    const struct train_settings *s = &b->net->train;
    struct term terms[3] = {one(same(b->p->tensors[way->w].grad))};
    int count = 1;
    if (s->l2 > 0 && way->param->decays)
        terms[count++] = two(named((double)s->l2, "λ₂"), same(way->w));
    if (s->l1 > 0 && way->param->decays)
        terms[count++] = two(named((double)s->l1, "λ₁"), at(way->w, REACH_SIGN));
    build_element(b, out, count == 1 ? FN_COPY : FN_SUM, count, terms);
}

/* The squared norm of one tensor: each row, then the rows. */
static int add_norm2(struct builder *b, int g)
{
    struct tensor t = b->p->tensors[g];
    struct shape scalar = shape_scalar();
    char base[256];
    snprintf(base, sizeof base, "%s.norm2", t.base);
    if (t.shape.rank < 2) {
        int norm2 = build_tensor(b, ROLE_VALUE, base, &scalar, false);
        build_reduce(b, norm2, GROUP_LAST, g, TERMS(two(same(g), same(g))));
        return norm2;
    }
    char row_base[256];
    struct shape rows = shape_vector(t.shape.dim[0]);
    snprintf(row_base, sizeof row_base, "%s.rows2", t.base);
    int row = build_tensor(b, ROLE_VALUE, row_base, &rows, false);
    build_reduce(b, row, GROUP_ROWS, g, TERMS(two(same(g), same(g))));
    int norm2 = build_tensor(b, ROLE_VALUE, base, &scalar, false);
    build_reduce(b, norm2, GROUP_LAST, row, TERMS(one(same(row))));
    return norm2;
}

/* clip.factor = min(1, c / norm of all gradients) (Pascanu, Mikolov and Bengio 2013). */
static int add_clip(struct builder *b, const struct way *ways, int count)
{
    struct shape scalar = shape_scalar();
    struct term *terms = mem_zalloc((size_t)count + 1, sizeof *terms);
    for (int k = 0; k < count; k++) {
        b->layer = b->p->tensors[ways[k].w].layer;
        terms[k] = one(same(add_norm2(b, ways[k].g)));
    }
    b->layer = -1;
    int norm2 = build_inner(b, "clip", "norm2", &scalar, false);
    build_element(b, norm2, FN_SUM, count, terms);
    free(terms);
    int norm = build_inner(b, "clip", "norm", &scalar, false);
    build_element(b, norm, FN_SQRT, TERMS(one(same(norm2))));
    int scale = build_inner(b, "clip", "scale", &scalar, false);
    build_element(b, scale, FN_QUOTIENT,
                  TERMS(one(named((double)b->net->train.clip, "c")), one(same(norm))));
    int factor = build_inner(b, "clip", "factor", &scalar, false);
    build_element(b, factor, FN_MIN, TERMS(one(number(1)), one(same(scale))));
    return factor;
}

static int moment(struct builder *b, int w, enum role before)
{
    int m = build_twin(b, w, before);
    build_op(b, OP_GIVEN, m);
    return m;
}

/* rate · step taken off the parameter. */
static void add_new(struct builder *b, int w, int step)
{
    int next = build_twin(b, w, ROLE_NEW);
    struct factor rate = at(b->p->rate, REACH_SCALAR);
    build_element(b, next, FN_SUM, TERMS(one(same(w)), three(number(-1), rate, same(step))));
}

/* step / (√v + ε) */
static int add_scaled(struct builder *b, int w, int v, int step)
{
    int root = build_twin(b, w, ROLE_ROOT);
    build_element(b, root, FN_SQRT, TERMS(one(same(v))));
    int floor = build_twin(b, w, ROLE_FLOOR);
    build_element(b, floor, FN_SUM,
                  TERMS(one(same(root)), one(named((double)b->net->train.epsilon, "ε"))));
    int delta = build_twin(b, w, ROLE_DELTA);
    build_element(b, delta, FN_QUOTIENT, TERMS(one(same(step)), one(same(floor))));
    return delta;
}

/* new ← keep · old + (1 - keep) · x², or old + x² without keep. */
static int add_squares(struct builder *b, int w, int old, enum role role, double keep, int x)
{
    int next = build_twin(b, w, role);
    const char *rest = b->net->train.optimiser == OPT_ADAM ? "(1−β₂)" : "(1−ρ)";
    const char *kept = b->net->train.optimiser == OPT_ADAM ? "β₂" : "ρ";
    if (b->net->train.optimiser == OPT_ADAGRAD)
        build_element(b, next, FN_SUM, TERMS(one(same(old)), two(same(x), same(x))));
    else
        build_element(b, next, FN_SUM,
                      TERMS(two(named(keep, kept), same(old)),
                            three(named(1 - keep, rest), same(x), same(x))));
    return next;
}

/* SGD with momentum (Polyak 1964) and Nesterov's look ahead (Sutskever et al. 2013, in the form
 * of Bengio, Boulanger-Lewandowski and Pascanu 2013). */
static void add_momentum(struct builder *b, const struct way *way)
{
    struct factor mu = named((double)b->net->train.mu, "μ");
    int m = moment(b, way->w, ROLE_M);
    int next = build_twin(b, way->w, ROLE_NEW_M);
    build_element(b, next, FN_SUM, TERMS(two(mu, same(m)), one(same(way->g))));
    if (b->net->train.optimiser == OPT_MOMENTUM) {
        add_new(b, way->w, next);
        return;
    }
    int delta = build_twin(b, way->w, ROLE_DELTA);
    build_element(b, delta, FN_SUM, TERMS(one(same(way->g)), two(mu, same(next))));
    add_new(b, way->w, delta);
}

/* Adagrad (Duchi, Hazan and Singer 2011) and RMSprop (Tieleman and Hinton 2012). */
static void add_squared(struct builder *b, const struct way *way)
{
    int v = moment(b, way->w, ROLE_V);
    int next = add_squares(b, way->w, v, ROLE_NEW_V, as_written(b->net->train.rho), way->g);
    add_new(b, way->w, add_scaled(b, way->w, next, way->g));
}

/* Adadelta (Zeiler 2012). */
static void add_adadelta(struct builder *b, const struct way *way)
{
    double rho = as_written(b->net->train.rho);
    struct factor epsilon = named((double)b->net->train.epsilon, "ε");
    int w = way->w;
    int v = moment(b, w, ROLE_V);
    int u = moment(b, w, ROLE_U);
    int next_v = add_squares(b, w, v, ROLE_NEW_V, rho, way->g);
    int floor = build_twin(b, w, ROLE_FLOOR);
    build_element(b, floor, FN_SUM, TERMS(one(same(next_v)), one(epsilon)));
    int root = build_twin(b, w, ROLE_ROOT);
    build_element(b, root, FN_SQRT, TERMS(one(same(floor))));
    int ufloor = build_twin(b, w, ROLE_UFLOOR);
    build_element(b, ufloor, FN_SUM, TERMS(one(same(u)), one(epsilon)));
    int uroot = build_twin(b, w, ROLE_UROOT);
    build_element(b, uroot, FN_SQRT, TERMS(one(same(ufloor))));
    int ratio = build_twin(b, w, ROLE_RATIO);
    build_element(b, ratio, FN_QUOTIENT, TERMS(one(same(uroot)), one(same(root))));
    int delta = build_twin(b, w, ROLE_DELTA);
    build_element(b, delta, FN_PRODUCT, TERMS(one(same(ratio)), one(same(way->g))));
    add_squares(b, w, u, ROLE_NEW_U, rho, delta);
    add_new(b, w, delta);
}

/* Adam (Kingma and Ba 2015, algorithm 1). */
static void add_adam(struct builder *b, const struct way *way)
{
    double beta1 = as_written(b->net->train.beta1);
    struct factor rest1 = {.tensor = -1, .constant = CONST_ADAM1, .symbol = "(1−β₁ᵗ)"};
    struct factor rest2 = {.tensor = -1, .constant = CONST_ADAM2, .symbol = "(1−β₂ᵗ)"};
    int w = way->w;
    int m = moment(b, w, ROLE_M);
    int v = moment(b, w, ROLE_V);
    int next_m = build_twin(b, w, ROLE_NEW_M);
    build_element(
        b, next_m, FN_SUM,
        TERMS(two(named(beta1, "β₁"), same(m)), two(named(1 - beta1, "(1−β₁)"), same(way->g))));
    int next_v = add_squares(b, w, v, ROLE_NEW_V, as_written(b->net->train.beta2), way->g);
    int mhat = build_twin(b, w, ROLE_MHAT);
    build_element(b, mhat, FN_QUOTIENT, TERMS(one(same(next_m)), one(rest1)));
    int vhat = build_twin(b, w, ROLE_VHAT);
    build_element(b, vhat, FN_QUOTIENT, TERMS(one(same(next_v)), one(rest2)));
    add_new(b, w, add_scaled(b, w, vhat, mhat));
}

static void add_update(struct builder *b, const struct way *way)
{
    b->layer = b->p->tensors[way->w].layer;
    switch (b->net->train.optimiser) {
    case OPT_MOMENTUM:
    case OPT_NESTEROV:
        add_momentum(b, way);
        break;
    case OPT_ADAGRAD:
    case OPT_RMSPROP:
        add_squared(b, way);
        break;
    case OPT_ADADELTA:
        add_adadelta(b, way);
        break;
    case OPT_ADAM:
        add_adam(b, way);
        break;
    default: /* sgd */
        add_new(b, way->w, way->g);
        break;
    }
}

/* Running mean and variance follow those of the batch; frozen numbers stay. */
static void add_untrained(struct builder *b, int w, const struct param *param)
{
    struct program *p = b->p;
    const struct layer *l = &b->net->layers[p->tensors[w].layer];
    int next = build_twin(b, w, ROLE_NEW);
    if (param->trained || l->frozen) {
        build_element(b, next, FN_COPY, TERMS(one(same(w))));
        return;
    }
    char name[256];
    bool is_mean = param->name[0] == 'm';
    snprintf(name, sizeof name, "%s.%s", l->name, is_mean ? "mu" : "sigma2");
    double keep = as_written(l->momentum);
    build_element(
        b, next, FN_SUM,
        TERMS(two(number(keep), same(w)), two(number(1 - keep), same(program_find(p, name)))));
}

static const struct param *param_of(const struct net *net, const struct tensor *t)
{
    const struct layer *l = &net->layers[t->layer];
    for (int k = 0; k < l->param_count; k++)
        if (l->param[k].offset == t->offset)
            return &l->param[k];
    return NULL;
}

void build_update(struct builder *b)
{
    struct program *p = b->p;
    const struct train_settings *s = &b->net->train;
    int first_count = p->tensor_count;
    struct way *ways = mem_zalloc((size_t)first_count, sizeof *ways);
    int count = 0;
    b->phase = PHASE_UPDATE;
    add_rate(b);
    for (int t = 0; t < first_count; t++) {
        if (!p->tensors[t].is_param)
            continue;
        const struct param *param = param_of(b->net, &p->tensors[t]);
        b->layer = p->tensors[t].layer;
        bool learns = param->trained && !b->net->layers[b->layer].frozen;
        if (!learns || p->tensors[t].grad < 0) {
            add_untrained(b, t, param);
            continue;
        }
        struct way *way = &ways[count++];
        *way = (struct way){.w = t, .param = param};
        way->g = build_twin(b, t, s->clip > 0 ? ROLE_RAW : ROLE_USED);
        add_penalties(b, way->g, way);
    }
    int clip = s->clip > 0 ? add_clip(b, ways, count) : -1;
    for (int k = 0; k < count; k++) {
        if (clip >= 0) {
            b->layer = p->tensors[ways[k].w].layer;
            int g = build_twin(b, ways[k].w, ROLE_USED);
            build_element(b, g, FN_PRODUCT,
                          TERMS(one(same(ways[k].g)), one(at(clip, REACH_SCALAR))));
            ways[k].g = g;
        }
        add_update(b, &ways[k]);
    }
    free(ways);
}
