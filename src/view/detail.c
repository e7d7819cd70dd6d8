#include "detail.h"

#include <math.h>
#include <stdio.h>

#include "network_layout.h"
#include "plate_draw.h"

struct sizes {
    float w[WINDOWS_MOST], h[WINDOWS_MOST]; /* of a cell */
    float op[WINDOWS_MOST];                 /* width of the words before */
    float title[WINDOWS_MOST];              /* width of the caption */
    float gap;
};

static float block_width(const struct sizes *z, const struct window *w, int i)
{
    float cells = w->tensor >= 0 ? z->w[i] * (float)w->cols : 0;
    return fmaxf(cells, z->title[i]);
}

static float total_width(const struct sizes *z, const struct window *w, int n)
{
    float sum = 0;
    for (int i = 0; i < n; i++)
        sum += z->op[i] + block_width(z, &w[i], i) + (i ? 2 * z->gap : 0);
    return sum;
}

static struct plate window_plate(const struct window *w, float cell_w, float cell_h)
{
    return (struct plate){.tensor = w->tensor,
                          .detail = true,
                          .base = w->base,
                          .row_step = w->row_step,
                          .col_step = w->col_step,
                          .end = w->end,
                          .rows = w->rows,
                          .cols = w->cols,
                          .rect = {0, 0, cell_w * (float)w->cols, cell_h * (float)w->rows}};
}

/* Wide enough for all digits of its numbers, within reason. */
static float wanted_width(const struct view *v, const struct scene *scene, const struct window *w)
{
    bool one = w->rows * w->cols == 1;
    float usual = ui_px(v->ui, one ? 130 : w->cols <= 4 ? 96 : w->cols <= 6 ? 84 : 70);
    struct plate p = window_plate(w, 0, 0);
    return fmaxf(usual, fminf(plate_number_width(v, scene, &p), ui_px(v->ui, 120)));
}

static struct sizes measure(const struct view *v, const struct scene *scene, const struct window *w,
                            int n, float height, int title_px, int op_px)
{
    struct ui *ui = v->ui;
    struct sizes z = {.gap = ui_px(ui, 12)};

    for (int i = 0; i < n; i++) {
        z.op[i] = w[i].op[0] ? font_width(ui->fonts, FONT_SANS_BOLD, op_px, w[i].op) : 0;
        z.title[i] = font_width(ui->fonts, FONT_SANS_BOLD, title_px, w[i].title);
        if (w[i].tensor < 0)
            continue;
        z.h[i] = fminf(height / (float)w[i].rows, ui_px(ui, 44));
        bool few = w[i].rows <= 12 && w[i].cols <= 12;
        z.w[i] = few && z.h[i] >= ui_px(ui, 22) ? wanted_width(v, scene, &w[i])
                                                : fminf(z.h[i], ui_px(ui, 26));
    }
    return z;
}

/* Narrower cells until the whole line fits: numbers give way to colours. */
static void squeeze(struct sizes *z, const struct window *w, int n, float width)
{
    for (int round = 0; round < 160 && total_width(z, w, n) > width; round++) {
        int widest = 0;
        for (int i = 1; i < n; i++)
            if (z->w[i] * (float)w[i].cols > z->w[widest] * (float)w[widest].cols)
                widest = i;
        z->w[widest] *= 0.97f; /* small steps: none loses its digits for a pixel */
    }
}

/* Cells without numbers are square: nothing is gained by making them wider. */
static void narrow_blank(const struct view *v, const struct scene *scene, struct sizes *z,
                         const struct window *w, int n)
{
    for (int i = 0; i < n; i++) {
        if (w[i].tensor < 0 || z->w[i] <= z->h[i])
            continue;
        struct plate p = window_plate(&w[i], z->w[i], z->h[i]);
        if (!plate_prints(v, scene, &p))
            z->w[i] = z->h[i];
    }
}

void detail_layout(const struct view *v, struct scene *scene, struct rect strip)
{
    struct window w[WINDOWS_MOST];
    int n = detail_windows(v, w);
    if (n == 0)
        return;
    int title_px = ui_text_px(v->ui, 18), op_px = ui_text_px(v->ui, 24);
    float caption = (float)title_px * 1.5f, legend = (float)title_px * 1.5f;
    struct rect content = strip;
    rect_cut_top(&content, caption);
    rect_cut_bottom(&content, legend);
    struct sizes z = measure(v, scene, w, n, content.h, title_px, op_px);
    squeeze(&z, w, n, content.w);
    narrow_blank(v, scene, &z, w, n);
    float x = content.x + fmaxf(0, content.w - total_width(&z, w, n)) / 2;
    for (int i = 0; i < n; i++) {
        x += i ? z.gap : 0;
        float middle = content.y + content.h / 2;
        scene_label(scene, (struct rect){x, middle - caption, z.op[i] + 2, caption * 2},
                    FONT_SANS_BOLD, op_px, ALIGN_CENTRE, LABEL_INK, w[i].op);
        x += z.op[i] + (i ? z.gap : 0);
        if (w[i].tensor < 0)
            continue;
        float width = fminf(block_width(&z, &w[i], i), fmaxf(0, strip.x + strip.w - x));
        float cells = fminf(z.w[i] * (float)w[i].cols, width), h = z.h[i] * (float)w[i].rows;
        struct rect r = {x + (width - cells) / 2, middle - h / 2, cells, h};
        bool shown = scene->shown[w[i].tensor]; /* above, in the network itself */
        struct plate *p = scene_plate(scene, PLATE_GRID, w[i].tensor, r, w[i].rows, w[i].cols,
                                      w[i].base, w[i].row_step, w[i].col_step);
        scene->shown[w[i].tensor] = shown;
        p->end = w[i].end;
        p->limit = layout_limit(v->snap, w[i].tensor);
        p->detail = true;
        float limit = p->limit;
        bool gradient = view_is_gradient(v->snap, w[i].tensor);
        scene_label(scene, (struct rect){x, r.y - caption, width + 2, caption}, FONT_SANS_BOLD,
                    title_px, ALIGN_CENTRE | TEXT_MAY_CUT, gradient ? LABEL_GRADIENT : LABEL_INK,
                    w[i].title);
        if (w[i].rows * w[i].cols > 1)
            scene_legend(
                scene, (struct rect){x, r.y + r.h + 4, fminf(width, ui_px(v->ui, 150)), legend - 6},
                limit, gradient);
        x += width;
    }
}
