/* The points: drawn, looked at, added, moved and deleted. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "plane_own.h"

/* A line's points have no class: they are all alike. */
static struct colour colour_of(const struct plane_frame *d, const struct dataset *data, int i)
{
    const struct theme *t = d->v->ui->theme;
    if (data->n_classes)
        return plane_class_colour(t, dataset_class(data, i));
    if (d->f->axes == 1)
        return t->ink;
    return scale_value(t, dataset_y(data, i)[0], 1);
}

static struct point spot(const struct plane_frame *d, const struct dataset *data, int i)
{
    float place[2];
    plane_place(data, i, place);
    if (data == d->v->snap->data && i == d->s->dragged)
        return plane_to_screen(d, d->s->drag_to);
    return plane_to_screen(d, place);
}

/* Held-out points are hollow. */
static void draw_set(const struct plane_frame *d, const struct dataset *data, bool hollow)
{
    enum { MOST = 1000 };
    struct ui *ui = d->v->ui;
    float radius = fminf(ui_px(ui, data->n > 300 ? 5.5f : 7), fmaxf(2.5f, d->map.h * 0.0115f));
    for (int i = 0; i < data->n && i < MOST; i++) {
        struct point p = spot(d, data, i);
        struct colour c = colour_of(d, data, i);
        draw_circle(ui->draw, p.x, p.y, radius + fmaxf(1, ui_px(ui, 1.6f)), ui->theme->panel);
        if (hollow)
            draw_ring(ui->draw, p.x, p.y, radius - 1, fmaxf(1.5f, ui_px(ui, 2.2f)), c);
        else
            draw_circle(ui->draw, p.x, p.y, radius, c);
    }
}

void plane_points_draw(const struct plane_frame *d)
{
    struct ui *ui = d->v->ui;
    const struct snapshot *s = d->v->snap;
    draw_clip_push(ui->draw, d->map);
    if (s->test && !d->s->hide_test)
        draw_set(d, s->test, true);
    if (s->data)
        draw_set(d, s->data, false);
    if (s->has_spot) {
        struct point p = plane_to_screen(d, s->spot);
        if (d->f->axes == 1 && s->sample < 0) /* only its x is known */
            draw_vline(ui->draw, p.x, d->map.y, d->map.y + d->map.h, ui_px(ui, 3),
                       ui->theme->selection);
        else
            draw_ring(ui->draw, p.x, p.y, ui_px(ui, 13), fmaxf(2, ui_px(ui, 4.5f)),
                      ui->theme->selection);
    }
    draw_clip_pop(ui->draw);
}

/* The point nearest to a place of the screen, within reach; -1: none. */
static int nearest(const struct plane_frame *d, float x, float y)
{
    const struct dataset *data = d->v->snap->data;
    float best = ui_px(d->v->ui, 16);
    int found = -1;
    for (int i = 0; data && i < data->n; i++) {
        struct point p = spot(d, data, i);
        float far = hypotf(p.x - x, p.y - y);
        if (far <= best) {
            best = far;
            found = i;
        }
    }
    return found;
}

static void look_at(const struct plane_frame *d, const float place[2])
{
    if (d->f->axes == 2)
        intents_add(d->v->out, "point %.5g %.5g", (double)place[0], (double)place[1]);
    else
        intents_add(d->v->out, "point %.5g", (double)place[0]);
}

static void add_at(const struct plane_frame *d, const float place[2])
{
    const struct dataset *data = d->v->snap->data;
    if (d->f->axes == 1 && data && data->n_classes)
        intents_add(d->v->out, "points add %.5g %d", (double)place[0], d->s->add_class);
    else if (data && !data->n_classes && d->f->axes == 1)
        intents_add(d->v->out, "points add %.5g %.5g", (double)place[0], (double)place[1]);
    else
        intents_add(d->v->out, "points add %.5g %.5g %d", (double)place[0], (double)place[1],
                    d->s->add_class);
}

/* While training runs a point is set down only in the end. */
static void move_to(const struct plane_frame *d, const float place[2], bool last)
{
    struct plane_state *s = d->s;
    bool training = d->v->snap->progress.state == TRAINING_RUNNING;
    s->drag_to[0] = place[0];
    s->drag_to[1] = place[1];
    if (!training || last)
        intents_add(d->v->out, "points %s %d %.5g %.5g", training ? "move" : "drag", s->dragged,
                    (double)place[0], (double)place[1]);
}

