#include "glassnet/data/plane.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/set.h"

static const struct {
    const char *word, *sign;
} features[FEATURES] = {
    {"x", "x"},    {"y", "y"},         {"x2", "x²"},       {"y2", "y²"},
    {"xy", "x·y"}, {"sinx", "sin πx"}, {"siny", "sin πy"},
};

const char *feature_word(enum feature f)
{
    return features[f].word;
}

const char *feature_sign(enum feature f)
{
    return features[f].sign;
}

unsigned features_of_axes(int axes)
{
    if (axes == 1)
        return 1u << FEATURE_X | 1u << FEATURE_X2 | 1u << FEATURE_SIN_X;
    return axes == 2 ? (1u << FEATURES) - 1 : 0;
}

int features_count(unsigned set)
{
    int n = 0;
    for (int f = 0; f < FEATURES; f++)
        n += (int)(set >> f & 1u);
    return n;
}

bool features_parse(const char *text, int axes, unsigned *out, struct err *err)
{
    struct text rest = text_of(text), word;
    unsigned set = 0;
    for (bool more = true; more;) {
        int f = 0;
        more = text_split(rest, '+', &word, &rest);
        word = text_trim(word);
        while (f < FEATURES && !text_is(word, features[f].word))
            f++;
        if (f == FEATURES || !(features_of_axes(axes) >> f & 1u))
            return err_set(
                err, ERR_USAGE, NULL, 0,
                axes == 1
                    ? N_("\"%.*s\" is nothing that a point of a line has: expected %s, joined by +")
                    : N_("\"%.*s\" is nothing that a point of a plane has: expected %s, joined by "
                         "+"),
                (int)(word.n < 40 ? word.n : 40), word.p,
                axes == 1 ? "x, x2, sinx" : "x, y, x2, y2, xy, sinx, siny");
        set |= 1u << f;
    }
    *out = set;
    return true;
}

char *features_text(unsigned set, char *out, size_t size)
{
    size_t used = 0;
    out[0] = 0;
    for (int f = 0; f < FEATURES; f++)
        if (set >> f & 1u && used < size) {
            int n = snprintf(out + used, size - used, "%s%s", used ? "+" : "", features[f].word);
            used += n > 0 ? (size_t)n : 0;
        }
    return out;
}

static float work_out(enum feature f, float x, float y)
{
    const double pi = 3.14159265358979323846;
    switch (f) {
    case FEATURE_X:
        return x;
    case FEATURE_Y:
        return y;
    case FEATURE_X2:
        return x * x;
    case FEATURE_Y2:
        return y * y;
    case FEATURE_XY:
        return x * y;
    case FEATURE_SIN_X:
        return (float)sin(pi * (double)x);
    case FEATURE_SIN_Y:
        return (float)sin(pi * (double)y);
    case FEATURES:
        break;
    }
    return 0;
}

void features_fill(unsigned set, const float *place, float *x)
{
    float y = set & ~features_of_axes(1) ? place[1] : 0; /* a line's features need no y */
    for (int f = 0; f < FEATURES; f++)
        if (set >> f & 1u)
            *x++ = work_out((enum feature)f, place[0], y);
}

void dataset_find_place(struct dataset *d)
{
    if (d->place || d->shape.rank != 1 || d->count > 2)
        return;
    d->axes = (int)d->count;
    d->features = d->count == 1 ? 1u << FEATURE_X : 1u << FEATURE_X | 1u << FEATURE_Y;
    d->place = mem_zalloc((size_t)d->n, d->count * sizeof *d->place);
    memcpy(d->place, d->x, (size_t)d->n * d->count * sizeof *d->place);
}

static char **copy_names(struct dataset *to, char **names, int n)
{
    if (!names)
        return NULL;
    char **copy = set_names(to, n);
    for (int i = 0; i < n; i++)
        copy[i] = arena_strdup(&to->arena, names[i]);
    return copy;
}

static float *copy_numbers(struct dataset *to, const float *numbers, size_t n)
{
    if (!numbers)
        return NULL;
    float *copy = arena_alloc(&to->arena, n * sizeof *copy);
    memcpy(copy, numbers, n * sizeof *copy);
    return copy;
}

