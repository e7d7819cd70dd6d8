/* Safetensors: a JSON header with each tensor's type, shape and place, then the numbers,
 * little endian (github.com/huggingface/safetensors, "Format"). Float32 is written; float32 and
 * float64 are read. Everything the header claims is checked against the file. */
#ifndef GLASSNET_IO_SAFETENSORS_H
#define GLASSNET_IO_SAFETENSORS_H

#include <stdbool.h>

#include "glassnet/base/err.h"
#include "glassnet/io/array.h"

struct safetensors_note {
    const char *key, *value; /* of __metadata__ */
};

/* Writes n arrays in order, atomically; the bits of every number are kept. notes may be NULL. */
bool safetensors_write(const char *path, const struct named_array *arrays, int n,
                       const struct safetensors_note *notes, int note_count, struct err *err);

struct safetensors {
    int count;
    struct named_array *arrays; /* sorted by name; they live until safetensors_close */
    void *owned;
};

/* Reads a whole file. NULL with one sentence when it is not what the format says: header length
 * and JSON, types, shapes, places, no overlap, no gap, no name twice. float64 is rounded. */
struct safetensors *safetensors_open(const char *path, struct err *err);
const struct named_array *safetensors_find(const struct safetensors *file, const char *name);
void safetensors_close(struct safetensors *file); /* NULL is allowed */

#endif
