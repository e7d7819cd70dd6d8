/* The loss: what is said and what is true, each sample's loss, their mean; and its derivative. */
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "layer_picture.h"

enum { COLUMNS_MOST = 8, LINES_MOST = 24 };

static bool is_back(const struct stage *s)
{
    return s->v->snap->program->tensors[s->cell.tensor].phase == PHASE_BACKWARD;
}

/* The outputs, what they should be, and the loss' own numbers for each of them. */
static int find_columns(const struct stage *s, struct table_column *columns)
{
    const struct program *p = s->v->snap->program;
    int last = s->v->snap->net->layer_count - 1, a = p->layer_out[last], n = 0;
    columns[n++] = (struct table_column){a, 0, NULL, 1, true};
    if (p->target >= 0)
        columns[n++] = (struct table_column){p->target, 0, "target", 0, false};
    for (int t = 0; t < p->tensor_count && n < COLUMNS_MOST - 1; t++) {
        const struct tensor *tensor = &p->tensors[t];
        bool own = strncmp(tensor->base, "loss.", 5) == 0 && tensor->role == ROLE_VALUE;
        bool phase = tensor->phase == (is_back(s) ? PHASE_BACKWARD : PHASE_LOSS);
        if (own && phase && t != p->target && tensor->batched && t != p->loss_each &&
            tensor->count == p->tensors[a].count && tensor->shape.rank > 0)
            columns[n++] =
                (struct table_column){t, 0, NULL, t == s->cell.tensor ? 0 : 2 + n, false};
    }
    int back = net_is_combined(s->v->snap->net) ? p->layer_z[last] : a;
    if (is_back(s) && stage_grad(s, back) >= 0)
        columns[n++] = (struct table_column){stage_grad(s, back), 0, NULL, 1, true};
    return n;
}

static int label_of(const struct stage *s)
{
    const struct program *p = s->v->snap->program;
    if (p->targets)
        return -1;
    return (int)trace_tensor(s->v->snap->trace, p->label)[s->v->snap->view_sample];
}

static void draw_outputs(struct stage *s, struct rect r)
{
    struct table_column columns[COLUMNS_MOST];
    int n = find_columns(s, columns);
    const struct shape *out = &net_output(s->v->snap->net)->out;
    size_t rows = shape_count(out);
    struct table t = {.column = columns,
                      .columns = n,
                      .rows = (int)rows,
                      .chosen = -1,
                      .label = rows > 1 ? label_of(s) : -1,
                      .classes = rows > 1};
    if (s->v->snap->program->tensors[s->cell.tensor].count == rows)
        t.chosen = (int)s->cell.index;
    stage_table(s, r, &t);
}

/* −log of the share that the true class got, with the sample's point on it. */
static void draw_label_curve(struct stage *s, struct rect r)
{
    const struct program *p = s->v->snap->program;
    int a = p->layer_out[s->v->snap->net->layer_count - 1], label = label_of(s);
    if (label < 0 || (size_t)label >= p->tensors[a].count)
        return;
    struct plot plot = {.fn = FN_LOG,
                        .negative = true,
                        .from = 0.001f,
                        .to = 1,
                        .x = stage_cell(s, a, (size_t)label),
                        .y = stage_cell(s, p->loss_each, 0),
                        .slope = CELL_NONE,
                        .title = _("−log p of the label")};
    stage_plot(s, r, &plot);
}

/* The sample's loss step by step, then every sample's and their mean. */
static void draw_lines(struct stage *s, struct rect r)
{
    const struct program *p = s->v->snap->program;
    struct cell cells[LINES_MOST];
    int n = 0, samples = s->v->snap->trace->n;
    if (is_back(s)) {
        cells[n++] = stage_cell(s, stage_grad(s, p->loss), 0);
        cells[n++] = stage_cell(s, stage_grad(s, p->loss_each), 0);
        if (s->cell.tensor != cells[0].tensor && s->cell.tensor != cells[1].tensor)
            cells[n++] = s->cell;
    } else {
        cells[n++] = stage_cell(s, program_find(p, "loss.logsum"), 0);
        for (int k = 0; k < samples && n < LINES_MOST - 2; k++)
            cells[n++] = (struct cell){p->loss_each, k, 0};
        cells[n++] = stage_cell(s, p->loss, 0);
        bool listed = s->cell.tensor == p->loss || s->cell.tensor == p->loss_each ||
                      s->cell.tensor == cells[0].tensor;
        if (!listed)
            cells[n++] = s->cell;
    }
    stage_lines(s, r, cells, n);
}

void layer_loss_draw(struct stage *s, struct rect r)
{
    const struct snapshot *snap = s->v->snap;
    const struct tensor *t = &snap->program->tensors[s->cell.tensor];
    if (!snap->program->has_loss ||
        (strncmp(t->base, "loss", 4) != 0 && s->cell.tensor != snap->program->label)) {
        layer_terms_draw(s, r);
        return;
    }
    struct rect above, below;
    bool curve = snap->net->loss == LOSS_CROSS_ENTROPY && !is_back(s);
    int lines = is_back(s) ? 3 : 2 + (snap->trace->n < 6 ? snap->trace->n : 6);
    layer_split(s, r, (float)s->px * 1.9f / s->unit * (float)lines + 8, &above, &below);
    struct part top[] = {stage_part(240, 900, 0), stage_part(170, curve ? 420 : 170, 1)};
    stage_row(s, above, top, curve ? 2 : 1, 50);
    draw_outputs(s, top[0].rect);
    if (curve && !rect_is_empty(top[1].rect))
        draw_label_curve(s, top[1].rect);
    draw_lines(s, below);
    snprintf(s->about, sizeof s->about, "%s",
             is_back(s) ? _("How the loss changes with each output: where the blame begins.")
             : curve ? _("The less of a share the true class got, the larger the loss; the pass' "
                         "loss is the mean over its samples.")
                     : _("How far what is said is from what is true; the pass' loss is the mean "
                         "over its samples."));
}
