/* The samples that are hardest now, or those behind an entry of the matrix: as pictures, or as rows
 * of a table. A click shows the sample in the Network view. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "train_cards.h"

enum { SHOWN_MOST = 48 };

/* The hardest first; those of the entry opened, where one is. */
static int choose(const struct train_view_state *s, const struct study *st, int *list)
{
    int n = 0;
    for (int i = 0; i < st->n && n < SHOWN_MOST; i++)
        if (s->truth < 0 || (st->samples[i].truth == s->truth && st->samples[i].guess == s->guess))
            list[n++] = i;
    return n;
}

/* "7 → 9 · 93 %", or "0.3 → 0.9" */
static void caption(const struct view *v, const struct study *st, const struct study_sample *x,
                    char *out, size_t size)
{
    char truth[64], guess[64], share[48];
    if (st->targets) {
        size_t at = (size_t)x->at * (size_t)st->targets;
        snprintf(out, size, "%s → %s",
                 view_number(v->snap, (double)st->wanted[at], truth, sizeof truth),
                 view_number(v->snap, (double)st->predicted[at], guess, sizeof guess));
        return;
    }
    snprintf(out, size, "%s→%s %s", view_class(v->snap, x->truth, truth, sizeof truth),
             view_class(v->snap, x->guess, guess, sizeof guess),
             view_percent(v->snap, (double)x->probability, 0, share, sizeof share));
}

/* One channel on the scale of values, three as a picture. */
static void draw_picture(const struct view *v, const struct dataset *d, int at, struct rect r)
{
    const struct theme *t = v->ui->theme;
    int rows = d->shape.dim[0], cols = d->shape.dim[1], channels = d->shape.dim[2];
    const float *x = dataset_x(d, at);
    uint32_t *colours = mem_zalloc((size_t)rows * (size_t)cols, sizeof *colours);
    if (channels == 3) {
        for (int i = 0; i < rows * cols; i++) {
            uint8_t part[3];
            for (int k = 0; k < 3; k++)
                part[k] = (uint8_t)(255 * fminf(1, fmaxf(0, x[3 * i + k])));
            colours[i] = colour_pack((struct colour){part[0], part[1], part[2], 255});
        }
    } else {
        float limit = scale_limit(x, (int)d->count);
        scale_pack(t, false, x, rows * cols, channels, limit, colours);
    }
    draw_heatmap(v->ui->draw, r, cols, rows, colours, 0, t->frame);
    free(colours);
    draw_frame(v->ui->draw, rect_inset(r, -1), 1, t->frame);
}

/* What has the keyboard is in sight, and a little of what lies beside, so that Tab leads there. */
static void keep_in_sight(struct train_view_state *s, float top, float height, float room)
{
    float peek = height * 0.4f;
    if (top - peek < s->samples_scroll)
        s->samples_scroll = fmaxf(0, top - peek);
    if (top + height + peek > s->samples_scroll + room)
        s->samples_scroll = top + height + peek - room;
}

/* A sample that can be clicked. True when it has the keyboard. */
static bool use(const struct view *v, const struct study *st, const struct study_sample *x, int i,
                struct rect r, const char *label)
{
    char id[32], tip[200], loss[48];
    snprintf(id, sizeof id, "train.sample.%d", i);
    unsigned answer = ui_area(v->ui, id, r, label, true);
    snprintf(tip, sizeof tip,
             st->test ? _("test sample %d: loss %s; a click shows it in the network")
                      : _("sample %d: loss %s; a click shows it in the network"),
             x->at, view_number(v->snap, (double)x->loss, loss, sizeof loss));
    ui_tooltip(v->ui, r, tip);
    if (answer & AREA_CLICKED)
        train_card_show(v, st, x->at);
    return answer & AREA_FOCUS && v->ui->focus_visible;
}

static void draw_pictures(const struct view *v, struct train_view_state *s, const struct study *st,
                          const struct dataset *d, const int *list, int n, struct rect r)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 17);
    float least = ui_px(ui, 92), gap = ui_px(ui, 12), words = (float)px * 1.5f;
    float room = r.w - ui_px(ui, 20); /* beside the scroll bar */
    int columns = (int)((room + gap) / (least + gap));
    columns = columns < 1 ? 1 : columns;
    int rows = (n + columns - 1) / columns;
    float w = (room - 2 - gap * (float)(columns - 1)) / (float)columns;
    float h = fminf(w, least * 1.3f), row = h + words + ui_px(ui, 4);
    struct rect all =
        ui_scroll_begin(ui, "train.samples", r, (float)rows * row + 2, &s->samples_scroll);
    for (int i = 0; i < n; i++) {
        struct rect cell = {all.x + 1 + (float)(i % columns) * (w + gap),
                            all.y + 1 + (float)(i / columns) * row, w, row};
        if (!rect_overlaps(cell, r))
            continue;
        const struct study_sample *x = &st->samples[list[i]];
        char text[160];
        caption(v, st, x, text, sizeof text);
        struct rect picture = rect_cut_top(&cell, h);
        float aspect = (float)d->shape.dim[1] / (float)d->shape.dim[0];
        struct rect at = rect_fit(picture, aspect);
        at.x = picture.x;
        draw_picture(v, d, x->at, at);
        draw_text_in(ui->draw, FONT_MONO, px, rect_cut_top(&cell, words), ALIGN_LEFT | TEXT_MAY_CUT,
                     x->truth == x->guess ? ui->theme->muted : ui->theme->ink, text);
        if (use(v, st, x, i, picture, text))
            keep_in_sight(s, (float)(i / columns) * row, row, r.h);
    }
    ui_scroll_end(ui);
}

