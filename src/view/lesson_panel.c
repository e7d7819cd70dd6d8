/* The page of a lesson beside the network: text with live numbers, the one thing to do, Back and
 * Next; at the end what was done. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "lesson_page.h"

static void put_list_item(struct page *p, const struct player_block *b)
{
    struct ui *ui = p->v->ui;
    struct rect in = p->at;
    float indent = ui_px(ui, 28) * (float)(b->item->level + 1);
    char mark[16] = "•";
    if (b->item->number)
        snprintf(mark, sizeof mark, "%d.", b->item->number);
    struct rect place = {in.x + indent - ui_px(ui, 26), in.y, ui_px(ui, 26), 0};
    page_words(p, mark, 22, 0, ui->theme->muted, &place);
    in.x += indent;
    in.w -= indent;
    page_text(p, &b->text, 22, ui->theme->ink, 0, &in);
    p->at.y = in.y;
}

/* The link into Play: a button with the lesson's words. */
static void put_go(struct page *p, const struct player_block *b)
{
    struct ui *ui = p->v->ui;
    char label[160] = "";
    for (int i = 0; i < b->text.count; i++)
        strncat(label, b->text.runs[i].text, sizeof label - strlen(label) - 1);
    struct rect row = {p->at.x, p->at.y, p->at.w, ui_px(ui, 50)};
    p->at.y += row.h;
    if (p->dry)
        return;
    row.w = fminf(row.w, ui_button_width(ui, label[0] ? label : C_("a group of views", "Play")));
    if (ui_button(ui, "lesson.go", row, label[0] ? label : C_("a group of views", "Play"),
                  BUTTON_NORMAL))
        intents_add(p->v->out, "app play%s%s", b->item->network ? " " : "",
                    b->item->network ? b->item->network : "");
}

static void put_block(struct page *p, int i)
{
    const struct player_block *b = &p->view->blocks[i];
    const struct theme *t = p->v->ui->theme;
    switch (b->kind) {
    case LESSON_HEADING:
        page_text(p, &b->text, b->item->level > 1 ? 25 : 30, t->ink, RUN_BOLD, &p->at);
        page_space(p, &p->at, 6);
        return;
    case LESSON_TABLE:
        page_table(p, b);
        break;
    case LESSON_LIST_ITEM:
        put_list_item(p, b);
        page_space(p, &p->at, 6);
        return;
    case LESSON_PREFORMATTED:
        page_text(p, &b->text, 20, t->ink, RUN_MONO, &p->at);
        break;
    case LESSON_GO:
        if (p->view->active >= 0)
            return; /* what is to be done comes first */
        put_go(p, b);
        break;
    default:
        if (!lesson_item_is_task(b->item))
            page_text(p, &b->text, 22, t->ink, 0, &p->at);
        else if (b->status != TASK_LATER)
            page_task(p, i);
        else
            return;
        if (lesson_item_is_task(b->item))
            return;
    }
    page_space(p, &p->at, 11);
}

/* How a quiz went. */
static void put_quiz_end(struct page *p)
{
    struct ui *ui = p->v->ui;
    const struct theme *t = ui->theme;
    const struct player_quiz *q = p->view->quiz;
    char text[200];
    page_words(p, q->right == q->count ? _("✓ All of it") : _("What you still know"), 30, RUN_BOLD,
               q->right == q->count ? t->good : t->ink, &p->at);
    page_space(p, &p->at, 10);
    snprintf(text, sizeof text, _("%d of %d right at the first try, without help."), q->right,
             q->count);
    page_words(p, text, 22, 0, t->ink, &p->at);
    page_space(p, &p->at, 8);
    if (q->right < q->count)
        page_words(
            p, _("What did not come by itself is worth another look: the lesson is still there."),
            22, 0, t->ink, &p->at);
    page_space(p, &p->at, 20);
    struct rect row = {p->at.x, p->at.y, p->at.w, ui_px(ui, 54)};
    struct rect home = rect_cut_left(&row, ui_button_width(ui, _("Home")));
    p->at.y += ui_px(ui, 62);
    if (!p->dry && ui_button(ui, "lesson.home", home, _("Home"), BUTTON_PRIMARY))
        intents_add(p->v->out, "app leave");
}

