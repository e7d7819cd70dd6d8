/* Pictures of the cards for letters and for data of one's own. */
#include <math.h>

#include "home_pictures.h"

/* Three typefaces, each on a sheet. */
void home_letters_draw(struct ui *ui, struct rect r)
{
    static const enum font_face faces[3] = {FONT_SANS_BOLD, FONT_MONO, FONT_SANS};
    static const char *const letters[3] = {"A", "B", "C"};
    const struct theme *t = ui->theme;
    for (int i = 0; i < 3; i++) {
        struct rect sheet = rect_snap(rect_column(r, 3, i, r.w * 0.05f));
        draw_rect(ui->draw, sheet, t->zero);
        draw_frame(ui->draw, sheet, 1, t->frame);
        int px = (int)(fminf(sheet.w, sheet.h) * 0.7f);
        if (px >= 12)
            draw_text_in(ui->draw, faces[i], px, sheet, ALIGN_CENTRE, theme_text_on(t, t->zero),
                         letters[i]);
    }
}

/* Round ones and spiky ones: two kinds of pictures. */
void home_photos_draw(struct ui *ui, struct rect r)
{
    const struct theme *t = ui->theme;
    for (int i = 0; i < 6; i++) {
        struct rect row = rect_row(r, 2, i / 3, r.h * 0.08f);
        struct rect tile = rect_snap(rect_column(row, 3, i % 3, r.h * 0.08f));
        float x = tile.x + tile.w / 2, y = tile.y + tile.h / 2, size = tile.h * 0.32f;
        struct colour ground = colour_mix(i < 3 ? t->value_pos : t->value_neg, t->panel, 0.72f);
        draw_rect(ui->draw, tile, ground);
        if (i < 3) {
            draw_circle(ui->draw, x, y, size, t->value_pos);
            continue;
        }
        for (int k = 0; k < 3; k++) {
            float angle = 1.0472f * (float)k + 0.3f * (float)i;
            draw_line(ui->draw, x - size * cosf(angle), y - size * sinf(angle),
                      x + size * cosf(angle), y + size * sinf(angle), fmaxf(2, tile.h * 0.09f),
                      t->value_neg);
        }
    }
}

/* Rows and columns under a header, the last column the answer. */
void home_table_draw(struct ui *ui, struct rect r)
{
    enum { ROWS = 5, COLS = 4 };
    static const float share[ROWS * COLS] = {0.7f, 0.4f, 0.6f, 1,    0.3f, 0.6f, 0.5f,
                                             0,    0.6f, 0.7f, 0.3f, 1,    0.5f, 0.3f,
                                             0.7f, 0,    0.4f, 0.5f, 0.4f, 1};
    const struct theme *t = ui->theme;
    for (int i = 0; i < ROWS * COLS; i++) {
        struct rect cell = rect_cell(r, COLS, ROWS, i % COLS, i / COLS);
        bool answer = i % COLS == COLS - 1, head = i / COLS == 0;
        draw_rect(ui->draw, rect_snap(cell), head ? t->track : t->panel);
        struct rect bar = rect_inset_xy(cell, cell.w * 0.15f, cell.h * 0.33f);
        bar.w *= head || answer ? 1 : share[i];
        draw_rect(ui->draw, bar,
                  head     ? t->muted
                  : answer ? (share[i] > 0.5f ? t->value_pos : t->value_neg)
                           : t->line);
        draw_frame(ui->draw, rect_snap(cell), 1, t->line);
    }
}
