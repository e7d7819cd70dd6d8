/* Side by side: the same sample through two networks, layer by layer, with the difference between
 * them; or through one before and after training. */
#ifndef GLASSNET_VIEW_BESIDE_H
#define GLASSNET_VIEW_BESIDE_H

#include "glassnet/view/view.h"

struct beside_state {
    enum beside_subject subject;
    char layer[64]; /* of the network on screen, by name; one it has not: the last with maps */
    char other[64]; /* of the other, where the two have not the same layers; "": what fits */
    int first;      /* map or unit shown first, where not all find room */
    float scroll, height; /* of the panel */
};

void beside_draw(const struct view *v, struct beside_state *s, struct rect r);
void beside_panel_draw(const struct view *v, struct beside_state *s, struct rect r);

#endif
