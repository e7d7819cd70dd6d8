#include "network_skips.h"

#include <math.h>

/* The column of a layer's output (its last), or its first one; -1: none. */
static int column_of(const struct layout *l, int layer, bool last)
{
    int found = -1;
    for (int i = 0; i < l->count; i++)
        if (l->columns[i].layer == layer && l->columns[i].plates > 0 && !l->columns[i].repeats &&
            (last || found < 0))
            found = i;
    return found;
}

static bool are_neighbours(const struct layout *l, int from, int to)
{
    while (from + 1 < to && l->columns[from + 1].repeats)
        from++;
    return from + 1 >= to;
}

static struct rect plates_rect(const struct scene *s, int first, int count)
{
    struct rect r = s->plates[first].rect;
    for (int i = 1; i < count; i++)
        r = rect_union(r, s->plates[first + i].rect);
    return r;
}

static struct rect column_rect(const struct layout *l, const struct scene *s, int i)
{
    return plates_rect(s, l->columns[i].first_plate, l->columns[i].plates);
}

struct ends {
    struct point a, ca, cb, b;
};

static void draw_arrow(const struct layout *l, const struct ends *e)
{
    const struct view *v = l->view;
    float unit = ui_px(v->ui, 1);
    bool back = view_phase(v->snap) == PHASE_BACKWARD;
    struct colour c =
        colour_alpha(back ? v->ui->theme->phase[PHASE_BACKWARD] : v->ui->theme->muted, 0.75f);
    draw_curve(v->ui->draw, e->a, e->ca, e->cb, e->b, fmaxf(1.5f, 2.5f * unit),
               back ? 6 * unit : -1, 5 * unit, c);
    if (back)
        draw_arrow_head(v->ui->draw, e->ca, e->a, 10 * unit, c);
    else
        draw_arrow_head(v->ui->draw, e->cb, e->b, 10 * unit, c);
}

/* Over the columns between, within one row. */
static void draw_skip(const struct layout *l, const struct scene *s, int from, int to)
{
    float unit = ui_px(l->view->ui, 1), gap = 4 * unit;
    struct rect left = column_rect(l, s, from), right = column_rect(l, s, to);
    struct point a = {left.x + left.w / 2, left.y - gap};
    struct point b = {right.x + right.w / 2, right.y - gap};
    float peak = fminf(a.y, b.y);
    for (int i = from + 1; i < to; i++)
        if (l->columns[i].plates > 0)
            peak = fminf(peak, column_rect(l, s, i).y - gap);
    peak -= 24 * unit * s->zoom;
    /* a cubic curve reaches three quarters of the way to its control points */
    float control = (peak - 0.25f * fminf(a.y, b.y)) / 0.75f;
    struct ends e = {a, {a.x, control}, {b.x, control}, b};
    draw_arrow(l, &e);
}

/* Between rows: an arrow that leaves, with the name of where it goes, and one that comes in. */
static void draw_stub(const struct layout *l, const struct scene *s, int column, const char *name,
                      bool leaves)
{
    struct ui *ui = l->view->ui;
    float unit = ui_px(ui, 1) * s->zoom, long_ = 26 * unit;
    int px = (int)((float)l->small_px * fminf(s->zoom, 1.5f));
    struct rect r = column_rect(l, s, column);
    struct point low = {r.x + r.w / 2, r.y - 4 * unit}, high = {low.x, low.y - long_};
    struct ends out = {low, {low.x, low.y - long_ / 3}, {high.x, high.y + long_ / 3}, high};
    struct ends in = {high, out.cb, out.ca, low};
    draw_arrow(l, leaves ? &out : &in);
    float wide = font_width(ui->fonts, FONT_SANS, px, name) + 2;
    struct rect text = {low.x + 8 * unit, high.y, wide, long_};
    struct rect seen = rect_intersect(text, draw_clip(ui->draw));
    if (seen.w >= text.w * 0.98f && seen.h >= text.h * 0.98f)
        draw_text_in(ui->draw, FONT_SANS, px, text, ALIGN_LEFT, ui->theme->muted, name);
}

static void draw_way(const struct layout *l, const struct scene *s, int from, int to)
{
    const struct layer *layers = l->view->snap->net->layers;
    if (l->columns[from].row == l->columns[to].row) {
        draw_skip(l, s, from, to);
        return;
    }
    draw_stub(l, s, from, layers[l->columns[to].layer].name, true);
    draw_stub(l, s, to, layers[l->columns[from].layer].name, false);
}

/* Plates of a concatenation are one a channel or unit: the parts follow each other. */
static void draw_parts(const struct layout *l, const struct scene *s, int column, int layer)
{
    const struct net *net = l->view->snap->net;
    const struct layer *of = &net->layers[layer];
    const struct column *c = &l->columns[column];
    struct ui *ui = l->view->ui;
    int channels = of->out.dim[of->out.rank - 1], at = 0;
    if (c->plates != channels)
        return;
    for (int k = 0; k < of->from_count; k++) {
        const struct shape *part = &net->layers[of->from[k]].out;
        int n = part->dim[part->rank - 1];
        for (int i = at; i < at + n; i++) {
            struct rect r = s->plates[c->first_plate + i].rect;
            float wide = fmaxf(2, ui_px(ui, 4));
            struct rect bar = {r.x - 2 * wide, r.y, wide, r.h};
            draw_rect(ui->draw, bar, k % 2 ? ui->theme->line : ui->theme->muted);
        }
        at += n;
    }
}

void network_skips_draw(const struct layout *l, const struct scene *s)
{
    const struct net *net = l->view->snap->net;
    for (int i = 1; i < net->layer_count; i++) {
        const struct layer *layer = &net->layers[i];
        if (layout_home(net, i) != i)
            continue;
        int to = column_of(l, i, false);
        for (int k = 0; k < layer->from_count && to >= 0; k++) {
            int from = column_of(l, layout_home(net, layer->from[k]), true);
            if (from >= 0 && !are_neighbours(l, from, to))
                draw_way(l, s, from, to);
        }
        if (layer->kind == LAYER_CONCATENATE && to >= 0)
            draw_parts(l, s, column_of(l, i, true), i);
    }
}
