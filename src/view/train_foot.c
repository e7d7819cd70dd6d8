/* The Train view's foot: a new start, train or pause, one epoch; the rate; how far it is. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"
#include "train_cards.h"

char *train_view_go(const struct train_view_state *s, const struct snapshot *snap, char *out,
                    size_t size)
{
    long epochs;
    out[0] = 0;
    if (snap->epoch_steps == 0)
        return out;
    if (snap->progress.state == TRAINING_RUNNING)
        snprintf(out, size, "pause");
    else if (snap->progress.state == TRAINING_PAUSED)
        snprintf(out, size, "resume");
    else if (!s->filled || s->net != snap->net)
        snprintf(out, size, "train %d", snap->net->train.epochs);
    else if (train_settings_epochs(s, &epochs))
        snprintf(out, size, "train %ld", epochs);
    return out;
}

static void triangle(const struct view *v, float x, float y, float size, bool left)
{
    struct point p[3] = {
        {x - size / 2, y - size / 2}, {x + size / 2, y}, {x - size / 2, y + size / 2}};
    for (int i = 0; left && i < 3; i++)
        p[i].x = 2 * x - p[i].x;
    draw_polygon(v->ui->draw, p, 3, v->ui->theme->ink);
}

/* A triangle against a bar: to the start, or an epoch on. */
static bool icon_button(const struct view *v, const char *id, struct rect r, bool left,
                        unsigned style)
{
    struct ui *ui = v->ui;
    bool clicked = ui_button(ui, id, r, "", BUTTON_NORMAL | style);
    float x = r.x + r.w / 2, y = r.y + r.h / 2, s = ui_px(ui, 16), side = left ? -1 : 1;
    draw_rect(ui->draw, rect_of(x + side * s * 0.6f - s * 0.09f, y - s / 2, fmaxf(2, s * 0.18f), s),
              ui->theme->ink);
    triangle(v, x - side * s * 0.15f, y, s, left);
    return clicked;
}

static void draw_buttons(const struct view *v, const struct train_view_state *s, struct rect *r)
{
    struct ui *ui = v->ui;
    enum training_state state = v->snap->progress.state;
    float side = fminf(ui_px(ui, 52), r->h), gap = ui_px(ui, 12);
    char line[48];
    const char *label = state == TRAINING_RUNNING  ? _("Pause")
                        : state == TRAINING_PAUSED ? _("Resume")
                                                   : C_("a button", "Train");
    unsigned off = state == TRAINING_OFF ? (unsigned)BUTTON_DISABLED : 0;
    struct rect b = rect_cut_left(r, side);
    if (icon_button(v, "train.restart", rect_centre(b, side, side), true, 0))
        intents_add(v->out, "restart");
    view_tip(v, b, _("A new start: weights begin anew, this run's curve stays to compare"),
             "restart");
    rect_cut_left(r, gap);
    b = rect_cut_left(r, fminf(ui_px(ui, 150), r->w * 0.3f));
    train_view_go(s, v->snap, line, sizeof line);
    if (ui_button(ui, "train.go", rect_centre(b, b.w, side), label, BUTTON_PRIMARY) && line[0])
        intents_add(v->out, "%s", line);
    view_tip(v, b, _("Train, pause, go on"), "app train");
    rect_cut_left(r, gap);
    b = rect_cut_left(r, side);
    if (icon_button(v, "train.epoch", rect_centre(b, side, side), false,
                    off ? 0u : (unsigned)BUTTON_DISABLED))
        intents_add(v->out, "train 1");
    view_tip(v, b, _("One epoch"), "train 1");
    rect_cut_left(r, gap);
    b = rect_cut_left(r, fminf(ui_button_width(ui, _("Stop")), r->w));
    if (ui_button(ui, "train.stop", rect_centre(b, b.w, side), _("Stop"), BUTTON_NORMAL | off))
        intents_add(v->out, "stop");
    view_tip(v, b, _("Ends training and keeps what was learnt"), "stop");
    rect_cut_left(r, 2 * gap);
}

