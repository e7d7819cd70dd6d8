#include "network_skips.h"

#include <math.h>

static int home_of(const struct net *net, int i)
{
    while (i > 0 &&
           (net->layers[i].kind == LAYER_FLATTEN || net->layers[i].kind == LAYER_ACTIVATION))
        i = net->layers[i].from[0];
    return i;
}

/* The column of a layer's output (its last), or its first one; -1: none. */
static int column_of(const struct layout *l, int layer, bool last)
{
    int found = -1;
    for (int i = 0; i < l->count; i++)
        if (l->columns[i].layer == layer && l->columns[i].plates > 0 && (last || found < 0))
            found = i;
    return found;
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

/* Titles stand above the pictures, except where they have rows of their own. */
static float caption_height(const struct layout *l, const struct scene *s)
{
    float lines = (float)l->title_px * 1.5f + (l->subtitles ? (float)l->small_px * 1.5f : 0);
    return l->staggered ? ui_px(l->view->ui, 6) : lines * s->zoom;
}

static void draw_skip(const struct layout *l, const struct scene *s, struct rect canvas, int from,
                      int to)
{
    const struct view *v = l->view;
    float caption = caption_height(l, s), unit = ui_px(v->ui, 1);
    struct rect left = column_rect(l, s, from), right = column_rect(l, s, to);
    struct point a = {left.x + left.w / 2, left.y - caption};
    struct point b = {right.x + right.w / 2, right.y - caption};
    float peak = fminf(a.y, b.y);
    for (int i = from + 1; i < to; i++)
        if (l->columns[i].plates > 0)
            peak = fminf(peak, column_rect(l, s, i).y - caption);
    float titles = l->staggered ? 3.2f * (float)l->title_px * s->zoom : 0;
    peak = fmaxf(canvas.y + titles + 4 * unit, peak - 16 * unit);
    /* a cubic curve reaches three quarters of the way to its control points */
    float control = (peak - 0.25f * fminf(a.y, b.y)) / 0.75f;
    bool back = view_phase(v->snap) == PHASE_BACKWARD;
    struct colour c =
        colour_alpha(back ? v->ui->theme->phase[PHASE_BACKWARD] : v->ui->theme->muted, 0.75f);
    struct point ca = {a.x, control}, cb = {b.x, control};
    draw_curve(v->ui->draw, a, ca, cb, b, fmaxf(1.5f, 2.5f * unit), back ? 6 * unit : -1, 5 * unit,
               c);
    if (back)
        draw_arrow_head(v->ui->draw, ca, a, 10 * unit, c);
    else
        draw_arrow_head(v->ui->draw, cb, b, 10 * unit, c);
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

void network_skips_draw(const struct layout *l, const struct scene *s, struct rect canvas)
{
    const struct net *net = l->view->snap->net;
    for (int i = 1; i < net->layer_count; i++) {
        const struct layer *layer = &net->layers[i];
        if (home_of(net, i) != i)
            continue;
        int to = column_of(l, i, false);
        for (int k = 0; k < layer->from_count && to >= 0; k++) {
            int from = column_of(l, home_of(net, layer->from[k]), true);
            if (from >= 0 && from + 1 < to)
                draw_skip(l, s, canvas, from, to);
        }
        if (layer->kind == LAYER_CONCATENATE && to >= 0)
            draw_parts(l, s, column_of(l, i, true), i);
    }
}
