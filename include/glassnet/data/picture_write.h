/* Grey pictures written as PNG. */
#ifndef GLASSNET_DATA_PICTURE_WRITE_H
#define GLASSNET_DATA_PICTURE_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "glassnet/base/err.h"

/* Writes grey [height][width], 0 black, as a PNG file: wholly or not at all, the same bytes each
 * time. */
bool picture_file_write_grey(const char *path, const uint8_t *grey, int height, int width,
                             struct err *err);

#endif
