/* A formula's line in numbers as coloured pieces, cut to the largest terms that fit a width. */
#ifndef VIEW_FORMULA_TERMS_H
#define VIEW_FORMULA_TERMS_H

#include "glassnet/view/view.h"

enum { PIECES_MOST = 160, TERMS_SHOWN_MOST = 48 };

struct piece {
    char text[96];
    struct colour colour;
    float width;
};

struct pieces {
    int count;
    float width;
    int terms;    /* that are written */
    int left_out; /* terms that did not fit */
    struct piece list[PIECES_MOST];
};

/* Fills out with the first `shown` terms of f, for text of px pixels in at most `width`. */
void formula_pieces_of(const struct view *v, const struct formula *f, int shown, int px,
                       float width, struct pieces *out);
/* The same for the selected cell, as far as it is revealed. */
void formula_pieces(const struct view *v, int px, float width, struct pieces *out);

/* One term: "(−0.41)·0.37", "?" for hidden factors. Returns out. */
char *formula_term_text(const struct view *v, const struct formula_term *t, char *out, size_t size);
/* Does the term begin with the constant −1, so that a sum can say "− …" instead? */
bool formula_term_is_minus(const struct formula_term *t);
/* The colour of a term by the sign of its product. */
struct colour formula_term_colour(const struct view *v, const struct formula_term *t);

#endif
