/* Tiles: the terms of the cell's sum, each with its numbers, its product and the sum so far. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "formula_terms.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "layer_stage.h"

enum { LISTED_MOST = 60, MAP_MOST = 1 << 16 };

static double product_of(const struct stage *s, int term)
{
    return formula_term_value(&s->f->terms[term]);
}

static bool term_is_hidden(const struct stage *s, int term)
{
    const struct formula_term *t = &s->f->terms[term];
    for (int k = 0; k < t->count; k++)
        if (cell_is(t->factor[k].cell) && view_is_hidden(s->v, t->factor[k].cell))
            return true;
    return s->v->hide_value && s->f->count == 1;
}

static struct colour term_ground(const struct stage *s, int term, float limit)
{
    const struct theme *t = s->v->ui->theme;
    float value = (float)product_of(s, term);
    if (term_is_hidden(s, term))
        return t->turn_ground;
    return s->gradient ? scale_gradient(t, value, limit) : scale_value(t, value, limit);
}

static float product_limit(const struct stage *s)
{
    float limit = 0;
    for (int i = 0; i < s->f->count; i++) {
        float size = fabsf((float)product_of(s, i));
        limit = isfinite(size) ? fmaxf(limit, size) : limit;
    }
    return limit > 0 ? limit : 1;
}

/* Clicks: the factors side by side. */
static void tile_hits(struct stage *s, struct rect r, int term)
{
    const struct formula_term *t = &s->f->terms[term];
    int cells = 0, at = 0;
    for (int k = 0; k < t->count; k++)
        cells += cell_is(t->factor[k].cell);
    for (int k = 0; k < t->count; k++)
        if (cell_is(t->factor[k].cell))
            stage_hit(s, rect_column(r, cells, at++, 0), t->factor[k].cell);
}

struct lines {
    bool numbers, sum; /* above the product its numbers, beside or below it the sum so far */
    bool beside;
    int px;
};

static struct lines tile_lines(const struct stage *s, float w, float h)
{
    struct fonts *fonts = s->v->ui->fonts;
    struct lines l = {.px = s->small};
    float line = (float)l.px * 1.25f, pad = 4 * s->unit;
    float widest = font_width(fonts, FONT_MONO, l.px, "(−0.123)·(−0.123)");
    float both = font_width(fonts, FONT_MONO, l.px, "= −0.00123 Σ −0.123");
    l.numbers = h >= 2 * line + pad && w >= widest * 0.8f;
    l.beside = w >= both + 8 * s->unit;
    l.sum = l.beside || (h >= (l.numbers ? 3 : 2) * line + pad &&
                         w >= font_width(fonts, FONT_MONO, l.px, "Σ −0.123"));
    return l;
}

static void tile_text(const struct stage *s, struct rect *r, int lines, int px, struct colour c,
                      const char *text)
{
    struct rect line = rect_cut_top(r, r->h / (float)lines);
    stage_text(s, line, FONT_MONO, px, ALIGN_CENTRE, c, text);
}

/* "= 0.0206", with fewer digits where it is narrow. */
static void number_text(const struct stage *s, const char *sign, double value, bool hidden,
                        float width, char *out, size_t size)
{
    struct number_style style = view_style(s->v->snap);
    char number[48];
    for (; style.digits >= 1; style.digits--) {
        number_format(value, &style, number, sizeof number);
        snprintf(out, size, "%s%s", sign, hidden ? "?" : number);
        if (font_width(s->v->ui->fonts, FONT_MONO, s->small, out) <= width)
            return;
    }
}

static void tile_numbers(const struct stage *s, struct rect r, int term, const struct lines *l,
                         struct colour ground)
{
    struct colour c = theme_text_on(s->v->ui->theme, ground);
    char text[128], product[64], sum[64] = "";
    bool single = s->f->terms[term].count == 1, summed = s->f->fn == FN_SUM && l->sum;
    bool numbers = l->numbers && !single, below = summed && !l->beside;
    int lines = 1 + numbers + below;
    struct rect in = rect_inset_xy(r, 5 * s->unit, 2 * s->unit);
    if (numbers)
        tile_text(s, &in, lines--, l->px, c,
                  formula_term_text(s->v, &s->f->terms[term], text, sizeof text));
    if (summed)
        number_text(s, "Σ ", (double)formula_eval(s->f, term + 1), view_is_hidden(s->v, s->f->cell),
                    below ? in.w : in.w * 0.52f, sum, sizeof sum);
    float beside = font_width(s->v->ui->fonts, FONT_MONO, l->px, sum) + 6 * s->unit;
    number_text(s, numbers ? "= " : "", product_of(s, term), term_is_hidden(s, term),
                in.w - (summed && !below ? beside : 0), product, sizeof product);
    if (!summed || below) {
        tile_text(s, &in, lines--, l->px, c, product);
        if (below)
            tile_text(s, &in, lines, l->px, c, sum);
        return;
    }
    struct rect right = rect_cut_right(&in, beside);
    stage_text(s, right, FONT_MONO, l->px, ALIGN_RIGHT, c, sum);
    stage_text(s, in, FONT_MONO, l->px, ALIGN_LEFT, c, product);
}

