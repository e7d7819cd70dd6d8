/* Puts panels side by side or below each other, whichever shows more, in cells of a step of the
 * ladder; a product's vectors lie along the panel in the middle. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "matrix_place.h"
#include "network_layout.h"

/* Widths follow the widest number of all that is shown. */
static struct matrix_cells cells_at(const struct view *v, const struct matrix_frame *f, int step)
{
    static const int sides[MATRIX_FIRST_NUMBERS] = {1, 2, 3, 4, 6, 8, 11, 15, 20};
    static const int texts[MATRIX_STEPS - MATRIX_FIRST_NUMBERS] = {17, 20, 24, 30, 38};
    if (step < MATRIX_FIRST_NUMBERS) {
        int side = (int)(ui_px(v->ui, (float)sides[step]));
        side = side < sides[step] && step < 3 ? sides[step] : side < 1 ? 1 : side;
        return (struct matrix_cells){side, side, 0};
    }
    int px = ui_text_px(v->ui, (float)texts[step - MATRIX_FIRST_NUMBERS]);
    float w = 0;
    for (int i = 0; i < f->limit_count; i++)
        w = fmaxf(w, matrix_number_width(v, f->limits[i], px));
    return (struct matrix_cells){(int)ceilf(w + (float)px * 0.7f), (int)ceilf((float)px * 1.6f),
                                 px};
}

/* The limits of colour scales of all tensors shown: each is looked through once a frame. */
static void find_limits(const struct view *v, struct matrix_frame *f, const int *tensors, int n)
{
    f->limit_count = 0;
    for (int i = 0; i < n; i++)
        f->limited[f->limit_count++] = tensors[i];
    for (int i = 0; f->has_product && i < f->product.count; i++)
        f->limited[f->limit_count++] = f->product.strips[i].tensor;
    for (int i = 0; i < f->limit_count; i++)
        f->limits[i] = layout_limit(v->snap, f->limited[i]);
}

static struct matrix_measures measure(const struct view *v, const struct matrix_frame *f, int step,
                                      float height)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 17);
    struct matrix_measures z = {.cells = cells_at(v, f, step)};
    struct matrix_map map = matrix_map_of(&v->snap->program->tensors[f->tensor].shape, -1, 1);
    struct matrix_pane p = matrix_blank_pane(v, f, f->tensor, &map, z.cells);
    z.caption = (float)ui_text_px(ui, 20) * 1.7f;
    z.apart = fmaxf(4, ui_px(ui, 10));
    z.head = (float)px * 1.3f + z.apart / 2;
    z.row_head = matrix_row_label_width(v, &p) + ui_px(ui, 12);
    z.gap = ui_px(ui, 26);
    z.thick_w = fmaxf((float)z.cells.w, ui_px(ui, 20));
    z.thick_h = fmaxf((float)z.cells.h, ui_px(ui, 20));
    z.sign = (float)ui_text_px(ui, 24) * 1.3f;
    for (int i = 0; f->has_product && i < f->product.count; i++) {
        const struct matrix_strip *s = &f->product.strips[i];
        float name = font_width(ui->fonts, FONT_MONO_BOLD, px, s->name) + ui_px(ui, 12);
        bool lies = s->side == SIDE_TOP || s->side == SIDE_BOTTOM;
        float sign = s->sign ? (float)px * 1.3f : 0;
        if (lies)
            z.row_head = fmaxf(z.row_head, name + sign);
        else
            z.thick_w = fmaxf(z.thick_w, name);
    }
    for (int i = 0; f->has_product && i < f->product.count; i++) {
        enum matrix_side side = f->product.strips[i].side;
        z.left += side == SIDE_LEFT ? z.thick_w + z.apart : 0;
        z.top += side == SIDE_TOP ? z.thick_h + z.apart : 0;
        z.right += side == SIDE_RIGHT ? z.thick_w + z.sign : 0;
        z.bottom += side == SIDE_BOTTOM ? z.thick_h + z.apart : 0;
    }
    if (f->has_product && f->product.note[0])
        z.bottom += (float)px * 1.6f;
    /* In little height the cells go before what stands around them. */
    float rows = z.top + z.bottom + 3 * (float)z.cells.h;
    if (height < z.caption + z.head + rows)
        z.caption = 0;
    if (height < z.head + rows)
        z.head = 0;
    return z;
}

