/* Look inside: the sample with what a score hangs on laid over it; beside it the maps of a layer,
 * the input that a neuron wants, or the samples nearest in the layer's space. */
#ifndef GLASSNET_VIEW_INSIDE_H
#define GLASSNET_VIEW_INSIDE_H

#include "glassnet/view/view.h"

enum inside_page { INSIDE_MAPS, INSIDE_DREAM, INSIDE_NEAREST, INSIDE_PAGES };

struct inside_state {
    enum inside_page page;
    char layer[64];       /* by name; one the network has not: the last with maps */
    int first;            /* map or unit shown first, where not all find room */
    float opacity;        /* of what lies over the picture */
    bool asked_look;      /* the view asks once for a beginning */
    const void *asked_of; /* the network that a dream was asked of; only compared */
    char asked_near[64];  /* the layer that was asked for */
    float scroll, height; /* of the panel */
    float rows_scroll;    /* of a table's inputs */
};

void inside_init(struct inside_state *s);
bool inside_suits(const struct snapshot *s);
void inside_draw(const struct view *v, struct inside_state *s, struct rect r);
void inside_panel_draw(const struct view *v, struct inside_state *s, struct rect r);

#endif
