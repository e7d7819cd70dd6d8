#include "batch_bar.h"
#include "glassnet/base/translate.h"

#include <stdio.h>

static float side_px(const struct ui *ui)
{
    return ui_px(ui, 34);
}

/* A small button at the right of *r. */
static bool small_button(const struct view *v, struct rect *r, const char *id, const char *label,
                         bool enabled, const char *tip)
{
    struct ui *ui = v->ui;
    struct rect b = rect_cut_right(r, side_px(ui));
    b = rect_centre(b, b.w, ui_px(ui, 40));
    rect_cut_right(r, ui_px(ui, 4));
    bool pressed = ui_button(ui, id, b, label, enabled ? BUTTON_NORMAL : BUTTON_DISABLED);
    ui_tooltip(ui, b, tip);
    return pressed && enabled;
}

/* The samples of the batch as a command, without the last `fewer`, with one more where > 0. */
static void ask_for_batch(const struct view *v, int fewer, int more)
{
    const struct trace *t = v->snap->trace;
    char line[BATCH_BY_HAND * 16 + 32];
    int n = t->n - fewer, at = 0;
    for (int i = 0; i < n; i++)
        at += snprintf(line + at, sizeof line - (size_t)at, "%s%d", i ? "," : "", t->samples[i]);
    if (more)
        snprintf(line + at, sizeof line - (size_t)at, ",%d",
                 (t->samples[n - 1] + 1) % v->snap->data->n);
    intents_add(v->out, "sample %s", line);
}

static void draw_place(const struct view *v, struct rect *r, float keep)
{
    struct ui *ui = v->ui;
    const struct snapshot *s = v->snap;
    int n = s->trace->n, at = s->view_sample, px = ui_text_px(ui, 20);
    if (small_button(v, r, "place.next", "›", at + 1 < n, _("The next sample of the batch ( ] )")))
        intents_add(v->out, "place %d", at + 1);
    if (small_button(v, r, "place.previous", "‹", at > 0,
                     _("The sample of the batch before ( [ )")))
        intents_add(v->out, "place %d", at - 1);
    char text[64];
    snprintf(text, sizeof text, _("%d of %d in the batch"), at + 1, n);
    float w = font_width(ui->fonts, FONT_SANS, px, text) + 2;
    if (w > r->w - keep) {
        snprintf(text, sizeof text, _("%d of %d"), at + 1, n);
        w = font_width(ui->fonts, FONT_SANS, px, text) + 2;
    }
    rect_cut_right(r, ui_px(ui, 6));
    draw_text_in(ui->draw, FONT_SANS, px, rect_cut_right(r, w), ALIGN_RIGHT | TEXT_MAY_CUT,
                 ui->theme->muted, text);
}

float batch_bar_least(const struct view *v)
{
    int n = v->snap->trace->n, buttons = n > 1 ? 4 : 1;
    return (float)buttons * (side_px(v->ui) + ui_px(v->ui, 4)) + ui_px(v->ui, n > 1 ? 110 : 24);
}

void batch_bar_draw(const struct view *v, struct rect *r, float keep)
{
    const struct snapshot *s = v->snap;
    int n = s->trace->n;
    bool by_hand = s->pass == PASS_INSPECT && s->sample >= 0 && s->data->n > 1;
    if (by_hand) {
        char tip[96];
        snprintf(tip, sizeof tip, _("Add the next sample to the batch (up to %d)"), BATCH_BY_HAND);
        if (small_button(v, r, "batch.more", "+", n < BATCH_BY_HAND, tip))
            ask_for_batch(v, 0, 1);
        if (n > 1 && small_button(v, r, "batch.fewer", "−", n <= BATCH_BY_HAND,
                                  _("Take the last sample out of the batch")))
            ask_for_batch(v, 1, 0);
    }
    if (n > 1)
        draw_place(v, r, keep);
    rect_cut_right(r, ui_px(v->ui, 12));
}

bool mode_matters(const struct snapshot *s)
{
    for (int i = 0; s->net && i < s->net->layer_count; i++)
        if (s->net->layers[i].kind == LAYER_DROPOUT || s->net->layers[i].kind == LAYER_BATCHNORM)
            return true;
    return false;
}

void mode_switch_draw(const struct view *v, struct rect *r)
{
    struct ui *ui = v->ui;
    const struct snapshot *s = v->snap;
    bool train = s->mode == MODE_TRAIN;
    if (!view_has_pass(s) || (train && !mode_matters(s)))
        return;
    const char *label = train ? _("training mode") : _("evaluation mode");
    float w = ui_button_width(ui, label);
    if (w > r->w * 0.55f) {
        label = train ? _("train") : _("eval");
        w = ui_button_width(ui, label);
    }
    if (w > r->w)
        return;
    struct rect b = rect_cut_right(r, w);
    b = rect_centre(b, w, ui_px(ui, 40));
    rect_cut_right(r, ui_px(ui, 12));
    bool fixed = s->pass == PASS_RUN;
    if (ui_button(ui, "mode", b, label, fixed ? BUTTON_DISABLED : BUTTON_NORMAL) && !fixed)
        intents_add(v->out, "mode %s", train ? "eval" : "train");
    ui_tooltip(ui, b,
               fixed   ? _("A training run is in training mode")
               : train ? _("Dropout draws masks, batchnorm takes the batch's own mean: click for "
                           "evaluation mode")
                       : _("No dropout, running mean and variance, no backward: click for training "
                           "mode"));
}
