#include "app/handout.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/core.h"
#include "app/export.h"
#include "glassnet/base/file.h"
#include "glassnet/base/translate.h"
#include "glassnet/lesson/language.h"

/* The picture is the canvas of a screen of this size, without the panel, enlarged (percent). */
enum { SCREEN_W = 900, SCREEN_H = 620, ZOOM = 160 };
#define BLANK "______"

static struct player_text copy_text(struct arena *arena, const struct player_text *t)
{
    struct player_run *runs = arena_alloc(arena, (size_t)t->count * sizeof *runs + 1);
    for (int i = 0; i < t->count; i++) {
        const struct player_run *run = &t->runs[i];
        bool hidden = run->is_number && strcmp(run->text, "?") == 0;
        runs[i] = *run;
        runs[i].text = hidden ? BLANK : arena_strdup(arena, run->text ? run->text : "");
        runs[i].cell = runs[i].glossary = NULL;
    }
    return (struct player_text){t->count, runs};
}

static struct player_text *copy_texts(struct arena *arena, const struct player_text *texts, int n)
{
    struct player_text *copy = arena_alloc(arena, (size_t)n * sizeof *copy + 1);
    for (int i = 0; i < n; i++)
        copy[i] = copy_text(arena, &texts[i]);
    return copy;
}

static struct handout_item *add(struct handout_page *page)
{
    page->items = mem_grow(page->items, &page->capacity, page->item_count + 1, sizeof *page->items);
    struct handout_item *item = &page->items[page->item_count++];
    *item = (struct handout_item){.bullet = "", .answer = ""};
    return item;
}

static void add_text(struct handout *h, struct handout_page *page, const struct player_block *b)
{
    char bullet[16] = "•";
    struct handout_item *item = add(page);
    item->kind = b->kind == LESSON_TABLE ? HANDOUT_TABLE : HANDOUT_TEXT;
    item->text = copy_text(&h->arena, &b->text);
    item->rows = b->rows;
    item->columns = b->columns;
    item->cells = copy_texts(&h->arena, b->cells, b->rows * b->columns);
    if (b->kind != LESSON_LIST_ITEM)
        return;
    if (b->item->number)
        snprintf(bullet, sizeof bullet, "%d.", b->item->number);
    item->bullet = arena_strdup(&h->arena, bullet);
    item->indent = b->item->level + 1;
}

static void add_options(struct handout *h, struct handout_item *item, const struct player_block *b)
{
    struct player_text *options =
        arena_alloc(&h->arena, (size_t)b->option_count * sizeof *options + 1);
    for (int i = 0; i < b->option_count; i++)
        options[i] = copy_text(&h->arena, &b->options[i].text);
    item->rows = b->option_count;
    item->columns = 1;
    item->cells = options;
}

static void add_task(struct handout *h, struct handout_page *page, const struct player_block *b,
                     const char *answer, int number, int letter)
{
    struct handout_item *item = add(page);
    snprintf(item->label, sizeof item->label, "%d%c", number % 1000, 'a' + letter % 26);
    item->text = copy_text(&h->arena, &b->text);
    item->answer = arena_strdup(&h->arena, answer);
    if (b->kind == LESSON_PREDICT || b->kind == LESSON_ANSWER)
        item->kind = HANDOUT_NUMBER;
    else if (b->kind == LESSON_CHOOSE)
        item->kind = HANDOUT_CHOICE;
    else
        item->kind = b->kind == LESSON_FIND ? HANDOUT_MARK : HANDOUT_DO;
    if (item->kind == HANDOUT_CHOICE)
        add_options(h, item, b);
}

/* Paper has room for the number itself where the screen shows a question mark. */
static void empty_hidden(struct draw_list *d)
{
    int kept = 0;
    for (int i = 0; i < d->n_cmds; i++) {
        const struct draw_cmd *c = &d->cmds[i];
        if (c->kind != DRAW_TEXT || strcmp(draw_cmd_data(d, c), "?") != 0)
            d->cmds[kept++] = *c;
    }
    d->n_cmds = kept;
}

