/* Ways from a number to the loss, by the size of their products: the largest few of each gate
 * follow from those of the gates that use it, from the loss backwards. */
#include <math.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "step/circuit_build.h"

enum { BEST = 8 };

/* The product from a gate on: by a wire, then the way number `rank` of the gate behind it. */
struct way {
    double value;
    int wire; /* -1: it ends here */
    int rank;
    bool early;
};

struct node {
    double ways; /* how many there are */
    bool whole;  /* no use was left out on any of them */
    int count;
    struct way best[BEST];
};

struct search {
    const struct circuit *c;
    struct node *nodes; /* [gates] */
    int *first, *out;   /* wires out of gate g: out[first[g]] to out[first[g + 1] - 1] */
};

static bool is_larger(double a, double b)
{
    return isnan(a) ? !isnan(b) : fabs(a) > fabs(b);
}

static void keep(struct node *n, struct way w)
{
    int at = n->count;
    if (at == BEST && !is_larger(w.value, n->best[BEST - 1].value))
        return;
    at = at < BEST ? n->count++ : BEST - 1;
    for (; at > 0 && is_larger(w.value, n->best[at - 1].value); at--)
        n->best[at] = n->best[at - 1];
    n->best[at] = w;
}

static void list_wires(struct search *s)
{
    const struct circuit *c = s->c;
    s->first = mem_zalloc((size_t)c->gate_count + 2, sizeof *s->first);
    s->out = mem_zalloc((size_t)c->wire_count + 1, sizeof *s->out);
    for (int k = 0; k < c->wire_count; k++)
        s->first[c->wires[k].from + 2]++;
    for (int g = 0; g < c->gate_count; g++)
        s->first[g + 2] += s->first[g + 1];
    for (int k = 0; k < c->wire_count; k++)
        s->out[s->first[c->wires[k].from + 1]++] = k;
}

static void look_at(struct search *s, int g)
{
    const struct circuit *c = s->c;
    struct node *n = &s->nodes[g];
    n->whole = c->gates[g].uses_left_out == 0;
    if (c->gates[g].cell.tensor == c->trace->program->loss && c->gates[g].cell.tensor >= 0) {
        n->ways = 1;
        keep(n, (struct way){.value = 1, .wire = -1});
        return;
    }
    bool ended = false;
    for (int k = s->first[g]; k < s->first[g + 1]; k++) {
        const struct wire *w = &c->wires[s->out[k]];
        const struct node *to = &s->nodes[w->to];
        if (c->gates[w->to].kind == GATE_TAP)
            continue;
        if (!w->slope.known) {
            if (w->grad.how == BLAME_NONE || ended)
                continue;
            n->ways++;
            keep(n, (struct way){w->grad.value, -1, 0, true});
            ended = true;
            continue;
        }
        n->ways += to->ways;
        n->whole = n->whole && to->whole;
        for (int r = 0; r < to->count; r++)
            keep(n, (struct way){w->slope.value * to->best[r].value, s->out[k], r, false});
    }
}

static void follow(const struct search *s, int gate, int rank, struct circuit_path *p)
{
    *p = (struct circuit_path){.value = s->nodes[gate].best[rank].value};
    for (;;) {
        struct way w = s->nodes[gate].best[rank];
        if (w.wire < 0 || p->count == PATH_WIRES) {
            p->end = gate;
            p->early = w.wire >= 0 || w.early;
            return;
        }
        p->wire[p->count++] = w.wire;
        gate = s->c->wires[w.wire].to;
        rank = w.rank;
    }
}

double circuit_paths(const struct circuit *c, struct cell cell, int most, struct circuit_path *out,
                     int *found, bool *whole)
{
    struct search s = {.c = c};
    double ways = 0;
    *found = 0;
    *whole = true;
    s.nodes = mem_zalloc((size_t)c->gate_count + 1, sizeof *s.nodes);
    list_wires(&s);
    for (int g = c->gate_count - 1; g >= 0; g--)
        look_at(&s, g);
    for (int g = circuit_find(c, cell, 0); g >= 0; g = circuit_find(c, cell, g + 1)) {
        const struct node *n = &s.nodes[g];
        ways += n->ways;
        *whole = *whole && n->whole;
        for (int r = 0; r < n->count && r < most; r++) {
            struct circuit_path path;
            follow(&s, g, r, &path);
            int at = *found < most ? (*found)++ : most;
            if (at == most && !is_larger(path.value, out[most - 1].value))
                continue;
            at = at == most ? most - 1 : at;
            for (; at > 0 && is_larger(path.value, out[at - 1].value); at--)
                out[at] = out[at - 1];
            out[at] = path;
        }
    }
    free(s.nodes);
    free(s.first);
    free(s.out);
    return ways;
}
