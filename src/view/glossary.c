#include "glassnet/view/glossary.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>

#include "glassnet/view/overlay.h"
#include "lesson_page.h"

/* Design pixels. */
enum { LIST = 270, GAP = 28, ROW = 46, TITLE = 34, TEXT = 23 };

static void show(const struct view *v, const struct glossary_state *s, int page)
{
    intents_add(v->out, "app glossary %s", s->words->pages[page].title);
}

/* The arrow keys go through the words. */
static void turn(const struct view *v, const struct glossary_state *s)
{
    int page = s->page + (ui_key(v->ui, "Down") ? 1 : 0) - (ui_key(v->ui, "Up") ? 1 : 0);
    if (page != s->page && page >= 0 && page < s->words->page_count)
        show(v, s, page);
}

static void draw_list(const struct view *v, struct glossary_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    float row = fmaxf(ui_px(ui, ROW), 1.7f * (float)ui_text_px(ui, 21));
    float height = row * (float)s->words->page_count;
    if (s->comes) {
        s->list_scroll = fminf(s->list_scroll, row * (float)s->page);
        s->list_scroll = fmaxf(s->list_scroll, row * (float)(s->page + 1) - r.h);
        s->comes = false;
    }
    struct rect in = ui_scroll_begin(ui, "words", r, height, &s->list_scroll);
    for (int i = 0; i < s->words->page_count; i++) {
        char id[24];
        struct rect at = {in.x, in.y + row * (float)i, in.w, row};
        if (at.y + at.h <= r.y || at.y >= r.y + r.h)
            continue;
        snprintf(id, sizeof id, "word.%d", i);
        if (ui_row(ui, id, at, s->words->pages[i].title, i == s->page))
            show(v, s, i);
    }
    ui_scroll_end(ui);
}

static void put_text(struct page *p)
{
    const struct theme *t = p->v->ui->theme;
    for (int i = 0; i < p->view->block_count; i++) {
        const struct player_block *b = &p->view->blocks[i];
        if (b->kind == LESSON_HEADING)
            page_text(p, &b->text, TITLE, t->ink, RUN_BOLD, &p->at);
        else if (b->kind == LESSON_TABLE)
            page_table(p, b);
        else
            page_text(p, &b->text, TEXT, t->ink, 0, &p->at);
        page_space(p, &p->at, 10);
    }
}

static void draw_picture(const struct view *v, struct glossary_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct colour none = {0, 0, 0, 0};
    struct rect in = rect_snap(rect_inset(r, 2));
    s->room_w = (int)in.w;
    s->room_h = (int)in.h;
    if (s->pixels && s->made_page == s->page) {
        struct rect at = rect_snap(rect_centre(in, (float)s->w, (float)s->h));
        draw_heatmap(ui->draw, at, s->w, s->h, s->pixels, 0, none);
    }
    draw_frame(ui->draw, r, fmaxf(1, ui_px(ui, 2)), ui->theme->line);
}

static float text_height(const struct page *p, struct rect r)
{
    struct page dry = *p;
    dry.at = r;
    dry.dry = true;
    put_text(&dry);
    return dry.at.y - r.y;
}

static void draw_word(const struct view *v, struct glossary_state *s, struct rect r)
{
    struct lesson_state state = {0};
    struct page p = {.v = v, .state = &state, .view = player_view(s->player)};
    float height = text_height(&p, r);
    if (height > floorf(r.h * 0.55f)) /* it scrolls, beside a bar */
        height = text_height(&p, (struct rect){r.x, r.y, r.w - ui_px(v->ui, 24), r.h});
    struct rect words = rect_cut_bottom(&r, fminf(height, floorf(r.h * 0.55f)));
    words.y = floorf(words.y); /* whole pixels: a line is drawn whole or not at all */
    words.h = ceilf(words.h) + 1;
    rect_cut_bottom(&r, ui_px(v->ui, 18));
    draw_picture(v, s, r);
    struct rect in = ui_scroll_begin(v->ui, "word", words, height, &s->scroll);
    bool scrolls = in.w < words.w;
    p.at = (struct rect){words.x, in.y, scrolls ? words.w - ui_px(v->ui, 24) : words.w, in.h};
    put_text(&p);
    ui_scroll_end(v->ui);
}

void glossary_draw(const struct view *v, struct glossary_state *s)
{
    struct ui *ui = v->ui;
    bool closes;
    struct rect in = overlay_begin(v, "glossary", _("Words"), 1500, 940, &closes);
    if (s->words && s->player) {
        turn(v, s);
        rect_cut_bottom(&in, ui_px(ui, 14));
        struct rect list = rect_cut_left(&in, fminf(ui_px(ui, LIST), in.w * 0.3f));
        rect_cut_left(&in, ui_px(ui, GAP));
        draw_list(v, s, list);
        draw_word(v, s, in);
    }
    if (closes)
        intents_add(v->out, "app glossary");
    overlay_end(v);
}
