/* The race on the open network: the training loss of each optimiser, one over the other. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"
#include "optimizers_own.h"
#include "plot.h"

static bool find_range(const struct race_view *race, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (int i = 0; i < WALKERS; i++)
        for (int k = 0; race->racers[i].on && k < race->racers[i].count; k++) {
            double loss = race->racers[i].losses[k];
            if (!isfinite(loss))
                continue;
            *low = fmin(*low, loss);
            *high = fmax(*high, loss);
        }
    return *low <= *high;
}

/* One that runs off does not press the others flat: at most some times the first point of all. */
static double ceiling(const struct race_view *race, double high)
{
    double first = 0;
    for (int i = 0; i < WALKERS; i++)
        if (race->racers[i].on && race->racers[i].count > 0 && isfinite(race->racers[i].losses[0]))
            first = first > 0 ? fmin(first, race->racers[i].losses[0]) : race->racers[i].losses[0];
    return first > 0 ? fmin(high, 3 * first) : high;
}

static void draw_words(const struct view *v, struct rect r, const char *words)
{
    struct ui *ui = v->ui;
    const struct text_run run = {.text = words, .colour = ui->theme->muted};
    struct paragraph_style style = {.px = ui_text_px(ui, 22), .align = ALIGN_CENTRE};
    float w = fminf(ui_px(ui, 640), r.w * 0.9f);
    float h = paragraph_height(ui->fonts, &run, 1, &style, w);
    paragraph_draw(ui->draw, &run, 1, &style, r.x + (r.w - w) / 2, r.y + (r.h - h) / 2, w);
}

static void draw_curves(const struct view *v, const struct race_view *race, struct rect r,
                        double low, double high)
{
    struct ui *ui = v->ui;
    struct plot_axes a = plot_begin(v, r, 0, race->epochs, low < 0.3 * high ? 0 : low, high);
    plot_axes_draw(v, &a, _("epoch"));
    draw_clip_push(ui->draw, a.r);
    for (int i = 0; i < WALKERS; i++) {
        const struct racer_view *racer = &race->racers[i];
        if (racer->on)
            plot_curve(v, &a, racer->epochs, racer->losses, racer->count, fmaxf(2, ui_px(ui, 4)),
                       walker_colour(ui->theme, i));
    }
    draw_clip_pop(ui->draw);
    struct point ends[WALKERS] = {{0, 0}};
    bool there[WALKERS] = {false};
    for (int i = 0; i < WALKERS; i++) {
        const struct racer_view *racer = &race->racers[i];
        int last = racer->count - 1;
        there[i] = racer->on && last >= 0 && isfinite(racer->losses[last]);
        if (there[i])
            ends[i] = plot_point(&a, racer->epochs[last], fmin(racer->losses[last], a.y1));
    }
    walker_marks(v, ends, there, fmaxf(8, ui_px(ui, 13)));
}

void optimizers_race_draw(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct race_view *race = &v->snap->optimizers->race;
    double low, high;
    int px = ui_text_px(ui, 22), small = ui_text_px(ui, 20);
    struct rect head = rect_cut_top(&r, (float)px * 1.7f);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, head, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                 _("The race on the open network: training loss as it goes"));
    struct rect words = rect_cut_bottom(&r, (float)small * 5.8f);
    if (!find_range(race, &low, &high))
        draw_words(v, r,
                   race->running ? _("The first one is on its way …")
                                 : _("No race was run yet. Choose optimisers and epochs at "
                                     "the right, then Race."));
    else
        draw_curves(v, race, r, low, ceiling(race, high));
    const char *said = race->running ? race->stage : race->said;
    const struct text_run run = {.text = said, .colour = ui->theme->ink};
    struct paragraph_style style = {.px = small, .leading = 1.35f, .max_lines = 4};
    if (said[0])
        paragraph_draw(ui->draw, &run, 1, &style, words.x, words.y + (float)small * 0.5f, words.w);
}
