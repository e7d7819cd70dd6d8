/* Paragraphs: runs of styled text wrapped into a width.
 *
 * Measuring is cheap (advances come from a table), so nothing is cached: a paragraph is laid out
 * whenever it is measured or drawn. */
#ifndef GLASSNET_UI_PARAGRAPH_H
#define GLASSNET_UI_PARAGRAPH_H

#include "glassnet/ui/draw.h"
#include "glassnet/ui/widget.h"

enum run_style {
    RUN_BOLD = 1,
    RUN_MONO = 2,
    RUN_LINK = 4,      /* underlined; clickable with ui_paragraph */
    RUN_SUBSCRIPT = 8, /* smaller and lower */
    RUN_SUPERSCRIPT = 16,
    RUN_BREAK = 32,    /* a new line begins before this run */
    RUN_MARKED = 64,   /* on the selection's yellow */
    RUN_TOGETHER = 128 /* never broken inside */
};

struct text_run {
    const char *text; /* UTF-8; '\n' breaks the line; blanks are collapsed */
    unsigned style;   /* enum run_style */
    struct colour colour;
    const char *link; /* of RUN_LINK; the caller's */
};

struct paragraph_style {
    int px;
    float leading;  /* height of a line in px sizes: 1.4 when 0 */
    unsigned align; /* ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT */
    int max_lines;  /* 0: all; else the last line ends in an ellipsis */
};

/* A run's box on one line, as laid out. */
struct paragraph_piece {
    int run;
    int from, bytes; /* within the run's text */
    float x, y, w;   /* from the paragraph's top left; y is the baseline */
    int line;
    enum font_face face;
    int px;
    bool cut; /* the last of max_lines: ends in an ellipsis */
};

/* Lays out n runs into `width`. Pieces go to `pieces` (at most max_pieces; NULL to measure only),
 * their number to *n_pieces (may be NULL). Returns the height in pixels. */
float paragraph_layout(struct fonts *fonts, const struct text_run *runs, int n,
                       const struct paragraph_style *style, float width,
                       struct paragraph_piece *pieces, int max_pieces, int *n_pieces);

float paragraph_height(struct fonts *fonts, const struct text_run *runs, int n,
                       const struct paragraph_style *style, float width);

/* Draws them with their top left at (x, y); returns the height. */
float paragraph_draw(struct draw_list *d, const struct text_run *runs, int n,
                     const struct paragraph_style *style, float x, float y, float width);

/* The same with links that can be clicked and focused; *clicked is the link of the one that was,
 * or NULL. Ids of the links are "id.NUMBER". */
float ui_paragraph(struct ui *ui, const char *id, const struct text_run *runs, int n,
                   const struct paragraph_style *style, float x, float y, float width,
                   const char **clicked);

/* Plain text in one style; the common case. */
float paragraph_plain(struct draw_list *d, const char *text, enum font_face face, int px,
                      struct colour c, float x, float y, float width);

#endif
