/* Convolution backward: which outputs a weight touched, which outputs a pixel fed. */
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "layer_conv.h"
#include "layer_picture.h"

/* Where on the output a term's gradient lies; false: it is not this layer's, this sample's, or
 * not of this map. */
static bool output_place(const struct stage *s, int term, int dz, int kernel, int *row, int *col)
{
    const struct formula_term *t = &s->f->terms[term];
    struct cell c = t->factor[0].cell;
    int i[SHAPE_MAX_RANK];
    if (c.tensor != dz || c.sample != s->v->snap->view_sample)
        return false;
    shape_unflatten(&s->l->out, c.index, i);
    *row = i[0];
    *col = i[1];
    return i[2] == kernel;
}

/* The products of one kernel's map, laid out as its outputs lie, from row0, col0. */
static void draw_outputs(struct stage *s, struct rect r, int kernel, struct products *p, int row0,
                         int col0)
{
    int dz = stage_grad(s, stage_z(s)), n = p->rows * p->cols, row, col;
    int *term = mem_zalloc((size_t)n, sizeof *term);
    for (int k = 0; k < n; k++)
        term[k] = -1;
    for (int t = 0; t < s->f->count; t++) {
        if (!output_place(s, t, dz, kernel, &row, &col))
            continue;
        row -= row0;
        col -= col0;
        if (row >= 0 && row < p->rows && col >= 0 && col < p->cols)
            term[row * p->cols + col] = t;
    }
    p->term = term;
    stage_products(s, r, p);
    free(term);
}

static int batch_size(const struct stage *s)
{
    return s->v->snap->trace->n;
}

/* "sample 2 of 4; the sum goes over all" */
static void sample_note(const struct stage *s, char *out, size_t size)
{
    out[0] = 0;
    if (batch_size(s) > 1)
        snprintf(out, size, _("sample %d of %d; the sum goes over all"),
                 s->v->snap->view_sample + 1, batch_size(s));
}

void layer_conv_back_weight(struct stage *s, struct rect r)
{
    const struct layer *l = s->l;
    struct rect above, below;
    char note[96];
    int i[SHAPE_MAX_RANK], dz = stage_grad(s, stage_z(s));
    stage_index(s, i);
    bool bias = s->cell.tensor != stage_grad(s, stage_tensor(s, "W"));
    layer_split(s, r, 320, &above, &below);
    struct part top[] = {stage_part(110, 440, 2), stage_part(100, 340, 0), stage_part(110, 440, 1)};
    if (bias)
        top[0] = stage_part(0, 0, 2);
    stage_row(s, above, top, 3, 60);
    if (!bias) {
        struct grid x = layer_conv_input(s, stage_x(s), i[3]);
        stage_grid(s, top[0].rect, &x, GRID_SCALE);
    }
    struct grid g =
        bias ? grid_vector(s, s->cell.tensor, 1) : grid_kernel(s, s->cell.tensor, i[0], i[3]);
    stage_grid(s, top[1].rect, &g, GRID_SCALE);
    g = grid_map(s, dz, i[0]);
    stage_grid(s, top[2].rect, &g, GRID_SCALE);
    struct part foot[] = {stage_part(150, 420, 1), stage_part(200, 900, 0)};
    stage_row(s, below, foot, 2, 40);
    sample_note(s, note, sizeof note);
    struct products p = {
        l->out.dim[0], l->out.dim[1], NULL, bias ? _("each output's") : _("products"),
        note,          NULL,          0};
    draw_outputs(s, foot[0].rect, i[0], &p, 0, 0);
    stage_terms(s, foot[1].rect, _("the terms"));
    snprintf(s->about, sizeof s->about,
             bias
                 ? _("The bias was added to every output of its map: its gradient is the sum of "
                     "theirs.")
                 : _("This weight met the framed inputs, one for each output: gradient there times "
                     "input, all added."));
}

/* Outputs along one axis whose windows hold the place: from *first, returns how many. */
static int outputs_over(int place, int pad, int kernel, int stride, int outputs, int *first)
{
    int low = place + pad - kernel + 1, last = (place + pad) / stride;
    *first = low <= 0 ? 0 : (low + stride - 1) / stride;
    last = last < outputs ? last : outputs - 1;
    return last - *first + 1 > 0 ? last - *first + 1 : 0;
}

/* The kernel of the term added last, while the sum is under way. */
static int kernel_under_way(const struct stage *s)
{
    int i[SHAPE_MAX_RANK], W = stage_tensor(s, "W");
    if (s->done || s->terms == 0 || s->f->terms[s->terms - 1].count != 2 ||
        s->f->terms[s->terms - 1].factor[1].cell.tensor != W)
        return -1;
    shape_unflatten(&s->v->snap->program->tensors[W].shape,
                    s->f->terms[s->terms - 1].factor[1].cell.index, i);
    return i[0];
}

void layer_conv_back_input(struct stage *s, struct rect r)
{
    const struct layer *l = s->l;
    struct rect above, below;
    int i[SHAPE_MAX_RANK], row0, col0;
    stage_index(s, i);
    int kernel = stage_channel(s, l->units, kernel_under_way(s), _("kernel"));
    int rows = outputs_over(i[0], l->pad_top, l->kernel_h, l->stride, l->out.dim[0], &row0);
    int cols = outputs_over(i[1], l->pad_left, l->kernel_w, l->stride_w, l->out.dim[1], &col0);
    layer_split(s, r, 56 * (float)(rows < 4 ? 4 : rows) + 40, &above, &below);
    struct part top[] = {stage_part(110, 460, 0), stage_part(90, 320, 2), stage_part(110, 460, 1)};
    stage_row(s, above, top, 3, 70);
    struct grid g = layer_conv_input(s, s->cell.tensor, i[2]);
    stage_grid(s, top[0].rect, &g, GRID_SCALE);
    g = grid_kernel(s, stage_tensor(s, "W"), kernel, i[2]);
    stage_grid(s, top[1].rect, &g, GRID_SCALE);
    g = grid_map(s, stage_grad(s, stage_z(s)), kernel);
    stage_grid(s, top[2].rect, &g, GRID_SCALE);
    struct part foot[] = {stage_part(200, 170 * (float)(cols > 1 ? cols : 2), 0),
                          stage_part(200, 700, 1)};
    stage_row(s, below, foot, 2, 40);
    struct products p = {rows,
                         cols,
                         NULL,
                         _("products"),
                         _("as the outputs lie: the kernel is turned "
                           "round"),
                         _("skipped"),
                         0};
    draw_outputs(s, foot[0].rect, kernel, &p, row0, col0);
    stage_terms(s, foot[1].rect, l->units > 1 ? _("of all kernels") : _("the terms"));
    snprintf(s->about, sizeof s->about,
             _("This number fed the framed outputs, each through another weight: their gradients "
               "times these weights, all added."));
}
