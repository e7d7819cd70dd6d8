/* The watch list at the foot of the side panel: what each cell is now, what it was in the pass
 * before, and how it got there. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "glassnet/view/panel.h"

static const float head_height = 44, row_height = 62, text_size = 17, value_size = 20;

bool watch_has(const struct snapshot *s, struct cell cell)
{
    for (int i = 0; i < s->watched_count; i++)
        if (cell_is(cell) && cell_equal(s->watched[i].cell, cell))
            return true;
    return false;
}

static float row_px(const struct view *v)
{
    return fmaxf(ui_px(v->ui, row_height), (float)ui_text_px(v->ui, text_size) * 3.1f);
}

float watch_height(const struct view *v, const struct watch_state *s, float room)
{
    if (!view_has_pass(v->snap) || v->snap->watched_count == 0)
        return 0;
    float head = ui_px(v->ui, head_height);
    float all = head + row_px(v) * (float)v->snap->watched_count + ui_px(v->ui, 8);
    return s->folded ? head : fminf(all, fmaxf(room * 0.45f, head));
}

/* The values of the passes, from left to right, between the least and the largest. */
static void draw_history(const struct view *v, const struct watched *w, struct rect r)
{
    struct ui *ui = v->ui;
    struct point points[WATCH_HISTORY];
    float low = INFINITY, high = -INFINITY;
    int n = 0;
    for (int i = 0; i < w->count; i++)
        if (isfinite(w->history[i])) {
            low = fminf(low, w->history[i]);
            high = fmaxf(high, w->history[i]);
        }
    float range = high - low, step = r.w / fmaxf(8, (float)w->count - 1);
    for (int i = 0; i < w->count; i++)
        if (isfinite(w->history[i])) {
            float part = range > 0 ? (w->history[i] - low) / range : 0.5f;
            points[n++] = (struct point){r.x + step * (float)i, r.y + r.h * (1 - part)};
        }
    if (n == 0)
        return;
    if (n > 1)
        draw_polyline(ui->draw, points, n, fmaxf(1.5f, ui_px(ui, 2)), ui->theme->muted);
    draw_circle(ui->draw, points[n - 1].x, points[n - 1].y, fmaxf(2, ui_px(ui, 4)), ui->theme->ink);
}

struct row_texts {
    char now[64], before[80];
    struct colour colour;
    bool open; /* its numbers may be seen */
};

static void fill_texts(const struct view *v, const struct watched *w, struct row_texts *t)
{
    char number[48];
    *t = (struct row_texts){.colour = v->ui->theme->muted, .open = true};
    if (!cell_is(w->cell)) {
        snprintf(t->now, sizeof t->now, _("not in this pass"));
        return;
    }
    int last = w->done ? w->count - 1 : w->count; /* of the values that are over */
    if (view_is_hidden(v, w->cell)) {
        snprintf(t->now, sizeof t->now, "?");
        t->open = false;
        return;
    }
    if (w->done) {
        float x = w->history[w->count - 1];
        view_number(v->snap, (double)x, t->now, sizeof t->now);
        t->colour = theme_signed(v->ui->theme, view_is_gradient(v->snap, w->cell.tensor), x);
    } else {
        snprintf(t->now, sizeof t->now, _("not yet"));
    }
    if (last > 0)
        snprintf(t->before, sizeof t->before, _("before %s"),
                 view_number(v->snap, (double)w->history[last - 1], number, sizeof number));
}

static void draw_remove(const struct view *v, const struct watched *w, int i, struct rect r)
{
    struct ui *ui = v->ui;
    char id[32];
    snprintf(id, sizeof id, "watch.remove.%d", i);
    struct rect button = rect_centre(r, fminf(r.w, ui_px(ui, 34)), ui_px(ui, 34));
    if (ui_button(ui, id, button, "×", BUTTON_PLAIN))
        intents_add(v->out, "unwatch %s", w->name);
    ui_tooltip(ui, button, _("Watch it no longer"));
}

static void draw_row(const struct view *v, const struct watched *w, int i, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    char id[32], title[320];
    struct row_texts texts;
    bool selected = cell_is(w->cell) && cell_equal(w->cell, v->snap->selected);
    draw_remove(v, w, i, rect_cut_right(&r, ui_px(ui, 40)));
    snprintf(id, sizeof id, "watch.%d", i);
    unsigned answer = ui_area(ui, id, r, w->name, true);
    if (answer & AREA_HOVER)
        draw_rect(ui->draw, r, t->hover);
    if (selected)
        draw_rect(ui->draw, rect_of(r.x, r.y + 2, ui_px(ui, 5), r.h - 4), t->selection);
    if (answer & AREA_CLICKED)
        view_select(v, w->cell);
    if (cell_is(w->cell))
        cell_title(v->snap->program, w->cell, title, sizeof title);
    else
        snprintf(title, sizeof title, "%s", w->name);
    fill_texts(v, w, &texts);
    struct rect in = rect_inset_xy(r, ui_px(ui, 12), ui_px(ui, 4)),
                top = rect_cut_top(&in, in.h / 2);
    int px = ui_text_px(ui, text_size), value_px = ui_text_px(ui, value_size);
    float width =
        fminf(font_width(ui->fonts, FONT_MONO_BOLD, value_px, texts.now) + 2, top.w * 0.6f);
    draw_text_in(ui->draw, FONT_MONO_BOLD, value_px, rect_cut_right(&top, width),
                 ALIGN_RIGHT | TEXT_MAY_CUT, texts.colour, texts.now);
    rect_cut_right(&top, ui_px(ui, 10));
    draw_text_in(ui->draw, FONT_MONO, px, top, ALIGN_LEFT | TEXT_MAY_CUT, t->ink, title);
    struct rect line = rect_cut_left(&in, in.w * 0.45f);
    if (texts.open)
        draw_history(v, w, rect_inset_xy(line, ui_px(ui, 4), ui_px(ui, 6)));
    draw_text_in(ui->draw, FONT_MONO, px, in, ALIGN_RIGHT | TEXT_MAY_CUT, t->muted, texts.before);
}

static void draw_head(const struct view *v, struct watch_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    char title[64];
    snprintf(title, sizeof title, _("Watched: %d"), v->snap->watched_count);
    struct rect fold = rect_cut_right(&r, ui_px(ui, 40));
    if (ui_button(ui, "watch.fold", rect_inset_xy(fold, 0, ui_px(ui, 3)), s->folded ? "▴" : "▾",
                  BUTTON_PLAIN))
        s->folded = !s->folded;
    ui_tooltip(ui, fold, s->folded ? _("Show the watch list") : _("Fold the watch list"));
    rect_cut_left(&r, ui_px(ui, 12));
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 20), r, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, title);
}

void watch_draw(const struct view *v, struct watch_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    draw_tag(ui->draw, "watch");
    draw_hline(ui->draw, r.x, r.x + r.w, r.y, 1, ui->theme->line);
    r = rect_inset_xy(r, ui_px(ui, 14), 0);
    draw_head(v, s, rect_cut_top(&r, ui_px(ui, head_height)));
    if (s->folded || r.h < 1)
        return;
    float row = row_px(v);
    int n = v->snap->watched_count;
    struct rect at = ui_scroll_begin(ui, "watch.list", r, row * (float)n, &s->scroll);
    for (int i = 0; i < n; i++) {
        struct rect line = {at.x, at.y + row * (float)i, at.w, row};
        if (rect_overlaps(line, r))
            draw_row(v, &v->snap->watched[i], i, line);
    }
    ui_scroll_end(ui);
    draw_tag(ui->draw, "panel");
}
