#include "glassnet/view/network.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "network_edges.h"
#include "network_focus.h"
#include "network_lens.h"
#include "network_move.h"
#include "network_picture.h"
#include "network_skips.h"
#include "plate_draw.h"

void network_init(struct network_state *n)
{
    *n = (struct network_state){.zoom = 1};
    n->picture = mem_zalloc(1, sizeof *n->picture);
}

void network_deinit(struct network_state *n)
{
    if (n->picture)
        network_picture_deinit(n->picture);
    free(n->picture);
    n->picture = NULL;
}

bool network_is_opened(const struct network_state *n, int value)
{
    for (int i = 0; i < n->opened_count; i++)
        if (n->opened[i] == value)
            return true;
    return false;
}

void network_turn_fold(struct network_state *n, int value)
{
    if (value < 0)
        return;
    for (int i = 0; i < n->opened_count; i++)
        if (n->opened[i] == value) {
            n->opened[i] = n->opened[--n->opened_count];
            return;
        }
    if (n->opened_count < NETWORK_OPENED)
        n->opened[n->opened_count++] = value;
}

int network_fold_at(const struct network_state *n, const struct snapshot *s, struct cell c)
{
    const struct scene *scene = &n->picture->scene;
    if (!cell_is(c) || !n->picture->laid_out)
        return -1;
    int place = scene_place(s, c.tensor);
    for (int i = 0; i < scene->fold_count; i++) {
        int value = scene->folds[i].value;
        if (value == c.tensor || (place >= 0 && place == scene_place(s, value)))
            return value;
    }
    return -1;
}

/* Lines may run behind a word, not through it. */
static void draw_ground(const struct view *v, struct rect r, enum font_face face, int px,
                        unsigned align, const char *text)
{
    float w = fminf(r.w, font_width(v->ui->fonts, face, px, text)), h = (float)px * 1.1f;
    float x = align & ALIGN_RIGHT    ? r.x + r.w - w
              : align & ALIGN_CENTRE ? r.x + (r.w - w) / 2
                                     : r.x;
    draw_rect(v->ui->draw, (struct rect){x, r.y + (r.h - h) / 2, w, h}, v->ui->theme->background);
}

static void draw_label(const struct view *v, const struct scene_label *l, float zoom)
{
    const struct theme *t = v->ui->theme;
    struct rect seen = rect_intersect(l->rect, draw_clip(v->ui->draw));
    if (!l->text[0] || seen.w < l->rect.w * 0.98f || seen.h < l->rect.h * 0.98f)
        return;
    struct colour c = l->colour == LABEL_INK     ? t->ink
                      : l->colour == LABEL_MUTED ? t->muted
                                                 : t->text_grad_pos;
    int px = (int)((float)l->px * fminf(zoom, 1.5f));
    draw_ground(v, l->rect, l->face, px, l->align, l->text);
    draw_text_in(v->ui->draw, l->face, px, l->rect, l->align, c, l->text);
}

/* Labels and scales from the ones given on, up to `labels` and `legends`. */
static void draw_labels(const struct view *v, const struct scene *s, int first, int labels,
                        int first_legend, int legends, float zoom)
{
    for (int i = first; i < labels; i++)
        draw_label(v, &s->labels[i], zoom);
    for (int i = first_legend; i < legends; i++) {
        struct rect r = s->legends[i].rect, seen = rect_intersect(r, draw_clip(v->ui->draw));
        if (r.w > 0 && seen.w >= r.w * 0.98f && seen.h >= r.h * 0.98f)
            legend_draw(v, &s->legends[i], ui_text_px(v->ui, 17));
    }
}

static void hover(const struct view *v, const struct scene *s, struct rect r)
{
    struct ui_input *in = v->ui->in;
    struct cell c = scene_hit(s, in->mouse_x, in->mouse_y, 6);
    if (!cell_is(c) || !ui_hovers(v->ui, r))
        return;
    char name[160], number[48], was[80], text[300];
    snprintf(number, sizeof number, "%s", _("not computed yet"));
    cell_title(v->snap->program, c, name, sizeof name);
    if (view_is_hidden(v, c))
        snprintf(number, sizeof number, "?");
    else if (view_is_done(v, c))
        view_number(v->snap, (double)cell_value(v->snap->trace, c), number, sizeof number);
    bool changed = view_was_text(v, c, was, sizeof was);
    snprintf(text, sizeof text, "%s = %s%s%s", name, number, changed ? ", " : "", was);
    ui_tooltip(v->ui, (struct rect){in->mouse_x, in->mouse_y, 16, 20}, text);
}

