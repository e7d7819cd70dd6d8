/* Shapes: how many numbers lie along each axis. Pictures and feature maps are row, column,
 * channel; vectors have rank 1; one number per sample has rank 0. Row-major, last axis fastest. */
#ifndef GLASSNET_NN_SHAPE_H
#define GLASSNET_NN_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#define SHAPE_MAX_RANK 4

struct shape {
    int rank;
    int dim[SHAPE_MAX_RANK];
};

struct shape shape_scalar(void);
struct shape shape_vector(int n);
struct shape shape_picture(int height, int width, int channels);
struct shape shape_of(int rank, const int *dims);

size_t shape_count(const struct shape *s); /* product of the axes; 1 for rank 0 */
bool shape_equal(const struct shape *a, const struct shape *b);

/* "28 × 28 × 1" (separator " × ") or "28 28 1" (separator " "); "1" for rank 0. Returns out. */
char *shape_text(const struct shape *s, const char *separator, char *out, size_t size);

/* Flat position of an index and back; index has s->rank entries. */
size_t shape_flatten(const struct shape *s, const int *index);
void shape_unflatten(const struct shape *s, size_t flat, int *index);

#endif
