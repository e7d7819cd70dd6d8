/* The scene of the network view: where every cell that is on the canvas lies.
 *
 * A plate is a regular grid of cells of one tensor (a feature map, a kernel slice, a matrix, a
 * single circle). The layout makes plates, labels and edges in pixels at zoom 1; they are then
 * moved and scaled together, drawn, and asked which cell lies under the pointer. */
#ifndef VIEW_SCENE_H
#define VIEW_SCENE_H

#include "glassnet/view/view.h"

enum plate_kind {
    PLATE_GRID,
    PLATE_CIRCLE,
    PLATE_BAR,
    PLATE_COLOUR /* three channels as one picture; its cells are those of the first channel */
};

/* Which tensors of its place a plate stands for: a circle with a gradient below it leaves those to
 * that. */
enum plate_stands { STANDS_FOR_ANY, STANDS_FOR_VALUES, STANDS_FOR_GRADIENTS };

struct plate {
    enum plate_kind kind;
    int tensor;
    size_t base; /* flat index of the cell at row 0, column 0 */
    size_t row_step, col_step;
    int rows, cols;
    size_t end;       /* cells from this flat index on are not part of the plate */
    struct rect rect; /* whole pixels for grids */
    float limit;      /* both ends of the colour scale */
    bool detail;      /* in the strip that shows the selected cell's calculation */
    bool large;       /* shows one of the column's maps or kernels once more, enlarged */
    enum plate_stands stands;
    int place; /* cells of the same place lie here too: see scene_place */
};

enum label_colour { LABEL_INK, LABEL_MUTED, LABEL_GRADIENT };

struct scene_label {
    struct rect rect;
    enum font_face face;
    int px;
    unsigned align;
    enum label_colour colour;
    char text[112];
};

/* A weight drawn as a line between two cells. */
struct edge {
    struct cell cell;
    struct point a, b;
    bool alone; /* one of the selected unit's, of a layer that is too large for all */
};

/* A colour scale beside a picture. */
struct legend {
    struct rect rect;
    float limit;
    bool gradient;
};

/* A word that opens what a column has folded away, or folds it again. */
struct fold {
    struct rect rect;
    int value; /* the column's tensor, by which it is known */
    bool opens;
    char text[48];
};

struct scene {
    const struct snapshot *snap; /* for the frame being laid out */
    struct plate *plates;        /* owned */
    int plate_count, plate_capacity;
    struct scene_label *labels; /* owned */
    int label_count, label_capacity;
    struct edge *edges; /* owned */
    int edge_count, edge_capacity;
    float edge_limit;
    bool edge_gradient;     /* lines show gradients */
    char edge_note[64];     /* which of a large layer's lines are there; empty: all */
    struct legend *legends; /* owned */
    int legend_count, legend_capacity;
    struct fold *folds; /* owned */
    int fold_count, fold_capacity;
    bool *shown; /* [tensors] has a plate of its own; owned */
    int shown_capacity;
    float zoom;
};

void scene_deinit(struct scene *s);
/* Empties the scene for a new frame. */
void scene_begin(struct scene *s, const struct snapshot *snap);

/* A plate of `rows` x `cols` cells from `base`; the pointer is valid until the next one. */
struct plate *scene_plate(struct scene *s, enum plate_kind kind, int tensor, struct rect rect,
                          int rows, int cols, size_t base, size_t row_step, size_t col_step);
void scene_label(struct scene *s, struct rect rect, enum font_face face, int px, unsigned align,
                 enum label_colour colour, const char *text);
void scene_legend(struct scene *s, struct rect rect, float limit, bool gradient);
void scene_fold(struct scene *s, struct rect rect, int value, bool opens, const char *text);
void scene_edge(struct scene *s, struct cell cell, struct point a, struct point b);

/* Leaves out words that would lie on others or that are too narrow to be read, the later ones
 * first: labels and scales from the given numbers on, and all fold words. `px` is their size. */
void scene_unclutter(struct scene *s, struct fonts *fonts, int px, int first_label,
                     int first_legend);

/* Scales everything by zoom about the corner of `canvas`, then shifts it. */
void scene_transform(struct scene *s, struct rect canvas, float zoom, float dx, float dy);

/* The cell at row, column of the plate; CELL_NONE where there is none. */
struct cell plate_cell(const struct scene *s, const struct plate *p, int row, int col);
/* Its rectangle on the screen. */
struct rect plate_rect(const struct plate *p, int row, int col);
/* Where flat index `index` lies on the plate; false when it does not. */
bool plate_find(const struct plate *p, size_t index, int *row, int *col);

/* Tensors whose cells lie at the same place of the picture (a layer's z, output and their
 * gradients; a parameter, its gradient and its new value) have the same number; -1: none. */
int scene_place(const struct snapshot *snap, int tensor);

/* Does the plate stand for cells of this tensor: its own, or (where no plate shows the tensor
 * itself) one of the same place? */
bool scene_stands_for(const struct scene *s, const struct plate *p, int tensor);

/* The cell under (x, y): a plate's, else an edge's within `reach` pixels; CELL_NONE: nothing. */
struct cell scene_hit(const struct scene *s, float x, float y, float reach);

#endif
