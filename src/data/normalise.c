#include "glassnet/data/normalise.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

/* Ink fainter than this (the outermost shade of an antialiased stroke, the grain of paper) does
 * not count for the box. */
static const float least_ink = 0.1f;

struct box {
    int top, left, height, width;
};

static bool find_ink(const float *picture, int height, int width, struct box *box)
{
    int top = height, bottom = -1, left = width, right = -1;
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            /* Written so that NaN counts as paper. */
            if (!(picture[(size_t)y * (size_t)width + (size_t)x] > least_ink))
                continue;
            top = y < top ? y : top;
            bottom = y > bottom ? y : bottom;
            left = x < left ? x : left;
            right = x > right ? x : right;
        }
    }
    *box = (struct box){top, left, bottom - top + 1, right - left + 1};
    return bottom >= 0;
}

/* Average of the picture over the rows y0..y1 and columns x0..x1 (fractions of pixels count by
 * their share). */
static double average(const float *picture, int width, double y0, double y1, double x0, double x1)
{
    double sum = 0.0;
    for (int y = (int)floor(y0); y < (int)ceil(y1); y++) {
        double rows = fmin(y1, y + 1) - fmax(y0, y);
        for (int x = (int)floor(x0); x < (int)ceil(x1); x++) {
            double columns = fmin(x1, x + 1) - fmax(x0, x);
            sum += rows * columns * (double)picture[(size_t)y * (size_t)width + (size_t)x];
        }
    }
    return sum / ((y1 - y0) * (x1 - x0));
}

/* The box of the picture, scaled to height x width pixels: out [height][width]. */
static void scale(const float *picture, int picture_width, const struct box *box, int height,
                  int width, float *out)
{
    for (int y = 0; y < height; y++) {
        double y0 = box->top + (double)y * box->height / height;
        double y1 = box->top + (double)(y + 1) * box->height / height;
        for (int x = 0; x < width; x++) {
            double x0 = box->left + (double)x * box->width / width;
            double x1 = box->left + (double)(x + 1) * box->width / width;
            double value = average(picture, picture_width, y0, fmin(y1, box->top + box->height), x0,
                                   fmin(x1, box->left + box->width));
            out[y * width + x] = (float)(value < 0.0 ? 0.0 : value > 1.0 ? 1.0 : value);
        }
    }
}

static int rounded_side(int longer, int side, int box)
{
    int scaled = (int)floor((double)side * box / longer + 0.5);
    return scaled < 1 ? 1 : scaled;
}

/* Where a run of `length` whose centre of mass lies at `mass` (in pixels from its edge) starts,
 * so that the mass is in the middle of `size`; kept inside. */
static int place(double mass, int length, int size)
{
    int start = (int)floor(size / 2.0 - mass + 0.5);
    if (start > size - length)
        start = size - length;
    return start < 0 ? 0 : start;
}

void normalise_digit(const float *picture, int height, int width, int box, int size, float *out)
{
    struct box ink;
    memset(out, 0, (size_t)size * (size_t)size * sizeof *out);
    if (!find_ink(picture, height, width, &ink))
        return;
    int longer = ink.height > ink.width ? ink.height : ink.width;
    int h = rounded_side(longer, ink.height, box), w = rounded_side(longer, ink.width, box);
    float *scaled = mem_zalloc((size_t)h * (size_t)w, sizeof *scaled);
    scale(picture, width, &ink, h, w, scaled);
    double mass = 0.0, down = 0.0, right = 0.0;
    for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
            double m = (double)scaled[y * w + x];
            mass += m;
            down += m * (y + 0.5);
            right += m * (x + 0.5);
        }
    }
    int top = place(mass > 0.0 ? down / mass : h / 2.0, h, size);
    int left = place(mass > 0.0 ? right / mass : w / 2.0, w, size);
    for (int y = 0; y < h; y++)
        memcpy(out + (top + y) * size + left, scaled + y * w, (size_t)w * sizeof *out);
    free(scaled);
}

void normalise_digits28(const float *picture, int height, int width, float *out)
{
    normalise_digit(picture, height, width, 20, 28, out);
}

void normalise_digits8(const float *picture, int height, int width, float *out)
{
    enum { SIDE = 32, WIDEST = 20, BLOCK = 4 };
    struct box ink;
    memset(out, 0, 64 * sizeof *out);
    if (!find_ink(picture, height, width, &ink))
        return;
    float scaled[SIDE * SIDE];
    int w = ink.width >= ink.height ? WIDEST : rounded_side(ink.height, ink.width, SIDE);
    w = w > WIDEST ? WIDEST : w;
    scale(picture, width, &ink, SIDE, w, scaled);
    int left = (SIDE - w) / 2;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < w; x++)
            if (scaled[y * w + x] >= 0.5f)
                out[y / BLOCK * 8 + (left + x) / BLOCK] += 1.0f / (BLOCK * BLOCK);
}
