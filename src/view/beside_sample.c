/* The sample that stands side by side, and what both networks make of it. */
#include <math.h>
#include <stdio.h>

#include "beside_own.h"
#include "glassnet/base/translate.h"
#include "inside_own.h"

/* Outputs of these are shares of 1. */
static bool are_shares(const struct net *net)
{
    enum activation last = net_output(net)->activation;
    return last == ACT_SOFTMAX || last == ACT_SIGMOID;
}

/* What one of the networks says of output k. */
static void draw_bar(const struct view *v, struct rect row, const struct beside_answer *s,
                     bool shares, int k)
{
    struct ui *ui = v->ui;
    char number[48] = "–";
    int px = ui_text_px(ui, 17);
    bool there = s->outputs && k < s->count, hidden = view_reading_is_hidden(v);
    float value = there ? s->outputs[k] : 0;
    struct rect text = rect_cut_right(&row, ui_px(ui, 84));
    if (there && hidden)
        snprintf(number, sizeof number, "?");
    else if (there && shares)
        view_percent(v->snap, (double)value, 1, number, sizeof number);
    else if (there)
        view_number(v->snap, (double)value, number, sizeof number);
    draw_text_in(ui->draw, k == s->guess && !hidden ? FONT_MONO_BOLD : FONT_MONO, px, text,
                 ALIGN_RIGHT | TEXT_MAY_CUT, ui->theme->ink, number);
    if (!shares || hidden) /* a bar has an end only where they have */
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
    int n = b->here.count > b->there.count ? b->here.count : b->there.count;
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
                         ui->theme->muted, _("here"));
            draw_text_in(ui->draw, FONT_SANS, px, there, ALIGN_RIGHT | TEXT_MAY_CUT,
                         ui->theme->muted, _("beside"));
            continue;
        }
        draw_text_in(ui->draw, FONT_SANS, px, words, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                     view_class(snap, k, name, sizeof name));
        draw_bar(v, here, &b->here, are_shares(snap->net), k);
        draw_bar(v, there, &b->there, are_shares(b->net), k);
    }
}

void beside_sample_draw(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    const struct beside_view *b = snap->beside;
    char title[64], label[64];
    bool same = b->sample == snap->sample; /* else the pass of the new one is still under way */
    if (b->sample != -1)
        snprintf(title, sizeof title, _("Sample %d"), b->sample);
    else
        snprintf(title, sizeof title, "%s",
                 snap->picture[0] ? _("Your picture") : _("Your drawing"));
    inside_caption(v, &r, title, same ? view_label(snap, label, sizeof label) : NULL);
    if (snap->net->layers[0].out.rank == 3) {
        float side = fminf(r.w, r.h * 0.42f);
        const float *x = trace_tensor(b->trace, b->program->input) +
                         b->program->tensors[b->program->input].count * (size_t)b->view_sample;
        inside_picture_draw(v, rect_cut_top(&r, side), x, NULL, 0);
        rect_cut_top(&r, ui_px(ui, 14));
    }
    inside_caption(v, &r, _("Outputs"), NULL);
    draw_outputs(v, r);
}
