#include "glassnet/view/until.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/ui/paragraph.h"
#include "glassnet/view/overlay.h"

static const char explanation[] =
    N_("It goes on to the end of this pass first, then trains, batch by batch. Escape stops it.");

void until_dialog_init(struct until_dialog *d)
{
    *d = (struct until_dialog){.choice = CHOICE_BELOW};
    text_edit_init(&d->cell, d->cell_text, sizeof d->cell_text);
    text_edit_init(&d->number, d->number_text, sizeof d->number_text);
    text_edit_init(&d->within, d->within_text, sizeof d->within_text);
    text_edit_set(&d->cell, "loss");
    text_edit_set(&d->number, "0.1");
    text_edit_set(&d->within, "1000");
}

static bool needs_cell(const struct until_dialog *d)
{
    return d->choice != CHOICE_NAN;
}

static bool needs_number(const struct until_dialog *d)
{
    return d->choice == CHOICE_BELOW || d->choice == CHOICE_ABOVE;
}

/* The first field, with what it holds selected: typing replaces it. */
static void focus_first(const struct view *v, struct until_dialog *d)
{
    bool number = needs_number(d);
    struct text_edit *e = number ? &d->number : needs_cell(d) ? &d->cell : &d->within;
    e->anchor = 0;
    e->caret = (int)strlen(e->text);
    ui_focus(v->ui, number ? "until.number" : needs_cell(d) ? "until.cell" : "until.within");
}

static void choose(const struct view *v, struct until_dialog *d, enum until_choice choice)
{
    char name[160];
    bool changes = choice == CHOICE_CHANGES, was = d->choice == CHOICE_CHANGES;
    const struct snapshot *s = v->snap;
    if (changes && !was && cell_is(s->selected))
        text_edit_set(&d->cell, cell_name(s->program, s->selected, name, sizeof name));
    else if (!changes && was)
        text_edit_set(&d->cell, "loss");
    d->choice = choice;
    focus_first(v, d);
}

static void give(const struct view *v, struct until_dialog *d)
{
    const char *within = d->within_text[0] ? d->within_text : "1000";
    switch (d->choice) {
    case CHOICE_NAN:
        intents_add(v->out, "run-until nan within %s", within);
        break;
    case CHOICE_CHANGES:
        intents_add(v->out, "run-until changes %s within %s", d->cell_text, within);
        break;
    default:
        intents_add(v->out, "run-until %s %s %s within %s", d->cell_text,
                    d->choice == CHOICE_BELOW ? "<" : ">", d->number_text, within);
    }
    intents_add(v->out, "app until");
}

/* A word and a field behind it; true when Enter was pressed in it. */
static bool field_row(const struct view *v, const char *id, const char *word,
                      struct text_edit *edit, float width, struct rect *r)
{
    struct ui *ui = v->ui;
    struct rect row = rect_cut_top(r, ui_px(ui, 52));
    rect_cut_top(r, ui_px(ui, 12));
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 21), rect_cut_left(&row, ui_px(ui, 190)),
                 ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink, word);
    struct rect field = rect_cut_left(&row, fminf(width, row.w));
    return (ui_field(ui, id, field, edit, "", FONT_MONO, ui_text_px(ui, 21)) & FIELD_ENTERED) != 0;
}

static bool draw_fields(const struct view *v, struct until_dialog *d, struct rect *r)
{
    bool entered = false;
    float wide = ui_px(v->ui, 380), narrow = ui_px(v->ui, 180);
    if (needs_cell(d))
        entered |= field_row(v, "cell", _("the cell"), &d->cell, wide, r);
    if (needs_number(d))
        entered |= field_row(v, "number", d->choice == CHOICE_BELOW ? _("is below") : _("is above"),
                             &d->number, narrow, r);
    entered |= field_row(v, "within", _("batches at most"), &d->within, narrow, r);
    return entered;
}

