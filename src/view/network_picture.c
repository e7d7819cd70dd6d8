#include "network_picture.h"

#include <math.h>

#include "detail.h"

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

static bool is_same(const struct network_picture *p, const struct view *v,
                    const struct network_state *n, struct rect r)
{
    return p->laid_out && p->revision == v->snap->revision && p->area.x == r.x &&
           p->area.y == r.y && p->area.w == r.w && p->area.h == r.h && p->scale == v->ui->scale &&
           p->zoom == n->zoom && p->pan_x == n->pan_x && p->pan_y == n->pan_y &&
           p->other_edges == n->other_edges && p->hide_value == v->hide_value &&
           p->opened_count == n->opened_count;
}

static void remember(struct network_picture *p, const struct view *v, const struct network_state *n,
                     struct rect r)
{
    p->laid_out = true;
    p->revision = v->snap->revision;
    p->area = r;
    p->scale = v->ui->scale;
    p->zoom = n->zoom;
    p->pan_x = n->pan_x;
    p->pan_y = n->pan_y;
    p->other_edges = n->other_edges;
    p->hide_value = v->hide_value;
    p->opened_count = n->opened_count;
}

void network_picture_update(struct network_picture *p, const struct view *v,
                            const struct network_state *n, struct rect r)
{
    struct scene *s = &p->scene;
    s->snap = v->snap;
    p->layout.view = v;
    if (is_same(p, v, n, r))
        return;
    if (!p->laid_out || p->revision != v->snap->revision)
        p->first_bad = trace_first_bad(v->snap->trace);
    network_picture_split(p, v, r);
    scene_begin(s, v->snap);
    struct rect inner = rect_inset_xy(p->canvas, ui_px(v->ui, 20), ui_px(v->ui, 10));
    network_layout(&p->layout, v, n, s, inner);
    scene_transform(s, p->canvas, n->zoom, n->pan_x, n->pan_y);
    p->detail_labels = s->label_count;
    p->detail_legends = s->legend_count;
    detail_layout(v, s, p->strip);
    remember(p, v, n, r);
}
