/* Text: slices of UTF-8, words and numbers read from them, numbers written for people. */
#ifndef GLASSNET_BASE_TEXT_H
#define GLASSNET_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* A piece of text that somebody else owns; not ended by a zero byte. */
struct text {
    const char *p;
    size_t n;
};

struct text text_of(const char *z);             /* the whole zero-ended string */
bool text_is(struct text t, const char *z);     /* equal */
bool text_starts(struct text t, const char *z); /* begins with z */
struct text text_trim(struct text t);           /* without blanks, tabs, CR, LF at both ends */
struct text text_next_line(struct text *rest);  /* takes a line (without its end) off rest */
struct text text_next_word(struct text *rest);  /* takes a word off rest; empty at the end */
bool text_split(struct text t, char at, struct text *left, struct text *right); /* first `at` */
void text_copy(struct text t, char *out, size_t size); /* zero-ended, cut to fit */

/* The whole of t as a number; false when there is anything else in it. Locale independent,
 * decimal point. text_to_double takes nan, inf too; text_to_long takes decimal integers. */
bool text_to_double(struct text t, double *value);
bool text_to_long(struct text t, long *value);

/* A number as people type it: with a decimal point or comma, a real minus, or a fraction (1/3). */
bool text_to_value(struct text t, double *value);

/* True when the n bytes at p are well-formed UTF-8 (no surrogates, no overlong forms). */
bool text_is_utf8(const char *p, size_t n);

/* Decodes one code point at *p (ended by zero), moves *p past it; U+FFFD for a bad byte. */
unsigned text_decode(const char **p);

/* The text as it is searched for: small letters without their marks ("Źródło" is "zrodlo"), signs
 * as they are typed (× is x, − is -). Cut to fit. Returns out. */
char *text_fold(const char *text, char *out, size_t size);

/* The order of two texts for people, by their letters without case and marks; 0 only for the same
 * bytes. */
int text_compare(const char *a, const char *b);

/* Distance in single-character edits, for "did you mean". At most 63 bytes of each count. */
int text_distance(const char *a, const char *b);

struct number_style {
    int digits;         /* significant digits shown; 3 unless the user set another */
    char decimal_point; /* '.' or ',' */
    bool ascii;         /* '-' and no thin spaces: for files and terminals */
};

extern const struct number_style number_default; /* 3 digits, point, real minus sign */

/* Writes value for people: `digits` significant digits, a real minus (U+2212), thin spaces
 * between thousands of large whole parts, "0" for zero, scientific notation with a real
 * exponent (1.23·10⁻⁷) outside 1e-4 .. 1e6, "NaN", "∞". out holds 48 bytes or more. */
char *number_format(double value, const struct number_style *style, char *out, size_t size);

/* Writes value with a fixed number of decimals, same minus and point. -0.00 is written 0.00. */
char *number_fixed(double value, int decimals, const struct number_style *style, char *out,
                   size_t size);

/* Makes the decimal points between digits in a text of ours commas: for formulas on a screen whose
 * numbers have commas. Names of cells have no such points. Returns text. */
char *number_decimal_comma(char *text);

/* Nine significant digits that read back as the same float32; NaN, Infinity, -Infinity: the
 * form of --json. */
char *number_exact(float value, char *out, size_t size);

#endif
