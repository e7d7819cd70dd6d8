#include "glassnet/view/learner.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/view/overlay.h"

void learner_open(struct learner_state *s, const char *folder, const char *now)
{
    *s = (struct learner_state){.now = now};
    s->count = lesson_learners(folder, s->names);
    text_edit_init(&s->edit, s->text, sizeof s->text);
}

/* Everybody, the one without a name first. */
static void draw_names(const struct view *v, struct learner_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    float row = fmaxf(ui_px(ui, 50), 1.8f * (float)ui_text_px(ui, 22));
    struct rect in = ui_scroll_begin(ui, "names", r, row * (float)(s->count + 1), &s->scroll);
    for (int i = -1; i < s->count; i++) {
        char id[24];
        const char *name = i < 0 ? "" : s->names[i];
        struct rect at = {in.x, in.y + row * (float)(i + 1), in.w, row};
        if (at.y + at.h <= r.y || at.y >= r.y + r.h)
            continue;
        snprintf(id, sizeof id, "name.%d", i + 1);
        if (ui_row(ui, id, at, i < 0 ? _("without a name") : name, strcmp(name, s->now) == 0))
            intents_add(v->out, "app learner-is %s", name);
    }
    ui_scroll_end(ui);
}

void learner_draw(const struct view *v, struct learner_state *s)
{
    struct ui *ui = v->ui;
    bool closes;
    struct rect in = overlay_begin(v, "learner", _("Who is learning?"), 760, 640, &closes);
    rect_cut_bottom(&in, ui_px(ui, 14));
    struct rect foot = rect_cut_bottom(&in, ui_px(ui, 54)), row;
    rect_cut_bottom(&in, ui_px(ui, 16));
    row = rect_cut_bottom(&in, ui_px(ui, 54));
    rect_cut_bottom(&in, ui_px(ui, 12));
    draw_names(v, s, in);
    if (!ui->focus) /* a name can be typed at once */
        ui_focus(ui, "learner.new");
    struct rect field = rect_cut_left(&row, fminf(ui_px(ui, 380), row.w * 0.6f));
    rect_cut_left(&row, ui_px(ui, 12));
    unsigned answer =
        ui_field(ui, "new", field, &s->edit, _("a new name"), FONT_SANS, ui_text_px(ui, 22));
    struct rect add = rect_cut_left(&row, fminf(row.w, ui_button_width(ui, _("It is me"))));
    bool named = ui_button(ui, "add", add, _("It is me"),
                           BUTTON_PRIMARY | (s->text[0] ? 0u : (unsigned)BUTTON_DISABLED)) ||
                 answer & FIELD_ENTERED;
    if (named && s->text[0])
        intents_add(v->out, "app learner-is %s", s->text);
    const char *whole = _("The whole class"), *label = _("Progress as a table");
    struct rect class = rect_cut_left(&foot, fminf(foot.w, ui_button_width(ui, whole)));
    if (ui_button(ui, "class", class, whole, BUTTON_NORMAL))
        intents_add(v->out, "app class");
    ui_tooltip(ui, class, _("Everybody's progress, lesson by lesson"));
    rect_cut_left(&foot, ui_px(ui, 12));
    struct rect table = rect_cut_left(&foot, fminf(foot.w, ui_button_width(ui, label)));
    if (ui_button(ui, "table", table, label, BUTTON_NORMAL))
        intents_add(v->out, "app progress-table");
    ui_tooltip(ui, table,
               _("Writes the progress of who learns now as a CSV file into the documents folder"));
    if (closes)
        intents_add(v->out, "app learner");
    overlay_end(v);
}
