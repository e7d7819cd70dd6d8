/* Softmax: the scores, the largest taken off, exp, the share of the sum; backward p − y where it is
 * combined with cross-entropy, and the road through every share where it is not. */
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "layer_picture.h"

static int label_of(const struct stage *s)
{
    const struct snapshot *snap = s->v->snap;
    const struct program *p = snap->program;
    if (!p->has_loss || p->targets || snap->trace->n <= snap->view_sample)
        return -1;
    return (int)trace_tensor(snap->trace, p->label)[snap->view_sample];
}

static int loss_tensor(const struct stage *s, const char *name)
{
    return program_find(s->v->snap->program, name);
}

/* The row of outputs the cell is in: its first flat index, and the cell's place in it. */
static size_t row_of(const struct stage *s, int *place)
{
    const struct shape *shape = &s->l->out;
    size_t n = (size_t)shape->dim[shape->rank - 1];
    bool whole = s->v->snap->program->tensors[s->cell.tensor].count == shape_count(shape);
    *place = whole ? (int)(s->cell.index % n) : 0;
    return whole ? s->cell.index / n * n : s->cell.index * n;
}

static void draw_table(struct stage *s, struct rect r, const struct table_column *columns, int n)
{
    int place;
    row_of(s, &place);
    bool outputs = s->layer == s->v->snap->net->layer_count - 1;
    struct table t = {.column = columns,
                      .columns = n,
                      .rows = s->l->out.dim[s->l->out.rank - 1],
                      .chosen = place,
                      .label = outputs ? label_of(s) : -1,
                      .classes = outputs};
    stage_table(s, r, &t);
}

static void draw_forward(struct stage *s, struct rect r)
{
    struct rect above, below;
    int place, out = s->v->snap->program->layer_out[s->layer];
    size_t base = row_of(s, &place), width = (size_t)s->l->out.dim[s->l->out.rank - 1];
    const struct table_column columns[] = {
        {stage_z(s), base, "z", 2, false},
        {stage_tensor(s, "shift"), base, _("z − max"), 4, false},
        {stage_tensor(s, "exp"), base, "exp", 3, true},
        {out, base, _("exp ÷ sum"), 0, true},
    };
    const struct cell lines[] = {stage_cell(s, stage_tensor(s, "max"), base / width),
                                 stage_cell(s, stage_tensor(s, "shift"), base + (size_t)place),
                                 stage_cell(s, stage_tensor(s, "exp"), base + (size_t)place),
                                 stage_cell(s, stage_tensor(s, "sum"), base / width),
                                 stage_cell(s, out, base + (size_t)place)};
    layer_split(s, r, 190, &above, &below);
    draw_table(s, above, columns, 4);
    stage_lines(s, below, lines, 5);
    snprintf(s->about, sizeof s->about,
             _("The largest score is taken off, each goes through exp, and is divided by the sum: "
               "shares that add up to 1."));
}

static bool is_combined(const struct stage *s)
{
    return s->layer == s->v->snap->net->layer_count - 1 && net_is_combined(s->v->snap->net);
}

static void draw_combined(struct stage *s, struct rect r)
{
    struct rect above, below;
    int place, out = s->v->snap->program->layer_out[s->layer], z = stage_z(s);
    size_t base = row_of(s, &place), at = base + (size_t)place;
    bool alone = s->cell.tensor == stage_grad(s, out);
    int error = loss_tensor(s, alone ? "loss.slope" : "loss.error");
    const struct table_column columns[] = {
        {out, base, "p", 2, true},
        {loss_tensor(s, "loss.target"), base, "y", 3, false},
        {error, base, alone ? "−y ÷ p" : "p − y", 1, false},
        {stage_grad(s, alone ? out : z), base, NULL, 0, true},
    };
    const struct cell lines[] = {stage_cell(s, error, at),
                                 stage_cell(s, stage_grad(s, s->v->snap->program->loss_each), 0),
                                 stage_cell(s, stage_grad(s, alone ? out : z), at)};
    layer_split(s, r, 120, &above, &below);
    draw_table(s, above, columns, 4);
    stage_lines(s, below, lines, 3);
    snprintf(s->about, sizeof s->about, "%s",
             alone
                 ? _("The loss by itself: −1 ÷ p of the label. Not used here: softmax and "
                     "cross-entropy are combined to p − y.")
                 : _("Softmax and cross-entropy combined: what is said (p) less what is true (y), "
                     "shared over the batch."));
}

static void draw_alone(struct stage *s, struct rect r)
{
    struct rect above, below;
    int place, out = s->v->snap->program->layer_out[s->layer], z = stage_z(s);
    size_t base = row_of(s, &place), at = base + (size_t)place;
    size_t width = (size_t)s->l->out.dim[s->l->out.rank - 1];
    const struct table_column columns[] = {
        {out, base, "p", 2, true},
        {stage_grad(s, out), base, NULL, 1, false},
        {stage_tensor(s, "excess"), base, _("less dot"), 3, false},
        {stage_grad(s, z), base, NULL, 0, true},
    };
    const struct cell lines[] = {stage_cell(s, stage_tensor(s, "dot"), base / width),
                                 stage_cell(s, stage_tensor(s, "excess"), at),
                                 stage_cell(s, stage_grad(s, z), at)};
    layer_split(s, r, 120, &above, &below);
    draw_table(s, above, columns, 4);
    stage_lines(s, below, lines, 3);
    snprintf(
        s->about, sizeof s->about,
        _("Each share's gradient, less their mean weighted by the shares (dot), times the share "
          "itself."));
}

void layer_softmax_draw(struct stage *s, struct rect r)
{
    if (s->v->snap->program->tensors[s->cell.tensor].phase != PHASE_BACKWARD)
        draw_forward(s, r);
    else if (is_combined(s))
        draw_combined(s, r);
    else
        draw_alone(s, r);
}
