/* What connects columns that are not neighbours: curves over the columns for layers that read an
 * earlier one, and brackets beside the parts of a concatenation. */
#ifndef VIEW_NETWORK_SKIPS_H
#define VIEW_NETWORK_SKIPS_H

#include "network_layout.h"

/* After the scene was moved and scaled. */
void network_skips_draw(const struct layout *l, const struct scene *s);

#endif
