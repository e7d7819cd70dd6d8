#include "data/set.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/rng.h"

enum {
    SHUFFLE_FROM = 100, /* samples from which on grouped sets are shuffled */
    ORDER_STREAM = 11,  /* the generator's streams of the fixed shuffles */
    SPLIT_STREAM = 12,
    FIXED_SEED = 20200202 /* any number, but always the same */
};

struct dataset *set_create(struct shape shape, int n, int y_count, struct err *err)
{
    struct dataset *d = mem_zalloc(1, sizeof *d);
    arena_init(&d->arena);
    d->shape = shape;
    d->count = shape_count(&shape);
    d->n = n;
    d->y_count = y_count;
    d->source = "";
    d->licence = "";
    d->notes = "";
    d->x = mem_try((size_t)n, d->count * sizeof *d->x);
    d->y = mem_try((size_t)n, (size_t)y_count * sizeof *d->y);
    if (!d->x || !d->y) {
        err_set(err, ERR_IO, NULL, 0, "%d samples of %zu numbers do not fit into memory", n,
                d->count);
        dataset_close(d);
        return NULL;
    }
    return d;
}

void dataset_close(struct dataset *d)
{
    if (!d || d->holders-- > 0)
        return;
    free(d->x);
    free(d->y);
    free(d->place);
    arena_deinit(&d->arena);
    free(d);
}

struct dataset *dataset_hold(struct dataset *d)
{
    d->holders++;
    return d;
}

char **set_names(struct dataset *d, int n)
{
    return arena_alloc(&d->arena, (size_t)n * sizeof(char *));
}

char **set_numbered(struct dataset *d, int n)
{
    char **names = set_names(d, n);
    for (int i = 0; i < n; i++)
        names[i] = arena_printf(&d->arena, "%d", i);
    return names;
}

bool set_keep(struct dataset *d, const int *rows, int n, struct err *err)
{
    float *x = mem_try((size_t)n, d->count * sizeof *x);
    float *y = mem_try((size_t)n, (size_t)d->y_count * sizeof *y);
    size_t axes = (size_t)d->axes;
    float *place = d->place ? mem_try((size_t)n, axes * sizeof *place) : NULL;
    if (!x || !y || (d->place && !place)) {
        free(x);
        free(y);
        free(place);
        return err_set(err, ERR_IO, NULL, 0, "%d samples do not fit into memory", n);
    }
    for (int i = 0; i < n; i++) {
        memcpy(x + (size_t)i * d->count, dataset_x(d, rows[i]), d->count * sizeof *x);
        memcpy(y + (size_t)i * (size_t)d->y_count, dataset_y(d, rows[i]),
               (size_t)d->y_count * sizeof *y);
        if (place)
            memcpy(place + (size_t)i * axes, d->place + (size_t)rows[i] * axes,
                   axes * sizeof *place);
    }
    free(d->x);
    free(d->y);
    free(d->place);
    d->x = x;
    d->y = y;
    d->place = place;
    d->n = n;
    return true;
}

/* True when each class's samples stand together, and there are several classes. */
static bool is_grouped(const struct dataset *d)
{
    bool *seen = mem_zalloc((size_t)d->n_classes, sizeof *seen);
    int groups = 0;
    bool grouped = true;
    for (int i = 0; i < d->n && grouped; i++) {
        int c = dataset_class(d, i);
        if (i > 0 && c == dataset_class(d, i - 1))
            continue;
        grouped = !seen[c];
        seen[c] = true;
        groups++;
    }
    free(seen);
    return grouped && groups > 1;
}

bool set_shuffle_grouped(struct dataset *d, bool always, struct err *err)
{
    if (!always && (d->n_classes == 0 || d->n < SHUFFLE_FROM || !is_grouped(d)))
        return true;
    int *rows = mem_zalloc((size_t)d->n, sizeof *rows);
    for (int i = 0; i < d->n; i++)
        rows[i] = i;
    struct rng r;
    rng_seed(&r, FIXED_SEED, ORDER_STREAM);
    rng_shuffle(&r, rows, d->n);
    bool ok = set_keep(d, rows, d->n, err);
    free(rows);
    return ok;
}

bool set_test_share(const struct spec *s, double *share, struct err *err)
{
    *share = TEST_SHARE;
    return spec_number(s, "test", 0.05, 0.6, share, err);
}

bool *set_choose_test(const struct dataset *d, double share)
{
    bool *test = mem_zalloc((size_t)d->n, sizeof *test);
    int *rows = mem_zalloc((size_t)d->n, sizeof *rows);
    struct rng r;
    rng_seed(&r, FIXED_SEED, SPLIT_STREAM);
    int groups = d->n_classes ? d->n_classes : 1;
    for (int g = 0; g < groups; g++) {
        int n = 0;
        for (int i = 0; i < d->n; i++)
            if (!d->n_classes || dataset_class(d, i) == g)
                rows[n++] = i;
        rng_shuffle(&r, rows, n);
        int held = (int)(n * share + 0.5);
        for (int i = 0; i < held; i++)
            test[rows[i]] = true;
    }
    free(rows);
    return test;
}

bool set_keep_part(struct dataset *d, const struct spec *s, bool splits, double share,
                   struct err *err)
{
    d->part = s->part;
    if (!splits && !s->part_given) {
        d->n_train = d->n;
        if (s->part == DATASET_TEST)
            return err_set(err, ERR_STATE, NULL, 0,
                           "%s has no test part of its own: give another set, or %s:test for a "
                           "fifth of it held out (and %s:train for the rest)",
                           s->name, s->name, s->name);
        return true;
    }
    bool *test = set_choose_test(d, share);
    int *rows = mem_zalloc((size_t)d->n, sizeof *rows);
    int n = 0, n_test = 0, whole = d->n;
    for (int i = 0; i < whole; i++) {
        n_test += test[i];
        if (s->part == DATASET_ALL || test[i] == (s->part == DATASET_TEST))
            rows[n++] = i;
    }
    bool ok = true;
    if (n == 0)
        ok = err_set(err, ERR_STATE, NULL, 0, "%s has too few samples (%d) to hold out a test part",
                     s->name, whole);
    else if (n < whole)
        ok = set_keep(d, rows, n, err);
    d->n_train = whole - n_test;
    d->n_test = n_test;
    free(test);
    free(rows);
    return ok;
}

bool set_read_augment(struct dataset *d, const struct spec *s, struct err *err)
{
    const char *text = spec_value(s, "augment");
    long seed = 1;
    if (!text)
        return generated_is(s->name) || !spec_value(s, "seed") ||
               err_set(err, ERR_USAGE, NULL, 0, "seed= in \"%s\" goes with augment=: add it",
                       s->text);
    if (!spec_long(s, "seed", 0, 4294967295L, &seed, err))
        return false;
    d->augment_seed = (uint64_t)seed;
    return augment_parse(&d->augment, text, &d->shape, err);
}
