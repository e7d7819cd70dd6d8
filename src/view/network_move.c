#include "network_move.h"

#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "glassnet/view/action.h"
#include "plate_draw.h"

enum { THUMBS = 92 }; /* design pixels */

void network_fit(struct network_state *n)
{
    n->zoom = 1;
    n->pan_x = n->pan_y = 0;
}

static float thumbs_height(const struct view *v, const struct network_state *n)
{
    float most = n->picture->canvas.h * 0.25f;
    return n->zoom > 1 ? fminf(ui_px(v->ui, THUMBS), most) : 0;
}

struct rect network_in_sight(const struct view *v, const struct network_state *n)
{
    struct rect r = n->picture->canvas;
    rect_cut_top(&r, thumbs_height(v, n));
    return r;
}

static void zoom_at(struct network_state *n, float x, float y, float notches)
{
    const float most = 24;
    struct rect r = n->picture->canvas;
    float before = n->zoom;
    n->zoom = fmaxf(1, fminf(most, n->zoom * powf(1.2f, notches)));
    if (n->zoom < 1.02f)
        n->zoom = 1;
    float k = n->zoom / before;
    x -= r.x;
    y -= r.y;
    n->pan_x = x - (x - n->pan_x) * k;
    n->pan_y = y - (y - n->pan_y) * k;
}

void network_zoom(struct network_state *n, struct cell about, float notches)
{
    struct rect cell;
    struct point at = rect_middle(n->picture->canvas), middle;
    if (!n->picture->laid_out)
        return;
    if (network_picture_find(n->picture, about, &cell)) {
        middle = rect_middle(cell);
        if (rect_contains(n->picture->canvas, middle.x, middle.y))
            at = middle;
    }
    zoom_at(n, at.x, at.y, notches);
}

void network_pan(struct network_state *n, float right, float down)
{
    n->pan_x -= right * n->picture->canvas.w;
    n->pan_y -= down * n->picture->canvas.h;
}

void network_keep_in_sight(const struct view *v, struct network_state *n)
{
    struct rect r = n->picture->canvas;
    float w = r.w * n->zoom, h = r.h * n->zoom;
    n->pan_x = fminf(0, fmaxf(r.w - w, n->pan_x));
    n->pan_y = fminf(thumbs_height(v, n), fmaxf(r.h - h, n->pan_y));
}

void network_move(const struct view *v, struct network_state *n, unsigned answer)
{
    struct ui_input *in = v->ui->in;
    if (ui_hovers(v->ui, n->picture->canvas) && in->wheel_y != 0 && !in->wheel_taken) {
        zoom_at(n, in->mouse_x, in->mouse_y, in->wheel_y);
        in->wheel_taken = true;
    }
    if (ui_hovers(v->ui, n->picture->canvas) && in->pinch != 0)
        zoom_at(n, in->mouse_x, in->mouse_y, in->pinch);
    if (answer & AREA_PRESSED)
        n->dragging = false;
    float moved = hypotf(in->mouse_x - in->press_x, in->mouse_y - in->press_y);
    if ((answer & AREA_DRAGGED) && (n->dragging || moved > 5)) {
        n->dragging = true;
        n->pan_x += in->moved_x;
        n->pan_y += in->moved_y;
    }
    if (answer & AREA_DOUBLE) {
        network_fit(n);
        n->dragging = true; /* its second click selects nothing */
    }
    network_keep_in_sight(v, n);
}

/* What a column's plates cover. */
static struct rect column_box(const struct scene *s, const struct column *c)
{
    struct rect r = s->plates[c->first_plate].rect;
    for (int i = 1; i < c->plates; i++)
        r = rect_union(r, s->plates[c->first_plate + i].rect);
    return r;
}

struct map {
    struct rect box, small; /* of the column's plates, and where that is drawn */
};

static struct rect mapped(const struct map *m, struct rect r)
{
    float kx = m->small.w / m->box.w, ky = m->small.h / m->box.h;
    return (struct rect){m->small.x + (r.x - m->box.x) * kx, m->small.y + (r.y - m->box.y) * ky,
                         r.w * kx, r.h * ky};
}

/* High columns are drawn wider than they are, so that something can be seen. */
static struct rect small_place(struct rect slot, struct rect box)
{
    const float most = box.h > 2 * box.w ? 2.2f : 1;
    struct rect r = rect_fit(slot, box.w / box.h);
    return rect_centre(slot, fminf(slot.w, r.w * most), r.h);
}

