/* The dream: the input that excites a neuron most, as it grows, and its value over the steps. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "flow.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "inside_own.h"
#include "plot.h"

#define BUTTONS_MOST 40

/* The layer that a dream's cell belongs to. */
static int layer_of(const struct snapshot *snap, struct cell c)
{
    for (int l = 1; l < snap->net->layer_count; l++)
        if (snap->program->layer_out[l] == c.tensor || snap->program->layer_z[l] == c.tensor)
            return l;
    return snap->net->layer_count - 1;
}

/* A beginning: the class that the network takes the sample for. */
static void ask(const struct view *v, struct inside_state *s)
{
    const struct snapshot *snap = v->snap;
    if (snap->dream->asked || s->asked_of == snap->net)
        return;
    s->asked_of = snap->net;
    size_t outputs = shape_count(&net_output(snap->net)->out);
    size_t guess = snap->guess > 0 && (size_t)snap->guess < outputs ? (size_t)snap->guess : 0;
    inside_dream_of(v, snap->net->layer_count - 1, guess);
}

/* The neurons of the chosen layer, a button each. */
static void draw_neurons(const struct view *v, const struct inside_state *s, struct rect *r)
{
    const struct snapshot *snap = v->snap;
    const struct dream_view *d = snap->dream;
    int layer = inside_layer(snap, s);
    const struct shape *shape = &snap->net->layers[layer].out;
    int n = shape->rank == 3 ? shape->dim[2] : (int)shape_count(shape);
    int shown = n < BUTTONS_MOST ? n : BUTTONS_MOST;
    struct flow f = flow_begin(v, *r, 36);
    char id[48], label[16], tip[128];
    bool here = d->asked && d->cell.tensor == inside_dream_tensor(snap, layer);
    for (int k = 0; k < shown; k++) {
        snprintf(id, sizeof id, "inside.neuron.%d", k);
        snprintf(label, sizeof label, "%d", k);
        inside_goal_words(snap, layer, (size_t)k, tip, sizeof tip);
        bool on = here && d->cell.index % (size_t)n == (size_t)k;
        if (flow_button(&f, id, label, on ? BUTTON_ON : BUTTON_NORMAL, tip))
            inside_dream_of(v, layer, (size_t)k);
    }
    struct cell c = snap->selected;
    bool own =
        cell_is(c) && layer_of(snap, c) == layer &&
        (c.tensor == snap->program->layer_out[layer] || c.tensor == snap->program->layer_z[layer]);
    if (own && n > shown &&
        flow_button(&f, "inside.neuron.selected", _("the selected one"), BUTTON_NORMAL,
                    _("Dream of the selected number's unit")))
        inside_dream_of(v, layer, c.index);
    rect_cut_top(r, flow_height(&f) + ui_px(v->ui, 12));
}

static void draw_values(const struct view *v, struct rect r)
{
    const struct dream_view *d = v->snap->dream;
    int n = d->value_count;
    if (r.h < ui_px(v->ui, 90) || r.w < ui_px(v->ui, 160))
        return;
    double *x = mem_zalloc((size_t)n, sizeof *x), *y = mem_zalloc((size_t)n, sizeof *y);
    double low = INFINITY, high = -INFINITY;
    for (int k = 0; k < n; k++) {
        x[k] = k;
        y[k] = (double)d->values[k];
        if (isfinite(y[k])) {
            low = fmin(low, y[k]);
            high = fmax(high, y[k]);
        }
    }
    if (low <= high) {
        struct plot_axes a = plot_begin(v, r, 0, n > 20 ? n - 1 : 20, low, high);
        plot_axes_draw(v, &a, _("steps"));
        draw_clip_push(v->ui->draw, a.r);
        plot_curve(v, &a, x, y, n, fmaxf(2, ui_px(v->ui, 4)), v->ui->theme->phase[THEME_FORWARD]);
        draw_clip_pop(v->ui->draw);
    }
    free(x);
    free(y);
}

/* An input that is no picture: its numbers. */
static void draw_numbers(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    int n = (int)snap->program->tensors[snap->program->input].count, px = ui_text_px(ui, 20);
    float row = (float)px * 1.5f;
    char name[64], number[48];
    for (int i = 0; i < n && row * (float)(i + 1) <= r.h; i++) {
        struct rect line = {r.x, r.y + row * (float)i, r.w, row};
        const struct dataset *d = snap->data;
        bool named = d && d->feature_names && (size_t)i < d->count;
        snprintf(name, sizeof name, "%s", named ? d->feature_names[i] : "");
        if (!name[0])
            snprintf(name, sizeof name, "x%d", i);
        struct rect value = rect_cut_right(&line, line.w * 0.4f);
        draw_text_in(ui->draw, FONT_SANS, px, line, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                     name);
        draw_text_in(ui->draw, FONT_MONO, px, value, ALIGN_RIGHT | TEXT_MAY_CUT, ui->theme->ink,
                     view_number(snap, (double)snap->dream->picture[i], number, sizeof number));
    }
}

/* What became of it, in words. */
static void draw_state(const struct view *v, struct rect *r)
{
    struct ui *ui = v->ui;
    const struct dream_view *d = v->snap->dream;
    char number[48], steps[32], text[160];
    view_number(v->snap, (double)d->values[d->value_count - 1], number, sizeof number);
    view_count(d->steps, steps, sizeof steps);
    if (d->stuck)
        snprintf(text, sizeof text,
                 translate_count("%s after %s step: no slope here",
                                 "%s after %s steps: no slope here", d->steps),
                 number, steps);
    else
        snprintf(text, sizeof text,
                 translate_count("%s after %s step", "%s after %s steps", d->steps), number, steps);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20),
                 rect_cut_top(r, (float)ui_text_px(ui, 20) * 1.6f), ALIGN_LEFT | TEXT_MAY_CUT,
                 d->stuck ? ui->theme->error : ui->theme->ink, text);
    if (d->stale)
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 18),
                     rect_cut_top(r, (float)ui_text_px(ui, 18) * 1.6f), ALIGN_LEFT | TEXT_MAY_CUT,
                     ui->theme->error, _("of earlier weights; begin anew"));
}

void inside_dream_draw(const struct view *v, struct inside_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    const struct dream_view *d = snap->dream;
    char goal[128], title[160];
    ask(v, s);
    draw_neurons(v, s, &r);
    if (!d->asked || !cell_is(d->cell))
        return;
    inside_goal_words(snap, layer_of(snap, d->cell), d->cell.index, goal, sizeof goal);
    snprintf(title, sizeof title, _("The input that excites %s"), goal);
    inside_caption(v, &r, title, NULL);
    draw_state(v, &r);
    rect_cut_top(&r, ui_px(ui, 6));
    if (r.h < ui_px(ui, 40))
        return;
    bool picture = snap->net->layers[0].out.rank == 3;
    float side = fminf(r.h, r.w * 0.52f);
    struct rect left = rect_cut_left(&r, side);
    if (picture)
        inside_picture_draw(v, left, d->picture, NULL, 0);
    else
        draw_numbers(v, left);
    rect_cut_left(&r, ui_px(ui, 16));
    r.h = fminf(r.h, ui_px(ui, 330));
    draw_values(v, r);
    if (d->playing || d->running)
        ui->again = true;
}
