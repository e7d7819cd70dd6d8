#include "glassnet/view/layer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "glassnet/view/action.h"
#include "layer_picture.h"
#include "layer_subject.h"
#include "network_focus.h"

enum { HEADER = 56 };

/* How a kind of layer is drawn; kinds without a picture show their terms. */
struct picture {
    void (*draw)(struct stage *s, struct rect r);
    const char *words;
};

static const struct picture pictures[LAYER_KINDS] = {
    [LAYER_INPUT] = {NULL, N_("input")},
    [LAYER_DENSE] = {layer_dense_draw, N_("dense")},
    [LAYER_CONV2D] = {layer_conv_draw, N_("convolution")},
    [LAYER_MAXPOOL] = {layer_pool_draw, N_("max pooling")},
    [LAYER_AVGPOOL] = {layer_pool_draw, N_("average pooling")},
    [LAYER_GLOBALAVGPOOL] = {layer_pool_draw, N_("global average pooling")},
    [LAYER_FLATTEN] = {layer_flatten_draw, N_("flatten")},
    [LAYER_ACTIVATION] = {NULL, N_("activation")},
    [LAYER_DROPOUT] = {layer_dropout_draw, N_("dropout")},
    [LAYER_BATCHNORM] = {layer_norm_draw, N_("batch normalisation")},
    [LAYER_ADD] = {layer_join_draw, N_("sum of layers")},
    [LAYER_CONCATENATE] = {layer_join_draw, N_("layers side by side")},
};

void layer_init(struct layer_state *s)
{
    memset(s, 0, sizeof *s);
    s->scene = mem_zalloc(1, sizeof *s->scene);
    s->shown = s->chosen = CELL_NONE;
    s->place = SIZE_MAX; /* none yet: the middle */
    s->slide_since = s->changed = -10;
}

void layer_deinit(struct layer_state *s)
{
    if (s->scene)
        scene_deinit(s->scene);
    free(s->scene);
    free(s->hits);
    formula_deinit(&s->formula);
    memset(s, 0, sizeof *s);
}

void layer_turn_channel(struct layer_state *s, int by)
{
    s->channel += by;
}

void layer_split(const struct stage *s, struct rect r, float height, struct rect *above,
                 struct rect *below)
{
    height = fminf(height * s->unit, r.h / 2);
    *above = r;
    *below = (struct rect){r.x, r.y + r.h, r.w, 0};
    if (r.h - height < 170 * s->unit)
        return;
    *below = rect_cut_bottom(above, height);
    rect_cut_bottom(above, 14 * s->unit);
}

void layer_terms_draw(struct stage *s, struct rect r)
{
    struct rect above, below;
    layer_split(s, r, s->f->count ? 400 : 0, &above, &below);
    struct grid g = grid_around(s, s->cell);
    stage_grid(s, above, &g, GRID_SCALE);
    stage_lines(s, rect_cut_top(&below, (float)s->px * 2), &s->cell, 1);
    stage_terms(s, below, _("its terms"));
}

static bool is_update(const struct stage *s)
{
    enum role role = s->v->snap->program->tensors[s->cell.tensor].role;
    return role != ROLE_VALUE && role != ROLE_GRAD;
}

static void draw_picture(struct stage *s, struct rect r)
{
    void (*draw)(struct stage *, struct rect) = NULL;
    if (!s->l)
        draw = layer_loss_draw;
    else if (s->part == PART_OPERATION)
        draw = pictures[s->l->kind].draw;
    else
        draw = s->l->activation == ACT_SOFTMAX ? layer_softmax_draw : layer_activation_draw;
    if (!draw || is_update(s))
        draw = layer_terms_draw;
    draw(s, r);
}

/* "conv1 · convolution · 8 kernels of 5 × 5, stride 2, padded" */
static void describe(const struct stage *s, char *out, size_t size)
{
    const struct layer *l = s->l;
    out[0] = 0;
    if (!l)
        return;
    bool window = l->kind == LAYER_MAXPOOL || l->kind == LAYER_AVGPOOL;
    if (l->kind == LAYER_CONV2D)
        snprintf(out, size,
                 translate_count("%d kernel of %d × %d", "%d kernels of %d × %d", l->units),
                 l->units, l->kernel_h, l->kernel_w);
    else if (window)
        snprintf(out, size, _("windows of %d × %d"), l->kernel_h, l->kernel_w);
    else if (l->kind == LAYER_DENSE)
        snprintf(out, size, translate_count("%d unit", "%d units", l->units), l->units);
    else
        shape_text(&l->out, " × ", out, size);
    if (!window && l->kind != LAYER_CONV2D)
        return;
    char what[96], stride[32];
    snprintf(what, sizeof what, "%s", out);
    if (l->stride == l->stride_w)
        snprintf(stride, sizeof stride, "%d", l->stride);
    else
        snprintf(stride, sizeof stride, "%d × %d", l->stride, l->stride_w);
    snprintf(out, size, l->same ? _("%s, stride %s, padded") : _("%s, stride %s"), what, stride);
}

