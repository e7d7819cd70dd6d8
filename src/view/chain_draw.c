/* Wires, gates and the numbers on them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chain_own.h"
#include "glassnet/base/text.h"

struct rect chain_rect(const struct chain_picture *p, struct rect r)
{
    return (struct rect){p->x + r.x * p->s, p->y + r.y * p->s, r.w * p->s, r.h * p->s};
}

static struct point at(const struct chain_picture *p, struct point q)
{
    return (struct point){p->x + q.x * p->s, p->y + q.y * p->s};
}

bool chain_gate_done(const struct chain_picture *p, const struct gate *g)
{
    if (cell_is(g->cell))
        return view_is_done(p->v, g->cell);
    if (!cell_is(g->sum))
        return true;
    const struct cursor cursor = p->v->snap->cursor;
    bool inside = cursor.term > g->term && steps_at(p->v->snap->steps, g->sum) == cursor.cell;
    return inside || view_is_done(p->v, g->sum);
}

bool chain_grad_done(const struct chain_picture *p, const struct gradient *g)
{
    return g->how != BLAME_NONE && view_is_done(p->v, g->cell);
}

bool chain_wire_grad_done(const struct chain_picture *p, const struct wire *w)
{
    const struct gate *from = &p->c->gates[w->from];
    if (w->grad.how == BLAME_TERM && from->grad.how == BLAME_CELL)
        return chain_grad_done(p, &from->grad);
    return chain_grad_done(p, &w->grad);
}

bool chain_number(const struct view *v, double value, bool hidden, int px, float width, char *out,
                  size_t size)
{
    struct number_style style = view_style(v->snap);
    int digits = style.digits;
    if (hidden)
        snprintf(out, size, "?");
    else
        view_number(v->snap, value, out, size);
    for (style.digits = digits - 1; font_width(v->ui->fonts, FONT_MONO, px, out) > width;
         style.digits--) {
        if (style.digits == 0 || hidden)
            return false;
        number_format(value, &style, out, size);
    }
    return true;
}

/* The gradient of what a gate gives as it is written at its stem: of its one use here, if the
 * number has others elsewhere (a kernel's weight). */
static const struct gradient *stem_gradient(const struct chain_picture *p, int gate)
{
    const struct gate *g = &p->c->gates[gate];
    if (g->kind != GATE_GIVEN || g->uses != 1 || g->grad.how != BLAME_CELL)
        return &g->grad;
    for (int k = 0; k < p->c->wire_count; k++)
        if (p->c->wires[k].from == gate)
            return &p->c->wires[k].grad;
    return &g->grad;
}

static bool is_seen(const struct chain_picture *p, struct rect r)
{
    return rect_overlaps(rect_inset(r, -4), p->clip);
}

static void text(const struct chain_picture *p, enum font_face face, struct rect r, unsigned align,
                 struct colour c, const char *words)
{
    struct rect seen = rect_intersect(r, p->clip);
    if (seen.w >= r.w * 0.99f && seen.h >= r.h * 0.99f)
        draw_text_in(p->v->ui->draw, face, p->px, r, align | TEXT_MAY_CUT, c, words);
}

static float thickness(const struct chain_picture *p, int way)
{
    float unit = ui_px(p->v->ui, 1);
    return fmaxf(1, unit * (way == 1 ? 5 : way > 1 ? 3.5f : 1.6f));
}

/* A piece of a wire; dashed where nothing has come yet. */
static void piece(const struct chain_picture *p, struct point a, struct point b, float width,
                  bool done, struct colour c)
{
    float unit = ui_px(p->v->ui, 1), bend = fmaxf(0, b.x - a.x) * 0.5f;
    struct rect box = {a.x, fminf(a.y, b.y), b.x - a.x, fabsf(a.y - b.y)};
    if (!is_seen(p, rect_inset(box, -width)))
        return;
    draw_curve(p->v->ui->draw, a, (struct point){a.x + bend, a.y}, (struct point){b.x - bend, b.y},
               b, width, done ? -1 : 5 * unit, 4 * unit, c);
}

