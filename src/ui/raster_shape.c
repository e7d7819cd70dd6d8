#include "raster_shape.h"

#include <math.h>

static struct box box_meet(struct box a, struct box b)
{
    struct box m = {a.x0 > b.x0 ? a.x0 : b.x0, a.y0 > b.y0 ? a.y0 : b.y0, a.x1 < b.x1 ? a.x1 : b.x1,
                    a.y1 < b.y1 ? a.y1 : b.y1};
    return m;
}

static struct box cmd_box(const struct draw_cmd *c)
{
    return (struct box){(int)c->x, (int)c->y, (int)(c->x + c->w), (int)(c->y + c->h)};
}

static void span(uint32_t *row, int x0, int x1, uint32_t colour)
{
    uint32_t alpha = colour >> 24;
    if (alpha == 255) {
        for (int x = x0; x < x1; x++)
            row[x] = colour;
        return;
    }
    for (int x = x0; x < x1; x++)
        row[x] = pixel_blend(row[x], colour, alpha);
}

static uint32_t *row_of(struct raster *r, int y)
{
    return r->pixels + (long)y * r->w;
}

void shape_fill(struct raster *r, struct box clip, struct box at, uint32_t colour)
{
    at = box_meet(clip, at);
    for (int y = at.y0; y < at.y1; y++)
        span(row_of(r, y), at.x0, at.x1, colour);
}

void shape_frame(struct raster *r, struct box clip, const struct draw_cmd *c)
{
    struct box b = cmd_box(c);
    int w = (int)c->width;
    if (2 * w >= b.x1 - b.x0 || 2 * w >= b.y1 - b.y0) {
        shape_fill(r, clip, b, c->colour);
        return;
    }
    shape_fill(r, clip, (struct box){b.x0, b.y0, b.x1, b.y0 + w}, c->colour);
    shape_fill(r, clip, (struct box){b.x0, b.y1 - w, b.x1, b.y1}, c->colour);
    shape_fill(r, clip, (struct box){b.x0, b.y0 + w, b.x0 + w, b.y1 - w}, c->colour);
    shape_fill(r, clip, (struct box){b.x1 - w, b.y0 + w, b.x1, b.y1 - w}, c->colour);
}

/* Coverage of the pixel (x, y) by a rectangle with rounded corners. */
static float round_coverage(struct box b, float radius, int x, int y)
{
    if (x < b.x0 || x >= b.x1 || y < b.y0 || y >= b.y1)
        return 0;
    float px = (float)x + 0.5f, py = (float)y + 0.5f;
    float left = (float)b.x0 + radius - px, right = px - ((float)b.x1 - radius);
    float up = (float)b.y0 + radius - py, down = py - ((float)b.y1 - radius);
    float dx = fmaxf(left, right), dy = fmaxf(up, down);
    if (dx <= 0 || dy <= 0)
        return 1;
    return radius + 0.5f - sqrtf(dx * dx + dy * dy);
}

static void blend_at(uint32_t *at, uint32_t colour, float coverage)
{
    uint32_t a = byte_times(coverage_byte(coverage), colour >> 24);
    if (a)
        *at = pixel_blend(*at, colour, a);
}

void shape_round(struct raster *r, struct box clip, const struct draw_cmd *c)
{
    struct box b = cmd_box(c), at = box_meet(clip, b);
    int corner = (int)ceilf(c->size);
    for (int y = at.y0; y < at.y1; y++) {
        uint32_t *row = row_of(r, y);
        bool in_corner = y < b.y0 + corner || y >= b.y1 - corner;
        int from = in_corner ? b.x0 + corner : b.x0, to = in_corner ? b.x1 - corner : b.x1;
        from = from < at.x0 ? at.x0 : from > at.x1 ? at.x1 : from;
        to = to > at.x1 ? at.x1 : to < from ? from : to;
        for (int x = at.x0; x < from; x++)
            blend_at(&row[x], c->colour, round_coverage(b, c->size, x, y));
        span(row, from, to, c->colour);
        for (int x = to; x < at.x1; x++)
            blend_at(&row[x], c->colour, round_coverage(b, c->size, x, y));
    }
}

