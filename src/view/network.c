#include "glassnet/view/network.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "detail.h"
#include "glassnet/base/mem.h"
#include "network_focus.h"
#include "network_layout.h"
#include "network_skips.h"
#include "plate_draw.h"

void network_init(struct network_state *n)
{
    *n = (struct network_state){.zoom = 1};
    n->scene = mem_zalloc(1, sizeof *n->scene);
}

void network_deinit(struct network_state *n)
{
    if (n->scene)
        scene_deinit(n->scene);
    free(n->scene);
    n->scene = NULL;
}

void network_fit(struct network_state *n)
{
    n->zoom = 1;
    n->pan_x = n->pan_y = 0;
}

static void keep_in_sight(struct network_state *n, struct rect r)
{
    float w = r.w * n->zoom, h = r.h * n->zoom;
    n->pan_x = fminf(0, fmaxf(r.w - w, n->pan_x));
    n->pan_y = fminf(0, fmaxf(r.h - h, n->pan_y));
}

static void zoom_and_pan(const struct view *v, struct network_state *n, struct rect r,
                         unsigned answer)
{
    struct ui_input *in = v->ui->in;
    if (ui_hovers(v->ui, r) && in->wheel_y != 0 && !in->wheel_taken) {
        float before = n->zoom;
        n->zoom = fmaxf(1, fminf(16, n->zoom * powf(1.2f, in->wheel_y)));
        float k = n->zoom / before, x = in->mouse_x - r.x, y = in->mouse_y - r.y;
        n->pan_x = x - (x - n->pan_x) * k;
        n->pan_y = y - (y - n->pan_y) * k;
        in->wheel_taken = true;
    }
    if (answer & AREA_PRESSED)
        n->dragging = false;
    float moved = hypotf(in->mouse_x - in->press_x, in->mouse_y - in->press_y);
    if ((answer & AREA_DRAGGED) && (n->dragging || moved > 5)) {
        n->dragging = true;
        n->pan_x += in->moved_x;
        n->pan_y += in->moved_y;
    }
    if (answer & AREA_DOUBLE)
        network_fit(n);
    keep_in_sight(n, r);
}

static void draw_edges(const struct view *v, const struct scene *s)
{
    const struct snapshot *snap = v->snap;
    float unit = ui_px(v->ui, 1);
    for (int i = 0; i < s->edge_count; i++) {
        const struct edge *e = &s->edges[i];
        float w = cell_value(snap->trace, e->cell);
        float part = isfinite(w) ? fminf(1, fabsf(w) / fmaxf(s->edge_limit, 1e-30f)) : 1;
        struct colour c = scale_value(v->ui->theme, w < 0 ? -1.0f : 1.0f, 1);
        draw_line(v->ui->draw, e->a.x, e->a.y, e->b.x, e->b.y, fmaxf(1, unit * (0.8f + 6 * part)),
                  colour_alpha(c, 0.22f + 0.45f * part));
    }
}

static void draw_labels(const struct view *v, const struct scene *s)
{
    const struct theme *t = v->ui->theme;
    for (int i = 0; i < s->label_count; i++) {
        const struct scene_label *l = &s->labels[i];
        struct rect seen = rect_intersect(l->rect, draw_clip(v->ui->draw));
        if (seen.w < l->rect.w * 0.98f || seen.h < l->rect.h * 0.98f)
            continue;
        struct colour c = l->colour == LABEL_INK     ? t->ink
                          : l->colour == LABEL_MUTED ? t->muted
                                                     : t->text_grad_pos;
        int px = (int)((float)l->px * fminf(s->zoom, 1.5f));
        draw_text_in(v->ui->draw, l->face, px, l->rect, l->align, c, l->text);
    }
    for (int i = 0; i < s->legend_count; i++) {
        struct rect seen = rect_intersect(s->legends[i].rect, draw_clip(v->ui->draw));
        if (seen.w >= s->legends[i].rect.w * 0.98f && seen.h >= s->legends[i].rect.h * 0.98f)
            legend_draw(v, &s->legends[i], ui_text_px(v->ui, 17));
    }
}

