/* The table of all keys (F1), made from that of the actions: a new action appears by itself. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "glassnet/view/action.h"
#include "glassnet/view/overlay.h"

enum { ROWS_MOST = 160, KEYS_A_ROW = 8, COLUMNS_MOST = 3 };

/* Design pixels. */
enum { ROW = 36, COLUMN_LEAST = 520, GAP = 40 };

struct row {
    const char *heading; /* else NULL */
    const char *title;
    const char *keys[KEYS_A_ROW];
    int n_keys;
};

struct table {
    struct row rows[ROWS_MOST];
    int n;
};

/* Signs that are typed with Shift, and = for +, are other keyboards' ways to a key that is shown.
 */
static bool is_other_way(const char *name)
{
    struct ui_chord c;
    if (!key_parse(name, &c) || c.key >= KEY_FIRST_NAMED)
        return false;
    bool plain = (c.key >= 'A' && c.key <= 'Z') || (c.key >= '0' && c.key <= '9') || c.key == ' ';
    return c.key == '=' || (c.mods & MOD_SHIFT && !plain);
}

static void add_keys(struct row *row, const struct action *a)
{
    for (int k = 0; k < ACTION_KEYS && a->keys[k] && row->n_keys < KEYS_A_ROW; k++)
        if (!is_other_way(a->keys[k]))
            row->keys[row->n_keys++] = a->keys[k];
}

static void add_row(struct table *t, struct row row)
{
    if (t->n < ROWS_MOST)
        t->rows[t->n++] = row;
}

/* The row of an action: its own, or that of several, at the place of the first of them. */
static void add_action(struct table *t, const struct action *a)
{
    const struct action_row *joined = action_row_of(a->line);
    if (!joined) {
        struct row row = {.title = translate(a->title)};
        add_keys(&row, a);
        if (row.n_keys > 0)
            add_row(t, row);
        return;
    }
    if (strcmp(joined->lines[0], a->line) != 0)
        return;
    struct row row = {.title = translate(joined->title)};
    for (int i = 0; i < ACTION_ROW && joined->lines[i]; i++) {
        const struct action *part = action_find(joined->lines[i]);
        if (part)
            add_keys(&row, part);
    }
    add_row(t, row);
}

static void fill(struct table *t)
{
    const struct action *a;
    t->n = 0;
    for (int group = 0; group < ACTION_GROUPS; group++) {
        add_row(t, (struct row){.heading = action_group_title((enum action_group)group)});
        for (int i = 0; (a = action_at(i)); i++)
            if ((int)a->group == group)
                add_action(t, a);
    }
    add_row(t, (struct row){
                   .title = _("From button to button"), .keys = {"Tab", "Shift+Tab"}, .n_keys = 2});
    add_row(t, (struct row){.title = _("Close, let go, go home"), .keys = {"Escape"}, .n_keys = 1});
}

/* "Shift+Left" as "Shift+←"; of arrows after the first in a row with the same modifiers "→". */
static const char *cap_text(const struct row *row, int k, char *out, size_t size)
{
    static const char *const arrows[][2] = {
        {"Left", "←"}, {"Right", "→"}, {"Up", "↑"}, {"Down", "↓"}};
    const char *name = row->keys[k];
    for (int i = 0; i < 4; i++) {
        size_t n = strlen(name), end = strlen(arrows[i][0]);
        if (n < end || strcmp(name + n - end, arrows[i][0]) != 0 ||
            (n > end && name[n - end - 1] != '+'))
            continue;
        bool again = k > 0 && strncmp(row->keys[0], name, n - end) == 0;
        snprintf(out, size, "%.*s%s", again ? 0 : (int)(n - end), name, arrows[i][1]);
        return out;
    }
    snprintf(out, size, "%s", name);
    return out;
}

struct sizes {
    int heading, text, cap;
    float row, caps; /* height of a row; width of the widest keys */
};

static float cap_width(struct ui *ui, const struct sizes *z, const char *text)
{
    return fmaxf((float)z->cap * 1.6f,
                 font_width(ui->fonts, FONT_MONO_BOLD, z->cap, text) + (float)z->cap * 0.8f);
}

static float caps_width(struct ui *ui, const struct sizes *z, const struct row *row)
{
    char text[48];
    float width = 0;
    for (int k = 0; k < row->n_keys; k++)
        width += cap_width(ui, z, cap_text(row, k, text, sizeof text)) + (float)z->cap * 0.4f;
    return width;
}

