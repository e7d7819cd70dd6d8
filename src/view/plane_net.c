/* The neurons: each a picture of what it gives everywhere on the plane, joined by their weights. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "plane_own.h"

enum { THUMB = PLANE_SIDE / THUMB_EACH };

bool plane_selected_unit(const struct snapshot *s, int *layer, int *unit)
{
    const struct tensor *t = cell_is(s->selected) ? &s->program->tensors[s->selected.tensor] : NULL;
    if (!t || t->layer < 1)
        return false;
    size_t units = shape_count(&s->net->layers[t->layer].out), index = s->selected.index;
    if (t->count != units && (t->count == 0 || t->count % units != 0))
        return false;
    *layer = t->layer;
    *unit = (int)(t->count == units ? index : index / (t->count / units));
    return true;
}

/* Layers that only work on each number by itself go with the one they read. */
static bool is_face(const struct layer *l, int reads)
{
    return (l->kind == LAYER_ACTIVATION || l->kind == LAYER_BATCHNORM ||
            l->kind == LAYER_DROPOUT) &&
           l->from[0] == reads;
}

static void find_columns(struct plane_frame *d)
{
    const struct net *net = d->v->snap->net;
    int last = net->layer_count - 1;
    for (int l = 0; l <= last && d->column_count < PLANE_COLUMNS; l++) {
        int face = l, units = (int)shape_count(&net->layers[l].out);
        while (face < last && is_face(&net->layers[face + 1], face))
            face++;
        /* One output is the plane itself. */
        if (face < last || units > 1 || d->column_count == 0)
            d->columns[d->column_count++] =
                (struct plane_column){.layer = l, .face = face, .units = units};
        l = face;
    }
}

/* All thumbnails have one size: as large as the fullest column and the room between columns let
 * them be. What has no room is counted in words. */
static void place_columns(struct plane_frame *d, struct rect r)
{
    struct ui *ui = d->v->ui;
    float label = (float)ui_text_px(ui, 17) * 1.5f, least = ui_px(ui, 30);
    float size = fminf(ui_px(ui, 100), r.w / (float)d->column_count * 0.62f);
    int most = 1;
    for (int i = 0; i < d->column_count; i++)
        most = d->columns[i].units > most ? d->columns[i].units : most;
    size = fmaxf(least, fminf(size, r.h / (float)most - label));
    float pitch =
        fminf(size + label + ui_px(ui, 26), fmaxf(size + ui_px(ui, 4), r.h / (float)most));
    int room = (int)fmaxf(1, floorf(r.h / pitch));
    for (int i = 0; i < d->column_count; i++) {
        struct plane_column *c = &d->columns[i];
        struct rect column = rect_column(r, d->column_count, i, 0);
        c->shown = c->units <= room ? c->units : room > 1 ? room - 1 : 1;
        c->pitch = pitch;
        float rows = (float)(c->shown + (c->shown < c->units));
        c->first = rect_of(column.x + (column.w - size) / 2,
                           r.y + (r.h - rows * pitch) / 2 + (pitch - size) / 2, size, size);
    }
}

static struct rect thumb_rect(const struct plane_column *c, int unit)
{
    return rect_snap(rect_shift(c->first, 0, c->pitch * (float)unit));
}

/* Saturating neurons have the scale of their range; others that of what they give. */
static float limit_of(const struct plane_frame *d, int layer, int unit)
{
    enum activation a = d->v->snap->net->layers[layer].activation;
    if (a == ACT_TANH || a == ACT_SIGMOID || a == ACT_SOFTMAX)
        return 1;
    float most = 0;
    for (int i = 0; i < d->f->grid; i++) {
        float value = fabsf(plane_out(d, layer, i)[unit]);
        most = isfinite(value) ? fmaxf(most, value) : most;
    }
    return most > 0 ? most : 1;
}

