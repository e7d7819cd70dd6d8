#include "app/json_out.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "glassnet/base/text.h"

static void put_text(FILE *f, const char *text)
{
    fputc('"', f);
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if (*p == '"' || *p == '\\')
            fprintf(f, "\\%c", *p);
        else if (*p < 0x20)
            fprintf(f, "\\u%04x", *p);
        else
            fputc(*p, f);
    }
    fputc('"', f);
}

/* JSON must be UTF-8 whatever bytes a file's name has. */
static void put_any_text(FILE *f, const char *text)
{
    if (text_is_utf8(text, strlen(text))) {
        put_text(f, text);
        return;
    }
    fputc('"', f);
    for (const unsigned char *p = (const unsigned char *)text; *p; p++)
        if (*p >= 0x20 && *p < 0x7F && *p != '"' && *p != '\\')
            fputc(*p, f);
        else
            fprintf(f, "\\u%04x", *p);
    fputc('"', f);
}

static void put_key(struct json_out *j, const char *key)
{
    if (j->comma)
        fputs(", ", j->f);
    j->comma = true;
    if (!key)
        return;
    put_any_text(j->f, key);
    fputs(": ", j->f);
}

void json_begin(struct json_out *j, const char *key, char bracket)
{
    put_key(j, key);
    fputc(bracket, j->f);
    j->comma = false;
}

void json_end(struct json_out *j, char bracket)
{
    fputc(bracket, j->f);
    j->comma = true;
}

void json_text(struct json_out *j, const char *key, const char *text)
{
    put_key(j, key);
    if (text)
        put_any_text(j->f, text);
    else
        fputs("null", j->f);
}

/* "-0" would be read as the whole number 0, and the sign be lost. */
static bool is_minus_zero(double value)
{
    return value == 0.0 && signbit(value);
}

void json_number(struct json_out *j, const char *key, double value)
{
    put_key(j, key);
    if (isnan(value))
        fputs("NaN", j->f);
    else if (isinf(value))
        fputs(value < 0 ? "-Infinity" : "Infinity", j->f);
    else if (is_minus_zero(value))
        fputs("-0.0", j->f);
    else
        fprintf(j->f, "%.9g", value);
}

void json_float(struct json_out *j, const char *key, float value)
{
    char number[48];
    put_key(j, key);
    if (is_minus_zero((double)value))
        fputs("-0.0", j->f);
    else
        fputs(number_exact(value, number, sizeof number), j->f);
}

void json_int(struct json_out *j, const char *key, int64_t value)
{
    put_key(j, key);
    fprintf(j->f, "%" PRId64, value);
}

void json_bool(struct json_out *j, const char *key, bool value)
{
    put_key(j, key);
    fputs(value ? "true" : "false", j->f);
}

bool json_finish(struct json_out *j)
{
    fputc('\n', j->f);
    return fflush(j->f) == 0 && !ferror(j->f);
}
