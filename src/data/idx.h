/* IDX files: magic, counts, bytes; as MNIST comes. Private to src/data and the maker of digits. */
#ifndef GLASSNET_SRC_DATA_IDX_H
#define GLASSNET_SRC_DATA_IDX_H

#include "glassnet/data/dataset.h"

/* The bytes of an IDX file of bytes with `rank` axes; owns bytes (free(owner)). */
struct idx {
    int dim[4];
    unsigned char *data; /* inside owner */
    unsigned char *owner;
};

/* Reads and checks: magic, axes, that there are as many bytes as the axes say and no more. */
bool idx_read(const char *path, int rank, struct idx *idx, struct err *err);

/* Writes one, gzip-compressed without name and time: the same bytes each time. */
bool idx_write_gz(const char *path, int rank, const int *dim, const unsigned char *data,
                  struct err *err);

/* Opens the part of the set whose pairs have the prefixes train and test (test may be NULL: one
 * whole set, split when the spec names a part). full is the byte that becomes 1. n_classes 0:
 * what the labels say. */
struct spec;
struct dataset *idx_open_pairs(const struct spec *s, const char *train, const char *test, int full,
                               int n_classes, struct err *err);

/* Paths of a pair's files by their prefix; false when there is none. PATH_SIZE bytes each. */
bool idx_find_pair(const char *prefix, char *images, char *labels);

#endif