static void draw_thumb(const struct plane_frame *d, int layer, int unit, struct rect r)
{
    struct ui *ui = d->v->ui;
    uint32_t colours[THUMB * THUMB];
    if (!d->t) {
        draw_hatch(ui->draw, r, ui->theme->hatch_ground, ui->theme->hatch);
    } else if (d->f->axes == 1) {
        plane_curve_thumb(d, layer, unit, r);
    } else if (d->f->side < PLANE_SIDE) { /* a coarser field, of a wide network */
        int side = d->f->side < THUMB ? d->f->side : THUMB;
        float limit = limit_of(d, layer, unit);
        for (int i = 0; i < side * side; i++) {
            int row = i / side * d->f->side / side, column = i % side * d->f->side / side;
            float value = plane_out(d, layer, row * d->f->side + column)[unit];
            colours[i] = colour_pack(scale_value(ui->theme, value, limit));
        }
        draw_heatmap(ui->draw, r, side, side, colours, 0, ui->theme->line);
    } else {
        float limit = limit_of(d, layer, unit);
        for (int i = 0; i < THUMB * THUMB; i++) {
            int row = i / THUMB * THUMB_EACH + 1, column = i % THUMB * THUMB_EACH + 1;
            float value = plane_out(d, layer, row * PLANE_SIDE + column)[unit];
            colours[i] = colour_pack(scale_value(ui->theme, value, limit));
        }
        draw_heatmap(ui->draw, r, THUMB, THUMB, colours, 0, ui->theme->line);
    }
    draw_frame(ui->draw, r, 1, ui->theme->frame);
}

static int weight_tensor(const struct program *p, int layer)
{
    for (int t = 0; t < p->tensor_count; t++)
        if (p->tensors[t].is_param && p->tensors[t].layer == layer && p->tensors[t].shape.rank == 2)
            return t;
    return -1;
}

/* The column whose thumbnails show what the layer reads; NULL: none is there. */
static const struct plane_column *column_of(const struct plane_frame *d, int layer)
{
    for (int i = 0; i < d->column_count; i++)
        if (d->columns[i].layer <= layer && layer <= d->columns[i].face)
            return &d->columns[i];
    return NULL;
}