static void draw_tile(struct stage *s, struct rect r, int term, float limit, const struct lines *l)
{
    const struct theme *t = s->v->ui->theme;
    struct draw_list *d = s->v->ui->draw;
    r = rect_inset(rect_snap(r), 1);
    tile_hits(s, r, term);
    if (term >= s->terms) {
        draw_hatch(d, r, t->hatch_ground, t->hatch);
        draw_frame(d, r, 1, t->line);
        return;
    }
    struct colour ground = term_ground(s, term, limit);
    uint32_t packed = colour_pack(ground);
    draw_heatmap(d, r, 1, 1, &packed, s->gradient ? HEATMAP_GRADIENT : 0, t->frame);
    draw_frame(d, r, 1, t->line);
    tile_numbers(s, r, term, l, ground);
    for (int k = 0; k < s->f->terms[term].count; k++)
        view_mark_changed(s->v, s->f->terms[term].factor[k].cell, r);
    if (!s->done && term == s->terms - 1)
        stage_frame(s, r);
}

/* A place that was skipped: dashed, empty. */
static void draw_skipped(const struct stage *s, struct rect r, const char *words)
{
    struct rect in = rect_inset(rect_snap(r), 3);
    const struct point corners[5] = {{in.x, in.y},
                                     {in.x + in.w, in.y},
                                     {in.x + in.w, in.y + in.h},
                                     {in.x, in.y + in.h},
                                     {in.x, in.y}};
    draw_dashes(s->v->ui->draw, corners, 5, 1, 5 * s->unit, 4 * s->unit, s->v->ui->theme->muted);
    if (words)
        stage_text(s, in, FONT_SANS, s->small, ALIGN_CENTRE, s->v->ui->theme->muted, words);
}

/* Places too small for numbers: one heatmap, hatched where nothing is computed. */
static void draw_map(struct stage *s, struct rect at, const struct products *p, float limit)
{
    const struct theme *t = s->v->ui->theme;
    int n = p->rows * p->cols;
    uint32_t *colours = mem_zalloc((size_t)n, sizeof *colours);
    bool all = true;
    for (int i = 0; i < n; i++) {
        bool there = p->term[i] >= 0 && p->term[i] < s->terms;
        all = all && (there || p->term[i] < 0);
        if (there)
            colours[i] = colour_pack(term_ground(s, p->term[i], limit));
        if (p->term[i] >= 0)
            tile_hits(s, rect_cell(at, p->cols, p->rows, i % p->cols, i / p->cols), p->term[i]);
    }
    if (!all)
        draw_hatch(s->v->ui->draw, at, t->hatch_ground, t->hatch);
    unsigned flags = s->gradient ? HEATMAP_GRADIENT : 0;
    if (all && at.w / (float)p->cols >= 6)
        flags |= HEATMAP_GRID;
    draw_heatmap(s->v->ui->draw, at, p->cols, p->rows, colours, flags,
                 colour_alpha(t->frame, 0.35f));
    draw_frame(s->v->ui->draw, rect_inset(rect_snap(at), -1), 1, t->frame);
    free(colours);
}

static struct rect draw_captions(const struct stage *s, struct rect *r, const struct products *p)
{
    const struct theme *t = s->v->ui->theme;
    struct rect line = {r->x, r->y, 0, 0};
    if (p->title && r->h > (float)s->px * 1.5f + 24 * s->unit) {
        line = rect_cut_top(r, (float)s->px * 1.5f);
        struct rect words = line;
        if (stage_text(s, words, FONT_SANS_BOLD, s->px, ALIGN_LEFT,
                       s->gradient ? t->text_grad_pos : t->ink, p->title))
            rect_cut_left(&words, font_width(s->v->ui->fonts, FONT_SANS_BOLD, s->px, p->title) +
                                      14 * s->unit);
        if (p->note)
            stage_text(s, words, FONT_SANS, s->small, ALIGN_LEFT, t->muted, p->note);
    }
    return line;
}

