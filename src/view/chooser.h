/* A field that filters and a list to choose from: the palette and the file picker. */
#ifndef VIEW_CHOOSER_H
#define VIEW_CHOOSER_H

#include "glassnet/view/overlay.h"

struct choice {
    const char *title;
    const char *kind; /* what it is, muted at the left: "setting"; may be "" */
    const char *note; /* at the right: its keys, its size; may be "" */
    bool keys;        /* the note is a key */
    bool dead;        /* tells something, cannot be chosen */
};

void chooser_open(struct chooser_state *c);

/* The field, with the focus. True when Enter was pressed. */
bool chooser_field(const struct view *v, struct chooser_state *c, struct rect r, const char *hint);

/* The list; Up, Down, Page Up, Page Down walk in it. Returns the choice clicked, or entered with
 * `entered`; -1: none. */
int chooser_list(const struct view *v, struct chooser_state *c, const struct choice *choices, int n,
                 bool entered, struct rect r);

/* How well the words typed fit a text: each must begin a word of it (3), lie within one (1);
 * -1 when one is not there. Case and marks on letters do not matter. */
int chooser_score(const char *wanted, const char *text);

#endif
