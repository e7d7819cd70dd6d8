/* The teacher's own window: large type, to be read from where one stands. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"
#include "glassnet/view/screen.h"

enum { RUNS_MOST = 60 };

static void put(const struct view *v, struct rect *r, const struct text_run *runs, int n,
                float size, int lines)
{
    struct paragraph_style style = {
        .px = ui_text_px(v->ui, size), .leading = 1.35f, .max_lines = lines};
    if (r->h < (float)style.px)
        return;
    rect_cut_top(r,
                 paragraph_draw(v->ui->draw, runs, n, &style, r->x, r->y, r->w) + ui_px(v->ui, 10));
}

static void put_words(const struct view *v, struct rect *r, const char *words, float size,
                      unsigned style, struct colour c, int lines)
{
    const struct text_run run = {.text = words, .style = style, .colour = c};
    put(v, r, &run, 1, size, lines);
}

static void draw_clock(const struct view *v, struct rect *head, double elapsed)
{
    char text[32];
    long s = elapsed > 0 ? (long)elapsed : 0;
    if (s >= 3600)
        snprintf(text, sizeof text, "%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
    else
        snprintf(text, sizeof text, "%ld:%02ld", s / 60, s % 60);
    draw_text_in(v->ui->draw, FONT_MONO_BOLD, ui_text_px(v->ui, 36),
                 rect_cut_right(head, ui_px(v->ui, 220)), ALIGN_RIGHT | TEXT_MAY_CUT,
                 v->ui->theme->ink, text);
}

static void put_note(const struct view *v, struct rect *r, const struct player_text *t)
{
    struct text_run runs[RUNS_MOST];
    int n = 0;
    for (int i = 0; i < t->count && n < RUNS_MOST; i++) {
        const struct player_run *run = &t->runs[i];
        runs[n++] =
            (struct text_run){.text = run->text,
                              .style = (run->style & LESSON_BOLD ? (unsigned)RUN_BOLD : 0u) |
                                       (run->is_number ? (unsigned)RUN_MONO : 0u) |
                                       (run->style & LESSON_BREAK ? (unsigned)RUN_BREAK : 0u),
                              .colour = v->ui->theme->ink};
    }
    put(v, r, runs, n, 28, 0);
}

static void draw_lesson(const struct view *v, struct player *player, struct rect head,
                        struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    const struct player_view *p = player_view(player);
    char text[400];
    snprintf(text, sizeof text, _("%s · page %d of %d"), p->lesson_title, p->page + 1, p->pages);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 22), head, ALIGN_LEFT | TEXT_MAY_CUT, t->muted,
                 text);
    struct rect foot = rect_cut_bottom(&r, ui_px(ui, 60));
    draw_hline(ui->draw, foot.x, foot.x + foot.w, foot.y, 1, t->line);
    snprintf(text, sizeof text, p->last_page ? _("This is the last page.") : _("Next: %s"),
             p->next_title);
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 24), foot, ALIGN_LEFT | TEXT_MAY_CUT,
                 t->ink, text);
    put_words(v, &r, p->page_title, 34, RUN_BOLD, t->ink, 2);
    if (p->solution[0]) {
        snprintf(text, sizeof text, _("Answer: %s"), p->solution);
        put_words(v, &r, text, 30, RUN_BOLD, t->good, 3);
    }
    for (int i = 0; i < p->note_count; i++)
        put_note(v, &r, &p->notes[i]);
    if (p->note_count == 0)
        put_words(v, &r, _("There are no notes on this page."), 24, 0, t->muted, 1);
}

static void put_formula(const struct view *v, struct rect *r)
{
    const struct theme *t = v->ui->theme;
    const struct snapshot *s = v->snap;
    char text[1200], number[64];
    put_words(v, r, cell_title(s->program, s->selected, text, sizeof text), 34, RUN_MONO | RUN_BOLD,
              t->ink, 2);
    put_words(v, r, cell_words(s->program, s->selected, text, sizeof text), 22, 0, t->muted, 2);
    float x = cell_value(s->trace, s->selected);
    if (s->formula && !s->formula->given) {
        formula_symbolic(s->trace, s->formula, text, sizeof text);
        put_words(v, r, view_formula_signs(s, text), 26, RUN_MONO, t->ink, 3);
        formula_numeric(s->formula, 6, text, sizeof text);
        put_words(v, r, view_formula_signs(s, text), 24, RUN_MONO, t->muted, 4);
    }
    put_words(v, r, view_number(v->snap, (double)x, number, sizeof number), 44, RUN_MONO | RUN_BOLD,
              theme_signed(t, view_is_gradient(s, s->selected.tensor), x), 1);
}

static void put_watched(const struct view *v, struct rect *r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    for (int i = 0; i < v->snap->watched_count && r->h > ui_px(ui, 44); i++) {
        const struct watched *w = &v->snap->watched[i];
        char now[64], before[80] = "", number[64];
        snprintf(now, sizeof now, "%s", _("not yet"));
        struct rect row = rect_cut_top(r, ui_px(ui, 44));
        int last = w->done ? w->count - 1 : w->count;
        if (w->done)
            view_number(v->snap, (double)w->history[w->count - 1], now, sizeof now);
        if (last > 0)
            snprintf(before, sizeof before, _("before %s"),
                     view_number(v->snap, (double)w->history[last - 1], number, sizeof number));
        int px = ui_text_px(ui, 22);
        draw_text_in(ui->draw, FONT_MONO, px, rect_cut_right(&row, row.w * 0.32f),
                     ALIGN_RIGHT | TEXT_MAY_CUT, t->muted, before);
        draw_text_in(ui->draw, FONT_MONO_BOLD, px, rect_cut_right(&row, row.w * 0.36f),
                     ALIGN_RIGHT | TEXT_MAY_CUT, t->ink, now);
        draw_text_in(ui->draw, FONT_MONO, px, row, ALIGN_LEFT | TEXT_MAY_CUT, t->ink, w->name);
    }
}

static void draw_play(const struct view *v, struct rect head, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    const char *title = v->snap->title && v->snap->title[0] ? v->snap->title : "Glassnet";
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 22), head, ALIGN_LEFT | TEXT_MAY_CUT, t->muted,
                 title);
    if (view_has_pass(v->snap) && cell_is(v->snap->selected))
        put_formula(v, &r);
    else
        put_words(v, &r,
                  _("Select a number: here stands what it is, also while it is hidden there."), 26,
                  0, t->muted, 3);
    rect_cut_top(&r, ui_px(ui, 10));
    put_watched(v, &r);
}

void notes_draw(const struct view *v, struct player *player, double elapsed)
{
    struct ui *ui = v->ui;
    struct rect all = {0, 0, (float)ui->w, (float)ui->h};
    draw_tag(ui->draw, "notes");
    draw_rect(ui->draw, all, ui->theme->panel);
    struct rect in = rect_inset_xy(all, ui_px(ui, 36), ui_px(ui, 20));
    struct rect head = rect_cut_top(&in, ui_px(ui, 60));
    draw_clock(v, &head, elapsed);
    rect_cut_top(&in, ui_px(ui, 10));
    if (player)
        draw_lesson(v, player, head, in);
    else
        draw_play(v, head, in);
    draw_tag(ui->draw, NULL);
}
