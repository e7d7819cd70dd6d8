/* The cards of the Train view. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_TRAIN_CARDS_H
#define GLASSNET_SRC_VIEW_TRAIN_CARDS_H

#include "glassnet/view/train_view.h"

/* Ground and frame of a card; returns the room within. */
struct rect train_card(const struct view *v, struct rect r);
/* Its title and, below, a line in small letters (NULL: none), cut off *r. `right` of the title's
 * row is left free; that part of it is returned. */
struct rect train_card_title(const struct view *v, struct rect *r, const char *title,
                             const char *line, float right);
/* A sentence in the middle of a card. */
void train_card_say(const struct view *v, struct rect r, const char *sentence);
/* The study there is; NULL after a sentence was written that says why there is none. */
const struct study *train_card_study(const struct view *v, struct rect r);
/* The set that the study is of, and the command that shows a sample of it. */
const struct dataset *train_card_set(const struct view *v, const struct study *st);
void train_card_show(const struct view *v, const struct study *st, int at);

void train_curves_draw(const struct view *v, struct train_view_state *s, struct rect r);
/* What it confuses; for numbers to predict, predicted against true. */
void train_answers_draw(const struct view *v, struct train_view_state *s, struct rect r);
void train_scatter_draw(const struct view *v, struct train_view_state *s, const struct study *st,
                        struct rect r);
void train_samples_draw(const struct view *v, struct train_view_state *s, struct rect r);
void train_weights_draw(const struct view *v, struct train_view_state *s, struct rect r);
void train_sizes_draw(const struct view *v, struct train_view_state *s, struct rect r);

/* The settings that can be changed while it trains: in a row, or below each other where there is
 * little room. */
void train_settings_row(const struct view *v, struct train_view_state *s, struct rect r);
void train_settings_page(const struct view *v, struct train_view_state *s, struct rect r);
/* Fields follow the network: another one opened, a setting changed elsewhere. */
void train_settings_fill(const struct view *v, struct train_view_state *s);
/* Draws the field with its name, and sends what was typed into it. */
void train_settings_field(const struct view *v, struct train_view_state *s, enum train_field which,
                          struct rect r);
/* The rate's slider, by powers of ten. */
void train_settings_rate(const struct view *v, struct train_view_state *s, struct rect r);
bool train_settings_epochs(const struct train_view_state *s, long *epochs);

/* Words that the panel's Train tab says, too. */
void train_time_left(const struct snapshot *s, double seconds, char *out, size_t size);
void train_state_text(const struct snapshot *s, char *out, size_t size);
/* The share of the epochs wished for that is done. */
double train_part_done(const struct progress *p);

#endif
