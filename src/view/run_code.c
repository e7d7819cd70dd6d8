#include "run_code.h"
#include "glassnet/base/translate.h"

#include <math.h>

void run_code_draw(const struct view *v, struct run_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const char *code = v->snap->code, *label = _("class code");
    int small = ui_text_px(ui, 20), large = ui_text_px(ui, 44);
    if (!s->code.text)
        text_edit_init(&s->code, s->code_text, sizeof s->code_text);
    struct rect set = rect_cut_right(&r, ui_button_width(ui, _("Set")));
    rect_cut_right(&r, ui_px(ui, 8));
    struct rect field = rect_cut_right(&r, fminf(ui_px(ui, 200), r.w * 0.4f));
    rect_cut_right(&r, ui_px(ui, 16));
    unsigned answer = ui_field(ui, "run.code", rect_centre(field, field.w, ui_px(ui, 48)), &s->code,
                               _("a word"), FONT_MONO, ui_text_px(ui, 22));
    bool given = ui_button(ui, "run.code.set", rect_centre(set, set.w, ui_px(ui, 48)), _("Set"),
                           BUTTON_NORMAL);
    ui_tooltip(ui, set, _("Start anew: the same numbers for everybody with this word"));
    if ((given || answer & FIELD_ENTERED) && s->code_text[0]) {
        intents_add(v->out, "code %s", s->code_text);
        text_edit_set(&s->code, "");
        ui_focus(ui, NULL);
    }
    float w = font_width(ui->fonts, FONT_SANS, small, label) + ui_px(ui, 14);
    draw_text_in(ui->draw, FONT_SANS, small, rect_cut_left(&r, fminf(w, r.w)),
                 ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, label);
    while (large > small && font_width(ui->fonts, FONT_MONO_BOLD, large, code) > r.w)
        large--;
    draw_text_in(ui->draw, FONT_MONO_BOLD, large, r, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                 code);
}
