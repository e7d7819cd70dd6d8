/* Draws plates: heatmaps with hatching where nothing is computed yet and numbers where they fit,
 * circles, bars; and the colour scale beside them. */
#ifndef VIEW_PLATE_DRAW_H
#define VIEW_PLATE_DRAW_H

#include "scene.h"

/* Would the plate's numbers be printed? Asked by layouts that choose the size of cells. */
bool plate_prints(const struct view *v, const struct scene *s, const struct plate *p);
/* How wide a cell must be for all the digits of the plate's numbers. */
float plate_number_width(const struct view *v, const struct scene *s, const struct plate *p);
void plate_draw(const struct view *v, const struct scene *s, const struct plate *p);
/* The plate in another place, without its numbers: for thumbnails. */
void plate_draw_small(const struct view *v, const struct scene *s, const struct plate *p,
                      struct rect r);
void legend_draw(const struct view *v, const struct legend *l, int px);

#endif
