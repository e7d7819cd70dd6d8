#include "glassnet/ui/raster.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "raster_shape.h"

enum { SIDE_MOST = 16384 };

static const uint32_t black = 0xff000000u;

bool raster_init(struct raster *r, int w, int h, struct err *err)
{
    memset(r, 0, sizeof *r);
    return raster_resize(r, w, h, err);
}

void raster_deinit(struct raster *r)
{
    free(r->pixels);
    free(r->seen);
    free(r->next);
    free(r->mask);
    free(r->mask_rows);
    free(r->damage);
    free(r->bounds);
    memset(r, 0, sizeof *r);
}

bool raster_resize(struct raster *r, int w, int h, struct err *err)
{
    if (r->pixels && r->w == w && r->h == h)
        return true;
    if (w < 1 || h < 1 || w > SIDE_MOST || h > SIDE_MOST)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "a picture of %d x %d pixels cannot be drawn; 1 to %d each way can", w, h,
                       SIDE_MOST);
    struct raster fresh = {.w = w, .h = h, .no_text = r->no_text};
    fresh.tiles_x = (w + RASTER_TILE - 1) / RASTER_TILE;
    fresh.tiles_y = (h + RASTER_TILE - 1) / RASTER_TILE;
    size_t tiles = (size_t)fresh.tiles_x * (size_t)fresh.tiles_y;
    fresh.pixels = mem_try((size_t)w * (size_t)h, sizeof *fresh.pixels);
    fresh.mask = mem_try((size_t)w, (size_t)h);
    fresh.mask_rows = mem_try((size_t)h, 2 * sizeof *fresh.mask_rows);
    fresh.seen = mem_try(tiles, sizeof *fresh.seen);
    fresh.next = mem_try(tiles, sizeof *fresh.next);
    if (!fresh.pixels || !fresh.mask || !fresh.mask_rows || !fresh.seen || !fresh.next) {
        raster_deinit(&fresh);
        return err_set(err, ERR_IO, NULL, 0, "no memory for a picture of %d x %d pixels", w, h);
    }
    for (int y = 0; y < h; y++)
        fresh.mask_rows[2 * y] = INT_MAX;
    raster_deinit(r);
    *r = fresh;
    return true;
}

void raster_forget(struct raster *r)
{
    memset(r->seen, 0, (size_t)r->tiles_x * (size_t)r->tiles_y * sizeof *r->seen);
}

static uint64_t mix_in(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9fb21c651e98df25u;
    return hash ^ hash >> 32;
}

static uint64_t hash_bytes(uint64_t hash, const unsigned char *p, size_t n)
{
    uint64_t word;
    for (; n >= sizeof word; n -= sizeof word, p += sizeof word) {
        memcpy(&word, p, sizeof word);
        hash = mix_in(hash, word);
    }
    word = 0;
    memcpy(&word, p, n);
    return mix_in(hash, word ^ (uint64_t)n << 56);
}

static size_t data_size(const struct draw_cmd *c)
{
    switch ((enum draw_kind)c->kind) {
    case DRAW_TEXT:
        return (size_t)c->count;
    case DRAW_STROKE:
    case DRAW_POLYGON:
        return (size_t)c->count * sizeof(struct point);
    case DRAW_HEATMAP:
        return (size_t)c->count * sizeof(uint32_t);
    default:
        return 0;
    }
}

/* What decides a command's pixels: its fields without places in the frame's memory, its data,
 * and its clip. */
static uint64_t hash_cmd(const struct draw_list *d, const struct draw_cmd *c)
{
    struct draw_cmd pure = *c;
    pure.data = pure.clip = pure.tag = 0;
    uint64_t hash = hash_bytes(0x243f6a8885a308d3u, (const unsigned char *)&pure, sizeof pure);
    hash = hash_bytes(hash, (const unsigned char *)&d->clips[c->clip], sizeof(struct rect));
    size_t size = data_size(c);
    return size ? hash_bytes(hash, draw_cmd_data(d, c), size) : hash;
}

static bool is_left_out(const struct raster *r, const struct draw_cmd *c)
{
    return r->no_text && c->kind == DRAW_TEXT;
}

/* Works out what every command touches and the hash of every tile. */
static void hash_tiles(struct raster *r, const struct draw_list *d)
{
    r->bounds = mem_grow(r->bounds, &r->cap_bounds, d->n_cmds * 4, sizeof *r->bounds);
    struct box *boxes = (struct box *)r->bounds;
    size_t tiles = (size_t)r->tiles_x * (size_t)r->tiles_y;
    for (size_t i = 0; i < tiles; i++)
        r->next[i] = 1;
    const struct rect all = {0, 0, (float)r->w, (float)r->h};
    for (int i = 0; i < d->n_cmds; i++) {
        const struct draw_cmd *c = &d->cmds[i];
        struct rect b = rect_intersect(draw_cmd_bounds(d, c), all);
        boxes[i] = (struct box){(int)b.x, (int)b.y, (int)(b.x + b.w), (int)(b.y + b.h)};
        if (rect_is_empty(b) || is_left_out(r, c)) {
            boxes[i].x1 = boxes[i].x0;
            continue;
        }
        uint64_t hash = hash_cmd(d, c);
        for (int ty = boxes[i].y0 / RASTER_TILE; ty * RASTER_TILE < boxes[i].y1; ty++)
            for (int tx = boxes[i].x0 / RASTER_TILE; tx * RASTER_TILE < boxes[i].x1; tx++) {
                uint64_t *tile = &r->next[ty * r->tiles_x + tx];
                *tile = mix_in(*tile, hash);
            }
    }
}

