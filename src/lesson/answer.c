#include "lesson/answer.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/lesson/expression.h"

enum { MOST = 256 };

static const char *const percents[] = {"%",       "percent",  "per cent",
                                       "procent", "procenta", "procentu"};

/* A letter of a word: of any script, but no sign such as a minus. */
static bool is_letter(char c)
{
    return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool ends_with(struct text t, const char *word)
{
    size_t n = strlen(word);
    return t.n > n && memcmp(t.p + t.n - n, word, n) == 0;
}

/* Does word stand in text by itself, not as a part of another word? */
static bool has_word(const char *text, struct text word)
{
    for (const char *at = text; *at; at++) {
        if (strncmp(at, word.p, word.n) != 0)
            continue;
        bool begins = at == text || !is_letter(at[-1]), ends = !is_letter(at[word.n]);
        if (begins && ends)
            return true;
    }
    return false;
}

/* Is it "x", "out.z[0]" or nothing, as before an equals sign? */
static bool is_name(struct text t)
{
    t = text_trim(t);
    for (size_t i = 0; i < t.n; i++)
        if ((unsigned char)t.p[i] == 0xE2 || /* a typographic minus, a sign */
            (!is_letter(t.p[i]) && (i == 0 || !strchr("0123456789.:_@[], ", t.p[i]))))
            return false;
    return true;
}

/* Decimals of a plain number; -1 when it is more than that. */
static int decimals_of(struct text t)
{
    int decimals = 0;
    bool behind = false;
    if (t.n > 2 && (unsigned char)t.p[0] == 0xE2) /* a typographic minus */
        t = (struct text){t.p + 3, t.n - 3};
    for (size_t i = 0; i < t.n; i++) {
        bool digit = isdigit((unsigned char)t.p[i]);
        if (strchr("*/()", t.p[i]) || isalpha((unsigned char)t.p[i]) ||
            (i > 0 && strchr("+-", t.p[i])) || (unsigned char)t.p[i] >= 0x80)
            return -1;
        decimals += behind && digit;
        behind = behind || t.p[i] == '.' || t.p[i] == ',';
    }
    return decimals;
}

static bool read_plain(struct text t, struct answer *out)
{
    char plain[MOST];
    t = text_trim(t);
    text_copy(t, plain, sizeof plain);
    out->decimals = decimals_of(t);
    return t.n > 0 && t.n < sizeof plain && expression_read_answer(plain, &out->value);
}

/* "84 %": true when there is such a sign, with *read: is it a number? */
static bool read_percent(struct text t, const char *ask, struct answer *out, bool *read)
{
    bool asked = false;
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++)
        asked = asked || strstr(ask, percents[i]);
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++) {
        if (!ends_with(t, percents[i]))
            continue;
        *read = read_plain((struct text){t.p, t.n - strlen(percents[i])}, out);
        if (!asked) {
            out->value /= 100;
            out->decimals += out->decimals < 0 ? 0 : 2;
        }
        return true;
    }
    return false;
}

/* "12 cm", where the lesson speaks of cm. */
static bool read_unit(struct text t, const char *ask, const char *page, struct answer *out)
{
    size_t from = t.n;
    while (from > 0 && t.p[from - 1] != ' ' && !isdigit((unsigned char)t.p[from - 1]))
        from--;
    struct text unit = {t.p + from, t.n - from};
    bool letters = false;
    for (size_t i = 0; i < unit.n; i++)
        letters = letters || isalpha((unsigned char)unit.p[i]);
    if (!letters || strchr("+-*/.,()", unit.p[0]) ||
        (!has_word(ask, unit) && !has_word(page, unit)))
        return false;
    return read_plain((struct text){t.p, from}, out) && out->decimals >= 0;
}

/* What stands behind "=": behind a name, or behind a sum that makes it. */
static bool behind_equals(struct text *t)
{
    struct text left, right;
    struct answer made, said;
    if (!text_split(*t, '=', &left, &right))
        return true;
    *t = text_trim(right);
    return is_name(left) || (read_plain(left, &made) && read_plain(*t, &said) &&
                             fabs(made.value - said.value) <= 1e-9 * fabs(said.value));
}

bool answer_read(const char *typed, const char *ask, const char *page, struct answer *out)
{
    struct text t = text_trim(text_of(typed));
    bool read = false;
    if (!behind_equals(&t))
        return false;
    if (read_plain(t, out))
        return true;
    if (read_percent(t, ask, out, &read))
        return read;
    return read_unit(t, ask, page, out);
}
