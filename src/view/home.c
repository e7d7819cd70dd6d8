/* The home screen: lessons as cards with progress, networks to play with, a file to open. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/ui/paragraph.h"
#include "home_own.h"
#include "home_pictures.h"

/* Design pixels. */
enum { MARGIN = 48, GAP = 24, PAD = 20, BAR = 8, CARD_LEAST = 400, TITLE = 25, WORDS = 20 };
/* With more lessons than these their cards are small: the picture beside the title. */
enum { LARGE_CARDS = 8, SIDE_PICTURE = 104, NUMBER = 19 };

struct card {
    const char *id, *number, *title, *words;
    struct colour words_colour;
    enum home_picture picture;
    float picture_h;
    bool lesson, marked, small;
    float done; /* of a lesson, 0 to 1 */
};

static struct paragraph_style title_style(struct ui *ui)
{
    return (struct paragraph_style){.px = ui_text_px(ui, TITLE), .leading = 1.25f, .max_lines = 2};
}

static struct paragraph_style words_style(struct ui *ui)
{
    return (struct paragraph_style){.px = ui_text_px(ui, WORDS), .leading = 1.35f, .max_lines = 2};
}

static float text_height(struct ui *ui, const char *title, const char *words, float width)
{
    const struct text_run name = {.text = title, .style = RUN_BOLD}, what = {.text = words};
    struct paragraph_style big = title_style(ui), small = words_style(ui);
    return paragraph_height(ui->fonts, &name, 1, &big, width) +
           paragraph_height(ui->fonts, &what, 1, &small, width);
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

/* --- layout ---------------------------------------------------------------------------------- */

static struct rect grid_rect(const struct home_layout *l, int columns, float top, float height,
                             int index)
{
    struct rect row = {l->x, top + l->head + (float)(index / columns) * (height + l->gap), l->width,
                       height};
    return rect_column(row, columns, index % columns, l->gap);
}

struct rect home_lesson_rect(const struct home_layout *l, int index)
{
    return grid_rect(l, l->lesson_columns, l->learn_y, l->lesson_h, index);
}

struct rect home_play_rect(const struct home_layout *l, int index)
{
    return grid_rect(l, l->play_columns, l->play_y, l->play_h, index);
}

static float column_width(const struct home_layout *l, int columns)
{
    return (l->width - l->gap * (float)(columns - 1)) / (float)columns;
}

/* Room beside the picture of a small card. */
static float small_title_width(struct ui *ui, float inner)
{
    return inner - ui_px(ui, SIDE_PICTURE + 12);
}

static float title_height(struct ui *ui, const char *title, float width)
{
    const struct text_run name = {.text = title, .style = RUN_BOLD};
    struct paragraph_style big = title_style(ui);
    return paragraph_height(ui->fonts, &name, 1, &big, width);
}

/* Heights of the texts below the pictures: of the card that needs most. */
static void measure_cards(struct ui *ui, const struct home_state *s, const struct home_layout *l,
                          float *lesson, float *play)
{
    float pad = 2 * ui_px(ui, PAD);
    float width = column_width(l, l->lesson_columns) - pad;
    *lesson = *play = 0;
    for (int i = 0; i < l->lessons; i++) {
        char words[300];
        const char *title = s->lessons->cards[i].title;
        lesson_words(&s->lessons->cards[i], words, sizeof words);
        *lesson = fmaxf(*lesson, l->small ? title_height(ui, title, small_title_width(ui, width))
                                          : text_height(ui, title, words, width));
    }
    width = column_width(l, l->play_columns) - pad;
    for (int i = 0; i < home_plays(); i++)
        *play = fmaxf(*play, text_height(ui, home_play(i)->title, home_play(i)->words, width));
}

static float place_sections(struct home_layout *l, float above)
{
    l->learn_y = above;
    l->play_y = l->learn_y + l->head + (float)l->lesson_rows * (l->lesson_h + l->gap);
    return l->play_y + l->head + (float)l->play_rows * (l->play_h + l->gap);
}

/* As many columns as keep cards readable; pictures grow into what height is left. */
static struct home_layout lay_out(struct ui *ui, const struct home_state *s, struct rect r)
{
    struct home_layout l = {.gap = ui_px(ui, GAP), .head = ui_px(ui, 62)};
    l.x = ui_px(ui, MARGIN);
    l.width = r.w - 2 * l.x;
    l.head = fmaxf(l.head, 1.4f * (float)ui_text_px(ui, 30));
    l.lessons = s->lessons ? s->lessons->count : 0;
    l.small = l.lessons > LARGE_CARDS;
    int room = (int)((l.width + l.gap) / (ui_px(ui, CARD_LEAST) + l.gap));
    room = room < 1 ? 1 : room;
    int most = l.lessons > 3 ? 4 : 3;
    l.lesson_columns = room < most ? room : most;
    l.play_columns = room < home_plays() ? room : home_plays();
    /* With no lessons a sentence takes the place of a row of cards. */
    l.lesson_rows = l.lessons ? (l.lessons + l.lesson_columns - 1) / l.lesson_columns : 1;
    l.play_rows = (home_plays() + l.play_columns - 1) / l.play_columns;
    float lesson_text, play_text, pad = 2 * ui_px(ui, PAD), above = ui_px(ui, 14);
    measure_cards(ui, s, &l, &lesson_text, &play_text);
    float lesson_rest = lesson_text + pad + ui_px(ui, 10 + 12 + BAR);
    float play_rest = play_text + pad + ui_px(ui, 14);
    l.lesson_picture = l.small ? 1.4f * (float)ui_text_px(ui, NUMBER) : ui_px(ui, 84);
    l.play_picture = ui_px(ui, 150);
    l.lesson_h = lesson_rest + l.lesson_picture;
    l.play_h = play_rest + l.play_picture;
    float left = r.h - place_sections(&l, above);
    float share = fmaxf(0, floorf(left / (float)(l.lesson_rows + l.play_rows)));
    l.lesson_h += l.small ? 0 : fminf(share, ui_px(ui, 80));
    l.lesson_picture = l.lesson_h - lesson_rest;
    l.play_h += fminf(share, ui_px(ui, 160));
    l.play_picture = l.play_h - play_rest;
    l.height = ceilf(place_sections(&l, above));
    return l;
}

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
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 22), row, ALIGN_LEFT, ui->theme->muted, words);
    allow_cuts(ui->draw, from);
}

