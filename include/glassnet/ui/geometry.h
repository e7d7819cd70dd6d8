/* Rectangles in output pixels, x to the right, y down, and cutting them up for layout.
 *
 * Layout is done by cutting: a view takes a bar off one side of what is left. Sides are floats
 * because the canvas zooms; rectangles are snapped to whole pixels when they are drawn (see
 * draw.h), so neighbours that share a side never leave a seam. */
#ifndef GLASSNET_UI_GEOMETRY_H
#define GLASSNET_UI_GEOMETRY_H

#include <stdbool.h>

struct rect {
    float x, y, w, h;
};

struct point {
    float x, y;
};

struct rect rect_of(float x, float y, float w, float h);

/* Cut a strip of `size` off one side of *r: the strip is returned and *r is what is left. More
 * than there is takes all there is. */
struct rect rect_cut_left(struct rect *r, float size);
struct rect rect_cut_right(struct rect *r, float size);
struct rect rect_cut_top(struct rect *r, float size);
struct rect rect_cut_bottom(struct rect *r, float size);

struct rect rect_inset(struct rect r, float by); /* smaller by `by` at each side */
struct rect rect_inset_xy(struct rect r, float dx, float dy);
struct rect rect_centre(struct rect in, float w, float h); /* w by h in the middle of `in` */
struct rect rect_fit(struct rect in, float aspect);        /* largest with w/h = aspect, centred */
struct rect rect_intersect(struct rect a, struct rect b);  /* w = h = 0 when they don't meet */
struct rect rect_union(struct rect a, struct rect b);
struct rect rect_shift(struct rect r, float dx, float dy);
struct rect rect_snap(struct rect r); /* all four sides on whole pixels */
struct rect rect_cell(struct rect r, int cols, int rows, int col, int row); /* one of a grid */
bool rect_contains(struct rect r, float x, float y); /* left and top sides are inside */
bool rect_overlaps(struct rect a, struct rect b);
bool rect_is_empty(struct rect r);
struct point rect_middle(struct rect r);

/* Column `i` of `n` equal columns with `gap` between them. */
struct rect rect_column(struct rect r, int n, int i, float gap);
struct rect rect_row(struct rect r, int n, int i, float gap);

#endif
