/* The four steps of the view of one's own data, each in its file, and what they share. */
#ifndef GLASSNET_SRC_VIEW_OWN_PARTS_H
#define GLASSNET_SRC_VIEW_OWN_PARTS_H

#include "glassnet/view/own_data.h"
#include "glassnet/view/panel.h"

void own_bring_draw(const struct view *v, struct own_data_state *s, struct rect r);
void own_look_draw(const struct view *v, struct own_data_state *s, struct rect r);
void own_table_draw(const struct view *v, struct own_data_state *s, struct rect r);
void own_train_draw(const struct view *v, struct own_data_state *s, struct rect r);
void own_try_draw(const struct view *v, struct own_data_state *s, struct rect r);

/* The kept drawings; their height is 0 while there are none. */
float own_strip_height(const struct view *v);
void own_strip_draw(const struct view *v, struct own_strip *strip, struct rect r);

/* Sizes of text in design pixels. */
enum { OWN_TITLE = 24, OWN_TEXT = 20, OWN_SMALL = 17, OWN_GAP = 14 };

/* A heading at the top of *r, and a paragraph under it; both are cut off *r. */
void own_title(const struct view *v, struct rect *r, const char *title);
void own_words(const struct view *v, struct rect *r, int px, struct colour c, const char *words);
/* A label above segments; the chosen one or -1. Cut off *r. */
int own_choice(const struct view *v, struct rect *r, const char *id, const char *label,
               const char *const *words, int n, int now);
/* A bar with how far something is, and words above it. */
void own_progress(const struct view *v, struct rect *r, const char *words, int done, int total);
/* A picture of a data set: grey or colour, 0 to 1. */
void own_picture(const struct view *v, struct rect r, const float *x, const struct shape *shape);

#endif
