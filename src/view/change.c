#include "glassnet/view/change.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/lesson/expression.h"

bool change_is_possible(const struct view *v)
{
    const struct snapshot *s = v->snap;
    if (!view_has_pass(s) || !cell_is(s->selected) || !s->formula || !s->formula->given)
        return false;
    const struct program *p = s->program;
    int tensor = s->selected.tensor;
    return (p->tensors[tensor].is_param || tensor == p->input || tensor == p->label ||
            tensor == p->rate_start) &&
           !view_is_hidden(v, s->selected);
}

static bool is_class(const struct snapshot *s)
{
    return s->selected.tensor == s->program->label && !s->program->targets;
}

double change_step(const struct snapshot *s)
{
    const double part = 0.01;
    const float *numbers = view_numbers(s, s->selected.tensor);
    double largest = 0;
    if (is_class(s))
        return 1;
    for (size_t i = 0; i < s->program->tensors[s->selected.tensor].count; i++)
        if (isfinite(numbers[i]))
            largest = fmax(largest, fabs((double)numbers[i]));
    return largest > 0 ? pow(10, floor(log10(largest * part * (1 + 1e-6)))) : part;
}

/* Where the number would be so many steps from `start`; false where it may not be. */
static bool step_from(const struct snapshot *s, float start, int steps, double *value)
{
    size_t outputs = shape_count(&net_output(s->net)->out);
    *value = (double)start + steps * change_step(s);
    if (is_class(s))
        return *value >= 0 && *value < (outputs > 1 ? (double)outputs : 2);
    return s->selected.tensor != s->program->rate_start || *value > 0;
}

/* Seven digits are what a float has for sure: 0.35 and a hundredth are 0.36. */
static void give(const struct view *v, const char *command, double value)
{
    char name[256];
    cell_name(v->snap->program, v->snap->selected, name, sizeof name);
    intents_add(v->out, "%s %s %.7g", command, name, value);
}

void change_by(const struct view *v, int steps)
{
    double value;
    if (change_is_possible(v) &&
        step_from(v->snap, cell_value(v->snap->trace, v->snap->selected), steps, &value))
        give(v, "edit", value);
}

/* The field shows the number as it is now, all of it chosen, so that typing replaces it. */
static void refill(const struct view *v, struct change_field *f)
{
    const struct snapshot *s = v->snap;
    float now = cell_value(s->trace, s->selected);
    char text[64];
    if (!f->edit.text)
        text_edit_init(&f->edit, f->text, sizeof f->text);
    if (cell_equal(f->cell, s->selected) && f->value == now)
        return;
    f->cell = s->selected;
    f->value = now;
    text_edit_set(&f->edit, view_number(s, (double)now, text, sizeof text));
    f->edit.anchor = 0;
}

/* In the field, too, Ctrl+Z takes back: what was typed and not given yet, else the last change. */
static void take_back(const struct view *v, struct change_field *f)
{
    struct ui *ui = v->ui;
    char text[64];
    bool typed = strcmp(f->text, view_number(v->snap, (double)f->value, text, sizeof text)) != 0;
    if (ui_key(ui, "Ctrl+Z")) {
        if (typed)
            f->cell = CELL_NONE; /* filled anew */
        else
            intents_add(v->out, "undo");
        ui->again = true;
    } else if (ui_key(ui, "Ctrl+Y") || ui_key(ui, "Ctrl+Shift+Z")) {
        intents_add(v->out, "redo");
    }
}

static bool step_button(const struct view *v, const char *id, const char *label, struct rect *row,
                        const char *tip, const char *line)
{
    struct rect r = rect_cut_left(row, row->h);
    rect_cut_left(row, ui_px(v->ui, 6));
    bool clicked = ui_button(v->ui, id, r, label, BUTTON_NORMAL);
    view_tip(v, r, tip, line);
    return clicked;
}

void change_field_draw(const struct view *v, struct change_field *f, struct rect row)
{
    struct ui *ui = v->ui;
    char name[256];
    double value;
    if (!change_is_possible(v))
        return;
    refill(v, f);
    struct rect field = rect_cut_left(&row, fminf(ui_px(ui, 200), row.w * 0.45f));
    rect_cut_left(&row, ui_px(ui, 10));
    unsigned answer = ui_field(ui, "inspector.value", field, &f->edit, _("a number"), FONT_MONO,
                               ui_text_px(ui, 22));
    view_tip(v, field, _("Type a number: 0.5, 0,5 or 1/2"), "app change");
    if (answer & FIELD_FOCUS)
        take_back(v, f);
    int by = -step_button(v, "inspector.less", "−", &row, _("A little less"), "app less");
    by += step_button(v, "inspector.more", "+", &row, _("A little more"), "app more");
    if (by)
        change_by(v, by);
    bool set = ui_button(ui, "inspector.set",
                         rect_cut_left(&row, fminf(row.w, ui_button_width(ui, _("Set")))), _("Set"),
                         BUTTON_NORMAL);
    if (!(set || answer & FIELD_ENTERED) || !f->text[0])
        return;
    cell_name(v->snap->program, v->snap->selected, name, sizeof name);
    if (expression_read_answer(f->text, &value))
        intents_add(v->out, "edit %s %.9g", name, value);
    else
        intents_add(v->out, "edit %s %s", name, f->text);
}

void change_drag_on(const struct view *v, struct change_drag *d, const char *id, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *s = v->snap;
    double value;
    if (!change_is_possible(v))
        return;
    unsigned answer = ui_area(ui, id, r, _("drag it up or down"), false);
    ui_tooltip(ui, r, _("Drag it up or down to change it"));
    if (answer & AREA_PRESSED)
        *d = (struct change_drag){s->selected, cell_value(s->trace, s->selected), 0};
    if (answer & (AREA_HOVER | AREA_HELD))
        draw_hline(ui->draw, r.x, r.x + r.w, r.y + r.h - 2, fmaxf(2, ui_px(ui, 3)),
                   ui->theme->selection);
    if (!(answer & AREA_HELD) || !cell_equal(d->cell, s->selected))
        return;
    float each = ui_px(ui, is_class(s) ? 28 : 6);
    int steps = (int)roundf((ui->in->press_y - ui->in->mouse_y) / each);
    if (steps != d->steps && step_from(s, d->start, steps, &value)) {
        give(v, "drag", value);
        d->steps = steps;
    }
}
