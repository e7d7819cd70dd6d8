/* Weights as lines between units: all of them between columns of circles, the strongest of the
 * selected unit's where a layer is large. They show the weight, or its gradient. */
#include "network_edges.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>

enum { STRONGEST = 20 };

bool network_edges_by_gradient(const struct view *v, const struct network_state *n)
{
    return (view_phase(v->snap) == PHASE_BACKWARD) != n->other_edges;
}

/* The plate of a column that shows flat index `index`. */
static bool cell_place(const struct layout *l, const struct column *c, size_t index,
                       struct rect *out)
{
    int row, col;
    for (int i = c->first_plate; i < c->first_plate + c->plates; i++) {
        const struct plate *p = &l->scene->plates[i];
        if (p->kind == PLATE_BAR || p->kind == PLATE_COLOUR || !plate_find(p, index, &row, &col))
            continue;
        *out = plate_rect(p, row, col);
        return true;
    }
    for (int i = 0; i < l->scene->fold_count; i++) /* it is folded away: its word stands for it */
        if (l->scene->folds[i].value == c->value) {
            *out = l->scene->folds[i].rect;
            return true;
        }
    return false;
}

/* Left or right end of unit i of a column, where its edges meet. */
static bool unit_end(const struct layout *l, const struct column *c, int i, bool right,
                     struct point *at)
{
    struct rect r;
    if (!cell_place(l, c, (size_t)i, &r))
        return false;
    float left = c->kind == COLUMN_OUTPUT ? c->rect.x : r.x; /* left of the class' name */
    *at = (struct point){right ? r.x + r.w : left, r.y + r.h / 2};
    return true;
}

static bool has_units(const struct column *c)
{
    return c->kind == COLUMN_UNITS || c->kind == COLUMN_OUTPUT;
}

/* The column that shows a layer's output: its last one, in the row asked for (-1: where it really
 * stands). */
