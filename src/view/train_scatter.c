/* Numbers to predict: what the network says against what is true. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "plot.h"
#include "train_cards.h"

enum { DOTS_MOST = 600 };

static void range_of(const struct study *st, int target, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (int i = 0; i < st->n; i++)
        for (int k = 0; k < 2; k++) {
            float y = (k ? st->predicted : st->wanted)[i * st->targets + target];
            if (!isfinite(y))
                continue;
            *low = fmin(*low, (double)y);
            *high = fmax(*high, (double)y);
        }
    if (!(*high > *low)) {
        double middle = isfinite(*low) ? *low : 0;
        *low = middle - 1;
        *high = middle + 1;
    }
}

static struct point place_of(const struct plot_axes *a, const struct study *st, int target, int i)
{
    return plot_point(a, (double)st->wanted[i * st->targets + target],
                      (double)st->predicted[i * st->targets + target]);
}

static int nearest(const struct view *v, const struct plot_axes *a, const struct study *st,
                   int target, int stride)
{
    float best = ui_px(v->ui, 24);
    int found = -1;
    for (int i = 0; i < st->n; i += stride) {
        struct point p = place_of(a, st, target, i);
        float away = hypotf(p.x - v->ui->in->mouse_x, p.y - v->ui->in->mouse_y);
        if (away < best) {
            best = away;
            found = i;
        }
    }
    return found;
}

static void draw_target(const struct view *v, struct train_view_state *s, const struct study *st,
                        struct rect row)
{
    struct ui *ui = v->ui;
    const struct dataset *d = v->snap->data;
    struct rect next = rect_cut_right(&row, ui_px(ui, 40));
    if (ui_button(ui, "train.target", next, "›", BUTTON_NORMAL))
        s->target = (s->target + 1) % st->targets;
    ui_tooltip(ui, next, _("Another of the numbers to predict"));
    draw_text_in(ui->draw, FONT_MONO, ui_text_px(ui, 17), row, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->muted,
                 d->target_names ? d->target_names[s->target] : _("a number to predict"));
}

void train_scatter_draw(const struct view *v, struct train_view_state *s, const struct study *st,
                        struct rect r)
{
    struct ui *ui = v->ui;
    double low, high;
    char text[160], is[48], says[48];
    s->target = s->target < st->targets ? s->target : 0;
    if (st->targets > 1)
        draw_target(v, s, st, rect_cut_top(&r, ui_px(ui, 36)));
    range_of(st, s->target, &low, &high);
    struct plot_axes a = plot_begin(v, r, low, high, low, high);
    plot_axes_draw(v, &a, _("true"));
    struct point from = plot_point(&a, low, low), to = plot_point(&a, high, high);
    int stride = 1 + (st->n - 1) / DOTS_MOST;
    draw_clip_push(ui->draw, a.r);
    draw_line(ui->draw, from.x, from.y, to.x, to.y, 1, ui->theme->muted);
    for (int i = 0; i < st->n; i += stride) {
        struct point p = place_of(&a, st, s->target, i);
        if (isfinite(st->predicted[i * st->targets + s->target]))
            draw_circle(ui->draw, p.x, p.y, fmaxf(2, ui_px(ui, 4)),
                        colour_alpha(ui->theme->text_value_pos, 0.6f));
    }
    draw_clip_pop(ui->draw);
    unsigned answer = ui_area(ui, "train.scatter", a.r, _("predicted against true"), false);
    int at = ui_hovers(ui, a.r) ? nearest(v, &a, st, s->target, stride) : -1;
    if (at < 0)
        return;
    struct point p = place_of(&a, st, s->target, at);
    draw_ring(ui->draw, p.x, p.y, ui_px(ui, 8), fmaxf(2, ui_px(ui, 2)), ui->theme->ink);
    snprintf(text, sizeof text, _("sample %d: true %s, predicted %s"), at,
             view_number(v->snap, (double)st->wanted[at * st->targets + s->target], is, sizeof is),
             view_number(v->snap, (double)st->predicted[at * st->targets + s->target], says,
                         sizeof says));
    ui_tooltip(ui, rect_of(p.x - 1, p.y - 1, 2, 2), text);
    if (answer & AREA_CLICKED)
        train_card_show(v, st, at);
}
