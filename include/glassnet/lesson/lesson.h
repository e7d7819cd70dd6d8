/* A lesson as read from its Markdown file (docs/lesson-format.md): a head, and pages of items in
 * the order of the file. An item is a piece of text (paragraph, heading, list item, table) or a
 * block (setup, wait, predict, ...). Nothing here runs: player.h plays it. */
#ifndef GLASSNET_LESSON_LESSON_H
#define GLASSNET_LESSON_LESSON_H

#include <stdbool.h>

#include "glassnet/base/err.h"
#include "glassnet/base/mem.h"
#include "glassnet/lesson/expression.h"

#define LESSON_MOST_OPTIONS 12

enum lesson_style { LESSON_BOLD = 1, LESSON_ITALIC = 2, LESSON_CODE = 4, LESSON_BREAK = 8 };

/* A run of text in one style. */
struct lesson_span {
    const char *text;                /* the words; of a number: the expression as written */
    unsigned style;                  /* enum lesson_style; LESSON_BREAK: a new line before it */
    const struct expression *number; /* a live number {EXPRESSION .DECIMALS}, or NULL */
    int decimals;                    /* of a live number; -1: three significant digits */
    const char *glossary;            /* word of a link [[word]], or NULL */
    int line;                        /* in the file */
};

/* Text with its styles; count 0: none. */
struct lesson_text {
    int count;
    const struct lesson_span *spans;
};

enum lesson_item_kind {
    /* text */
    LESSON_HEADING,
    LESSON_PARAGRAPH,
    LESSON_LIST_ITEM,
    LESSON_TABLE,
    LESSON_PREFORMATTED,
    /* tasks: the learner must do something */
    LESSON_WAIT,
    LESSON_PREDICT,
    LESSON_ANSWER,
    LESSON_CHOOSE,
    LESSON_FIND,
    LESSON_DRAW,
    LESSON_TRAIN_UNTIL,
    /* the rest of the blocks */
    LESSON_SETUP,
    LESSON_DO,
    LESSON_REVEAL,
    LESSON_HINT,
    LESSON_NOTE,
    LESSON_GO,
    LESSON_CHECK
};

/* A line of commands, or of plain text, with its place. */
struct lesson_line {
    const char *text;
    int line;
};

/* wrong if value = EXPRESSION: REASON; for find: wrong if cell = CELL: REASON (CELL may be a
 * tensor without index: any of its cells); for train-until: wrong if CONDITION: REASON, where it
 * has not been reached. Two of the three are NULL. */
struct lesson_wrong {
    const struct expression *value;
    const char *cell;
    const struct condition *condition;
    struct lesson_text reason;
    int line;
};

struct lesson_option {
    bool right;
    struct lesson_text text;
    struct lesson_text reason;
    int line;
};

struct lesson_item {
    enum lesson_item_kind kind;
    int line; /* where it begins */
    struct lesson_text
        text; /* heading, paragraph, list item; ask: of tasks; reveal, hint, note, go */
    struct lesson_text right;        /* tasks but choose: what is said when done; may be empty */
    int level;                       /* heading 1..6; depth of a list item, from 0 */
    int number;                      /* of a list item in a numbered list; 0: a bullet */
    int columns, rows;               /* table; the first row is its head */
    const struct lesson_text *cells; /* [rows][columns] */
    int command_count;               /* setup, do: the commands; tasks: the solve: lines */
    const struct lesson_line *commands;
    const struct expression *expression; /* predict, answer: the true value */
    const char *cell;                    /* predict: its cell */
    double within;                       /* predict, answer: tolerance, > 0 */
    struct condition condition;          /* wait, train-until */
    int max_epochs;                      /* train-until */
    int cell_count;                      /* find: right ones; reveal: cells to uncover */
    const char *const *cell_names;
    const char *class_name; /* draw: label or index */
    int set_count;          /* train-until: settings the learner may change */
    const char *const *set;
    const char *network; /* go: file, NULL: the lesson's own */
    int hint_count;
    const struct lesson_text *hints;
    int wrong_count;
    const struct lesson_wrong *wrong;
    int option_count;
    const struct lesson_option *options;
    int check_count; /* check: facts that must hold when the player gets here */
    const struct condition *checks;
    const int *check_lines;
};

struct lesson_page {
    int line;
    const char *title; /* the first heading's words, or "" */
    int item_count;
    const struct lesson_item *items;
    int task_count;
};

struct lesson {
    struct arena arena; /* owns everything below */
    const char *path;
    const char *title;
    int order;   /* 0: none given */
    int minutes; /* 0: none given */
    int needs_count, teaches_count, lock_count, hide_count;
    const char *const *needs;   /* file names of lessons, without .md */
    const char *const *teaches; /* words */
    const char *const *lock;    /* parts of the app out of reach: "build", "train", ... */
    const char *const *hide;    /* parts of the screen left out: "phases", "run", ... */
    const char *network;        /* as written, or NULL */
    const char *data;           /* as written, or NULL */
    int page_count;
    const struct lesson_page *pages;
};

/* Reads a lesson. NULL with one sentence in err that names file and line for every mistake there
 * can be in one: unknown block or key, missing line, expression, tolerance, option, ... */
struct lesson *lesson_load(const char *path, struct err *err);

/* The same from memory; path is used in messages and to find files beside it. */
struct lesson *lesson_parse(const char *text, const char *path, struct err *err);

/* Frees it; NULL is allowed. */
void lesson_destroy(struct lesson *lesson);

bool lesson_item_is_task(const struct lesson_item *item);
bool lesson_item_is_text(const struct lesson_item *item);

/* The word of a block ("predict"), or "text". */
const char *lesson_item_name(enum lesson_item_kind kind);

/* Where the lesson's network is: beside the lesson, else in Glassnet's lessons, data/networks or
 * networks folder. False with one sentence when it is nowhere. */
bool lesson_network_path(const struct lesson *lesson, char *out, size_t size, struct err *err);
/* The same for another network by its name, as `open NAME` in a lesson finds it. */
bool lesson_find_network(const struct lesson *lesson, const char *name, char *out, size_t size,
                         struct err *err);

/* DATA for the `data` command: a file that lies beside the lesson by its path, else as written.
 * Returns out. */
char *lesson_data_spec(const struct lesson *lesson, char *out, size_t size);

#endif
