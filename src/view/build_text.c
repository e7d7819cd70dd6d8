/* The text that is being built. What is typed becomes commands that replace the lines it differs
 * in; what else changes the text is taken over. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "build_own.h"
#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"

enum { PIECE = 1000 }; /* bytes of a command's lines: it must fit into an intent */

static struct text line_at(const char *text, int n)
{
    struct text rest = text_of(text), line = {"", 0};
    for (int i = 0; i < n; i++)
        line = text_next_line(&rest);
    return line;
}

static int count_lines(const char *text)
{
    struct text rest = text_of(text);
    int n = 0;
    for (; rest.n > 0; n++)
        text_next_line(&rest);
    return n;
}

static bool same(struct text a, struct text b)
{
    return a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
}

/* The line as `build lines` reads it, its end with it. Returns its length; 0: no room. */
static size_t escape(struct text line, char *out, size_t room)
{
    size_t n = 0;
    for (size_t i = 0; i < line.n; i++) {
        char c = line.p[i];
        char sign = c == '#'             ? 'h'
                    : c == '\\'          ? '\\'
                    : c == '\t'          ? 't'
                    : c == ' ' && i == 0 ? 's'
                                         : 0;
        if (n + 6 > room)
            return 0;
        if (sign)
            out[n++] = '\\';
        out[n++] = sign ? sign : c;
    }
    if (n + 3 > room)
        return 0;
    out[n++] = '\\';
    out[n++] = 'n';
    out[n] = 0;
    return n;
}

/* Lines from `from` (of the new text) on, in as many commands as they need. */
static bool send(const struct view *v, const char *text, int from, int count, int replaced)
{
    char piece[PIECE + 16];
    size_t used = 0;
    int first = from;
    piece[0] = 0;
    for (int i = 0; i < count; i++) {
        size_t n = escape(line_at(text, from + i), piece + used, PIECE - used);
        if (n == 0 && used == 0)
            return false; /* one line too long for any command */
        if (n > 0) {
            used += n;
            continue;
        }
        piece[used] = 0;
        intents_add(v->out, "build lines %d %d %s", first, replaced, piece);
        first = from + i;
        replaced = 0;
        used = 0;
        i--;
    }
    piece[used] = 0;
    intents_add(v->out, "build lines %d %d %s", first, replaced, piece);
    return true;
}

/* What of the text differs: all lines but the same ones at both ends. */
static void send_typed(const struct view *v, struct build_state *s)
{
    const char *old = v->snap->build->text, *now = s->text;
    int before = count_lines(old), after = count_lines(now), head = 0, tail = 0;
    int least = before < after ? before : after;
    while (head < least && same(line_at(old, head + 1), line_at(now, head + 1)))
        head++;
    while (tail < least - head && same(line_at(old, before - tail), line_at(now, after - tail)))
        tail++;
    if (head == before && head == after)
        return;
    s->too_long = strlen(now) > BUILD_TEXT - 2 ||
                  !send(v, now, head + 1, after - head - tail, before - head - tail);
}

/* The text of the session, where it is another one than that in the area; its last line's end is
 * not looked at, since typing may not have come to it. */
static void take_over(const struct view *v, struct build_state *s)
{
    const struct build_view *b = v->snap->build;
    if (b->number == s->seen)
        return;
    s->seen = b->number;
    size_t n = strlen(b->text), own = strlen(s->text);
    n -= n > 0 && b->text[n - 1] == '\n';
    own -= own > 0 && s->text[own - 1] == '\n';
    if (n == own && memcmp(b->text, s->text, n) == 0)
        return;
    int caret = s->edit.caret;
    float scroll = s->edit.scroll, down = s->edit.scroll_down;
    text_edit_set(&s->edit, b->text);
    s->edit.caret = s->edit.anchor = caret < s->edit.caret ? caret : s->edit.caret;
    s->edit.scroll = scroll;
    s->edit.scroll_down = down;
    s->too_long = false;
}

/* The whole sentence stands below its block, too, where there is no room for it here. */
static void draw_verdict(const struct view *v, const struct build_state *s, struct rect r)
{
    const float leading = 1.35f;
    struct ui *ui = v->ui;
    const struct build_view *b = v->snap->build;
    char text[1200];
    bool bad = s->too_long || b->fault[0];
    if (s->too_long)
        snprintf(text, sizeof text,
                 _("This is longer than can be taken here: lines of %d bytes, %d in all."),
                 BUILD_LINE, BUILD_TEXT);
    else if (bad)
        snprintf(text, sizeof text, _("Line %d: %s"), b->fault_line, b->fault);
    else
        snprintf(text, sizeof text,
                 _("Every line can be read, and every block fits the one above it."));
    const struct text_run run = {.text = text, .colour = bad ? ui->theme->error : ui->theme->muted};
    struct paragraph_style style = {.px = ui_text_px(ui, 19), .leading = leading};
    style.max_lines = (int)(r.h / ((float)style.px * leading));
    if (style.max_lines > 0)
        paragraph_draw(ui->draw, &run, 1, &style, r.x, r.y, r.w);
}

void build_text_draw(const struct view *v, struct build_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    take_over(v, s);
    int px = ui_text_px(ui, 21);
    struct rect head = rect_cut_top(&r, (float)px * 1.7f);
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 22), head, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, _("Text"));
    struct rect foot = rect_cut_bottom(&r, (float)px * 4.6f);
    unsigned answer = ui_text_area(ui, "build.text", r, &s->edit, px, v->snap->build->fault_line);
    if (answer & FIELD_CHANGED)
        send_typed(v, s);
    if (answer & FIELD_FOCUS && ui_key(ui, "Ctrl+Z"))
        intents_add(v->out, "build undo");
    if (answer & FIELD_FOCUS && ui_key(ui, "Ctrl+Y"))
        intents_add(v->out, "build redo");
    rect_cut_top(&foot, ui_px(ui, 6));
    draw_verdict(v, s, foot);
}
