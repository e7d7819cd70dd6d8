/* Lines of a calculation: a cell's name, the terms it was computed from, its value. */
#include <math.h>
#include <stdio.h>

#include "formula_terms.h"
#include "glassnet/base/translate.h"
#include "layer_stage.h"

/* More terms than this are counted, not laid out. */
enum { TERMS_LISTED = 512 };

struct columns {
    float name, value, row;
};

static float widest_name(const struct stage *s, const struct cell *cells, int n)
{
    float widest = 0;
    char title[200];
    for (int i = 0; i < n; i++)
        if (cell_is(cells[i]))
            widest = fmaxf(
                widest, font_width(s->v->ui->fonts, FONT_MONO, s->small,
                                   cell_title(s->v->snap->program, cells[i], title, sizeof title)));
    return widest;
}

static void draw_terms(const struct stage *s, struct rect r, struct cell c)
{
    struct ui *ui = s->v->ui;
    char text[96];
    int count = formula_count(s->v->snap->trace, c);
    int shown = stage_revealed(s->v, c, count);
    if (count == 0)
        return;
    if (shown == 0 || count > TERMS_LISTED) {
        char number[48];
        snprintf(text, sizeof text, shown ? _("= a sum of %s terms") : _("not computed yet"),
                 view_count(count, number, sizeof number));
        stage_text(s, r, FONT_SANS, s->small, ALIGN_LEFT, ui->theme->muted, text);
        return;
    }
    struct formula f = {.count = 0};
    struct pieces p;
    formula_of(s->v->snap->trace, c, &f);
    formula_pieces_of(s->v, &f, shown, s->small, r.w, &p);
    float x = r.x, base = r.y + r.h / 2 + font_cap_height(ui->fonts, FONT_MONO, s->small) / 2;
    for (int i = 0; i < p.count && p.width <= r.w; i++) {
        draw_text(ui->draw, FONT_MONO, s->small, x, base, p.list[i].colour, p.list[i].text);
        x += p.list[i].width;
    }
    formula_deinit(&f);
}

static void draw_value(const struct stage *s, struct rect r, struct cell c)
{
    const struct theme *t = s->v->ui->theme;
    char number[48];
    float value = cell_value(s->v->snap->trace, c);
    struct rect box = rect_inset_xy(rect_snap(r), 0, 2);
    if (!view_is_done(s->v, c)) {
        draw_hatch(s->v->ui->draw, box, t->hatch_ground, t->hatch);
        return;
    }
    bool hidden = view_is_hidden(s->v, c), gradient = view_is_gradient(s->v->snap, c.tensor);
    stage_text(s, box, FONT_MONO_BOLD, s->px, ALIGN_RIGHT,
               hidden ? t->ink : theme_signed(t, gradient, value),
               hidden ? "?" : view_number(s->v->snap, (double)value, number, sizeof number));
    view_mark_changed(s->v, c, r);
}

static void draw_line_of(struct stage *s, struct rect r, struct cell c, const struct columns *w)
{
    const struct theme *t = s->v->ui->theme;
    char title[200];
    struct rect line = r;
    stage_hit(s, r, c);
    bool gradient = view_is_gradient(s->v->snap, c.tensor);
    draw_hline(s->v->ui->draw, r.x, r.x + r.w, r.y + r.h - 1, 1, t->line);
    rect_cut_left(&line, 8 * s->unit);
    rect_cut_right(&line, 8 * s->unit);
    cell_title(s->v->snap->program, c, title, sizeof title);
    stage_text(s, rect_cut_left(&line, w->name), FONT_MONO, s->small, ALIGN_LEFT,
               gradient ? t->text_grad_pos : t->ink, title);
    rect_cut_left(&line, 12 * s->unit);
    draw_value(s, rect_cut_right(&line, w->value), c);
    rect_cut_right(&line, 12 * s->unit);
    if (line.w > 60 * s->unit)
        draw_terms(s, line, c);
    if (cell_equal(c, s->v->snap->selected))
        stage_frame(s, rect_inset(r, 1));
}

float stage_lines(struct stage *s, struct rect r, const struct cell *cells, int n)
{
    struct columns w = {.row = (float)s->px * 1.9f};
    int present = 0, drawn = 0;
    for (int i = 0; i < n; i++)
        present += cell_is(cells[i]);
    float close = (float)s->px * 1.7f; /* lines may be, where that makes room for all */
    if (present > 0 && r.h / (float)present >= close)
        w.row = fminf(w.row, r.h / (float)present);
    int room = (int)(r.h / w.row + 0.01f);
    w.value = font_width(s->v->ui->fonts, FONT_MONO_BOLD, s->px, "−0.0000123") + 2;
    w.name = fminf(widest_name(s, cells, n) + 2, r.w * 0.4f);
    w.value = fminf(w.value, r.w - w.name - 20 * s->unit);
    if (room < 1 || w.value < 0)
        return 0;
    int skip = 0; /* before the selected one, where it would not be among the first */
    for (int i = 0, k = 0; i < n; i++) {
        if (!cell_is(cells[i]))
            continue;
        if (cell_equal(cells[i], s->cell) && k >= room)
            skip = k - room + 1;
        k++;
    }
    for (int i = 0; i < n && drawn < room; i++) {
        if (!cell_is(cells[i]) || skip-- > 0)
            continue;
        draw_line_of(s, rect_cut_top(&r, w.row), cells[i], &w);
        drawn++;
    }
    return w.row * (float)drawn;
}
