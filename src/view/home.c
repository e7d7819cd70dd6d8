/* The home screen: lessons as cards with progress, networks to play with, a file to open. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"
#include "home_own.h"
#include "home_pictures.h"

/* Design pixels. */
struct card {
    const char *id, *number, *title, *words;
    struct colour words_colour;
    enum home_picture picture;
    float picture_h;
    bool lesson, marked;
    float done; /* of a lesson, 0 to 1 */
};

/* --- cards ----------------------------------------------------------------------------------- */

/* Texts since command `from` may be cut where the scroll area ends. */
static void allow_cuts(struct draw_list *d, int from)
{
    for (int i = from; i < d->n_cmds; i++)
        if (d->cmds[i].kind == DRAW_TEXT)
            d->cmds[i].flags |= TEXT_MAY_CUT;
}

static void heading(const struct view *v, struct rect row, const char *title, const char *words)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 30), from = ui->draw->n_cmds;
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, row, ALIGN_LEFT, ui->theme->ink, title);
    rect_cut_left(&row, font_width(ui->fonts, FONT_SANS_BOLD, px, title) + ui_px(ui, 16));
    int small = ui_text_px(ui, 22);
    if (font_width(ui->fonts, FONT_SANS, small, words) <= row.w)
        draw_text_in(ui->draw, FONT_SANS, small, row, ALIGN_LEFT, ui->theme->muted, words);
    allow_cuts(ui->draw, from);
}

static void draw_card_inside(struct ui *ui, const struct card *c, struct rect in)
{
    const struct theme *t = ui->theme;
    if (c->lesson) {
        struct rect bar = rect_cut_bottom(&in, ui_px(ui, HOME_BAR));
        ui_progress(ui, bar, c->done, t->phase[THEME_UPDATE]);
        rect_cut_bottom(&in, ui_px(ui, 12));
    }
    struct rect picture = rect_cut_top(&in, c->picture_h), top = picture;
    int px = ui_text_px(ui, 19);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, rect_cut_top(&top, (float)px * 1.2f), ALIGN_LEFT,
                 t->muted, c->number);
    if (c->lesson)
        rect_cut_left(&picture,
                      font_width(ui->fonts, FONT_SANS_BOLD, px, c->number) + ui_px(ui, HOME_PAD));
    float wide = fminf(picture.w, picture.h * 2.2f);
    home_picture_draw(ui, c->picture, c->lesson ? rect_cut_right(&picture, wide) : picture);
    rect_cut_top(&in, ui_px(ui, c->lesson ? 10 : 14));
    const struct text_run name = {.text = c->title, .style = RUN_BOLD, .colour = t->ink};
    const struct text_run what = {.text = c->words, .colour = c->words_colour};
    struct paragraph_style big = home_title_style(ui), small = home_words_style(ui);
    /* Texts stand on the card's lower edge, so that those of a row end on one line. */
    in.y += fmaxf(0, in.h - home_text_height(ui, c->title, c->words, in.w));
    in.y += paragraph_draw(ui->draw, &name, 1, &big, in.x, in.y, in.w);
    paragraph_draw(ui->draw, &what, 1, &small, in.x, in.y, in.w);
}

/* A card; true when it was chosen. */
static bool draw_card(const struct view *v, const struct card *c, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    struct rect seen = rect_intersect(r, draw_clip(ui->draw));
    unsigned answer = ui_area(ui, c->id, r, c->title, true);
    if (rect_is_empty(seen))
        return false;
    int from = ui->draw->n_cmds;
    draw_round_rect(ui->draw, r, ui_px(ui, 10), answer & AREA_HOVER ? t->hover : t->panel);
    draw_round_frame(ui->draw, r, ui_px(ui, 10), c->marked ? fmaxf(2, ui_px(ui, 3)) : 1,
                     c->marked             ? t->selection
                     : answer & AREA_HOVER ? t->muted
                                           : t->line);
    draw_card_inside(ui, c, rect_inset(r, ui_px(ui, HOME_PAD)));
    if (seen.h < r.h)
        allow_cuts(ui->draw, from);
    return answer & AREA_CLICKED;
}