void shape_round_frame(struct raster *r, struct box clip, const struct draw_cmd *c)
{
    struct box b = cmd_box(c), at = box_meet(clip, b);
    int w = (int)c->width, corner = (int)ceilf(c->size) > w ? (int)ceilf(c->size) : w;
    struct box in = {b.x0 + w, b.y0 + w, b.x1 - w, b.y1 - w};
    float inner = fmaxf(0, c->size - c->width);
    for (int y = at.y0; y < at.y1; y++) {
        uint32_t *row = row_of(r, y);
        for (int x = at.x0; x < at.x1; x++) {
            bool middle = x >= b.x0 + corner && x < b.x1 - corner;
            if (middle && y >= b.y0 + w && y < b.y1 - w) {
                x = b.x1 - corner - 1;
                continue;
            }
            float hole = fminf(1, fmaxf(0, round_coverage(in, inner, x, y)));
            float whole = fminf(1, fmaxf(0, round_coverage(b, c->size, x, y)));
            blend_at(&row[x], c->colour, whole - hole);
        }
    }
}

void shape_disc(struct raster *r, struct box clip, const struct draw_cmd *c)
{
    float reach = c->size + 0.5f, solid = c->size - 0.5f;
    for (int y = clip.y0; y < clip.y1; y++) {
        uint32_t *row = row_of(r, y);
        float dy = (float)y + 0.5f - c->y;
        float half = reach * reach - dy * dy, full = solid * solid - dy * dy;
        if (half <= 0)
            continue;
        half = sqrtf(half);
        full = full > 0 && solid > 0 ? sqrtf(full) : 0;
        int x0 = (int)floorf(c->x - half - 0.5f), x1 = (int)ceilf(c->x + half + 0.5f);
        x0 = x0 < clip.x0 ? clip.x0 : x0;
        x1 = x1 > clip.x1 ? clip.x1 : x1;
        for (int x = x0; x < x1; x++) {
            float dx = (float)x + 0.5f - c->x;
            float cover = fabsf(dx) < full ? 1 : reach - sqrtf(dx * dx + dy * dy);
            blend_at(&row[x], c->colour, cover);
        }
    }
}

void shape_ring(struct raster *r, struct box clip, const struct draw_cmd *c)
{
    float half = fmaxf(c->width, 1) / 2, strength = fminf(c->width, 1);
    float reach = c->size + half + 0.5f, hole = c->size - half - 0.5f;
    for (int y = clip.y0; y < clip.y1; y++) {
        uint32_t *row = row_of(r, y);
        float dy = (float)y + 0.5f - c->y;
        for (int x = clip.x0; x < clip.x1; x++) {
            float dx = (float)x + 0.5f - c->x, d2 = dx * dx + dy * dy;
            if (d2 >= reach * reach || (hole > 0 && d2 <= hole * hole))
                continue;
            float cover = fminf(1, half + 0.5f - fabsf(sqrtf(d2) - c->size));
            blend_at(&row[x], c->colour, cover * strength);
        }
    }
}

/* Twice the signed area: > 0 when the corners turn clockwise on a screen with y down. */
static float turn_of(const struct point *p, int n)
{
    float area = 0;
    for (int i = 0; i < n; i++) {
        const struct point *q = &p[(i + 1) % n];
        area += p[i].x * q->y - q->x * p[i].y;
    }
    return area;
}

void shape_polygon(struct raster *r, struct box clip, const struct draw_cmd *c,
                   const struct point *p)
{
    float a[DRAW_CORNERS], b[DRAW_CORNERS], k[DRAW_CORNERS];
    float sign = turn_of(p, c->count) > 0 ? 1 : -1;
    int n = 0;
    for (int i = 0; i < c->count; i++) {
        const struct point *q = &p[(i + 1) % c->count];
        float dx = q->x - p[i].x, dy = q->y - p[i].y, length = sqrtf(dx * dx + dy * dy);
        if (!(length > 0))
            continue;
        a[n] = -sign * dy / length;
        b[n] = sign * dx / length;
        k[n] = -(a[n] * p[i].x + b[n] * p[i].y) + 0.5f;
        n++;
    }
    for (int y = clip.y0; y < clip.y1; y++) {
        uint32_t *row = row_of(r, y);
        for (int x = clip.x0; x < clip.x1; x++) {
            float cover = 1;
            for (int i = 0; i < n; i++)
                cover = fminf(cover, a[i] * ((float)x + 0.5f) + b[i] * ((float)y + 0.5f) + k[i]);
            blend_at(&row[x], c->colour, cover);
        }
    }
}

