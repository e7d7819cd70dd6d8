/* The home screen's layout and keyboard, shared by its files. The widgets are numbered: lesson
 * cards that are there, the button for the others, play cards, "Open", then those above the cards.
 */
#ifndef GLASSNET_SRC_VIEW_HOME_OWN_H
#define GLASSNET_SRC_VIEW_HOME_OWN_H

#include "glassnet/ui/paragraph.h"
#include "glassnet/view/screen.h"
#include "home_pictures.h"

/* A card of "Play": what it opens (a shipped file; NULL: nothing) and the command that follows
 * (NULL: none), what it says. */
struct home_play {
    const char *open, *then, *title, *words;
    enum home_picture picture;
};
int home_plays(void);
const struct home_play *home_play(int i);
/* Does what the card promises. */
void home_play_begin(const struct view *v, const struct home_play *play);

/* Design pixels. */
enum { HOME_MARGIN = 48, HOME_GAP = 20, HOME_PAD = 16, HOME_BAR = 8 };

/* Where everything lies below the top bar, in pixels from the top left of the content. */
struct home_layout {
    float x, width, height; /* left margin; of the columns; of the whole content */
    int lesson_columns, lesson_rows, play_columns, play_rows;
    float gap, head; /* between cards; height of a heading */
    float lesson_h, lesson_picture, play_h, play_picture;
    float learn_y, play_y; /* tops of the headings */
};

/* As many columns as keep cards readable, as many lessons as leave "Play" in sight where that can
 * be; notes in `s` which lessons those are. */
struct home_layout home_lay_out(struct ui *ui, struct home_state *s, struct rect r);
/* The place of lesson card `index` of those that are there. */
struct rect home_lesson_rect(const struct home_layout *l, int index);
struct rect home_play_rect(const struct home_layout *l, int index);

/* A card's texts: title, what it is about. */
struct paragraph_style home_title_style(struct ui *ui);
struct paragraph_style home_words_style(struct ui *ui);
float home_text_height(struct ui *ui, const char *title, const char *words, float width);
/* What the lesson teaches, as many words as fit into a line; or what is wrong with it. */
void home_lesson_words(struct ui *ui, const struct lesson_card *c, float width, char *out,
                       size_t size);

/* How many widgets there are, and the id of one (64 bytes). */
int home_items(const struct view *v, const struct home_state *s);
char *home_item_id(const struct view *v, const struct home_state *s, int item, char *id);
/* The first lesson that is not finished: the one thing to do next; -1 when there is none. */
int home_next_lesson(const struct home_state *s);

/* Tab, arrows and Page Up and Down: moves the focus, and scrolls so that what has it is seen in
 * the `view_h` pixels of the scroll area. Called before the widgets, so that a card that comes
 * into sight is drawn in the same frame. */
void home_walk(const struct view *v, struct home_state *s, const struct home_layout *l,
               float view_h);
/* After the widgets: remembers which of them has the focus. */
void home_note_focus(const struct view *v, struct home_state *s);

#endif
