/* A handout on sheets of A4. Laid out by our own paragraphs into a draw list a sheet. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/handout.h"
#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"
#include "glassnet/ui/pdf.h"
#include "glassnet/ui/theme.h"

/* Laid out in pixels of 1/144 inch on A4. */
#define POINTS_W 595.276
#define POINTS_H 841.89
enum {
    SHEET_W = 1190,
    SHEET_H = 1684,
    MARGIN = 90,
    FOOT = 60,
    TITLE = 40,
    HEAD = 27,
    TEXT = 22,
    SMALL = 18,
    RUNS = 120,
    PICTURE_W = 490, /* beside the text, */
    PICTURE_GAP = 30,
    PICTURE_MOST = 400 /* and no higher */
};

struct sheet {
    struct pdf *pdf;
    struct draw_list list;
    const struct theme *theme;
    const char *title;
    float y;
    float beside; /* down to here a picture stands at the right */
    int number;
    bool begun;
};

static void begin_sheet(struct sheet *s)
{
    draw_list_begin(&s->list, SHEET_W, SHEET_H);
    s->y = MARGIN;
    s->beside = 0;
    s->begun = true;
    s->number++;
}

static void end_sheet(struct sheet *s)
{
    char text[300];
    struct rect foot = {MARGIN, SHEET_H - MARGIN, SHEET_W - 2 * MARGIN, FOOT};
    if (!s->begun)
        return;
    draw_text_in(&s->list, FONT_SANS, SMALL, foot, ALIGN_LEFT | TEXT_MAY_CUT, s->theme->muted,
                 s->title);
    snprintf(text, sizeof text, "%d", s->number);
    draw_text_in(&s->list, FONT_SANS, SMALL, foot, ALIGN_RIGHT, s->theme->muted, text);
    pdf_draw(s->pdf, &s->list, (struct rect){0, 0, SHEET_W, SHEET_H},
             (struct rect){0, 0, (float)POINTS_W, (float)POINTS_H});
    pdf_next_page(s->pdf);
    s->begun = false;
}

/* A new sheet where less than `height` is left. */
static void need(struct sheet *s, float height)
{
    if (s->begun && s->y + height <= SHEET_H - MARGIN)
        return;
    end_sheet(s);
    begin_sheet(s);
}

static unsigned style_of(const struct player_run *r)
{
    unsigned style = 0;
    if (r->style & (LESSON_BOLD | LESSON_ITALIC) || r->is_number)
        style |= RUN_BOLD;
    if (r->style & LESSON_CODE || r->is_number)
        style |= RUN_MONO | RUN_TOGETHER;
    return style | (r->style & LESSON_BREAK ? (unsigned)RUN_BREAK : 0u);
}

static int runs_of(const struct sheet *s, const struct player_text *t, struct text_run *runs)
{
    int n = 0;
    for (; n < t->count && n < RUNS; n++)
        runs[n] = (struct text_run){
            .text = t->runs[n].text, .style = style_of(&t->runs[n]), .colour = s->theme->ink};
    return n;
}

/* Where lines end: at the margin, or before the picture. */
static float line_end(const struct sheet *s)
{
    return (float)(SHEET_W - MARGIN) - (s->y < s->beside ? PICTURE_W + PICTURE_GAP : 0);
}

/* Puts the text at x and cuts its height off the sheet, a new one where it has no room. */
static void put_runs(struct sheet *s, const struct text_run *runs, int n, int px, float x,
                     float width)
{
    struct paragraph_style style = {.px = px, .leading = 1.4f};
    if (n == 0)
        return;
    need(s, paragraph_height(s->list.fonts, runs, n, &style, width));
    s->y += paragraph_draw(&s->list, runs, n, &style, x, s->y, width);
}

static void put_text(struct sheet *s, const struct player_text *t, float x)
{
    struct text_run runs[RUNS];
    put_runs(s, runs, runs_of(s, t, runs), TEXT, x, line_end(s) - x);
}

static void put_words(struct sheet *s, const char *words, int px, unsigned style, float x)
{
    const struct text_run run = {.text = words, .style = style, .colour = s->theme->ink};
    put_runs(s, &run, 1, px, x, line_end(s) - x);
}

