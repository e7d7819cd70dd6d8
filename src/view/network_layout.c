#include "network_layout.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool formula_reads(const struct snapshot *s, int tensor)
{
    if (!s->formula)
        return false;
    for (int t = 0; t < s->formula->count; t++)
        for (int k = 0; k < s->formula->terms[t].count; k++)
            if (s->formula->terms[t].factor[k].cell.tensor == tensor)
                return true;
    return false;
}

/* The tensor of another role at the same place that the selection is about, or -1. */
static int wanted_role(const struct snapshot *s, int value)
{
    const struct program *p = s->program;
    int place = scene_place(s, value);
    int selected = cell_is(s->selected) ? s->selected.tensor : -1;
    if (place < 0) { /* it lies alone: only its own other roles come in question */
        bool own = selected >= 0 && p->tensors[selected].role != ROLE_VALUE &&
                   strcmp(p->tensors[selected].base, p->tensors[value].base) == 0;
        return own ? selected : formula_reads(s, value) ? value : -1;
    }
    if (selected >= 0 && p->tensors[selected].role != ROLE_VALUE &&
        scene_place(s, selected) == place)
        return selected;
    if (formula_reads(s, value))
        return value;
    if (!s->formula || s->formula->count == 0)
        return -1;
    for (int k = 0; k < s->formula->terms[0].count; k++) {
        int t = s->formula->terms[0].factor[k].cell.tensor;
        if (t >= 0 && scene_place(s, t) == place)
            return p->tensors[t].role == ROLE_VALUE ? value : t;
    }
    return -1;
}

int layout_shown_tensor(const struct view *v, int value)
{
    const struct program *p = v->snap->program;
    int wanted = wanted_role(v->snap, value);
    if (wanted >= 0)
        return wanted;
    const struct tensor *t = &p->tensors[value];
    enum phase phase = view_phase(v->snap);
    if (phase == PHASE_BACKWARD && t->grad >= 0)
        return t->grad;
    if (phase == PHASE_UPDATE && t->next >= 0)
        return t->next;
    return value;
}

float layout_limit(const struct snapshot *s, int tensor)
{
    const struct tensor *t = &s->program->tensors[tensor];
    const float *numbers = trace_tensor(s->trace, tensor);
    if (t->batched)
        numbers += (size_t)s->view_sample * t->count;
    return scale_limit(numbers, (int)t->count);
}

char *layout_tensor_title(const struct snapshot *s, int tensor, char *out, size_t size)
{
    const struct tensor *t = &s->program->tensors[tensor];
    if (t->role == ROLE_GRAD)
        snprintf(out, size, "∂L/∂%s", t->base);
    else if (t->role == ROLE_NEW)
        snprintf(out, size, _("new %s"), t->base);
    else
        snprintf(out, size, "%s", t->name);
    return out;
}

static struct column *add_column(struct layout *l, enum column_kind kind, int layer, int value,
                                 float wants)
{
    if (l->count >= COLUMNS_MOST)
        return &l->columns[COLUMNS_MOST - 1];
    struct column *c = &l->columns[l->count++];
    *c = (struct column){
        .kind = kind, .layer = layer, .value = value, .tensor = value, .near = CELL_NONE};
    c->wants = ui_px(l->view->ui, wants);
    c->opened = network_is_opened(l->state, value);
    if (value >= 0) {
        c->tensor = layout_shown_tensor(l->view, value);
        layout_tensor_title(l->view->snap, c->tensor, c->title, sizeof c->title);
    }
    return c;
}

static int param_tensor(const struct program *p, int layer, int k)
{
    for (int t = 0; t < p->tensor_count; t++)
        if (p->tensors[t].is_param && p->tensors[t].layer == layer &&
            p->tensors[t].offset == p->net->layers[layer].param[k].offset)
            return t;
    return -1;
}

static bool is_units(const struct shape *s)
{
    return s->rank < 2 && shape_count(s) <= UNITS_MOST;
}

/* The layer whose numbers layer `i` shows: flatten and lone activations add no column. */
static bool has_own_column(const struct net *net, int i)
{
    return net->layers[i].kind != LAYER_FLATTEN && net->layers[i].kind != LAYER_ACTIVATION;
}

/* The last layer at the same place as i: its output is what the column shows. */
static int last_at_place(const struct net *net, int i)
{
    int last = i;
    while (i + 1 < net->layer_count && !has_own_column(net, i + 1) &&
           net->layers[i + 1].from[0] == i)
        if (net->layers[++i].kind == LAYER_ACTIVATION)
            last = i; /* flattened numbers keep their name as maps */
    return last;
}

int layout_home(const struct net *net, int i)
{
    while (i > 0 && !has_own_column(net, i))
        i = net->layers[i].from[0];
    return i;
}

static void add_weights(struct layout *l, int i)
{
    const struct program *p = l->view->snap->program;
    const struct layer *layer = &p->net->layers[i];
    struct column *c;
    switch (layer->kind) {
    case LAYER_CONV2D: {
        int channels = layer->in.dim[2];
        c = add_column(l, COLUMN_KERNELS, i, param_tensor(p, i, 0), channels > 1 ? 150 : 105);
        snprintf(c->subtitle, sizeof c->subtitle, channels > 1 ? "%d·%d×%d×%d" : "%d · %d×%d",
                 layer->units, layer->kernel_h, layer->kernel_w, channels);
        break;
    }
    case LAYER_DENSE: {
        const struct layer *from = &p->net->layers[layout_home(p->net, layer->from[0])];
        if (is_units(&from->out) && is_units(&layer->out))
            return; /* edges show them */
        c = add_column(l, COLUMN_ROW, i, param_tensor(p, i, 0), 120);
        snprintf(c->subtitle, sizeof c->subtitle, _("to unit %d"), l->unit);
        break;
    }
    default:
        if (layer->param_count > 0) {
            c = add_column(l, COLUMN_PARAMS, i, param_tensor(p, i, 0), 90);
            snprintf(c->title, sizeof c->title, "%s", layer->name);
            snprintf(c->subtitle, sizeof c->subtitle, "%s",
                     layout_runs(l->view->snap) ? _("γ β running μ σ²") : "γ β μ σ²");
        }
    }
}

