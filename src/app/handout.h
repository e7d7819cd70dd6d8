/* A lesson on paper: its pages with what is asked, blanks where numbers go, the network drawn as
 * the screen draws it, and the answers on a page of their own. */
#ifndef GLASSNET_SRC_APP_HANDOUT_H
#define GLASSNET_SRC_APP_HANDOUT_H

#include "glassnet/base/err.h"
#include "glassnet/base/mem.h"
#include "glassnet/lesson/player.h"
#include "glassnet/ui/draw.h"

enum handout_kind {
    HANDOUT_TEXT,   /* a paragraph, list item or preformatted text */
    HANDOUT_TABLE,  /* rows x columns of cells */
    HANDOUT_NUMBER, /* a question with room for a number */
    HANDOUT_CHOICE, /* a question with boxes to tick */
    HANDOUT_MARK,   /* something to mark in the picture */
    HANDOUT_DO      /* something to do at the screen */
};

struct handout_item {
    enum handout_kind kind;
    char label[8];           /* of a question: "3a" */
    int indent;              /* of a list item */
    const char *bullet;      /* of a list item: "•" or "2." */
    struct player_text text; /* styles as enum lesson_style */
    int rows, columns;       /* table; a choice has `rows` options */
    const struct player_text *cells;
    const char *answer; /* of a question, for the key */
};

struct handout_page {
    const char *title;
    int item_count, capacity;
    struct handout_item *items; /* owned */
    bool pictured;              /* it shows something else than the page before: */
    struct draw_list picture;
    struct rect region; /* of the picture in its list */
};

struct handout {
    struct arena arena; /* owns texts */
    const char *title;
    const char *language; /* of the lesson, and so of the words around it */
    int page_count;
    struct handout_page *pages; /* owned */
};

/* Plays the lesson without a screen and takes what paper shows. False with one sentence when it
 * cannot be played. */
bool handout_make(struct handout *h, const char *lesson, struct err *err);
void handout_deinit(struct handout *h);

/* Writes it: .pdf or .html, as the name of the file says. fonts measure the text. */
bool handout_write(struct handout *h, const char *path, struct err *err);
bool handout_write_pdf(struct handout *h, const char *path, struct err *err);
bool handout_write_html(struct handout *h, const char *path, struct err *err);

#endif
