#include "glassnet/view/step_dialog.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/ui/paragraph.h"
#include "glassnet/view/overlay.h"

/* The field begins with the step we are at, chosen, so that typing replaces it. */
static void begin(const struct view *v, struct step_dialog *d)
{
    char text[24];
    if (!d->edit.text)
        text_edit_init(&d->edit, d->text, sizeof d->text);
    snprintf(text, sizeof text, "%lld", (long long)v->snap->step);
    text_edit_set(&d->edit, text);
    d->edit.anchor = 0;
    ui_focus(v->ui, "goto-step.step");
}

static void draw_words(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    char text[240], now[32], end[32];
    if (v->snap->epoch_steps == 0)
        snprintf(text, sizeof text, _("There is nothing to train here, so there are no steps."));
    else
        snprintf(
            text, sizeof text,
            _("Now step %s of %s. A step that has not been run yet is run; +3 and −3 count from "
              "here."),
            view_count(v->snap->step, now, sizeof now),
            view_count(v->snap->step_end, end, sizeof end));
    const struct text_run run = {.text = text, .colour = ui->theme->muted};
    struct paragraph_style style = {.px = ui_text_px(ui, 20), .leading = 1.3f, .max_lines = 3};
    if (paragraph_height(ui->fonts, &run, 1, &style, r.w) <= r.h)
        paragraph_draw(ui->draw, &run, 1, &style, r.x, r.y, r.w);
}

void step_dialog_draw(const struct view *v, struct step_dialog *d)
{
    struct ui *ui = v->ui;
    bool closes;
    struct rect in = overlay_begin(v, "goto-step", _("Go to step …"), 620, 240, &closes);
    if (!d->shown)
        begin(v, d);
    struct rect row = rect_cut_top(&in, ui_px(ui, 52));
    struct rect field = rect_cut_left(&row, fminf(ui_px(ui, 240), row.w * 0.5f));
    rect_cut_left(&row, ui_px(ui, 12));
    unsigned answer = ui_field(ui, "step", field, &d->edit, "17", FONT_MONO, ui_text_px(ui, 22));
    struct rect go = rect_cut_left(&row, fminf(row.w, ui_button_width(ui, _("Go"))));
    bool goes = ui_button(ui, "go", go, _("Go"), BUTTON_PRIMARY) || answer & FIELD_ENTERED;
    rect_cut_top(&in, ui_px(ui, 16));
    draw_words(v, in);
    if (goes && d->text[0])
        intents_add(v->out, "goto-step %s", d->text);
    if (closes || (goes && d->text[0]))
        intents_add(v->out, "app goto-step");
    overlay_end(v);
}