static void draw_plates(const struct view *v, const struct scene *s, bool detail)
{
    for (int i = 0; i < s->plate_count; i++)
        if (s->plates[i].detail == detail)
            plate_draw(v, s, &s->plates[i]);
}

/* "… 48 more" opens a column, "fold" folds it again. */
static void draw_folds(const struct view *v, struct network_state *n, const struct scene *s)
{
    struct ui *ui = v->ui;
    for (int i = 0; i < s->fold_count; i++) {
        const struct fold *f = &s->folds[i];
        struct rect seen = rect_intersect(f->rect, draw_clip(ui->draw));
        if (seen.w < f->rect.w * 0.98f || seen.h < f->rect.h * 0.98f || !f->text[0])
            continue;
        char id[64];
        snprintf(id, sizeof id, "fold.%.48s", v->snap->program->tensors[f->value].name);
        unsigned answer = ui_area(ui, id, f->rect, f->text, true);
        if (answer & AREA_CLICKED)
            network_turn_fold(n, f->value);
        int px = ui_text_px(ui, 17);
        draw_ground(v, f->rect, FONT_SANS, px, ALIGN_CENTRE, f->text);
        if (answer & AREA_HOVER)
            draw_rect(ui->draw, f->rect, ui->theme->hover);
        draw_text_in(ui->draw, FONT_SANS, px, f->rect, ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->link,
                     f->text);
        ui_tooltip(ui, f->rect, f->opens ? _("Opens: shows all of it") : _("Folds it again"));
    }
}

/* What the lines between units show, with its scale; a click turns it over. */
static void draw_foot(const struct view *v, struct network_state *n, struct network_picture *p)
{
    struct ui *ui = v->ui;
    const struct scene *s = &p->scene;
    if (s->edge_count == 0 || rect_is_empty(p->foot))
        return;
    bool updated = view_phase(v->snap) == PHASE_UPDATE;
    const char *what = s->edge_gradient ? _("lines: ∂L/∂W")
                       : updated        ? _("lines: new W")
                                        : _("lines: W");
    int px = ui_text_px(ui, 17);
    float gap = ui_px(ui, 12), w = font_width(ui->fonts, FONT_SANS_BOLD, px, what) + 2;
    struct rect rest = p->foot, name = rect_cut_left(&rest, w);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, name, ALIGN_LEFT,
                 s->edge_gradient ? ui->theme->text_grad_pos : ui->theme->ink, what);
    rect_cut_left(&rest, gap);
    struct legend scale = {rect_cut_left(&rest, ui_px(ui, 170)), s->edge_limit, s->edge_gradient};
    legend_draw(v, &scale, px);
    rect_cut_left(&rest, gap);
    draw_text_in(ui->draw, FONT_SANS, px, rest, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted,
                 s->edge_note);
    struct rect both = rect_union(name, scale.rect);
    if (ui_area(ui, "lines", both, what, true) & AREA_CLICKED)
        n->other_edges = !n->other_edges;
    ui_tooltip(ui, both, _("Lines show the weight, or its gradient: click turns it over (E)"));
}

/* A number that is none: where that began. A click selects it. */
static void draw_bad(const struct view *v, const struct network_picture *p, struct rect sight)
{
    struct ui *ui = v->ui;
    char name[160], text[240];
    if (!cell_is(p->bad) || !view_is_done(v, p->bad))
        return;
    cell_title(v->snap->program, p->bad, name, sizeof name);
    snprintf(text, sizeof text, _("%s began at %s"),
             isnan(cell_value(v->snap->trace, p->bad)) ? "NaN" : _("Infinity"), name);
    int px = ui_text_px(ui, 20);
    float w = font_width(ui->fonts, FONT_SANS_BOLD, px, text) + ui_px(ui, 28);
    struct rect r = {sight.x + (sight.w - fminf(w, sight.w)) / 2,
                     sight.y + sight.h - (float)px * 2.2f, fminf(w, sight.w), (float)px * 1.8f};
    ui_popup_begin(ui, r);
    draw_round_rect(ui->draw, r, ui_px(ui, 6), ui->theme->panel);
    draw_round_frame(ui->draw, r, ui_px(ui, 6), fmaxf(2, ui_px(ui, 2)), ui->theme->error);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, r, ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->error,
                 text);
    if (ui_area(ui, "bad", r, text, true) & AREA_CLICKED)
        view_select(v, p->bad);
    ui_popup_end(ui);
}

