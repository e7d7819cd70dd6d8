/* Surfaces to walk on: functions of two numbers, and a network's loss over two of its parameters.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "session/optimizers.h"

static const struct surface_info infos[SURFACES] = {
    [SURFACE_BOWL] = {"bowl", N_("Bowl"), "(x² + y²) / 2"},
    [SURFACE_RAVINE] = {"ravine", N_("Ravine"), "(x² + 20 y²) / 2"},
    [SURFACE_SADDLE] = {"saddle", N_("Saddle"), "(x² − y²) / 2 + y⁴ / 16"},
    [SURFACE_WAVES] = {"waves", N_("Waves"), "(x² + y²) / 4 + (2 − cos 3x − cos 3y) / 2"},
    [SURFACE_LOSS] = {"loss", N_("Real loss"), N_("the open network's loss")},
};

const struct surface_info *surface_info(int i)
{
    return i >= 0 && i < SURFACES ? &infos[i] : NULL;
}

float surface_value(enum surface_kind kind, float fx, float fy, float gradient[2])
{
    double x = (double)fx, y = (double)fy, f = 0, dx = 0, dy = 0;
    switch (kind) {
    case SURFACE_BOWL:
        f = (x * x + y * y) / 2;
        dx = x;
        dy = y;
        break;
    case SURFACE_RAVINE:
        f = (x * x + 20 * y * y) / 2;
        dx = x;
        dy = 20 * y;
        break;
    case SURFACE_SADDLE:
        f = (x * x - y * y) / 2 + y * y * y * y / 16;
        dx = x;
        dy = -y + y * y * y / 4;
        break;
    default: /* waves */
        f = (x * x + y * y) / 4 + (2 - cos(3 * x) - cos(3 * y)) / 2;
        dx = x / 2 + 1.5 * sin(3 * x);
        dy = y / 2 + 1.5 * sin(3 * y);
        break;
    }
    gradient[0] = (float)dx;
    gradient[1] = (float)dy;
    return (float)f;
}

/* --- the network's loss ---------------------------------------------------------------------- */

static void copy_given(struct loss_slice *s, const struct trace *t)
{
    for (int k = 0; k < s->program->op_count; k++) {
        const struct op *op = &s->program->ops[k];
        if (op->kind == OP_GIVEN && s->buffers.at[op->out])
            memcpy(s->buffers.at[op->out], trace_tensor(t, op->out),
                   trace_tensor_count(t, op->out) * sizeof(float));
    }
}

bool slice_init(struct loss_slice *s, const struct trace *t, const struct cell cells[2],
                struct err *err)
{
    *s = (struct loss_slice){.net = net_copy(t->program->net)};
    s->program = program_create(s->net, t->program->mode, t->program->targets);
    if (!buffers_init(&s->buffers, s->program, t->n, sizeof(float), true, err)) {
        slice_deinit(s);
        return false;
    }
    s->samples = mem_zalloc((size_t)t->n, sizeof *s->samples);
    memcpy(s->samples, t->samples, (size_t)t->n * sizeof *s->samples);
    s->buffers.samples = s->samples;
    s->buffers.seed = t->buffers.seed;
    s->buffers.t = t->buffers.t;
    for (int k = 0; k < s->program->op_count; k++) {
        s->loss_ops += s->program->ops[k].phase <= PHASE_LOSS;
        s->grad_ops += s->program->ops[k].phase <= PHASE_BACKWARD;
    }
    for (int i = 0; i < 2; i++) {
        s->tensor[i] = cells[i].tensor;
        s->index[i] = cells[i].index;
    }
    copy_given(s, t);
    return true;
}

void slice_deinit(struct loss_slice *s)
{
    buffers_deinit(&s->buffers);
    program_destroy(s->program);
    net_destroy(s->net);
    free(s->samples);
    memset(s, 0, sizeof *s);
}

static void move_to(struct loss_slice *s, float x, float y)
{
    ((float *)s->buffers.at[s->tensor[0]])[s->index[0]] = x;
    ((float *)s->buffers.at[s->tensor[1]])[s->index[1]] = y;
}

float slice_loss(struct loss_slice *s, float x, float y)
{
    move_to(s, x, y);
    engine_run(&s->buffers, 0, s->loss_ops);
    return *(const float *)s->buffers.at[s->program->loss];
}

float slice_gradient(struct loss_slice *s, float x, float y, float gradient[2])
{
    move_to(s, x, y);
    engine_run(&s->buffers, 0, s->grad_ops);
    for (int i = 0; i < 2; i++) {
        int grad = s->program->tensors[s->tensor[i]].grad;
        gradient[i] = ((const float *)s->buffers.at[grad])[s->index[i]];
    }
    return *(const float *)s->buffers.at[s->program->loss];
}
