#include "glassnet/step/nearest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "step/forward.h"

#define MOST_BYTES ((size_t)256 << 20)
#define BATCH      32 /* samples between looks at *stop */

struct nearest {
    struct net *net;
    struct program *program;
    struct buffers b;
    const struct dataset *data;
    int tensor, ops; /* operations up to the one that fills tensor */
    size_t width;
    int samples;
    float *outputs; /* [samples][width] */
};

struct nearest *nearest_create(const struct net *net, int layer, const struct dataset *data,
                               struct err *err)
{
    struct nearest *n = mem_zalloc(1, sizeof *n);
    n->net = net_copy(net);
    n->program = program_create(n->net, MODE_EVAL, data->n_targets);
    n->data = data;
    n->tensor = n->program->layer_out[layer];
    n->ops = n->program->tensors[n->tensor].last_op + 1;
    n->width = n->program->tensors[n->tensor].count;
    size_t most = MOST_BYTES / (n->width * sizeof *n->outputs);
    n->samples = (size_t)data->n < most ? data->n : (int)most;
    n->outputs = mem_try((size_t)n->samples * n->width, sizeof *n->outputs);
    if (!n->outputs || !buffers_init(&n->b, n->program, BATCH, sizeof(float), true, err)) {
        err_set(err, ERR_IO, NULL, 0, "there is not enough memory for layer %s of %d samples",
                net->layers[layer].name, n->samples);
        nearest_destroy(n);
        return NULL;
    }
    forward_fill(&n->b, NULL, 0);
    return n;
}

void nearest_destroy(struct nearest *n)
{
    if (!n)
        return;
    buffers_deinit(&n->b);
    program_destroy(n->program);
    net_destroy(n->net);
    free(n->outputs);
    free(n);
}

/* The layer's outputs of up to BATCH inputs. */
static void run(struct nearest *n, const float *x, int count, float *out)
{
    n->b.n = count;
    forward_input(&n->b, x, count);
    engine_run(&n->b, 0, n->ops);
    memcpy(out, n->b.at[n->tensor], (size_t)count * n->width * sizeof *out);
}

bool nearest_fill(struct nearest *n, const atomic_bool *stop, atomic_int *done)
{
    for (int first = 0; first < n->samples; first += BATCH) {
        int count = n->samples - first < BATCH ? n->samples - first : BATCH;
        if (atomic_load(stop))
            return false;
        run(n, dataset_x(n->data, first), count, n->outputs + (size_t)first * n->width);
        atomic_store(done, first + count);
    }
    return true;
}

int nearest_samples(const struct nearest *n)
{
    return n->samples;
}

size_t nearest_width(const struct nearest *n)
{
    return n->width;
}

static double distance(const float *a, const float *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double d = (double)a[i] - (double)b[i];
        sum += d * d;
    }
    return isnan(sum) ? (double)INFINITY : sqrt(sum);
}

int nearest_find(struct nearest *n, const float *x, int most, struct neighbour *out)
{
    int count = 0;
    if (most < 1)
        return 0;
    float *mine = mem_zalloc(n->width, sizeof *mine);
    run(n, x, 1, mine);
    for (int s = 0; s < n->samples; s++) {
        struct neighbour next = {s, distance(mine, n->outputs + (size_t)s * n->width, n->width)};
        if (count == most && !(next.distance < out[count - 1].distance))
            continue;
        int place = count < most ? count++ : count - 1;
        for (; place > 0 && next.distance < out[place - 1].distance; place--)
            out[place] = out[place - 1];
        out[place] = next;
    }
    free(mine);
    return count;
}
