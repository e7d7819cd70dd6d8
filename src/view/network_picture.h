/* The network laid out, kept from frame to frame until something it follows from changes. */
#ifndef VIEW_NETWORK_PICTURE_H
#define VIEW_NETWORK_PICTURE_H

#include "network_layout.h"
#include "network_motion.h"

struct network_picture {
    struct scene scene;
    struct layout layout;
    struct rect canvas; /* the network's, without strip and foot */
    struct rect strip;  /* the selected cell's calculation; empty when nothing is selected */
    struct rect foot;   /* a line below the network: what its lines show; empty: none */
    int detail_labels, detail_legends; /* the first of the strip's */
    struct regions regions;            /* that the selection is about */
    struct network_motion motion;
    struct cell bad; /* where a NaN or infinity began; CELL_NONE: all is finite */
    bool laid_out;
    uint64_t revision; /* of the snapshot */
    struct cell selected;
    const struct program *program; /* only compared */
    struct rect area;
    float scale, zoom, pan_x, pan_y;
    bool other_edges, hide_value, without_loss;
    int opened_count;
};

void network_picture_deinit(struct network_picture *p);

/* Lays the network out in r, or finds it as it was. */
void network_picture_update(const struct view *v, struct network_state *n, struct rect r);

/* Where the cell lies in the network (not in the strip), first where it is shown large. */
bool network_picture_find(const struct network_picture *p, struct cell c, struct rect *out);

/* Where things lie within the view's rectangle: known before the picture is laid out. */
void network_picture_split(struct network_picture *p, const struct view *v, struct rect r);

#endif
