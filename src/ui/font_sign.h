/* Transport signs no bundled face has: they are drawn from triangles and bars. */
#ifndef GLASSNET_SRC_UI_FONT_SIGN_H
#define GLASSNET_SRC_UI_FONT_SIGN_H

#include "glassnet/base/mem.h"
#include "glassnet/ui/font.h"

#define FONT_SIGN_EM 0.95f /* advance of each */

bool font_sign_is_drawn(unsigned code_point);

/* Fills g with the sign, as high as the face's capitals (`cap` ems); coverage from `pieces`. */
void font_sign_draw(struct font_glyph *g, unsigned code_point, int px, int quarter, float cap,
                    struct arena *pieces);

#endif
