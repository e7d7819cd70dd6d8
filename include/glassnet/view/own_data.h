/* The view of one's own data: four steps from a folder of pictures or a table to a network that was
 * tested: bring, look, train, try. It is told step by step; what to do next is marked. */
#ifndef GLASSNET_VIEW_OWN_DATA_H
#define GLASSNET_VIEW_OWN_DATA_H

#include "glassnet/view/pad.h"

enum own_step { OWN_BRING, OWN_LOOK, OWN_TRAIN, OWN_TRY, OWN_STEPS };

enum { OWN_FIELDS = 40, OWN_FIELD = 64 };

/* Small pictures of kept drawings, read when they come into sight. */
enum { OWN_THUMBS = 24, OWN_THUMB_SIDE = 28 };
struct own_thumb {
    long number; /* of the drawing; 0: none */
    float x[OWN_THUMB_SIDE * OWN_THUMB_SIDE];
};
struct own_strip {
    struct own_thumb thumb[OWN_THUMBS];
    int next;       /* the one that gives way to another */
    double read_at; /* one is read in a frame */
    int back;       /* how many of the last drawings are passed over */
};

struct own_data_state {
    enum own_step step;
    enum own_state seen; /* of the data in the last frame: the step follows it */
    bool seen_problem;
    struct pad_state pad;
    struct own_strip strip;
    float scroll_left, scroll_right;
    /* the fields of a row to try */
    const struct dataset *fields_of; /* only compared */
    struct text_edit field[OWN_FIELDS];
    char text[OWN_FIELDS][OWN_FIELD];
};

void own_data_init(struct own_data_state *s);
void own_data_draw(const struct view *v, struct own_data_state *s, struct rect r);
/* Back, what to do next in words, and the button that does it. */
void own_data_foot(const struct view *v, struct own_data_state *s, struct rect r);

/* Can that step be gone to? */
bool own_data_can(const struct own_view *own, enum own_step step);

#endif
