/* The sample at the left: its picture, or a table's inputs, with what a class' score hangs on; the
 * scores below, one of which is asked about. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "inside_own.h"

static const char *const titles[ATTRIBUTES] = {N_("Saliency"), N_("Guided backprop"),
                                               N_("Grad-CAM")};

/* "Saliency: what the score of 7 hangs on" */
static void caption_words(const struct view *v, char *title, size_t size, char *note,
                          size_t note_size)
{
    const struct look_view *look = v->snap->look;
    char label[64], class[64];
    view_label(v->snap, label, sizeof label);
    if (v->snap->sample >= 0)
        snprintf(title, size, _("Sample %d"), v->snap->sample);
    else
        snprintf(title, size, "%s", v->snap->picture[0] ? _("Your picture") : _("Your drawing"));
    snprintf(note, note_size, "%s", label);
    if (look->found) {
        const char *kind = translate(titles[look->found->kind]);
        const char *of = view_class(v->snap, look->found->class, class, sizeof class);
        if (label[0])
            snprintf(note, note_size, _("%s · %s for %s"), label, kind, of);
        else
            snprintf(note, note_size, _("%s for %s"), kind, of);
    }
}

static const struct attribution *shown(const struct snapshot *snap)
{
    return snap->look->asked ? snap->look->found : NULL;
}

/* The least height of a class' row. */
static float class_row(struct ui *ui)
{
    return fmaxf(ui_px(ui, 25), (float)ui_text_px(ui, 18) * 1.3f);
}

/* What is left for the sample when up to ten classes have their rows. */
static float room_for_sample(const struct view *v, struct rect r)
{
    int n = attribute_classes(v->snap->net);
    float classes = class_row(v->ui) * (float)(n < 10 ? n : 10) + ui_px(v->ui, 8);
    return fmaxf(r.h * 0.42f, r.h - classes);
}

static void draw_picture(const struct view *v, struct inside_state *s, struct rect *r)
{
    const struct snapshot *snap = v->snap;
    const struct attribution *a = shown(snap);
    struct ui *ui = v->ui;
    float scale = ui_px(ui, 34), most = fminf(r->w, room_for_sample(v, *r) - scale);
    struct rect place = rect_cut_top(r, most);
    struct rect at =
        inside_picture_draw(v, place, view_numbers(snap, snap->program->input), a, s->opacity);
    struct rect below = rect_cut_top(r, scale);
    if (a)
        inside_scale_draw(v, (struct rect){at.x, below.y, at.w, below.h}, a);
}

/* A bar for each input: how much the score grows with it. */
static void draw_inputs(const struct view *v, struct inside_state *s, struct rect *r)
{
    const struct snapshot *snap = v->snap;
    const struct attribution *a = shown(snap);
    struct ui *ui = v->ui;
    int n = (int)snap->program->tensors[snap->program->input].count, px = ui_text_px(ui, 19);
    float row = fmaxf((float)px * 1.5f, ui_px(ui, 32));
    struct rect area =
        rect_cut_top(r, fminf(row * (float)n, room_for_sample(v, *r) - ui_px(ui, 40)));
    struct rect at = ui_scroll_begin(ui, "inside.inputs", area, row * (float)n, &s->rows_scroll);
    const float *x = view_numbers(snap, snap->program->input);
    float limit = a ? attribution_peak(a) : 1;
    for (int i = 0; i < n; i++) {
        struct rect line = {at.x, at.y + row * (float)i, at.w, row};
        char name[64], number[48];
        if (!rect_overlaps(line, area))
            continue;
        const struct dataset *d = snap->data;
        bool named = d && d->feature_names && (size_t)i < d->count;
        snprintf(name, sizeof name, "%s", named ? d->feature_names[i] : "");
        if (!name[0])
            snprintf(name, sizeof name, "x%d", i);
        struct rect bar = rect_cut_right(&line, line.w * 0.36f);
        struct rect value = rect_cut_right(&line, ui_px(ui, 96));
        draw_text_in(ui->draw, FONT_SANS, px, line, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                     name);
        draw_text_in(ui->draw, FONT_MONO, px, value, ALIGN_RIGHT | TEXT_MAY_CUT, ui->theme->muted,
                     view_number(snap, (double)x[i], number, sizeof number));
        bar = rect_inset_xy(bar, ui_px(ui, 10), row * 0.2f);
        draw_rect(ui->draw, bar, ui->theme->track);
        if (a && limit > 0 && isfinite(a->values[i])) {
            float part = a->values[i] / limit, half = bar.w / 2;
            struct rect fill = {bar.x + half + (part < 0 ? part * half : 0), bar.y,
                                fabsf(part) * half, bar.h};
            draw_rect(ui->draw, fill,
                      part < 0 ? ui->theme->text_grad_neg : ui->theme->text_grad_pos);
            char tip[96];
            snprintf(tip, sizeof tip, _("the score's gradient: %s"),
                     view_number(snap, (double)a->values[i], number, sizeof number));
            ui_tooltip(ui, bar, tip);
        }
        draw_vline(ui->draw, bar.x + bar.w / 2, bar.y, bar.y + bar.h, 1, ui->theme->frame);
    }
    ui_scroll_end(ui);
    struct rect below = rect_cut_top(r, ui_px(ui, 34));
    if (a)
        inside_scale_draw(v, rect_cut_right(&below, below.w * 0.5f), a);
}

