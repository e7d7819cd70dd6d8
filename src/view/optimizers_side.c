/* The optimiser lab's controls and its table: where each is. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "flow.h"
#include "glassnet/base/translate.h"
#include "optimizers_own.h"

#define RATE_LEAST 0.0001f
#define RATE_MOST  1.0f

enum { SHORT = 86, LONG = 118 }; /* columns of the table, in design pixels */

static void draw_surfaces(const struct view *v, struct optimizers_state *s, struct flow *f)
{
    const struct optimizers_view *o = v->snap->optimizers;
    char id[64];
    flow_heading(f, _("Surface"));
    for (int i = 0; i < SURFACES; i++) {
        const struct surface_info *info = surface_info(i);
        bool real = i == SURFACE_LOSS;
        if (real && !view_has_pass(v->snap))
            continue;
        snprintf(id, sizeof id, "optimizers.surface.%s", info->name);
        bool on = (int)o->surface == i && !s->race;
        if (flow_button(f, id, translate(info->title), on ? BUTTON_ON : BUTTON_NORMAL,
                        real ? _("The loss over the two parameters with the largest gradients")
                             : info->formula)) {
            intents_add(v->out, "optimizers surface %s", info->name);
            s->race = false;
        }
    }
}

static void label_row(const struct view *v, struct flow *f, const char *what, const char *number)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 20);
    char text[96];
    flow_break(f, 8);
    snprintf(text, sizeof text, "%s %s", what, number);
    draw_text_in(ui->draw, FONT_SANS, px, flow_place(f, ui_px(ui, 190)), ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, text);
}

/* What a thread is at, and the way out of it. */
static void draw_walk(const struct view *v, struct flow *f)
{
    struct ui *ui = v->ui;
    const struct walk_view *w = &v->snap->optimizers->walk;
    char text[120], done[48], of[48];
    snprintf(text, sizeof text,
             w->finds_rates ? _("Trying rates: step %s of %s") : _("Step %s of %s"),
             view_count(w->steps < w->of ? w->steps : w->of, done, sizeof done),
             view_count(w->of, of, sizeof of));
    if (flow_button(f, "optimizers.cancel", _("Cancel"), BUTTON_NORMAL,
                    _("Stops here; steps that are done stay")))
        intents_add(v->out, "optimizers stop");
    struct rect row = flow_place(f, fmaxf(ui_px(ui, 160), f->room.w - ui_px(ui, 140)));
    struct rect bar = rect_cut_bottom(&row, ui_px(ui, 8));
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 19), row, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, text);
    ui_progress(ui, bar, w->of > 0 ? (float)w->steps / (float)w->of : 0,
                ui->theme->phase[THEME_FORWARD]);
}

static void draw_sliders(const struct view *v, struct flow *f)
{
    struct ui *ui = v->ui;
    const struct optimizers_view *o = v->snap->optimizers;
    char number[48];
    float rate = o->walkers[0].rate, mu = o->mu;
    bool same = true;
    for (int i = 1; i < WALKERS; i++)
        same = same && o->walkers[i].rate == rate;
    flow_heading(f, _("Live"));
    label_row(v, f, _("rate η"),
              same ? view_number(v->snap, (double)rate, number, sizeof number) : _("of its own"));
    float wide = fmaxf(ui_px(ui, 160), fminf(ui_px(ui, 330), f->room.w - ui_px(ui, 210)));
    if (ui_slider(ui, "optimizers.rate", flow_place(f, wide), _("the rate of all"), RATE_LEAST,
                  RATE_MOST, true, &rate))
        intents_add(v->out, "optimizers rate %.3g", (double)rate);
    label_row(v, f, _("momentum μ"), view_number(v->snap, (double)mu, number, sizeof number));
    if (ui_slider(ui, "optimizers.momentum", flow_place(f, wide), _("the momentum"), 0, 0.99f,
                  false, &mu))
        intents_add(v->out, "optimizers momentum %.3g", (double)mu);
    flow_break(f, 8);
    if (o->walk.running)
        draw_walk(v, f);
    else if (flow_button(f, "optimizers.best", _("Each its best rate"), BUTTON_NORMAL,
                         _("Tries 0.001 to 1 for a hundred steps and takes the lowest")))
        intents_add(v->out, "optimizers best-rates");
}

/* A number right of the last one. */
static void column(const struct view *v, struct rect *row, float width, const char *text,
                   struct colour c)
{
    struct ui *ui = v->ui;
    if (row->w < width)
        return;
    draw_text_in(ui->draw, FONT_MONO, ui_text_px(ui, 19), rect_cut_left(row, width),
                 ALIGN_RIGHT | TEXT_MAY_CUT, c, text);
}

