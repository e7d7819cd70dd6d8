#include "layer_subject.h"

#include <string.h>

static bool wants_backward(const struct snapshot *snap)
{
    enum phase phase = view_phase(snap);
    return snap->mode == MODE_TRAIN && (phase == PHASE_BACKWARD || phase == PHASE_UPDATE);
}

bool subject_has_parts(const struct snapshot *snap, int layer)
{
    const struct net *net = snap->net;
    return layer > 0 && layer < net->layer_count && net->layers[layer].kind != LAYER_ACTIVATION &&
           net->layers[layer].activation != ACT_NONE;
}

/* The parameter of a layer called name ("W"), -1: none. */
static int param_named(const struct program *p, int layer, const char *name)
{
    for (int t = 0; t < p->tensor_count; t++) {
        const char *dot = strrchr(p->tensors[t].base, '.');
        if (p->tensors[t].is_param && p->tensors[t].layer == layer && dot &&
            strcmp(dot + 1, name) == 0)
            return t;
    }
    return -1;
}

static struct cell middle_of(const struct snapshot *snap, int tensor, size_t place)
{
    if (tensor < 0)
        return CELL_NONE;
    const struct tensor *t = &snap->program->tensors[tensor];
    struct cell c = {tensor, t->batched ? snap->view_sample : 0, 0};
    if (t->shape.rank < 3)
        return c;
    size_t channels = (size_t)t->shape.dim[t->shape.rank - 1];
    if (place >= t->count / channels)
        place = (size_t)(t->shape.dim[0] / 2 * t->shape.dim[1] + t->shape.dim[1] / 2);
    c.index = t->shape.rank == 3 ? place * channels : 0;
    return c;
}

static struct cell loss_cell(const struct snapshot *snap)
{
    const struct program *p = snap->program;
    if (!p->has_loss)
        return CELL_NONE;
    int error = program_find(p, "loss.error");
    int slope = error >= 0 ? error : program_find(p, "loss.slope");
    if (wants_backward(snap) && slope >= 0)
        return (struct cell){slope, snap->view_sample, 0};
    return (struct cell){p->loss_each, snap->view_sample, 0};
}

struct cell subject_of_layer(const struct snapshot *snap, const struct layer_state *state,
                             int layer, enum layer_part part)
{
    const struct program *p = snap->program;
    if (layer >= snap->net->layer_count)
        return loss_cell(snap);
    const struct layer *l = &snap->net->layers[layer];
    int z = p->layer_z[layer], out = p->layer_out[layer], wanted = z;
    bool activation = layer > 0 && (l->kind == LAYER_ACTIVATION || part == PART_ACTIVATION);
    if (layer == 0 || activation)
        wanted = out;
    if (wants_backward(snap) && layer > 0) {
        int W = param_named(p, layer, "W");
        int grad = activation ? p->tensors[z].grad
                   : W >= 0   ? p->tensors[W].grad
                              : p->tensors[p->layer_out[l->from[0]]].grad;
        wanted = grad >= 0 ? grad : wanted;
    }
    return middle_of(snap, wanted, state->place);
}

/* Does an operation of this layer write the tensor? */
static bool is_written_by(const struct program *p, int tensor, int layer)
{
    const struct tensor *t = &p->tensors[tensor];
    for (int k = t->first_op; k >= 0 && k <= t->last_op; k++)
        if (p->ops[k].out == tensor && p->ops[k].layer == layer)
            return true;
    return false;
}

static int layer_of(const struct snapshot *snap, int shown, int tensor)
{
    const struct program *p = snap->program;
    const struct tensor *t = &p->tensors[tensor];
    if (t->role == ROLE_GRAD && shown > 0 && is_written_by(p, tensor, shown))
        return shown;
    if (t->role == ROLE_GRAD && t->first_op >= 0 && p->ops[t->first_op].layer >= 0)
        return p->ops[t->first_op].layer;
    return t->layer >= 0 ? t->layer : snap->net->layer_count;
}

