#include "glassnet/ui/geometry.h"

#include <math.h>

struct rect rect_of(float x, float y, float w, float h)
{
    return (struct rect){x, y, w, h};
}

static float limited(float size, float most)
{
    return size < 0 ? 0 : size > most ? most : size;
}

struct rect rect_cut_left(struct rect *r, float size)
{
    size = limited(size, r->w);
    struct rect cut = {r->x, r->y, size, r->h};
    r->x += size;
    r->w -= size;
    return cut;
}

struct rect rect_cut_right(struct rect *r, float size)
{
    size = limited(size, r->w);
    r->w -= size;
    return (struct rect){r->x + r->w, r->y, size, r->h};
}

struct rect rect_cut_top(struct rect *r, float size)
{
    size = limited(size, r->h);
    struct rect cut = {r->x, r->y, r->w, size};
    r->y += size;
    r->h -= size;
    return cut;
}

struct rect rect_cut_bottom(struct rect *r, float size)
{
    size = limited(size, r->h);
    r->h -= size;
    return (struct rect){r->x, r->y + r->h, r->w, size};
}

struct rect rect_inset_xy(struct rect r, float dx, float dy)
{
    dx = dx > r.w / 2 ? r.w / 2 : dx;
    dy = dy > r.h / 2 ? r.h / 2 : dy;
    return (struct rect){r.x + dx, r.y + dy, r.w - 2 * dx, r.h - 2 * dy};
}

struct rect rect_inset(struct rect r, float by)
{
    return rect_inset_xy(r, by, by);
}

struct rect rect_centre(struct rect in, float w, float h)
{
    return (struct rect){in.x + (in.w - w) / 2, in.y + (in.h - h) / 2, w, h};
}

struct rect rect_fit(struct rect in, float aspect)
{
    float w = in.w, h = in.w / aspect;
    if (h > in.h) {
        h = in.h;
        w = in.h * aspect;
    }
    return rect_centre(in, w, h);
}

struct rect rect_intersect(struct rect a, struct rect b)
{
    float x0 = fmaxf(a.x, b.x), y0 = fmaxf(a.y, b.y);
    float x1 = fminf(a.x + a.w, b.x + b.w), y1 = fminf(a.y + a.h, b.y + b.h);
    if (x1 <= x0 || y1 <= y0)
        return (struct rect){x0, y0, 0, 0};
    return (struct rect){x0, y0, x1 - x0, y1 - y0};
}

struct rect rect_union(struct rect a, struct rect b)
{
    if (rect_is_empty(a))
        return b;
    if (rect_is_empty(b))
        return a;
    float x0 = fminf(a.x, b.x), y0 = fminf(a.y, b.y);
    float x1 = fmaxf(a.x + a.w, b.x + b.w), y1 = fmaxf(a.y + a.h, b.y + b.h);
    return (struct rect){x0, y0, x1 - x0, y1 - y0};
}

struct rect rect_shift(struct rect r, float dx, float dy)
{
    return (struct rect){r.x + dx, r.y + dy, r.w, r.h};
}

struct rect rect_snap(struct rect r)
{
    float x0 = floorf(r.x + 0.5f), y0 = floorf(r.y + 0.5f);
    float x1 = floorf(r.x + r.w + 0.5f), y1 = floorf(r.y + r.h + 0.5f);
    return (struct rect){x0, y0, x1 - x0, y1 - y0};
}

struct rect rect_cell(struct rect r, int cols, int rows, int col, int row)
{
    float w = r.w / (float)cols, h = r.h / (float)rows;
    return (struct rect){r.x + w * (float)col, r.y + h * (float)row, w, h};
}

bool rect_contains(struct rect r, float x, float y)
{
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

bool rect_overlaps(struct rect a, struct rect b)
{
    return !rect_is_empty(rect_intersect(a, b));
}

bool rect_is_empty(struct rect r)
{
    return !(r.w > 0 && r.h > 0);
}

struct point rect_middle(struct rect r)
{
    return (struct point){r.x + r.w / 2, r.y + r.h / 2};
}

struct rect rect_column(struct rect r, int n, int i, float gap)
{
    float w = (r.w - gap * (float)(n - 1)) / (float)n;
    return (struct rect){r.x + (w + gap) * (float)i, r.y, w, r.h};
}

struct rect rect_row(struct rect r, int n, int i, float gap)
{
    float h = (r.h - gap * (float)(n - 1)) / (float)n;
    return (struct rect){r.x, r.y + (h + gap) * (float)i, r.w, h};
}
