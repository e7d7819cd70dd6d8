/* The list of all tensors of the pass, by layer: typed words find one, arrows and Enter or a click
 * choose it. What is chosen is a cell, by the command `select`. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chooser.h"
#include "glassnet/base/translate.h"
#include "matrix_frame.h"
#include "network_layout.h"

/* A row of the list: a tensor, or (tensor -1) the layer's name above its tensors. */
struct row {
    int tensor, layer;
};

enum { ROWS_MOST = 1024 };

struct list {
    int count, tensors;
    struct row rows[ROWS_MOST];
};

static const char *kind(const struct snapshot *s, int tensor)
{
    const struct program *p = s->program;
    const struct tensor *t = &p->tensors[tensor];
    switch (t->role) {
    case ROLE_VALUE:
        break;
    case ROLE_GRAD:
        return N_("gradient");
    case ROLE_USED:
        return N_("gradient the optimiser uses");
    case ROLE_M:
    case ROLE_V:
    case ROLE_U:
        return N_("moment before the step");
    case ROLE_NEW:
        return N_("new value");
    case ROLE_NEW_M:
    case ROLE_NEW_V:
    case ROLE_NEW_U:
        return N_("new moment");
    default:
        return N_("inner step of the update");
    }
    if (t->is_param)
        return N_("parameter");
    if (t->layer >= 0 && p->layer_out[t->layer] == tensor)
        return tensor == p->input ? N_("input") : N_("output");
    if (t->layer >= 0 && p->layer_z[t->layer] == tensor)
        return N_("before the activation");
    return N_("inner step");
}

/* The order within a layer: outputs, z, parameters, gradients, moments, new values, inner steps. */
static int rank(const struct snapshot *s, int tensor)
{
    static const char *const order[] = {"input",
                                        "output",
                                        "before the activation",
                                        "parameter",
                                        "gradient",
                                        "gradient the optimiser uses",
                                        "moment before the step",
                                        "new moment",
                                        "new value",
                                        "inner step",
                                        "inner step of the update"};
    enum { KINDS = sizeof order / sizeof *order };
    const char *word = kind(s, tensor);
    for (int k = 0; k < KINDS; k++)
        if (strcmp(order[k], word) == 0)
            return k;
    return KINDS;
}

static bool is_wanted(const struct snapshot *s, int tensor, const char *filter)
{
    char title[96], text[240];
    layout_tensor_title(s, tensor, title, sizeof title);
    snprintf(text, sizeof text, "%s %s %s %s", title, s->program->tensors[tensor].name,
             kind(s, tensor), translate(kind(s, tensor)));
    return chooser_score(filter, text) >= 0;
}

static void add(struct list *l, int tensor, int layer)
{
    if (l->count < ROWS_MOST) {
        l->rows[l->count++] = (struct row){tensor, layer};
        l->tensors += tensor >= 0;
    }
}

static void add_layer(const struct snapshot *s, struct list *l, int layer, const char *filter)
{
    int first = l->count, most = rank(s, 0);
    const struct program *p = s->program;
    for (int t = 0; t < p->tensor_count; t++)
        most = rank(s, t) > most ? rank(s, t) : most;
    add(l, -1, layer);
    for (int k = 0; k <= most; k++)
        for (int t = 0; t < p->tensor_count; t++)
            if (p->tensors[t].layer == layer && rank(s, t) == k && is_wanted(s, t, filter))
                add(l, t, layer);
    if (l->count == first + 1)
        l->count = first; /* nothing of it is wanted */
}

static void build(const struct snapshot *s, struct list *l, const char *filter)
{
    l->count = l->tensors = 0;
    for (int layer = 0; layer < s->net->layer_count; layer++)
        add_layer(s, l, layer, filter);
    add_layer(s, l, -1, filter);
}

/* Row of the i-th tensor of the list; -1 past the last. */
static int row_of(const struct list *l, int i)
{
    for (int k = 0; k < l->count; k++)
        if (l->rows[k].tensor >= 0 && i-- == 0)
            return k;
    return -1;
}

static void choose(const struct view *v, struct matrix_state *m, int tensor)
{
    view_select(v, matrix_counterpart(v->snap, tensor));
    m->picking = false;
    ui_focus(v->ui, NULL);
}

static void take_keys(const struct view *v, struct matrix_state *m, const struct list *l)
{
    struct ui *ui = v->ui;
    int before = m->pointed;
    m->pointed += ui_key(ui, "Down");
    m->pointed -= ui_key(ui, "Up");
    m->pointed += ui_key(ui, "PageDown") ? 8 : 0;
    m->pointed -= ui_key(ui, "PageUp") ? 8 : 0;
    m->pointed = m->pointed >= l->tensors ? l->tensors - 1 : m->pointed;
    m->pointed = m->pointed < 0 ? 0 : m->pointed;
    if (m->pointed != before)
        ui->again = true;
}

