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

/* What a field is of: a column, or a number of a set that has none. */
struct place {
    const char *name;
    const struct dataset_column *words; /* NULL: numbers */
    int input;
};

static int count_fields(const struct dataset *d)
{
    return d->columns ? d->n_columns : (int)d->count;
}

static struct place place_of(const struct dataset *d, int i)
{
    if (!d->columns)
        return (struct place){d->feature_names ? d->feature_names[i] : "", NULL, i};
    const struct dataset_column *c = &d->columns[i];
    return (struct place){c->name, c->words ? c : NULL, c->first};
}

/* A number as one types it. */
static void write_number(const struct view *v, double value, char *out, size_t size)
{
    snprintf(out, size, "%.6g", value);
    view_formula_signs(v->snap, out);
}

/* The fields get the values of the first sample. */
static void fill(const struct view *v, struct own_data_state *s)
{
    const struct dataset *d = v->snap->data;
    int n = count_fields(d);
    if (s->fields_of == d)
        return;
    s->fields_of = d;
    for (int i = 0; i < n && i < OWN_FIELDS; i++) {
        char text[OWN_FIELD] = "";
        struct place p = place_of(d, i);
        text_edit_init(&s->field[i], s->text[i], sizeof s->text[i]);
        for (int k = 0; p.words && k < p.words->words; k++)
            if (dataset_x(d, 0)[p.input + k] > 0.5f)
                snprintf(text, sizeof text, "%s", p.words->word[k]);
        if (!p.words)
            write_number(v, (double)dataset_original(d, 0, p.input), text, sizeof text);
        text_edit_set(&s->field[i], text);
    }
}

/* As a row of a table is written: a decimal comma or a comma within a word is none between two. */
static void try_row(const struct view *v, const struct own_data_state *s, int n)
{
    char line[INTENT_SIZE] = "";
    size_t used = 0;
    for (int i = 0; i < n && used + 2 * OWN_FIELD < sizeof line; i++) {
        used += (size_t)snprintf(line + used, sizeof line - used, "%s\"", i ? "," : "");
        for (const char *p = s->text[i]; *p && used + 4 < sizeof line; p++) {
            line[used++] = *p;
            if (*p == '"')
                line[used++] = *p;
        }
        line[used++] = '"';
        line[used] = 0;
    }
    intents_add(v->out, "row %s", line);
}

/* The word before or after the one in the field. */
static void step_word(const struct dataset_column *c, struct text_edit *field, int step)
{
    int at = step > 0 ? -1 : 0;
    for (int k = 0; k < c->words; k++)
        if (strcmp(c->word[k], field->text) == 0)
            at = k;
    text_edit_set(field, c->word[(at + step + c->words) % c->words]);
}

/* By the power of ten that is a third of the column's deviation or less. */
static void step_number(const struct view *v, const struct dataset *d, int input,
                        struct text_edit *field, int step)
{
    double value = 0, deviation = d->feature_scale ? (double)d->feature_scale[input] : 1;
    char text[OWN_FIELD];
    text_to_value(text_trim(text_of(field->text)), &value);
    value += step * pow(10, floor(log10(deviation / 3)));
    write_number(v, fabs(value) < deviation * 1e-6 ? 0 : value, text, sizeof text);
    text_edit_set(field, text);
}

static void say_words(const struct view *v, const struct dataset_column *c, struct rect r)
{
    char text[200] = "";
    for (int k = 0; k < c->words; k++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%.40s", k ? ", " : "", c->word[k]);
    }
    ui_tooltip(v->ui, r, text);
}

/* A column's name, its field, and two buttons that go to the value before and after. True when it
 * is to be tried. */
static bool draw_field(const struct view *v, struct own_data_state *s, int i, struct rect line)
{
    struct ui *ui = v->ui;
    const struct dataset *d = v->snap->data;
    struct place p = place_of(d, i);
    int px = ui_text_px(ui, OWN_SMALL), step = 0;
    char id[32];
    float knob = ui_px(ui, 38), gap = ui_px(ui, 4);
    struct rect field = rect_cut_right(&line, fminf(line.w * 0.62f, ui_px(ui, 270)));
    rect_cut_right(&line, ui_px(ui, 10));
    struct rect less = rect_cut_left(&field, knob), more = rect_cut_right(&field, knob);
    draw_text_in(ui->draw, FONT_SANS, px, line, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink, p.name);
    if (p.words)
        say_words(v, p.words, line);
    snprintf(id, sizeof id, "data.less.%d", i);
    if (ui_button(ui, id, less, p.words ? "‹" : "−", BUTTON_NORMAL))
        step = -1;
    snprintf(id, sizeof id, "data.field.%d", i);
    bool entered = ui_field(ui, id, rect_inset_xy(field, gap, 0), &s->field[i], "",
                            p.words ? FONT_SANS : FONT_MONO, px) &
                   FIELD_ENTERED;
    snprintf(id, sizeof id, "data.more.%d", i);
    if (ui_button(ui, id, more, p.words ? "›" : "+", BUTTON_NORMAL))
        step = 1;
    if (step != 0 && p.words)
        step_word(p.words, &s->field[i], step);
    else if (step != 0)
        step_number(v, d, p.input, &s->field[i], step);
    return entered || step != 0;
}

static void draw_fields(const struct view *v, struct own_data_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    int n = count_fields(v->snap->data);
    own_title(v, &r, _("Type a row"));
    if (n > OWN_FIELDS) {
        own_words(
            v, &r, OWN_SMALL, ui->theme->muted,
            _("The table has more columns than there are fields here; N shows the next sample."));
        return;
    }
    fill(v, s);
    float row = ui_px(ui, 46);
    struct rect fields = rect_cut_top(&r, fminf(row * (float)n, r.h - ui_px(ui, 50)));
    struct rect foot = rect_cut_top(&r, ui_px(ui, 50));
    struct rect in = ui_scroll_begin(ui, "data.fields", fields, row * (float)n, &s->scroll_left);
    bool tries = false;
    for (int i = 0; i < n; i++)
        tries |= draw_field(v, s, i, rect_inset_xy(rect_cut_top(&in, row), 0, ui_px(ui, 3)));
    ui_scroll_end(ui);
    rect_cut_top(&foot, ui_px(ui, 6));
    struct rect button = rect_cut_left(&foot, fminf(foot.w, ui_button_width(ui, _("What is it?"))));
    if (ui_button(ui, "data.row", button, _("What is it?"), BUTTON_PRIMARY) || tries)
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
