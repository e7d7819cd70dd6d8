/* What the files of building share. Private to src/session. */
#ifndef GLASSNET_SRC_SESSION_BUILD_H
#define GLASSNET_SRC_SESSION_BUILD_H

#include "glassnet/session/build.h"

enum { BUILD_UNDO = 200 };

/* Zeroed: not begun. */
struct build {
    char *text;             /* lines, each ended by \n; NULL: not begun */
    char *past[BUILD_UNDO]; /* [past_count] texts before, the oldest first */
    char *next[BUILD_UNDO]; /* [next_count] texts undone, the nearest last */
    int past_count, next_count;
    int typed; /* the line that the last change typed into; 0: it was another kind of change */
    int selected;
    struct net *outline;
    struct err fault;
    struct build_block *blocks;
    int block_count, block_capacity, line_count;
    uint64_t number;
    struct build_view view;
};

/* Takes another text (copied); typed: the one line it differs in by typing, 0 otherwise. */
bool build_take(struct build *b, const char *text, int typed, struct err *err);
bool build_undo(struct build *b, bool redo, struct err *err);
void build_end(struct build *b);
const struct build_view *build_look(struct build *b);

/* Line n, from 1, without its end; empty past the last. */
struct text build_line(const struct build *b, int n);
/* Replaces `count` lines from line n on by `lines` (each ended by \n). */
bool build_replace(struct build *b, int n, int count, const char *lines, int typed,
                   struct err *err);

/* The line with another value for a key, "" or "-" takes it away; into out. */
bool block_set(struct text line, const char *key, struct text value, char *out, size_t size,
               struct err *err);

#endif
