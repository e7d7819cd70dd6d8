/* The activations of a layer: its maps or units, each to be selected. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "inside_own.h"
#include "map_grid.h"

struct gallery {
    struct map_grid grid;
    int layer, tensor;
    float limit;
};

static struct gallery lay_out(const struct view *v, int layer, struct rect r)
{
    const struct snapshot *snap = v->snap;
    const struct shape *shape = &snap->net->layers[layer].out;
    int tensor = snap->program->layer_out[layer];
    struct tiles tiles = tiles_of_outputs(shape);
    return (struct gallery){map_grid_begin(v->ui, &tiles, r), layer, tensor,
                            scale_limit(view_numbers(snap, tensor), (int)shape_count(shape))};
}

static bool is_selected(const struct view *v, const struct gallery *g, int map)
{
    const struct snapshot *snap = v->snap;
    struct cell c = snap->selected;
    bool here = c.tensor == g->tensor || c.tensor == snap->program->layer_z[g->layer];
    return cell_is(c) && here && c.index % (size_t)g->grid.count == (size_t)map;
}

static void draw_one(const struct view *v, const struct gallery *g, int map, int k)
{
    struct rect at = map_grid_at(&g->grid, k);
    char id[48], name[96];
    inside_goal_words(v->snap, g->layer, (size_t)map, name, sizeof name);
    snprintf(id, sizeof id, "inside.map.%d", map);
    unsigned answer = ui_area(v->ui, id, at, name, true);
    if (answer & AREA_CLICKED)
        view_select(
            v, (struct cell){g->tensor, v->snap->view_sample, map_grid_under(v, &g->grid, map, k)});
    if (answer & AREA_DOUBLE)
        inside_dream_of(v, g->layer, (size_t)map);
    map_grid_draw(v, &g->grid, view_numbers(v->snap, g->tensor), map, k, g->limit, false);
    if (is_selected(v, g, map))
        map_grid_mark(v, &g->grid, k);
}

/* Where not all find room: which are shown, and the way to the others. */
static void draw_turn(const struct view *v, struct inside_state *s, const struct map_grid *g,
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
    snprintf(text, sizeof text, _("%d to %d of %d"), s->first, last - 1, g->count);
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
    snprintf(note, sizeof note, _("orange −, blue +, up to ±%s"), number);
    int n = g->grid.count;
    snprintf(title, sizeof title,
             g->grid.h * g->grid.w > 1 ? translate_count("%d map of %s", "%d maps of %s", n)
                                       : translate_count("%d unit of %s", "%d units of %s", n),
             n, l->name);
    inside_caption(v, r, title, note);
}

static void draw_shown(const struct view *v, const struct inside_state *s, const struct gallery *g)
{
    for (int k = 0; k < g->grid.shown && s->first + k < g->grid.count; k++)
        draw_one(v, g, s->first + k, k);
}

static void keep_first(struct inside_state *s, const struct map_grid *g)
{
    if (s->first >= g->count || s->first < 0 || g->shown == g->count)
        s->first = 0;
}

/* Where all is enlarged there is one row: the way to the others stands beside the maps. */
static void draw_tight(const struct view *v, struct inside_state *s, struct rect r)
{
    struct rect turn = rect_cut_right(&r, 2 * ui_button_width(v->ui, "‹") + ui_px(v->ui, 8));
    struct gallery g = lay_out(v, inside_layer(v->snap, s), rect_inset(r, ui_px(v->ui, 6)));
    keep_first(s, &g.grid);
    if (g.grid.side < ui_px(v->ui, 8))
        return;
    draw_shown(v, s, &g);
    if (g.grid.shown < g.grid.count)
        draw_turn(v, s, &g.grid, rect_cut_top(&turn, ui_px(v->ui, 40)));
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
    if (g.grid.shown < g.grid.count) {
        rect_cut_bottom(&all, turn);
        g = lay_out(v, g.layer, all);
        draw_turn(v, s, &g.grid, rect_cut_bottom(&r, ui_px(ui, 40)));
    }
    keep_first(s, &g.grid);
    draw_limit(v, &g, &r);
    draw_shown(v, s, &g);
}
