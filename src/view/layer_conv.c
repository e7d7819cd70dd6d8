/* Convolution forward: a patch of the input, the kernel that lies on it, their products and the
 * sum that lands in the feature map. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "layer_conv.h"
#include "layer_motion.h"
#include "layer_picture.h"

static void set_margin(const struct layer *l, struct grid *g)
{
    int below = (l->out.dim[0] - 1) * l->stride + l->kernel_h - l->in.dim[0] - l->pad_top;
    int right = (l->out.dim[1] - 1) * l->stride_w + l->kernel_w - l->in.dim[1] - l->pad_left;
    g->margin[0] = l->pad_top;
    g->margin[1] = right > 0 ? right : 0;
    g->margin[2] = below > 0 ? below : 0;
    g->margin[3] = l->pad_left;
}

struct grid layer_conv_input(const struct stage *s, int tensor, int channel)
{
    struct grid g = grid_map(s, tensor, channel);
    set_margin(s->l, &g);
    if (s->l->same)
        snprintf(g.note, sizeof g.note, _("dashed: padding, skipped"));
    return g;
}

/* The cell of the kernel that a term multiplies, as row, column, channel; false: not a product
 * with this layer's kernel. */
static bool kernel_place(const struct stage *s, int term, int *row, int *col, int *channel)
{
    const struct formula_term *t = &s->f->terms[term];
    int W = stage_tensor(s, "W"), i[SHAPE_MAX_RANK];
    if (t->count != 2 || t->factor[0].cell.tensor != W)
        return false;
    shape_unflatten(&s->v->snap->program->tensors[W].shape, t->factor[0].cell.index, i);
    *row = i[1];
    *col = i[2];
    *channel = i[3];
    return true;
}

/* The channel of the term added last, while the sum is under way, or of the weight selected;
 * −1 otherwise. */
static int channel_asked_for(const struct stage *s)
{
    int row, col, channel, i[SHAPE_MAX_RANK];
    struct cell sel = s->v->snap->selected;
    if (cell_is(sel) && sel.tensor == stage_tensor(s, "W")) {
        shape_unflatten(&s->v->snap->program->tensors[sel.tensor].shape, sel.index, i);
        return i[3];
    }
    if (s->done || s->terms == 0 || !kernel_place(s, s->terms - 1, &row, &col, &channel))
        return -1;
    return channel;
}

/* Small squares of the kernel's colours on the patch, and a frame around all of it, padding
 * included. */
static void draw_kernel_on(const struct stage *s, struct rect map, int kernel, int channel,
                           float row, float col)
{
    const struct layer *l = s->l;
    const struct theme *t = s->v->ui->theme;
    float w = map.w / (float)l->in.dim[1], h = map.h / (float)l->in.dim[0];
    struct rect patch = {map.x + w * col, map.y + h * row, w * (float)l->kernel_w,
                         h * (float)l->kernel_h};
    int W = stage_tensor(s, "W");
    const float *weights = trace_tensor(s->v->snap->trace, W);
    struct grid g = grid_kernel(s, W, kernel, channel);
    float limit = scale_limit(weights, (int)s->v->snap->program->tensors[W].count);
    bool shown = w >= 12 * s->unit && w < 38 * s->unit; /* wider cells have numbers */
    for (int u = 0; shown && u < l->kernel_h; u++)
        for (int v = 0; v < l->kernel_w; v++) {
            float value = weights[g.base + (size_t)u * g.row_step + (size_t)v * g.col_step];
            struct rect place = {patch.x + w * (float)v, patch.y + h * (float)u, w, h};
            place = rect_centre(place, w * 0.46f, h * 0.46f);
            draw_rect(s->v->ui->draw, rect_inset(place, -1), t->frame);
            draw_rect(s->v->ui->draw, place, scale_value(t, value, limit));
        }
    const struct point corners[5] = {{patch.x, patch.y},
                                     {patch.x + patch.w, patch.y},
                                     {patch.x + patch.w, patch.y + patch.h},
                                     {patch.x, patch.y + patch.h},
                                     {patch.x, patch.y}};
    draw_dashes(s->v->ui->draw, corners, 5, fmaxf(2, 3 * s->unit), 8 * s->unit, 6 * s->unit,
                t->selection);
}

static void draw_input(struct stage *s, struct rect r, const int i[], int channel)
{
    struct grid g = layer_conv_input(s, stage_x(s), channel);
    struct rect map = stage_grid(s, r, &g, GRID_SCALE);
    if (rect_is_empty(map))
        return;
    float row = (float)(i[0] * s->l->stride - s->l->pad_top);
    float col = (float)(i[1] * s->l->stride_w - s->l->pad_left);
    layer_motion_slide(s, &row, &col);
    draw_kernel_on(s, map, i[2], channel, row, col);
}

