/* Generated sets: curves and clouds with noise, from a seed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/set.h"
#include "glassnet/base/rng.h"
#include "glassnet/data/plane.h"

/* Where sample i of class c lies before noise; t is drawn evenly from [0, 1). */
typedef void (*curve)(struct rng *r, int c, int n_classes, double *x, double *y);

struct generator {
    const char *name;
    curve curve;
    int most_classes; /* 0: a number is to be predicted */
    double noise;     /* unless noise= is given */
    bool alone;       /* one point of each class unless n= is given, none of them for test */
};

static const double pi = 3.14159265358979323846;

/* The two half circles of scikit-learn's make_moons. */
static void moons(struct rng *r, int c, int n_classes, double *x, double *y)
{
    (void)n_classes;
    double angle = pi * (double)rng_unit(r);
    *x = c == 0 ? cos(angle) : 1.0 - cos(angle);
    *y = c == 0 ? sin(angle) : 0.5 - sin(angle);
}

/* Radius 1 for class 0, then equal steps inwards. */
static void circles(struct rng *r, int c, int n_classes, double *x, double *y)
{
    double angle = 2.0 * pi * (double)rng_unit(r), radius = 1.0 - (double)c / n_classes;
    *x = radius * cos(angle);
    *y = radius * sin(angle);
}

/* Class 0 where the signs agree; a tenth next to the axes stays free. */
static void xor
    (struct rng * r, int c, int n_classes, double *x, double *y) {
        (void)n_classes;
        *x = 0.1 + 0.9 * (double)rng_unit(r);
        *y = 0.1 + 0.9 * (double)rng_unit(r);
        bool mirror = rng_u32(r) >> 31;
        *x = mirror ? -*x : *x;
        *y = mirror != (c == 1) ? -*y : *y;
    }

    /* Radius 0 to 2 in one and three quarters of a turn. */
    static void spiral(struct rng *r, int c, int n_classes, double *x, double *y)
{
    double t = (double)rng_unit(r);
    double angle = 2.0 * pi * (1.75 * t + (double)c / n_classes);
    *x = 2.0 * t * sin(angle);
    *y = 2.0 * t * cos(angle);
}

/* Centres on a circle of radius 1; all of the cloud is noise. */
static void blobs(struct rng *r, int c, int n_classes, double *x, double *y)
{
    (void)r;
    double angle = 2.0 * pi * (double)c / n_classes + pi / 4.0;
    *x = cos(angle);
    *y = sin(angle);
}

/* Two halves of a square that stands on a corner; a tenth next to the line between stays free. */
static void linear(struct rng *r, int c, int n_classes, double *x, double *y)
{
    (void)n_classes;
    double along = (double)rng_uniform(r, -1.0f, 1.0f);
    double across = 0.1 + 0.9 * (double)rng_unit(r);
    across = c == 0 ? -across : across;
    *x = (across + along) * sqrt(0.5);
    *y = (across - along) * sqrt(0.5);
}

static void sine(struct rng *r, int c, int n_classes, double *x, double *y)
{
    (void)c;
    (void)n_classes;
    *x = (double)rng_uniform(r, -1.0f, 1.0f);
    *y = sin(pi * *x);
}

static void step(struct rng *r, int c, int n_classes, double *x, double *y)
{
    (void)c;
    (void)n_classes;
    *x = (double)rng_uniform(r, -1.0f, 1.0f);
    *y = *x < 0.0 ? 0.0 : 1.0;
}

static void parabola(struct rng *r, int c, int n_classes, double *x, double *y)
{
    (void)c;
    (void)n_classes;
    *x = (double)rng_uniform(r, -1.0f, 1.0f);
    *y = *x * *x;
}

static const struct generator generators[] = {
    {"moons", moons, 2, 0.1, false},  {"circles", circles, 10, 0.1, false},
    {"xor", xor, 2, 0.1, false},      {"spiral", spiral, 10, 0.1, false},
    {"blobs", blobs, 10, 0.3, false}, {"linear", linear, 2, 0.1, false},
    {"blank", blobs, 10, 0.0, true},  {"sine", sine, 0, 0.1, false},
    {"step", step, 0, 0.1, false},    {"parabola", parabola, 0, 0.1, false},
};

static const struct generator *find(const char *name)
{
    for (size_t i = 0; i < sizeof generators / sizeof *generators; i++)
        if (strcmp(generators[i].name, name) == 0)
            return &generators[i];
    return NULL;
}

