/* The order of the fast engine's steps: which layout holds a tensor, and where threads must wait.
 */
#include "glassnet/base/mem.h"
#include "nn/fast_planner.h"

/* The tensor whose place a parameter's new value takes. */
int plan_home(const struct planner *pl, int tensor)
{
    const struct tensor *t = &pl->p->tensors[tensor];
    enum role old = t->role == ROLE_NEW     ? ROLE_VALUE
                    : t->role == ROLE_NEW_M ? ROLE_M
                    : t->role == ROLE_NEW_V ? ROLE_V
                    : t->role == ROLE_NEW_U ? ROLE_U
                                            : ROLES;
    return old == ROLES ? tensor : program_in_role(pl->p, tensor, old);
}

struct fast_step *plan_add(struct planner *pl, enum fast_kind kind, const struct op *op, int out)
{
    struct fast *f = pl->f;
    f->steps = mem_grow(f->steps, &f->step_capacity, f->step_count + 1, sizeof *f->steps);
    struct fast_step *s = &f->steps[f->step_count++];
    *s = (struct fast_step){.kind = kind, .op = op, .out = out, .in = {-1, -1, -1}};
    return s;
}

static void clear_marks(struct planner *pl)
{
    for (int t = 0; t < pl->p->tensor_count; t++)
        pl->at[t].written = pl->at[t].read = false;
}

static void mark_read(struct planner *pl, struct fast_step *s, int tensor)
{
    tensor = plan_home(pl, pl->lane_of[tensor]);
    if (pl->at[tensor].written && !s->barrier) {
        s->barrier = true;
        clear_marks(pl);
    }
}

static void mark_write(struct planner *pl, struct fast_step *s, int tensor)
{
    tensor = plan_home(pl, pl->lane_of[tensor]);
    if ((pl->at[tensor].written || pl->at[tensor].read) && !s->barrier) {
        s->barrier = true;
        clear_marks(pl);
    }
}

/* Orders a step after what it depends on: its inputs, its result, and further tensors. */
void plan_order(struct planner *pl, struct fast_step *s, const int *more, int count)
{
    for (int k = 0; k < 3; k++)
        if (s->in[k] >= 0)
            mark_read(pl, s, s->in[k]);
    for (int k = 0; k < count; k++)
        mark_read(pl, s, more[k]);
    mark_write(pl, s, s->out);
    for (int k = 0; k < 3; k++)
        if (s->in[k] >= 0)
            pl->at[plan_home(pl, pl->lane_of[s->in[k]])].read = true;
    for (int k = 0; k < count; k++)
        pl->at[plan_home(pl, pl->lane_of[more[k]])].read = true;
    pl->at[plan_home(pl, pl->lane_of[s->out])].written = true;
}

void plan_need_lanes(struct planner *pl, int tensor)
{
    struct place *at = &pl->at[tensor];
    at->wants_lanes = true;
    pl->at[pl->lane_of[tensor]].wants_lanes = true;
    if (at->lanes)
        return;
    struct fast_step *s = plan_add(pl, FAST_TO_LANES, NULL, tensor);
    plan_order(pl, s, &tensor, 1);
    at->lanes = true;
}

void plan_need_rows(struct planner *pl, int tensor)
{
    struct place *at = &pl->at[tensor];
    if (at->rows || !pl->p->tensors[tensor].batched)
        return;
    struct fast_step *s = plan_add(pl, FAST_TO_ROWS, NULL, tensor);
    plan_order(pl, s, &tensor, 1);
    at->rows = true;
}

void plan_in_lanes(struct planner *pl, int tensor)
{
    pl->at[tensor].lanes = pl->at[tensor].wants_lanes = true;
    pl->at[tensor].rows = false;
}
