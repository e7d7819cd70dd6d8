/* Numbers in the cells of plates, where they fit. */
#ifndef VIEW_PLATE_PRINT_H
#define VIEW_PLATE_PRINT_H

#include "glassnet/base/text.h"
#include "scene.h"

/* Pixels a number leaves free in its cell. */
enum { PLATE_SPARE = 3 };

/* Prints the plate's numbers; false when they do not fit. */
bool plate_print(const struct view *v, const struct scene *s, const struct plate *p);

/* The colour of a number on its scale. */
struct colour plate_colour(const struct view *v, bool gradient, float value, float limit);

/* The settings' style with another number of digits; returns style. */
const struct number_style *plate_style(const struct view *v, int digits,
                                       struct number_style *style);

#endif
