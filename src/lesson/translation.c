#include "lesson/translation.h"

#include <stdio.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/lesson/glossary.h"

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_expression(const struct expression *a, const struct expression *b)
{
    return a && b ? strcmp(expression_text(a), expression_text(b)) == 0 : a == b;
}

static bool same_names(int n, const char *const *a, int m, const char *const *b)
{
    bool same = n == m;
    for (int i = 0; same && i < n; i++)
        same = strcmp(a[i], b[i]) == 0;
    return same;
}

static bool same_commands(const struct lesson_item *a, const struct lesson_item *b)
{
    bool same = a->command_count == b->command_count;
    for (int i = 0; same && i < a->command_count; i++)
        same = strcmp(a->commands[i].text, b->commands[i].text) == 0;
    return same;
}

static bool same_wrongs(const struct lesson_item *a, const struct lesson_item *b)
{
    bool same = a->wrong_count == b->wrong_count;
    for (int i = 0; same && i < a->wrong_count; i++)
        same = same_expression(a->wrong[i].value, b->wrong[i].value) &&
               same_text(a->wrong[i].cell, b->wrong[i].cell) &&
               same_text(a->wrong[i].condition ? a->wrong[i].condition->text : NULL,
                         b->wrong[i].condition ? b->wrong[i].condition->text : NULL);
    return same;
}

static bool same_options(const struct lesson_item *a, const struct lesson_item *b)
{
    bool same = a->option_count == b->option_count;
    for (int i = 0; same && i < a->option_count; i++)
        same = a->options[i].right == b->options[i].right;
    return same;
}

static bool same_checks(const struct lesson_item *a, const struct lesson_item *b)
{
    bool same = a->check_count == b->check_count;
    for (int i = 0; same && i < a->check_count; i++)
        same = same_text(a->checks[i].text, b->checks[i].text);
    return same;
}

static bool same_head(const struct lesson_item *a, const struct lesson_item *b)
{
    return a->kind == b->kind && same_expression(a->expression, b->expression) &&
           same_text(a->cell, b->cell) && a->within == b->within &&
           same_text(a->condition.text, b->condition.text) && a->max_epochs == b->max_epochs &&
           same_names(a->cell_count, a->cell_names, b->cell_count, b->cell_names) &&
           same_text(a->class_name, b->class_name) && same_text(a->network, b->network);
}

/* What differs between a block and its original; NULL: nothing but words. */
static const char *difference(const struct lesson_item *a, const struct lesson_item *b)
{
    return !same_head(a, b)                 ? "another first line"
           : !same_commands(a, b)           ? "other commands"
           : !same_wrongs(a, b)             ? "other wrong answers"
           : !same_options(a, b)            ? "other right and wrong options"
           : !same_checks(a, b)             ? "other facts"
           : a->hint_count != b->hint_count ? "another number of hints"
           : !same_names(a->set_count, a->set, b->set_count, b->set) ? "other settings"
                                                                     : NULL;
}

/* The block at or behind i; NULL: only text follows. */
static const struct lesson_item *next_block(const struct lesson_page *page, int *i)
{
    while (*i < page->item_count && lesson_item_is_text(&page->items[*i]))
        ++*i;
    return *i < page->item_count ? &page->items[(*i)++] : NULL;
}

/* The first difference of a page; its line. */
static int compare_page(const struct lesson_page *page, const struct lesson_page *original,
                        char *sentence, size_t size)
{
    for (int i = 0, k = 0;;) {
        const struct lesson_item *a = next_block(page, &i), *b = next_block(original, &k);
        const char *what = a && b ? difference(a, b) : NULL;
        sentence[0] = 0;
        if (a && b && a->kind == b->kind && what)
            snprintf(sentence, size, "this %s has %s than the one of the original in line %d",
                     lesson_item_name(a->kind), what, b->line);
        else if ((a || b) && !(a && b && a->kind == b->kind))
            snprintf(sentence, size, "the original has %s here, in line %d, not %s",
                     b ? lesson_item_name(b->kind) : "the end of the page",
                     b ? b->line : original->line,
                     a ? lesson_item_name(a->kind) : "the end of the page");
        if (sentence[0])
            return a ? a->line : page->line;
        if (!a)
            return 0;
    }
}

/* The words of a glossary stand in the order of each language. */
static bool is_anywhere(const struct lesson_page *page, const struct lesson *original)
{
    char sentence[300] = "-";
    for (int i = 0; sentence[0] && i < original->page_count; i++)
        compare_page(page, &original->pages[i], sentence, sizeof sentence);
    return !sentence[0];
}

/* The head but for its words. */
static bool same_file_head(const struct lesson *a, const struct lesson *b)
{
    return a->order == b->order && same_text(a->network, b->network) &&
           same_text(a->data, b->data) &&
           same_names(a->needs_count, a->needs, b->needs_count, b->needs) &&
           same_names(a->lock_count, a->lock, b->lock_count, b->lock) &&
           same_names(a->hide_count, a->hide, b->hide_count, b->hide);
}

void translation_compare(const struct lesson *lesson, const struct lesson *original,
                         void (*say)(void *context, int line, const char *sentence), void *context)
{
    char sentence[300];
    bool any_order = strcmp(file_name(lesson->path), GLOSSARY_NAME ".md") == 0;
    for (int i = 0; i < lesson->page_count && i < original->page_count; i++) {
        const struct lesson_page *page = &lesson->pages[i];
        int line = compare_page(page, &original->pages[i], sentence, sizeof sentence);
        if (sentence[0] && !(any_order && is_anywhere(page, original)))
            say(context, line, sentence);
    }
    if (!same_file_head(lesson, original))
        say(context, 1,
            "order, needs, network, data, lock or hide is not as in the original's head");
    if (lesson->page_count != original->page_count) {
        snprintf(sentence, sizeof sentence, "this lesson has %d pages, its original %d",
                 lesson->page_count, original->page_count);
        say(context, 1, sentence);
    }
}
