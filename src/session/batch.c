#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/state.h"

bool batch_init(struct batch *b, int n, size_t x_count, int y_count, struct err *err)
{
    *b = (struct batch){.n = n, .x_count = x_count, .y_count = y_count};
    b->samples = mem_zalloc((size_t)n, sizeof *b->samples);
    b->x = mem_try((size_t)n * x_count, sizeof *b->x);
    b->labels = mem_try((size_t)n * (size_t)y_count, sizeof *b->labels);
    if (b->x && b->labels)
        return true;
    batch_deinit(b);
    return err_set(err, ERR_IO, NULL, 0,
                   "there is not enough memory for %d samples of %zu numbers; take fewer", n,
                   x_count);
}

bool batch_fetch(struct batch *b, const struct dataset *data, const int *samples, int n,
                 struct err *err)
{
    if (!batch_init(b, n, data->count, data->y_count, err))
        return false;
    struct source source = source_of(data);
    memcpy(b->samples, samples, (size_t)n * sizeof *samples);
    source.fetch(source.context, samples, n, b->x, b->labels);
    return true;
}

void batch_deinit(struct batch *b)
{
    free(b->samples);
    free(b->x);
    free(b->labels);
    *b = (struct batch){0};
}
