#include "glassnet/view/beside.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "beside_own.h"
#include "flow.h"
#include "inside_own.h"
#include "map_grid.h"

/* One of the three columns: whose numbers, how they lie. */
struct side {
    const char *title;
    const struct program *program;
    int tensor; /* in program; -1: the difference */
    int cells;  /* the tensor of the network on screen that a click selects in; -1: none */
    const float *numbers; /* NULL: none */
    struct tiles tiles;
    float limit;
    bool gradient;
};

bool beside_has_pass(const struct snapshot *snap)
{
    const struct beside_view *b = snap->beside;
    return b->trace && snap->trace && b->layers == snap->net->layer_count;
}

static bool is_weights(enum beside_subject subject)
{
    return subject == BESIDE_WEIGHTS || subject == BESIDE_WEIGHT_GRADIENTS;
}

static bool is_gradient(enum beside_subject subject)
{
    return subject == BESIDE_OUTPUT_GRADIENTS || subject == BESIDE_WEIGHT_GRADIENTS;
}

static bool has_subject(const struct net *net, enum beside_subject subject, int layer)
{
    return layer >= 1 && (!is_weights(subject) || tiles_weights(&net->layers[layer]));
}

/* The layer, or the one nearest to it that has such numbers; 0: none has. */
static int nearest_with(const struct net *net, enum beside_subject subject, int layer)
{
    for (int apart = 0; apart < net->layer_count; apart++)
        for (int sign = 1; sign >= -1; sign -= 2) {
            int l = layer + sign * apart;
            if (l < net->layer_count && has_subject(net, subject, l))
                return l;
        }
    return 0;
}

static int layer_of(const struct snapshot *snap, const struct beside_state *s)
{
    int layer = net_find_layer(snap->net, s->layer);
    if (layer < 1)
        layer = attribute_last_maps(snap->net);
    return nearest_with(snap->net, s->subject, layer >= 1 ? layer : snap->net->layer_count - 1);
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
    return nearest_with(other, s->subject, found >= 1 ? found : other->layer_count - 1);
}

/* --- what is shown --------------------------------------------------------------------------- */

static void draw_subjects(const struct view *v, struct beside_state *s, struct rect *r)
{
    static const char *const labels[] = {N_("Activations"), N_("∂L/∂activation"), N_("Weights"),
                                         N_("∂L/∂weight")};
    struct rect row = rect_cut_top(r, ui_px(v->ui, 40));
    row.w = fminf(row.w, ui_segments_width(v->ui, labels, BESIDE_SUBJECTS));
    int chosen =
        ui_segments(v->ui, "beside.subject", row, labels, BESIDE_SUBJECTS, (int)s->subject, 0);
    if (chosen >= 0 && chosen != (int)s->subject) {
        s->subject = (enum beside_subject)chosen;
        s->first = 0;
    }
    rect_cut_top(r, ui_px(v->ui, 8));
}

static void draw_layers(const struct view *v, const struct beside_state *s, const struct net *net,
                        const char *prefix, const char *words, int chosen, char *name, size_t size,
                        struct rect *r)
{
    struct flow f = flow_begin(v, *r, 38);
    struct ui *ui = v->ui;
    char id[96];
    if (words)
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 19), flow_place(&f, ui_px(ui, 76)),
                     ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, words);
    for (int l = 1; l < net->layer_count; l++) {
        if (!has_subject(net, s->subject, l))
            continue;
        snprintf(id, sizeof id, "beside.%s.%.60s", prefix, net->layers[l].name);
        if (flow_button(&f, id, net->layers[l].name, l == chosen ? BUTTON_ON : BUTTON_NORMAL, NULL))
            snprintf(name, size, "%s", net->layers[l].name);
    }
    rect_cut_top(r, flow_height(&f) + ui_px(v->ui, 8));
}

/* --- the columns ----------------------------------------------------------------------------- */

/* "∂L/∂conv1.W, up to ±0.3" */
static void say_scale(const struct view *v, const struct side *side, char *out, size_t size)
{
    char number[48];
    view_number(v->snap, (double)side->limit, number, sizeof number);
    if (side->tensor < 0)
        snprintf(out, size, _("up to ±%s"), number);
    else
        snprintf(out, size, _("%s%s, up to ±%s"), side->gradient ? "∂L/∂" : "",
                 side->program->tensors[side->tensor].base, number);
}

