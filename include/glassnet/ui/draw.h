/* The draw list: what a frame shows, as data.
 *
 * Views and widgets push commands; raster.h turns them into pixels, draw_list_dump into text for
 * golden tests, draw_check.h looks for overlapping or cut text. Later commands lie on top.
 *
 * Rectangles, frames, heatmaps and hatches are snapped to whole pixels; lines, curves, circles
 * and rounded corners are antialiased at their exact place, with round ends and joins. All
 * strokes are centred on their path except draw_frame and draw_round_frame, which lie inside. */
#ifndef GLASSNET_UI_DRAW_H
#define GLASSNET_UI_DRAW_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "glassnet/ui/colour.h"
#include "glassnet/ui/font.h"
#include "glassnet/ui/geometry.h"

enum draw_kind {
    DRAW_RECT,
    DRAW_FRAME,
    DRAW_ROUND,
    DRAW_ROUND_FRAME,
    DRAW_TEXT,
    DRAW_STROKE,
    DRAW_DISC,
    DRAW_RING,
    DRAW_POLYGON,
    DRAW_HEATMAP,
    DRAW_HATCH
};

enum draw_align {
    ALIGN_LEFT = 0,
    ALIGN_CENTRE = 1,
    ALIGN_RIGHT = 2,
    ALIGN_MIDDLE = 0, /* vertically by the height of capitals: the default */
    ALIGN_TOP = 4,
    ALIGN_BOTTOM = 8,
    TEXT_MAY_CUT = 16,     /* an ellipsis is meant to happen here: no fault */
    TEXT_MAY_OVERLAP = 32, /* lies on other text on purpose */
    TEXT_WAS_CUT = 64,     /* set by draw_text_in */
    TEXT_SCROLLS = 128     /* set by ui_scroll_end: may leave its clip above and below */
};

enum heatmap_flags {
    HEATMAP_GRID = 1,    /* hairlines between cells that are 6 px or larger */
    HEATMAP_GRADIENT = 2 /* fine diagonal texture: these are gradients */
};

/* One command. All fields are 4 bytes wide, unused ones zero, so that commands hash by bytes. */
struct draw_cmd {
    int32_t kind;
    uint32_t flags;      /* of text and heatmaps */
    float x, y, w, h;    /* rectangle; disc and ring: centre in x, y; text: pen and baseline */
    float size;          /* radius of corners, discs and rings */
    float width;         /* of strokes */
    float dash, gap;     /* pixels; dash < 0: solid */
    uint32_t colour;     /* packed */
    uint32_t colour2;    /* of the hatch lines; of heatmap grids */
    int32_t data, count; /* byte offset in list->data; points, cells or bytes */
    int32_t cols, rows;
    int32_t face, px;
    int32_t clip; /* index in list->clips */
    int32_t tag;  /* byte offset in list->data, -1: none */
};

enum {
    DRAW_CLIP_DEPTH = 32,
    DRAW_CORNERS = 16 /* most corners of a polygon */
};

struct draw_list {
    struct fonts *fonts; /* for measuring; the caller's, longer-lived */
    struct rect screen;
    struct draw_cmd *cmds;
    int n_cmds, cap_cmds;
    unsigned char *data; /* points, colours, text: 8-byte aligned pieces */
    int n_data, cap_data;
    struct rect *clips; /* every clip rectangle of the frame, already intersected */
    int n_clips, cap_clips;
    int clip_stack[DRAW_CLIP_DEPTH];
    int clip_depth;
    int tag;
};

void draw_list_init(struct draw_list *d, struct fonts *fonts);
void draw_list_deinit(struct draw_list *d);
/* Empties the list for a new frame of w by h pixels, keeping its memory. */
void draw_list_begin(struct draw_list *d, int w, int h);

/* Only what lies inside r (and inside the clips around it) is drawn until the pop. */
void draw_clip_push(struct draw_list *d, struct rect r);
void draw_clip_pop(struct draw_list *d);
struct rect draw_clip(const struct draw_list *d);

