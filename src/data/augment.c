#include "glassnet/data/augment.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/rng.h"
#include "glassnet/base/text.h"

/* Simard's numbers are for pictures of about this size. */
static const double simard_alpha = 34.0, simard_sigma = 4.0, simard_side = 28.0;

bool augment_is_none(const struct augment *a)
{
    return !(a->shift > 0.0 || a->rotate > 0.0 || a->scale > 0.0 || a->elastic > 0.0);
}

struct word {
    const char *name;
    size_t offset; /* in struct augment */
    double least, most;
};

static const struct word words[] = {
    {"shift", offsetof(struct augment, shift), 0.0, 1000.0},
    {"rotate", offsetof(struct augment, rotate), 0.0, 180.0},
    {"scale", offsetof(struct augment, scale), 0.0, 0.9},
    {"elastic", offsetof(struct augment, elastic), 0.0, 100000.0},
    {"sigma", offsetof(struct augment, sigma), 0.1, 1000.0},
};

static bool read_word(struct augment *a, struct text word, bool *elastic_alone, struct err *err)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const struct word *w = &words[i];
        if (!text_starts(word, w->name))
            continue;
        struct text number = {word.p + strlen(w->name), word.n - strlen(w->name)};
        double value;
        if (number.n == 0 && strcmp(w->name, "elastic") == 0) {
            *elastic_alone = true;
            return true;
        }
        if (!text_to_double(number, &value) || !(value >= w->least && value <= w->most))
            return err_set(err, ERR_USAGE, NULL, 0,
                           "\"%.*s\" in augment=: expected %s and a number from %g to %g, such as "
                           "shift2, rotate10 or scale0.1",
                           (int)word.n, word.p, w->name, w->least, w->most);
        memcpy((char *)a + w->offset, &value, sizeof value);
        return true;
    }
    return err_set(err, ERR_USAGE, NULL, 0,
                   "\"%.*s\" is no augmentation: expected shift, rotate, scale, elastic or sigma "
                   "joined by +, such as augment=shift2+rotate10+scale0.1+elastic",
                   (int)word.n, word.p);
}

bool augment_parse(struct augment *a, const char *text, const struct shape *shape, struct err *err)
{
    struct text rest = text_of(text), word;
    bool elastic_alone = false;
    *a = (struct augment){0};
    if (shape->rank != 3)
        return err_set(err, ERR_USAGE, NULL, 0, "augment= is for pictures, not for tables");
    for (bool more = true; more;) {
        more = text_split(rest, '+', &word, &rest);
        if (!read_word(a, word, &elastic_alone, err))
            return false;
    }
    double size = (shape->dim[0] > shape->dim[1] ? shape->dim[0] : shape->dim[1]) / simard_side;
    if (a->sigma > 0.0 && !(a->elastic > 0.0) && !elastic_alone)
        return err_set(err, ERR_USAGE, NULL, 0, "sigma in augment= goes with elastic: add it");
    if (!(a->sigma > 0.0))
        a->sigma = simard_sigma * size;
    /* The smoothed field is about alpha / sigma pixels strong, which goes with the size. */
    if (elastic_alone)
        a->elastic = simard_alpha * size * size;
    return true;
}

char *augment_text(const struct augment *a, char *out, size_t size)
{
    static const char *const formats[] = {"shift %g px", "rotate %g°", "scale %g",
                                          "elastic %g, sigma %g"};
    const double values[] = {a->shift, a->rotate, a->scale, a->elastic};
    size_t used = 0;
    snprintf(out, size, "none");
    for (size_t i = 0; i < sizeof values / sizeof *values && used < size; i++) {
        if (!(values[i] > 0.0))
            continue;
        if (used)
            used += (size_t)snprintf(out + used, size - used, ", ");
        if (used < size)
            used += (size_t)(i < 3 ? snprintf(out + used, size - used, formats[i], values[i])
                                   : snprintf(out + used, size - used, formats[i], values[i],
                                              a->sigma));
    }
    return out;
}

