#include "chain_layout.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"

enum { ROW = 46, LANE = 14, LANE_LABELLED = 18, LANE_BELOW_LANE = 24, FAN = 12 };

/* Characters, not bytes. */
static int length_of(const char *utf8)
{
    int n = 0;
    while (*utf8)
        n += text_decode(&utf8) != 0;
    return n;
}

struct work {
    const struct circuit *c;
    struct chain_layout *l;
    bool *inside; /* [gates] something in the same unit uses it */
    bool *placed;
    float *y;   /* [gates] middle, from the top of the unit's rows */
    float next; /* where the next row begins */
    bool after_lane;
};

static bool is_leaf(const struct work *w, int gate)
{
    return w->c->gates[gate].count == 0 && w->inside[gate];
}

/* Columns within the units: behind all that comes in; leaves just before what uses them. */
static void find_levels(struct work *w)
{
    const struct circuit *c = w->c;
    int *least = mem_zalloc((size_t)c->unit_count + 1, sizeof *least);
    for (int k = 0; k < c->wire_count; k++)
        if (c->gates[c->wires[k].from].unit == c->gates[c->wires[k].to].unit)
            w->inside[c->wires[k].from] = true;
    for (int i = 0; i < c->gate_count; i++)
        w->l->gates[i].level = is_leaf(w, i) ? 1 << 20 : 0;
    for (int k = 0; k < c->wire_count; k++) {
        const struct wire *wire = &c->wires[k];
        struct chain_gate *to = &w->l->gates[wire->to], *from = &w->l->gates[wire->from];
        if (c->gates[wire->from].unit == c->gates[wire->to].unit && !is_leaf(w, wire->from) &&
            to->level <= from->level)
            to->level = from->level + 1;
    }
    for (int k = 0; k < c->wire_count; k++) {
        const struct wire *wire = &c->wires[k];
        int level = w->l->gates[wire->to].level - 1;
        if (is_leaf(w, wire->from) && level < w->l->gates[wire->from].level)
            w->l->gates[wire->from].level = level;
    }
    for (int i = 0; i < c->gate_count; i++)
        if (w->l->gates[i].level < least[c->gates[i].unit])
            least[c->gates[i].unit] = w->l->gates[i].level;
    for (int i = 0; i < c->gate_count; i++)
        w->l->gates[i].level -= least[c->gates[i].unit];
    free(least);
}

/* A row for what comes in from another unit, or passes columns of its own: free right through to
 * its gate. */
static float put_lane(struct work *w, int wire, bool across)
{
    struct chain_wire *at = &w->l->wires[wire];
    at->across = across;
    at->around = !across;
    at->labelled = across && w->c->wires[wire].grad.how == BLAME_TERM;
    float h = !at->labelled ? LANE : w->after_lane ? LANE_BELOW_LANE : LANE_LABELLED;
    at->lane.y = w->next + (w->after_lane ? h / 2 : LANE / 2.0f);
    w->next += h;
    w->after_lane = true;
    return at->lane.y;
}

static bool passes_columns(const struct work *w, int wire)
{
    const struct wire *of = &w->c->wires[wire];
    return !is_leaf(w, of->from) && w->l->gates[of->to].level > w->l->gates[of->from].level + 1;
}

/* Rows of the gate and of all that leads to it within its unit. */
static void put_rows(struct work *w, int gate)
{
    const struct gate *g = &w->c->gates[gate];
    float start = w->next, low = INFINITY, high = -INFINITY;
    w->placed[gate] = true;
    for (int k = g->first; k < g->first + g->count; k++) {
        int from = w->c->wires[k].from;
        float y;
        if (w->c->gates[from].unit != g->unit) {
            y = put_lane(w, k, true);
        } else {
            if (!w->placed[from])
                put_rows(w, from);
            y = passes_columns(w, k) ? put_lane(w, k, false) : w->y[from];
        }
        low = fminf(low, y);
        high = fmaxf(high, y);
    }
    bool own = w->next == start; /* nothing of it has a row yet */
    if (w->next - start < ROW && (own ? g->count == 0 : true)) {
        w->next = start + ROW;
        w->after_lane = false;
    }
    w->y[gate] = g->count == 0 ? start + ROW / 2.0f : fmaxf((low + high) / 2, start + ROW / 2.0f);
    if (own && g->count > 0)
        w->y[gate] = (low + high) / 2;
}

