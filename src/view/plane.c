#include "plane_own.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"

void plane_init(struct plane_state *s)
{
    *s = (struct plane_state){.dragged = -1, .pace = 1};
}

bool plane_suits(const struct snapshot *s)
{
    return s->field.axes > 0;
}

static int tensor_of(const struct plane_frame *d, int layer, bool z)
{
    const struct program *p = d->t->program;
    return z ? p->layer_z[layer] : p->layer_out[layer];
}

static const float *numbers(const struct plane_frame *d, int tensor, int i)
{
    return trace_tensor(d->t, tensor) + (size_t)i * d->t->program->tensors[tensor].count;
}

const float *plane_out(const struct plane_frame *d, int layer, int i)
{
    return numbers(d, tensor_of(d, layer, false), i);
}

const float *plane_z(const struct plane_frame *d, int layer, int i)
{
    return numbers(d, tensor_of(d, layer, true), i);
}

int plane_units(const struct plane_frame *d, int layer)
{
    return (int)shape_count(&d->v->snap->net->layers[layer].out);
}

struct point plane_to_screen(const struct plane_frame *d, const float place[2])
{
    const struct plane_field *f = d->f;
    float across = (place[0] - f->low[0]) / (f->high[0] - f->low[0]);
    float up = (place[1] - f->low[1]) / (f->high[1] - f->low[1]);
    return (struct point){d->map.x + across * d->map.w, d->map.y + (1 - up) * d->map.h};
}

void plane_from_screen(const struct plane_frame *d, float x, float y, float place[2])
{
    const struct plane_field *f = d->f;
    float across = fminf(1, fmaxf(0, (x - d->map.x) / d->map.w));
    float up = 1 - fminf(1, fmaxf(0, (y - d->map.y) / d->map.h));
    place[0] = f->low[0] + across * (f->high[0] - f->low[0]);
    place[1] = f->low[1] + up * (f->high[1] - f->low[1]);
}

void plane_place(const struct dataset *data, int i, float place[2])
{
    const float *at = data->place + (size_t)i * (size_t)data->axes;
    place[0] = at[0];
    place[1] = data->axes == 2 ? at[1] : dataset_y(data, i)[0];
}

/* A field as fine as that of a curve is too fine for a plane: it was asked for before another
 * network was opened. */
static bool is_too_fine(const struct plane_field *f)
{
    return f->axes == 2 && f->side > PLANE_SIDE;
}

/* Asks for what the picture is made of, and for another frame while it is on its way. */
static void ask(const struct view *v)
{
    const struct plane_field *f = &v->snap->field;
    if (f->side == 0 || is_too_fine(f))
        intents_add(v->out, "field %d", f->axes == 2 ? PLANE_SIDE : LINE_SIDE);
    if (f->side == 0 || f->running || f->stale || is_too_fine(f))
        v->ui->again = true;
}

static void draw_title(const struct plane_frame *d, struct rect r)
{
    struct ui *ui = d->v->ui;
    const struct plane_state *s = d->s;
    const char *text = d->f->axes == 1 ? _("what the network says for every x")
                       : s->bent_layer ? _("as two neurons see it")
                                       : _("what the network says");
    if (r.w > ui_px(ui, 80)) /* less has no room for a word */
        draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 21), r, ALIGN_LEFT | TEXT_MAY_CUT,
                     ui->theme->ink, text);
}

/* Another layer's view: by its first two units. */
static void bend(struct plane_state *s, int layer)
{
    s->bent_layer = layer;
    s->bent_unit[0] = 0;
    s->bent_unit[1] = 1;
}

/* The network may be another one: a layer with fewer units, or none. */
static void keep_bend(const struct plane_frame *d, const int *layers, int n)
{
    struct plane_state *s = d->s;
    bool there = false;
    for (int i = 0; i < n; i++)
        there = there || layers[i] == s->bent_layer;
    if (!there) {
        bend(s, 0);
        return;
    }
    int units = s->bent_layer ? plane_units(d, s->bent_layer) : 2;
    if (s->bent_unit[0] >= units || s->bent_unit[1] >= units || s->bent_unit[0] == s->bent_unit[1])
        bend(s, s->bent_layer);
}

/* The plane itself, or bent by two units of a hidden layer. */
static void draw_bends(const struct plane_frame *d, struct rect *r)
{
    struct ui *ui = d->v->ui;
    const struct net *net = d->v->snap->net;
    const char *labels[PLANE_COLUMNS] = {N_("plane")};
    int layers[PLANE_COLUMNS] = {0}, n = 1, chosen = 0;
    for (int c = 1; d->t && c < d->column_count; c++)
        if (plane_can_bend(d, d->columns[c].face) && d->columns[c].face < net->layer_count - 1) {
            layers[n] = d->columns[c].face;
            labels[n++] = net->layers[d->columns[c].layer].name;
        }
    if (d->t)
        keep_bend(d, layers, n);
    for (int i = 0; i < n; i++)
        chosen = layers[i] == d->s->bent_layer ? i : chosen;
    if (n == 1)
        return;
    struct rect at = rect_cut_right(r, fminf(ui_segments_width(ui, labels, n), r->w));
    int answer = ui_segments(ui, "plane.bent", rect_centre(at, at.w, fminf(at.h, ui_px(ui, 36))),
                             labels, n, chosen, 0);
    ui_tooltip(ui, at, _("The plane, or how two neurons of a layer bend it"));
    if (answer >= 0 && answer != chosen)
        bend(d->s, layers[answer]);
}

