/* Activations: the curve with the point of the cell on it, and the slope there. */
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "layer_picture.h"

enum fn layer_activation_fn(const struct stage *s)
{
    const struct program *p = s->v->snap->program;
    int op = p->tensors[p->layer_out[s->layer]].first_op;
    return p->ops[op].kind == OP_ELEMENT ? p->ops[op].fn : FN_COPY;
}

static bool has_index(const struct stage *s, int tensor)
{
    return tensor >= 0 && s->cell.index < s->v->snap->program->tensors[tensor].count;
}

static struct cell at(const struct stage *s, int tensor)
{
    return has_index(s, tensor) ? stage_cell(s, tensor, s->cell.index) : CELL_NONE;
}

static void draw_lines(struct stage *s, struct rect r, bool backward)
{
    int z = stage_z(s), out = s->v->snap->program->layer_out[s->layer];
    const struct cell forward[] = {at(s, z), at(s, out)};
    struct cell back[] = {at(s, stage_grad(s, out)),
                          at(s, stage_tensor(s, "side")),
                          at(s, stage_tensor(s, "below")),
                          at(s, stage_tensor(s, "slope")),
                          CELL_NONE,
                          at(s, stage_grad(s, z))};
    bool last = s->layer == s->v->snap->net->layer_count - 1;
    if (last)
        back[4] = at(s, program_find(s->v->snap->program, "loss.error"));
    float used = stage_lines(s, r, forward, 2);
    rect_cut_top(&r, used);
    if (backward)
        stage_lines(s, r, back, 6);
}

void layer_activation_draw(struct stage *s, struct rect r)
{
    const struct program *p = s->v->snap->program;
    int z = stage_z(s), out = p->layer_out[s->layer];
    bool backward = p->tensors[s->cell.tensor].phase == PHASE_BACKWARD;
    if (!has_index(s, z)) {
        layer_terms_draw(s, r);
        return;
    }
    struct rect above, below;
    layer_split(s, r, backward ? 270 : 90, &above, &below);
    struct part top[] = {stage_part(100, 400, 1), stage_part(170, 560, 0), stage_part(100, 400, 2)};
    stage_row(s, above, top, 3, 60);
    int left = backward && stage_grad(s, z) >= 0 ? stage_grad(s, z) : z;
    int right = backward && stage_grad(s, out) >= 0 ? stage_grad(s, out) : out;
    struct grid g = grid_around(s, at(s, left));
    stage_grid(s, top[0].rect, &g, GRID_SCALE);
    struct plot plot = {.fn = layer_activation_fn(s),
                        .x = at(s, z),
                        .y = at(s, out),
                        .slope = backward ? at(s, stage_tensor(s, "slope")) : CELL_NONE,
                        .title = activation_name(s->l->activation)};
    stage_plot(s, top[1].rect, &plot);
    g = grid_around(s, at(s, right));
    stage_grid(s, top[2].rect, &g, GRID_SCALE);
    draw_lines(s, below, backward);
    snprintf(s->about, sizeof s->about, "%s",
             backward ? _("The gradient behind the curve, times the curve's slope at the point "
                          "(dashed), is the gradient before it.")
                      : _("Across: the sum z. Up: what the activation makes of it."));
}
