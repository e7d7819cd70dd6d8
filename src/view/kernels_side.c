/* The kernel lab's controls: pictures, kernels to pick, settings. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "flow.h"
#include "glassnet/base/translate.h"
#include "kernels_own.h"

static void draw_pictures(const struct view *v, struct flow *f)
{
    /* In the order of kernels_picture. */
    static const char *const titles[] = {N_("House"),     N_("Face"),    N_("Shapes"),
                                         N_("Landscape"), N_("Checker"), N_("Gradient"),
                                         N_("Text")};
    const struct kernels_view *k = v->snap->kernels;
    char id[64];
    flow_heading(f, _("Picture"));
    for (int i = 0; kernels_picture(i); i++) {
        const char *name = kernels_picture(i);
        snprintf(id, sizeof id, "kernels.picture.%s", name);
        const char *label = i < (int)(sizeof titles / sizeof *titles) ? translate(titles[i]) : name;
        bool on = k->trace && strcmp(k->picture, name) == 0;
        if (flow_button(f, id, label, on ? BUTTON_ON : BUTTON_NORMAL, NULL))
            intents_add(v->out, "kernels picture %s", name);
    }
    bool digit = k->sample >= 0 && k->trace;
    if (flow_button(f, "kernels.digit", digit ? _("Next digit") : _("Digit"),
                    digit ? BUTTON_ON : BUTTON_NORMAL, _("A handwritten digit, each time another")))
        intents_add(v->out, "kernels picture digit %d", digit ? (k->sample + 1) % 1000 : 0);
    if (view_has_pass(v->snap) && flow_button(f, "kernels.sample", _("Sample"), BUTTON_NORMAL,
                                              _("The picture that the open network is shown")))
        intents_add(v->out, "kernels picture sample");
    if (flow_button(f, "kernels.open", _("Your own…"), BUTTON_NORMAL,
                    _("A PNG or JPEG; dropping one here does the same")))
        intents_add(v->out, "app files");
}

static void draw_presets(const struct view *v, struct flow *f)
{
    char id[64];
    flow_heading(f, _("Kernel"));
    for (int i = 0; kernels_preset(i); i++) {
        const struct kernel_preset *p = kernels_preset(i);
        snprintf(id, sizeof id, "kernels.preset.%s", p->name);
        bool on = v->snap->kernels->preset == i;
        if (flow_button(f, id, translate(p->title), on ? BUTTON_ON : BUTTON_NORMAL,
                        translate(p->what)))
            intents_add(v->out, "kernels preset %s", p->name);
    }
    flow_break(f, 6);
    const struct kernels_view *k = v->snap->kernels;
    if (flow_button(f, "kernels.undo", _("Undo"), k->can_undo ? 0 : BUTTON_DISABLED,
                    _("Takes the last change of the kernel back (Ctrl+Z)")))
        intents_add(v->out, "kernels undo");
    if (flow_button(f, "kernels.redo", _("Redo"), k->can_redo ? 0 : BUTTON_DISABLED,
                    _("Makes what was taken back again (Ctrl+Y)")))
        intents_add(v->out, "kernels redo");
}

static void label(const struct view *v, struct flow *f, const char *text)
{
    struct ui *ui = v->ui;
    flow_break(f, 6);
    int px = ui_text_px(ui, 20);
    float wide = fmaxf(ui_px(ui, 96), font_width(ui->fonts, FONT_SANS, px, text) + 2);
    draw_text_in(ui->draw, FONT_SANS, px, flow_place(f, wide), ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, text);
}

static void draw_settings(const struct view *v, struct flow *f)
{
    static const char *const sides[] = {"3×3", "5×5"}, *const strides[] = {"1", "2", "3"},
                             *const paddings[] = {N_("same"), N_("valid")},
                             *const offs[] = {N_("off"), N_("on")};
    const struct kernels_view *k = v->snap->kernels;
    flow_heading(f, _("Convolution"));
    label(v, f, _("Size"));
    int n = flow_segments(f, "kernels.side", sides, 2, k->side == 5, 0);
    if (n >= 0)
        intents_add(v->out, "kernels side %d", n ? 5 : 3);
    label(v, f, _("Stride"));
    n = flow_segments(f, "kernels.stride", strides, 3, k->stride - 1, 0);
    if (n >= 0)
        intents_add(v->out, "kernels stride %d", n + 1);
    label(v, f, _("Padding"));
    n = flow_segments(f, "kernels.padding", paddings, 2, !k->same, 0);
    if (n >= 0)
        intents_add(v->out, "kernels padding %s", paddings[n]);
    label(v, f, "relu");
    n = flow_segments(f, "kernels.relu", offs, 2, k->relu, 0);
    if (n >= 0)
        intents_add(v->out, "kernels relu %s", offs[n]);
}

static void draw_looks(const struct view *v, struct flow *f)
{
    static const char *const channels[] = {N_("Grey"), N_("Colour")},
                             *const looks[] = {N_("Values"), N_("Picture")},
                             *const parts[] = {N_("Red"), N_("Green"), N_("Blue")};
    const struct kernels_view *k = v->snap->kernels;
    label(v, f, _("Channels"));
    int n = flow_segments(f, "kernels.channels", channels, 2, k->colour, k->has_colour ? 0 : 2);
    if (n >= 0)
        intents_add(v->out, "kernels channels %s", n ? "colour" : "grey");
    if (k->colour) {
        label(v, f, _("Numbers"));
        n = flow_segments(f, "kernels.channel", parts, 3, k->channel, 0);
        if (n >= 0)
            intents_add(v->out, "kernels at %d,%d,%d", k->row, k->column, n);
    }
    label(v, f, _("Result as"));
    n = flow_segments(f, "kernels.look", looks, 2, !k->values, 0);
    if (n >= 0)
        intents_add(v->out, "kernels look %s", n ? "picture" : "values");
}

void kernels_side_draw(const struct view *v, struct kernels_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    draw_rect(ui->draw, r, ui->theme->panel);
    draw_vline(ui->draw, r.x, r.y, r.y + r.h, 1, ui->theme->line);
    struct rect in = rect_inset_xy(r, ui_px(ui, 20), 0);
    rect_cut_top(&in, 1);
    struct rect content = ui_scroll_begin(ui, "kernels.controls", in, s->height, &s->scroll);
    struct flow f = flow_begin(v, content, 40);
    draw_pictures(v, &f);
    draw_presets(v, &f);
    if (v->snap->kernels->trace) {
        draw_settings(v, &f);
        draw_looks(v, &f);
    }
    flow_break(&f, 20);
    if (flow_height(&f) != s->height)
        ui->again = true;
    s->height = flow_height(&f);
    ui_scroll_end(ui);
}