bool layout_runs(const struct snapshot *s)
{
    return s->mode == MODE_EVAL || view_phase(s) == PHASE_UPDATE;
}

/* What a batchnorm scales and a dropout multiplies by, as a column of its own. */
static void add_inner(struct layout *l, int i)
{
    const struct program *p = l->view->snap->program;
    const struct layer *layer = &p->net->layers[i];
    char name[128];
    snprintf(name, sizeof name, "%s.%s", layer->name,
             layer->kind == LAYER_BATCHNORM ? "xhat" : "mask");
    int value = program_find(p, name);
    if (value < 0 || p->net->layer_count > 24)
        return;
    bool maps = layer->out.rank == 3;
    struct column *c = add_column(l,
                                  maps                    ? COLUMN_MAPS
                                  : is_units(&layer->out) ? COLUMN_UNITS
                                                          : COLUMN_VECTOR,
                                  i, value,
                                  maps                    ? 100
                                  : is_units(&layer->out) ? 110
                                                          : 70);
    c->tensor = value;
    if (view_phase(l->view->snap) == PHASE_BACKWARD && p->tensors[value].grad >= 0)
        c->tensor = p->tensors[value].grad;
    layout_tensor_title(l->view->snap, c->tensor, c->title, sizeof c->title);
}

static void add_layer(struct layout *l, int i)
{
    const struct program *p = l->view->snap->program;
    const struct net *net = p->net;
    const struct layer *layer = &net->layers[i];
    int last = last_at_place(net, i);
    int out = p->layer_out[last];
    int n = (int)shape_count(&layer->out);
    add_weights(l, i);
    if (layer->kind == LAYER_BATCHNORM || layer->kind == LAYER_DROPOUT)
        add_inner(l, i);
    struct column *c;
    if (layer->out.rank == 3) {
        bool single = layer->out.dim[2] == 1;
        c = add_column(l, COLUMN_MAPS, i, out, single ? 300 : layer->out.dim[0] > 16 ? 170 : 120);
        shape_text(&layer->out, "×", c->subtitle, sizeof c->subtitle);
        return;
    }
    if (last == net->layer_count - 1 && n > 1 && n <= UNITS_MOST && last > 0) {
        c = add_column(l, COLUMN_OUTPUT, i, out, 300);
        bool shares = net->layers[last].activation == ACT_SOFTMAX,
             live = l->view->snap->probabilities;
        snprintf(c->subtitle, sizeof c->subtitle, "%s",
                 shares ? (live ? _("scores, shares, live") : _("scores, shares"))
                 : live ? _("scores, outputs, live")
                        : _("scores, outputs"));
        return;
    }
    c = add_column(l, is_units(&layer->out) ? COLUMN_UNITS : COLUMN_VECTOR, i, out,
                   is_units(&layer->out) ? 130 : 84);
    if (net->layers[last].activation > ACT_LINEAR)
        snprintf(c->subtitle, sizeof c->subtitle, "%s",
                 activation_name(net->layers[last].activation));
    else if (c->kind == COLUMN_VECTOR)
        snprintf(c->subtitle, sizeof c->subtitle, "%d", n);
}

/* The unit whose row of weights is shown: the selected one of a dense layer, else the guess. */
static int row_unit(const struct view *v)
{
    const struct snapshot *s = v->snap;
    if (cell_is(s->selected)) {
        const struct tensor *t = &s->program->tensors[s->selected.tensor];
        const struct layer *layer = t->layer >= 0 ? &s->net->layers[t->layer] : NULL;
        if (layer && layer->kind == LAYER_DENSE) {
            if (t->shape.rank == 2)
                return (int)(s->selected.index / (size_t)t->shape.dim[1]);
            if (t->shape.rank == 1)
                return (int)s->selected.index;
        }
    }
    return s->guess >= 0 ? s->guess : 0;
}

static void add_columns(struct layout *l)
{
    const struct net *net = l->view->snap->net;
    for (int i = 0; i < net->layer_count; i++)
        if (has_own_column(net, i))
            add_layer(l, i);
    if (l->view->snap->program->loss >= 0 && !view_hides(l->view, "loss")) {
        struct column *c = add_column(l, COLUMN_LOSS, -1, -1, 110);
        c->tensor = l->view->snap->program->loss;
        snprintf(c->title, sizeof c->title, _("loss"));
    }
}

void network_layout(struct layout *l, const struct view *v, const struct network_state *n,
                    struct scene *scene, struct rect area)
{
    *l = (struct layout){.view = v, .state = n, .scene = scene, .area = area};
    l->title_px = ui_text_px(v->ui, 19);
    l->small_px = ui_text_px(v->ui, 17);
    l->unit = row_unit(v);
    add_columns(l);
    network_mark_focus(l);
    network_share(l);
    for (int i = 0; i < l->count; i++)
        column_place(l, &l->columns[i]);
    network_edges(l);
}