static void draw_row(const struct view *v, struct matrix_state *m, const struct row *row, int i,
                     struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    const struct snapshot *s = v->snap;
    int px = ui_text_px(ui, 19), small = ui_text_px(ui, 17);
    if (row->tensor < 0) {
        const char *name =
            row->layer >= 0 ? s->net->layers[row->layer].name : _("loss, rate, clipping");
        draw_text_in(ui->draw, FONT_SANS_BOLD, px, r, ALIGN_LEFT | TEXT_MAY_CUT, t->ink, name);
        return;
    }
    char id[40], title[96], shape[48], right[128];
    snprintf(id, sizeof id, "matrix.tensor.%s", s->program->tensors[row->tensor].name);
    unsigned answer = ui_area(ui, id, r, s->program->tensors[row->tensor].name, false);
    bool pointed = i == m->pointed;
    if (pointed || answer & AREA_HOVER)
        draw_rect(ui->draw, r, pointed ? t->ink : t->hover);
    if (answer & AREA_CLICKED)
        choose(v, m, row->tensor);
    bool gradient = view_is_gradient(s, row->tensor);
    struct rect in = rect_inset_xy(r, ui_px(ui, 14), 0);
    layout_tensor_title(s, row->tensor, title, sizeof title);
    shape_text(&s->program->tensors[row->tensor].shape, " × ", shape, sizeof shape);
    float w = font_width(ui->fonts, FONT_MONO, px, title) + ui_px(ui, 14);
    draw_text_in(ui->draw, FONT_MONO, px, rect_cut_left(&in, fminf(w, in.w)),
                 ALIGN_LEFT | TEXT_MAY_CUT,
                 pointed    ? t->on_ink
                 : gradient ? t->text_grad_pos
                            : t->ink,
                 title);
    snprintf(right, sizeof right, "%s, %s", translate(kind(s, row->tensor)), shape);
    if (font_width(ui->fonts, FONT_SANS, small, right) > in.w)
        snprintf(right, sizeof right, "%s", shape);
    if (font_width(ui->fonts, FONT_SANS, small, right) <= in.w)
        draw_text_in(ui->draw, FONT_SANS, small, in, ALIGN_RIGHT, pointed ? t->on_ink : t->muted,
                     right);
}

static void draw_list_of(const struct view *v, struct matrix_state *m, const struct list *l,
                         struct rect r, bool follow)
{
    struct ui *ui = v->ui;
    float line = ui_px(ui, 36);
    int at = row_of(l, m->pointed), i = 0;
    if (follow && at >= 0) {
        float y = line * (float)at;
        m->list_scroll = fminf(m->list_scroll, y - line);
        m->list_scroll = fmaxf(m->list_scroll, y + 2 * line - r.h);
    }
    struct rect all =
        ui_scroll_begin(ui, "matrix.list", r, line * (float)l->count, &m->list_scroll);
    for (int k = 0; k < l->count; k++) {
        struct rect row = {all.x, all.y + line * (float)k, all.w, line};
        if (rect_overlaps(row, r))
            draw_row(v, m, &l->rows[k], l->rows[k].tensor >= 0 ? i : -1, row);
        i += l->rows[k].tensor >= 0;
    }
    ui_scroll_end(ui);
    if (l->count == 0)
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 19), rect_cut_top(&r, line), ALIGN_LEFT,
                     ui->theme->muted, _("No tensor is called that."));
}

/* The list opens at the selected tensor. */
static void open_at(const struct snapshot *s, struct matrix_state *m, const struct list *l)
{
    int i = 0;
    for (int k = 0; k < l->count; k++) {
        if (l->rows[k].tensor == matrix_tensor(s))
            m->pointed = i;
        i += l->rows[k].tensor >= 0;
    }
}

void matrix_pick(struct matrix_state *m)
{
    m->picking = m->asks_focus = !m->picking;
}

void matrix_picker_draw(const struct view *v, struct matrix_state *m, struct rect r)
{
    struct ui *ui = v->ui;
    struct list list;
    float pad = ui_px(ui, 14), field = ui_px(ui, 48);
    struct rect box = rect_inset(r, ui_px(ui, 10));
    box.w = fminf(box.w, ui_px(ui, 620));
    bool opens = m->asks_focus, follow = opens;
    if (opens) {
        text_edit_init(&m->edit, m->filter, sizeof m->filter);
        text_edit_set(&m->edit, "");
        ui_focus(ui, "matrix.find");
        m->asks_focus = false;
    }
    m->edit.text = m->filter;
    build(v->snap, &list, m->filter);
    if (opens)
        open_at(v->snap, m, &list);
    ui_popup_begin(ui, box);
    draw_rect(ui->draw, box, ui->theme->panel);
    draw_frame(ui->draw, box, fmaxf(2, ui_px(ui, 2)), ui->theme->ink);
    struct rect in = rect_inset(box, pad);
    int before = m->pointed;
    take_keys(v, m, &list);
    follow = follow || before != m->pointed;
    unsigned answer =
        ui_field(ui, "matrix.find", rect_cut_top(&in, field), &m->edit,
                 _("find a tensor: conv1, gradient, W"), FONT_SANS, ui_text_px(ui, 20));
    if (answer & FIELD_CHANGED) {
        build(v->snap, &list, m->filter);
        m->pointed = 0;
        follow = true;
    }
    rect_cut_top(&in, pad / 2);
    draw_list_of(v, m, &list, in, follow);
    int at = row_of(&list, m->pointed);
    bool away =
        ui->in->pressed[MOUSE_LEFT] && !rect_contains(box, ui->in->mouse_x, ui->in->mouse_y);
    if (answer & FIELD_ENTERED && at >= 0)
        choose(v, m, list.rows[at].tensor);
    else if (away ||
             (answer & FIELD_LEFT && !ui->in->down[MOUSE_LEFT] && !ui->in->released[MOUSE_LEFT]))
        m->picking = false;
    ui_popup_end(ui);
}
