/* The kernel as cells that are typed, dragged up and down, or counted by − and +. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "kernels_own.h"

#define DRAG_STEP 0.05 /* a design pixel */

static void begin_editing(struct kernels_state *s, int cell, const char *text)
{
    s->editing = cell;
    s->to_focus = true;
    text_edit_set(&s->edit, text);
    s->edit.anchor = 0; /* typing replaces it */
}

static void set_cell(const struct view *v, int cell, const char *text)
{
    int side = v->snap->kernels->side;
    if (cell == KERNELS_CELLS)
        intents_add(v->out, "kernels divide %s", text);
    else
        intents_add(v->out, "kernels cell %d,%d %s", cell / side, cell % side, text);
}

/* What is typed counts as soon as it is a number; what is none when the field is left is dropped.
 */
static void draw_field(const struct view *v, struct kernels_state *s, const char *id, struct rect r)
{
    struct ui *ui = v->ui;
    double value;
    if (s->to_focus)
        ui_focus(ui, id);
    unsigned answer = ui_field(ui, id, r, &s->edit, NULL, FONT_MONO, ui_text_px(ui, 20));
    bool number = text_to_value(text_trim(text_of(s->text)), &value) && isfinite(value) &&
                  fabs(value) <= 1e6 && (s->editing != KERNELS_CELLS || fabs(value) >= 1e-6);
    if (answer & FIELD_CHANGED && number)
        set_cell(v, s->editing, s->text);
    if (answer & FIELD_ENTERED && !number)
        set_cell(v, s->editing, s->text); /* the sentence says what is wrong */
    if (answer & FIELD_ENTERED)
        ui_focus(ui, NULL);
    if (!s->to_focus && !(answer & FIELD_FOCUS))
        s->editing = -1;
    if (answer & (FIELD_ENTERED | FIELD_LEFT))
        s->editing = -1;
    s->to_focus = false;
}

static void set_number(const struct view *v, int cell, double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.6g", round(value * 1000) / 1000);
    set_cell(v, cell, text);
}

static void drag(const struct view *v, struct kernels_state *s, int cell, unsigned answer)
{
    struct ui *ui = v->ui;
    double now = v->snap->kernels->cells[cell];
    if (answer & AREA_PRESSED) {
        s->dragged = cell;
        s->drag_from = s->drag_to = now;
        s->drag_y = ui->in->mouse_y;
    }
    if (s->dragged != cell)
        return;
    if (answer & AREA_DRAGGED) {
        double way = (double)(s->drag_y - ui->in->mouse_y) / fmax(1e-3, (double)ui_px(ui, 1));
        double to = round((s->drag_from + way * DRAG_STEP) * 10) / 10;
        if (to != s->drag_to)
            set_number(v, cell, to);
        s->drag_to = to;
    }
    if (!(answer & (AREA_HELD | AREA_PRESSED)))
        s->dragged = -1;
}

static void draw_cell(const struct view *v, struct kernels_state *s, int cell, struct rect r)
{
    struct ui *ui = v->ui;
    const struct kernels_view *k = v->snap->kernels;
    char id[32], text[16];
    snprintf(id, sizeof id, "kernels.cell.%d", cell);
    if (s->editing == cell) {
        draw_field(v, s, id, r);
        return;
    }
    float limit = 0;
    for (int i = 0; i < k->side * k->side; i++)
        limit = fmaxf(limit, (float)fabs(k->cells[i]));
    snprintf(text, sizeof text, "%s", k->texts[cell]);
    char shown[32];
    snprintf(shown, sizeof shown, "%s%s", text[0] == '-' ? "−" : "", text + (text[0] == '-'));
    unsigned answer = ui_area(ui, id, r, text, true);
    struct colour ground = scale_value(ui->theme, (float)k->cells[cell], limit > 0 ? limit : 1);
    kernels_square(v, r, ground, view_formula_signs(v->snap, shown));
    if (answer & AREA_HOVER)
        draw_frame(ui->draw, r, fmaxf(2, ui_px(ui, 2)), ui->theme->ink);
    ui_tooltip(ui, r, _("Click and type (1/9 is a number, too), or drag up and down"));
    drag(v, s, cell, answer);
    if (answer & AREA_CLICKED && s->drag_to == s->drag_from)
        begin_editing(s, cell, text);
    if (answer & AREA_FOCUS) {
        double by = ui_key(ui, "Up") ? 1 : ui_key(ui, "Down") ? -1 : 0;
        by += ui_key(ui, "Shift+Up") ? 0.1 : ui_key(ui, "Shift+Down") ? -0.1 : 0;
        if (by != 0)
            set_number(v, cell, k->cells[cell] + by);
    }
}

