/* What belongs to the selected cell: yellow frames around it and the cells it was computed from,
 * and curves between them. */
#ifndef VIEW_NETWORK_FOCUS_H
#define VIEW_NETWORK_FOCUS_H

#include "scene.h"

/* With the spotlight on, all but the framed places of `canvas` is dimmed. */
void network_focus_draw(const struct view *v, const struct scene *s, struct rect canvas);

#endif
