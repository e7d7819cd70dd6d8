#include "glassnet/view/train_view.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/ui/paragraph.h"
#include "train_cards.h"

/* Design pixels that all cards beside each other need. */
enum { WIDE_LEAST = 1380, HIGH_LEAST = 660 };

void train_view_init(struct train_view_state *s)
{
    *s = (struct train_view_state){.truth = -1, .guess = -1};
    for (int i = 0; i < TRAIN_FIELDS; i++)
        text_edit_init(&s->edits[i], s->texts[i], sizeof s->texts[i]);
}

struct rect train_card(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    draw_rect(ui->draw, r, ui->theme->panel);
    draw_frame(ui->draw, r, 1, ui->theme->line);
    return rect_inset_xy(r, ui_px(ui, 20), ui_px(ui, 12));
}

struct rect train_card_title(const struct view *v, struct rect *r, const char *title,
                             const char *line, float right)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 22), small = ui_text_px(ui, 17);
    struct rect head = rect_cut_top(r, (float)px * 1.5f), free = rect_cut_right(&head, right);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, head, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                 title);
    if (line)
        draw_text_in(ui->draw, FONT_MONO, small, rect_cut_top(r, (float)small * 1.5f),
                     ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, line);
    rect_cut_top(r, ui_px(ui, 4));
    return free;
}

void train_card_say(const struct view *v, struct rect r, const char *sentence)
{
    struct ui *ui = v->ui;
    const struct text_run run = {.text = sentence, .colour = ui->theme->muted};
    struct paragraph_style style = {
        .px = ui_text_px(ui, 19), .align = ALIGN_CENTRE, .leading = 1.35f, .max_lines = 4};
    float w = r.w * 0.9f, h = paragraph_height(ui->fonts, &run, 1, &style, w);
    if (h <= r.h)
        paragraph_draw(ui->draw, &run, 1, &style, r.x + (r.w - w) / 2, r.y + (r.h - h) / 2, w);
}

const struct study *train_card_study(const struct view *v, struct rect r)
{
    if (v->snap->study)
        return v->snap->study;
    train_card_say(v, r,
                   v->snap->study_stale
                       ? _("Looking at what the network says …")
                       : _("There is too little memory to look at the network here."));
    return NULL;
}

const struct dataset *train_card_set(const struct view *v, const struct study *st)
{
    return st->test ? v->snap->test : v->snap->data;
}

void train_card_show(const struct view *v, const struct study *st, int at)
{
    intents_add(v->out, st->test ? "sample test %d" : "sample %d", at);
    intents_add(v->out, "show network");
}

static bool has_room(const struct view *v, struct rect r)
{
    return r.w >= ui_px(v->ui, WIDE_LEAST) && r.h >= ui_px(v->ui, HIGH_LEAST);
}

static void draw_all(const struct view *v, struct train_view_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    float gap = ui_px(ui, 24), row = ui_px(ui, 20);
    struct rect settings = rect_cut_bottom(&r, ui_px(ui, 60));
    r = rect_inset_xy(r, ui_px(ui, 28), ui_px(ui, 18));
    struct rect right = rect_cut_right(&r, r.w * 0.245f);
    rect_cut_right(&r, gap);
    struct rect middle = rect_cut_right(&r, r.w * 0.335f);
    rect_cut_right(&r, gap);
    train_curves_draw(v, s, r);
    struct rect top = rect_cut_top(&middle, fminf(middle.h * 0.55f, middle.w * 1.05f));
    train_answers_draw(v, s, top);
    rect_cut_top(&middle, row);
    train_samples_draw(v, s, middle);
    top = rect_cut_top(&right, right.h * 0.42f);
    train_weights_draw(v, s, top);
    rect_cut_top(&right, row);
    train_sizes_draw(v, s, right);
    train_settings_row(v, s, settings);
}

/* Two cards beside each other, or below each other in a narrow place. */
static void draw_two(const struct view *v, struct train_view_state *s, struct rect r,
                     void (*first)(const struct view *, struct train_view_state *, struct rect),
                     void (*second)(const struct view *, struct train_view_state *, struct rect))
{
    float gap = ui_px(v->ui, 14);
    if (r.w > r.h) {
        first(v, s, rect_column(r, 2, 0, gap));
        second(v, s, rect_column(r, 2, 1, gap));
    } else {
        first(v, s, rect_row(r, 2, 0, gap));
        second(v, s, rect_row(r, 2, 1, gap));
    }
}

static void draw_page(const struct view *v, struct train_view_state *s, struct rect r)
{
    static const char *const labels[TRAIN_PAGES] = {N_("Curves"), N_("Answers"), N_("Inside"),
                                                    N_("Settings")};
    struct ui *ui = v->ui;
    r = rect_inset_xy(r, ui_px(ui, 16), ui_px(ui, 10));
    struct rect tabs = rect_cut_top(&r, ui_px(ui, 44));
    tabs.w = fminf(tabs.w, ui_segments_width(ui, labels, TRAIN_PAGES));
    int chosen = ui_segments(ui, "train.page", tabs, labels, TRAIN_PAGES, (int)s->page, 0);
    if (chosen >= 0)
        s->page = (enum train_page)chosen;
    rect_cut_top(&r, ui_px(ui, 10));
    switch (s->page) {
    case TRAIN_ANSWERS:
        draw_two(v, s, r, train_answers_draw, train_samples_draw);
        break;
    case TRAIN_INSIDE:
        draw_two(v, s, r, train_weights_draw, train_sizes_draw);
        break;
    case TRAIN_SETTINGS:
        train_settings_page(v, s, r);
        break;
    default:
        train_curves_draw(v, s, r);
    }
}

void train_view_draw(const struct view *v, struct train_view_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    draw_tag(ui->draw, "train");
    draw_rect(ui->draw, r, ui->theme->background);
    if (v->snap->epoch_steps == 0) {
        train_card_say(v, r,
                       _("There is nothing to train here: it takes a loss line in the network's "
                         "file, and data."));
        draw_tag(ui->draw, NULL);
        return;
    }
    train_settings_fill(v, s);
    if (has_room(v, r))
        draw_all(v, s, r);
    else
        draw_page(v, s, r);
    ui->again = ui->again || v->snap->study_stale;
    draw_tag(ui->draw, NULL);
}
