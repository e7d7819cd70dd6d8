/* Columns of single units: circles with what the loss says about them, classes as bars, the
 * loss; and the weights between circles as lines. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "network_layout.h"

static void unit_name(const struct layout *l, const struct column *c, int i, char *out, size_t size)
{
    const struct dataset *d = l->view->snap->data;
    char buffer[64];
    const struct net *net = l->view->snap->net;
    bool output = net->layer_count - 1 == c->layer;
    if (c->layer == 0 && d && d->feature_names)
        snprintf(out, size, "%.20s", d->feature_names[i]);
    else if (output && d && d->n_classes > 0 && shape_count(&net->layers[c->layer].out) > 1)
        snprintf(out, size, "%.20s", view_class(l->view->snap, i, buffer, sizeof buffer));
    else
        snprintf(out, size, "[%d]", i);
}

float column_name_width(const struct layout *l, const struct column *c)
{
    float widest = 0;
    int n = (int)shape_count(&l->view->snap->net->layers[c->layer].out);
    for (int i = 0; i < n && i < UNITS_MOST; i++) {
        char text[64];
        unit_name(l, c, i, text, sizeof text);
        widest = fmaxf(widest, font_width(l->view->ui->fonts, FONT_SANS, l->small_px, text));
    }
    return fminf(widest + 2, ui_px(l->view->ui, 90));
}

/* The gradient under a circle: of the tensor the phase and selection ask for, or -1. */
static int gradient_below(const struct layout *l, int value)
{
    const struct view *v = l->view;
    const struct tensor *t = &v->snap->program->tensors[value];
    if (view_phase(v->snap) < PHASE_BACKWARD || t->grad < 0)
        return -1;
    int shown = layout_shown_tensor(v, value);
    return view_is_gradient(v->snap, shown) ? shown : t->grad;
}

static struct rect unit_content(const struct layout *l, const struct column *c)
{
    struct rect r = c->rect;
    rect_cut_top(&r, (float)l->title_px * (l->staggered ? 3.0f : 1.6f) +
                         (l->subtitles ? (float)l->small_px * 1.4f : 0));
    rect_cut_bottom(&r, (float)l->small_px * 1.9f);
    return r;
}

/* One pitch for circle and gradient below; the name stands at the circle's upper left. */
void column_place_units(struct layout *l, struct column *c)
{
    const struct snapshot *s = l->view->snap;
    int value = c->value;
    int n = (int)s->program->tensors[value].count;
    struct rect area = unit_content(l, c);
    float name_w = column_name_width(l, c);
    bool backward = view_phase(s) >= PHASE_BACKWARD && s->program->tensors[value].grad >= 0;
    float box = backward ? fmaxf(ui_px(l->view->ui, 28), (float)l->small_px * 1.45f) : 0;
    float gap = ui_px(l->view->ui, 10);
    float pitch = fminf(area.h / (float)n, ui_px(l->view->ui, 100) + box + gap);
    float size = fminf(fminf(pitch - box - gap, ui_px(l->view->ui, 84)), area.w);
    bool crowded = size < ui_px(l->view->ui, 26);
    if (crowded) { /* no room for names and gradients: circles alone */
        box = 0;
        size = fminf(pitch - 2, area.w);
    }
    int grad = crowded ? -1 : gradient_below(l, value);
    float limit = layout_limit(s, value), grad_limit = grad >= 0 ? layout_limit(s, grad) : 1;
    struct rect content = rect_centre(area, area.w, pitch * (float)n);
    for (int i = 0; i < n; i++) {
        float y = content.y + pitch * (float)i, x = content.x + content.w / 2;
        struct rect ring = {x - size / 2, y, size, size};
        scene_plate(l->scene, PLATE_CIRCLE, value, ring, 1, 1, (size_t)i, 1, 1)->limit = limit;
        char text[64];
        unit_name(l, c, i, text, sizeof text);
        struct rect name = {ring.x - name_w - 2, y, name_w, (float)l->small_px * 1.2f};
        if (!crowded && name.x >= l->area.x - ui_px(l->view->ui, 18))
            scene_label(l->scene, name, FONT_SANS, l->small_px, ALIGN_RIGHT | TEXT_MAY_CUT,
                        LABEL_MUTED, text);
    }
    for (int i = 0; i < n && grad >= 0; i++) {
        float y = content.y + pitch * (float)i + size + 3, x = content.x + content.w / 2;
        float w = fmaxf(size, ui_px(l->view->ui, 92));
        scene_plate(l->scene, PLATE_GRID, grad, (struct rect){x - w / 2, y, w, box - 4}, 1, 1,
                    (size_t)i, 1, 1)
            ->limit = grad_limit;
    }
    layout_tensor_title(s, value, c->title, sizeof c->title);
    struct column shown = *c;
    shown.tensor = value;
    column_caption(l, &shown, content, limit, true);
}