static void draw_lesson(const struct view *v, const struct home_state *s, int i, float picture_h,
                        struct rect r)
{
    const struct lesson_card *c = &s->lessons->cards[i];
    const struct lesson_place *p = s->progress ? lesson_progress_find(s->progress, c->name) : NULL;
    bool finished = p && p->finished;
    char number[64], words[300], id[64];
    int n = snprintf(number, sizeof number, "%d%s", c->order, finished ? "  ✓" : "");
    if (c->minutes > 0)
        snprintf(number + n, sizeof number - (size_t)n, _("   %d min"), c->minutes);
    home_lesson_words(v->ui, c, r.w - 2 * ui_px(v->ui, HOME_PAD), words, sizeof words);
    struct card card = {
        .id = home_item_id(v, s, i - s->first, id),
        .number = number,
        .title = c->title,
        .words = words,
        .words_colour = c->fault ? v->ui->theme->error : v->ui->theme->muted,
        .picture = home_picture_of(c),
        .picture_h = picture_h,
        .lesson = true,
        .marked = i == home_next_lesson(s),
    };
    if (p)
        card.done = finished ? 1 : fminf(1, (float)p->page / (float)(p->pages > 0 ? p->pages : 1));
    if (draw_card(v, &card, r))
        intents_add(v->out, "open %s", c->path);
}

static void draw_play(const struct view *v, int i, float picture_h, struct rect r)
{
    const struct home_play *play = home_play(i);
    char id[64];
    snprintf(id, sizeof id, "play.%d", i);
    struct card card = {.id = id,
                        .number = "",
                        .title = translate(play->title),
                        .words = translate(play->words),
                        .words_colour = v->ui->theme->muted,
                        .picture = play->picture,
                        .picture_h = picture_h};
    if (draw_card(v, &card, r))
        home_play_begin(v, play);
}

/* Enter with nothing focused takes the framed card. */
static void take_next(const struct view *v, const struct home_state *s)
{
    int next = home_next_lesson(s);
    if (next >= 0 && !v->ui->focus && ui_key(v->ui, "Enter"))
        intents_add(v->out, "open %s", s->lessons->cards[next].path);
}

/* The button that shows all lessons, or those of now again. */
static void draw_fold(const struct view *v, struct home_state *s, struct rect *head)
{
    struct ui *ui = v->ui;
    char label[64];
    snprintf(label, sizeof label, "%s", _("Fewer lessons"));
    if (!s->folds)
        return;
    if (!s->all_lessons)
        snprintf(label, sizeof label, _("All %d lessons"), s->lessons->count);
    struct rect b = rect_cut_right(head, ui_button_width(ui, label));
    int from = ui->draw->n_cmds;
    if (ui_button(ui, "home.lessons", rect_inset_xy(b, 0, ui_px(ui, 8)), label, BUTTON_NORMAL))
        s->all_lessons = !s->all_lessons;
    allow_cuts(ui->draw, from);
    rect_cut_right(head, ui_px(ui, 12));
}

/* What was learnt is asked again. */
static void draw_quiz(const struct view *v, struct rect *head)
{
    struct ui *ui = v->ui;
    const char *label = _("What do you still know?");
    struct rect b = rect_cut_right(head, fminf(head->w * 0.7f, ui_button_width(ui, label)));
    int from = ui->draw->n_cmds;
    b = rect_centre(b, b.w, fminf(b.h, ui_px(ui, 46)));
    if (ui_button(ui, "home.quiz", b, label, BUTTON_NORMAL))
        intents_add(v->out, "app quiz old");
    ui_tooltip(ui, b, _("A few questions from lessons you have finished"));
    allow_cuts(ui->draw, from);
    rect_cut_right(head, ui_px(ui, HOME_GAP));
}

static void draw_cards(const struct view *v, struct home_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    struct home_layout l = home_lay_out(ui, s, r);
    home_walk(v, s, &l, r.h);
    struct rect content = ui_scroll_begin(ui, "home", r, l.height, &s->scroll);
    bool begun = s->progress && s->progress->count > 0;
    struct rect head = {content.x + l.x, content.y + l.learn_y, l.width, l.head};
    draw_fold(v, s, &head);
    if (s->has_quiz)
        draw_quiz(v, &head);
    heading(v, head, _("Learn"),
            begun ? _("continue where you stopped") : _("one thing at a time"));
    for (int i = 0; i < s->shown; i++)
        draw_lesson(v, s, s->first + i, l.lesson_picture,
                    rect_shift(home_lesson_rect(&l, i), content.x, content.y));
    if (s->shown == 0)
        paragraph_plain(ui->draw,
                        _("No lessons were found beside the program. A lesson file (.md) can be "
                          "opened below."),
                        FONT_SANS, ui_text_px(ui, 21), ui->theme->muted, content.x + l.x,
                        content.y + l.learn_y + l.head, l.width);
    heading(v, rect_of(content.x + l.x, content.y + l.play_y, l.width, l.head),
            C_("a group of views", "Play"), _("a network in a second"));
    for (int i = 0; i < home_plays(); i++)
        draw_play(v, i, l.play_picture, rect_shift(home_play_rect(&l, i), content.x, content.y));
    ui_scroll_end(ui);
    if (l.height > r.h)
        draw_hline(ui->draw, r.x, r.x + r.w, r.y + r.h - 1, 1, ui->theme->line);
}

