/* The lens: the cells around the pointer with their numbers, where the table's own are too small
 * for them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/translate.h"
#include "matrix_frame.h"
#include "network_focus.h"

enum { LENS_ROWS = 5, LENS_COLS = 5 };

static int inside(int first, int cells, int n)
{
    return first < 0 || n <= cells ? 0 : first > n - cells ? n - cells : first;
}

/* A pane of the neighbourhood with legible cells, at x, y = 0; its content scrolled to it. */
static struct matrix_pane magnify(const struct view *v, const struct matrix_pane *p, int px,
                                  int block, int row, int col)
{
    struct matrix_pane lens = *p;
    int rows = p->map.rows < LENS_ROWS ? p->map.rows : LENS_ROWS;
    int cols = p->map.cols < LENS_COLS ? p->map.cols : LENS_COLS;
    lens.print.px = px;
    lens.cell_w = (int)ceilf(matrix_number_width(v, p->limit, px) + (float)px * 0.7f);
    lens.cell_h = (int)ceilf((float)px * 1.6f);
    lens.title = 0;
    lens.view = (struct rect){0, 0, (float)(cols * lens.cell_w), (float)(rows * lens.cell_h)};
    lens.x = lens.y = 0;
    struct rect b = matrix_pane_block(&lens, block);
    lens.x = -b.x - (float)(inside(col - cols / 2, cols, p->map.cols) * lens.cell_w);
    lens.y = -b.y - (float)(inside(row - rows / 2, rows, p->map.rows) * lens.cell_h);
    return lens;
}

static void draw_heads(const struct view *v, const struct matrix_pane *lens, int block,
                       float row_head, float head)
{
    struct ui *ui = v->ui;
    struct matrix_window w;
    int px = ui_text_px(ui, 17);
    char text[64];
    if (!matrix_pane_window(lens, block, &w))
        return;
    for (int col = w.c0; col < w.c1; col++) {
        struct rect r =
            matrix_pane_part(lens, block, (struct matrix_window){w.r0, w.r1, col, col + 1});
        r.y = lens->view.y - head;
        r.h = head;
        matrix_column_label(v, lens, col, text, sizeof text);
        draw_text_in(ui->draw, FONT_MONO, px, r, ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->muted,
                     text);
    }
    for (int row = w.r0; row < w.r1; row++) {
        struct rect r =
            matrix_pane_part(lens, block, (struct matrix_window){row, row + 1, w.c0, w.c1});
        r.x = lens->view.x - row_head;
        r.w = row_head - ui_px(ui, 8);
        matrix_row_label(v, lens, row, text, sizeof text);
        draw_text_in(ui->draw, FONT_MONO, px, r, ALIGN_RIGHT | TEXT_MAY_CUT, ui->theme->muted,
                     text);
    }
}

void matrix_lens_draw(const struct view *v, const struct matrix_frame *f, struct rect canvas)
{
    struct ui *ui = v->ui;
    float x = ui->in->mouse_x, y = ui->in->mouse_y;
    size_t index;
    int block, row, col;
    const struct matrix_pane *p = matrix_pane_at(f, x, y, &index);
    if (!p || p->print.px || !ui_hovers(ui, f->table) ||
        !matrix_map_find(&p->map, index, &block, &row, &col))
        return;
    int px = ui_text_px(ui, 18);
    struct matrix_pane lens = magnify(v, p, px, block, row, col);
    float pad = ui_px(ui, 10), head = (float)px * 1.4f;
    float row_head = matrix_row_label_width(v, &lens) + ui_px(ui, 12);
    char name[160], number[48], title[240];
    struct cell c = matrix_pane_cell(v->snap, p, index);
    cell_title(v->snap->program, c, name, sizeof name);
    matrix_number(v, &lens.print, c, number, sizeof number);
    if (number[0])
        snprintf(title, sizeof title, "%s = %s", name, number);
    else
        snprintf(title, sizeof title, _("%s: not computed yet"), name);
    float w = fmaxf(row_head + lens.view.w, font_width(ui->fonts, FONT_MONO_BOLD, px, title) + 2);
    struct rect box = {x + ui_px(ui, 24), y + ui_px(ui, 24), w + 2 * pad,
                       lens.view.h + 2 * head + 2 * pad};
    if (box.x + box.w > canvas.x + canvas.w)
        box.x = x - ui_px(ui, 24) - box.w;
    if (box.y + box.h > canvas.y + canvas.h)
        box.y = y - ui_px(ui, 24) - box.h;
    box.x = fmaxf(canvas.x, box.x);
    box.y = fmaxf(canvas.y, box.y);
    draw_tag(ui->draw, "popup");
    draw_rect(ui->draw, rect_snap(box), ui->theme->panel);
    draw_frame(ui->draw, rect_snap(box), fmaxf(1, ui_px(ui, 2)), ui->theme->ink);
    struct rect in = rect_inset(box, pad);
    draw_text_in(ui->draw, FONT_MONO_BOLD, px, rect_cut_top(&in, head), ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, title);
    float dx = floorf(in.x + row_head), dy = floorf(in.y + head);
    lens.view = rect_shift(lens.view, dx, dy);
    lens.x += dx;
    lens.y += dy;
    draw_heads(v, &lens, block, row_head, head);
    matrix_pane_draw(v, &lens);
    struct rect here;
    if (matrix_pane_rect(&lens, index, &here))
        draw_frame(ui->draw, rect_inset(here, -2), fmaxf(2, ui_px(ui, 3)), ui->theme->ink);
    draw_tag(ui->draw, "matrix");
}
