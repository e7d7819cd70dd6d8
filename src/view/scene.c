#include "scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

void scene_deinit(struct scene *s)
{
    free(s->plates);
    free(s->labels);
    free(s->edges);
    free(s->legends);
    free(s->folds);
    free(s->shown);
    memset(s, 0, sizeof *s);
}

void scene_begin(struct scene *s, const struct snapshot *snap)
{
    s->snap = snap;
    s->plate_count = s->label_count = s->edge_count = s->legend_count = s->fold_count = 0;
    s->edge_limit = 0;
    s->edge_note[0] = 0;
    s->zoom = 1;
    int tensors = snap->program ? snap->program->tensor_count : 0;
    s->shown = mem_grow(s->shown, &s->shown_capacity, tensors + 1, sizeof *s->shown);
    memset(s->shown, 0, sizeof *s->shown * (size_t)s->shown_capacity);
}

struct plate *scene_plate(struct scene *s, enum plate_kind kind, int tensor, struct rect rect,
                          int rows, int cols, size_t base, size_t row_step, size_t col_step)
{
    s->plates = mem_grow(s->plates, &s->plate_capacity, s->plate_count + 1, sizeof *s->plates);
    struct plate *p = &s->plates[s->plate_count++];
    *p = (struct plate){
        .kind = kind,
        .tensor = tensor,
        .base = base,
        .row_step = row_step ? row_step : 1,
        .col_step = col_step ? col_step : 1,
        .rows = rows,
        .cols = cols,
        .end = s->snap->program->tensors[tensor].count,
        .rect = kind == PLATE_GRID ? rect_snap(rect) : rect,
        .limit = 1,
        .place = scene_place(s->snap, tensor),
    };
    s->shown[tensor] = true;
    return p;
}

void scene_label(struct scene *s, struct rect rect, enum font_face face, int px, unsigned align,
                 enum label_colour colour, const char *text)
{
    s->labels = mem_grow(s->labels, &s->label_capacity, s->label_count + 1, sizeof *s->labels);
    struct scene_label *l = &s->labels[s->label_count++];
    *l = (struct scene_label){rect, face, px, align, colour, ""};
    snprintf(l->text, sizeof l->text, "%s", text);
}

void scene_legend(struct scene *s, struct rect rect, float limit, bool gradient)
{
    s->legends = mem_grow(s->legends, &s->legend_capacity, s->legend_count + 1, sizeof *s->legends);
    s->legends[s->legend_count++] = (struct legend){rect, limit, gradient};
}

void scene_fold(struct scene *s, struct rect rect, int value, bool opens, const char *text)
{
    s->folds = mem_grow(s->folds, &s->fold_capacity, s->fold_count + 1, sizeof *s->folds);
    struct fold *f = &s->folds[s->fold_count++];
    *f = (struct fold){rect, value, opens, ""};
    snprintf(f->text, sizeof f->text, "%s", text);
}

void scene_edge(struct scene *s, struct cell cell, struct point a, struct point b)
{
    s->edges = mem_grow(s->edges, &s->edge_capacity, s->edge_count + 1, sizeof *s->edges);
    s->edges[s->edge_count++] = (struct edge){cell, a, b, false};
}

/* Where the words of a label really are. */
static struct rect ink_of(struct fonts *fonts, const struct scene_label *l)
{
    float w = fminf(font_width(fonts, l->face, l->px, l->text), l->rect.w), h = (float)l->px;
    float x = l->align & ALIGN_CENTRE  ? l->rect.x + (l->rect.w - w) / 2
              : l->align & ALIGN_RIGHT ? l->rect.x + l->rect.w - w
                                       : l->rect.x;
    return (struct rect){x, l->rect.y + (l->rect.h - h) / 2, w, h};
}

static bool is_free(const struct rect *taken, int n, struct rect r)
{
    for (int i = 0; i < n; i++)
        if (rect_overlaps(taken[i], r))
            return false;
    return true;
}

void scene_unclutter(struct scene *s, struct fonts *fonts, int px, int first_label,
                     int first_legend)
{
    int n = 0, most = s->label_count + s->legend_count + s->fold_count + 1;
    struct rect *taken = mem_zalloc((size_t)most, sizeof *taken);
    for (int i = first_label; i < s->label_count; i++) {
        struct scene_label *l = &s->labels[i];
        struct rect ink = ink_of(fonts, l);
        float whole = font_width(fonts, l->face, l->px, l->text);
        bool narrow = whole > l->rect.w && l->rect.w < 2.5f * (float)l->px;
        if (narrow || !is_free(taken, n, ink))
            l->text[0] = 0;
        else
            taken[n++] = ink;
    }
    for (int i = 0; i < s->fold_count; i++) {
        struct fold *f = &s->folds[i];
        float w = fminf(font_width(fonts, FONT_SANS, px, f->text), f->rect.w);
        struct rect ink = rect_centre(f->rect, w, (float)px);
        if (is_free(taken, n, ink))
            taken[n++] = ink;
        else
            f->text[0] = 0;
    }
    for (int i = first_legend; i < s->legend_count; i++) {
        struct rect ink = rect_centre(s->legends[i].rect, s->legends[i].rect.w, (float)px);
        if (is_free(taken, n, ink))
            taken[n++] = ink;
        else
            s->legends[i].rect.w = 0;
    }
    free(taken);
}

static struct rect moved(struct rect r, struct rect canvas, float zoom, float dx, float dy)
{
    return (struct rect){canvas.x + (r.x - canvas.x) * zoom + dx,
                         canvas.y + (r.y - canvas.y) * zoom + dy, r.w * zoom, r.h * zoom};
}

