/* Which columns the selected cell and its terms lie in: they get more room, and of several maps
 * or kernels the one that is read is shown large. */
#include <math.h>

#include "formula_terms.h"
#include "network_layout.h"

static bool stands_at(const struct layout *l, const struct column *c, int tensor)
{
    if (tensor < 0)
        return false;
    if (tensor == c->tensor || tensor == c->value)
        return true;
    const struct snapshot *s = l->view->snap;
    int place = scene_place(s, tensor);
    return place >= 0 && c->tensor >= 0 && place == scene_place(s, c->tensor);
}

/* The map or kernel that a cell belongs to. */
static size_t part_of(const struct snapshot *s, struct cell c)
{
    const struct shape *shape = &s->program->tensors[c.tensor].shape;
    if (shape->rank == 4)
        return c.index / (s->program->tensors[c.tensor].count / (size_t)shape->dim[0]);
    return shape->rank == 3 ? c.index % (size_t)shape->dim[2] : 0;
}

static void take(const struct layout *l, struct column *c, struct cell cell, double size,
                 double *largest)
{
    const struct snapshot *s = l->view->snap;
    if (s->program->tensors[cell.tensor].batched && cell.sample != s->view_sample)
        return;
    bool first = !c->focus;
    c->one_part = first || (c->one_part && part_of(s, cell) == part_of(s, c->near));
    c->focus = true;
    if (!first && size <= *largest)
        return;
    c->near = cell;
    *largest = size;
}

/* The term that is being added now stands for the others, else the largest. */
static void mark_terms(const struct layout *l, struct column *c)
{
    const struct snapshot *s = l->view->snap;
    const struct formula *f = s->formula;
    double largest = 0;
    int now = s->formula_terms < f->count ? s->formula_terms - 1 : -1;
    for (int t = 0; t < f->count; t++)
        for (int k = 0; k < f->terms[t].count; k++) {
            struct cell cell = f->terms[t].factor[k].cell;
            if (cell_is(cell) && stands_at(l, c, cell.tensor))
                take(l, c, cell,
                     t == now ? (double)INFINITY : fabs(formula_term_value(&f->terms[t])),
                     &largest);
        }
}

void network_mark_focus(struct layout *l)
{
    const struct snapshot *s = l->view->snap;
    if (!cell_is(s->selected))
        return;
    for (int i = 0; i < l->count; i++) {
        struct column *c = &l->columns[i];
        double none = 0;
        if (stands_at(l, c, s->selected.tensor))
            take(l, c, s->selected, 0, &none);
        else if (s->formula && !s->formula->given)
            mark_terms(l, c);
        l->focus = l->focus || c->focus;
    }
}
