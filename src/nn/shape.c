#include "glassnet/nn/shape.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

struct shape shape_scalar(void)
{
    return (struct shape){.rank = 0};
}

struct shape shape_vector(int n)
{
    return (struct shape){.rank = 1, .dim = {n}};
}

struct shape shape_picture(int height, int width, int channels)
{
    return (struct shape){.rank = 3, .dim = {height, width, channels}};
}

struct shape shape_of(int rank, const int *dims)
{
    assert(rank >= 0 && rank <= SHAPE_MAX_RANK);
    struct shape s = {.rank = rank};
    for (int i = 0; i < rank; i++)
        s.dim[i] = dims[i];
    return s;
}

size_t shape_count(const struct shape *s)
{
    size_t n = 1;
    for (int i = 0; i < s->rank; i++)
        n *= (size_t)s->dim[i];
    return n;
}

bool shape_equal(const struct shape *a, const struct shape *b)
{
    if (a->rank != b->rank)
        return false;
    for (int i = 0; i < a->rank; i++)
        if (a->dim[i] != b->dim[i])
            return false;
    return true;
}

char *shape_text(const struct shape *s, const char *separator, char *out, size_t size)
{
    size_t used = 0;
    if (s->rank == 0)
        snprintf(out, size, "1");
    for (int i = 0; i < s->rank && used < size; i++) {
        int n = snprintf(out + used, size - used, "%s%d", i ? separator : "", s->dim[i]);
        used += n > 0 ? (size_t)n : 0;
    }
    return out;
}

size_t shape_flatten(const struct shape *s, const int *index)
{
    size_t flat = 0;
    for (int i = 0; i < s->rank; i++) {
        assert(index[i] >= 0 && index[i] < s->dim[i]);
        flat = flat * (size_t)s->dim[i] + (size_t)index[i];
    }
    return flat;
}

void shape_unflatten(const struct shape *s, size_t flat, int *index)
{
    for (int i = s->rank - 1; i >= 0; i--) {
        index[i] = (int)(flat % (size_t)s->dim[i]);
        flat /= (size_t)s->dim[i];
    }
}
