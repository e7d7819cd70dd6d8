#include "network_focus.h"

#include <math.h>
#include <string.h>

#include "network_links.h"

enum { SINGLE_MOST = 40 };

static void add_region(struct regions *g, const struct plate *p, struct rect r, int cells,
                       enum region_kind kind)
{
    if (g->count < REGIONS_MOST)
        g->list[g->count++] = (struct region){.kind = kind,
                                              .rect = r,
                                              .cells = cells,
                                              .tensor = p->tensor,
                                              .base = p->base,
                                              .round = p->kind == PLATE_CIRCLE,
                                              .detail = p->detail,
                                              .large = p->large};
}

static struct rect grid_rect(const struct plate *p, int r0, int c0, int r1, int c1)
{
    return rect_union(plate_rect(p, r0, c0), plate_rect(p, r1, c1));
}

/* Cells of a formula's terms on one plate. */
struct found {
    int r0, c0, r1, c1, cells;
    struct rect single[SINGLE_MOST];
};

static void find_term(const struct view *v, const struct scene *s, const struct plate *p,
                      struct cell c, struct found *f)
{
    int row, col;
    if (p->kind == PLATE_COLOUR || !cell_is(c) || !scene_stands_for(s, p, c.tensor) ||
        !plate_find(p, c.index, &row, &col))
        return;
    if (v->snap->program->tensors[c.tensor].batched && c.sample != v->snap->view_sample)
        return;
    if (f->cells == 0)
        *f = (struct found){.r0 = row, .c0 = col, .r1 = row, .c1 = col};
    f->r0 = row < f->r0 ? row : f->r0;
    f->r1 = row > f->r1 ? row : f->r1;
    f->c0 = col < f->c0 ? col : f->c0;
    f->c1 = col > f->c1 ? col : f->c1;
    if (f->cells < SINGLE_MOST)
        f->single[f->cells] = plate_rect(p, row, col);
    f->cells++;
}

static void find_terms(const struct view *v, const struct scene *s, struct regions *g)
{
    const struct formula *f = v->snap->formula;
    if (!f || f->given)
        return;
    int terms = v->snap->formula_terms < f->count ? v->snap->formula_terms : f->count;
    for (int i = 0; i < s->plate_count; i++) {
        const struct plate *p = &s->plates[i];
        struct found found = {.cells = 0};
        for (int t = 0; t < terms; t++)
            for (int k = 0; k < f->terms[t].count; k++)
                find_term(v, s, p, f->terms[t].factor[k].cell, &found);
        if (found.cells == 0)
            continue;
        int box = (found.r1 - found.r0 + 1) * (found.c1 - found.c0 + 1);
        bool tiny = plate_rect(p, 0, 0).w < ui_px(v->ui, 16);
        if (found.cells >= box || found.cells > SINGLE_MOST || tiny) {
            add_region(g, p, grid_rect(p, found.r0, found.c0, found.r1, found.c1), found.cells,
                       REGION_TERMS);
            continue;
        }
        for (int k = 0; k < found.cells; k++)
            add_region(g, p, found.single[k], 1, REGION_TERMS);
    }
}

static void find_target(const struct view *v, const struct scene *s, struct regions *g)
{
    struct cell sel = v->snap->selected;
    int row, col;
    if (!cell_is(sel))
        return;
    for (int i = 0; i < s->plate_count; i++) {
        const struct plate *p = &s->plates[i];
        if (p->kind != PLATE_COLOUR && scene_stands_for(s, p, sel.tensor) &&
            plate_find(p, sel.index, &row, &col))
            add_region(g, p, plate_rect(p, row, col), 1, REGION_TARGET);
    }
}

/* The factors of the term that is being added, while stepping is inside this sum. */
static void find_now(const struct view *v, const struct scene *s, struct regions *g)
{
    const struct formula *f = v->snap->formula;
    int now = f && !f->given && v->snap->formula_terms < f->count ? v->snap->formula_terms - 1 : -1;
    if (now < 0)
        return;
    const struct formula_term *term = &f->terms[now];
    for (int i = 0; i < s->plate_count; i++)
        for (int k = 0; k < term->count; k++) {
            struct found found = {.cells = 0};
            find_term(v, s, &s->plates[i], term->factor[k].cell, &found);
            if (found.cells > 0)
                add_region(g, &s->plates[i], found.single[0], 1, REGION_NOW);
        }
}

