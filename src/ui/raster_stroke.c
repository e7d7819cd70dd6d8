/* Strokes: the coverage of every piece of a path goes into a mask, where the larger wins, and
 * the mask is blended once, so that joins of translucent strokes don't show. */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "raster_shape.h"

/* fminf and fmaxf would be calls. */
static inline float smaller(float a, float b)
{
    return a < b ? a : b;
}

static inline float larger(float a, float b)
{
    return a > b ? a : b;
}

struct pen {
    struct raster *r;
    struct box clip;
    float half;      /* half the width, at least half a pixel */
    float strength;  /* below 1 for hair thinner than a pixel */
    uint32_t colour; /* of a stroke of one piece, which is blended without the mask */
    bool direct;
};

/* A straight piece with round ends. */
struct capsule {
    struct point a;
    float dx, dy; /* to the other end */
    float ux, uy; /* the same, one pixel long; 0 for a dot */
    float length;
    float slope;  /* columns a row */
    float wide;   /* half the columns a row touches, before the ends are cut off */
    float x0, x1; /* columns touched by the whole */
};

static struct capsule capsule_of(const struct pen *pen, struct point a, struct point b)
{
    float reach = pen->half + 0.5f;
    struct capsule c = {.a = a, .dx = b.x - a.x, .dy = b.y - a.y};
    c.length = sqrtf(c.dx * c.dx + c.dy * c.dy);
    if (c.length > 0) {
        c.ux = c.dx / c.length;
        c.uy = c.dy / c.length;
    }
    c.x0 = fminf(a.x, b.x) - reach;
    c.x1 = fmaxf(a.x, b.x) + reach;
    bool flat = fabsf(c.dy) < 1e-3f;
    c.slope = flat ? 0 : c.dx / c.dy;
    c.wide = flat ? 1e9f : reach * c.length / fabsf(c.dy);
    return c;
}

/* The columns of the row at height y (from a) that the capsule may touch. */
static bool touched_columns(const struct pen *pen, const struct capsule *c, float y, int *from,
                            int *to)
{
    float middle = c->a.x + y * c->slope;
    float x0 = larger(c->x0, middle - c->wide), x1 = smaller(c->x1, middle + c->wide);
    /* Pixels whose centre lies between: those from x0 - 1/2 to x1 - 1/2. */
    x0 = larger(x0 + 0.5f, (float)pen->clip.x0);
    x1 = smaller(x1 + 0.5f, (float)pen->clip.x1);
    if (!(x0 < x1))
        return false;
    *from = (int)x0;
    *to = (int)x1;
    return *from < *to;
}

/* Coverage (0..255) of the pixel whose centre lies (px, py) from a. */
static inline uint32_t capsule_covers(const struct pen *pen, const struct capsule *c, float px,
                                      float py)
{
    float along = px * c->ux + py * c->uy, distance;
    if (along > 0 && along < c->length) {
        distance = fabsf(px * c->uy - py * c->ux);
    } else {
        float ex = along > 0 ? px - c->dx : px, ey = along > 0 ? py - c->dy : py;
        distance = sqrtf(ex * ex + ey * ey);
    }
    float cover = smaller(1, pen->half + 0.5f - distance);
    return cover > 0 ? (uint32_t)(cover * pen->strength * 255 + 0.5f) : 0;
}

static void capsule_row(const struct pen *pen, const struct capsule *c, int y, int from, int to)
{
    uint8_t *mask = pen->r->mask + (long)y * pen->r->w;
    uint32_t *row = pen->r->pixels + (long)y * pen->r->w;
    int *touched = pen->r->mask_rows + 2L * y;
    float py = (float)y + 0.5f - c->a.y;
    for (int x = from; x < to; x++) {
        uint32_t cover = capsule_covers(pen, c, (float)x + 0.5f - c->a.x, py);
        if (!cover)
            continue;
        if (pen->direct)
            row[x] = pixel_blend(row[x], pen->colour, byte_times(cover, pen->colour >> 24));
        else if (cover > mask[x])
            mask[x] = (uint8_t)cover;
    }
    if (pen->direct)
        return;
    touched[0] = from < touched[0] ? from : touched[0];
    touched[1] = to > touched[1] ? to : touched[1];
}

static void mask_capsule(const struct pen *pen, struct point a, struct point b)
{
    struct capsule c = capsule_of(pen, a, b);
    float reach = pen->half + 0.5f;
    int y0 = (int)floorf(fminf(a.y, b.y) - reach), y1 = (int)ceilf(fmaxf(a.y, b.y) + reach);
    y0 = y0 < pen->clip.y0 ? pen->clip.y0 : y0;
    y1 = y1 > pen->clip.y1 ? pen->clip.y1 : y1;
    for (int y = y0; y < y1; y++) {
        int from, to;
        if (touched_columns(pen, &c, (float)y + 0.5f - a.y, &from, &to))
            capsule_row(pen, &c, y, from, to);
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
    struct pen pen = {r, clip, fmaxf(c->width, 1) / 2, fminf(c->width, 1), c->colour, false};
    pen.direct = c->dash < 0 && c->count <= 2;
    if (c->dash >= 0)
        mask_dashes(&pen, points, c);
    else if (c->count == 1)
        mask_capsule(&pen, points[0], points[0]);
    else
        for (int i = 0; i + 1 < c->count; i++)
            mask_capsule(&pen, points[i], points[i + 1]);
    if (!pen.direct)
        blend_mask(r, clip, c->colour);
}
