/* The rule of plural forms: an expression of C in n, read and worked out in one go (declared in
 * mo.h). Operators: ? : || && == != < > <= >= + - * / % ! and brackets. */
#include <stdlib.h>

#include "mo.h"

enum { DEPTH_MOST = 60 };

struct reader {
    struct text rest;
    unsigned long n;
    int depth;
    bool garbled;
};

static unsigned long read_choice(struct reader *r);

static bool takes(struct reader *r, const char *sign)
{
    r->rest = text_trim(r->rest);
    if (!text_starts(r->rest, sign))
        return false;
    size_t length = text_of(sign).n;
    r->rest.p += length;
    r->rest.n -= length;
    return true;
}

static unsigned long read_number(struct reader *r)
{
    unsigned long value = 0;
    if (r->rest.n == 0 || r->rest.p[0] < '0' || r->rest.p[0] > '9')
        r->garbled = true;
    for (; r->rest.n > 0 && r->rest.p[0] >= '0' && r->rest.p[0] <= '9'; r->rest.p++, r->rest.n--)
        value = value * 10 + (unsigned long)(r->rest.p[0] - '0');
    return value;
}

static unsigned long read_one(struct reader *r)
{
    unsigned long value;
    if (r->depth >= DEPTH_MOST || r->garbled) {
        r->garbled = true;
        return 0;
    }
    r->depth++;
    if (takes(r, "!")) {
        value = !read_one(r);
    } else if (takes(r, "(")) {
        value = read_choice(r);
        r->garbled = !takes(r, ")") || r->garbled;
    } else if (takes(r, "n")) {
        value = r->n;
    } else {
        value = read_number(r);
    }
    r->depth--;
    return value;
}

/* Two-sided operators, those that bind least first; longer signs before their beginnings. */
static const char *const operators[][5] = {
    {"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}};

enum { LEVELS = sizeof operators / sizeof *operators };

static unsigned long join(struct reader *r, const char *sign, unsigned long a, unsigned long b)
{
    switch (sign[0]) {
    case '|':
        return a || b;
    case '&':
        return a && b;
    case '=':
        return a == b;
    case '!':
        return a != b;
    case '<':
        return sign[1] ? a <= b : a < b;
    case '>':
        return sign[1] ? a >= b : a > b;
    case '+':
        return a + b;
    case '-':
        return a - b;
    case '*':
        return a * b;
    default:
        r->garbled = r->garbled || b == 0;
        return b == 0 ? 0 : sign[0] == '/' ? a / b : a % b;
    }
}

static const char *take_operator(struct reader *r, int level)
{
    for (int i = 0; operators[level][i]; i++)
        if (takes(r, operators[level][i]))
            return operators[level][i];
    return NULL;
}

static unsigned long read_level(struct reader *r, int level)
{
    if (level == LEVELS)
        return read_one(r);
    unsigned long value = read_level(r, level + 1);
    const char *sign;
    while (!r->garbled && (sign = take_operator(r, level)))
        value = join(r, sign, value, read_level(r, level + 1));
    return value;
}

static unsigned long read_choice(struct reader *r)
{
    unsigned long value = read_level(r, 0);
    if (r->garbled || !takes(r, "?"))
        return value;
    unsigned long yes = read_choice(r);
    r->garbled = !takes(r, ":") || r->garbled;
    unsigned long no = r->garbled ? 0 : read_choice(r);
    return value ? yes : no;
}

int mo_plural(struct text rule, unsigned long n)
{
    struct reader r = {.rest = rule, .n = n};
    unsigned long form = read_choice(&r);
    return r.garbled || text_trim(r.rest).n > 0 || form > 9 ? -1 : (int)form;
}
