/* The home screen's layout and keyboard, shared by its two files. The widgets are numbered: lesson
 * cards, play cards, "Open", "Back to the network", the menu. */
#ifndef GLASSNET_SRC_VIEW_HOME_OWN_H
#define GLASSNET_SRC_VIEW_HOME_OWN_H

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

/* Where everything lies below the top bar, in pixels from the top left of the content. */
struct home_layout {
    float x, width, height; /* left margin; of the columns; of the whole content */
    int lessons, lesson_columns, lesson_rows, play_columns, play_rows;
    float gap, head; /* between cards; height of a heading */
    float lesson_h, lesson_picture, play_h, play_picture;
    float learn_y, play_y; /* tops of the headings */
    bool small;            /* so many lessons that their cards are low: the words only as a tip */
};

struct rect home_lesson_rect(const struct home_layout *l, int index);
struct rect home_play_rect(const struct home_layout *l, int index);

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
