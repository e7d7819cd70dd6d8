/* One line of text that can be typed into. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "ui_own.h"

unsigned ui_type_into(struct ui *ui, struct text_edit *e, bool lines)
{
    unsigned answer = 0;
    for (int i = 0; i < ui->in->n_keys; i++) {
        struct ui_key_press *k = &ui->in->keys[i];
        if (k->taken || k->chord.key == KEY_TAB)
            continue;
        if (k->chord.key == KEY_ENTER && !k->chord.mods) {
            if (lines)
                text_edit_insert(e, "\n");
            else
                answer |= FIELD_ENTERED;
            k->taken = true;
        } else if (k->chord.key == KEY_ESCAPE) {
            answer |= FIELD_LEFT;
            k->taken = true;
        } else if (text_edit_key(e, k->chord, &ui->clipboard)) {
            k->taken = true;
        } else if (k->chord.key < KEY_FIRST_NAMED && !(k->chord.mods & (MOD_CTRL | MOD_ALT))) {
            k->taken = true;
        }
    }
    if (ui->in->text[0])
        text_edit_insert(e, ui->in->text);
    ui->in->text[0] = 0;
    return answer;
}

static void by_mouse(struct ui *ui, struct text_edit *e, struct rect inner, enum font_face face,
                     int px, unsigned answer)
{
    if (!(answer & AREA_HELD))
        return;
    float start = inner.x - e->scroll;
    if (answer & AREA_DOUBLE) {
        e->anchor = 0;
        e->caret = (int)strlen(e->text);
        return;
    }
    if (answer & AREA_PRESSED) {
        e->caret = font_index_at(ui->fonts, face, px, e->text, ui->in->press_x - start);
        if (!(ui->in->mods & MOD_SHIFT))
            e->anchor = e->caret;
    }
    if (answer & AREA_DRAGGED)
        e->caret = font_index_at(ui->fonts, face, px, e->text, ui->in->mouse_x - start);
}

/* Keeps the caret in sight. */
static void follow_caret(struct text_edit *e, float caret, float text_width, float room)
{
    e->scroll = fminf(e->scroll, caret);
    e->scroll = fmaxf(e->scroll, caret - room + 2);
    e->scroll = fmaxf(0, fminf(e->scroll, fmaxf(0, text_width - room + 2)));
}

struct colour ui_selected_ground(const struct theme *t)
{
    float alpha = 0.45f;
    struct colour c = colour_over(colour_alpha(t->selection, alpha), t->panel);
    while (alpha > 0.1f && colour_contrast(t->ink, c) < t->least_contrast) {
        alpha -= 0.05f;
        c = colour_over(colour_alpha(t->selection, alpha), t->panel);
    }
    return c;
}

static void draw_content(struct ui *ui, struct text_edit *e, struct rect inner, const char *hint,
                         enum font_face face, int px, bool focused)
{
    const struct theme *t = ui->theme;
    float caret = font_width_n(ui->fonts, face, px, e->text, e->caret);
    float anchor = font_width_n(ui->fonts, face, px, e->text, e->anchor);
    follow_caret(e, caret, font_width(ui->fonts, face, px, e->text), inner.w);
    float cap = font_cap_height(ui->fonts, face, px), x = inner.x - e->scroll;
    float top = inner.y + (inner.h - cap) / 2 - 0.35f * cap, height = 1.7f * cap;
    draw_clip_push(ui->draw, rect_inset_xy(inner, -2, 0));
    if (focused && caret != anchor)
        draw_rect(ui->draw, rect_of(x + fminf(caret, anchor), top, fabsf(caret - anchor), height),
                  ui_selected_ground(t));
    struct rect line = {x, inner.y, 1e5f, inner.h};
    if (e->text[0])
        draw_text_in(ui->draw, face, px, line, TEXT_MAY_CUT, t->ink, e->text);
    else if (hint)
        draw_text_in(ui->draw, face, px, inner, TEXT_MAY_CUT, t->muted, hint);
    if (focused)
        draw_rect(ui->draw, rect_of(x + caret, top, fmaxf(2, ui_px(ui, 2)), height), t->ink);
    draw_clip_pop(ui->draw);
}

unsigned ui_field(struct ui *ui, const char *id, struct rect r, struct text_edit *edit,
                  const char *hint, enum font_face face, int px)
{
    const struct theme *t = ui->theme;
    struct rect inner = rect_inset_xy(r, ui_px(ui, 12), 0);
    struct widget_record *w = ui_record(ui, WIDGET_FIELD, id, edit->text, r);
    unsigned hash = w ? w->hash : 0;
    unsigned touched = ui_react(ui, w, true), answer = 0;
    if (touched & AREA_FOCUS) {
        char *before = mem_strdup(edit->text);
        answer = FIELD_FOCUS | ui_type_into(ui, edit, false);
        if (strcmp(before, edit->text) != 0)
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
    by_mouse(ui, edit, inner, face, px, touched);
    bool focused = touched & AREA_FOCUS && !(answer & FIELD_LEFT);
    draw_round_rect(ui->draw, r, ui_px(ui, 8), t->panel);
    draw_round_frame(ui->draw, r, ui_px(ui, 8), ui_px(ui, 2),
                     focused || touched & AREA_HOVER ? t->ink : t->frame);
    draw_content(ui, edit, inner, hint, face, px, focused);
    if (focused)
        ui_focus_ring(ui, r, ui_px(ui, 8));
    return answer;
}
