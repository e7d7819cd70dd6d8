/* The histogram beside the table: how the numbers shown are spread, and where in it the selected
 * one lies. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "matrix_frame.h"
#include "network_layout.h"

/* Counts the computed and not hidden cells anew when anything has changed. */
static void count(const struct view *v, struct matrix_frame *f, int tensor)
{
    const struct snapshot *s = v->snap;
    struct cell sel = {tensor, s->view_sample, 0};
    if (cell_equal(f->counted, sel) && f->revision == s->revision && f->hide_value == v->hide_value)
        return;
    size_t n = s->program->tensors[tensor].count;
    bool *skip = mem_zalloc(n + 1, sizeof *skip);
    bool all = view_progress(s, tensor) == ALL_DONE, batched = s->program->tensors[tensor].batched;
    for (size_t i = 0; i < n; i++) {
        struct cell c = {tensor, batched ? s->view_sample : 0, i};
        skip[i] = (!all && !view_is_done(v, c)) || view_is_hidden(v, c);
    }
    matrix_stats_of(view_numbers(s, tensor), n, skip, &f->stats);
    free(skip);
    f->counted = sel;
    f->revision = s->revision;
    f->hide_value = v->hide_value;
}

static void line(const struct view *v, struct rect *r, const char *name, const char *text,
                 struct colour c)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 18);
    struct rect row = rect_cut_top(r, (float)px * 1.5f);
    float w = font_width(ui->fonts, FONT_SANS, px, name) + ui_px(ui, 10);
    draw_text_in(ui->draw, FONT_SANS, px, rect_cut_left(&row, fminf(w, row.w * 0.6f)),
                 ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, name);
    draw_text_in(ui->draw, FONT_MONO, px, row, ALIGN_RIGHT | TEXT_MAY_CUT, c, text);
}

static void number_line(const struct view *v, struct rect *r, const char *name, double value,
                        bool gradient)
{
    char text[48];
    line(v, r, name, view_number(v->snap, value, text, sizeof text),
         theme_signed(v->ui->theme, gradient, (float)value));
}

/* The bin of the selected cell, when it may be told. */
static int selected_bin(const struct view *v, const struct matrix_frame *f, int tensor)
{
    struct cell sel = v->snap->selected;
    if (sel.tensor != tensor || !view_is_done(v, sel) || view_is_hidden(v, sel))
        return -1;
    return matrix_stats_bin(&f->stats, cell_value(v->snap->trace, sel));
}

static void draw_bars(const struct view *v, const struct matrix_frame *f, int tensor, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    const struct matrix_stats *s = &f->stats;
    bool gradient = view_is_gradient(v->snap, tensor);
    int marked = selected_bin(v, f, tensor);
    float mark_h = fmaxf(5, ui_px(ui, 10));
    struct rect marks = rect_cut_bottom(&r, mark_h);
    for (int k = 0; k < s->bins; k++) {
        float x0 = floorf(r.x + r.w * (float)k / (float)s->bins);
        float x1 = floorf(r.x + r.w * (float)(k + 1) / (float)s->bins);
        float h = r.h * (float)s->count[k] / (float)s->most;
        h = s->count[k] > 0 ? fmaxf(2, h) : 0;
        double middle = s->bins == 1 ? (double)s->max : s->low + ((double)k + 0.5) * s->width;
        struct colour c = middle < 0 ? gradient ? t->text_grad_neg : t->text_value_neg
                          : gradient ? t->text_grad_pos
                                     : t->text_value_pos;
        uint32_t packed = colour_pack(c);
        struct rect bar = {x0, r.y + r.h - h, fmaxf(1, x1 - x0 - 1), h};
        if (h > 0)
            draw_heatmap(ui->draw, bar, 1, 1, &packed, gradient ? HEATMAP_GRADIENT : 0, c);
        if (k != marked)
            continue;
        draw_frame(ui->draw, rect_inset(bar, -2), fmaxf(2, ui_px(ui, 3)), t->selection);
        float middle_x = bar.x + bar.w / 2;
        draw_arrow_head(ui->draw, (struct point){middle_x, marks.y + mark_h * 2},
                        (struct point){middle_x, marks.y + 1}, mark_h, t->selection);
    }
    draw_hline(ui->draw, r.x, r.x + r.w, r.y + r.h, 1, t->frame);
    double zero = s->bins > 1 ? -s->low / (s->width * (double)s->bins) : -1;
    if (zero > 0 && zero < 1)
        draw_vline(ui->draw, floorf(r.x + r.w * (float)zero), r.y, r.y + r.h + mark_h, 1, t->ink);
}

