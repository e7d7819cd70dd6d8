/* The home screen: lessons as cards with progress, networks to play with, a file to open. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/ui/paragraph.h"
#include "glassnet/view/screen.h"

static const struct {
    const char *file, *title, *words;
} plays[] = {
    {"data/networks/digits-cnn.net", "Digits", "draw, recognise, train: a network that reads "
                                               "pictures of 28 × 28"},
    {"data/networks/digits8.net", "Digits 8×8", "small digits: every number on one screen"},
    {"data/networks/moons.net", "Points on a plane", "two moons, nine neurons: small enough to "
                                                     "check by hand"},
};

enum { PLAYS = sizeof plays / sizeof *plays };

static void heading(const struct view *v, struct rect *r, const char *title, const char *words)
{
    struct ui *ui = v->ui;
    struct rect row = rect_cut_top(r, ui_px(ui, 56));
    int px = ui_text_px(ui, 30);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, row, ALIGN_LEFT, ui->theme->ink, title);
    rect_cut_left(&row, font_width(ui->fonts, FONT_SANS_BOLD, px, title) + ui_px(ui, 16));
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 22), row, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->muted, words);
}

static bool card(const struct view *v, const char *id, struct rect r, const char *number,
                 const char *title, const char *words, bool marked, float done)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    unsigned answer = ui_area(ui, id, r, title, true);
    draw_round_rect(ui->draw, r, ui_px(ui, 10), answer & AREA_HOVER ? t->hover : t->panel);
    draw_round_frame(ui->draw, r, ui_px(ui, 10), marked ? fmaxf(2, ui_px(ui, 3)) : 1,
                     marked ? t->selection : t->line);
    struct rect in = rect_inset(r, ui_px(ui, 20));
    if (done >= 0) {
        struct rect bar = rect_cut_bottom(&in, ui_px(ui, 8));
        draw_rect(ui->draw, bar, t->track);
        bar.w *= done;
        draw_rect(ui->draw, bar, t->phase[PHASE_UPDATE]);
        rect_cut_bottom(&in, ui_px(ui, 10));
    }
    draw_text_in(ui->draw, FONT_MONO_BOLD, ui_text_px(ui, 19),
                 rect_cut_top(&in, (float)ui_text_px(ui, 19) * 1.6f), ALIGN_LEFT | TEXT_MAY_CUT,
                 t->muted, number);
    const struct text_run name = {.text = title, .style = RUN_BOLD, .colour = t->ink};
    struct paragraph_style big = {.px = ui_text_px(ui, 25), .leading = 1.25f, .max_lines = 2};
    rect_cut_top(&in, paragraph_draw(ui->draw, &name, 1, &big, in.x, in.y, in.w) + 4);
    const struct text_run what = {.text = words, .colour = t->muted};
    int px = ui_text_px(ui, 19), lines = (int)(in.h / ((float)px * 1.35f));
    struct paragraph_style small = {.px = px, .leading = 1.35f, .max_lines = lines};
    if (lines > 0)
        paragraph_draw(ui->draw, &what, 1, &small, in.x, in.y, in.w);
    return answer & AREA_CLICKED;
}

static float part_done(const struct home_state *s, const struct lesson_card *c, bool *finished)
{
    const struct lesson_place *p = s->progress ? lesson_progress_find(s->progress, c->name) : NULL;
    *finished = p && p->finished;
    if (!p)
        return 0;
    return p->finished ? 1 : (float)p->page / (float)(p->pages > 0 ? p->pages : 1);
}

/* The first lesson that is not finished: the one thing to do next. */
static int next_lesson(const struct home_state *s)
{
    for (int i = 0; i < s->lessons->count; i++) {
        bool finished;
        part_done(s, &s->lessons->cards[i], &finished);
        if (!finished)
            return i;
    }
    return -1;
}

static void lesson_words(const struct lesson_card *c, char *out, size_t size)
{
    out[0] = 0;
    if (c->fault) {
        snprintf(out, size, "%s", c->fault);
        return;
    }
    size_t at = 0;
    for (int i = 0; i < c->teaches_count && at < size; i++)
        at += (size_t)snprintf(out + at, size - at, "%s%s", i ? ", " : "", c->teaches[i]);
}

static void draw_lessons(const struct view *v, struct home_state *s, struct rect r, int across)
{
    int next = next_lesson(s);
    float gap = ui_px(v->ui, 24);
    int rows = (s->lessons->count + across - 1) / across;
    for (int i = 0; i < s->lessons->count; i++) {
        const struct lesson_card *c = &s->lessons->cards[i];
        struct rect row = rect_row(r, rows, i / across, gap);
        bool finished;
        float done = part_done(s, c, &finished);
        char number[48], words[300], id[160];
        snprintf(number, sizeof number, "%d%s  %d min", c->order, finished ? " ✓" : "", c->minutes);
        lesson_words(c, words, sizeof words);
        snprintf(id, sizeof id, "lesson.%.60s", c->name);
        if (card(v, id, rect_column(row, across, i % across, gap), number, c->title, words,
                 i == next, done))
            intents_add(v->out, "open %s", c->path);
    }
}

