/* What the optimiser lab's files share. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_OPTIMIZERS_OWN_H
#define GLASSNET_SRC_VIEW_OPTIMIZERS_OWN_H

#include "glassnet/view/optimizers.h"

/* A walker's colour, for lines; and its letter, so that colour is not all that tells them apart. */
struct colour walker_colour(const struct theme *t, int i);
const char *walker_letter(int i);
/* The mark that leads its line. */
void walker_mark(const struct view *v, int i, float x, float y, float radius);
/* Those of all that are there; one that another covers has no letter. */
void walker_marks(const struct view *v, const struct point at[WALKERS], const bool there[WALKERS],
                  float radius);

/* optimizers_map.c: the surface, the paths; a click sets the start. */
void optimizers_map_draw(const struct view *v, struct rect r);
/* optimizers_side.c: the surface, rate, momentum, the table. */
void optimizers_side_draw(const struct view *v, struct optimizers_state *s, struct rect r);
/* optimizers_race.c: the curves. */
void optimizers_race_draw(const struct view *v, struct rect r);

#endif
