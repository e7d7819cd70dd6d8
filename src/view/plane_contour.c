/* Where a neuron's sum is zero: a straight line in the first layer, a bent one further in. The
 * crossings lie on the lines between grid points, where the sign changes, in proportion. */
#include <math.h>

#include "plane_own.h"

enum { EDGES = 2 * PLANE_SIDE * PLANE_SIDE };

struct contour {
    const struct plane_frame *d;
    int layer, unit, side;
    int next[EDGES][2]; /* [edge] the crossings it is joined with, -1: none */
};

static float sum_at(const struct contour *c, int row, int column)
{
    return plane_z(c->d, c->layer, row * c->side + column)[c->unit];
}

/* Edges to the right of a grid point, and below it. */
static int right_of(const struct contour *c, int row, int column)
{
    return row * c->side + column;
}

static int below(const struct contour *c, int row, int column)
{
    return c->side * c->side + row * c->side + column;
}

static struct point crossing(const struct contour *c, int edge)
{
    int n = c->side * c->side, at = edge % n, row = at / c->side, column = at % c->side;
    bool down = edge >= n;
    float a = sum_at(c, row, column), b = sum_at(c, row + down, column + !down);
    float part = a == b ? 0.5f : a / (a - b), from[2], to[2];
    plane_field_at(c->d->f, row, column, from);
    plane_field_at(c->d->f, row + down, column + !down, to);
    const float place[2] = {from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])};
    return plane_to_screen(c->d, place);
}

static void join(struct contour *c, int a, int b)
{
    c->next[a][c->next[a][0] >= 0] = b;
    c->next[b][c->next[b][0] >= 0] = a;
}

static bool crosses(float a, float b)
{
    return (a < 0) != (b < 0) && isfinite(a) && isfinite(b);
}

/* The cell between four grid points has two crossings, or four, of which neighbours are joined. */
static void look_at_cell(struct contour *c, int row, int column)
{
    float a = sum_at(c, row, column), b = sum_at(c, row, column + 1);
    float e = sum_at(c, row + 1, column), f = sum_at(c, row + 1, column + 1);
    int found[4], n = 0;
    if (crosses(a, b))
        found[n++] = right_of(c, row, column);
    if (crosses(b, f))
        found[n++] = below(c, row, column + 1);
    if (crosses(e, f))
        found[n++] = right_of(c, row + 1, column);
    if (crosses(a, e))
        found[n++] = below(c, row, column);
    for (int i = 0; i + 1 < n; i += 2)
        join(c, found[i], found[i + 1]);
}

/* Draws the line that begins at an edge, and takes it apart on the way. */
static void draw_from(struct contour *c, int edge)
{
    enum { MOST = 512 };
    struct ui *ui = c->d->v->ui;
    struct point points[MOST];
    int n = 0;
    for (int at = edge; at >= 0;) {
        int to = c->next[at][0] >= 0 ? c->next[at][0] : c->next[at][1];
        points[n++] = crossing(c, at);
        if (n == MOST || to < 0)
            break;
        for (int k = 0; k < 2; k++) {
            c->next[at][k] = c->next[at][k] == to ? -1 : c->next[at][k];
            c->next[to][k] = c->next[to][k] == at ? -1 : c->next[to][k];
        }
        at = to;
    }
    if (n > 1)
        draw_dashes(ui->draw, points, n, fmaxf(2, ui_px(ui, 4)), ui_px(ui, 10), ui_px(ui, 9),
                    ui->theme->selection);
}

void plane_zero_line_draw(const struct plane_frame *d, int layer, int unit)
{
    struct contour c = {.d = d, .layer = layer, .unit = unit, .side = d->f->side};
    if (c.side > PLANE_SIDE)
        return;
    for (int i = 0; i < EDGES; i++)
        c.next[i][0] = c.next[i][1] = -1;
    for (int row = 0; row + 1 < c.side; row++)
        for (int column = 0; column + 1 < c.side; column++)
            look_at_cell(&c, row, column);
    draw_clip_push(d->v->ui->draw, d->map);
    for (int ends = 0; ends < 2; ends++) /* open lines from their ends, then closed ones */
        for (int i = 0; i < EDGES; i++) {
            int ways = (c.next[i][0] >= 0) + (c.next[i][1] >= 0);
            if (ends == 0 ? ways == 1 : ways > 0)
                draw_from(&c, i);
        }
    draw_clip_pop(d->v->ui->draw);
}
