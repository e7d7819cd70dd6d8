#include "chooser.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"

enum { ROW = 46 };

void chooser_open(struct chooser_state *c)
{
    text_edit_init(&c->edit, c->text, sizeof c->text);
    text_edit_set(&c->edit, "");
    c->at = 0;
    c->scroll = 0;
}

bool chooser_field(const struct view *v, struct chooser_state *c, struct rect r, const char *hint)
{
    struct ui *ui = v->ui;
    c->edit.text = c->text;
    if (!ui->focus)
        ui_focus(ui, c->field);
    unsigned answer = ui_field(ui, "filter", r, &c->edit, hint, FONT_SANS, ui_text_px(ui, 24));
    if (answer & FIELD_CHANGED) {
        c->at = 0;
        c->scroll = 0;
    }
    return answer & FIELD_ENTERED;
}

static bool walk(struct ui *ui, struct chooser_state *c, int n, int page)
{
    static const char *const keys[] = {"Up", "Down", "PageUp", "PageDown"};
    int by[] = {-1, 1, -page, page};
    bool walked = false;
    for (int i = 0; i < 4; i++)
        if (ui_key(ui, keys[i])) {
            c->at += by[i];
            walked = true;
        }
    c->at = c->at >= n ? n - 1 : c->at;
    c->at = c->at < 0 ? 0 : c->at;
    return walked;
}

static void draw_note(const struct view *v, const struct choice *choice, struct colour c,
                      struct rect *row)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 18);
    enum font_face face = choice->keys ? FONT_MONO : FONT_SANS;
    float w = font_width(ui->fonts, face, px, choice->note) + 2;
    struct rect r = rect_cut_right(row, fminf(w, row->w * 0.45f));
    rect_cut_right(row, ui_px(ui, 16));
    draw_text_in(ui->draw, face, px, r, ALIGN_RIGHT | TEXT_MAY_CUT, c, choice->note);
}

static bool draw_choice(const struct view *v, const struct choice *choice, int i, bool chosen,
                        struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    char id[32];
    snprintf(id, sizeof id, "row.%d", i);
    unsigned answer = ui_area(ui, id, r, choice->title, false);
    struct rect in = rect_inset_xy(r, ui_px(ui, 14), 0);
    struct colour ink = chosen ? t->on_ink : choice->dead ? t->muted : t->ink;
    struct colour soft = chosen ? t->on_ink : t->muted;
    if (chosen || answer & AREA_HOVER)
        draw_round_rect(ui->draw, r, ui_px(ui, 6), chosen ? t->ink : t->hover);
    if (choice->note[0])
        draw_note(v, choice, soft, &in);
    if (choice->kind[0]) {
        struct rect kind = rect_cut_left(&in, fminf(ui_px(ui, 120), in.w * 0.3f));
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 18), kind, ALIGN_LEFT | TEXT_MAY_CUT, soft,
                     choice->kind);
    }
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 22), in, ALIGN_LEFT | TEXT_MAY_CUT, ink,
                 choice->title);
    return answer & AREA_CLICKED;
}

int chooser_list(const struct view *v, struct chooser_state *c, const struct choice *choices, int n,
                 bool entered, struct rect r)
{
    struct ui *ui = v->ui;
    int chosen = -1;
    float row = fmaxf(ui_px(ui, ROW), (float)ui_text_px(ui, 22) * 1.7f);
    int page = (int)(r.h / row) > 1 ? (int)(r.h / row) - 1 : 1;
    if (walk(ui, c, n, page)) {
        c->scroll = fminf(c->scroll, row * (float)c->at);
        c->scroll = fmaxf(c->scroll, row * (float)(c->at + 1) - r.h);
    }
    struct rect at = ui_scroll_begin(ui, "list", r, row * (float)n, &c->scroll);
    for (int i = 0; i < n; i++) {
        struct rect line = {at.x, at.y + row * (float)i, at.w, row};
        bool marked = i == c->at && !choices[i].dead;
        if (rect_overlaps(line, r) && draw_choice(v, &choices[i], i, marked, line))
            chosen = i;
    }
    ui_scroll_end(ui);
    if (entered && c->at < n)
        chosen = c->at;
    return chosen >= 0 && choices[chosen].dead ? -1 : chosen;
}

/* 3 where the word begins one of the text, 1 within one, 0: nowhere. Both are folded. */
static int score_word(const char *word, size_t n, const char *text)
{
    int best = 0;
    for (const char *p = text; *p; p++) {
        if (strncmp(p, word, n) != 0)
            continue;
        bool begins = p == text || !isalnum((unsigned char)p[-1]);
        best = begins ? 3 : best > 1 ? best : 1;
    }
    return best;
}

int chooser_score(const char *wanted, const char *text)
{
    char words[600], among[600];
    const char *typed = text_fold(wanted, words, sizeof words);
    int sum = 0;
    text_fold(text, among, sizeof among);
    while (*typed) {
        size_t n = strcspn(typed, " ");
        int score = n > 0 ? score_word(typed, n, among) : 0;
        if (n > 0 && score == 0)
            return -1;
        sum += score;
        typed += n + (typed[n] == ' ');
    }
    return sum;
}
