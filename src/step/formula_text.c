/* Formulas in words and signs: symbols for people, numbers for people, and where they are from. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "glassnet/step/formula.h"

/* Text being put together; what does not fit is cut. */
struct line {
    char *out;
    size_t size, used;
};

static void put(struct line *l, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(struct line *l, const char *format, ...)
{
    va_list args;
    if (l->used + 1 >= l->size)
        return;
    va_start(args, format);
    int n = vsnprintf(l->out + l->used, l->size - l->used, format, args);
    va_end(args);
    l->used += n > 0 ? (size_t)n : 0;
    if (l->used >= l->size)
        l->used = l->size - 1;
}

/* A tensor as it is written in formulas: ∂L/∂conv1.z */
static const char *shown(const struct trace *t, int tensor, char *out, size_t size)
{
    const struct tensor *of = &t->program->tensors[tensor];
    snprintf(out, size, "%s%s", of->role == ROLE_GRAD ? "∂L/∂" : role_prefix(of->role), of->base);
    return out;
}

/* "9+u", "u", "u−1": a place that moves on with a letter. */
static void put_onward(struct line *l, int base, const char *letter)
{
    if (base > 0)
        put(l, "%d+%s", base, letter);
    else if (base == 0)
        put(l, "%s", letter);
    else
        put(l, "%s−%d", letter, -base);
}

/* "9−u", "(9−u)/2": the output that a place came from. */
static void put_backward(struct line *l, int base, const char *letter, int stride)
{
    if (stride > 1)
        put(l, "(%d−%s)/%d", base, letter, stride);
    else
        put(l, "%d−%s", base, letter);
}

static void conv_symbols(struct line *l, const struct trace *t, const struct op *op,
                         const struct formula *f)
{
    const struct layer *layer = &t->program->net->layers[op->layer];
    char x[128], W[128], b[128];
    int i[3];
    shape_unflatten(&layer->out, f->cell.index, i);
    put(l, "%s[%d] + Σᵤ,ᵥ,c %s[%d,u,v,c]·%s[", shown(t, op->in[2], b, sizeof b), i[2],
        shown(t, op->in[1], W, sizeof W), i[2], shown(t, op->in[0], x, sizeof x));
    put_onward(l, i[0] * layer->stride - layer->pad_top, "u");
    put(l, ",");
    put_onward(l, i[1] * layer->stride_w - layer->pad_left, "v");
    put(l, ",c]");
}

static void conv_dx_symbols(struct line *l, const struct trace *t, const struct op *op,
                            const struct formula *f)
{
    const struct layer *layer = &t->program->net->layers[op->layer];
    char dz[128], W[128];
    int i[3];
    shape_unflatten(&layer->in, f->cell.index, i);
    put(l, "Σₖ,ᵤ,ᵥ %s[", shown(t, op->in[0], dz, sizeof dz));
    put_backward(l, i[0] + layer->pad_top, "u", layer->stride);
    put(l, ",");
    put_backward(l, i[1] + layer->pad_left, "v", layer->stride_w);
    put(l, ",k]·%s[k,u,v,%d]", shown(t, op->in[1], W, sizeof W), i[2]);
}

/* "p", "2p" */
static void times(char *out, size_t size, int stride, const char *letter)
{
    if (stride > 1)
        snprintf(out, size, "%d%s", stride, letter);
    else
        snprintf(out, size, "%s", letter);
}

static void conv_dw_symbols(struct line *l, const struct trace *t, const struct op *op,
                            const struct formula *f)
{
    const struct layer *layer = &t->program->net->layers[op->layer];
    char dz[128], x[128], p[16], q[16];
    int i[4];
    shape_unflatten(&t->program->tensors[f->cell.tensor].shape, f->cell.index, i);
    times(p, sizeof p, layer->stride, "p");
    times(q, sizeof q, layer->stride_w, "q");
    put(l, "Σ%sp,q %s[p,q,%d]·%s[", t->n > 1 ? "s," : "", shown(t, op->in[0], dz, sizeof dz), i[0],
        shown(t, op->in[1], x, sizeof x));
    put_onward(l, i[1] - layer->pad_top, p);
    put(l, ",");
    put_onward(l, i[2] - layer->pad_left, q);
    put(l, ",%d]", i[3]);
}

static void dense_symbols(struct line *l, const struct trace *t, const struct op *op,
                          const struct formula *f)
{
    char a[128], b[128], c[128];
    int n_in = t->program->net->layers[op->layer].in.dim[0];
    int at = (int)f->cell.index;
    shown(t, op->in[0], a, sizeof a);
    shown(t, op->in[1], b, sizeof b);
    if (op->kind == OP_DENSE)
        put(l, "%s[%d] + Σᵢ %s[%d,i]·%s[i]", shown(t, op->in[2], c, sizeof c), at, b, at, a);
    else if (op->kind == OP_DENSE_DX)
        put(l, "Σₒ %s[o]·%s[o,%d]", a, b, at);
    else
        put(l, "%s%s[%d]·%s[%d]", t->n > 1 ? "Σₛ " : "", a, at / n_in, b, at % n_in);
}

static void put_factor(struct line *l, const struct trace *t, const struct formula_factor *f)
{
    char name[192];
    if (cell_is(f->cell))
        put(l, "%s", cell_title(t->program, f->cell, name, sizeof name));
    else if (f->symbol)
        put(l, "%s", f->symbol);
    else
        put(l, f->value < 0 ? "−%g" : "%g", fabs((double)f->value));
}

/* A term; a leading constant −1 becomes a minus. Returns nothing; first says whether it begins
 * the line. */
static void put_term(struct line *l, const struct trace *t, const struct formula_term *term,
                     bool first)
{
    const struct formula_factor *f = term->factor;
    bool minus = term->count > 1 && !cell_is(f[0].cell) && !f[0].symbol && f[0].value == -1.0f;
    put(l, "%s", minus ? (first ? "−" : " − ") : (first ? "" : " + "));
    for (int k = minus ? 1 : 0; k < term->count; k++) {
        if (k > (minus ? 1 : 0))
            put(l, "·");
        put_factor(l, t, &f[k]);
    }
}

#define SYMBOLS_MOST 6 /* terms written out before "…" */

static void sum_symbols(struct line *l, const struct trace *t, const struct formula *f)
{
    if (f->count == 0)
        put(l, "0");
    for (int k = 0; k < f->count; k++) {
        if (f->count > SYMBOLS_MOST && k == 3) {
            put(l, " + …");
            k = f->count - 1;
        }
        put_term(l, t, &f->terms[k], k == 0);
    }
}

static void list_symbols(struct line *l, const struct trace *t, const struct formula *f,
                         const char *between)
{
    for (int k = 0; k < f->count; k++) {
        if (f->count > SYMBOLS_MOST && k == 3) {
            put(l, "%s…", between);
            k = f->count - 1;
        }
        put(l, "%s", k ? between : "");
        put_term(l, t, &f->terms[k], true);
    }
}

static void fn_symbols(struct line *l, const struct trace *t, const struct formula *f)
{
    switch (f->fn) {
    case FN_SUM:
        sum_symbols(l, t, f);
        return;
    case FN_PRODUCT:
        list_symbols(l, t, f, " · ");
        return;
    case FN_QUOTIENT:
        list_symbols(l, t, f, " / ");
        return;
    case FN_COPY:
        list_symbols(l, t, f, ", ");
        return;
    case FN_NEG:
        put(l, "−");
        list_symbols(l, t, f, ", ");
        return;
    default:
        put(l, "%s(", f->fn == FN_SQRT ? "√" : fn_name(f->fn));
        list_symbols(l, t, f, ", ");
        put(l, ")");
    }
}

/* Given cells: what they are. */
static void given_symbols(struct line *l, const struct trace *t, const struct formula *f)
{
    const struct program *p = t->program;
    const struct tensor *of = &p->tensors[f->cell.tensor];
    const char *off = p->net->loss == LOSS_HINGE ? "−1" : "0";
    bool target = p->ops[of->first_op].kind == OP_TARGET;
    if (target && !p->targets && of->count > 1)
        put(l, _("1 where the label is %zu, else %s"), f->cell.index, off);
    else if (target && !p->targets)
        put(l, _("1 for class 1, %s for class 0"), off);
    else if (target)
        put(l, _("the label's number"));
    else if (p->ops[of->first_op].kind == OP_MASK)
        put(l, "drawn: 0, or 1/(1−rate)");
    else if (of->is_param)
        put(l, _("a parameter: what learning changes"));
    else if (f->cell.tensor == p->input)
        put(l, _("given: a number of the sample"));
    else if (f->cell.tensor == p->label)
        put(l, _("given: the sample's label"));
    else if (of->role != ROLE_VALUE)
        put(l, _("kept from the step before"));
    else
        put(l, _("given: set for the training"));
}

char *formula_symbolic(const struct trace *t, const struct formula *f, char *out, size_t size)
{
    const struct program *p = t->program;
    const struct tensor *of = &p->tensors[f->cell.tensor];
    const struct op *op = &p->ops[of->last_op];
    struct line l = {out, size, 0};
    bool whole = of->first_op == of->last_op; /* one operation fills it */
    out[0] = 0;
    if (f->given)
        given_symbols(&l, t, f);
    else if (whole && op->kind == OP_CONV)
        conv_symbols(&l, t, op, f);
    else if (whole && op->kind == OP_CONV_DX)
        conv_dx_symbols(&l, t, op, f);
    else if (whole && op->kind == OP_CONV_DW)
        conv_dw_symbols(&l, t, op, f);
    else if (whole && (op->kind == OP_DENSE || op->kind == OP_DENSE_DX ||
                       (op->kind == OP_DENSE_DW && f->count > 1)))
        dense_symbols(&l, t, op, f);
    else
        fn_symbols(&l, t, f);
    return out;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return fabs(*x) < fabs(*y) ? 1 : fabs(*x) > fabs(*y) ? -1 : 0;
}

/* The magnitude a term must have to be among the `most` largest. */
static double smallest_shown(const struct formula *f, int most)
{
    double *values = mem_zalloc((size_t)f->count + 1, sizeof *values);
    for (int k = 0; k < f->count; k++)
        values[k] = formula_term_value(&f->terms[k]);
    qsort(values, (size_t)f->count, sizeof *values, by_size);
    double limit = f->count > most && most > 0 ? fabs(values[most - 1]) : 0;
    free(values);
    return limit;
}

static void put_numbers(struct line *l, const struct formula_term *t)
{
    bool brackets = false;
    for (int k = 0; k < t->count; k++)
        brackets = brackets || t->factor[k].value < 0;
    put(l, "%s", brackets ? "(" : "");
    for (int k = 0; k < t->count; k++)
        put(l, "%s%.4g", k ? "*" : "", (double)t->factor[k].value);
    put(l, "%s", brackets ? ")" : "");
}

char *formula_numeric(const struct formula *f, int most, char *out, size_t size)
{
    struct line l = {out, size, 0};
    const char *between = f->fn == FN_SUM        ? " + "
                          : f->fn == FN_PRODUCT  ? " * "
                          : f->fn == FN_QUOTIENT ? " / "
                                                 : ", ";
    bool call = f->fn != FN_SUM && f->fn != FN_PRODUCT && f->fn != FN_QUOTIENT && f->fn != FN_COPY;
    out[0] = 0;
    if (f->given || f->count == 0) {
        put(&l, "%.9g", (double)f->value);
        return out;
    }
    double limit = smallest_shown(f, most);
    int shown_count = 0;
    put(&l, "%s", call ? fn_name(f->fn) : "");
    put(&l, "%s", call ? "(" : "");
    for (int k = 0; k < f->count && (most <= 0 || shown_count < most); k++) {
        if (!(fabs(formula_term_value(&f->terms[k])) >= limit) && f->count > most && most > 0)
            continue;
        put(&l, "%s", shown_count++ ? between : "");
        put_numbers(&l, &f->terms[k]);
    }
    if (shown_count < f->count)
        put(&l, _("%s… %d more"), between, f->count - shown_count);
    put(&l, "%s", call ? ")" : "");
    return out;
}

/* Is the activation's slope 0 at every place of this sample? */
static bool slope_is_zero(const struct trace *t, const struct formula *f)
{
    const struct program *p = t->program;
    const struct tensor *of = &p->tensors[f->cell.tensor];
    char name[160];
    if (of->layer < 0 || !of->batched || of->phase != PHASE_BACKWARD)
        return false;
    snprintf(name, sizeof name, "%s.slope", p->net->layers[of->layer].name);
    int slope = program_find(p, name);
    if (slope < 0 ||
        (slope != f->cell.tensor && of->grad != slope && p->ops[of->last_op].kind != OP_ELEMENT))
        return false;
    size_t count = p->tensors[slope].count;
    const float *at = trace_tensor(t, slope) + (size_t)f->cell.sample * count;
    for (size_t i = 0; i < count; i++)
        if (at[i] != 0)
            return false;
    return true;
}

/* What is to be said of a derivative that the engine goes round, and of numbers that are none. */
static const char *special_note(const struct trace *t, const struct formula *f)
{
    const struct tensor *of = &t->program->tensors[f->cell.tensor];
    const struct op *op = &t->program->ops[of->last_op];
    bool other_road = op->shown_only && op->phase == PHASE_BACKWARD && op->layer < 0;
    if (other_road && isinf(f->value))
        return _("infinite: something is divided by 0; not used, the combined derivative is");
    if (other_road && isnan(f->value))
        return _("no number: 0 is divided by 0 or meets infinity; not used, the combined "
                 "derivative is");
    if (other_road)
        return _("the other road: not used, the combined derivative is");
    if (slope_is_zero(t, f))
        return _("the slope is 0 here, so nothing before this layer learns");
    return NULL;
}

const char *formula_note(const struct trace *t, const struct formula *f)
{
    const struct tensor *of = &t->program->tensors[f->cell.tensor];
    const char *special = special_note(t, f);
    if (special)
        return special;
    switch (t->program->ops[of->last_op].kind) {
    case OP_GIVEN:
        return _("given from outside; nothing computes it in this pass");
    case OP_MASK:
        return _("dropout: drawn from the seed, the step, the layer, the sample and the place");
    case OP_TARGET:
        return _("the label as the numbers the outputs should reach");
    case OP_DENSE:
        return _("dense: from the bias, then inputs in order");
    case OP_DENSE_DX:
        return _("back through dense: every unit's blame times its weight");
    case OP_DENSE_DW:
        return _("weight's gradient: blame of the unit times the input");
    case OP_CONV:
        return _("convolution: the kernel laid on its patch, from the bias, row by row");
    case OP_CONV_DX:
        return _("back through the convolution: every place this number fed");
    case OP_CONV_DW:
        return _("kernel's gradient: summed over every place the kernel was laid");
    case OP_MAXPOOL:
        return _("max pooling: the largest of the window, the first of equals");
    case OP_MAXPOOL_DX:
        return _("back through max pooling: only a winner gets the blame");
    case OP_AVGPOOL:
        return _("average pooling: the mean of the window");
    case OP_AVGPOOL_DX:
        return _("back through average pooling: an equal share of the blame");
    case OP_CONCAT:
    case OP_CONCAT_DX:
        return _("concatenate: the same number, in its new place");
    case OP_REDUCE:
        return _("a sum over a group of numbers, in order");
    default:
        break;
    }
    return of->role == ROLE_GRAD ? _("chain rule") : "";
}