static void drag(const struct plane_frame *d, unsigned answer)
{
    struct ui *ui = d->v->ui;
    struct plane_state *s = d->s;
    float place[2];
    bool was = s->dragged >= 0;
    if (answer & AREA_PRESSED) {
        s->dragged = nearest(d, ui->in->press_x, ui->in->press_y);
        if (s->dragged >= 0)
            plane_place(d->v->snap->data, s->dragged, s->drag_to);
    }
    plane_from_screen(d, ui->in->mouse_x, ui->in->mouse_y, place);
    bool held = answer & AREA_HELD;
    bool moved = ui->in->moved_x != 0 || ui->in->moved_y != 0;
    if (s->dragged >= 0 && held && moved)
        move_to(d, place, false);
    if (!held && was && s->dragged >= 0) {
        if (d->v->snap->progress.state == TRAINING_RUNNING)
            move_to(d, s->drag_to, true);
        s->dragged = -1;
    }
}

/* A press that was not moved, of the pointer; Enter acts where the point looked at lies. */
static bool is_tap(const struct plane_frame *d, unsigned answer)
{
    const struct ui_input *in = d->v->ui->in;
    bool pointer = in->released[MOUSE_LEFT];
    return answer & AREA_CLICKED &&
           (!pointer ||
            hypotf(in->mouse_x - in->press_x, in->mouse_y - in->press_y) < ui_px(d->v->ui, 8));
}

static void look(const struct plane_frame *d, unsigned answer, struct point at)
{
    const struct ui_input *in = d->v->ui->in;
    float place[2];
    plane_from_screen(d, at.x, at.y, place);
    int i = is_tap(d, answer) ? nearest(d, at.x, at.y) : -1;
    if (i >= 0)
        intents_add(d->v->out, "sample %d", i);
    else if (is_tap(d, answer) || (answer & AREA_DRAGGED && (in->moved_x != 0 || in->moved_y != 0)))
        look_at(d, place);
}

static void erase(const struct plane_frame *d, struct point at)
{
    int i = nearest(d, at.x, at.y);
    if (i >= 0)
        intents_add(d->v->out, "points delete %d", i);
}

/* The middle of the picture, or the point that is looked at. */
static void find_spot(const struct plane_frame *d, float at[2])
{
    const struct plane_field *f = d->f;
    const struct snapshot *s = d->v->snap;
    for (int k = 0; k < 2; k++)
        at[k] = s->has_spot ? s->spot[k] : (f->low[k] + f->high[k]) / 2;
}

/* Arrows move the point that is looked at, or the one chosen. */
static void react_arrows(const struct plane_frame *d)
{
    static const struct {
        const char *key;
        float x, y;
    } ways[] = {{"Left", -1, 0}, {"Right", 1, 0}, {"Up", 0, 1}, {"Down", 0, -1}};
    const struct snapshot *s = d->v->snap;
    const struct plane_field *f = d->f;
    float at[2];
    find_spot(d, at);
    for (int i = 0; i < 4; i++) {
        if (!ui_key(d->v->ui, ways[i].key))
            continue;
        float to[2] = {at[0] + ways[i].x * (f->high[0] - f->low[0]) / 50,
                       at[1] + ways[i].y * (f->high[1] - f->low[1]) / 50};
        if (d->s->tool == PLANE_MOVE && s->sample >= 0 && s->data)
            intents_add(d->v->out, "points drag %d %.5g %.5g", s->sample, (double)to[0],
                        (double)to[1]);
        else
            look_at(d, to);
    }
}

void plane_points_react(const struct plane_frame *d)
{
    static const char *const labels[] = {N_("the plane: a click looks at a point, arrows move it"),
                                         N_("the plane: a click adds a point"),
                                         N_("the plane: points are dragged"),
                                         N_("the plane: a click deletes a point")};
    const struct ui_input *in = d->v->ui->in;
    float place[2];
    if (!d->t || d->s->bent_layer)
        return;
    if (d->v->snap->data && d->s->dragged >= d->v->snap->data->n)
        d->s->dragged = -1;
    unsigned answer = ui_area(d->v->ui, "plane.map", d->map, translate(labels[d->s->tool]), true);
    if (answer & AREA_FOCUS)
        react_arrows(d);
    struct point at = {in->mouse_x, in->mouse_y};
    find_spot(d, place);
    if (answer & AREA_CLICKED && !in->released[MOUSE_LEFT])
        at = plane_to_screen(d, place);
    plane_from_screen(d, at.x, at.y, place);
    if (d->s->tool == PLANE_MOVE)
        drag(d, answer);
    else if (d->s->tool == PLANE_LOOK)
        look(d, answer, at);
    else if (is_tap(d, answer) && d->s->tool == PLANE_ADD)
        add_at(d, place);
    else if (is_tap(d, answer))
        erase(d, at);
}