/* Everything of d but its samples, with room for n. */
static struct dataset *copy_form(const struct dataset *d, int n, struct err *err)
{
    struct dataset *to = set_create(d->shape, n, d->y_count, err);
    if (!to)
        return NULL;
    memcpy(to->spec, d->spec, sizeof to->spec);
    memcpy(to->name, d->name, sizeof to->name);
    to->part = d->part;
    to->axes = d->axes;
    to->features = d->features;
    to->place = mem_zalloc((size_t)n, (size_t)d->axes * sizeof *to->place);
    to->n_classes = d->n_classes;
    to->n_targets = d->n_targets;
    to->class_names = copy_names(to, d->class_names, d->n_classes);
    to->feature_names = copy_names(to, d->feature_names, (int)d->count);
    to->target_names = copy_names(to, d->target_names, d->n_targets);
    to->feature_mean = copy_numbers(to, d->feature_mean, d->count);
    to->feature_scale = copy_numbers(to, d->feature_scale, d->count);
    to->notes = arena_strdup(&to->arena, d->notes);
    to->source = arena_strdup(&to->arena, d->source);
    to->licence = arena_strdup(&to->arena, d->licence);
    to->n_train = d->part == DATASET_TEST ? d->n_train : d->n_train + n - d->n;
    to->n_test = d->n_test;
    to->edited = true;
    return to;
}

static void put(struct dataset *d, int i, const float *place, const float *label)
{
    size_t axes = (size_t)d->axes, y_count = (size_t)d->y_count;
    memcpy(d->place + (size_t)i * axes, place, axes * sizeof *place);
    memcpy(d->y + (size_t)i * y_count, label, y_count * sizeof *label);
    features_fill(d->features, place, d->x + (size_t)i * d->count);
}

static bool check_finite(const float *numbers, int n, const char *what, struct err *err)
{
    for (int i = 0; i < n; i++)
        if (!(fabsf(numbers[i]) <= 1e6f))
            return err_set(err, ERR_INPUT, NULL, 0, "%s lies between -1e6 and 1e6; found %g", what,
                           (double)numbers[i]);
    return true;
}

static bool check(const struct dataset *d, const float *place, const float *label, struct err *err)
{
    if (!d->place)
        return err_set(
            err, ERR_STATE, NULL, 0,
            "the samples of %s are no points of a plane or a line: they have %zu numbers", d->name,
            d->count);
    if (!check_finite(place, d->axes, "a point", err) ||
        !check_finite(label, d->y_count, "what is to be predicted", err))
        return false;
    float c = label[0];
    if (d->n_classes && !(c >= 0 && c < (float)d->n_classes && c == floorf(c)))
        return err_set(err, ERR_INPUT, NULL, 0,
                       "a class of %s is a whole number from 0 to %d; found %g", d->name,
                       d->n_classes - 1, (double)c);
    return true;
}

static struct dataset *copy_first(const struct dataset *d, int n, int room, struct err *err)
{
    struct dataset *to = copy_form(d, room, err);
    if (!to)
        return NULL;
    memcpy(to->x, d->x, (size_t)n * d->count * sizeof *d->x);
    memcpy(to->y, d->y, (size_t)n * (size_t)d->y_count * sizeof *d->y);
    memcpy(to->place, d->place, (size_t)n * (size_t)d->axes * sizeof *d->place);
    return to;
}

struct dataset *points_add(const struct dataset *d, const float *place, const float *label,
                           struct err *err)
{
    if (!check(d, place, label, err))
        return NULL;
    struct dataset *to = copy_first(d, d->n, d->n + 1, err);
    if (to)
        put(to, d->n, place, label);
    return to;
}

struct dataset *points_move(const struct dataset *d, int i, const float *place, const float *label,
                            struct err *err)
{
    if (!check(d, place, label, err))
        return NULL;
    struct dataset *to = copy_first(d, d->n, d->n, err);
    if (to)
        put(to, i, place, label);
    return to;
}

struct dataset *points_delete(const struct dataset *d, int i, struct err *err)
{
    int last = d->n - 1;
    if (!d->place) {
        check(d, NULL, NULL, err);
        return NULL;
    }
    if (last < 1) {
        err_set(err, ERR_STATE, NULL, 0,
                "the last point stays: without any there is nothing to learn from");
        return NULL;
    }
    struct dataset *to = copy_first(d, last, last, err);
    if (to && i < last)
        put(to, i, d->place + (size_t)last * (size_t)d->axes, dataset_y(d, last));
    return to;
}

struct dataset *points_replace(const struct dataset *d, int n, const float *places,
                               const float *labels, struct err *err)
{
    size_t axes = (size_t)d->axes, y_count = (size_t)d->y_count;
    for (int i = 0; i < n; i++)
        if (!check(d, places + (size_t)i * axes, labels + (size_t)i * y_count, err))
            return NULL;
    struct dataset *to = copy_form(d, n, err);
    for (int i = 0; to && i < n; i++)
        put(to, i, places + (size_t)i * axes, labels + (size_t)i * y_count);
    return to;
}