static void draw_progress(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct progress *p = &v->snap->progress;
    char text[160], left[48] = "", epoch[64] = "";
    int px = ui_text_px(ui, 19);
    double part = train_part_done(p);
    if (p->epochs > 0)
        snprintf(epoch, sizeof epoch, _("epoch %d of %d"),
                 p->epoch < p->epochs && p->state != TRAINING_OFF ? p->epoch + 1 : p->epoch,
                 p->epochs);
    if (p->state != TRAINING_OFF)
        train_time_left(v->snap, p->seconds_left, left, sizeof left);
    snprintf(text, sizeof text, "%.0f %%%s%s", floor(100 * part), left[0] ? " · " : "", left);
    float words = font_width(ui->fonts, FONT_MONO, px, _("100 % · 00 min left"));
    float first = font_width(ui->fonts, FONT_MONO, px, epoch) + ui_px(ui, 16);
    if (epoch[0] && r.w > words + first + ui_px(ui, 60))
        draw_text_in(ui->draw, FONT_MONO, px, rect_cut_left(&r, first), ALIGN_LEFT, ui->theme->ink,
                     epoch);
    struct rect right = rect_cut_right(&r, fminf(words, r.w));
    draw_text_in(ui->draw, FONT_MONO, px, right, ALIGN_RIGHT | TEXT_MAY_CUT, ui->theme->ink, text);
    rect_cut_right(&r, ui_px(ui, 12));
    if (r.w > ui_px(ui, 30))
        ui_progress(ui, rect_centre(r, r.w, fmaxf(6, ui_px(ui, 14))), (float)part, ui->theme->ink);
    ui->again = ui->again || p->state == TRAINING_RUNNING;
}

/* What went wrong (a loss that is NaN), in the progress' place. */
static void draw_fault(const struct view *v, struct rect r)
{
    char text[280];
    const char *error = v->snap->progress.error;
    snprintf(text, sizeof text, "%c%s.", error[0] - ('a' <= error[0] && error[0] <= 'z') * 32,
             error + 1);
    const struct text_run run = {.text = text, .colour = v->ui->theme->error};
    struct paragraph_style style = {.px = ui_text_px(v->ui, 18), .max_lines = 2};
    float h = paragraph_height(v->ui->fonts, &run, 1, &style, r.w);
    paragraph_draw(v->ui->draw, &run, 1, &style, r.x, r.y + (r.h - h) / 2, r.w);
}

/* The rate beside its slider, where its field has no room. */
static void draw_rate_text(const struct view *v, const struct train_view_state *s, struct rect *r)
{
    struct ui *ui = v->ui;
    char text[64], number[48];
    int px = ui_text_px(ui, 19);
    float rate = s->drags ? s->rate : v->snap->net->train.rate;
    snprintf(text, sizeof text, _("rate %s"),
             view_number(v->snap, (double)rate, number, sizeof number));
    float w = font_width(ui->fonts, FONT_MONO, px, text) + 2;
    if (w < r->w - ui_px(ui, 380))
        draw_text_in(ui->draw, FONT_MONO, px, rect_cut_left(r, w), ALIGN_LEFT, ui->theme->ink,
                     text);
    rect_cut_left(r, ui_px(ui, 8));
}

void train_view_foot(const struct view *v, struct train_view_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    draw_tag(ui->draw, "train foot");
    draw_rect(ui->draw, r, ui->theme->panel);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y, 1, ui->theme->line);
    struct rect in = rect_inset_xy(r, ui_px(ui, 24), ui_px(ui, 6));
    if (v->snap->epoch_steps == 0) {
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), in, ALIGN_LEFT | TEXT_MAY_CUT,
                     ui->theme->muted, _("Nothing to train yet."));
        draw_tag(ui->draw, NULL);
        return;
    }
    draw_buttons(v, s, &in);
    float high = ui_px(ui, 46);
    s->foot_fields = r.w >= ui_px(ui, 1380);
    if (s->foot_fields) {
        struct rect field = rect_cut_left(&in, ui_px(ui, 170));
        train_settings_field(v, s, FIELD_EPOCHS, rect_centre(field, field.w, high));
        rect_cut_left(&in, ui_px(ui, 24));
        field = rect_cut_left(&in, ui_px(ui, 190));
        train_settings_field(v, s, FIELD_RATE, rect_centre(field, field.w, high));
        rect_cut_left(&in, ui_px(ui, 10));
    }
    s->foot_slider = in.w > ui_px(ui, 420);
    if (s->foot_slider && !s->foot_fields)
        draw_rate_text(v, s, &in);
    if (s->foot_slider) {
        struct rect slider = rect_cut_left(&in, fminf(ui_px(ui, 260), in.w * 0.35f));
        train_settings_rate(v, s, rect_centre(slider, slider.w, ui_px(ui, 40)));
        rect_cut_left(&in, ui_px(ui, 24));
    }
    if (v->snap->progress.error[0])
        draw_fault(v, in);
    else
        draw_progress(v, in);
    draw_tag(ui->draw, NULL);
}
