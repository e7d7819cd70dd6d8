/* The inspector's other half: where the selected number goes, and the way that was walked. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/translate.h"
#include "inspector_own.h"

enum { TEXT = 17 };

void inspector_trail(struct column *col)
{
    const struct view *v = col->v;
    struct ui *ui = v->ui;
    const struct snapshot *s = v->snap;
    if (s->trail_count == 0)
        return;
    int px = ui_text_px(ui, TEXT);
    struct rect row = rect_cut_top(&col->r, fmaxf(ui_px(ui, 34), (float)px * 1.7f));
    rect_cut_top(&col->r, ui_px(ui, 4));
    if (col->dry)
        return;
    float gap = ui_px(ui, 14), dots = font_width(ui->fonts, FONT_MONO, px, "…") + 2;
    for (int i = 1; i <= s->trail_count; i++) {
        char name[240], text[260], id[32];
        cell_title(s->program, s->trail[s->trail_count - i], name, sizeof name);
        snprintf(text, sizeof text, "‹ %s", name);
        snprintf(id, sizeof id, "trail.%d", i);
        float w = font_width(ui->fonts, FONT_MONO, px, text) + 2;
        float room = i < s->trail_count ? row.w - gap - dots : row.w;
        if (i > 1 && w > room) {
            draw_text_in(ui->draw, FONT_MONO, px, row, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted,
                         "…");
            return;
        }
        struct rect part = rect_cut_left(&row, fminf(w, row.w));
        rect_cut_left(&row, gap);
        unsigned answer = ui_area(ui, id, part, name, true);
        if (answer & AREA_HOVER)
            draw_rect(ui->draw, part, ui->theme->hover);
        if (answer & AREA_CLICKED)
            intents_add(v->out, "move out %d", i);
        view_tip(v, part, _("Back to it"), i == 1 ? "move out" : NULL);
        draw_text_in(ui->draw, FONT_MONO, px, part, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                     text);
    }
}

bool inspector_goes(const struct view *v, const struct inspector_state *s)
{
    return s->to && v->snap->program->tensors[v->snap->selected.tensor].grad >= 0;
}

void inspector_way(struct column *col)
{
    static const char *const labels[] = {N_("from"), N_("to")};
    const struct snapshot *snap = col->v->snap;
    struct inspector_state *s = col->s;
    struct ui *ui = col->v->ui;
    if (snap->program->tensors[snap->selected.tensor].grad < 0)
        return;
    rect_cut_top(&col->r, ui_px(ui, 6));
    struct rect row = rect_cut_top(&col->r, ui_px(ui, 44));
    if (col->dry)
        return;
    struct rect part = rect_cut_left(&row, fminf(row.w, ui_segments_width(ui, labels, 2)));
    int chosen = ui_segments(ui, "inspector.way", part, labels, 2, s->to, 0);
    ui_tooltip(ui, part,
               _("What it is computed from; what is computed from it (Shift+Enter walks on)"));
    if (chosen >= 0 && s->to != (chosen == 1)) {
        s->turned = true;
        ui->again = true;
    }
}

static double size_of(const struct cell_use *u)
{
    return isnan(u->share) ? HUGE_VAL : fabs(u->share);
}

static int larger_first(const void *a, const void *b)
{
    const struct cell_use *x = a, *y = b;
    double p = size_of(x), q = size_of(y);
    if (p != q)
        return p < q ? 1 : -1;
    if (x->user.sample != y->user.sample)
        return x->user.sample - y->user.sample;
    return x->user.index < y->user.index ? -1 : x->user.index > y->user.index;
}

void inspector_uses_order(const struct view *v, struct inspector_state *s)
{
    const struct snapshot *snap = v->snap;
    if (s->uses_revision == snap->revision && cell_equal(s->uses_of, snap->selected))
        return;
    s->uses_revision = snap->revision;
    s->uses_of = snap->selected;
    cell_uses_of(snap->trace, snap->selected, &s->uses);
    if (s->uses.count > 1)
        qsort(s->uses.list, (size_t)s->uses.count, sizeof *s->uses.list, larger_first);
}

/* A number of the way back: a question mark while it is covered, dots while it is to come. */
static struct colour back_number(const struct view *v, struct cell gradient, double value,
                                 char *out, size_t size)
{
    if (cell_is(gradient) && view_is_hidden(v, gradient)) {
        snprintf(out, size, "?");
        return v->ui->theme->ink;
    }
    if (cell_is(gradient) && !view_is_done(v, gradient)) {
        snprintf(out, size, "…");
        return v->ui->theme->muted;
    }
    view_number(v->snap, value, out, size);
    return theme_signed(v->ui->theme, true, (float)value);
}

