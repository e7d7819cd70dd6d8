/* Pictures of the cards for looking inside, side by side and building. */
#include <math.h>

#include "home_pictures.h"

enum { SIDE = 11 };

/* What a kernel that has learnt looks like: stripes one way, strongest in the middle. */
static float stripes(int i, float angle)
{
    float x = ((float)(i % SIDE) + 0.5f) / SIDE * 2 - 1;
    float y = ((float)(i / SIDE) + 0.5f) / SIDE * 2 - 1;
    return cosf(5.5f * (x * cosf(angle) + y * sinf(angle))) * expf(-1.6f * (x * x + y * y));
}

/* Any number from -1 to 1, the same each time. */
static float noise(int i)
{
    float s = sinf((float)(i + 1) * 12.9898f) * 43758.547f;
    return (s - floorf(s)) * 2 - 1;
}

static void draw_plate(struct ui *ui, struct rect r, bool learnt, float angle)
{
    uint32_t colours[SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
        float value = learnt ? stripes(i, angle) : 0.5f * noise(i);
        colours[i] = colour_pack(scale_value(ui->theme, value, 1));
    }
    struct rect box = rect_snap(rect_fit(r, 1));
    draw_heatmap(ui->draw, box, SIDE, SIDE, colours, 0, ui->theme->line);
    draw_frame(ui->draw, box, 1, ui->theme->frame);
}

/* Three patterns that neurons look for. */
void home_inside_draw(struct ui *ui, struct rect r)
{
    static const float angles[3] = {0.35f, 1.5708f, 2.5f};
    for (int i = 0; i < 3; i++)
        draw_plate(ui, rect_column(r, 3, i, r.w * 0.05f), true, angles[i]);
}

/* One kernel before training and after. */
void home_beside_draw(struct ui *ui, struct rect r)
{
    struct rect left = rect_cut_left(&r, r.h), right = rect_cut_right(&r, r.h);
    draw_plate(ui, left, false, 0);
    draw_plate(ui, right, true, 0.6f);
    float y = r.y + r.h / 2, gap = r.w * 0.2f;
    struct point from = {r.x + gap, y}, to = {r.x + r.w - gap, y};
    draw_line(ui->draw, from.x, y, to.x - r.w * 0.2f, y, fmaxf(2, ui_px(ui, 5)), ui->theme->muted);
    draw_arrow_head(ui->draw, from, to, r.w * 0.3f, ui->theme->muted);
}

/* Blocks below each other, the chosen one framed, and the line of text beside each. */
void home_blocks_draw(struct ui *ui, struct rect r)
{
    enum { BLOCKS = 4, CHOSEN = 1 };
    static const float words[BLOCKS] = {0.6f, 1, 0.75f, 0.85f};
    const struct theme *t = ui->theme;
    const struct colour fills[BLOCKS] = {t->track, t->phase[THEME_FORWARD], t->phase[THEME_LOSS],
                                         t->phase[THEME_BACKWARD]};
    struct rect text = rect_cut_right(&r, r.w * 0.38f);
    r.w *= 0.9f;
    float thick = fmaxf(1, ui_px(ui, 3));
    for (int i = 0; i < BLOCKS; i++) {
        struct rect block = rect_snap(rect_row(r, BLOCKS, i, r.h * 0.1f));
        struct rect line = rect_row(text, BLOCKS, i, r.h * 0.1f);
        if (i > 0)
            draw_line(ui->draw, block.x + block.w / 2, block.y - r.h * 0.1f, block.x + block.w / 2,
                      block.y, thick, t->frame);
        draw_rect(ui->draw, block, fills[i]);
        if (i == CHOSEN)
            draw_frame(ui->draw, rect_inset(block, -thick), fmaxf(2, thick), t->selection);
        line = (struct rect){line.x, line.y + line.h * 0.35f, line.w * words[i], line.h * 0.3f};
        draw_rect(ui->draw, rect_snap(line), t->muted);
    }
}
