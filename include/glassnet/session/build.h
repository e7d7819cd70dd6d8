/* Building a network: its text and its blocks, one a line, side by side. A change to either is a
 * change to the text; the blocks follow from reading it. What cannot be read yet keeps the text and
 * says why in the line. Commands: `build ...` (docs/cli.md). */
#ifndef GLASSNET_SESSION_BUILD_H
#define GLASSNET_SESSION_BUILD_H

#include <stdbool.h>
#include <stdint.h>

#include "glassnet/base/text.h"
#include "glassnet/nn/net.h"

enum {
    BUILD_TEXT = 16384, /* bytes of the text at most */
    BUILD_LINE = 900,   /* of one line */
    BUILD_OPTIONS = 16  /* of one line that are told apart */
};

enum block_kind { BLOCK_NONE, BLOCK_LAYER, BLOCK_LOSS, BLOCK_DATA, BLOCK_TRAIN, BLOCK_UNKNOWN };

/* The words of a line by what they are; all are pieces of the line. */
struct block_words {
    enum block_kind kind;  /* BLOCK_NONE: blank, or a comment alone */
    int layer;             /* enum layer_kind; -1: none */
    struct text name;      /* empty: none is written */
    struct text head;      /* the word that says the kind */
    struct text arguments; /* sizes, names, loss, optimiser, data; empty: none */
    struct text activation;
    struct text options[BUILD_OPTIONS]; /* "stride=2", "frozen" */
    int option_count;
};

struct block_words block_read(struct text line);
/* What a block has for "name", "sizes", "units", "kernel", "rate", "names", "activation", "loss",
 * "optimiser", "data", or an option; empty: nothing is written. */
struct text block_value(const struct block_words *w, const char *key);

struct build_block {
    int line;         /* from 1 */
    struct text text; /* of the line */
    int layer;        /* its place in outline->layers; -1: none, or not worked out */
    bool faulty;      /* it does not fit; the fault is about this line */
};

/* What is being built; the session's, valid as the snapshot is. */
struct build_view {
    const char *text;                 /* NULL: nothing was begun */
    const struct build_block *blocks; /* [block_count] lines that are no mere comments */
    int block_count, line_count;
    const struct net *outline; /* as far as it can be read; no parameters */
    const char *fault;         /* the sentence; empty: it is whole */
    int fault_line;            /* 0: of none */
    int selected;              /* line; 0: none */
    bool can_undo, can_redo;
    uint64_t number; /* another one with each change of the text */
};

/* Networks to start from, entry i; NULL past the last. */
struct build_template {
    const char *name, *title, *text;
};
const struct build_template *build_template(int i);

/* An example line for a kind of block: "dense 10 relu"; `train`, `loss`, `data` as well. */
const char *build_example(const char *kind);

#endif
