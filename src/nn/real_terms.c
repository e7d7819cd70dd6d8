/* OP_ELEMENT and OP_REDUCE: operations that are their formula. Elements run in blocks, factor
 * by factor, so that the inner loops are plain vector loops; each element still sees its terms
 * in their order. */
#include <assert.h>

#include "nn/real.h"

#define BLOCK 256

static real sign_of(real x)
{
    return (real)((x > 0) - (x < 0));
}

/* One factor at one element i of a tensor with `count` numbers a sample and last axis C. */
static real factor_at(const struct buffers *b, const struct factor *f, size_t i, size_t count,
                      size_t C)
{
    if (f->tensor < 0)
        return (real)factor_constant(f, b->program->net, b->n, b->t);
    const real *t = b->at[f->tensor];
    switch (f->reach) {
    case REACH_SAME:
        return t[i];
    case REACH_CHANNEL:
        return t[i % C];
    case REACH_ROW:
        return t[i / C];
    case REACH_SAMPLE:
        return t[i / count];
    case REACH_SAMPLE_CHANNEL:
        return t[i / count * C + i % C];
    case REACH_SCALAR:
        return t[0];
    case REACH_SIGN:
        return sign_of(t[i]);
    case REACH_LABEL: {
        size_t s = i / count;
        const real *label = b->at[b->program->label];
        return t[s * b->program->tensors[f->tensor].count + (size_t)label[s]];
    }
    }
    return 0;
}

/* The factor for elements [i, i + n): a pointer to n numbers, its own or scratch. */
static const real *factor_block(const struct buffers *b, const struct factor *f, size_t i, size_t n,
                                size_t count, size_t C, real *scratch)
{
    if (f->tensor >= 0 && f->reach == REACH_SAME)
        return (const real *)b->at[f->tensor] + i;
    if (f->tensor < 0 || f->reach == REACH_SCALAR) {
        real value = factor_at(b, f, i, count, C);
        for (size_t k = 0; k < n; k++)
            scratch[k] = value;
        return scratch;
    }
    if (f->reach == REACH_CHANNEL) {
        const real *t = b->at[f->tensor];
        size_t c = i % C;
        for (size_t k = 0; k < n; k++) {
            scratch[k] = t[c];
            c = c + 1 == C ? 0 : c + 1;
        }
        return scratch;
    }
    for (size_t k = 0; k < n; k++)
        scratch[k] = factor_at(b, f, i + k, count, C);
    return scratch;
}

/* value[k] = the term's factors multiplied from the left. */
static void term_block(const struct buffers *b, const struct term *t, size_t i, size_t n,
                       size_t count, size_t C, real *value)
{
    real scratch[BLOCK];
    const real *f = factor_block(b, &t->factor[0], i, n, count, C, scratch);
    for (size_t k = 0; k < n; k++)
        value[k] = f[k];
    for (int j = 1; j < t->count; j++) {
        f = factor_block(b, &t->factor[j], i, n, count, C, scratch);
        for (size_t k = 0; k < n; k++)
            value[k] *= f[k];
    }
}

/* sum[k] goes on with the term. */
static void join_block(const struct buffers *b, const struct term *t, size_t i, size_t n,
                       size_t count, size_t C, real *sum)
{
    real left[BLOCK], scratch[BLOCK];
    if (t->count == 1) {
        const real *f = factor_block(b, &t->factor[0], i, n, count, C, scratch);
        for (size_t k = 0; k < n; k++)
            sum[k] += f[k];
        return;
    }
    struct term head = *t;
    head.count--;
    term_block(b, &head, i, n, count, C, left);
    const real *f = factor_block(b, &t->factor[t->count - 1], i, n, count, C, scratch);
    for (size_t k = 0; k < n; k++)
        sum[k] = mac(sum[k], left[k], f[k]);
}

real REAL_NAME(real_fn)(enum fn fn, real x)
{
    switch (fn) {
    case FN_SQRT:
        return real_sqrt(x);
    case FN_EXP:
        return real_exp(x);
    case FN_LOG:
        return real_log(x);
    case FN_NEG:
        return -x;
    case FN_SIGMOID:
        return real_sigmoid(x);
    case FN_TANH:
        return real_tanh(x);
    case FN_RELU:
        return x > 0 || x != x ? x : 0;
    case FN_LEAKY_RELU:
        return x > 0 || x != x ? x : (real)0.01 * x;
    case FN_ELU:
        return x > 0 || x != x ? x : real_expm1(x);
    case FN_SOFTPLUS:
        return real_softplus(x);
    case FN_STEP:
        return x != x ? x : (real)(x > 0);
    default:
        return x;
    }
}

