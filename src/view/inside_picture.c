/* Pictures of inputs, and what is laid over them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "inside_own.h"

static uint8_t byte_of(float value)
{
    return (uint8_t)lroundf(255 * (value > 0 ? value < 1 ? value : 1 : 0));
}

/* The picture's own colour: three channels as they are; one as ink on paper, as the pad has it. */
static struct colour own_colour(const struct theme *t, const float *at, int channels)
{
    if (channels != 3)
        return colour_mix(t->zero, t->cell_dark, (float)byte_of(at[0]) / 255);
    return (struct colour){byte_of(at[0]), byte_of(at[1]), byte_of(at[2]), 255};
}

/* What lies over a pixel: of several channels the one that counts most, by its size alone. */
static float number_over(const struct attribution *a, size_t pixel, int channels)
{
    if (a->over)
        return a->over[pixel];
    const float *at = a->values + pixel * (size_t)channels;
    float most = at[0];
    for (int c = 1; c < channels; c++)
        most = fmaxf(fabsf(most), fabsf(at[c]));
    return most;
}

static struct colour scale_colour(const struct view *v, const struct attribution *a, float value,
                                  float limit)
{
    if (a->kind == ATTRIBUTE_GRADCAM)
        return scale_value(v->ui->theme, value, limit);
    return scale_gradient(v->ui->theme, value, limit);
}

/* The largest of what lies over the picture. */
static float limit_of(const struct attribution *a)
{
    float peak = attribution_peak(a);
    return peak > 0 ? peak : 1;
}

struct rect inside_picture_draw(const struct view *v, struct rect r, const float *x,
                                const struct attribution *a, float opacity)
{
    const struct shape *shape = &v->snap->net->layers[0].out;
    size_t count = (size_t)shape->dim[0] * (size_t)shape->dim[1];
    int channels = shape->dim[2];
    uint32_t *colours = mem_zalloc(count, sizeof *colours);
    float limit = a ? limit_of(a) : 1;
    for (size_t i = 0; i < count; i++) {
        struct colour c = own_colour(v->ui->theme, x + i * (size_t)channels, channels);
        float over = a ? number_over(a, i, channels) : 0;
        if (a) { /* weak ones let the picture through */
            float part = opacity * fminf(1, sqrtf(fabsf(over) / limit));
            c = colour_mix(c, scale_colour(v, a, over, limit), isfinite(part) ? part : 1);
        }
        colours[i] = colour_pack(c);
    }
    struct rect map = rect_fit(r, (float)shape->dim[1] / (float)shape->dim[0]);
    map.y = r.y;
    map = rect_snap(map);
    draw_heatmap(v->ui->draw, map, shape->dim[1], shape->dim[0], colours, 0, v->ui->theme->frame);
    draw_frame(v->ui->draw, rect_inset(map, -1), 1, v->ui->theme->frame);
    free(colours);
    return map;
}

void inside_scale_draw(const struct view *v, struct rect r, const struct attribution *a)
{
    enum { STEPS = 64 };
    struct ui *ui = v->ui;
    char low[48], high[48];
    uint32_t colours[STEPS];
    int px = ui_text_px(ui, 17);
    bool one_sided = a->kind == ATTRIBUTE_GRADCAM || (a->shape.rank == 3 && a->shape.dim[2] > 1);
    float limit = limit_of(a), from = one_sided ? 0 : -limit;
    for (int i = 0; i < STEPS; i++)
        colours[i] =
            colour_pack(scale_colour(v, a, from + (limit - from) * (float)i / (STEPS - 1), limit));
    view_number(v->snap, (double)from, low, sizeof low);
    view_number(v->snap, (double)limit, high, sizeof high);
    float left = font_width(ui->fonts, FONT_MONO, px, low) + 2;
    float right = font_width(ui->fonts, FONT_MONO, px, high) + 2, gap = ui_px(ui, 8);
    if (r.w < left + right + 4 * gap)
        return;
    draw_text_in(ui->draw, FONT_MONO, px, rect_cut_left(&r, left), ALIGN_LEFT, ui->theme->muted,
                 low);
    draw_text_in(ui->draw, FONT_MONO, px, rect_cut_right(&r, right), ALIGN_RIGHT, ui->theme->muted,
                 high);
    r = rect_inset_xy(r, gap, 0);
    r = rect_centre(r, r.w, fminf(r.h, ui_px(ui, 12)));
    draw_heatmap(ui->draw, r, STEPS, 1, colours,
                 one_sided && a->kind == ATTRIBUTE_GRADCAM ? 0 : HEATMAP_GRADIENT,
                 ui->theme->frame);
    draw_frame(ui->draw, r, 1, ui->theme->frame);
}
