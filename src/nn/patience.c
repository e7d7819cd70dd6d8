#include "glassnet/nn/patience.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

void patience_deinit(struct patience *p)
{
    free(p->best);
    *p = (struct patience){0};
}

bool patience_note(struct patience *p, const struct net *net, int epoch, double test_loss)
{
    if (net->train.patience <= 0)
        return false;
    if (!isnan(test_loss) && (!p->best || test_loss < p->best_loss)) {
        if (!p->best)
            p->best = mem_zalloc(net->param_count + 1, sizeof *p->best);
        memcpy(p->best, net->params, net->param_count * sizeof *p->best);
        p->best_loss = test_loss;
        p->best_epoch = epoch;
        p->since = 0;
        return false;
    }
    return ++p->since >= net->train.patience;
}

bool patience_keep_best(const struct patience *p, struct net *net)
{
    if (p->best)
        memcpy(net->params, p->best, net->param_count * sizeof *p->best);
    return p->best != NULL;
}
