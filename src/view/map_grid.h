/* A layer's maps, or its units, as a grid of pictures. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_MAP_GRID_H
#define GLASSNET_SRC_VIEW_MAP_GRID_H

#include "glassnet/view/view.h"

struct map_grid {
    struct rect room;
    int count; /* maps, or units */
    int h, w;  /* of one; 1 × 1 for units */
    int shown; /* how many find room */
    int columns;
    float side, gap, words; /* width of one; between them; height of its number */
};

/* As large as the room allows. */
struct map_grid map_grid_begin(struct ui *ui, const struct shape *shape, struct rect room);
/* Where the k-th one shown lies, its number below it left out; and where that stands. */
struct rect map_grid_at(const struct map_grid *g, int k);
struct rect map_grid_words(const struct map_grid *g, int k);
/* A map of numbers [h][w][count] there, with its own number below. */
void map_grid_draw(const struct view *v, const struct map_grid *g, const float *numbers, int map,
                   int k, float limit);
/* The yellow frame of what is selected. */
void map_grid_mark(const struct view *v, const struct map_grid *g, int k);

#endif
