/* The sets that have a name and come from files: Glassnet's own pictures and tables, and
 * Fashion-MNIST. */
#include <stdio.h>
#include <string.h>

#include "data/idx.h"
#include "data/set.h"
#include "glassnet/base/file.h"

struct builtin {
    const char *name;
    const char *train, *test; /* prefixes of the IDX pairs, in Glassnet's data folder */
    const char *folder;       /* or in this folder of the system */
    int full;                 /* the byte that is 1 */
    const char *const *class_names;
    const char *missing; /* what to do when its files are not there */
};

static const char *const clothes[10] = {"T-shirt/top", "Trouser",   "Pullover", "Dress",
                                        "Coat",        "Sandal",    "Shirt",    "Sneaker",
                                        "Bag",         "Ankle boot"};

static const char *const letters[10] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J"};

static const char reinstall[] = "its files are missing from Glassnet's data folder; is "
                                "GLASSNET_HOME right?";

static const struct builtin builtins[] = {
    {"digits", "data/digits-train", "data/digits-test", NULL, 255, NULL, reinstall},
    {"digits8", "data/digits8-train", "data/digits8-test", NULL, 16, NULL, reinstall},
    {"letters", "data/letters-train", "data/letters-test", NULL, 255, letters, reinstall},
    {"fashion", "train", "t10k", "/usr/share/datasets/fashion-mnist", 255, clothes,
     "it is not installed here; on Debian and Ubuntu: sudo apt install dataset-fashion-mnist; "
     "elsewhere give the folder that holds its four files instead of the name"},
};

struct table {
    const char *name;
    const char *file;    /* in Glassnet's folder */
    const char *classes; /* in the order of the source; NULL: that of their names */
};

static const struct table tables[] = {
    {"iris", "data/iris.csv", NULL},
    {"wine", "data/wine.csv", NULL},
    {"breast-cancer", "data/breast-cancer.csv", "malignant+benign"},
};

static const struct table *find_table(const char *name)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (strcmp(tables[i].name, name) == 0)
            return &tables[i];
    return NULL;
}

static const struct builtin *find(const char *name)
{
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++)
        if (strcmp(builtins[i].name, name) == 0)
            return &builtins[i];
    return NULL;
}

bool builtin_is(const char *name)
{
    return find(name) || find_table(name);
}

/* Glassnet's folder is found by a file; the prefix is that file's path without its ending. */
static bool find_prefix(const struct builtin *b, const char *part, char *prefix)
{
    static const char ending[] = "-images-idx3-ubyte.gz";
    char images[PATH_SIZE], labels[PATH_SIZE], name[128];
    if (b->folder) {
        file_join(prefix, PATH_SIZE, b->folder, part);
        return idx_find_pair(prefix, images, labels);
    }
    snprintf(name, sizeof name, "%s%s", part, ending);
    if (!file_find_shared(prefix, PATH_SIZE, name))
        return false;
    prefix[strlen(prefix) - (sizeof ending - 1)] = 0;
    return idx_find_pair(prefix, images, labels);
}

bool builtin_is_installed(const char *name)
{
    const struct builtin *b = find(name);
    const struct table *table = find_table(name);
    char train[PATH_SIZE], test[PATH_SIZE];
    if (table)
        return file_find_shared(train, sizeof train, table->file);
    return b && find_prefix(b, b->train, train) && find_prefix(b, b->test, test);
}

static void say_source(struct dataset *d, const char *name)
{
    int n;
    const struct dataset_entry *list = dataset_list(&n);
    for (int i = 0; i < n; i++) {
        if (strcmp(list[i].name, name) != 0)
            continue;
        d->source = list[i].source;
        d->licence = list[i].licence;
    }
}

static struct dataset *open_table(const struct spec *s, const struct table *table, struct err *err)
{
    char path[PATH_SIZE];
    if (file_find_shared(path, sizeof path, table->file))
        return csv_open_named(s, path, table->classes, err);
    err_set(err, ERR_IO, NULL, 0, "the data set %s cannot be opened: %s", table->name, reinstall);
    return NULL;
}

static struct dataset *open_pictures(const struct spec *s, const struct builtin *b, struct err *err)
{
    char train[PATH_SIZE], test[PATH_SIZE];
    if (!find_prefix(b, b->train, train) || !find_prefix(b, b->test, test)) {
        err_set(err, ERR_IO, NULL, 0, "the data set %s cannot be opened: %s", b->name, b->missing);
        return NULL;
    }
    struct dataset *d = idx_open_pairs(s, train, test, b->full, 10, err);
    for (int c = 0; d && b->class_names && c < d->n_classes; c++)
        d->class_names[c] = arena_strdup(&d->arena, b->class_names[c]);
    return d;
}

struct dataset *builtin_open(const struct spec *s, struct err *err)
{
    const struct table *table = find_table(s->name);
    struct dataset *d = table ? open_table(s, table, err) : open_pictures(s, find(s->name), err);
    if (d)
        say_source(d, s->name);
    return d;
}
