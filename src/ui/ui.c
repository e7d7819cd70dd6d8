/* One frame of widgets: ids, pointer, keyboard focus, records, tooltip. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "ui_own.h"

void ui_init(struct ui *ui, struct fonts *fonts, const struct theme *theme)
{
    memset(ui, 0, sizeof *ui);
    ui->fonts = fonts;
    ui->theme = theme;
    ui->zoom = ui->scale = 1;
}

void ui_deinit(struct ui *ui)
{
    free(ui->records);
    memset(ui, 0, sizeof *ui);
}

void ui_begin(struct ui *ui, struct ui_input *in, struct draw_list *draw, int w, int h)
{
    ui->in = in;
    ui->draw = draw;
    ui->w = w;
    ui->h = h;
    ui->scale = fminf((float)w / 1920, (float)h / 1080) * ui->zoom;
    ui->accent = ui->theme->ink;
    ui->text_wanted = ui->again = false;
    ui->n_records = 0;
    ui->prefix_depth = 0;
    ui->next_hot = 0;
    ui->tooltip[0] = 0;
    ui->n_popups_last = ui->n_popups;
    ui->n_popups = 0;
    ui->popup_now = -1;
    ui->n_behind = ui->n_scrolls = 0;
    draw_list_begin(draw, w, h);
}

float ui_px(const struct ui *ui, float design_px)
{
    return design_px * ui->scale;
}

int ui_text_px(const struct ui *ui, float design_px)
{
    const int least = 12;
    int px = (int)floorf(design_px * ui->scale + 0.5f);
    return px < least ? least : px > FONT_PX_MAX ? FONT_PX_MAX : px;
}

void ui_id_push(struct ui *ui, const char *prefix)
{
    if (ui->prefix_depth >= UI_ID_DEPTH)
        return;
    char *full = ui->prefix[ui->prefix_depth];
    size_t size = sizeof ui->prefix[0];
    const char *before = ui->prefix_depth ? ui->prefix[ui->prefix_depth - 1] : "";
    snprintf(full, size, "%.40s%.20s.", before, prefix);
    ui->prefix_depth++;
}

void ui_id_pop(struct ui *ui)
{
    if (ui->prefix_depth > 0)
        ui->prefix_depth--;
}

/* FNV-1a of the whole id. */
static unsigned hash_id(const char *id)
{
    unsigned hash = 2166136261u;
    for (; *id; id++)
        hash = (hash ^ (unsigned char)*id) * 16777619u;
    return hash ? hash : 1;
}

bool ui_hovers(const struct ui *ui, struct rect r)
{
    float x = ui->in->mouse_x, y = ui->in->mouse_y;
    if (!rect_contains(rect_intersect(r, draw_clip(ui->draw)), x, y))
        return false;
    int above = ui->popup_now < 0 ? 0 : ui->popup_now + 1;
    for (int i = above; i < ui->n_popups_last; i++)
        if (rect_contains(ui->popups[i], x, y))
            return false;
    return true;
}

void ui_popup_begin(struct ui *ui, struct rect r)
{
    if (ui->n_popups >= UI_POPUPS)
        return;
    ui->popup_now = ui->n_popups++;
    ui->popups[ui->popup_now] = r;
    if (ui_hovers(ui, r))
        ui->next_hot = hash_id("popup");
    draw_tag(ui->draw, "popup");
}

void ui_popup_end(struct ui *ui)
{
    ui->popup_now = -1;
    draw_tag(ui->draw, NULL);
}

void ui_behind_begin(struct ui *ui)
{
    ui->held.n_keys = ui->in->n_keys;
    ui->held.focus = ui->focus;
    memcpy(ui->held.text, ui->in->text, sizeof ui->held.text);
    ui->in->n_keys = 0;
    ui->in->text[0] = 0;
    ui->focus = 0;
}

void ui_behind_end(struct ui *ui)
{
    ui->in->n_keys = ui->held.n_keys;
    memcpy(ui->in->text, ui->held.text, sizeof ui->in->text);
    ui->focus = ui->held.focus;
    ui->n_behind = ui->n_records;
    ui->text_wanted = false;
    ui->tooltip[0] = 0;
}

bool ui_take_key(struct ui *ui, struct ui_chord chord)
{
    for (int i = 0; i < ui->in->n_keys; i++) {
        struct ui_key_press *k = &ui->in->keys[i];
        if (k->taken || k->chord.key != chord.key || k->chord.mods != chord.mods)
            continue;
        k->taken = true;
        return true;
    }
    return false;
}

bool ui_key(struct ui *ui, const char *name)
{
    struct ui_chord chord;
    return key_parse(name, &chord) && ui_take_key(ui, chord);
}

