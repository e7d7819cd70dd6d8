/* Draw commands made of points: strokes, curves, circles, polygons. */
#include <math.h>

#include "draw_own.h"

static struct rect points_box(const struct point *p, int n)
{
    float x0 = p[0].x, y0 = p[0].y, x1 = x0, y1 = y0;
    for (int i = 1; i < n; i++) {
        x0 = fminf(x0, p[i].x);
        y0 = fminf(y0, p[i].y);
        x1 = fmaxf(x1, p[i].x);
        y1 = fmaxf(y1, p[i].y);
    }
    return rect_of(x0, y0, x1 - x0, y1 - y0);
}

static bool all_finite(const struct point *p, int n)
{
    const float most = 1e6f;
    for (int i = 0; i < n; i++)
        if (!(fabsf(p[i].x) < most && fabsf(p[i].y) < most))
            return false;
    return true;
}

static struct draw_cmd *add_points(struct draw_list *d, enum draw_kind kind,
                                   const struct point *points, int n, float reach, struct colour c)
{
    if (n < 1 || !all_finite(points, n))
        return NULL;
    struct rect box = points_box(points, n);
    box = rect_of(box.x - reach, box.y - reach, box.w + 2 * reach, box.h + 2 * reach);
    struct draw_cmd *cmd = draw_add(d, kind, box, c);
    if (!cmd)
        return NULL;
    cmd->x = box.x;
    cmd->y = box.y;
    cmd->w = box.w;
    cmd->h = box.h;
    cmd->data = draw_add_data(d, points, (size_t)n * sizeof *points);
    cmd->count = n;
    return cmd;
}

void draw_dashes(struct draw_list *d, const struct point *points, int n, float width, float dash,
                 float gap, struct colour c)
{
    struct draw_cmd *cmd = add_points(d, DRAW_STROKE, points, n, width / 2 + 1, c);
    if (!cmd)
        return;
    cmd->width = width;
    cmd->dash = dash < 0 || gap <= 0 ? -1 : dash;
    cmd->gap = gap;
}

void draw_polyline(struct draw_list *d, const struct point *points, int n, float width,
                   struct colour c)
{
    draw_dashes(d, points, n, width, -1, 0, c);
}

void draw_line(struct draw_list *d, float x0, float y0, float x1, float y1, float width,
               struct colour c)
{
    const struct point ends[2] = {{x0, y0}, {x1, y1}};
    draw_polyline(d, ends, 2, width, c);
}

enum { CURVE_MOST = 96 };

/* Steps that keep a cubic within a tenth of a pixel of its chords: the error of n equal steps is
 * at most max|B''| / (8 n^2), and |B''| <= 6 times the largest second difference. */
static int curve_steps(struct point a, struct point ca, struct point cb, struct point b)
{
    float d1 = hypotf(a.x - 2 * ca.x + cb.x, a.y - 2 * ca.y + cb.y);
    float d2 = hypotf(ca.x - 2 * cb.x + b.x, ca.y - 2 * cb.y + b.y);
    float n = ceilf(sqrtf(6 * fmaxf(d1, d2) / (8 * 0.1f)));
    return n < 2 ? 2 : n > CURVE_MOST ? CURVE_MOST : (int)n;
}

void draw_curve(struct draw_list *d, struct point a, struct point ca, struct point cb,
                struct point b, float width, float dash, float gap, struct colour c)
{
    const struct point corners[4] = {a, ca, cb, b};
    if (!all_finite(corners, 4))
        return;
    struct point path[CURVE_MOST + 1];
    int n = curve_steps(a, ca, cb, b);
    for (int i = 0; i <= n; i++) {
        float t = (float)i / (float)n, s = 1 - t;
        float w0 = s * s * s, w1 = 3 * s * s * t, w2 = 3 * s * t * t, w3 = t * t * t;
        path[i].x = w0 * a.x + w1 * ca.x + w2 * cb.x + w3 * b.x;
        path[i].y = w0 * a.y + w1 * ca.y + w2 * cb.y + w3 * b.y;
    }
    draw_dashes(d, path, n + 1, width, dash, gap, c);
}

void draw_link(struct draw_list *d, struct point a, struct point b, float width, struct colour c)
{
    float reach = fabsf(b.x - a.x) / 2;
    struct point ca = {a.x + reach, a.y}, cb = {b.x - reach, b.y};
    draw_curve(d, a, ca, cb, b, width, -1, 0, c);
}

void draw_arrow_head(struct draw_list *d, struct point from, struct point tip, float size,
                     struct colour c)
{
    float dx = tip.x - from.x, dy = tip.y - from.y, length = hypotf(dx, dy);
    if (!(length > 0))
        return;
    dx *= size / length;
    dy *= size / length;
    const struct point corners[3] = {tip,
                                     {tip.x - dx - dy * 0.5f, tip.y - dy + dx * 0.5f},
                                     {tip.x - dx + dy * 0.5f, tip.y - dy - dx * 0.5f}};
    draw_polygon(d, corners, 3, c);
}

void draw_arc(struct draw_list *d, float x, float y, float radius, float from, float to,
              float width, struct colour c)
{
    struct point path[CURVE_MOST + 1];
    /* The sagitta r (1 - cos(step/2)) stays below a tenth of a pixel. */
    float step = 2 * acosf(1 - fminf(1, 0.1f / fmaxf(radius, 0.1f)));
    int n = (int)fminf((float)CURVE_MOST, ceilf(fabsf(to - from) / step) + 1);
    for (int i = 0; i <= n; i++) {
        float angle = from + (to - from) * (float)i / (float)n;
        path[i] = (struct point){x + radius * cosf(angle), y + radius * sinf(angle)};
    }
    draw_polyline(d, path, n + 1, width, c);
}

static struct draw_cmd *add_round(struct draw_list *d, enum draw_kind kind, float x, float y,
                                  float radius, float reach, struct colour c)
{
    const struct point centre = {x, y};
    if (!all_finite(&centre, 1) || !(radius > 0))
        return NULL;
    struct rect box = {x - reach, y - reach, 2 * reach, 2 * reach};
    struct draw_cmd *cmd = draw_add(d, kind, box, c);
    if (!cmd)
        return NULL;
    cmd->x = x;
    cmd->y = y;
    cmd->w = cmd->h = 2 * reach;
    cmd->size = radius;
    return cmd;
}

void draw_circle(struct draw_list *d, float x, float y, float radius, struct colour c)
{
    add_round(d, DRAW_DISC, x, y, radius, radius + 1, c);
}

void draw_ring(struct draw_list *d, float x, float y, float radius, float width, struct colour c)
{
    struct draw_cmd *cmd = add_round(d, DRAW_RING, x, y, radius, radius + width / 2 + 1, c);
    if (cmd)
        cmd->width = width;
}

void draw_polygon(struct draw_list *d, const struct point *points, int n, struct colour c)
{
    if (n >= 3 && n <= DRAW_CORNERS)
        add_points(d, DRAW_POLYGON, points, n, 1, c);
}
