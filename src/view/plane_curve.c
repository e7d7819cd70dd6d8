/* Sets of one number: the network's curve over it, through the points or not. */
#include <math.h>

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
