/* What the two files of the plane's controls share. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_PLANE_PANEL_H
#define GLASSNET_SRC_VIEW_PLANE_PANEL_H

#include "glassnet/view/plane.h"

void plane_heading(const struct view *v, struct rect *r, const char *text);

/* Hidden layers: more or fewer neurons and layers, other activations. */
void plane_layers_draw(const struct view *v, struct rect *r);

#endif
