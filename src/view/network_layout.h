/* Lays out any network of the file format as columns, left to right and, where there are too many
 * to be read side by side, in rows: pictures and maps, kernels, circles with edges, columns of
 * cells, outputs as bars, the loss. It always fits the first time: each column says how much it
 * wants and how little it can do with. What the selected cell is computed from gets more. */
#ifndef VIEW_NETWORK_LAYOUT_H
#define VIEW_NETWORK_LAYOUT_H

#include "glassnet/view/network.h"
#include "scene.h"

enum column_kind {
    COLUMN_MAPS,    /* pictures: one plate a channel */
    COLUMN_KERNELS, /* one plate a kernel slice */
    COLUMN_UNITS,   /* circles */
    COLUMN_VECTOR,  /* many units: columns of cells */
    COLUMN_ROW,     /* the weights of one unit, laid out like what it looks at */
    COLUMN_OUTPUT,  /* class names, scores and bars */
    COLUMN_PARAMS,  /* small parameter vectors of other layers */
    COLUMN_LOSS
};

struct column {
    enum column_kind kind;
    int layer;  /* -1: the loss */
    int value;  /* the layer's output or the parameter; -1: none */
    int tensor; /* shown: value, gradient or new value, by phase and selection */
    float least, wants;
    int row;
    bool repeats;     /* stands again before a row's first column, for its edges */
    bool focus;       /* the selected cell or something it is computed from lies here */
    bool opened;      /* nothing is folded away */
    struct cell near; /* the cell of the focus that stands for the others; CELL_NONE: none */
    bool one_part;    /* the focus reads one map, or one kernel, of this column alone */
    int folded;       /* maps, slices or units that are not shown */
    struct rect rect;
    char title[64], subtitle[64];
    int first_plate, plates; /* placed, for edges */
};

enum { COLUMNS_MOST = 128, UNITS_MOST = 16, MAPS_MOST = 256, SLICES_MOST = 1024, LAYOUT_ROWS = 4 };

struct layout {
    const struct view *view;
    const struct network_state *state;
    struct scene *scene;
    struct rect area;
    int title_px, small_px;
    bool subtitles;
    bool lane[LAYOUT_ROWS + 1]; /* rows with curves above their columns */
    bool focus;                 /* some columns are in focus */
    int unit;                   /* the unit whose weights COLUMN_ROW shows */
    int rows;
    int count;
    struct column columns[COLUMNS_MOST];
};

/* Fills scene with the network of the view's snapshot within area. */
void network_layout(struct layout *l, const struct view *v, const struct network_state *n,
                    struct scene *scene, struct rect area);

/* Gives columns their rows and widths. */
void network_share(struct layout *l);
/* Free space before column i, more where edges run. */
float column_gap(const struct layout *l, int i);

/* Marks the columns that the selected cell and its terms lie in. */
void network_mark_focus(struct layout *l);

/* Which tensor stands for `value` (a layer's output or a parameter) in this phase and with this
 * selection: the value, its gradient or the new value. */
int layout_shown_tensor(const struct view *v, int value);

/* The largest |value| of the sample shown (or the parameter), for its colour scale. */
float layout_limit(const struct snapshot *s, int tensor);

/* The title of a tensor for the screen: "∂L/∂conv1.W". */
char *layout_tensor_title(const struct snapshot *s, int tensor, char *out, size_t size);

/* Are a batchnorm's running statistics shown, not the batch's own? */
bool layout_runs(const struct snapshot *s);

/* The layer whose place layer i shares: flatten and lone activations have none of their own. */
int layout_home(const struct net *net, int i);

/* The room for plates: the column without its caption above and its scale below. */
struct rect column_content(const struct layout *l, const struct column *c);

/* Puts the column's plates and labels into the scene. */
void column_place(struct layout *l, struct column *c);

/* Is it the last layer, without rows for each class, so that a line below says what is read? */
bool column_reads(const struct layout *l, const struct column *c);
void column_place_reading(struct layout *l, const struct column *c, struct rect content);

/* Is one of its maps or kernel slices shown large beside the others? */
bool column_enlarges(const struct layout *l, const struct column *c);

/* Its parts, by kind of column. */
void column_place_maps(struct layout *l, struct column *c);
void column_place_kernels(struct layout *l, struct column *c);
void column_place_vector(struct layout *l, struct column *c);
void column_place_row(struct layout *l, struct column *c);
void column_place_params(struct layout *l, struct column *c);
void column_place_units(struct layout *l, struct column *c);
void column_place_output(struct layout *l, struct column *c);
void column_place_loss(struct layout *l, struct column *c);

/* How n tiles of w x h cells go best into `area`: columns of tiles and pixels a cell. */
struct tiling {
    int across, down;
    float cell, gap;
};
struct tiling tile(struct rect area, int n, int w, int h, float gap);
struct rect tile_rect(struct rect content, const struct tiling *t, int i, int w, int h);
struct rect tiles_content(struct rect area, const struct tiling *t, int w, int h);

/* The widest name of a unit of the column. */
float column_name_width(const struct layout *l, const struct column *c);

/* Title and subtitle at the top of the row; below the content its scale, and the word that opens
 * or folds it. */
void column_caption(struct layout *l, const struct column *c, struct rect content, float limit,
                    bool scale);

/* Lines for the weights between columns of circles. */
void network_edges(struct layout *l);

#endif
