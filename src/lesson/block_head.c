/* The first line of a fenced block: its word and what follows it. */
#include <math.h>
#include <string.h>

#include "lesson/block.h"

static bool read_nothing(struct block *b, struct text rest)
{
    return rest.n == 0 || reader_fail(b->r, b->line, "nothing follows the word %s, found \"%.*s\"",
                                      b->kind->name, (int)rest.n, rest.p);
}

static bool read_wait(struct block *b, struct text rest)
{
    return condition_parse(&b->r->lesson->arena, rest, b->r->path, b->line, &b->item->condition,
                           b->r->err);
}

/* EXPRESSION within NUMBER. */
static bool read_within(struct block *b, struct text rest)
{
    static const char word[] = " within ";
    size_t at = 0, n = sizeof word - 1;
    while (at + n <= rest.n && memcmp(rest.p + at, word, n) != 0)
        at++;
    if (at + n > rest.n)
        return reader_fail(b->r, b->line, "%s needs a tolerance: %s %s within 0.01", b->kind->name,
                           b->kind->name, b->item->kind == LESSON_PREDICT ? "CELL" : "EXPRESSION");
    struct text within = text_trim((struct text){rest.p + at + n, rest.n - at - n});
    double tolerance;
    if (!text_to_double(within, &tolerance) || !isfinite(tolerance) || tolerance <= 0)
        return reader_fail(b->r, b->line, "the tolerance is a number above 0, found \"%.*s\"",
                           (int)within.n, within.p);
    b->item->within = tolerance;
    b->item->expression = expression_parse(&b->r->lesson->arena, (struct text){rest.p, at},
                                           b->r->path, b->line, b->r->err);
    if (!b->item->expression)
        return false;
    b->item->cell = expression_cell(b->item->expression);
    if (b->item->kind == LESSON_PREDICT && !b->item->cell)
        return reader_fail(b->r, b->line,
                           "predict takes one cell, found \"%.*s\"; for a number worked out from "
                           "cells there is the block answer",
                           (int)at, rest.p);
    return true;
}

static bool add_cell(struct block *b, struct list *cells, struct text t)
{
    struct expression *e =
        expression_parse(&b->r->lesson->arena, t, b->r->path, b->line, b->r->err);
    if (!e)
        return false;
    if (!expression_cell(e))
        return reader_fail(b->r, b->line, "%s takes cells joined by or, found \"%s\"",
                           b->kind->name, expression_text(e));
    const char **place = list_add(&b->r->lesson->arena, cells, sizeof *place);
    *place = expression_cell(e);
    return true;
}

/* CELL or CELL or ... */
static bool read_cells(struct block *b, struct text rest)
{
    struct list cells = {0};
    size_t from = 0;
    for (size_t at = 0; at + 4 <= rest.n; at++)
        if (memcmp(rest.p + at, " or ", 4) == 0) {
            if (!add_cell(b, &cells, (struct text){rest.p + from, at - from}))
                return false;
            from = at + 4;
        }
    if (!add_cell(b, &cells, (struct text){rest.p + from, rest.n - from}))
        return false;
    b->item->cell_names = cells.items;
    b->item->cell_count = cells.count;
    return true;
}

static bool read_find(struct block *b, struct text rest)
{
    return rest.n ? read_cells(b, rest)
                  : reader_fail(b->r, b->line, "find needs a cell: find out.b[0]");
}

static bool read_reveal(struct block *b, struct text rest)
{
    return rest.n == 0 || read_cells(b, rest);
}

static bool read_draw(struct block *b, struct text rest)
{
    b->item->class_name = arena_strndup(&b->r->lesson->arena, rest.p, rest.n);
    return rest.n > 0 || reader_fail(b->r, b->line, "draw needs a class: draw 7");
}

/* CONDITION max EPOCHS. */
static bool read_train(struct block *b, struct text rest)
{
    size_t end = rest.n;
    while (end > 0 && rest.p[end - 1] != ' ')
        end--;
    struct text number = {rest.p + end, rest.n - end};
    struct text before = text_trim((struct text){rest.p, end});
    long n;
    if (before.n < 5 || memcmp(before.p + before.n - 4, " max", 4) != 0 ||
        !text_to_long(number, &n) || n < 1 || n > 100000)
        return reader_fail(b->r, b->line,
                           "train-until needs a condition and the most epochs it may take: "
                           "train-until accuracy(test) > 0.9 max 5");
    b->item->max_epochs = (int)n;
    if (!read_wait(b, text_trim((struct text){before.p, before.n - 4})))
        return false;
    return b->item->condition.kind == CONDITION_COMPARE ||
           reader_fail(b->r, b->line, "train-until needs a comparison such as loss < 0.1");
}

static bool read_go(struct block *b, struct text rest)
{
    if (rest.n)
        b->item->network = arena_strndup(&b->r->lesson->arena, rest.p, rest.n);
    return true;
}

static const struct block_kind kinds[] = {
    {"setup", LESSON_SETUP, 0, read_nothing},
    {"do", LESSON_DO, 0, read_nothing},
    {"wait", LESSON_WAIT, TAKES_ASK | TAKES_SOLVE | TAKES_HINT | TAKES_RIGHT | NEEDS_SOLVE,
     read_wait},
    {"predict", LESSON_PREDICT, TAKES_ASK | TAKES_HINT | TAKES_WRONG | TAKES_RIGHT | NEEDS_ASK,
     read_within},
    {"answer", LESSON_ANSWER, TAKES_ASK | TAKES_HINT | TAKES_WRONG | TAKES_RIGHT | NEEDS_ASK,
     read_within},
    {"choose", LESSON_CHOOSE, TAKES_ASK | TAKES_HINT | TAKES_OPTIONS | NEEDS_ASK, read_nothing},
    {"find", LESSON_FIND, TAKES_ASK | TAKES_HINT | TAKES_CELL | TAKES_RIGHT | NEEDS_ASK, read_find},
    {"draw", LESSON_DRAW, TAKES_ASK | TAKES_SOLVE | TAKES_HINT | TAKES_RIGHT | NEEDS_SOLVE,
     read_draw},
    {"train-until", LESSON_TRAIN_UNTIL,
     TAKES_ASK | TAKES_SOLVE | TAKES_HINT | TAKES_RIGHT | TAKES_SET | TAKES_CONDITION | NEEDS_SOLVE,
     read_train},
    {"reveal", LESSON_REVEAL, 0, read_reveal},
    {"hint", LESSON_HINT, 0, read_nothing},
    {"note", LESSON_NOTE, 0, read_nothing},
    {"go", LESSON_GO, 0, read_go},
    {"check", LESSON_CHECK, 0, read_nothing}};
enum { KINDS = sizeof kinds / sizeof *kinds };

const struct block_kind *block_kind_find(struct text word)
{
    for (int i = 0; i < KINDS; i++)
        if (text_is(word, kinds[i].name))
            return &kinds[i];
    return NULL;
}

const char *lesson_item_name(enum lesson_item_kind kind)
{
    for (int i = 0; i < KINDS; i++)
        if (kinds[i].kind == kind)
            return kinds[i].name;
    return "text";
}
