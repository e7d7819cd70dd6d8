/* What the pictures of the Layer view are made of: rows of parts that give way when there is no
 * room, grids of a tensor's cells with their captions, tiles for the terms of a sum, lines of a
 * calculation. Text is drawn where it fits and left out where it does not. */
#ifndef VIEW_LAYER_STAGE_H
#define VIEW_LAYER_STAGE_H

#include "glassnet/view/layer.h"
#include "scene.h"

/* One frame's picture: which cell it is about, and where things go. */
struct stage {
    const struct view *v;
    struct layer_state *state;
    struct scene *scene;
    int layer;             /* place in the network; layer_count: the loss */
    const struct layer *l; /* NULL: the loss */
    enum layer_part part;
    struct cell cell;        /* the selected one, or one of the layer that stands for it */
    const struct formula *f; /* of it */
    int terms;               /* of them computed so far: all when the cell is */
    bool done;
    bool gradient;   /* it is one */
    int px, small;   /* text sizes of captions and of notes */
    float unit;      /* a design pixel */
    int turns;       /* channels to turn through; 0: the picture has no such choice */
    char turn[48];   /* what they are: "input map" */
    char about[160]; /* one line on what the picture says */
};

/* The tensor NAME.suffix of the layer, "" for NAME itself; -1: none. */
int stage_tensor(const struct stage *s, const char *suffix);
int stage_x(const struct stage *s); /* what the layer reads (the first of several) */
int stage_z(const struct stage *s); /* its operation's result, before any activation */
int stage_grad(const struct stage *s, int tensor); /* d: of it, -1: none */
/* The cell of a tensor for the sample shown. */
struct cell stage_cell(const struct stage *s, int tensor, size_t index);
/* The place of the cell along the axes of its tensor. */
void stage_index(const struct stage *s, int index[SHAPE_MAX_RANK]);
/* How many of the cell's terms are computed. */
int stage_revealed(const struct view *v, struct cell c, int count);

/* The channel to show, of n: the user's choice, or `natural` when the cell just changed and asks
 * for one (−1: it does not). */
int stage_channel(struct stage *s, int n, int natural, const char *what);

/* Text that fits is drawn and gives true. */
bool stage_text(const struct stage *s, struct rect r, enum font_face face, int px, unsigned align,
                struct colour c, const char *text);
/* A muted line cut off the top of r, if r leaves `keep` pixels of height. */
void stage_note(const struct stage *s, struct rect *r, float keep, const char *text);
/* A click in r selects the cell. */
void stage_hit(struct stage *s, struct rect r, struct cell c);
/* The yellow frame of the selection. */
void stage_frame(const struct stage *s, struct rect r);

/* A part of a row: it is left out, highest rank first, where not all find their least width. */
struct part {
    float least, wants; /* in design pixels */
    int rank;
    struct rect rect; /* filled by stage_row; empty: left out */
};
struct part stage_part(float least, float wants, int rank);
void stage_row(const struct stage *s, struct rect r, struct part *parts, int n, float gap);

/* A rectangular piece of a tensor. */
struct grid {
    int tensor;
    size_t base, row_step, col_step, end;
    int rows, cols;
    int margin[4]; /* cells left free around it: top, right, bottom, left */
    bool loose;    /* cells may be much wider than high: a list, not a picture */
    char title[96], note[96];
};
struct grid grid_map(const struct stage *s, int tensor, int channel);
struct grid grid_kernel(const struct stage *s, int tensor, int kernel, int channel);
struct grid grid_vector(const struct stage *s, int tensor, int across);
struct grid grid_single(const struct stage *s, struct cell c);
/* The natural piece around a cell: its map, its kernel slice, the vector. */
struct grid grid_around(const struct stage *s, struct cell c);
/* Rows and columns cut out of a grid. */
struct grid grid_part(const struct grid *g, int row, int col, int rows, int cols);

enum grid_flags { GRID_SCALE = 1, GRID_APART = 2 /* no curves lead to it */ };
/* Draws it with its captions in the middle of r; returns where the cells lie. */
struct rect stage_grid(struct stage *s, struct rect r, const struct grid *g, unsigned flags);

/* A sign between parts: "×", "=", "Σ". */
void stage_sign(const struct stage *s, struct rect r, const char *sign);

/* A tile for each place: the term whose number stands there (−1: none, it was skipped), with its
 * numbers, its product and the sum so far, as far as there is room; small places are coloured
 * alone. */
struct products {
    int rows, cols;
    const int *term; /* [rows][cols] */
    const char *title, *note;
    const char *skipped; /* what a place without a term says: "padding" */
    float high;          /* of a tile at most, in design pixels; 0: as many as its lines need */
};
struct rect stage_products(struct stage *s, struct rect r, const struct products *p);

/* Columns of cells side by side, a row for each output: names, numbers, bars. Rows and columns
 * that find no room are left out; the selected row stays. */
struct table_column {
    int tensor;        /* -1: the column is left out */
    size_t base;       /* of its first row */
    const char *title; /* NULL: the tensor's own */
    int rank;          /* the highest goes first */
    bool bars;         /* beside its numbers */
};
struct table {
    const struct table_column *column;
    int columns, rows;
    int chosen;   /* row that is always seen; -1: none */
    int label;    /* row of the true class; -1: none */
    bool classes; /* rows are outputs of the network: they have the classes' names */
};
void stage_table(struct stage *s, struct rect r, const struct table *t);

/* The curve of a function with the point (x, y) on it and, where slope is a cell, the tangent. */
struct plot {
    enum fn fn;
    bool negative;  /* of −fn */
    float from, to; /* of the argument; equal: chosen around x */
    struct cell x, y, slope;
    const char *title;
};
void stage_plot(struct stage *s, struct rect r, const struct plot *p);

/* All terms of the cell as tiles in the order of the sum; the largest where not all fit. */
void stage_terms(struct stage *s, struct rect r, const char *title);

/* A line for each cell: its name, what it was computed from, its value. Lines that don't fit are
 * left out from the end, the selected one last. Returns the height used. */
float stage_lines(struct stage *s, struct rect r, const struct cell *cells, int n);

/* One number alone, as a tile with its name above. */
void stage_number(struct stage *s, struct rect r, struct cell c);

#endif
