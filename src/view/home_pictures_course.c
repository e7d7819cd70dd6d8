/* Pictures of the cards for what the middle of the course is about: matrices, the pace of training,
 * memorising, feature maps, pooling. */
#include <math.h>

#include "home_pictures.h"

enum { CURVE_POINTS = 33 };

static void grid(struct ui *ui, struct rect r, int cols, int rows, const float *values)
{
    enum { CELLS_MOST = 36 };
    const struct theme *t = ui->theme;
    uint32_t colours[CELLS_MOST];
    for (int i = 0; i < cols * rows; i++)
        colours[i] = colour_pack(scale_value(t, values[i], 1));
    draw_heatmap(ui->draw, rect_snap(r), cols, rows, colours, HEATMAP_GRID, t->line);
    draw_frame(ui->draw, rect_snap(r), 1, t->frame);
}

/* A matrix beside the vector it is multiplied with, and one row of it that makes one number. */
void home_matrix_draw(struct ui *ui, struct rect r)
{
    static const float w[] = {0.9f,  -0.4f, 0.2f,  0.6f, -0.7f, 0.5f,
                              -0.2f, 0.8f,  -0.9f, 0.3f, 0.4f,  -0.6f};
    static const float x[] = {0.5f, -0.3f, 0.9f, 0.2f}, z[] = {0.7f, -0.9f, 0.4f};
    const struct theme *t = ui->theme;
    float side = r.h / 4;
    struct rect matrix = {r.x, r.y + side / 2, 4 * side, 3 * side};
    struct rect in = {r.x + 4.9f * side, r.y, side, 4 * side};
    struct rect out = {r.x + r.w - side, r.y + side / 2, side, 3 * side};
    float thick = fmaxf(2, ui_px(ui, 3)), middle = r.y + r.h / 2;
    grid(ui, matrix, 4, 3, w);
    grid(ui, in, 1, 4, x);
    grid(ui, out, 1, 3, z);
    draw_link(ui->draw, (struct point){in.x + in.w, middle}, (struct point){out.x, middle},
              fmaxf(1, ui_px(ui, 3)), t->selection);
    draw_frame(ui->draw, rect_snap(rect_cell(matrix, 1, 3, 0, 1)), thick, t->selection);
    draw_frame(ui->draw, rect_snap(rect_cell(out, 1, 3, 0, 1)), thick, t->selection);
}

/* A long valley from above: one way zigzags down it, the other one rolls. */
void home_valley_draw(struct ui *ui, struct rect r)
{
    static const struct point zigzag[] = {{0.03f, 0.12f}, {0.13f, 0.84f}, {0.23f, 0.22f},
                                          {0.32f, 0.74f}, {0.40f, 0.32f}, {0.47f, 0.64f},
                                          {0.53f, 0.42f}, {0.58f, 0.55f}};
    static const struct point roll[] = {{0.03f, 0.12f}, {0.14f, 0.66f}, {0.30f, 0.70f},
                                        {0.44f, 0.44f}, {0.53f, 0.46f}, {0.60f, 0.5f}};
    const struct theme *t = ui->theme;
    struct point p[CURVE_POINTS];
    const float pi = 3.14159265f, width = fmaxf(1, ui_px(ui, 3));
    for (int ring = 3; ring > 0; ring--) {
        float a = 0.13f * (float)ring, b = 0.15f * (float)ring;
        for (int i = 0; i < CURVE_POINTS; i++) {
            float angle = 2 * pi * (float)i / (CURVE_POINTS - 1);
            p[i] = (struct point){r.x + r.w * (0.6f + a * cosf(angle)),
                                  r.y + r.h * (0.5f + b * sinf(angle))};
        }
        draw_polyline(ui->draw, p, CURVE_POINTS, fmaxf(1, ui_px(ui, 1.5f)), t->muted);
    }
    for (int i = 0; i < 8; i++)
        p[i] = (struct point){r.x + r.w * zigzag[i].x, r.y + r.h * zigzag[i].y};
    draw_polyline(ui->draw, p, 8, width, t->value_neg);
    for (int i = 0; i < 6; i++)
        p[i] = (struct point){r.x + r.w * roll[i].x, r.y + r.h * roll[i].y};
    draw_polyline(ui->draw, p, 6, width, t->value_pos);
    draw_circle(ui->draw, p[5].x, p[5].y, r.h * 0.08f, t->selection);
}

