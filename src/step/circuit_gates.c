/* Gates from formulas: a product for each term of a sum, the gate that joins them, activations,
 * and blocks for what the way back takes as one. */
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "step/circuit_build.h"

/* Wires into a gate that is being made. */
struct inputs {
    struct wire *list; /* owned until the gate takes them over */
    int count, capacity;
};

static void put_input(struct inputs *in, int from, struct slope slope)
{
    in->list = mem_grow(in->list, &in->capacity, in->count + 1, sizeof *in->list);
    in->list[in->count++] = (struct wire){.from = from, .slope = slope};
}

static int put_gate(struct circuit_build *b, struct gate gate, struct inputs *in)
{
    struct circuit *c = b->c;
    int at = c->gate_count;
    c->gates = mem_grow(c->gates, &c->gate_capacity, at + 1, sizeof *c->gates);
    gate.first = c->wire_count;
    for (int k = 0; in && k < in->count; k++) {
        c->wires = mem_grow(c->wires, &c->wire_capacity, c->wire_count + 1, sizeof *c->wires);
        struct wire w = in->list[k];
        w.to = at;
        c->gates[w.from].uses += gate.kind != GATE_TAP;
        c->wires[c->wire_count++] = w;
    }
    gate.count = c->wire_count - gate.first;
    c->gates[c->gate_count++] = gate;
    if (in)
        free(in->list);
    return at;
}

static unsigned hash_of(struct cell cell, int unit)
{
    uint64_t h = (uint64_t)cell.index * 0x9e3779b97f4a7c15u;
    h ^= (uint64_t)(unsigned)cell.tensor * 0xc2b2ae3d27d4eb4fu;
    h ^= (uint64_t)(unsigned)(unit + 1) * 0x165667b19e3779f9u + (uint64_t)(unsigned)cell.sample;
    return (unsigned)(h ^ (h >> 29));
}

static struct entry *entry_at(struct entry *list, int size, struct cell cell, int unit)
{
    unsigned at = hash_of(cell, unit) & (unsigned)(size - 1);
    while (cell_is(list[at].cell) && !(cell_equal(list[at].cell, cell) && list[at].unit == unit))
        at = (at + 1) & (unsigned)(size - 1);
    return &list[at];
}

static void grow_entries(struct circuit_build *b)
{
    int size = b->entry_size ? 2 * b->entry_size : 256;
    struct entry *list = mem_zalloc((size_t)size, sizeof *list);
    for (int k = 0; k < size; k++)
        list[k].cell = CELL_NONE;
    for (int k = 0; k < b->entry_size; k++)
        if (cell_is(b->entries[k].cell))
            *entry_at(list, size, b->entries[k].cell, b->entries[k].unit) = b->entries[k];
    free(b->entries);
    b->entries = list;
    b->entry_size = size;
}

static void remember(struct circuit_build *b, struct cell cell, int unit, int gate)
{
    if (2 * (b->entry_count + 1) > b->entry_size)
        grow_entries(b);
    *entry_at(b->entries, b->entry_size, cell, unit) = (struct entry){cell, unit, gate};
    b->entry_count++;
}

static int known_gate(const struct circuit_build *b, struct cell cell, int unit)
{
    if (b->entry_size == 0)
        return -1;
    const struct entry *e = entry_at(b->entries, b->entry_size, cell, unit);
    return cell_is(e->cell) ? e->gate : -1;
}

static int unit_of(struct circuit_build *b, struct cell cell)
{
    struct circuit *c = b->c;
    const struct tensor *t = &b->p->tensors[cell.tensor];
    struct circuit_unit u = {.layer = t->layer};
    if (t->layer >= 0 && b->p->net->layers[t->layer].kind == LAYER_BATCHNORM) {
        /* a channel's numbers and its statistics go to and fro: they are one unit */
        u.index = cell.index % (size_t)t->shape.dim[t->shape.rank - 1];
    } else if (t->layer >= 0) {
        u.inner = !t->batched || t->count != shape_count(&b->p->net->layers[t->layer].out);
        u.index = cell.index;
    }
    for (int k = 0; k < c->unit_count; k++)
        if (c->units[k].layer == u.layer && c->units[k].inner == u.inner &&
            c->units[k].index == u.index)
            return k;
    c->units = mem_grow(c->units, &c->unit_capacity, c->unit_count + 1, sizeof *c->units);
    c->units[c->unit_count] = u;
    return c->unit_count++;
}

