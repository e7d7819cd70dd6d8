#include "glassnet/view/inside.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "flow.h"
#include "glassnet/ui/paragraph.h"
#include "inside_own.h"

/* Design pixels: in less height than these layers have one line and maps one row. */
enum { INSIDE_TIGHT = 370 };

void inside_init(struct inside_state *s)
{
    *s = (struct inside_state){.opacity = 0.75f};
}

bool inside_suits(const struct snapshot *s)
{
    return s->net && s->net->layer_count > 1;
}

int inside_layer(const struct snapshot *snap, const struct inside_state *s)
{
    int layer = net_find_layer(snap->net, s->layer);
    if (layer < 1)
        layer = attribute_last_maps(snap->net);
    return layer >= 1 ? layer : snap->net->layer_count > 2 ? snap->net->layer_count - 2 : 1;
}

int inside_dream_tensor(const struct snapshot *snap, int layer)
{
    return snap->program->layer_z[layer];
}

void inside_dream_of(const struct view *v, int layer, size_t index)
{
    const struct snapshot *snap = v->snap;
    char name[256];
    struct cell cell = {inside_dream_tensor(snap, layer), 0, index};
    bool maps = snap->net->layers[layer].out.rank == 3;
    if (maps)
        cell.index %= (size_t)snap->net->layers[layer].out.dim[2];
    intents_add(v->out, "dream %s%s", cell_name(snap->program, cell, name, sizeof name),
                maps ? " map" : "");
}

void inside_goal_words(const struct snapshot *snap, int layer, size_t index, char *out, size_t size)
{
    const struct layer *l = &snap->net->layers[layer];
    char text[64];
    if (l->out.rank == 3)
        snprintf(out, size, _("%s, map %zu"), l->name, index % (size_t)l->out.dim[2]);
    else if (layer == snap->net->layer_count - 1 && l->out.rank == 1 && l->out.dim[0] > 1)
        snprintf(out, size, snap->data && snap->data->n_targets ? "%s, %s" : _("%s, class %s"),
                 l->name, view_class(snap, (int)index, text, sizeof text));
    else
        snprintf(out, size, _("%s, unit %zu"), l->name, index);
}

void inside_caption(const struct view *v, struct rect *r, const char *title, const char *note)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 22), small = ui_text_px(ui, 18);
    struct rect row = rect_cut_top(r, (float)px * 1.7f);
    float w = fminf(row.w, font_width(ui->fonts, FONT_SANS_BOLD, px, title) + 2);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, rect_cut_left(&row, w), ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, title);
    rect_cut_left(&row, ui_px(ui, 12));
    if (note && font_width(ui->fonts, FONT_SANS, small, note) + 2 < row.w)
        draw_text_in(ui->draw, FONT_SANS, small, row, ALIGN_LEFT, ui->theme->muted, note);
}

void inside_words(const struct view *v, struct rect r, const char *words)
{
    struct ui *ui = v->ui;
    const struct text_run run = {.text = words, .colour = ui->theme->muted};
    struct paragraph_style style = {.px = ui_text_px(ui, 22), .align = ALIGN_CENTRE};
    float w = fminf(ui_px(ui, 700), r.w * 0.9f);
    float h = paragraph_height(ui->fonts, &run, 1, &style, w);
    paragraph_draw(ui->draw, &run, 1, &style, r.x + (r.w - w) / 2, r.y + fmaxf(0, (r.h - h) / 2),
                   w);
}

/* A beginning: what the guess hangs on. */
static void ask(const struct view *v, struct inside_state *s)
{
    if (!s->asked_look && !v->snap->look->asked)
        intents_add(v->out, "look saliency");
    s->asked_look = true;
}

