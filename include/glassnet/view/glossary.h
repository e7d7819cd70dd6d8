/* The glossary as an overlay: the words at the left, the one shown with its picture at the right.
 */
#ifndef GLASSNET_VIEW_GLOSSARY_H
#define GLASSNET_VIEW_GLOSSARY_H

#include "glassnet/lesson/player.h"
#include "glassnet/view/view.h"

struct glossary_state {
    const struct lesson *words; /* a word a page; NULL: it was not opened. The app's */
    struct player *player;      /* at the page of the word: its text with its numbers. The app's */
    int page;
    bool comes;         /* a word was just turned to: the list shows it */
    int room_w, room_h; /* pixels there are for a picture: said by the view */
    uint32_t *pixels;   /* [h][w] the picture; NULL: not made yet. The app's */
    int w, h;           /* of the picture, */
    int made_page;      /* and what it was made for */
    int made_w, made_h;
    char made_theme[16];
    float scroll, list_scroll;
};

void glossary_draw(const struct view *v, struct glossary_state *s);

#endif