static int constant_gate(struct circuit_build *b, struct formula_factor f, int unit)
{
    struct gate g = {.kind = GATE_GIVEN,
                     .cell = CELL_NONE,
                     .sum = CELL_NONE,
                     .value = (double)f.value,
                     .constant = f.value,
                     .symbol = f.symbol,
                     .unit = unit};
    return put_gate(b, g, NULL);
}

static void put_more(struct circuit_build *b, struct inputs *in, int left, int unit)
{
    if (left <= 0)
        return;
    struct gate g = {
        .kind = GATE_MORE, .cell = CELL_NONE, .sum = CELL_NONE, .more = left, .unit = unit};
    put_input(in, put_gate(b, g, NULL), (struct slope){0});
}

/* The factors of a product: cells with their powers, and all constants as one. */
struct product {
    int cells;
    struct cell cell[TERM_MAX_FACTORS];
    bool power; /* of the one cell: it is there twice */
    float constant;
    const char *symbol;
};

static void multiply_in(struct product *p, const struct formula_factor *f)
{
    if (!cell_is(f->cell)) {
        p->symbol = p->constant == 1 ? f->symbol : NULL;
        p->constant *= f->value;
        return;
    }
    if (p->cells == 1 && cell_equal(p->cell[0], f->cell))
        p->power = true;
    else if (p->cells < TERM_MAX_FACTORS)
        p->cell[p->cells++] = f->cell;
}

/* A gate for the product; `gate` says what it gives. */
static int times_gate(struct circuit_build *b, const struct product *p, struct gate gate)
{
    struct inputs in = {0};
    for (int k = 0; k < p->cells; k++) {
        struct slope s = slope_one();
        if (p->power)
            slope_times(&s, circuit_constant(2, NULL));
        if (p->constant != 1)
            slope_times(&s, circuit_constant((double)p->constant, p->symbol));
        for (int j = 0; j < p->cells; j++)
            if (j != k || p->power)
                slope_times(&s, circuit_factor(b, p->cell[j]));
        put_input(&in, circuit_gate(b, p->cell[k], gate.unit), s);
        in.list[in.count - 1].power = p->power;
    }
    gate.kind = GATE_TIMES;
    gate.fn = FN_PRODUCT;
    gate.constant = p->constant;
    gate.symbol = p->symbol;
    return put_gate(b, gate, &in);
}

/* A term into a sum: a number by itself, or by way of a product. */
static void sum_term(struct circuit_build *b, const struct formula *f, int k, int unit,
                     struct inputs *in)
{
    const struct formula_term *term = &f->terms[k];
    struct product p = {.constant = 1};
    for (int j = 0; j < term->count; j++)
        multiply_in(&p, &term->factor[j]);
    bool minus = p.constant == -1 && !p.symbol;
    if (p.cells == 0) {
        put_input(in, constant_gate(b, term->factor[0], unit), slope_one());
    } else if (p.cells == 1 && !p.power && (p.constant == 1 || minus)) {
        struct slope s = slope_one();
        if (minus)
            slope_times(&s, circuit_constant(-1, NULL));
        put_input(in, circuit_gate(b, p.cell[0], unit), s);
        in->list[in->count - 1].minus = minus;
    } else {
        struct gate g = {.cell = CELL_NONE,
                         .value = formula_term_value(term),
                         .unit = unit,
                         .sum = f->cell,
                         .term = k};
        put_input(in, times_gate(b, &p, g), slope_one());
    }
}