/* A click in a column's thumbnail brings that place to the middle of what is in sight. */
static void go_to(const struct view *v, struct network_state *n, const struct map *m)
{
    struct point middle = rect_middle(network_in_sight(v, n));
    float kx = m->box.w / m->small.w, ky = m->box.h / m->small.h;
    n->pan_x += middle.x - (m->box.x + (v->ui->in->mouse_x - m->small.x) * kx);
    n->pan_y += middle.y - (m->box.y + (v->ui->in->mouse_y - m->small.y) * ky);
    network_keep_in_sight(v, n);
}

static void draw_thumb(const struct view *v, struct network_state *n, const struct column *c,
                       struct rect slot)
{
    const struct scene *s = &n->picture->scene;
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 17);
    struct rect name = rect_cut_bottom(&slot, (float)px * 1.35f);
    if (font_width(ui->fonts, FONT_SANS, px, c->title) <= slot.w)
        draw_text_in(ui->draw, FONT_SANS, px, name, ALIGN_CENTRE, ui->theme->muted, c->title);
    struct map m = {column_box(s, c), rect_inset_xy(slot, ui_px(ui, 5), ui_px(ui, 6))};
    if (m.box.w <= 0 || m.box.h <= 0)
        return;
    m.small = small_place(m.small, m.box);
    for (int i = 0; i < c->plates; i++) {
        const struct plate *p = &s->plates[c->first_plate + i];
        plate_draw_small(v, s, p, mapped(&m, p->rect));
    }
    struct rect seen = rect_intersect(m.box, network_in_sight(v, n));
    if (seen.w > 0 && seen.h > 0)
        draw_frame(ui->draw, rect_inset(mapped(&m, seen), -ui_px(ui, 3)), fmaxf(2, ui_px(ui, 2)),
                   ui->theme->ink);
    char id[32];
    snprintf(id, sizeof id, "thumb.%d", (int)(c - n->picture->layout.columns));
    if (ui_area(ui, id, slot, c->title, false) & (AREA_HELD | AREA_CLICKED))
        go_to(v, n, &m);
}

void network_thumbs_draw(const struct view *v, struct network_state *n)
{
    const struct layout *l = &n->picture->layout;
    struct rect strip = n->picture->canvas;
    int shown = 0, at = 0;
    strip.h = thumbs_height(v, n);
    if (strip.h <= 0)
        return;
    for (int i = 0; i < l->count; i++)
        shown += !l->columns[i].repeats && l->columns[i].plates > 0;
    draw_tag(v->ui->draw, "thumbnails");
    draw_rect(v->ui->draw, strip, v->ui->theme->panel);
    draw_hline(v->ui->draw, strip.x, strip.x + strip.w, strip.y + strip.h - 1, 1,
               v->ui->theme->line);
    for (int i = 0; i < l->count; i++)
        if (!l->columns[i].repeats && l->columns[i].plates > 0)
            draw_thumb(v, n, &l->columns[i], rect_column(strip, shown, at++, 0));
    draw_tag(v->ui->draw, "network");
}

/* A button of the tools, its tip with the key. */
static bool tool(const struct view *v, struct rect *r, const char *id, const char *label,
                 const char *line, const char *tip, unsigned style)
{
    struct rect at = rect_cut_right(r, ui_button_width(v->ui, label));
    char text[160];
    const char *key = action_key(line);
    snprintf(text, sizeof text, "%s%s%s%s", tip, key ? " (" : "", key ? key : "", key ? ")" : "");
    bool clicked = ui_button(v->ui, id, at, label, BUTTON_PLAIN | style);
    ui_tooltip(v->ui, at, text);
    if (clicked)
        intents_add(v->out, "%s", line);
    return clicked;
}

void network_tools_draw(const struct view *v, struct network_state *n, struct rect r)
{
    char percent[32];
    r = rect_inset_xy(r, ui_px(v->ui, 10), ui_px(v->ui, 4));
    float least = ui_px(v->ui, 330); /* where the tabs need the room, the keys are there */
    if (!view_has_pass(v->snap) || r.w < least)
        return;
    snprintf(percent, sizeof percent, "%d %%", (int)(n->zoom * 100 + 0.5f));
    tool(v, &r, "network.closer", "+", "app closer", _("Closer"), 0);
    tool(v, &r, "network.fit", percent, "app fit", _("All of it"), 0);
    tool(v, &r, "network.farther", "−", "app farther", _("Farther"),
         n->zoom > 1 ? 0 : BUTTON_DISABLED);
    tool(v, &r, "network.lens", _("lens"), "app lens", _("Numbers under the pointer"),
         n->no_lens ? 0 : BUTTON_ON);
}