void scene_transform(struct scene *s, struct rect canvas, float zoom, float dx, float dy)
{
    s->zoom = zoom;
    for (int i = 0; i < s->plate_count; i++) {
        struct plate *p = &s->plates[i];
        if (p->detail)
            continue;
        p->rect = moved(p->rect, canvas, zoom, dx, dy);
        if (p->kind == PLATE_GRID)
            p->rect = rect_snap(p->rect);
    }
    for (int i = 0; i < s->label_count; i++)
        s->labels[i].rect = moved(s->labels[i].rect, canvas, zoom, dx, dy);
    for (int i = 0; i < s->legend_count; i++)
        s->legends[i].rect = moved(s->legends[i].rect, canvas, zoom, dx, dy);
    for (int i = 0; i < s->fold_count; i++)
        s->folds[i].rect = moved(s->folds[i].rect, canvas, zoom, dx, dy);
    for (int i = 0; i < s->edge_count; i++) {
        struct edge *e = &s->edges[i];
        struct rect box = moved((struct rect){e->a.x, e->a.y, e->b.x - e->a.x, e->b.y - e->a.y},
                                canvas, zoom, dx, dy);
        e->a = (struct point){box.x, box.y};
        e->b = (struct point){box.x + box.w, box.y + box.h};
    }
}

struct cell plate_cell(const struct scene *s, const struct plate *p, int row, int col)
{
    size_t index = p->base + (size_t)row * p->row_step + (size_t)col * p->col_step;
    if (row < 0 || col < 0 || row >= p->rows || col >= p->cols || index >= p->end)
        return CELL_NONE;
    bool batched = s->snap->program->tensors[p->tensor].batched;
    return (struct cell){p->tensor, batched ? s->snap->view_sample : 0, index};
}

struct rect plate_rect(const struct plate *p, int row, int col)
{
    return rect_cell(p->rect, p->cols, p->rows, col, row);
}

bool plate_find(const struct plate *p, size_t index, int *row, int *col)
{
    if (index < p->base || index >= p->end)
        return false;
    size_t d = index - p->base;
    size_t r, c;
    if (p->cols == 1) {
        r = d / p->row_step;
        c = 0;
    } else if (p->rows == 1) {
        r = 0;
        c = d / p->col_step;
    } else if (p->row_step > p->col_step) {
        r = d / p->row_step;
        c = d % p->row_step / p->col_step;
    } else {
        c = d / p->col_step;
        r = d % p->col_step / p->row_step;
    }
    if (r >= (size_t)p->rows || c >= (size_t)p->cols || r * p->row_step + c * p->col_step != d)
        return false;
    *row = (int)r;
    *col = (int)c;
    return true;
}

/* Layers that only rearrange or bend the numbers of the one before share its place. */
static int home_layer(const struct net *net, int layer)
{
    while (layer > 0 && (net->layers[layer].kind == LAYER_FLATTEN ||
                         net->layers[layer].kind == LAYER_ACTIVATION))
        layer = net->layers[layer].from[0];
    return layer;
}

/* A batchnorm's normalised values and a dropout's mask have columns of their own. */
static bool lies_alone(const char *base)
{
    const char *dot = strrchr(base, '.');
    return dot && (strcmp(dot, ".xhat") == 0 || strcmp(dot, ".mask") == 0);
}

int scene_place(const struct snapshot *snap, int tensor)
{
    const struct tensor *t = &snap->program->tensors[tensor];
    const struct net *net = snap->net;
    if (t->layer < 0)
        return -1;
    if (lies_alone(t->base))
        return -1;
    if (t->batched) {
        int home = home_layer(net, t->layer);
        return t->count == shape_count(&net->layers[home].out) ? home : -1;
    }
    const struct layer *l = &net->layers[t->layer];
    for (int k = 0; k < l->param_count; k++)
        if (t->count == l->param[k].count && shape_equal(&t->shape, &l->param[k].shape)) {
            const char *dot = strrchr(t->base, '.');
            if (dot && strcmp(dot + 1, l->param[k].name) == 0)
                return net->layer_count + t->layer * NET_MAX_PARAMS + k;
        }
    return -1;
}

bool scene_stands_for(const struct scene *s, const struct plate *p, int tensor)
{
    if (p->tensor == tensor)
        return true;
    if (p->stands != STANDS_FOR_ANY &&
        (p->stands == STANDS_FOR_GRADIENTS) != view_is_gradient(s->snap, tensor))
        return false;
    return !p->detail && tensor < s->shown_capacity && !s->shown[tensor] && p->place >= 0 &&
           p->place == scene_place(s->snap, tensor);
}

static float distance_to_line(struct point a, struct point b, float x, float y)
{
    float dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    float t = length2 > 0 ? ((x - a.x) * dx + (y - a.y) * dy) / length2 : 0;
    t = fmaxf(0, fminf(1, t));
    return hypotf(a.x + t * dx - x, a.y + t * dy - y);
}

struct cell scene_hit(const struct scene *s, float x, float y, float reach)
{
    for (int i = s->plate_count - 1; i >= 0; i--) {
        const struct plate *p = &s->plates[i];
        if (!rect_contains(p->rect, x, y))
            continue;
        int col = (int)((x - p->rect.x) * (float)p->cols / p->rect.w);
        int row = (int)((y - p->rect.y) * (float)p->rows / p->rect.h);
        struct cell c = plate_cell(s, p, row, col);
        if (cell_is(c))
            return c;
    }
    struct cell best = CELL_NONE;
    for (int i = 0; i < s->edge_count; i++) {
        float d = distance_to_line(s->edges[i].a, s->edges[i].b, x, y);
        if (d < reach) {
            reach = d;
            best = s->edges[i].cell;
        }
    }
    return best;
}
