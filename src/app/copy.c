/* What is copied to the clipboard: numbers as text, exactly. */
#include <stdio.h>
#include <stdlib.h>

#include "app/core.h"
#include "glassnet/base/mem.h"

char *core_copy_cell(struct core *c)
{
    const struct snapshot *s = session_snapshot(c->session);
    if (!view_has_pass(s) || !cell_is(s->selected) || !s->formula_done)
        return NULL;
    char text[64];
    number_exact(cell_value(s->trace, s->selected), text, sizeof text);
    return mem_strdup(text);
}

/* Rows of the last axis; of a picture a row of its rows, channels side by side. */
char *core_copy_tensor(struct core *c)
{
    const struct snapshot *s = session_snapshot(c->session);
    if (!view_has_pass(s) || !cell_is(s->selected))
        return NULL;
    const struct tensor *t = &s->program->tensors[s->selected.tensor];
    int last = t->shape.rank > 0 ? t->shape.dim[t->shape.rank - 1] : 1;
    size_t across = t->shape.rank == 3 ? (size_t)(last * t->shape.dim[1]) : (size_t)last;
    char *out = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&out, &size);
    if (!f)
        return NULL;
    for (size_t i = 0; i < t->count; i++) {
        struct cell cell = {s->selected.tensor, t->batched ? s->view_sample : 0, i};
        char text[64] = "";
        if (steps_done(s->steps, s->cursor, cell))
            number_exact(cell_value(s->trace, cell), text, sizeof text);
        fprintf(f, "%s%c", text, (i + 1) % across == 0 || i + 1 == t->count ? '\n' : '\t');
    }
    fclose(f);
    return out;
}
