/* Local slopes of gates, and from them the gradient of every wire. */
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "step/circuit_build.h"

struct formula_factor circuit_factor(const struct circuit_build *b, struct cell cell)
{
    return (struct formula_factor){.cell = cell, .value = cell_value(b->t, cell)};
}

struct formula_factor circuit_constant(double value, const char *symbol)
{
    return (struct formula_factor){.cell = CELL_NONE, .value = (float)value, .symbol = symbol};
}

struct slope slope_one(void)
{
    return (struct slope){.known = true, .value = 1};
}

void slope_times(struct slope *s, struct formula_factor f)
{
    s->factor[s->count++] = f;
    s->value *= (double)f.value;
}

static void slope_over(struct slope *s, struct formula_factor f)
{
    s->over = true;
    s->divisor = f;
    s->value /= (double)f.value;
}

struct slope slope_of_cell(const struct circuit_build *b, struct cell cell)
{
    struct slope s = slope_one();
    if (cell.tensor < 0)
        return (struct slope){0};
    slope_times(&s, circuit_factor(b, cell));
    return s;
}

/* The first of equals wins, as in the kernel. */
static bool is_winner(const struct formula *f, int term)
{
    for (int k = 0; k < f->count; k++) {
        float value = f->terms[k].factor[0].value;
        if (value == f->value || (value != value && f->value != f->value))
            return k == term;
    }
    return false;
}

static struct slope of_activation(const struct circuit_build *b, struct cell out)
{
    char name[256];
    int l = b->p->tensors[out.tensor].layer;
    if (l < 0 || b->p->layer_out[l] != out.tensor)
        return (struct slope){0};
    snprintf(name, sizeof name, "%s.slope", b->p->net->layers[l].name);
    return slope_of_cell(b, (struct cell){program_find(b->p, name), out.sample, out.index});
}

struct slope slope_of_fn(const struct circuit_build *b, const struct formula *f, int term)
{
    struct slope s = slope_one();
    switch (f->fn) {
    case FN_COPY:
        break;
    case FN_NEG:
        slope_times(&s, circuit_constant(-1, NULL));
        break;
    case FN_SQRT:
        slope_times(&s, circuit_constant(0.5, "½"));
        slope_over(&s, circuit_factor(b, f->cell));
        break;
    case FN_EXP:
        slope_times(&s, circuit_factor(b, f->cell));
        break;
    case FN_LOG:
        slope_over(&s, f->terms[0].factor[0]);
        break;
    case FN_QUOTIENT:
        if (term == 1) {
            slope_times(&s, circuit_constant(-1, NULL));
            slope_times(&s, circuit_factor(b, f->cell));
        }
        slope_over(&s, f->terms[1].factor[0]);
        break;
    case FN_MAX:
        if (!is_winner(f, term))
            slope_times(&s, circuit_constant(0, NULL));
        break;
    default:
        return of_activation(b, f->cell);
    }
    return s;
}

static bool is_one(const struct slope *s)
{
    return s->known && s->count == 0 && !s->over;
}

static struct gradient of_cell(const struct circuit_build *b, int tensor, struct cell cell,
                               enum blame how)
{
    cell.tensor = tensor;
    return (struct gradient){how, cell, (double)cell_value(b->t, cell)};
}

/* What comes back through a wire from the gate it goes into. */
static struct gradient through(const struct circuit *c, const struct wire *w)
{
    struct gradient g = c->gates[w->to].grad;
    if (g.how == BLAME_NONE || !w->slope.known)
        return (struct gradient){.cell = CELL_NONE};
    if (is_one(&w->slope)) {
        g.how = g.how == BLAME_TERM ? BLAME_TERM : BLAME_HANDED;
        return g;
    }
    if (g.how == BLAME_TERM)
        return (struct gradient){.cell = CELL_NONE};
    return (struct gradient){BLAME_TERM, g.cell, g.value * w->slope.value};
}

static int uses_in(const struct circuit *c, struct cell cell)
{
    int uses = 0;
    for (int g = circuit_find(c, cell, 0); g >= 0; g = circuit_find(c, cell, g + 1))
        uses += c->gates[g].uses;
    return uses;
}

/* Uses that the gradient's formula has no term for: in a window where another number was larger. */
static int uses_lost(const struct circuit *c, struct cell cell)
{
    int lost = 0;
    for (int k = 0; k < c->wire_count; k++) {
        const struct slope *s = &c->wires[k].slope;
        if (s->known && s->count == 1 && !cell_is(s->factor[0].cell) && s->factor[0].value == 0)
            lost += cell_equal(c->gates[c->wires[k].from].cell, cell);
    }
    return lost;
}

/* An addition's result has the gradient of what goes into it unchanged and nowhere else. */
static bool take_from_inputs(const struct circuit *c, struct gate *g)
{
    for (int k = g->first; k < g->first + g->count; k++) {
        const struct gate *from = &c->gates[c->wires[k].from];
        if (is_one(&c->wires[k].slope) && from->uses + from->uses_left_out == 1 &&
            from->grad.how == BLAME_CELL) {
            g->grad = from->grad;
            g->grad.how = BLAME_HANDED;
            return true;
        }
    }
    return false;
}

/* Gates that are cells with a gradient of their own; how often each is used in all. */
static void own_gradients(struct circuit_build *b)
{
    struct circuit *c = b->c;
    struct uses uses = {0};
    for (int i = 0; i < c->gate_count; i++) {
        struct gate *g = &c->gates[i];
        g->grad = (struct gradient){.cell = CELL_NONE};
        if (!cell_is(g->cell) || b->p->tensors[g->cell.tensor].grad < 0)
            continue;
        g->grad = of_cell(b, b->p->tensors[g->cell.tensor].grad, g->cell, BLAME_CELL);
        if (g->kind == GATE_TAP)
            continue;
        circuit_uses(b, g->cell, &uses);
        int left = uses.count - uses_in(c, g->cell) + uses_lost(c, g->cell);
        g->uses_left_out = left > 0 ? left : 0;
    }
    free(uses.list);
}

void circuit_gradients(struct circuit_build *b)
{
    struct circuit *c = b->c;
    int *only = mem_zalloc((size_t)c->gate_count + 1, sizeof *only);
    for (int k = 0; k < c->wire_count; k++)
        only[c->wires[k].from] = k;
    own_gradients(b);
    for (int i = c->gate_count - 1; i >= 0; i--) {
        struct gate *g = &c->gates[i];
        bool given = g->kind == GATE_GIVEN || g->kind == GATE_BLOCK || g->kind == GATE_MORE;
        if (g->grad.how == BLAME_NONE && !given && !take_from_inputs(c, g) && g->uses == 1 &&
            g->uses_left_out == 0)
            g->grad = through(c, &c->wires[only[i]]);
        for (int k = g->first; k < g->first + g->count; k++) {
            struct wire *w = &c->wires[k];
            const struct gate *from = &c->gates[w->from];
            bool alone = from->uses + from->uses_left_out == 1 && uses_in(c, from->cell) <= 1;
            bool free = from->kind == GATE_GIVEN && from->grad.how == BLAME_NONE;
            if (free || g->kind == GATE_TAP)
                w->grad = (struct gradient){.cell = CELL_NONE};
            else if (alone && from->grad.how == BLAME_CELL)
                w->grad = from->grad;
            else
                w->grad = through(c, w);
        }
    }
    free(only);
}