/* The loss on what is learnt goes on falling, that on what is new rises again. */
void home_memory_draw(struct ui *ui, struct rect r)
{
    const struct theme *t = ui->theme;
    struct point learnt[CURVE_POINTS], fresh[CURVE_POINTS];
    float width = fmaxf(1, ui_px(ui, 4));
    for (int i = 0; i < CURVE_POINTS; i++) {
        float x = (float)i / (CURVE_POINTS - 1), late = fmaxf(0, x - 0.35f);
        learnt[i] = (struct point){r.x + r.w * x, r.y + r.h * (0.95f - 0.88f * expf(-4 * x))};
        fresh[i] = (struct point){r.x + r.w * x,
                                  r.y + r.h * (0.82f - 0.75f * expf(-5 * x) - 1.1f * late * late)};
    }
    draw_polyline(ui->draw, learnt, CURVE_POINTS, width, t->value_pos);
    draw_polyline(ui->draw, fresh, CURVE_POINTS, width, t->value_neg);
    int best = CURVE_POINTS * 2 / 5;
    draw_circle(ui->draw, fresh[best].x, fresh[best].y, r.h * 0.08f, t->selection);
}

/* One picture, and what three kernels find in it. */
void home_maps_draw(struct ui *ui, struct rect r)
{
    enum { SIDE = 6 };
    const struct theme *t = ui->theme;
    float cells[SIDE * SIDE], gap = r.h * 0.07f, small = (r.h - 2 * gap) / 3;
    struct rect seen = {r.x, r.y + r.h * 0.1f, r.h * 0.8f, r.h * 0.8f};
    for (int i = 0; i < SIDE * SIDE; i++)
        cells[i] = i % SIDE == 2 || i / SIDE == 3 ? 1 : 0.05f;
    for (int map = 0; map < 3; map++) {
        float found[SIDE * SIDE];
        struct rect to = {r.x + r.w - small, r.y + (small + gap) * (float)map, small, small};
        for (int i = 0; i < SIDE * SIDE; i++) {
            float left = i % SIDE ? cells[i - 1] : 0, above = i >= SIDE ? cells[i - SIDE] : 0;
            found[i] = map == 0   ? cells[i] - left
                       : map == 1 ? cells[i] - above
                                  : (left + above) / 2;
        }
        draw_link(ui->draw, (struct point){seen.x + seen.w, seen.y + seen.h / 2},
                  (struct point){to.x, to.y + small / 2}, fmaxf(1, ui_px(ui, 2)), t->selection);
        grid(ui, to, SIDE, SIDE, found);
    }
    grid(ui, seen, SIDE, SIDE, cells);
}

/* Four by four numbers; the largest of each four goes on. */
void home_pool_draw(struct ui *ui, struct rect r)
{
    static const float from[] = {0.2f, 0.5f, 0.1f,  0.3f, 0.9f, 0.3f, 0.6f, 0.2f,
                                 0.1f, 0.4f, 0.05f, 0.7f, 0.2f, 0.3f, 0.4f, 0.1f};
    static const float to[] = {0.9f, 0.6f, 0.4f, 0.7f};
    static const int winners[] = {4, 6, 9, 11};
    const struct theme *t = ui->theme;
    struct rect whole = {r.x, r.y, r.h, r.h};
    struct rect half = {r.x + r.w - r.h / 2, r.y + r.h / 4, r.h / 2, r.h / 2};
    float thick = fmaxf(2, ui_px(ui, 3));
    grid(ui, whole, 4, 4, from);
    grid(ui, half, 2, 2, to);
    draw_link(ui->draw, (struct point){whole.x + whole.w, r.y + r.h / 2},
              (struct point){half.x, r.y + r.h / 2}, fmaxf(1, ui_px(ui, 3)), t->selection);
    for (int i = 0; i < 4; i++)
        draw_frame(ui->draw, rect_snap(rect_cell(whole, 4, 4, winners[i] % 4, winners[i] / 4)),
                   thick, t->selection);
}
