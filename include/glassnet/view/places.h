/* The places of a frame: what was drawn in each and which widgets it has. Dumps for screen readers
 * and pictures of the canvas alone are made from these. */
#ifndef GLASSNET_VIEW_PLACES_H
#define GLASSNET_VIEW_PLACES_H

#include <stdio.h>

#include "glassnet/view/network.h"
#include "glassnet/view/view.h"

struct place {
    const char *name; /* "formula" */
    struct rect rect;
    int cmd, cmd_end;       /* in the draw list */
    int record, record_end; /* in ui->records */
};

enum { PLACES_MOST = 12 };

struct places {
    int count;
    struct place list[PLACES_MOST];
};

void place_begin(const struct view *v, struct places *p, const char *name, struct rect r);
void place_end(const struct view *v, struct places *p);
/* NULL: the frame has no such place. */
const struct place *place_find(const struct places *p, const char *name);

/* The frame as text, in reading order: each place, its widgets with role, label and state, its
 * texts and pictures. `network` names the pictures of the network view; NULL: another is shown. */
void places_dump(const struct places *p, const struct ui *ui, const struct snapshot *s,
                 const struct network_state *network, FILE *out);

#endif
