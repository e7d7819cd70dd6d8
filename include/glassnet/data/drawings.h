/* The learner's own data set: drawings that were kept with a label. Each is a PNG file of its own,
 * as it was drawn, in a folder of its label's name under the user's data folder: a crash can lose
 * none that was kept, and other programs can look at them.
 *
 * As the data set `drawings` each is brought into the form of the digits (normalise.h). */
#ifndef GLASSNET_DATA_DRAWINGS_H
#define GLASSNET_DATA_DRAWINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "glassnet/base/err.h"
#include "glassnet/nn/shape.h"

#define DRAWING_SIDE  280 /* pixels a side, as the pad's */
#define DRAWING_LABEL 40  /* bytes of a label, with the zero behind it */

struct drawing {
    char *path; /* owned */
    char label[DRAWING_LABEL];
    long number; /* grows with each that is kept */
};

struct drawings {
    char folder[1024];
    int count, room;
    struct drawing *list; /* [count] in the order they were kept; owned */
    long next;            /* the number of the one that is kept next: none is given twice */
};

/* Lists those in folder (NULL: the user's own); none when it is not there. */
void drawings_list(struct drawings *d, const char *folder);
void drawings_deinit(struct drawings *d);
/* Those that were forgotten go for good. */
void drawings_tidy(const struct drawings *d);

/* Is it a label: some text of at most DRAWING_LABEL - 1 bytes? One sentence when not. */
bool drawings_check_label(const char *label, struct err *err);

/* Writes ink [DRAWING_SIDE][DRAWING_SIDE] (0 paper, 255 ink) under the label; it is the last of the
 * list then. */
bool drawings_keep(struct drawings *d, const char *label, const uint8_t *ink, struct err *err);

/* Takes drawing i out of the set. Its file is kept aside (`.forgotten` in the folder) under a name
 * that goes to aside, until drawings_restore or the next one that is forgotten. */
bool drawings_forget(struct drawings *d, int i, char *aside, size_t size, struct err *err);
/* Brings back what was put aside. */
bool drawings_restore(struct drawings *d, const char *aside, struct err *err);

/* The picture of drawing i in the form of the digits, or of digits8 for 8 x 8: out [side][side]. */
bool drawings_read(const struct drawings *d, int i, int side, float *out, struct err *err);

/* Its ink as it was kept: out [DRAWING_SIDE][DRAWING_SIDE]. */
bool drawings_ink(const struct drawings *d, int i, uint8_t *out, struct err *err);

/* A drawing [side][side] of ink 0 to 1 in the form of a network's input: that of the digits, in the
 * middle of a picture of the shape, the same in all channels. x [height][width][channels] */
void drawing_normalise(const float *ink, int side, const struct shape *form, float *x);

/* Writes all of them, 28 x 28, into folder, which is made and must be new: pictures/LABEL/N.png,
 * and an IDX pair drawings-... whose labels count the classes in order. */
bool drawings_export(const struct drawings *d, const char *folder, struct err *err);

#endif
