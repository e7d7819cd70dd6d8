/* "Guess first": the field in which the learner says what a covered number is, and how it went. */
#ifndef GLASSNET_VIEW_GUESS_FIELD_H
#define GLASSNET_VIEW_GUESS_FIELD_H

#include "glassnet/view/view.h"

struct guess_field {
    struct text_edit edit;
    char text[48];
    struct cell cell; /* that it was emptied for */
};

/* Is the selected number computed, and covered? */
bool guess_is_wanted(const struct view *v);
/* The field named `id`, with a button behind it. */
void guess_field_draw(const struct view *v, struct guess_field *f, const char *id, struct rect r);
/* How the last guess of the selected number went: "higher than that", "right!"; empty when there
 * was none. Returns out. */
char *guess_verdict(const struct snapshot *s, char *out, size_t size);
/* "3 of 4 right, 2 at once"; empty before the first guess. Returns out. */
char *guess_tally(const struct snapshot *s, char *out, size_t size);

#endif
