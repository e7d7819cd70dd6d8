#include "glassnet/step/circuit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "step/circuit_build.h"

bool circuit_is_leaf(const struct program *p, int tensor)
{
    enum op_kind kind = p->ops[p->tensors[tensor].first_op].kind;
    return tensor != p->input && (kind == OP_GIVEN || kind == OP_MASK || kind == OP_TARGET);
}

int circuit_softmax_of(const struct program *p, int tensor)
{
    int l = p->tensors[tensor].layer;
    if (l < 0 || p->layer_out[l] != tensor || p->net->layers[l].activation != ACT_SOFTMAX)
        return -1;
    return l;
}

static int part_of(const struct program *p, int layer, const char *part)
{
    char name[256];
    snprintf(name, sizeof name, "%s.%s", p->net->layers[layer].name, part);
    return program_find(p, name);
}

struct cell circuit_softmax_row(const struct program *p, struct cell out)
{
    const struct layer *l = &p->net->layers[p->tensors[out.tensor].layer];
    size_t C = (size_t)l->out.dim[l->out.rank - 1];
    return (struct cell){part_of(p, p->tensors[out.tensor].layer, "max"), out.sample,
                         out.index / C};
}

bool circuit_is_combined(const struct circuit_build *b, int tensor)
{
    const struct program *p = b->p;
    return p->has_loss && net_is_combined(p->net) &&
           tensor == p->layer_out[p->net->layer_count - 1];
}

bool circuit_of_sample(const struct circuit_build *b, struct cell cell)
{
    return !b->p->tensors[cell.tensor].batched || cell.sample == b->c->sample;
}

static bool is_softmax_step(const struct program *p, const struct tensor *t)
{
    static const char *const parts[] = {".max", ".shift", ".exp", ".sum"};
    const char *dot = strrchr(t->base, '.');
    if (t->layer < 0 || !dot || p->net->layers[t->layer].activation != ACT_SOFTMAX)
        return false;
    for (int k = 0; k < 4; k++)
        if (strcmp(dot, parts[k]) == 0)
            return true;
    return false;
}

/* An inner number of a layer stands for the layer's output at its place. */
static struct cell of_layer(const struct program *p, struct cell cell)
{
    const struct tensor *t = &p->tensors[cell.tensor];
    int out = p->layer_out[t->layer];
    size_t count = p->tensors[out].count;
    size_t each = t->count ? count / t->count : 1;
    return (struct cell){out, cell.sample, cell.index * (each ? each : 1) % count};
}

/* A loss reads the label as it is, or as the numbers to reach. */
static struct cell of_label(const struct program *p, struct cell cell)
{
    if (p->net->loss == LOSS_CROSS_ENTROPY && !p->targets)
        return (struct cell){p->label, cell.sample, 0};
    return (struct cell){p->target, cell.sample, cell.index};
}

struct cell circuit_subject(const struct program *p, struct cell selected)
{
    if (!cell_is(selected))
        return CELL_NONE;
    const struct tensor *t = &p->tensors[selected.tensor];
    struct cell cell = selected;
    if (t->role != ROLE_VALUE) {
        cell.tensor = program_find(p, t->base);
        if (cell.tensor < 0)
            return CELL_NONE;
        t = &p->tensors[cell.tensor];
    }
    if (t->phase == PHASE_UPDATE)
        return CELL_NONE;
    if (t->phase == PHASE_FORWARD)
        return is_softmax_step(p, t) ? of_layer(p, cell) : cell;
    if (t->layer >= 0)
        return t->batched ? of_layer(p, cell) : CELL_NONE;
    if (cell.tensor == p->label || cell.tensor == p->target)
        return of_label(p, cell);
    bool shown =
        cell.tensor == p->loss || cell.tensor == p->loss_each || strcmp(t->base, "loss.diff") == 0;
    return shown ? cell : (struct cell){p->loss_each, cell.sample, 0};
}

