#include "glassnet/ui/picture.h"

#include <stdlib.h>
#include <zlib.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"

/* Without PNG's filters and by zlib pictures of screens are a quarter smaller than stb's own. */
static unsigned char *compress_by_zlib(unsigned char *data, int size, int *out_size, int quality)
{
    uLongf n = compressBound((uLong)size);
    unsigned char *out = malloc(n);
    if (out && compress2(out, &n, data, (uLong)size, quality) != Z_OK) {
        free(out);
        out = NULL;
    }
    *out_size = (int)n;
    return out;
}

#define STBIW_ZLIB_COMPRESS compress_by_zlib
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STBI_WRITE_NO_STDIO
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wfloat-conversion"
#pragma GCC diagnostic ignored "-Wdouble-promotion"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#pragma GCC diagnostic ignored "-Wsign-compare"
#include <stb/stb_image_write.h>
#pragma GCC diagnostic pop

static void write_bytes(void *context, void *data, int size)
{
    fwrite(data, 1, (size_t)size, context);
}

bool picture_write_png(const char *path, const uint32_t *pixels, int w, int h, struct err *err)
{
    unsigned char *rgb = mem_try((size_t)w * (size_t)h, 3);
    if (!rgb)
        return err_set(err, ERR_IO, path, 0, "no memory for a picture of %d x %d pixels", w, h);
    for (long i = 0; i < (long)w * h; i++) {
        rgb[3 * i] = (unsigned char)(pixels[i] >> 16);
        rgb[3 * i + 1] = (unsigned char)(pixels[i] >> 8);
        rgb[3 * i + 2] = (unsigned char)pixels[i];
    }
    struct file_out out;
    stbi_write_force_png_filter = 0;
    bool ok = file_out_begin(&out, path, err);
    if (ok) {
        if (stbi_write_png_to_func(write_bytes, out.f, w, h, 3, rgb, w * 3))
            ok = file_out_commit(&out, err);
        else {
            file_out_abandon(&out);
            ok = err_set(err, ERR_IO, path, 0, "the picture could not be packed as PNG");
        }
    }
    free(rgb);
    return ok;
}
