/* Pictures written as PNG and read from PNG or JPEG. */
#ifndef GLASSNET_UI_PICTURE_H
#define GLASSNET_UI_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "glassnet/base/err.h"

/* Writes w x h pixels (0xAARRGGBB, alpha ignored) as a PNG file, wholly or not at all. */
bool picture_write_png(const char *path, const uint32_t *pixels, int w, int h, struct err *err);

#endif
