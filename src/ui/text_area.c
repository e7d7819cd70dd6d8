/* Several lines of text that can be typed into. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "ui_own.h"

/* Where lines and their numbers lie. */
struct page {
    struct rect r; /* of the lines; its top is that of the first one */
    float line, gutter;
    int px;
};

static int count_lines(const char *text)
{
    int n = 1;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

static int line_of(const struct text_edit *e, int at)
{
    int n = 0;
    for (int i = 0; i < at && e->text[i]; i++)
        n += e->text[i] == '\n';
    return n;
}

/* Offset of the beginning of line n, from 0, or of the end. */
static int start_of(const struct text_edit *e, int n)
{
    int at = 0;
    for (; n > 0 && e->text[at]; at++)
        n -= e->text[at] == '\n';
    return at;
}

static char *copy_line(const struct text_edit *e, int at)
{
    size_t n = strcspn(e->text + at, "\n");
    char *line = mem_zalloc(n + 1, 1);
    memcpy(line, e->text + at, n);
    return line;
}

static int index_at(struct ui *ui, const struct text_edit *e, const struct page *p, float x,
                    float y)
{
    int n = (int)floorf((y - p->r.y) / p->line), last = count_lines(e->text) - 1;
    int at = start_of(e, n < 0 ? 0 : n > last ? last : n);
    char *line = copy_line(e, at);
    int in = font_index_at(ui->fonts, FONT_MONO, p->px, line, x - p->r.x + e->scroll);
    free(line);
    return at + in;
}

static void by_mouse(struct ui *ui, struct text_edit *e, const struct page *p, unsigned answer)
{
    if (!(answer & AREA_HELD))
        return;
    if (answer & AREA_PRESSED) {
        e->caret = index_at(ui, e, p, ui->in->press_x, ui->in->press_y);
        if (!(ui->in->mods & MOD_SHIFT))
            e->anchor = e->caret;
    }
    if (answer & AREA_DRAGGED)
        e->caret = index_at(ui, e, p, ui->in->mouse_x, ui->in->mouse_y);
}

static float caret_x(struct ui *ui, const struct text_edit *e, int px)
{
    int at = start_of(e, line_of(e, e->caret));
    return font_width_n(ui->fonts, FONT_MONO, px, e->text + at, e->caret - at);
}

/* Brings the caret into sight. */
static void follow_caret(struct ui *ui, struct text_edit *e, const struct page *p, float room_h,
                         float room_w)
{
    float top = (float)line_of(e, e->caret) * p->line, x = caret_x(ui, e, p->px);
    e->scroll_down = fminf(e->scroll_down, top);
    e->scroll_down = fmaxf(e->scroll_down, top + p->line - room_h);
    e->scroll = fminf(e->scroll, x);
    e->scroll = fmaxf(0, fmaxf(e->scroll, x - room_w + ui_px(ui, 30)));
}

/* The part of a line that is selected. */
static void draw_selected(struct ui *ui, const struct text_edit *e, const struct page *p, int at,
                          int length, float y)
{
    int low = e->caret < e->anchor ? e->caret : e->anchor, high = e->caret + e->anchor - low;
    int from = low > at ? low - at : 0, to = high < at + length ? high - at : length;
    if (low == high || from > length || to < 0 || high <= at || low > at + length)
        return;
    float x0 = font_width_n(ui->fonts, FONT_MONO, p->px, e->text + at, from);
    float x1 = font_width_n(ui->fonts, FONT_MONO, p->px, e->text + at, to);
    if (high > at + length)
        x1 += (float)p->px * 0.5f; /* the line's end, too */
    draw_rect(ui->draw, rect_of(p->r.x - e->scroll + x0, y, x1 - x0, p->line),
              ui_selected_ground(ui->theme));
}

/* A comment is muted. */
static void draw_words(struct ui *ui, const struct text_edit *e, const struct page *p,
                       const char *line, float y)
{
    struct rect row = {p->r.x - e->scroll, y, 1e5f, p->line};
    const char *sign = strchr(line, '#');
    char *code = mem_strdup(line);
    code[sign ? sign - line : (long)strlen(line)] = 0;
    if (code[0])
        draw_text_in(ui->draw, FONT_MONO, p->px, row, TEXT_MAY_CUT, ui->theme->ink, code);
    rect_cut_left(&row, font_width(ui->fonts, FONT_MONO, p->px, code));
    if (sign)
        draw_text_in(ui->draw, FONT_MONO, p->px, row, TEXT_MAY_CUT, ui->theme->muted, sign);
    free(code);
}

static void draw_lines(struct ui *ui, const struct text_edit *e, const struct page *p, int marked,
                       bool focused)
{
    const struct theme *t = ui->theme;
    struct rect clip = draw_clip(ui->draw);
    int first = (int)floorf((clip.y - p->r.y) / p->line), n = count_lines(e->text);
    first = first < 0 ? 0 : first;
    int at = start_of(e, first);
    for (int i = first; i < n; i++) {
        float y = p->r.y + (float)i * p->line;
        if (y > clip.y + clip.h)
            return;
        char *line = copy_line(e, at), number[16];
        int length = (int)strlen(line);
        snprintf(number, sizeof number, "%d", i + 1);
        struct rect side = {p->r.x - p->gutter, y, p->gutter - (float)p->px, p->line};
        draw_text_in(ui->draw, FONT_MONO, p->px, side, ALIGN_RIGHT | TEXT_MAY_CUT,
                     i + 1 == marked ? t->error : t->muted, number);
        if (i + 1 == marked)
            draw_rect(ui->draw,
                      rect_of(p->r.x - (float)p->px * 0.6f, y + 2, ui_px(ui, 5), p->line - 4),
                      t->error);
        struct rect room = {p->r.x - 2, clip.y, clip.x + clip.w - p->r.x + 2, clip.h};
        draw_clip_push(ui->draw, room);
        draw_selected(ui, e, p, at, length, y);
        draw_words(ui, e, p, line, y);
        if (focused && e->caret >= at && e->caret <= at + length)
            draw_rect(ui->draw,
                      rect_of(p->r.x - e->scroll + caret_x(ui, e, p->px), y + p->line * 0.12f,
                              fmaxf(2, ui_px(ui, 2)), p->line * 0.76f),
                      t->ink);
        draw_clip_pop(ui->draw);
        free(line);
        at += length + 1;
    }
}

unsigned ui_text_area(struct ui *ui, const char *id, struct rect r, struct text_edit *e, int px,
                      int marked)
{
    const struct theme *t = ui->theme;
    struct widget_record *w = ui_record(ui, WIDGET_FIELD, id, _("text"), r);
    unsigned hash = w ? w->hash : 0, touched = ui_react(ui, w, true), answer = 0;
    int before_caret = e->caret;
    if (touched & AREA_FOCUS) {
        char *before = mem_strdup(e->text);
        answer = FIELD_FOCUS | ui_type_into(ui, e, true);
        if (strcmp(before, e->text) != 0)
            answer |= FIELD_CHANGED;
        free(before);
        ui->text_wanted = !(answer & FIELD_LEFT);
        if (answer & FIELD_LEFT)
            ui->focus = 0;
        ui->last_focus = hash;
    } else if (hash && ui->last_focus == hash) {
        ui->last_focus = 0;
        answer |= FIELD_LEFT;
    }
    bool focused = touched & AREA_FOCUS && !(answer & FIELD_LEFT);
    draw_rect(ui->draw, r, t->panel);
    draw_frame(ui->draw, r, ui_px(ui, 2), focused || touched & AREA_HOVER ? t->ink : t->frame);
    struct page p = {.line = ceilf((float)px * 1.5f), .gutter = (float)px * 2.8f, .px = px};
    struct rect inside = rect_inset(r, ui_px(ui, 8));
    float height = (float)count_lines(e->text) * p.line, room = inside.w - p.gutter;
    if (e->caret != before_caret || answer & FIELD_CHANGED)
        follow_caret(ui, e, &p, inside.h, room);
    struct rect content = ui_scroll_begin(ui, id, inside, height, &e->scroll_down);
    p.r = rect_of(content.x + p.gutter, content.y, content.w - p.gutter, content.h);
    by_mouse(ui, e, &p, touched);
    draw_lines(ui, e, &p, marked, focused);
    ui_scroll_end(ui);
    if (focused)
        ui_focus_ring(ui, r, 2);
    return answer;
}