/* Texts stand on the card's lower edge, so that those of a row end on one line. */
static void draw_card_words(struct ui *ui, const struct card *c, struct rect in)
{
    const struct theme *t = ui->theme;
    const struct text_run name = {.text = c->title, .style = RUN_BOLD, .colour = t->ink};
    const struct text_run what = {.text = c->words, .colour = c->words_colour};
    struct paragraph_style big = title_style(ui), small = words_style(ui);
    float height =
        c->small ? title_height(ui, c->title, in.w) : text_height(ui, c->title, c->words, in.w);
    in.y += fmaxf(0, in.h - height);
    in.y += paragraph_draw(ui->draw, &name, 1, &big, in.x, in.y, in.w);
    if (!c->small)
        paragraph_draw(ui->draw, &what, 1, &small, in.x, in.y, in.w);
}

static void draw_card_inside(struct ui *ui, const struct card *c, struct rect in)
{
    const struct theme *t = ui->theme;
    if (c->lesson) {
        struct rect bar = rect_cut_bottom(&in, ui_px(ui, BAR));
        ui_progress(ui, bar, c->done, t->phase[THEME_UPDATE]);
        rect_cut_bottom(&in, ui_px(ui, 12));
    }
    if (c->small) {
        home_picture_draw(ui, c->picture, rect_cut_right(&in, ui_px(ui, SIDE_PICTURE)));
        rect_cut_right(&in, ui_px(ui, 12));
    }
    struct rect picture = rect_cut_top(&in, c->picture_h), top = picture;
    int px = ui_text_px(ui, NUMBER);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, rect_cut_top(&top, (float)px * 1.2f), ALIGN_LEFT,
                 t->muted, c->number);
    if (c->lesson)
        rect_cut_left(&picture,
                      font_width(ui->fonts, FONT_SANS_BOLD, px, c->number) + ui_px(ui, PAD));
    float wide = fminf(picture.w, picture.h * 2.2f);
    if (!c->small)
        home_picture_draw(ui, c->picture, c->lesson ? rect_cut_right(&picture, wide) : picture);
    rect_cut_top(&in, ui_px(ui, c->lesson ? 10 : 14));
    draw_card_words(ui, c, in);
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
    draw_card_inside(ui, c, rect_inset(r, ui_px(ui, PAD)));
    if (seen.h < r.h)
        allow_cuts(ui->draw, from);
    if (c->small)
        ui_tooltip(ui, r, c->words);
    return answer & AREA_CLICKED;
}

