#include "glassnet/data/picture_file.h"

#include <stdlib.h>
#include <string.h>

#define STBI_NO_STDIO
#include <stb/stb_image.h>

#include "data/jpeg_tables.h"
#include "data/picture_turn.h"
#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"

enum { LONGEST_SIDE = 4096 };

static const size_t most_bytes = (size_t)64 << 20;

static bool inspect(const char *path, const char *bytes, size_t size, struct picture_info *info,
                    struct err *err)
{
    int width, height, channels;
    if (!stbi_info_from_memory((const stbi_uc *)bytes, (int)size, &width, &height, &channels))
        return err_set(err, ERR_INPUT, path, 0, "is no PNG or JPEG picture (or is far too large)");
    if (width < 1 || height < 1 || width > LONGEST_SIDE || height > LONGEST_SIDE)
        return err_set(err, ERR_INPUT, path, 0,
                       "is %d x %d pixels, expected at most %d on each side", height, width,
                       LONGEST_SIDE);
    bool lies = picture_turn_swaps(picture_turn_of((const unsigned char *)bytes, size));
    *info =
        (struct picture_info){lies ? width : height, lies ? height : width, channels >= 3 ? 3 : 1};
    return true;
}

bool picture_file_info(const char *path, struct picture_info *info, struct err *err)
{
    size_t size;
    char *bytes = file_read(path, most_bytes, &size, err);
    if (!bytes)
        return false;
    bool ok = inspect(path, bytes, size, info, err);
    free(bytes);
    return ok;
}

/* Upright, as the camera says: out [height][width][channels], pixels as they are stored. */
static void turn_upright(const stbi_uc *pixels, int turn, int height, int width, int channels,
                         float *out)
{
    int rows = picture_turn_swaps(turn) ? width : height;
    int columns = picture_turn_swaps(turn) ? height : width;
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < columns; x++) {
            size_t from = picture_turn_from(turn, height, width, y, x) * (size_t)channels;
            for (int c = 0; c < channels; c++)
                *out++ = (float)pixels[from + (size_t)c] / 255.0f;
        }
}

/* The pixels as numbers: from malloc. */
static float *decode(const char *path, const char *bytes, size_t size, int as_channels,
                     struct err *err)
{
    int width, height, channels;
    stbi_uc *pixels = NULL;
    if (jpeg_tables_are_sound((const stbi_uc *)bytes, size))
        pixels = stbi_load_from_memory((const stbi_uc *)bytes, (int)size, &width, &height,
                                       &channels, as_channels);
    if (!pixels) {
        err_set(err, ERR_INPUT, path, 0, "is a damaged picture and cannot be read");
        return NULL;
    }
    size_t count = (size_t)height * (size_t)width * (size_t)as_channels;
    float *out = mem_try(count, sizeof *out);
    if (!out)
        err_set(err, ERR_IO, path, 0, "does not fit into memory");
    int turn = picture_turn_of((const unsigned char *)bytes, size);
    if (out && turn > 1)
        turn_upright(pixels, turn, height, width, as_channels, out);
    for (size_t i = 0; out && turn == 1 && i < count; i++)
        out[i] = (float)pixels[i] / 255.0f;
    stbi_image_free(pixels);
    return out;
}

float *picture_file_load(const char *path, int channels, struct picture_info *info, struct err *err)
{
    size_t size;
    char *bytes = file_read(path, most_bytes, &size, err);
    float *out = NULL;
    if (bytes && inspect(path, bytes, size, info, err))
        out = decode(path, bytes, size, channels, err);
    free(bytes);
    return out;
}

bool picture_file_read(const char *path, const struct picture_info *as, float *out, struct err *err)
{
    size_t size;
    struct picture_info info;
    char *bytes = file_read(path, most_bytes, &size, err);
    float *pixels = NULL;
    if (!bytes)
        return false;
    bool ok = inspect(path, bytes, size, &info, err);
    if (ok && (info.height != as->height || info.width != as->width))
        ok = err_set(err, ERR_INPUT, path, 0, "is %d x %d pixels, expected %d x %d", info.height,
                     info.width, as->height, as->width);
    if (ok)
        pixels = decode(path, bytes, size, as->channels, err);
    if (pixels)
        memcpy(out, pixels,
               (size_t)as->height * (size_t)as->width * (size_t)as->channels * sizeof *out);
    free(pixels);
    free(bytes);
    return pixels != NULL;
}
