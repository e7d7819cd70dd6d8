/* How large gradients and activations are, layer by layer: a histogram of their magnitudes now, or
 * how it has gone since the run began. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "train_cards.h"

enum { COLUMNS = 96 }; /* of a strip over time */

/* Bins that are shown: the same for all layers. */
struct span {
    int first, end;
};

static const struct histogram *counts_of(const struct study *st, int row, int layer,
                                         const struct train_view_state *s)
{
    return &st->rows[row]
                .counts[layer * STUDY_KINDS + (s->activations ? STUDY_ACTIVATION : STUDY_GRADIENT)];
}

/* All that occurs, in whole powers of ten, three of them at least. */
static struct span find_span(const struct study *st, const struct train_view_state *s)
{
    int first = STUDY_BINS, last = -1;
    for (int row = s->history ? 0 : st->row_count - 1; row < st->row_count; row++)
        for (int k = 0; k < st->layer_count; k++) {
            const struct histogram *h = counts_of(st, row, k, s);
            uint64_t few = histogram_total(h) / 300; /* stragglers do not count */
            for (int b = 0; b < STUDY_BINS; b++)
                if (h->bins[b] > few) {
                    first = b < first ? b : first;
                    last = b > last ? b : last;
                }
        }
    if (last < 0)
        return (struct span){6 * STUDY_DECADE, 9 * STUDY_DECADE};
    struct span span = {first / STUDY_DECADE * STUDY_DECADE,
                        (last / STUDY_DECADE + 1) * STUDY_DECADE};
    while (span.end - span.first < 3 * STUDY_DECADE) {
        if (span.first > 0)
            span.first -= STUDY_DECADE;
        if (span.end < STUDY_BINS)
            span.end += STUDY_DECADE;
    }
    return span;
}

static struct colour hue(const struct view *v, const struct train_view_state *s)
{
    return s->activations ? v->ui->theme->text_value_pos : v->ui->theme->text_grad_pos;
}

static void draw_bars(const struct view *v, const struct train_view_state *s,
                      const struct histogram *h, struct span span, struct rect r)
{
    struct ui *ui = v->ui;
    uint32_t most = 1;
    for (int b = span.first; b < span.end; b++)
        most = h->bins[b] > most ? h->bins[b] : most;
    float w = r.w / (float)(span.end - span.first);
    for (int b = span.first; b < span.end; b++) {
        float part = (float)h->bins[b] / (float)most, x = r.x + w * (float)(b - span.first);
        if (h->bins[b])
            draw_rect(
                ui->draw,
                rect_of(x, r.y + r.h * (1 - part), fmaxf(1, w - fmaxf(1, w * 0.12f)), r.h * part),
                hue(v, s));
    }
    draw_hline(ui->draw, r.x, r.x + r.w, r.y + r.h, 1, ui->theme->frame);
}

/* Time to the right, larger magnitudes above. Each moment's darkest is its most frequent. */
static void draw_strip(const struct view *v, const struct train_view_state *s,
                       const struct study *st, int layer, struct span span, struct rect r)
{
    uint32_t colours[COLUMNS * STUDY_BINS];
    int bins = span.end - span.first, row = 0;
    int64_t first = st->rows[0].step, last = st->rows[st->row_count - 1].step;
    for (int c = 0; c < COLUMNS; c++) {
        double step = (double)first + (double)(last - first) * c / (COLUMNS - 1);
        while (row + 1 < st->row_count && (double)st->rows[row + 1].step <= step + 1e-9)
            row++;
        const struct histogram *h = counts_of(st, row, layer, s);
        uint32_t most = 1;
        for (int b = 0; b < STUDY_BINS; b++)
            most = h->bins[b] > most ? h->bins[b] : most;
        for (int b = 0; b < bins; b++) {
            float part = (float)h->bins[span.end - 1 - b] / (float)most;
            colours[b * COLUMNS + c] =
                colour_pack(colour_mix(v->ui->theme->zero, hue(v, s), sqrtf(part)));
        }
    }
    draw_heatmap(v->ui->draw, r, COLUMNS, bins, colours, 0, v->ui->theme->frame);
    draw_frame(v->ui->draw, rect_inset(r, -1), 1, v->ui->theme->frame);
}

