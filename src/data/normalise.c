#include "glassnet/data/normalise.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

/* Ink fainter than this (the outermost shade of an antialiased stroke, the grain of paper) does
 * not count for the box. */
static const float faint = 0.1f;

struct box {
    int top, left, height, width;
};

static bool find_ink(const float *picture, int height, int width, float least_ink, struct box *box)
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
            float ink = picture[(size_t)y * (size_t)width + (size_t)x];
            sum += ink > 0.0f ? rows * columns * fmin((double)ink, 1.0) : 0.0;
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
    if (!find_ink(picture, height, width, faint, &ink))
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

/* How far the ink leans: columns to the right a row down, the slope of the line through its
 * centre of mass that fits the columns best. */
static double slant(const float *picture, int height, int width, double *middle)
{
    double mass = 0.0, down = 0.0, right = 0.0, rows = 0.0, both = 0.0;
    for (int pass = 0; pass < 2; pass++) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double m = (double)picture[(size_t)y * (size_t)width + (size_t)x];
                if (!(m > (double)faint))
                    continue;
                mass += pass == 0 ? m : 0.0;
                down += pass == 0 ? m * y : 0.0;
                right += pass == 0 ? m * x : 0.0;
                rows += pass == 1 ? m * (y - down) * (y - down) : 0.0;
                both += pass == 1 ? m * (y - down) * (x - right) : 0.0;
            }
        }
        if (pass == 0 && mass > 0.0) {
            down /= mass;
            right /= mass;
        }
    }
    *middle = down;
    return rows > 0.0 ? fmax(-1.0, fmin(1.0, both / rows)) : 0.0;
}

/* The picture with each row moved so that the ink stands upright, a height to spare on both
 * sides: from malloc, [height][width + 2 * height]. */
static float *upright(const float *picture, int height, int width)
{
    int wider = width + 2 * height;
    double middle, lean = slant(picture, height, width, &middle);
    float *out = mem_zalloc((size_t)height * (size_t)wider, sizeof *out);
    for (int y = 0; y < height; y++) {
        const float *row = picture + (size_t)y * (size_t)width;
        double move = lean * (y - middle);
        int whole = (int)floor(move);
        float part = (float)(move - whole);
        for (int x = 0; x < wider; x++) {
            int from = x - height + whole;
            float left = from >= 0 && from < width && row[from] > faint ? row[from] : 0.0f;
            float right =
                from + 1 >= 0 && from + 1 < width && row[from + 1] > faint ? row[from + 1] : 0.0f;
            out[(size_t)y * (size_t)wider + (size_t)x] = left * (1.0f - part) + right * part;
        }
    }
    return out;
}

/* The picture around the point (y, x), over high x wide pixels but at least one: where a picture
 * grows, this is what lies between its pixels. Outside is paper. */
static double around(const float *picture, int height, int width, double y, double x, double high,
                     double wide)
{
    high = fmax(high, 1.0);
    wide = fmax(wide, 1.0);
    double y0 = fmax(y - high / 2.0, 0.0), y1 = fmin(y + high / 2.0, height);
    double x0 = fmax(x - wide / 2.0, 0.0), x1 = fmin(x + wide / 2.0, width);
    return average(picture, width, y0, y1, x0, x1) * (y1 - y0) * (x1 - x0) / (high * wide);
}

void normalise_digits8(const float *picture, int height, int width, float *out)
{
    enum { SIDE = 32, WIDEST = 20, BLOCK = 4 };
    static const double narrow = 0.35; /* narrower than this are ones, which stay narrow */
    static const float edge = 0.3f, on = 0.35f;
    struct box ink;
    memset(out, 0, 64 * sizeof *out);
    float *straight = upright(picture, height, width);
    int wider = width + 2 * height;
    if (find_ink(straight, height, wider, edge, &ink)) {
        bool is_narrow = ink.width < narrow * ink.height;
        int w = is_narrow ? rounded_side(ink.height, ink.width, SIDE) : WIDEST;
        double high = (double)ink.height / SIDE, wide = (double)ink.width / w;
        int left = (SIDE - w) / 2;
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < w; x++)
                if (around(straight, height, wider, ink.top + (y + 0.5) * high,
                           ink.left + (x + 0.5) * wide, high, wide) >= (double)on)
                    out[y / BLOCK * 8 + (left + x) / BLOCK] += 1.0f / (BLOCK * BLOCK);
    }
    free(straight);
}

/* The average of one channel over the rows y0..y1 and columns x0..x1. */
static double area(const float *picture, int width, int channels, int channel, double y0, double y1,
                   double x0, double x1)
{
    double sum = 0.0;
    for (int y = (int)floor(y0); y < (int)ceil(y1); y++) {
        double rows = fmin(y1, y + 1) - fmax(y0, y);
        for (int x = (int)floor(x0); x < (int)ceil(x1); x++) {
            size_t place = (size_t)y * (size_t)width + (size_t)x;
            double share = rows * (fmin(x1, x + 1) - fmax(x0, x));
            sum += share * (double)picture[place * (size_t)channels + (size_t)channel];
        }
    }
    return sum / ((y1 - y0) * (x1 - x0));
}

void normalise_size(const float *picture, int height, int width, int channels, int new_height,
                    int new_width, float *out)
{
    for (int y = 0; y < new_height; y++) {
        double y0 = (double)y * height / new_height;
        double y1 = fmin((double)(y + 1) * height / new_height, height);
        for (int x = 0; x < new_width; x++) {
            double x0 = (double)x * width / new_width;
            double x1 = fmin((double)(x + 1) * width / new_width, width);
            size_t place = (size_t)y * (size_t)new_width + (size_t)x;
            for (int c = 0; c < channels; c++)
                out[place * (size_t)channels + (size_t)c] =
                    (float)area(picture, width, channels, c, y0, y1, x0, x1);
        }
    }
}
