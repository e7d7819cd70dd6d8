/* What belongs to the selected cell: yellow frames around it and the cells it was computed from,
 * and curves between them. */
#ifndef VIEW_NETWORK_FOCUS_H
#define VIEW_NETWORK_FOCUS_H

#include "scene.h"

enum { REGIONS_MOST = 96 };

enum region_kind {
    REGION_TERMS,  /* cells that were read */
    REGION_TARGET, /* the selected cell itself */
    REGION_NOW     /* of the term that is being added */
};

/* A part of a plate that the selection is about. Which plate is said by what stays the same when
 * the network is laid out anew. */
struct region {
    enum region_kind kind;
    struct rect rect;
    int cells;
    int tensor;
    size_t base; /* of its plate */
    bool round, detail, large;
};

struct regions {
    int count;
    struct region list[REGIONS_MOST];
};

/* Finds the places of the snapshot's selection in the scene. */
void network_focus_find(const struct view *v, const struct scene *s, struct regions *out);

/* With the spotlight on, all but the framed places of `canvas` is dimmed. `sight` is the part of
 * the canvas that shows the network. */
void network_focus_show(const struct view *v, const struct scene *s, const struct regions *g,
                        struct rect canvas, struct rect sight);

/* Both in one, for a scene that is made anew in every frame. */
void network_focus_draw(const struct view *v, const struct scene *s, struct rect canvas);

/* One frame: around the selected cell, or (thinner) what it was computed from. */
void network_focus_frame(const struct view *v, struct rect r, bool target);

#endif