/* "10⁻³" */
static char *power_text(int power, char *out, size_t size)
{
    static const char *const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    int n = power < 0 ? -power : power;
    snprintf(out, size, "10%s%s%s", power < 0 ? "⁻" : "", n > 9 ? "¹" : "", digits[n % 10]);
    return out;
}

/* Under the histograms: the powers of ten, as many as fit. */
static void draw_powers(const struct view *v, struct span span, struct rect r)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 17), decades = (span.end - span.first) / STUDY_DECADE;
    float each = r.w / (float)decades, wide = font_width(ui->fonts, FONT_MONO, px, "10⁻⁹") + 8;
    int every = (int)fmaxf(1, ceilf(wide / each));
    char text[24];
    float from = r.x, end = r.x + r.w;
    for (int k = 0; k <= decades; k++) { /* both ends first, then what fits between */
        int i = k == 0 ? 0 : k == 1 ? decades : k - 1;
        float x = r.x + each * (float)i - wide / 2;
        unsigned align = k == 0 ? ALIGN_LEFT : k == 1 ? ALIGN_RIGHT : ALIGN_CENTRE;
        x = k == 0 ? r.x : k == 1 ? r.x + r.w - wide : x;
        if (k > 1 && (i % every != 0 || x < from || x + wide > end))
            continue;
        draw_text_in(ui->draw, FONT_MONO, px, rect_of(x, r.y, wide, r.h), align, ui->theme->muted,
                     power_text(STUDY_LEAST + span.first / STUDY_DECADE + i, text, sizeof text));
        from = k == 1 ? from : x + wide;
        end = k == 1 ? x : end;
    }
}

static void draw_steps(const struct view *v, const struct study *st, struct rect r)
{
    struct ui *ui = v->ui;
    char text[64], number[32];
    int px = ui_text_px(ui, 17);
    snprintf(text, sizeof text, _("step %s"),
             view_count(st->rows[st->row_count - 1].step, number, sizeof number));
    draw_text_in(ui->draw, FONT_MONO, px, r, ALIGN_RIGHT | TEXT_MAY_CUT, ui->theme->muted, text);
    rect_cut_right(&r, font_width(ui->fonts, FONT_MONO, px, text) + ui_px(ui, 12));
    snprintf(text, sizeof text, "%s", view_count(st->rows[0].step, number, sizeof number));
    if (st->row_count > 1)
        draw_text_in(ui->draw, FONT_MONO, px, r, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, text);
}

/* The layer's name, and what a logarithm cannot show. */
static void draw_name(const struct view *v, const struct train_view_state *s,
                      const struct study *st, int layer, struct rect r)
{
    struct ui *ui = v->ui;
    const struct histogram *h = counts_of(st, st->row_count - 1, layer, s);
    int px = ui_text_px(ui, 17);
    char text[80], share[48];
    uint64_t all = histogram_total(h);
    struct rect line = rect_cut_top(&r, (float)px * 1.4f);
    draw_text_in(ui->draw, FONT_MONO, px, line, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                 v->snap->net->layers[st->layers[layer]].name);
    bool bad = h->bad > 0;
    if ((!bad && h->zeros == 0) || r.h < (float)px * 1.3f || all == 0)
        return;
    snprintf(text, sizeof text, bad ? _("%s NaN") : _("%s zero"),
             view_percent(v->snap, (double)(bad ? h->bad : h->zeros) / (double)all, 0, share,
                          sizeof share));
    draw_text_in(ui->draw, FONT_MONO, px, rect_cut_top(&r, (float)px * 1.3f),
                 ALIGN_LEFT | TEXT_MAY_CUT, bad ? ui->theme->error : ui->theme->muted, text);
}