/* The selected number's map and its place in it. */
static void mark_selected(const struct view *v, const struct side *side, const struct map_grid *g,
                          int first)
{
    struct cell c = v->snap->selected;
    int row, col;
    if (side->cells < 0 || c.tensor != side->cells ||
        (v->snap->program->tensors[c.tensor].batched && c.sample != v->snap->view_sample))
        return;
    int k = tiles_find(&g->tiles, c.index, &row, &col) - first;
    if (k < 0 || k >= g->shown)
        return;
    map_grid_mark(v, g, k);
    struct rect cell = map_grid_cell(g, k, row, col);
    if (g->h * g->w > 1 && cell.w >= 5 && cell.h >= 5)
        draw_frame(v->ui->draw, rect_snap(cell), fmaxf(2, ui_px(v->ui, 2)),
                   v->ui->theme->selection);
}

static void draw_side(const struct view *v, const struct beside_state *s, const struct side *side,
                      const char *id_part, struct rect r)
{
    struct ui *ui = v->ui;
    char note[200], id[64], label[300];
    say_scale(v, side, note, sizeof note);
    inside_caption(v, &r, side->title, side->numbers ? note : NULL);
    rect_cut_top(&r, ui_px(ui, 6));
    if (!side->numbers || r.h < ui_px(ui, 30))
        return;
    struct map_grid g = map_grid_begin(ui, &side->tiles, rect_inset_xy(r, ui_px(ui, 5), 0));
    int first = s->first < g.count ? s->first : 0;
    for (int k = 0; k < g.shown && first + k < g.count; k++) {
        map_grid_draw(v, &g, side->numbers, first + k, k, side->limit, side->gradient);
        if (side->cells < 0)
            continue;
        snprintf(id, sizeof id, "beside.%s.%d", id_part, first + k);
        snprintf(label, sizeof label, "%s %s, %d", side->title,
                 v->snap->program->tensors[side->cells].name, first + k);
        if (ui_area(ui, id, map_grid_at(&g, k), label, true) & AREA_CLICKED) {
            bool batched = v->snap->program->tensors[side->cells].batched;
            view_select(v, (struct cell){side->cells, batched ? v->snap->view_sample : 0,
                                         map_grid_under(v, &g, first + k, k)});
        }
    }
    mark_selected(v, side, &g, first);
}

/* Where there is nothing to show in a column: why. */
static void say_why(const struct view *v, const struct beside_state *s, int layer, int other,
                    struct rect r)
{
    const struct beside_view *b = v->snap->beside;
    const struct layer *a = &v->snap->net->layers[layer], *z = &b->net->layers[other];
    const struct shape *mine = is_weights(s->subject) ? &tiles_weights(a)->shape : &a->out;
    const struct shape *theirs = is_weights(s->subject) ? &tiles_weights(z)->shape : &z->out;
    char here[64], there[64], text[300];
    rect_cut_top(&r, (float)ui_text_px(v->ui, 22) * 1.7f);
    shape_text(mine, " × ", here, sizeof here);
    shape_text(theirs, " × ", there, sizeof there);
    if (is_gradient(s->subject) && b->program->mode == MODE_EVAL)
        snprintf(text, sizeof text, _("There are no gradients in evaluation mode."));
    else if (is_gradient(s->subject) && v->snap->net->loss == LOSS_NONE)
        snprintf(text, sizeof text, _("This network has no loss that gradients could be of."));
    else if (is_gradient(s->subject) && !b->has_loss)
        snprintf(text, sizeof text, _("No gradients: the loss of %s cannot read these labels."),
                 b->title);
    else if (shape_equal(mine, theirs))
        snprintf(text, sizeof text, _("No difference: %s and %s are layers of other names."),
                 a->name, z->name);
    else
        snprintf(text, sizeof text, _("No difference: %s has %s numbers, %s has %s."), a->name,
                 here, z->name, there);
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
    snprintf(text, sizeof text, _("%d to %d of %d"), s->first, last - 1, count);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 19), row, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->muted, text);
}

static struct tiles lay_out(const struct net *net, enum beside_subject subject, int layer)
{
    const struct layer *l = &net->layers[layer];
    return is_weights(subject) ? tiles_of_weights(net, l) : tiles_of_outputs(&l->out);
}

static struct side one_side(const struct beside_state *s, const char *title,
                            const struct program *program, int layer, const float *numbers)
{
    struct side side = {.title = title, .program = program, .numbers = numbers, .limit = 1};
    side.tensor = beside_tensor(program, s->subject, layer);
    side.cells = -1;
    side.tiles = lay_out(program->net, s->subject, layer);
    side.gradient = is_gradient(s->subject);
    if (numbers)
        side.limit = scale_limit(numbers, (int)program->tensors[side.tensor].count);
    return side;
}

