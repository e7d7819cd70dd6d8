#include "glassnet/view/beside.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "flow.h"
#include "inside_own.h"
#include "map_grid.h"

/* One of the three columns: whose numbers, of which shape. */
struct side {
    const char *title, *layer;
    const struct shape *shape;
    const float *numbers; /* NULL: nothing to compare */
    float limit;
};

static int layer_of(const struct snapshot *snap, const struct beside_state *s)
{
    int layer = net_find_layer(snap->net, s->layer);
    if (layer < 1)
        layer = attribute_last_maps(snap->net);
    return layer >= 1 ? layer : snap->net->layer_count - 1;
}

/* The other network's layer: the one chosen, that of the same name, the last for the last, else
 * the one as far along. */
static int other_layer(const struct snapshot *snap, const struct beside_state *s, int layer)
{
    const struct net *other = snap->beside->net;
    int found = net_find_layer(other, s->other);
    if (found < 1)
        found = net_find_layer(other, snap->net->layers[layer].name);
    if (found < 1) {
        float along = (float)layer / (float)(snap->net->layer_count - 1);
        found = (int)lroundf(along * (float)(other->layer_count - 1));
    }
    return found >= 1 ? found : other->layer_count - 1;
}

static const float *other_numbers(const struct snapshot *snap, int layer)
{
    const struct beside_view *b = snap->beside;
    int tensor = b->program->layer_out[layer];
    size_t count = b->program->tensors[tensor].count;
    return trace_tensor(b->trace, tensor) + count * (size_t)snap->view_sample;
}

/* --- the sample and what both make of it ----------------------------------------------------- */

/* Outputs of these are shares of 1. */
static bool are_shares(const struct net *net)
{
    enum activation last = net_output(net)->activation;
    return last == ACT_SOFTMAX || last == ACT_SIGMOID;
}

/* What one of the networks says of output k. */
struct said {
    const float *outputs; /* NULL: nothing */
    int count, guess;
    bool shares;
};

static void draw_bar(const struct view *v, struct rect row, const struct said *s, int k)
{
    struct ui *ui = v->ui;
    char number[48] = "–";
    int px = ui_text_px(ui, 17);
    bool there = s->outputs && k < s->count;
    float value = there ? s->outputs[k] : 0;
    struct rect text = rect_cut_right(&row, ui_px(ui, 84));
    if (there && s->shares)
        view_percent(v->snap, (double)value, 1, number, sizeof number);
    else if (there)
        view_number(v->snap, (double)value, number, sizeof number);
    draw_text_in(ui->draw, k == s->guess ? FONT_MONO_BOLD : FONT_MONO, px, text,
                 ALIGN_RIGHT | TEXT_MAY_CUT, ui->theme->ink, number);
    if (!s->shares) /* a bar has an end only where they have */
        return;
    row = rect_inset_xy(row, ui_px(ui, 4), row.h * 0.3f);
    draw_rect(ui->draw, row, ui->theme->track);
    row.w *= isfinite(value) ? value : 0;
    draw_rect(ui->draw, row, ui->theme->text_value_pos);
}

/* A row for each output: its name, here, there. */
static void draw_outputs(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    const struct beside_view *b = snap->beside;
    const struct said mine = {snap->probabilities, snap->output_count, snap->guess,
                              are_shares(snap->net)};
    const struct said theirs = {b->probabilities, b->output_count, b->guess, are_shares(b->net)};
    int n = snap->output_count > b->output_count ? snap->output_count : b->output_count;
    int px = ui_text_px(ui, 18);
    float least = fmaxf(ui_px(ui, 25), (float)px * 1.3f);
    int shown = n < (int)(r.h / least) - 1 ? n : (int)(r.h / least) - 1;
    if (shown < 1)
        return;
    float row = fminf(r.h / (float)(shown + 1), ui_px(ui, 38));
    for (int k = -1; k < shown; k++) {
        char name[64];
        struct rect line = {r.x, r.y + row * (float)(k + 1), r.w, row};
        struct rect words = rect_cut_left(&line, line.w * 0.2f);
        struct rect here = rect_column(line, 2, 0, ui_px(ui, 10));
        struct rect there = rect_column(line, 2, 1, ui_px(ui, 10));
        if (k < 0) {
            draw_text_in(ui->draw, FONT_SANS, px, here, ALIGN_RIGHT | TEXT_MAY_CUT,
                         ui->theme->muted, "here");
            draw_text_in(ui->draw, FONT_SANS, px, there, ALIGN_RIGHT | TEXT_MAY_CUT,
                         ui->theme->muted, "beside");
            continue;
        }
        draw_text_in(ui->draw, FONT_SANS, px, words, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                     view_class(snap, k, name, sizeof name));
        draw_bar(v, here, &mine, k);
        draw_bar(v, there, &theirs, k);
    }
}

