/* The activations of a layer: its maps or units, each to be selected. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "inside_own.h"

/* How the pictures of a layer are laid out. */
struct gallery {
    int layer, tensor;
    int count; /* maps, or units */
    int h, w;  /* of one; 1 × 1 for units */
    int shown; /* how many find room */
    int columns;
    float side, gap, words; /* of one; between them; height of its number */
    float limit;
};

/* The largest side with which n pictures of this aspect fit into r. */
static float side_for(const struct gallery *g, struct rect r, int n, int *columns)
{
    float best = 0;
    for (int c = 1; c <= n; c++) {
        int rows = (n + c - 1) / c;
        float w = (r.w - g->gap * (float)(c - 1)) / (float)c;
        float h = (r.h - g->gap * (float)(rows - 1)) / (float)rows - g->words;
        float side = fminf(w, h * (float)g->w / (float)g->h);
        if (side > best) {
            best = side;
            *columns = c;
        }
    }
    return best;
}

static struct gallery lay_out(const struct view *v, int layer, struct rect r)
{
    const struct snapshot *snap = v->snap;
    const struct shape *shape = &snap->net->layers[layer].out;
    struct ui *ui = v->ui;
    struct gallery g = {.layer = layer, .tensor = snap->program->layer_out[layer], .h = 1, .w = 1};
    if (shape->rank == 3)
        g.h = shape->dim[0], g.w = shape->dim[1];
    g.count = (int)shape_count(shape) / (g.h * g.w);
    g.gap = ui_px(ui, 10);
    g.words = (float)ui_text_px(ui, 17) * 1.3f;
    g.limit = scale_limit(view_numbers(snap, g.tensor), (int)shape_count(shape));
    float least = ui_px(ui, g.h * g.w > 1 ? 60 : 44);
    g.shown = g.count;
    while ((g.side = side_for(&g, r, g.shown, &g.columns)) < least && g.shown > 1)
        g.shown -= g.shown > 64 ? g.shown / 8 : 1;
    g.side = fminf(g.side, ui_px(ui, g.h * g.w > 1 ? 330 : 84));
    g.columns = (int)fmaxf(1, fminf((float)g.shown, (r.w + g.gap) / (g.side + g.gap)));
    return g;
}

/* Selects the number under the pointer, of a unit the one there is. */
static void pick(const struct view *v, const struct gallery *g, int map, struct rect at)
{
    struct ui *ui = v->ui;
    float u = (ui->in->mouse_x - at.x) / at.w, w = (ui->in->mouse_y - at.y) / at.h;
    bool inside = u >= 0 && u < 1 && w >= 0 && w < 1;
    int row = inside ? (int)(w * (float)g->h) : g->h / 2;
    int col = inside ? (int)(u * (float)g->w) : g->w / 2;
    struct cell c = {g->tensor, v->snap->view_sample,
                     ((size_t)row * (size_t)g->w + (size_t)col) * (size_t)g->count + (size_t)map};
    view_select(v, c);
}

static bool is_selected(const struct view *v, const struct gallery *g, int map)
{
    const struct snapshot *snap = v->snap;
    struct cell c = snap->selected;
    bool here = c.tensor == g->tensor || c.tensor == snap->program->layer_z[g->layer];
    return cell_is(c) && here && c.index % (size_t)g->count == (size_t)map;
}

static void draw_one(const struct view *v, const struct gallery *g, int map, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    struct rect words = rect_cut_bottom(&r, g->words);
    struct rect at = rect_snap(r);
    char id[48], name[96], number[16];
    const float *numbers = view_numbers(v->snap, g->tensor);
    size_t cells = (size_t)g->h * (size_t)g->w;
    uint32_t *colours = mem_zalloc(cells, sizeof *colours);
    scale_pack(t, false, numbers + map, (int)cells, g->count, g->limit, colours);
    draw_heatmap(ui->draw, at, g->w, g->h, colours, 0, t->frame);
    free(colours);
    draw_frame(ui->draw, rect_inset(at, -1), 1, t->frame);
    inside_goal_words(v->snap, g->layer, (size_t)map, name, sizeof name);
    snprintf(id, sizeof id, "inside.map.%d", map);
    unsigned answer = ui_area(ui, id, at, name, true);
    if (answer & AREA_CLICKED)
        pick(v, g, map, at);
    if (answer & AREA_DOUBLE)
        inside_dream_of(v, g->layer, (size_t)map);
    if (is_selected(v, g, map)) {
        float wide = fmaxf(2, ui_px(ui, 4));
        draw_frame(ui->draw, rect_inset(at, -wide - 1), 1, t->ink);
        draw_frame(ui->draw, rect_inset(at, -wide), wide, t->selection);
    }
    snprintf(number, sizeof number, "%d", map);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 17), words, ALIGN_CENTRE | TEXT_MAY_CUT,
                 t->muted, number);
}

