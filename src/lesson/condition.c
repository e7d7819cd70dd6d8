#include <math.h>
#include <string.h>

#include "glassnet/lesson/expression.h"

static const char *const phases[] = {"forward", "loss", "backward", "update"};

/* One cell and nothing else, as `select` and `edit` take it. */
static bool read_cell(struct arena *arena, struct text t, const char *word, const char *file,
                      int line, const char **cell, struct err *err)
{
    t = text_trim(t);
    if (t.n == 0)
        return err_set(err, ERR_INPUT, file, line, "\"%s\" needs the name of a cell", word);
    struct expression *e = expression_parse(arena, t, file, line, err);
    if (!e)
        return false;
    *cell = expression_cell(e);
    return *cell ||
           err_set(err, ERR_INPUT, file, line, "\"%s\" needs the name of one cell, found \"%.*s\"",
                   word, (int)t.n, t.p);
}

/* Cuts t before " or "; what stands behind it. */
static struct text split_or(struct text *t)
{
    for (size_t i = 0; i + 4 <= t->n; i++)
        if (memcmp(t->p + i, " or ", 4) == 0) {
            struct text second = {t->p + i + 4, t->n - i - 4};
            t->n = i;
            return second;
        }
    return (struct text){t->p, 0};
}

static bool read_step(struct text rest, const char *file, int line, struct condition *out,
                      struct err *err)
{
    struct text t = text_trim(rest);
    long n = 1;
    if (t.n && (!text_to_long(t, &n) || n < 1 || n > 100000))
        return err_set(err, ERR_INPUT, file, line,
                       "\"step\" takes a number of steps from 1 on, found \"%.*s\"", (int)t.n, t.p);
    out->kind = CONDITION_STEP;
    out->count = (int)n;
    return true;
}

static bool read_phase(struct text rest, const char *file, int line, struct condition *out,
                       struct err *err)
{
    struct text t = text_trim(rest);
    out->kind = CONDITION_PHASE;
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
        if (text_is(t, phases[i])) {
            out->phase = phases[i];
            return true;
        }
    return err_set(err, ERR_INPUT, file, line,
                   "\"phase\" takes forward, loss, backward or update, found \"%.*s\"", (int)t.n,
                   t.p);
}

/* The first comparison sign in t: where it is and how long. */
static const char *find_sign(struct text t, size_t *at, size_t *length)
{
    static const char *const written[] = {"<=",     ">=",     "!=", "==", "\u2264",
                                          "\u2265", "\u2260", "<",  ">",  "="};
    static const char *const means[] = {"<=", ">=", "!=", "=", "<=", ">=", "!=", "<", ">", "="};
    for (*at = 0; *at < t.n; ++*at)
        for (size_t i = 0; i < sizeof written / sizeof *written; i++)
            if (text_starts((struct text){t.p + *at, t.n - *at}, written[i])) {
                *length = strlen(written[i]);
                return means[i];
            }
    return NULL;
}

static bool read_comparison(struct arena *arena, struct text t, const char *file, int line,
                            struct condition *out, struct err *err)
{
    size_t at, length;
    out->kind = CONDITION_COMPARE;
    out->sign = find_sign(t, &at, &length);
    if (!out->sign)
        return err_set(err, ERR_INPUT, file, line,
                       "\"%.*s\" is no condition; expected select CELL, step, phase NAME, edit "
                       "CELL or a comparison such as loss < 0.1",
                       (int)t.n, t.p);
    out->left = expression_parse(arena, (struct text){t.p, at}, file, line, err);
    if (!out->left)
        return false;
    struct text right = {t.p + at + length, t.n - at - length};
    out->right = expression_parse(arena, right, file, line, err);
    return out->right != NULL;
}

bool condition_parse(struct arena *arena, struct text t, const char *file, int line,
                     struct condition *out, struct err *err)
{
    *out = (struct condition){0};
    t = text_trim(t);
    if (t.n == 0)
        return err_set(err, ERR_INPUT, file, line,
                       "a condition is missing: select CELL, step, phase NAME, edit CELL or a "
                       "comparison such as loss < 0.1");
    out->text = arena_strndup(arena, t.p, t.n);
    struct text rest = t, word = text_next_word(&rest);
    if (text_is(word, "select")) {
        struct text second = split_or(&rest);
        out->kind = CONDITION_SELECT;
        return read_cell(arena, rest, "select", file, line, &out->cell, err) &&
               (second.n == 0 || read_cell(arena, second, "select", file, line, &out->other, err));
    }
    if (text_is(word, "edit")) {
        out->kind = CONDITION_EDIT;
        return read_cell(arena, rest, "edit", file, line, &out->cell, err);
    }
    if (text_is(word, "step"))
        return read_step(rest, file, line, out, err);
    if (text_is(word, "phase"))
        return read_phase(rest, file, line, out, err);
    return read_comparison(arena, t, file, line, out, err);
}

static bool compare(const char *sign, double a, double b)
{
    double larger = fmax(fabs(a), fabs(b));
    bool equal = a == b || fabs(a - b) <= 1e-6 * larger;
    if (sign[0] == '=')
        return equal;
    if (sign[0] == '!')
        return !equal;
    if (sign[0] == '<')
        return sign[1] ? a <= b : a < b;
    return sign[1] ? a >= b : a > b;
}

bool condition_holds(const struct condition *c, cell_lookup *lookup, void *context, bool *holds,
                     struct err *err)
{
    double a, b;
    if (!expression_value(c->left, lookup, context, &a, err) ||
        !expression_value(c->right, lookup, context, &b, err))
        return false;
    *holds = compare(c->sign, a, b);
    return true;
}