static void draw_words(const struct view *v, struct network_state *n)
{
    struct network_picture *p = n->picture;
    const struct scene *s = &p->scene;
    draw_clip_push(v->ui->draw, network_in_sight(v, n));
    draw_labels(v, s, 0, p->detail_labels, 0, p->detail_legends, s->zoom);
    draw_folds(v, n, s);
    draw_clip_pop(v->ui->draw);
}

static void draw_network(const struct view *v, struct network_state *n)
{
    struct network_picture *p = n->picture;
    const struct scene *s = &p->scene;
    draw_tag(v->ui->draw, "network");
    draw_clip_push(v->ui->draw, network_in_sight(v, n));
    network_edges_draw(v, s);
    network_skips_draw(&p->layout, s);
    draw_plates(v, s, false);
    network_edges_dots(v, s);
    draw_clip_pop(v->ui->draw);
    if (v->spotlight) /* it dims words, too */
        draw_words(v, n);
    network_thumbs_draw(v, n);
    draw_foot(v, n, p);
}

static void draw_strip(const struct view *v, const struct network_picture *p, struct rect r)
{
    const struct scene *s = &p->scene;
    if (cell_is(v->snap->selected))
        draw_hline(v->ui->draw, r.x, r.x + r.w, p->strip.y - ui_px(v->ui, 6), 1,
                   v->ui->theme->line);
    draw_tag(v->ui->draw, "detail");
    draw_plates(v, s, true);
    draw_labels(v, s, p->detail_labels, s->label_count, p->detail_legends, s->legend_count, 1);
}

void network_draw(const struct view *v, struct network_state *n, struct rect r)
{
    struct network_picture *p = n->picture;
    if (!view_has_pass(v->snap)) {
        scene_begin(&p->scene, v->snap);
        p->laid_out = false;
        return;
    }
    if (n->net != v->snap->net)
        n->opened_count = 0;
    n->net = v->snap->net;
    network_picture_split(p, v, r);
    unsigned answer = ui_area(v->ui, "canvas", r, _("network"), false);
    network_move(v, n, answer);
    network_picture_update(v, n, r);
    draw_network(v, n);
    draw_clip_push(v->ui->draw, r);
    draw_strip(v, p, r);
    struct rect sight = network_in_sight(v, n);
    network_focus_show(v, &p->scene, network_motion_regions(&p->motion), r, sight);
    draw_tag(v->ui->draw, "network");
    if (!v->spotlight)
        draw_words(v, n);
    network_motion_draw(&p->motion, v);
    draw_bad(v, p, sight);
    draw_clip_pop(v->ui->draw);
    draw_tag(v->ui->draw, NULL);
    if ((answer & AREA_CLICKED) && !n->dragging)
        view_select(v, scene_hit(&p->scene, v->ui->in->mouse_x, v->ui->in->mouse_y, 6));
    if (p->motion.moves || n->no_lens || !network_lens_draw(v, &p->scene, r, sight))
        hover(v, &p->scene, r);
}

bool network_cell_rect(const struct network_state *n, struct cell c, struct rect *out)
{
    const struct scene *s = &n->picture->scene;
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
    if (!n->picture || i >= n->picture->scene.plate_count)
        return false;
    const struct plate *p = &n->picture->scene.plates[i];
    *rect = p->rect;
    *rows = p->rows;
    *cols = p->cols;
    return true;
}

struct cell network_plate_cell(const struct network_state *n, int i, int row, int col)
{
    const struct scene *s = &n->picture->scene;
    return plate_cell(s, &s->plates[i], row, col);
}