/* A word at the left of what follows, on its first line. */
static void put_mark(struct sheet *s, const char *mark, float x)
{
    need(s, 2 * TEXT);
    draw_text_in(&s->list, FONT_SANS_BOLD, TEXT, (struct rect){x, s->y, 60, 1.4f * TEXT},
                 ALIGN_LEFT | TEXT_MAY_CUT, s->theme->ink, mark);
}

static float picture_height(const struct handout_page *page)
{
    return fminf(PICTURE_MOST, PICTURE_W * page->region.h / page->region.w);
}

/* At the right of what follows. */
static void put_picture(struct sheet *s, const struct handout_page *page)
{
    float height = picture_height(page), width = height * page->region.w / page->region.h;
    struct rect at = {SHEET_W - MARGIN - width, s->y, width, height};
    float scale = (float)POINTS_W / SHEET_W;
    pdf_draw(s->pdf, &page->picture, page->region,
             (struct rect){at.x * scale, at.y * scale, at.w * scale, at.h * scale});
    draw_frame(&s->list, at, 1, s->theme->line);
    s->beside = s->y + height + 12;
}

/* A short table stays together. */
static float table_least(const struct handout_item *item)
{
    return fminf((float)item->rows * 56, SHEET_H / 3.0f);
}

static void put_table(struct sheet *s, const struct handout_item *item)
{
    need(s, table_least(item));
    float end = line_end(s),
          width = (end - MARGIN) / (float)(item->columns > 0 ? item->columns : 1);
    struct paragraph_style style = {.px = TEXT - 2, .leading = 1.35f};
    for (int row = 0; row < item->rows; row++) {
        struct text_run runs[RUNS];
        float height = 0;
        for (int col = 0; col < item->columns; col++) {
            int n = runs_of(s, &item->cells[row * item->columns + col], runs);
            if (n)
                height =
                    fmaxf(height, paragraph_height(s->list.fonts, runs, n, &style, width - 20));
        }
        need(s, height + 10);
        for (int col = 0; col < item->columns; col++) {
            int n = runs_of(s, &item->cells[row * item->columns + col], runs);
            for (int i = 0; row == 0 && i < n; i++)
                runs[i].style |= RUN_BOLD;
            if (n)
                paragraph_draw(&s->list, runs, n, &style, MARGIN + width * (float)col, s->y + 4,
                               width - 20);
        }
        s->y += height + 10;
        draw_hline(&s->list, MARGIN, end, s->y, 1, s->theme->line);
    }
}

static void put_line_to_write_on(struct sheet *s, float x, float w)
{
    draw_hline(&s->list, x, x + w, s->y + 46, 1.5f, s->theme->ink);
}

static void put_options(struct sheet *s, const struct handout_item *item, float x)
{
    for (int i = 0; i < item->rows; i++) {
        need(s, 2 * TEXT);
        draw_frame(&s->list, (struct rect){x, s->y + 6, 22, 22}, 2, s->theme->ink);
        put_text(s, &item->cells[i], x + 36);
        s->y += 6;
    }
}

static void put_question(struct sheet *s, const struct handout_item *item)
{
    const float x = MARGIN + 50;
    need(s, 110);
    float line;
    need(s, item->kind == HANDOUT_CHOICE ? 80 + 42 * (float)item->rows : 0);
    put_mark(s, item->label, MARGIN);
    put_text(s, &item->text, x);
    switch (item->kind) {
    case HANDOUT_NUMBER:
        line = fminf(560, line_end(s) - x - 190);
        put_line_to_write_on(s, x, line);
        draw_text_in(&s->list, FONT_SANS, TEXT, (struct rect){x + line + 16, s->y + 14, 20, 32},
                     ALIGN_LEFT, s->theme->ink, "=");
        draw_frame(&s->list, (struct rect){x + line + 44, s->y + 6, 146, 42}, 2, s->theme->ink);
        s->y += 54;
        break;
    case HANDOUT_CHOICE:
        s->y += 6;
        put_options(s, item, x);
        break;
    case HANDOUT_MARK:
        put_words(s, _("Mark it in the picture."), SMALL, 0, x);
        break;
    default:
        draw_frame(&s->list, (struct rect){x, s->y + 6, 22, 22}, 2, s->theme->ink);
        put_words(s, _("done at the screen"), SMALL, 0, x + 36);
    }
    s->y += 10;
}

