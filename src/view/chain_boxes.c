/* Units: their frames around the gates, and as boxes with two numbers when zoomed out. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chain_own.h"
#include "glassnet/base/translate.h"
#include "network_layout.h"
#include "title.h"

int chain_unit_gate(const struct circuit *c, int unit)
{
    for (int i = c->gate_count - 1; i >= 0; i--)
        if (c->gates[i].unit == unit && cell_is(c->gates[i].cell) && c->gates[i].kind != GATE_TAP)
            return i;
    for (int i = c->gate_count - 1; i >= 0; i--)
        if (c->gates[i].unit == unit && cell_is(c->gates[i].cell))
            return i;
    return -1;
}

char *chain_unit_title(const struct circuit *c, int unit, char *out, size_t size)
{
    const struct program *p = c->trace->program;
    const struct circuit_unit *u = &c->units[unit];
    if (u->layer < 0) {
        snprintf(out, size, _("loss"));
        return out;
    }
    const struct layer *l = &p->net->layers[u->layer];
    int gate = chain_unit_gate(c, unit);
    if (u->inner)
        snprintf(out, size, _("%s softmax"), l->name);
    else if (l->kind == LAYER_BATCHNORM)
        snprintf(out, size, _("%s channel %zu"), l->name, u->index);
    else if (gate >= 0) /* an output's unit may end with its z: loss and activation are one then */
        cell_title(p, (struct cell){c->gates[gate].cell.tensor, 0, u->index}, out, size);
    else
        cell_title(p, (struct cell){p->layer_out[u->layer], 0, u->index}, out, size);
    return out;
}

static void draw_title(const struct chain_picture *p, int unit, struct rect r)
{
    char name[256];
    struct rect seen = rect_intersect(r, p->clip);
    chain_unit_title(p->c, unit, name, sizeof name);
    /* a letter and dots tell nothing */
    if (r.w < 3 * (float)p->px && font_width(p->v->ui->fonts, FONT_SANS_BOLD, p->px, name) > r.w)
        return;
    if (seen.w >= r.w * 0.99f && seen.h >= r.h * 0.99f)
        draw_text_in(p->v->ui->draw, FONT_SANS_BOLD, p->px, r, ALIGN_LEFT | TEXT_MAY_CUT,
                     p->v->ui->theme->ink, name);
}

void chain_draw_frames(const struct chain_picture *p)
{
    const struct theme *t = p->v->ui->theme;
    float unit = ui_px(p->v->ui, 1);
    for (int u = 0; u < p->c->unit_count; u++) {
        struct rect r = chain_rect(p, p->l->units[u].frame), title = r;
        if (!rect_overlaps(r, p->clip))
            continue;
        draw_round_rect(p->v->ui->draw, r, 8 * unit, colour_mix(t->background, t->panel, 0.8f));
        draw_round_frame(p->v->ui->draw, r, 8 * unit, fmaxf(1, unit), t->line);
        title.h = CHAIN_TITLE * p->s;
        rect_cut_left(&title, 6 * p->s);
        draw_title(p, u, rect_inset_xy(title, 0, 2));
    }
}

/* One number of a box: as in the network view, a coloured cell. */
static void draw_cell(const struct chain_picture *p, struct cell cell, bool done, double value,
                      bool gradient, struct rect r)
{
    const struct theme *t = p->v->ui->theme;
    char number[48];
    if (!done) {
        draw_hatch(p->v->ui->draw, r, t->hatch_ground, t->hatch);
        return;
    }
    bool hidden = view_is_hidden(p->v, cell);
    float limit = layout_limit(p->v->snap, cell.tensor);
    struct colour c =
        gradient ? scale_gradient(t, (float)value, limit) : scale_value(t, (float)value, limit);
    c = hidden ? t->zero : c;
    uint32_t packed = colour_pack(c);
    draw_heatmap(p->v->ui->draw, r, 1, 1, &packed, gradient ? HEATMAP_GRADIENT : 0, t->line);
    struct rect seen = rect_intersect(r, p->clip);
    if (r.h >= (float)p->px * 1.05f && seen.w >= r.w * 0.99f && seen.h >= r.h * 0.99f &&
        chain_number(p->v, value, hidden, p->px, r.w - 6, number, sizeof number))
        draw_text_in(p->v->ui->draw, FONT_MONO, p->px, r, ALIGN_CENTRE | TEXT_MAY_CUT,
                     theme_text_on(t, c), number);
    view_mark_changed(p->v, cell, r);
}

/* Are the titles of boxes legible? */
static bool boxes_have_titles(const struct chain_picture *p)
{
    return CHAIN_BOX_H * p->s * 0.9f >= 3 * 1.3f * (float)p->px;
}

/* The layers of a column, where the boxes are too small to say whose they are. */
static void column_words(const struct circuit *c, const struct chain_layout *l, int level,
                         char *out, size_t size)
{
    size_t used = 0;
    out[0] = 0;
    for (int u = 0; u < c->unit_count; u++) {
        const char *name = c->units[u].layer < 0
                               ? _("loss")
                               : c->trace->program->net->layers[c->units[u].layer].name;
        const char *at = strstr(out, name);
        size_t n = strlen(name);
        bool there = at && (at[n] == 0 || at[n] == ',') && (at == out || at[-1] == ' ');
        if (l->units[u].level == level && !there && used + n + 3 < size)
            used += (size_t)snprintf(out + used, size - used, "%s%s", used ? ", " : "", name);
    }
}

