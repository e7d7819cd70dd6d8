/* Pixels of single commands. Every function draws only inside `clip` (whole pixels, within the
 * picture), and a pixel's colour never depends on the clip. */
#ifndef GLASSNET_SRC_UI_RASTER_SHAPE_H
#define GLASSNET_SRC_UI_RASTER_SHAPE_H

#include <stdint.h>

#include "glassnet/ui/raster.h"

struct box {
    int x0, y0, x1, y1; /* x1, y1 lie outside */
};

/* colour over dst with coverage a (0..255), exact at both ends. */
static inline uint32_t pixel_blend(uint32_t dst, uint32_t colour, uint32_t a)
{
    uint32_t s = a + (a >> 7), t = 256 - s;
    uint32_t rb = (((dst & 0xff00ff) * t + (colour & 0xff00ff) * s) >> 8) & 0xff00ff;
    uint32_t g = (((dst & 0xff00) * t + (colour & 0xff00) * s) >> 8) & 0xff00;
    return 0xff000000u | rb | g;
}

/* a * b / 255 of two bytes, rounded. */
static inline uint32_t byte_times(uint32_t a, uint32_t b)
{
    uint32_t p = a * b + 128;
    return (p + (p >> 8)) >> 8;
}

/* Coverage 0..1 to 0..255. */
static inline uint32_t coverage_byte(float c)
{
    return c <= 0 ? 0 : c >= 1 ? 255 : (uint32_t)(c * 255 + 0.5f);
}

void shape_fill(struct raster *r, struct box clip, struct box at, uint32_t colour);
void shape_frame(struct raster *r, struct box clip, const struct draw_cmd *c);
void shape_round(struct raster *r, struct box clip, const struct draw_cmd *c);
void shape_round_frame(struct raster *r, struct box clip, const struct draw_cmd *c);
void shape_disc(struct raster *r, struct box clip, const struct draw_cmd *c);
void shape_ring(struct raster *r, struct box clip, const struct draw_cmd *c);
void shape_polygon(struct raster *r, struct box clip, const struct draw_cmd *c,
                   const struct point *corners);
void shape_heatmap(struct raster *r, struct box clip, const struct draw_cmd *c,
                   const uint32_t *colours);
void shape_hatch(struct raster *r, struct box clip, const struct draw_cmd *c);
void shape_stroke(struct raster *r, struct box clip, const struct draw_cmd *c,
                  const struct point *points);
void shape_glyphs(struct raster *r, struct box clip, const struct draw_cmd *c, const char *utf8,
                  struct fonts *fonts);

#endif