void ui_focus(struct ui *ui, const char *id)
{
    ui->focus = id ? hash_id(id) : 0;
}

struct widget_record *ui_record(struct ui *ui, enum widget_kind kind, const char *id,
                                const char *label, struct rect r)
{
    r = rect_intersect(r, draw_clip(ui->draw));
    if (rect_is_empty(r))
        return NULL;
    ui->records = mem_grow(ui->records, &ui->cap_records, ui->n_records + 1, sizeof *ui->records);
    struct widget_record *w = &ui->records[ui->n_records++];
    memset(w, 0, sizeof *w);
    w->kind = kind;
    w->rect = r;
    const char *prefix = ui->prefix_depth ? ui->prefix[ui->prefix_depth - 1] : "";
    snprintf(w->id, sizeof w->id, "%s%s", prefix, id);
    snprintf(w->label, sizeof w->label, "%s", label ? label : "");
    w->hash = hash_id(w->id);
    return w;
}

static unsigned by_pointer(struct ui *ui, const struct widget_record *w)
{
    const struct ui_input *in = ui->in;
    bool over = ui_hovers(ui, w->rect);
    unsigned answer = 0;
    if (over)
        ui->next_hot = w->hash;
    if (over && ui->hot == w->hash && (!ui->active || ui->active == w->hash))
        answer |= AREA_HOVER;
    if (ui->active == w->hash) {
        if (ui->pressed == w->hash)
            answer |= AREA_PRESSED | (ui->clicks >= 2 ? AREA_DOUBLE : 0);
        answer |= AREA_HELD;
        if (in->moved_x != 0 || in->moved_y != 0)
            answer |= AREA_DRAGGED;
        if (in->released[MOUSE_LEFT] && over)
            answer |= AREA_CLICKED;
    }
    if (ui->right == w->hash && in->released[MOUSE_RIGHT] && over)
        answer |= AREA_RIGHT;
    return answer;
}

static unsigned by_keyboard(struct ui *ui, const struct widget_record *w)
{
    if (ui->focus != w->hash)
        return 0;
    unsigned answer = AREA_FOCUS;
    bool typed = w->kind == WIDGET_FIELD;
    if (!typed && (ui_take_key(ui, (struct ui_chord){0, KEY_ENTER}) ||
                   ui_take_key(ui, (struct ui_chord){0, KEY_SPACE})))
        answer |= AREA_CLICKED;
    return answer;
}

unsigned ui_react(struct ui *ui, struct widget_record *w, bool focusable)
{
    if (!w || w->state & STATE_DISABLED) {
        /* A dead button still covers what lies under it. */
        if (w && ui_hovers(ui, w->rect))
            ui->next_hot = w->hash;
        return 0;
    }
    w->focusable = focusable;
    unsigned answer = by_pointer(ui, w) | by_keyboard(ui, w);
    w->state |= (answer & AREA_HOVER ? STATE_HOVER : 0) | (answer & AREA_FOCUS ? STATE_FOCUS : 0);
    return answer;
}

unsigned ui_area(struct ui *ui, const char *id, struct rect r, const char *label, bool focusable)
{
    unsigned answer = ui_react(ui, ui_record(ui, WIDGET_AREA, id, label, r), focusable);
    if (answer & AREA_FOCUS)
        ui_focus_ring(ui, r, 0);
    return answer;
}

void ui_focus_ring(struct ui *ui, struct rect r, float radius)
{
    if (!ui->focus_visible)
        return;
    float width = fmaxf(2, floorf(ui_px(ui, 3)));
    struct rect ring = rect_inset(rect_snap(r), -width - 1);
    draw_round_frame(ui->draw, ring, radius + width, width, ui->theme->focus);
}

void ui_tooltip(struct ui *ui, struct rect r, const char *text)
{
    if (!ui_hovers(ui, r))
        return;
    snprintf(ui->tooltip, sizeof ui->tooltip, "%s", text);
    ui->tooltip_rect = r;
}

static void draw_tooltip(struct ui *ui)
{
    int px = ui_text_px(ui, 19);
    float pad = ui_px(ui, 10), w = font_width(ui->fonts, FONT_SANS, px, ui->tooltip) + 2 * pad;
    float h = font_line(ui->fonts, FONT_SANS, px) + pad;
    struct rect at = ui->tooltip_rect, r = {at.x + at.w / 2 - w / 2, at.y + at.h + 6, w, h};
    if (r.y + h > (float)ui->h)
        r.y = at.y - h - 6;
    r.x = fmaxf(4, fminf(r.x, (float)ui->w - w - 4));
    draw_tag(ui->draw, "tooltip");
    draw_rect(ui->draw, r, ui->theme->ink);
    draw_text_in(ui->draw, FONT_SANS, px, rect_inset_xy(r, pad, 0), TEXT_MAY_CUT, ui->theme->on_ink,
                 ui->tooltip);
    draw_tag(ui->draw, NULL);
}

