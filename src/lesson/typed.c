#include "lesson/typed.h"

#include <ctype.h>
#include <string.h>

#include "glassnet/base/text.h"

struct writer {
    char *out;
    size_t n, size;
    char last; /* the last sign that is no blank */
    bool fits;
};

static void put(struct writer *w, char c)
{
    if (w->n + 1 >= w->size) {
        w->fits = false;
        return;
    }
    w->out[w->n++] = c;
    if (c != ' ')
        w->last = c;
}

static bool is_digit(char c)
{
    return isdigit((unsigned char)c) != 0;
}

/* Something is before: "2(", ")(" and ")2" are products. */
static bool multiplies(const struct writer *w, char next)
{
    return next == '(' ? is_digit(w->last) || w->last == '.' || w->last == ')'
                       : is_digit(next) && w->last == ')';
}

/* A blank that groups digits: three of them follow it, and no more. */
static bool groups(const struct writer *w, const char *after)
{
    return w->n > 0 && is_digit(w->out[w->n - 1]) && is_digit(after[0]) && is_digit(after[1]) &&
           is_digit(after[2]) && !is_digit(after[3]);
}

/* The sign that stands for what people type; 0: none. */
static char sign_of(unsigned c)
{
    if (c == 0x2212 || c == 0x2013 || c == 0x2014)
        return '-';
    if (c == 0xB7 || c == 0xD7 || c == 0x22C5)
        return '*';
    if (c == 0xF7 || c == 0x2215 || c == 0x2044)
        return '/';
    if (c == ',')
        return '.';
    return c < 0x80 && (isdigit((int)c) || strchr(".+-*/()", (int)c)) ? (char)c : 0;
}

/* A word of Latin letters at `typed`: the exponent of a number, a sign of multiplication, or a
 * function. Where it ends; NULL when it is none of these. */
static const char *word(struct writer *w, const char *typed)
{
    static const char *const functions[][2] = {
        {"exp", "exp"},         {"log", "log"},   {"ln", "log"},   {"abs", "abs"},
        {"sigmoid", "sigmoid"}, {"tanh", "tanh"}, {"relu", "relu"}};
    size_t n = 0;
    while (isalpha((unsigned char)typed[n]))
        n++;
    bool behind_number = w->n > 0 && (is_digit(w->last) || w->last == '.');
    bool first = n == 1 && (behind_number || w->last == ')');
    if (first && (*typed == 'x' || *typed == 'X')) {
        put(w, '*');
        return typed + 1;
    }
    if (n == 1 && behind_number && (*typed == 'e' || *typed == 'E')) {
        put(w, 'e');
        return typed + 1;
    }
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (strlen(functions[i][0]) != n || strncmp(typed, functions[i][0], n) != 0)
            continue;
        if (behind_number || w->last == ')')
            put(w, '*');
        for (const char *c = functions[i][1]; *c; c++)
            put(w, *c);
        return typed + n;
    }
    return NULL;
}

bool typed_plain(const char *typed, char *out, size_t size)
{
    struct writer w = {.out = out, .size = size, .fits = size > 0};
    while (*typed && w.fits) {
        const char *from = typed;
        unsigned c = text_decode(&typed);
        if (c < 0x80 && isalpha((int)c)) {
            typed = word(&w, from);
            if (!typed)
                return false;
            continue;
        }
        if (c == 0x2009 || c == 0x202F || c == 0xA0 || (c == ' ' && groups(&w, typed)))
            continue;
        char sign = c == ' ' || c == '\t' ? ' ' : sign_of(c);
        if (sign == 0)
            return false;
        if (multiplies(&w, sign))
            put(&w, '*');
        put(&w, sign);
    }
    if (size > 0)
        out[w.n] = 0;
    return w.fits;
}
