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

struct map_grid map_grid_begin(struct ui *ui, const struct shape *shape, struct rect room)
{
    struct map_grid g = {.room = room, .h = 1, .w = 1, .columns = 1};
    if (shape->rank == 3)
        g.h = shape->dim[0], g.w = shape->dim[1];
    g.count = (int)shape_count(shape) / (g.h * g.w);
    g.gap = ui_px(ui, 10);
    g.words = (float)ui_text_px(ui, 17) * 1.3f;
    float least = ui_px(ui, g.h * g.w > 1 ? 60 : 44);
    g.shown = g.count;
    while ((g.side = side_for(&g, g.shown, &g.columns)) < least && g.shown > 1)
        g.shown -= g.shown > 64 ? g.shown / 8 : 1;
    g.side = fminf(g.side, ui_px(ui, g.h * g.w > 1 ? 330 : 84));
    g.columns = (int)fmaxf(1, fminf((float)g.shown, (room.w + g.gap) / (g.side + g.gap)));
    return g;
}

struct rect map_grid_at(const struct map_grid *g, int k)
{
    float high = g->side * (float)g->h / (float)g->w;
    return rect_snap((struct rect){g->room.x + (float)(k % g->columns) * (g->side + g->gap),
                                   g->room.y + (float)(k / g->columns) * (high + g->words + g->gap),
                                   g->side, high});
}

struct rect map_grid_words(const struct map_grid *g, int k)
{
    struct rect at = map_grid_at(g, k);
    return (struct rect){at.x, at.y + at.h, at.w, g->words};
}

void map_grid_draw(const struct view *v, const struct map_grid *g, const float *numbers, int map,
                   int k, float limit)
{
    struct ui *ui = v->ui;
    struct rect at = map_grid_at(g, k);
    char number[16];
    size_t cells = (size_t)g->h * (size_t)g->w;
    uint32_t *colours = mem_zalloc(cells, sizeof *colours);
    scale_pack(ui->theme, false, numbers + map, (int)cells, g->count, limit, colours);
    draw_heatmap(ui->draw, at, g->w, g->h, colours, 0, ui->theme->frame);
    free(colours);
    draw_frame(ui->draw, rect_inset(at, -1), 1, ui->theme->frame);
    snprintf(number, sizeof number, "%d", map);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 17), map_grid_words(g, k),
                 ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->muted, number);
}

void map_grid_mark(const struct view *v, const struct map_grid *g, int k)
{
    struct rect at = map_grid_at(g, k);
    float wide = fmaxf(2, ui_px(v->ui, 4));
    draw_frame(v->ui->draw, rect_inset(at, -wide - 1), 1, v->ui->theme->ink);
    draw_frame(v->ui->draw, rect_inset(at, -wide), wide, v->ui->theme->selection);
}