static void draw_walker(const struct view *v, struct flow *f, int i)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    const struct walker_view *w = &v->snap->optimizers->walkers[i];
    const struct walk_point *p = &w->path[w->count - 1];
    const char *name = optimiser_name(w->kind);
    char id[64], number[48];
    struct rect row = {f->room.x, f->y, f->room.w, ui_px(ui, 42)};
    f->y += row.h;
    float radius = ui_px(ui, 13);
    struct rect mark = rect_cut_left(&row, 3 * radius);
    walker_mark(v, i, mark.x + radius + 1, mark.y + mark.h / 2, fmaxf(8, radius));
    snprintf(id, sizeof id, "optimizers.walker.%s", name);
    struct rect b = rect_cut_left(&row, fminf(row.w, ui_button_width(ui, "momentum")));
    b = rect_centre(b, b.w, ui_px(ui, 36));
    if (ui_button(ui, id, b, name, w->on ? BUTTON_ON : BUTTON_NORMAL))
        intents_add(v->out, "optimizers walker %s %s", name, w->on ? "off" : "on");
    ui_tooltip(ui, b, _("In, or out"));
    if (!w->on)
        return;
    column(v, &row, ui_px(ui, SHORT), view_number(v->snap, (double)w->rate, number, sizeof number),
           t->muted);
    if (w->left) {
        column(v, &row, fminf(row.w, ui_px(ui, LONG)), _("ran off"), t->error);
        return;
    }
    column(v, &row, ui_px(ui, LONG), view_number(v->snap, (double)p->loss, number, sizeof number),
           t->ink);
    column(v, &row, ui_px(ui, SHORT), view_fixed(v->snap, (double)p->x, 3, number, sizeof number),
           t->muted);
    column(v, &row, ui_px(ui, SHORT), view_fixed(v->snap, (double)p->y, 3, number, sizeof number),
           t->muted);
}

static void draw_table(const struct view *v, struct flow *f)
{
    struct ui *ui = v->ui;
    flow_heading(f, _("Where each is"));
    struct rect row = {f->room.x, f->y, f->room.w, ui_px(ui, 30)};
    rect_cut_left(&row, 3 * ui_px(ui, 13) + ui_button_width(ui, "momentum"));
    static const char *const heads[] = {N_("rate"), N_("loss"), "x", "y"};
    for (int i = 0; i < 4; i++)
        column(v, &row, ui_px(ui, i == 1 ? LONG : SHORT), translate(heads[i]), ui->theme->muted);
    f->y += ui_px(ui, 30);
    for (int i = 0; i < WALKERS; i++)
        draw_walker(v, f, i);
}

static void draw_race(const struct view *v, struct optimizers_state *s, struct flow *f)
{
    static const int epochs[] = {1, 3, 10, 30};
    static const char *const labels[] = {"1", "3", "10", "30"};
    const struct race_view *race = &v->snap->optimizers->race;
    int chosen = 0;
    flow_heading(f, _("Race on the open network"));
    if (!v->snap->net || v->snap->epoch_steps == 0) {
        flow_words(f, v->ui->theme->muted,
                   _("Open a network with a loss and data: then the same optimisers train it, all "
                     "from one start."));
        return;
    }
    for (int i = 0; i < 4; i++)
        chosen = epochs[i] == s->epochs ? i : chosen;
    label_row(v, f, _("epochs"), "");
    int n = flow_segments(f, "optimizers.epochs", labels, 4, chosen, 0);
    if (n >= 0)
        s->epochs = epochs[n];
    flow_break(f, 8);
    if (race->running) {
        if (flow_button(f, "optimizers.race.stop", _("Stop"), BUTTON_NORMAL, _("Ends the race")))
            intents_add(v->out, "optimizers race stop");
        return;
    }
    if (flow_button(
            f, "optimizers.race", _("Race"), BUTTON_NORMAL,
            _("With the rates of the table; all begin with the same weights, drawn anew from "
              "the seed"))) {
        intents_add(v->out, "optimizers race %d", s->epochs);
        s->race = true;
    }
    if (flow_button(f, "optimizers.race.best", _("Race, each its best rate"), BUTTON_NORMAL,
                    _("Each tries six rates for 60 batches before"))) {
        intents_add(v->out, "optimizers race %d best", s->epochs);
        s->race = true;
    }
    if (race->epochs > 0 &&
        flow_button(f, "optimizers.curves", s->race ? _("The surface") : _("The curves"),
                    BUTTON_PLAIN, NULL))
        s->race = !s->race;
}

void optimizers_side_draw(const struct view *v, struct optimizers_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    draw_rect(ui->draw, r, ui->theme->panel);
    draw_vline(ui->draw, r.x, r.y, r.y + r.h, 1, ui->theme->line);
    struct rect in = rect_inset_xy(r, ui_px(ui, 20), 0);
    struct rect content = ui_scroll_begin(ui, "optimizers.controls", in, s->height, &s->scroll);
    struct flow f = flow_begin(v, content, 40);
    draw_surfaces(v, s, &f);
    draw_sliders(v, &f);
    draw_table(v, &f);
    draw_race(v, s, &f);
    flow_break(&f, 20);
    if (flow_height(&f) != s->height)
        ui->again = true;
    s->height = flow_height(&f);
    ui_scroll_end(ui);
}
