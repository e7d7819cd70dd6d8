/* The words of a lesson's page: styled text with live numbers, and tables. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "lesson_page.h"

static const float leadings[PAGE_TIGHT_MOST + 1] = {1.4f, 1.34f, 1.28f};
static const float sizes[PAGE_TIGHT_MOST + 1] = {1, 0.96f, 0.92f};
static const float spaces[PAGE_TIGHT_MOST + 1] = {1, 0.8f, 0.6f};

void runs_add(struct page_runs *r, const char *text, unsigned style, struct colour c)
{
    if (r->n == PAGE_RUNS)
        return;
    r->word[r->n] = false;
    r->list[r->n++] = (struct text_run){.text = text, .style = style, .colour = c};
}

/* There is no italic face, and words that lead to the glossary are those just being learnt: both
 * are bold. */
static unsigned run_style(const struct player_run *r)
{
    unsigned style = 0;
    if (r->style & (LESSON_BOLD | LESSON_ITALIC) || r->is_number || r->glossary)
        style |= RUN_BOLD;
    if (r->style & LESSON_CODE || r->is_number)
        style |= RUN_MONO | RUN_TOGETHER;
    if (r->style & LESSON_BREAK)
        style |= RUN_BREAK;
    return style;
}

void runs_add_text(const struct page *p, struct page_runs *r, const struct player_text *t,
                   struct colour c, unsigned more, bool links)
{
    for (int i = 0; i < t->count && r->n < PAGE_RUNS; i++) {
        const struct player_run *run = &t->runs[i];
        bool link = links && (run->cell || run->glossary);
        r->word[r->n] = run->glossary != NULL;
        r->list[r->n++] =
            (struct text_run){.text = run->text ? run->text : "",
                              .style = run_style(run) | more | (link ? (unsigned)RUN_LINK : 0u),
                              .colour = link ? p->v->ui->theme->link : c,
                              .link = run->glossary ? run->glossary : run->cell};
    }
}

int page_px(const struct page *p, float size)
{
    return ui_text_px(p->v->ui, fmaxf(fminf(size, 19), size * sizes[p->tight]));
}

static struct paragraph_style flow(const struct page *p, float size)
{
    return (struct paragraph_style){.px = page_px(p, size), .leading = leadings[p->tight]};
}

float runs_height(const struct page *p, const struct page_runs *r, float size, float width)
{
    struct paragraph_style style = flow(p, size);
    return r->n ? paragraph_height(p->v->ui->fonts, r->list, r->n, &style, width) : 0;
}

/* Lines that the edge of the scrolled area would cut are left out: half a line is no text. */
static void clip_to_lines(const struct page *p, float size, struct rect box)
{
    struct rect clip = draw_clip(p->v->ui->draw);
    float line = floorf((float)page_px(p, size) * leadings[p->tight] + 0.5f);
    const float rounded = 1; /* the area's edges lie on whole pixels, the text need not */
    float first = ceilf(fmaxf(0, clip.y - box.y - rounded) / line);
    float end = floorf(fmaxf(0, fminf(box.h, clip.y + clip.h - box.y + rounded)) / line);
    clip.y = box.y + first * line;
    clip.h = fmaxf(0, end - first) * line;
    draw_clip_push(p->v->ui->draw, clip);
}

void page_runs(struct page *p, const struct page_runs *r, float size, struct rect *at)
{
    char id[32];
    const char *clicked = NULL;
    if (r->n == 0)
        return;
    float h = runs_height(p, r, size, at->w);
    if (!p->dry) {
        struct paragraph_style style = flow(p, size);
        clip_to_lines(p, size, (struct rect){at->x, at->y, at->w, h});
        snprintf(id, sizeof id, "text.%d", p->ids++);
        ui_paragraph(p->v->ui, id, r->list, r->n, &style, at->x, at->y, at->w, &clicked);
        draw_clip_pop(p->v->ui->draw);
    }
    for (int i = 0; clicked && i < r->n; i++)
        if (r->list[i].link == clicked) {
            intents_add(p->v->out, "%s %s", r->word[i] ? "app glossary" : "select", clicked);
            break;
        }
    at->y += h;
}

