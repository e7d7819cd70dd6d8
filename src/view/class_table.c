#include "glassnet/view/class_table.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/ui/paragraph.h"
#include "glassnet/view/overlay.h"

enum { COLUMNS_MOST = 128, TEXT = 21, SMALL = 18 };

/* The lessons there are columns for, and how large all is. */
struct grid {
    int count, first, shown;
    struct column {
        const char *lesson, *title;
        char head[12];
    } columns[COLUMNS_MOST];
    float name, total, cell, row;
};

static bool has_column(const struct grid *g, const char *lesson)
{
    for (int i = 0; i < g->count; i++)
        if (strcmp(g->columns[i].lesson, lesson) == 0)
            return true;
    return false;
}

static void add_column(struct grid *g, const char *lesson, const char *title, int order)
{
    if (g->count == COLUMNS_MOST || has_column(g, lesson))
        return;
    struct column *c = &g->columns[g->count++];
    *c = (struct column){.lesson = lesson, .title = title};
    if (order > 0)
        snprintf(c->head, sizeof c->head, "%d", order);
    else
        snprintf(c->head, sizeof c->head, "+");
}

static void find_columns(struct grid *g, const struct class_table *t,
                         const struct catalogue *lessons)
{
    g->count = 0;
    for (int i = 0; lessons && i < lessons->count; i++)
        if (!lessons->cards[i].fault)
            add_column(g, lessons->cards[i].name, lessons->cards[i].title, lessons->cards[i].order);
    for (int i = 0; i < t->all.count; i++)
        for (int k = 0; k < t->all.learners[i].count; k++)
            add_column(g, t->all.learners[i].places[k].lesson, t->all.learners[i].places[k].lesson,
                       0);
}

static const char *name_of(const struct lesson_progress *p)
{
    return p->learner[0] ? p->learner : _("without a name");
}

/* Names get what they need, lessons as many columns as the rest has room for. */
static void lay_out(const struct view *v, struct grid *g, const struct class_table *t, float width)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, TEXT);
    g->name = ui_px(ui, 120);
    for (int i = 0; i < t->all.count; i++)
        g->name =
            fmaxf(g->name, font_width(ui->fonts, FONT_SANS, px, name_of(&t->all.learners[i])));
    g->name = fminf(g->name + ui_px(ui, 20), width * 0.3f);
    float least = font_width(ui->fonts, FONT_SANS, px, "10/12") + ui_px(ui, 14);
    g->total = fmaxf(least, font_width(ui->fonts, FONT_SANS_BOLD, px, "00/00")) + ui_px(ui, 14);
    int room = (int)((width - g->name - g->total) / least);
    room = room < 1 ? 1 : room;
    g->shown = g->count < room ? g->count : room;
    g->first = t->first > g->count - g->shown ? g->count - g->shown : t->first;
    g->first = g->first < 0 ? 0 : g->first;
    g->cell = fminf((width - g->name - g->total) / (float)(g->shown ? g->shown : 1), 1.6f * least);
    g->row = 1.5f * ((float)px + (float)ui_text_px(ui, SMALL));
}

static struct rect cell_rect(const struct grid *g, struct rect row, int shown)
{
    return rect_of(row.x + g->name + g->total + g->cell * (float)shown, row.y, g->cell, row.h);
}

static void draw_head(const struct view *v, const struct grid *g, struct rect row)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, TEXT);
    struct rect rest = row;
    struct rect name = rect_cut_left(&rest, g->name), total = rect_cut_left(&rest, g->total);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, name, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                 C_("a column of the class's table", "Lesson"));
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, total, ALIGN_CENTRE, ui->theme->ink, "✓");
    ui_tooltip(ui, total, _("Lessons finished"));
    for (int i = 0; i < g->shown; i++) {
        const struct column *c = &g->columns[g->first + i];
        struct rect r = cell_rect(g, row, i);
        draw_text_in(ui->draw, FONT_SANS_BOLD, px, r, ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->ink,
                     c->head);
        ui_tooltip(ui, r, c->title);
    }
    draw_hline(ui->draw, row.x, row.x + row.w, row.y + row.h - 1, 1, ui->theme->frame);
}