/* SplitMix64's finaliser (Steele, Lea and Flood 2014): neighbours become strangers. */
static uint64_t mixed(uint64_t z)
{
    z += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static struct rng generator(uint64_t seed, uint64_t epoch, int sample, uint64_t stream)
{
    struct rng r;
    rng_seed(&r, mixed(mixed(mixed(seed) + epoch) + (uint64_t)sample), stream);
    return r;
}

static double evenly(struct rng *r, double limit)
{
    return limit * (2.0 * (double)rng_unit(r) - 1.0);
}

struct augment_drawn augment_draw(const struct augment *a, uint64_t seed, uint64_t epoch,
                                  int sample)
{
    /* All are drawn always, so that one limit changes nothing of the others. */
    struct rng r = generator(seed, epoch, sample, 1);
    struct augment_drawn d;
    d.down = evenly(&r, a->shift);
    d.right = evenly(&r, a->shift);
    d.degrees = evenly(&r, a->rotate);
    d.factor = 1.0 + evenly(&r, a->scale);
    return d;
}

static double pixel(const float *x, const struct shape *s, int row, int column, int channel)
{
    if (row < 0 || column < 0 || row >= s->dim[0] || column >= s->dim[1])
        return 0.0;
    size_t place = (size_t)row * (size_t)s->dim[1] + (size_t)column;
    return (double)x[place * (size_t)s->dim[2] + (size_t)channel];
}

/* Bilinear interpolation at the place (down, right), counted from the first pixel's middle. */
static void read_place(const float *x, const struct shape *s, double down, double right, float *out)
{
    /* Places far outside are all alike; held so that they fit an int. */
    down = fmin(fmax(down, -2.0), s->dim[0] + 1.0);
    right = fmin(fmax(right, -2.0), s->dim[1] + 1.0);
    int row = (int)floor(down), column = (int)floor(right);
    double v = down - row, u = right - column;
    for (int c = 0; c < s->dim[2]; c++) {
        double above =
            (1.0 - u) * pixel(x, s, row, column, c) + u * pixel(x, s, row, column + 1, c);
        double below =
            (1.0 - u) * pixel(x, s, row + 1, column, c) + u * pixel(x, s, row + 1, column + 1, c);
        out[c] = (float)((1.0 - v) * above + v * below);
    }
}

void augment_move(const struct augment_drawn *drawn, const struct shape *shape, const float *x,
                  const float *shift_down, const float *shift_right, float *out)
{
    const double pi = 3.14159265358979323846;
    double angle = drawn->degrees * pi / 180.0;
    double cosine = cos(angle), sine = sin(angle);
    double middle = (shape->dim[0] - 1) / 2.0, centre = (shape->dim[1] - 1) / 2.0;
    for (int row = 0; row < shape->dim[0]; row++) {
        for (int column = 0; column < shape->dim[1]; column++) {
            size_t place = (size_t)row * (size_t)shape->dim[1] + (size_t)column;
            double y = (row - middle - drawn->down) / drawn->factor;
            double z = (column - centre - drawn->right) / drawn->factor;
            double down = middle + z * sine + y * cosine;
            double right = centre + z * cosine - y * sine;
            if (shift_down)
                down += (double)shift_down[place];
            if (shift_right)
                right += (double)shift_right[place];
            read_place(x, shape, down, right, out + place * (size_t)shape->dim[2]);
        }
    }
}

/* One pass of a Gaussian along n numbers `stride` apart; what lies outside counts as 0. */
static void smooth(const float *from, float *to, int n, int stride, const double *weight,
                   int radius)
{
    for (int i = 0; i < n; i++) {
        int first = i - radius < 0 ? 0 : i - radius, last = i + radius < n ? i + radius : n - 1;
        double sum = 0.0;
        for (int k = first; k <= last; k++)
            sum += weight[k < i ? i - k : k - i] * (double)from[k * stride];
        to[i * stride] = (float)sum;
    }
}

/* A field of displacements; spare is of the same size. */
static void draw_field(struct rng *r, const struct augment *a, int height, int width,
                       const double *weight, int radius, float *field, float *spare)
{
    for (int i = 0; i < height * width; i++)
        field[i] = (float)evenly(r, a->elastic);
    for (int row = 0; row < height; row++)
        smooth(field + row * width, spare + row * width, width, 1, weight, radius);
    for (int column = 0; column < width; column++)
        smooth(spare + column, field + column, height, width, weight, radius);
}

static void move_elastic(const struct augment *a, const struct augment_drawn *drawn,
                         const struct shape *shape, const float *x, struct rng *r, float *out)
{
    int height = shape->dim[0], width = shape->dim[1];
    int longest = height > width ? height : width;
    int radius = (int)fmin(ceil(3.0 * a->sigma), longest);
    size_t n = (size_t)height * (size_t)width;
    double *weight = mem_zalloc((size_t)radius + 1, sizeof *weight);
    float *fields = mem_zalloc(3 * n, sizeof *fields);
    double sum = 0.0;
    for (int k = 0; k <= radius; k++) {
        weight[k] = exp(-k * k / (2.0 * a->sigma * a->sigma));
        sum += k ? 2.0 * weight[k] : weight[k];
    }
    for (int k = 0; k <= radius; k++)
        weight[k] /= sum;
    draw_field(r, a, height, width, weight, radius, fields, fields + 2 * n);
    draw_field(r, a, height, width, weight, radius, fields + n, fields + 2 * n);
    augment_move(drawn, shape, x, fields, fields + n, out);
    free(fields);
    free(weight);
}

void augment_sample(const struct augment *a, const struct shape *shape, const float *x,
                    uint64_t seed, uint64_t epoch, int sample, float *out)
{
    if (augment_is_none(a)) {
        memcpy(out, x, shape_count(shape) * sizeof *out);
        return;
    }
    struct augment_drawn drawn = augment_draw(a, seed, epoch, sample);
    struct rng r = generator(seed, epoch, sample, 2);
    if (a->elastic > 0.0)
        move_elastic(a, &drawn, shape, x, &r, out);
    else
        augment_move(&drawn, shape, x, NULL, NULL, out);
}
