/* An array with a name: what npz and safetensors files are made of. */
#ifndef GLASSNET_IO_ARRAY_H
#define GLASSNET_IO_ARRAY_H

#include <stddef.h>

#define ARRAY_MAX_RANK 5

/* Borrowed: whoever fills one says how long name and data last. */
struct named_array {
    const char *name;           /* "conv1.W", "d:conv1.W" */
    int rank;                   /* 0 (one number) .. ARRAY_MAX_RANK */
    size_t dim[ARRAY_MAX_RANK]; /* row-major, last axis fastest */
    const float *data;          /* array_count numbers */
};

/* Product of the axes; 1 for rank 0. */
size_t array_count(const struct named_array *array);

/* "8 × 5 × 5 × 1" into out; "one number" for rank 0. Returns out. */
char *array_shape_text(const struct named_array *array, char *out, size_t size);

#endif
