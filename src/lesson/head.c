/* The head of a lesson: key: value lines. */
#include <string.h>

#include "lesson/reader.h"

static const char *const keys[] = {"title",   "order", "minutes", "needs", "teaches",
                                   "network", "data",  "lock",    "hide"};
enum { KEYS = sizeof keys / sizeof *keys };

static const char *const locked[] = {"build", "train", "edit", "step", "draw", "data", "open"};
/* Bars and their parts, tabs of the panel, views by their names. */
static const char *const hidden[] = {
    "formula", "inspect", "controls",    "draw",    "loss",      "phases", "samples",
    "tools",   "views",   "other-views", "network", "transport", "matrix", "layer",
    "chain",   "slope",   "run",         "plane",   "train",     "inside", "build",
    "kernels", "beside",  "optimizers",  "data"};

static bool read_number(struct reader *r, struct text value, const char *key, int line, int *out)
{
    long n;
    if (!text_to_long(value, &n) || n < 1 || n > 9999)
        return reader_fail(r, line, "%s is a whole number from 1 to 9999, found \"%.*s\"", key,
                           (int)value.n, value.p);
    *out = (int)n;
    return true;
}

/* [a, b, c], quotes allowed. */
static bool read_list(struct reader *r, struct text value, const char *key, int line,
                      const char *const **out, int *count)
{
    if (value.n < 2 || value.p[0] != '[' || value.p[value.n - 1] != ']')
        return reader_fail(r, line, "%s is a list such as [one, two], found \"%.*s\"", key,
                           (int)value.n, value.p);
    struct text rest = {value.p + 1, value.n - 2}, item;
    struct list list = {0};
    while (text_trim(rest).n) {
        struct text all = rest;
        text_split(all, ',', &item, &rest);
        item = text_trim(item);
        if (item.n >= 2 && (item.p[0] == '"' || item.p[0] == '\'') &&
            item.p[item.n - 1] == item.p[0])
            item = (struct text){item.p + 1, item.n - 2};
        if (item.n == 0)
            return reader_fail(r, line, "a word is missing between the commas of %s", key);
        const char **place = list_add(&r->lesson->arena, &list, sizeof *place);
        *place = arena_strndup(&r->lesson->arena, item.p, item.n);
    }
    *out = list.items;
    *count = list.count;
    return true;
}

static bool is_among(const char *word, const char *const *words, size_t n)
{
    bool is = false;
    for (size_t k = 0; k < n; k++)
        is = is || strcmp(words[k], word) == 0;
    return is;
}

static bool check_lock(struct reader *r, int line)
{
    const struct lesson *l = r->lesson;
    for (int i = 0; i < l->lock_count; i++)
        if (!is_among(l->lock[i], locked, sizeof locked / sizeof *locked))
            return reader_fail(r, line,
                               "lock takes build, train, edit, step, draw, data and open, found "
                               "\"%s\"",
                               l->lock[i]);
    return true;
}

static bool check_hide(struct reader *r, int line)
{
    const struct lesson *l = r->lesson;
    for (int i = 0; i < l->hide_count; i++)
        if (!is_among(l->hide[i], hidden, sizeof hidden / sizeof *hidden))
            return reader_fail(
                r, line,
                "hide takes formula, inspect, controls, draw, loss, phases, samples, tools, "
                "transport, views, other-views and names of views, found \"%s\"",
                l->hide[i]);
    return true;
}

static bool read_value(struct reader *r, int key, struct text value, int line)
{
    struct lesson *l = r->lesson;
    const char *copy = arena_strndup(&l->arena, value.p, value.n);
    switch (key) {
    case 0:
        l->title = copy;
        return true;
    case 1:
        return read_number(r, value, "order", line, &l->order);
    case 2:
        return read_number(r, value, "minutes", line, &l->minutes);
    case 3:
        return read_list(r, value, "needs", line, &l->needs, &l->needs_count);
    case 4:
        return read_list(r, value, "teaches", line, &l->teaches, &l->teaches_count);
    case 5:
        l->network = copy;
        return true;
    case 6:
        l->data = copy;
        return true;
    case 7:
        return read_list(r, value, "lock", line, &l->lock, &l->lock_count) && check_lock(r, line);
    default:
        return read_list(r, value, "hide", line, &l->hide, &l->hide_count) && check_hide(r, line);
    }
}

static int find_key(struct text name)
{
    for (int i = 0; i < KEYS; i++)
        if (text_is(name, keys[i]))
            return i;
    return -1;
}

bool reader_head(struct reader *r, struct text head, int line)
{
    int seen[KEYS] = {0};
    for (; head.n; line++) {
        struct text t = text_trim(text_next_line(&head)), name, value;
        if (t.n == 0)
            continue;
        if (!text_split(t, ':', &name, &value))
            return reader_fail(r, line, "a line of the head is KEY: VALUE, found \"%.*s\"",
                               (int)t.n, t.p);
        name = text_trim(name);
        value = text_trim(value);
        int key = find_key(name);
        if (key < 0)
            return reader_fail(r, line,
                               "\"%.*s\" is no key of the head; there are title, order, minutes, "
                               "needs, teaches, network, data, lock and hide",
                               (int)name.n, name.p);
        if (seen[key])
            return reader_fail(r, line, "%s is there twice (first in line %d)", keys[key],
                               seen[key]);
        if (value.n == 0)
            return reader_fail(r, line, "nothing follows %s:", keys[key]);
        seen[key] = line;
        if (!read_value(r, key, value, line))
            return false;
    }
    if (!seen[0])
        return reader_fail(r, 1, "the head has no title: line");
    return true;
}
