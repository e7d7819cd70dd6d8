/* What a file is, as far as its name tells: for what is dropped, opened and chosen. */
#ifndef GLASSNET_VIEW_FILE_KIND_H
#define GLASSNET_VIEW_FILE_KIND_H

#include <stdbool.h>
#include <stddef.h>

enum file_kind {
    FILE_OTHER,
    FILE_NETWORK, /* .net */
    FILE_RUN,     /* .gns: a session */
    FILE_LESSON,  /* .md */
    FILE_PICTURE, /* .png, .jpg, .jpeg */
    FILE_TABLE,   /* .csv */
    FILE_IDX      /* ...-images-idx3-ubyte, ...-labels-idx1-ubyte, raw or .gz */
};

enum file_kind file_kind_of(const char *path);

/* "network", "picture", ...; "" for others. */
const char *file_kind_word(enum file_kind kind);

/* What `data` takes for the data in that file or folder: a pair of IDX files goes by its prefix, or
 * by its folder where that has both parts. Returns out. */
char *file_data_spec(const char *path, char *out, size_t size);

#endif
