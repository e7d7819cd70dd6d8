#include "glassnet/view/overlay.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stddef.h>

const char *overlay_name(int overlay)
{
    static const char *const names[OVERLAYS] = {"",         "keys",    "settings", "palette",
                                                "files",    "until",   "recover",  "goto-step",
                                                "glossary", "learner", "class"};
    return overlay >= 0 && overlay < OVERLAYS ? names[overlay] : NULL;
}

static bool draw_head(const struct view *v, const char *title, struct rect head)
{
    struct ui *ui = v->ui;
    float side = ui_px(ui, 44);
    struct rect cross = rect_centre(rect_cut_right(&head, side), side, side);
    bool closed = ui_button(ui, "close", cross, "", BUTTON_PLAIN);
    float x = cross.x + side / 2, y = cross.y + side / 2, arm = side * 0.18f, thick = ui_px(ui, 3);
    draw_line(ui->draw, x - arm, y - arm, x + arm, y + arm, thick, ui->theme->ink);
    draw_line(ui->draw, x - arm, y + arm, x + arm, y - arm, thick, ui->theme->ink);
    ui_tooltip(ui, cross, _("Close (Escape)"));
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 30), head, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, title);
    return closed;
}

struct rect overlay_begin(const struct view *v, const char *id, const char *title, float w, float h,
                          bool *closes)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    struct rect all = {0, 0, (float)ui->w, (float)ui->h};
    float margin = fminf(ui_px(ui, 24), 24), pad = ui_px(ui, 32);
    ui_popup_begin(ui, all);
    ui_id_push(ui, id);
    draw_tag(ui->draw, "veil");
    draw_rect(ui->draw, all, t->dim);
    draw_tag(ui->draw, "popup");
    struct rect box = rect_snap(rect_centre(all, fminf(ui_px(ui, w), all.w - 2 * margin),
                                            fminf(ui_px(ui, h), all.h - 2 * margin)));
    *closes = ui_area(ui, "beside", all, _("beside"), false) & AREA_CLICKED &&
              !rect_contains(box, ui->in->mouse_x, ui->in->mouse_y);
    draw_round_rect(ui->draw, box, ui_px(ui, 10), t->panel);
    draw_round_frame(ui->draw, box, ui_px(ui, 10), fmaxf(1, ui_px(ui, 2)), t->frame);
    draw_tag(ui->draw, id);
    struct rect in = rect_inset_xy(box, pad, ui_px(ui, 16));
    *closes = draw_head(v, title, rect_cut_top(&in, ui_px(ui, 56))) || *closes;
    rect_cut_top(&in, ui_px(ui, 8));
    return in;
}

void overlay_end(const struct view *v)
{
    ui_id_pop(v->ui);
    ui_popup_end(v->ui);
}

void menu_button_draw(const struct view *v, const char *id, struct rect r)
{
    struct ui *ui = v->ui;
    struct point m = rect_middle(r);
    if (ui_button(ui, id, r, "", BUTTON_NORMAL))
        intents_add(v->out, "app palette");
    for (int i = -1; i <= 1; i++)
        draw_circle(ui->draw, m.x + ui_px(ui, 9) * (float)i, m.y, fmaxf(1.5f, ui_px(ui, 3)),
                    ui->theme->ink);
    view_tip(v, r, _("Everything by its name"), "app palette");
}
