/* Grids of the Layer view: pieces of a tensor as plates with caption, note and scale. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "layer_stage.h"
#include "network_layout.h"
#include "plate_draw.h"

static const struct tensor *tensor_of(const struct stage *s, int tensor)
{
    return &s->v->snap->program->tensors[tensor];
}

static void add_title(struct grid *g, const char *format, int number)
{
    size_t length = strlen(g->title);
    snprintf(g->title + length, sizeof g->title - length, format, number);
}

static struct grid grid_of(const struct stage *s, int tensor)
{
    struct grid g = {.tensor = tensor, .rows = 1, .cols = 1, .row_step = 1, .col_step = 1};
    g.end = tensor_of(s, tensor)->count;
    layout_tensor_title(s->v->snap, tensor, g.title, sizeof g.title);
    return g;
}

struct grid grid_map(const struct stage *s, int tensor, int channel)
{
    struct grid g = grid_of(s, tensor);
    const struct shape *shape = &tensor_of(s, tensor)->shape;
    g.rows = shape->dim[0];
    g.cols = shape->dim[1];
    g.col_step = (size_t)shape->dim[2];
    g.row_step = (size_t)shape->dim[1] * g.col_step;
    g.base = (size_t)channel;
    if (shape->dim[2] > 1)
        add_title(&g, _(" map %d"), channel);
    return g;
}

struct grid grid_kernel(const struct stage *s, int tensor, int kernel, int channel)
{
    struct grid g = grid_of(s, tensor);
    const struct shape *shape = &tensor_of(s, tensor)->shape;
    size_t channels = (size_t)shape->dim[3];
    size_t slice = (size_t)(shape->dim[1] * shape->dim[2]) * channels;
    g.rows = shape->dim[1];
    g.cols = shape->dim[2];
    g.col_step = channels;
    g.row_step = (size_t)shape->dim[2] * channels;
    g.base = (size_t)kernel * slice + (size_t)channel;
    g.end = (size_t)(kernel + 1) * slice;
    add_title(&g, _(" kernel %d"), kernel);
    if (channels > 1)
        snprintf(g.note, sizeof g.note, _("for input map %d"), channel);
    return g;
}

struct grid grid_vector(const struct stage *s, int tensor, int across)
{
    struct grid g = grid_of(s, tensor);
    int n = (int)g.end;
    g.cols = across < n ? across : n;
    g.rows = (n + g.cols - 1) / g.cols;
    g.row_step = (size_t)g.cols;
    g.loose = true;
    return g;
}

struct grid grid_single(const struct stage *s, struct cell c)
{
    struct grid g = grid_of(s, c.tensor);
    g.base = c.index;
    g.loose = true;
    cell_title(s->v->snap->program, c, g.title, sizeof g.title);
    return g;
}

/* How many numbers of a long list stand beside each other: rows that are full where they can be. */
static int across_of(int n)
{
    for (int across = 8; n > 24 && across < 16; across++)
        if (n % across == 0 && n / across <= 16)
            return across;
    return n > 24 ? 16 : 1;
}

struct grid grid_around(const struct stage *s, struct cell c)
{
    const struct tensor *t = tensor_of(s, c.tensor);
    const struct shape *shape = &t->shape;
    int index[SHAPE_MAX_RANK] = {0};
    shape_unflatten(shape, c.index, index);
    if (shape->rank == 4)
        return grid_kernel(s, c.tensor, index[0], index[3]);
    if (shape->rank == 3)
        return grid_map(s, c.tensor, index[2]);
    if (shape->rank == 2) {
        struct grid g = grid_of(s, c.tensor);
        g.rows = shape->dim[0];
        g.cols = shape->dim[1];
        g.row_step = (size_t)g.cols;
        g.loose = true;
        return g;
    }
    return grid_vector(s, c.tensor, across_of((int)t->count));
}

struct grid grid_part(const struct grid *g, int row, int col, int rows, int cols)
{
    struct grid part = *g;
    part.base += (size_t)row * g->row_step + (size_t)col * g->col_step;
    part.rows = rows;
    part.cols = cols;
    return part;
}

static bool prints(const struct stage *s, const struct grid *g, float w, float h)
{
    struct plate p = {.kind = PLATE_GRID,
                      .tensor = g->tensor,
                      .base = g->base,
                      .row_step = g->row_step,
                      .col_step = g->col_step,
                      .end = g->end,
                      .rows = g->rows,
                      .cols = g->cols,
                      .limit = layout_limit(s->v->snap, g->tensor),
                      .rect = {0, 0, floorf(w * (float)g->cols), floorf(h * (float)g->rows)}};
    return plate_prints(s->v, s->scene, &p);
}

/* Cells are square where numbers fit into squares or not at all, else wide enough for them. */
static void cell_size(const struct stage *s, const struct grid *g, struct rect r, float *w,
                      float *h)
{
    float cols = (float)(g->cols + g->margin[1] + g->margin[3]);
    float rows = (float)(g->rows + g->margin[0] + g->margin[2]);
    float most_w = r.w / cols, most_h = r.h / rows;
    float limit = g->rows * g->cols == 1 ? 42.0f : !g->loose ? 60.0f : g->rows <= 4 ? 70.0f : 46.0f;
    float side = fminf(fminf(most_w, most_h), s->unit * limit);
    *w = *h = side;
    float stretch = g->loose ? fminf(most_w, s->unit * 132) : fminf(most_w, side * 1.75f);
    float number = g->rows * g->cols == 1 ? s->unit * 120 : s->unit * 66;
    for (float wide = fmaxf(side, fminf(number, stretch)); wide <= stretch; wide += s->unit * 6)
        if (prints(s, g, wide, side)) {
            *w = wide;
            return;
        }
}

