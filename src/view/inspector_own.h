/* What the inspector's files share. */
#ifndef VIEW_INSPECTOR_OWN_H
#define VIEW_INSPECTOR_OWN_H

#include "glassnet/view/panel.h"

/* What the panel says above and below the terms is first only measured, to see whether the terms
 * have room between, or all scrolls together. */
struct column {
    const struct view *v;
    struct inspector_state *s;
    struct rect r; /* what is left */
    bool dry;      /* measured, not drawn */
};

/* inspector_terms.c: what the number was computed from. First the order, then heading and rows,
 * each inspector_row_height high. */
bool inspector_has_terms(const struct snapshot *s);
float inspector_row_height(const struct ui *ui);
void inspector_terms_order(const struct view *v, struct inspector_state *s);
void inspector_terms_head(const struct view *v, struct inspector_state *s, struct rect head);
void inspector_terms_rows(const struct view *v, const struct inspector_state *s, struct rect at);

/* inspector_uses.c: where it goes. */
/* The cells walked from, the last one first: a click leads back there. */
void inspector_trail(struct column *col);
/* The switch between where the number is from and where it goes, where there is both. */
void inspector_way(struct column *col);
/* Are its uses listed, not its terms? */
bool inspector_goes(const struct view *v, const struct inspector_state *s);
void inspector_uses_order(const struct view *v, struct inspector_state *s);
void inspector_uses_head(const struct view *v, struct inspector_state *s, struct rect head);
void inspector_uses_rows(const struct view *v, const struct inspector_state *s, struct rect at);

#endif
