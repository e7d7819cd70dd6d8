/* The page of a lesson: text with live numbers, the one thing to do, answers, hints. What the
 * learner does goes to the app as "app answer TEXT", "app choose K", "app hint", ... */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/ui/paragraph.h"
#include "glassnet/view/panel.h"

enum { RUNS_MOST = 64 };

struct page {
    const struct view *v;
    struct lesson_state *state;
    struct rect at; /* what is left, from the top */
    int ids;
};

static float put_runs(struct page *p, struct text_run *runs, int n, float size, struct rect *at)
{
    const char *clicked = NULL;
    char id[32];
    snprintf(id, sizeof id, "text.%d", p->ids++);
    struct paragraph_style style = {.px = ui_text_px(p->v->ui, size), .leading = 1.42f};
    float h = ui_paragraph(p->v->ui, id, runs, n, &style, at->x, at->y, at->w, &clicked);
    if (clicked)
        intents_add(p->v->out, "select %s", clicked);
    at->y += h;
    return h;
}

static float put_text(struct page *p, const struct player_text *t, float size, struct colour c,
                      unsigned more, struct rect *at)
{
    struct text_run runs[RUNS_MOST];
    int n = 0;
    for (int i = 0; i < t->count && n < RUNS_MOST; i++) {
        const struct player_run *r = &t->runs[i];
        unsigned style = more;
        if (r->style & LESSON_BOLD)
            style |= RUN_BOLD;
        if (r->style & LESSON_CODE || r->is_number)
            style |= RUN_MONO | RUN_TOGETHER;
        if (r->is_number)
            style |= RUN_BOLD;
        if (r->style & LESSON_BREAK)
            style |= RUN_BREAK;
        if (r->cell)
            style |= RUN_LINK;
        runs[n++] = (struct text_run){.text = r->text ? r->text : "",
                                      .style = style,
                                      .colour = r->cell ? p->v->ui->theme->link : c,
                                      .link = r->cell};
    }
    return n ? put_runs(p, runs, n, size, at) : 0;
}

static void put_words(struct page *p, const char *words, float size, struct colour c,
                      struct rect *at)
{
    struct text_run run = {.text = words, .colour = c};
    put_runs(p, &run, 1, size, at);
}

static void space(struct page *p, struct rect *at, float design)
{
    at->y += ui_px(p->v->ui, design);
}

static void draw_answer_field(struct page *p, struct rect *at)
{
    struct ui *ui = p->v->ui;
    struct lesson_state *s = p->state;
    s->answer.text = s->answer_text;
    struct rect row = {at->x, at->y, at->w, ui_px(ui, 54)};
    struct rect field = rect_cut_left(&row, fminf(ui_px(ui, 190), at->w * 0.55f));
    rect_cut_left(&row, ui_px(ui, 12));
    unsigned answer = ui_field(ui, "lesson.answer", field, &s->answer, "a number", FONT_MONO,
                               ui_text_px(ui, 24));
    struct rect check = rect_cut_left(&row, fminf(row.w, ui_px(ui, 120)));
    bool go = ui_button(ui, "lesson.check", check, "Check", BUTTON_PRIMARY);
    if ((go || answer & FIELD_ENTERED) && s->answer_text[0])
        intents_add(p->v->out, "app answer %s", s->answer_text);
    at->y += ui_px(ui, 54);
}

static void draw_options(struct page *p, const struct player_block *b, bool active, struct rect *at)
{
    struct ui *ui = p->v->ui;
    const struct theme *t = ui->theme;
    for (int i = 0; i < b->option_count; i++) {
        const struct player_option *o = &b->options[i];
        float pad = ui_px(ui, 10), top = at->y;
        struct rect in = {at->x + 3 * pad, at->y + pad, at->w - 4 * pad, 0};
        put_text(p, &o->text, 21, t->turn_ink, o->right ? (unsigned)RUN_BOLD : 0u, &in);
        struct rect box = {at->x, top, at->w, in.y - top + pad};
        char id[32];
        snprintf(id, sizeof id, "lesson.option.%d", i);
        draw_round_frame(ui->draw, box, ui_px(ui, 6), 1,
                         o->right ? t->good : o->chosen ? t->error : t->frame);
        draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 20),
                     (struct rect){box.x, box.y, 3 * pad, box.h}, ALIGN_CENTRE,
                     o->right ? t->good : t->error, o->right ? "✓" : o->chosen ? "×" : "");
        if (active && ui_area(ui, id, box, "option", true) & AREA_CLICKED)
            intents_add(p->v->out, "app choose %d", i);
        at->y = box.y + box.h + ui_px(ui, 8);
    }
}

