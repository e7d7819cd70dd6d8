#include "map_grid.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"

/* The largest width with which n pictures of this aspect fit into the room. */
static float side_for(const struct map_grid *g, int n, int *columns)
{
    float best = 0;
    for (int c = 1; c <= n; c++) {
        int rows = (n + c - 1) / c;
        float w = (g->room.w - g->gap * (float)(c - 1)) / (float)c;
        float h = (g->room.h - g->gap * (float)(rows - 1)) / (float)rows - g->words;
        float side = fminf(w, h * (float)g->w / (float)g->h);
        if (side > best) {
            best = side;
            *columns = c;
        }
    }
    return best;
}

static bool is_matrix(const struct map_grid *g)
{
    return g->count == 1 && g->tiles.inner == 1 && (g->h > 8 * g->w || g->w > 2 * g->h);
}

struct map_grid map_grid_begin(struct ui *ui, const struct tiles *tiles, struct rect room)
{
    struct map_grid g = {.room = room, .tiles = *tiles, .columns = 1};
    g.h = tiles->rows;
    g.w = tiles->cols;
    g.count = tiles->tiles;
    g.gap = ui_px(ui, 10);
    g.words = (float)ui_text_px(ui, 17) * 1.3f;
    g.shown = g.count;
    if (is_matrix(&g)) {
        g.side = room.w;
        g.row = ui_px(ui, 30);
        return g;
    }
    float least = ui_px(ui, g.h * g.w > 1 ? 60 : 44);
    while ((g.side = side_for(&g, g.shown, &g.columns)) < least && g.shown > 1)
        g.shown -= g.shown > 64 ? g.shown / 8 : 1;
    g.side = fminf(g.side, ui_px(ui, g.h * g.w > 1 ? 330 : 84));
    g.columns = (int)fmaxf(1, fminf((float)g.shown, (room.w + g.gap) / (g.side + g.gap)));
    return g;
}

struct rect map_grid_at(const struct map_grid *g, int k)
{
    float high = g->side * (float)g->h / (float)g->w;
    if (is_matrix(g)) /* rows that can be told apart, also of very many columns */
        high = fminf(g->room.h, fmaxf(high, g->row * (float)g->h));
    return rect_snap((struct rect){g->room.x + (float)(k % g->columns) * (g->side + g->gap),
                                   g->room.y + (float)(k / g->columns) * (high + g->words + g->gap),
                                   g->side, high});
}

struct rect map_grid_words(const struct map_grid *g, int k)
{
    struct rect at = map_grid_at(g, k);
    return (struct rect){at.x, at.y + at.h, at.w, g->words};
}

/* "5", of a kernel with channels "5·2". */
static void name_map(const struct map_grid *g, int map, char *out, size_t size)
{
    bool channels = g->tiles.inner > 1 && g->tiles.inner < g->count;
    if (channels)
        snprintf(out, size, "%d·%d", map / g->tiles.inner, map % g->tiles.inner);
    else
        snprintf(out, size, "%d", map);
}

void map_grid_draw(const struct view *v, const struct map_grid *g, const float *numbers, int map,
                   int k, float limit, bool gradient)
{
    struct ui *ui = v->ui;
    struct rect at = map_grid_at(g, k);
    char number[32];
    uint32_t *colours = mem_zalloc((size_t)g->h * (size_t)g->w, sizeof *colours);
    for (int row = 0; row < g->h; row++)
        scale_pack(ui->theme, gradient, numbers + tiles_index(&g->tiles, map, row, 0), g->w,
                   (int)g->tiles.col_step, limit, colours + (size_t)row * (size_t)g->w);
    draw_heatmap(ui->draw, at, g->w, g->h, colours, gradient ? HEATMAP_GRADIENT : 0,
                 ui->theme->frame);
    free(colours);
    draw_frame(ui->draw, rect_inset(at, -1), 1, ui->theme->frame);
    if (is_matrix(g))
        return;
    name_map(g, map, number, sizeof number);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 17), map_grid_words(g, k),
                 ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->muted, number);
}

size_t map_grid_under(const struct view *v, const struct map_grid *g, int map, int k)
{
    struct rect at = map_grid_at(g, k);
    float u = (v->ui->in->mouse_x - at.x) / at.w, w = (v->ui->in->mouse_y - at.y) / at.h;
    bool inside = u >= 0 && u < 1 && w >= 0 && w < 1;
    int row = inside ? (int)(w * (float)g->h) : g->h / 2;
    int col = inside ? (int)(u * (float)g->w) : g->w / 2;
    return tiles_index(&g->tiles, map, row, col);
}

struct rect map_grid_cell(const struct map_grid *g, int k, int row, int col)
{
    struct rect at = map_grid_at(g, k);
    float w = at.w / (float)g->w, h = at.h / (float)g->h;
    return (struct rect){at.x + w * (float)col, at.y + h * (float)row, w, h};
}

void map_grid_mark(const struct view *v, const struct map_grid *g, int k)
{
    struct rect at = map_grid_at(g, k);
    float wide = fmaxf(2, ui_px(v->ui, 4));
    draw_frame(v->ui->draw, rect_inset(at, -wide - 1), 1, v->ui->theme->ink);
    draw_frame(v->ui->draw, rect_inset(at, -wide), wide, v->ui->theme->selection);
}
