/* Makes the kernel lab's pictures anew (make pictures): make_pictures FOLDER. Each is a function
 * of the place, from 0,0 at the upper left to 1 along the width, averaged over 16 places a pixel.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/ui/picture.h"

enum { WIDTH = 96, FINE = 4 };

struct rgb {
    double r, g, b;
};

struct place {
    double x, y;
};

static struct rgb grey(double v)
{
    return (struct rgb){v, v, v};
}

static struct rgb mix(struct rgb a, struct rgb b, double part)
{
    part = fmin(1, fmax(0, part));
    return (struct rgb){a.r + (b.r - a.r) * part, a.g + (b.g - a.g) * part,
                        a.b + (b.b - a.b) * part};
}

static bool in_disc(struct place p, double x, double y, double radius)
{
    return hypot(p.x - x, p.y - y) < radius;
}

static bool in_box(struct place p, double x, double y, double w, double h)
{
    return p.x >= x && p.x < x + w && p.y >= y && p.y < y + h;
}

/* Upright, its tip in the middle above. */
static bool in_roof(struct place p, double x, double y, double w, double h)
{
    double down = (p.y - y) / h;
    return down >= 0 && down < 1 && fabs(p.x - x - w / 2) < down * w / 2;
}

static double to_line(struct place p, struct place a, struct place b)
{
    double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
    t = fmin(1, fmax(0, t));
    return hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/* A number from 0 to 1 for whole places, by a hash of Bob Jenkins' kind. */
static double chance(int x, int y)
{
    unsigned h = (unsigned)x * 374761393u + (unsigned)y * 668265263u;
    h = (h ^ (h >> 13)) * 1274126177u;
    return (double)((h ^ (h >> 16)) & 0xffff) / 65535.0;
}

/* Value noise: smooth between whole places, in octaves of half the size and half the height. */
static double noise(double x, double y, int octaves)
{
    double sum = 0, height = 0.5;
    for (int o = 0; o < octaves; o++, x *= 2, y *= 2, height /= 2) {
        int i = (int)floor(x), j = (int)floor(y);
        double u = x - i, v = y - j;
        u = u * u * (3 - 2 * u);
        v = v * v * (3 - 2 * v);
        double above = chance(i, j) * (1 - u) + chance(i + 1, j) * u;
        double below = chance(i, j + 1) * (1 - u) + chance(i + 1, j + 1) * u;
        sum += height * (above * (1 - v) + below * v);
    }
    return sum;
}

static struct rgb house(struct place p)
{
    struct rgb c = mix((struct rgb){0.45, 0.68, 0.92}, (struct rgb){0.85, 0.93, 0.98}, p.y / 0.7);
    if (in_disc(p, 0.84, 0.16, 0.09))
        c = (struct rgb){1, 0.86, 0.3};
    if (p.y > 0.78)
        c = (struct rgb){0.33, 0.6, 0.26};
    if (in_box(p, 0.80, 0.6, 0.05, 0.24))
        c = (struct rgb){0.4, 0.26, 0.15};
    if (in_disc(p, 0.825, 0.52, 0.13))
        c = (struct rgb){0.16, 0.42, 0.18};
    if (in_box(p, 0.46, 0.18, 0.08, 0.2))
        c = (struct rgb){0.5, 0.24, 0.2};
    if (in_box(p, 0.14, 0.44, 0.48, 0.4))
        c = (struct rgb){0.95, 0.9, 0.78};
    if (in_roof(p, 0.08, 0.16, 0.6, 0.29))
        c = (struct rgb){0.72, 0.2, 0.16};
    if (in_box(p, 0.33, 0.6, 0.11, 0.24))
        c = (struct rgb){0.36, 0.22, 0.12};
    for (int i = 0; i < 2; i++) {
        double x = i ? 0.49 : 0.19;
        if (in_box(p, x, 0.54, 0.09, 0.11))
            c = fabs(p.x - x - 0.045) < 0.007 || fabs(p.y - 0.595) < 0.007
                    ? grey(1)
                    : (struct rgb){0.2, 0.3, 0.45};
    }
    return c;
}

static struct rgb face(struct place p)
{
    struct rgb c = (struct rgb){0.86, 0.89, 0.92};
    struct place q = {p.x, 0.5 + (p.y - 0.54) * 0.84};
    if (in_disc(q, 0.5, 0.42, 0.37))
        c = (struct rgb){0.25, 0.15, 0.1};
    if (in_disc(q, 0.5, 0.5, 0.33) && p.y > 0.3)
        c = (struct rgb){0.93, 0.76, 0.64};
    for (int i = 0; i < 2; i++) {
        double x = i ? 0.63 : 0.37;
        if (in_disc(p, x, 0.47, 0.065))
            c = grey(0.98);
        if (in_disc(p, x, 0.475, 0.035))
            c = (struct rgb){0.15, 0.25, 0.35};
        if (to_line(p, (struct place){x - 0.07, 0.375}, (struct place){x + 0.07, 0.365}) < 0.014)
            c = (struct rgb){0.25, 0.15, 0.1};
    }
    if (to_line(p, (struct place){0.5, 0.5}, (struct place){0.475, 0.61}) < 0.01 ||
        to_line(p, (struct place){0.475, 0.61}, (struct place){0.52, 0.615}) < 0.01)
        c = (struct rgb){0.72, 0.52, 0.42};
    double smile = fabs(hypot(p.x - 0.5, p.y - 0.58) - 0.17);
    if (smile < 0.018 && p.y > 0.66)
        c = (struct rgb){0.66, 0.2, 0.2};
    return c;
}

static struct rgb shapes(struct place p)
{
    struct rgb c = grey(0.12);
    if (in_disc(p, 0.26, 0.27, 0.17))
        c = (struct rgb){0.9, 0.3, 0.25};
    if (in_box(p, 0.57, 0.1, 0.32, 0.32))
        c = (struct rgb){0.25, 0.6, 0.9};
    if (in_roof(p, 0.08, 0.57, 0.36, 0.33))
        c = (struct rgb){0.95, 0.85, 0.35};
    double ring = hypot(p.x - 0.73, p.y - 0.73);
    if (ring < 0.19 && ring > 0.11)
        c = (struct rgb){0.4, 0.8, 0.45};
    if (to_line(p, (struct place){0.06, 0.5}, (struct place){0.94, 0.5}) < 0.01)
        c = grey(0.95);
    return c;
}

/* Mountains above a lake that mirrors them; grain as a camera has. */
static struct rgb land(struct place p, double far, double near)
{
    struct rgb c = mix((struct rgb){0.36, 0.55, 0.8}, (struct rgb){0.95, 0.86, 0.74}, p.y / 0.5);
    double cloud = noise(p.x * 4 + 7, p.y * 11, 5);
    c = mix(c, grey(0.97), (cloud - 0.5) * 3);
    if (p.y > far)
        c = mix(mix(grey(0.95), (struct rgb){0.45, 0.48, 0.58}, (p.y - far) * 9),
                (struct rgb){0.3, 0.33, 0.42}, noise(p.x * 18, p.y * 18, 4));
    if (p.y > near)
        c = mix((struct rgb){0.1, 0.2, 0.12}, (struct rgb){0.32, 0.42, 0.2},
                noise(p.x * 26, p.y * 40, 4) * 1.2);
    return c;
}

static struct rgb landscape(struct place p)
{
    const double shore = 0.52;
    bool lake = p.y > shore;
    struct place q = {p.x, lake ? shore - (p.y - shore) * 1.15 : p.y};
    if (lake)
        q.x += 0.02 * (noise(p.x * 5, p.y * 60, 3) - 0.5) * (p.y - shore) * 10;
    double far = 0.12 + 0.42 * fabs(noise(p.x * 2.6 + 3, 1.5, 5) - 0.42) * 1.6;
    double near = 0.5 - 0.16 * noise(p.x * 4 + 11, 9.5, 5);
    struct rgb c = land(q, far, near);
    if (lake)
        c = mix(c, (struct rgb){0.1, 0.2, 0.3}, 0.25 + 0.5 * (p.y - shore));
    double grain = (chance((int)(p.x * WIDTH * 2), (int)(p.y * WIDTH * 2) + 999) - 0.5) * 0.06;
    return (struct rgb){c.r + grain, c.g + grain, c.b + grain};
}

static struct rgb checker(struct place p)
{
    return grey(((int)(p.x * 8) + (int)(p.y * 8)) % 2 ? 0 : 1);
}

/* Even from left to right; below from the middle out. */
static struct rgb gradient(struct place p)
{
    return grey(p.y < 0.5 ? p.x : fmax(0, 1 - hypot(p.x - 0.5, p.y - 0.75) * 2));
}

/* Strokes of capitals, in a box of 2 x 2. */
static const struct {
    char letter;
    int n;
    signed char xy[12];
} letters[] = {
    {'S', 6, {2, 0, 0, 0, 0, 1, 2, 1, 2, 2, 0, 2}},
    {'E', 4, {2, 0, 0, 0, 0, 2, 2, 2}},
    {'T', 4, {0, 0, 2, 0, 1, 0, 1, 2}},
    {'H', 6, {0, 0, 0, 2, 0, 1, 2, 1, 2, 0, 2, 2}},
    {'N', 4, {0, 2, 0, 0, 2, 2, 2, 0}},
    {'-', 2, {0, 1, 2, 1}},
};

static double to_letter(struct place p, char letter, struct place at, double size)
{
    double least = 1;
    for (size_t k = 0; k < sizeof letters / sizeof *letters; k++) {
        bool also = letter == 'E' && letters[k].letter == '-'; /* its middle bar */
        if (letters[k].letter != letter && !also)
            continue;
        const signed char *xy = letters[k].xy;
        for (int i = 0; i + 1 < letters[k].n; i++) {
            struct place a = {at.x + size * xy[2 * i] / 2, at.y + size * xy[2 * i + 1] * 0.6};
            struct place b = {at.x + size * xy[2 * i + 2] / 2, at.y + size * xy[2 * i + 3] * 0.6};
            least = fmin(least, to_line(p, a, b));
        }
    }
    return least;
}

static struct rgb text(struct place p)
{
    static const char *const lines[] = {"SEE", "THE", "NET"};
    double least = 1;
    for (int row = 0; row < 3; row++)
        for (int i = 0; i < 3; i++)
            least =
                fmin(least, to_letter(p, lines[row][i],
                                      (struct place){0.12 + 0.29 * i, 0.12 + 0.29 * row}, 0.17));
    return grey(least < 0.026 ? 0.08 : 0.96);
}

static uint32_t pixel(struct rgb (*picture)(struct place), int x, int y)
{
    struct rgb sum = {0, 0, 0};
    for (int i = 0; i < FINE * FINE; i++) {
        struct place p = {(x + (i % FINE + 0.5) / FINE) / WIDTH,
                          (y + (i / FINE + 0.5) / FINE) / WIDTH};
        struct rgb c = picture(p);
        sum.r += c.r / (FINE * FINE);
        sum.g += c.g / (FINE * FINE);
        sum.b += c.b / (FINE * FINE);
    }
    const double parts[3] = {sum.r, sum.g, sum.b};
    uint32_t out = 0xff;
    for (int i = 0; i < 3; i++)
        out = out << 8 | (uint32_t)lround(fmin(1, fmax(0, parts[i])) * 255);
    return out;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        struct rgb (*picture)(struct place);
        int height;
    } pictures[] = {{"house", house, 96},     {"face", face, 96},
                    {"shapes", shapes, 96},   {"landscape", landscape, 80},
                    {"checker", checker, 96}, {"gradient", gradient, 96},
                    {"text", text, 96}};
    if (argc != 2) {
        fprintf(stderr, "make_pictures FOLDER\n");
        return 2;
    }
    for (size_t k = 0; k < sizeof pictures / sizeof *pictures; k++) {
        struct err err = {0};
        char name[64], path[1024];
        int height = pictures[k].height;
        uint32_t *pixels = mem_zalloc((size_t)WIDTH * (size_t)height, sizeof *pixels);
        for (int i = 0; i < WIDTH * height; i++)
            pixels[i] = pixel(pictures[k].picture, i % WIDTH, i / WIDTH);
        snprintf(name, sizeof name, "%s.png", pictures[k].name);
        bool done = picture_write_png(file_join(path, sizeof path, argv[1], name), pixels, WIDTH,
                                      height, &err);
        free(pixels);
        if (!done) {
            fprintf(stderr, "%s\n", err.message);
            return 1;
        }
    }
    return 0;
}