static void tell(const struct view *v, const char *title, const struct lesson_place *p,
                 struct rect r)
{
    char text[240], date[32];
    if (p->quiz_of)
        snprintf(text, sizeof text,
                 _("%.80s: page %d of %d, %d of %d tasks; quiz on %s: %d of %d right"), title,
                 p->page + 1, p->pages, p->done, p->tasks, lesson_quiz_date(p, date, sizeof date),
                 p->quiz_right, p->quiz_of);
    else
        snprintf(text, sizeof text, _("%.80s: page %d of %d, %d of %d tasks"), title, p->page + 1,
                 p->pages, p->done, p->tasks);
    ui_tooltip(v->ui, r, text);
}

/* Tasks done of all, or a tick; below it the last quiz. */
static void draw_cell(const struct view *v, const char *title, const struct lesson_place *p,
                      struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    char text[32];
    struct rect above = r, ground = rect_inset(r, fmaxf(1, ui_px(ui, 2)));
    tell(v, title, p, r);
    draw_round_rect(ui->draw, ground, ui_px(ui, 4), p->finished ? t->track : t->background);
    if (p->quiz_of) {
        struct rect below = rect_cut_bottom(&above, r.h * 0.5f);
        below.h -= r.h * 0.08f;
        above.y += r.h * 0.08f;
        above.h -= r.h * 0.08f;
        snprintf(text, sizeof text, "%d/%d", p->quiz_right, p->quiz_of);
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, SMALL), below, ALIGN_CENTRE | TEXT_MAY_CUT,
                     t->ink, text);
    }
    snprintf(text, sizeof text, "%d/%d", p->done, p->tasks);
    draw_text_in(ui->draw, p->finished ? FONT_SANS_BOLD : FONT_SANS, ui_text_px(ui, TEXT), above,
                 ALIGN_CENTRE | TEXT_MAY_CUT, t->ink, p->finished ? "✓" : text);
}

static void draw_learner(const struct view *v, const struct grid *g,
                         const struct lesson_progress *p, struct rect row)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, TEXT), finished = 0;
    char text[32];
    struct rect rest = row, name = rect_cut_left(&rest, g->name),
                total = rect_cut_left(&rest, g->total);
    name.w -= ui_px(ui, 12);
    if (!draw_text_in(ui->draw, FONT_SANS, px, name, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                      name_of(p)))
        ui_tooltip(ui, name, name_of(p));
    for (int i = 0; i < p->count; i++)
        finished += p->places[i].finished;
    snprintf(text, sizeof text, "%d/%d", finished, g->count);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, total, ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->ink,
                 text);
    for (int i = 0; i < g->shown; i++) {
        const struct column *c = &g->columns[g->first + i];
        const struct lesson_place *place = lesson_progress_find(p, c->lesson);
        if (place)
            draw_cell(v, c->title, place, cell_rect(g, row, i));
    }
    draw_hline(ui->draw, row.x, row.x + row.w, row.y + row.h - 1, 1, ui->theme->line);
}

static void draw_nobody(const struct view *v, struct rect r)
{
    const struct text_run run = {.text = _("Nobody has begun a lesson on this machine yet. Each "
                                           "learner gives a name on the home screen, above at the "
                                           "right; what they do is then kept here."),
                                 .colour = v->ui->theme->muted};
    struct paragraph_style style = {.px = ui_text_px(v->ui, 22), .leading = 1.4f};
    paragraph_draw(v->ui->draw, &run, 1, &style, r.x, r.y + ui_px(v->ui, 20), r.w);
}