static int sum_gate(struct circuit_build *b, const struct formula *f, const struct opened *o,
                    struct gate gate)
{
    struct inputs in = {0};
    bool *taken = mem_zalloc((size_t)f->count + 1, sizeof *taken);
    int left = circuit_choose_terms(b, o, f, taken);
    for (int k = 0; k < f->count; k++)
        if (taken[k])
            sum_term(b, f, k, gate.unit, &in);
    put_more(b, &in, left, gate.unit);
    free(taken);
    gate.kind = GATE_SUM;
    return put_gate(b, gate, &in);
}

static int fn_gate(struct circuit_build *b, const struct formula *f, const struct opened *o,
                   struct gate gate)
{
    struct inputs in = {0};
    struct opened all = {.most = -1};
    bool *taken = mem_zalloc((size_t)f->count + 1, sizeof *taken);
    int left = circuit_choose_terms(b, f->fn == FN_MAX ? o : &all, f, taken);
    for (int k = 0; k < f->count; k++)
        if (taken[k] && cell_is(f->terms[k].factor[0].cell))
            put_input(&in, circuit_gate(b, f->terms[k].factor[0].cell, gate.unit),
                      slope_of_fn(b, f, k));
    put_more(b, &in, left, gate.unit);
    free(taken);
    gate.kind = GATE_FN;
    return put_gate(b, gate, &in);
}

static int formula_gate(struct circuit_build *b, struct cell cell, const struct opened *o,
                        struct gate gate)
{
    struct formula f = {0};
    struct product p = {.constant = 1};
    formula_of(b->t, cell, &f);
    bool alone = f.fn == FN_SUM && f.count == 1;
    for (int k = 0; k < f.count && (f.fn == FN_PRODUCT || alone); k++)
        for (int j = 0; j < f.terms[k].count; j++)
            multiply_in(&p, &f.terms[k].factor[j]);
    int at;
    gate.fn = f.fn;
    if (f.fn == FN_PRODUCT || (alone && p.cells > 0 && (p.cells > 1 || p.constant != 1)))
        at = times_gate(b, &p, gate);
    else if (f.fn == FN_SUM)
        at = sum_gate(b, &f, o, gate);
    else
        at = fn_gate(b, &f, o, gate);
    formula_deinit(&f);
    return at;
}

static void label_inputs(struct circuit_build *b, const bool *taken, int n, struct gate *gate,
                         struct inputs *in)
{
    const struct program *p = b->p;
    struct slope none = {0};
    if (p->net->loss == LOSS_CROSS_ENTROPY && !p->targets) {
        put_input(in, circuit_gate(b, (struct cell){p->label, b->c->sample, 0}, gate->unit), none);
        return;
    }
    for (int k = 0; k < n; k++)
        if (taken[k])
            put_input(
                in, circuit_gate(b, (struct cell){p->target, b->c->sample, (size_t)k}, gate->unit),
                none);
}

/* One sample's loss, from z where loss and activation are one on the way back. */
static int loss_gate(struct circuit_build *b, const struct opened *o, struct gate gate)
{
    const struct program *p = b->p;
    struct inputs in = {0};
    int n = (int)p->tensors[b->loss_inputs].count;
    bool *taken = mem_zalloc((size_t)n + 1, sizeof *taken);
    struct cell base = {b->loss_inputs, gate.cell.sample, 0};
    int left = circuit_choose_inputs(b, o, base, b->loss_slope, n, taken);
    for (int k = 0; k < n; k++) {
        struct cell c = {base.tensor, base.sample, (size_t)k};
        if (taken[k])
            put_input(&in, circuit_gate(b, c, gate.unit),
                      slope_of_cell(b, (struct cell){b->loss_slope, c.sample, c.index}));
    }
    put_more(b, &in, left, gate.unit);
    if (strcmp(p->tensors[b->loss_inputs].base, "loss.diff") != 0)
        label_inputs(b, taken, n, &gate, &in);
    gate.kind = GATE_BLOCK;
    int at = put_gate(b, gate, &in);
    remember(b, gate.cell, -1, at);
    for (int k = 0; k < n && net_is_combined(p->net); k++)
        if (taken[k])
            circuit_gate(
                b, (struct cell){p->layer_out[p->net->layer_count - 1], base.sample, (size_t)k},
                gate.unit);
    free(taken);
    return at;
}