static void draw_plays(const struct view *v, struct rect r)
{
    float gap = ui_px(v->ui, 24);
    for (int i = 0; i < PLAYS; i++) {
        char id[64], path[1024];
        snprintf(id, sizeof id, "play.%d", i);
        if (!card(v, id, rect_column(r, PLAYS, i, gap), "", plays[i].title, plays[i].words, false,
                  -1))
            continue;
        if (file_find_shared(path, sizeof path, plays[i].file))
            intents_add(v->out, "open %.300s", path);
        else
            intents_add(v->out, "open %s", plays[i].file);
    }
}

static void draw_open(const struct view *v, struct home_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    struct rect row = rect_centre(r, r.w, ui_px(ui, 54));
    if (!s->opening) {
        const char *label = "Open a network or a lesson …";
        struct rect b = rect_cut_left(&row, ui_button_width(ui, label));
        if (ui_button(ui, "home.open", b, label, BUTTON_NORMAL)) {
            s->opening = true;
            text_edit_init(&s->edit, s->path, sizeof s->path);
            ui_focus(ui, "home.path");
        }
        rect_cut_left(&row, ui_px(ui, 16));
        const char *keys = "F1 keys  ·  F11 full screen";
        struct rect right =
            rect_cut_right(&row, font_width(ui->fonts, FONT_SANS, ui_text_px(ui, 20), keys) + 4);
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), right, ALIGN_RIGHT | TEXT_MAY_CUT,
                     ui->theme->muted, keys);
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), row, ALIGN_LEFT | TEXT_MAY_CUT,
                     ui->theme->muted, "or drop a file here");
        return;
    }
    struct rect go = rect_cut_right(&row, ui_button_width(ui, "Open"));
    rect_cut_right(&row, ui_px(ui, 12));
    unsigned answer = ui_field(ui, "home.path", row, &s->edit, "path of a .net or .md file",
                               FONT_MONO, ui_text_px(ui, 21));
    bool clicked = ui_button(ui, "home.go", go, "Open", BUTTON_PRIMARY);
    if ((clicked || answer & FIELD_ENTERED) && s->path[0])
        intents_add(v->out, "open %s", s->path);
    if ((answer & (FIELD_ENTERED | FIELD_LEFT)) && !clicked && !(go.w && ui_hovers(ui, go)))
        s->opening = false;
}

void home_draw(const struct view *v, struct home_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    draw_tag(ui->draw, "home");
    struct rect top = rect_cut_top(&r, ui_px(ui, TOP_BAR));
    draw_rect(ui->draw, top, t->panel);
    draw_hline(ui->draw, top.x, top.x + top.w, top.y + top.h - 1, 1, t->line);
    struct rect bar = rect_inset_xy(top, ui_px(ui, 24), 0);
    int px = ui_text_px(ui, 24);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, bar, ALIGN_LEFT, t->ink, "Glassnet");
    rect_cut_left(&bar, font_width(ui->fonts, FONT_SANS_BOLD, px, "Glassnet") + ui_px(ui, 18));
    if (v->snap->net) {
        struct rect back = rect_cut_right(&bar, ui_button_width(ui, "Back to the network"));
        if (ui_button(ui, "home.back", rect_inset_xy(back, 0, ui_px(ui, 8)), "Back to the network",
                      BUTTON_NORMAL))
            intents_add(v->out, "show network");
    }
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 21), bar, ALIGN_LEFT | TEXT_MAY_CUT, t->muted,
                 "Every number of a neural network, and where it came from");
    struct rect in = rect_inset_xy(r, ui_px(ui, 48), ui_px(ui, 18));
    struct rect foot = rect_cut_bottom(&in, ui_px(ui, 70));
    int lessons = s->lessons ? s->lessons->count : 0;
    int across = lessons > 4 || lessons == 0 ? 4 : lessons;
    int rows = lessons ? (lessons + across - 1) / across : 1;
    float head = ui_px(ui, 56), gap = ui_px(ui, 14);
    float card_h = (in.h - 2 * head - 2 * gap) / (float)(rows + 1);
    card_h = fminf(card_h, ui_px(ui, 260));
    heading(v, &in, "Learn", "one thing at a time");
    struct rect cards = rect_cut_top(&in, card_h * (float)rows);
    if (lessons)
        draw_lessons(v, s, cards, across);
    else
        paragraph_plain(ui->draw,
                        "No lessons were found beside the program. A lesson file (.md) can be "
                        "opened below.",
                        FONT_SANS, ui_text_px(ui, 21), t->muted, cards.x, cards.y, cards.w);
    rect_cut_top(&in, gap);
    heading(v, &in, "Play", "a network in a second");
    draw_plays(v, rect_cut_top(&in, card_h));
    draw_open(v, s, foot);
    draw_tag(ui->draw, NULL);
}