static void captions(const struct stage *s, const struct grid *g, struct rect top, bool note)
{
    struct ui *ui = s->v->ui;
    bool gradient = view_is_gradient(s->v->snap, g->tensor);
    struct colour c = gradient ? ui->theme->text_grad_pos : ui->theme->ink;
    struct rect line = rect_cut_top(&top, (float)s->px * 1.4f);
    draw_text_in(ui->draw, FONT_SANS_BOLD, s->px, line, ALIGN_LEFT | TEXT_MAY_CUT, c, g->title);
    if (note)
        stage_text(s, top, FONT_MONO, s->small, ALIGN_LEFT, ui->theme->muted, g->note);
}

static void draw_margin(const struct stage *s, const struct grid *g, struct rect at, float w,
                        float h)
{
    const struct theme *t = s->v->ui->theme;
    struct rect all = {at.x - w * (float)g->margin[3], at.y - h * (float)g->margin[0], 0, 0};
    all.w = at.w + w * (float)(g->margin[1] + g->margin[3]);
    all.h = at.h + h * (float)(g->margin[0] + g->margin[2]);
    const struct point corners[5] = {{all.x, all.y},
                                     {all.x + all.w, all.y},
                                     {all.x + all.w, all.y + all.h},
                                     {all.x, all.y + all.h},
                                     {all.x, all.y}};
    draw_dashes(s->v->ui->draw, corners, 5, fmaxf(1, 1.5f * s->unit), 6 * s->unit, 5 * s->unit,
                t->muted);
}

struct rect stage_grid(struct stage *s, struct rect r, const struct grid *g, unsigned flags)
{
    struct ui *ui = s->v->ui;
    float title = g->title[0] ? (float)s->px * 1.5f + 3 * s->unit : 0;
    /* Maps side by side keep the line for a note, so that they stand at one height. */
    float note = g->note[0] || flags & GRID_SCALE ? (float)s->small * 1.4f : 0;
    float scale = (float)s->small * 1.6f;
    bool has_scale = flags & GRID_SCALE && r.h > title + scale + 60 * s->unit && r.w > 90 * s->unit;
    bool has_note = r.h > title + note + 40 * s->unit;
    bool has_title = r.h > title + 20 * s->unit && r.w > 34 * s->unit;
    struct rect box = r;
    float top = (has_title ? title : 0) + (has_title && has_note ? note : 0);
    rect_cut_top(&box, top);
    if (has_scale)
        rect_cut_bottom(&box, scale);
    if (box.w < 4 || box.h < 4)
        return (struct rect){r.x, r.y, 0, 0};
    float w, h;
    cell_size(s, g, box, &w, &h);
    float across = (float)(g->cols + g->margin[1] + g->margin[3]);
    float down = (float)(g->rows + g->margin[0] + g->margin[2]);
    struct rect outer = rect_centre(box, w * across, h * down);
    struct rect at = {outer.x + w * (float)g->margin[3], outer.y + h * (float)g->margin[0],
                      w * (float)g->cols, h * (float)g->rows};
    bool shown = s->scene->shown[g->tensor];
    struct plate *p = scene_plate(s->scene, PLATE_GRID, g->tensor, at, g->rows, g->cols, g->base,
                                  g->row_step, g->col_step);
    p->end = g->end;
    p->limit = layout_limit(s->v->snap, g->tensor);
    p->detail = flags & GRID_APART;
    if (p->detail) /* cells of the same place may still stand for it */
        s->scene->shown[g->tensor] = shown;
    struct plate drawn = *p;
    plate_draw(s->v, s->scene, &drawn);
    if (has_title) {
        float words = fmaxf(font_width(ui->fonts, FONT_SANS_BOLD, s->px, g->title),
                            font_width(ui->fonts, FONT_MONO, s->small, g->note));
        float wide = fminf(r.w, fmaxf(words + 2, outer.w));
        float x = fmaxf(r.x, fminf(outer.x, r.x + r.w - wide));
        captions(s, g, (struct rect){x, outer.y - top, wide, top}, has_note);
    }
    if (across > (float)g->cols || down > (float)g->rows)
        draw_margin(s, g, drawn.rect, w, h);
    if (has_scale) {
        struct legend l = {{outer.x, outer.y + outer.h + 5,
                            fminf(fmaxf(outer.w, 110 * s->unit), 190 * s->unit), scale - 6},
                           drawn.limit,
                           view_is_gradient(s->v->snap, g->tensor)};
        l.rect.x = fmaxf(r.x, fminf(l.rect.x, r.x + r.w - l.rect.w));
        if (l.rect.w <= r.w)
            legend_draw(s->v, &l, s->small);
    }
    return drawn.rect;
}

void stage_number(struct stage *s, struct rect r, struct cell c)
{
    if (!cell_is(c))
        return;
    struct grid g = grid_single(s, c);
    rect_cut_bottom(&r, fminf(5 * s->unit, r.h / 10)); /* for a frame around it */
    stage_grid(s, r, &g, GRID_APART);
}