/* --- the foot: a file of one's own ----------------------------------------------------------- */

/* A text at one end of what is left of the row; left out where it does not fit. */
static void foot_text(struct ui *ui, struct rect *row, bool right, const char *text)
{
    int px = ui_text_px(ui, 21);
    float width = ceilf(font_width(ui->fonts, FONT_SANS, px, text)) + 1;
    if (width > row->w)
        return;
    struct rect r = right ? rect_cut_right(row, width) : rect_cut_left(row, width);
    draw_text_in(ui->draw, FONT_SANS, px, r, right ? ALIGN_RIGHT : ALIGN_LEFT, ui->theme->muted,
                 text);
    if (right)
        rect_cut_right(row, ui_px(ui, HOME_GAP));
}

static void draw_foot(const struct view *v, struct rect row)
{
    struct ui *ui = v->ui;
    const char *label = _("Open…");
    struct rect b = rect_cut_left(&row, fminf(row.w, ui_button_width(ui, label) * 1.5f));
    rect_cut_left(&row, ui_px(ui, 16));
    foot_text(ui, &row, true, _("F1 keys  ·  F11 full screen"));
    foot_text(ui, &row, false, _("a network, a run or a lesson; or drop a file here"));
    if (ui_button(ui, "home.open", b, label, BUTTON_NORMAL))
        intents_add(v->out, "app files");
    view_tip(v, b, _("Open a file"), "app files");
}

static void draw_learner(const struct view *v, const struct home_state *s, struct rect *bar)
{
    struct ui *ui = v->ui;
    const char *name = s->progress ? s->progress->learner : "",
               *label = name[0] ? name : _("Learner");
    struct rect b = rect_cut_right(bar, fminf(bar->w * 0.5f, ui_button_width(ui, label)));
    if (ui_button(ui, "home.learner", rect_inset_xy(b, 0, ui_px(ui, 8)), label, BUTTON_NORMAL))
        intents_add(v->out, "app learner");
    view_tip(v, b, _("Who is learning: each has a progress of their own"), "app learner");
    rect_cut_right(bar, ui_px(ui, HOME_GAP));
}

static void draw_top(const struct view *v, const struct home_state *s, struct rect top)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    draw_rect(ui->draw, top, t->panel);
    draw_hline(ui->draw, top.x, top.x + top.w, top.y + top.h - 1, 1, t->line);
    struct rect bar = rect_inset_xy(top, ui_px(ui, HOME_GAP), 0);
    int px = ui_text_px(ui, 24), small = ui_text_px(ui, 22);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, bar, ALIGN_LEFT, t->ink, "Glassnet");
    rect_cut_left(&bar, font_width(ui->fonts, FONT_SANS_BOLD, px, "Glassnet") + ui_px(ui, 20));
    float side = ui_px(ui, 44);
    menu_button_draw(v, "home.menu", rect_centre(rect_cut_right(&bar, side), side, side));
    rect_cut_right(&bar, ui_px(ui, 16));
    if (v->snap->net) {
        const char *label = _("Back to the network");
        struct rect back = rect_cut_right(&bar, ui_button_width(ui, label));
        rect_cut_right(&bar, ui_px(ui, HOME_GAP));
        if (ui_button(ui, "home.back", rect_inset_xy(back, 0, ui_px(ui, 8)), label, BUTTON_NORMAL))
            intents_add(v->out, "show network");
    }
    draw_learner(v, s, &bar);
    static const char *const words[] = {
        N_("Every number of a neural network, and where it came from"),
        N_("Every number, and where it came from")};
    for (int i = 0; i < 2; i++)
        if (font_width(ui->fonts, FONT_SANS, small, translate(words[i])) < bar.w) {
            draw_text_in(ui->draw, FONT_SANS, small, bar, ALIGN_LEFT, t->muted,
                         translate(words[i]));
            break;
        }
}

void home_draw(const struct view *v, struct home_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    draw_tag(ui->draw, "home");
    struct rect top = rect_cut_top(&r, ui_px(ui, TOP_BAR));
    struct rect foot = rect_cut_bottom(&r, ui_px(ui, HOME_FOOT));
    take_next(v, s);
    draw_cards(v, s, r);
    struct rect row = rect_centre(foot, foot.w - 2 * ui_px(ui, HOME_MARGIN), ui_px(ui, 54));
    draw_foot(v, row);
    draw_top(v, s, top);
    home_note_focus(v, s);
    draw_tag(ui->draw, NULL);
}
