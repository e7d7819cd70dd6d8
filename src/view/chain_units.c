/* Units in columns: layered by the longest way, ordered by the middle of what they are connected
 * with, and placed as near to it as their sizes allow (after Sugiyama, Tagawa and Toda 1981;
 * the places are a least-squares fit in order: pooling adjacent violators). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chain_layout.h"
#include "glassnet/base/mem.h"

enum { GAP_X = 38, GAP_Y = 14, PASS = 18, SWEEPS = 14 };

/* A unit, or the place where a wire passes by the units of a column. */
struct item {
    int unit; /* -1: a wire passing by */
    int level;
    float h, y; /* of its middle */
    float wish;
};

/* From an item to one of the next column, between the places where the wire leaves and enters,
 * counted from the items' middles. */
struct link {
    int from, to;
    float out, in;
};

struct columns {
    const struct circuit *c;
    struct chain_layout *l;
    int levels;
    struct item *items;
    int item_count, item_capacity;
    struct link *links;
    int link_count, link_capacity;
    int **column; /* [levels] its items in order; owned */
    int *count;   /* [levels] */
    int *passes;  /* [gates × levels] item where the gate's wire passes the level, -1: none */
};

static bool crosses(const struct circuit *c, const struct wire *w)
{
    return c->gates[w->from].unit != c->gates[w->to].unit;
}

/* Behind all they read; those that read nothing just before the first that reads them. */
static int find_unit_levels(struct chain_layout *l, const struct circuit *c)
{
    int levels = 1;
    bool changed = true;
    bool *reads = mem_zalloc((size_t)c->unit_count + 1, sizeof *reads);
    for (int round = 0; changed && round <= c->unit_count; round++) {
        changed = false;
        for (int k = 0; k < c->wire_count; k++) {
            int from = c->gates[c->wires[k].from].unit, to = c->gates[c->wires[k].to].unit;
            if (!crosses(c, &c->wires[k]))
                continue;
            reads[to] = true;
            if (l->units[to].level <= l->units[from].level) {
                l->units[to].level = l->units[from].level + 1;
                changed = true;
            }
        }
    }
    for (int u = 0; u < c->unit_count; u++) {
        int least = 1 << 20;
        for (int k = 0; k < c->wire_count && !reads[u]; k++) {
            int to = c->gates[c->wires[k].to].unit;
            if (c->gates[c->wires[k].from].unit == u && to != u && l->units[to].level < least)
                least = l->units[to].level;
        }
        if (least < 1 << 20)
            l->units[u].level = least - 1;
        if (l->units[u].level + 1 > levels)
            levels = l->units[u].level + 1;
    }
    free(reads);
    return levels;
}

static int put_item(struct columns *s, int unit, int level, float h)
{
    s->items = mem_grow(s->items, &s->item_capacity, s->item_count + 1, sizeof *s->items);
    s->items[s->item_count] = (struct item){.unit = unit, .level = level, .h = h};
    int *list = realloc(s->column[level], sizeof *list * (size_t)(s->count[level] + 1));
    if (!list)
        abort();
    list[s->count[level]++] = s->item_count;
    s->column[level] = list;
    return s->item_count++;
}

static void put_link(struct columns *s, int from, int to, float out, float in)
{
    s->links = mem_grow(s->links, &s->link_capacity, s->link_count + 1, sizeof *s->links);
    s->links[s->link_count++] = (struct link){from, to, out, in};
}

/* Item u is unit u; the wires of one gate that go further than the next column share places. */
static void put_items(struct columns *s)
{
    const struct circuit *c = s->c;
    for (int u = 0; u < c->unit_count; u++)
        put_item(s, u, s->l->units[u].level, s->l->units[u].frame.h);
    for (int k = 0; k < c->wire_count; k++) {
        int gate = c->wires[k].from, from = c->gates[gate].unit, to = c->gates[c->wires[k].to].unit;
        int level = s->l->units[from].level, target = s->l->units[to].level;
        if (!crosses(c, &c->wires[k]) || target <= level)
            continue;
        struct rect stem = s->l->gates[gate].stem;
        float out = stem.y + stem.h / 2 - s->l->units[from].frame.h / 2;
        int at = from;
        while (++level < target) {
            int *pass = &s->passes[gate * s->levels + level];
            if (*pass < 0) {
                *pass = put_item(s, -1, level, PASS);
                put_link(s, at, *pass, out, 0);
            }
            at = *pass;
            out = 0;
        }
        put_link(s, at, to, out, s->l->wires[k].lane.y - s->l->units[to].frame.h / 2);
    }
}

/* The mean of the places that its links on one side ask for. */
static void find_wishes(struct columns *s, bool left)
{
    float *sum = mem_zalloc((size_t)s->item_count + 1, sizeof *sum);
    int *n = mem_zalloc((size_t)s->item_count + 1, sizeof *n);
    for (int k = 0; k < s->link_count; k++) {
        const struct link *l = &s->links[k];
        int self = left ? l->to : l->from, other = left ? l->from : l->to;
        sum[self] += s->items[other].y + (left ? l->out - l->in : l->in - l->out);
        n[self]++;
    }
    for (int i = 0; i < s->item_count; i++)
        s->items[i].wish = n[i] ? sum[i] / (float)n[i] : s->items[i].y;
    free(sum);
    free(n);
}

