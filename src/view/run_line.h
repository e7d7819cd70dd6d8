/* The run as a line: the timeline's second level. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_RUN_LINE_H
#define GLASSNET_SRC_VIEW_RUN_LINE_H

#include "glassnet/view/view.h"

/* True when there is a run to move in: some step of it has been done. */
bool run_line_is_there(const struct snapshot *s);

/* Steps from the start to the furthest, where we are, and a head to drag. `id` names it. */
void run_line_draw(const struct view *v, const char *id, struct rect r);

/* "run: step 12 of 300"; "what if: step 12 of 300" in a branch with a name. Returns out. */
char *run_line_text(const struct snapshot *s, char *out, size_t size);

/* The colour of a branch in curves and lists. */
struct colour run_colour(const struct view *v, int branch);

#endif