/* Numbers of the same column keep their distance, also where several ways meet. */
static void separate(struct work *w, int unit)
{
    const struct circuit *c = w->c;
    for (int i = 0; i < c->gate_count; i++)
        for (int k = 0; k < c->gate_count && c->gates[i].unit == unit; k++) {
            const struct chain_gate *a = &w->l->gates[i], *b = &w->l->gates[k];
            if (k == i || c->gates[k].unit != unit || a->level != b->level)
                continue;
            bool close = fabsf(w->y[i] - w->y[k]) < ROW;
            if (close && (w->y[k] > w->y[i] || (w->y[k] == w->y[i] && k > i))) {
                w->y[k] = w->y[i] + ROW;
                w->next = fmaxf(w->next, w->y[k] + ROW / 2.0f);
                k = -1; /* once more: it may have come close to another */
            }
        }
}

static float sign_width(const struct circuit *c, int gate)
{
    char label[CHAIN_LABEL];
    if (chain_is_plain(&c->gates[gate]))
        return 0;
    int n = length_of(chain_gate_label(c, gate, label));
    return n <= 1 ? CHAIN_GATE : fmaxf(CHAIN_GATE, (float)(n * CHAIN_CHAR + 14));
}

/* A number that fills its unit by itself is named by the unit's title. */
static float name_width(const struct work *w, int gate)
{
    char name[CHAIN_LABEL];
    const struct gate *g = &w->c->gates[gate];
    if (!chain_is_plain(g) || (!w->inside[gate] && g->kind != GATE_TAP))
        return 0;
    return (float)(length_of(chain_gate_name(w->c, gate, name)) * CHAIN_CHAR + 6);
}

static float stem_width(const struct work *w, const struct gate *g)
{
    bool none = g->kind == GATE_MORE || (g->kind == GATE_BLOCK && !cell_is(g->cell));
    return none ? 8 : w->l->number;
}

static void put_gate(const struct work *w, int gate, float right)
{
    struct chain_gate *at = &w->l->gates[gate];
    const struct gate *g = &w->c->gates[gate];
    float y = w->y[gate] + CHAIN_TITLE, stem = stem_width(w, g);
    float sign = sign_width(w->c, gate), name = name_width(w, gate);
    float h = fmaxf(CHAIN_GATE, (float)(g->count * 8));
    at->stem = (struct rect){right - stem, y - CHAIN_LINE, stem, 2 * CHAIN_LINE};
    at->gate = (struct rect){at->stem.x - sign, y - h / 2, sign, h};
    at->name = (struct rect){at->stem.x - name, y - CHAIN_LINE / 2.0f, name, CHAIN_LINE};
    float pitch = g->count > 1 ? fminf(18, (h - 12) / (float)(g->count - 1)) : 0;
    for (int k = 0; k < g->count; k++)
        w->l->wires[g->first + k].end = (struct point){
            sign > 0 ? at->gate.x : at->name.x, y + pitch * ((float)k - (float)(g->count - 1) / 2)};
}

/* The unit's rows and columns, and with them the size of its frame. */
static void place_unit(struct work *w, int unit)
{
    const struct circuit *c = w->c;
    enum { LEVELS_MOST = 64 };
    float width[LEVELS_MOST] = {0}, x = CHAIN_PAD;
    int levels = 0;
    bool labelled = false, across = false, last_labelled = false, bare = false;
    float names = 0;
    char title[256];
    w->next = 0;
    w->after_lane = false;
    for (int i = c->gate_count - 1; i >= 0; i--)
        if (c->gates[i].unit == unit && !w->inside[i] && !w->placed[i])
            put_rows(w, i);
    separate(w, unit);
    for (int i = 0; i < c->gate_count; i++) {
        if (c->gates[i].unit != unit)
            continue;
        struct chain_gate *g = &w->l->gates[i];
        g->level = g->level < LEVELS_MOST ? g->level : LEVELS_MOST - 1;
        levels = g->level + 1 > levels ? g->level + 1 : levels;
        bare = bare || (g->level == 0 && !is_leaf(w, i));
        names = g->level == 0 ? fmaxf(names, name_width(w, i)) : names;
        width[g->level] = fmaxf(width[g->level],
                                stem_width(w, &c->gates[i]) + sign_width(c, i) + name_width(w, i));
        for (int k = c->gates[i].first; k < c->gates[i].first + c->gates[i].count; k++) {
            const struct chain_wire *wire = &w->l->wires[k];
            across = across || wire->across;
            labelled = labelled || wire->labelled;
            last_labelled =
                last_labelled || (wire->labelled && wire->lane.y > w->next - CHAIN_LINE);
        }
    }
    /* what is written at the lanes may lie below the names of leaves, and nothing else */
    x = across ? 2 * CHAIN_PAD : CHAIN_PAD / 2.0f;
    if (labelled)
        x = bare ? w->l->number : fmaxf(x, w->l->number - names);
    for (int level = 0; level < levels; level++) {
        x += width[level] + (level ? FAN : 0);
        for (int i = 0; i < c->gate_count; i++)
            if (c->gates[i].unit == unit && w->l->gates[i].level == level)
                put_gate(w, i, x);
    }
    float least = 9.5f * (float)length_of(chain_unit_title(c, unit, title, sizeof title)) + 12;
    for (int i = 0; i < c->gate_count && x < least; i++)
        if (c->gates[i].unit == unit)
            put_gate(w, i, w->l->gates[i].stem.x + w->l->gates[i].stem.w + least - x);
    float h = CHAIN_TITLE + w->next + (last_labelled ? CHAIN_LINE : CHAIN_PAD);
    w->l->units[unit].frame = (struct rect){0, 0, fmaxf(x, least), h};
}

