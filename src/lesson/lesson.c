#include "glassnet/lesson/lesson.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/translate.h"
#include "glassnet/lesson/language.h"
#include "lesson/reader.h"

enum { LESSON_MOST = 1 << 20 }; /* bytes of a lesson */

void *list_add(struct arena *arena, struct list *list, size_t size)
{
    if (list->count == list->capacity) {
        int capacity = list->capacity ? 2 * list->capacity : 8;
        void *items = arena_alloc(arena, (size_t)capacity * size);
        if (list->count)
            memcpy(items, list->items, (size_t)list->count * size);
        list->items = items;
        list->capacity = capacity;
    }
    return (char *)list->items + (size_t)list->count++ * size;
}

bool reader_fail(struct reader *r, int line, const char *format, ...)
{
    char sentence[640];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, translate(format), args);
    va_end(args);
    return err_set(r->err, ERR_INPUT, r->path, line, "%s", sentence);
}

static bool is_rule(struct text line)
{
    struct text t = text_trim(line);
    return t.n >= 3 && strspn(t.p, "-") >= t.n;
}

/* Backticks a fence begins with (3 or more), or 0. */
static size_t fence_length(struct text line)
{
    size_t blanks = 0, n = 0;
    while (blanks < line.n && blanks < 3 && line.p[blanks] == ' ')
        blanks++;
    while (blanks + n < line.n && line.p[blanks + n] == '`')
        n++;
    return n >= 3 ? n : 0;
}

/* The heading of the page, else nothing. */
static const char *page_title(struct reader *r, const struct lesson_page *page)
{
    for (int i = 0; i < page->item_count; i++) {
        const struct lesson_item *item = &page->items[i];
        if (item->kind != LESSON_HEADING)
            continue;
        char words[256] = "";
        for (int s = 0; s < item->text.count; s++) {
            size_t n = strlen(words);
            snprintf(words + n, sizeof words - n, "%s", item->text.spans[s].text);
        }
        return arena_strdup(&r->lesson->arena, words);
    }
    return "";
}

static bool end_page(struct reader *r, int first, int line)
{
    if (r->items.count == 0)
        return reader_fail(r, line, "this page is empty");
    struct lesson_page *page = list_add(&r->lesson->arena, &r->pages, sizeof *page);
    page->line = first;
    page->items = r->items.items;
    page->item_count = r->items.count;
    for (int i = 0; i < page->item_count; i++)
        page->task_count += lesson_item_is_task(&page->items[i]);
    page->title = page_title(r, page);
    r->items = (struct list){0};
    return true;
}

/* A walk over the lines of the file; text that is no block is gathered until one comes. */
struct walk {
    struct text rest;
    int line;         /* number of the line taken last */
    const char *from; /* text gathered */
    int from_line;
    bool after_text; /* the line before was text, not empty */
};

static struct text next_line(struct walk *w)
{
    w->line++;
    return text_next_line(&w->rest);
}

static bool end_text(struct reader *r, struct walk *w, const char *end)
{
    struct text t = {w->from, (size_t)(end - w->from)};
    return text_trim(t).n == 0 || reader_blocks(r, t, w->from_line);
}

static void begin_text(struct walk *w)
{
    w->from = w->rest.p;
    w->from_line = w->line + 1;
    w->after_text = false;
}

static bool read_fence(struct reader *r, struct walk *w, struct text open)
{
    size_t ticks = fence_length(open);
    struct text info = text_trim(open);
    info.p += ticks;
    info.n -= ticks;
    struct text body = {w->rest.p, 0};
    int line = w->line;
    while (w->rest.n) {
        const char *at = w->rest.p;
        struct text t = next_line(w);
        struct text trimmed = text_trim(t);
        if (fence_length(t) >= ticks && fence_length(t) == trimmed.n) {
            body.n = (size_t)(at - body.p);
            begin_text(w);
            return reader_fence(r, text_trim(info), body, line);
        }
    }
    return reader_fail(r, line, "this block has no end: a line ``` is missing");
}

static bool read_pages(struct reader *r, struct walk *w)
{
    int first = w->line + 1;
    begin_text(w);
    while (w->rest.n) {
        const char *at = w->rest.p;
        struct text t = next_line(w);
        if (fence_length(t)) {
            if (!end_text(r, w, at) || !read_fence(r, w, t))
                return false;
        } else if (is_rule(t)) {
            if (w->after_text)
                return reader_fail(r, w->line,
                                   "the line --- that begins a page needs an empty line before it "
                                   "(Markdown takes it for the underline of a heading)");
            if (!end_text(r, w, at) || !end_page(r, first, w->line))
                return false;
            first = w->line + 1;
            begin_text(w);
        } else {
            w->after_text = text_trim(t).n > 0;
        }
    }
    return end_text(r, w, w->rest.p) && end_page(r, first, w->line);
}

