#include "data/picture_turn.h"

#include <string.h>

enum { ORIENTATION = 0x0112, SHORT = 3 };

/* The TIFF block within a JPEG's Exif segment; its numbers come in either order of bytes. */
struct tiff {
    const unsigned char *p;
    size_t n;
    bool big;
};

static unsigned get(const struct tiff *t, size_t at, size_t bytes)
{
    unsigned value = 0;
    for (size_t i = 0; i < bytes && at < t->n && bytes <= t->n - at; i++)
        value = value << 8 | t->p[at + (t->big ? i : bytes - 1 - i)];
    return value;
}

static int orientation_in(const struct tiff *t)
{
    size_t list = get(t, 4, 4);
    if (t->n < 8 || get(t, 2, 2) != 42 || list > t->n - 2)
        return 1;
    unsigned entries = get(t, list, 2);
    for (size_t i = 0, at = list + 2; i < entries && at + 12 <= t->n; i++, at += 12) {
        unsigned value = get(t, at + 8, 2);
        if (get(t, at, 2) == ORIENTATION && get(t, at + 2, 2) == SHORT)
            return value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}

int picture_turn_of(const unsigned char *bytes, size_t size)
{
    if (size < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8)
        return 1;
    /* Segments: FF, a kind, the length with its own two bytes; DA begins the pixels. */
    for (size_t at = 2; at + 4 <= size && bytes[at] == 0xFF && bytes[at + 1] != 0xDA;) {
        size_t length = (size_t)bytes[at + 2] << 8 | bytes[at + 3];
        const unsigned char *in = bytes + at + 4;
        if (length < 2 || length > size - at - 2)
            return 1;
        if (bytes[at + 1] == 0xE1 && length >= 16 && memcmp(in, "Exif\0", 6) == 0) {
            struct tiff t = {in + 6, length - 8, in[6] == 'M'};
            return orientation_in(&t);
        }
        at += 2 + length;
    }
    return 1;
}

bool picture_turn_swaps(int turn)
{
    return turn >= 5;
}

size_t picture_turn_from(int turn, int height, int width, int y, int x)
{
    int row = y, column = x;
    if (picture_turn_swaps(turn)) {
        row = x;
        column = y;
    }
    if (turn == 3 || turn == 4 || turn == 6 || turn == 7)
        row = height - 1 - row;
    if (turn == 2 || turn == 3 || turn == 7 || turn == 8)
        column = width - 1 - column;
    return (size_t)row * (size_t)width + (size_t)column;
}