static void shift_to_frames(struct work *w)
{
    const struct circuit *c = w->c;
    for (int i = 0; i < c->gate_count; i++) {
        struct rect f = w->l->units[c->gates[i].unit].frame;
        struct chain_gate *g = &w->l->gates[i];
        g->gate = rect_shift(g->gate, f.x, f.y);
        g->name = rect_shift(g->name, f.x, f.y);
        g->stem = rect_shift(g->stem, f.x, f.y);
        for (int k = c->gates[i].first; k < c->gates[i].first + c->gates[i].count; k++) {
            struct chain_wire *wire = &w->l->wires[k];
            wire->end.x += f.x;
            wire->end.y += f.y;
            struct rect stem = w->l->gates[c->wires[k].from].stem;
            wire->lane.x = wire->around ? stem.x + stem.w + FAN : f.x;
            wire->lane.y += f.y;
        }
    }
}

static void allocate(struct chain_layout *l, const struct circuit *c)
{
    int computed = 0;
    for (int i = 0; i < c->gate_count; i++)
        computed += !chain_is_plain(&c->gates[i]);
    memset(l, 0, sizeof *l);
    l->number = computed <= CHAIN_FEW ? CHAIN_NUMBER : CHAIN_NUMBER_WIDE;
    l->gates = mem_zalloc((size_t)c->gate_count + 1, sizeof *l->gates);
    l->wires = mem_zalloc((size_t)c->wire_count + 1, sizeof *l->wires);
    l->units = mem_zalloc((size_t)c->unit_count + 1, sizeof *l->units);
}

void chain_layout_create(struct chain_layout *l, const struct circuit *c)
{
    size_t gates = (size_t)c->gate_count + 1;
    struct work w = {.c = c, .l = l};
    allocate(l, c);
    w.inside = mem_zalloc(gates, sizeof *w.inside);
    w.placed = mem_zalloc(gates, sizeof *w.placed);
    w.y = mem_zalloc(gates, sizeof *w.y);
    find_levels(&w);
    for (int u = 0; u < c->unit_count; u++)
        place_unit(&w, u);
    for (int k = 0; k < c->wire_count; k++)
        l->wires[k].lane.y += CHAIN_TITLE;
    chain_place_units(l, c);
    shift_to_frames(&w);
    free(w.inside);
    free(w.placed);
    free(w.y);
}

void chain_layout_boxes(struct chain_layout *l, const struct circuit *c)
{
    int *lanes = mem_zalloc((size_t)c->unit_count + 1, sizeof *lanes);
    int *lane = mem_zalloc((size_t)c->unit_count + 1, sizeof *lane);
    char title[256];
    struct work w = {.c = c, .l = l};
    allocate(l, c);
    for (int k = 0; k < c->wire_count; k++) {
        l->wires[k].across = c->gates[c->wires[k].from].unit != c->gates[c->wires[k].to].unit;
        lanes[c->gates[c->wires[k].to].unit] += l->wires[k].across;
    }
    for (int u = 0; u < c->unit_count; u++) {
        float wide = (float)(length_of(chain_unit_title(c, u, title, sizeof title)) * CHAIN_CHAR);
        l->units[u].frame = (struct rect){0, 0, fmaxf(CHAIN_BOX_W, wide + 20), CHAIN_BOX_H};
    }
    for (int i = 0; i < c->gate_count; i++)
        l->gates[i].stem = (struct rect){l->units[c->gates[i].unit].frame.w, 0, 0, CHAIN_BOX_H};
    for (int k = 0; k < c->wire_count; k++) {
        int u = c->gates[c->wires[k].to].unit;
        if (l->wires[k].across)
            l->wires[k].lane.y =
                8 + (CHAIN_BOX_H - 16) * ((float)lane[u]++ + 0.5f) / (float)lanes[u];
    }
    chain_place_units(l, c);
    shift_to_frames(&w);
    free(lanes);
    free(lane);
}

void chain_layout_destroy(struct chain_layout *l)
{
    free(l->gates);
    free(l->wires);
    free(l->units);
    free(l->bends);
    memset(l, 0, sizeof *l);
}
