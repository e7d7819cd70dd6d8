#include "plot.h"

#include <math.h>
#include <stdio.h>

#include "glassnet/base/text.h"

/* The smallest of 1, 2, 5 times a power of ten that is not under x. */
static double round_up(double x)
{
    double power = pow(10, floor(log10(x))), part = x / power;
    return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

static double step_of(double low, double high, float room, float each)
{
    double lines = fmax(1, floor((double)(room / each)));
    return round_up(fmax(high - low, 1e-300) / lines);
}

/* As many decimals as tell one line from the next. */
static void axis_number(const struct view *v, double value, double step, char *out, size_t size)
{
    const int most = 10;
    int decimals = step >= 1 ? 0 : (int)ceil(-log10(step) - 1e-9);
    if (fabs(value) >= 1e6 || decimals > most)
        snprintf(out, size, "%.4g", value);
    else
        snprintf(out, size, "%.*f", decimals, fabs(value) < step * 1e-6 ? 0 : value);
    view_formula_signs(v->snap, out);
}

struct plot_axes plot_begin(const struct view *v, struct rect r, double x0, double x1, double y0,
                            double y1)
{
    struct ui *ui = v->ui;
    struct plot_axes a = {.x0 = x0, .x1 = x1, .px = ui_text_px(ui, 17)};
    float line = (float)a.px, widest = 0;
    char text[48];
    rect_cut_right(&r, line);
    rect_cut_top(&r, line * 0.6f);
    rect_cut_bottom(&r, line * 1.9f);
    if (!(y1 > y0))
        y1 = y0 + fmax(1e-6, fabs(y0) * 0.1);
    double step = step_of(y0, y1, r.h, line * 2.4f);
    a.y0 = step * floor(y0 / step + 1e-9);
    a.y1 = step * ceil(y1 / step - 1e-9);
    for (int end = 0; end < 2; end++) {
        axis_number(v, end ? a.y1 - step : a.y0 + step, step, text, sizeof text);
        widest = fmaxf(widest, font_width(ui->fonts, FONT_MONO, a.px, text));
    }
    rect_cut_left(&r, widest + line);
    a.r = rect_snap(r);
    return a;
}

struct point plot_point(const struct plot_axes *a, double x, double y)
{
    double across = (x - a->x0) / (a->x1 - a->x0), up = (y - a->y0) / (a->y1 - a->y0);
    return (struct point){a->r.x + (float)across * a->r.w,
                          a->r.y + a->r.h * (float)(1 - fmin(2, fmax(-1, up)))};
}

double plot_x(const struct plot_axes *a, float pixel)
{
    double across = (double)((pixel - a->r.x) / fmaxf(1, a->r.w));
    return a->x0 + (a->x1 - a->x0) * fmin(1, fmax(0, across));
}

static void draw_rows(const struct view *v, const struct plot_axes *a)
{
    struct ui *ui = v->ui;
    char text[32];
    double step = step_of(a->y0, a->y1, a->r.h, (float)a->px * 2.4f);
    for (double y = step * ceil(a->y0 / step - 1e-9); y <= a->y1 + step * 1e-6; y += step) {
        float at = plot_point(a, a->x0, y).y;
        axis_number(v, y, step, text, sizeof text);
        float w = font_width(ui->fonts, FONT_MONO, a->px, text) + 2;
        struct rect row = {a->r.x - (float)a->px * 0.5f - w, at - (float)a->px, w,
                           2 * (float)a->px};
        draw_text_in(ui->draw, FONT_MONO, a->px, row, ALIGN_RIGHT, ui->theme->muted, text);
        draw_hline(ui->draw, a->r.x, a->r.x + a->r.w, at, 1, ui->theme->line);
    }
}

/* Numbers under the plot; those that would run into the title or each other are left out. */
static void draw_columns(const struct view *v, const struct plot_axes *a, float right)
{
    struct ui *ui = v->ui;
    char text[32];
    float from = 0;
    double step = step_of(a->x0, a->x1, a->r.w, (float)a->px * 6);
    for (double x = step * ceil(a->x0 / step - 1e-9); x <= a->x1 + step * 1e-6; x += step) {
        axis_number(v, x, step, text, sizeof text);
        float w = font_width(ui->fonts, FONT_MONO, a->px, text) + 2;
        float at = plot_point(a, x, a->y0).x;
        if (at - w / 2 < from || at + w / 2 > right)
            continue;
        struct rect box = {at - w / 2, a->r.y + a->r.h + (float)a->px * 0.3f, w,
                           (float)a->px * 1.4f};
        draw_text_in(ui->draw, FONT_MONO, a->px, box, ALIGN_CENTRE, ui->theme->muted, text);
        draw_vline(ui->draw, at, a->r.y + a->r.h, a->r.y + a->r.h + 5, 1, ui->theme->frame);
        from = at + w / 2 + (float)a->px * 0.6f;
    }
}

void plot_axes_draw(const struct view *v, const struct plot_axes *a, const char *x_title)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    float w = font_width(ui->fonts, FONT_MONO, a->px, x_title) + 2;
    float end = a->r.x + a->r.w + (float)a->px * 0.8f;
    draw_rect(ui->draw, a->r, t->panel);
    draw_rows(v, a);
    draw_columns(v, a, end - w - (float)a->px * 0.8f);
    struct rect title = {end - w, a->r.y + a->r.h + (float)a->px * 0.3f, w, (float)a->px * 1.4f};
    draw_text_in(ui->draw, FONT_MONO, a->px, title, ALIGN_RIGHT, t->muted, x_title);
    draw_frame(ui->draw, a->r, 1, t->frame);
}

void plot_curve(const struct view *v, const struct plot_axes *a, const double *x, const double *y,
                int n, float width, struct colour c)
{
    enum { POINTS_MOST = 256 };
    struct point points[POINTS_MOST];
    int count = 0;
    for (int i = 0; i <= n; i++) {
        bool gap = i == n || !isfinite(y[i]) || !isfinite(x[i]);
        if (!gap)
            points[count++] = plot_point(a, x[i], y[i]);
        if (!gap && count < POINTS_MOST)
            continue;
        if (count > 1)
            draw_polyline(v->ui->draw, points, count, width, c);
        else if (count == 1)
            draw_circle(v->ui->draw, points[0].x, points[0].y, width, c);
        points[0] = points[count ? count - 1 : 0];
        count = gap ? 0 : 1;
    }
}
