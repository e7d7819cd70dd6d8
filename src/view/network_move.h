/* Zooming and moving the network: what is in sight, and the strip of thumbnails that shows where
 * that lies. */
#ifndef VIEW_NETWORK_MOVE_H
#define VIEW_NETWORK_MOVE_H

#include "network_picture.h"

/* Wheel, pinch, drag and double click; `answer` is the canvas' own. */
void network_move(const struct view *v, struct network_state *n, unsigned answer);

/* The canvas without the thumbnails. */
struct rect network_in_sight(const struct view *v, const struct network_state *n);

/* Takes back what was moved too far. */
void network_keep_in_sight(const struct view *v, struct network_state *n);

/* While zoomed in: every layer small, what is in sight framed; a click moves there. */
void network_thumbs_draw(const struct view *v, struct network_state *n);

#endif
