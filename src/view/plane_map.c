/* Decision regions: what the outputs mean, as colours. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "plane_own.h"

struct colour plane_class_colour(const struct theme *t, int c)
{
    const struct colour all[] = {t->value_neg,
                                 t->value_pos,
                                 t->grad_neg,
                                 t->grad_pos,
                                 t->phase[THEME_LOSS],
                                 t->phase[THEME_UPDATE],
                                 colour_mix(t->value_neg, t->ink, 0.45f),
                                 t->muted,
                                 colour_mix(t->grad_pos, t->zero, 0.45f),
                                 colour_mix(t->grad_neg, t->selection, 0.5f)};
    const int n = (int)(sizeof all / sizeof *all);
    return all[(c % n + n) % n];
}

bool plane_is_share(const struct snapshot *s)
{
    const struct layer *out = net_output(s->net);
    if (shape_count(&out->out) != 1 || s->net->loss == LOSS_HINGE)
        return false;
    return s->data ? s->data->n_classes > 0 : out->activation == ACT_SIGMOID;
}

static bool means_classes(const struct snapshot *s, int n)
{
    return n > 1 && (!s->data || s->data->n_classes > 0);
}

/* The ground is softer than the points on it. */
static struct colour soften(const struct theme *t, struct colour c, float strength)
{
    return colour_mix(t->zero, c, 0.72f * fminf(1, fmaxf(0, strength)));
}

/* limit: of a number with a sign. */
static struct colour ground(const struct snapshot *s, const struct theme *t, const float *out,
                            int n, float limit)
{
    for (int k = 0; k < n; k++)
        if (!isfinite(out[k]))
            return t->nan;
    if (means_classes(s, n)) {
        int best = net_class(s->net, out);
        float even = 1.0f / (float)n;
        return soften(t, plane_class_colour(t, best),
                      0.12f + 0.88f * (out[best] - even) / (1 - even));
    }
    float signed_part = plane_is_share(s) ? 2 * out[0] - 1 : out[0] / limit;
    return soften(t, plane_class_colour(t, signed_part > 0), fabsf(signed_part));
}

float plane_limit(const struct plane_frame *d)
{
    int last = d->v->snap->net->layer_count - 1;
    enum activation a = d->v->snap->net->layers[last].activation;
    if (a == ACT_TANH || d->v->snap->net->loss == LOSS_HINGE)
        return 1;
    return scale_limit(plane_out(d, last, 0), d->f->grid * plane_units(d, last));
}

struct colour plane_ground(const struct plane_frame *d, int i)
{
    int last = d->v->snap->net->layer_count - 1;
    return ground(d->v->snap, d->v->ui->theme, plane_out(d, last, i), plane_units(d, last),
                  d->limit);
}

void plane_map_draw(const struct plane_frame *d)
{
    struct ui *ui = d->v->ui;
    uint32_t colours[PLANE_SIDE * PLANE_SIDE];
    int side = d->f->side;
    for (int i = 0; i < d->f->grid && i < PLANE_SIDE * PLANE_SIDE; i++)
        colours[i] = colour_pack(plane_ground(d, i));
    draw_heatmap(ui->draw, d->map, side, side, colours, 0, ui->theme->line);
    draw_frame(ui->draw, d->map, 1, ui->theme->frame);
}

char *plane_says(const struct snapshot *s, const float *out, int n, char *text, size_t size)
{
    char number[48], name[64];
    if (means_classes(s, n)) {
        int best = net_class(s->net, out);
        view_number(s, (double)out[best], number, sizeof number);
        snprintf(text, size, _("class %s: %s"), view_class(s, best, name, sizeof name), number);
    } else {
        snprintf(text, size, "%s", view_number(s, (double)out[0], number, sizeof number));
    }
    return text;
}

static void draw_classes(const struct plane_frame *d, struct rect r, int n)
{
    struct ui *ui = d->v->ui;
    char name[64];
    int px = ui_text_px(ui, 18);
    float dot = ui_px(ui, 7);
    for (int c = 0; c < n; c++) {
        const char *text = view_class(d->v->snap, c, name, sizeof name);
        float w = font_width(ui->fonts, FONT_SANS, px, text) + 2;
        if (r.w < w + 3 * dot)
            return;
        struct rect at = rect_cut_left(&r, 2.6f * dot);
        draw_circle(ui->draw, at.x + dot, at.y + at.h / 2, dot, plane_class_colour(ui->theme, c));
        draw_text_in(ui->draw, FONT_SANS, px, rect_cut_left(&r, w), ALIGN_LEFT, ui->theme->muted,
                     text);
        rect_cut_left(&r, ui_px(ui, 14));
    }
}

/* From one end of the scale to the other, as the ground has it. */
static void draw_scale(const struct plane_frame *d, struct rect r, float low, float high,
                       float limit)
{
    enum { STEPS = 48 };
    struct ui *ui = d->v->ui;
    uint32_t colours[STEPS];
    char a[48], b[48];
    int px = ui_text_px(ui, 18);
    view_number(d->v->snap, (double)low, a, sizeof a);
    view_number(d->v->snap, (double)high, b, sizeof b);
    float left = font_width(ui->fonts, FONT_MONO, px, a) + 2;
    float right = font_width(ui->fonts, FONT_MONO, px, b) + 2, gap = ui_px(ui, 8);
    if (r.w < left + right + 4 * gap)
        return;
    for (int i = 0; i < STEPS; i++) {
        float value = low + (high - low) * ((float)i + 0.5f) / STEPS;
        colours[i] = colour_pack(ground(d->v->snap, ui->theme, &value, 1, limit));
    }
    draw_text_in(ui->draw, FONT_MONO, px, rect_cut_left(&r, left), ALIGN_LEFT, ui->theme->muted, a);
    rect_cut_left(&r, gap);
    struct rect end = rect_cut_right(&r, right);
    rect_cut_right(&r, gap);
    struct rect bar = rect_centre(r, r.w, ui_px(ui, 14));
    draw_heatmap(ui->draw, bar, STEPS, 1, colours, 0, ui->theme->line);
    draw_frame(ui->draw, bar, 1, ui->theme->frame);
    draw_text_in(ui->draw, FONT_MONO, px, end, ALIGN_LEFT, ui->theme->muted, b);
}

void plane_legend_draw(const struct plane_frame *d, struct rect r)
{
    const struct snapshot *s = d->v->snap;
    int n = plane_units(d, s->net->layer_count - 1);
    if (!d->t)
        return;
    if (d->f->axes == 1) { /* of plane_kinks_draw */
        draw_text_in(d->v->ui->draw, FONT_SANS, ui_text_px(d->v->ui, 18), r,
                     ALIGN_LEFT | TEXT_MAY_CUT, d->v->ui->theme->muted,
                     _("ticks: a neuron's sum is 0"));
        return;
    }
    float limit = d->limit;
    if (means_classes(s, n) || d->s->bent_layer)
        draw_classes(d, r, s->data && s->data->n_classes ? s->data->n_classes : n);
    else
        draw_scale(d, r, plane_is_share(s) ? 0 : -limit, plane_is_share(s) ? 1 : limit, limit);
}
