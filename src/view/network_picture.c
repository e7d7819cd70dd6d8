#include "network_picture.h"
#include "glassnet/base/translate.h"

#include <math.h>

#include "detail.h"
#include "network_move.h"

void network_picture_deinit(struct network_picture *p)
{
    scene_deinit(&p->scene);
}

/* Small networks need less height for their matrices than maps and kernels do. */
static float strip_height(const struct view *v, float available)
{
    const struct net *net = v->snap->net;
    size_t most = 2;
    for (int i = 0; i < net->layer_count; i++) {
        size_t n = shape_count(&net->layers[i].out);
        most = n > most ? n : most;
    }
    float full = fminf(available * 0.36f, ui_px(v->ui, 250));
    return fminf(full, ui_px(v->ui, 82 + 34 * (float)(most < 16 ? most : 16)));
}

/* Has the network weights that are lines, always or when a unit is selected? */
static bool has_lines(const struct net *net)
{
    for (int i = 0; i < net->layer_count; i++)
        if (net->layers[i].kind == LAYER_DENSE)
            return true;
    return false;
}

void network_picture_split(struct network_picture *p, const struct view *v, struct rect r)
{
    bool selected = cell_is(v->snap->selected);
    p->strip = rect_cut_bottom(&r, selected ? strip_height(v, r.h) : 0);
    p->strip = rect_inset_xy(p->strip, ui_px(v->ui, 24), ui_px(v->ui, 8));
    p->foot =
        rect_cut_bottom(&r, has_lines(v->snap->net) ? (float)ui_text_px(v->ui, 17) * 1.7f : 0);
    p->foot = rect_inset_xy(p->foot, ui_px(v->ui, 24), 0);
    p->canvas = r;
}

/* The first number that is not finite of the operation where that began. */
static struct cell find_bad(const struct snapshot *s)
{
    int op = trace_first_bad(s->trace);
    if (op < 0)
        return CELL_NONE;
    int tensor = s->program->ops[op].out;
    const float *numbers = trace_tensor(s->trace, tensor);
    size_t count = trace_tensor_count(s->trace, tensor), each = s->program->tensors[tensor].count;
    for (size_t i = 0; i < count; i++)
        if (!isfinite(numbers[i]))
            return (struct cell){tensor, (int)(i / each), i % each};
    return CELL_NONE;
}

static bool is_same(const struct network_picture *p, const struct view *v,
                    const struct network_state *n, struct rect r)
{
    return p->laid_out && p->revision == v->snap->revision && p->area.x == r.x &&
           p->area.y == r.y && p->area.w == r.w && p->area.h == r.h && p->scale == v->ui->scale &&
           p->zoom == n->zoom && p->pan_x == n->pan_x && p->pan_y == n->pan_y &&
           p->other_edges == n->other_edges && p->hide_value == v->hide_value &&
           p->without_loss == view_hides(v, "loss") && p->opened_count == n->opened_count;
}

static void remember(struct network_picture *p, const struct view *v, const struct network_state *n,
                     struct rect r)
{
    p->laid_out = true;
    p->revision = v->snap->revision;
    p->selected = v->snap->selected;
    p->program = v->snap->program;
    p->area = r;
    p->scale = v->ui->scale;
    p->zoom = n->zoom;
    p->pan_x = n->pan_x;
    p->pan_y = n->pan_y;
    p->other_edges = n->other_edges;
    p->hide_value = v->hide_value;
    p->without_loss = view_hides(v, "loss");
    p->opened_count = n->opened_count;
}

bool network_picture_find(const struct network_picture *p, struct cell c, struct rect *out)
{
    const struct scene *s = &p->scene;
    bool found = false;
    int row, col;
    if (!cell_is(c))
        return false;
    for (int i = 0; i < s->plate_count; i++) {
        const struct plate *plate = &s->plates[i];
        if (plate->detail || plate->kind == PLATE_COLOUR || (found && !plate->large) ||
            !scene_stands_for(s, plate, c.tensor) || !plate_find(plate, c.index, &row, &col))
            continue;
        *out = plate_rect(plate, row, col);
        found = true;
    }
    return found;
}

/* Zoomed in, another selection gives columns other widths: what was selected stays where it was
 * seen, and comes into sight if it was not. */
static void hold(const struct view *v, struct network_state *n, bool was_there, struct rect was)
{
    const struct network_picture *p = n->picture;
    struct rect sight = network_in_sight(v, n), now;
    if (!network_picture_find(p, v->snap->selected, &now))
        return;
    struct point middle = rect_middle(now), goal = rect_middle(was);
    float x = p->canvas.x + (middle.x - p->canvas.x) * n->zoom + n->pan_x;
    float y = p->canvas.y + (middle.y - p->canvas.y) * n->zoom + n->pan_y;
    if (!was_there || !rect_contains(sight, goal.x, goal.y)) {
        if (rect_contains(sight, x, y))
            return;
        goal = rect_middle(sight);
    }
    n->pan_x += goal.x - x;
    n->pan_y += goal.y - y;
    network_keep_in_sight(v, n);
}

void network_picture_update(const struct view *v, struct network_state *n, struct rect r)
{
    struct network_picture *p = n->picture;
    struct scene *s = &p->scene;
    struct rect was;
    s->snap = v->snap;
    p->layout.view = v;
    if (is_same(p, v, n, r)) {
        network_motion_update(&p->motion, v, &p->regions, false);
        return;
    }
    if (!p->laid_out || p->revision != v->snap->revision)
        p->bad = find_bad(v->snap);
    bool chosen = n->zoom > 1 && p->laid_out && !cell_equal(p->selected, v->snap->selected);
    bool was_there = chosen && p->program == v->snap->program &&
                     network_picture_find(p, v->snap->selected, &was);
    network_picture_split(p, v, r);
    scene_begin(s, v->snap);
    struct rect inner = rect_inset_xy(p->canvas, ui_px(v->ui, 20), ui_px(v->ui, 10));
    network_layout(&p->layout, v, n, s, inner);
    scene_unclutter(s, v->ui->fonts, p->layout.small_px, 0, 0);
    if (chosen)
        hold(v, n, was_there, was);
    scene_transform(s, p->canvas, n->zoom, n->pan_x, n->pan_y);
    p->detail_labels = s->label_count;
    p->detail_legends = s->legend_count;
    detail_layout(v, s, p->strip);
    network_focus_find(v, s, &p->regions);
    network_motion_update(&p->motion, v, &p->regions, true);
    remember(p, v, n, r);
}