static void put_end(struct page *p, const struct player *player)
{
    struct ui *ui = p->v->ui;
    const struct theme *t = ui->theme;
    char text[160];
    int done = player_tasks_done(player), tasks = player_tasks(player);
    page_words(p, _("✓ Finished"), 30, RUN_BOLD, t->good, &p->at);
    page_space(p, &p->at, 8);
    page_words(p, p->view->lesson_title, 24, RUN_BOLD, t->ink, &p->at);
    page_space(p, &p->at, 10);
    if (done == tasks)
        snprintf(text, sizeof text, _("You did all %d tasks yourself."), tasks);
    else
        snprintf(
            text, sizeof text,
            _("You did %d of %d tasks yourself. Play it again whenever you like to do the rest."),
            done, tasks);
    page_words(p, text, 22, 0, t->ink, &p->at);
    page_space(p, &p->at, 20);
    struct rect check = {p->at.x, p->at.y, ui_button_width(ui, _("Check yourself")), ui_px(ui, 54)};
    p->at.y += check.h + ui_px(ui, 12);
    if (!p->dry && ui_button(ui, "lesson.quiz", check, _("Check yourself"), BUTTON_PRIMARY))
        intents_add(p->v->out, "app quiz");
    page_words(p, _("Three questions of this lesson, without help."), 20, 0, t->muted, &p->at);
    page_space(p, &p->at, 20);
    struct rect home = {p->at.x, p->at.y, ui_button_width(ui, _("Home")), ui_px(ui, 54)};
    p->at.y += home.h + ui_px(ui, 8);
    if (!p->dry && ui_button(ui, "lesson.home", home, _("Home"), BUTTON_NORMAL))
        intents_add(p->v->out, "app leave");
}

static void put_quiz_head(struct page *p)
{
    char text[300];
    const struct player_quiz *q = p->view->quiz;
    snprintf(text, sizeof text, _("Question %d of %d  ·  %s"), q->at + 1, q->count,
             p->view->lesson_title);
    page_words(p, text, 20, RUN_BOLD, p->v->ui->theme->muted, &p->at);
    page_space(p, &p->at, 8);
}

/* Of a quiz's page the tasks that are not asked are left out. */
static bool is_asked(const struct page *p, int i)
{
    const struct player_block *b = &p->view->blocks[i];
    return !p->view->quiz || b->asked || (!lesson_item_is_task(b->item) && b->kind != LESSON_GO);
}

static void put_page(struct page *p, const struct player *player)
{
    const struct theme *t = p->v->ui->theme;
    if (p->view->fault) {
        page_words(p, p->view->fault, 20, 0, t->error, &p->at);
        page_space(p, &p->at, 10);
    }
    if (p->view->quiz && !p->view->quiz->over)
        put_quiz_head(p);
    if (p->view->finished && p->view->quiz)
        put_quiz_end(p);
    else if (p->view->finished)
        put_end(p, player);
    else
        for (int i = 0; i < p->view->block_count; i++)
            if (is_asked(p, i))
                put_block(p, i);
}

static void draw_foot(struct page *p, struct rect r)
{
    struct ui *ui = p->v->ui;
    const struct player_view *view = p->view;
    struct rect row = r;
    row.y = r.y + r.h - ui_px(ui, 54);
    row.h = ui_px(ui, 54);
    struct rect back = rect_cut_left(&row, fminf(ui_px(ui, 104), r.w * 0.4f));
    rect_cut_left(&row, ui_px(ui, 12));
    if (ui_button(ui, "lesson.back", back, _("Back"),
                  BUTTON_NORMAL | (view->can_back ? 0u : (unsigned)BUTTON_DISABLED))) {
        page_acted(p, false);
        intents_add(p->v->out, "app back");
    }
    char label[64];
    if (view->quiz)
        snprintf(label, sizeof label,
                 view->quiz->at + 1 < view->quiz->count ? _("Next question") : _("Result"));
    else
        snprintf(label, sizeof label, "%s  %d / %d", view->last_page ? _("Finish") : _("Next"),
                 view->page + 1, view->pages);
    if (ui_button_width(ui, label) > row.w + ui_px(ui, 40)) /* the page is told by the progress */
        snprintf(label, sizeof label, "%s", view->last_page ? _("Finish") : _("Next"));
    struct rect next = rect_cut_left(&row, fminf(row.w, ui_button_width(ui, label)));
    float ring = fmaxf(2, ui_px(ui, 4));
    if (view->can_next)
        draw_round_rect(ui->draw, rect_inset(next, -ring), ui_px(ui, 8) + ring,
                        ui->theme->selection);
    if (ui_button(ui, "lesson.next", next, label,
                  BUTTON_PRIMARY | (view->can_next ? 0u : (unsigned)BUTTON_DISABLED))) {
        page_acted(p, false);
        intents_add(p->v->out, "app next");
    }
}

