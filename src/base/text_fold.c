/* Text as it is searched for: small letters without their marks (declared in text.h). */
#include <string.h>

#include "glassnet/base/text.h"

/* U+00C0 to U+017F, the letters of Europe's Latin alphabets; '.' stands for itself or several. */
static const char latin[] = "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkklllllll"
                            "lllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/* A sign that is written as several letters or typed as another one; NULL: none of these. */
static const char *special(unsigned c)
{
    static const struct {
        unsigned sign;
        const char *as;
    } signs[] = {{0xc6, "ae"},  {0xe6, "ae"},  {0xde, "th"},  {0xfe, "th"},  {0xdf, "ss"},
                 {0x132, "ij"}, {0x133, "ij"}, {0x152, "oe"}, {0x153, "oe"}, {0x1e9e, "ss"},
                 {0xd7, "x"},   {0xa0, " "},   {0x2009, " "}, {0x202f, " "}, {0x2010, "-"},
                 {0x2011, "-"}, {0x2013, "-"}, {0x2014, "-"}, {0x2212, "-"}, {0x2019, "'"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].sign == c)
            return signs[i].as;
    return NULL;
}

/* Capitals of other alphabets that have small letters at a fixed distance: Greek, Cyrillic. */
static unsigned small(unsigned c)
{
    if ((c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f))
        return c + 0x20;
    return c >= 0x400 && c <= 0x40f ? c + 0x50 : c;
}

static size_t put(unsigned c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    size_t n = c < 0x10000 ? 3 : 4;
    out[0] = (char)((n == 3 ? 0xe0u : 0xf0u) | c >> (6 * (n - 1)));
    for (size_t i = 1; i < n; i++)
        out[i] = (char)(0x80 | (c >> (6 * (n - 1 - i)) & 0x3f));
    return n;
}

static size_t fold(unsigned c, char out[4])
{
    const char *as = special(c);
    if (as) {
        memcpy(out, as, strlen(as));
        return strlen(as);
    }
    if (c >= 0x300 && c <= 0x36f) /* a mark on the letter before */
        return 0;
    if (c >= 'A' && c <= 'Z')
        c += 'a' - 'A';
    else if (c >= 0xc0 && c <= 0x17f && latin[c - 0xc0] != '.')
        c = (unsigned char)latin[c - 0xc0];
    return put(small(c), out);
}

char *text_fold(const char *text, char *out, size_t size)
{
    size_t n = 0;
    char letter[4];
    while (*text) {
        size_t more = fold(text_decode(&text), letter);
        if (n + more >= size)
            break;
        memcpy(out + n, letter, more);
        n += more;
    }
    out[n] = 0;
    return out;
}

int text_compare(const char *a, const char *b)
{
    const char *x = a, *y = b;
    char one[4], other[4];
    while (*x && *y) {
        size_t n = fold(text_decode(&x), one), m = fold(text_decode(&y), other);
        int order = memcmp(one, other, n < m ? n : m);
        if (order || n != m)
            return order ? order : n < m ? -1 : 1;
    }
    return *x ? 1 : *y ? -1 : strcmp(a, b);
}
