/* Where a number is typed on a lesson's page: a field, its button, and keys for those who have only
 * a pointer: a touch screen, a board. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "lesson_page.h"

enum { KEYS = 14, KEYS_A_ROW = 7 };

static const char *const keys[KEYS] = {"1", "2", "3", "4", "5", "6", "7",
                                       "8", "9", "0", ".", "−", "/", "‹"};

/* What the key does to what is typed. */
static void press(struct page *p, int key, struct text_edit *edit)
{
    struct ui *ui = p->v->ui;
    char sign[8];
    if (key == KEYS - 1) {
        text_edit_key(edit, (struct ui_chord){0, KEY_BACKSPACE}, &ui->clipboard);
    } else {
        snprintf(sign, sizeof sign, "%s", strcmp(keys[key], "−") == 0 ? "-" : keys[key]);
        text_edit_insert(edit, view_formula_signs(p->v->snap, sign));
    }
    ui->again = true;
}

static void put_keys(struct page *p, struct text_edit *edit, struct rect *at)
{
    struct ui *ui = p->v->ui;
    float gap = ui_px(ui, 5);
    for (int row = 0; row < KEYS / KEYS_A_ROW; row++) {
        struct rect line = {at->x, at->y + gap, at->w, ui_px(ui, 40)};
        at->y += line.h + gap;
        for (int i = 0; !p->dry && i < KEYS_A_ROW; i++) {
            int key = row * KEYS_A_ROW + i;
            char id[32], label[8];
            snprintf(id, sizeof id, "lesson.key.%s",
                     key == KEYS - 1               ? "back"
                     : strcmp(keys[key], "−") == 0 ? "minus"
                                                   : keys[key]);
            snprintf(label, sizeof label, "%s", keys[key]);
            if (key < KEYS - 1)
                view_formula_signs(p->v->snap, label);
            if (ui_button(ui, id, rect_column(line, KEYS_A_ROW, i, gap), label, BUTTON_NORMAL))
                press(p, key, edit);
        }
    }
}

/* The button that shows the keys; where it has no room they are always there. */
static bool has_keys(struct page *p, struct rect row, float width)
{
    struct ui *ui = p->v->ui;
    if (row.w < width)
        return true;
    struct rect at = rect_cut_right(&row, width);
    if (!p->dry) {
        unsigned style = BUTTON_PLAIN | (p->state->keypad ? (unsigned)BUTTON_ON : 0u);
        if (ui_button(ui, "lesson.keys", at, "123", style)) {
            p->state->keypad = !p->state->keypad;
            ui->again = true;
        }
        ui_tooltip(ui, at, _("Keys to press with the pointer"));
    }
    return p->state->keypad;
}

bool page_field(struct page *p, const char *id, const char *button_id, const char *button,
                const char *hint, struct text_edit *edit, bool *entered, struct rect *at)
{
    struct ui *ui = p->v->ui;
    struct rect row = {at->x, at->y, at->w, ui_px(ui, PAGE_FIELD)};
    float wanted = ui_button_width(ui, button), keys_width = ui_button_width(ui, "123");
    float gap = ui_px(ui, 12);
    float room = fmaxf(at->w * 0.3f, at->w - wanted - keys_width - 2 * gap);
    struct rect field = rect_cut_left(&row, fminf(fminf(ui_px(ui, 190), at->w * 0.52f), room));
    rect_cut_left(&row, gap);
    struct rect go_at = rect_cut_left(&row, fminf(row.w, wanted));
    at->y += row.h;
    bool go = false;
    *entered = false;
    if (!p->dry) {
        unsigned answer = ui_field(ui, id, field, edit, hint, FONT_MONO, ui_text_px(ui, 24));
        go = ui_button(ui, button_id, go_at, button, BUTTON_PRIMARY);
        *entered = answer & FIELD_ENTERED;
    }
    if (has_keys(p, row, keys_width))
        put_keys(p, edit, at);
    if (!(go || *entered) || !edit->text[0])
        return false;
    edit->anchor = 0; /* typing again replaces it */
    edit->caret = (int)strlen(edit->text);
    page_acted(p, *entered);
    if (go)
        ui_focus(ui, id);
    return true;
}