static int score_tensor(const struct layout *l, const struct column *c)
{
    const struct snapshot *s = l->view->snap;
    const struct program *p = s->program;
    int last = s->net->layer_count - 1;
    int z = p->layer_z[last], out = p->layer_out[last];
    if (z == out)
        return layout_shown_tensor(l->view, out);
    int shown = c->tensor;
    bool gradient = view_is_gradient(s, shown);
    if (gradient && shown != p->tensors[out].grad)
        return shown;
    if (gradient && p->tensors[z].grad >= 0)
        return cell_is(s->selected) && s->selected.tensor == shown ? shown : p->tensors[z].grad;
    return z;
}

void column_place_output(struct layout *l, struct column *c)
{
    const struct snapshot *s = l->view->snap;
    const struct program *p = s->program;
    struct ui *ui = l->view->ui;
    int out = p->layer_out[s->net->layer_count - 1], score = score_tensor(l, c);
    int n = (int)p->tensors[out].count;
    struct rect area = unit_content(l, c);
    float h = fminf(area.h / (float)n, ui_px(ui, 46));
    struct rect content = rect_centre(area, area.w, h * (float)n);
    float gap = ui_px(ui, 8), name_w = 0;
    char text[64], buffer[40];
    for (int i = 0; i < n; i++)
        name_w = fmaxf(name_w, font_width(ui->fonts, FONT_SANS, l->small_px,
                                          view_class(s, i, buffer, sizeof buffer)));
    name_w = fminf(name_w + 2, area.w * 0.35f);
    struct rect rest = content;
    struct rect names = rect_cut_left(&rest, name_w);
    rect_cut_left(&rest, gap);
    struct rect boxes = rect_cut_left(&rest, fminf(ui_px(ui, 72), rest.w * 0.5f));
    rect_cut_left(&rest, gap);
    struct plate *z = scene_plate(l->scene, PLATE_GRID, score, boxes, n, 1, 0, 1, 1);
    z->limit = layout_limit(s, score);
    float z_limit = z->limit;
    scene_plate(l->scene, PLATE_BAR, out, rest, n, 1, 0, 1, 1);
    int label = s->data && s->data->n_classes > 0 && s->sample >= 0 && s->sample < s->data->n
                    ? dataset_class(s->data, s->sample)
                    : -1;
    for (int i = 0; i < n; i++) {
        snprintf(text, sizeof text, "%s", view_class(s, i, buffer, sizeof buffer));
        scene_label(l->scene, rect_cell(names, 1, n, 0, i), i == label ? FONT_SANS_BOLD : FONT_SANS,
                    l->small_px, ALIGN_RIGHT | TEXT_MAY_CUT, i == label ? LABEL_INK : LABEL_MUTED,
                    text);
    }
    layout_tensor_title(s, score, buffer, sizeof buffer);
    if (score != out)
        snprintf(c->title, sizeof c->title, "%.36s → %.18s", buffer, p->tensors[out].name);
    if (font_width(ui->fonts, FONT_SANS_BOLD, l->title_px, c->title) > c->rect.w)
        snprintf(c->title, sizeof c->title, "%s", p->tensors[out].name);
    struct column shown = *c;
    shown.tensor = score;
    column_caption(l, &shown, content, z_limit, true);
}