static struct colour wire_colour(const struct chain_picture *p, int way, bool done, bool back)
{
    const struct theme *t = p->v->ui->theme;
    if (way > 0)
        return way == 1 ? t->selection : colour_alpha(t->selection, 0.6f);
    if (!done)
        return t->hatch;
    return back ? colour_alpha(t->phase[PHASE_BACKWARD], 0.65f) : colour_alpha(t->muted, 0.75f);
}

static void draw_wire(const struct chain_picture *p, int k)
{
    const struct wire *w = &p->c->wires[k];
    const struct chain_wire *at_wire = &p->l->wires[k];
    struct rect stem = p->l->gates[w->from].stem;
    struct point from = at(p, (struct point){stem.x + stem.w, stem.y + stem.h / 2});
    struct point end = at(p, at_wire->end);
    bool done = chain_gate_done(p, &p->c->gates[w->from]);
    bool back = chain_wire_grad_done(p, w);
    struct colour c = wire_colour(p, p->place[k], done, back);
    float width = thickness(p, p->place[k]);
    if (at_wire->across || at_wire->around) {
        for (int i = 0; at_wire->across && i < at_wire->bends; i++) {
            struct point next = at(p, p->l->bends[at_wire->first + i]);
            piece(p, from, next, width, done, c);
            from = next;
        }
        struct point lane = at(p, at_wire->lane);
        piece(p, from, lane, width, done, c);
        from = (struct point){fmaxf(lane.x, end.x - 24 * p->s), lane.y};
        if (p->gates)
            piece(p, lane, from, width, done, c);
    }
    if (p->gates)
        piece(p, from, end, width, done, c);
}

void chain_draw_wires(const struct chain_picture *p)
{
    for (int pass = 0; pass < 2; pass++)
        for (int k = 0; k < p->c->wire_count; k++) {
            const struct wire *w = &p->c->wires[k];
            bool inside = p->c->gates[w->from].unit == p->c->gates[w->to].unit;
            if ((p->place[k] > 0) == (pass == 1) && (p->gates || !inside))
                draw_wire(p, k);
        }
}

static void draw_label_of_use(const struct chain_picture *p, int k)
{
    const struct wire *w = &p->c->wires[k];
    const struct chain_wire *of = &p->l->wires[k];
    char number[48];
    if (!of->labelled || !chain_wire_grad_done(p, w))
        return;
    struct rect r =
        chain_rect(p, (struct rect){of->lane.x + 2, of->lane.y + 1, p->l->number - 6, CHAIN_LINE});
    bool hidden = view_is_hidden(p->v, p->c->gates[w->from].grad.cell);
    if (is_seen(p, r) &&
        chain_number(p->v, w->grad.value, hidden, p->px, r.w, number, sizeof number))
        text(p, FONT_MONO, r, ALIGN_LEFT, theme_signed(p->v->ui->theme, true, (float)w->grad.value),
             number);
}

static void draw_stem(const struct chain_picture *p, int i, struct rect stem)
{
    const struct gate *g = &p->c->gates[i];
    const struct theme *t = p->v->ui->theme;
    bool done = chain_gate_done(p, g);
    const struct gradient *grad = stem_gradient(p, i);
    float y = stem.y + stem.h / 2;
    int way = 0;
    char number[48];
    for (int k = 0; k < p->c->wire_count; k++)
        if (p->c->wires[k].from == i && p->place[k] && (!way || p->place[k] < way))
            way = p->place[k];
    bool back = chain_grad_done(p, grad);
    piece(p, (struct point){stem.x, y}, (struct point){stem.x + stem.w, y}, thickness(p, way), done,
          wire_colour(p, way, done, back));
    if (g->kind == GATE_MORE || (g->kind == GATE_BLOCK && !cell_is(g->cell)))
        return;
    struct rect above = {stem.x + 2, stem.y, stem.w - 4, stem.h / 2 - 2};
    struct rect below = {stem.x + 2, y + 2, stem.w - 4, stem.h / 2 - 2};
    bool hidden = cell_is(g->cell) && view_is_hidden(p->v, g->cell);
    if (done && chain_number(p->v, g->value, hidden, p->px, above.w, number, sizeof number))
        text(p, FONT_MONO, above, ALIGN_CENTRE, theme_signed(t, false, (float)g->value), number);
    if (done)
        view_mark_changed(p->v, g->cell, above);
    if (back && grad->how != BLAME_TERM) /* a term is a product, whose cell is another number */
        view_mark_changed(p->v, grad->cell, below);
    hidden = back && view_is_hidden(p->v, grad->cell);
    if (back && chain_number(p->v, grad->value, hidden, p->px, below.w, number, sizeof number))
        text(p, FONT_MONO, below, ALIGN_CENTRE, theme_signed(t, true, (float)grad->value), number);
}