static void put_item(struct sheet *s, const struct handout_item *item)
{
    float x = MARGIN + 34 * (float)item->indent;
    if (item->label[0]) {
        put_question(s, item);
        return;
    }
    if (item->kind == HANDOUT_TABLE) {
        put_table(s, item);
    } else {
        if (item->bullet[0])
            put_mark(s, item->bullet, x - 30);
        put_text(s, &item->text, x);
    }
    s->y += 10;
}

/* The picture is for what is asked. */
static bool needs_picture(const struct handout_page *page)
{
    bool asks = false;
    for (int i = 0; i < page->item_count; i++)
        asks = asks || page->items[i].label[0];
    return page->pictured && asks;
}

static void put_page(struct sheet *s, const struct handout_page *page, int number)
{
    char head[300];
    bool table = page->item_count > 0 && page->items[0].kind == HANDOUT_TABLE;
    float least = table ? 90 + table_least(&page->items[0]) : 220;
    need(s, needs_picture(page) ? picture_height(page) + 80 : least);
    s->y += s->y > MARGIN ? 14 : 0;
    snprintf(head, sizeof head, "%d  %s", number, page->title);
    put_words(s, head, HEAD, RUN_BOLD, MARGIN);
    s->y += 4;
    if (needs_picture(page))
        put_picture(s, page);
    for (int i = 0; i < page->item_count; i++)
        if (!page->items[i].label[0])
            put_item(s, &page->items[i]);
    for (int i = 0; i < page->item_count; i++)
        if (page->items[i].label[0])
            put_item(s, &page->items[i]);
    s->y = fmaxf(s->y, s->beside);
    s->beside = 0;
}

/* The key has sheets of its own, so that it can be kept back. */
static void put_key(struct sheet *s, const struct handout *h)
{
    end_sheet(s);
    begin_sheet(s);
    put_words(s, _("Answers"), TITLE, RUN_BOLD, MARGIN);
    put_words(s, h->title, TEXT, 0, MARGIN);
    s->y += 20;
    for (int i = 0; i < h->page_count; i++)
        for (int k = 0; k < h->pages[i].item_count; k++) {
            const struct handout_item *item = &h->pages[i].items[k];
            if (!item->label[0])
                continue;
            put_mark(s, item->label, MARGIN);
            put_words(s, item->answer, TEXT, item->kind == HANDOUT_NUMBER ? RUN_MONO : 0u,
                      MARGIN + 80);
            s->y += 6;
        }
    end_sheet(s);
}

bool handout_write_pdf(struct handout *h, const char *path, struct err *err)
{
    struct sheet s = {.theme = theme_find("paper"), .title = h->title};
    char line[200];
    struct fonts *fonts = fonts_create(err);
    s.pdf = fonts ? pdf_begin(path, POINTS_W, POINTS_H, h->title, err) : NULL;
    if (!s.pdf) {
        fonts_destroy(fonts);
        return false;
    }
    draw_list_init(&s.list, fonts);
    begin_sheet(&s);
    put_words(&s, h->title, TITLE, RUN_BOLD, MARGIN);
    s.y += 10;
    snprintf(line, sizeof line, "%s  ______________________________      %s  ____________",
             C_("of a learner", "Name"), C_("at school", "Class"));
    put_words(&s, line, TEXT, 0, MARGIN);
    s.y += 20;
    for (int i = 0; i < h->page_count; i++) {
        /* Pictures are measured by the core's fonts, which are gone. */
        h->pages[i].picture.fonts = fonts;
        put_page(&s, &h->pages[i], i + 1);
    }
    put_key(&s, h);
    draw_list_deinit(&s.list);
    bool done = pdf_end(s.pdf, err);
    fonts_destroy(fonts);
    return done;
}
