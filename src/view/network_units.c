/* Columns of single units: circles with what the loss says about them, classes as bars, the
 * loss. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "network_layout.h"
#include "title.h"

/* Names of columns and classes may be of any length: their end tells inputs for words apart
 * ("colour=green", "colour=red"). */
static void unit_name(const struct layout *l, const struct column *c, int i, char *out, size_t size)
{
    enum { HEAD = 7, TAIL = 13 };
    const struct dataset *d = l->view->snap->data;
    char buffer[64];
    const struct net *net = l->view->snap->net;
    bool output = net->layer_count - 1 == c->layer;
    if (c->layer == 0 && d && d->feature_names)
        title_leave_out(d->feature_names[i], HEAD, TAIL, out, size);
    else if (output && d && d->n_classes > 0 && shape_count(&net->layers[c->layer].out) > 1)
        title_leave_out(view_class(l->view->snap, i, buffer, sizeof buffer), HEAD, TAIL, out, size);
    else
        snprintf(out, size, "[%d]", i);
}

float column_name_width(const struct layout *l, const struct column *c)
{
    float widest = 0;
    int n = (int)shape_count(&l->view->snap->net->layers[c->layer].out);
    for (int i = 0; i < n && i < UNITS_MOST; i++) {
        char text[128];
        unit_name(l, c, i, text, sizeof text);
        widest = fmaxf(widest, font_width(l->view->ui->fonts, FONT_SANS, l->small_px, text));
    }
    return fminf(widest + 2, ui_px(l->view->ui, 90));
}

/* The gradient under a circle: of the tensor the phase and selection ask for, or -1. */
static int gradient_below(const struct layout *l, int value)
{
    const struct view *v = l->view;
    const struct tensor *t = &v->snap->program->tensors[value];
    if (view_phase(v->snap) < PHASE_BACKWARD || t->grad < 0)
        return -1;
    int shown = layout_shown_tensor(v, value);
    return view_is_gradient(v->snap, shown) ? shown : t->grad;
}

/* What is free between columns i - 1 and i. */
static float free_before(const struct layout *l, int i)
{
    if (i == 0 || i == l->count || l->columns[i].row != l->columns[i - 1].row)
        return ui_px(l->view->ui, 36);
    const struct rect *r = &l->columns[i - 1].rect;
    return fmaxf(0, l->columns[i].rect.x - r->x - r->w);
}

/* What of it the names of column i may take; the rest is for the gradients of the one before. */
static float share_of_names(const struct layout *l, int i)
{
    float all = free_before(l, i);
    if (i == l->count || l->columns[i].kind != COLUMN_UNITS)
        return all / 2;
    float name = column_name_width(l, &l->columns[i]) + 2;
    return name < all ? fmaxf(name, all / 2) : all / 2;
}

/* One pitch for circle and gradient below; the name stands at the circle's upper left. */
void column_place_units(struct layout *l, struct column *c)
{
    const struct snapshot *s = l->view->snap;
    int value = c->value;
    int n = (int)s->program->tensors[value].count;
    struct rect area = column_content(l, c);
    float name_w = column_name_width(l, c);
    bool backward = view_phase(s) >= PHASE_BACKWARD && s->program->tensors[value].grad >= 0;
    float box = backward ? fmaxf(ui_px(l->view->ui, 28), (float)l->small_px * 1.45f) : 0;
    float gap = ui_px(l->view->ui, 10);
    float pitch = fminf(area.h / (float)n, ui_px(l->view->ui, 100) + box + gap);
    float size = fminf(fminf(pitch - box - gap, ui_px(l->view->ui, 84)), area.w);
    bool crowded = size < ui_px(l->view->ui, 26);
    if (crowded) { /* no room for names and gradients: circles alone */
        box = 0;
        size = fminf(pitch - 2, area.w);
    }
    int grad = crowded || c->repeats ? -1 : gradient_below(l, value);
    float limit = layout_limit(s, value), grad_limit = grad >= 0 ? layout_limit(s, grad) : 1;
    struct rect content = rect_centre(area, area.w, pitch * (float)n);
    int at = (int)(c - l->columns);
    float reach = share_of_names(l, at),
          beyond = free_before(l, at + 1) - share_of_names(l, at + 1);
    float room = c->rect.w + 2 * fminf(reach, beyond) - 4; /* for gradients */
    for (int i = 0; i < n; i++) {
        float y = content.y + pitch * (float)i, x = content.x + content.w / 2;
        struct rect ring = {x - size / 2, y, size, size};
        struct plate *p = scene_plate(l->scene, PLATE_CIRCLE, value, ring, 1, 1, (size_t)i, 1, 1);
        p->limit = limit;
        p->stands = grad >= 0 ? STANDS_FOR_VALUES : STANDS_FOR_ANY;
        char text[128], fitted[128];
        unit_name(l, c, i, text, sizeof text);
        struct rect name = {ring.x - name_w - 2, y, name_w, (float)l->small_px * 1.2f};
        if (!crowded && name.x >= c->rect.x - reach &&
            title_fit(l->view->ui->fonts, FONT_SANS, l->small_px, text, name_w, fitted,
                      sizeof fitted))
            scene_label(l->scene, name, FONT_SANS, l->small_px, ALIGN_RIGHT | TEXT_MAY_CUT,
                        LABEL_MUTED, fitted);
    }
    for (int i = 0; i < n && grad >= 0; i++) {
        float y = content.y + pitch * (float)i + size + 3, x = content.x + content.w / 2;
        float w = fminf(fmaxf(size, ui_px(l->view->ui, 92)), fmaxf(size, room));
        struct rect r = {x - w / 2, y, w, box - 4};
        struct plate *p = scene_plate(l->scene, PLATE_GRID, grad, r, 1, 1, (size_t)i, 1, 1);
        p->limit = grad_limit;
        p->stands = STANDS_FOR_GRADIENTS;
    }
    column_place_reading(l, c, content);
    layout_tensor_title(s, value, c->title, sizeof c->title);
    struct column shown = *c;
    shown.tensor = value;
    column_caption(l, &shown, content, limit, true);
}

