/* A folder of one sub-folder a class with PNG or JPEG pictures. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/set.h"
#include "glassnet/base/file.h"
#include "glassnet/data/normalise.h"
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

enum { COMMON_SIDE = 28, LARGEST_SIDE = 1024 };

struct collection {
    struct names classes, files;
    int *class_of; /* [files.n] */
    int room;
    struct picture_info *size; /* [files.n], as they are in the files */
    struct picture_info info;  /* as they will be */
    int resized;               /* pictures of another size than info */
};

static bool too_few_classes(const struct collection *c, const char *folder, struct err *err)
{
    struct names here = {0};
    list_folder(folder, is_picture, &here);
    int pictures = here.n;
    names_free(&here);
    if (pictures > 0 && c->classes.n == 0)
        return err_set(
            err, ERR_INPUT, folder, 0,
            "holds %d pictures but no sub-folders: put the pictures of each class into a "
            "sub-folder of its name",
            pictures);
    if (c->classes.n == 1)
        return err_set(err, ERR_INPUT, folder, 0,
                       "has one sub-folder, \"%s\": with a single class there is nothing to tell "
                       "apart; two or more sub-folders are expected, one a class",
                       file_name(c->classes.name[0]));
    return err_set(err, ERR_INPUT, folder, 0,
                   "has no sub-folders, expected two or more, one a class (or an IDX pair)");
}

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
    return c->classes.n > 1 || too_few_classes(c, folder, err);
}

/* The first file that cannot be read gives the sentence; how many more there are is said, too. */
static bool bad_pictures(const struct err *first, int more, struct err *err)
{
    if (more == 0)
        return err_set(err, first->code, first->file, 0, "%s", first->message);
    return err_set(err, first->code, first->file, 0,
                   "%s (and %d more of the folder cannot be read either)", first->message, more);
}

static bool read_sizes(struct collection *c, struct err *err)
{
    struct err first = {0};
    int bad = 0;
    c->size = mem_zalloc((size_t)c->files.n, sizeof *c->size);
    for (int i = 0; i < c->files.n; i++)
        bad += !picture_file_info(c->files.name[i], &c->size[i], &first);
    return bad == 0 || bad_pictures(&first, bad - 1, err);
}

static bool same_size(const struct picture_info *a, const struct picture_info *b)
{
    return a->height == b->height && a->width == b->width;
}

/* The size more than half of the pictures have, by majority vote (Boyer and Moore 1991); where
 * there is none 28 x 28, as the digits are. */
static void choose_size(struct collection *c)
{
    struct picture_info candidate = c->size[0];
    int votes = 0, count = 0;
    for (int i = 0; i < c->files.n; i++) {
        candidate = votes == 0 ? c->size[i] : candidate;
        votes += same_size(&candidate, &c->size[i]) ? 1 : -1;
    }
    for (int i = 0; i < c->files.n; i++)
        count += same_size(&candidate, &c->size[i]);
    bool most = 2 * count > c->files.n;
    c->info.height = most ? candidate.height : COMMON_SIDE;
    c->info.width = most ? candidate.width : COMMON_SIDE;
}

static bool read_size_option(const struct spec *s, struct collection *c, struct err *err)
{
    const char *text = spec_value(s, "size");
    struct text width, height;
    long w, h;
    if (!text)
        return true;
    if (!text_split(text_of(text), 'x', &width, &height) || !text_to_long(width, &w) ||
        !text_to_long(height, &h) || w < 1 || h < 1 || w > LARGEST_SIDE || h > LARGEST_SIDE)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "size=%s in \"%s\": expected width x height in pixels up to %d, such as "
                       "size=28x28",
                       text, s->text, (int)LARGEST_SIDE);
    c->info.width = (int)w;
    c->info.height = (int)h;
    return true;
}

/* The form all pictures get: options win; else their common size, and grey when all are. */
static bool choose_form(const struct spec *s, struct collection *c, struct err *err)
{
    const char *channels = spec_value(s, "channels");
    choose_size(c);
    if (!read_size_option(s, c, err))
        return false;
    if (channels && strcmp(channels, "1") != 0 && strcmp(channels, "3") != 0)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "channels=%s in \"%s\": expected 1 (grey) or 3 (colour)", channels, s->text);
    c->info.channels = channels ? channels[0] - '0' : 1;
    for (int i = 0; i < c->files.n; i++) {
        if (!channels && c->size[i].channels == 3)
            c->info.channels = 3;
        c->resized += !same_size(&c->info, &c->size[i]);
    }
    return true;
}

static bool load_picture(const char *path, const struct picture_info *as, float *out,
                         struct err *err)
{
    struct picture_info info;
    float *pixels = picture_file_load(path, as->channels, &info, err);
    if (!pixels)
        return false;
    if (same_size(as, &info))
        memcpy(out, pixels,
               (size_t)as->height * (size_t)as->width * (size_t)as->channels * sizeof *out);
    else
        normalise_size(pixels, info.height, info.width, as->channels, as->height, as->width, out);
    free(pixels);
    return true;
}

static bool load_all(struct collection *c, struct dataset *d, struct err *err)
{
    struct err first = {0};
    int bad = 0;
    for (int i = 0; i < d->n; i++) {
        d->y[i] = (float)c->class_of[i];
        bad += !load_picture(c->files.name[i], &c->info, d->x + (size_t)i * d->count, &first);
    }
    return bad == 0 || bad_pictures(&first, bad - 1, err);
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
    if (c->resized > 0)
        d->notes = arena_printf(&d->arena,
                                "resized   %d of %d pictures to %d x %d (width x height) by area "
                                "averaging; size=WxH for another size\n",
                                c->resized, c->files.n, c->info.width, c->info.height);
    if (load_all(c, d, err) && set_shuffle_grouped(d, true, err) &&
        set_keep_part(d, s, false, TEST_SHARE, err))
        return d;
    dataset_close(d);
    return NULL;
}

struct dataset *pictures_open(const struct spec *s, const char *folder, struct err *err)
{
    static const char *const allowed[] = {"size", "channels", "augment", "seed", NULL};
    struct collection c = {0};
    struct dataset *d = NULL;
    if (spec_allows(s, allowed, err) && collect(&c, folder, err) && read_sizes(&c, err) &&
        choose_form(s, &c, err))
        d = load(s, &c, err);
    if (d)
        d->source = arena_strdup(&d->arena, folder);
    names_free(&c.classes);
    names_free(&c.files);
    free(c.class_of);
    free(c.size);
    return d;
}
