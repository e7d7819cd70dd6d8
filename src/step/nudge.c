#include "glassnet/step/nudge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

struct nudge {
    struct net *net;
    struct program *program;
    struct buffers b;
    int *samples;
    int ops; /* forward and loss */
};

static void copy_given(struct nudge *n, const struct trace *t)
{
    for (int k = 0; k < n->program->op_count; k++) {
        const struct op *op = &n->program->ops[k];
        if (op->kind != OP_GIVEN || !n->b.at[op->out])
            continue;
        const float *from = trace_tensor(t, op->out);
        double *to = n->b.at[op->out];
        size_t count = trace_tensor_count(t, op->out);
        for (size_t i = 0; i < count; i++)
            to[i] = (double)from[i];
    }
}

struct nudge *nudge_create(const struct trace *t, struct err *err)
{
    const struct program *p = t->program;
    if (!p->has_loss) {
        err_set(err, ERR_STATE, NULL, 0,
                "this pass has no loss to see move; write a loss line into the network's file");
        return NULL;
    }
    struct nudge *n = mem_zalloc(1, sizeof *n);
    n->net = net_copy(p->net);
    n->program = program_create(n->net, p->mode, p->targets);
    if (!buffers_init(&n->b, n->program, t->n, sizeof(double), true, err)) {
        nudge_destroy(n);
        return NULL;
    }
    n->samples = mem_zalloc((size_t)t->n, sizeof *n->samples);
    memcpy(n->samples, t->samples, (size_t)t->n * sizeof *n->samples);
    n->b.samples = n->samples;
    n->b.seed = t->buffers.seed;
    n->b.t = t->buffers.t;
    while (n->ops < n->program->op_count && n->program->ops[n->ops].phase <= PHASE_LOSS)
        n->ops++;
    copy_given(n, t);
    return n;
}

void nudge_destroy(struct nudge *n)
{
    if (!n)
        return;
    buffers_deinit(&n->b);
    program_destroy(n->program);
    net_destroy(n->net);
    free(n->samples);
    free(n);
}

bool nudge_can_move(const struct program *p, struct cell cell)
{
    if (!cell_is(cell) || !p->has_loss)
        return false;
    const struct tensor *t = &p->tensors[cell.tensor];
    return t->is_param || cell.tensor == p->input || (cell.tensor == p->label && p->targets > 0);
}

static double *place_of(const struct nudge *n, struct cell cell)
{
    const struct tensor *t = &n->program->tensors[cell.tensor];
    size_t sample = t->batched ? (size_t)cell.sample : 0;
    return (double *)n->b.at[cell.tensor] + sample * t->count + cell.index;
}

double nudge_value(const struct nudge *n, struct cell cell)
{
    return *place_of(n, cell);
}

double nudge_loss(struct nudge *n, struct cell cell, double value)
{
    double *place = place_of(n, cell), old = *place;
    *place = value;
    engine_run_double(&n->b, 0, n->ops);
    *place = old;
    return *(const double *)n->b.at[n->program->loss];
}

double nudge_slope(double down, double up, double epsilon)
{
    return (up - down) / (2 * epsilon);
}

int nudge_digits(double a, double b)
{
    const int most = 16;
    double scale = fmax(fabs(a), fabs(b));
    if (a == b)
        return most;
    if (!isfinite(a) || !isfinite(b))
        return 0;
    double digits = -log10(fabs(a - b) / scale);
    return digits < 0 ? 0 : digits > most ? most : (int)digits;
}