/* Gates of the whole network for one sample: a formula's products and the gate that joins them. */
static int64_t count_gates(const struct circuit_build *b)
{
    int64_t gates = 0;
    for (int k = 0; k < b->p->tensor_count; k++) {
        const struct tensor *t = &b->p->tensors[k];
        bool forward = t->phase == PHASE_FORWARD || t->phase == PHASE_LOSS;
        if (!forward || t->role != ROLE_VALUE || circuit_is_leaf(b->p, k) ||
            is_softmax_step(b->p, t) || k == b->p->input)
            continue;
        const struct op *op = &b->p->ops[t->last_op];
        bool products = op->kind != OP_ELEMENT && op->kind != OP_MAXPOOL && op->kind != OP_CONCAT;
        int terms = products ? formula_count(b->t, (struct cell){k, 0, t->count / 2}) : 0;
        gates += (int64_t)t->count * (1 + terms);
    }
    return gates;
}

static void find_loss(struct circuit_build *b)
{
    const struct program *p = b->p;
    int last = p->net->layer_count - 1;
    b->loss_inputs = b->loss_slope = -1;
    if (!p->has_loss)
        return;
    int diff = program_find(p, "loss.diff");
    bool combined = net_is_combined(p->net);
    b->loss_inputs = combined ? p->layer_z[last] : diff >= 0 ? diff : p->layer_out[last];
    b->loss_slope = program_find(p, combined ? "loss.error" : "loss.slope");
}

static void build(struct circuit_build *b, struct cell centre)
{
    const struct program *p = b->p;
    if (!b->whole) {
        circuit_plan(b, centre);
        if (b->opened_count == 0 || !circuit_is_leaf(p, centre.tensor))
            circuit_gate(b, centre, -1);
        for (int k = 0; k < b->opened_count; k++)
            if (!is_softmax_step(p, &p->tensors[b->opened[k].cell.tensor]))
                circuit_gate(b, b->opened[k].cell, -1);
        return;
    }
    if (p->has_loss) {
        circuit_gate(b, (struct cell){p->loss, 0, 0}, -1);
        return;
    }
    int out = p->layer_out[p->net->layer_count - 1];
    for (size_t i = 0; i < p->tensors[out].count; i++)
        circuit_gate(b, (struct cell){out, b->c->sample, i}, -1);
}

/* Without a selection the neighbourhood is that of the end. */
static struct cell centre_of(const struct circuit_build *b, struct cell selected)
{
    const struct program *p = b->p;
    struct cell cell = circuit_subject(p, selected);
    if (cell_is(cell) && p->tensors[cell.tensor].batched)
        cell.sample = b->c->sample;
    if (!cell_is(cell) && p->has_loss)
        return (struct cell){p->loss, 0, 0};
    if (!cell_is(cell))
        return (struct cell){p->layer_out[p->net->layer_count - 1], b->c->sample, 0};
    return cell;
}

struct circuit *circuit_create(const struct trace *t, int sample, struct cell selected)
{
    struct circuit *c = mem_zalloc(1, sizeof *c);
    struct circuit_build b = {.c = c, .t = t, .p = t->program};
    *c = (struct circuit){.trace = t, .sample = sample, .centre = CELL_NONE};
    b.value_of = mem_zalloc((size_t)b.p->tensor_count, sizeof *b.value_of);
    for (int k = 0; k < b.p->tensor_count; k++)
        b.value_of[k] = -1;
    for (int k = 0; k < b.p->tensor_count; k++)
        if (b.p->tensors[k].grad >= 0)
            b.value_of[b.p->tensors[k].grad] = k;
    find_loss(&b);
    c->all_gates = count_gates(&b);
    b.whole = c->all_gates <= CIRCUIT_GATES_MOST;
    if (!b.whole)
        c->centre = centre_of(&b, selected);
    build(&b, c->centre);
    circuit_gradients(&b);
    free(b.value_of);
    free(b.opened);
    free(b.entries);
    return c;
}

void circuit_destroy(struct circuit *c)
{
    if (!c)
        return;
    free(c->gates);
    free(c->wires);
    free(c->units);
    free(c);
}

int circuit_find(const struct circuit *c, struct cell cell, int from)
{
    const struct program *p = c->trace->program;
    if (c->trace->n == 1 && p->has_loss && cell.tensor == p->loss_each)
        cell = (struct cell){p->loss, 0, 0};
    for (int k = from; k < c->gate_count; k++)
        if (cell_equal(c->gates[k].cell, cell) && cell_is(cell))
            return k;
    return -1;
}
