#include <math.h>

#include "glassnet/view/screen.h"

static const struct {
    const char *key, *does;
} keys[] = {
    {"Space, PageDown", "one step on"},
    {"PageUp", "one step back"},
    {"Home, End", "to the start, to the end"},
    {"1 2 3 4", "forward, loss, backward, update"},
    {"Arrows", "to the cell beside it"},
    {"Enter", "to the first number it was computed from"},
    {"Backspace", "back to where you came from"},
    {"Click", "select a number"},
    {"Wheel, drag", "zoom, move the picture"},
    {"F, double click", "the whole picture"},
    {"Ctrl+K", "type the name of a cell"},
    {"Ctrl+C", "copy the value"},
    {"Ctrl+Shift+C", "copy the tensor as a table"},
    {"Ctrl+Z, Ctrl+Y", "undo, redo an edit"},
    {"N, Shift+N", "next sample, previous sample"},
    {"P", "play, pause"},
    {"H", "hide the value: guess first"},
    {"L", "spotlight on the selection"},
    {"B", "blank the screen"},
    {"F9", "fold the panel away"},
    {"F11", "full screen"},
    {"Ctrl +, Ctrl −", "everything larger, smaller"},
    {"Tab", "from button to button"},
    {"Escape", "close, home"},
};

enum { KEYS = sizeof keys / sizeof *keys, ROWS = (KEYS + 1) / 2 };

void keys_draw(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    float scale = fminf(1, fminf(r.w / ui_px(ui, 1500), r.h / ui_px(ui, 800)));
    struct rect box = rect_centre(r, ui_px(ui, 1440) * scale, ui_px(ui, 780) * scale);
    ui_popup_begin(ui, r);
    draw_tag(ui->draw, "keys");
    draw_rect(ui->draw, r, t->background);
    draw_rect(ui->draw, box, t->panel);
    draw_frame(ui->draw, box, 2, t->frame);
    struct rect in = rect_inset(box, ui_px(ui, 36) * scale);
    int title = (int)fmaxf(12, (float)ui_text_px(ui, 30) * scale);
    int px = (int)fmaxf(12, (float)ui_text_px(ui, 20) * scale);
    struct rect head = rect_cut_top(&in, (float)title * 2);
    draw_text_in(ui->draw, FONT_SANS_BOLD, title, head, ALIGN_LEFT | TEXT_MAY_CUT, t->ink, "Keys");
    for (int i = 0; i < KEYS; i++) {
        struct rect column = rect_column(in, 2, i / ROWS, ui_px(ui, 30) * scale);
        struct rect row = rect_row(column, ROWS, i % ROWS, 0);
        struct rect key = rect_cut_left(&row, row.w * 0.36f);
        draw_text_in(ui->draw, FONT_MONO_BOLD, px, key, ALIGN_LEFT | TEXT_MAY_CUT, t->ink,
                     keys[i].key);
        draw_text_in(ui->draw, FONT_SANS, px, row, ALIGN_LEFT | TEXT_MAY_CUT, t->muted,
                     keys[i].does);
    }
    if (ui_area(ui, "keys", r, "keys", false) & AREA_CLICKED)
        intents_add(v->out, "app keys");
    draw_tag(ui->draw, NULL);
    ui_popup_end(ui);
}
