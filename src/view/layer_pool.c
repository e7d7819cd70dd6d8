/* Pooling: of each window the largest, or the mean; backward the gradient goes to the winner, or
 * to all in equal shares. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "layer_picture.h"

enum { WINDOWS_MARKED = 400 };

static bool takes_largest(const struct stage *s)
{
    return s->l->kind == LAYER_MAXPOOL;
}

/* The input of a maximum that won: the first of equals, as the engine takes it. CELL_NONE: none. */
static struct cell winner_of(const struct formula *f)
{
    for (int i = 0; i < f->count; i++)
        if (f->terms[i].factor[0].value == f->value ||
            (isnan(f->value) && isnan(f->terms[i].factor[0].value)))
            return f->terms[i].factor[0].cell;
    return CELL_NONE;
}

static struct cell winner_for(const struct stage *s, struct cell out)
{
    struct formula f = {.count = 0};
    formula_of(s->v->snap->trace, out, &f);
    struct cell winner = winner_of(&f);
    formula_deinit(&f);
    return winner;
}

static bool rect_in_grid(const struct grid *g, struct rect at, struct cell c, struct rect *out)
{
    struct plate p = {.base = g->base,
                      .row_step = g->row_step,
                      .col_step = g->col_step,
                      .rows = g->rows,
                      .cols = g->cols,
                      .end = g->end,
                      .rect = at};
    int row, col;
    if (rect_is_empty(at) || !cell_is(c) || !plate_find(&p, c.index, &row, &col))
        return false;
    *out = plate_rect(&p, row, col);
    return true;
}

/* A ring in each cell that won its window, as far as the outputs are computed. */
static void mark_winners(const struct stage *s, const struct grid *x, struct rect at, int channel)
{
    const struct shape *shape = &s->l->out;
    int out = stage_z(s), places = shape->dim[0] * shape->dim[1];
    float cell = at.w / (float)x->cols;
    if (places > WINDOWS_MARKED || cell < 7)
        return;
    for (int k = 0; k < places; k++) {
        struct cell c = stage_cell(s, out, (size_t)k * (size_t)shape->dim[2] + (size_t)channel);
        struct rect r;
        if (!view_is_done(s->v, c) || view_is_hidden(s->v, c) ||
            !rect_in_grid(x, at, winner_for(s, c), &r))
            continue;
        draw_frame(s->v->ui->draw, rect_inset(r, 1), fmaxf(1, 2 * s->unit), s->v->ui->theme->ink);
    }
}

/* The window of the output cell whose formula f is, cut out of the input. */
static struct grid window_grid(const struct stage *s, const struct formula *f, int x, int channel)
{
    struct grid g = grid_map(s, x, channel);
    int first[SHAPE_MAX_RANK], last[SHAPE_MAX_RANK];
    int n = f->terms[0].count - 1; /* an average's factor is behind its share */
    shape_unflatten(&s->l->in, f->terms[0].factor[n].cell.index, first);
    shape_unflatten(&s->l->in, f->terms[f->count - 1].factor[n].cell.index, last);
    struct grid part =
        grid_part(&g, first[0], first[1], last[0] - first[0] + 1, last[1] - first[1] + 1);
    snprintf(part.title, sizeof part.title, _("the window"));
    return part;
}

static void draw_window(struct stage *s, struct rect r, const struct formula *f, int channel)
{
    int rows = 0;
    struct grid g = window_grid(s, f, stage_x(s), channel);
    rows = g.rows * g.cols;
    struct rect at = stage_grid(s, r, &g, GRID_APART), cell;
    if (takes_largest(s) && rows > 1 && view_is_done(s->v, f->cell) &&
        !view_is_hidden(s->v, f->cell) && rect_in_grid(&g, at, winner_of(f), &cell))
        draw_frame(s->v->ui->draw, rect_inset(cell, 2), fmaxf(2, 4 * s->unit),
                   s->v->ui->theme->ink);
}

