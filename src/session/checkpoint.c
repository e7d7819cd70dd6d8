#include "session/checkpoint.h"

#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

static void make_room(struct checkpoint *c, size_t count, int samples)
{
    if (!c->numbers || c->count != count) {
        free(c->numbers);
        c->numbers = mem_zalloc(4 * count + 1, sizeof *c->numbers);
        c->count = count;
    }
    if (!c->order || c->samples != samples) {
        free(c->order);
        c->order = mem_zalloc((size_t)samples + 1, sizeof *c->order);
        c->samples = samples;
    }
}

void checkpoint_take(struct checkpoint *c, const struct trainer *t)
{
    const struct optimiser *o = &t->optimiser;
    size_t count = t->net->param_count, bytes = count * sizeof *c->numbers;
    make_room(c, count, t->source.count);
    memcpy(c->numbers, t->net->params, bytes);
    memcpy(c->numbers + count, o->m, bytes);
    memcpy(c->numbers + 2 * count, o->v, bytes);
    memcpy(c->numbers + 3 * count, o->u, bytes);
    memcpy(c->order, t->order, (size_t)c->samples * sizeof *c->order);
    c->t = o->t;
    c->epoch = t->epoch;
    c->position = t->position;
    c->epoch_correct = t->epoch_correct;
    c->batch_loss = t->batch_loss;
    c->epoch_loss = t->epoch_loss;
}

void checkpoint_restore(const struct checkpoint *c, struct trainer *t)
{
    struct optimiser *o = &t->optimiser;
    size_t count = c->count, bytes = count * sizeof *c->numbers;
    memcpy(t->net->params, c->numbers, bytes);
    memcpy(o->m, c->numbers + count, bytes);
    memcpy(o->v, c->numbers + 2 * count, bytes);
    memcpy(o->u, c->numbers + 3 * count, bytes);
    memcpy(t->order, c->order, (size_t)c->samples * sizeof *c->order);
    o->t = c->t;
    t->epoch = c->epoch;
    t->position = c->position;
    t->epoch_correct = c->epoch_correct;
    t->batch_loss = c->batch_loss;
    t->epoch_loss = c->epoch_loss;
}

size_t checkpoint_bytes(const struct trainer *t)
{
    return 4 * t->net->param_count * sizeof(float) + (size_t)t->source.count * sizeof(int);
}

void checkpoint_deinit(struct checkpoint *c)
{
    free(c->numbers);
    free(c->order);
    *c = (struct checkpoint){0};
}
