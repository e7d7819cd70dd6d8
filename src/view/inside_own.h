/* What the files of "Look inside" share. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_INSIDE_OWN_H
#define GLASSNET_SRC_VIEW_INSIDE_OWN_H

#include "glassnet/view/inside.h"

/* The layer that is looked at; never the input. */
int inside_layer(const struct snapshot *snap, const struct inside_state *s);
/* The tensor of a layer whose numbers are dreamt of: before the activation, where the slope is. */
int inside_dream_tensor(const struct snapshot *snap, int layer);
/* Asks for a dream of a number of the layer: of its whole map where it has maps. */
void inside_dream_of(const struct view *v, int layer, size_t index);
/* "conv2, map 5", "out, unit 3 (8)". */
void inside_goal_words(const struct snapshot *snap, int layer, size_t index, char *out,
                       size_t size);

/* Cuts a title, and a muted note beside it where it finds room, off the top of r. */
void inside_caption(const struct view *v, struct rect *r, const char *title, const char *note);
/* Words in the middle of r. */
void inside_words(const struct view *v, struct rect r, const char *words);

/* inside_picture.c: an input's picture, as large as r allows, its colours or ink on paper, with an
 * attribution (NULL: none) over it. Returns where it lies. */
struct rect inside_picture_draw(const struct view *v, struct rect r, const float *x,
                                const struct attribution *a, float opacity);
/* The scale of what lies over it. */
void inside_scale_draw(const struct view *v, struct rect r, const struct attribution *a);

void inside_sample_draw(const struct view *v, struct inside_state *s, struct rect r);
void inside_maps_draw(const struct view *v, struct inside_state *s, struct rect r, bool tight);
void inside_dream_draw(const struct view *v, struct inside_state *s, struct rect r);
void inside_nearest_draw(const struct view *v, struct inside_state *s, struct rect r);

#endif
