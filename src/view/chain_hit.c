/* What lies under the pointer: a value above a wire, a gradient below it, a whole unit. */
#include <math.h>
#include <stdio.h>

#include "chain_own.h"
#include "glassnet/base/translate.h"

static void say_value(const struct chain_picture *p, struct cell c, char *out, size_t size)
{
    char name[200], number[48];
    cell_title(p->c->trace->program, c, name, sizeof name);
    if (view_is_hidden(p->v, c))
        snprintf(out, size, "%s = ?", name);
    else if (!view_is_done(p->v, c))
        snprintf(out, size, _("%s: not computed yet"), name);
    else
        snprintf(
            out, size, "%s = %s", name,
            view_number(p->v->snap, (double)cell_value(p->c->trace, c), number, sizeof number));
}

static void say_product(const struct chain_picture *p, const struct gate *g, char *out, size_t size)
{
    char name[200], number[48];
    cell_title(p->c->trace->program, g->sum, name, sizeof name);
    if (!chain_gate_done(p, g))
        snprintf(out, size, _("a term of %s: not computed yet"), name);
    else
        snprintf(out, size, _("a term of %s: ≈ %s"), name,
                 view_number(p->v->snap, g->value, number, 48));
}

/* Which cell a gradient is, and why, when it is not the wire's own. */
static struct cell say_gradient(const struct chain_picture *p, const struct gradient *g,
                                struct cell own, char *out, size_t size)
{
    char value[280];
    switch (g->how) {
    case BLAME_NONE:
        snprintf(out, size, _("the pass asks for no gradient here"));
        return CELL_NONE;
    case BLAME_CELL:
        say_value(p, g->cell, out, size);
        return g->cell;
    case BLAME_HANDED:
        say_value(p, g->cell, value, sizeof value);
        snprintf(out, size, _("an addition hands it on: %s"), value);
        return g->cell;
    case BLAME_TERM: {
        char name[200], number[48];
        struct cell at = cell_is(own) ? own : g->cell;
        cell_title(p->c->trace->program, at, name, sizeof name);
        bool done = view_is_done(p->v, at) && !view_is_hidden(p->v, at);
        if (done)
            snprintf(out, size, _("this use's part of %s: ≈ %s"), name,
                     view_number(p->v->snap, g->value, number, sizeof number));
        else
            snprintf(out, size, _("this use's part of %s"), name);
        return at;
    }
    }
    return CELL_NONE;
}

static struct cell on_gate(const struct chain_picture *p, int i, float y, char *out, size_t size)
{
    const struct gate *g = &p->c->gates[i];
    struct rect stem = chain_rect(p, p->l->gates[i].stem);
    if (y > stem.y + stem.h / 2 && g->grad.how != BLAME_NONE)
        return say_gradient(p, &g->grad, g->grad.cell, out, size);
    if (cell_is(g->cell)) {
        say_value(p, g->cell, out, size);
        return g->cell;
    }
    if (cell_is(g->sum))
        say_product(p, g, out, size);
    return g->sum;
}

static struct cell on_sign(const struct chain_picture *p, int i, char *out, size_t size)
{
    struct rect stem = chain_rect(p, p->l->gates[i].stem);
    return on_gate(p, i, stem.y, out, size);
}

static struct cell on_unit(const struct chain_picture *p, int u, float y, char *out, size_t size)
{
    int i = chain_unit_gate(p->c, u);
    struct rect r = chain_rect(p, p->l->units[u].frame);
    if (i < 0)
        return CELL_NONE;
    const struct gate *g = &p->c->gates[i];
    if (y > r.y + r.h * 0.55f && g->grad.how != BLAME_NONE)
        return say_gradient(p, &g->grad, g->grad.cell, out, size);
    say_value(p, g->cell, out, size);
    return g->cell;
}

static float distance(struct point a, struct point b, float x, float y)
{
    float dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    float t = length2 > 0 ? ((x - a.x) * dx + (y - a.y) * dy) / length2 : 0;
    t = fmaxf(0, fminf(1, t));
    return hypotf(a.x + t * dx - x, a.y + t * dy - y);
}