static void draw_layers(const struct view *v, struct train_view_state *s, const struct study *st,
                        struct rect r)
{
    struct ui *ui = v->ui;
    struct span span = find_span(st, s);
    int px = ui_text_px(ui, 17);
    float names = fminf(r.w * 0.28f, ui_px(ui, 110)), bar = ui_px(ui, 16);
    struct rect foot = rect_cut_bottom(&r, (float)px * 1.5f);
    float row = fmaxf(ui_px(ui, 66), fminf(ui_px(ui, 110), r.h / (float)st->layer_count));
    struct rect all =
        ui_scroll_begin(ui, "train.sizes", r, row * (float)st->layer_count, &s->sizes_scroll);
    for (int k = 0; k < st->layer_count; k++) {
        struct rect at = rect_inset_xy(rect_cut_top(&all, row), 0, ui_px(ui, 5));
        if (!rect_overlaps(at, r))
            continue;
        if (all.w >= r.w) /* without a scroll bar, too, all end where the axis does */
            rect_cut_right(&at, bar);
        draw_name(v, s, st, k, rect_cut_left(&at, names));
        rect_cut_left(&at, ui_px(ui, 8));
        if (s->history)
            draw_strip(v, s, st, k, span, at);
        else
            draw_bars(v, s, counts_of(st, st->row_count - 1, k, s), span, at);
    }
    ui_scroll_end(ui);
    rect_cut_right(&foot, bar);
    rect_cut_left(&foot, names + ui_px(ui, 8));
    if (s->history)
        draw_steps(v, st, foot);
    else
        draw_powers(v, span, foot);
}

/* "10⁻⁶ … 10⁻¹ upwards" */
static void line_of(const struct train_view_state *s, const struct study *st, char *out,
                    size_t size)
{
    char low[24], high[24];
    const char *what = s->activations ? _("|activation|") : "|∂L/∂w|";
    if (!s->history) {
        snprintf(out, size, _("%s per layer, of %d samples"), what, st->batch);
        return;
    }
    struct span span = find_span(st, s);
    snprintf(out, size, _("%s, %s to %s upward"), what,
             power_text(STUDY_LEAST + span.first / STUDY_DECADE, low, sizeof low),
             power_text(STUDY_LEAST + span.end / STUDY_DECADE, high, sizeof high));
}

/* Two choices in a row; one below the other where long words leave too little room. */
static void choose(const struct view *v, struct train_view_state *s, struct rect *r)
{
    static const char *const kinds[] = {N_("Gradients"), N_("Activations")},
                             *times[] = {N_("Now"), N_("Over time")};
    struct ui *ui = v->ui;
    float one = ui_segments_width(ui, kinds, 2), two = ui_segments_width(ui, times, 2);
    float gap = ui_px(ui, 8), high = ui_px(ui, 38), both = one + two;
    struct rect upper = rect_cut_top(r, high), lower = upper;
    if (both > 1.25f * (r->w - gap)) { /* letters can be a little smaller, no more */
        rect_cut_top(r, ui_px(ui, 4));
        lower = rect_cut_top(r, high);
        one = two = r->w;
    } else if (both + gap > r->w) {
        one = (r->w - gap) * one / both;
        two = r->w - gap - one;
    }
    int kind =
        ui_segments(ui, "train.sizes.of", rect_cut_left(&upper, one), kinds, 2, s->activations, 0);
    int time =
        ui_segments(ui, "train.sizes.when", rect_cut_right(&lower, two), times, 2, s->history, 0);
    s->activations = kind >= 0 ? kind == 1 : s->activations;
    s->history = time >= 0 ? time == 1 : s->history;
}

void train_sizes_draw(const struct view *v, struct train_view_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    char line[160] = "";
    const struct study *st = v->snap->study;
    struct rect in = train_card(v, r), whole = in;
    const char *title =
        s->activations ? _("how big are the activations?") : _("how big are the gradients?");
    if (st)
        line_of(s, st, line, sizeof line);
    train_card_title(v, &in, title, st ? line : NULL, 0);
    if (!train_card_study(v, whole))
        return;
    if (st->layer_count == 0 || st->row_count == 0) {
        train_card_say(v, in, _("No layer of this network learns anything."));
        return;
    }
    choose(v, s, &in);
    rect_cut_top(&in, ui_px(ui, 6));
    draw_layers(v, s, st, in);
}