static void hover(const struct view *v, const struct scene *s, struct rect r)
{
    struct ui_input *in = v->ui->in;
    struct cell c = scene_hit(s, in->mouse_x, in->mouse_y, 6);
    if (!cell_is(c) || !ui_hovers(v->ui, r))
        return;
    char name[160], number[48] = "not computed yet", text[240];
    cell_title(v->snap->program, c, name, sizeof name);
    if (view_is_hidden(v, c))
        snprintf(number, sizeof number, "?");
    else if (view_is_done(v, c))
        view_number((double)cell_value(v->snap->trace, c), number, sizeof number);
    snprintf(text, sizeof text, "%s = %s", name, number);
    ui_tooltip(v->ui, (struct rect){in->mouse_x, in->mouse_y, 16, 20}, text);
}

static void draw_scene(const struct view *v, const struct scene *s, bool detail)
{
    for (int i = 0; i < s->plate_count; i++)
        if (s->plates[i].detail == detail)
            plate_draw(v, s, &s->plates[i]);
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
    float full = fminf(available * 0.36f, ui_px(v->ui, 290));
    return fminf(full, ui_px(v->ui, 82 + 34 * (float)(most < 16 ? most : 16)));
}

/* Network above, the selected cell's calculation below. */
static void split(const struct view *v, struct rect r, struct rect *top, struct rect *strip)
{
    bool selected = cell_is(v->snap->selected);
    *strip = rect_cut_bottom(&r, selected ? strip_height(v, r.h) : 0);
    *strip = rect_inset_xy(*strip, ui_px(v->ui, 24), ui_px(v->ui, 8));
    *top = rect_inset_xy(r, ui_px(v->ui, 20), ui_px(v->ui, 10));
}

void network_draw(const struct view *v, struct network_state *n, struct rect r)
{
    struct scene *s = n->scene;
    struct layout layout;
    struct rect top, strip;
    scene_begin(s, v->snap);
    if (!view_has_pass(v->snap))
        return;
    split(v, r, &top, &strip);
    struct rect clip = {r.x, r.y, r.w, strip.y - r.y};
    unsigned answer = ui_area(v->ui, "canvas", r, "network", false);
    zoom_and_pan(v, n, clip, answer);
    network_layout(&layout, v, s, top);
    scene_transform(s, clip, n->zoom, n->pan_x, n->pan_y);
    draw_clip_push(v->ui->draw, clip);
    draw_tag(v->ui->draw, "network");
    draw_edges(v, s);
    network_skips_draw(&layout, s, clip);
    draw_scene(v, s, false);
    draw_labels(v, s);
    draw_clip_pop(v->ui->draw);
    if (cell_is(v->snap->selected))
        draw_hline(v->ui->draw, r.x, r.x + r.w, strip.y - ui_px(v->ui, 6), 1, v->ui->theme->line);
    int labels = s->label_count, legends = s->legend_count;
    detail_layout(v, s, strip);
    draw_tag(v->ui->draw, "detail");
    draw_clip_push(v->ui->draw, r);
    draw_scene(v, s, true);
    struct scene part = *s;
    part.zoom = 1;
    part.labels += labels;
    part.label_count -= labels;
    part.legends += legends;
    part.legend_count -= legends;
    draw_labels(v, &part);
    network_focus_draw(v, s, r);
    draw_clip_pop(v->ui->draw);
    draw_tag(v->ui->draw, NULL);
    if ((answer & AREA_CLICKED) && !n->dragging)
        view_select(v, scene_hit(s, v->ui->in->mouse_x, v->ui->in->mouse_y, 6));
    hover(v, s, r);
}

bool network_cell_rect(const struct network_state *n, struct cell c, struct rect *out)
{
    const struct scene *s = n->scene;
    float best = 0;
    int row, col;
    for (int i = 0; i < s->plate_count; i++) {
        const struct plate *p = &s->plates[i];
        if (p->tensor != c.tensor || !plate_find(p, c.index, &row, &col))
            continue;
        struct rect r = plate_rect(p, row, col);
        if (r.w * r.h > best) {
            best = r.w * r.h;
            *out = r;
        }
    }
    return best > 0;
}

bool network_plate(const struct network_state *n, int i, struct rect *rect, int *rows, int *cols)
{
    if (!n->scene || i >= n->scene->plate_count)
        return false;
    const struct plate *p = &n->scene->plates[i];
    *rect = p->rect;
    *rows = p->rows;
    *cols = p->cols;
    return true;
}

struct cell network_plate_cell(const struct network_state *n, int i, int row, int col)
{
    return plate_cell(n->scene, &n->scene->plates[i], row, col);
}
