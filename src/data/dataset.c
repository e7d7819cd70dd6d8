#include "glassnet/data/dataset.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/set.h"
#include "glassnet/base/file.h"
#include "glassnet/base/translate.h"
#include "glassnet/data/plane.h"

static const char own[] = "made by Glassnet from a formula and a seed";
static const char none[] = "free of rights";

static const struct dataset_entry entries[] = {
    {"digits", N_("5,000 handwritten digits, 28 × 28, 10 classes"),
     "the picture digits.png of OpenCV, normalised as MNIST was", "Apache-2.0", false},
    {"digits8", N_("1,797 handwritten digits, 8 × 8, 10 classes"),
     "Optical Recognition of Handwritten Digits (E. Alpaydin, C. Kaynak 1998), as scikit-learn "
     "ships it",
     "CC BY 4.0 (data), BSD-3-Clause (scikit-learn)", false},
    {"letters", N_("7,410 letters A to J in many typefaces, 28 × 28, 10 classes"),
     "741 faces of free fonts; the families of the test part are not among those of the train part",
     "the fonts' licences, all free: data/letters-fonts.txt", false},
    {"iris", N_("150 irises measured in 4 ways, 3 species"),
     "Iris (R. A. Fisher 1936), as scikit-learn ships it",
     "CC BY 4.0 (data), BSD-3-Clause (scikit-learn)", false},
    {"wine", N_("178 wines analysed in 13 ways, 3 cultivars"),
     "Wine (S. Aeberhard, M. Forina 1992), as scikit-learn ships it",
     "CC BY 4.0 (data), BSD-3-Clause (scikit-learn)", false},
    {"breast-cancer", N_("569 tumours measured in 30 ways, malignant or benign"),
     "Breast Cancer Wisconsin (Diagnostic) (W. Wolberg, O. Mangasarian, N. Street, W. Street "
     "1993), as scikit-learn ships it",
     "CC BY 4.0 (data), BSD-3-Clause (scikit-learn)", false},
    {"fashion", N_("70,000 pictures of clothes, 28 × 28, 10 classes"),
     "Fashion-MNIST (H. Xiao, K. Rasul, R. Vollgraf 2017), Debian package dataset-fashion-mnist",
     "MIT", false},
    {"moons", N_("two half circles that reach into each other"), own, none, true},
    {"circles", N_("a circle a class, one in the other"), own, none, true},
    {"xor", N_("four squares, opposite ones alike"), own, none, true},
    {"spiral", N_("a spiral arm a class"), own, none, true},
    {"blobs", N_("a round cloud a class"), own, none, true},
    {"linear", N_("two halves of a square with a straight line between"), own, none, true},
    {"blank", N_("one point of each class, to put your own beside"), own, none, true},
    {"sine", N_("y = sin(πx) to predict from x"), own, none, true},
    {"step", N_("y = 0 below x = 0, else 1, to predict from x"), own, none, true},
    {"parabola", N_("y = x² to predict from x"), own, none, true},
};

const struct dataset_entry *dataset_list(int *n)
{
    *n = (int)(sizeof entries / sizeof *entries);
    return entries;
}

bool dataset_is_installed(const char *name)
{
    return generated_is(name) || (builtin_is(name) && builtin_is_installed(name));
}

static struct dataset *unknown(const struct spec *s, struct err *err)
{
    char list[512] = "", hint[64] = "";
    int nearest = (int)strlen(s->name) / 3 + 1;
    nearest = nearest > 3 ? 3 : nearest;
    if (strcmp(s->name, "mnist") == 0) {
        err_set(err, ERR_INPUT, NULL, 0,
                "MNIST does not come with Glassnet: give the folder that holds its four files "
                "(train-images-idx3-ubyte.gz, ...), or use digits");
        return NULL;
    }
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        strncat(list, i ? ", " : "", sizeof list - strlen(list) - 1);
        strncat(list, entries[i].name, sizeof list - strlen(list) - 1);
        int distance = text_distance(s->name, entries[i].name);
        if (distance < nearest) {
            nearest = distance;
            snprintf(hint, sizeof hint, "; did you mean %s?", entries[i].name);
        }
    }
    err_set(err, ERR_INPUT, NULL, 0,
            "there is no data set, .csv file, IDX pair or folder of pictures called \"%s\"%s; the "
            "named sets are %s",
            s->name, hint, list);
    return NULL;
}

/* A name with %XX in it, unless something is called so literally. */
static void read_escapes(struct spec *s)
{
    char path[PATH_SIZE];
    if (strchr(s->name, '%') && !set_locate(s, s->name, file_exists, path) &&
        !set_locate(s, s->name, file_is_folder, path) &&
        !set_locate(s, s->name, idx_is_there, path))
        dataset_spec_unescape(s->name);
}

static struct dataset *open_file(struct spec *s, struct err *err)
{
    char path[PATH_SIZE];
    read_escapes(s);
    if (file_ends_with(s->name, ".csv")) {
        if (set_locate(s, s->name, file_exists, path))
            return csv_open(s, path, err);
        err_set(err, ERR_IO, s->name, 0,
                "is not there: looked in the current folder%s and Glassnet's data folder",
                s->base_folder ? ", the network's folder" : "");
        return NULL;
    }
    if (set_locate(s, s->name, idx_is_there, path))
        return idx_open(s, err);
    if (set_locate(s, s->name, file_is_folder, path))
        return pictures_open(s, path, err);
    return unknown(s, err);
}

