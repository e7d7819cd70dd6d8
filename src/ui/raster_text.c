/* Text: glyph coverage blended at quarter-pixel pen positions. */
#include <math.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "raster_shape.h"

static void blend_glyph(struct raster *r, struct box clip, const struct font_glyph *g, int x, int y,
                        uint32_t colour)
{
    int x0 = x + g->left, y0 = y + g->top;
    int from = x0 < clip.x0 ? clip.x0 - x0 : 0, to = x0 + g->w > clip.x1 ? clip.x1 - x0 : g->w;
    int top = y0 < clip.y0 ? clip.y0 - y0 : 0, end = y0 + g->h > clip.y1 ? clip.y1 - y0 : g->h;
    uint32_t alpha = colour >> 24;
    for (int v = top; v < end; v++) {
        const uint8_t *cover = g->coverage + (long)v * g->w;
        uint32_t *row = r->pixels + (long)(y0 + v) * r->w + x0;
        for (int u = from; u < to; u++) {
            if (!cover[u])
                continue;
            row[u] =
                pixel_blend(row[u], colour, alpha == 255 ? cover[u] : byte_times(cover[u], alpha));
        }
    }
}

void shape_glyphs(struct raster *r, struct box clip, const struct draw_cmd *c, const char *utf8,
                  struct fonts *fonts)
{
    const char *p = utf8;
    float pen = c->x;
    int y = (int)c->y;
    while (*p) {
        unsigned cp = text_decode(&p);
        int fourths = (int)floorf(pen * 4 + 0.5f);
        int x = fourths >= 0 ? fourths / 4 : -((3 - fourths) / 4);
        const struct font_glyph *g =
            font_glyph(fonts, (enum font_face)c->face, c->px, cp, fourths - 4 * x);
        if (g->coverage)
            blend_glyph(r, clip, g, x, y, c->colour);
        pen += g->advance;
    }
}
