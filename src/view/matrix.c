#include "glassnet/view/matrix.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "matrix_frame.h"
#include "network_focus.h"
#include "network_layout.h"
#include "plate_draw.h"

void matrix_init(struct matrix_state *m)
{
    *m = (struct matrix_state){.size = MATRIX_NUMBERS,
                               .roles = 1u << ROLE_VALUE,
                               .histogram = true,
                               .followed = CELL_NONE};
    m->frame = mem_zalloc(1, sizeof *m->frame);
    m->frame->counted = CELL_NONE;
}

void matrix_deinit(struct matrix_state *m)
{
    if (m->frame)
        scene_deinit(&m->frame->scene);
    free(m->frame);
    m->frame = NULL;
}

void matrix_fit(struct matrix_state *m)
{
    m->size = MATRIX_WHOLE;
    m->scroll_x = m->scroll_y = 0;
}

void matrix_turn_size(struct matrix_state *m)
{
    m->size = m->size == MATRIX_WHOLE ? MATRIX_NUMBERS : MATRIX_WHOLE;
    m->followed = CELL_NONE;
}

bool matrix_is_zoomed(const struct matrix_state *m)
{
    return m->size >= 0;
}

void matrix_zoom(struct matrix_state *m, int steps)
{
    int step = m->frame->step + steps;
    m->size = step < 0 ? 0 : step >= MATRIX_STEPS ? MATRIX_STEPS - 1 : step;
    m->followed = CELL_NONE; /* keeps the selected cell in sight */
}

int matrix_tensor(const struct snapshot *s)
{
    if (cell_is(s->selected))
        return s->selected.tensor;
    return s->cursor.cell > 0 ? steps_cell(s->steps, s->cursor.cell - 1).tensor : s->program->input;
}

struct cell matrix_counterpart(const struct snapshot *s, int tensor)
{
    const struct tensor *t = &s->program->tensors[tensor];
    struct cell c = {tensor, t->batched ? s->view_sample : 0, 0};
    if (cell_is(s->selected) && s->program->tensors[s->selected.tensor].count == t->count)
        c.index = s->selected.index;
    return c;
}

/* The tensors of panels: those of the same cells as the middle one in the roles asked for. */
static int find_panels(const struct view *v, const struct matrix_state *m, int *tensors)
{
    const struct program *p = v->snap->program;
    const struct tensor *middle = &p->tensors[m->frame->tensor];
    int n = 0;
    for (int role = 0; role < ROLES; role++)
        for (int t = 0; t < p->tensor_count && n < PANELS_MOST; t++) {
            bool wanted = t == m->frame->tensor || m->roles & 1u << role;
            if (wanted && (int)p->tensors[t].role == role && p->tensors[t].count == middle->count &&
                strcmp(p->tensors[t].base, middle->base) == 0)
                tensors[n++] = t;
        }
    return n;
}

/* Title, shape and scale; in little room the shape goes first, then the title is cut. */
static void draw_caption(const struct view *v, const struct matrix_frame *f,
                         const struct matrix_panel *panel)
{
    struct ui *ui = v->ui;
    const struct matrix_pane *p = &f->panes[panel->pane];
    bool gradient = view_is_gradient(v->snap, p->tensor);
    struct rect r = panel->caption;
    char title[224], shape[64];
    int px = ui_text_px(ui, 20), small = ui_text_px(ui, 17);
    layout_tensor_title(v->snap, p->tensor, title, sizeof title);
    if (f->has_product && p->tensor == f->tensor)
        snprintf(title, sizeof title, "%s", f->product.equation);
    struct rect scale = rect_cut_right(&r, fminf(ui_px(ui, 170), r.w * 0.45f));
    rect_cut_right(&r, ui_px(ui, 12));
    legend_draw(v, &(struct legend){rect_inset_xy(scale, 0, scale.h * 0.2f), p->limit, gradient},
                small);
    float w = fminf(font_width(ui->fonts, FONT_SANS_BOLD, px, title) + 2, r.w);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, rect_cut_left(&r, w), ALIGN_LEFT | TEXT_MAY_CUT,
                 gradient ? ui->theme->text_grad_pos : ui->theme->ink, title);
    rect_cut_left(&r, ui_px(ui, 16));
    shape_text(&v->snap->program->tensors[p->tensor].shape, " × ", shape, sizeof shape);
    if (font_width(ui->fonts, FONT_SANS, small, shape) < r.w)
        draw_text_in(ui->draw, FONT_SANS, small, r, ALIGN_LEFT, ui->theme->muted, shape);
}

