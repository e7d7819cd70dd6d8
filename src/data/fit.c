/* Pictures brought into another form without being pulled out of shape. */
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/data/normalise.h"

static const char *const names[PICTURE_FITS] = {"stretch", "crop", "pad"};

const char *picture_fit_name(enum picture_fit fit)
{
    return names[fit];
}

int picture_fit_find(const char *word)
{
    for (int i = 0; i < PICTURE_FITS; i++)
        if (strcmp(word, names[i]) == 0)
            return i;
    return -1;
}

static int rounded_share(int of, int part, int whole)
{
    long n = ((long)of * part + whole / 2) / whole;
    return n < 1 ? 1 : (int)n;
}

/* The largest frame of the form wanted within the picture (crop), or the smallest around it. */
static void frame_of(int height, int width, int new_height, int new_width, bool within, int *h,
                     int *w)
{
    bool wide = (long)width * new_height > (long)height * new_width;
    *h = height;
    *w = width;
    if (wide == within)
        *w = rounded_share(height, new_width, new_height);
    else
        *h = rounded_share(width, new_height, new_width);
}

void normalise_fit(const float *picture, int height, int width, int channels, enum picture_fit fit,
                   int new_height, int new_width, float *out)
{
    int h, w;
    frame_of(height, width, new_height, new_width, fit == FIT_CROP, &h, &w);
    if (fit == FIT_STRETCH || (h == height && w == width)) {
        normalise_size(picture, height, width, channels, new_height, new_width, out);
        return;
    }
    size_t pixel = (size_t)channels;
    float *framed = mem_zalloc((size_t)h * (size_t)w, pixel * sizeof *framed);
    /* where the picture's first pixel comes to lie; above or left of the frame when it is cut */
    int top = (h - height) / 2, left = (w - width) / 2;
    int rows = h < height ? h : height, columns = w < width ? w : width;
    for (int y = 0; y < rows; y++) {
        int from_y = top < 0 ? y - top : y, to_y = top < 0 ? y : y + top;
        int from_x = left < 0 ? -left : 0, to_x = left < 0 ? 0 : left;
        memcpy(framed + ((size_t)to_y * (size_t)w + (size_t)to_x) * pixel,
               picture + ((size_t)from_y * (size_t)width + (size_t)from_x) * pixel,
               (size_t)columns * pixel * sizeof *framed);
    }
    normalise_size(framed, h, w, channels, new_height, new_width, out);
    free(framed);
}