/* The distance to a curve that leaves and enters horizontally. */
static float distance_to_piece(struct point a, struct point b, float x, float y)
{
    float best = INFINITY;
    struct point last = a;
    for (int k = 1; k <= 10; k++) {
        float t = (float)k / 10, s = 1 - t;
        float m = (a.x + b.x) / 2;
        struct point next = {s * s * s * a.x + 3 * s * s * t * m + 3 * s * t * t * m +
                                 t * t * t * b.x,
                             (s * s * s + 3 * s * s * t) * a.y + (3 * s * t * t + t * t * t) * b.y};
        best = fminf(best, distance(last, next, x, y));
        last = next;
    }
    return best;
}

static struct point screen_point(const struct chain_picture *p, struct point q)
{
    return (struct point){p->x + q.x * p->s, p->y + q.y * p->s};
}

static float distance_to_wire(const struct chain_picture *p, int k, float x, float y)
{
    const struct chain_wire *w = &p->l->wires[k];
    struct rect stem = chain_rect(p, p->l->gates[p->c->wires[k].from].stem);
    struct point from = {stem.x + stem.w, stem.y + stem.h / 2};
    float best = INFINITY;
    for (int i = 0; w->across && i < w->bends; i++) {
        struct point next = screen_point(p, p->l->bends[w->first + i]);
        best = fminf(best, distance_to_piece(from, next, x, y));
        from = next;
    }
    if (w->across || w->around) {
        struct point lane = screen_point(p, w->lane);
        best = fminf(best, distance_to_piece(from, lane, x, y));
        from = lane;
    }
    return p->gates ? fminf(best, distance(from, screen_point(p, w->end), x, y)) : best;
}

static struct cell on_wire(const struct chain_picture *p, float x, float y, char *out, size_t size)
{
    float reach = 7;
    int best = -1;
    for (int k = 0; k < p->c->wire_count; k++) {
        const struct wire *w = &p->c->wires[k];
        bool inside = p->c->gates[w->from].unit == p->c->gates[w->to].unit;
        float d = inside && !p->gates ? INFINITY : distance_to_wire(p, k, x, y);
        if (d < reach) {
            reach = d;
            best = k;
        }
    }
    return best < 0 ? CELL_NONE : on_sign(p, p->c->wires[best].from, out, size);
}

static struct cell on_label(const struct chain_picture *p, float x, float y, char *out, size_t size)
{
    for (int k = 0; k < p->c->wire_count; k++) {
        const struct chain_wire *w = &p->l->wires[k];
        struct rect r =
            chain_rect(p, (struct rect){w->lane.x, w->lane.y + 1, p->l->number - 6, CHAIN_LINE});
        if (w->labelled && rect_contains(r, x, y))
            return say_gradient(p, &p->c->wires[k].grad, p->c->gates[p->c->wires[k].from].grad.cell,
                                out, size);
    }
    return CELL_NONE;
}

struct cell chain_hit(const struct chain_picture *p, float x, float y, char *out, size_t size)
{
    for (int u = 0; u < p->c->unit_count && !p->gates; u++)
        if (rect_contains(chain_rect(p, p->l->units[u].frame), x, y))
            return on_unit(p, u, y, out, size);
    for (int i = 0; i < p->c->gate_count && p->gates; i++) {
        if (rect_contains(chain_rect(p, p->l->gates[i].stem), x, y))
            return on_gate(p, i, y, out, size);
        if (rect_contains(chain_rect(p, p->l->gates[i].gate), x, y) ||
            rect_contains(chain_rect(p, p->l->gates[i].name), x, y))
            return on_sign(p, i, out, size);
    }
    struct cell label = p->gates ? on_label(p, x, y, out, size) : CELL_NONE;
    return cell_is(label) ? label : on_wire(p, x, y, out, size);
}