void chain_draw_heads(const struct chain_picture *p, struct rect head)
{
    int px = ui_text_px(p->v->ui, 17);
    char words[160], text[160];
    if (p->gates || boxes_have_titles(p))
        return;
    for (int level = 0;; level++) {
        float left = INFINITY, right = -INFINITY;
        for (int u = 0; u < p->c->unit_count; u++)
            if (p->l->units[u].level == level) {
                struct rect r = chain_rect(p, p->l->units[u].frame);
                left = fminf(left, r.x);
                right = fmaxf(right, r.x + r.w);
            }
        if (right < left)
            return;
        float spare = 20 * p->s;
        struct rect r = {left - spare, head.y, right - left + 2 * spare, head.h};
        if (r.x < head.x || r.x + r.w > head.x + head.w)
            continue;
        column_words(p->c, p->l, level, words, sizeof words);
        bool several = strchr(words, ',') != NULL;
        if (several ? font_width(p->v->ui->fonts, FONT_SANS_BOLD, px, words) > r.w
                    : !title_fit(p->v->ui->fonts, FONT_SANS_BOLD, px, words, r.w - 0.4f * (float)px,
                                 text, sizeof text))
            continue;
        draw_text_in(p->v->ui->draw, FONT_SANS_BOLD, px, r, ALIGN_CENTRE, p->v->ui->theme->ink,
                     several ? words : text);
    }
}

static bool is_on_way(const struct chain_picture *p, int unit)
{
    for (int k = 0; k < p->c->wire_count; k++)
        if (p->place[k] && (p->c->gates[p->c->wires[k].from].unit == unit ||
                            p->c->gates[p->c->wires[k].to].unit == unit))
            return true;
    return false;
}

static bool holds_selection(const struct chain_picture *p, int unit)
{
    for (int i = 0; i < p->c->gate_count && cell_is(p->ways->subject); i++)
        if (p->c->gates[i].unit == unit && cell_equal(p->c->gates[i].cell, p->ways->subject))
            return true;
    return false;
}

/* Title, value and gradient as far as there is room for them; a title too wide is its index. */
static void fill_box(const struct chain_picture *p, int u, struct rect r)
{
    char name[256];
    int i = chain_unit_gate(p->c, u);
    float line = (float)p->px * 1.3f;
    r = rect_inset_xy(r, fminf(8 * p->s, r.w / 8), fminf(5 * p->s, r.h / 10));
    struct rect title = rect_cut_top(&r, r.h >= 3 * line ? line * 1.1f : 0);
    chain_unit_title(p->c, u, name, sizeof name);
    const char *index = strrchr(name, '[');
    if (index && font_width(p->v->ui->fonts, FONT_SANS_BOLD, p->px, name) > title.w)
        memmove(name, index, strlen(index) + 1);
    struct rect seen = rect_intersect(title, p->clip);
    if (title.h > 0 && seen.w >= title.w * 0.99f && seen.h >= title.h * 0.99f)
        draw_text_in(p->v->ui->draw, FONT_SANS_BOLD, p->px, title, ALIGN_CENTRE | TEXT_MAY_CUT,
                     p->v->ui->theme->ink, name);
    if (i < 0)
        return;
    const struct gate *g = &p->c->gates[i];
    struct rect grad = rect_cut_bottom(&r, g->grad.how != BLAME_NONE ? r.h / 2 : 0);
    r.h -= 1;
    draw_cell(p, g->cell, chain_gate_done(p, g), g->value, false, r);
    if (g->grad.how != BLAME_NONE)
        draw_cell(p, g->grad.cell, chain_grad_done(p, &g->grad), g->grad.value, true, grad);
}

void chain_draw_units(const struct chain_picture *p)
{
    const struct theme *t = p->v->ui->theme;
    float unit = ui_px(p->v->ui, 1);
    for (int u = 0; u < p->c->unit_count; u++) {
        struct rect r = rect_snap(chain_rect(p, p->l->units[u].frame));
        if (!rect_overlaps(r, p->clip))
            continue;
        bool lit = p->lit >= 0 && p->c->gates[p->lit].unit == u;
        bool selected = holds_selection(p, u), way = is_on_way(p, u);
        draw_round_rect(p->v->ui->draw, r, fminf(8 * unit, r.h / 4), t->panel);
        fill_box(p, u, r);
        struct colour edge = lit               ? t->phase[view_phase(p->v->snap)]
                             : selected || way ? t->selection
                                               : t->frame;
        draw_round_frame(p->v->ui->draw, r, fminf(8 * unit, r.h / 4),
                         fmaxf(1, unit * (lit || selected ? 4
                                          : way           ? 2.5f
                                                          : 1)),
                         edge);
    }
}
