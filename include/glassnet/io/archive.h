/* A zip of named parts in one file: sessions (.gns). By libzip. */
#ifndef GLASSNET_IO_ARCHIVE_H
#define GLASSNET_IO_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "glassnet/base/err.h"

struct archive_part {
    const char *name;
    const void *bytes; /* a zero byte stands behind those that were read */
    size_t size;
};

/* Writes n parts, stored as they are, wholly or not at all. Names must differ. */
bool archive_write(const char *path, const struct archive_part *parts, int n, struct err *err);

struct archive;

/* Reads all parts of a zip, at most `most` bytes unpacked. NULL with one sentence when the file is
 * missing, no zip, damaged or too large. The caller closes it. */
struct archive *archive_read(const char *path, size_t most, struct err *err);
/* Lives until archive_close; NULL when there is no such part. */
const struct archive_part *archive_find(const struct archive *a, const char *name);
void archive_close(struct archive *a); /* NULL is allowed */

#endif
