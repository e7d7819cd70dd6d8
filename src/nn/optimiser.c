#include <stdlib.h>
#include <string.h>

#include "glassnet/nn/trainer.h"

void optimiser_init(struct optimiser *o, const struct net *net)
{
    *o = (struct optimiser){.count = net->param_count};
    o->m = mem_zalloc(3 * net->param_count + 1, sizeof *o->m);
    o->v = o->m + net->param_count;
    o->u = o->v + net->param_count;
}

void optimiser_deinit(struct optimiser *o)
{
    free(o->m);
    *o = (struct optimiser){0};
}

void optimiser_reset(struct optimiser *o)
{
    memset(o->m, 0, 3 * o->count * sizeof *o->m);
    o->t = 0;
}
