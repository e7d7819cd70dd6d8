/* The surface as bands of grey, dark where it is high, and the paths on it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "optimizers_own.h"
#include "plot.h"

enum { BANDS = 14 };

struct range {
    float low, high;
};

static struct range range_of(const struct optimizers_view *o)
{
    struct range r = {INFINITY, -INFINITY};
    for (int i = 0; i < o->rows * o->side; i++)
        if (isfinite(o->losses[i])) {
            r.low = fminf(r.low, o->losses[i]);
            r.high = fmaxf(r.high, o->losses[i]);
        }
    if (!(r.low <= r.high))
        r = (struct range){0, 1};
    if (r.low == r.high)
        r.high = r.low + 1e-6f;
    return r;
}

/* Bands grow with the square of their number, so that the floor of a valley shows, too. */
static int band_of(struct range r, float loss)
{
    float part = (loss - r.low) / (r.high - r.low);
    if (!(part >= 0))
        return isnan(part) ? BANDS - 1 : 0;
    int band = (int)(sqrtf(part) * BANDS);
    return band < BANDS ? band : BANDS - 1;
}

static float band_loss(struct range r, int band)
{
    float part = (float)band / BANDS;
    return r.low + (r.high - r.low) * part * part;
}

static struct colour band_colour(const struct theme *t, int band)
{
    return colour_mix(t->panel, t->muted, 0.06f + 0.62f * (float)band / (BANDS - 1));
}

static void draw_bands(const struct view *v, const struct plot_axes *a)
{
    const struct optimizers_view *o = v->snap->optimizers;
    const struct range range = range_of(o);
    int n = o->side;
    uint32_t *colours = mem_zalloc((size_t)(n * n), sizeof *colours);
    for (int row = 0; row < o->rows; row++)
        for (int i = 0; i < n; i++)
            colours[(n - 1 - row) * n + i] =
                colour_pack(band_colour(v->ui->theme, band_of(range, o->losses[row * n + i])));
    draw_hatch(v->ui->draw, a->r, v->ui->theme->hatch_ground, v->ui->theme->hatch);
    draw_heatmap(v->ui->draw, a->r, n, n, colours, 0, v->ui->theme->frame);
    free(colours);
}

/* What the greys mean, from the lowest up. */
static void draw_scale(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct range range = range_of(v->snap->optimizers);
    int px = ui_text_px(ui, 17);
    char text[48];
    struct rect bar = rect_cut_left(&r, ui_px(ui, 18));
    rect_cut_left(&r, ui_px(ui, 6));
    float h = bar.h / BANDS, last = INFINITY;
    for (int i = 0; i < BANDS; i++) {
        struct rect band = {bar.x, bar.y + bar.h - h * (float)(i + 1), bar.w, h};
        draw_rect(ui->draw, rect_snap(band), band_colour(ui->theme, i));
        float y = band.y + band.h;
        if (last - y < (float)px * 1.5f)
            continue;
        last = y;
        view_number(v->snap, (double)band_loss(range, i), text, sizeof text);
        draw_text_in(ui->draw, FONT_MONO, px,
                     rect_of(r.x, y - (float)px * 0.7f, r.w, (float)px * 1.4f),
                     ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, text);
    }
    draw_frame(ui->draw, bar, 1, ui->theme->frame);
}

static struct point at(const struct plot_axes *a, float x, float y)
{
    return plot_point(a, (double)x, (double)y);
}

static void draw_path(const struct view *v, const struct plot_axes *a, int i)
{
    enum { PIECE = 200 };
    struct ui *ui = v->ui;
    const struct walker_view *w = &v->snap->optimizers->walkers[i];
    struct point points[PIECE];
    struct colour c = walker_colour(ui->theme, i);
    int n = 0;
    for (int k = 0; k < w->count; k++) {
        points[n++] = at(a, w->path[k].x, w->path[k].y);
        if (n < PIECE && k + 1 < w->count)
            continue;
        if (n > 1) {
            draw_polyline(ui->draw, points, n, fmaxf(3, ui_px(ui, 6)), ui->theme->panel);
            draw_polyline(ui->draw, points, n, fmaxf(2, ui_px(ui, 3.5f)), c);
        }
        points[0] = points[n - 1];
        n = 1;
    }
    for (int k = 0; w->count <= 60 && k < w->count; k++) {
        struct point p = at(a, w->path[k].x, w->path[k].y);
        draw_circle(ui->draw, p.x, p.y, fmaxf(2, ui_px(ui, 4)), c);
    }
}