static struct grid output_grid(const struct stage *s, int tensor, int channel)
{
    return s->l->out.rank == 3 ? grid_map(s, tensor, channel) : grid_vector(s, tensor, 1);
}

static void draw_forward(struct stage *s, struct rect r)
{
    struct rect above, below;
    int i[SHAPE_MAX_RANK], x = stage_x(s);
    stage_index(s, i);
    int channel = s->l->out.rank == 3 ? i[2] : i[0];
    layer_split(s, r, s->f->count > 9 ? 200 : 110, &above, &below);
    struct part top[] = {stage_part(120, 560, 0), stage_part(100, 300, 2), stage_part(110, 520, 1)};
    stage_row(s, above, top, 3, 70);
    struct grid g = grid_map(s, x, channel);
    if (takes_largest(s))
        snprintf(g.note, sizeof g.note, _("dark frames: winners"));
    struct rect at = stage_grid(s, top[0].rect, &g, GRID_SCALE);
    if (takes_largest(s))
        mark_winners(s, &g, at, channel);
    if (!rect_is_empty(top[1].rect) && s->f->count > 0 && s->f->count <= 144)
        draw_window(s, top[1].rect, s->f, channel);
    g = output_grid(s, s->cell.tensor, channel);
    stage_grid(s, top[2].rect, &g, GRID_SCALE);
    stage_terms(s, below, takes_largest(s) ? _("the largest of") : _("equal shares of"));
    snprintf(s->about, sizeof s->about, "%s",
             takes_largest(s)
                 ? _("Of each window the largest number goes on; of equal ones the "
                     "first wins.")
                 : _("Each number of the window counts the same: their mean goes on."));
}

/* Does a term bring the gradient of one of this layer's outputs? */
static bool gets_any(const struct stage *s)
{
    int dout = stage_grad(s, stage_z(s));
    for (int t = 0; t < s->f->count; t++)
        for (int k = 0; k < s->f->terms[t].count; k++)
            if (s->f->terms[t].factor[k].cell.tensor == dout)
                return true;
    return false;
}

static const char *routed_words(const struct stage *s)
{
    if (!takes_largest(s))
        return _("Each number of a window gets an equal share of the gradient of its mean.");
    return gets_any(s) ? _("It won: the gradient of that output comes here, whole; the others of "
                           "the window get 0.")
                       : _("It won no window, so no gradient comes here: 0.");
}

static void draw_backward(struct stage *s, struct rect r)
{
    struct rect above, below;
    int i[SHAPE_MAX_RANK], out = stage_z(s), x = stage_x(s);
    stage_index(s, i);
    layer_split(s, r, 110, &above, &below);
    struct part top[] = {stage_part(120, 480, 2), stage_part(120, 480, 0), stage_part(110, 440, 1)};
    stage_row(s, above, top, 3, 60);
    struct grid g = grid_map(s, x, i[2]);
    if (takes_largest(s))
        snprintf(g.note, sizeof g.note, _("dark frames: winners"));
    struct rect at = stage_grid(s, top[0].rect, &g, GRID_SCALE | GRID_APART), here;
    if (takes_largest(s))
        mark_winners(s, &g, at, i[2]);
    if (rect_in_grid(&g, at, s->cell, &here))
        stage_frame(s, rect_inset(here, -2));
    g = grid_map(s, s->cell.tensor, i[2]);
    stage_grid(s, top[1].rect, &g, GRID_SCALE);
    g = output_grid(s, stage_grad(s, out), i[2]);
    stage_grid(s, top[2].rect, &g, GRID_SCALE);
    stage_terms(s, below, _("what arrives"));
    snprintf(s->about, sizeof s->about, "%s", routed_words(s));
}

void layer_pool_draw(struct stage *s, struct rect r)
{
    if (s->cell.tensor == stage_z(s))
        draw_forward(s, r);
    else if (s->cell.tensor == stage_grad(s, stage_x(s)))
        draw_backward(s, r);
    else
        layer_terms_draw(s, r);
}