/* Names what follows ("formula", "conv1.value") for dumps and checks; NULL: nothing. */
void draw_tag(struct draw_list *d, const char *tag);

void draw_rect(struct draw_list *d, struct rect r, struct colour c);
void draw_frame(struct draw_list *d, struct rect r, float width, struct colour c);
void draw_round_rect(struct draw_list *d, struct rect r, float radius, struct colour c);
void draw_round_frame(struct draw_list *d, struct rect r, float radius, float width,
                      struct colour c);
/* Hairlines on the pixel grid, `width` whole pixels (1 at least) thick. */
void draw_hline(struct draw_list *d, float x0, float x1, float y, float width, struct colour c);
void draw_vline(struct draw_list *d, float x, float y0, float y1, float width, struct colour c);

/* One line of text; (x, y) is the left end of its baseline. Returns its width. */
float draw_text(struct draw_list *d, enum font_face face, int px, float x, float y, struct colour c,
                const char *utf8);

/* One line of text in r, aligned by `align` (enum draw_align). Text wider than r ends in an
 * ellipsis. Returns whether it was cut. */
bool draw_text_in(struct draw_list *d, enum font_face face, int px, struct rect r, unsigned align,
                  struct colour c, const char *utf8);

void draw_line(struct draw_list *d, float x0, float y0, float x1, float y1, float width,
               struct colour c);
void draw_polyline(struct draw_list *d, const struct point *points, int n, float width,
                   struct colour c);
/* The same, dashed: `dash` pixels drawn (0: round dots), `gap` pixels not. */
void draw_dashes(struct draw_list *d, const struct point *points, int n, float width, float dash,
                 float gap, struct colour c);
/* Cubic Bezier curve from a to b with control points ca, cb; dash < 0 draws it solid. */
void draw_curve(struct draw_list *d, struct point a, struct point ca, struct point cb,
                struct point b, float width, float dash, float gap, struct colour c);
/* A curve that leaves a and enters b horizontally: the arrows between cells. */
void draw_link(struct draw_list *d, struct point a, struct point b, float width, struct colour c);
/* A filled arrow head of `size` pixels with its tip at `tip`, coming from `from`. */
void draw_arrow_head(struct draw_list *d, struct point from, struct point tip, float size,
                     struct colour c);
/* Part of a circle, angles in radians clockwise from the right. */
void draw_arc(struct draw_list *d, float x, float y, float radius, float from, float to,
              float width, struct colour c);
void draw_circle(struct draw_list *d, float x, float y, float radius, struct colour c);
void draw_ring(struct draw_list *d, float x, float y, float radius, float width, struct colour c);
/* A filled convex polygon of n (3 to 16) corners, in any direction of turn. */
void draw_polygon(struct draw_list *d, const struct point *points, int n, struct colour c);

/* cols x rows cells of packed colours, row by row (copied), scaled without smoothing into r.
 * Cells of alpha 0 leave what is under them. `grid` is the colour of HEATMAP_GRID. */
void draw_heatmap(struct draw_list *d, struct rect r, int cols, int rows, const uint32_t *colours,
                  unsigned flags, struct colour grid);
/* Not computed yet: diagonal hatching in `ink` on `ground`. */
void draw_hatch(struct draw_list *d, struct rect r, struct colour ground, struct colour ink);

/* What a command can touch, clip included, in whole pixels. */
struct rect draw_cmd_bounds(const struct draw_list *d, const struct draw_cmd *c);
/* The text, points or colours of a command. */
const void *draw_cmd_data(const struct draw_list *d, const struct draw_cmd *c);
const char *draw_cmd_tag(const struct draw_list *d, const struct draw_cmd *c); /* NULL: none */

/* The commands as lines of text, coordinates to a tenth of a pixel. */
void draw_list_dump(const struct draw_list *d, FILE *out);

#endif
