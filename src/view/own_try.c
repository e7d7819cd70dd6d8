/* Step 4: a picture that is dropped, a drawing or a row that is typed, and what the network says.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "own_parts.h"
#include "pad_own.h"

static void draw_input(const struct view *v, struct rect r)
{
    const struct snapshot *s = v->snap;
    const struct shape *in = &s->net->layers[0].out;
    char text[200], name[64];
    struct rect title = r;
    if (s->sample >= 0)
        snprintf(text, sizeof text, _("Training sample %d: %s"), s->sample,
                 view_label(s, name, sizeof name));
    else
        snprintf(text, sizeof text, "%.100s", s->picture[0] ? s->picture : _("Your drawing"));
    own_title(v, &title, text);
    if (view_has_pass(s) && in->rank == 3)
        own_picture(v, title, view_numbers(s, s->program->input), in);
}

static void draw_pad(const struct view *v, struct own_data_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    own_title(v, &r, _("Draw, or drop a picture"));
    float tools = pad_tools_height(v, &s->pad), side = fminf(r.w, r.h - tools - ui_px(ui, 60));
    if (side < ui_px(ui, 100)) {
        own_words(v, &r, OWN_SMALL, ui->theme->muted, _("Drop a picture file into the window."));
        return;
    }
    pad_tools_draw(v, &s->pad, rect_cut_top(&r, tools));
    struct rect pad = rect_cut_top(&r, side);
    pad_area_draw(v, &s->pad, rect_snap(rect_centre(pad, side - 4, side - 4)), _("Draw here"));
    rect_cut_top(&r, ui_px(ui, 8));
    struct rect row = rect_cut_top(&r, fminf(r.h, ui_px(ui, 44)));
    struct rect clear = rect_cut_left(&row, fminf(row.w / 2, ui_button_width(ui, _("Clear"))));
    if (ui_button(ui, "data.clear", clear, _("Clear"),
                  BUTTON_NORMAL | (v->snap->pad_empty ? (unsigned)BUTTON_DISABLED : 0u)))
        intents_add(v->out, "clear");
    rect_cut_left(&row, ui_px(ui, 10));
    struct rect open = rect_cut_left(&row, fminf(row.w, ui_button_width(ui, _("A picture…"))));
    if (ui_button(ui, "data.picture", open, _("A picture…"), BUTTON_NORMAL))
        intents_add(v->out, "app files");
}

/* --- a row
 * ---------------------------------------------------------------------------------------- */

/* The fields get the numbers of the sample shown. */
static void fill(const struct view *v, struct own_data_state *s)
{
    const struct dataset *d = v->snap->data;
    int n = (int)(d->count < OWN_FIELDS ? d->count : OWN_FIELDS);
    if (s->fields_of == d)
        return;
    s->fields_of = d;
    for (int i = 0; i < n; i++) {
        char text[OWN_FIELD];
        text_edit_init(&s->field[i], s->text[i], sizeof s->text[i]);
        snprintf(text, sizeof text, "%.4g", (double)dataset_original(d, 0, i));
        text_edit_set(&s->field[i], text);
    }
}

static void try_row(const struct view *v, const struct own_data_state *s, int n)
{
    char line[OWN_FIELDS * (OWN_FIELD + 1) + 1] = "";
    for (int i = 0; i < n; i++) {
        size_t used = strlen(line);
        snprintf(line + used, sizeof line - used, "%s%s", i ? "," : "", s->text[i]);
    }
    intents_add(v->out, "row %s", line);
}

static void draw_fields(const struct view *v, struct own_data_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct dataset *d = v->snap->data;
    int n = (int)d->count, px = ui_text_px(ui, OWN_SMALL);
    own_title(v, &r, _("Type a row"));
    if (n > OWN_FIELDS) {
        own_words(
            v, &r, OWN_SMALL, ui->theme->muted,
            _("The table has more columns than there are fields here; N shows the next sample."));
        return;
    }
    fill(v, s);
    float row = ui_px(ui, 46);
    struct rect foot = rect_cut_bottom(&r, ui_px(ui, 50));
    struct rect in = ui_scroll_begin(ui, "data.fields", r, row * (float)n, &s->scroll_left);
    bool entered = false;
    for (int i = 0; i < n; i++) {
        char id[32];
        struct rect line = rect_inset_xy(rect_cut_top(&in, row), 0, ui_px(ui, 3));
        struct rect field = rect_cut_right(&line, fminf(line.w * 0.45f, ui_px(ui, 200)));
        rect_cut_right(&line, ui_px(ui, 10));
        draw_text_in(ui->draw, FONT_SANS, px, line, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                     d->feature_names ? d->feature_names[i] : "");
        snprintf(id, sizeof id, "data.field.%d", i);
        unsigned answer = ui_field(ui, id, field, &s->field[i], "", FONT_MONO, px);
        entered = entered || (answer & FIELD_ENTERED);
    }
    ui_scroll_end(ui);
    rect_cut_top(&foot, ui_px(ui, 6));
    struct rect button = rect_cut_left(&foot, fminf(foot.w, ui_button_width(ui, _("What is it?"))));
    if (ui_button(ui, "data.row", button, _("What is it?"), BUTTON_PRIMARY) || entered)
        try_row(v, s, n);
}

/* --- the answer
 * ------------------------------------------------------------------------------------ */

static void draw_answer(const struct view *v, struct rect r)
{
    const struct snapshot *s = v->snap;
    char text[160], number[48];
    if (s->own->table && s->data && s->data->n_classes == 0 && s->probabilities) {
        double value = (double)s->probabilities[0];
        if (s->data->target_scale)
            value = value * (double)s->data->target_scale[0] + (double)s->data->target_mean[0];
        snprintf(text, sizeof text, "%.60s: %s", s->data->target_names[0],
                 view_number(s, value, number, sizeof number));
        own_title(v, &r, text);
        own_words(v, &r, OWN_SMALL, v->ui->theme->muted, _("in the table's own units"));
        return;
    }
    guesses_draw(v, r);
}

void own_try_draw(const struct view *v, struct own_data_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    float gap = ui_px(ui, 28);
    if (!snap->net || !snap->data)
        return;
    struct rect left = rect_cut_left(&r, r.w * 0.36f);
    rect_cut_left(&r, gap);
    if (snap->net->layers[0].out.rank != 3) {
        draw_fields(v, s, left);
        draw_answer(v, r);
        return;
    }
    draw_pad(v, s, left);
    struct rect middle = rect_cut_left(&r, r.w * 0.46f);
    rect_cut_left(&r, gap);
    draw_input(v, middle);
    draw_answer(v, r);
}