static void draw_help(struct page *p, const struct player_view *view, struct rect *at)
{
    static const char *const labels[] = {"Hint", "Show me", "Skip"};
    static const char *const ids[] = {"lesson.hint", "lesson.show", "lesson.skip"};
    static const char *const commands[] = {"app hint", "app solution", "app skip"};
    struct ui *ui = p->v->ui;
    const bool can[] = {view->can_hint, view->can_show, view->can_skip};
    struct rect row = {at->x, at->y, at->w, ui_px(ui, 44)};
    for (int i = 0; i < 3; i++) {
        float w = fminf(ui_button_width(ui, labels[i]), at->w / 3);
        struct rect b = rect_cut_left(&row, w);
        if (can[i] && ui_button(ui, ids[i], b, labels[i], BUTTON_PLAIN))
            intents_add(p->v->out, "%s", commands[i]);
    }
    at->y += row.h;
}

static void draw_outcome(struct page *p, const struct player_block *b, struct rect *at)
{
    const struct theme *t = p->v->ui->theme;
    if (b->status > TASK_ACTIVE && b->answer[0]) {
        char text[160];
        snprintf(text, sizeof text, "%s %s", b->status == TASK_DONE ? "✓" : "→", b->answer);
        put_words(p, text, 22, t->good, at);
    }
    if (b->feedback.count) {
        space(p, at, 6);
        struct colour c = b->tone == TONE_RIGHT ? t->good : b->tone == TONE_WRONG ? t->error
                                                                                  : t->turn_ink;
        put_text(p, &b->feedback, 21, c, 0, at);
    }
    for (int i = 0; i < b->hint_count; i++) {
        space(p, at, 6);
        put_words(p, "Hint", 17, t->turn_ink, at);
        put_text(p, &b->hints[i], 20, t->turn_ink, 0, at);
    }
    for (int i = 0; i < b->worked_count; i++) {
        struct text_run run = {.text = b->worked[i], .style = RUN_MONO, .colour = t->turn_ink};
        put_runs(p, &run, 1, 18, at);
    }
}

/* The box "Your turn". Drawn over its own ground, whose height is that of the last frame. */
static void draw_task(struct page *p, const struct player_view *view, const struct player_block *b,
                      bool active, float *height)
{
    struct ui *ui = p->v->ui;
    const struct theme *t = ui->theme;
    float pad = ui_px(ui, 18), edge = ui_px(ui, 6);
    struct rect box = {p->at.x, p->at.y, p->at.w, *height};
    draw_round_rect(ui->draw, box, ui_px(ui, 6), t->turn_ground);
    draw_rect(ui->draw, (struct rect){box.x, box.y, edge, box.h}, active ? t->turn_edge : t->good);
    struct rect at = {box.x + pad + edge, box.y + pad, box.w - 2 * pad - edge, 0};
    put_text(p, &b->text, 22, t->turn_ink, 0, &at);
    bool typed = b->kind == LESSON_PREDICT || b->kind == LESSON_ANSWER;
    space(p, &at, 10);
    if (b->kind == LESSON_CHOOSE)
        draw_options(p, b, active, &at);
    else if (active && typed)
        draw_answer_field(p, &at);
    draw_outcome(p, b, &at);
    if (active)
        draw_help(p, view, &at);
    *height = at.y + pad * 0.7f - box.y;
    p->at.y += *height + ui_px(ui, 16);
}

static void draw_table(struct page *p, const struct player_block *b)
{
    struct ui *ui = p->v->ui;
    float row_h = (float)ui_text_px(ui, 20) * 1.7f;
    for (int row = 0; row < b->rows; row++) {
        float lowest = p->at.y + row_h;
        for (int col = 0; col < b->columns; col++) {
            struct rect cell = {p->at.x + p->at.w * (float)col / (float)b->columns, p->at.y,
                                p->at.w / (float)b->columns - ui_px(ui, 8), 0};
            put_text(p, &b->cells[row * b->columns + col], 20, ui->theme->ink,
                     row ? 0u : (unsigned)RUN_BOLD, &cell);
            lowest = fmaxf(lowest, cell.y);
        }
        p->at.y = lowest;
        draw_hline(ui->draw, p->at.x, p->at.x + p->at.w, p->at.y - 2, 1, ui->theme->line);
    }
    space(p, &p->at, 10);
}