void column_place_loss(struct layout *l, struct column *c)
{
    const struct snapshot *s = l->view->snap;
    struct ui *ui = l->view->ui;
    struct rect area = unit_content(l, c);
    float size = fminf(ui_px(ui, 96), area.w);
    struct rect ring = rect_centre(area, size, size);
    scene_plate(l->scene, PLATE_CIRCLE, s->program->loss, ring, 1, 1, 0, 1, 1)->limit =
        fmaxf(1, layout_limit(s, s->program->loss));
    snprintf(c->subtitle, sizeof c->subtitle, "%s", "");
    column_caption(l, c, ring, 1, false);
    char text[64];
    view_label(s, text, sizeof text);
    float line = (float)l->small_px * 1.4f;
    scene_label(l->scene, (struct rect){c->rect.x, ring.y + ring.h + 6, c->rect.w, line}, FONT_SANS,
                l->small_px, ALIGN_CENTRE | TEXT_MAY_CUT, LABEL_MUTED, text);
}

/* Left or right end of unit i of a column, where its edges meet. */
static bool unit_end(const struct layout *l, const struct column *c, int i, bool right,
                     struct point *at)
{
    if (c->kind == COLUMN_OUTPUT) {
        const struct plate *p = &l->scene->plates[c->first_plate];
        struct rect r = plate_rect(p, i, 0);
        /* left of the class' name */
        *at = (struct point){right ? r.x + r.w : c->rect.x, r.y + r.h / 2};
        return c->plates > 0 && i < p->rows;
    }
    if (c->kind != COLUMN_UNITS || i >= c->plates)
        return false;
    struct rect r = l->scene->plates[c->first_plate + i].rect;
    *at = (struct point){right ? r.x + r.w : r.x, r.y + r.h / 2};
    return true;
}

static const struct column *column_of(const struct layout *l, int layer)
{
    const struct net *net = l->view->snap->net;
    while (layer > 0 && (net->layers[layer].kind == LAYER_FLATTEN ||
                         net->layers[layer].kind == LAYER_ACTIVATION))
        layer = net->layers[layer].from[0];
    for (int i = l->count - 1; i >= 0; i--) /* a layer's output is its last column */
        if (l->columns[i].layer == layer &&
            (l->columns[i].kind == COLUMN_UNITS || l->columns[i].kind == COLUMN_OUTPUT))
            return &l->columns[i];
    return NULL;
}

static int weight_tensor(const struct program *p, int layer)
{
    for (int t = 0; t < p->tensor_count; t++)
        if (p->tensors[t].is_param && p->tensors[t].layer == layer && p->tensors[t].shape.rank == 2)
            return t;
    return -1;
}

void network_edges(struct layout *l)
{
    const struct snapshot *s = l->view->snap;
    for (int i = 0; i < s->net->layer_count; i++) {
        const struct layer *layer = &s->net->layers[i];
        if (layer->kind != LAYER_DENSE)
            continue;
        const struct column *to = column_of(l, i), *from = column_of(l, layer->from[0]);
        int W = weight_tensor(s->program, i);
        if (!to || !from || from->kind != COLUMN_UNITS || W < 0)
            continue;
        int n_in = s->program->tensors[W].shape.dim[1];
        int shown = W;
        if (view_phase(s) == PHASE_UPDATE && s->program->tensors[W].next >= 0)
            shown = s->program->tensors[W].next;
        l->scene->edge_limit = fmaxf(l->scene->edge_limit, layout_limit(s, W));
        for (int o = 0; o < layer->units; o++)
            for (int k = 0; k < n_in; k++) {
                struct point a, b;
                struct cell cell = {shown, 0, (size_t)(o * n_in + k)};
                if (!steps_done(s->steps, s->cursor, cell))
                    cell.tensor = W;
                if (unit_end(l, from, k, true, &a) && unit_end(l, to, o, false, &b))
                    scene_edge(l->scene, cell, a, b);
            }
    }
}
