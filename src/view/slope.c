#include "glassnet/view/slope.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>

#include "glassnet/step/nudge.h"
#include "glassnet/ui/paragraph.h"
#include "plot.h"
#include "slope_nudge.h"

#define EPSILON_START 1e-3f

void slope_init(struct slope_state *s)
{
    *s = (struct slope_state){.epsilon = EPSILON_START, .asked = CELL_NONE};
}

struct cell slope_subject(const struct snapshot *s)
{
    const struct program *p = s->program;
    struct cell c = s->selected;
    if (!cell_is(c) || nudge_can_move(p, c))
        return c;
    struct cell home = {program_find(p, p->tensors[c.tensor].base), c.sample, c.index};
    if (home.tensor < 0 || !nudge_can_move(p, home))
        return CELL_NONE;
    home.sample = p->tensors[home.tensor].batched ? c.sample : 0;
    return home;
}

/* Asks for the curve, unless somebody has. Its range stays while the number is well inside: what
 * moves is then the dot, not the hill. */
static void ask_curve(const struct view *v, struct cell subject, const char *name)
{
    const struct probe_view *p = v->snap->slope;
    bool same = cell_equal(p->cell, subject) && p->count > 1;
    if (same && !p->stale)
        return;
    double now = (double)cell_value(v->snap->trace, subject);
    double low = same ? p->values[0] : now, high = same ? p->values[p->count - 1] : now;
    double margin = 0.05 * (high - low);
    if (now > low + margin && now < high - margin)
        intents_add(v->out, "slope %s %.9g %.9g", name, low, high);
    else
        intents_add(v->out, "slope %s", name);
}

/* Asks for what the pass on screen does not have yet; while the dot is held the curve stays. */
static void ask(const struct view *v, struct slope_state *s, struct cell subject)
{
    const struct snapshot *snap = v->snap;
    char name[320];
    bool other = !cell_equal(s->asked, subject) || s->asked_of != snap->trace;
    if (s->dragging || snap->slope->running || snap->nudge->running)
        return;
    cell_name(snap->program, subject, name, sizeof name);
    if (other)
        ask_curve(v, subject, name);
    if (other || s->asked_epsilon != s->epsilon)
        intents_add(v->out, "nudge %s %.9g", name, (double)s->epsilon);
    s->asked = subject;
    s->asked_of = snap->trace;
    s->asked_epsilon = s->epsilon;
}

static void draw_words(const struct view *v, struct rect r, const char *words)
{
    struct ui *ui = v->ui;
    const struct text_run run = {.text = words, .colour = ui->theme->muted};
    struct paragraph_style style = {.px = ui_text_px(ui, 24), .align = ALIGN_CENTRE};
    float w = fminf(ui_px(ui, 760), r.w * 0.8f);
    float h = paragraph_height(ui->fonts, &run, 1, &style, w);
    paragraph_draw(ui->draw, &run, 1, &style, r.x + (r.w - w) / 2, r.y + (r.h - h) / 2, w);
}

/* The number of a counterpart of the subject (its gradient, its new value) once it is computed. */
static bool other_number(const struct view *v, struct cell subject, int tensor, float *out)
{
    struct cell c = {tensor, subject.sample, subject.index};
    if (tensor < 0 || !view_is_done(v, c) || view_is_hidden(v, c))
        return false;
    *out = cell_value(v->snap->trace, c);
    return isfinite(*out);
}

/* The loss where the pass is: in double, as the curve's, once the nudge has it. A small one in
 * float would stand beside the curve. */
static double loss_now(const struct snapshot *s, struct cell subject)
{
    const struct probe_view *nudge = s->nudge;
    struct cell loss = {s->program->loss, 0, 0};
    if (nudge->count == 3 && !nudge->stale && cell_equal(nudge->cell, subject) &&
        nudge->at == (double)cell_value(s->trace, subject))
        return nudge->losses[1];
    return (double)cell_value(s->trace, loss);
}

static void curve_range(const struct probe_view *p, double now, double *low, double *high)
{
    *low = *high = now;
    for (int i = 0; i < p->count; i++)
        if (isfinite(p->losses[i])) {
            *low = fmin(*low, p->losses[i]);
            *high = fmax(*high, p->losses[i]);
        }
    if (*low >= 0 && *low < 0.3 * *high)
        *low = 0;
}

/* The dot is where the pass is: at the number as it is, and its loss. */
static void drag_dot(const struct view *v, struct slope_state *s, const struct plot_axes *a,
                     struct cell subject)
{
    struct ui *ui = v->ui;
    char name[320];
    unsigned answer =
        ui_area(ui, "slope.curve", a->r, _("the number: drag it, or use the arrows"), true);
    if (answer & AREA_PRESSED)
        s->dragging = true;
    if (!(answer & AREA_HELD))
        s->dragging = false;
    double at = (double)cell_value(v->snap->trace, subject), to = at;
    if (answer & (AREA_PRESSED | AREA_DRAGGED | AREA_CLICKED))
        to = plot_x(a, ui->in->mouse_x);
    if (answer & AREA_FOCUS) {
        double step = (a->x1 - a->x0) / 100;
        to += ui_key(ui, "Right") ? step : ui_key(ui, "Left") ? -step : 0;
    }
    if ((float)to != (float)at)
        intents_add(v->out, "drag %s %.9g", cell_name(v->snap->program, subject, name, sizeof name),
                    to);
}

/* The straight line that the gradient promises. */
static void draw_tangent(const struct view *v, const struct plot_axes *a, double at, double loss,
                         double slope)
{
    struct ui *ui = v->ui;
    double reach = (a->x1 - a->x0) * 0.3;
    const struct point line[2] = {plot_point(a, at - reach, loss - slope * reach),
                                  plot_point(a, at + reach, loss + slope * reach)};
    draw_dashes(ui->draw, line, 2, fmaxf(2, ui_px(ui, 3)), ui_px(ui, 12), ui_px(ui, 8),
                ui->theme->phase[THEME_BACKWARD]);
}