static bool small_button(const struct stage *s, struct rect r, const char *id, const char *label,
                         bool enabled, const char *what, const char *line)
{
    char tip[128];
    struct rect b = rect_centre(r, r.w, fminf(r.h, 40 * s->unit));
    const char *key = action_key(line);
    bool hit = ui_button(s->v->ui, id, b, label, enabled ? BUTTON_NORMAL : BUTTON_DISABLED);
    snprintf(tip, sizeof tip, "%s%s%s%s", what, key ? " ( " : "", key ? key : "", key ? " )" : "");
    ui_tooltip(s->v->ui, b, tip);
    return hit && enabled;
}

static void draw_parts(struct stage *s, struct rect *r)
{
    struct ui *ui = s->v->ui;
    if (!subject_has_parts(s->v->snap, s->layer))
        return;
    const char *labels[2] = {pictures[s->l->kind].words, activation_name(s->l->activation)};
    float w = ui_segments_width(ui, labels, 2);
    if (w > r->w * 0.5f)
        return;
    struct rect at = rect_cut_right(r, w);
    int hit =
        ui_segments(ui, "layer.part", rect_centre(at, w, 40 * s->unit), labels, 2, (int)s->part, 0);
    rect_cut_right(r, 16 * s->unit);
    if (hit < 0 || hit == (int)s->part)
        return;
    s->state->part = (enum layer_part)hit;
    view_select(s->v, subject_of_layer(s->v->snap, s->state, s->layer, (enum layer_part)hit));
}

/* The layer's name between two buttons that go to the one before and the next. */
static void draw_header(struct stage *s, struct rect r)
{
    const struct theme *t = s->v->ui->theme;
    char name[160], words[160];
    int px = ui_text_px(s->v->ui, 24);
    draw_tag(s->v->ui->draw, "layer header");
    struct cell before = layer_neighbour(s->v->snap, s->state, -1);
    struct cell after = layer_neighbour(s->v->snap, s->state, 1);
    if (small_button(s, rect_cut_left(&r, 40 * s->unit), "layer.previous", "‹", cell_is(before),
                     _("The layer before"), "app layer previous"))
        intents_add(s->v->out, "app layer previous");
    rect_cut_left(&r, 6 * s->unit);
    if (small_button(s, rect_cut_left(&r, 40 * s->unit), "layer.next", "›", cell_is(after),
                     _("The next layer"), "app layer next"))
        intents_add(s->v->out, "app layer next");
    rect_cut_left(&r, 18 * s->unit);
    draw_parts(s, &r);
    snprintf(name, sizeof name, "%s", s->l ? s->l->name : _("loss"));
    float w = font_width(s->v->ui->fonts, FONT_SANS_BOLD, px, name) + 2;
    draw_text_in(s->v->ui->draw, FONT_SANS_BOLD, px, rect_cut_left(&r, fminf(w, r.w)),
                 ALIGN_LEFT | TEXT_MAY_CUT, t->ink, name);
    rect_cut_left(&r, 14 * s->unit);
    const char *kind =
        s->l ? translate(pictures[s->l->kind].words) : loss_name(s->v->snap->net->loss);
    char detail[120];
    describe(s, detail, sizeof detail);
    snprintf(words, sizeof words, "%s%s%s", kind, detail[0] ? " · " : "", detail);
    if (!stage_text(s, r, FONT_SANS, s->px, ALIGN_LEFT, t->muted, words))
        stage_text(s, r, FONT_SANS, s->px, ALIGN_LEFT, t->muted, kind);
    draw_tag(s->v->ui->draw, NULL);
}

/* The line below the picture: what it says, and which of several maps it shows. */
static void draw_foot(struct stage *s, struct rect r)
{
    const struct theme *t = s->v->ui->theme;
    if (s->turns > 1 && r.h > 0) {
        char text[96];
        snprintf(text, sizeof text, _("%s %d of 0 … %d"), s->turn, s->state->channel, s->turns - 1);
        float w = font_width(s->v->ui->fonts, FONT_SANS, s->small, text) + 4, side = 36 * s->unit;
        if (w + 2 * side + 16 * s->unit < r.w) {
            if (small_button(s, rect_cut_right(&r, side), "layer.channel.next", "›", true,
                             _("The next one"), "app layer turn next"))
                intents_add(s->v->out, "app layer turn next");
            rect_cut_right(&r, 4 * s->unit);
            if (small_button(s, rect_cut_right(&r, side), "layer.channel.previous", "‹", true,
                             _("The one before"), "app layer turn previous"))
                intents_add(s->v->out, "app layer turn previous");
            rect_cut_right(&r, 10 * s->unit);
            stage_text(s, rect_cut_right(&r, w), FONT_SANS, s->small, ALIGN_RIGHT, t->ink, text);
            rect_cut_right(&r, 18 * s->unit);
        }
    }
    stage_text(s, r, FONT_SANS, s->small, ALIGN_LEFT, t->muted, s->about);
}

