/* Where the cards of the home screen lie, and how large they are. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "glassnet/lesson/language.h"
#include "home_own.h"

/* Design pixels. */
enum { LESSON_LEAST = 400, PLAY_LEAST = 280, TITLE = 25, WORDS = 20, PICTURE_LEAST = 58 };

struct paragraph_style home_title_style(struct ui *ui)
{
    return (struct paragraph_style){.px = ui_text_px(ui, TITLE), .leading = 1.25f, .max_lines = 2};
}

struct paragraph_style home_words_style(struct ui *ui)
{
    return (struct paragraph_style){.px = ui_text_px(ui, WORDS), .leading = 1.35f, .max_lines = 2};
}

float home_text_height(struct ui *ui, const char *title, const char *words, float width)
{
    const struct text_run name = {.text = title, .style = RUN_BOLD}, what = {.text = words};
    struct paragraph_style big = home_title_style(ui), small = home_words_style(ui);
    return paragraph_height(ui->fonts, &name, 1, &big, width) +
           paragraph_height(ui->fonts, &what, 1, &small, width);
}

void home_lesson_words(struct ui *ui, const struct lesson_card *c, float width, char *out,
                       size_t size)
{
    int px = ui_text_px(ui, WORDS);
    out[0] = 0;
    if (c->fault) {
        snprintf(out, size, "%s", c->fault);
        return;
    }
    if (c->foreign)
        snprintf(out, size, "%s: ", lesson_language_name(c->language));
    for (int i = 0; i < c->teaches_count; i++) {
        size_t at = strlen(out);
        snprintf(out + at, size - at, "%s%s", i ? ", " : "", c->teaches[i]);
        if (i && font_width(ui->fonts, FONT_SANS, px, out) > width) {
            out[at] = 0;
            return;
        }
    }
}

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

/* Columns for n cards of at least so many design pixels, in rows that are equally full. */
static int columns_for(struct ui *ui, const struct home_layout *l, int n, float least)
{
    int room = (int)((l->width + l->gap) / (ui_px(ui, least) + l->gap));
    room = room < 1 ? 1 : room;
    int rows = (n + room - 1) / room;
    return rows < 1 ? 1 : (n + rows - 1) / rows;
}

/* Heights of the texts below the pictures: of the card that needs most. */
static void measure_cards(struct ui *ui, const struct home_state *s, const struct home_layout *l,
                          float *lesson, float *play)
{
    float pad = 2 * ui_px(ui, HOME_PAD);
    float width = column_width(l, l->lesson_columns) - pad;
    *lesson = *play = 0;
    for (int i = 0; s->lessons && i < s->lessons->count; i++) {
        char words[300];
        home_lesson_words(ui, &s->lessons->cards[i], width, words, sizeof words);
        *lesson = fmaxf(*lesson, home_text_height(ui, s->lessons->cards[i].title, words, width));
    }
    width = column_width(l, l->play_columns) - pad;
    for (int i = 0; i < home_plays(); i++)
        *play = fmaxf(*play, home_text_height(ui, translate(home_play(i)->title),
                                              translate(home_play(i)->words), width));
}

static float place_sections(struct home_layout *l, float above)
{
    l->learn_y = above;
    l->play_y = l->learn_y + l->head + (float)l->lesson_rows * (l->lesson_h + l->gap);
    return l->play_y + l->head + (float)l->play_rows * (l->play_h + l->gap);
}

/* Of many lessons two rows, the next lesson in the first of them; one row where "Play" would else
 * be out of sight. */
static void fold_lessons(struct home_layout *l, struct home_state *s, float above, float view_h)
{
    int all = s->lessons ? s->lessons->count : 0, next = home_next_lesson(s);
    int rows = all ? (all + l->lesson_columns - 1) / l->lesson_columns : 1;
    int most = 2;
    for (l->lesson_rows = most; l->lesson_rows > 1; l->lesson_rows--)
        if (place_sections(l, above) <= view_h)
            break;
    if (l->lesson_columns == 1 && most < rows)
        l->lesson_rows = most;
    s->folds = rows > l->lesson_rows;
    if (s->folds && s->all_lessons)
        l->lesson_rows = rows;
    l->lesson_rows = l->lesson_rows > rows ? rows : l->lesson_rows;
    int row = next < 0 ? 0 : next / l->lesson_columns, last = rows - l->lesson_rows;
    row = row > last ? last : row;
    s->first = row * l->lesson_columns;
    s->shown = l->lesson_rows * l->lesson_columns;
    s->shown = s->first + s->shown > all ? all - s->first : s->shown;
}

struct home_layout home_lay_out(struct ui *ui, struct home_state *s, struct rect r)
{
    struct home_layout l = {.gap = ui_px(ui, HOME_GAP), .head = ui_px(ui, 58)};
    l.x = ui_px(ui, HOME_MARGIN);
    l.width = r.w - 2 * l.x;
    l.head = fmaxf(l.head, 1.4f * (float)ui_text_px(ui, 30));
    int lessons = s->lessons ? s->lessons->count : 0;
    l.lesson_columns = columns_for(ui, &l, lessons < 4 ? 3 : 4, LESSON_LEAST);
    l.play_columns = columns_for(ui, &l, home_plays(), PLAY_LEAST);
    l.play_rows = (home_plays() + l.play_columns - 1) / l.play_columns;
    float lesson_text, play_text, pad = 2 * ui_px(ui, HOME_PAD), above = ui_px(ui, 8);
    measure_cards(ui, s, &l, &lesson_text, &play_text);
    float lesson_rest = lesson_text + pad + ui_px(ui, 8 + 12 + HOME_BAR);
    float play_rest = play_text + pad + ui_px(ui, 10);
    l.lesson_picture = l.play_picture = ui_px(ui, PICTURE_LEAST);
    l.lesson_h = lesson_rest + l.lesson_picture;
    l.play_h = play_rest + l.play_picture;
    fold_lessons(&l, s, above, r.h);
    /* Pictures grow into what height is left. */
    float left = r.h - place_sections(&l, above);
    float share = fmaxf(0, floorf(left / (float)(l.lesson_rows + l.play_rows)));
    l.lesson_h += fminf(share, ui_px(ui, 60));
    l.lesson_picture = l.lesson_h - lesson_rest;
    l.play_h += fminf(share, ui_px(ui, 200));
    l.play_picture = l.play_h - play_rest;
    l.height = ceilf(place_sections(&l, above));
    return l;
}
