/* A layer's maps, or its units, as a grid of pictures. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_MAP_GRID_H
#define GLASSNET_SRC_VIEW_MAP_GRID_H

#include "glassnet/view/view.h"
#include "tiles.h"

struct map_grid {
    struct rect room;
    struct tiles tiles;
    int count; /* maps, units, kernels */
    int h, w;  /* of one; 1 × 1 for units */
    int shown; /* how many find room */
    int columns;
    float side, gap, words; /* width of one; between them; height of its number */
    float row;              /* of a matrix, where there is room */
};

/* As large as the room allows; a matrix takes the room's shape. */
struct map_grid map_grid_begin(struct ui *ui, const struct tiles *tiles, struct rect room);
/* Where the k-th one shown lies, its number below it left out; and where that stands. */
struct rect map_grid_at(const struct map_grid *g, int k);
struct rect map_grid_words(const struct map_grid *g, int k);
/* A map of the numbers there, with its own number below. */
void map_grid_draw(const struct view *v, const struct map_grid *g, const float *numbers, int map,
                   int k, float limit, bool gradient);
/* The place of the number under the pointer of the map that is the k-th one shown, or of the one in
 * its middle. */
size_t map_grid_under(const struct view *v, const struct map_grid *g, int map, int k);
/* The rectangle of a number of it. */
struct rect map_grid_cell(const struct map_grid *g, int k, int row, int col);
/* The yellow frame of what is selected. */
void map_grid_mark(const struct view *v, const struct map_grid *g, int k);

#endif