/* Left (or upper) side of cell i of n on whole pixels: where rect_cell, snapped, has it. */
static int cell_side(float start, float size, int n, int i)
{
    float cell = size / (float)n;
    return (int)floorf(start + cell * (float)i + 0.5f);
}

/* The first cell whose far side lies beyond pixel `at`. */
static int cell_at(float start, float size, int n, int at)
{
    int i = (int)(((float)at - start) * (float)n / size);
    i = i < 0 ? 0 : i >= n ? n - 1 : i;
    while (i > 0 && cell_side(start, size, n, i) > at)
        i--;
    while (i < n - 1 && cell_side(start, size, n, i + 1) <= at)
        i++;
    return i;
}

/* Fine diagonals that mark gradients: a shade darker on light cells, lighter on dark ones. */
static void texture_row(uint32_t *row, int x0, int x1, int phase)
{
    for (int x = x0 + ((phase - x0) % 6 + 6) % 6; x < x1; x += 6) {
        uint32_t p = row[x];
        bool light = (p >> 16 & 255) + 2 * (p >> 8 & 255) + (p & 255) > 480;
        row[x] = pixel_blend(p, light ? 0 : 0xffffff, light ? 22 : 44);
    }
}

void shape_heatmap(struct raster *r, struct box clip, const struct draw_cmd *c,
                   const uint32_t *colours)
{
    bool grid =
        (c->flags & HEATMAP_GRID) && c->w >= 6 * (float)c->cols && c->h >= 6 * (float)c->rows;
    int first = cell_at(c->x, c->w, c->cols, clip.x0);
    int j = cell_at(c->y, c->h, c->rows, clip.y0);
    int y_end = cell_side(c->y, c->h, c->rows, j + 1);
    for (int y = clip.y0; y < clip.y1; y++) {
        while (y >= y_end && j < c->rows - 1)
            y_end = cell_side(c->y, c->h, c->rows, ++j + 1);
        uint32_t *row = row_of(r, y);
        bool line = grid && y == y_end - 1 && j < c->rows - 1;
        int x = clip.x0;
        for (int i = first; i < c->cols && x < clip.x1; i++) {
            int side = cell_side(c->x, c->w, c->cols, i + 1);
            int end = side < clip.x1 ? side : clip.x1;
            uint32_t colour = colours[(long)j * c->cols + i];
            bool mark = (c->flags & HEATMAP_GRADIENT) && colour >> 24;
            span(row, x, end, colour);
            if (mark)
                texture_row(row, x, end, (int)c->x + (int)c->y - y);
            if (grid && i < c->cols - 1 && end == side && end > x)
                span(row, end - 1, end, c->colour2);
            x = end > x ? end : x;
        }
        if (line)
            span(row, clip.x0, clip.x1, c->colour2);
    }
}

void shape_hatch(struct raster *r, struct box clip, const struct draw_cmd *c)
{
    shape_fill(r, clip, clip, c->colour);
    int origin = (int)c->x + (int)c->y;
    for (int y = clip.y0; y < clip.y1; y++) {
        uint32_t *row = row_of(r, y);
        for (int x = clip.x0; x < clip.x1; x++) {
            int at = ((x + y - origin) % 9 + 9) % 9;
            if (at == 0)
                row[x] = pixel_blend(row[x], c->colour2, c->colour2 >> 24);
            else if (at == 1 || at == 8)
                row[x] = pixel_blend(row[x], c->colour2, (c->colour2 >> 24) / 4);
        }
    }
}
