/* The question after an end that was none: go on where it was, or begin anew. */
#include <math.h>

#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"
#include "glassnet/view/overlay.h"

void recover_draw(const struct view *v)
{
    struct ui *ui = v->ui;
    bool closes;
    struct rect in = overlay_begin(v, "recover", _("Go on where you were?"), 900, 330, &closes);
    const struct text_run run = {
        .text = _("Glassnet ended without being closed. What was open then, with every change, was "
                  "kept."),
        .colour = ui->theme->ink};
    struct paragraph_style style = {.px = ui_text_px(ui, 22), .leading = 1.35f};
    struct rect foot = rect_cut_bottom(&in, ui_px(ui, 64));
    paragraph_draw(ui->draw, &run, 1, &style, in.x, in.y, in.w);
    struct rect button = rect_cut_left(&foot, fminf(ui_px(ui, 300), foot.w * 0.48f));
    if (ui_button(ui, "yes", rect_centre(button, button.w, ui_px(ui, 52)), _("Go on"),
                  BUTTON_PRIMARY))
        intents_add(v->out, "app go-on");
    rect_cut_left(&foot, ui_px(ui, 20));
    button = rect_cut_left(&foot, fminf(ui_px(ui, 300), foot.w));
    if (ui_button(ui, "no", rect_centre(button, button.w, ui_px(ui, 52)), _("Begin anew"),
                  BUTTON_NORMAL))
        intents_add(v->out, "app begin-anew");
    if (closes)
        intents_add(v->out, "app recover");
    overlay_end(v);
}
