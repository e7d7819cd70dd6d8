/* Building a network: blocks at the left, its text at the right, both the same. It needs no
 * network. */
#ifndef GLASSNET_VIEW_BUILD_H
#define GLASSNET_VIEW_BUILD_H

#include "glassnet/view/view.h"

enum { BUILD_FIELDS = 12, BUILD_FIELD_TEXT = 300 };

/* A field for one value of the selected block. */
struct build_field {
    struct text_edit edit;
    char text[BUILD_FIELD_TEXT];
    char key[32];
    int line;
    bool focused; /* in the last frame: then its text is the user's */
};

struct build_state {
    bool asked; /* for the beginning */
    char *text; /* [BUILD_TEXT + 1] in the area; owned */
    struct text_edit edit;
    uint64_t seen; /* build_view.number that the area shows */
    bool too_long; /* what is typed cannot be taken */
    bool more;     /* the rarer options, too */
    struct build_field fields[BUILD_FIELDS];
    int fields_used;      /* in this frame */
    float scroll, height; /* of the blocks */
};

void build_init(struct build_state *s);
void build_deinit(struct build_state *s);
void build_draw(const struct view *v, struct build_state *s, struct rect r);
/* Open it, save it, undo, and what there is of it: in the transport's place. */
void build_foot_draw(const struct view *v, struct rect r);

#endif
