#include "train_axes.h"

#include <math.h>
#include <stdio.h>

#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"

/* The smallest of 1, 2, 5 times a power of ten that is not under x. */
static double round_up(double x)
{
    double power = pow(10, floor(log10(x))), part = x / power;
    return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

/* The largest that is not over x. */
static double round_down(double x)
{
    double power = pow(10, floor(log10(x))), part = x / power;
    return power * (part >= 5 ? 5 : part >= 2 ? 2 : 1);
}

static void add_tick(struct train_axes *a, double value)
{
    if (a->ticks < TRAIN_TICKS_MOST)
        a->tick[a->ticks++] = value;
}

static void fit_linear(struct train_axes *a, int lines, double most)
{
    double step;
    if (a->what == CURVE_ACCURACY) {
        a->high = 1;
        step = lines >= 4 ? 0.25 : lines >= 2 ? 0.5 : 1;
    } else {
        step = round_up(most / lines);
        a->high = step * ceil(most / step - 1e-9);
    }
    for (int i = 0; i <= (int)lround(a->high / step); i++)
        add_tick(a, step * i);
}

/* Powers of ten, and 2 and 5 times these where there is room. */
static void fit_log(struct train_axes *a, int lines, double least, double most)
{
    a->low = round_down(least);
    a->high = round_up(most);
    if (a->high <= a->low)
        a->high = a->low * 10;
    double decades = log10(a->high / a->low);
    bool fine = decades * 3 <= lines;
    int every = (int)fmax(1, ceil(decades / lines));
    for (int power = (int)floor(log10(a->low)); power <= (int)ceil(log10(a->high)); power++)
        for (int k = 0; k < 3; k++) {
            static const double parts[] = {1, 2, 5};
            double value = parts[k] * pow(10, power);
            bool inside = value >= a->low * 0.999 && value <= a->high * 1.001;
            if (inside && (k == 0 ? power % every == 0 : fine))
                add_tick(a, value);
        }
}

/* Labels are round numbers: no zeros behind them. */
static void tick_text(const struct snapshot *s, const struct train_axes *a, double value, char *out,
                      size_t size)
{
    if (a->what == CURVE_ACCURACY)
        snprintf(out, size, "%.0f %%", 100 * value);
    else
        snprintf(out, size, "%.3g", value);
    view_formula_signs(s, out);
}

void train_axes_fit(const struct view *v, struct train_axes *a, struct rect r, double least,
                    double most)
{
    struct ui *ui = v->ui;
    char text[32];
    float widest = 0;
    a->px = ui_text_px(ui, 17);
    rect_cut_top(&r, (float)a->px * 0.8f);
    rect_cut_bottom(&r, (float)a->px * 1.8f);
    int lines = (int)fminf(5, fmaxf(1, r.h / ((float)a->px * 2.2f)));
    a->ticks = 0;
    a->low = 0;
    most = most > 0 && isfinite(most) ? most : 1;
    a->log = a->log && a->what == CURVE_LOSS && least > 0;
    if (a->log)
        fit_log(a, lines, least, most);
    else
        fit_linear(a, lines, most);
    for (int i = 0; i < a->ticks; i++) {
        tick_text(v->snap, a, a->tick[i], text, sizeof text);
        widest = fmaxf(widest, font_width(ui->fonts, FONT_MONO, a->px, text));
    }
    rect_cut_left(&r, widest + 2 + ui_px(ui, 10));
    a->r = r;
}

struct point train_axes_point(const struct train_axes *a, double epoch, double value)
{
    double up = a->log ? log10(fmax(value, a->low) / a->low) / log10(a->high / a->low)
                       : (value - a->low) / (a->high - a->low);
    return (struct point){a->r.x + a->r.w * (float)fmin(1, epoch / a->epochs),
                          a->r.y + a->r.h * (1 - (float)fmin(1, fmax(0, up)))};
}

double train_axes_epoch(const struct train_axes *a, float x)
{
    double part = (double)((x - a->r.x) / fmaxf(1, a->r.w));
    return a->epochs * fmin(1, fmax(0, part));
}

static void draw_values(const struct view *v, const struct train_axes *a)
{
    struct ui *ui = v->ui;
    char text[32];
    for (int i = 0; i < a->ticks; i++) {
        float y = train_axes_point(a, 0, a->tick[i]).y, left = a->r.x - ui_px(ui, 10);
        tick_text(v->snap, a, a->tick[i], text, sizeof text);
        float w = font_width(ui->fonts, FONT_MONO, a->px, text) + 2;
        struct rect row = {left - w, y - (float)a->px / 2, w, (float)a->px};
        draw_text_in(ui->draw, FONT_MONO, a->px, row, ALIGN_RIGHT, ui->theme->muted, text);
        bool foot = !a->log && a->tick[i] == 0;
        draw_hline(ui->draw, a->r.x, a->r.x + a->r.w, y, 1,
                   foot ? ui->theme->frame : ui->theme->line);
    }
}

/* The last label ends where the frame does; those before it are left out where it needs room. */
static void draw_epochs(const struct view *v, const struct train_axes *a)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    struct rect foot = {a->r.x, a->r.y + a->r.h, a->r.w, (float)a->px * 1.8f};
    char text[40];
    snprintf(text, sizeof text, _("epoch %.0f"), a->epochs);
    float w = font_width(ui->fonts, FONT_MONO, a->px, text), gap = ui_px(ui, 14);
    float end = foot.x + foot.w - w - gap, from = foot.x;
    draw_text_in(ui->draw, FONT_MONO, a->px, foot, ALIGN_RIGHT | TEXT_MAY_CUT, t->muted, text);
    double step = fmax(1, round_up(a->epochs / 5));
    for (double epoch = 0; epoch < a->epochs; epoch += step) {
        snprintf(text, sizeof text, "%.0f", epoch);
        w = font_width(ui->fonts, FONT_MONO, a->px, text);
        float x = a->r.x + a->r.w * (float)(epoch / a->epochs) - (epoch > 0 ? w / 2 : 0);
        if (x < from || x + w > end)
            continue;
        struct rect at = {x, foot.y, w + 1, foot.h};
        draw_text_in(ui->draw, FONT_MONO, a->px, at, ALIGN_LEFT, t->muted, text);
        from = x + w + gap;
    }
}

void train_axes_draw(const struct view *v, const struct train_axes *a)
{
    draw_values(v, a);
    draw_epochs(v, a);
}
