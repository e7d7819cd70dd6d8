/* Curves from what was read to the selected cell. */
#ifndef VIEW_NETWORK_LINKS_H
#define VIEW_NETWORK_LINKS_H

#include "network_focus.h"

/* Where the curve to the selected cell begins, and the cell: by the kernel where one lies between.
 * False where there is no such way. */
bool network_links_way(const struct view *v, const struct regions *g, struct rect *hub,
                       struct rect *target);

/* All of them. */
void network_links_draw(const struct view *v, const struct scene *s, const struct regions *g);

/* One curve: from side to side, or down where one lies above the other and they don't touch. */
void network_link(const struct view *v, const struct scene *s, struct rect a, struct rect b);

#endif
