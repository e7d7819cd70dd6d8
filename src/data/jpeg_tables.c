#include "data/jpeg_tables.h"

enum {
    MARK = 0xFF,
    START = 0xD8,
    END = 0xD9,
    SCAN = 0xDA,
    TABLES = 0xC4,
    RESTART_FIRST = 0xD0,
    RESTART_LAST = 0xD7,
    CODES_MOST = 256,
    LENGTHS = 16, /* codes have 1 to 16 bits */
};

/* A segment with tables one after the other: a byte that names it, how many codes there are of
 * each length, then what they stand for (ITU-T T.81, B.2.4.2). */
static bool tables_are_sound(const unsigned char *p, size_t n)
{
    while (n > 0) {
        size_t codes = 0;
        if (n < 1 + LENGTHS)
            return false;
        for (int i = 1; i <= LENGTHS; i++)
            codes += p[i];
        if (codes > CODES_MOST || codes > n - 1 - LENGTHS)
            return false;
        p += 1 + LENGTHS + codes;
        n -= 1 + LENGTHS + codes;
    }
    return true;
}

/* The place behind the next marker from `at` on, which goes to *marker; `size` when there is none.
 * Within a scan a marked zero is a byte of the picture, and marked restarts are part of it. */
static size_t next_marker(const unsigned char *p, size_t size, size_t at, bool in_scan, int *marker)
{
    *marker = END;
    while (at < size) {
        while (at < size && p[at] != MARK)
            at++;
        while (at < size && p[at] == MARK)
            at++;
        if (at >= size)
            break;
        *marker = p[at++];
        bool is_data = *marker == 0 || (*marker >= RESTART_FIRST && *marker <= RESTART_LAST);
        if (!in_scan || !is_data)
            return at;
    }
    *marker = END;
    return size;
}

bool jpeg_tables_are_sound(const unsigned char *bytes, size_t size)
{
    int marker;
    if (size < 2 || bytes[0] != MARK)
        return true;
    size_t at = next_marker(bytes, size, 0, false, &marker);
    if (marker != START)
        return true;
    at = next_marker(bytes, size, at, false, &marker);
    while (marker != END && at + 2 <= size) {
        size_t length = (size_t)bytes[at] << 8 | bytes[at + 1];
        if (length < 2 || length > size - at)
            return false;
        if (marker == TABLES && !tables_are_sound(bytes + at + 2, length - 2))
            return false;
        at = next_marker(bytes, size, at + length, marker == SCAN, &marker);
    }
    return true;
}
