/* Scale and place of the circuit: all of it, or a part at the pointer. Far off there are boxes for
 * whole units; nearer by they give way to their gates. */
#include <math.h>

#include "chain_own.h"

#define BOXES_MOST 1.3f /* scale from which on boxes open */
#define GATES_MOST 2.2f

const struct chain_layout *chain_shown(const struct chain_state *s)
{
    return s->gates ? &s->cache->full : &s->cache->boxes;
}

static float fitting(const struct view *v, const struct chain_layout *l, struct rect r)
{
    float s = fminf(r.w / fmaxf(l->w, 1), r.h / fmaxf(l->h, 1));
    return fminf(s, 1.25f * ui_px(v->ui, 1));
}

static bool all_gates_fit(const struct view *v, const struct chain_state *s, struct rect r)
{
    return fitting(v, &s->cache->full, r) >= CHAIN_LEGIBLE * ui_px(v->ui, 1);
}

static void fit(const struct view *v, struct chain_state *s, struct rect r)
{
    s->zoomed = false;
    s->gates = all_gates_fit(v, s, r);
    s->scale = fitting(v, chain_shown(s), r);
}

/* In the middle along an axis on which it fits, else without a gap at the sides. */
static void settle(struct chain_state *s, struct rect r)
{
    const struct chain_layout *l = chain_shown(s);
    float w = l->w * s->scale, h = l->h * s->scale;
    s->x = w <= r.w ? (r.w - w) / 2 : fminf(0, fmaxf(r.w - w, s->x));
    s->y = h <= r.h ? (r.h - h) / 2 : fminf(0, fmaxf(r.h - h, s->y));
}

static float outside(float low, float size, float at)
{
    return fmaxf(fmaxf(low - at, at - low - size), 0);
}

/* The unit nearest to a point of the layout. */
static int nearest_unit(const struct chain_state *s, struct point p)
{
    float best = INFINITY;
    int found = 0;
    for (int u = 0; u < s->cache->circuit->unit_count; u++) {
        struct rect f = chain_shown(s)->units[u].frame;
        float far = hypotf(outside(f.x, f.w, p.x), outside(f.y, f.h, p.y));
        if (far < best) {
            best = far;
            found = u;
        }
    }
    return found;
}

/* From boxes to gates or back: what is under the pointer stays there. */
static void change_detail(struct chain_state *s, float x, float y, float scale)
{
    struct point p = {(x - s->x) / s->scale, (y - s->y) / s->scale};
    int u = nearest_unit(s, p);
    struct rect old = chain_shown(s)->units[u].frame;
    s->gates = !s->gates;
    s->scale = scale;
    struct rect now = chain_shown(s)->units[u].frame;
    s->x = x - (now.x + fmaxf(0, fminf(1, (p.x - old.x) / old.w)) * now.w) * scale;
    s->y = y - (now.y + fmaxf(0, fminf(1, (p.y - old.y) / old.h)) * now.h) * scale;
}

/* Nearer or farther by notches of the wheel; the point (x, y) stays. */
static void turn(const struct view *v, struct chain_state *s, struct rect r, float notches, float x,
                 float y)
{
    float unit = ui_px(v->ui, 1);
    float wanted = s->scale * powf(1.2f, notches), least = fitting(v, chain_shown(s), r);
    s->zoomed = true;
    if (!s->gates && notches > 0 && wanted > BOXES_MOST * unit) {
        change_detail(s, x, y, unit);
    } else if (s->gates && wanted < CHAIN_LEGIBLE * unit && !all_gates_fit(v, s, r)) {
        change_detail(s, x, y, unit);
        s->zoomed = fitting(v, chain_shown(s), r) < unit;
    } else if (wanted <= least) {
        s->zoomed = false;
    } else {
        wanted = fminf(wanted, GATES_MOST * unit);
        s->x = x - (x - s->x) * wanted / s->scale;
        s->y = y - (y - s->y) * wanted / s->scale;
        s->scale = wanted;
    }
}

void chain_turn(struct chain_state *s, float notches)
{
    s->turned += notches;
}

void chain_pan(struct chain_state *s, float right, float down)
{
    s->pushed_x -= right;
    s->pushed_y -= down;
}

static struct rect place_of(const struct chain_state *s, int gate)
{
    const struct chain_layout *l = chain_shown(s);
    int unit = s->cache->circuit->gates[gate].unit;
    struct rect f = s->gates ? l->gates[gate].stem : l->units[unit].frame;
    return (struct rect){f.x * s->scale + s->x, f.y * s->scale + s->y, f.w * s->scale,
                         f.h * s->scale};
}

/* What keys asked for since the last frame; they zoom at the selection, else in the middle. */
static void follow_keys(const struct view *v, struct chain_state *s, struct rect r)
{
    int gate = circuit_find(s->cache->circuit, s->cache->ways.subject, 0);
    struct point at = {r.w / 2, r.h / 2};
    if (gate >= 0)
        at = rect_middle(place_of(s, gate));
    if (s->turned != 0)
        turn(v, s, r, s->turned, at.x, at.y);
    s->x += s->pushed_x * r.w;
    s->y += s->pushed_y * r.h;
    s->turned = s->pushed_x = s->pushed_y = 0;
}

/* Brings a gate to the middle unless it is in sight. */
static void look_at(struct chain_state *s, struct rect r, int gate)
{
    struct rect at = place_of(s, gate);
    if (at.x >= 0 && at.y >= 0 && at.x + at.w <= r.w && at.y + at.h <= r.h)
        return;
    s->x -= at.x + at.w / 2 - r.w / 2;
    s->y -= at.y + at.h / 2 - r.h / 2;
}

/* Another window or another size of everything: what was zoomed keeps its place in proportion, so
 * that words still have the room they were given. */
static void follow_size(const struct view *v, struct chain_state *s)
{
    float unit = ui_px(v->ui, 1), by = s->unit > 0 ? unit / s->unit : 1;
    s->unit = unit;
    s->scale *= by;
    s->x *= by;
    s->y *= by;
}

void chain_zoom(const struct view *v, struct chain_state *s, struct rect r, unsigned answer,
                int selected)
{
    struct ui_input *in = v->ui->in;
    float moved = hypotf(in->mouse_x - in->press_x, in->mouse_y - in->press_y);
    follow_size(v, s);
    if (!s->zoomed || (!s->gates && all_gates_fit(v, s, r)))
        fit(v, s, r);
    settle(s, r);
    follow_keys(v, s, r);
    if (answer & AREA_PRESSED)
        s->dragging = false;
    if (ui_hovers(v->ui, r) && in->wheel_y != 0 && !in->wheel_taken) {
        turn(v, s, r, in->wheel_y, in->mouse_x - r.x, in->mouse_y - r.y);
        in->wheel_taken = true;
    } else if ((answer & AREA_DRAGGED) && (s->dragging || moved > 5)) {
        s->dragging = true;
        s->x += in->moved_x;
        s->y += in->moved_y;
    } else if (selected >= 0 && s->zoomed) {
        look_at(s, r, selected);
    }
    if (answer & AREA_DOUBLE)
        s->zoomed = false;
    if (!s->zoomed)
        fit(v, s, r);
    settle(s, r);
}