/* A softmax by itself: all z of a row in, all of its outputs out. */
static int softmax_gate(struct circuit_build *b, int layer, struct cell row)
{
    struct inputs in = {0};
    size_t C = b->p->tensors[b->p->layer_out[layer]].count / b->p->tensors[row.tensor].count;
    struct cell base = {b->p->layer_z[layer], row.sample, row.index * C};
    bool *taken = mem_zalloc(C + 1, sizeof *taken);
    const struct opened *o = circuit_opened(b, row);
    struct gate gate = {.kind = GATE_BLOCK, .cell = CELL_NONE, .sum = CELL_NONE};
    gate.unit = unit_of(b, row);
    int left = 0;
    if (o)
        left = circuit_choose_inputs(b, o, base, -1, (int)C, taken);
    for (size_t k = 0; k < C; k++)
        if (taken[k])
            put_input(
                &in,
                circuit_gate(b, (struct cell){base.tensor, base.sample, base.index + k}, gate.unit),
                (struct slope){0});
    put_more(b, &in, o ? left : (int)C, gate.unit);
    free(taken);
    int at = put_gate(b, gate, &in);
    remember(b, row, -1, at);
    return at;
}

/* An output of a softmax, or what the loss' block knows on its way. */
static int tap_gate(struct circuit_build *b, int layer, struct gate gate)
{
    struct inputs in = {0};
    const struct program *p = b->p;
    bool combined = circuit_is_combined(b, gate.cell.tensor);
    struct cell block = combined ? (struct cell){p->loss_each, gate.cell.sample, 0}
                                 : circuit_softmax_row(p, gate.cell);
    int from = combined ? circuit_gate(b, block, -1) : known_gate(b, block, -1);
    if (from < 0)
        from = softmax_gate(b, layer, block);
    int known = known_gate(b, gate.cell, -1);
    if (known >= 0) /* made together with its block */
        return known;
    gate.unit = b->c->gates[from].unit;
    put_input(&in, from, (struct slope){0});
    gate.kind = GATE_TAP;
    return put_gate(b, gate, &in);
}

int circuit_gate(struct circuit_build *b, struct cell cell, int unit)
{
    const struct program *p = b->p;
    const bool one = b->t->n == 1 && p->has_loss; /* the mean over one sample is its own loss */
    if (one && cell.tensor == p->loss_each)
        cell = (struct cell){p->loss, 0, 0};
    bool leaf = circuit_is_leaf(p, cell.tensor);
    int key = leaf ? unit : -1;
    int at = known_gate(b, cell, key);
    if (at >= 0)
        return at;
    struct gate gate = {.cell = cell, .sum = CELL_NONE, .value = (double)cell_value(b->t, cell)};
    gate.unit = leaf && unit >= 0 ? unit : unit_of(b, cell);
    struct cell opened = one && cell.tensor == p->loss ? (struct cell){p->loss_each, 0, 0} : cell;
    const struct opened *o = circuit_opened(b, opened);
    bool given = leaf || cell.tensor == p->input;
    if (circuit_is_combined(b, cell.tensor) || circuit_softmax_of(p, cell.tensor) >= 0) {
        at = tap_gate(b, p->tensors[cell.tensor].layer, gate);
    } else if (given || !o) {
        gate.kind = given ? GATE_GIVEN : GATE_FOLDED;
        at = put_gate(b, gate, NULL);
    } else if (cell.tensor == (one ? p->loss : p->loss_each)) {
        at = loss_gate(b, o, gate);
    } else {
        at = formula_gate(b, cell, o, gate);
    }
    if (known_gate(b, cell, key) < 0)
        remember(b, cell, key, at);
    return at;
}