static void draw_use(const struct view *v, const struct cell_uses *uses, int i, struct rect r)
{
    struct ui *ui = v->ui;
    const struct cell_use *u = &uses->list[i];
    char name[240], share[48], slope[48], back[48], numbers[120] = "", id[32], line[256];
    cell_title(v->snap->program, u->user, name, sizeof name);
    snprintf(id, sizeof id, "use.%d", i);
    unsigned answer = ui_area(ui, id, r, name, true);
    if (answer & AREA_HOVER)
        draw_rect(ui->draw, r, ui->theme->hover);
    if (answer & AREA_CLICKED)
        intents_add(v->out, "move to %s", cell_name(v->snap->program, u->user, line, sizeof line));
    bool open = view_is_done(v, uses->total) && !view_is_hidden(v, uses->total);
    struct colour c = back_number(v, uses->total, u->share, share, sizeof share);
    if (cell_is(u->gradient) && open && !view_is_hidden(v, u->gradient)) {
        view_number(v->snap, u->slope, slope, sizeof slope);
        view_number(v->snap, (double)cell_value(v->snap->trace, u->gradient), back, sizeof back);
        snprintf(numbers, sizeof numbers, _("slope %s · %s"), slope, back);
    } else if (cell_is(u->gradient) && open) {
        snprintf(share, sizeof share, "?");
    }
    int px = ui_text_px(ui, TEXT);
    struct rect in = rect_inset_xy(r, ui_px(ui, 4), ui_px(ui, 4));
    struct rect top = rect_cut_top(&in, in.h / 2);
    draw_text_in(ui->draw, FONT_MONO, px, top, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink, name);
    float w = font_width(ui->fonts, FONT_MONO, px, share) + 2;
    draw_text_in(ui->draw, FONT_MONO, px, rect_cut_right(&in, fminf(w, in.w)),
                 ALIGN_RIGHT | TEXT_MAY_CUT, c, share);
    rect_cut_right(&in, ui_px(ui, 8));
    draw_text_in(ui->draw, FONT_MONO, px, in, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, numbers);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y + r.h - 1, 1, ui->theme->line);
}

/* "= ∂L/∂x", and the trace's number. */
void inspector_uses_head(const struct view *v, struct inspector_state *s, struct rect row)
{
    const struct cell_uses *uses = &s->uses;
    struct ui *ui = v->ui;
    char name[240], title[280], number[48];
    int px = ui_text_px(ui, 20);
    double value = (double)cell_value(v->snap->trace, uses->total);
    struct colour c = back_number(v, uses->total, value, number, sizeof number);
    float w = font_width(ui->fonts, FONT_MONO_BOLD, px, number) + 2;
    draw_text_in(ui->draw, FONT_MONO_BOLD, px, rect_cut_right(&row, fminf(w, row.w)),
                 ALIGN_RIGHT | TEXT_MAY_CUT, c, number);
    rect_cut_right(&row, ui_px(ui, 8));
    cell_title(v->snap->program, uses->total, name, sizeof name);
    snprintf(title, sizeof title, translate_count("%d use: %s", "%d uses: %s", uses->count),
             uses->count, name);
    if (font_width(ui->fonts, FONT_SANS_BOLD, px, title) > row.w)
        snprintf(title, sizeof title,
                 translate_count("%d use, its sum", "%d uses, their sum", uses->count),
                 uses->count);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, row, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                 title);
}

void inspector_uses_rows(const struct view *v, const struct inspector_state *s, struct rect at)
{
    const struct rect sight = draw_clip(v->ui->draw);
    float row = inspector_row_height(v->ui);
    for (int i = 0; i < s->uses.count; i++) {
        struct rect line = {at.x, at.y + row * (float)i, at.w, row};
        if (rect_overlaps(line, sight))
            draw_use(v, &s->uses, i, line);
    }
}