void page_text(struct page *p, const struct player_text *t, float size, struct colour c,
               unsigned more, struct rect *at)
{
    struct page_runs r = {.n = 0};
    runs_add_text(p, &r, t, c, more, true);
    page_runs(p, &r, size, at);
}

void page_words(struct page *p, const char *words, float size, unsigned style, struct colour c,
                struct rect *at)
{
    struct page_runs r = {.n = 0};
    runs_add(&r, words, style, c);
    page_runs(p, &r, size, at);
}

void page_space(const struct page *p, struct rect *at, float design)
{
    at->y += ui_px(p->v->ui, design * spaces[p->tight]);
}

enum { COLUMNS_MOST = 8 };
static const float table_size = 20;

/* How wide the text is on one line. */
static float natural_width(const struct page *p, const struct player_text *t, unsigned more)
{
    struct paragraph_piece pieces[PAGE_RUNS];
    struct page_runs r = {.n = 0};
    int n = 0;
    float w = 0;
    runs_add_text(p, &r, t, p->v->ui->theme->ink, more, false);
    struct paragraph_style style = flow(p, table_size);
    if (r.n > 0)
        paragraph_layout(p->v->ui->fonts, r.list, r.n, &style, 1e6f, pieces, PAGE_RUNS, &n);
    for (int i = 0; i < n && i < PAGE_RUNS; i++)
        w = fmaxf(w, pieces[i].x + pieces[i].w);
    return ceilf(w) + 1;
}

/* Columns that need less than their share keep what they need; the others divide the rest. */
static void column_widths(const struct page *p, const struct player_block *b, float room, float *w)
{
    bool fixed[COLUMNS_MOST] = {false};
    int open = b->columns;
    float least = 0;
    for (int c = 0; c < b->columns; c++) {
        w[c] = 0;
        for (int row = 0; row < b->rows; row++)
            w[c] = fmaxf(w[c], natural_width(p, &b->cells[row * b->columns + c],
                                             row ? 0u : (unsigned)RUN_BOLD));
        least += w[c];
    }
    if (least <= room) {
        for (int c = 0; c < b->columns; c++)
            w[c] += (room - least) / (float)b->columns;
        return;
    }
    for (bool again = true; again;) {
        again = false;
        for (int c = 0; c < b->columns; c++) {
            if (fixed[c] || w[c] > room / (float)open)
                continue;
            fixed[c] = again = true;
            room -= w[c];
            open--;
        }
    }
    for (int c = 0; c < b->columns; c++)
        w[c] = fixed[c] ? w[c] : room / (float)open;
}

void page_table(struct page *p, const struct player_block *b)
{
    struct ui *ui = p->v->ui;
    float w[COLUMNS_MOST], gap = ui_px(ui, 14), pad = ui_px(ui, 2);
    int columns = b->columns;
    if (columns < 1 || columns > COLUMNS_MOST) {
        page_words(p, _("A table has 1 to 8 columns."), table_size, 0, ui->theme->error, &p->at);
        return;
    }
    column_widths(p, b, p->at.w - gap * (float)(columns - 1), w);
    for (int row = 0; row < b->rows; row++) {
        float lowest = p->at.y, x = p->at.x;
        for (int c = 0; c < columns; c++) {
            struct rect cell = {x, p->at.y + pad, w[c], 0};
            page_text(p, &b->cells[row * columns + c], table_size, ui->theme->ink,
                      row ? 0u : (unsigned)RUN_BOLD, &cell);
            lowest = fmaxf(lowest, cell.y + pad);
            x += w[c] + gap;
        }
        p->at.y = floorf(lowest);
        if (!p->dry)
            draw_hline(ui->draw, p->at.x, p->at.x + p->at.w, p->at.y, 1, ui->theme->line);
        p->at.y += 1;
    }
}