static bool is_same_picture(const struct draw_list *a, const struct draw_list *b)
{
    return a->n_cmds == b->n_cmds && a->n_data == b->n_data &&
           memcmp(a->cmds, b->cmds, (size_t)a->n_cmds * sizeof *a->cmds) == 0 &&
           memcmp(a->data, b->data, (size_t)a->n_data) == 0;
}

/* Texts begin at the top of the page; a picture that was just seen is not drawn again. */
static void take_picture(struct handout *h, struct handout_page *page, struct core *c)
{
    core_finish(c); /* it may ask for what a thread works out */
    page->picture = export_copy(c, &page->region);
    empty_hidden(&page->picture);
    page->pictured = true;
    for (struct handout_page *before = page - 1; before >= h->pages; before--)
        if (before->pictured) {
            page->pictured = !is_same_picture(&before->picture, &page->picture);
            break;
        }
}

/* What the page says and asks; each task is shown in turn, so that the next one is as the learner
 * meets it. */
static void take_page(struct handout *h, struct handout_page *page, struct core *c, int number)
{
    int tasks = 0, seen = 0;
    const struct player_view *view = player_view(c->player);
    page->title = arena_strdup(&h->arena, view->page_title);
    for (int i = 0; i < view->block_count; i++) {
        const struct player_block *b = &view->blocks[i];
        bool title = b->kind == LESSON_HEADING && !seen++;
        if (!title && b->kind != LESSON_GO && !lesson_item_is_task(b->item))
            add_text(h, page, b);
    }
    while (view->active >= 0) {
        add_task(h, page, &view->blocks[view->active], view->solution, number, tasks++);
        player_show(c->player);
        view = player_view(c->player);
    }
}

bool handout_make(struct handout *h, const char *lesson, struct err *err)
{
    *h = (struct handout){0};
    struct core *c = core_create(SCREEN_W, SCREEN_H, err);
    char zoom[32], language[32];
    h->language = lesson_language(lesson);
    snprintf(zoom, sizeof zoom, "zoom %d", ZOOM);
    snprintf(language, sizeof language, "setting language %s", h->language);
    if (!c || !core_command(c, zoom, err) || !core_command(c, language, err) ||
        !core_open(c, lesson, err)) {
        core_destroy(c);
        return false;
    }
    if (!c->player) {
        core_destroy(c);
        return err_set(err, ERR_USAGE, lesson, 0,
                       "is no lesson; a lesson is a file that ends in "
                       ".md");
    }
    c->screen.panel.folded = true;
    c->screen.canvas.network.no_lens = true; /* it would lie over the picture */
    const struct player_view *view = player_view(c->player);
    h->title = arena_strdup(&h->arena, view->lesson_title);
    h->page_count = view->pages;
    h->pages = mem_zalloc((size_t)h->page_count, sizeof *h->pages);
    for (int i = 0; i < h->page_count; i++) {
        take_picture(h, &h->pages[i], c);
        take_page(h, &h->pages[i], c, i + 1);
        core_command(c, "app next", NULL); /* and the view that the next page shows */
    }
    core_destroy(c);
    return true;
}

void handout_deinit(struct handout *h)
{
    for (int i = 0; i < h->page_count; i++) {
        free(h->pages[i].items);
        draw_list_deinit(&h->pages[i].picture);
    }
    free(h->pages);
    arena_deinit(&h->arena);
    *h = (struct handout){0};
}

bool handout_write(struct handout *h, const char *path, struct err *err)
{
    const char *before = translate_language();
    bool pdf = file_ends_with(path, ".pdf");
    if (!pdf && !file_ends_with(path, ".html"))
        return err_set(err, ERR_USAGE, path, 0, "was expected to end in .pdf or .html");
    translate_choose(h->language, NULL);
    bool done = pdf ? handout_write_pdf(h, path, err) : handout_write_html(h, path, err);
    translate_choose(before, NULL);
    return done;
}