/* Where not all find room: which are shown, and the way to the others. */
static void draw_turn(const struct view *v, struct inside_state *s, const struct gallery *g,
                      struct rect row)
{
    struct ui *ui = v->ui;
    char text[64];
    int last = s->first + g->shown < g->count ? s->first + g->shown : g->count;
    struct rect back = rect_cut_left(&row, ui_button_width(ui, "‹"));
    if (ui_button(ui, "inside.before", back, "‹", s->first > 0 ? 0 : BUTTON_DISABLED))
        s->first = s->first > g->shown ? s->first - g->shown : 0;
    rect_cut_left(&row, ui_px(ui, 8));
    struct rect on = rect_cut_left(&row, ui_button_width(ui, "›"));
    if (ui_button(ui, "inside.after", on, "›", last < g->count ? 0 : BUTTON_DISABLED))
        s->first += g->shown;
    rect_cut_left(&row, ui_px(ui, 12));
    snprintf(text, sizeof text, "%d to %d of %d", s->first, last - 1, g->count);
    if (font_width(ui->fonts, FONT_SANS, ui_text_px(ui, 19), text) > row.w)
        return;
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 19), row, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->muted, text);
}

static void draw_limit(const struct view *v, const struct gallery *g, struct rect *r)
{
    char note[96], number[48], title[128];
    const struct layer *l = &v->snap->net->layers[g->layer];
    view_number(v->snap, (double)g->limit, number, sizeof number);
    snprintf(note, sizeof note, "orange −, blue +, up to ±%s", number);
    snprintf(title, sizeof title, "%d %s of %s", g->count, g->h * g->w > 1 ? "maps" : "units",
             l->name);
    inside_caption(v, r, title, note);
}

static void draw_shown(const struct view *v, const struct inside_state *s, const struct gallery *g,
                       struct rect all)
{
    float high = g->side * (float)g->h / (float)g->w + g->words;
    for (int k = 0; k < g->shown && s->first + k < g->count; k++)
        draw_one(v, g, s->first + k,
                 (struct rect){all.x + (float)(k % g->columns) * (g->side + g->gap),
                               all.y + (float)(k / g->columns) * (high + g->gap), g->side, high});
}

/* Where all is enlarged there is one row: the way to the others stands beside the maps. */
static void draw_tight(const struct view *v, struct inside_state *s, struct rect r)
{
    struct rect turn = rect_cut_right(&r, 2 * ui_button_width(v->ui, "‹") + ui_px(v->ui, 8));
    struct rect all = rect_inset(r, ui_px(v->ui, 6));
    struct gallery g = lay_out(v, inside_layer(v->snap, s), all);
    if (s->first >= g.count || s->first < 0 || g.shown == g.count)
        s->first = 0;
    if (g.side < ui_px(v->ui, 8))
        return;
    draw_shown(v, s, &g, all);
    if (g.shown < g.count)
        draw_turn(v, s, &g, rect_cut_top(&turn, ui_px(v->ui, 40)));
}

void inside_maps_draw(const struct view *v, struct inside_state *s, struct rect r, bool tight)
{
    struct ui *ui = v->ui;
    struct rect all = r;
    if (tight) {
        draw_tight(v, s, r);
        return;
    }
    float caption = (float)ui_text_px(ui, 22) * 1.7f, turn = ui_px(ui, 46);
    rect_cut_top(&all, caption + ui_px(ui, 6));
    all = rect_inset_xy(all, ui_px(ui, 6), 0);
    if (all.h < ui_px(ui, 40))
        return;
    struct gallery g = lay_out(v, inside_layer(v->snap, s), all);
    if (g.shown < g.count) {
        rect_cut_bottom(&all, turn);
        g = lay_out(v, g.layer, all);
        draw_turn(v, s, &g, rect_cut_bottom(&r, ui_px(ui, 40)));
    }
    if (s->first >= g.count || s->first < 0 || g.shown == g.count)
        s->first = 0;
    draw_limit(v, &g, &r);
    draw_shown(v, s, &g, all);
}
