/* The settings as a box of rows: what it is at the left, how it may be at the right. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "glassnet/view/action.h"
#include "glassnet/view/overlay.h"

enum { WORDS_MOST = 5, ZOOM_STEP = 10, THREADS_MOST = 64 };

enum row_kind { ROW_WORDS, ROW_NUMBER };

/* A row: a setting with the words it may have, and how those are shown; or a number. */
struct row {
    const char *name, *title, *note;
    enum row_kind kind;
    const char *values[WORDS_MOST];
    const char *labels[WORDS_MOST];
};

static const struct row rows[] = {
    {"theme",
     N_("Colours"),
     N_("Paper for daylight, Board for a dark room"),
     ROW_WORDS,
     {"paper", "board", "contrast"},
     {N_("Paper"), N_("Board"), N_("Contrast")}},
    {"zoom", N_("Size"), N_("of everything on the screen"), ROW_NUMBER, {NULL}, {NULL}},
    {"digits",
     N_("Digits"),
     N_("of a number on the screen"),
     ROW_WORDS,
     {"2", "3", "4", "5", "6"},
     {"2", "3", "4", "5", "6"}},
    {"decimal",
     N_("Decimal sign"),
     N_("both are understood when typed"),
     ROW_WORDS,
     {"language", "point", "comma"},
     {N_("By language"), "0.5", "0,5"}},
    {"motion",
     N_("Motion"),
     N_("steps slide, or jump at once"),
     ROW_WORDS,
     {"on", "off"},
     {N_("On"), N_("Off")}},
    {"threads", N_("Threads"), N_("of training, from its next start"), ROW_NUMBER, {NULL}, {NULL}},
    {"language",
     N_("Language"),
     N_("of the screen"),
     ROW_WORDS,
     {"system", "en", "pl"},
     {N_("System"), "English", "Polski"}},
};

enum { ROWS = sizeof rows / sizeof *rows };

static int words_of(const struct row *row)
{
    int n = 0;
    while (n < WORDS_MOST && row->values[n])
        n++;
    return n;
}

static void draw_words(const struct view *v, const struct row *row, struct rect r)
{
    char now[64];
    int n = words_of(row), chosen = -1;
    settings_get(v->snap->settings, row->name, now, sizeof now);
    for (int i = 0; i < n; i++)
        chosen = strcmp(row->values[i], now) == 0 ? i : chosen;
    struct rect part = rect_cut_left(&r, fminf(r.w, ui_segments_width(v->ui, row->labels, n)));
    int answer = ui_segments(v->ui, row->name, part, row->labels, n, chosen, 0);
    if (answer >= 0 && answer != chosen)
        intents_add(v->out, "setting %s %s", row->name, row->values[answer]);
}

static bool is_zoom(const struct row *row)
{
    return strcmp(row->name, "zoom") == 0;
}

/* "150 %", "as many as help" */
static void number_text(const struct row *row, int now, char *out, size_t size)
{
    if (is_zoom(row))
        snprintf(out, size, "%d %%", now);
    else if (now == 0)
        snprintf(out, size, _("as many as help"));
    else
        snprintf(out, size, "%d", now);
}

static void step_number(const struct view *v, const struct row *row, int now, int by, int low,
                        int high)
{
    int to = now + by;
    to = to < low ? low : to > high ? high : to;
    if (to != now)
        intents_add(v->out, "setting %s %d", row->name, to);
}