static void draw_sample(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    char title[64], label[64];
    if (snap->sample >= 0)
        snprintf(title, sizeof title, "Sample %d", snap->sample);
    else
        snprintf(title, sizeof title, "%s", snap->picture[0] ? "Your picture" : "Your drawing");
    inside_caption(v, &r, title, view_label(snap, label, sizeof label));
    if (snap->net->layers[0].out.rank == 3) {
        float side = fminf(r.w, r.h * 0.42f);
        inside_picture_draw(v, rect_cut_top(&r, side), view_numbers(snap, snap->program->input),
                            NULL, 0);
        rect_cut_top(&r, ui_px(ui, 14));
    }
    inside_caption(v, &r, "Outputs", NULL);
    draw_outputs(v, r);
}

/* --- the layers ------------------------------------------------------------------------------ */

static void draw_layers(const struct view *v, const struct net *net, const char *prefix,
                        const char *words, int chosen, char *name, size_t size, struct rect *r)
{
    struct flow f = flow_begin(v, *r, 38);
    struct ui *ui = v->ui;
    char id[96];
    if (words)
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 19), flow_place(&f, ui_px(ui, 76)),
                     ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, words);
    for (int l = 1; l < net->layer_count; l++) {
        snprintf(id, sizeof id, "beside.%s.%.60s", prefix, net->layers[l].name);
        if (flow_button(&f, id, net->layers[l].name, l == chosen ? BUTTON_ON : BUTTON_NORMAL, NULL))
            snprintf(name, size, "%s", net->layers[l].name);
    }
    rect_cut_top(r, flow_height(&f) + ui_px(v->ui, 8));
}

/* The yellow frame around the selected number's map. */
static bool is_selected(const struct snapshot *snap, int layer, int count, int map)
{
    struct cell c = snap->selected;
    bool here = cell_is(c) && (c.tensor == snap->program->layer_out[layer] ||
                               c.tensor == snap->program->layer_z[layer]);
    return here && c.index % (size_t)count == (size_t)map;
}

static void draw_side(const struct view *v, struct beside_state *s, const struct side *side,
                      int layer, bool selects, struct rect r)
{
    struct ui *ui = v->ui;
    char note[96], number[48];
    view_number(v->snap, (double)side->limit, number, sizeof number);
    snprintf(note, sizeof note, "%s%sup to ±%s", side->layer ? side->layer : "",
             side->layer ? ", " : "", number);
    inside_caption(v, &r, side->title, side->numbers ? note : NULL);
    rect_cut_top(&r, ui_px(ui, 6));
    if (!side->numbers || r.h < ui_px(ui, 30))
        return;
    struct map_grid g = map_grid_begin(ui, side->shape, rect_inset_xy(r, ui_px(ui, 5), 0));
    int first = s->first < g.count ? s->first : 0;
    for (int k = 0; k < g.shown && first + k < g.count; k++) {
        char id[48], label[64];
        map_grid_draw(v, &g, side->numbers, first + k, k, side->limit);
        if (!selects)
            continue;
        snprintf(id, sizeof id, "beside.map.%d", first + k);
        snprintf(label, sizeof label, "%s, %d", side->layer, first + k);
        if (ui_area(ui, id, map_grid_at(&g, k), label, true) & AREA_CLICKED)
            view_select(v, (struct cell){v->snap->program->layer_out[layer], v->snap->view_sample,
                                         (size_t)(first + k)});
        if (is_selected(v->snap, layer, g.count, first + k))
            map_grid_mark(v, &g, k);
    }
}

/* Where there is no difference to show: why. */
static void say_why(const struct view *v, int layer, int other, struct rect r)
{
    const struct layer *a = &v->snap->net->layers[layer], *b = &v->snap->beside->net->layers[other];
    char here[64], there[64], text[300];
    rect_cut_top(&r, (float)ui_text_px(v->ui, 22) * 1.7f);
    shape_text(&a->out, " × ", here, sizeof here);
    shape_text(&b->out, " × ", there, sizeof there);
    if (shape_equal(&a->out, &b->out))
        snprintf(text, sizeof text, "No difference: %s and %s are layers of other names.", a->name,
                 b->name);
    else
        snprintf(text, sizeof text, "No difference: %s has %s numbers, %s has %s.", a->name, here,
                 b->name, there);
    inside_words(v, r, text);
}

static void draw_turn(const struct view *v, struct beside_state *s, int count, int shown,
                      struct rect row)
{
    struct ui *ui = v->ui;
    char text[64];
    s->first = s->first < count ? s->first : 0;
    if (shown >= count) {
        s->first = 0;
        return;
    }
    struct rect back = rect_cut_left(&row, ui_button_width(ui, "‹"));
    if (ui_button(ui, "beside.before", back, "‹", s->first > 0 ? 0 : BUTTON_DISABLED))
        s->first = s->first > shown ? s->first - shown : 0;
    rect_cut_left(&row, ui_px(ui, 8));
    struct rect on = rect_cut_left(&row, ui_button_width(ui, "›"));
    if (ui_button(ui, "beside.after", on, "›", s->first + shown < count ? 0 : BUTTON_DISABLED))
        s->first += shown;
    rect_cut_left(&row, ui_px(ui, 12));
    int last = s->first + shown < count ? s->first + shown : count;
    snprintf(text, sizeof text, "%d to %d of %d", s->first, last - 1, count);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 19), row, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->muted, text);
}

