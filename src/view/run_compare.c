#include "run_compare.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "run_line.h"

/* The selected cell in the other branch's pass, whose program may be another. */
static bool find_other(const struct snapshot *s, struct cell *out)
{
    if (!s->other || !cell_is(s->selected) || s->selected.sample >= s->other->n)
        return false;
    const struct tensor *t = &s->program->tensors[s->selected.tensor];
    int tensor = program_find(s->other->program, t->name);
    *out = s->selected;
    out->tensor = tensor;
    return tensor >= 0 && s->other->program->tensors[tensor].count == t->count;
}

static void put_row(const struct view *v, struct rect *r, const char *name, struct colour dot,
                    const char *number, struct colour c)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 22);
    struct rect row = rect_cut_top(r, (float)px * 1.6f);
    float side = ui_px(ui, 7), w = font_width(ui->fonts, FONT_MONO_BOLD, px, number) + 2;
    if (dot.a > 0)
        draw_circle(ui->draw, row.x + side, row.y + row.h / 2, side, dot);
    rect_cut_left(&row, side * 3);
    draw_text_in(ui->draw, FONT_MONO_BOLD, px, rect_cut_right(&row, w), ALIGN_RIGHT, c, number);
    draw_text_in(ui->draw, FONT_SANS, px, row, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink, name);
}

/* Rows and columns in which a tensor is drawn: its last axis across, a picture's channel first. */
static void form_of(const struct tensor *t, int *rows, int *cols, int *stride, size_t index,
                    size_t *base)
{
    const struct shape *s = &t->shape;
    *stride = 1;
    *base = 0;
    if (s->rank == 3) { /* the channel of the selected cell */
        *rows = s->dim[0];
        *cols = s->dim[1];
        *stride = s->dim[2];
        *base = index % (size_t)s->dim[2];
    } else {
        *cols = s->rank > 1 ? s->dim[s->rank - 1] : s->rank == 1 ? s->dim[0] : 1;
        *rows = (int)(t->count / (size_t)*cols);
    }
}

static void draw_map(const struct view *v, struct rect r, const char *title, const float *numbers,
                     int rows, int cols, float limit, bool gradient)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 17);
    struct rect head = rect_cut_top(&r, (float)px * 1.5f);
    float size = fminf(r.w / (float)cols, r.h / (float)rows);
    struct rect box = {r.x, r.y, fmaxf(1, size * (float)cols), fmaxf(1, size * (float)rows)};
    uint32_t *pixels = mem_zalloc((size_t)rows * (size_t)cols, sizeof *pixels);
    scale_pack(ui->theme, gradient, numbers, rows * cols, 1, limit, pixels);
    draw_text_in(ui->draw, FONT_SANS, px, head, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, title);
    draw_heatmap(ui->draw, rect_snap(box), cols, rows, pixels, 0, ui->theme->line);
    draw_frame(ui->draw, rect_snap(box), 1, ui->theme->frame);
    free(pixels);
}

/* Here, there, and the difference, all on one scale; of a picture the selected cell's channel. */
static void draw_maps(const struct view *v, struct cell other, struct rect r)
{
    enum { MAPS = 3, SIDE_MOST = 512 };
    const struct snapshot *s = v->snap;
    const struct tensor *t = &s->program->tensors[s->selected.tensor];
    int rows, cols, stride;
    size_t base;
    form_of(t, &rows, &cols, &stride, s->selected.index, &base);
    if (rows > SIDE_MOST || cols > SIDE_MOST * 4 || r.h < ui_px(v->ui, 60) || t->count < 2)
        return;
    size_t count = (size_t)rows * (size_t)cols;
    size_t sample = t->batched ? (size_t)s->selected.sample * t->count : 0;
    const float *here = trace_tensor(s->trace, s->selected.tensor) + sample + base;
    const float *there = trace_tensor(s->other, other.tensor) + sample + base;
    float *maps = mem_zalloc(MAPS * count, sizeof *maps);
    for (size_t i = 0; i < count; i++) {
        maps[i] = here[i * (size_t)stride];
        maps[count + i] = there[i * (size_t)stride];
        maps[2 * count + i] = maps[i] - maps[count + i];
    }
    float limit = scale_limit(maps, (int)(2 * count));
    static const char *const titles[MAPS] = {N_("shown"), N_("beside it"), N_("difference")};
    for (int m = 0; m < MAPS; m++)
        draw_map(v, rect_column(r, MAPS, m, ui_px(v->ui, 16)), translate(titles[m]),
                 maps + (size_t)m * count, rows, cols, limit,
                 view_is_gradient(s, s->selected.tensor));
    free(maps);
}

static void draw_hint(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *s = v->snap;
    const char *hint = s->branch_count < 2     ? _("Branch, change something, train both, compare.")
                       : s->compare < 0        ? _("Choose Beside in a row to compare.")
                       : !cell_is(s->selected) ? _("Select a number to compare.")
                                               : _("The other branch has no such number.");
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), rect_cut_top(&r, ui_px(ui, 40)),
                 ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, hint);
}

void run_compare_draw(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *s = v->snap;
    struct cell other;
    char title[320], number[48];
    if (!find_other(s, &other) || r.h < ui_px(ui, 170)) {
        draw_hint(v, r);
        return;
    }
    if (!view_is_done(v, s->selected) || view_is_hidden(v, s->selected)) {
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), rect_cut_top(&r, ui_px(ui, 40)),
                     ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted,
                     _("The selected number is not computed yet, or covered."));
        return;
    }
    cell_title(s->program, s->selected, title, sizeof title);
    draw_text_in(ui->draw, FONT_MONO_BOLD, ui_text_px(ui, 22), rect_cut_top(&r, ui_px(ui, 40)),
                 ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink, title);
    bool gradient = view_is_gradient(s, s->selected.tensor);
    float here = cell_value(s->trace, s->selected), there = cell_value(s->other, other);
    put_row(v, &r, s->branches[s->branch].name, run_colour(v, s->branch),
            view_number(s, (double)here, number, sizeof number),
            theme_signed(ui->theme, gradient, here));
    put_row(v, &r, s->branches[s->compare].name, run_colour(v, s->compare),
            view_number(s, (double)there, number, sizeof number),
            theme_signed(ui->theme, gradient, there));
    double difference = (double)here - (double)there;
    put_row(v, &r, _("difference"), (struct colour){0},
            view_number(s, difference, number, sizeof number),
            theme_signed(ui->theme, gradient, (float)difference));
    rect_cut_top(&r, ui_px(ui, 10));
    draw_maps(v, other, r);
}
