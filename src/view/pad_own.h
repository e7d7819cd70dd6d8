/* What the drawing pad is made of, for the panel's tab and for the view of one's own data. */
#ifndef GLASSNET_SRC_VIEW_PAD_OWN_H
#define GLASSNET_SRC_VIEW_PAD_OWN_H

#include "glassnet/view/panel.h"

/* The pad alone; `invites` stands on it while it is empty. */
void pad_area_draw(const struct view *v, struct pad_state *s, struct rect r, const char *invites);

/* Pen, eraser, width, and (behind a button) turning, moving and whether the network reads the
 * drawing centred: rows of the height given by pad_tools_height. */
float pad_tools_height(const struct view *v, const struct pad_state *s);
void pad_tools_draw(const struct view *v, struct pad_state *s, struct rect r);

/* A label and the button that keeps the drawing under it; how many there are. */
float pad_keep_height(const struct view *v);
void pad_keep_draw(const struct view *v, struct pad_state *s, struct rect r);

#endif
