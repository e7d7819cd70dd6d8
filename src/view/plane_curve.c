/* Sets of one number: the network's curve over it, through the points or not. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "plane_own.h"
#include "plot.h"

/* One output after the other, as lines through the field's points. */
static void draw_output(const struct plane_frame *d, int unit, int n)
{
    struct ui *ui = d->v->ui;
    struct point points[LINE_SIDE];
    int last = d->v->snap->net->layer_count - 1, count = 0;
    struct colour c = n > 1 ? plane_class_colour(ui->theme, unit) : ui->theme->phase[THEME_FORWARD];
    for (int i = 0; i < d->f->grid && i < LINE_SIDE; i++) {
        float place[2];
        plane_field_at(d->f, 0, i, place);
        place[1] = plane_out(d, last, i)[unit];
        if (isfinite(place[1]))
            points[count++] = plane_to_screen(d, place);
    }
    if (count > 1)
        draw_polyline(ui->draw, points, count, fmaxf(2, ui_px(ui, 5)), c);
}

void plane_curve_draw(const struct plane_frame *d)
{
    struct ui *ui = d->v->ui;
    const struct plane_field *f = d->f;
    const struct plot_axes axes = {.r = d->map,
                                   .x0 = (double)f->low[0],
                                   .x1 = (double)f->high[0],
                                   .y0 = (double)f->low[1],
                                   .y1 = (double)f->high[1],
                                   .px = ui_text_px(ui, 17)};
    int n = plane_units(d, d->v->snap->net->layer_count - 1);
    plot_axes_draw(d->v, &axes, "x");
    draw_clip_push(ui->draw, d->map);
    for (int unit = 0; unit < n; unit++)
        draw_output(d, unit, n);
    draw_clip_pop(ui->draw);
}

/* Where on the screen the sum of a neuron is zero, after the field's point i; false: it is not. */
static bool is_zero_after(const struct plane_frame *d, int layer, int unit, int i, float *x)
{
    float a = plane_z(d, layer, i)[unit], b = plane_z(d, layer, i + 1)[unit];
    float from[2], to[2];
    if ((a < 0) == (b < 0) || !isfinite(a) || !isfinite(b))
        return false;
    plane_field_at(d->f, 0, i, from);
    plane_field_at(d->f, 0, i + 1, to);
    float part = a / (a - b);
    *x = plane_to_screen(d, (const float[2]){from[0] + part * (to[0] - from[0]), 0}).x;
    return true;
}

/* A tick at the foot; of the neuron that is selected a line over all. */
static void draw_kink(const struct plane_frame *d, int layer, int unit, int nth, float x,
                      bool selected)
{
    struct ui *ui = d->v->ui;
    float foot = d->map.y + d->map.h, high = ui_px(ui, 18), wide = fmaxf(2, ui_px(ui, 3));
    char id[96], tip[160], name[96];
    const struct point line[2] = {{x, d->map.y}, {x, foot}};
    if (selected)
        draw_dashes(ui->draw, line, 2, fmaxf(2, ui_px(ui, 4)), ui_px(ui, 10), ui_px(ui, 9),
                    ui->theme->selection);
    struct rect tick = {x - wide / 2, foot - high, wide, high};
    draw_rect(ui->draw, tick, selected ? ui->theme->ink : ui->theme->phase[THEME_FORWARD]);
    snprintf(name, sizeof name, "%.60s[%d]", d->v->snap->net->layers[layer].name, unit);
    snprintf(id, sizeof id, "plane.kink.%.60s.%d.%d", d->v->snap->net->layers[layer].name, unit,
             nth);
    snprintf(tip, sizeof tip, _("The sum of %s is 0 here"), name);
    struct rect area = rect_inset_xy(tick, -ui_px(ui, 5), 0);
    ui_area(ui, id, area, tip, false);
    ui_tooltip(ui, area, tip);
}

void plane_kinks_draw(const struct plane_frame *d)
{
    const struct net *net = d->v->snap->net;
    int chosen = 0, chosen_unit = -1;
    plane_selected_unit(d->v->snap, &chosen, &chosen_unit);
    draw_clip_push(d->v->ui->draw, d->map);
    for (int l = 1; l + 1 < net->layer_count; l++) {
        if (net->layers[l].kind != LAYER_DENSE)
            continue;
        for (int unit = 0; unit < plane_units(d, l); unit++)
            for (int i = 0, nth = 0; i + 1 < d->f->grid; i++) {
                float x;
                if (is_zero_after(d, l, unit, i, &x))
                    draw_kink(d, l, unit, nth++, x, l == chosen && unit == chosen_unit);
            }
    }
    draw_clip_pop(d->v->ui->draw);
}

void plane_curve_thumb(const struct plane_frame *d, int layer, int unit, struct rect r)
{
    enum { EACH = 4, POINTS = LINE_SIDE / EACH };
    struct ui *ui = d->v->ui;
    struct point points[POINTS];
    float most = 0;
    int count = 0;
    for (int i = 0; i < d->f->grid; i++) {
        float value = fabsf(plane_out(d, layer, i)[unit]);
        most = isfinite(value) ? fmaxf(most, value) : most;
    }
    for (int i = 0; i < d->f->grid && count < POINTS; i += EACH) {
        float value = plane_out(d, layer, i)[unit] / fmaxf(most, 1e-30f);
        if (!isfinite(value))
            continue;
        points[count++] = (struct point){r.x + r.w * ((float)i + 0.5f) / (float)d->f->grid,
                                         r.y + r.h * (0.5f - 0.42f * value)};
    }
    draw_rect(ui->draw, r, ui->theme->panel);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y + r.h / 2, 1, ui->theme->line);
    draw_clip_push(ui->draw, r);
    if (count > 1)
        draw_polyline(ui->draw, points, count, fmaxf(1.5f, ui_px(ui, 2.5f)),
                      ui->theme->phase[THEME_FORWARD]);
    draw_clip_pop(ui->draw);
}
