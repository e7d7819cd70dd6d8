#include "glassnet/nn/program.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nn/program_build.h"

static const char *const prefixes[ROLES] = {
    [ROLE_VALUE] = "",       [ROLE_GRAD] = "d:",      [ROLE_RAW] = "raw:",
    [ROLE_USED] = "g:",      [ROLE_M] = "m:",         [ROLE_V] = "v:",
    [ROLE_U] = "u:",         [ROLE_NEW_M] = "new:m:", [ROLE_NEW_V] = "new:v:",
    [ROLE_NEW_U] = "new:u:", [ROLE_MHAT] = "mhat:",   [ROLE_VHAT] = "vhat:",
    [ROLE_ROOT] = "root:",   [ROLE_FLOOR] = "floor:", [ROLE_UFLOOR] = "ufloor:",
    [ROLE_UROOT] = "uroot:", [ROLE_RATIO] = "ratio:", [ROLE_DELTA] = "delta:",
    [ROLE_NEW] = "new:",
};

static const char *const fn_names[FNS] = {
    [FN_SUM] = "sum",         [FN_COPY] = "copy",
    [FN_PRODUCT] = "product", [FN_QUOTIENT] = "quotient",
    [FN_MAX] = "max",         [FN_MIN] = "min",
    [FN_SQRT] = "sqrt",       [FN_EXP] = "exp",
    [FN_LOG] = "log",         [FN_NEG] = "neg",
    [FN_SIGMOID] = "sigmoid", [FN_TANH] = "tanh",
    [FN_RELU] = "relu",       [FN_LEAKY_RELU] = "leaky_relu",
    [FN_ELU] = "elu",         [FN_SOFTPLUS] = "softplus",
    [FN_STEP] = "step",
};

const char *role_prefix(enum role role)
{
    return prefixes[role];
}

const char *fn_name(enum fn fn)
{
    return fn_names[fn];
}

int build_tensor(struct builder *b, enum role role, const char *base, const struct shape *shape,
                 bool batched)
{
    struct program *p = b->p;
    struct shape kept = *shape; /* shape may lie in the list that grows here */
    p->tensors = mem_grow(p->tensors, &b->tensor_capacity, p->tensor_count + 1, sizeof *p->tensors);
    struct tensor *t = &p->tensors[p->tensor_count];
    *t = (struct tensor){
        .base = arena_strdup(&p->arena, base),
        .name = arena_printf(&p->arena, "%s%s", prefixes[role], base),
        .role = role,
        .layer = b->layer,
        .shape = kept,
        .count = shape_count(&kept),
        .batched = batched,
        .phase = b->phase,
        .first_op = -1,
        .last_op = -1,
        .grad = -1,
        .used = -1,
        .m = -1,
        .v = -1,
        .u = -1,
        .next = -1,
    };
    return p->tensor_count++;
}

int build_inner(struct builder *b, const char *layer, const char *part, const struct shape *shape,
                bool batched)
{
    char base[256];
    snprintf(base, sizeof base, "%s.%s", layer, part);
    return build_tensor(b, ROLE_VALUE, base, shape, batched);
}

int build_twin(struct builder *b, int of, enum role role)
{
    struct tensor source = b->p->tensors[of];
    int twin = build_tensor(b, role, source.base, &source.shape, source.batched);
    struct tensor *t = &b->p->tensors[of];
    b->p->tensors[twin].layer = source.layer;
    b->p->tensors[twin].offset = source.offset;
    switch (role) {
    case ROLE_GRAD:
        t->grad = twin;
        break;
    case ROLE_USED:
        t->used = twin;
        break;
    case ROLE_M:
        t->m = twin;
        break;
    case ROLE_V:
        t->v = twin;
        break;
    case ROLE_U:
        t->u = twin;
        break;
    case ROLE_NEW:
        t->next = twin;
        break;
    default:
        break;
    }
    return twin;
}