struct rect stage_products(struct stage *s, struct rect r, const struct products *p)
{
    if (r.w < 8 || r.h < 8 || p->rows < 1 || p->cols < 1)
        return (struct rect){r.x, r.y, 0, 0};
    draw_captions(s, &r, p);
    float w = fminf(r.w / (float)p->cols, 212 * s->unit);
    float h = fminf(r.h / (float)p->rows, (p->high > 0 ? p->high : 78) * s->unit);
    float limit = product_limit(s);
    float number = font_width(s->v->ui->fonts, FONT_MONO, s->small, "−0.12") + 8 * s->unit;
    bool readable = w >= number && h >= (float)s->small * 1.2f;
    if (!readable)
        w = h = fminf(fminf(r.w / (float)p->cols, r.h / (float)p->rows), 40 * s->unit);
    struct rect at = {r.x, r.y, w * (float)p->cols, h * (float)p->rows};
    at = rect_snap(at);
    if (!readable) {
        draw_map(s, at, p, limit);
        return at;
    }
    struct lines l = tile_lines(s, w, h);
    for (int i = 0; i < p->rows * p->cols; i++) {
        struct rect tile = rect_cell(at, p->cols, p->rows, i % p->cols, i / p->cols);
        if (p->term[i] < 0)
            draw_skipped(s, tile, p->skipped);
        else
            draw_tile(s, tile, p->term[i], limit, &l);
    }
    return at;
}

static int by_place(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* The `most` largest terms of those computed, in the order of the sum; all when they fit. */
static int choose_terms(const struct stage *s, int most, int *out)
{
    const struct formula *f = s->f;
    int n = 0;
    if (f->count <= most) {
        for (; n < f->count; n++)
            out[n] = n;
        return n;
    }
    int shown = s->terms > 0 ? s->terms : f->count;
    double *size = mem_zalloc((size_t)shown, sizeof *size);
    for (int i = 0; i < shown; i++)
        size[i] = fabs(product_of(s, i));
    if (!s->done && s->terms > 0)
        size[shown - 1] = INFINITY;
    while (n < most && n < shown) {
        int best = 0;
        for (int i = 1; i < shown; i++)
            if (size[i] > size[best] || isnan(size[i]))
                best = i;
        if (n > 0 && size[best] <= 0)
            break; /* zeros say nothing where terms are left out anyway */
        out[n++] = best;
        size[best] = -1;
    }
    free(size);
    qsort(out, (size_t)n, sizeof *out, by_place);
    return n;
}

/* Room for the numbers of a term with as many factors as the longest has. */
static float least_tile(const struct stage *s)
{
    static const char *const widest[] = {"= −0.12345", "= −0.12345", "(−0.123)·(−0.123)",
                                         "(−0.123)·(−0.123)·(−0.123)"};
    int factors = 0;
    for (int i = 0; i < s->f->count; i++)
        factors = s->f->terms[i].count > factors ? s->f->terms[i].count : factors;
    return font_width(s->v->ui->fonts, FONT_MONO, s->small, widest[factors < 3 ? factors : 3]) +
           10 * s->unit;
}

void stage_terms(struct stage *s, struct rect r, const char *title)
{
    int chosen[LISTED_MOST];
    char note[96] = "";
    if (s->f->count == 0 || r.w < 30 * s->unit || r.h < 30 * s->unit)
        return;
    float w = least_tile(s);
    float h = fminf(72 * s->unit, fmaxf(r.h - (float)s->px * 1.5f, (float)s->small * 1.4f));
    float room = r.h - (r.h > (float)s->px * 1.5f + 24 * s->unit ? (float)s->px * 1.5f : 0);
    int cols = (int)fmaxf(1, r.w / w), rows = (int)fmaxf(1, room / h);
    int most = cols * rows < LISTED_MOST ? cols * rows : LISTED_MOST;
    int n = choose_terms(s, most, chosen);
    if (n < s->f->count)
        snprintf(note, sizeof note, _("the %d largest of %d, in the order of the sum"), n,
                 s->f->count);
    struct products p = {.title = title, .note = note};
    draw_captions(s, &r, &p);
    cols = cols < n ? cols : n;
    w = fminf(r.w / (float)cols, w * 1.25f);
    struct lines l = tile_lines(s, w, h);
    l.numbers = h >= 2 * (float)l.px * 1.25f;
    float limit = product_limit(s);
    for (int i = 0; i < n; i++) {
        struct rect tile = {r.x + w * (float)(i % cols), r.y + h * (float)(i / cols), w, h};
        draw_tile(s, tile, chosen[i], limit, &l);
    }
}
