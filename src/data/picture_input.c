#include "glassnet/data/picture_input.h"

#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/data/normalise.h"
#include "glassnet/data/picture_file.h"

/* Paper is what lies along the rim. */
static bool is_paper_bright(const float *grey, int height, int width)
{
    double sum = 0.0;
    int n = 0;
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            if (y > 0 && y < height - 1 && x > 0 && x < width - 1)
                continue;
            sum += (double)grey[(size_t)y * (size_t)width + (size_t)x];
            n++;
        }
    }
    return sum > 0.5 * n;
}

/* Ink bright on dark, in the form of the digits. */
static bool bring_to_size(float *grey, const struct picture_info *info, const char *path,
                          const struct shape *shape, float *x, struct err *err)
{
    int height = shape->dim[0], width = shape->dim[1];
    if (info->height == height && info->width == width)
        memcpy(x, grey, (size_t)height * (size_t)width * sizeof *x);
    else if (height == 8 && width == 8)
        normalise_digits8(grey, info->height, info->width, x);
    else if (height == width && height >= 2)
        normalise_digit(grey, info->height, info->width, (height * 5 + 3) / 7, height, x);
    else
        return err_set(err, ERR_INPUT, path, 0, "is %d x %d pixels, expected %d x %d", info->height,
                       info->width, height, width);
    return true;
}

bool picture_input_read(const char *path, const struct shape *shape, float *x, struct err *err)
{
    struct picture_info info;
    if (shape->rank != 3 || (shape->dim[2] != 1 && shape->dim[2] != 3)) {
        char text[64];
        return err_set(err, ERR_INPUT, path, 0,
                       "is a picture, but the network takes %s numbers, not a picture",
                       shape_text(shape, " x ", text, sizeof text));
    }
    if (!picture_file_info(path, &info, err))
        return false;
    if (shape->dim[2] == 3) {
        info = (struct picture_info){shape->dim[0], shape->dim[1], 3};
        return picture_file_read(path, &info, x, err);
    }
    info.channels = 1;
    size_t count = (size_t)info.height * (size_t)info.width;
    float *grey = mem_try(count, sizeof *grey);
    if (!grey)
        return err_set(err, ERR_IO, path, 0, "there is not enough memory for this picture");
    bool ok = picture_file_read(path, &info, grey, err);
    if (ok && is_paper_bright(grey, info.height, info.width))
        for (size_t i = 0; i < count; i++)
            grey[i] = 1.0f - grey[i];
    ok = ok && bring_to_size(grey, &info, path, shape, x, err);
    free(grey);
    return ok;
}

bool picture_input_fit(const char *path, const struct shape *shape, enum picture_fit fit, float *x,
                       struct err *err)
{
    struct picture_info info;
    float *pixels = picture_file_load(path, shape->dim[2], &info, err);
    if (!pixels)
        return false;
    normalise_fit(pixels, info.height, info.width, shape->dim[2], fit, shape->dim[0], shape->dim[1],
                  x);
    free(pixels);
    return true;
}
