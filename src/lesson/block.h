/* Fenced blocks, shared by the reader of their first line (block_head.c) and of the lines in them
 * (block.c). */
#ifndef LESSON_BLOCK_H
#define LESSON_BLOCK_H

#include "lesson/reader.h"

/* Which lines a block takes. */
enum {
    TAKES_ASK = 1,
    TAKES_SOLVE = 2,
    TAKES_HINT = 4,
    TAKES_WRONG = 8,    /* wrong if value = ... */
    TAKES_OPTIONS = 16, /* right: and wrong: of choose */
    TAKES_RIGHT = 32,   /* right: what is said when it is done */
    TAKES_SET = 64,
    TAKES_CELL = 128,      /* wrong if cell = ... */
    TAKES_CONDITION = 256, /* wrong if rate > ... */
    NEEDS_ASK = 512,
    NEEDS_SOLVE = 1024
};

struct block;
typedef bool read_head_fn(struct block *b, struct text rest);

struct block_kind {
    const char *name;
    enum lesson_item_kind kind;
    unsigned takes; /* 0: the lines are commands, text or facts */
    read_head_fn *read;
};

struct block {
    struct reader *r;
    struct lesson_item *item;
    const struct block_kind *kind;
    int line;
    struct list commands, hints, wrong, options, set;
};

/* The kind a block's first word names, or NULL. */
const struct block_kind *block_kind_find(struct text word);

#endif
