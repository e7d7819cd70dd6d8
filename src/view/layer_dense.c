/* Dense layers: one unit's inputs times its weights, the sum, the activation's curve; backward the
 * gradient of a weight, of an input. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "layer_picture.h"

enum { COLUMN_MOST = 12 };

/* The pictures that the layer's inputs were before they were made flat. */
static const struct shape *picture_before(const struct stage *s)
{
    const struct net *net = s->v->snap->net;
    int layer = s->l->from[0];
    while (layer > 0 && (net->layers[layer].kind == LAYER_FLATTEN ||
                         net->layers[layer].kind == LAYER_ACTIVATION ||
                         net->layers[layer].kind == LAYER_DROPOUT))
        layer = net->layers[layer].from[0];
    const struct shape *shape = &net->layers[layer].out;
    return shape->rank == 3 ? shape : NULL;
}

static int inputs_of(const struct stage *s)
{
    return s->l->in.dim[0];
}

/* Which inputs a picture shows: all, or one map of them. */
struct view_of {
    const struct shape *shape; /* NULL: a list */
    int channel;
};

static struct view_of inputs_seen(struct stage *s, size_t input)
{
    struct view_of w = {picture_before(s), 0};
    if (!w.shape || shape_count(w.shape) != (size_t)inputs_of(s) || inputs_of(s) <= COLUMN_MOST) {
        w.shape = NULL;
        return w;
    }
    int channels = w.shape->dim[2];
    w.channel = stage_channel(s, channels, (int)(input % (size_t)channels), _("map"));
    return w;
}

/* Numbers of the inputs from `base` of a tensor, laid out like the picture they come from. */
static struct grid inputs_grid(const struct stage *s, const struct view_of *w, int tensor,
                               size_t base)
{
    int n = inputs_of(s);
    struct grid g = grid_vector(s, tensor, 1);
    g.base = base;
    g.end = base + (size_t)n;
    if (w->shape) {
        g.loose = false;
        g.rows = w->shape->dim[0];
        g.cols = w->shape->dim[1];
        g.col_step = (size_t)w->shape->dim[2];
        g.row_step = (size_t)g.cols * g.col_step;
        g.base = base + (size_t)w->channel;
        if (w->shape->dim[2] > 1)
            snprintf(g.note, sizeof g.note, _("map %d"), w->channel);
        return g;
    }
    g.cols = n <= COLUMN_MOST ? 1 : 16 < n ? 16 : n;
    g.rows = (n + g.cols - 1) / g.cols;
    g.row_step = (size_t)g.cols;
    g.col_step = 1;
    return g;
}

static struct grid weights_grid(const struct stage *s, const struct view_of *w, int tensor,
                                int unit)
{
    struct grid g = inputs_grid(s, w, tensor, (size_t)unit * (size_t)inputs_of(s));
    snprintf(g.note, sizeof g.note, _("to unit %d"), unit);
    if (w->shape && w->shape->dim[2] > 1)
        snprintf(g.note, sizeof g.note, _("to unit %d, map %d"), unit, w->channel);
    return g;
}

/* Products laid out as the inputs are, beside the grid at `beside`. */
static void draw_products(struct stage *s, struct rect r, struct rect beside, const struct grid *g)
{
    int W = stage_tensor(s, "W"), n = g->rows * g->cols;
    if (rect_is_empty(r) || rect_is_empty(beside))
        return;
    int *term = mem_zalloc((size_t)n, sizeof *term);
    for (int k = 0; k < n; k++)
        term[k] = -1;
    size_t first = s->cell.index * (size_t)inputs_of(s);
    struct plate p = {.base = g->base,
                      .row_step = g->row_step,
                      .col_step = g->col_step,
                      .rows = g->rows,
                      .cols = g->cols,
                      .end = g->end};
    for (int t = 0; t < s->f->count; t++) {
        int row, col;
        if (s->f->terms[t].count == 2 && s->f->terms[t].factor[0].cell.tensor == W &&
            plate_find(&p, s->f->terms[t].factor[0].cell.index - first, &row, &col))
            term[row * g->cols + col] = t;
    }
    float title = (float)s->px * 1.5f;
    struct products products = {
        g->rows, g->cols, term, _("products"), NULL, NULL, beside.h / (float)g->rows / s->unit};
    struct rect at = {r.x, beside.y - title, r.w, beside.h + title};
    if (g->cols > 1)
        at.w = fminf(at.w, beside.w);
    stage_products(s, at, &products);
    free(term);
}

static void draw_sum(struct stage *s, struct rect r, int unit)
{
    int out = s->v->snap->program->layer_out[s->layer];
    struct cell cells[3] = {stage_cell(s, stage_tensor(s, "b"), (size_t)unit), s->cell, CELL_NONE};
    if (out != s->cell.tensor && !view_is_hidden(s->v, s->cell)) /* a relu would give it away */
        cells[2] = stage_cell(s, out, s->cell.index);
    float used = fminf(r.h, 3 * 92 * s->unit);
    rect_cut_top(&r, (r.h - used) / 2);
    for (int i = 0; i < 3; i++)
        stage_number(s, rect_cut_top(&r, fminf(r.h / (float)(3 - i), 92 * s->unit)), cells[i]);
}