static bool read_lesson(struct reader *r, const char *text)
{
    size_t length = strlen(text);
    if (!text_is_utf8(text, length))
        return reader_fail(r, 0, "this is not UTF-8 text; save the lesson as UTF-8");
    struct walk w = {.rest = text_of(text)};
    if (text_starts(w.rest, "\xEF\xBB\xBF"))
        w.rest = (struct text){w.rest.p + 3, w.rest.n - 3};
    if (!text_is(text_trim(next_line(&w)), "---"))
        return reader_fail(r, 1, "a lesson begins with a head between two lines of ---");
    struct text head = {w.rest.p, 0};
    for (;;) {
        if (w.rest.n == 0)
            return reader_fail(r, 1, "the head has no end: a second line --- is missing");
        const char *at = w.rest.p;
        if (is_rule(next_line(&w))) {
            head.n = (size_t)(at - head.p);
            break;
        }
    }
    if (!reader_head(r, head, 2) || !read_pages(r, &w))
        return false;
    r->lesson->pages = r->pages.items;
    r->lesson->page_count = r->pages.count;
    return true;
}

struct lesson *lesson_parse(const char *text, const char *path, struct err *err)
{
    struct lesson *lesson = mem_zalloc(1, sizeof *lesson);
    arena_init(&lesson->arena);
    lesson->path = arena_strdup(&lesson->arena, path ? path : "lesson.md");
    struct err own = {0};
    struct reader r = {.lesson = lesson, .path = lesson->path, .err = err ? err : &own};
    if (read_lesson(&r, text))
        return lesson;
    lesson_destroy(lesson);
    return NULL;
}

struct lesson *lesson_load(const char *path, struct err *err)
{
    size_t size;
    char *text = file_read(path, LESSON_MOST, &size, err);
    if (!text)
        return NULL;
    struct lesson *lesson = NULL;
    if (strlen(text) != size)
        err_set(err, ERR_INPUT, path, 0, "this is no text: it has a zero byte");
    else
        lesson = lesson_parse(text, path, err);
    free(text);
    return lesson;
}

void lesson_destroy(struct lesson *lesson)
{
    if (!lesson)
        return;
    arena_deinit(&lesson->arena);
    free(lesson);
}

bool lesson_item_is_task(const struct lesson_item *item)
{
    return item->kind >= LESSON_WAIT && item->kind <= LESSON_TRAIN_UNTIL;
}

bool lesson_item_is_text(const struct lesson_item *item)
{
    return item->kind <= LESSON_PREFORMATTED;
}

bool lesson_find_network(const struct lesson *lesson, const char *name, char *out, size_t size,
                         struct err *err)
{
    static const char *const shared[] = {"lessons", "data/networks", "networks"};
    char folder[1024], place[1200];
    lesson_original_folder(lesson->path, folder, sizeof folder);
    if (file_exists(file_join(out, size, folder, name)))
        return true;
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
        file_join(place, sizeof place, shared[i], name);
        if (file_find_shared(out, size, place))
            return true;
    }
    return err_set(err, ERR_INPUT, lesson->path, 0,
                   "the network \"%s\" is neither beside the lesson nor among the networks of "
                   "Glassnet",
                   name);
}

bool lesson_network_path(const struct lesson *lesson, char *out, size_t size, struct err *err)
{
    if (!lesson->network)
        return err_set(err, ERR_INPUT, lesson->path, 0, "this lesson names no network");
    return lesson_find_network(lesson, lesson->network, out, size, err);
}

char *lesson_data_spec(const struct lesson *lesson, char *out, size_t size)
{
    struct text name, options;
    bool more = text_split(text_of(lesson->data ? lesson->data : ""), ':', &name, &options);
    char folder[1024], file[512], path[1600];
    text_copy(name, file, sizeof file);
    file_join(path, sizeof path, lesson_original_folder(lesson->path, folder, sizeof folder), file);
    if (file[0] && (file_exists(path) || file_is_folder(path)))
        snprintf(out, size, "%s%s%.*s", path, more ? ":" : "", (int)options.n, options.p);
    else
        snprintf(out, size, "%s", lesson->data ? lesson->data : "");
    return out;
}