static void ask_class(const struct view *v, int class)
{
    const struct look_view *look = v->snap->look;
    enum attribute_kind kind = look->asked ? look->kind : ATTRIBUTE_SALIENCY;
    if (kind == ATTRIBUTE_GRADCAM && look->layer >= 0)
        intents_add(v->out, "look gradcam %s %d", v->snap->net->layers[look->layer].name, class);
    else
        intents_add(v->out, "look %s %d", attribute_name(kind), class);
}

/* One class: its name and probability; a click asks what its score hangs on. */
static void draw_class(const struct view *v, int k, bool chosen, struct rect row)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    const struct theme *t = ui->theme;
    char id[32], name[64], number[48], label[128];
    int px = ui_text_px(ui, 18);
    const char *word = view_class(snap, k, name, sizeof name);
    snprintf(id, sizeof id, "inside.class.%d", k);
    snprintf(label, sizeof label, _("what the score of %s hangs on"), word);
    unsigned answer = ui_area(ui, id, row, label, true);
    if (answer & AREA_CLICKED)
        ask_class(v, k);
    view_tip(v, row, label, NULL);
    if (chosen || answer & AREA_HOVER)
        draw_round_rect(ui->draw, row, ui_px(ui, 6), t->hover);
    if (chosen)
        draw_rect(ui->draw, (struct rect){row.x, row.y + 2, ui_px(ui, 5), row.h - 4}, t->ink);
    struct rect in = rect_inset_xy(row, ui_px(ui, 12), 0);
    bool each = snap->probabilities && snap->output_count == attribute_classes(snap->net);
    bool lone = snap->probabilities && snap->output_count == 1, hidden = view_reading_is_hidden(v);
    enum activation act = net_output(snap->net)->activation;
    bool share = act == ACT_SOFTMAX || act == ACT_SIGMOID;
    bool rest = lone && act == ACT_SIGMOID && k == 0; /* what class 1 leaves, as predict gives it */
    if (each || rest || (lone && k == 1)) {
        float p = rest ? 1 - snap->probabilities[0] : snap->probabilities[each ? k : 0];
        struct rect value = rect_cut_right(&in, ui_px(ui, 100));
        draw_text_in(ui->draw, FONT_MONO, px, value, ALIGN_RIGHT | TEXT_MAY_CUT, t->ink,
                     hidden  ? "?"
                     : share ? view_percent(snap, (double)p, 1, number, sizeof number)
                             : view_number(snap, (double)p, number, sizeof number));
        struct rect bar = rect_cut_right(&in, in.w * 0.45f);
        bar = rect_inset_xy(bar, 0, row.h * 0.3f);
        draw_rect(ui->draw, bar, t->track);
        bar.w *= share && !hidden && isfinite(p) ? p : 0;
        draw_rect(ui->draw, bar, t->text_value_pos);
        rect_cut_right(&in, ui_px(ui, 8));
    }
    draw_text_in(ui->draw, k == snap->guess && !hidden ? FONT_SANS_BOLD : FONT_SANS, px, in,
                 ALIGN_LEFT | TEXT_MAY_CUT, t->ink, word);
}

/* As many classes as find room, the chosen one among them. */
static void draw_classes(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    int n = attribute_classes(snap->net), chosen = snap->look->found ? snap->look->found->class : 0;
    float least = class_row(ui);
    int fit = (int)(r.h / least);
    if (fit < 1)
        return;
    int shown_n = n < fit ? n : fit, first = 0;
    if (chosen >= shown_n)
        first = chosen - shown_n + 1;
    float row = fminf(r.h / (float)shown_n, ui_px(ui, 40));
    for (int k = 0; k < shown_n; k++)
        draw_class(v, first + k, snap->look->asked && snap->look->found && first + k == chosen,
                   (struct rect){r.x, r.y + row * (float)k, r.w, row - 1});
}

void inside_sample_draw(const struct view *v, struct inside_state *s, struct rect r)
{
    char title[96], note[160];
    caption_words(v, title, sizeof title, note, sizeof note);
    inside_caption(v, &r, title, note);
    if (v->snap->net->layers[0].out.rank == 3)
        draw_picture(v, s, &r);
    else
        draw_inputs(v, s, &r);
    rect_cut_top(&r, ui_px(v->ui, 6));
    draw_classes(v, r);
}