struct op *build_op(struct builder *b, enum op_kind kind, int out)
{
    struct program *p = b->p;
    p->ops = mem_grow(p->ops, &b->op_capacity, p->op_count + 1, sizeof *p->ops);
    struct tensor *t = &p->tensors[out];
    struct op *op = &p->ops[p->op_count];
    *op = (struct op){
        .kind = kind,
        .phase = b->phase,
        .layer = b->layer,
        .out = out,
        .domain = -1,
        .add = t->first_op >= 0,
    };
    if (t->first_op < 0)
        t->first_op = p->op_count;
    t->last_op = p->op_count++;
    return op;
}

static struct op *build_terms(struct builder *b, enum op_kind kind, int out, enum fn fn, int count,
                              const struct term *terms)
{
    struct op *op = build_op(b, kind, out);
    struct term *copy = arena_alloc(&b->p->arena, sizeof *copy * (size_t)(count ? count : 1));
    if (count)
        memcpy(copy, terms, sizeof *copy * (size_t)count);
    op->fn = fn;
    op->term_count = count;
    op->terms = copy;
    assert(!op->add || fn == FN_SUM);
    return op;
}

struct op *build_element(struct builder *b, int out, enum fn fn, int count,
                         const struct term *terms)
{
    return build_terms(b, OP_ELEMENT, out, fn, count, terms);
}

struct op *build_reduce(struct builder *b, int out, enum group group, int domain, int count,
                        const struct term *terms)
{
    struct op *op = build_terms(b, OP_REDUCE, out, FN_SUM, count, terms);
    op->group = group;
    op->domain = domain;
    return op;
}

struct factor at(int tensor, enum reach reach)
{
    assert(tensor >= 0);
    return (struct factor){.tensor = tensor, .reach = reach};
}

struct factor same(int tensor)
{
    return at(tensor, REACH_SAME);
}

struct factor number(double value)
{
    return (struct factor){.tensor = -1, .value = value};
}

struct factor named(double value, const char *symbol)
{
    return (struct factor){.tensor = -1, .value = value, .symbol = symbol};
}

struct factor inverse(double value, double scale, const char *symbol)
{
    return (struct factor){
        .tensor = -1, .constant = CONST_INVERSE, .value = value, .scale = scale, .symbol = symbol};
}

struct term one(struct factor a)
{
    return (struct term){.count = 1, .factor = {a}};
}

struct term two(struct factor a, struct factor b)
{
    return (struct term){.count = 2, .factor = {a, b}};
}

struct term three(struct factor a, struct factor b, struct factor c)
{
    return (struct term){.count = 3, .factor = {a, b, c}};
}

double as_written(float setting)
{
    for (double scale = 1.0; scale <= 1e9; scale *= 10.0) {
        double decimal = round((double)setting * scale) / scale;
        if ((float)decimal == setting)
            return decimal;
    }
    return (double)setting;
}

static double power(double base, int64_t exponent)
{
    double result = 1.0;
    for (; exponent > 0; exponent >>= 1) {
        if (exponent & 1)
            result *= base;
        base *= base;
    }
    return result;
}

double factor_constant(const struct factor *f, const struct net *net, int n, int64_t t)
{
    switch (f->constant) {
    case CONST_INVERSE:
        return f->value / ((double)n * f->scale);
    case CONST_ADAM1:
        return 1.0 - power(as_written(net->train.beta1), t);
    case CONST_ADAM2:
        return 1.0 - power(as_written(net->train.beta2), t);
    case CONST_T:
        return (double)(t - 1);
    case CONST_VALUE:
        break;
    }
    return f->value;
}

static void count_readers(struct builder *b)
{
    b->readers = mem_zalloc((size_t)b->net->layer_count, sizeof *b->readers);
    for (int l = 0; l < b->net->layer_count; l++)
        for (int k = 0; k < b->net->layers[l].from_count; k++)
            b->readers[b->net->layers[l].from[k]]++;
}

/* A tensor that no later operation needs is marked, so that training can leave it out. The last
 * readers decide, so this runs backwards. Parameters' new values are what training is for. */
