/* PNG and JPEG pictures as numbers 0..1: at most 4,096 pixels on each side, 64 MB a file. A JPEG
 * stands upright, as its EXIF orientation says. */
#ifndef GLASSNET_DATA_PICTURE_FILE_H
#define GLASSNET_DATA_PICTURE_FILE_H

#include <stdbool.h>

#include "glassnet/base/err.h"

struct picture_info {
    int height, width;
    int channels; /* 1 or 3; transparency is left out */
};

/* Size and channels of the picture at path, from its header alone. */
bool picture_file_info(const char *path, struct picture_info *info, struct err *err);

/* Reads path, which must have as's size, with as's channels (colour becomes grey and
 * grey colour). out [height][width][channels]. */
bool picture_file_read(const char *path, const struct picture_info *as, float *out,
                       struct err *err);

/* Reads path in its own size with the channels asked for (1 or 3); the size goes to *info. From
 * malloc, [height][width][channels]; NULL with err. */
float *picture_file_load(const char *path, int channels, struct picture_info *info,
                         struct err *err);

#endif