static void draw_paths(const struct view *v, const struct plot_axes *a)
{
    const struct optimizers_view *o = v->snap->optimizers;
    struct ui *ui = v->ui;
    draw_clip_push(ui->draw, a->r);
    for (int i = 0; i < WALKERS; i++)
        if (o->walkers[i].on)
            draw_path(v, a, i);
    struct point start = at(a, o->start[0], o->start[1]), ends[WALKERS] = {{0, 0}};
    draw_ring(ui->draw, start.x, start.y, ui_px(ui, 15), fmaxf(2, ui_px(ui, 3)), ui->theme->ink);
    bool there[WALKERS] = {false};
    for (int i = 0; i < WALKERS; i++) {
        const struct walker_view *w = &o->walkers[i];
        const struct walk_point *last = &w->path[w->count - 1];
        ends[i] = at(a, last->x, last->y);
        there[i] = w->on && w->count > 1;
    }
    walker_marks(v, ends, there, fmaxf(8, ui_px(ui, 13)));
    draw_clip_pop(ui->draw);
}

static void set_start(const struct view *v, const struct plot_axes *a)
{
    struct ui *ui = v->ui;
    const struct optimizers_view *o = v->snap->optimizers;
    unsigned answer = ui_area(ui, "optimizers.surface", a->r,
                              _("the surface: click where all begin, or use the arrow keys"), true);
    float to[2] = {o->start[0], o->start[1]};
    if (answer & AREA_CLICKED && !(answer & AREA_FOCUS && ui_key(ui, "Enter"))) {
        to[0] = (float)plot_x(a, ui->in->mouse_x);
        float up = 1 - (ui->in->mouse_y - a->r.y) / fmaxf(1, a->r.h);
        to[1] = o->low[1] + (o->high[1] - o->low[1]) * fminf(1, fmaxf(0, up));
    }
    if (answer & AREA_FOCUS)
        for (int axis = 0; axis < 2; axis++) {
            float step = (o->high[axis] - o->low[axis]) / 40;
            to[axis] += ui_key(ui, axis ? "Up" : "Right")    ? step
                        : ui_key(ui, axis ? "Down" : "Left") ? -step
                                                             : 0;
            to[axis] = fminf(o->high[axis], fmaxf(o->low[axis], to[axis]));
        }
    if (to[0] != o->start[0] || to[1] != o->start[1])
        intents_add(v->out, "optimizers start %.6g,%.6g", (double)to[0], (double)to[1]);
}

void optimizers_map_draw(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct optimizers_view *o = v->snap->optimizers;
    char text[300];
    int px = ui_text_px(ui, 22);
    struct rect head = rect_cut_top(&r, (float)px * 1.7f);
    snprintf(text, sizeof text,
             o->stale ? _("%s  ·  loss = %s (of an earlier pass)") : _("%s  ·  loss = %s"),
             translate(surface_info((int)o->surface)->title),
             translate(surface_info((int)o->surface)->formula));
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, head, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                 text);
    struct rect scale = rect_cut_right(&r, ui_px(ui, 140));
    rect_cut_right(&r, ui_px(ui, 8));
    float side = fminf(r.w, r.h + ui_px(ui, 40));
    r.x += (r.w - side) / 2;
    r.w = side;
    struct plot_axes a = plot_begin(v, r, (double)o->low[0], (double)o->high[0], (double)o->low[1],
                                    (double)o->high[1]);
    a.y0 = (double)o->low[1]; /* the grid's own ends, not round ones */
    a.y1 = (double)o->high[1];
    plot_axes_draw(v, &a, o->axes[0]);
    draw_bands(v, &a);
    draw_frame(ui->draw, a.r, 1, ui->theme->frame);
    draw_paths(v, &a);
    set_start(v, &a);
    scale.x = a.r.x + a.r.w + ui_px(ui, 14);
    scale.y = a.r.y;
    scale.h = a.r.h;
    draw_scale(v, scale);
    int small = ui_text_px(ui, 17);
    float wide = fminf(a.r.w, font_width(ui->fonts, FONT_MONO, small, o->axes[1]) + 10);
    struct rect label = {a.r.x + 1, a.r.y + 1, wide, (float)small * 1.5f};
    draw_rect(ui->draw, label, ui->theme->panel);
    draw_text_in(ui->draw, FONT_MONO, small, label, ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->ink,
                 o->axes[1]);
}