bool generated_is(const char *name)
{
    return find(name) != NULL;
}

struct settings {
    long n, seed, classes;
    double noise, share; /* share: held out for test */
    unsigned features;
};

static int axes_of(const struct generator *g)
{
    return g->most_classes ? 2 : 1;
}

static bool read_settings(const struct generator *g, const struct spec *s, struct settings *set,
                          struct err *err)
{
    static const char *const of_classes[] = {"n",        "noise", "seed", "classes",
                                             "features", "test",  NULL};
    static const char *const of_targets[] = {"n", "noise", "seed", "features", "test", NULL};
    const char *features = spec_value(s, "features");
    *set = (struct settings){500, 1, 2, g->noise, g->alone ? 0.0 : TEST_SHARE, 1u << FEATURE_X};
    if (g->most_classes)
        set->features |= 1u << FEATURE_Y;
    if (!spec_allows(s, g->most_classes ? of_classes : of_targets, err) ||
        !spec_long(s, "seed", 0, 4294967295L, &set->seed, err) ||
        !spec_number(s, "noise", 0.0, 10.0, &set->noise, err) ||
        !spec_number(s, "test", 0.0, 0.9, &set->share, err) ||
        (g->most_classes && !spec_long(s, "classes", 2, g->most_classes, &set->classes, err)) ||
        (features && !features_parse(features, axes_of(g), &set->features, err)))
        return false;
    if (g->alone)
        set->n = set->classes;
    return spec_long(s, "n", 2, 1000000, &set->n, err);
}

/* Classes take turns, so that each has its share; then the order is shuffled. */
static bool fill(struct dataset *d, const struct generator *g, const struct settings *set,
                 struct err *err)
{
    struct rng along, noise, order;
    rng_seed(&along, (uint64_t)set->seed, 1);
    rng_seed(&noise, (uint64_t)set->seed, 2);
    rng_seed(&order, (uint64_t)set->seed, 3);
    int *rows = mem_zalloc((size_t)d->n, sizeof *rows);
    d->axes = axes_of(g);
    d->features = set->features;
    d->place = mem_zalloc((size_t)d->n, (size_t)d->axes * sizeof *d->place);
    for (int i = 0; i < d->n; i++) {
        double x, y;
        float *place = d->place + (size_t)i * (size_t)d->axes;
        int c = i % (int)set->classes;
        g->curve(&along, c, (int)set->classes, &x, &y);
        if (g->most_classes)
            x += set->noise * (double)rng_normal(&noise);
        y += set->noise * (double)rng_normal(&noise);
        place[0] = (float)x;
        if (g->most_classes)
            place[1] = (float)y;
        features_fill(d->features, place, d->x + (size_t)i * d->count);
        d->y[i] = g->most_classes ? (float)c : (float)y;
        rows[i] = i;
    }
    rng_shuffle(&order, rows, d->n);
    bool ok = set_keep(d, rows, d->n, err);
    free(rows);
    return ok;
}

static void name_columns(struct dataset *d, const struct generator *g, const struct settings *set)
{
    int column = 0;
    d->feature_names = set_names(d, (int)d->count);
    for (int f = 0; f < FEATURES; f++)
        if (set->features >> f & 1u)
            d->feature_names[column++] = arena_strdup(&d->arena, feature_sign((enum feature)f));
    if (g->most_classes) {
        d->n_classes = (int)set->classes;
        d->class_names = set_numbered(d, d->n_classes);
    } else {
        d->n_targets = 1;
        d->target_names = set_names(d, 1);
        d->target_names[0] = arena_strdup(&d->arena, "y");
    }
    d->source = arena_printf(&d->arena, "generated by Glassnet: n=%ld, noise=%g, seed=%ld", set->n,
                             set->noise, set->seed);
    d->licence = "free of rights";
}

struct dataset *generated_open(const struct spec *s, struct err *err)
{
    const struct generator *g = find(s->name);
    struct settings set;
    if (!read_settings(g, s, &set, err))
        return NULL;
    struct dataset *d = set_create(shape_vector(features_count(set.features)), (int)set.n, 1, err);
    if (!d)
        return NULL;
    name_columns(d, g, &set);
    if (fill(d, g, &set, err) && set_keep_part(d, s, true, set.share, err))
        return d;
    dataset_close(d);
    return NULL;
}