/* What the signs mean, the other lessons, and the file. */
static void draw_foot(const struct view *v, struct class_table *t, const struct grid *g,
                      struct rect foot)
{
    struct ui *ui = v->ui;
    int step = g->shown > 1 ? g->shown - 1 : 1;
    const char *label = _("Save as a table");
    struct rect save = rect_cut_left(&foot, fminf(foot.w, ui_button_width(ui, label)));
    unsigned none = t->all.count == 0 ? (unsigned)BUTTON_DISABLED : 0u;
    if (ui_button(ui, "save", save, label, BUTTON_NORMAL | none))
        intents_add(v->out, "app class-table");
    ui_tooltip(ui, save, _("Writes a CSV file into the documents folder"));
    rect_cut_left(&foot, ui_px(ui, 20));
    if (g->shown < g->count) {
        float side = ui_px(ui, 54);
        struct rect right = rect_cut_right(&foot, side);
        rect_cut_right(&foot, ui_px(ui, 8));
        struct rect left = rect_cut_right(&foot, side);
        rect_cut_right(&foot, ui_px(ui, 16));
        bool end = g->first + g->shown >= g->count;
        if (ui_button(ui, "earlier", left, "‹",
                      BUTTON_NORMAL | (g->first == 0 ? (unsigned)BUTTON_DISABLED : 0u)))
            t->first = g->first - step;
        if (ui_button(ui, "later", right, "›",
                      BUTTON_NORMAL | (end ? (unsigned)BUTTON_DISABLED : 0u)))
            t->first = g->first + step;
        ui_tooltip(ui, left, _("Earlier lessons"));
        ui_tooltip(ui, right, _("Later lessons"));
        t->first = t->first < 0 ? 0 : t->first;
    }
    const struct text_run run = {.text = _("5/9: tasks done of all  ·  ✓: finished  ·  below it: "
                                           "right answers of the last quiz"),
                                 .colour = ui->theme->muted};
    struct paragraph_style style = {.px = ui_text_px(ui, SMALL), .leading = 1.3f};
    float h = paragraph_height(ui->fonts, &run, 1, &style, foot.w);
    if (t->all.count > 0 && h <= foot.h)
        paragraph_draw(ui->draw, &run, 1, &style, foot.x, foot.y + (foot.h - h) / 2, foot.w);
}

static void scroll_by_keys(struct ui *ui, float row, float page, float *scroll)
{
    *scroll += (ui_key(ui, "Down") ? row : 0) - (ui_key(ui, "Up") ? row : 0);
    *scroll += (ui_key(ui, "PageDown") ? page : 0) - (ui_key(ui, "PageUp") ? page : 0);
}

void class_table_open(struct class_table *t, const char *folder)
{
    class_table_deinit(t);
    lesson_class_load(&t->all, folder, NULL, 0, NULL);
}

void class_table_deinit(struct class_table *t)
{
    lesson_class_deinit(&t->all);
    *t = (struct class_table){.scroll = 0};
}

void class_table_draw(const struct view *v, struct class_table *t, const struct catalogue *lessons)
{
    struct ui *ui = v->ui;
    bool closes;
    struct grid g;
    struct rect in = overlay_begin(v, "class", _("The whole class"), 1700, 960, &closes);
    rect_cut_bottom(&in, ui_px(ui, 14));
    struct rect foot = rect_cut_bottom(&in, ui_px(ui, 54));
    rect_cut_bottom(&in, ui_px(ui, 12));
    find_columns(&g, t, lessons);
    struct rect body = in;
    body.w -= ui_px(ui, 24); /* beside the bar */
    lay_out(v, &g, t, body.w);
    if (t->all.count == 0) {
        draw_nobody(v, in);
    } else {
        draw_head(v, &g, rect_cut_top(&body, (float)ui_text_px(ui, TEXT) * 1.9f));
        rect_cut_top(&in, (float)ui_text_px(ui, TEXT) * 1.9f);
        scroll_by_keys(ui, g.row, in.h, &t->scroll);
        struct rect at = ui_scroll_begin(ui, "rows", in, g.row * (float)t->all.count, &t->scroll);
        for (int i = 0; i < t->all.count; i++) {
            struct rect row = {body.x, at.y + g.row * (float)i, body.w, g.row};
            if (rect_overlaps(row, in))
                draw_learner(v, &g, &t->all.learners[i], row);
        }
        ui_scroll_end(ui);
    }
    draw_foot(v, t, &g, foot);
    if (closes)
        intents_add(v->out, "app class");
    overlay_end(v);
}