static void draw_number(const struct view *v, const struct row *row, struct rect r)
{
    struct ui *ui = v->ui;
    const struct settings *s = v->snap->settings;
    int now = is_zoom(row) ? s->zoom : s->threads, step = is_zoom(row) ? ZOOM_STEP : 1;
    int low = is_zoom(row) ? 80 : 0, high = is_zoom(row) ? 250 : THREADS_MOST;
    char id[64], text[48], tip[96];
    float side = fminf(ui_px(ui, 52), r.w / 4);
    struct rect less = rect_cut_left(&r, side);
    snprintf(id, sizeof id, "%s.less", row->name);
    if (ui_button(ui, id, less, "−", BUTTON_NORMAL | (now > low ? 0u : BUTTON_DISABLED)))
        step_number(v, row, now, -step, low, high);
    number_text(row, now, text, sizeof text);
    float wide =
        fmaxf(ui_px(ui, 96),
              font_width(ui->fonts, FONT_SANS_BOLD, ui_text_px(ui, 22), text) + ui_px(ui, 24));
    struct rect middle = rect_cut_left(&r, fminf(wide, r.w - side));
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 22), middle, ALIGN_CENTRE | TEXT_MAY_CUT,
                 ui->theme->ink, text);
    struct rect more = rect_cut_left(&r, side);
    snprintf(id, sizeof id, "%s.more", row->name);
    if (ui_button(ui, id, more, "+", BUTTON_NORMAL | (now < high ? 0u : BUTTON_DISABLED)))
        step_number(v, row, now, step, low, high);
    if (!is_zoom(row))
        return;
    snprintf(tip, sizeof tip, _("Smaller (%s)"), action_key("app zoom out"));
    ui_tooltip(ui, less, tip);
    snprintf(tip, sizeof tip, _("Larger (%s)"), action_key("app zoom in"));
    ui_tooltip(ui, more, tip);
}

static void draw_row(const struct view *v, const struct row *row, bool stacked, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    float control = ui_px(ui, 48);
    struct rect words =
        stacked ? rect_cut_top(&r, r.h - control - ui_px(ui, 10)) : rect_cut_left(&r, r.w * 0.42f);
    words = rect_centre(words, words.w, fminf(words.h, ui_px(ui, 62)));
    struct rect name = rect_cut_top(&words, words.h * 0.54f);
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 22), name, ALIGN_LEFT | TEXT_MAY_CUT,
                 t->ink, translate(row->title));
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 18), words, ALIGN_LEFT | TEXT_MAY_CUT,
                 t->muted, translate(row->note));
    struct rect at = rect_centre(r, r.w, control);
    at.x += 3; /* room for the focus ring within the scroll area's clip */
    at.w -= 6;
    if (row->kind == ROW_WORDS)
        draw_words(v, row, at);
    else
        draw_number(v, row, at);
}

static bool waits(const struct ui *ui, unsigned mods, unsigned key)
{
    for (int i = 0; i < ui->in->n_keys; i++)
        if (ui->in->keys[i].chord.key == key && ui->in->keys[i].chord.mods == mods)
            return true;
    return false;
}

/* Tab leads to widgets in sight only: the row it goes to is brought there first. */
static void follow_focus(const struct ui *ui, struct settings_state *s, float row, float height)
{
    int to = s->row;
    if (waits(ui, 0, KEY_TAB))
        to = s->row + 1;
    else if (waits(ui, MOD_SHIFT, KEY_TAB))
        to = s->row < 0 ? ROWS - 1 : s->row - 1;
    else
        return;
    to = to < 0 ? 0 : to >= ROWS ? ROWS - 1 : to;
    s->scroll = fminf(s->scroll, row * (float)(to < s->row ? to : to - 1));
    s->scroll = fmaxf(s->scroll, row * (float)(to + 1) - height);
}

static bool has_focus(const struct ui *ui, int from)
{
    for (int i = from; i < ui->n_records; i++)
        if (ui->records[i].state & STATE_FOCUS)
            return true;
    return false;
}

void settings_draw(const struct view *v, struct settings_state *s)
{
    struct ui *ui = v->ui;
    bool closes;
    struct rect in = overlay_begin(v, "settings", _("Settings"), 900, 700, &closes);
    bool stacked = in.w < ui_px(ui, 700);
    float row = ui_px(ui, stacked ? 126 : 80);
    follow_focus(ui, s, row, in.h);
    struct rect at = ui_scroll_begin(ui, "rows", in, row * ROWS, &s->scroll);
    s->row = -1;
    for (int i = 0; i < ROWS; i++) {
        int from = ui->n_records;
        draw_row(v, &rows[i], stacked, (struct rect){at.x, at.y + row * (float)i, at.w, row});
        s->row = has_focus(ui, from) ? i : s->row;
    }
    ui_scroll_end(ui);
    if (closes)
        intents_add(v->out, "app settings");
    overlay_end(v);
}
