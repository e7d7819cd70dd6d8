/* A pane: the cells of one tensor in a rectangle of the screen that scrolls over them. A panel's
 * table is one, and so is each vector that lies along it. */
#ifndef VIEW_MATRIX_PANE_H
#define VIEW_MATRIX_PANE_H

#include "matrix_map.h"
#include "scene.h"

/* How the numbers of a tensor are written in cells. */
struct matrix_print {
    int px;       /* 0: not at all */
    int decimals; /* -1: significant digits, for numbers too small or too large */
};

struct matrix_pane {
    int tensor;
    struct matrix_map map;
    struct rect view;   /* what is seen of it */
    float x, y;         /* where its content begins on the screen, scrolled */
    int cell_w, cell_h; /* whole pixels */
    int gap;            /* between blocks */
    int title;          /* height of the line above each block; 0: none */
    float limit;        /* both ends of the colour scale */
    struct matrix_print print;
};

/* The visible cells of a block: rows r0 to r1 - 1, columns c0 to c1 - 1. */
struct matrix_window {
    int r0, r1, c0, c1;
};

/* Pixels of the whole content. */
float matrix_pane_width(const struct matrix_pane *p);
float matrix_pane_height(const struct matrix_pane *p);

/* All cells of a block, on the screen, and the line above it. */
struct rect matrix_pane_block(const struct matrix_pane *p, int block);
/* False when nothing of the block is seen. */
bool matrix_pane_window(const struct matrix_pane *p, int block, struct matrix_window *w);
/* The rectangle of a block's cells of that window. */
struct rect matrix_pane_part(const struct matrix_pane *p, int block, struct matrix_window w);
/* Where a cell lies, seen or not; false when the pane does not hold it. */
bool matrix_pane_rect(const struct matrix_pane *p, size_t index, struct rect *r);
/* The cell seen at a point; false when there is none. */
bool matrix_pane_hit(const struct matrix_pane *p, float x, float y, size_t *index);
/* The cell of the sample shown. */
struct cell matrix_pane_cell(const struct snapshot *s, const struct matrix_pane *p, size_t index);

/* Adds a plate for what is seen of each block, so that network_focus frames what belongs to the
 * selection in it. */
void matrix_pane_plates(const struct matrix_pane *p, struct scene *scene);

/* Cells: colours, numbers where they fit, hatching where nothing is computed yet. */
void matrix_pane_draw(const struct view *v, const struct matrix_pane *p);

/* The number of one cell as its pane prints it: "?" when hidden, "" when not computed. */
char *matrix_number(const struct view *v, const struct matrix_print *print, struct cell c,
                    char *out, size_t size);
/* Decimals for numbers up to limit, by the digits of the settings; -1: significant digits. */
int matrix_decimals(const struct view *v, float limit);
/* Pixels that the widest number of a tensor with this limit takes in px. */
float matrix_number_width(const struct view *v, float limit, int px);

#endif