/* The widget to go on with. */
static const char *next_widget(const struct player_view *view)
{
    if (view->finished)
        return "lesson.home";
    if (view->active < 0)
        return "lesson.next";
    const struct player_block *b = &view->blocks[view->active];
    if (b->kind == LESSON_PREDICT || b->kind == LESSON_ANSWER)
        return "lesson.answer";
    if (b->kind == LESSON_CHOOSE)
        return "lesson.option.0";
    if (b->kind == LESSON_TRAIN_UNTIL)
        return "lesson.train";
    return task_edits(b) ? "lesson.value" : NULL;
}

/* How much is uncovered on the page: grows with every hint, message and task done. */
static int count_uncovered(const struct player_view *view)
{
    int n = 0;
    for (int i = 0; i < view->block_count; i++) {
        const struct player_block *b = &view->blocks[i];
        n += b->hint_count + b->worked_count + (b->feedback.count > 0);
        n += lesson_item_is_task(b->item) ? 100 * (int)b->status : 0;
    }
    return n;
}

/* A page or task that was not there in the last frame begins with empty fields. */
static void notice_change(struct page *p)
{
    struct lesson_state *s = p->state;
    const struct player_view *view = p->view;
    bool turned = s->page != view->page || s->finished != view->finished;
    s->answer.text = s->answer_text;
    s->value.text = s->value_text;
    if (!turned && s->task == view->active)
        return;
    text_edit_init(&s->answer, s->answer_text, sizeof s->answer_text);
    text_edit_init(&s->value, s->value_text, sizeof s->value_text);
    text_edit_set(&s->answer, "");
    text_edit_set(&s->value, "");
    s->edited = CELL_NONE;
    s->rate_shown = 0;
    if (turned) {
        s->scroll = 0;
        s->uncovered = count_uncovered(view);
    }
    s->page = view->page;
    s->finished = view->finished;
    s->task = view->active;
    if (s->by_keys) {
        ui_focus(p->v->ui, next_widget(view));
        p->v->ui->focus_visible = next_widget(view) != NULL;
    }
    p->v->ui->again = true;
}

/* Scrolls as little as needed to what has just been uncovered. */
static void follow(struct page *p, float top, float height, float room)
{
    struct lesson_state *s = p->state;
    int uncovered = count_uncovered(p->view);
    if (uncovered == s->uncovered)
        return;
    s->uncovered = uncovered;
    float bottom = p->view->active >= 0 ? p->task_bottom - top : height;
    s->scroll = fmaxf(s->scroll, bottom - room);
    s->scroll = fminf(s->scroll, fmaxf(0, p->task_top - top));
}

void lesson_draw(const struct view *v, struct lesson_state *s, struct player *player, struct rect r)
{
    struct ui *ui = v->ui;
    struct page p = {.v = v, .state = s, .view = player_view(player)};
    notice_change(&p);
    struct rect foot = rect_cut_bottom(&r, ui_px(ui, p.view->finished ? 0 : 66));
    /* The scroll bar and the focus rings lie in the panel's margins. */
    float margin = ui_px(ui, 22);
    struct rect wide = {r.x - margin, r.y, r.w + 2 * margin, r.h};
    float height = 0;
    p.dry = true;
    for (bool fits = false; !fits && p.tight <= PAGE_TIGHT_MOST; p.tight += !fits) {
        p.at = r;
        put_page(&p, player);
        height = p.at.y - r.y - ui_px(ui, 10); /* without the last space */
        fits = height <= r.h;
    }
    p.tight = p.tight > PAGE_TIGHT_MOST ? PAGE_TIGHT_MOST : p.tight;
    follow(&p, r.y, height, r.h);
    struct rect inside = ui_scroll_begin(ui, "lesson", wide, height, &s->scroll);
    p.at = (struct rect){r.x, inside.y, r.w, inside.h};
    p.dry = false;
    p.ids = 0;
    put_page(&p, player);
    ui_scroll_end(ui);
    if (!p.view->finished)
        draw_foot(&p, foot);
}
