/* Strokes: the coverage of every piece of a path goes into a mask, where the larger wins, and
 * the mask is blended once, so that joins of translucent strokes don't show. */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "raster_shape.h"

struct pen {
    struct raster *r;
    struct box clip;
    float half;     /* half the width, at least half a pixel */
    float strength; /* below 1 for hair thinner than a pixel */
};

/* The columns of row `y` that the capsule from a to b may touch. */
static bool touched_columns(const struct pen *pen, struct point a, struct point b, float y,
                            int *from, int *to)
{
    float reach = pen->half + 0.5f;
    float dx = b.x - a.x, dy = b.y - a.y;
    float x0 = fminf(a.x, b.x) - reach, x1 = fmaxf(a.x, b.x) + reach;
    if (fabsf(dy) > 1e-3f) {
        float middle = a.x + (y - a.y) * dx / dy;
        float wide = reach * sqrtf(dx * dx + dy * dy) / fabsf(dy);
        x0 = fmaxf(x0, middle - wide);
        x1 = fminf(x1, middle + wide);
    }
    if (!(x0 < x1))
        return false;
    *from = x0 - 1 < (float)pen->clip.x0 ? pen->clip.x0 : (int)floorf(x0);
    *to = x1 + 1 > (float)pen->clip.x1 ? pen->clip.x1 : (int)ceilf(x1) + 1;
    if (*to > pen->clip.x1)
        *to = pen->clip.x1;
    return *from < *to;
}

static void mask_row(const struct pen *pen, struct point a, struct point b, int y, int from, int to)
{
    uint8_t *mask = pen->r->mask + (long)y * pen->r->w;
    int *touched = pen->r->mask_rows + 2L * y;
    float dx = b.x - a.x, dy = b.y - a.y, l2 = dx * dx + dy * dy;
    float scale = l2 > 0 ? 1 / l2 : 0;
    float py = (float)y + 0.5f - a.y, reach = pen->half + 0.5f;
    for (int x = from; x < to; x++) {
        float px = (float)x + 0.5f - a.x;
        float t = fminf(1, fmaxf(0, (px * dx + py * dy) * scale));
        float ex = px - t * dx, ey = py - t * dy, d2 = ex * ex + ey * ey;
        if (d2 >= reach * reach)
            continue;
        float cover = fminf(1, reach - sqrtf(d2)) * pen->strength;
        uint8_t byte = (uint8_t)(cover * 255 + 0.5f);
        if (byte > mask[x])
            mask[x] = byte;
    }
    touched[0] = from < touched[0] ? from : touched[0];
    touched[1] = to > touched[1] ? to : touched[1];
}

static void mask_capsule(const struct pen *pen, struct point a, struct point b)
{
    float reach = pen->half + 0.5f;
    int y0 = (int)floorf(fminf(a.y, b.y) - reach), y1 = (int)ceilf(fmaxf(a.y, b.y) + reach);
    y0 = y0 < pen->clip.y0 ? pen->clip.y0 : y0;
    y1 = y1 > pen->clip.y1 ? pen->clip.y1 : y1;
    for (int y = y0; y < y1; y++) {
        int from, to;
        if (touched_columns(pen, a, b, (float)y + 0.5f, &from, &to))
            mask_row(pen, a, b, y, from, to);
    }
}

static struct point along(struct point a, struct point b, float part)
{
    return (struct point){a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part};
}

/* Dash k lies between k (dash + gap) and that plus dash, measured along the path. */
static void mask_dashes(const struct pen *pen, const struct point *p, const struct draw_cmd *c)
{
    float period = c->dash + c->gap, start = 0;
    for (int i = 0; i + 1 < c->count; i++) {
        float length = hypotf(p[i + 1].x - p[i].x, p[i + 1].y - p[i].y), end = start + length;
        if (!(length > 0))
            continue;
        for (int k = (int)(start / period); (float)k * period < end; k++) {
            float from = fmaxf(start, (float)k * period);
            float to = fminf(end, (float)k * period + c->dash);
            if (from <= to)
                mask_capsule(pen, along(p[i], p[i + 1], (from - start) / length),
                             along(p[i], p[i + 1], (to - start) / length));
        }
        start = end;
    }
}

static void blend_mask(struct raster *r, struct box clip, uint32_t colour)
{
    uint32_t alpha = colour >> 24;
    for (int y = clip.y0; y < clip.y1; y++) {
        int *touched = r->mask_rows + 2L * y;
        if (touched[1] <= touched[0])
            continue;
        uint8_t *mask = r->mask + (long)y * r->w;
        uint32_t *row = r->pixels + (long)y * r->w;
        for (int x = touched[0]; x < touched[1]; x++)
            if (mask[x])
                row[x] = pixel_blend(row[x], colour, byte_times(mask[x], alpha));
        memset(mask + touched[0], 0, (size_t)(touched[1] - touched[0]));
        touched[0] = INT_MAX;
        touched[1] = 0;
    }
}

void shape_stroke(struct raster *r, struct box clip, const struct draw_cmd *c,
                  const struct point *points)
{
    struct pen pen = {r, clip, fmaxf(c->width, 1) / 2, fminf(c->width, 1)};
    if (c->dash >= 0)
        mask_dashes(&pen, points, c);
    else if (c->count == 1)
        mask_capsule(&pen, points[0], points[0]);
    else
        for (int i = 0; i + 1 < c->count; i++)
            mask_capsule(&pen, points[i], points[i + 1]);
    blend_mask(r, clip, c->colour);
}