/* How many cells of the map the pass has filled. */
static void fill_note(const struct stage *s, struct grid *g, int channel)
{
    const struct tensor *t = &s->v->snap->program->tensors[g->tensor];
    size_t channels = (size_t)t->shape.dim[2];
    int filled = 0, all = (int)(t->count / channels);
    for (int k = 0; k < all; k++)
        filled +=
            view_is_done(s->v, stage_cell(s, g->tensor, (size_t)k * channels + (size_t)channel));
    snprintf(g->note, sizeof g->note, _("filled so far %d / %d"), filled, all);
}

/* The map that is shown: the output after the activation where there is one. */
static void draw_output(struct stage *s, struct rect r, int channel)
{
    const struct program *p = s->v->snap->program;
    bool chosen_z = s->v->snap->selected.tensor == stage_z(s);
    int tensor = chosen_z ? stage_z(s) : p->layer_out[s->layer];
    struct grid g = grid_map(s, tensor, channel);
    fill_note(s, &g, channel);
    stage_grid(s, r, &g, GRID_SCALE);
}

static void draw_products(struct stage *s, struct rect r, int channel)
{
    const struct layer *l = s->l;
    int *term = mem_zalloc((size_t)(l->kernel_h * l->kernel_w), sizeof *term);
    char note[160];
    for (int k = 0; k < l->kernel_h * l->kernel_w; k++)
        term[k] = -1;
    for (int t = 0; t < s->f->count; t++) {
        int row, col, c;
        if (kernel_place(s, t, &row, &col, &c) && c == channel)
            term[row * l->kernel_w + col] = t;
    }
    if (l->in.dim[2] > 1)
        snprintf(note, sizeof note,
                 _("weight · input of input map %d, and Σ the sum so far, from the bias on"),
                 channel);
    else
        snprintf(note, sizeof note, _("weight · input, and Σ the sum so far, from the bias on"));
    struct products p = {l->kernel_h, l->kernel_w, term, _("products"), note, _("skipped"), 0};
    stage_products(s, r, &p);
    free(term);
}

/* Bias, sum and what the activation makes of it, one below the other. */
static void draw_landing(struct stage *s, struct rect r, int kernel)
{
    const struct program *p = s->v->snap->program;
    int out = p->layer_out[s->layer];
    struct cell lines[3] = {stage_cell(s, stage_tensor(s, "b"), (size_t)kernel), s->cell,
                            CELL_NONE};
    if (out != s->cell.tensor && !view_is_hidden(s->v, s->cell)) /* a relu would give it away */
        lines[2] = stage_cell(s, out, s->cell.index);
    float h = fminf(r.h / 3, 96 * s->unit);
    for (int i = 0; i < 3; i++)
        stage_number(s, rect_cut_top(&r, h), lines[i]);
}

static void draw_forward(struct stage *s, struct rect r)
{
    struct rect above, below;
    int i[SHAPE_MAX_RANK];
    stage_index(s, i);
    const struct layer *l = s->l;
    int channel = stage_channel(s, l->in.dim[2], channel_asked_for(s), _("input map"));
    layer_split(s, r, fmaxf(200, 56 * (float)l->kernel_h + 40), &above, &below);
    struct part top[] = {stage_part(110, 520, 1), stage_part(90, 340, 2), stage_part(110, 520, 0)};
    stage_row(s, above, top, 3, 70);
    draw_input(s, top[0].rect, i, channel);
    struct grid g = grid_kernel(s, stage_tensor(s, "W"), i[2], channel);
    stage_grid(s, top[1].rect, &g, GRID_SCALE);
    draw_output(s, top[2].rect, i[2]);
    struct part foot[] = {stage_part(240, 212 * (float)l->kernel_w, 0), stage_part(150, 240, 1)};
    stage_row(s, below, foot, 2, 40);
    draw_products(s, foot[0].rect, channel);
    draw_landing(s, foot[1].rect, i[2]);
    snprintf(
        s->about, sizeof s->about,
        _("The kernel lies on a patch of the input: each weight times the number under it, all "
          "added, with the bias."));
}

void layer_conv_draw(struct stage *s, struct rect r)
{
    int out = stage_z(s);
    if (s->cell.tensor == out)
        draw_forward(s, r);
    else if (s->cell.tensor == stage_grad(s, stage_x(s)))
        layer_conv_back_input(s, r);
    else if (s->cell.tensor == stage_grad(s, stage_tensor(s, "W")) ||
             s->cell.tensor == stage_grad(s, stage_tensor(s, "b")))
        layer_conv_back_weight(s, r);
    else
        layer_terms_draw(s, r);
}