/* Where the update takes the number: an arrow along the foot. */
static void draw_update(const struct view *v, const struct plot_axes *a, double at, double next)
{
    struct ui *ui = v->ui;
    struct colour c = ui->theme->phase[THEME_UPDATE];
    struct point from = plot_point(a, at, a->y0), to = plot_point(a, next, a->y0);
    float y = a->r.y + a->r.h - ui_px(ui, 16), head = ui_px(ui, 9);
    to.x = fminf(a->r.x + a->r.w, fmaxf(a->r.x, to.x));
    float way = to.x > from.x ? 1 : -1;
    const struct point tip[3] = {
        {to.x, y}, {to.x - way * 1.6f * head, y - head}, {to.x - way * 1.6f * head, y + head}};
    draw_line(ui->draw, from.x, y, to.x - way * head, y, fmaxf(2, ui_px(ui, 4)), c);
    if (fabsf(to.x - from.x) > head)
        draw_polygon(ui->draw, tip, 3, c);
    draw_vline(ui->draw, to.x, a->r.y, a->r.y + a->r.h, fmaxf(1, ui_px(ui, 1.5f)), c);
}

static void draw_dot(const struct view *v, const struct plot_axes *a, double at, double loss)
{
    struct ui *ui = v->ui;
    struct point p = plot_point(a, at, loss);
    draw_vline(ui->draw, p.x, p.y, a->r.y + a->r.h, fmaxf(1, ui_px(ui, 1.5f)), ui->theme->ink);
    draw_circle(ui->draw, p.x, p.y, ui_px(ui, 12), ui->theme->ink);
    draw_circle(ui->draw, p.x, p.y, ui_px(ui, 9), ui->theme->selection);
}

static void draw_head(const struct view *v, struct cell subject, struct rect r)
{
    struct ui *ui = v->ui;
    char title[320], text[400];
    cell_title(v->snap->program, subject, title, sizeof title);
    snprintf(text, sizeof text, _("the loss for every value of %s"), title);
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 24), r, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, text);
}

/* What the lines mean, in their colours. */
static void draw_key(const struct view *v, struct rect r, bool tangent, bool update)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    int px = ui_text_px(ui, 19);
    const struct {
        bool there;
        const char *text;
        struct colour colour;
    } words[] = {{true, _("● now, drag it"), t->ink},
                 {tangent, _("╌ slope by backprop"), t->text_phase[THEME_BACKWARD]},
                 {update, _("→ the update"), t->text_phase[THEME_UPDATE]}};
    for (int i = 0; i < 3; i++) {
        float w = font_width(ui->fonts, FONT_SANS, px, words[i].text) + 2;
        if (!words[i].there || w > r.w)
            continue;
        draw_text_in(ui->draw, FONT_SANS, px, rect_cut_left(&r, w), ALIGN_LEFT, words[i].colour,
                     words[i].text);
        rect_cut_left(&r, ui_px(ui, 28));
    }
}

static void draw_plot(const struct view *v, struct slope_state *s, struct cell subject,
                      struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    const struct probe_view *p = snap->slope;
    double low, high, at = (double)cell_value(snap->trace, subject);
    double loss = loss_now(snap, subject);
    float gradient, next;
    draw_head(v, subject, rect_cut_top(&r, ui_px(ui, 44)));
    struct rect key = rect_cut_bottom(&r, ui_px(ui, 40));
    if (p->count == 0 || !cell_equal(p->cell, subject)) {
        draw_words(v, r, p->running ? _("Working out the curve …") : "");
        return;
    }
    curve_range(p, loss, &low, &high);
    struct plot_axes a = plot_begin(v, r, p->values[0], p->values[p->count - 1], low, high);
    plot_axes_draw(v, &a, _("value"));
    draw_clip_push(ui->draw, a.r);
    const struct tensor *t = &snap->program->tensors[subject.tensor];
    bool tangent = other_number(v, subject, t->grad, &gradient);
    bool update = other_number(v, subject, t->next, &next);
    plot_curve(v, &a, p->values, p->losses, p->count, fmaxf(2, ui_px(ui, 4)),
               ui->theme->phase[THEME_LOSS]);
    if (tangent)
        draw_tangent(v, &a, at, loss, (double)gradient);
    if (update)
        draw_update(v, &a, at, (double)next);
    draw_clip_pop(ui->draw);
    draw_dot(v, &a, at, loss); /* whole, also where the loss is nearly 0 */
    drag_dot(v, s, &a, subject);
    draw_key(v, key, tangent, update);
}

void slope_draw(const struct view *v, struct slope_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    struct cell subject = slope_subject(v->snap);
    draw_tag(ui->draw, "slope");
    struct rect in = rect_inset_xy(r, ui_px(ui, 24), ui_px(ui, 16));
    if (!v->snap->program->has_loss) {
        draw_words(v, in,
                   _("This network has no loss, so there is none to see move. Write a loss "
                     "line into its file."));
    } else if (!cell_is(subject)) {
        draw_words(v, in,
                   _("Select a weight, a bias or a pixel: here appears the loss for each of "
                     "its values, and a test of its gradient."));
    } else {
        struct rect side = rect_cut_right(&in, fmaxf(ui_px(ui, 400), in.w * 0.34f));
        rect_cut_right(&in, ui_px(ui, 24));
        draw_plot(v, s, subject, in);
        slope_nudge_draw(v, s, subject, side);
        ask(v, s, subject);
    }
    draw_tag(ui->draw, NULL);
}