static bool draw_buttons(const struct view *v, struct rect row)
{
    struct ui *ui = v->ui;
    ui->accent = ui->theme->phase[view_phase(v->snap)];
    bool run = ui_button(ui, "run", rect_cut_left(&row, ui_px(ui, 150)), C_("a button", "Run"),
                         BUTTON_COLOURED);
    ui->accent = ui->theme->ink;
    rect_cut_left(&row, ui_px(ui, 16));
    if (ui_button(ui, "cancel", rect_cut_left(&row, fminf(row.w, ui_button_width(ui, _("Cancel")))),
                  _("Cancel"), BUTTON_NORMAL))
        intents_add(v->out, "app until");
    return run;
}

static void draw_content(const struct view *v, struct until_dialog *d, struct rect in)
{
    static const char *const labels[CHOICES] = {N_("Below"), N_("Above"), N_("Changes"), "NaN"};
    struct ui *ui = v->ui;
    if (!view_has_pass(v->snap)) {
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 21), rect_cut_top(&in, ui_px(ui, 60)),
                     ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted,
                     _("There is nothing to run yet: open a network and a data set."));
        return;
    }
    struct rect row = rect_cut_top(&in, ui_px(ui, 48));
    float width = fminf(ui_segments_width(ui, labels, CHOICES), row.w);
    int chosen =
        ui_segments(ui, "what", rect_cut_left(&row, width), labels, CHOICES, (int)d->choice, 0);
    if (chosen >= 0)
        choose(v, d, (enum until_choice)chosen);
    rect_cut_top(&in, ui_px(ui, 18));
    bool run = draw_fields(v, d, &in);
    run |= draw_buttons(v, rect_cut_bottom(&in, ui_px(ui, 52)));
    const struct text_run text = {.text = translate(explanation), .colour = ui->theme->muted};
    struct paragraph_style style = {.px = ui_text_px(ui, 19), .leading = 1.3f, .max_lines = 2};
    if (paragraph_height(ui->fonts, &text, 1, &style, in.w) < in.h) /* else there is no room */
        paragraph_draw(ui->draw, &text, 1, &style, in.x, in.y + ui_px(ui, 4), in.w);
    if (run)
        give(v, d);
}

void until_dialog_draw(const struct view *v, struct until_dialog *d)
{
    bool closes;
    float fields = (float)(1 + needs_cell(d) + needs_number(d));
    struct rect in = overlay_begin(v, "until", _("Run until …"), 700, 290 + 64 * fields, &closes);
    if (!d->shown)
        focus_first(v, d);
    draw_content(v, d, in);
    if (closes)
        intents_add(v->out, "app until");
    overlay_end(v);
}

void until_banner_draw(const struct view *v, struct rect canvas)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    const struct until_info *u = &v->snap->until;
    char text[500], looked[32], within[32];
    if (!u->running)
        return;
    float pad = ui_px(ui, 16), width = fminf(ui_px(ui, 900), canvas.w - 2 * pad);
    struct rect box = {canvas.x + (canvas.w - width) / 2, 0, width, ui_px(ui, 68)};
    box.y = canvas.y + canvas.h - box.h - ui_px(ui, 24);
    snprintf(text, sizeof text, _("Running until %s · %s of %s batches"), u->what,
             view_count(u->looked, looked, sizeof looked),
             view_count(u->within, within, sizeof within));
    ui_popup_begin(ui, box);
    draw_round_rect(ui->draw, box, ui_px(ui, 8), t->panel);
    draw_round_frame(ui->draw, box, ui_px(ui, 8), fmaxf(2, ui_px(ui, 2)), t->selection);
    struct rect in = rect_inset_xy(box, pad, ui_px(ui, 10));
    if (ui_button(ui, "until.stop", rect_cut_right(&in, ui_button_width(ui, _("Stop"))), _("Stop"),
                  BUTTON_PRIMARY))
        intents_add(v->out, "stop");
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 21), in, ALIGN_LEFT | TEXT_MAY_CUT, t->ink,
                 text);
    ui_popup_end(ui);
}