static void draw_notes(const struct view *v, const struct matrix_frame *f)
{
    static const enum font_face faces[] = {
        [NOTE_NAME] = FONT_MONO_BOLD, [NOTE_SIGN] = FONT_SANS_BOLD, [NOTE_WORDS] = FONT_SANS};
    const struct theme *t = v->ui->theme;
    for (int i = 0; i < f->note_count; i++) {
        const struct matrix_note *n = &f->notes[i];
        struct colour c = n->gradient             ? t->text_grad_pos
                          : n->kind == NOTE_WORDS ? t->muted
                                                  : t->ink;
        if (n->rect.h > 0)
            draw_text_in(v->ui->draw, faces[n->kind],
                         ui_text_px(v->ui, n->kind == NOTE_SIGN ? 24 : 17), n->rect,
                         n->align | TEXT_MAY_CUT, c, n->text);
    }
}

/* Is it the same cell in another panel: of the same parameter or layer in another role? */
static bool is_twin(const struct snapshot *s, const struct matrix_pane *p)
{
    const struct tensor *sel = &s->program->tensors[s->selected.tensor];
    return p->tensor != s->selected.tensor && sel->count == p->map.count &&
           strcmp(sel->base, s->program->tensors[p->tensor].base) == 0;
}

/* All but the selected cell and its terms goes dark; what of them is in sight stays. */
static void draw_dim(const struct view *v, struct matrix_frame *f)
{
    enum { PLACES_MOST = 128 };
    struct rect lit[PLACES_MOST];
    struct regions found;
    int n = 0;
    for (int i = 0; v->spotlight && i < f->pane_count; i++) {
        scene_begin(&f->scene, v->snap);
        matrix_pane_plates(&f->panes[i], &f->scene);
        network_focus_find(v, &f->scene, &found);
        for (int k = 0; k < found.count && n < PLACES_MOST; k++)
            lit[n++] = rect_intersect(found.list[k].rect, f->panes[i].view);
    }
    view_dim(v, f->table, lit, n);
}

/* Yellow frames: the selected cell, what it was computed from, and the same cell of the panels
 * beside it. */
static void draw_focus(const struct view *v, struct matrix_frame *f)
{
    struct view lit = *v;
    lit.spotlight = false;
    draw_dim(v, f);
    for (int i = 0; i < f->pane_count; i++) {
        const struct matrix_pane *p = &f->panes[i];
        scene_begin(&f->scene, v->snap);
        matrix_pane_plates(p, &f->scene);
        float wide = fmaxf(2, ui_px(v->ui, 5)) + 1;
        draw_clip_push(v->ui->draw, rect_inset(p->view, -wide));
        network_focus_draw(&lit, &f->scene, p->view);
        struct rect r;
        if (cell_is(v->snap->selected) && i < f->panel_count && is_twin(v->snap, p) &&
            matrix_pane_rect(p, v->snap->selected.index, &r) && rect_overlaps(r, p->view))
            network_focus_frame(v, r, true);
        draw_clip_pop(v->ui->draw);
    }
}

static void hover(const struct view *v, const struct matrix_frame *f, struct rect r)
{
    const struct ui_input *in = v->ui->in;
    size_t index;
    const struct matrix_pane *p = matrix_pane_at(f, in->mouse_x, in->mouse_y, &index);
    if (!p || !ui_hovers(v->ui, r) || !p->print.px)
        return;
    struct cell c = matrix_pane_cell(v->snap, p, index);
    char name[160], number[48], text[240];
    snprintf(number, sizeof number, "%s", _("not computed yet"));
    cell_title(v->snap->program, c, name, sizeof name);
    if (view_is_hidden(v, c))
        snprintf(number, sizeof number, "?");
    else if (view_is_done(v, c))
        view_number(v->snap, (double)cell_value(v->snap->trace, c), number, sizeof number);
    snprintf(text, sizeof text, "%s = %s", name, number);
    ui_tooltip(v->ui, (struct rect){in->mouse_x, in->mouse_y, 16, 20}, text);
}

