/* What belongs to the selected cell: yellow frames around it and the cells it was computed from,
 * and curves between them. */
#ifndef VIEW_NETWORK_FOCUS_H
#define VIEW_NETWORK_FOCUS_H

#include "scene.h"

/* `spotlight` dims all but the framed places of `canvas`. */
void network_focus_draw(const struct view *v, const struct scene *s, struct rect canvas,
                        bool spotlight);

#endif