static void draw_head(const struct plane_frame *d, struct rect r)
{
    if (d->f->axes == 2)
        draw_bends(d, &r);
    draw_title(d, r);
}

/* What the network says where the pointer is, at the nearest point it was asked for. */
static void draw_hover(const struct plane_frame *d, struct rect r)
{
    struct ui *ui = d->v->ui;
    const struct snapshot *s = d->v->snap;
    char x[48], y[48], says[96], text[220];
    float place[2];
    if (!d->t || !ui_hovers(ui, d->map) || d->s->bent_layer)
        return;
    int side = d->f->side;
    int column = (int)((ui->in->mouse_x - d->map.x) / d->map.w * (float)side);
    int row = d->f->axes == 2 ? (int)((ui->in->mouse_y - d->map.y) / d->map.h * (float)side) : 0;
    column = column < 0 ? 0 : column >= side ? side - 1 : column;
    row = row < 0 ? 0 : row >= side ? side - 1 : row;
    plane_field_at(d->f, row, column, place);
    int last = s->net->layer_count - 1;
    plane_says(s, plane_out(d, last, row * side + column), plane_units(d, last), says, sizeof says);
    view_number(s, (double)place[0], x, sizeof x);
    view_number(s, (double)place[1], y, sizeof y);
    if (d->f->axes == 2)
        snprintf(text, sizeof text, "x %s  y %s  →  %s", x, y, says);
    else
        snprintf(text, sizeof text, "x %s  →  %s", x, says);
    draw_text_in(ui->draw, FONT_MONO, ui_text_px(ui, 18), r, ALIGN_RIGHT | TEXT_MAY_CUT,
                 ui->theme->ink, text);
}

static void draw_waiting(const struct plane_frame *d)
{
    struct ui *ui = d->v->ui;
    draw_hatch(ui->draw, d->map, ui->theme->hatch_ground, ui->theme->hatch);
    draw_frame(ui->draw, d->map, 1, ui->theme->frame);
}

static void draw_map(const struct plane_frame *d)
{
    int layer, unit;
    if (d->f->axes == 1) {
        plane_curve_draw(d);
        plane_kinks_draw(d);
    } else if (d->s->bent_layer) {
        plane_bent_draw(d);
        return;
    } else {
        plane_map_draw(d);
        if (plane_selected_unit(d->v->snap, &layer, &unit))
            plane_zero_line_draw(d, layer, unit);
    }
    plane_points_draw(d);
}

/* The picture beside the network: as large as the height allows, and no less than half. */
static struct rect cut_picture(const struct view *v, const struct plane_field *f, struct rect *r)
{
    float bars = ui_px(v->ui, 44) + ui_px(v->ui, 44);
    float wanted = f->axes == 2 ? fmaxf(40, r->h - bars) : r->w * 0.6f;
    return rect_cut_right(r, fminf(wanted, r->w * 0.62f));
}

void plane_draw(const struct view *v, struct plane_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    struct plane_frame d = {.v = v, .s = s, .f = &v->snap->field, .t = v->snap->field.trace};
    ask(v);
    if (is_too_fine(d.f))
        d.t = NULL;
    draw_tag(ui->draw, "plane");
    struct rect in = rect_inset_xy(r, ui_px(ui, 22), ui_px(ui, 10));
    struct rect picture = cut_picture(v, d.f, &in);
    rect_cut_right(&in, ui_px(ui, 8));
    struct rect head = rect_cut_top(&picture, ui_px(ui, 44));
    struct rect foot = rect_cut_bottom(&picture, ui_px(ui, 40));
    if (d.f->axes == 1) { /* the numbers beside the curve */
        rect_cut_left(&picture, ui_px(ui, 56));
        rect_cut_right(&picture, ui_px(ui, 24));
        rect_cut_bottom(&picture, ui_px(ui, 24));
    }
    d.map = rect_snap(d.f->axes == 2 ? rect_fit(picture, 1) : picture);
    head.x = foot.x = d.map.x;
    head.w = foot.w = d.map.w;
    foot.y = d.map.y + d.map.h + ui_px(ui, d.f->axes == 1 ? 28 : 4);
    head.y = d.map.y - head.h;
    d.limit = d.t ? plane_limit(&d) : 1;
    plane_net_draw(&d, in);
    draw_head(&d, head);
    if (d.t)
        draw_map(&d);
    else
        draw_waiting(&d);
    plane_legend_draw(&d, rect_cut_left(&foot, foot.w * 0.45f));
    rect_cut_left(&foot, ui_px(ui, 10));
    draw_hover(&d, foot);
    plane_points_react(&d);
    draw_tag(ui->draw, NULL);
}
