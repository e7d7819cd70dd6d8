/* What the parts of the lesson parser share: the lesson being built and lists that grow in its
 * arena. */
#ifndef LESSON_READER_H
#define LESSON_READER_H

#include "glassnet/lesson/lesson.h"

struct list {
    void *items;
    int count, capacity;
};

/* A new zeroed item of `size` bytes at the end. */
void *list_add(struct arena *arena, struct list *list, size_t size);

struct reader {
    struct lesson *lesson;
    const char *path;
    struct err *err;
    struct list pages; /* struct lesson_page */
    struct list items; /* struct lesson_item, of the page being read */
};

/* Sets the error of a line; returns false. */
bool reader_fail(struct reader *r, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* One piece of Markdown without blocks (a message, a question). */
bool reader_inline(struct reader *r, struct text t, int line, struct lesson_text *out);

/* Markdown between the fenced blocks; adds items to r->items. */
bool reader_blocks(struct reader *r, struct text t, int line);

/* A fenced block: the words behind ``` and the lines in it. Adds an item. */
bool reader_fence(struct reader *r, struct text info, struct text body, int line);

/* The lines between the two --- at the top. */
bool reader_head(struct reader *r, struct text head, int line);

#endif
