/* Numbers written for people and for files (declared in text.h). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/text.h"

const struct number_style number_default = {3, '.', false};

#define MINUS      "\u2212"
#define THIN_SPACE "\u2009"

struct writer {
    char *out;
    size_t size;
    size_t used;
};

/* Pieces go in whole or not at all, so that no character is cut. */
static void put(struct writer *w, const char *piece)
{
    size_t n = strlen(piece);
    if (w->used + n + 1 > w->size) {
        w->size = w->used + 1;
        return;
    }
    memcpy(w->out + w->used, piece, n + 1);
    w->used += n;
}

static void put_char(struct writer *w, char c)
{
    char piece[2] = {c, 0};
    put(w, piece);
}

static bool put_special(struct writer *w, double value, const struct number_style *style)
{
    if (isnan(value)) {
        put(w, "NaN");
        return true;
    }
    if (isinf(value)) {
        if (value < 0)
            put(w, style->ascii ? "-" : MINUS);
        put(w, style->ascii ? "Infinity" : "∞");
        return true;
    }
    return false;
}

/* The digits printf wrote, with our minus, thin spaces from five whole digits up (as in print:
 * 1234, but 12 345) and our decimal point, whatever the locale wrote. */
static void put_decimal(struct writer *w, const char *digits, const struct number_style *style)
{
    if (*digits == '-') {
        put(w, style->ascii ? "-" : MINUS);
        digits++;
    }
    size_t whole = strspn(digits, "0123456789");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && whole > 4 && (whole - i) % 3 == 0 && !style->ascii)
            put(w, THIN_SPACE);
        put_char(w, digits[i]);
    }
    if (digits[whole]) {
        put_char(w, style->decimal_point);
        put(w, digits + whole + 1);
    }
}

static void put_exponent(struct writer *w, int exponent, const struct number_style *style)
{
    static const char *const raised[10] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    char digits[16];
    snprintf(digits, sizeof digits, "%d", abs(exponent));
    if (style->ascii) {
        put(w, exponent < 0 ? "e-" : "e+");
        put(w, digits);
        return;
    }
    put(w, "·10");
    if (exponent < 0)
        put(w, "⁻");
    for (const char *p = digits; *p; p++)
        put(w, raised[*p - '0']);
}

char *number_format(double value, const struct number_style *style, char *out, size_t size)
{
    if (size == 0)
        return out;
    struct writer w = {out, size, 0};
    out[0] = 0;
    if (put_special(&w, value, style))
        return out;
    if (value == 0.0) {
        put(&w, "0");
        return out;
    }
    int digits = style->digits < 1 ? 1 : style->digits > 17 ? 17 : style->digits;
    char text[64];
    snprintf(text, sizeof text, "%.*e", digits - 1, value);
    char *e = strchr(text, 'e');
    int exponent = atoi(e + 1);
    if (exponent < -4 || (exponent >= 6 && exponent >= digits)) {
        *e = 0;
        put_decimal(&w, text, style);
        put_exponent(&w, exponent, style);
        return out;
    }
    /* A number that is whole is written as one, so that 1 is told apart from 1.00; the whole part
     * is never rounded away, since 784 weights are not 780. */
    int decimals = digits - 1 - exponent;
    if (decimals < 0 || value == floor(value))
        decimals = 0;
    snprintf(text, sizeof text, "%.*f", decimals, value);
    put_decimal(&w, text, style);
    return out;
}

char *number_fixed(double value, int decimals, const struct number_style *style, char *out,
                   size_t size)
{
    if (size == 0)
        return out;
    struct writer w = {out, size, 0};
    out[0] = 0;
    if (put_special(&w, value, style))
        return out;
    if (fabs(value) >= 1e15) {
        struct number_style longer = *style;
        longer.digits = decimals + 1;
        return number_format(value, &longer, out, size);
    }
    char text[64];
    decimals = decimals < 0 ? 0 : decimals > 20 ? 20 : decimals;
    snprintf(text, sizeof text, "%.*f", decimals, value);
    bool is_zero = strpbrk(text, "123456789") == NULL;
    put_decimal(&w, is_zero && text[0] == '-' ? text + 1 : text, style);
    return out;
}

char *number_decimal_comma(char *text)
{
    for (char *p = text; *p; p++)
        if (*p == '.' && p > text && p[-1] >= '0' && p[-1] <= '9' && p[1] >= '0' && p[1] <= '9')
            *p = ',';
    return text;
}

char *number_exact(float value, char *out, size_t size)
{
    if (isnan(value)) {
        snprintf(out, size, "NaN");
    } else if (isinf(value)) {
        snprintf(out, size, value < 0 ? "-Infinity" : "Infinity");
    } else {
        snprintf(out, size, "%.9g", (double)value);
        char *comma = size ? strchr(out, ',') : NULL;
        if (comma)
            *comma = '.';
    }
    return out;
}