static int score_tensor(const struct layout *l, const struct column *c)
{
    const struct snapshot *s = l->view->snap;
    const struct program *p = s->program;
    int last = s->net->layer_count - 1;
    int z = p->layer_z[last], out = p->layer_out[last];
    if (z == out)
        return layout_shown_tensor(l->view, out);
    int shown = c->tensor;
    bool gradient = view_is_gradient(s, shown);
    if (gradient && shown != p->tensors[out].grad)
        return shown;
    if (gradient && p->tensors[z].grad >= 0)
        return cell_is(s->selected) && s->selected.tensor == shown ? shown : p->tensors[z].grad;
    return z;
}

/* Of a name's line beside its cell, higher than the cell where that is low. */
static struct rect name_rect(struct rect names, int n, int i, float px)
{
    struct rect r = rect_cell(names, 1, n, 0, i);
    float more = fmaxf(0, px * 1.2f - r.h);
    return rect_inset_xy(r, 0, -more / 2);
}

/* Room for what the network reads now, at the right of the bars. */
static struct rect place_live(const struct layout *l, struct rect *rest, int n)
{
    const struct snapshot *s = l->view->snap;
    char text[48];
    if (!s->probabilities || s->output_count != n)
        return (struct rect){0};
    float w = font_width(l->view->ui->fonts, FONT_MONO_BOLD, l->small_px,
                         view_percent(s, 0.9999, 1, text, sizeof text)) +
              4;
    return w < rest->w * 0.75f ? rect_cut_right(rest, w) : (struct rect){0};
}

/* The shares of evaluation mode, there before the pass has come so far. */
static void label_live(struct layout *l, struct rect live, int n, float h)
{
    const struct snapshot *s = l->view->snap;
    bool shares = net_output(s->net)->activation == ACT_SOFTMAX,
         hidden = view_reading_is_hidden(l->view);
    if (live.w <= 0 || h < (float)l->small_px)
        return;
    for (int i = 0; i < n; i++) {
        char text[48] = "?";
        if (!hidden && shares)
            view_percent(s, (double)s->probabilities[i], 1, text, sizeof text);
        else if (!hidden)
            view_number(s, (double)s->probabilities[i], text, sizeof text);
        bool guess = i == s->guess && !hidden;
        scene_label(l->scene, rect_cell(live, 1, n, 0, i), guess ? FONT_MONO_BOLD : FONT_MONO,
                    l->small_px, ALIGN_RIGHT | TEXT_MAY_CUT, guess ? LABEL_INK : LABEL_MUTED, text);
    }
}

/* How far words may stick out to both sides of column c without reaching its neighbours. */
static float room_beside(const struct layout *l, const struct column *c)
{
    float left = c->rect.x - l->area.x, right = l->area.x + l->area.w - c->rect.x - c->rect.w;
    for (int k = 0; k < l->count; k++) {
        const struct column *o = &l->columns[k];
        if (o == c || o->row != c->row)
            continue;
        float before = c->rect.x - o->rect.x - o->rect.w, after = o->rect.x - c->rect.x - c->rect.w;
        left = before >= 0 ? fminf(left, before) : left;
        right = after >= 0 ? fminf(right, after) : right;
    }
    return fmaxf(8, fminf(left, right) - 16);
}