static void draw_cmd_in(struct raster *r, const struct draw_list *d, const struct draw_cmd *c,
                        struct box clip)
{
    const void *data = draw_cmd_data(d, c);
    switch ((enum draw_kind)c->kind) {
    case DRAW_RECT:
        shape_fill(r, clip, clip, c->colour);
        break;
    case DRAW_FRAME:
        shape_frame(r, clip, c);
        break;
    case DRAW_ROUND:
        shape_round(r, clip, c);
        break;
    case DRAW_ROUND_FRAME:
        shape_round_frame(r, clip, c);
        break;
    case DRAW_TEXT:
        shape_glyphs(r, clip, c, data, d->fonts);
        break;
    case DRAW_STROKE:
        shape_stroke(r, clip, c, data);
        break;
    case DRAW_DISC:
        shape_disc(r, clip, c);
        break;
    case DRAW_RING:
        shape_ring(r, clip, c);
        break;
    case DRAW_POLYGON:
        shape_polygon(r, clip, c, data);
        break;
    case DRAW_HEATMAP:
        shape_heatmap(r, clip, c, data);
        break;
    case DRAW_HATCH:
        shape_hatch(r, clip, c);
        break;
    }
}

static bool box_covers(struct box a, struct box b)
{
    return a.x0 <= b.x0 && a.y0 <= b.y0 && a.x1 >= b.x1 && a.y1 >= b.y1;
}

/* Draws everything inside `part`, beginning with the last opaque rectangle that covers it. */
static void draw_part(struct raster *r, const struct draw_list *d, struct box part)
{
    const struct box *boxes = (const struct box *)r->bounds;
    int first = d->n_cmds - 1;
    while (first >= 0 && !(d->cmds[first].kind == DRAW_RECT && d->cmds[first].colour >> 24 == 255 &&
                           box_covers(boxes[first], part)))
        first--;
    if (first < 0) {
        shape_fill(r, part, part, black);
        first = 0;
    }
    for (int i = first; i < d->n_cmds; i++) {
        struct box b = boxes[i];
        b.x0 = b.x0 > part.x0 ? b.x0 : part.x0;
        b.y0 = b.y0 > part.y0 ? b.y0 : part.y0;
        b.x1 = b.x1 < part.x1 ? b.x1 : part.x1;
        b.y1 = b.y1 < part.y1 ? b.y1 : part.y1;
        if (b.x0 < b.x1 && b.y0 < b.y1)
            draw_cmd_in(r, d, &d->cmds[i], b);
    }
}

static bool tile_changed(const struct raster *r, int tx, int ty)
{
    int i = ty * r->tiles_x + tx;
    return r->seen[i] != r->next[i];
}

static bool row_changed(const struct raster *r, int tx0, int tx1, int ty)
{
    for (int tx = tx0; tx < tx1; tx++)
        if (!tile_changed(r, tx, ty))
            return false;
    return true;
}

/* The largest block of changed tiles that grows right, then down, from (tx, ty); they are marked
 * as done. */
static struct box take_block(struct raster *r, int tx, int ty)
{
    int x1 = tx, y1 = ty + 1;
    while (x1 < r->tiles_x && tile_changed(r, x1, ty))
        x1++;
    while (y1 < r->tiles_y && row_changed(r, tx, x1, y1))
        y1++;
    for (int y = ty; y < y1; y++)
        for (int x = tx; x < x1; x++)
            r->seen[y * r->tiles_x + x] = r->next[y * r->tiles_x + x];
    struct box b = {tx * RASTER_TILE, ty * RASTER_TILE, x1 * RASTER_TILE, y1 * RASTER_TILE};
    b.x1 = b.x1 > r->w ? r->w : b.x1;
    b.y1 = b.y1 > r->h ? r->h : b.y1;
    return b;
}

int raster_draw(struct raster *r, const struct draw_list *d)
{
    int drawn = 0;
    hash_tiles(r, d);
    r->n_damage = 0;
    for (int ty = 0; ty < r->tiles_y; ty++)
        for (int tx = 0; tx < r->tiles_x; tx++) {
            if (!tile_changed(r, tx, ty))
                continue;
            struct box b = take_block(r, tx, ty);
            draw_part(r, d, b);
            drawn += ((b.x1 - b.x0 + RASTER_TILE - 1) / RASTER_TILE) *
                     ((b.y1 - b.y0 + RASTER_TILE - 1) / RASTER_TILE);
            r->damage = mem_grow(r->damage, &r->cap_damage, r->n_damage + 1, sizeof *r->damage);
            r->damage[r->n_damage++] =
                rect_of((float)b.x0, (float)b.y0, (float)(b.x1 - b.x0), (float)(b.y1 - b.y0));
        }
    return drawn;
}
