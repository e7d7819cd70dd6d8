#include <math.h>
#include <string.h>

#include "session/until.h"

bool until_holds(const struct until *u, float value)
{
    switch (u->kind) {
    case UNTIL_CHANGES:
        return !u->had || memcmp(&value, &u->before, sizeof value) != 0;
    case UNTIL_BELOW:
        return (double)value < u->bound;
    case UNTIL_ABOVE:
        return (double)value > u->bound;
    case UNTIL_BAD:
        break;
    }
    return !isfinite(value);
}

static struct cell bad_cell(const struct trace *t, int tensor)
{
    const float *at = trace_tensor(t, tensor);
    size_t count = trace_tensor_count(t, tensor), each = t->program->tensors[tensor].count;
    for (size_t i = 0; i < count; i++)
        if (!isfinite(at[i]))
            return (struct cell){tensor, (int)(i / each), i % each};
    return CELL_NONE;
}

/* Where it began: a number that was given, else the first operation that made one. */
static struct cell first_bad(const struct trace *t)
{
    for (int i = 0; i < t->program->tensor_count; i++) {
        const struct tensor *of = &t->program->tensors[i];
        if (!of->is_param && i != t->program->input && i != t->program->label)
            continue;
        struct cell cell = bad_cell(t, i);
        if (cell_is(cell))
            return cell;
    }
    int op = trace_first_bad(t);
    return op >= 0 ? bad_cell(t, t->program->ops[op].out) : CELL_NONE;
}

struct cell until_find(const struct until *u, const struct trace *t)
{
    struct cell cell;
    if (u->kind == UNTIL_BAD)
        return first_bad(t);
    /* The last batch of an epoch may be smaller than the cell's sample is late. */
    if (!cell_parse(t->program, t->n, u->cell, &cell, NULL))
        return CELL_NONE;
    return until_holds(u, cell_value(t, cell)) ? cell : CELL_NONE;
}
