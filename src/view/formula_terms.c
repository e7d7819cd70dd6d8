#include "formula_terms.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"

char *formula_term_text(const struct view *v, const struct formula_term *t, char *out, size_t size)
{
    size_t at = 0;
    out[0] = 0;
    for (int k = 0; k < t->count && at < size; k++) {
        const struct formula_factor *f = &t->factor[k];
        char number[48];
        view_number(v->snap, (double)f->value, number, sizeof number);
        bool hidden = cell_is(f->cell) && session_is_hidden(v->session, f->cell);
        bool minus = !hidden && f->value < 0;
        at += (size_t)snprintf(out + at, size - at, "%s%s%s%s", k ? "·" : "", minus ? "(" : "",
                               hidden ? "?" : number, minus ? ")" : "");
    }
    return out;
}

bool formula_term_is_minus(const struct formula_term *t)
{
    return t->count > 1 && !cell_is(t->factor[0].cell) && t->factor[0].value == -1 &&
           !t->factor[0].symbol;
}

struct colour formula_term_colour(const struct view *v, const struct formula_term *t)
{
    bool gradient = false;
    for (int k = 0; k < t->count; k++)
        if (cell_is(t->factor[k].cell))
            gradient = gradient || view_is_gradient(v->snap, t->factor[k].cell.tensor);
    return theme_signed(v->ui->theme, gradient, (float)formula_term_value(t));
}

static void add_piece(const struct view *v, struct pieces *p, int px, struct colour c,
                      const char *text)
{
    if (p->count >= PIECES_MOST)
        return;
    struct piece *piece = &p->list[p->count++];
    snprintf(piece->text, sizeof piece->text, "%s", text);
    piece->colour = c;
    piece->width = font_width(v->ui->fonts, FONT_MONO, px, piece->text);
    p->width += piece->width;
}

static bool is_joined(const struct formula *f)
{
    return f->fn == FN_SUM || f->fn == FN_PRODUCT || f->fn == FN_QUOTIENT || f->fn == FN_COPY;
}

static const char *joiner(const struct formula *f)
{
    switch (f->fn) {
    case FN_SUM:
        return " + ";
    case FN_PRODUCT:
        return " · ";
    case FN_QUOTIENT:
        return " ÷ ";
    default:
        return ", ";
    }
}

static void build(const struct view *v, const struct formula *f, int px, const bool *taken,
                  int shown, struct pieces *out)
{
    const struct theme *t = v->ui->theme;
    char text[96];
    int left_out = 0;
    bool all_zero = true;
    *out = (struct pieces){.count = 0};
    add_piece(v, out, px, t->muted, "= ");
    if (!is_joined(f)) {
        snprintf(text, sizeof text, "%s(", formula_op(f));
        add_piece(v, out, px, t->ink, text);
    }
    bool first = true;
    for (int i = 0; i < shown; i++) {
        if (!taken[i]) {
            left_out++;
            all_zero = all_zero && formula_term_value(&f->terms[i]) == 0;
            continue;
        }
        bool minus = f->fn == FN_SUM && formula_term_is_minus(&f->terms[i]);
        if (!first || minus)
            add_piece(v, out, px, t->ink, minus ? first ? "−" : " − " : joiner(f));
        first = false;
        out->terms++;
        struct formula_term term = f->terms[i];
        if (minus) {
            memmove(term.factor, term.factor + 1, sizeof term.factor - sizeof term.factor[0]);
            term.count--;
        }
        formula_term_text(v, &term, text, sizeof text);
        size_t length = strlen(text);
        bool bare = !is_joined(f) && term.count == 1 && text[0] == '(';
        if (bare) /* the function's own brackets do */
            text[length - 1] = 0;
        add_piece(v, out, px, formula_term_colour(v, &f->terms[i]), text + bare);
    }
    if (!is_joined(f))
        add_piece(v, out, px, t->ink, left_out ? ", …)" : ")");
    out->left_out = left_out;
    if (left_out) {
        if (out->terms == 0)
            snprintf(text, sizeof text, translate_count("… %d term", "… %d terms", left_out),
                     left_out);
        else
            snprintf(text, sizeof text, all_zero ? _("%s… %d more, all 0") : _("%s… %d more"),
                     f->fn == FN_SUM ? " + " : " ", left_out);
        add_piece(v, out, px, t->muted, text);
    }
    if (shown < f->count) {
        snprintf(text, sizeof text, _(" … %d to come"), f->count - shown);
        add_piece(v, out, px, t->muted, text);
    }
}

/* Places of the largest terms, the newest of a sum under way before all others. */
static int rank_terms(const struct formula *f, int shown, int *rank)
{
    double *size = mem_zalloc((size_t)shown + 1, sizeof *size);
    int n = 0;
    for (int i = 0; i < shown; i++)
        size[i] = fabs(formula_term_value(&f->terms[i]));
    if (shown < f->count && shown > 0)
        size[shown - 1] = INFINITY;
    while (n < shown && n < TERMS_SHOWN_MOST) {
        int best = 0;
        for (int i = 1; i < shown; i++)
            if (size[i] > size[best] || isnan(size[i]))
                best = i;
        rank[n++] = best;
        size[best] = -1;
    }
    free(size);
    return n;
}

/* Marks the first `most` of the ranking; zeros say nothing where terms are left out anyway. */
static void take_largest(const struct formula *f, int shown, const int *rank, int most, bool *taken)
{
    bool drop_zeros = f->fn == FN_SUM && most < shown;
    memset(taken, 0, sizeof *taken * (size_t)shown);
    for (int n = 0; n < most; n++)
        if (n == 0 || !drop_zeros || formula_term_value(&f->terms[rank[n]]) != 0)
            taken[rank[n]] = true;
}

void formula_pieces_of(const struct view *v, const struct formula *f, int shown, int px,
                       float width, struct pieces *out)
{
    int rank[TERMS_SHOWN_MOST];
    bool *taken = mem_zalloc((size_t)shown + 1, sizeof *taken);
    int low = 0, high = rank_terms(f, shown, rank);
    while (low < high) { /* the most terms that fit; none always does */
        int most = (low + high + 1) / 2;
        take_largest(f, shown, rank, most, taken);
        build(v, f, px, taken, shown, out);
        if (out->width <= width)
            low = most;
        else
            high = most - 1;
    }
    take_largest(f, shown, rank, low, taken);
    build(v, f, px, taken, shown, out);
    free(taken);
}

void formula_pieces(const struct view *v, int px, float width, struct pieces *out)
{
    static const struct formula none;
    const struct formula *f = v->snap->formula ? v->snap->formula : &none;
    int shown = v->snap->formula_terms < f->count ? v->snap->formula_terms : f->count;
    formula_pieces_of(v, f, shown, px, width, out);
}
