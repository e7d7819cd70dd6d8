/* Parts of the top bar: which sample of an inspected or trained batch is shown, and the mode. */
#ifndef VIEW_BATCH_BAR_H
#define VIEW_BATCH_BAR_H

#include "glassnet/view/view.h"

/* How many samples a batch that is put together with the mouse may have. */
enum { BATCH_BY_HAND = 8 };

/* "2 of 3 in the batch ‹ ›" and the buttons that add a sample and take the last one away; cut off
 * the right of *r, of which `keep` pixels stay free. */
void batch_bar_draw(const struct view *v, struct rect *r, float keep);

/* The least width it needs. */
float batch_bar_least(const struct view *v);

/* The switch between training and evaluation mode, where they differ; cut off the right of *r. */
void mode_switch_draw(const struct view *v, struct rect *r);

/* Do the modes differ: has the network a dropout or a batchnorm? */
bool mode_matters(const struct snapshot *s);

#endif