static struct stage open_stage(const struct view *v, struct layer_state *state)
{
    struct subject subject = subject_find(v->snap, state);
    struct stage s = {.v = v, .state = state, .scene = state->scene, .layer = subject.layer};
    s.l = subject.layer < v->snap->net->layer_count ? &v->snap->net->layers[subject.layer] : NULL;
    s.part = subject.part;
    s.cell = subject.cell;
    s.px = ui_text_px(v->ui, 19);
    s.small = ui_text_px(v->ui, 17);
    s.unit = ui_px(v->ui, 1);
    if (!cell_is(s.cell))
        return s;
    formula_of(v->snap->trace, s.cell, &state->formula);
    s.f = &state->formula;
    s.terms = stage_revealed(v, s.cell, s.f->count);
    s.done = view_is_done(v, s.cell);
    s.gradient = view_is_gradient(v->snap, s.cell.tensor);
    return s;
}

/* Yellow: the cell of the picture and the terms it has so far, as in the network view. */
static void draw_focus(const struct stage *s, struct rect r)
{
    struct snapshot about = *s->v->snap;
    struct view v = *s->v;
    about.selected = s->cell;
    about.formula = s->f;
    about.formula_terms = s->terms > 0 ? s->terms : s->f->count;
    v.snap = &about;
    network_focus_draw(&v, s->scene, r);
    struct rect at; /* a weight is selected, and the picture is about an output it serves */
    struct cell sel = s->v->snap->selected;
    if (cell_is(sel) && !cell_equal(sel, s->cell) && layer_cell_rect(s->state, sel, &at))
        stage_frame(s, at);
}

static struct cell hit_at(const struct layer_state *s, float x, float y)
{
    for (int i = s->hit_count - 1; i >= 0; i--)
        if (rect_contains(s->hits[i].rect, x, y))
            return s->hits[i].cell;
    return scene_hit(s->scene, x, y, 6);
}

static void hover(const struct stage *s, struct rect r)
{
    const struct view *v = s->v;
    struct cell c = hit_at(s->state, v->ui->in->mouse_x, v->ui->in->mouse_y);
    if (!cell_is(c) || !ui_hovers(v->ui, r))
        return;
    char name[160], number[48], text[240];
    snprintf(number, sizeof number, "%s", _("not computed yet"));
    cell_title(v->snap->program, c, name, sizeof name);
    if (view_is_hidden(v, c))
        snprintf(number, sizeof number, "?");
    else if (view_is_done(v, c))
        view_number(v->snap, (double)cell_value(v->snap->trace, c), number, sizeof number);
    snprintf(text, sizeof text, "%s = %s", name, number);
    ui_tooltip(v->ui, (struct rect){v->ui->in->mouse_x, v->ui->in->mouse_y, 16, 20}, text);
}

void layer_draw(const struct view *v, struct layer_state *state, struct rect r)
{
    scene_begin(state->scene, v->snap);
    state->hit_count = 0;
    if (!view_has_pass(v->snap))
        return;
    struct stage s = open_stage(v, state);
    unsigned answer = ui_area(v->ui, "layer", r, _("layer"), false);
    struct rect in = rect_inset_xy(r, 20 * s.unit, 6 * s.unit);
    if (in.h > 90 * s.unit)
        draw_header(&s, rect_cut_top(&in, HEADER * s.unit));
    if (!s.f)
        return;
    struct rect foot = {in.x, in.y + in.h, in.w, 0};
    if (in.h > 200 * s.unit)
        foot = rect_cut_bottom(&in, 44 * s.unit);
    draw_clip_push(v->ui->draw, r);
    draw_tag(v->ui->draw, "layer");
    draw_picture(&s, in);
    draw_foot(&s, foot);
    draw_focus(&s, r);
    draw_tag(v->ui->draw, NULL);
    draw_clip_pop(v->ui->draw);
    if (!cell_equal(state->shown, s.cell))
        state->changed = v->ui->time;
    state->shown = s.cell;
    state->shown_terms = s.terms;
    state->chosen = v->snap->selected;
    if (answer & AREA_CLICKED)
        view_select(v, hit_at(state, v->ui->in->mouse_x, v->ui->in->mouse_y));
    hover(&s, r);
}

bool layer_cell_rect(const struct layer_state *s, struct cell c, struct rect *out)
{
    float best = 0;
    int row, col;
    for (int i = 0; i < s->scene->plate_count; i++) {
        const struct plate *p = &s->scene->plates[i];
        if (p->tensor != c.tensor || !plate_find(p, c.index, &row, &col))
            continue;
        struct rect r = plate_rect(p, row, col);
        if (r.w * r.h > best)
            *out = r;
        best = fmaxf(best, r.w * r.h);
    }
    return best > 0;
}

bool layer_plate(const struct layer_state *s, int i, struct rect *rect, int *rows, int *cols)
{
    if (!s->scene || i < 0 || i >= s->scene->plate_count)
        return false;
    const struct plate *p = &s->scene->plates[i];
    *rect = p->rect;
    *rows = p->rows;
    *cols = p->cols;
    return true;
}

struct cell layer_plate_cell(const struct layer_state *s, int i, int row, int col)
{
    return plate_cell(s->scene, &s->scene->plates[i], row, col);
}