static bool ends_in(const char *base, const char *const *words)
{
    const char *dot = strrchr(base, '.');
    for (int i = 0; dot && words[i]; i++)
        if (strcmp(dot + 1, words[i]) == 0)
            return true;
    return false;
}

static enum layer_part part_of(const struct snapshot *snap, const struct layer_state *state,
                               int layer, int tensor)
{
    static const char *const inner[] = {"slope", "side", "below",  "max", "shift",
                                        "exp",   "sum",  "excess", "dot", NULL};
    const struct program *p = snap->program;
    const struct tensor *t = &p->tensors[tensor];
    if (layer >= snap->net->layer_count || layer == 0)
        return PART_OPERATION;
    const struct layer *l = &snap->net->layers[layer];
    if (l->kind == LAYER_ACTIVATION)
        return PART_ACTIVATION;
    if (l->activation == ACT_NONE)
        return PART_OPERATION;
    int z = p->layer_z[layer], out = p->layer_out[layer];
    if (ends_in(t->base, inner) || tensor == p->tensors[z].grad || tensor == p->tensors[out].grad)
        return PART_ACTIVATION;
    if (tensor == out)
        return l->activation == ACT_SOFTMAX ? PART_ACTIVATION : state->part;
    return PART_OPERATION;
}

/* A parameter stands in one output forward, and for its gradient later. */
static struct cell of_parameter(const struct snapshot *snap, const struct layer_state *state,
                                int layer, struct cell sel)
{
    const struct program *p = snap->program;
    const struct tensor *t = &p->tensors[sel.tensor];
    if (wants_backward(snap) && t->grad >= 0)
        return (struct cell){t->grad, 0, sel.index};
    int z = p->layer_z[layer];
    size_t units = (size_t)t->shape.dim[0], unit = sel.index / (t->count / units);
    struct cell c = middle_of(snap, z, state->place);
    c.index += unit;
    return c.index < p->tensors[z].count ? c : sel;
}

static void remember_place(const struct snapshot *snap, struct layer_state *state, struct cell c)
{
    const struct tensor *t = &snap->program->tensors[c.tensor];
    if (t->shape.rank == 3)
        state->place = c.index / (size_t)t->shape.dim[2];
}

struct subject subject_find(const struct snapshot *snap, struct layer_state *state)
{
    const struct program *p = snap->program;
    const struct net *net = snap->net;
    struct cell sel = snap->selected;
    int last = net->layer_count - (p->has_loss ? 0 : 1);
    if (!cell_is(sel)) {
        if (state->layer < 1 || state->layer > last)
            state->layer = last < 1 ? 0 : 1;
        return (struct subject){state->layer, state->part,
                                subject_of_layer(snap, state, state->layer, state->part)};
    }
    int layer = layer_of(snap, state->layer, sel.tensor);
    struct subject s = {layer, part_of(snap, state, layer, sel.tensor), sel};
    const struct tensor *t = &p->tensors[sel.tensor];
    if (layer != state->layer)
        state->channel = 0;
    state->layer = layer;
    state->part = s.part;
    if (layer > 0 && layer < net->layer_count) {
        if (t->is_param && t->role == ROLE_VALUE)
            s.cell = of_parameter(snap, state, layer, sel);
        else if (sel.tensor == p->layer_out[layer] && s.part == PART_OPERATION)
            s.cell.tensor = p->layer_z[layer];
    }
    remember_place(snap, state, s.cell);
    return s;
}

struct cell layer_neighbour(const struct snapshot *snap, const struct layer_state *s, int by)
{
    if (!view_has_pass(snap))
        return CELL_NONE;
    int last = snap->net->layer_count - (snap->program->has_loss ? 0 : 1);
    int layer = s->layer;
    if (cell_is(snap->selected))
        layer = layer_of(snap, s->layer, snap->selected.tensor);
    layer += by;
    if (layer < 0 || layer > last)
        return CELL_NONE;
    return subject_of_layer(snap, s, layer, PART_OPERATION);
}
