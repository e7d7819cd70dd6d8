/* The plane as two neurons of a layer see it: each point lies where the two send it, so that the
 * grid of the plane is bent, and what the network says of it is there in colour. Of a layer with
 * more neurons this is its shadow along two axes, where places may lie over one another. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "plane_own.h"

enum { LINE_EACH = 6 };

struct bent {
    const struct plane_frame *d;
    int layer;
    const int *unit; /* [2] */
    float low[2], high[2];
};

bool plane_can_bend(const struct plane_frame *d, int layer)
{
    return d->f->axes == 2 && layer > 0 && plane_units(d, layer) >= 2;
}

static void find_range(struct bent *b)
{
    const struct plane_field *f = b->d->f;
    for (int k = 0; k < 2; k++) {
        b->low[k] = INFINITY;
        b->high[k] = -INFINITY;
        for (int i = 0; i < f->grid + f->train + f->test; i++) {
            float value = plane_out(b->d, b->layer, i)[b->unit[k]];
            b->low[k] = isfinite(value) ? fminf(b->low[k], value) : b->low[k];
            b->high[k] = isfinite(value) ? fmaxf(b->high[k], value) : b->high[k];
        }
        float room = fmaxf(0.05f * (b->high[k] - b->low[k]), 0.01f);
        b->low[k] -= room;
        b->high[k] += room;
    }
}

static struct point place(const struct bent *b, int i)
{
    const float *at = plane_out(b->d, b->layer, i);
    const struct rect *r = &b->d->map;
    return (struct point){r->x + r->w * (at[b->unit[0]] - b->low[0]) / (b->high[0] - b->low[0]),
                          r->y +
                              r->h * (1 - (at[b->unit[1]] - b->low[1]) / (b->high[1] - b->low[1]))};
}

static bool is_there(struct point p)
{
    return isfinite(p.x) && isfinite(p.y);
}

/* What the network says, cell by cell of the bent grid. */
static void draw_ground(const struct bent *b)
{
    int side = b->d->f->side;
    for (int row = 0; row + THUMB_EACH < side; row += THUMB_EACH)
        for (int column = 0; column + THUMB_EACH < side; column += THUMB_EACH) {
            int at = row * side + column, down = THUMB_EACH * side;
            const struct point a = place(b, at), c = place(b, at + THUMB_EACH),
                               e = place(b, at + down), f = place(b, at + down + THUMB_EACH);
            if (!is_there(a) || !is_there(c) || !is_there(e) || !is_there(f))
                continue;
            int middle = at + THUMB_EACH / 2 * (side + 1);
            struct colour colour = plane_ground(b->d, middle);
            draw_polygon(b->d->v->ui->draw, (const struct point[]){a, c, f}, 3, colour);
            draw_polygon(b->d->v->ui->draw, (const struct point[]){a, e, f}, 3, colour);
        }
}

static void draw_lines(const struct bent *b)
{
    struct ui *ui = b->d->v->ui;
    struct point points[PLANE_SIDE];
    int side = b->d->f->side;
    for (int down = 0; down < 2; down++)
        for (int line = LINE_EACH / 2; line < side; line += LINE_EACH) {
            int count = 0;
            for (int k = 0; k < side && k < PLANE_SIDE; k++) {
                struct point p = place(b, down ? k * side + line : line * side + k);
                if (is_there(p))
                    points[count++] = p;
            }
            if (count > 1)
                draw_polyline(ui->draw, points, count, fmaxf(1, ui_px(ui, 1.5f)),
                              colour_alpha(ui->theme->ink, 0.45f));
        }
}

static void draw_points(const struct bent *b, const struct dataset *data, int first, int n,
                        bool hollow)
{
    struct ui *ui = b->d->v->ui;
    float radius = fminf(ui_px(ui, 6), fmaxf(2.5f, b->d->map.h * 0.01f));
    for (int i = 0; data && i < n && i < data->n; i++) {
        struct point p = place(b, first + i);
        struct colour c = data->n_classes ? plane_class_colour(ui->theme, dataset_class(data, i))
                                          : ui->theme->ink;
        if (!is_there(p))
            continue;
        draw_circle(ui->draw, p.x, p.y, radius + fmaxf(1, ui_px(ui, 1.6f)), ui->theme->panel);
        if (hollow)
            draw_ring(ui->draw, p.x, p.y, radius - 1, fmaxf(1.5f, ui_px(ui, 2.2f)), c);
        else
            draw_circle(ui->draw, p.x, p.y, radius, c);
    }
}

/* The next unit that is not on the other axis. */
static void go_on(const struct bent *b, int axis)
{
    struct plane_state *s = b->d->s;
    int n = plane_units(b->d, b->layer), next = (s->bent_unit[axis] + 1) % n;
    s->bent_unit[axis] = next == s->bent_unit[1 - axis] ? (next + 1) % n : next;
}

static void name_axes(const struct bent *b)
{
    struct ui *ui = b->d->v->ui;
    const struct net *net = b->d->v->snap->net;
    static const char *const ids[2] = {"plane.bent.across", "plane.bent.up"};
    struct rect r = rect_inset(b->d->map, ui_px(ui, 8));
    int px = ui_text_px(ui, 18);
    const char *name = net->layers[b->layer].name;
    bool turns = plane_units(b->d, b->layer) > 2;
    char text[2][96];
    snprintf(text[0], sizeof text[0], "%.60s[%d] →", name, b->unit[0]);
    snprintf(text[1], sizeof text[1], "↑ %.60s[%d]", name, b->unit[1]);
    for (int k = 0; k < 2; k++) {
        float high = turns ? ui_px(ui, 36) : (float)px * 1.5f;
        struct rect at = k ? rect_cut_top(&r, high) : rect_cut_bottom(&r, high);
        float w = turns ? ui_button_width(ui, text[k])
                        : font_width(ui->fonts, FONT_MONO, px, text[k]) + ui_px(ui, 10);
        at = k ? rect_cut_left(&at, w) : rect_cut_right(&at, w);
        if (turns) {
            if (ui_button(ui, ids[k], at, text[k], BUTTON_NORMAL | BUTTON_MONO))
                go_on(b, k);
            ui_tooltip(ui, at, _("Another neuron of this layer on this axis"));
            continue;
        }
        draw_rect(ui->draw, at, ui->theme->panel);
        draw_text_in(ui->draw, FONT_MONO, px, at, ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->ink,
                     text[k]);
    }
}

void plane_bent_draw(const struct plane_frame *d)
{
    struct ui *ui = d->v->ui;
    const struct snapshot *s = d->v->snap;
    struct bent b = {.d = d, .layer = d->s->bent_layer, .unit = d->s->bent_unit};
    find_range(&b);
    draw_rect(ui->draw, d->map, ui->theme->panel);
    draw_clip_push(ui->draw, d->map);
    draw_ground(&b);
    draw_lines(&b);
    if (!d->s->hide_test)
        draw_points(&b, s->test, d->f->grid + d->f->train, d->f->test, true);
    draw_points(&b, s->data, d->f->grid, d->f->train, false);
    draw_clip_pop(ui->draw);
    draw_frame(ui->draw, d->map, 1, ui->theme->frame);
    name_axes(&b);
}