/* The ends of the axis below the bars. */
static void draw_axis(const struct view *v, const struct matrix_stats *s, struct rect r)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 17);
    char low[48], high[48];
    if (s->bins < 2)
        return;
    view_number(v->snap, s->low, low, sizeof low);
    view_number(v->snap, s->low + s->width * (double)s->bins, high, sizeof high);
    if (font_width(ui->fonts, FONT_MONO, px, low) + font_width(ui->fonts, FONT_MONO, px, high) +
            (float)px >
        r.w)
        return;
    draw_text_in(ui->draw, FONT_MONO, px, r, ALIGN_LEFT, ui->theme->muted, low);
    draw_text_in(ui->draw, FONT_MONO, px, r, ALIGN_RIGHT, ui->theme->muted, high);
}

static void draw_numbers(const struct view *v, const struct matrix_stats *s, bool gradient,
                         struct rect r)
{
    char text[112], a[48], b[48];
    if (s->counted > 0) {
        number_line(v, &r, _("greatest"), (double)s->max, gradient);
        number_line(v, &r, _("mean"), s->mean, gradient);
        number_line(v, &r, _("least"), (double)s->min, gradient);
        if (s->zeros > 0)
            line(v, &r, _("exactly 0"), view_count((long long)s->zeros, a, sizeof a),
                 v->ui->theme->ink);
    }
    if (s->bad > 0)
        line(v, &r, _("NaN or ∞"), view_count((long long)s->bad, a, sizeof a), v->ui->theme->error);
    view_count((long long)(s->counted + s->bad), a, sizeof a);
    view_count((long long)s->cells, b, sizeof b);
    if (s->counted + s->bad < s->cells)
        snprintf(text, sizeof text, _("%s of %s"), a, b);
    else
        snprintf(text, sizeof text, "%s", b);
    line(v, &r, _("cells"), text, v->ui->theme->ink);
}

void matrix_histogram_draw(const struct view *v, struct matrix_state *m, struct rect r)
{
    struct ui *ui = v->ui;
    struct matrix_frame *f = m->frame;
    int tensor = matrix_tensor(v->snap), px = ui_text_px(ui, 20), small = ui_text_px(ui, 17);
    bool gradient = view_is_gradient(v->snap, tensor);
    char title[96];
    count(v, f, tensor);
    draw_tag(ui->draw, "histogram");
    layout_tensor_title(v->snap, tensor, title, sizeof title);
    struct rect head = rect_cut_top(&r, (float)px * 1.7f);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, head, ALIGN_LEFT | TEXT_MAY_CUT,
                 gradient ? ui->theme->text_grad_pos : ui->theme->ink, title);
    float lines = (float)ui_text_px(ui, 18) * 1.5f * 6;
    struct rect bars =
        rect_cut_top(&r, fmaxf(0, fminf(ui_px(ui, 260), r.h - lines - (float)small * 3)));
    if (f->stats.counted == 0) {
        draw_text_in(ui->draw, FONT_SANS, small, rect_cut_top(&bars, (float)small * 2), ALIGN_LEFT,
                     ui->theme->muted, _("no number to count yet"));
    } else {
        char most[64], number[48];
        view_count((long long)f->stats.most, number, sizeof number);
        snprintf(most, sizeof most, _("highest bar: %s"), number);
        draw_text_in(ui->draw, FONT_SANS, small, rect_cut_top(&bars, (float)small * 1.5f),
                     ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, most);
        if (bars.h > ui_px(ui, 40))
            draw_bars(v, f, tensor, bars);
        draw_axis(v, &f->stats, rect_cut_top(&r, (float)small * 1.5f));
    }
    rect_cut_top(&r, (float)small * 0.5f);
    draw_numbers(v, &f->stats, gradient, r);
    draw_tag(ui->draw, "matrix");
}
