/* Tables: a header, then rows of numbers with a class or with numbers to predict. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/csv_reader.h"
#include "glassnet/base/file.h"

enum { MOST_CLASSES = 1000 };

/* By its name, or as @3 by its place: for names that hold the signs of DATA texts. */
static int find_column(const struct csv_table *t, struct text name)
{
    long place;
    for (int c = 0; c < t->columns; c++)
        if (name.n == strlen(t->header[c]) && memcmp(t->header[c], name.p, name.n) == 0)
            return c;
    bool is_place = name.n > 1 && name.p[0] == '@' &&
                    text_to_long((struct text){name.p + 1, name.n - 1}, &place);
    return is_place && place >= 1 && place <= t->columns ? (int)place - 1 : -1;
}

static void list_columns(const struct csv_table *t, char *list, size_t size)
{
    list[0] = 0;
    for (int c = 0; c < t->columns; c++) {
        size_t n = strlen(list);
        snprintf(list + n, size - n, "%s%s", c ? ", " : "", t->header[c]);
    }
}

static bool no_column(const struct csv_table *t, struct text name, struct err *err)
{
    char list[256];
    list_columns(t, list, sizeof list);
    return err_set(err, ERR_INPUT, t->path, 1, "has no column \"%.*s\"; its columns are %s",
                   (int)name.n, name.p, list);
}

static bool no_answers(const struct csv_table *t, struct err *err)
{
    char list[256];
    list_columns(t, list, sizeof list);
    return err_set(err, ERR_INPUT, t->path, 1,
                   "has no column \"label\" or \"target\"; its columns are %s: say which one with "
                   ":label=NAME or :target=NAME behind the file's name",
                   list);
}

/* target, target2, target3, ... */
static bool is_target_name(const char *name)
{
    return strncmp(name, "target", 6) == 0 && name[6 + strspn(name + 6, "0123456789")] == 0;
}

static bool use_named(struct csv_reader *r, const char *names, enum column_use use, struct err *err)
{
    struct text rest = text_of(names), name;
    int whole = use != USE_TARGET ? find_column(r->t, rest) : -1; /* a name may hold a + */
    if (use == USE_LABEL && whole < 0)
        return no_column(r->t, rest, err);
    if (whole >= 0) {
        r->use[whole] = use;
        return true;
    }
    for (bool more = true; more;) {
        more = text_split(rest, '+', &name, &rest);
        int c = find_column(r->t, name);
        if (c < 0)
            return no_column(r->t, name, err);
        r->use[c] = use;
    }
    return true;
}

static int count_use(const struct csv_reader *r, enum column_use use)
{
    int n = 0;
    for (int c = 0; c < r->t->columns; c++)
        n += r->use[c] == use;
    return n;
}

static bool choose_columns(struct csv_reader *r, struct err *err)
{
    const char *label = spec_value(r->s, "label"), *target = spec_value(r->s, "target");
    const char *leave = spec_value(r->s, "leave"), *words = spec_value(r->s, "words");
    if (leave && !use_named(r, leave, USE_NOTHING, err))
        return false;
    if (words && !use_named(r, words, USE_WORDS, err))
        return false;
    int named = count_use(r, USE_WORDS);
    if (label && target)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%s\" gives both label= and target=: expected one of them", r->s->text);
    if ((label && !use_named(r, label, USE_LABEL, err)) ||
        (target && !use_named(r, target, USE_TARGET, err)))
        return false;
    if (!label && !target) {
        int found = find_column(r->t, text_of("label"));
        if (found >= 0)
            r->use[found] = USE_LABEL;
        for (int c = 0; c < r->t->columns && found < 0; c++)
            if (is_target_name(r->t->header[c]))
                r->use[c] = USE_TARGET;
    }
    if (count_use(r, USE_WORDS) < named)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%s\" gives a column as words= that is the answer, too", r->s->text);
    r->label = -1;
    for (int c = 0; c < r->t->columns; c++) {
        r->n_features += r->use[c] == USE_FEATURE;
        r->n_targets += r->use[c] == USE_TARGET;
        r->label = r->use[c] == USE_LABEL ? c : r->label;
    }
    if (r->label < 0 && r->n_targets == 0)
        return no_answers(r->t, err);
    if (r->n_features == 0 && named == 0)
        return err_set(err, ERR_INPUT, r->t->path, 1,
                       "has no column besides its answers, so nothing to learn from");
    return true;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_number(const char *label, double *value)
{
    return text_to_double(text_of(label), value) && isfinite(*value);
}

/* For labels that are all numbers. */
static int compare_numbers(const void *a, const void *b)
{
    double x = 0.0, y = 0.0;
    is_number(*(const char *const *)a, &x);
    is_number(*(const char *const *)b, &y);
    return x < y ? -1 : x > y ? 1 : compare_texts(a, b);
}

/* Labels that are all whole numbers from 0 are the class indices themselves: then a table that
 * lacks a class still numbers the others alike. Returns the largest, or -1. */
static long largest_index(const struct csv_reader *r)
{
    long most = -1, value;
    for (int i = 0; i < r->t->rows; i++) {
        struct text cell = text_of(csv_cell(r->t, i, r->label));
        if (!text_to_long(cell, &value) || value < 0 || value >= MOST_CLASSES)
            return -1;
        most = value > most ? value : most;
    }
    return most;
}