/* "all divided by 9", to be typed, and what the sum means. */
static void draw_divisor(const struct view *v, struct kernels_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct kernels_view *k = v->snap->kernels;
    int px = ui_text_px(ui, 20);
    char number[48], text[96];
    struct rect row = rect_cut_top(&r, fminf(r.h, ui_px(ui, 48)));
    const char *words = _("all divided by");
    float w = font_width(ui->fonts, FONT_SANS, px, words) + 2;
    draw_text_in(ui->draw, FONT_SANS, px, rect_cut_left(&row, fminf(w, row.w)),
                 ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink, words);
    rect_cut_left(&row, ui_px(ui, 10));
    struct rect field = rect_cut_left(&row, fminf(row.w, ui_px(ui, 96)));
    view_number(v->snap, k->divisor, number, sizeof number);
    if (s->editing == KERNELS_CELLS)
        draw_field(v, s, "kernels.divisor", field);
    else if (ui_button(ui, "kernels.divisor", field, number, BUTTON_NORMAL | BUTTON_MONO)) {
        snprintf(text, sizeof text, "%.9g", k->divisor);
        begin_editing(s, KERNELS_CELLS, text);
    }
    view_number(v->snap, k->total, number, sizeof number);
    row = rect_cut_top(&r, fminf(r.h, (float)px * 1.7f));
    snprintf(text, sizeof text, _("Σ of the cells %s"), number);
    if (row.h >= (float)px)
        draw_text_in(ui->draw, FONT_SANS, px, row, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted,
                     text);
    bool uneven = fabs(k->total) > 1e-9 && fabs(k->total - k->divisor) > 1e-9 * fabs(k->total);
    snprintf(text, sizeof text, _("Divide by %s"), number);
    row = rect_cut_top(&r, fminf(r.h, ui_px(ui, 44)));
    float least = ui_button_width(ui, text);
    if (!uneven || row.h < ui_px(ui, 40) || least > row.w)
        return;
    row.w = least;
    if (ui_button(ui, "kernels.normalise", row, text, BUTTON_NORMAL))
        intents_add(v->out, "kernels divide %.9g", k->total);
    ui_tooltip(ui, row, _("So that an even surface keeps its brightness"));
}

void kernels_cells_draw(const struct view *v, struct kernels_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct kernels_view *k = v->snap->kernels;
    const struct kernel_preset *preset = kernels_preset(k->preset);
    kernels_caption(v, &r, _("kernel"), preset ? translate(preset->title) : _("your own"));
    int n = k->side;
    float size = fminf(ui_px(ui, 84), fminf(r.w, r.h * 0.66f) / (float)n);
    struct rect all = rect_cut_top(&r, size * (float)n);
    all.w = size * (float)n;
    for (int i = 0; i < n * n; i++)
        draw_cell(v, s, i, rect_inset(rect_cell(all, n, n, i % n, i / n), 2));
    rect_cut_top(&r, ui_px(ui, 10));
    draw_divisor(v, s, r);
    if (s->editing > n * n && s->editing != KERNELS_CELLS)
        s->editing = -1;
}