struct dataset *dataset_open(const char *spec, enum dataset_part part, const char *base_folder,
                             struct err *err)
{
    struct spec s;
    struct dataset *d;
    if (!spec_parse(&s, spec, part, base_folder, err))
        return NULL;
    if (builtin_is(s.name))
        d = builtin_open(&s, err);
    else if (generated_is(s.name))
        d = generated_open(&s, err);
    else if (strcmp(s.name, "drawings") == 0)
        d = drawings_open(&s, err);
    else if (strncmp(s.name, "cifar:", 6) == 0)
        d = cifar_open(&s, err);
    else
        d = open_file(&s, err);
    if (!d)
        return NULL;
    if (!set_read_augment(d, &s, err)) {
        dataset_close(d);
        return NULL;
    }
    snprintf(d->spec, sizeof d->spec, "%s", s.text);
    if (d->name[0] == 0)
        text_copy(text_of(file_name(s.name)), d->name, sizeof d->name);
    dataset_find_place(d);
    return d;
}

const float *dataset_x(const struct dataset *d, int i)
{
    return d->x + (size_t)i * d->count;
}

const float *dataset_y(const struct dataset *d, int i)
{
    return d->y + (size_t)i * (size_t)d->y_count;
}

float dataset_original(const struct dataset *d, int i, int feature)
{
    float x = dataset_x(d, i)[feature];
    if (!d->feature_scale)
        return x;
    return (float)((double)x * (double)d->feature_scale[feature] +
                   (double)d->feature_mean[feature]);
}

void dataset_training_x(const struct dataset *d, int i, uint64_t epoch, float *out)
{
    augment_sample(&d->augment, &d->shape, dataset_x(d, i), d->augment_seed, epoch, i, out);
}

int dataset_class(const struct dataset *d, int i)
{
    return d->n_classes ? (int)d->y[i] : -1;
}

void dataset_class_counts(const struct dataset *d, int *counts)
{
    for (int c = 0; c < d->n_classes; c++)
        counts[c] = 0;
    for (int i = 0; i < d->n && d->n_classes; i++)
        counts[dataset_class(d, i)]++;
}

struct lines {
    char *out;
    size_t size;
    size_t used;
};

static void add(struct lines *l, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(struct lines *l, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(l->out + l->used, l->size - l->used, format, args);
    va_end(args);
    if (n > 0)
        l->used = l->used + (size_t)n < l->size ? l->used + (size_t)n : l->size - 1;
}

static void add_classes(struct lines *l, const struct dataset *d)
{
    enum { SHOWN = 20 };
    int *counts = mem_zalloc((size_t)d->n_classes, sizeof *counts);
    dataset_class_counts(d, counts);
    add(l, "classes   %d:", d->n_classes);
    for (int c = 0; c < d->n_classes && c < SHOWN; c++)
        add(l, "%s %s (%d)", c ? "," : "", d->class_names[c], counts[c]);
    add(l, d->n_classes > SHOWN ? ", …\n" : "\n");
    free(counts);
}

static void add_names(struct lines *l, const char *title, char **names, size_t n)
{
    enum { SHOWN = 20 };
    if (!names)
        return;
    add(l, "%s", title);
    for (size_t i = 0; i < n && i < SHOWN; i++)
        add(l, "%s%s", i ? ", " : "", names[i]);
    add(l, n > SHOWN ? ", …\n" : "\n");
}

static void add_scale(struct lines *l, const struct dataset *d)
{
    enum { SHOWN = 40 };
    if (!d->feature_scale)
        return;
    add(l, "scaled    each feature to (x - mean) / deviation\n");
    for (size_t i = 0; i < d->count && i < SHOWN; i++)
        add(l, "          %s: mean %.6g, deviation %.6g\n", d->feature_names[i],
            (double)d->feature_mean[i], (double)d->feature_scale[i]);
    if (d->count > SHOWN)
        add(l, "          …\n");
}

char *dataset_describe(const struct dataset *d, char *out, size_t size)
{
    static const char *const parts[] = {"train", "test", "all"};
    struct lines l = {out, size, 0};
    char text[128];
    if (size == 0)
        return out;
    out[0] = 0;
    add(&l, "name      %s\n", d->name);
    add(&l, "shape     ");
    for (int i = 0; i < d->shape.rank; i++)
        add(&l, "%s%d", i ? " × " : "", d->shape.dim[i]);
    add(&l, "\nsamples   %d (%s); train %d, test %d\n", d->n, parts[d->part], d->n_train,
        d->n_test);
    if (d->n_classes)
        add_classes(&l, d);
    add_names(&l, "features  ", d->feature_names, d->count);
    add_names(&l, "targets   ", d->target_names, (size_t)d->n_targets);
    add_scale(&l, d);
    add(&l, "%s", d->notes);
    if (!augment_is_none(&d->augment))
        add(&l, "augment   %s, in training alone; seed %llu\n",
            augment_text(&d->augment, text, sizeof text), (unsigned long long)d->augment_seed);
    add(&l, "source    %s\n", d->source);
    add(&l, "licence   %s\n", d->licence[0] ? d->licence : "not known");
    return out;
}
