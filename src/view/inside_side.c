/* The controls of "Look inside": what lies over the picture, and how a dream climbs. */
#include <stdio.h>

#include "flow.h"
#include "glassnet/base/translate.h"
#include "inside_own.h"

static void draw_kinds(const struct view *v, const struct inside_state *s, struct flow *f)
{
    static const struct {
        const char *label, *tip;
    } kinds[ATTRIBUTES] = {
        {N_("Saliency"), N_("The gradient of the score to each input")},
        {N_("Guided"), N_("Guided backpropagation: relus pass back only what is above 0")},
        {N_("Grad-CAM"), N_("The layer's maps, each weighed by the mean of its gradient")}};
    const struct snapshot *snap = v->snap;
    const struct look_view *look = snap->look;
    char id[48];
    flow_heading(f, _("What the score hangs on"));
    if (flow_button(f, "inside.look.none", _("None"), look->asked ? BUTTON_NORMAL : BUTTON_ON,
                    _("The sample alone")))
        intents_add(v->out, "look none");
    for (int k = 0; k < ATTRIBUTES; k++) {
        bool on = look->asked && (int)look->kind == k;
        bool cam = k == ATTRIBUTE_GRADCAM, dead = cam && attribute_last_maps(snap->net) < 0;
        snprintf(id, sizeof id, "inside.look.%s", attribute_name((enum attribute_kind)k));
        if (!flow_button(f, id, translate(kinds[k].label),
                         dead ? BUTTON_DISABLED
                         : on ? BUTTON_ON
                              : BUTTON_NORMAL,
                         translate(kinds[k].tip)))
            continue;
        int layer = inside_layer(snap, s);
        bool named = cam && snap->net->layers[layer].out.rank == 3;
        intents_add(v->out, "look %s%s%s", attribute_name((enum attribute_kind)k), named ? " " : "",
                    named ? snap->net->layers[layer].name : "");
    }
    flow_break(f, 4);
    if (attribute_last_maps(snap->net) < 0)
        flow_words(f, v->ui->theme->muted,
                   _("This network has no convolution, so that there are no maps for Grad-CAM."));
    else if (look->asked && look->kind == ATTRIBUTE_GRADCAM && look->layer >= 0) {
        char text[160];
        snprintf(text, sizeof text, _("By the maps of %s; choose another layer to see its."),
                 snap->net->layers[look->layer].name);
        flow_words(f, v->ui->theme->muted, text);
    }
    if (look->problem[0])
        flow_words(f, v->ui->theme->error, look->problem);
}

/* A named slider with its number. True when it was moved. */
static bool slider(struct flow *f, const char *id, const char *name, float low, float high,
                   bool logarithmic, bool whole, float *value)
{
    struct ui *ui = f->v->ui;
    char number[48];
    int px = ui_text_px(ui, 19);
    flow_break(f, 4);
    struct rect row = flow_place(f, f->room.w);
    struct rect words = rect_cut_left(&row, row.w * 0.34f);
    struct rect text = rect_cut_right(&row, ui_px(ui, 84));
    draw_text_in(ui->draw, FONT_SANS, px, words, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink, name);
    bool moved = ui_slider(ui, id, row, name, low, high, logarithmic, value);
    if (whole)
        snprintf(number, sizeof number, "%d", (int)(*value + 0.5f));
    else
        view_number(f->v->snap, (double)*value, number, sizeof number);
    draw_text_in(ui->draw, FONT_MONO, px, text, ALIGN_RIGHT | TEXT_MAY_CUT, ui->theme->ink, number);
    return moved;
}

static void draw_run(const struct view *v, struct flow *f)
{
    const struct dream_view *d = v->snap->dream;
    bool end = d->steps >= DREAM_STEPS_MOST;
    unsigned off = d->asked && !end ? 0 : BUTTON_DISABLED;
    flow_heading(f, _("Dream"));
    if (flow_button(f, "inside.dream.play", d->playing ? _("Pause") : _("Play"),
                    off | (d->playing ? BUTTON_ON : BUTTON_PRIMARY),
                    _("Climbs by itself, thirty steps a second")))
        intents_add(v->out, d->playing ? "dream pause" : "dream play");
    if (flow_button(f, "inside.dream.step", _("Step"), off, _("One step up the gradient")))
        intents_add(v->out, "dream step");
    if (flow_button(f, "inside.dream.step10", _("10 steps"), off, NULL))
        intents_add(v->out, "dream step 10");
    if (flow_button(f, "inside.dream.restart", _("Restart"), d->asked ? 0 : BUTTON_DISABLED,
                    _("From the beginning, with the weights as they are")))
        intents_add(v->out, "dream restart");
    flow_break(f, 8);
    static const char *const starts[] = {N_("Noise"), N_("Zero"), N_("Sample")}, *const words[] = {
                                                                                     "noise",
                                                                                     "zero",
                                                                                     "sample"};
    int start = flow_segments(f, "inside.dream.start", starts, 3, (int)d->start, d->asked ? 0 : 7);
    if (start >= 0)
        intents_add(v->out, "dream restart %s", words[start]);
    if (end)
        flow_words(f, v->ui->theme->muted, _("This is as far as a dream goes; restart it."));
}

static void draw_settings(const struct view *v, struct flow *f)
{
    const struct dream_view *d = v->snap->dream;
    bool picture = v->snap->net->layers[0].out.rank == 3;
    float rate = d->settings.rate, l2 = d->settings.l2, tv = d->settings.tv;
    float jitter = (float)d->settings.jitter;
    if (slider(f, "inside.dream.rate", _("Rate"), 0.001f, 1, true, false, &rate))
        intents_add(v->out, "dream rate %.4g", (double)rate);
    if (slider(f, "inside.dream.l2", "L2", 0, 1, false, false, &l2))
        intents_add(v->out, "dream l2 %.4g", (double)l2);
    if (!picture) {
        flow_words(f, v->ui->theme->muted,
                   _("Total variation and jitter are for pictures: other inputs have no "
                     "neighbours."));
        return;
    }
    if (slider(f, "inside.dream.tv", _("Total variation"), 0, 1, false, false, &tv))
        intents_add(v->out, "dream tv %.4g", (double)tv);
    if (slider(f, "inside.dream.jitter", _("Jitter"), 0, 8, false, true, &jitter) &&
        (int)(jitter + 0.5f) != d->settings.jitter)
        intents_add(v->out, "dream jitter %d", (int)(jitter + 0.5f));
}

void inside_panel_draw(const struct view *v, struct inside_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    struct rect content = ui_scroll_begin(ui, "inside.controls", r, s->height, &s->scroll);
    struct flow f = flow_begin(v, content, 42);
    draw_kinds(v, s, &f);
    if (v->snap->net->layers[0].out.rank == 3)
        slider(&f, "inside.opacity", _("Opacity"), 0, 1, false, false, &s->opacity);
    flow_break(&f, 12);
    if (s->page == INSIDE_DREAM) {
        draw_run(v, &f);
        if (v->snap->dream->asked)
            draw_settings(v, &f);
    } else {
        flow_words(
            &f, ui->theme->muted,
            s->page == INSIDE_MAPS
                ? _("Click a map or a unit to select it: its formula stands above. Twice, and "
                    "it is dreamt of. Classes at the left: whose score is asked about.")
                : _("Click a sample to look at it. \"itself\" is the sample on screen."));
    }
    flow_break(&f, 12);
    if (flow_height(&f) != s->height)
        ui->again = true;
    s->height = flow_height(&f);
    ui_scroll_end(ui);
}