static void draw_forward(struct stage *s, struct rect r)
{
    struct rect above, below;
    int unit = (int)s->cell.index, n = inputs_of(s);
    struct view_of seen = inputs_seen(s, 0);
    bool curve = s->l->activation != ACT_NONE && s->l->activation != ACT_SOFTMAX &&
                 s->l->activation != ACT_LINEAR;
    bool list = n <= COLUMN_MOST && !seen.shape;
    layer_split(s, r, list ? 0 : 190, &above, &below);
    struct part top[] = {stage_part(100, list ? 150 : 400, 3), stage_part(100, list ? 150 : 400, 3),
                         stage_part(list ? 210 : 110, list ? 260 : 400, list ? 1 : 4),
                         stage_part(140, 190, 0), stage_part(150, curve ? 380 : 0, 2)};
    stage_row(s, above, top, curve ? 5 : 4, 34);
    struct grid g = inputs_grid(s, &seen, stage_x(s), 0);
    struct rect x = stage_grid(s, top[0].rect, &g, GRID_SCALE);
    struct grid products = g;
    g = weights_grid(s, &seen, stage_tensor(s, "W"), unit);
    stage_grid(s, top[1].rect, &g, GRID_SCALE);
    draw_products(s, top[2].rect, x, &products);
    draw_sum(s, top[3].rect, unit);
    if (curve) {
        int out = s->v->snap->program->layer_out[s->layer];
        struct plot plot = {.fn = layer_activation_fn(s),
                            .x = s->cell,
                            .y = stage_cell(s, out, s->cell.index),
                            .slope = CELL_NONE,
                            .title = activation_name(s->l->activation)};
        stage_plot(s, top[4].rect, &plot);
    }
    if (!list)
        stage_terms(s, below, _("bias and products"));
    snprintf(s->about, sizeof s->about,
             _("Each input times its weight to this unit, all added, with the bias: the sum z."));
}

/* The gradient of the weights: what arrives at the unit times what came in. */
static void draw_back_weight(struct stage *s, struct rect r)
{
    struct rect above, below;
    int i[SHAPE_MAX_RANK];
    stage_index(s, i);
    bool bias = s->cell.tensor != stage_grad(s, stage_tensor(s, "W"));
    struct view_of seen = inputs_seen(s, (size_t)i[1]);
    layer_split(s, r, 170, &above, &below);
    struct part top[] = {stage_part(100, 400, 2), stage_part(110, 440, 0), stage_part(100, 200, 1)};
    if (bias)
        top[0] = stage_part(0, 0, 2);
    stage_row(s, above, top, 3, 70);
    if (!bias) {
        struct grid x = inputs_grid(s, &seen, stage_x(s), 0);
        stage_grid(s, top[0].rect, &x, GRID_SCALE);
    }
    struct grid g = grid_vector(s, s->cell.tensor, s->l->units > COLUMN_MOST ? 16 : 1);
    if (!bias && s->l->units <= 16 && inputs_of(s) <= 16)
        g = grid_around(s, s->cell);
    else if (!bias)
        g = weights_grid(s, &seen, s->cell.tensor, i[0]);
    stage_grid(s, top[1].rect, &g, GRID_SCALE);
    g = grid_vector(s, stage_grad(s, stage_z(s)), s->l->units > COLUMN_MOST ? 8 : 1);
    stage_grid(s, top[2].rect, &g, GRID_SCALE);
    stage_terms(s, below, s->v->snap->trace->n > 1 ? _("one term for each sample") : _("the term"));
    snprintf(s->about, sizeof s->about, "%s",
             bias ? _("The bias moves z as it is: its gradient is that of z.")
                  : _("How much z matters, times the input that came in through this weight."));
}

static void draw_back_input(struct stage *s, struct rect r)
{
    struct rect above, below;
    int W = stage_tensor(s, "W"), n = inputs_of(s);
    struct view_of seen = inputs_seen(s, s->cell.index);
    layer_split(s, r, 170, &above, &below);
    struct part top[] = {stage_part(110, 440, 0), stage_part(100, 220, 2), stage_part(100, 220, 1)};
    stage_row(s, above, top, 3, 70);
    struct grid g = inputs_grid(s, &seen, s->cell.tensor, 0);
    stage_grid(s, top[0].rect, &g, GRID_SCALE);
    int across = s->l->units > COLUMN_MOST ? 8 : 1;
    g = grid_vector(s, W, 1);
    g.base = s->cell.index;
    g.cols = across;
    g.rows = (s->l->units + across - 1) / across;
    g.col_step = (size_t)n;
    g.row_step = (size_t)n * (size_t)across;
    snprintf(g.note, sizeof g.note, _("from input %d"), (int)s->cell.index);
    stage_grid(s, top[1].rect, &g, GRID_SCALE);
    g = grid_vector(s, stage_grad(s, stage_z(s)), across);
    stage_grid(s, top[2].rect, &g, GRID_SCALE);
    stage_terms(s, below, _("the terms"));
    snprintf(s->about, sizeof s->about,
             _("This number went to every unit, each time through another weight: their gradients "
               "times these weights, all added."));
}

void layer_dense_draw(struct stage *s, struct rect r)
{
    if (s->cell.tensor == stage_z(s))
        draw_forward(s, r);
    else if (s->cell.tensor == stage_grad(s, stage_x(s)))
        draw_back_input(s, r);
    else if (s->cell.tensor == stage_grad(s, stage_tensor(s, "W")) ||
             s->cell.tensor == stage_grad(s, stage_tensor(s, "b")))
        draw_back_weight(s, r);
    else
        layer_terms_draw(s, r);
}
