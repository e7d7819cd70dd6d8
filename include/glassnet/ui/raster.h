/* The rasteriser: a draw list becomes pixels, on the CPU, the same on every machine.
 *
 * It keeps a hash of the commands that touch each 64 x 64 tile and draws only the tiles whose
 * hash changed since the last frame. Every pixel depends on the commands alone, never on which
 * tiles are drawn together, so the picture is the same as one drawn whole. */
#ifndef GLASSNET_UI_RASTER_H
#define GLASSNET_UI_RASTER_H

#include <stdbool.h>
#include <stdint.h>

#include "glassnet/ui/draw.h"

enum { RASTER_TILE = 64 };

struct raster {
    int w, h;
    uint32_t *pixels; /* [h][w], 0xAARRGGBB, opaque; owned */
    int tiles_x, tiles_y;
    uint64_t *seen;      /* [tiles_y][tiles_x] hash of the last frame; owned */
    uint64_t *next;      /* the same for the frame being drawn; owned */
    struct rect *damage; /* rectangles drawn by the last raster_draw; owned */
    int n_damage, cap_damage;
    bool no_text;    /* leave text out (to see what lies under it) */
    uint8_t *mask;   /* scratch coverage of one stroke, kept zero; owned */
    int *mask_rows;  /* [h][2] touched columns; owned */
    int32_t *bounds; /* scratch; owned */
    int cap_bounds;
};

/* A raster of w x h pixels that are drawn by raster_draw; false and err when the size is absurd or
 * memory is short. */
bool raster_init(struct raster *r, int w, int h, struct err *err);
void raster_deinit(struct raster *r);
/* Another size; everything is drawn anew by the next raster_draw. Same size: nothing happens. */
bool raster_resize(struct raster *r, int w, int h, struct err *err);
/* Forgets the last frame, so that everything is drawn anew. */
void raster_forget(struct raster *r);

/* Draws the list into r->pixels and returns the number of tiles drawn; r->damage tells which
 * rectangles of the picture changed. Tiles no command touches are black. */
int raster_draw(struct raster *r, const struct draw_list *d);

#endif
