#include "glassnet/base/text.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct text text_of(const char *z)
{
    return (struct text){z, strlen(z)};
}

bool text_is(struct text t, const char *z)
{
    return t.n == strlen(z) && memcmp(t.p, z, t.n) == 0;
}

bool text_starts(struct text t, const char *z)
{
    size_t n = strlen(z);
    return t.n >= n && memcmp(t.p, z, n) == 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct text text_trim(struct text t)
{
    while (t.n && is_blank(t.p[0])) {
        t.p++;
        t.n--;
    }
    while (t.n && is_blank(t.p[t.n - 1]))
        t.n--;
    return t;
}

struct text text_next_line(struct text *rest)
{
    const char *end = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
    struct text line = {rest->p, end ? (size_t)(end - rest->p) : rest->n};
    size_t taken = end ? line.n + 1 : line.n;
    rest->p += taken;
    rest->n -= taken;
    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

struct text text_next_word(struct text *rest)
{
    size_t at = 0;
    while (at < rest->n && is_blank(rest->p[at]))
        at++;
    struct text word = {rest->p + at, 0};
    while (at + word.n < rest->n && !is_blank(word.p[word.n]))
        word.n++;
    rest->p += at + word.n;
    rest->n -= at + word.n;
    return word;
}

bool text_split(struct text t, char at, struct text *left, struct text *right)
{
    const char *found = t.n ? memchr(t.p, at, t.n) : NULL;
    if (!found) {
        *left = t;
        *right = (struct text){t.p + t.n, 0};
        return false;
    }
    *left = (struct text){t.p, (size_t)(found - t.p)};
    *right = (struct text){found + 1, t.n - left->n - 1};
    return true;
}

void text_copy(struct text t, char *out, size_t size)
{
    if (size == 0)
        return;
    size_t n = t.n < size - 1 ? t.n : size - 1;
    if (n < t.n)
        while (n > 0 && ((unsigned char)t.p[n] & 0xC0) == 0x80)
            n--;
    if (n > 0) /* an empty text may have no place */
        memcpy(out, t.p, n);
    out[n] = 0;
}

/* The only letters strtod may see are those of an exponent, nan and inf; it would take
 * hexadecimal, blanks and "nan(...)" too. */
static bool is_plain_number(const char *z)
{
    const char *p = z + (*z == '-' || *z == '+');
    if (strcasecmp(p, "nan") == 0 || strcasecmp(p, "inf") == 0 || strcasecmp(p, "infinity") == 0)
        return true;
    return *p != 0 && p[strspn(p, "0123456789.eE+-")] == 0;
}

/* Reads z with the decimal point whatever the locale's is. */
static bool parse_double(char *z, double *value)
{
    char point = '.', *end;
    char probe[8];
    if (snprintf(probe, sizeof probe, "%.1f", 0.5) > 2)
        point = probe[1];
    char *dot = strchr(z, '.');
    if (dot)
        *dot = point;
    double read = strtod(z, &end);
    if (end == z || *end)
        return false;
    *value = read;
    return true;
}

bool text_to_double(struct text t, double *value)
{
    char z[512];
    if (t.n == 0 || t.n >= sizeof z)
        return false;
    memcpy(z, t.p, t.n);
    z[t.n] = 0;
    return strlen(z) == t.n && is_plain_number(z) && parse_double(z, value);
}

/* One number with its minus and comma as a program reads them. */
static bool typed_to_double(struct text t, double *value)
{
    static const char minus[] = "\xe2\x88\x92"; /* U+2212 */
    char z[512];
    size_t n = 0;
    if (t.n + 1 >= sizeof z)
        return false;
    if (t.n > 3 && memcmp(t.p, minus, 3) == 0) {
        z[n++] = '-';
        t.p += 3;
        t.n -= 3;
    }
    for (size_t i = 0; i < t.n; i++)
        z[n++] = t.p[i] == ',' ? '.' : t.p[i];
    return text_to_double((struct text){z, n}, value);
}

bool text_to_value(struct text t, double *value)
{
    struct text left, right;
    double over, under;
    if (!text_split(t, '/', &left, &right))
        return typed_to_double(t, value);
    if (!typed_to_double(text_trim(left), &over) || !typed_to_double(text_trim(right), &under) ||
        under == 0)
        return false;
    *value = over / under;
    return true;
}

bool text_to_long(struct text t, long *value)
{
    char z[32], *end;
    if (t.n == 0 || t.n >= sizeof z)
        return false;
    memcpy(z, t.p, t.n);
    z[t.n] = 0;
    const char *digits = z + (*z == '-' || *z == '+');
    if (*digits == 0 || digits[strspn(digits, "0123456789")] != 0 || strlen(z) != t.n)
        return false;
    errno = 0;
    long read = strtol(z, &end, 10);
    if (errno)
        return false;
    *value = read;
    return true;
}

/* Bytes of the well-formed character at p (n of them are there), its code in *code; 0 if none.
 * The ranges are those of table 3-7 of the Unicode standard. */
static size_t decode(const unsigned char *p, size_t n, unsigned *code)
{
    if (n == 0)
        return 0;
    if (p[0] < 0x80) {
        *code = p[0];
        return 1;
    }
    size_t length = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || n < length)
        return 0;
    unsigned char low = 0x80, high = 0xBF;
    if (p[0] == 0xE0)
        low = 0xA0;
    else if (p[0] == 0xED)
        high = 0x9F;
    else if (p[0] == 0xF0)
        low = 0x90;
    else if (p[0] == 0xF4)
        high = 0x8F;
    if (p[1] < low || p[1] > high)
        return 0;
    *code = p[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        *code = (*code << 6) | (p[i] & 0x3Fu);
    }
    return length;
}

bool text_is_utf8(const char *p, size_t n)
{
    unsigned code;
    while (n) {
        size_t taken = decode((const unsigned char *)p, n, &code);
        if (taken == 0)
            return false;
        p += taken;
        n -= taken;
    }
    return true;
}

unsigned text_decode(const char **p)
{
    unsigned code;
    if (**p == 0)
        return 0;
    size_t taken = decode((const unsigned char *)*p, strnlen(*p, 4), &code);
    *p += taken ? taken : 1;
    return taken ? code : 0xFFFD;
}

/* Levenshtein's distance, one row of the table at a time. */
int text_distance(const char *a, const char *b)
{
    enum { MOST = 63 };
    size_t na = strnlen(a, MOST), nb = strnlen(b, MOST);
    int row[MOST + 1];
    for (size_t j = 0; j <= nb; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= na; i++) {
        int diagonal = row[0];
        row[0] = (int)i;
        for (size_t j = 1; j <= nb; j++) {
            int change = diagonal + (a[i - 1] != b[j - 1]);
            int shorter = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = change < shorter ? change : shorter;
        }
    }
    return row[nb];
}