static void draw_columns(const struct view *v, struct beside_state *s, int layer, int other,
                         struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    const struct beside_view *b = snap->beside;
    const float *apart = b->match[layer] == other ? b->apart[s->subject][layer] : NULL;
    struct side sides[3] = {
        one_side(s, _("Here"), snap->program, layer, b->mine[s->subject][layer]),
        one_side(s, _("Beside − here"), snap->program, layer, apart),
        one_side(s, _("Beside"), b->program, other, beside_theirs(b, s->subject, other))};
    sides[0].cells = sides[0].tensor;
    if (apart) { /* one scale for both, so that they can be compared */
        sides[0].limit = sides[2].limit = fmaxf(sides[0].limit, sides[2].limit);
        sides[1].cells = sides[2].cells = sides[0].tensor;
    }
    sides[1].tensor = -1;
    static const char *const ids[] = {"map", "apart", "there"};
    struct rect foot = rect_cut_bottom(&r, ui_px(ui, 40));
    float gap = ui_px(ui, 24);
    for (int k = 0; k < 3; k++)
        draw_side(v, s, &sides[k], ids[k], rect_column(r, 3, k, gap));
    if (!apart)
        say_why(v, s, layer, other, rect_column(r, 3, 1, gap));
    struct rect first = rect_column(r, 3, 0, gap);
    rect_cut_top(&first, (float)ui_text_px(ui, 22) * 1.7f + ui_px(ui, 6));
    struct map_grid g = map_grid_begin(ui, &sides[0].tiles, rect_inset_xy(first, ui_px(ui, 5), 0));
    draw_turn(v, s, g.count, g.shown, foot);
}

/* Nothing stands beside it yet: what could. */
static void draw_beginning(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    static const char *const labels[] = {N_("Untrained"), N_("Start of this run"),
                                         N_("Another network …")};
    static const char *const lines[] = {"beside fresh", "beside start", "app files beside"};
    static const char *const ids[] = {"beside.begin.fresh", "beside.begin.start",
                                      "beside.begin.open"};
    struct rect words = rect_cut_top(&r, r.h * 0.45f);
    rect_cut_top(&words, words.h * 0.4f);
    inside_words(
        v, words,
        _("The same sample through two networks, layer by layer, with the difference: what "
          "is to stand beside this one?"));
    float gap = ui_px(ui, 14), wide = -gap;
    for (int k = 0; k < 3; k++)
        wide += ui_button_width(ui, translate(labels[k])) + gap;
    struct rect row = rect_cut_top(&r, ui_px(ui, 52));
    row = rect_centre(row, fminf(wide, row.w), row.h);
    for (int k = 0; k < 3; k++) {
        struct rect b = rect_cut_left(&row, ui_button_width(ui, translate(labels[k])));
        if (ui_button(ui, ids[k], b, translate(labels[k]), k == 0 ? BUTTON_PRIMARY : BUTTON_NORMAL))
            intents_add(v->out, "%s", lines[k]);
        rect_cut_left(&row, gap);
    }
}

static void draw_both(const struct view *v, struct beside_state *s, struct rect in)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    const struct net *net = snap->net, *there = snap->beside->net;
    char title[400];
    beside_sample_draw(v, rect_cut_left(&in, in.w * 0.28f));
    rect_cut_left(&in, ui_px(ui, 28));
    snprintf(title, sizeof title, _("%s, and beside it: %s"), snap->title, snap->beside->title);
    inside_caption(v, &in, title, NULL);
    draw_subjects(v, s, &in);
    int layer = layer_of(snap, s), other = other_layer(snap, s, layer);
    if (layer < 1 || other < 1) {
        inside_words(v, in, _("No layer of one of the two has weights."));
        return;
    }
    bool two = s->other[0] || strcmp(net->layers[layer].name, there->layers[other].name) != 0;
    draw_layers(v, s, net, "layer", two ? _("Here") : NULL, layer, s->layer, sizeof s->layer, &in);
    if (two)
        draw_layers(v, s, there, "other", _("Beside"), other, s->other, sizeof s->other, &in);
    draw_columns(v, s, layer, other, in);
}

void beside_draw(const struct view *v, struct beside_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    draw_tag(ui->draw, "beside");
    draw_clip_push(ui->draw, r);
    struct rect in = rect_inset_xy(r, ui_px(ui, 24), ui_px(ui, 14));
    if (beside_has_pass(snap))
        draw_both(v, s, in);
    else if (snap->beside->net)
        inside_words(v, in, _("The other network is shown the sample …"));
    else
        draw_beginning(v, in);
    draw_clip_pop(ui->draw);
    draw_tag(ui->draw, NULL);
}
