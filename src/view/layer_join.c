/* Layers that rearrange: dropout's mask, sums of layers, layers side by side, flattening. */
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "layer_picture.h"

enum { PARTS_MOST = 6 };

static bool is_back(const struct stage *s)
{
    return s->v->snap->program->tensors[s->cell.tensor].phase == PHASE_BACKWARD;
}

static int shown(const struct stage *s, int tensor)
{
    return is_back(s) && stage_grad(s, tensor) >= 0 ? stage_grad(s, tensor) : tensor;
}

/* Strikes out the places of a grid whose mask is 0. */
static void strike_out(const struct stage *s, const struct grid *g, struct rect at, int mask)
{
    if (rect_is_empty(at) || at.w / (float)g->cols < 6)
        return;
    struct plate p = {.base = g->base,
                      .row_step = g->row_step,
                      .col_step = g->col_step,
                      .rows = g->rows,
                      .cols = g->cols,
                      .end = g->end,
                      .rect = at};
    for (int row = 0; row < g->rows; row++)
        for (int col = 0; col < g->cols; col++) {
            size_t index = g->base + (size_t)row * g->row_step + (size_t)col * g->col_step;
            struct cell c = stage_cell(s, mask, index);
            if (index >= g->end || !view_is_done(s->v, c) || view_is_hidden(s->v, c) ||
                cell_value(s->v->snap->trace, c) != 0)
                continue;
            struct rect r = rect_inset(plate_rect(&p, row, col), 2);
            draw_line(s->v->ui->draw, r.x, r.y + r.h, r.x + r.w, r.y, 2 * s->unit,
                      s->v->ui->theme->error);
        }
}

void layer_dropout_draw(struct stage *s, struct rect r)
{
    struct rect above, below;
    int mask = stage_tensor(s, "mask"), x = shown(s, stage_x(s)), out = shown(s, stage_z(s));
    layer_split(s, r, 120, &above, &below);
    struct part top[] = {stage_part(110, 420, 1), stage_part(20, 30, 4), stage_part(110, 420, 2),
                         stage_part(20, 30, 3), stage_part(110, 420, 0)};
    if (mask < 0)
        top[2] = stage_part(0, 0, 2);
    stage_row(s, above, top, 5, 16);
    /* Backward the gradient comes from the right. */
    struct grid g = grid_around(s, stage_cell(s, x, s->cell.index));
    struct rect at = stage_grid(s, top[0].rect, &g, GRID_SCALE | GRID_APART);
    if (mask >= 0) {
        strike_out(s, &g, at, mask);
        stage_sign(s, top[1].rect, is_back(s) ? "=" : "×");
        g = grid_around(s, stage_cell(s, mask, s->cell.index));
        snprintf(g.note, sizeof g.note, _("kept: 1 ÷ (1 − %g)"),
                 (double)net_dropout_rate(s->v->snap->net, s->l));
        stage_grid(s, top[2].rect, &g, GRID_SCALE | GRID_APART);
    }
    stage_sign(s, top[3].rect, is_back(s) ? "×" : "=");
    g = grid_around(s, stage_cell(s, out, s->cell.index));
    at = stage_grid(s, top[4].rect, &g, GRID_SCALE | GRID_APART);
    if (mask >= 0)
        strike_out(s, &g, at, mask);
    const struct cell lines[] = {stage_cell(s, x, s->cell.index),
                                 stage_cell(s, mask, s->cell.index),
                                 stage_cell(s, out, s->cell.index)};
    stage_lines(s, below, lines, 3);
    snprintf(s->about, sizeof s->about, "%s",
             mask < 0 ? _("In evaluation nothing is dropped: the numbers go through as they are.")
             : is_back(s)
                 ? _("The same mask: what was dropped gets no gradient.")
                 : _("Struck out: dropped, by chance. The others are enlarged, so that the "
                     "sum stays the same on average."));
}

/* The channel of part k that holds `channel` of the whole; −1: another part does. */
static int channel_in_part(const struct stage *s, int k, int channel)
{
    const struct net *net = s->v->snap->net;
    for (int i = 0; i < s->l->from_count; i++) {
        const struct shape *shape = &net->layers[s->l->from[i]].out;
        int width = shape->dim[shape->rank - 1];
        if (i == k)
            return channel < width ? channel : -1;
        channel -= width;
        if (channel < 0)
            return -1;
    }
    return -1;
}

