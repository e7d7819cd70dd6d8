#include "network_motion.h"

#include <math.h>
#include <string.h>

#define MOTION_SECONDS 0.19

static float part_of_way(const struct network_motion *m, double now)
{
    return m->moves ? (float)((now - m->since) / MOTION_SECONDS) : 1;
}

static float eased(float part)
{
    return part * part * (3 - 2 * part);
}

/* Where a frame lay before: the one around the same kind of thing on the same plate. */
static const struct region *before(const struct regions *from, const struct region *r)
{
    for (int i = 0; i < from->count; i++) {
        const struct region *f = &from->list[i];
        if (f->kind == r->kind && f->tensor == r->tensor && f->base == r->base &&
            f->detail == r->detail && f->large == r->large && f->cells > 0)
            return f;
    }
    return NULL;
}

static struct rect between(struct rect a, struct rect b, float t)
{
    return (struct rect){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, a.w + (b.w - a.w) * t,
                         a.h + (b.h - a.h) * t};
}

static bool stepped(const struct network_motion *m, const struct snapshot *s)
{
    return m->program == s->program &&
           (m->cursor.cell != s->cursor.cell || m->cursor.term != s->cursor.term);
}

static const struct regions *kept_for(const struct network_motion *m, const struct snapshot *s)
{
    for (int i = 0; i < m->kept_count; i++)
        if (m->kept[i].tensor == s->selected.tensor && m->kept[i].sample == s->selected.sample)
            return &m->kept[i].regions;
    return NULL;
}

static void keep(struct network_motion *m, const struct snapshot *s, const struct regions *goal)
{
    bool same = m->kept_count > 0 && m->kept[0].tensor == s->selected.tensor;
    if (!same) {
        m->kept[1] = m->kept[0];
        m->kept_count += m->kept_count < MOTION_KEPT;
    }
    m->kept[0].tensor = s->selected.tensor;
    m->kept[0].sample = s->selected.sample;
    m->kept[0].regions = *goal;
}

/* A step that follows before the last has come to rest jumps: keys that repeat outrun motion. */
static void begin(struct network_motion *m, const struct view *v)
{
    const struct regions *from = kept_for(m, v->snap);
    bool rested = v->ui->time - m->since > MOTION_SECONDS;
    m->moves = v->ui->motion && rested && from && cell_is(v->snap->selected);
    m->since = v->ui->time;
    if (m->moves)
        m->from = *from;
}

void network_motion_update(struct network_motion *m, const struct view *v,
                           const struct regions *goal, bool changed)
{
    const struct snapshot *s = v->snap;
    if (m->program != s->program || !cell_is(s->selected))
        m->kept_count = 0;
    if (stepped(m, s))
        begin(m, v);
    else if (changed)
        m->moves = false;
    m->program = s->program;
    m->cursor = s->cursor;
    if (changed && cell_is(s->selected))
        keep(m, s, goal);
    m->shown = *goal;
    float part = part_of_way(m, v->ui->time);
    if (part >= 1) {
        m->moves = false;
        return;
    }
    for (int i = 0; i < m->shown.count; i++) {
        struct region *r = &m->shown.list[i];
        const struct region *f = before(&m->from, r);
        if (f)
            r->rect = between(f->rect, r->rect, eased(part));
    }
    v->ui->again = true;
}

const struct regions *network_motion_regions(const struct network_motion *m)
{
    return &m->shown;
}

void network_motion_draw(const struct network_motion *m, const struct view *v)
{
    const struct theme *t = v->ui->theme;
    struct rect hub, target;
    float part = part_of_way(m, v->ui->time);
    if (part >= 1 || !v->snap->formula_done || !network_links_way(v, &m->shown, &hub, &target) ||
        view_is_hidden(v, v->snap->selected))
        return;
    char text[48];
    float value = cell_value(v->snap->trace, v->snap->selected);
    int px = ui_text_px(v->ui, 20);
    view_number(v->snap, (double)value, text, sizeof text);
    float w = font_width(v->ui->fonts, FONT_MONO_BOLD, px, text) + ui_px(v->ui, 16);
    struct point a = rect_middle(hub), b = rect_middle(target);
    float way = eased(part);
    struct rect chip = rect_centre(
        (struct rect){a.x + (b.x - a.x) * way, a.y + (b.y - a.y) * way, 0, 0}, w, (float)px * 1.5f);
    draw_tag(v->ui->draw, "popup");
    draw_hatch(v->ui->draw, target, t->hatch_ground, t->hatch); /* it has not landed yet */
    draw_round_rect(v->ui->draw, chip, ui_px(v->ui, 6), t->panel);
    draw_round_frame(v->ui->draw, chip, ui_px(v->ui, 6), fmaxf(2, ui_px(v->ui, 3)), t->selection);
    draw_text_in(v->ui->draw, FONT_MONO_BOLD, px, chip, ALIGN_CENTRE | TEXT_MAY_OVERLAP, t->ink,
                 text);
    draw_tag(v->ui->draw, NULL);
}
