#include "glassnet/step/trace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

static void copy_into(const struct buffers *b, int tensor, const float *from, size_t count)
{
    if (tensor >= 0 && from)
        memcpy(b->at[tensor], from, count * sizeof *from);
}

/* Parameters and moments: tensors given from outside, told apart by their role. */
static void fill_given(struct trace *t, const struct optimiser *o)
{
    const struct program *p = t->program;
    for (int k = 0; k < p->op_count; k++) {
        if (p->ops[k].kind != OP_GIVEN)
            continue;
        const struct tensor *tensor = &p->tensors[p->ops[k].out];
        const float *from = NULL;
        if (tensor->is_param)
            from = p->net->params + tensor->offset;
        else if (tensor->role == ROLE_M && o && o->m)
            from = o->m + tensor->offset;
        else if (tensor->role == ROLE_V && o && o->v)
            from = o->v + tensor->offset;
        else if (tensor->role == ROLE_U && o && o->u)
            from = o->u + tensor->offset;
        copy_into(&t->buffers, p->ops[k].out, from, tensor->count);
    }
}

static void fill_scalar(struct trace *t, int tensor, float value)
{
    if (tensor >= 0)
        *(float *)t->buffers.at[tensor] = value;
}

struct trace *trace_run(const struct program *program, const struct pass *pass, struct err *err)
{
    struct trace *t = mem_zalloc(1, sizeof *t);
    t->program = program;
    t->n = pass->n;
    t->samples = mem_zalloc((size_t)pass->n, sizeof *t->samples);
    memcpy(t->samples, pass->samples, (size_t)pass->n * sizeof *t->samples);
    if (!buffers_init(&t->buffers, program, pass->n, sizeof(float), true, err)) {
        trace_destroy(t);
        return NULL;
    }
    t->buffers.samples = t->samples;
    t->buffers.seed = program->net->train.seed + pass->redraw;
    t->buffers.t = pass->optimiser ? pass->optimiser->t + 1 : 1;
    fill_given(t, pass->optimiser);
    copy_into(&t->buffers, program->input, pass->x,
              program->tensors[program->input].count * (size_t)pass->n);
    if (program->label >= 0)
        copy_into(&t->buffers, program->label, pass->labels,
                  program->tensors[program->label].count * (size_t)pass->n);
    fill_scalar(t, program->rate_start, pass->rate);
    fill_scalar(t, program->rate_schedule, pass->rate_schedule);
    engine_run(&t->buffers, 0, program->op_count);
    return t;
}

void trace_destroy(struct trace *t)
{
    if (!t)
        return;
    buffers_deinit(&t->buffers);
    free(t->samples);
    free(t);
}

const float *trace_tensor(const struct trace *t, int tensor)
{
    return t->buffers.at[tensor];
}

size_t trace_tensor_count(const struct trace *t, int tensor)
{
    const struct tensor *of = &t->program->tensors[tensor];
    return of->batched ? of->count * (size_t)t->n : of->count;
}

/* The loss' derivative by itself, where the combined one is used: it may be infinite or 0/0. */
static bool is_other_road(const struct op *op)
{
    return op->shown_only && op->phase == PHASE_BACKWARD && op->layer < 0;
}

int trace_first_bad(const struct trace *t)
{
    for (int k = 0; k < t->program->op_count; k++) {
        if (is_other_road(&t->program->ops[k]))
            continue;
        const float *at = trace_tensor(t, t->program->ops[k].out);
        size_t count = trace_tensor_count(t, t->program->ops[k].out);
        for (size_t i = 0; i < count; i++)
            if (!isfinite(at[i]))
                return k;
    }
    return -1;
}
