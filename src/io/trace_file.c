#include "glassnet/io/trace_file.h"

#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "glassnet/io/npz.h"

static struct named_array array_of(const struct trace *t, int tensor)
{
    const struct tensor *from = &t->program->tensors[tensor];
    struct named_array array = {.name = from->name, .data = trace_tensor(t, tensor)};
    if (from->batched)
        array.dim[array.rank++] = (size_t)t->n;
    for (int i = 0; i < from->shape.rank; i++)
        array.dim[array.rank++] = (size_t)from->shape.dim[i];
    return array;
}

bool trace_save(const struct trace *t, const char *path, struct err *err)
{
    int n = t->program->tensor_count;
    struct named_array *arrays = mem_zalloc((size_t)n, sizeof *arrays);
    for (int i = 0; i < n; i++)
        arrays[i] = array_of(t, i);
    bool ok = npz_write(path, arrays, n, err);
    free(arrays);
    return ok;
}
