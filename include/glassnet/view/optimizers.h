/* The optimiser lab: walkers on a surface, their paths and places, and the race on the open network
 * with its curves. The functions need no network. */
#ifndef GLASSNET_VIEW_OPTIMIZERS_H
#define GLASSNET_VIEW_OPTIMIZERS_H

#include "glassnet/view/view.h"

struct optimizers_state {
    bool asked;   /* for the lab's beginning */
    bool playing; /* a step each `pace` */
    double due;
    bool race;  /* the curves of the race instead of the surface */
    int epochs; /* of the next race */
    float scroll, height;
};

void optimizers_init(struct optimizers_state *s);
void optimizers_draw(const struct view *v, struct optimizers_state *s, struct rect r);
/* Step, play, restart: in the transport's place. */
void optimizers_foot_draw(const struct view *v, struct optimizers_state *s, struct rect r);

#endif
