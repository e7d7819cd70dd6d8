/* The curves of the selection. They pass behind circles and numbers, so that all can be read. */
#include "network_links.h"

#include <math.h>

#include "plate_draw.h"

enum { LINK_STEPS = 96, IN_THE_WAY = 24 };

/* Plates that a link passes behind. */
struct obstacles {
    struct rect rect[IN_THE_WAY];
    int count;
};

static struct obstacles find_obstacles(const struct view *v, const struct scene *s, struct rect way)
{
    struct obstacles o = {.count = 0};
    for (int i = 0; i < s->plate_count && o.count < IN_THE_WAY; i++) {
        const struct plate *p = &s->plates[i];
        if (rect_overlaps(p->rect, way) &&
            (p->kind == PLATE_CIRCLE || (p->kind == PLATE_GRID && plate_prints(v, s, p))))
            o.rect[o.count++] = p->rect;
    }
    return o;
}

static bool is_in_way(const struct obstacles *o, struct point p)
{
    for (int i = 0; i < o->count; i++)
        if (rect_contains(o->rect[i], p.x, p.y))
            return true;
    return false;
}

/* The pieces of a curve that nothing lies over. */
static void draw_pieces(const struct view *v, const struct obstacles *o,
                        const struct point curve[4], float width)
{
    struct point run[LINK_STEPS + 1];
    int n = 0;
    for (int i = 0; i <= LINK_STEPS; i++) {
        float t = (float)i / LINK_STEPS, u = 1 - t;
        float w[4] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
        struct point at = {0, 0};
        for (int k = 0; k < 4; k++) {
            at.x += w[k] * curve[k].x;
            at.y += w[k] * curve[k].y;
        }
        bool free = !is_in_way(o, at);
        if (free)
            run[n++] = at;
        if (n > 1 && (!free || i == LINK_STEPS))
            draw_polyline(v->ui->draw, run, n, width, v->ui->theme->selection);
        if (!free)
            n = 0;
    }
}

static struct point side(struct rect r, bool right)
{
    return (struct point){right ? r.x + r.w + 3 : r.x - 3, r.y + r.h / 2};
}

/* One above the other: from edge to edge. */
static void link_down(const struct view *v, const struct scene *s, struct rect above,
                      struct rect below, float width)
{
    struct point a = {above.x + above.w / 2, above.y + above.h + 3};
    struct point b = {below.x + below.w / 2, below.y - 3};
    float reach = (b.y - a.y) / 2;
    if (reach < 4 * width) /* the frames touch: they say it */
        return;
    struct obstacles o = find_obstacles(v, s, rect_union(above, below));
    draw_pieces(v, &o, (struct point[]){a, {a.x, a.y + reach}, {b.x, b.y - reach}, b}, width);
}

void network_link(const struct view *v, const struct scene *s, struct rect a, struct rect b)
{
    float width = fmaxf(2, ui_px(v->ui, 3));
    float shared = fminf(a.x + a.w, b.x + b.w) - fmaxf(a.x, b.x);
    if (shared > fminf(a.w, b.w) / 2) {
        link_down(v, s, a.y < b.y ? a : b, a.y < b.y ? b : a, width);
        return;
    }
    bool onward = a.x + a.w / 2 <= b.x + b.w / 2;
    struct point from = side(onward ? a : b, true), to = side(onward ? b : a, false);
    struct rect way = {fminf(from.x, to.x), fminf(from.y, to.y) - width, fabsf(to.x - from.x),
                       fabsf(to.y - from.y) + 2 * width};
    struct obstacles o = find_obstacles(v, s, way);
    float reach = fabsf(to.x - from.x) / 2;
    if (o.count == 0)
        draw_link(v->ui->draw, from, to, width, v->ui->theme->selection);
    else
        draw_pieces(v, &o,
                    (struct point[]){from, {from.x + reach, from.y}, {to.x - reach, to.y}, to},
                    width);
}

static bool is_parameter(const struct view *v, const struct region *r)
{
    return !v->snap->program->tensors[r->tensor].batched;
}

/* Where the curves start and end: pictures shown large before small ones. */
struct ways {
    const struct region *target;
    const struct region *large_kernel;
    struct rect kernel; /* all small ones that are read */
    int kernels, kernel_cells, sources;
};

static struct ways find_ways(const struct view *v, const struct regions *g)
{
    struct ways w = {.target = NULL};
    for (int i = 0; i < g->count; i++) {
        const struct region *r = &g->list[i];
        if (r->detail || r->kind == REGION_NOW)
            continue;
        if (r->kind == REGION_TARGET) {
            w.target = w.target && w.target->large ? w.target : r;
        } else if (is_parameter(v, r) && r->large) {
            w.large_kernel = r;
        } else if (is_parameter(v, r)) {
            w.kernel = w.kernels ? rect_union(w.kernel, r->rect) : r->rect;
            w.kernels++;
            w.kernel_cells += r->cells;
        }
        w.sources += r->kind == REGION_TERMS;
    }
    return w;
}

/* Is the same thing also shown large? Then the curve goes there. */
static bool has_large(const struct regions *g, const struct region *r)
{
    for (int i = 0; i < g->count; i++) {
        const struct region *other = &g->list[i];
        if (other->large && other->kind == REGION_TERMS && other->tensor == r->tensor && !r->large)
            return true;
    }
    return false;
}

bool network_links_way(const struct view *v, const struct regions *g, struct rect *hub,
                       struct rect *target)
{
    struct ways w = find_ways(v, g);
    if (!w.target || w.sources > 48 || w.sources == 0)
        return false;
    *target = *hub = w.target->rect;
    if (w.kernel_cells > 1 || w.large_kernel)
        *hub = w.large_kernel && w.kernels <= 1 ? w.large_kernel->rect : w.kernel;
    return true;
}

void network_links_draw(const struct view *v, const struct scene *s, const struct regions *g)
{
    struct rect hub, target;
    if (!network_links_way(v, g, &hub, &target))
        return;
    struct ways w = find_ways(v, g);
    bool by_kernel = w.kernel_cells > 1 || w.large_kernel;
    if (by_kernel)
        network_link(v, s, hub, target);
    for (int i = 0; i < g->count; i++) {
        const struct region *r = &g->list[i];
        if (r->detail || r->kind != REGION_TERMS || (by_kernel && is_parameter(v, r)) ||
            has_large(g, r))
            continue;
        network_link(v, s, r->rect, hub);
    }
}
