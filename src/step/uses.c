#include "glassnet/step/uses.h"

#include <math.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"

/* The tensor whose gradient this is; -1: none's. */
static int value_of(const struct program *p, int gradient)
{
    for (int i = 0; i < p->tensor_count; i++)
        if (p->tensors[i].grad == gradient)
            return i;
    return -1;
}

/* A step of the way back that is no gradient itself: a batchnorm's pull, a softmax' excess. */
static bool is_inner_step(const struct program *p, int tensor)
{
    const struct tensor *t = &p->tensors[tensor];
    return t->role == ROLE_VALUE && t->phase == PHASE_BACKWARD && tensor != p->loss;
}

/* One use, from `count` terms: one of a sum, or all of a product or a quotient. */
static struct cell_use use_of(const struct trace *t, const struct formula_term *terms, int count,
                              bool quotient)
{
    const struct program *p = t->program;
    struct cell_use u = {.user = {p->loss, 0, 0}, .gradient = CELL_NONE, .slope = 1};
    struct cell inner = CELL_NONE;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < terms[i].count; k++) {
            const struct formula_factor *f = &terms[i].factor[k];
            bool gradient = cell_is(f->cell) && value_of(p, f->cell.tensor) >= 0;
            if (gradient && !cell_is(u.gradient)) {
                u.gradient = u.user = f->cell;
                u.user.tensor = value_of(p, f->cell.tensor);
                continue;
            }
            if (cell_is(f->cell) && !cell_is(inner) && is_inner_step(p, f->cell.tensor))
                inner = f->cell;
            if (quotient && i > 0)
                u.slope /= (double)f->value;
            else
                u.slope *= (double)f->value;
        }
    if (!cell_is(u.gradient) && cell_is(inner))
        u.user = inner;
    return u;
}

void cell_uses_of(const struct trace *t, struct cell cell, struct cell_uses *out)
{
    struct formula f = {0};
    out->count = 0;
    out->total = CELL_NONE;
    if (!cell_is(cell) || t->program->tensors[cell.tensor].grad < 0)
        return;
    out->total = cell;
    out->total.tensor = t->program->tensors[cell.tensor].grad;
    formula_of(t, out->total, &f);
    out->list = mem_grow(out->list, &out->capacity, f.count + 1, sizeof *out->list);
    for (int k = 0; f.fn == FN_SUM && k < f.count; k++) {
        out->list[out->count] = use_of(t, &f.terms[k], 1, false);
        out->list[out->count++].share = formula_term_value(&f.terms[k]);
    }
    if (f.fn != FN_SUM && f.count > 0) {
        out->list[out->count] = use_of(t, f.terms, f.count, f.fn == FN_QUOTIENT);
        out->list[out->count++].share = (double)f.value;
    }
    formula_deinit(&f);
}

void cell_uses_deinit(struct cell_uses *u)
{
    free(u->list);
    *u = (struct cell_uses){.total = CELL_NONE};
}

int cell_uses_largest(const struct cell_uses *u)
{
    int best = -1;
    for (int k = 0; k < u->count; k++) {
        if (isnan(u->list[k].share))
            return k;
        if (best < 0 || fabs(u->list[k].share) > fabs(u->list[best].share))
            best = k;
    }
    return best;
}
