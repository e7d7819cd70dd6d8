#include "glassnet/view/chain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chain_own.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"

void chain_init(struct chain_state *s)
{
    *s = (struct chain_state){.zoomed = false};
    s->cache = mem_zalloc(1, sizeof *s->cache);
}

static void forget(struct chain_cache *k)
{
    chain_layout_destroy(&k->full);
    chain_layout_destroy(&k->boxes);
    circuit_destroy(k->circuit);
    free(k->place);
    k->circuit = NULL;
    k->place = NULL;
}

void chain_deinit(struct chain_state *s)
{
    if (s->cache)
        forget(s->cache);
    free(s->cache);
    s->cache = NULL;
}

void chain_fit(struct chain_state *s)
{
    s->zoomed = false;
}

static uint64_t sum_of_given(const struct trace *t)
{
    const struct program *p = t->program;
    uint64_t h = 0xcbf29ce484222325u;
    for (int k = 0; k < p->tensor_count; k++) {
        const struct tensor *of = &p->tensors[k];
        enum op_kind kind = p->ops[of->first_op].kind;
        if ((kind != OP_GIVEN && kind != OP_MASK) || of->role != ROLE_VALUE)
            continue;
        const float *numbers = trace_tensor(t, k);
        for (size_t i = 0; i < trace_tensor_count(t, k); i++) {
            uint32_t bits;
            memcpy(&bits, &numbers[i], sizeof bits);
            h = (h ^ bits) * 0x100000001b3u;
        }
    }
    return h;
}

static bool is_same(const struct chain_key *a, const struct chain_key *b)
{
    return a->program == b->program && a->trace == b->trace && a->sample == b->sample &&
           cell_equal(a->selected, b->selected) && a->given == b->given;
}

static void find_ways(struct chain_cache *k, struct cell selected)
{
    const struct circuit *c = k->circuit;
    const struct program *p = c->trace->program;
    struct chain_ways *w = &k->ways;
    *w = (struct chain_ways){.subject = circuit_subject(p, selected), .grad = CELL_NONE};
    k->place = mem_zalloc((size_t)c->wire_count + 1, 1);
    if (!cell_is(w->subject))
        return;
    if (p->tensors[w->subject.tensor].batched)
        w->subject.sample = c->sample;
    w->grad = w->subject;
    w->grad.tensor = p->tensors[w->subject.tensor].grad;
    w->count = circuit_paths(c, w->subject, CHAIN_PATHS, w->path, &w->found, &w->whole);
    for (int i = w->found - 1; i >= 0; i--)
        for (int j = 0; j < w->path[i].count; j++)
            k->place[w->path[i].wire[j]] = (unsigned char)(1 + i);
}

/* Circuit and layout of the snapshot, kept where nothing has changed; true when made anew. */
static bool refresh(const struct view *v, struct chain_cache *k)
{
    const struct snapshot *snap = v->snap;
    if (k->circuit && k->revision == snap->revision)
        return false;
    struct chain_key key = {snap->program, snap->trace, snap->view_sample, snap->selected,
                            sum_of_given(snap->trace)};
    k->revision = snap->revision;
    if (k->circuit && is_same(&key, &k->key))
        return false;
    forget(k);
    k->key = key;
    k->built++;
    k->circuit = circuit_create(snap->trace, snap->view_sample, snap->selected);
    chain_layout_create(&k->full, k->circuit);
    chain_layout_boxes(&k->boxes, k->circuit);
    find_ways(k, snap->selected);
    return true;
}

/* The gate that the last step computed something for. */
static int lit_gate(const struct view *v, const struct circuit *c)
{
    const struct cursor cursor = v->snap->cursor;
    if (cursor.cell == 0 && cursor.term == 0)
        return -1;
    struct cell cell = steps_cell(v->snap->steps, cursor.cell - (cursor.term == 0));
    for (int i = 0; i < c->gate_count && cursor.term > 0; i++)
        if (cell_equal(c->gates[i].sum, cell) && c->gates[i].term == cursor.term - 1)
            return i;
    return circuit_find(c, circuit_subject(c->trace->program, cell), 0);
}

/* How much of the network is here, in words. */
static void draw_extent(const struct view *v, const struct circuit *c, struct rect r)
{
    char text[320], name[200], here[40], all[40];
    int gates = 0;
    for (int i = 0; i < c->gate_count; i++)
        gates += !chain_is_plain(&c->gates[i]);
    view_count(gates, here, sizeof here);
    view_count((long long)c->all_gates, all, sizeof all);
    if (cell_is(c->centre))
        snprintf(text, sizeof text, _("around %s: %s of about %s gates, the rest is folded"),
                 cell_title(c->trace->program, c->centre, name, sizeof name), here, all);
    else
        snprintf(text, sizeof text, _("the whole network: %s gates"), here);
    draw_text_in(v->ui->draw, FONT_SANS, ui_text_px(v->ui, 18), r, ALIGN_LEFT | TEXT_MAY_CUT,
                 v->ui->theme->muted, text);
    const char *keys = _("above a wire its value · below it ∂L/∂ of it");
    float w = font_width(v->ui->fonts, FONT_SANS, ui_text_px(v->ui, 18), keys);
    float used = font_width(v->ui->fonts, FONT_SANS, ui_text_px(v->ui, 18), text);
    if (used + w + ui_px(v->ui, 40) < r.w)
        draw_text_in(v->ui->draw, FONT_SANS, ui_text_px(v->ui, 18), r, ALIGN_RIGHT,
                     v->ui->theme->muted, keys);
}

