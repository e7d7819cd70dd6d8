#include "step/forward.h"

#include <string.h>

void forward_input(const struct buffers *b, const float *x, int n)
{
    size_t count = b->program->tensors[b->program->input].count;
    memcpy(b->at[b->program->input], x, count * (size_t)n * sizeof *x);
}

void forward_fill(const struct buffers *b, const float *x, int n)
{
    const struct program *p = b->program;
    for (int t = 0; t < p->tensor_count; t++)
        if (p->tensors[t].is_param && b->at[t])
            memcpy(b->at[t], p->net->params + p->tensors[t].offset,
                   p->tensors[t].count * sizeof(float));
    if (x)
        forward_input(b, x, n);
}