/* A map (of the channel, where the part has it) or the vector of a layer that is read. */
static struct grid part_grid(const struct stage *s, int tensor, int channel)
{
    const struct shape *shape = &s->v->snap->program->tensors[tensor].shape;
    if (shape->rank == 3)
        return grid_map(s, tensor, channel >= 0 && channel < shape->dim[2] ? channel : 0);
    return grid_around(s, stage_cell(s, tensor, 0));
}

/* The channel of the whole that the picture shows. */
static int whole_channel(const struct stage *s)
{
    int i[SHAPE_MAX_RANK], rank = s->l->out.rank, before = 0;
    const struct net *net = s->v->snap->net;
    stage_index(s, i);
    int channel = rank > 0 ? i[rank - 1] : 0;
    if (s->cell.tensor == stage_z(s) || s->l->kind != LAYER_CONCATENATE)
        return channel;
    for (int k = 0; k < s->l->from_count; k++) {
        const struct shape *shape = &net->layers[s->l->from[k]].out;
        if (s->cell.tensor == shown(s, s->v->snap->program->layer_out[s->l->from[k]]))
            break;
        before += shape->dim[shape->rank - 1];
    }
    return before + channel;
}

void layer_join_draw(struct stage *s, struct rect r)
{
    const struct program *p = s->v->snap->program;
    bool add = s->l->kind == LAYER_ADD;
    int n = s->l->from_count < PARTS_MOST ? s->l->from_count : PARTS_MOST;
    int channel = whole_channel(s);
    struct part top[2 * PARTS_MOST + 2];
    struct rect above, below;
    layer_split(s, r, 110, &above, &below);
    for (int k = 0; k <= n; k++) {
        top[2 * k] = stage_part(100, 400, k == n ? 0 : 1 + k);
        top[2 * k + 1] = stage_part(20, 30, 10 + k);
    }
    stage_row(s, above, top, 2 * n + 1, 14);
    for (int k = 0; k < n; k++) {
        int own = add ? channel : channel_in_part(s, k, channel);
        struct grid g = part_grid(s, shown(s, p->layer_out[s->l->from[k]]), own);
        stage_grid(s, top[2 * k].rect, &g, GRID_SCALE);
        stage_sign(s, top[2 * k + 1].rect, k == n - 1 ? "=" : add && !is_back(s) ? "+" : "|");
    }
    struct grid g = part_grid(s, shown(s, stage_z(s)), channel);
    stage_grid(s, top[2 * n].rect, &g, GRID_SCALE);
    stage_lines(s, rect_cut_top(&below, (float)s->px * 2), &s->cell, 1);
    snprintf(s->about, sizeof s->about, "%s",
             add ? is_back(s) ? _("A sum hands its gradient on to each of its parts, unchanged.")
                              : _("Cell by cell, the layers are added.")
             : is_back(s) ? _("Each part gets back the gradient of its own channels.")
                          : _("The layers' channels, one after the other."));
}

void layer_flatten_draw(struct stage *s, struct rect r)
{
    struct rect above, below;
    int i[SHAPE_MAX_RANK] = {0}, x = shown(s, stage_x(s)), out = shown(s, stage_z(s));
    int n = (int)shape_count(&s->l->out);
    shape_unflatten(&s->l->in, s->cell.index, i);
    layer_split(s, r, 90, &above, &below);
    struct part top[] = {stage_part(110, 520, 1), stage_part(110, 520, 0)};
    stage_row(s, above, top, 2, 110);
    struct grid g = grid_around(s, stage_cell(s, x, s->cell.index));
    stage_grid(s, top[0].rect, &g, GRID_SCALE);
    g = grid_vector(s, out, n > 24 ? 16 : n);
    stage_grid(s, top[1].rect, &g, GRID_SCALE);
    stage_lines(s, rect_cut_top(&below, (float)s->px * 2), &s->cell, 1);
    if (s->l->in.rank == 3)
        snprintf(s->about, sizeof s->about,
                 _("Row %d, column %d, map %d goes to place (%d · %d + %d) · %d + %d = %d."), i[0],
                 i[1], i[2], i[0], s->l->in.dim[1], i[1], s->l->in.dim[2], i[2],
                 (int)s->cell.index);
    else
        snprintf(s->about, sizeof s->about, _("The numbers stay as they are, in one row."));
}