/* "12   0.31  −0.4 …", as many numbers as fit. */
static void row_text(const struct view *v, const struct dataset *d, int at, char *out, size_t size)
{
    const float *x = dataset_x(d, at);
    char number[48];
    size_t used = (size_t)snprintf(out, size, "%-5d", at);
    for (size_t k = 0; k < d->count && k < 6 && used + 24 < size; k++)
        used += (size_t)snprintf(out + used, size - used, " %s",
                                 view_number(v->snap, (double)x[k], number, sizeof number));
    if (d->count > 6)
        snprintf(out + used, size - used, " …");
}

static void draw_rows(const struct view *v, struct train_view_state *s, const struct study *st,
                      const struct dataset *d, const int *list, int n, struct rect r)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 18);
    float row = (float)px * 1.8f;
    struct rect all = ui_scroll_begin(ui, "train.samples", r, (float)n * row, &s->samples_scroll);
    for (int i = 0; i < n; i++) {
        struct rect at = rect_cut_top(&all, row);
        if (!rect_overlaps(at, r))
            continue;
        const struct study_sample *x = &st->samples[list[i]];
        char text[160], numbers[200];
        caption(v, st, x, text, sizeof text);
        row_text(v, d, x->at, numbers, sizeof numbers);
        at.w -= ui_px(ui, 16);
        if (use(v, st, x, i, at, text))
            keep_in_sight(s, (float)i * row, row, r.h);
        draw_hline(ui->draw, at.x, at.x + at.w, at.y + at.h - 1, 1, ui->theme->line);
        float w = fminf(at.w * 0.6f, font_width(ui->fonts, FONT_MONO, px, text) + 2);
        draw_text_in(ui->draw, FONT_MONO, px, rect_cut_right(&at, w), ALIGN_RIGHT | TEXT_MAY_CUT,
                     x->truth == x->guess && !st->targets ? ui->theme->muted : ui->theme->ink,
                     text);
        rect_cut_right(&at, ui_px(ui, 10));
        draw_text_in(ui->draw, FONT_MONO, px, at, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted,
                     numbers);
    }
    ui_scroll_end(ui);
}

static void title_of(const struct view *v, const struct train_view_state *s, const struct study *st,
                     char *out, size_t size)
{
    char names[2][64];
    bool pictures = v->snap->data->shape.rank == 3;
    if (s->truth < 0) {
        snprintf(out, size, "%s",
                 pictures ? _("hardest pictures right now") : _("hardest samples right now"));
        return;
    }
    int all = st->confusion[s->truth * st->classes + s->guess];
    const char *truth = view_class(v->snap, s->truth, names[0], sizeof names[0]);
    const char *guess = view_class(v->snap, s->guess, names[1], sizeof names[1]);
    if (s->truth == s->guess)
        snprintf(out, size, _("%s known: %d"), truth, all);
    else
        snprintf(out, size, _("%s taken for %s: %d"), truth, guess, all);
}

void train_samples_draw(const struct view *v, struct train_view_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    char title[200];
    int list[SHOWN_MOST], n;
    const struct study *st = v->snap->study;
    struct rect in = train_card(v, r), whole = in;
    const struct dataset *d = st ? train_card_set(v, st) : NULL;
    if (!st || !d) {
        train_card_title(v, &in, _("hardest right now"), NULL, 0);
        train_card_study(v, whole);
        return;
    }
    if (st->targets)
        s->truth = s->guess = -1;
    n = choose(s, st, list);
    title_of(v, s, st, title, sizeof title);
    float back = s->truth >= 0 ? ui_button_width(ui, _("‹ hardest")) : 0;
    struct rect button = train_card_title(
        v, &in, title, st->targets ? _("true → predicted") : _("truth→guess, probability"), back);
    if (s->truth >= 0 && ui_button(ui, "train.hardest", button, _("‹ hardest"), BUTTON_NORMAL)) {
        s->truth = s->guess = -1;
        s->samples_scroll = 0;
    }
    if (n == 0)
        train_card_say(v, in, _("None."));
    else if (d->shape.rank == 3)
        draw_pictures(v, s, st, d, list, n, in);
    else
        draw_rows(v, s, st, d, list, n, in);
}