/* The spotlight: on the selected number and on what goes into its gate. */
static void dim_rest(const struct chain_picture *p)
{
    enum { LIT_MOST = 64 };
    const struct circuit *c = p->c;
    struct rect lit[LIT_MOST];
    int n = 0;
    for (int g = circuit_find(c, p->ways->subject, 0); g >= 0 && n < LIT_MOST;
         g = circuit_find(c, p->ways->subject, g + 1)) {
        lit[n++] = chain_place(p, g);
        for (int k = c->gates[g].first; k < c->gates[g].first + c->gates[g].count; k++)
            if (n < LIT_MOST)
                lit[n++] = chain_place(p, c->wires[k].from);
    }
    view_dim(p->v, p->clip, lit, n);
}

static void draw_picture(const struct chain_picture *p)
{
    draw_clip_push(p->v->ui->draw, p->clip);
    draw_tag(p->v->ui->draw, "chain");
    if (p->gates) {
        chain_draw_frames(p);
        chain_draw_wires(p);
        chain_draw_gates(p);
    } else {
        chain_draw_wires(p);
        chain_draw_units(p);
    }
    dim_rest(p);
    draw_tag(p->v->ui->draw, NULL);
    draw_clip_pop(p->v->ui->draw);
}

static void answer_pointer(const struct view *v, const struct chain_state *s,
                           const struct chain_picture *p, unsigned answer)
{
    struct ui_input *in = v->ui->in;
    char text[400];
    if (!rect_contains(p->clip, in->mouse_x, in->mouse_y) || !ui_hovers(v->ui, p->clip))
        return;
    struct cell c = chain_hit(p, in->mouse_x, in->mouse_y, text, sizeof text);
    if (!cell_is(c))
        return;
    if ((answer & AREA_CLICKED) && !s->dragging)
        view_select(v, c);
    ui_tooltip(v->ui, (struct rect){in->mouse_x, in->mouse_y, 16, 20}, text);
}

/* The selected cell's gate, when the frame is the first to show it. */
static int new_selection(const struct chain_state *s, bool anew)
{
    const struct chain_cache *k = s->cache;
    return anew ? circuit_find(k->circuit, k->ways.subject, 0) : -1;
}

void chain_draw(const struct view *v, struct chain_state *s, struct rect r)
{
    struct chain_cache *k = s->cache;
    struct ui *ui = v->ui;
    bool anew = refresh(v, k);
    struct rect foot = rect_cut_bottom(&r, chain_foot_height(v, r.h));
    struct rect head = rect_cut_top(&r, ui_px(ui, 34));
    draw_tag(ui->draw, "chain");
    draw_extent(v, k->circuit, rect_inset_xy(head, ui_px(ui, 22), 0));
    draw_tag(ui->draw, NULL);
    struct rect names = rect_cut_top(&r, ui_px(ui, 26));
    struct rect inner = rect_inset_xy(r, ui_px(ui, 20), ui_px(ui, 6));
    unsigned answer = ui_area(ui, "canvas", r, _("chain"), false);
    chain_zoom(v, s, inner, answer, new_selection(s, anew));
    struct chain_picture p = {
        .v = v,
        .c = k->circuit,
        .l = chain_shown(s),
        .ways = &k->ways,
        .clip = r,
        .s = s->scale,
        .x = inner.x + s->x,
        .y = inner.y + s->y,
        .gates = s->gates,
        .place = k->place,
        .lit = lit_gate(v, k->circuit),
    };
    p.px = ui_text_px(ui, 17 * fmaxf(1, fminf(1.5f, s->scale / (1.3f * ui_px(ui, 1)))));
    k->canvas = r;
    k->corner = (struct point){p.x, p.y};
    draw_picture(&p);
    draw_tag(ui->draw, "chain");
    chain_draw_heads(&p, names);
    draw_tag(ui->draw, NULL);
    draw_hline(ui->draw, foot.x, foot.x + foot.w, foot.y, 1, ui->theme->line);
    draw_tag(ui->draw, "chain rule");
    chain_foot_draw(v, k->circuit, &k->ways, rect_inset_xy(foot, ui_px(ui, 22), ui_px(ui, 6)));
    draw_tag(ui->draw, NULL);
    answer_pointer(v, s, &p, answer);
}

bool chain_cell_rect(const struct chain_state *s, struct cell c, struct rect *out)
{
    const struct chain_cache *k = s->cache;
    int g = k->circuit ? circuit_find(k->circuit, c, 0) : -1;
    if (g < 0)
        return false;
    struct chain_picture p = {.x = k->corner.x, .y = k->corner.y, .s = s->scale};
    int unit = k->circuit->gates[g].unit;
    *out = chain_rect(&p, s->gates ? k->full.gates[g].stem : k->boxes.units[unit].frame);
    return rect_overlaps(*out, k->canvas);
}

int chain_built(const struct chain_state *s)
{
    return s->cache->built;
}