static void sort_column(struct columns *s, int level)
{
    int *list = s->column[level];
    for (int i = 1; i < s->count[level]; i++) {
        int item = list[i], k = i;
        for (; k > 0 && s->items[list[k - 1]].wish > s->items[item].wish + 0.5f; k--)
            list[k] = list[k - 1];
        list[k] = item;
    }
}

/* Items in their order, none nearer to the next than both need, as near to the wishes as can be:
 * neighbours that would overlap move as one block to the mean of what they wish. */
static void place_column(struct columns *s, int level)
{
    int n = s->count[level], blocks = 0;
    const int *list = s->column[level];
    float *mean = mem_zalloc((size_t)n + 1, sizeof *mean);
    float *offset = mem_zalloc((size_t)n + 1, sizeof *offset);
    int *size = mem_zalloc((size_t)n + 1, sizeof *size);
    for (int i = 0; i < n; i++) {
        if (i)
            offset[i] = offset[i - 1] + GAP_Y + (s->items[list[i - 1]].h + s->items[list[i]].h) / 2;
        mean[blocks] = s->items[list[i]].wish - offset[i];
        size[blocks++] = 1;
        while (blocks > 1 && mean[blocks - 2] > mean[blocks - 1]) {
            int a = size[blocks - 2], b = size[blocks - 1];
            mean[blocks - 2] =
                (mean[blocks - 2] * (float)a + mean[blocks - 1] * (float)b) / (float)(a + b);
            size[--blocks - 1] = a + b;
        }
    }
    for (int block = 0, i = 0; block < blocks; block++)
        for (int k = 0; k < size[block]; k++, i++)
            s->items[list[i]].y = mean[block] + offset[i];
    free(mean);
    free(offset);
    free(size);
}

static void stack(struct columns *s)
{
    for (int level = 0; level < s->levels; level++) {
        float total = 0, y;
        for (int i = 0; i < s->count[level]; i++)
            total += s->items[s->column[level][i]].h + GAP_Y;
        y = -total / 2;
        for (int i = 0; i < s->count[level]; i++) {
            struct item *item = &s->items[s->column[level][i]];
            item->y = y + item->h / 2;
            y += item->h + GAP_Y;
        }
    }
}

static void sweep(struct columns *s)
{
    for (int round = 0; round < SWEEPS; round++) {
        bool left = round % 2 == 0;
        for (int k = 0; k < s->levels; k++) {
            int level = left ? k : s->levels - 1 - k;
            find_wishes(s, left);
            sort_column(s, level);
            place_column(s, level);
        }
    }
}

static void put_bend(struct chain_layout *l, struct point p)
{
    l->bends = mem_grow(l->bends, &l->bend_capacity, l->bend_count + 1, sizeof *l->bends);
    l->bends[l->bend_count++] = p;
}

static void put_bends(struct columns *s, const float *x, const float *width, float top)
{
    const struct circuit *c = s->c;
    for (int k = 0; k < c->wire_count; k++) {
        int gate = c->wires[k].from, from = c->gates[gate].unit, to = c->gates[c->wires[k].to].unit;
        struct chain_wire *w = &s->l->wires[k];
        w->first = s->l->bend_count;
        if (!crosses(c, &c->wires[k]))
            continue;
        for (int level = s->l->units[from].level + 1; level < s->l->units[to].level; level++) {
            int pass = s->passes[gate * s->levels + level];
            float y = s->items[pass].y - top;
            put_bend(s->l, (struct point){x[level], y});
            put_bend(s->l, (struct point){x[level] + width[level], y});
            w->bends += 2;
        }
    }
}

static void put_frames(struct columns *s)
{
    float *x = mem_zalloc((size_t)s->levels + 1, sizeof *x);
    float *width = mem_zalloc((size_t)s->levels + 1, sizeof *width);
    float top = INFINITY, bottom = -INFINITY;
    for (int i = 0; i < s->item_count; i++) {
        const struct item *item = &s->items[i];
        top = fminf(top, item->y - item->h / 2);
        bottom = fmaxf(bottom, item->y + item->h / 2);
        if (item->unit >= 0)
            width[item->level] = fmaxf(width[item->level], s->l->units[item->unit].frame.w);
    }
    for (int level = 0; level < s->levels; level++)
        x[level + 1] = x[level] + width[level] + GAP_X;
    for (int u = 0; u < s->c->unit_count; u++) {
        struct rect *f = &s->l->units[u].frame;
        f->x = x[s->items[u].level];
        f->y = s->items[u].y - s->items[u].h / 2 - top;
    }
    put_bends(s, x, width, top);
    s->l->w = x[s->levels] - GAP_X;
    s->l->h = bottom - top;
    free(x);
    free(width);
}

void chain_place_units(struct chain_layout *l, const struct circuit *c)
{
    struct columns s = {.c = c, .l = l, .levels = find_unit_levels(l, c)};
    size_t passes = (size_t)c->gate_count * (size_t)s.levels + 1;
    s.column = mem_zalloc((size_t)s.levels, sizeof *s.column);
    s.count = mem_zalloc((size_t)s.levels, sizeof *s.count);
    s.passes = mem_zalloc(passes, sizeof *s.passes);
    memset(s.passes, 0xff, passes * sizeof *s.passes);
    put_items(&s);
    stack(&s);
    sweep(&s);
    put_frames(&s);
    for (int level = 0; level < s.levels; level++)
        free(s.column[level]);
    free(s.column);
    free(s.count);
    free(s.passes);
    free(s.items);
    free(s.links);
}
