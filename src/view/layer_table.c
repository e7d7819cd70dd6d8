/* Tables of the Layer view: columns of cells, a row for each output. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "layer_stage.h"
#include "network_layout.h"
#include "plate_draw.h"

enum { TABLE_COLUMNS = 8 };

/* The rows that are seen, and how large. */
struct rows {
    int first, count;
    float high, top, title;
};

static struct rows visible_rows(const struct stage *s, struct rect r, const struct table *t)
{
    struct rows v = {.title = (float)s->px * 1.5f};
    float room = r.h - v.title;
    v.high = fmaxf(fminf(room / (float)t->rows, 46 * s->unit), (float)s->small * 1.5f);
    v.count = (int)(room / v.high);
    v.count = v.count < t->rows ? v.count : t->rows;
    if (v.count < 1)
        return v;
    if (t->chosen >= v.count)
        v.first = t->chosen - v.count / 2;
    v.first = v.first + v.count > t->rows ? t->rows - v.count : v.first;
    v.top = r.y + v.title + (room - v.high * (float)v.count) / 2;
    return v;
}

static void draw_names(const struct stage *s, struct rect r, const struct table *t,
                       const struct rows *v)
{
    const struct theme *theme = s->v->ui->theme;
    for (int k = 0; k < v->count; k++) {
        int row = v->first + k;
        char number[32], text[96];
        bool label = row == t->label;
        snprintf(number, sizeof number, "%d", row);
        const char *name = t->classes ? view_class(s->v->snap, row, number, sizeof number) : number;
        snprintf(text, sizeof text, label ? _("%s (label)") : "%s", name);
        struct rect line = {r.x, v->top + v->high * (float)k, r.w - 8 * s->unit, v->high};
        enum font_face face = label ? FONT_SANS_BOLD : FONT_SANS;
        if (!stage_text(s, line, face, s->small, ALIGN_RIGHT, theme->ink, text))
            stage_text(s, line, face, s->small, ALIGN_RIGHT, theme->ink, name);
    }
}

static void draw_bar(const struct stage *s, struct rect r, struct cell c, float limit)
{
    const struct theme *t = s->v->ui->theme;
    bool gradient = view_is_gradient(s->v->snap, c.tensor);
    float value = cell_value(s->v->snap->trace, c);
    struct rect bar = rect_inset_xy(r, 0, r.h * 0.2f);
    if (!view_is_done(s->v, c)) {
        draw_hatch(s->v->ui->draw, bar, t->hatch_ground, t->hatch);
        return;
    }
    draw_rect(s->v->ui->draw, bar, t->track);
    if (view_is_hidden(s->v, c) || !isfinite(value))
        return;
    bar.w *= fminf(1, fabsf(value) / limit);
    uint32_t colour = colour_pack(gradient ? (value < 0 ? t->text_grad_neg : t->text_grad_pos)
                                           : (value < 0 ? t->text_value_neg : t->text_value_pos));
    if (bar.w >= 1)
        draw_heatmap(s->v->ui->draw, bar, 1, 1, &colour, gradient ? HEATMAP_GRADIENT : 0, t->frame);
}

static void draw_column(struct stage *s, struct rect r, const struct table_column *c,
                        const struct rows *v)
{
    char name[96];
    const struct theme *t = s->v->ui->theme;
    bool gradient = view_is_gradient(s->v->snap, c->tensor);
    struct rect cells = {r.x, v->top, r.w, v->high * (float)v->count};
    struct rect bars = {0};
    if (c->bars)
        bars = rect_cut_right(&cells, fmaxf(0, cells.w - 130 * s->unit));
    struct plate *p = scene_plate(s->scene, PLATE_GRID, c->tensor, cells, v->count, 1,
                                  c->base + (size_t)v->first, 1, 1);
    p->limit = layout_limit(s->v->snap, c->tensor);
    p->detail = true; /* rows say what belongs together: no curves */
    struct plate drawn = *p;
    plate_draw(s->v, s->scene, &drawn);
    const char *title =
        c->title ? c->title : layout_tensor_title(s->v->snap, c->tensor, name, sizeof name);
    struct rect line = {r.x, v->top - v->title, r.w, v->title};
    stage_text(s, line, FONT_SANS_BOLD, s->px, ALIGN_LEFT, gradient ? t->text_grad_pos : t->ink,
               title);
    for (int k = 0; c->bars && k < v->count && bars.w > 16 * s->unit; k++) {
        struct rect bar = {bars.x + 6 * s->unit, v->top + v->high * (float)k, bars.w - 6 * s->unit,
                           v->high};
        draw_bar(s, bar, stage_cell(s, c->tensor, c->base + (size_t)(v->first + k)), drawn.limit);
    }
}

void stage_table(struct stage *s, struct rect r, const struct table *t)
{
    struct part parts[TABLE_COLUMNS + 1];
    int n = 1;
    struct rows v = visible_rows(s, r, t);
    parts[0] = stage_part(t->classes ? 110 : 50, t->classes ? 150 : 60, 9);
    for (int k = 0; k < t->columns && n <= TABLE_COLUMNS; k++)
        if (t->column[k].tensor >= 0)
            parts[n++] = stage_part(t->column[k].bars ? 130 : 96, t->column[k].bars ? 330 : 130,
                                    t->column[k].rank);
    stage_row(s, r, parts, n, 22);
    if (v.count < 1)
        return;
    n = 1;
    for (int k = 0; k < t->columns && n <= TABLE_COLUMNS; k++) {
        if (t->column[k].tensor < 0)
            continue;
        if (!rect_is_empty(parts[n].rect))
            draw_column(s, parts[n].rect, &t->column[k], &v);
        n++;
    }
    if (!rect_is_empty(parts[0].rect))
        draw_names(s, parts[0].rect, t, &v);
}
