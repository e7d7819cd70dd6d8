/* Augmentation: pictures shifted, turned, scaled and bent a little, anew in each epoch, so that
 * training sees more than there is. What comes out depends on the seed, the epoch and the
 * sample's number alone: any epoch can be had again, in any order, by any number of threads.
 *
 * All changes are one map from a new pixel to a place in the old picture, read by bilinear
 * interpolation; outside the picture is 0. Shift, turn and scale are drawn evenly from
 * [-limit, limit]. Elastic is the deformation of Simard, Steinkraus and Platt (2003, "Best
 * Practices for Convolutional Neural Networks Applied to Visual Document Analysis"): each pixel
 * gets a displacement drawn evenly from [-1, 1] in both directions, the two fields are smoothed
 * by a Gaussian of deviation sigma and multiplied by alpha. */
#ifndef GLASSNET_DATA_AUGMENT_H
#define GLASSNET_DATA_AUGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "glassnet/base/err.h"
#include "glassnet/nn/shape.h"

/* The limits; all 0: nothing is changed. */
struct augment {
    double shift;   /* pixels, down and right */
    double rotate;  /* degrees */
    double scale;   /* share: 0.1 for 0.9 to 1.1 times the size */
    double elastic; /* alpha, pixels before smoothing */
    double sigma;   /* pixels, above 0 when elastic is */
};

/* What is drawn for one sample, but for the fields of elastic. */
struct augment_drawn {
    double down, right; /* pixels */
    double degrees;     /* anticlockwise */
    double factor;      /* 1 leaves the size */
};

bool augment_is_none(const struct augment *a);

/* Reads words joined by +: shift2, rotate10 (degrees), scale0.1, elastic (Simard's alpha 34 and
 * sigma 4 for 28 pixels, the same share of other sizes) or elastic20, sigma5. shape is that of
 * the pictures. One sentence in err for a word that is none of these. */
bool augment_parse(struct augment *a, const char *text, const struct shape *shape, struct err *err);

/* "shift 2 px, rotate 10°, ..." Returns out. */
char *augment_text(const struct augment *a, char *out, size_t size);

/* The numbers drawn for a sample in an epoch. */
struct augment_drawn augment_draw(const struct augment *a, uint64_t seed, uint64_t epoch,
                                  int sample);

/* Moves the picture x: each pixel of out is read where the inverse map says. shift_down and
 * shift_right [height][width] are added to the place read (in pixels); both may be NULL.
 * x, out [height][width][channels], not the same. */
void augment_move(const struct augment_drawn *drawn, const struct shape *shape, const float *x,
                  const float *shift_down, const float *shift_right, float *out);

/* The sample x as training sees it in this epoch; a copy of x when a changes nothing. Values stay
 * within those of x and 0. shape has rank 3. x, out [height][width][channels], not the same. */
void augment_sample(const struct augment *a, const struct shape *shape, const float *x,
                    uint64_t seed, uint64_t epoch, int sample, float *out);

#endif