static int slice_shown(const struct matrix_state *m, const struct snapshot *s, int tensor)
{
    const struct shape *shape = &s->program->tensors[tensor].shape;
    if (!m->one_slice || matrix_slices(shape) < 2)
        return -1;
    return cell_is(s->selected) ? matrix_slice_of(shape, matrix_counterpart(s, tensor).index) : 0;
}

/* Cells without numbers need not be square in a plain table: they grow into the room there is. */
static void stretch(const struct view *v, struct matrix_arrangement *a)
{
    float most = ui_px(v->ui, 24);
    if (a->cells.px || a->map.blocks > 1 || a->map.channels > 1)
        return;
    int w = (int)fminf(most, a->view_w / (float)a->map.cols);
    int h = (int)fminf(most, a->view_h / (float)a->map.rows);
    a->cells.w = w > a->cells.w ? w : a->cells.w;
    a->cells.h = h > a->cells.h ? h : a->cells.h;
}

static struct matrix_arrangement arrange(const struct view *v, const struct matrix_state *m,
                                         const struct matrix_measures *z, int n, int across,
                                         struct rect r)
{
    const struct matrix_frame *f = m->frame;
    struct matrix_arrangement a = {
        .across = across, .down = (n + across - 1) / across, .cells = z->cells};
    float slot_w = (r.w - z->left - z->right - z->gap * (float)(across - 1)) / (float)across;
    float around = z->top + z->bottom, once = across == 1 ? around : 0;
    float slot_h = (r.h - once - z->gap * 0.5f * (float)(a.down - 1)) / (float)a.down;
    a.view_w = fmaxf(1, floorf(slot_w - z->row_head));
    a.view_h = fmaxf(1, floorf(slot_h - z->caption - z->head - (around - once)));
    const struct shape *shape = &v->snap->program->tensors[f->tensor].shape;
    int slice = slice_shown(m, v->snap, f->tensor);
    a.map = matrix_map_of(shape, slice, 1);
    struct matrix_pane p = matrix_blank_pane(v, f, f->tensor, &a.map, z->cells);
    int fit = (int)((a.view_w + (float)p.gap) / (float)(a.map.cols * p.cell_w + p.gap));
    a.map = matrix_map_of(shape, slice, fit);
    stretch(v, &a);
    p = matrix_blank_pane(v, f, f->tensor, &a.map, a.cells);
    a.content_w = matrix_pane_width(&p);
    a.content_h = matrix_pane_height(&p);
    a.shown = fminf(1, a.view_w / a.content_w) * fminf(1, a.view_h / a.content_h);
    return a;
}

static struct matrix_arrangement best_arrangement(const struct view *v,
                                                  const struct matrix_state *m,
                                                  const struct matrix_measures *z, int n,
                                                  struct rect r)
{
    struct matrix_arrangement best = arrange(v, m, z, n, n, r);
    for (int across = n - 1; across >= 1; across--) {
        struct matrix_arrangement a = arrange(v, m, z, n, across, r);
        if (a.shown > best.shown * 1.02f)
            best = a;
    }
    return best;
}

static bool fits(const struct matrix_arrangement *a)
{
    return a->content_w <= a->view_w && a->content_h <= a->view_h;
}

/* The step asked for, or the largest at which everything is in sight (of those with numbers: else
 * the first that reads well from afar). */
