/* The canvas as a picture in a file: PNG or SVG. */
#ifndef GLASSNET_SRC_APP_EXPORT_H
#define GLASSNET_SRC_APP_EXPORT_H

#include "app/core.h"

/* Writes the canvas of the last frame, with what the pen drew on it; the name's ending says which
 * kind. On the home screen the whole of it. */
bool export_canvas(struct core *c, const char *path, struct err *err);

/* The same under a new name in the user's folder for pictures, else in the current one; says
 * where. kind: "png" or "svg". */
bool export_anew(struct core *c, const char *kind, struct err *err);

/* What export_canvas draws, as a list of its own, for draw_list_deinit; *region is the part of it
 * that the canvas takes. Its fonts are the core's. */
struct draw_list export_copy(const struct core *c, struct rect *region);

/* The whole screen as text (places.h) into a file, "-": standard output. */
bool export_text(struct core *c, const char *path, struct err *err);

/* Writes the kept drawings into a new folder beside such pictures, and says where. */
bool export_drawings_anew(struct core *c, struct err *err);

#endif
