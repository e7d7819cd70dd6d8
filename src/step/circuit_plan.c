/* Which part of a large network is in the circuit: the neighbourhood of a cell. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "step/circuit_build.h"

enum {
    LEVELS = 2,       /* back from the centre, */
    TERMS_CENTRE = 6, /* so many terms of it */
    TERMS_BESIDE = 2, /* and so many of other cells */
    USES_MOST = 3,    /* forward; one less after each cell that has several */
    WAYS_MOST = 12
};

static void add_use(struct uses *u, struct cell user, double size, bool once)
{
    for (int k = 0; once && k < u->count; k++)
        if (cell_equal(u->list[k].user, user)) {
            u->list[k].size += size;
            return;
        }
    u->list = mem_grow(u->list, &u->capacity, u->count + 1, sizeof *u->list);
    u->list[u->count++] = (struct use){user, size};
}

/* The gradients that are factors of a gradient's terms belong to what uses the cell. Some hide in
 * inner steps of the way back (a batchnorm's pull, a softmax' excess). */
static void collect(const struct circuit_build *b, struct cell cell, int depth, struct uses *out)
{
    struct formula f = {0};
    formula_of(b->t, cell, &f);
    for (int k = 0; k < f.count; k++)
        for (int j = 0; j < f.terms[k].count; j++) {
            struct cell c = f.terms[k].factor[j].cell;
            if (!cell_is(c))
                continue;
            const struct tensor *t = &b->p->tensors[c.tensor];
            if (t->role == ROLE_VALUE && t->phase == PHASE_BACKWARD && depth < 3)
                collect(b, c, depth + 1, out);
            if (b->value_of[c.tensor] < 0)
                continue;
            double size = fabs(formula_term_value(&f.terms[k]));
            struct cell user = {b->value_of[c.tensor], c.sample, c.index};
            bool softmax = circuit_softmax_of(b->p, user.tensor) >= 0;
            add_use(out, softmax ? circuit_softmax_row(b->p, user) : user, size, softmax);
        }
    formula_deinit(&f);
}

void circuit_uses(const struct circuit_build *b, struct cell cell, struct uses *out)
{
    int grad = b->p->tensors[cell.tensor].grad;
    out->count = 0;
    if (grad >= 0)
        collect(b, (struct cell){grad, cell.sample, cell.index}, 0, out);
}

static struct opened *find_opened(const struct circuit_build *b, struct cell cell)
{
    for (int k = 0; k < b->opened_count; k++)
        if (cell_equal(b->opened[k].cell, cell))
            return &b->opened[k];
    return NULL;
}

const struct opened *circuit_opened(const struct circuit_build *b, struct cell cell)
{
    static const struct opened all = {.most = -1};
    if (!circuit_of_sample(b, cell))
        return NULL;
    return b->whole ? &all : find_opened(b, cell);
}

/* The pointer is good until the next one is opened. */
static struct opened *open_cell(struct circuit_build *b, struct cell cell, int most)
{
    struct opened *o = find_opened(b, cell);
    if (!o) {
        b->opened =
            mem_grow(b->opened, &b->opened_capacity, b->opened_count + 1, sizeof *b->opened);
        o = &b->opened[b->opened_count++];
        *o = (struct opened){.cell = cell};
    }
    o->most = most > o->most ? most : o->most;
    return o;
}

static bool is_must(const struct opened *o, struct cell cell)
{
    for (int k = 0; k < o->must_count; k++)
        if (cell_equal(o->must[k], cell))
            return true;
    return false;
}

static void open_must(struct circuit_build *b, struct cell user, struct cell source)
{
    struct opened *o = open_cell(b, user, TERMS_BESIDE);
    if (!is_must(o, source) && o->must_count < MUST_MOST)
        o->must[o->must_count++] = source;
}

int circuit_choose(const struct opened *o, const double *size, const bool *must, int n, bool *taken)
{
    int shown = 0;
    for (int k = 0; k < n; k++) {
        taken[k] = size[k] >= 0 && (o->most < 0 || must[k]);
        shown += taken[k];
    }
    while (o->most >= 0 && shown < o->most) {
        int best = -1;
        for (int k = 0; k < n; k++)
            if (!taken[k] && size[k] >= 0 && (best < 0 || size[k] > size[best]))
                best = k;
        if (best < 0)
            break;
        taken[best] = true;
        shown++;
    }
    return n - shown;
}

