/* The table of all keys (F1), in two columns. The names are those of action.c; a test holds
 * the two together. */
#include <math.h>

#include "glassnet/view/screen.h"

enum { KEYS_A_ROW = 4 };

/* A row with `heading` begins a group. */
static const struct key_row {
    const char *heading;
    const char *keys[KEYS_A_ROW];
    const char *does;
} left[] =
    {
        {.heading = "Step"},
        {NULL, {"Space", "PageDown"}, "one step on"},
        {NULL, {"Shift+Space", "PageUp"}, "one step back"},
        {NULL, {"Home", "End"}, "to the start, to the end"},
        {NULL, {"1", "2", "3", "4"}, "forward, loss, backward, update"},
        {NULL, {"P"}, "play by itself, pause"},
        {NULL, {"+", "-"}, "play faster, slower"},
        {NULL, {"N", "Shift+N"}, "next sample, previous sample"},
        {NULL, {"[", "]"}, "the batch's sample before, the next one"},
        {.heading = "Select"},
        {NULL, {"Left", "Right", "Up", "Down"}, "the cell beside"},
        {NULL, {"Enter"}, "the first number it came from"},
        {NULL, {"Backspace"}, "back to where you were"},
        {NULL, {"Ctrl+K"}, "type a cell's name"},
        {NULL, {"W"}, "watch the cell, or no longer"},
        {NULL, {"Ctrl+C"}, "copy the value"},
        {NULL, {"Ctrl+Shift+C"}, "copy the tensor as a table"},
},
  right[] = {
      {.heading = "Look"},
      {NULL, {"F2", "F4"}, "the network; one layer, large"},
      {NULL, {"F"}, "all of the picture"},
      {NULL, {"Z", "Shift+Z"}, "closer, farther"},
      {NULL, {"Shift+Left", "Shift+Right"}, "more of what lies beside"},
      {NULL, {"Shift+Up", "Shift+Down"}, "more of what lies above, below"},
      {NULL, {"E"}, "lines by weight or by gradient"},
      {NULL, {"U"}, "open what is folded, fold it"},
      {NULL, {"M"}, "the lens, on or off"},
      {NULL, {"Ctrl++", "Ctrl+-", "Ctrl+0"}, "larger, smaller, as it was"},
      {NULL, {"F9"}, "fold the panel away"},
      {NULL, {"F11"}, "full screen"},
      {.heading = "Show others"},
      {NULL, {"H"}, "hide the value: guess first"},
      {NULL, {"L"}, "light on the selection alone"},
      {NULL, {"B", "."}, "blank the screen"},
      {.heading = "Everything else"},
      {NULL, {"Ctrl+Z", "Ctrl+Y"}, "undo, redo (or Ctrl+Shift+Z)"},
      {NULL, {"Tab", "Shift+Tab"}, "from button to button"},
      {NULL, {"Ctrl+,"}, "settings"},
      {NULL, {"F1", "?"}, "these keys"},
      {NULL, {"Escape", "Ctrl+Q"}, "close or go home; end Glassnet"},
};

enum {
    LEFT = sizeof left / sizeof *left,
    RIGHT = sizeof right / sizeof *right,
    ROWS = LEFT > RIGHT ? LEFT : RIGHT
};

/* Sizes in output pixels: the box shrinks where a large zoom would push it off the screen. */
struct sizes {
    float scale;
    int title, heading, text, cap;
};

static int text_px(const struct ui *ui, float design, float scale)
{
    const float least = 12;
    return (int)fmaxf(least, floorf(ui_px(ui, design) * scale + 0.5f));
}

