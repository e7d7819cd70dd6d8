#include "glassnet/io/array.h"

#include <stdio.h>

size_t array_count(const struct named_array *array)
{
    size_t n = 1;
    for (int i = 0; i < array->rank; i++)
        n *= array->dim[i];
    return n;
}

char *array_shape_text(const struct named_array *array, char *out, size_t size)
{
    size_t used = 0;
    if (array->rank == 0)
        snprintf(out, size, "one number");
    for (int i = 0; i < array->rank && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%zu", i ? " × " : "", array->dim[i]);
    return out;
}
