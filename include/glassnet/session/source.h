/* Data sets as sources of samples for the trainer and the evaluation, which know no data sets. */
#ifndef GLASSNET_SESSION_SOURCE_H
#define GLASSNET_SESSION_SOURCE_H

#include "glassnet/data/dataset.h"
#include "glassnet/nn/trainer.h"

/* The whole set; training sees it augmented where the set's text asks for that. data must outlive
 * the source. Reading from several threads is safe. */
struct source source_of(const struct dataset *data);

/* Samples [first, first + count) of it as they are, counted from 0. The slice must outlive the
 * source. */
struct slice {
    const struct dataset *data;
    int first, count;
};
struct source source_of_slice(const struct slice *slice);

#endif
