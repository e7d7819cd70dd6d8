#include "session/checkpoint.h"

#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

/* Which arrays the optimiser writes; the others stay 0 (network-format.md, "optimiser"). */
static unsigned arrays_of(enum optimiser_kind kind)
{
    enum { PARAMS = 1, M = 2, V = 4, U = 8 };
    switch (kind) {
    case OPT_SGD:
        return PARAMS;
    case OPT_MOMENTUM:
    case OPT_NESTEROV:
        return PARAMS | M;
    case OPT_ADAGRAD:
    case OPT_RMSPROP:
        return PARAMS | V;
    case OPT_ADADELTA:
        return PARAMS | V | U;
    default:
        return PARAMS | M | V | U;
    }
}

static void array_places(const struct trainer *t, float *place[CHECKPOINT_ARRAYS])
{
    place[0] = t->net->params;
    place[1] = t->optimiser.m;
    place[2] = t->optimiser.v;
    place[3] = t->optimiser.u;
}

void checkpoint_take(struct checkpoint *c, const struct trainer *t)
{
    float *place[CHECKPOINT_ARRAYS];
    size_t need = 0, count = t->net->param_count;
    array_places(t, place);
    c->has = arrays_of(t->net->train.optimiser);
    for (int k = 0; k < CHECKPOINT_ARRAYS; k++)
        need += (c->has >> k & 1u) * count;
    if (!c->numbers || c->room < need) {
        free(c->numbers);
        c->numbers = mem_zalloc(need + 1, sizeof *c->numbers);
        c->room = need;
    }
    float *to = c->numbers;
    for (int k = 0; k < CHECKPOINT_ARRAYS; k++)
        if (c->has >> k & 1u) {
            memcpy(to, place[k], count * sizeof *to);
            to += count;
        }
    c->count = count;
    c->t = t->optimiser.t;
    c->steps = t->steps;
    c->epoch = t->epoch;
    c->position = t->position;
    c->epoch_correct = t->epoch_correct;
    c->batch_loss = t->batch_loss;
    c->epoch_loss = t->epoch_loss;
}

void checkpoint_restore(const struct checkpoint *c, struct trainer *t)
{
    float *place[CHECKPOINT_ARRAYS];
    const float *from = c->numbers;
    array_places(t, place);
    for (int k = 0; k < CHECKPOINT_ARRAYS; k++)
        if (c->has >> k & 1u) {
            memcpy(place[k], from, c->count * sizeof *from);
            from += c->count;
        } else {
            memset(place[k], 0, c->count * sizeof *from);
        }
    t->optimiser.t = c->t;
    t->steps = c->steps;
    trainer_seek(t, c->epoch, c->position);
    t->epoch_correct = c->epoch_correct;
    t->batch_loss = c->batch_loss;
    t->epoch_loss = c->epoch_loss;
}

void checkpoint_forget_moments(struct checkpoint *c)
{
    c->has &= 1u;
    c->t = 0;
}

const float *checkpoint_params(const struct checkpoint *c)
{
    return c->numbers;
}

size_t checkpoint_bytes(const struct checkpoint *c)
{
    return c->room * sizeof *c->numbers + sizeof *c;
}

void checkpoint_deinit(struct checkpoint *c)
{
    free(c->numbers);
    *c = (struct checkpoint){0};
}