/* One function over a block; a loop a function, so that each can be a vector loop. */
static void fn_block(enum fn fn, real *x, size_t n)
{
    switch (fn) {
#define LOOP(name)                                                                                 \
    case name:                                                                                     \
        for (size_t k = 0; k < n; k++)                                                             \
            x[k] = REAL_NAME(real_fn)(name, x[k]);                                                 \
        break;
        LOOP(FN_SQRT)
        LOOP(FN_EXP)
        LOOP(FN_LOG)
        LOOP(FN_NEG)
        LOOP(FN_SIGMOID)
        LOOP(FN_TANH)
        LOOP(FN_RELU)
        LOOP(FN_LEAKY_RELU)
        LOOP(FN_ELU)
        LOOP(FN_SOFTPLUS)
        LOOP(FN_STEP)
#undef LOOP
    default:
        break;
    }
}

/* Joins the value of a further term under max, min, product or quotient. */
static void combine_block(enum fn fn, real *out, const real *value, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        real a = out[k], v = value[k];
        switch (fn) {
        case FN_MAX:
            out[k] = v > a || v != v ? v : a;
            break;
        case FN_MIN:
            out[k] = v < a || v != v ? v : a;
            break;
        case FN_PRODUCT:
            out[k] = a * v;
            break;
        case FN_QUOTIENT:
            out[k] = a / v;
            break;
        default:
            break;
        }
    }
}

static void element_block(const struct buffers *b, const struct op *op, real *out, size_t i,
                          size_t n, size_t count, size_t C)
{
    real result[BLOCK], value[BLOCK];
    if (op->fn == FN_SUM) {
        for (size_t k = 0; k < n; k++)
            result[k] = op->add ? out[i + k] : 0;
        for (int t = 0; t < op->term_count; t++)
            join_block(b, &op->terms[t], i, n, count, C, result);
    } else {
        term_block(b, &op->terms[0], i, n, count, C, result);
        for (int t = 1; t < op->term_count; t++) {
            term_block(b, &op->terms[t], i, n, count, C, value);
            combine_block(op->fn, result, value, n);
        }
        if (op->term_count == 1)
            fn_block(op->fn, result, n);
    }
    for (size_t k = 0; k < n; k++)
        out[i + k] = result[k];
}

void REAL_NAME(real_terms)(const struct buffers *b, const struct op *op, size_t begin, size_t end)
{
    const struct tensor *t = &b->program->tensors[op->out];
    size_t C = t->shape.rank ? (size_t)t->shape.dim[t->shape.rank - 1] : 1;
    for (size_t i = begin; i < end; i += BLOCK)
        element_block(b, op, b->at[op->out], i, end - i < BLOCK ? end - i : BLOCK, t->count, C);
}

/* Adds (or takes the max of) all terms at element i of the domain. */
static real reduce_step(const struct buffers *b, const struct op *op, real acc, bool first,
                        size_t i, size_t count, size_t C)
{
    for (int k = 0; k < op->term_count; k++) {
        const struct term *t = &op->terms[k];
        real left = factor_at(b, &t->factor[0], i, count, C);
        for (int j = 1; j + 1 < t->count; j++)
            left *= factor_at(b, &t->factor[j], i, count, C);
        if (op->fn == FN_MAX)
            acc = first || left > acc || left != left ? left : acc;
        else if (t->count == 1)
            acc += left;
        else
            acc = mac(acc, left, factor_at(b, &t->factor[t->count - 1], i, count, C));
    }
    return acc;
}

void REAL_NAME(real_reduce)(const struct buffers *b, const struct op *op, size_t begin, size_t end)
{
    const struct tensor *d = &b->program->tensors[op->domain];
    size_t C = d->shape.rank ? (size_t)d->shape.dim[d->shape.rank - 1] : 1;
    size_t total = d->batched ? d->count * (size_t)b->n : d->count;
    size_t first_axis = d->shape.rank ? (size_t)d->shape.dim[0] : 1;
    real *out = b->at[op->out];
    for (size_t j = begin; j < end; j++) {
        size_t i = 0, step = 1, steps = 0;
        switch (op->group) {
        case GROUP_LAST:
            i = j * C, steps = C;
            break;
        case GROUP_LEAD:
            i = j, step = C, steps = total / C;
            break;
        case GROUP_SPACE:
            i = j / C * d->count + j % C, step = C, steps = d->count / C;
            break;
        case GROUP_ALL:
            i = j * d->count, steps = d->count;
            break;
        case GROUP_BATCH:
            i = 0, steps = total;
            break;
        case GROUP_ROWS:
            steps = d->count / first_axis, i = j * steps;
            break;
        }
        real acc = op->add ? out[j] : 0;
        for (size_t k = 0; k < steps; k++, i += step)
            acc = reduce_step(b, op, acc, k == 0, i, d->count, C);
        out[j] = acc;
    }
}