void column_place_reading(struct layout *l, const struct column *c, struct rect content)
{
    const struct snapshot *s = l->view->snap;
    char name[64], number[48], text[120];
    if (!column_reads(l, c))
        return;
    enum activation act = net_output(s->net)->activation;
    bool hidden = view_reading_is_hidden(l->view), one = s->output_count == 1;
    bool sure = act == ACT_SIGMOID || act == ACT_SOFTMAX; /* it says how sure it is */
    float p = one ? s->probabilities[0] : 0;
    if (hidden)
        snprintf(text, sizeof text, _("reads ?"));
    else if (s->guess >= 0 && !sure)
        snprintf(text, sizeof text, _("reads %.40s"), view_class(s, s->guess, name, sizeof name));
    else if (s->guess >= 0 && one)
        snprintf(text, sizeof text, _("reads %.40s, %s"),
                 view_class(s, s->guess, name, sizeof name),
                 view_percent(s, (double)(s->guess ? p : 1 - p), 0, number, sizeof number));
    else if (s->guess >= 0)
        snprintf(text, sizeof text, _("reads %.40s, %s"),
                 view_class(s, s->guess, name, sizeof name),
                 view_percent(s, (double)s->probabilities[s->guess], 0, number, sizeof number));
    else if (one)
        snprintf(text, sizeof text, _("reads %s"),
                 view_number(s, (double)p, number, sizeof number));
    else
        return;
    float line = (float)l->small_px * 1.4f;
    float words = font_width(l->view->ui->fonts, FONT_SANS_BOLD, l->small_px, text) + 4;
    float more = fmaxf(8, fminf(room_beside(l, c), (words - c->rect.w) / 2));
    struct rect r = {c->rect.x - more, content.y + content.h + 4 + line, c->rect.w + 2 * more,
                     line};
    scene_label(l->scene, r, FONT_SANS_BOLD, l->small_px, ALIGN_CENTRE | TEXT_MAY_CUT, LABEL_INK,
                text);
}

void column_place_output(struct layout *l, struct column *c)
{
    const struct snapshot *s = l->view->snap;
    const struct program *p = s->program;
    struct ui *ui = l->view->ui;
    int out = p->layer_out[s->net->layer_count - 1], score = score_tensor(l, c);
    int n = (int)p->tensors[out].count;
    struct rect area = column_content(l, c);
    float h = fminf(area.h / (float)n, ui_px(ui, 46));
    struct rect content = rect_centre(area, area.w, h * (float)n);
    float gap = ui_px(ui, 8), name_w = 0;
    char text[64], buffer[40];
    for (int i = 0; i < n; i++)
        name_w = fmaxf(name_w, font_width(ui->fonts, FONT_SANS, l->small_px,
                                          view_class(s, i, buffer, sizeof buffer)));
    name_w = fminf(name_w + 2, area.w * 0.35f);
    struct rect rest = content;
    struct rect names = rect_cut_left(&rest, name_w);
    rect_cut_left(&rest, gap);
    struct rect boxes = rect_cut_left(&rest, fminf(ui_px(ui, 72), rest.w * 0.4f));
    struct rect live = place_live(l, &rest, n);
    rect_cut_left(&rest, gap);
    struct plate *z = scene_plate(l->scene, PLATE_GRID, score, boxes, n, 1, 0, 1, 1);
    z->limit = layout_limit(s, score);
    float z_limit = z->limit;
    scene_plate(l->scene, PLATE_BAR, out, rest, n, 1, 0, 1, 1);
    label_live(l, live, n, h);
    int label = s->data && s->data->n_classes > 0 && s->sample >= 0 && s->sample < s->data->n
                    ? dataset_class(s->data, s->sample)
                    : -1;
    bool crowded = h < (float)l->small_px * 1.2f; /* then only the label's name and the guess' */
    for (int i = 0; i < n; i++) {
        if (crowded && i != label && (i != s->guess || (i - label < 3 && label - i < 3)))
            continue;
        snprintf(text, sizeof text, "%s", view_class(s, i, buffer, sizeof buffer));
        scene_label(l->scene, name_rect(names, n, i, (float)l->small_px),
                    i == label ? FONT_SANS_BOLD : FONT_SANS, l->small_px,
                    ALIGN_RIGHT | TEXT_MAY_CUT, i == label ? LABEL_INK : LABEL_MUTED, text);
    }
    layout_tensor_title(s, score, buffer, sizeof buffer);
    if (score != out)
        snprintf(c->title, sizeof c->title, "%.36s → %.18s", buffer, p->tensors[out].name);
    if (font_width(ui->fonts, FONT_SANS_BOLD, l->title_px, c->title) > c->rect.w)
        snprintf(c->title, sizeof c->title, "%s", p->tensors[out].name);
    struct column shown = *c;
    shown.tensor = score;
    column_caption(l, &shown, content, z_limit, true);
}

void column_place_loss(struct layout *l, struct column *c)
{
    const struct snapshot *s = l->view->snap;
    struct ui *ui = l->view->ui;
    struct rect area = column_content(l, c);
    float size = fminf(ui_px(ui, 96), fminf(area.w, area.h));
    struct rect ring = rect_centre(area, size, size);
    scene_plate(l->scene, PLATE_CIRCLE, s->program->loss, ring, 1, 1, 0, 1, 1)->limit =
        fmaxf(1, layout_limit(s, s->program->loss));
    snprintf(c->subtitle, sizeof c->subtitle, "%s", "");
    column_caption(l, c, ring, 1, false);
    char text[64];
    view_label(s, text, sizeof text);
    float line = (float)l->small_px * 1.4f;
    scene_label(l->scene, (struct rect){c->rect.x, ring.y + ring.h + 6, c->rect.w, line}, FONT_SANS,
                l->small_px, ALIGN_CENTRE | TEXT_MAY_CUT, LABEL_MUTED, text);
}