static void draw_block(struct page *p, const struct player_view *view, int i)
{
    const struct player_block *b = &view->blocks[i];
    const struct theme *t = p->v->ui->theme;
    if (lesson_item_is_task(b->item)) {
        if (b->status == TASK_LATER)
            return;
        float *height = &p->state->heights[i < LESSON_BLOCKS_MOST ? i : LESSON_BLOCKS_MOST - 1];
        draw_task(p, view, b, i == view->active, height);
        return;
    }
    switch (b->kind) {
    case LESSON_HEADING:
        put_text(p, &b->text, b->item->level > 1 ? 24 : 30, t->ink, RUN_BOLD, &p->at);
        break;
    case LESSON_TABLE:
        draw_table(p, b);
        return;
    case LESSON_LIST_ITEM: {
        struct rect in = p->at;
        float indent = ui_px(p->v->ui, 28) * (float)(b->item->level + 1);
        char mark[16] = "•";
        if (b->item->number)
            snprintf(mark, sizeof mark, "%d.", b->item->number);
        int px = ui_text_px(p->v->ui, 22);
        draw_text(p->v->ui->draw, FONT_SANS, px, in.x + indent - ui_px(p->v->ui, 26),
                  in.y + (float)px * 1.1f, t->muted, mark);
        in.x += indent;
        in.w -= indent;
        put_text(p, &b->text, 22, t->ink, 0, &in);
        p->at.y = in.y;
        break;
    }
    case LESSON_PREFORMATTED:
        put_text(p, &b->text, 20, t->ink, RUN_MONO, &p->at);
        break;
    default:
        put_text(p, &b->text, 22, t->ink, 0, &p->at);
    }
    space(p, &p->at, 12);
}

static void draw_foot(const struct view *v, const struct player_view *view, struct rect r)
{
    struct ui *ui = v->ui;
    float gap = ui_px(ui, 12);
    struct rect row = rect_centre(r, r.w, ui_px(ui, 54));
    struct rect back = rect_cut_left(&row, fminf(ui_px(ui, 104), r.w * 0.4f));
    rect_cut_left(&row, gap);
    if (ui_button(ui, "lesson.back", back, "Back",
                  BUTTON_NORMAL | (view->can_back ? 0u : (unsigned)BUTTON_DISABLED)))
        intents_add(v->out, "app back");
    char label[64];
    snprintf(label, sizeof label, "%s  %d / %d", view->last_page ? "Finish" : "Next",
             view->page + 1, view->pages);
    struct rect next = rect_cut_left(&row, fminf(row.w, ui_button_width(ui, label)));
    if (ui_button(ui, "lesson.next", next, label,
                  BUTTON_PRIMARY | (view->can_next ? 0u : (unsigned)BUTTON_DISABLED)))
        intents_add(v->out, "app next");
}

static void draw_finished(const struct view *v, struct page *p, const struct player_view *view)
{
    const struct theme *t = v->ui->theme;
    put_words(p, "Finished", 30, t->ink, &p->at);
    space(p, &p->at, 10);
    put_words(p, view->lesson_title, 22, t->muted, &p->at);
    space(p, &p->at, 20);
    struct rect home = {p->at.x, p->at.y, p->at.w, ui_px(v->ui, 54)};
    if (ui_button(v->ui, "lesson.home", home, "Back to the lessons", BUTTON_PRIMARY))
        intents_add(v->out, "app leave");
    p->at.y += home.h;
}

void lesson_draw(const struct view *v, struct lesson_state *s, struct player *player,
                 struct rect r)
{
    const struct player_view *view = player_view(player);
    if (s->page != view->page || s->task != view->active) {
        s->answer_text[0] = 0;
        text_edit_init(&s->answer, s->answer_text, sizeof s->answer_text);
        if (s->page != view->page) {
            s->scroll = 0;
            memset(s->heights, 0, sizeof s->heights);
        }
        s->page = view->page;
        s->task = view->active;
        v->ui->again = true;
    }
    struct rect foot = rect_cut_bottom(&r, ui_px(v->ui, 66));
    struct rect at = ui_scroll_begin(v->ui, "lesson", r, s->height, &s->scroll);
    struct page p = {v, s, at, 0};
    if (view->fault)
        put_words(&p, view->fault, 20, v->ui->theme->error, &p.at);
    if (view->finished)
        draw_finished(v, &p, view);
    else
        for (int i = 0; i < view->block_count; i++)
            draw_block(&p, view, i);
    float height = p.at.y - at.y;
    if (fabsf(height - s->height) > 0.5f)
        v->ui->again = true;
    s->height = height;
    ui_scroll_end(v->ui);
    if (!view->finished)
        draw_foot(v, view, foot);
}