static const struct column *column_of(const struct layout *l, int layer, int row)
{
    layer = layout_home(l->view->snap->net, layer);
    for (int i = l->count - 1; i >= 0; i--)
        if (l->columns[i].layer == layer &&
            (row < 0 ? !l->columns[i].repeats : l->columns[i].row == row))
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

/* The tensor that the lines of W show; -1: there is none (no backward phase). */
static int shown_weights(const struct layout *l, int W)
{
    const struct snapshot *s = l->view->snap;
    const struct tensor *t = &s->program->tensors[W];
    if (l->scene->edge_gradient)
        return t->grad;
    return view_phase(s) == PHASE_UPDATE && t->next >= 0 ? t->next : W;
}

static void between_circles(struct layout *l, const struct column *from, const struct column *to,
                            int W, int shown)
{
    const struct snapshot *s = l->view->snap;
    int n_in = s->program->tensors[W].shape.dim[1], units = s->program->tensors[W].shape.dim[0];
    bool next = shown != W && !l->scene->edge_gradient;
    for (int o = 0; o < units; o++)
        for (int k = 0; k < n_in; k++) {
            struct point a, b;
            struct cell cell = {shown, 0, (size_t)(o * n_in + k)};
            if (next && !steps_done(s->steps, s->cursor, cell))
                cell.tensor = W;
            if (unit_end(l, from, k, true, &a) && unit_end(l, to, o, false, &b))
                scene_edge(l->scene, cell, a, b);
        }
}

/* The strongest weights of one row, largest first. */
static int strongest(const float *row, int n, int *best)
{
    int count = 0;
    for (int k = 0; k < n; k++) {
        int at = count;
        while (at > 0 && fabsf(row[k]) > fabsf(row[best[at - 1]]))
            at--;
        if (at >= STRONGEST)
            continue;
        count += count < STRONGEST;
        for (int m = count - 1; m > at; m--)
            best[m] = best[m - 1];
        best[at] = k;
    }
    return count;
}

/* Of a large layer only the selected unit's lines, as many as the eye can follow. */
static void of_selected(struct layout *l, const struct column *from, const struct column *to, int W,
                        int shown)
{
    const struct snapshot *s = l->view->snap;
    int n_in = s->program->tensors[W].shape.dim[1], best[STRONGEST];
    const float *row = trace_tensor(s->trace, shown) + (size_t)l->unit * (size_t)n_in;
    int n = strongest(row, n_in, best);
    for (int k = 0; k < n; k++) {
        struct point a, b;
        struct cell cell = {shown, 0, (size_t)(l->unit * n_in + best[k])};
        if (!unit_end(l, from, best[k], true, &a) || !unit_end(l, to, l->unit, false, &b))
            continue;
        scene_edge(l->scene, cell, a, b);
        l->scene->edges[l->scene->edge_count - 1].alone = true;
    }
    char all[32];
    if (n < n_in)
        snprintf(l->scene->edge_note, sizeof l->scene->edge_note,
                 _("%d strongest of %s to unit %d"), n, view_count(n_in, all, sizeof all), l->unit);
    else
        snprintf(l->scene->edge_note, sizeof l->scene->edge_note, _("all %d to unit %d"), n,
                 l->unit);
}

static bool is_selected_layer(const struct snapshot *s, int layer)
{
    return cell_is(s->selected) && s->program->tensors[s->selected.tensor].layer == layer;
}

void network_edges(struct layout *l)
{
    const struct snapshot *s = l->view->snap;
    l->scene->edge_gradient = network_edges_by_gradient(l->view, l->state);
    for (int i = 0; i < s->net->layer_count; i++) {
        const struct layer *layer = &s->net->layers[i];
        if (layer->kind != LAYER_DENSE)
            continue;
        const struct column *to = column_of(l, i, -1);
        const struct column *from = to ? column_of(l, layer->from[0], to->row) : NULL;
        int W = weight_tensor(s->program, i);
        int shown = W >= 0 ? shown_weights(l, W) : -1;
        if (!from || shown < 0)
            continue;
        bool circles = from->kind == COLUMN_UNITS && has_units(to);
        if (!circles && !is_selected_layer(s, i))
            continue;
        l->scene->edge_limit = fmaxf(l->scene->edge_limit, layout_limit(s, shown));
        if (circles)
            between_circles(l, from, to, W, shown);
        else
            of_selected(l, from, to, W, shown);
    }
}

static struct colour edge_colour(const struct view *v, const struct scene *s, float w)
{
    const struct theme *t = v->ui->theme;
    float sign = isfinite(w) ? (w < 0 ? -1.0f : 1.0f) : NAN;
    return s->edge_gradient ? scale_gradient(t, sign, 1) : scale_value(t, sign, 1);
}

void network_edges_dots(const struct view *v, const struct scene *s)
{
    float radius = fmaxf(2, ui_px(v->ui, 4));
    for (int i = 0; i < s->edge_count; i++) {
        const struct edge *e = &s->edges[i];
        if (!e->alone || !view_is_done(v, e->cell))
            continue;
        struct colour c = edge_colour(v, s, cell_value(v->snap->trace, e->cell));
        draw_circle(v->ui->draw, e->a.x, e->a.y, radius + 1, v->ui->theme->panel);
        draw_circle(v->ui->draw, e->a.x, e->a.y, radius, c);
    }
}

void network_edges_draw(const struct view *v, const struct scene *s)
{
    const struct snapshot *snap = v->snap;
    const struct theme *t = v->ui->theme;
    float unit = ui_px(v->ui, 1);
    for (int i = 0; i < s->edge_count; i++) {
        const struct edge *e = &s->edges[i];
        if (!view_is_done(v, e->cell)) {
            const struct point ends[] = {e->a, e->b};
            draw_dashes(v->ui->draw, ends, 2, fmaxf(1, unit), 4 * unit, 5 * unit,
                        colour_alpha(t->hatch, 0.8f));
            continue;
        }
        float w = cell_value(snap->trace, e->cell);
        float part = isfinite(w) ? fminf(1, fabsf(w) / fmaxf(s->edge_limit, 1e-30f)) : 1;
        struct colour c = edge_colour(v, s, w);
        draw_line(v->ui->draw, e->a.x, e->a.y, e->b.x, e->b.y, fmaxf(1, unit * (0.8f + 6 * part)),
                  colour_alpha(c, 0.22f + 0.45f * part));
    }
}
