#include "matrix_pane.h"

#include <math.h>

static float block_width(const struct matrix_pane *p)
{
    return (float)(p->map.cols * p->cell_w);
}

static float block_height(const struct matrix_pane *p)
{
    return (float)(p->map.rows * p->cell_h + p->title);
}

float matrix_pane_width(const struct matrix_pane *p)
{
    return block_width(p) * (float)p->map.across + (float)(p->gap * (p->map.across - 1));
}

float matrix_pane_height(const struct matrix_pane *p)
{
    int down = matrix_map_down(&p->map);
    return block_height(p) * (float)down + (float)(p->gap * (down - 1));
}

struct rect matrix_pane_block(const struct matrix_pane *p, int block)
{
    float column = (float)(block % p->map.across), row = (float)(block / p->map.across);
    return (struct rect){p->x + column * (block_width(p) + (float)p->gap),
                         p->y + row * (block_height(p) + (float)p->gap) + (float)p->title,
                         block_width(p), (float)(p->map.rows * p->cell_h)};
}

static int clamp(int x, int most)
{
    return x < 0 ? 0 : x > most ? most : x;
}

bool matrix_pane_window(const struct matrix_pane *p, int block, struct matrix_window *w)
{
    struct rect b = matrix_pane_block(p, block);
    struct rect seen = rect_intersect(b, p->view);
    if (rect_is_empty(seen))
        return false;
    w->c0 = clamp((int)floorf((seen.x - b.x) / (float)p->cell_w), p->map.cols);
    w->c1 = clamp((int)ceilf((seen.x + seen.w - b.x) / (float)p->cell_w), p->map.cols);
    w->r0 = clamp((int)floorf((seen.y - b.y) / (float)p->cell_h), p->map.rows);
    w->r1 = clamp((int)ceilf((seen.y + seen.h - b.y) / (float)p->cell_h), p->map.rows);
    return w->c1 > w->c0 && w->r1 > w->r0;
}

struct rect matrix_pane_part(const struct matrix_pane *p, int block, struct matrix_window w)
{
    struct rect b = matrix_pane_block(p, block);
    return (struct rect){b.x + (float)(w.c0 * p->cell_w), b.y + (float)(w.r0 * p->cell_h),
                         (float)((w.c1 - w.c0) * p->cell_w), (float)((w.r1 - w.r0) * p->cell_h)};
}

bool matrix_pane_rect(const struct matrix_pane *p, size_t index, struct rect *r)
{
    int block, row, col;
    if (!matrix_map_find(&p->map, index, &block, &row, &col))
        return false;
    *r = matrix_pane_part(p, block, (struct matrix_window){row, row + 1, col, col + 1});
    return true;
}

bool matrix_pane_hit(const struct matrix_pane *p, float x, float y, size_t *index)
{
    if (!rect_contains(p->view, x, y))
        return false;
    int column = (int)((x - p->x) / (block_width(p) + (float)p->gap));
    int row = (int)((y - p->y) / (block_height(p) + (float)p->gap));
    int block = row * p->map.across + column;
    if (column < 0 || column >= p->map.across || block < 0 || block >= p->map.blocks)
        return false;
    struct rect b = matrix_pane_block(p, block);
    return rect_contains(b, x, y) &&
           matrix_map_cell(&p->map, block, (int)((y - b.y) / (float)p->cell_h),
                           (int)((x - b.x) / (float)p->cell_w), index);
}

struct cell matrix_pane_cell(const struct snapshot *s, const struct matrix_pane *p, size_t index)
{
    bool batched = s->program->tensors[p->tensor].batched;
    return (struct cell){p->tensor, batched ? s->view_sample : 0, index};
}

void matrix_pane_plates(const struct matrix_pane *p, struct scene *scene)
{
    struct matrix_window w;
    for (int b = 0; b < p->map.blocks; b++) {
        if (!matrix_pane_window(p, b, &w))
            continue;
        size_t base = matrix_map_base(&p->map, b) + (size_t)w.r0 * p->map.row_step +
                      (size_t)w.c0 * p->map.col_step;
        struct plate *plate =
            scene_plate(scene, PLATE_GRID, p->tensor, matrix_pane_part(p, b, w), w.r1 - w.r0,
                        w.c1 - w.c0, base, p->map.row_step, p->map.col_step);
        plate->limit = p->limit;
        plate->detail = true; /* framed, but no curves */
    }
}