static double size_of(double value)
{
    return isnan(value) ? HUGE_VAL : fabs(value);
}

int circuit_choose_terms(const struct circuit_build *b, const struct opened *o,
                         const struct formula *f, bool *taken)
{
    double *size = mem_zalloc((size_t)f->count + 1, sizeof *size);
    bool *must = mem_zalloc((size_t)f->count + 1, sizeof *must);
    for (int k = 0; k < f->count; k++) {
        double value = formula_term_value(&f->terms[k]);
        size[k] = size_of(f->fn == FN_MAX ? 1 / (1 + (double)f->value - value) : value);
        for (int j = 0; j < f->terms[k].count; j++) {
            struct cell c = f->terms[k].factor[j].cell;
            must[k] = must[k] || is_must(o, c);
            if (cell_is(c) && !circuit_of_sample(b, c))
                size[k] = -1;
        }
    }
    int left = circuit_choose(o, size, must, f->count, taken);
    free(size);
    free(must);
    return left;
}

int circuit_choose_inputs(const struct circuit_build *b, const struct opened *o, struct cell base,
                          int slope, int n, bool *taken)
{
    double *size = mem_zalloc((size_t)n + 1, sizeof *size);
    bool *must = mem_zalloc((size_t)n + 1, sizeof *must);
    for (int k = 0; k < n; k++) {
        struct cell c = {base.tensor, base.sample, base.index + (size_t)k};
        must[k] = is_must(o, c);
        c.tensor = slope >= 0 ? slope : base.tensor;
        size[k] = size_of((double)cell_value(b->t, c));
    }
    int left = circuit_choose(o, size, must, n, taken);
    free(size);
    free(must);
    return left;
}

static bool reads(const struct circuit_build *b, struct cell user, struct cell source)
{
    struct formula f = {0};
    bool found = false;
    formula_of(b->t, user, &f);
    for (int k = 0; k < f.count; k++)
        for (int j = 0; j < f.terms[k].count; j++)
            found = found || cell_equal(f.terms[k].factor[j].cell, source);
    formula_deinit(&f);
    return found;
}

/* From source to user lies one cell without a gradient of its own (σ² + ε): it is opened, too. */
static void open_between(struct circuit_build *b, struct cell user, struct cell source)
{
    struct formula f = {0};
    formula_of(b->t, user, &f);
    for (int k = 0; k < f.count; k++)
        for (int j = 0; j < f.terms[k].count; j++) {
            struct cell c = f.terms[k].factor[j].cell;
            if (!cell_is(c) || !reads(b, c, source))
                continue;
            open_must(b, c, source);
            open_must(b, user, c);
            formula_deinit(&f);
            return;
        }
    formula_deinit(&f);
}

static void open_way(struct circuit_build *b, struct cell user, struct cell source)
{
    if (user.tensor == b->p->loss_each) {
        struct cell in = {b->loss_inputs, source.sample, source.index};
        if (in.tensor != source.tensor)
            open_must(b, in, source);
        open_must(b, user, in);
        return;
    }
    bool block = strstr(b->p->tensors[user.tensor].base, ".max") != NULL;
    if (block || reads(b, user, source))
        open_must(b, user, source);
    else
        open_between(b, user, source);
}

struct ways {
    int count;
    struct cell cell[WAYS_MOST];
};

static void add_way(struct ways *w, struct cell cell)
{
    for (int k = 0; k < w->count; k++)
        if (cell_equal(w->cell[k], cell))
            return;
    if (w->count < WAYS_MOST)
        w->cell[w->count++] = cell;
}