static float distance(struct point p, struct point a, struct point b)
{
    float dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    float t = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
    t = fminf(1, fmaxf(0, t));
    return hypotf(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/* The line that lies nearest to the pointer. */
struct nearest {
    float distance;
    struct cell cell;
};

static void draw_edge(const struct plane_frame *d, struct cell cell, struct point a, struct point b,
                      float limit, struct nearest *nearest)
{
    struct ui *ui = d->v->ui;
    float w = cell_value(d->v->snap->trace, cell), unit = ui_px(ui, 1);
    float part = isfinite(w) ? fminf(1, fabsf(w) / limit) : 1;
    struct colour c = scale_value(ui->theme, isfinite(w) ? copysignf(1, w) : w, 1);
    bool chosen = cell_equal(d->v->snap->selected, cell);
    if (chosen)
        draw_line(ui->draw, a.x, a.y, b.x, b.y, unit * (5 + 7 * part), ui->theme->selection);
    draw_line(ui->draw, a.x, a.y, b.x, b.y, fmaxf(1, unit * (1 + 6 * part)),
              colour_alpha(c, 0.35f + 0.5f * part));
    float far = distance((struct point){ui->in->mouse_x, ui->in->mouse_y}, a, b);
    if (far < nearest->distance)
        *nearest = (struct nearest){far, cell};
}

static void draw_edges_to(const struct plane_frame *d, int layer, const struct plane_column *to,
                          struct nearest *nearest)
{
    const struct snapshot *s = d->v->snap;
    int W = weight_tensor(s->program, layer);
    const struct plane_column *from = column_of(d, s->net->layers[layer].from[0]);
    if (W < 0 || !from)
        return;
    int n_in = s->program->tensors[W].shape.dim[1], n_out = s->program->tensors[W].shape.dim[0];
    float limit = scale_limit(trace_tensor(s->trace, W), n_in * n_out);
    for (int o = 0; o < (to ? to->shown : n_out); o++)
        for (int i = 0; i < from->shown && i < n_in; i++) {
            struct rect a = thumb_rect(from, i);
            /* Left of the numbers beside a curve. */
            float left = d->f->axes == 1 ? ui_px(d->v->ui, 62) : 0;
            struct point end = {d->map.x - left, d->map.y + d->map.h / 2};
            if (to) {
                struct rect b = thumb_rect(to, o);
                end = (struct point){b.x, b.y + b.h / 2};
            }
            draw_edge(d, (struct cell){W, 0, (size_t)(o * n_in + i)},
                      (struct point){a.x + a.w, a.y + a.h / 2}, end, limit, nearest);
        }
}

/* A click near a line selects its weight. */
static void react_edges(const struct plane_frame *d, struct rect r, const struct nearest *nearest)
{
    struct ui *ui = d->v->ui;
    char name[160], number[48], tip[220];
    unsigned answer = ui_area(ui, "plane.weights", r, _("weights"), false);
    if (nearest->distance > ui_px(ui, 8) || !(answer & AREA_HOVER))
        return;
    if (answer & AREA_CLICKED)
        view_select(d->v, nearest->cell);
    cell_name(d->v->snap->program, nearest->cell, name, sizeof name);
    view_number(d->v->snap, (double)cell_value(d->v->snap->trace, nearest->cell), number,
                sizeof number);
    snprintf(tip, sizeof tip, "%s = %s", name, number);
    ui_tooltip(ui, r, tip);
}

static void draw_edges(const struct plane_frame *d, struct rect r)
{
    const struct net *net = d->v->snap->net;
    struct nearest nearest = {INFINITY, CELL_NONE};
    int last = net->layer_count - 1;
    for (int l = 1; l <= last; l++)
        if (net->layers[l].kind == LAYER_DENSE) {
            const struct plane_column *to = column_of(d, l);
            if (to || shape_count(&net->layers[l].out) == 1)
                draw_edges_to(d, l, to, &nearest);
        }
    react_edges(d, r, &nearest);
}

static void name_unit(const struct plane_frame *d, const struct plane_column *c, int unit,
                      char *out, size_t size)
{
    const struct snapshot *s = d->v->snap;
    if (c->layer == 0 && s->data && s->data->feature_names)
        snprintf(out, size, "%s", s->data->feature_names[unit]);
    else
        snprintf(out, size, "%s[%d]", s->net->layers[c->layer].name, unit);
}

/* The cell that a thumbnail stands for: the neuron before its activation, where it has that. */
static struct cell cell_of(const struct snapshot *s, int layer, int unit)
{
    const struct program *p = s->program;
    bool own = layer > 0 && p->tensors[p->layer_z[layer]].layer == layer;
    return (struct cell){own ? p->layer_z[layer] : p->layer_out[layer], s->view_sample,
                         (size_t)unit};
}

static void draw_unit(const struct plane_frame *d, const struct plane_column *c, int unit,
                      float label)
{
    struct ui *ui = d->v->ui;
    char name[96], id[64], tip[200];
    int layer, selected;
    struct rect r = thumb_rect(c, unit), over = {r.x - r.w / 2, r.y - label, 2 * r.w, label};
    name_unit(d, c, unit, name, sizeof name);
    draw_thumb(d, c->face, unit, r);
    if (c->pitch >= r.h + label)
        draw_text_in(ui->draw, FONT_MONO, ui_text_px(ui, 17), over, ALIGN_CENTRE | TEXT_MAY_CUT,
                     ui->theme->muted, name);
    bool on = plane_selected_unit(d->v->snap, &layer, &selected) && layer >= c->layer &&
              layer <= c->face && selected == unit;
    if (cell_is(d->v->snap->selected) && c->layer == 0)
        on = cell_equal(d->v->snap->selected, cell_of(d->v->snap, 0, unit));
    if (on)
        draw_frame(ui->draw, rect_inset(r, -ui_px(ui, 4)), ui_px(ui, 4), ui->theme->selection);
    snprintf(id, sizeof id, "plane.%.40s.%d", d->v->snap->net->layers[c->layer].name, unit);
    snprintf(tip, sizeof tip, _("%s over the whole plane: orange is negative, blue positive"),
             name);
    if (ui_area(ui, id, r, name, true) & AREA_CLICKED)
        view_select(d->v, cell_of(d->v->snap, c->layer, unit));
    ui_tooltip(ui, r, tip);
}

void plane_net_draw(struct plane_frame *d, struct rect r)
{
    struct ui *ui = d->v->ui;
    float label = (float)ui_text_px(ui, 17) * 1.5f;
    find_columns(d);
    place_columns(d, r);
    draw_edges(d, r);
    for (int i = 0; i < d->column_count; i++) {
        const struct plane_column *c = &d->columns[i];
        for (int u = 0; u < c->shown; u++)
            draw_unit(d, c, u, label);
        if (c->shown == c->units)
            continue;
        char text[48];
        struct rect more = rect_shift(c->first, 0, c->pitch * (float)c->shown);
        snprintf(text, sizeof text, _("… %d more"), c->units - c->shown);
        more = rect_centre(more, c->first.w * 2, label);
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 17), more, ALIGN_CENTRE | TEXT_MAY_CUT,
                     ui->theme->muted, text);
    }
}