static void end_tooltip(struct ui *ui)
{
    const double rest = 0.5; /* seconds the pointer lies still before the text appears */
    bool moved = ui->in->moved_x != 0 || ui->in->moved_y != 0 || ui->in->down[MOUSE_LEFT];
    if (moved || strcmp(ui->tooltip, ui->last_tooltip) != 0) {
        memcpy(ui->last_tooltip, ui->tooltip, sizeof ui->tooltip);
        ui->tooltip_since = ui->time;
    }
    if (!ui->tooltip[0])
        return;
    if (ui->time - ui->tooltip_since >= rest)
        draw_tooltip(ui);
    else
        ui->again = true;
}

/* Tab: the focus goes to the next (step 1) or previous (-1) widget in the order of calls. */
static void move_focus(struct ui *ui, int step)
{
    const struct widget_record *records = ui->records + ui->n_behind;
    int n = ui->n_records - ui->n_behind, at = step > 0 ? -1 : n;
    for (int i = 0; i < n; i++)
        if (records[i].hash == ui->focus && records[i].focusable)
            at = i;
    for (int k = 0; k < n; k++) {
        at = (at + step + n) % n;
        if (records[at].focusable) {
            ui->focus = records[at].hash;
            ui->focus_visible = ui->again = true;
            return;
        }
    }
}

static const struct widget_record *record_of(const struct ui *ui, unsigned hash)
{
    for (int i = ui->n_behind; i < ui->n_records; i++)
        if (ui->records[i].hash == hash)
            return &ui->records[i];
    return NULL;
}

static void end_pointer(struct ui *ui)
{
    const struct ui_input *in = ui->in;
    ui->pressed = 0;
    if (in->released[MOUSE_LEFT])
        ui->active = 0;
    if (in->pressed[MOUSE_LEFT]) {
        ui->active = ui->pressed = ui->next_hot;
        ui->clicks = in->clicks;
        const struct widget_record *w = record_of(ui, ui->next_hot);
        ui->focus = w && w->kind == WIDGET_FIELD ? w->hash : 0;
        ui->focus_visible = false;
        ui->again = true;
    }
    if (in->released[MOUSE_RIGHT])
        ui->right = 0;
    if (in->pressed[MOUSE_RIGHT])
        ui->right = ui->next_hot;
    if (ui->hot != ui->next_hot)
        ui->again = true;
    ui->hot = ui->next_hot;
}

void ui_end(struct ui *ui)
{
    end_tooltip(ui);
    end_pointer(ui);
    if (ui->focus && !record_of(ui, ui->focus))
        ui->focus = 0;
    if (ui_take_key(ui, (struct ui_chord){0, KEY_TAB}))
        move_focus(ui, 1);
    else if (ui_take_key(ui, (struct ui_chord){MOD_SHIFT, KEY_TAB}))
        move_focus(ui, -1);
    else if (ui->focus && ui_take_key(ui, (struct ui_chord){0, KEY_ESCAPE}))
        ui->focus = 0;
}

const struct widget_record *ui_find(const struct ui *ui, const char *id_or_label)
{
    for (int i = 0; i < ui->n_records; i++)
        if (strcmp(ui->records[i].id, id_or_label) == 0)
            return &ui->records[i];
    for (int i = 0; i < ui->n_records; i++)
        if (strcmp(ui->records[i].label, id_or_label) == 0)
            return &ui->records[i];
    return NULL;
}

void ui_dump(const struct ui *ui, FILE *out)
{
    static const char *const kinds[] = {"button",   "segment", "slider", "field",
                                        "checkbox", "row",     "area",   "link"};
    for (int i = 0; i < ui->n_records; i++) {
        const struct widget_record *w = &ui->records[i];
        fprintf(out, "%s %s \"%s\" %.0f %.0f %.0f %.0f%s%s%s%s\n", kinds[w->kind], w->id, w->label,
                (double)w->rect.x, (double)w->rect.y, (double)w->rect.w, (double)w->rect.h,
                w->state & STATE_ON ? " on" : "", w->state & STATE_DISABLED ? " disabled" : "",
                w->state & STATE_FOCUS ? " focus" : "", w->state & STATE_HOVER ? " hover" : "");
    }
}
