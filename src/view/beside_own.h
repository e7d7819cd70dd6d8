/* What the files of "Side by side" share. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_BESIDE_OWN_H
#define GLASSNET_SRC_VIEW_BESIDE_OWN_H

#include "glassnet/view/beside.h"

/* Is there a pass of both to draw? */
bool beside_has_pass(const struct snapshot *snap);
void beside_sample_draw(const struct view *v, struct rect r);

#endif