static void draw_sign(const struct chain_picture *p, int i, struct rect r)
{
    const struct theme *t = p->v->ui->theme;
    const struct gate *g = &p->c->gates[i];
    struct draw_list *d = p->v->ui->draw;
    char label[CHAIN_LABEL];
    bool done = chain_gate_done(p, g), lit = p->lit == i;
    float radius = r.w == r.h ? r.h / 2 : fminf(r.h / 2, 16 * p->s), unit = ui_px(p->v->ui, 1);
    enum phase phase = view_phase(p->v->snap);
    struct colour fill = lit ? t->phase[phase] : done ? t->panel : t->hatch_ground;
    chain_gate_label(p->c, i, label);
    draw_round_rect(d, r, radius, fill);
    draw_round_frame(d, r, radius, fmaxf(1, (lit ? 3 : 1.6f) * unit),
                     lit    ? t->ink
                     : done ? t->muted
                            : t->hatch);
    text(p, FONT_SANS_BOLD, rect_inset_xy(r, 2, 0), ALIGN_CENTRE,
         lit    ? t->on_phase[phase]
         : done ? t->ink
                : t->muted,
         view_formula_signs(p->v->snap, label));
}

static bool is_selected(const struct chain_picture *p, const struct gate *g)
{
    return cell_is(p->ways->subject) && cell_equal(g->cell, p->ways->subject);
}

struct rect chain_place(const struct chain_picture *p, int i)
{
    if (!p->gates)
        return chain_rect(p, p->l->units[p->c->gates[i].unit].frame);
    const struct chain_gate *g = &p->l->gates[i];
    return chain_rect(p, rect_union(rect_union(g->gate, g->stem), g->name));
}

/* Around a gate, clear of its name and numbers. */
static void ring_around(const struct chain_picture *p, struct rect r, struct colour colour)
{
    float unit = ui_px(p->v->ui, 1);
    draw_round_frame(p->v->ui->draw, rect_inset_xy(r, -6 * unit, -4 * unit), 6 * unit,
                     fmaxf(2, 3 * unit), colour);
}

static void draw_selection(const struct chain_picture *p, int i)
{
    struct rect r = chain_place(p, i);
    if (is_seen(p, r))
        ring_around(p, r, p->v->ui->theme->selection);
}

void chain_draw_gates(const struct chain_picture *p)
{
    const struct theme *t = p->v->ui->theme;
    for (int i = 0; i < p->c->gate_count; i++)
        if (is_selected(p, &p->c->gates[i]))
            draw_selection(p, i);
    for (int k = 0; k < p->c->wire_count; k++)
        draw_label_of_use(p, k);
    for (int i = 0; i < p->c->gate_count; i++) {
        struct rect gate = chain_rect(p, p->l->gates[i].gate);
        struct rect stem = chain_rect(p, p->l->gates[i].stem);
        struct rect name = chain_rect(p, p->l->gates[i].name);
        struct rect all = chain_place(p, i);
        char words[CHAIN_LABEL];
        if (!is_seen(p, all))
            continue;
        draw_stem(p, i, stem);
        if (gate.w > 0)
            draw_sign(p, i, gate);
        else if (p->lit == i)
            ring_around(p, all, t->phase[view_phase(p->v->snap)]);
        chain_gate_name(p->c, i, words);
        if (name.w > 0)
            text(p, FONT_MONO, name, ALIGN_LEFT, t->muted, view_formula_signs(p->v->snap, words));
    }
}