void network_focus_find(const struct view *v, const struct scene *s, struct regions *out)
{
    out->count = 0;
    find_terms(v, s, out);
    find_target(v, s, out);
    find_now(v, s, out);
}

void network_focus_frame(const struct view *v, struct rect r, bool target)
{
    const struct theme *t = v->ui->theme;
    float wide = fmaxf(2, ui_px(v->ui, target ? 4 : 3));
    struct rect outer = rect_inset(rect_snap(r), -wide);
    draw_frame(v->ui->draw, rect_inset(outer, -1), 1, colour_alpha(t->ink, 0.55f));
    draw_frame(v->ui->draw, outer, wide, t->selection);
}

static void draw_region(const struct view *v, const struct region *r)
{
    const struct theme *t = v->ui->theme;
    float wide = fmaxf(2, ui_px(v->ui, r->kind == REGION_TARGET ? 4 : 3));
    if (r->round) {
        draw_ring(v->ui->draw, r->rect.x + r->rect.w / 2, r->rect.y + r->rect.h / 2,
                  r->rect.w / 2 + wide / 2 - 1, wide + 1, t->selection);
        return;
    }
    network_focus_frame(v, r->rect, r->kind == REGION_TARGET);
}

static void dim_rest(const struct view *v, const struct regions *g, struct rect canvas)
{
    struct rect lit[REGIONS_MOST];
    for (int i = 0; i < g->count; i++)
        lit[i] = g->list[i].rect;
    view_dim(v, canvas, lit, g->count);
}

/* Edges that are weights of the selection; false when there are none. */
static bool draw_edges(const struct view *v, const struct scene *s)
{
    bool any = false;
    const struct formula *f = v->snap->formula;
    for (int i = 0; i < s->edge_count; i++) {
        const struct edge *e = &s->edges[i];
        if (e->alone)
            continue; /* the kernel's curve stands for all of them */
        bool lit =
            cell_is(v->snap->selected) && e->cell.index == v->snap->selected.index &&
            scene_place(v->snap, e->cell.tensor) == scene_place(v->snap, v->snap->selected.tensor);
        for (int t = 0; !lit && f && t < f->count && t < v->snap->formula_terms; t++)
            for (int k = 0; k < f->terms[t].count; k++)
                lit = lit || cell_equal(f->terms[t].factor[k].cell, e->cell);
        any = any || lit;
        if (lit)
            draw_line(v->ui->draw, e->a.x, e->a.y, e->b.x, e->b.y, fmaxf(3, ui_px(v->ui, 5)),
                      v->ui->theme->selection);
    }
    return any;
}

/* The two factors of a term light up, and are joined. */
static void draw_now(const struct view *v, const struct scene *s, const struct regions *g)
{
    const struct theme *t = v->ui->theme;
    const struct region *last = NULL;
    float wide = fmaxf(3, ui_px(v->ui, 5));
    for (int i = 0; i < g->count; i++) {
        const struct region *r = &g->list[i];
        if (r->kind != REGION_NOW)
            continue;
        struct rect outer = rect_inset(rect_snap(r->rect), -wide);
        draw_frame(v->ui->draw, outer, wide, t->selection);
        draw_frame(v->ui->draw, rect_inset(outer, -2), 2, t->ink);
        if (last && last->detail == r->detail && r->detail)
            network_link(v, s, last->rect, r->rect);
        last = r;
    }
}

void network_focus_show(const struct view *v, const struct scene *s, const struct regions *g,
                        struct rect canvas, struct rect sight)
{
    dim_rest(v, g, canvas);
    draw_clip_push(v->ui->draw, sight);
    if (!draw_edges(v, s))
        network_links_draw(v, s, g);
    for (int i = 0; i < g->count; i++)
        if (!g->list[i].detail && g->list[i].kind != REGION_NOW)
            draw_region(v, &g->list[i]);
    draw_clip_pop(v->ui->draw);
    for (int i = 0; i < g->count; i++)
        if (g->list[i].detail && g->list[i].kind != REGION_NOW)
            draw_region(v, &g->list[i]);
    draw_now(v, s, g);
}

void network_focus_draw(const struct view *v, const struct scene *s, struct rect canvas)
{
    struct regions g;
    network_focus_find(v, s, &g);
    network_focus_show(v, s, &g, canvas, canvas);
}
