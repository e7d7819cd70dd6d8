/* What the two halves of the draw list share. */
#ifndef GLASSNET_SRC_UI_DRAW_OWN_H
#define GLASSNET_SRC_UI_DRAW_OWN_H

#include <stddef.h>

#include "glassnet/ui/draw.h"

/* A new command, or NULL when nothing of what lies in `touched` can be seen. */
struct draw_cmd *draw_add(struct draw_list *d, enum draw_kind kind, struct rect touched,
                          struct colour c);

/* Copies bytes into the frame's data; their offset there. */
int draw_add_data(struct draw_list *d, const void *bytes, size_t size);

#endif