static void draw_row(struct ui *ui, const struct sizes *z, const struct row *row, struct rect r)
{
    const struct theme *t = ui->theme;
    if (row->heading) {
        draw_text_in(ui->draw, FONT_SANS_BOLD, z->heading, r, ALIGN_LEFT | TEXT_MAY_CUT,
                     t->text_phase[0], row->heading);
        return;
    }
    float own = caps_width(ui, z, row), room = fmaxf(own, z->caps);
    if (font_width(ui->fonts, FONT_SANS, z->text, row->title) > r.w - room)
        room = own; /* out of line, but whole */
    struct rect caps = rect_cut_left(&r, room);
    for (int k = 0; k < row->n_keys; k++) {
        char text[48];
        float height = (float)z->cap * 1.6f;
        cap_text(row, k, text, sizeof text);
        struct rect cap = rect_cut_left(&caps, cap_width(ui, z, text));
        rect_cut_left(&caps, (float)z->cap * 0.4f);
        cap = rect_centre(cap, cap.w, height);
        draw_round_rect(ui->draw, cap, height * 0.2f, t->background);
        draw_round_frame(ui->draw, cap, height * 0.2f, 1, t->frame);
        draw_text_in(ui->draw, FONT_MONO_BOLD, z->cap, cap, ALIGN_CENTRE | TEXT_MAY_CUT, t->ink,
                     text);
    }
    draw_text_in(ui->draw, FONT_SANS, z->text, r, ALIGN_LEFT | TEXT_MAY_CUT, t->ink, row->title);
}

static void draw_foot(struct ui *ui, struct rect r)
{
    static const char *const words[] = {
        N_("Mouse: a click selects a number, the wheel zooms, dragging moves the picture, a double "
           "click shows all of it."),
        N_("Mouse: click selects, wheel zooms, drag moves.")};
    int px = ui_text_px(ui, 20);
    for (int i = 0; i < 2; i++)
        if (font_width(ui->fonts, FONT_SANS, px, translate(words[i])) <= r.w) {
            draw_text_in(ui->draw, FONT_SANS, px, r, ALIGN_LEFT, ui->theme->muted,
                         translate(words[i]));
            return;
        }
}

static struct sizes sizes_of(struct ui *ui, const struct table *t, float column)
{
    struct sizes z = {ui_text_px(ui, 23), ui_text_px(ui, 20), ui_text_px(ui, 17), 0, 0};
    z.row = fmaxf(ui_px(ui, ROW), (float)z.text * 1.6f);
    for (int i = 0; i < t->n; i++)
        z.caps = fmaxf(z.caps, caps_width(ui, &z, &t->rows[i]));
    z.caps = fminf(z.caps + ui_px(ui, 12), column * 0.36f);
    return z;
}

/* How many rows a column has, so that all columns are about as long; a heading is never last. */
static int end_of_column(const struct table *t, int from, int most)
{
    int end = from + most < t->n ? from + most : t->n;
    if (end < t->n && end - 1 > from && t->rows[end - 1].heading)
        end--;
    return end;
}

/* Keys that scroll: nothing else has them here. */
static void scroll_by_keys(struct ui *ui, float page, float *scroll)
{
    static const struct {
        const char *key;
        float by;
    } keys[] = {{"PageDown", 0.9f}, {"Space", 0.9f}, {"PageUp", -0.9f}, {"Down", 0.15f},
                {"Up", -0.15f},     {"Home", -1e4f}, {"End", 1e4f}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (ui_key(ui, keys[i].key))
            *scroll += keys[i].by * page;
}

void keys_draw(const struct view *v, float *scroll)
{
    struct ui *ui = v->ui;
    struct table t;
    bool closes;
    fill(&t);
    struct rect in = overlay_begin(v, "keys", _("Keys"), 1800, 1500, &closes);
    struct rect whole = in;
    if (ui_area(ui, "table", whole, _("keys"), false) & AREA_CLICKED)
        closes = true;
    struct rect foot = rect_cut_bottom(&in, (float)ui_text_px(ui, 20) * 1.8f);
    draw_foot(ui, foot);
    float gap = ui_px(ui, GAP);
    int room = (int)((in.w + gap) / (ui_px(ui, COLUMN_LEAST) + gap)), columns = 1;
    room = room < 1 ? 1 : room > COLUMNS_MOST ? COLUMNS_MOST : room;
    struct sizes z = sizes_of(ui, &t, in.w / (float)room);
    while (columns < room && ceilf((float)t.n / (float)columns + 1) * z.row > in.h)
        columns++;
    int most = (t.n + columns - 1) / columns + (columns > 1); /* headings may move on */
    scroll_by_keys(ui, in.h, scroll);
    struct rect at = ui_scroll_begin(ui, "rows", in, z.row * (float)most, scroll);
    for (int column = 0, from = 0; column < columns; column++) {
        int end = column + 1 < columns ? end_of_column(&t, from, most) : t.n;
        struct rect r = rect_column(at, columns, column, gap);
        for (int i = from; i < end; i++)
            draw_row(ui, &z, &t.rows[i], rect_of(r.x, r.y + z.row * (float)(i - from), r.w, z.row));
        from = end;
    }
    ui_scroll_end(ui);
    if (closes)
        intents_add(v->out, "app keys");
    overlay_end(v);
}