static void draw_panels(const struct view *v, struct matrix_frame *f)
{
    for (int i = 0; i < f->panel_count; i++) {
        if (f->panels[i].caption.h > 0)
            draw_caption(v, f, &f->panels[i]);
        matrix_heads_draw(v, f, &f->panels[i]);
    }
    for (int i = 0; i < f->pane_count; i++)
        matrix_pane_draw(v, &f->panes[i]);
    draw_notes(v, f);
    draw_focus(v, f);
}

static void draw_table(const struct view *v, struct matrix_state *m, struct rect r)
{
    struct matrix_frame *f = m->frame;
    int tensors[PANELS_MOST];
    unsigned answer = ui_area(v->ui, "matrix.table", r, _("table"), false);
    struct matrix_anchor anchor = matrix_take_wheel(v, m, r);
    matrix_take_drag(v, m, answer);
    if (answer & AREA_DOUBLE)
        matrix_fit(m);
    f->tensor = matrix_tensor(v->snap);
    f->has_product = m->operands && matrix_product_of(v->snap, f->tensor, &f->product);
    if (f->has_product)
        f->tensor = f->product.matrix;
    int n = find_panels(v, m, tensors);
    struct rect table = r, right = rect_cut_right(&table, ui_px(v->ui, 18));
    struct rect below = rect_cut_bottom(&table, ui_px(v->ui, 18));
    matrix_layout(v, m, tensors, n, table);
    if (anchor.set) {
        matrix_hold_anchor(v, m, anchor);
        matrix_layout(v, m, tensors, n, table);
    }
    draw_clip_push(v->ui->draw, r);
    draw_panels(v, f);
    draw_clip_pop(v->ui->draw);
    right.h = below.w = 0;
    for (int i = 0; i < f->panel_count; i++) { /* beside the cells, not their heads */
        struct rect view = f->panes[f->panels[i].pane].view;
        below.w = fmaxf(below.w, view.x + view.w - below.x);
        right.h = fmaxf(right.h, view.y + view.h - right.y);
    }
    matrix_bars_draw(v, m, right, below);
    size_t index;
    const struct ui_input *in = v->ui->in;
    const struct matrix_pane *p = matrix_pane_at(f, in->mouse_x, in->mouse_y, &index);
    if ((answer & AREA_CLICKED) && !m->dragging && p)
        view_select(v, matrix_pane_cell(v->snap, p, index));
    hover(v, f, r);
}

void matrix_draw(const struct view *v, struct matrix_state *m, struct rect r)
{
    struct ui *ui = v->ui;
    if (!view_has_pass(v->snap))
        return;
    draw_tag(ui->draw, "matrix");
    struct rect canvas = r;
    r = matrix_tools_draw(v, m, r);
    struct rect list = r.h > ui_px(ui, 300) ? r : canvas;
    r = rect_inset_xy(r, ui_px(ui, 18), fminf(ui_px(ui, 8), r.h * 0.03f));
    float side = ui_px(ui, 290);
    struct rect beside = {0};
    if (m->histogram && r.w - side > ui_px(ui, 520) && r.h > ui_px(ui, 260))
        beside = rect_cut_right(&r, side);
    draw_table(v, m, r);
    if (beside.w > 0)
        matrix_histogram_draw(v, m, rect_inset_xy(beside, ui_px(ui, 14), 0));
    matrix_lens_draw(v, m->frame, canvas);
    if (m->picking)
        matrix_picker_draw(v, m, list);
    draw_tag(ui->draw, NULL);
}

bool matrix_cell_rect(const struct matrix_state *m, struct cell c, struct rect *out)
{
    const struct matrix_frame *f = m->frame;
    for (int i = 0; i < f->pane_count; i++) {
        const struct matrix_pane *p = &f->panes[i];
        if (p->tensor == c.tensor && matrix_pane_rect(p, c.index, out)) {
            struct rect seen = rect_intersect(*out, p->view);
            if (!rect_is_empty(seen)) {
                *out = seen;
                return true;
            }
        }
    }
    return false;
}

int matrix_number_px(const struct matrix_state *m)
{
    return m->frame->pane_count > 0 ? m->frame->panes[0].print.px : 0;
}
