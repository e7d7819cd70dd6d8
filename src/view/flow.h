/* Controls one after the other, in as many rows as they need. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_FLOW_H
#define GLASSNET_SRC_VIEW_FLOW_H

#include "glassnet/view/view.h"

struct flow {
    const struct view *v;
    struct rect room; /* of all of it; its height does not matter */
    float x, y;       /* where the next one goes */
    float row, gap;   /* height of a row; between controls */
};

struct flow flow_begin(const struct view *v, struct rect room, float row);
/* Room for a control of this width (cut to that of a row), in a new row where it has none here. */
struct rect flow_place(struct flow *f, float width);
/* Ends the row; leaves `gap` design pixels. */
void flow_break(struct flow *f, float gap);
/* A muted heading in a row of its own. */
void flow_heading(struct flow *f, const char *text);
/* Words over several lines; c is their colour. */
void flow_words(struct flow *f, struct colour c, const char *text);
/* A button as wide as its label. */
bool flow_button(struct flow *f, const char *id, const char *label, unsigned style,
                 const char *tip);
/* Segments; in less room than they want they fill a row. */
int flow_segments(struct flow *f, const char *id, const char *const *labels, int n, int chosen,
                  unsigned disabled);
/* How high it has become. */
float flow_height(const struct flow *f);

#endif