static int choose_step(const struct view *v, const struct matrix_state *m, int n, struct rect r)
{
    if (m->size >= 0)
        return m->size < MATRIX_STEPS ? m->size : MATRIX_STEPS - 1;
    int least = m->size == MATRIX_WHOLE ? 0 : MATRIX_FIRST_NUMBERS;
    for (int step = MATRIX_STEPS - 1; step >= least; step--) {
        struct matrix_measures z = measure(v, m->frame, step, r.h);
        struct matrix_arrangement a = best_arrangement(v, m, &z, n, r);
        if (fits(&a))
            return step;
    }
    return m->size == MATRIX_WHOLE ? 0 : MATRIX_FIRST_LARGE;
}

static float clamped(float x, float most)
{
    return fmaxf(0, fminf(x, most));
}

/* How far to scroll so that low to high comes into sight: no more than to a cell from the edge
 * when it is near, to the middle when it is far. */
static float into_sight(float low, float high, float begin, float length)
{
    float cell = high - low, margin = length > 4 * cell ? cell : 0;
    float before = begin - low, after = high - begin - length;
    if (before <= 0 && after <= 0)
        return 0;
    if (before > 3 * cell || after > 3 * cell)
        return (low + high) / 2 - begin - length / 2;
    return before > 0 ? -before - margin : after + margin;
}

/* Scrolls so that the selected cell is in sight, once for each selection. */
static bool follow(const struct view *v, struct matrix_state *m)
{
    const struct matrix_frame *f = m->frame;
    struct cell sel = v->snap->selected;
    float x = m->scroll_x, y = m->scroll_y;
    if (cell_equal(sel, m->followed))
        return false;
    m->followed = sel;
    for (int i = 0; cell_is(sel) && i < f->pane_count; i++) {
        const struct matrix_pane *p = &f->panes[i];
        struct rect r;
        if (p->tensor != sel.tensor || !matrix_pane_rect(p, sel.index, &r))
            continue;
        bool panel = i < f->panel_count;
        if (panel || p->map.kind == MATRIX_ROW)
            m->scroll_x += into_sight(r.x, r.x + r.w, p->view.x, p->view.w);
        if (panel || p->map.kind == MATRIX_COLUMN)
            m->scroll_y += into_sight(r.y - (float)p->title, r.y + r.h, p->view.y, p->view.h);
        break;
    }
    m->scroll_x = clamped(m->scroll_x, f->most_x);
    m->scroll_y = clamped(m->scroll_y, f->most_y);
    return x != m->scroll_x || y != m->scroll_y;
}

/* Where the same cells lie anew, the selected one is brought into sight again. */
static void note_change(struct matrix_state *m, const struct matrix_arrangement *a, int n)
{
    struct matrix_frame *f = m->frame;
    float view_w = fminf(a->content_w, a->view_w), view_h = fminf(a->content_h, a->view_h);
    if (f->content_w != a->content_w || f->content_h != a->content_h || f->view_w != view_w ||
        f->view_h != view_h || f->panel_count != n)
        m->followed = CELL_NONE;
    f->content_w = a->content_w;
    f->content_h = a->content_h;
    f->view_w = view_w;
    f->view_h = view_h;
}

void matrix_layout(const struct view *v, struct matrix_state *m, const int *tensors, int n,
                   struct rect r)
{
    struct matrix_frame *f = m->frame;
    f->table = r;
    find_limits(v, f, tensors, n);
    f->step = choose_step(v, m, n, r);
    struct matrix_measures z = measure(v, f, f->step, r.h);
    struct matrix_arrangement a = best_arrangement(v, m, &z, n, r);
    note_change(m, &a, n);
    f->most_x = fmaxf(0, ceilf(a.content_w - a.view_w));
    f->most_y = fmaxf(0, ceilf(a.content_h - a.view_h));
    m->scroll_x = clamped(m->scroll_x, f->most_x);
    m->scroll_y = clamped(m->scroll_y, f->most_y);
    matrix_place_panels(v, m, tensors, n, &z, &a, r);
    if (follow(v, m))
        matrix_place_panels(v, m, tensors, n, &z, &a, r);
}
