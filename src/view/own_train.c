/* Step 3: the network learns and is tested; its mistakes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "own_parts.h"
#include "train_chart.h"

static void say_state(const struct view *v, struct rect *r)
{
    const struct snapshot *s = v->snap;
    const struct own_view *own = s->own;
    const struct progress *p = &s->progress;
    char words[200];
    if (own->state == OWN_LOADING) {
        snprintf(words, sizeof words, _("%.100s is read into a data set …"), own->name);
        own_progress(v, r, words, 0, 1);
    } else if (own->state == OWN_TRAINING) {
        snprintf(words, sizeof words, _("Epoch %d of %d: it sees every training sample once more."),
                 p->epoch < p->epochs ? p->epoch + 1 : p->epochs, p->epochs);
        float part = p->samples > 0 ? (float)p->position / (float)p->samples : 0;
        own_progress(v, r, words, (int)(1000 * ((float)p->epoch + part)), 1000 * p->epochs);
    } else if (own->state == OWN_TESTING) {
        own_progress(v, r, _("It is tested with samples it has not seen …"), own->done, own->total);
    }
}

static void say_result(const struct view *v, struct rect *r)
{
    const struct own_view *own = v->snap->own;
    char words[200], share[48], unit[48];
    if (own->state != OWN_TESTED || own->tested == 0)
        return;
    if (own->test_set && own->test_set->n_classes == 0)
        snprintf(words, sizeof words, _("In the test it is off by %s on average."),
                 view_number(v->snap, own->error, unit, sizeof unit));
    else
        snprintf(words, sizeof words, _("%d of %d right in the test: %s"), own->right, own->tested,
                 view_percent(v->snap, (double)own->right / own->tested, 0, share, sizeof share));
    own_title(v, r, words);
    own_words(v, r, OWN_SMALL, v->ui->theme->muted,
              _("The test is of samples that were kept back: it never learnt from them."));
}

static void draw_mistake(const struct view *v, int i, struct rect tile)
{
    struct ui *ui = v->ui;
    const struct own_view *own = v->snap->own;
    const struct own_mistake *m = &own->mistake[i];
    const struct dataset *d = own->test_set;
    char id[32], text[160], share[48];
    snprintf(id, sizeof id, "data.mistake.%d", i);
    snprintf(text, sizeof text, _("%.40s, read as %.40s"), d->class_names[m->truth],
             d->class_names[m->guess]);
    unsigned answer = ui_area(ui, id, tile, text, true);
    if (answer & AREA_HOVER)
        draw_round_rect(ui->draw, tile, ui_px(ui, 6), ui->theme->hover);
    if (answer & AREA_CLICKED)
        intents_add(v->out, "own mistake %d", i);
    ui_tooltip(ui, tile, _("Gives it to the network once more, to be looked into"));
    int px = ui_text_px(ui, OWN_SMALL);
    struct rect words = rect_cut_bottom(&tile, (float)px * 2.6f);
    if (d->shape.rank == 3)
        own_picture(v, rect_inset(tile, ui_px(ui, 4)), dataset_x(d, m->sample), &d->shape);
    draw_text_in(ui->draw, FONT_SANS, px, rect_cut_top(&words, (float)px * 1.3f),
                 ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->ink, text);
    snprintf(text, sizeof text, _("sure: %s"),
             view_percent(v->snap, (double)m->share, 0, share, sizeof share));
    draw_text_in(ui->draw, FONT_SANS, px, words, ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->muted,
                 text);
}

static void draw_mistakes(const struct view *v, struct own_data_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct own_view *own = v->snap->own;
    bool pictures = own->test_set && own->test_set->shape.rank == 3;
    if (own->state != OWN_TESTED || !own->test_set || own->test_set->n_classes == 0)
        return;
    own_title(v, &r, _("Its mistakes"));
    if (r.h < ui_px(ui, 80))
        return;
    float wide = ui_px(ui, 190), gap = ui_px(ui, 10);
    float high =
        (pictures ? ui_px(ui, 110) : ui_px(ui, 8)) + (float)ui_text_px(ui, OWN_SMALL) * 2.6f;
    int columns = (int)fmaxf(1, floorf((r.w + gap) / (wide + gap)));
    int rows = (own->mistakes + columns - 1) / columns;
    struct rect in =
        ui_scroll_begin(ui, "data.mistakes", r, (high + gap) * (float)rows, &s->scroll_left);
    for (int i = 0; i < own->mistakes; i++) {
        struct rect row = {in.x, in.y + (float)(i / columns) * (high + gap), in.w, high};
        draw_mistake(v, i, rect_column(row, columns, i % columns, gap));
    }
    ui_scroll_end(ui);
}

/* The text of the network, as it would stand in a file. */
static void draw_net_text(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, OWN_SMALL);
    float line = (float)px * 1.4f;
    own_title(v, &r, _("The network"));
    draw_rect(ui->draw, r, ui->theme->panel);
    draw_frame(ui->draw, r, 1, ui->theme->line);
    struct rect in = rect_inset(r, ui_px(ui, 10));
    const char *at =
        v->snap->own->open && v->snap->net ? net_text(v->snap->net) : v->snap->own->text;
    while (*at && in.h >= line) {
        char text[160];
        size_t n = strcspn(at, "\n");
        snprintf(text, sizeof text, "%.*s", (int)(n < 150 ? n : 150), at);
        draw_text_in(ui->draw, FONT_MONO, px, rect_cut_top(&in, line), ALIGN_LEFT | TEXT_MAY_CUT,
                     ui->theme->ink, text);
        at += n + (at[n] == '\n');
    }
}

void own_train_draw(const struct view *v, struct own_data_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct own_view *own = v->snap->own;
    const struct progress *p = &v->snap->progress;
    struct rect right = rect_cut_right(&r, r.w * 0.46f);
    rect_cut_right(&r, ui_px(ui, 28));
    say_state(v, &r);
    if (own->problem[0])
        own_words(v, &r, OWN_TEXT, ui->theme->error, own->problem);
    say_result(v, &r);
    rect_cut_top(&r, ui_px(ui, OWN_GAP));
    if (own->open && p->point_count > 0 && r.h > ui_px(ui, 140)) {
        r.h = fminf(r.h, r.w * 0.75f);
        train_chart_draw(v, r, train_chart_has_accuracy(p) ? CURVE_ACCURACY : CURVE_LOSS, NULL, 0);
    }
    if (own->state == OWN_TESTED && own->mistakes > 0) {
        draw_mistakes(v, s, rect_cut_top(&right, right.h * 0.52f));
        rect_cut_top(&right, ui_px(ui, OWN_GAP));
    }
    draw_net_text(v, right);
}
