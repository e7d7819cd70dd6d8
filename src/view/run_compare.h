/* One number, and its whole tensor, in the branch shown and the one set beside it. Private to
 * src/view. */
#ifndef GLASSNET_SRC_VIEW_RUN_COMPARE_H
#define GLASSNET_SRC_VIEW_RUN_COMPARE_H

#include "glassnet/view/view.h"

void run_compare_draw(const struct view *v, struct rect r);

#endif
