/* Points of a plane (two numbers, a class or numbers to predict) and of a line (one number): where
 * each sample lies, what the network reads of that, and points set by hand.
 *
 * A network may read more than x and y of a point, or other things: the option features= of a
 * generated set names the columns, joined by +, as in moons:features=x+y+x2. They come in the order
 * of enum feature, whatever order they are named in. */
#ifndef GLASSNET_DATA_PLANE_H
#define GLASSNET_DATA_PLANE_H

#include "glassnet/data/dataset.h"

enum feature {
    FEATURE_X,
    FEATURE_Y,
    FEATURE_X2,    /* x² */
    FEATURE_Y2,    /* y² */
    FEATURE_XY,    /* x · y */
    FEATURE_SIN_X, /* sin πx */
    FEATURE_SIN_Y, /* sin πy */
    FEATURES
};

/* The word in features= ("x2", "sinx"), and the sign on screen ("x²", "sin πx"). */
const char *feature_word(enum feature f);
const char *feature_sign(enum feature f);

/* Those that points of so many axes have: all of a plane's, x, x² and sin πx of a line's. */
unsigned features_of_axes(int axes);
int features_count(unsigned features);
/* "x+y+x2" as bits. False with one sentence when a word is none of those, or none is left. */
bool features_parse(const char *text, int axes, unsigned *features, struct err *err);
/* The other way round. Returns out. */
char *features_text(unsigned features, char *out, size_t size);

/* What a network reads of the point place [axes]: one number for each feature, into x. */
void features_fill(unsigned features, const float *place, float *x);

/* Says where the samples of a set of one or two numbers lie. Called by dataset_open. */
void dataset_find_place(struct dataset *d);

/* The set with one sample more at its end, with sample i elsewhere, or without it (the last one
 * takes its number); source and options stay. place [axes]; label [y_count]. NULL with one sentence
 * when the set has no places, the numbers are not finite, a class is none of the set's, or nothing
 * would be left. The caller closes both. */
struct dataset *points_add(const struct dataset *d, const float *place, const float *label,
                           struct err *err);
struct dataset *points_move(const struct dataset *d, int i, const float *place, const float *label,
                            struct err *err);
struct dataset *points_delete(const struct dataset *d, int i, struct err *err);
/* The set with n other samples in the place of its own. */
struct dataset *points_replace(const struct dataset *d, int n, const float *places,
                               const float *labels, struct err *err);

#endif