static void draw_pages(const struct view *v, struct inside_state *s, struct rect *r)
{
    static const char *const labels[] = {N_("Activations"), N_("Dream"), N_("Nearest")};
    struct ui *ui = v->ui;
    struct rect row = rect_cut_top(r, ui_px(ui, 46));
    row.w = fminf(row.w, ui_segments_width(ui, labels, INSIDE_PAGES));
    int page = ui_segments(ui, "inside.page", row, labels, INSIDE_PAGES, (int)s->page, 0);
    if (page >= 0)
        s->page = (enum inside_page)page;
    rect_cut_top(r, ui_px(ui, 8));
}

static void choose_layer(const struct view *v, struct inside_state *s, int l)
{
    const struct layer *layer = &v->snap->net->layers[l];
    snprintf(s->layer, sizeof s->layer, "%s", layer->name);
    s->first = 0;
    if (v->snap->look->asked && v->snap->look->kind == ATTRIBUTE_GRADCAM && layer->out.rank == 3)
        intents_add(v->out, "look gradcam %s", layer->name);
}

/* Which layer, where there is room for one line: the one shown, and the way to those beside it. */
static void turn_layers(const struct view *v, struct inside_state *s, struct rect *r)
{
    struct ui *ui = v->ui;
    int chosen = inside_layer(v->snap, s), last = v->snap->net->layer_count - 1;
    struct rect row = rect_cut_top(r, ui_px(ui, 40));
    rect_cut_top(r, ui_px(ui, 8));
    if (ui_button(ui, "inside.layer.before", rect_cut_left(&row, ui_button_width(ui, "‹")), "‹",
                  chosen > 1 ? BUTTON_NORMAL : BUTTON_DISABLED))
        choose_layer(v, s, chosen - 1);
    rect_cut_left(&row, ui_px(ui, 8));
    if (ui_button(ui, "inside.layer.after", rect_cut_left(&row, ui_button_width(ui, "›")), "›",
                  chosen < last ? BUTTON_NORMAL : BUTTON_DISABLED))
        choose_layer(v, s, chosen + 1);
    rect_cut_left(&row, ui_px(ui, 12));
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 22), row, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, v->snap->net->layers[chosen].name);
}

/* Which layer: a word each, in as many rows as they need. */
static void draw_layers(const struct view *v, struct inside_state *s, struct rect *r)
{
    const struct net *net = v->snap->net;
    struct flow f = flow_begin(v, *r, 40);
    int chosen = inside_layer(v->snap, s);
    char id[96], tip[160], shape[64];
    for (int l = 1; l < net->layer_count; l++) {
        const struct layer *layer = &net->layers[l];
        snprintf(id, sizeof id, "inside.layer.%.60s", layer->name);
        snprintf(tip, sizeof tip, "%s, %s", layer_kind_name(layer->kind),
                 shape_text(&layer->out, " × ", shape, sizeof shape));
        if (flow_button(&f, id, layer->name, l == chosen ? BUTTON_ON : BUTTON_NORMAL, tip) &&
            l != chosen)
            choose_layer(v, s, l);
    }
    rect_cut_top(r, flow_height(&f) + ui_px(v->ui, 10));
}

void inside_draw(const struct view *v, struct inside_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    draw_tag(ui->draw, "inside");
    draw_clip_push(ui->draw, r);
    struct rect in = rect_inset_xy(r, ui_px(ui, 24), ui_px(ui, 14));
    ask(v, s);
    inside_sample_draw(v, s, rect_cut_left(&in, in.w * 0.36f));
    rect_cut_left(&in, ui_px(ui, 30));
    draw_pages(v, s, &in);
    bool tight = r.h < ui_px(ui, INSIDE_TIGHT);
    if (tight)
        turn_layers(v, s, &in);
    else
        draw_layers(v, s, &in);
    if (s->page == INSIDE_MAPS)
        inside_maps_draw(v, s, in, tight);
    else if (s->page == INSIDE_DREAM)
        inside_dream_draw(v, s, in);
    else
        inside_nearest_draw(v, s, in);
    draw_clip_pop(ui->draw);
    draw_tag(ui->draw, NULL);
}
