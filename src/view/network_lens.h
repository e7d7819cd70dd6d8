/* The lens: the numbers around a cell that is too small to print its own. */
#ifndef VIEW_NETWORK_LENS_H
#define VIEW_NETWORK_LENS_H

#include "scene.h"

/* Draws the lens where it is needed: for the cell under the pointer, else for the selected cell
 * when nothing prints it. `canvas` is where it may lie. Returns whether the pointer's was drawn. */
bool network_lens_draw(const struct view *v, const struct scene *s, struct rect canvas,
                       struct rect sight);

#endif
