#include "glassnet/view/pen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "glassnet/view/action.h"
#include "glassnet/view/canvas.h"

static const uint32_t colours[PEN_COLOURS] = {0xe0323a, 0x1f9d55, 0x8b3fe0};
static const char *const colour_names[PEN_COLOURS] = {N_("Red"), N_("Green"), N_("Violet")};

void pen_clear(struct pen_state *p)
{
    p->n_points = p->n_strokes = 0;
    p->drawing = false;
}

void pen_deinit(struct pen_state *p)
{
    free(p->points);
    free(p->strokes);
    *p = (struct pen_state){.on = false};
}

static void add_point(struct pen_state *p, struct rect r, float x, float y)
{
    struct pen_stroke *s = &p->strokes[p->n_strokes - 1];
    struct point at = {(x - r.x) / r.w, (y - r.y) / r.h};
    if (s->count > 0) {
        struct point last = p->points[p->n_points - 1];
        if (hypotf((at.x - last.x) * r.w, (at.y - last.y) * r.h) < 1.5f)
            return;
    }
    p->points = mem_grow(p->points, &p->cap_points, p->n_points + 1, sizeof *p->points);
    p->points[p->n_points++] = at;
    s->count++;
}

static void begin_stroke(struct pen_state *p, struct rect r, float x, float y)
{
    p->strokes = mem_grow(p->strokes, &p->cap_strokes, p->n_strokes + 1, sizeof *p->strokes);
    p->strokes[p->n_strokes++] = (struct pen_stroke){.colour = p->colour, .first = p->n_points};
    p->drawing = true;
    add_point(p, r, x, y);
}

/* From a point to the stroke's nearest piece, in pixels. */
static float distance_to(const struct pen_state *p, const struct pen_stroke *s, struct rect r,
                         float x, float y)
{
    float best = INFINITY;
    for (int i = 0; i < s->count; i++) {
        struct point b = p->points[s->first + i], a = i ? p->points[s->first + i - 1] : b;
        float ax = r.x + a.x * r.w, ay = r.y + a.y * r.h;
        float dx = (b.x - a.x) * r.w, dy = (b.y - a.y) * r.h, length = dx * dx + dy * dy;
        float t = length > 0 ? ((x - ax) * dx + (y - ay) * dy) / length : 0;
        t = fmaxf(0, fminf(1, t));
        best = fminf(best, hypotf(x - ax - t * dx, y - ay - t * dy));
    }
    return best;
}

/* Whole strokes: what the rubber touches is gone. Their points stay until all is cleared. */
static void erase_at(struct pen_state *p, struct rect r, float x, float y, float reach)
{
    int kept = 0;
    for (int i = 0; i < p->n_strokes; i++)
        if (distance_to(p, &p->strokes[i], r, x, y) > reach)
            p->strokes[kept++] = p->strokes[i];
    p->n_strokes = kept;
    if (kept == 0)
        p->n_points = 0;
}

static void draw_by_mouse(const struct view *v, struct pen_state *p, struct rect r)
{
    struct ui_input *in = v->ui->in;
    unsigned answer = ui_area(v->ui, "pen.paper", r, _("draw here"), false);
    bool held = (answer & (AREA_PRESSED | AREA_HELD)) != 0;
    if (!held) {
        p->drawing = false;
        return;
    }
    if (p->erases) {
        erase_at(p, r, in->mouse_x, in->mouse_y, ui_px(v->ui, 18));
        return;
    }
    if (!p->drawing)
        begin_stroke(p, r, in->press_x, in->press_y);
    add_point(p, r, in->mouse_x, in->mouse_y);
}

static void draw_strokes(const struct view *v, const struct pen_state *p, struct rect r)
{
    struct ui *ui = v->ui;
    float width = fmaxf(3, ui_px(ui, 6));
    struct point *points = mem_zalloc((size_t)p->n_points + 1, sizeof *points);
    for (int i = 0; i < p->n_strokes; i++) {
        const struct pen_stroke *s = &p->strokes[i];
        struct colour c = colour_hex(colours[s->colour]);
        for (int k = 0; k < s->count; k++)
            points[k] = (struct point){r.x + p->points[s->first + k].x * r.w,
                                       r.y + p->points[s->first + k].y * r.h};
        if (s->count == 1)
            draw_circle(ui->draw, points[0].x, points[0].y, width * 0.8f, c);
        else
            draw_polyline(ui->draw, points, s->count, width, c);
    }
    free(points);
}

static void tip(const struct view *v, struct rect r, const char *words, const char *line)
{
    char text[128];
    const char *key = action_key(line);
    snprintf(text, sizeof text, "%s%s%s%s", words, key ? " (" : "", key ? key : "", key ? ")" : "");
    ui_tooltip(v->ui, r, text);
}