static void draw_columns(const struct view *v, struct beside_state *s, int layer, int other,
                         struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    const struct beside_view *b = snap->beside;
    const struct shape *shape = &snap->net->layers[layer].out;
    const struct shape *there = &b->net->layers[other].out;
    const float *mine = view_numbers(snap, snap->program->layer_out[layer]);
    const float *theirs = other_numbers(snap, other);
    const float *apart = b->match[layer] == other ? b->difference[layer] : NULL;
    float a = scale_limit(mine, (int)shape_count(shape));
    float z = scale_limit(theirs, (int)shape_count(there));
    if (apart) /* one scale for both, so that they can be compared */
        a = z = fmaxf(a, z);
    const struct side sides[3] = {{"Here", snap->net->layers[layer].name, shape, mine, a},
                                  {"Beside − here", NULL, shape, apart,
                                   apart ? scale_limit(apart, (int)shape_count(shape)) : 1},
                                  {"Beside", b->net->layers[other].name, there, theirs, z}};
    struct rect foot = rect_cut_bottom(&r, ui_px(ui, 40));
    float gap = ui_px(ui, 24);
    for (int k = 0; k < 3; k++) {
        struct rect column = rect_column(r, 3, k, gap);
        draw_side(v, s, &sides[k], layer, k == 0, column);
        if (k == 1 && !apart)
            say_why(v, layer, other, column);
    }
    struct rect first = rect_column(r, 3, 0, gap);
    rect_cut_top(&first, (float)ui_text_px(ui, 22) * 1.7f + ui_px(ui, 6));
    struct map_grid g = map_grid_begin(ui, shape, rect_inset_xy(first, ui_px(ui, 5), 0));
    draw_turn(v, s, g.count, g.shown, foot);
}

/* Nothing stands beside it yet: what could. */
static void draw_beginning(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    static const char *const labels[] = {"Untrained", "Start of this run", "Another network …"};
    static const char *const lines[] = {"beside fresh", "beside start", "app files beside"};
    static const char *const ids[] = {"beside.begin.fresh", "beside.begin.start",
                                      "beside.begin.open"};
    struct rect words = rect_cut_top(&r, r.h * 0.45f);
    rect_cut_top(&words, words.h * 0.4f);
    inside_words(v, words,
                 "The same sample through two networks, layer by layer, with the difference: what "
                 "is to stand beside this one?");
    float gap = ui_px(ui, 14), wide = -gap;
    for (int k = 0; k < 3; k++)
        wide += ui_button_width(ui, labels[k]) + gap;
    struct rect row = rect_cut_top(&r, ui_px(ui, 52));
    row = rect_centre(row, fminf(wide, row.w), row.h);
    for (int k = 0; k < 3; k++) {
        struct rect b = rect_cut_left(&row, ui_button_width(ui, labels[k]));
        if (ui_button(ui, ids[k], b, labels[k], k == 0 ? BUTTON_PRIMARY : BUTTON_NORMAL))
            intents_add(v->out, "%s", lines[k]);
        rect_cut_left(&row, gap);
    }
}

void beside_draw(const struct view *v, struct beside_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    draw_tag(ui->draw, "beside");
    draw_clip_push(ui->draw, r);
    struct rect in = rect_inset_xy(r, ui_px(ui, 24), ui_px(ui, 14));
    if (!snap->beside->trace) {
        draw_beginning(v, in);
    } else {
        char title[400];
        int layer = layer_of(snap, s), other = other_layer(snap, s, layer);
        draw_sample(v, rect_cut_left(&in, in.w * 0.28f));
        rect_cut_left(&in, ui_px(ui, 28));
        snprintf(title, sizeof title, "%s, and beside it: %s", snap->title, snap->beside->title);
        inside_caption(v, &in, title, NULL);
        const struct net *net = snap->net, *there = snap->beside->net;
        bool two = s->other[0] || strcmp(net->layers[layer].name, there->layers[other].name) != 0;
        draw_layers(v, net, "layer", two ? "Here" : NULL, layer, s->layer, sizeof s->layer, &in);
        if (two)
            draw_layers(v, there, "other", "Beside", other, s->other, sizeof s->other, &in);
        draw_columns(v, s, layer, other, in);
    }
    draw_clip_pop(ui->draw);
    draw_tag(ui->draw, NULL);
}
