/* Weights as lines between units (network_edges of network_layout.h makes them). */
#ifndef VIEW_NETWORK_EDGES_H
#define VIEW_NETWORK_EDGES_H

#include "network_layout.h"

/* Do the lines show ∂L/∂W, not W? In the backward phase they do, unless turned over. */
bool network_edges_by_gradient(const struct view *v, const struct network_state *n);

void network_edges_draw(const struct view *v, const struct scene *s);
/* Dots where the lines of the selected unit begin: pictures lie over the lines themselves. */
void network_edges_dots(const struct view *v, const struct scene *s);

#endif
