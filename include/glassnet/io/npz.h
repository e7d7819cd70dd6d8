/* NumPy's .npz: a zip of .npy files, one float32 array each, which numpy.load opens. Written
 * without compression and with a fixed time stamp, so that the same numbers give the same bytes.
 * Formats: NumPy's NEP 1 (.npy version 1.0) and PKWARE's APPNOTE (zip, without zip64). */
#ifndef GLASSNET_IO_NPZ_H
#define GLASSNET_IO_NPZ_H

#include <stdbool.h>

#include "glassnet/base/err.h"
#include "glassnet/io/array.h"

/* Writes n arrays, atomically. Names may hold ':' and '.'; they must differ. Fails when the disk
 * refuses, or when the file would pass what zip can hold (65,535 arrays, 4 GiB). */
bool npz_write(const char *path, const struct named_array *arrays, int n, struct err *err);

struct npz {
    int count;
    struct named_array *arrays; /* in the file's order; they live until npz_close */
    void *owned;
};

/* Reads a whole npz of float32 arrays in C order, stored or deflated. NULL with one sentence when
 * it is anything else. The caller closes it. */
struct npz *npz_read(const char *path, struct err *err);
/* The same of a single .npy, as numpy.save writes it: one array without a name. */
struct npz *npy_read(const char *path, struct err *err);
const struct named_array *npz_find(const struct npz *npz, const char *name); /* or NULL */
void npz_close(struct npz *npz);                                             /* NULL is allowed */

#endif
