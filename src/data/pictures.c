/* A folder of one sub-folder a class with PNG or JPEG pictures of one size. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/set.h"
#include "glassnet/base/file.h"
#include "glassnet/data/picture_file.h"

struct names {
    char **name; /* each from malloc */
    int n, room;
};

static void names_free(struct names *names)
{
    for (int i = 0; i < names->n; i++)
        free(names->name[i]);
    free(names->name);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_picture(const char *path)
{
    return file_exists(path) && (file_ends_with(path, ".png") || file_ends_with(path, ".jpg") ||
                                 file_ends_with(path, ".jpeg"));
}

/* Adds folder's entries that are wanted, in the order of their names; hidden ones are left out. */
static void list_folder(const char *folder, bool (*wanted)(const char *path), struct names *names)
{
    DIR *d = opendir(folder);
    int first = names->n;
    char path[PATH_SIZE];
    for (struct dirent *e; d && (e = readdir(d));) {
        if (e->d_name[0] == '.' || !wanted(file_join(path, sizeof path, folder, e->d_name)))
            continue;
        names->name = mem_grow(names->name, &names->room, names->n + 1, sizeof *names->name);
        names->name[names->n++] = mem_strdup(path);
    }
    if (d)
        closedir(d);
    if (names->n > first)
        qsort(names->name + first, (size_t)(names->n - first), sizeof *names->name, compare);
}

struct collection {
    struct names classes, files;
    int *class_of; /* [files.n] */
    int room;
    struct picture_info info; /* of all */
};

static bool collect(struct collection *c, const char *folder, struct err *err)
{
    list_folder(folder, file_is_folder, &c->classes);
    for (int k = 0; k < c->classes.n; k++) {
        int before = c->files.n;
        list_folder(c->classes.name[k], is_picture, &c->files);
        if (c->files.n == before)
            return err_set(err, ERR_INPUT, c->classes.name[k], 0,
                           "holds no .png, .jpg or .jpeg pictures; each sub-folder is a class");
        c->class_of = mem_grow(c->class_of, &c->room, c->files.n, sizeof *c->class_of);
        for (int i = before; i < c->files.n; i++)
            c->class_of[i] = k;
    }
    if (c->classes.n < 2)
        return err_set(err, ERR_INPUT, folder, 0,
                       "has %d sub-folders, expected two or more, one a class (or an IDX pair)",
                       c->classes.n);
    return true;
}

/* All pictures must have one size; they are grey when each is. */
static bool check_sizes(struct collection *c, struct err *err)
{
    for (int i = 0; i < c->files.n; i++) {
        struct picture_info info;
        if (!picture_file_info(c->files.name[i], &info, err))
            return false;
        if (i == 0)
            c->info = info;
        if (info.height != c->info.height || info.width != c->info.width)
            return err_set(err, ERR_INPUT, c->files.name[i], 0,
                           "is %d x %d pixels, but %s is %d x %d; all must have one size",
                           info.height, info.width, file_name(c->files.name[0]), c->info.height,
                           c->info.width);
        c->info.channels = info.channels > c->info.channels ? info.channels : c->info.channels;
    }
    return true;
}

static struct dataset *load(const struct spec *s, struct collection *c, struct err *err)
{
    struct shape shape = shape_picture(c->info.height, c->info.width, c->info.channels);
    struct dataset *d = set_create(shape, c->files.n, 1, err);
    if (!d)
        return NULL;
    d->n_classes = c->classes.n;
    d->class_names = set_names(d, d->n_classes);
    for (int k = 0; k < d->n_classes; k++)
        d->class_names[k] = arena_strdup(&d->arena, file_name(c->classes.name[k]));
    bool ok = true;
    for (int i = 0; i < d->n && ok; i++) {
        d->y[i] = (float)c->class_of[i];
        ok = picture_file_read(c->files.name[i], &c->info, d->x + (size_t)i * d->count, err);
    }
    if (ok && set_shuffle_grouped(d, true, err) && set_keep_part(d, s, false, err))
        return d;
    dataset_close(d);
    return NULL;
}

struct dataset *pictures_open(const struct spec *s, const char *folder, struct err *err)
{
    static const char *const no_options[] = {NULL};
    struct collection c = {0};
    struct dataset *d = NULL;
    if (spec_allows(s, no_options, err) && collect(&c, folder, err) && check_sizes(&c, err))
        d = load(s, &c, err);
    if (d)
        d->source = arena_strdup(&d->arena, folder);
    names_free(&c.classes);
    names_free(&c.files);
    free(c.class_of);
    return d;
}
