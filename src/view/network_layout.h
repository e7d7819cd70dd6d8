/* Lays out any network of the file format as columns, left to right: pictures and maps, kernels,
 * circles with edges, columns of cells, outputs as bars, the loss. It always fits the first time:
 * each column says how much it wants and how little it can do with. */
#ifndef VIEW_NETWORK_LAYOUT_H
#define VIEW_NETWORK_LAYOUT_H

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
    struct rect rect;
    char title[64], subtitle[64];
    int first_plate, plates;    /* placed, for edges */
    const struct column *place; /* its own place in the layout, kept by copies */
};

enum { COLUMNS_MOST = 96, UNITS_MOST = 16, MAPS_MOST = 64, SLICES_MOST = 256 };

struct layout {
    const struct view *view;
    struct scene *scene;
    struct rect area;
    int title_px, small_px;
    bool subtitles;
    bool staggered; /* titles in two rows at the top, where columns are narrower than they */
    int unit;       /* the unit whose weights COLUMN_ROW shows */
    int count;
    struct column columns[COLUMNS_MOST];
};

/* Fills scene with the network of the view's snapshot within area. */
void network_layout(struct layout *l, const struct view *v, struct scene *scene, struct rect area);

/* Which tensor stands for `value` (a layer's output or a parameter) in this phase and with this
 * selection: the value, its gradient or the new value. */
int layout_shown_tensor(const struct view *v, int value);

/* The largest |value| of the sample shown (or the parameter), for its colour scale. */
float layout_limit(const struct snapshot *s, int tensor);

/* The title of a tensor for the screen: "∂L/∂conv1.W". */
char *layout_tensor_title(const struct snapshot *s, int tensor, char *out, size_t size);

/* Are a batchnorm's running statistics shown, not the batch's own? */
bool layout_runs(const struct snapshot *s);

/* Puts the column's plates and labels into the scene. */
void column_place(struct layout *l, struct column *c);

/* Circles, boxes and bars: the part of column_place for single units. */
void column_place_units(struct layout *l, struct column *c);
void column_place_output(struct layout *l, struct column *c);
void column_place_loss(struct layout *l, struct column *c);

/* The widest name of a unit of the column. */
float column_name_width(const struct layout *l, const struct column *c);

/* Title and subtitle above the content, the scale below it. */
void column_caption(struct layout *l, const struct column *c, struct rect content, float limit,
                    bool scale);

/* Lines for the weights between columns of circles. */
void network_edges(struct layout *l);

#endif
