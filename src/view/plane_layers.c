/* Hidden layers, changed with a click: the network's text is another one then, and begins anew. */
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "plane_panel.h"

/* A click goes from one to the next. */
static const enum activation turns[] = {ACT_TANH, ACT_RELU, ACT_SIGMOID, ACT_LINEAR};
enum { TURNS = sizeof turns / sizeof *turns };

static enum activation next_of(enum activation a)
{
    for (int i = 0; i < TURNS; i++)
        if (turns[i] == a)
            return turns[(i + 1) % TURNS];
    return turns[0];
}

static bool is_hidden_layer(const struct net *net, int l)
{
    return l > 0 && l < net->layer_count - 1 && net->layers[l].kind == LAYER_DENSE;
}

static void draw_layer(const struct view *v, const struct layer *l, struct rect row)
{
    struct ui *ui = v->ui;
    char id[96], count[32];
    float square = row.h, gap = ui_px(ui, 6);
    struct rect away = rect_cut_right(&row, square);
    rect_cut_right(&row, gap);
    struct rect kind = rect_cut_right(&row, ui_px(ui, 116));
    rect_cut_right(&row, gap);
    struct rect more = rect_cut_right(&row, square), number = rect_cut_right(&row, ui_px(ui, 46));
    struct rect less = rect_cut_right(&row, square);
    draw_text_in(ui->draw, FONT_MONO, ui_text_px(ui, 19), row, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, l->name);
    snprintf(count, sizeof count, "%d", l->units);
    draw_text_in(ui->draw, FONT_MONO, ui_text_px(ui, 21), number, ALIGN_CENTRE | TEXT_MAY_CUT,
                 ui->theme->ink, count);
    snprintf(id, sizeof id, "plane.less.%.60s", l->name);
    if (ui_button(ui, id, less, "−", l->units > 1 ? BUTTON_NORMAL : BUTTON_DISABLED))
        intents_add(v->out, "hidden units %s %d", l->name, l->units - 1);
    ui_tooltip(ui, less, _("One neuron fewer"));
    snprintf(id, sizeof id, "plane.more.%.60s", l->name);
    if (ui_button(ui, id, more, "+", BUTTON_NORMAL))
        intents_add(v->out, "hidden units %s %d", l->name, l->units + 1);
    ui_tooltip(ui, more, _("One neuron more"));
    snprintf(id, sizeof id, "plane.kind.%.60s", l->name);
    const char *word = l->activation == ACT_NONE ? "linear" : activation_name(l->activation);
    if (ui_button(ui, id, kind, word, BUTTON_NORMAL | BUTTON_MONO))
        intents_add(
            v->out, "hidden activation %s %s", l->name,
            activation_name(next_of(l->activation == ACT_NONE ? ACT_LINEAR : l->activation)));
    ui_tooltip(ui, kind, _("Another activation"));
    snprintf(id, sizeof id, "plane.remove.%.60s", l->name);
    if (ui_button(ui, id, away, "×", BUTTON_PLAIN))
        intents_add(v->out, "hidden remove %s", l->name);
    ui_tooltip(ui, away, _("Takes this layer away"));
}

void plane_layers_draw(const struct view *v, struct rect *r)
{
    struct ui *ui = v->ui;
    const struct net *net = v->snap->net;
    struct rect head = rect_cut_top(r, ui_px(ui, 35));
    struct rect add = rect_cut_right(&head, ui_button_width(ui, _("+ layer")));
    if (ui_button(ui, "plane.layer", add, _("+ layer"), BUTTON_NORMAL))
        intents_add(v->out, "hidden add");
    ui_tooltip(ui, add, _("Another hidden layer of four neurons, before the last layer"));
    rect_cut_top(&head, ui_px(ui, 3));
    plane_heading(v, &head, _("Hidden layers"));
    rect_cut_top(r, ui_px(ui, 6));
    for (int l = 1; l < net->layer_count; l++)
        if (is_hidden_layer(net, l)) {
            draw_layer(v, &net->layers[l], rect_cut_top(r, ui_px(ui, 35)));
            rect_cut_top(r, ui_px(ui, 5));
        }
}
