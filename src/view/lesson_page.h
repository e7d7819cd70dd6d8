/* A lesson's page while it is laid out, from top to bottom. Laid out twice a frame: once dry, to
 * know its height before anything is drawn, and once for real; both go through the same
 * functions. */
#ifndef GLASSNET_SRC_VIEW_LESSON_PAGE_H
#define GLASSNET_SRC_VIEW_LESSON_PAGE_H

#include "glassnet/ui/paragraph.h"
#include "glassnet/view/panel.h"

enum { PAGE_RUNS = 80, PAGE_TIGHT_MOST = 2 };

struct page {
    const struct view *v;
    struct lesson_state *state;
    const struct player_view *view;
    struct rect at;              /* what is left, from the top */
    int tight;                   /* 0, else smaller letters and spaces, so that a page fits */
    bool dry;                    /* measure only: nothing is drawn, nothing answers */
    int ids;                     /* numbers the paragraphs, for the ids of their links */
    float task_top, task_bottom; /* of the box to do next, else of the last one */
};

/* Text being put together from several parts. */
struct page_runs {
    struct text_run list[PAGE_RUNS];
    bool word[PAGE_RUNS]; /* its link is a word of the glossary, not a cell */
    int n;
};

void runs_add(struct page_runs *r, const char *text, unsigned style, struct colour c);
/* The lesson's text; `more` is added to the style of each run. Live numbers become links to their
 * cells when `links`. */
void runs_add_text(const struct page *p, struct page_runs *r, const struct player_text *t,
                   struct colour c, unsigned more, bool links);

/* Each puts something at the top of *at (size in design pixels) and cuts it off. */
void page_runs(struct page *p, const struct page_runs *r, float size, struct rect *at);
void page_text(struct page *p, const struct player_text *t, float size, struct colour c,
               unsigned more, struct rect *at);
void page_words(struct page *p, const char *words, float size, unsigned style, struct colour c,
                struct rect *at);
/* The letters' size in pixels for a design size. */
int page_px(const struct page *p, float size);
void page_space(const struct page *p, struct rect *at, float design);
void page_table(struct page *p, const struct player_block *b);

/* A field, its button and, where they are wanted, keys for the pointer. Sets *entered when Enter
 * was pressed in it; true when either says go. PAGE_FIELD: its height in design pixels. */
enum { PAGE_FIELD = 50 };
bool page_field(struct page *p, const char *id, const char *button_id, const char *button,
                const char *hint, struct text_edit *edit, bool *entered, struct rect *at);

float runs_height(const struct page *p, const struct page_runs *r, float size, float width);

/* The box of task i of the page's blocks. */
void page_task(struct page *p, int i);
/* Does the active task ask for a number to be changed? */
bool task_edits(const struct player_block *b);
/* What was done with the keyboard brings the focus to what is next. */
void page_acted(struct page *p, bool entered);

#endif
