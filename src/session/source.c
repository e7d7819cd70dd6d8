#include "glassnet/session/source.h"

#include <string.h>

static void fetch(void *context, const int *samples, int n, float *x, float *label)
{
    const struct dataset *d = context;
    size_t y_count = (size_t)d->y_count;
    for (int s = 0; s < n; s++) {
        memcpy(x + (size_t)s * d->count, dataset_x(d, samples[s]), d->count * sizeof *x);
        memcpy(label + (size_t)s * y_count, dataset_y(d, samples[s]), y_count * sizeof *label);
    }
}

static void fetch_training(void *context, const int *samples, int n, int epoch, float *x,
                           float *label)
{
    const struct dataset *d = context;
    size_t y_count = (size_t)d->y_count;
    for (int s = 0; s < n; s++) {
        dataset_training_x(d, samples[s], (uint64_t)epoch, x + (size_t)s * d->count);
        memcpy(label + (size_t)s * y_count, dataset_y(d, samples[s]), y_count * sizeof *label);
    }
}

struct source source_of(const struct dataset *data)
{
    return (struct source){.context = (void *)data,
                           .count = data->n,
                           .x_count = data->count,
                           .targets = data->n_targets,
                           .fetch = fetch,
                           .fetch_training =
                               augment_is_none(&data->augment) ? NULL : fetch_training};
}

static void fetch_slice(void *context, const int *samples, int n, float *x, float *label)
{
    const struct slice *slice = context;
    for (int s = 0; s < n; s++) {
        int at = slice->first + samples[s];
        fetch((void *)slice->data, &at, 1, x + (size_t)s * slice->data->count,
              label + s * slice->data->y_count);
    }
}

struct source source_of_slice(const struct slice *slice)
{
    struct source source = source_of(slice->data);
    source.context = (void *)slice;
    source.count = slice->count;
    source.fetch = fetch_slice;
    source.fetch_training = NULL;
    return source;
}