static void draw_colours(const struct view *v, struct pen_state *p, struct rect *row)
{
    struct ui *ui = v->ui;
    for (int i = 0; i < PEN_COLOURS; i++) {
        char id[32];
        struct rect b = rect_cut_left(row, ui_px(ui, 46));
        struct point m = rect_middle(b);
        bool on = !p->erases && p->colour == i;
        snprintf(id, sizeof id, "pen.%s", colour_names[i]);
        if (ui_area(ui, id, b, translate(colour_names[i]), true) & AREA_CLICKED) {
            p->colour = i;
            p->erases = false;
        }
        tip(v, b, translate(colour_names[i]), "app pen colour");
        draw_circle(ui->draw, m.x, m.y, ui_px(ui, on ? 15 : 11), colour_hex(colours[i]));
        if (on)
            draw_ring(ui->draw, m.x, m.y, ui_px(ui, 19), fmaxf(2, ui_px(ui, 3)), ui->theme->ink);
    }
}

/* Everything a presenter covers and uncovers, for those who have the mouse alone. */
static const struct tool {
    const char *id, *label, *words, *line;
} tools[] = {{"pen.erase", N_("Erase"), N_("Wipe strokes away"), "app pen erase"},
             {"pen.clear", N_("Clear"), N_("Wipe all strokes away"), "app pen clear"},
             {"pen.light", N_("Light"), N_("Light on the selection alone"), "app spotlight"},
             {"pen.hide", N_("Hide"), N_("Hide the value: guess first"), "app hide"},
             {"pen.blank", N_("Blank"), N_("Blank the screen"), "app blank"},
             {"pen.done", N_("Done"), N_("Put the pen away"), "app pen"}};
enum { TOOLS = sizeof tools / sizeof *tools };

static void draw_toolbar(const struct view *v, struct pen_state *p, struct rect canvas)
{
    struct ui *ui = v->ui;
    float pad = ui_px(ui, 8), width = 2 * pad + ui_px(ui, 46 * PEN_COLOURS + 10);
    for (int i = 0; i < TOOLS; i++)
        width += ui_button_width(ui, translate(tools[i].label)) - ui_px(ui, 16);
    /* in place of the canvas's tabs: the paper covers those anyway */
    float height = ui_px(ui, CANVAS_TABS);
    struct rect box = {canvas.x + canvas.w - width - pad, canvas.y - height, width, height};
    box.x = fmaxf(box.x, 2);
    box.w = fminf(box.w, (float)ui->w - 4);
    ui_popup_begin(ui, box);
    draw_round_rect(ui->draw, box, ui_px(ui, 10), ui->theme->panel);
    draw_round_frame(ui->draw, box, ui_px(ui, 10), fmaxf(1, ui_px(ui, 2)), ui->theme->frame);
    struct rect row = rect_inset_xy(box, pad, ui_px(ui, 2));
    draw_colours(v, p, &row);
    rect_cut_left(&row, ui_px(ui, 10));
    for (int i = 0; i < TOOLS; i++) {
        struct rect b =
            rect_cut_left(&row, ui_button_width(ui, translate(tools[i].label)) - ui_px(ui, 16));
        bool on = (i == 0 && p->erases) || (i == 2 && v->spotlight) || (i == 3 && v->hide_value);
        if (ui_button(ui, tools[i].id, b, translate(tools[i].label),
                      BUTTON_PLAIN | (on ? (unsigned)BUTTON_ON : 0u)))
            intents_add(v->out, "%s", tools[i].line);
        tip(v, b, translate(tools[i].words), tools[i].line);
    }
    ui_popup_end(ui);
}

void pen_button_draw(const struct view *v, const struct pen_state *p, struct rect *tabs)
{
    struct ui *ui = v->ui;
    float width = ui_button_width(ui, _("Pen"));
    if (p->on || tabs->w < width)
        return;
    struct rect b = rect_cut_right(tabs, width);
    if (ui_button(ui, "pen", b, _("Pen"), BUTTON_PLAIN))
        intents_add(v->out, "app pen");
    tip(v, b, _("Draw over the picture"), "app pen");
}

void pen_draw(const struct view *v, struct pen_state *p, struct rect r, struct rect canvas)
{
    struct ui *ui = v->ui;
    draw_tag(ui->draw, "popup");
    if (p->on) {
        ui_popup_begin(ui, r);
        draw_by_mouse(v, p, r);
        draw_strokes(v, p, r);
        ui_popup_end(ui);
    } else {
        draw_strokes(v, p, r);
    }
    p->strokes_end = ui->draw->n_cmds;
    if (p->on)
        draw_toolbar(v, p, canvas);
    draw_tag(ui->draw, NULL);
}