/* The different labels in order: numbers by size, other texts by their bytes. */
static bool collect_names(const struct csv_reader *r, struct dataset *d, struct err *err)
{
    const char **all = mem_zalloc((size_t)r->t->rows, sizeof *all);
    bool numbers = true;
    double value;
    for (int i = 0; i < r->t->rows; i++) {
        all[i] = csv_cell(r->t, i, r->label);
        numbers = numbers && is_number(all[i], &value);
    }
    qsort(all, (size_t)r->t->rows, sizeof *all, numbers ? compare_numbers : compare_texts);
    int n = 0;
    for (int i = 0; i < r->t->rows; i++)
        if (n == 0 || strcmp(all[n - 1], all[i]) != 0)
            all[n++] = all[i];
    bool ok = n <= MOST_CLASSES;
    if (!ok)
        err_set(err, ERR_INPUT, r->t->path, 0,
                "has %d different labels in column \"%s\", expected at most %d; numbers to predict "
                "are asked for with target=%s",
                n, r->t->header[r->label], MOST_CLASSES, r->t->header[r->label]);
    d->n_classes = ok ? n : 0;
    d->class_names = set_names(d, d->n_classes);
    for (int c = 0; c < d->n_classes; c++)
        d->class_names[c] = arena_strdup(&d->arena, all[c]);
    free(all);
    return ok;
}

static void names_from_option(struct dataset *d, const char *option)
{
    struct text rest = text_of(option), name;
    int n = 1;
    for (const char *p = option; *p; p++)
        n += *p == '+';
    d->n_classes = n;
    d->class_names = set_names(d, n);
    for (int c = 0; c < n; c++) {
        text_split(rest, '+', &name, &rest);
        d->class_names[c] = arena_strndup(&d->arena, name.p, name.n);
    }
}

static int class_of(const struct dataset *d, const char *label)
{
    for (int c = 0; c < d->n_classes; c++)
        if (strcmp(d->class_names[c], label) == 0)
            return c;
    return -1;
}

static bool read_labels(const struct csv_reader *r, struct dataset *d, struct err *err)
{
    const struct csv_table *t = r->t;
    csv_trim_column(r->t, r->label);
    const char *option = r->classes;
    long most = option ? -1 : largest_index(r);
    if (option) {
        names_from_option(d, option);
    } else if (most >= 0) {
        d->n_classes = (int)most + 1;
        d->class_names = set_numbered(d, d->n_classes);
    } else if (!collect_names(r, d, err)) {
        return false;
    }
    for (int i = 0; i < t->rows; i++) {
        const char *label = csv_cell(t, i, r->label);
        long index = -1;
        if (most >= 0)
            text_to_long(text_of(label), &index);
        else
            index = class_of(d, label);
        if (index < 0)
            return err_set(err, ERR_INPUT, t->path, t->line[i],
                           "has the label \"%.60s\", which is none of classes=%s", label, option);
        d->y[i] = (float)index;
    }
    return true;
}

static void name_targets(const struct csv_reader *r, struct dataset *d)
{
    int target = 0;
    if (r->n_targets)
        d->target_names = set_names(d, r->n_targets);
    for (int c = 0; c < r->t->columns; c++)
        if (r->use[c] == USE_TARGET)
            d->target_names[target++] = arena_strdup(&d->arena, r->t->header[c]);
}

static struct dataset *read_table(struct csv_reader *r, struct err *err)
{
    struct csv_table *t = r->t;
    struct dataset *d = NULL;
    double share;
    r->use = mem_zalloc((size_t)t->columns, sizeof *r->use);
    if (set_test_share(r->s, &share, err) && choose_columns(r, err) && csv_collect_words(r, err) &&
        csv_check_missing(r, err))
        d = set_create(shape_vector(r->n_features), t->rows, r->n_targets ? r->n_targets : 1, err);
    if (d) {
        d->n_targets = r->n_targets;
        csv_name_inputs(r, d);
        name_targets(r, d);
        d->source = arena_strdup(&d->arena, t->path);
        bool ok = (r->label < 0 || read_labels(r, d, err)) && csv_read_numbers(r, d, err) &&
                  set_shuffle_grouped(d, false, err) && csv_finish_features(r, d, err) &&
                  set_keep_part(d, r->s, r->splits, share, err);
        if (!ok) {
            dataset_close(d);
            d = NULL;
        }
    }
    csv_free_words(r);
    free(r->use);
    return d;
}

struct dataset *csv_open(const struct spec *s, const char *path, struct err *err)
{
    static const char *const allowed[] = {"label", "target", "classes", "standardize", "missing",
                                          "leave", "words",  "test",    NULL};
    struct csv_table t;
    if (!spec_allows(s, allowed, err) || !csv_table_read(&t, path, err))
        return NULL;
    struct csv_reader r = {.s = s, .t = &t, .classes = spec_value(s, "classes")};
    struct dataset *d = read_table(&r, err);
    csv_table_free(&t);
    return d;
}

struct dataset *csv_open_named(const struct spec *s, const char *path, const char *classes,
                               struct err *err)
{
    static const char *const allowed[] = {"standardize", NULL};
    struct csv_table t;
    if (!spec_allows(s, allowed, err) || !csv_table_read(&t, path, err))
        return NULL;
    struct csv_reader r = {.s = s, .t = &t, .classes = classes, .splits = true};
    struct dataset *d = read_table(&r, err);
    csv_table_free(&t);
    return d;
}
