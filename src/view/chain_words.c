/* What is written on gates, and beside the numbers that nothing here computes. */
#include <stdio.h>
#include <string.h>

#include "chain_layout.h"
#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"

bool chain_is_plain(const struct gate *g)
{
    return g->kind == GATE_GIVEN || g->kind == GATE_FOLDED || g->kind == GATE_MORE ||
           g->kind == GATE_TAP;
}

static const char *block_label(const struct circuit *c, const struct gate *g)
{
    const struct net *net = c->trace->program->net;
    if (!cell_is(g->cell))
        return _("softmax");
    switch (net->loss) {
    case LOSS_CROSS_ENTROPY:
        return net_is_combined(net) ? _("softmax, −log p") : _("−log p");
    case LOSS_BINARY_CROSS_ENTROPY:
        return net_is_combined(net) ? _("sigmoid, −log p") : _("−log p");
    case LOSS_SQUARED_ERROR:
        return g->count > 1 ? _("mean of squares") : "x²";
    case LOSS_ABSOLUTE_ERROR:
        return g->count > 1 ? _("mean of |x|") : "|x|";
    case LOSS_HINGE:
        return _("max(0, 1 − t·a)");
    default:
        return _("loss");
    }
}

static const char *times_label(const struct circuit *c, const struct gate *g, char *out)
{
    const char *sign = g->count > 0 && c->wires[g->first].power ? "x²" : "×";
    char number[48];
    if (g->constant == 1)
        return strcpy(out, sign);
    number_format((double)g->constant, &number_default, number, sizeof number);
    snprintf(out, CHAIN_LABEL, strcmp(sign, "×") == 0 ? "%s %s" : "%s · %s", sign,
             g->symbol ? g->symbol : number);
    return out;
}

static const char *sum_label(const struct circuit *c, const struct gate *g)
{
    bool minus = false;
    for (int k = g->first; k < g->first + g->count; k++)
        minus = minus || c->wires[k].minus;
    if (g->cell.tensor == c->trace->program->loss)
        return _("mean");
    return g->count > 2 ? "Σ" : minus ? "−" : "+";
}

static const char *fn_label(enum fn fn)
{
    switch (fn) {
    case FN_COPY:
        return "=";
    case FN_QUOTIENT:
        return "÷";
    case FN_SQRT:
        return "√";
    case FN_NEG:
        return "−";
    case FN_LEAKY_RELU:
        return _("leaky relu");
    default:
        return fn_name(fn);
    }
}

const char *chain_gate_label(const struct circuit *c, int gate, char *out)
{
    const struct gate *g = &c->gates[gate];
    switch (g->kind) {
    case GATE_TIMES:
        return times_label(c, g, out);
    case GATE_SUM:
        return strcpy(out, sum_label(c, g));
    case GATE_FN:
        return strcpy(out, fn_label(g->fn));
    case GATE_BLOCK:
        return strcpy(out, block_label(c, g));
    default:
        return strcpy(out, "");
    }
}

const char *chain_gate_name(const struct circuit *c, int gate, char *out)
{
    const struct gate *g = &c->gates[gate];
    char name[256], number[48];
    if (g->kind == GATE_MORE) {
        snprintf(out, CHAIN_LABEL, _("… %d more"), g->more);
    } else if (cell_is(g->cell)) {
        cell_name(c->trace->program, g->cell, name, sizeof name);
        char *at = strchr(name, '@');
        if (at)
            *at = 0;
        const char *dot = strrchr(name, '.');
        snprintf(out, CHAIN_LABEL, "%.60s", dot ? dot + 1 : name);
        char *index = strchr(out, '[');
        if (index && c->trace->program->tensors[g->cell.tensor].count == 1)
            *index = 0;
    } else {
        number_format((double)g->constant, &number_default, number, sizeof number);
        snprintf(out, CHAIN_LABEL, "%s", g->symbol ? g->symbol : number);
    }
    return out;
}
