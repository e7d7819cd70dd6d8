/* A draw list as SVG: text stays text, shapes stay shapes, heatmaps become runs of colour. */
#ifndef GLASSNET_UI_SVG_H
#define GLASSNET_UI_SVG_H

#include "glassnet/base/err.h"
#include "glassnet/ui/draw.h"

/* Writes what of the list lies in `region`, under a title, wholly or not at all. */
bool svg_write(const char *path, const struct draw_list *d, struct rect region, const char *title,
               struct err *err);
/* The same into a stream. */
void svg_print(FILE *f, const struct draw_list *d, struct rect region, const char *title);

#endif