/* A key as on the keyboard; returns its width. */
static float draw_cap(struct ui *ui, const struct sizes *z, float x, float middle, const char *name)
{
    const struct theme *t = ui->theme;
    float pad = (float)z->cap * 0.45f, height = (float)z->cap * 1.6f;
    float width = fmaxf(height, font_width(ui->fonts, FONT_MONO_BOLD, z->cap, name) + 2 * pad);
    struct rect r = {x, middle - height / 2, width, height};
    draw_round_rect(ui->draw, r, height * 0.2f, t->background);
    draw_round_frame(ui->draw, r, height * 0.2f, 1, t->frame);
    draw_text_in(ui->draw, FONT_MONO_BOLD, z->cap, r, ALIGN_CENTRE, t->ink, name);
    return width;
}

static void draw_row(struct ui *ui, const struct sizes *z, const struct key_row *k, struct rect row)
{
    const struct theme *t = ui->theme;
    if (k->heading) {
        draw_text_in(ui->draw, FONT_SANS_BOLD, z->heading, row, ALIGN_LEFT, t->text_phase[0],
                     k->heading);
        return;
    }
    struct rect caps = rect_cut_left(&row, row.w * 0.47f);
    for (int i = 0; i < KEYS_A_ROW && k->keys[i]; i++)
        rect_cut_left(&caps, draw_cap(ui, z, caps.x, caps.y + caps.h / 2, k->keys[i]) +
                                 (float)z->cap * 0.4f);
    draw_text_in(ui->draw, FONT_SANS, z->text, row, ALIGN_LEFT | TEXT_MAY_CUT, t->ink, k->does);
}

static void draw_column(struct ui *ui, const struct sizes *z, const struct key_row *rows, int n,
                        struct rect r)
{
    for (int i = 0; i < n; i++)
        draw_row(ui, z, &rows[i], rect_row(r, ROWS, i, 0));
}

static void draw_box(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    const float width = 1560, height = 900, margin = 24;
    struct sizes z = {.scale = fminf(1, fminf((r.w - 2 * margin) / ui_px(ui, width),
                                              (r.h - 2 * margin) / ui_px(ui, height)))};
    z.title = text_px(ui, 30, z.scale);
    z.heading = text_px(ui, 23, z.scale);
    z.text = text_px(ui, 21, z.scale);
    z.cap = text_px(ui, 18, z.scale);
    struct rect box = rect_centre(r, ui_px(ui, width) * z.scale, ui_px(ui, height) * z.scale);
    draw_round_rect(ui->draw, box, ui_px(ui, 10), t->panel);
    draw_round_frame(ui->draw, box, ui_px(ui, 10), fmaxf(1, ui_px(ui, 2)), t->frame);
    struct rect in = rect_inset_xy(box, ui_px(ui, 44) * z.scale, ui_px(ui, 24) * z.scale);
    struct rect head = rect_cut_top(&in, (float)z.title * 1.9f);
    draw_text_in(ui->draw, FONT_SANS, z.text, head, ALIGN_RIGHT, t->muted, "Escape closes");
    draw_text_in(ui->draw, FONT_SANS_BOLD, z.title, head, ALIGN_LEFT, t->ink, "Keys");
    struct rect foot = rect_cut_bottom(&in, (float)z.text * 2);
    draw_text_in(ui->draw, FONT_SANS, z.text, foot, ALIGN_LEFT | TEXT_MAY_CUT, t->muted,
                 "Mouse: click selects a number, the wheel zooms, dragging moves the picture, a "
                 "double click shows all of it.");
    float gap = ui_px(ui, 40) * z.scale;
    draw_column(ui, &z, left, LEFT, rect_column(in, 2, 0, gap));
    draw_column(ui, &z, right, RIGHT, rect_column(in, 2, 1, gap));
}

void keys_draw(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    ui_popup_begin(ui, r);
    draw_tag(ui->draw, "keys");
    draw_rect(ui->draw, r, ui->theme->background);
    draw_box(v, r);
    if (ui_area(ui, "keys", r, "keys", false) & AREA_CLICKED)
        intents_add(v->out, "app keys");
    draw_tag(ui->draw, NULL);
    ui_popup_end(ui);
}