static void draw_lesson(const struct view *v, const struct home_state *s, int i,
                        const struct home_layout *l, struct rect r)
{
    const struct lesson_card *c = &s->lessons->cards[i];
    const struct lesson_place *p = s->progress ? lesson_progress_find(s->progress, c->name) : NULL;
    bool finished = p && p->finished;
    char number[64], words[300], id[64];
    int n = snprintf(number, sizeof number, "%d%s", c->order, finished ? "  ✓" : "");
    if (c->minutes > 0)
        snprintf(number + n, sizeof number - (size_t)n, "   %d min", c->minutes);
    lesson_words(c, words, sizeof words);
    struct card card = {
        .id = home_item_id(v, s, i, id),
        .number = number,
        .title = l->small && c->fault ? c->fault : c->title,
        .words = words,
        .words_colour = c->fault ? v->ui->theme->error : v->ui->theme->muted,
        .picture = home_picture_of(c),
        .picture_h = l->lesson_picture,
        .small = l->small,
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
                        .title = play->title,
                        .words = play->words,
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

static void draw_cards(const struct view *v, struct home_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    struct home_layout l = lay_out(ui, s, r);
    home_walk(v, s, &l, r.h);
    struct rect content = ui_scroll_begin(ui, "home", r, l.height, &s->scroll);
    bool begun = s->progress && s->progress->count > 0;
    heading(v, rect_of(content.x + l.x, content.y + l.learn_y, l.width, l.head), "Learn",
            begun ? "continue where you stopped" : "one thing at a time");
    for (int i = 0; i < l.lessons; i++)
        draw_lesson(v, s, i, &l, rect_shift(home_lesson_rect(&l, i), content.x, content.y));
    if (l.lessons == 0)
        paragraph_plain(ui->draw,
                        "No lessons were found beside the program. A lesson file (.md) can be "
                        "opened below.",
                        FONT_SANS, ui_text_px(ui, 21), ui->theme->muted, content.x + l.x,
                        content.y + l.learn_y + l.head, l.width);
    heading(v, rect_of(content.x + l.x, content.y + l.play_y, l.width, l.head), "Play",
            "a network in a second");
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
        rect_cut_right(row, ui_px(ui, GAP));
}

static void draw_foot(const struct view *v, struct rect row)
{
    struct ui *ui = v->ui;
    const char *label = "Open…";
    struct rect b = rect_cut_left(&row, fminf(row.w, ui_button_width(ui, label) * 1.5f));
    rect_cut_left(&row, ui_px(ui, 16));
    foot_text(ui, &row, true, "F1 keys  ·  F11 full screen");
    foot_text(ui, &row, false, "a network, a run or a lesson; or drop a file here");
    if (ui_button(ui, "home.open", b, label, BUTTON_NORMAL))
        intents_add(v->out, "app files");
    view_tip(v, b, "Open a file", "app files");
}

static void draw_top(const struct view *v, struct rect top)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    draw_rect(ui->draw, top, t->panel);
    draw_hline(ui->draw, top.x, top.x + top.w, top.y + top.h - 1, 1, t->line);
    struct rect bar = rect_inset_xy(top, ui_px(ui, GAP), 0);
    int px = ui_text_px(ui, 24), small = ui_text_px(ui, 22);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, bar, ALIGN_LEFT, t->ink, "Glassnet");
    rect_cut_left(&bar, font_width(ui->fonts, FONT_SANS_BOLD, px, "Glassnet") + ui_px(ui, 20));
    float side = ui_px(ui, 44);
    menu_button_draw(v, "home.menu", rect_centre(rect_cut_right(&bar, side), side, side));
    rect_cut_right(&bar, ui_px(ui, 16));
    if (v->snap->net) {
        const char *label = "Back to the network";
        struct rect back = rect_cut_right(&bar, ui_button_width(ui, label));
        rect_cut_right(&bar, ui_px(ui, GAP));
        if (ui_button(ui, "home.back", rect_inset_xy(back, 0, ui_px(ui, 8)), label, BUTTON_NORMAL))
            intents_add(v->out, "show network");
    }
    static const char *const words[] = {"Every number of a neural network, and where it came from",
                                        "Every number, and where it came from"};
    for (int i = 0; i < 2; i++)
        if (font_width(ui->fonts, FONT_SANS, small, words[i]) < bar.w) {
            draw_text_in(ui->draw, FONT_SANS, small, bar, ALIGN_LEFT, t->muted, words[i]);
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
    struct rect row = rect_centre(foot, foot.w - 2 * ui_px(ui, MARGIN), ui_px(ui, 54));
    draw_foot(v, row);
    draw_top(v, top);
    home_note_focus(v, s);
    draw_tag(ui->draw, NULL);
}