/* On from a user: from a softmax by the outputs that matter most. */
static void add_onward(const struct circuit_build *b, struct ways *w, struct cell user)
{
    const struct tensor *t = &b->p->tensors[user.tensor];
    if (strstr(t->base, ".max") == NULL || t->layer < 0) {
        add_way(w, user);
        return;
    }
    int out = b->p->layer_out[t->layer];
    size_t C = b->p->tensors[out].count / t->count, best = 0;
    for (size_t k = 0; k < C; k++) {
        struct cell at = {b->p->tensors[out].grad, user.sample, user.index * C + k};
        struct cell top = {at.tensor, user.sample, user.index * C + best};
        if (fabsf(cell_value(b->t, at)) > fabsf(cell_value(b->t, top)))
            best = k;
    }
    add_way(w, (struct cell){out, user.sample, user.index * C + best});
}

static int by_size(const void *a, const void *b)
{
    const struct use *x = a, *y = b;
    return x->size < y->size ? 1 : x->size > y->size ? -1 : 0;
}

static void plan_forward(struct circuit_build *b, struct cell centre)
{
    struct ways now = {1, {centre}};
    struct uses uses = {0};
    int width = USES_MOST;
    while (now.count > 0) {
        struct ways next = {0};
        bool forked = false;
        for (int k = 0; k < now.count; k++) {
            circuit_uses(b, now.cell[k], &uses);
            if (uses.count > 1)
                qsort(uses.list, (size_t)uses.count, sizeof *uses.list, by_size);
            forked = forked || uses.count > 1;
            for (int j = 0, taken = 0; j < uses.count && taken < width; j++) {
                if (!circuit_of_sample(b, uses.list[j].user))
                    continue;
                open_way(b, uses.list[j].user, now.cell[k]);
                add_onward(b, &next, uses.list[j].user);
                taken++;
            }
        }
        width -= forked && width > 1;
        now = next;
    }
    free(uses.list);
}

static void plan_back(struct circuit_build *b, struct cell cell, int level);

static void plan_inputs(struct circuit_build *b, struct cell block, struct cell base, int slope,
                        int n, int most, int level)
{
    bool *taken = mem_zalloc((size_t)n + 1, sizeof *taken);
    struct opened o = *open_cell(b, block, most);
    circuit_choose_inputs(b, &o, base, slope, n, taken);
    for (int k = 0; k < n && level > 1; k++)
        if (taken[k])
            plan_back(b, (struct cell){base.tensor, base.sample, base.index + (size_t)k},
                      level - 1);
    free(taken);
}

static void plan_back(struct circuit_build *b, struct cell cell, int level)
{
    const struct program *p = b->p;
    if (cell.tensor == p->input || circuit_is_leaf(p, cell.tensor) || !circuit_of_sample(b, cell))
        return;
    int most = level == LEVELS ? TERMS_CENTRE : TERMS_BESIDE;
    if (circuit_is_combined(b, cell.tensor))
        cell = (struct cell){p->loss_each, cell.sample, 0};
    int softmax = circuit_softmax_of(p, cell.tensor);
    if (softmax >= 0) {
        struct cell row = circuit_softmax_row(p, cell);
        size_t C = p->tensors[cell.tensor].count / p->tensors[row.tensor].count;
        plan_inputs(b, row, (struct cell){p->layer_z[softmax], cell.sample, row.index * C}, -1,
                    (int)C, most, level);
        return;
    }
    if (cell.tensor == p->loss_each) {
        plan_inputs(b, cell, (struct cell){b->loss_inputs, cell.sample, 0}, b->loss_slope,
                    (int)p->tensors[b->loss_inputs].count, most, level);
        return;
    }
    struct formula f = {0};
    formula_of(b->t, cell, &f);
    bool *taken = mem_zalloc((size_t)f.count + 1, sizeof *taken);
    struct opened o = *open_cell(b, cell, most);
    circuit_choose_terms(b, &o, &f, taken);
    int next = f.count > 1 ? level - 1 : level;
    for (int k = 0; k < f.count && next > 0; k++)
        for (int j = 0; j < f.terms[k].count; j++)
            if (taken[k] && cell_is(f.terms[k].factor[j].cell))
                plan_back(b, f.terms[k].factor[j].cell, next);
    free(taken);
    formula_deinit(&f);
}

void circuit_plan(struct circuit_build *b, struct cell centre)
{
    plan_forward(b, centre);
    plan_back(b, centre, LEVELS);
}