static void mark_shown_only(struct program *p)
{
    bool *needed = mem_zalloc((size_t)p->tensor_count, sizeof *needed);
    for (int t = 0; t < p->tensor_count; t++) {
        enum role role = p->tensors[t].role;
        needed[t] = role == ROLE_NEW || role == ROLE_NEW_M || role == ROLE_NEW_V ||
                    role == ROLE_NEW_U || t == p->loss || t == p->loss_each || t == p->input ||
                    t == p->label || t == p->rate || t == p->rate_start || t == p->rate_schedule ||
                    p->tensors[t].is_param;
    }
    needed[p->layer_out[p->net->layer_count - 1]] = true;
    for (int l = 0; p->seed >= 0 && l < p->net->layer_count; l++)
        if (p->tensors[p->layer_out[l]].grad >= 0)
            needed[p->tensors[p->layer_out[l]].grad] = true;
    if (p->gradcam >= 0)
        needed[p->gradcam] = needed[p->gradcam_weights] = true;
    for (int i = p->op_count - 1; i >= 0; i--) {
        struct op *op = &p->ops[i];
        op->shown_only = !needed[op->out];
        if (op->shown_only)
            continue;
        for (int k = 0; k < op->in_count; k++)
            needed[op->in[k]] = true;
        for (int k = 0; k < op->part_count; k++)
            needed[op->parts[k]] = true;
        for (int k = 0; k < op->term_count; k++)
            for (int f = 0; f < op->terms[k].count; f++)
                if (op->terms[k].factor[f].tensor >= 0)
                    needed[op->terms[k].factor[f].tensor] = true;
    }
    for (int t = 0; t < p->tensor_count; t++)
        p->tensors[t].shown_only = !needed[t];
    free(needed);
}

static struct program *program_alloc(const struct net *net, enum program_mode mode, int targets)
{
    struct program *p = mem_zalloc(1, sizeof *p);
    arena_init(&p->arena);
    p->net = net;
    p->mode = mode;
    p->targets = targets;
    p->input = p->label = p->rate = p->loss = p->loss_each = p->target = -1;
    p->rate_start = p->rate_schedule = p->seed = p->gradcam_weights = p->gradcam = -1;
    p->layer_out = arena_alloc(&p->arena, sizeof(int) * (size_t)net->layer_count);
    p->layer_z = arena_alloc(&p->arena, sizeof(int) * (size_t)net->layer_count);
    return p;
}

struct program *program_create(const struct net *net, enum program_mode mode, int targets)
{
    struct program *p = program_alloc(net, mode, targets);
    struct builder b = {.p = p, .net = net};
    p->has_loss = net->loss != LOSS_NONE;
    count_readers(&b);
    build_forward(&b);
    if (p->has_loss)
        build_loss(&b);
    if (p->has_loss && mode == MODE_TRAIN) {
        build_loss_gradient(&b);
        build_backward(&b);
        build_update(&b);
    }
    mark_shown_only(p);
    free(b.readers);
    return p;
}

struct program *program_create_gradient(const struct net *net, const struct gradient_wish *wish)
{
    struct program *p = program_alloc(net, MODE_EVAL, 0);
    struct builder b = {.p = p, .net = net, .guided = wish->guided};
    count_readers(&b);
    build_forward(&b);
    build_gradient(&b, wish);
    mark_shown_only(p);
    free(b.readers);
    return p;
}

void program_destroy(struct program *p)
{
    if (!p)
        return;
    free(p->tensors);
    free(p->ops);
    arena_deinit(&p->arena);
    free(p);
}

int program_find(const struct program *p, const char *name)
{
    for (int t = 0; t < p->tensor_count; t++)
        if (strcmp(p->tensors[t].name, name) == 0)
            return t;
    return -1;
}

int program_in_role(const struct program *p, int tensor, enum role role)
{
    const struct tensor *of = &p->tensors[tensor];
    for (int t = 0; t < p->tensor_count; t++)
        if (p->tensors[t].role == role && strcmp(p->tensors[t].base, of->base) == 0)
            return t;
    return -1;
}

size_t program_op_cells(const struct program *p, const struct op *op, int n)
{
    const struct tensor *t = &p->tensors[op->out];
    return t->batched ? t->count * (size_t)n : t->count;
}
