#include "glassnet/step/formula.h"

#include <math.h>
#include <stdlib.h>

#include "step/terms.h"

static bool is_given(enum op_kind kind)
{
    return kind == OP_GIVEN || kind == OP_MASK || kind == OP_TARGET;
}

static enum fn fn_of(const struct op *op)
{
    switch (op->kind) {
    case OP_ELEMENT:
    case OP_REDUCE:
        return op->fn;
    case OP_MAXPOOL:
        return FN_MAX;
    case OP_CONCAT:
        return FN_COPY;
    default:
        return FN_SUM;
    }
}

void formula_of(const struct trace *t, struct cell cell, struct formula *out)
{
    const struct program *p = t->program;
    const struct tensor *tensor = &p->tensors[cell.tensor];
    out->cell = cell;
    out->value = cell_value(t, cell);
    out->count = 0;
    out->given = is_given(p->ops[tensor->first_op].kind);
    out->fn = out->given ? FN_COPY : fn_of(&p->ops[tensor->last_op]);
    for (int k = tensor->first_op; !out->given && k <= tensor->last_op; k++)
        if (p->ops[k].out == cell.tensor)
            terms_of(t, &p->ops[k], cell, out);
}

int formula_count(const struct trace *t, struct cell cell)
{
    const struct program *p = t->program;
    const struct tensor *tensor = &p->tensors[cell.tensor];
    int count = 0;
    for (int k = tensor->first_op; k <= tensor->last_op; k++)
        if (p->ops[k].out == cell.tensor)
            count += terms_of(t, &p->ops[k], cell, NULL);
    return count;
}

void formula_deinit(struct formula *f)
{
    free(f->terms);
    *f = (struct formula){0};
}

/* The factors multiplied from the left, each product rounded. */
static float product_of(const struct formula_term *t, int factors)
{
    float value = t->factor[0].value;
    for (int k = 1; k < factors; k++)
        value *= t->factor[k].value;
    return value;
}

static float join(float sum, const struct formula_term *t)
{
    if (t->count == 1)
        return sum + t->factor[0].value;
    return engine_mac(sum, product_of(t, t->count - 1), t->factor[t->count - 1].value);
}

static float combine(enum fn fn, float a, float value)
{
    switch (fn) {
    case FN_MAX:
        return value > a || isnan(value) ? value : a;
    case FN_MIN:
        return value < a || isnan(value) ? value : a;
    case FN_PRODUCT:
        return a * value;
    case FN_QUOTIENT:
        return a / value;
    default:
        return engine_fn(fn, value);
    }
}

float formula_eval(const struct formula *f, int terms)
{
    float result = 0.0f;
    if (f->given)
        return f->value;
    for (int k = 0; k < terms && k < f->count; k++) {
        const struct formula_term *t = &f->terms[k];
        if (f->fn == FN_SUM)
            result = join(result, t);
        else if (k == 0)
            result = engine_fn(f->count > 1 ? FN_COPY : f->fn, product_of(t, t->count));
        else
            result = combine(f->fn, result, product_of(t, t->count));
    }
    return result;
}

double formula_term_value(const struct formula_term *term)
{
    double value = (double)term->factor[0].value;
    for (int k = 1; k < term->count; k++)
        value *= (double)term->factor[k].value;
    return value;
}

const char *formula_op(const struct formula *f)
{
    return f->given ? "given" : fn_name(f->fn);
}
