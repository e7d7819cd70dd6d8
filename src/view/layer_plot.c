/* Plots of functions: the curve is the engine's own function (engine_fn), so that the point of a
 * cell lies on it; the point and the slope of the tangent are the trace's. */
#include <math.h>
#include <stdio.h>

#include "layer_stage.h"

enum { SAMPLES = 121 };

struct frame {
    struct rect r;
    float x0, x1, y0, y1;
};

static struct point place(const struct frame *f, float x, float y)
{
    return (struct point){f->r.x + (x - f->x0) / (f->x1 - f->x0) * f->r.w,
                          f->r.y + f->r.h - (y - f->y0) / (f->y1 - f->y0) * f->r.h};
}

static float value_at(const struct plot *p, float x)
{
    float y = engine_fn(p->fn, x);
    return p->negative ? -y : y;
}

static struct frame choose_frame(const struct plot *p, struct rect r, float x, float y)
{
    struct frame f = {.r = r, .x0 = p->from, .x1 = p->to};
    if (f.x0 >= f.x1) {
        f.x1 = fmaxf(3, isfinite(x) ? 1.25f * fabsf(x) : 3);
        f.x0 = -f.x1;
    }
    f.y0 = isfinite(y) ? fminf(0, y) : 0;
    f.y1 = isfinite(y) ? fmaxf(0, y) : 0;
    for (int i = 0; i < SAMPLES; i++) {
        float v = value_at(p, f.x0 + (f.x1 - f.x0) * (float)i / (SAMPLES - 1));
        f.y0 = isfinite(v) ? fminf(f.y0, v) : f.y0;
        f.y1 = isfinite(v) ? fmaxf(f.y1, v) : f.y1;
    }
    float spare = (f.y1 - f.y0) * 0.08f + 1e-6f;
    f.y0 -= spare;
    f.y1 += spare;
    return f;
}

static void draw_axes(const struct stage *s, const struct frame *f)
{
    const struct theme *t = s->v->ui->theme;
    struct draw_list *d = s->v->ui->draw;
    struct point zero = place(f, 0, 0);
    draw_rect(d, f->r, t->panel);
    draw_frame(d, f->r, 1, t->line);
    if (zero.y > f->r.y && zero.y < f->r.y + f->r.h)
        draw_hline(d, f->r.x, f->r.x + f->r.w, zero.y, 1, t->muted);
    if (zero.x > f->r.x && zero.x < f->r.x + f->r.w)
        draw_vline(d, zero.x, f->r.y, f->r.y + f->r.h, 1, t->muted);
}

static void draw_curve_of(const struct stage *s, const struct plot *p, const struct frame *f)
{
    struct point points[SAMPLES];
    int n = 0;
    for (int i = 0; i < SAMPLES; i++) {
        float x = f->x0 + (f->x1 - f->x0) * (float)i / (SAMPLES - 1), y = value_at(p, x);
        if (isfinite(y))
            points[n++] = place(f, x, y);
    }
    if (n > 1)
        draw_polyline(s->v->ui->draw, points, n, fmaxf(1.5f, 3 * s->unit),
                      s->v->ui->theme->phase[THEME_FORWARD]);
}

static void draw_tangent(const struct stage *s, const struct plot *p, const struct frame *f,
                         float x, float y)
{
    float slope = cell_value(s->v->snap->trace, p->slope);
    if (!view_is_done(s->v, p->slope) || view_is_hidden(s->v, p->slope) || !isfinite(slope))
        return;
    float reach = (f->x1 - f->x0) * 0.3f;
    struct point a = place(f, x - reach, y - slope * reach);
    struct point b = place(f, x + reach, y + slope * reach);
    const struct point line[2] = {a, b};
    draw_dashes(s->v->ui->draw, line, 2, fmaxf(1.5f, 2.5f * s->unit), 9 * s->unit, 6 * s->unit,
                s->v->ui->theme->phase[THEME_BACKWARD]);
}

static void draw_point(const struct stage *s, const struct plot *p, const struct frame *f, float x,
                       float y)
{
    const struct theme *t = s->v->ui->theme;
    struct draw_list *d = s->v->ui->draw;
    if (!view_is_done(s->v, p->x) || view_is_hidden(s->v, p->x) || !isfinite(x))
        return;
    struct point foot = place(f, x, 0), at = place(f, x, y);
    const struct point down[2] = {foot, at};
    if (!view_is_done(s->v, p->y) || view_is_hidden(s->v, p->y) || !isfinite(y)) {
        draw_circle(d, foot.x, foot.y, 6 * s->unit, t->selection);
        return;
    }
    draw_dashes(d, down, 2, fmaxf(1, 1.5f * s->unit), 5 * s->unit, 4 * s->unit, t->ink);
    if (cell_is(p->slope))
        draw_tangent(s, p, f, x, y);
    draw_circle(d, at.x, at.y, 9 * s->unit, t->ink);
    draw_circle(d, at.x, at.y, 7 * s->unit, t->selection);
}

void stage_plot(struct stage *s, struct rect r, const struct plot *p)
{
    const struct theme *t = s->v->ui->theme;
    if (r.w < 60 * s->unit || r.h < 60 * s->unit || !cell_is(p->x) || !cell_is(p->y))
        return;
    struct rect title = rect_cut_top(&r, (float)s->px * 1.5f);
    rect_cut_bottom(&r, 6 * s->unit);
    struct rect box = rect_centre(r, fminf(r.w, r.h * 1.35f), fminf(r.h, r.w * 0.9f));
    title.x = box.x;
    title.w = box.w;
    title.y = box.y - title.h;
    stage_text(s, title, FONT_SANS_BOLD, s->px, ALIGN_LEFT, t->ink, p->title);
    float x = cell_value(s->v->snap->trace, p->x), y = cell_value(s->v->snap->trace, p->y);
    struct frame f = choose_frame(p, rect_snap(box), x, y);
    draw_axes(s, &f);
    draw_clip_push(s->v->ui->draw, f.r);
    draw_curve_of(s, p, &f);
    draw_point(s, p, &f, x, y);
    draw_clip_pop(s->v->ui->draw);
    stage_hit(s, f.r, p->y);
}
