/* The learner's drawings as a data set, and its export. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/idx.h"
#include "data/set.h"
#include "glassnet/base/file.h"
#include "glassnet/data/drawings.h"
#include "glassnet/data/picture_write.h"

enum { MOST_CLASSES = 1000, EXPORT_SIDE = 28 };

/* The classes: given ones, or the numbers from 0 where all labels are such, or the labels in the
 * order of their bytes. */
struct classes {
    int count, room;
    char (*name)[DRAWING_LABEL];
};

static int find_class(const struct classes *c, const char *label)
{
    for (int i = 0; i < c->count; i++)
        if (strcmp(c->name[i], label) == 0)
            return i;
    return -1;
}

static void add_class(struct classes *c, const char *label)
{
    c->name = mem_grow(c->name, &c->room, c->count + 1, sizeof *c->name);
    snprintf(c->name[c->count++], DRAWING_LABEL, "%s", label);
}

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

static long largest_index(const struct drawings *d)
{
    long most = -1, value;
    for (int i = 0; i < d->count; i++) {
        if (!text_to_long(text_of(d->list[i].label), &value) || value < 0 || value >= MOST_CLASSES)
            return -1;
        most = value > most ? value : most;
    }
    return most;
}

static void find_classes(const struct drawings *d, const char *given, struct classes *c)
{
    char label[DRAWING_LABEL];
    long most = largest_index(d);
    struct text rest = text_of(given ? given : ""), name;
    for (bool more = given != NULL; more;) {
        more = text_split(rest, '+', &name, &rest);
        text_copy(name, label, sizeof label);
        add_class(c, label);
    }
    for (long k = 0; !given && k <= most; k++) {
        snprintf(label, sizeof label, "%ld", k);
        add_class(c, label);
    }
    for (int i = 0; !given && most < 0 && i < d->count; i++)
        if (find_class(c, d->list[i].label) < 0)
            add_class(c, d->list[i].label);
    if (!given && most < 0 && c->count > 1)
        qsort(c->name, (size_t)c->count, sizeof *c->name, compare);
}

/* 28x28 unless size= says 8x8 or another square. */
static bool read_side(const struct spec *s, int *side, struct err *err)
{
    const char *text = spec_value(s, "size");
    struct text width, height;
    long w = 28, h = 28;
    if (text && (!text_split(text_of(text), 'x', &width, &height) || !text_to_long(width, &w) ||
                 !text_to_long(height, &h) || w != h || w < 4 || w > DRAWING_SIDE))
        return err_set(err, ERR_USAGE, NULL, 0,
                       "size=%s in \"%s\": drawings are square, such as size=28x28", text, s->text);
    *side = (int)w;
    return true;
}

static bool fill(const struct drawings *all, const struct classes *classes, int side,
                 struct dataset *d, struct err *err)
{
    for (int i = 0; i < all->count; i++) {
        int class = find_class(classes, all->list[i].label);
        if (class < 0)
            return err_set(err, ERR_INPUT, NULL, 0,
                           "drawing %d is labelled \"%s\", which is none of the classes asked for",
                           i, all->list[i].label);
        d->y[i] = (float)class;
        if (!drawings_read(all, i, side, d->x + (size_t)i * d->count, err))
            return false;
    }
    d->n_classes = classes->count;
    d->class_names = set_names(d, d->n_classes);
    for (int k = 0; k < d->n_classes; k++)
        d->class_names[k] = arena_strdup(&d->arena, classes->name[k]);
    return true;
}

static bool enough(const struct drawings *all, const struct classes *classes, struct err *err)
{
    if (all->count == 0)
        return err_set(err, ERR_STATE, NULL, 0,
                       "no drawing was kept yet: draw on the pad, say what it is, and keep it");
    return classes->count > 1 ||
           err_set(err, ERR_STATE, NULL, 0,
                   "all drawings are labelled \"%s\": with a single class there is nothing to tell "
                   "apart; keep some of another label",
                   classes->name[0]);
}

struct dataset *drawings_open(const struct spec *s, struct err *err)
{
    static const char *const allowed[] = {"size", "classes", "test", "augment", "seed", NULL};
    struct drawings all;
    struct classes classes = {0};
    struct dataset *d = NULL;
    double share;
    int side = EXPORT_SIDE;
    drawings_list(&all, NULL);
    find_classes(&all, spec_value(s, "classes"), &classes);
    if (spec_allows(s, allowed, err) && read_side(s, &side, err) &&
        set_test_share(s, &share, err) && enough(&all, &classes, err))
        d = set_create(shape_picture(side, side, 1), all.count, 1, err);
    if (d && !(fill(&all, &classes, side, d, err) && set_shuffle_grouped(d, false, err) &&
               set_keep_part(d, s, false, share, err))) {
        dataset_close(d);
        d = NULL;
    }
    if (d) {
        d->source = "drawn and kept on this machine";
        d->licence = "the learner's own";
    }
    free(classes.name);
    drawings_deinit(&all);
    return d;
}

/* --- export ----------------------------------------------------------------------------------- */

static bool write_pair(const char *folder, int n, const uint8_t *pictures, const uint8_t *labels,
                       struct err *err)
{
    char path[PATH_SIZE + 64];
    const int dim[3] = {n, EXPORT_SIDE, EXPORT_SIDE};
    return idx_write_gz(file_join(path, sizeof path, folder, "drawings-images-idx3-ubyte.gz"), 3,
                        dim, pictures, err) &&
           idx_write_gz(file_join(path, sizeof path, folder, "drawings-labels-idx1-ubyte.gz"), 1,
                        dim, labels, err);
}

/* pictures/LABEL/N.png: the folder's name is that of the drawing's own. */
static bool write_picture(const char *folder, const struct drawing *one, const uint8_t *grey,
                          struct err *err)
{
    char label[PATH_SIZE], to[PATH_SIZE], path[PATH_SIZE + 64];
    file_folder(label, sizeof label, one->path);
    snprintf(to, sizeof to, "%.500s/pictures/%.200s", folder, file_name(label));
    file_join(path, sizeof path, to, file_name(one->path));
    return file_make_folders(to, err) &&
           picture_file_write_grey(path, grey, EXPORT_SIDE, EXPORT_SIDE, err);
}

bool drawings_export(const struct drawings *d, const char *folder, struct err *err)
{
    const size_t cells = EXPORT_SIDE * EXPORT_SIDE;
    struct classes classes = {0};
    if (d->count == 0)
        return err_set(err, ERR_STATE, NULL, 0, "there is nothing to export: no drawing was kept");
    if (file_exists(folder) || file_is_folder(folder))
        return err_set(err, ERR_IO, folder, 0, "is there already; a new folder was expected");
    find_classes(d, NULL, &classes);
    bool ok = classes.count <= 256 ||
              err_set(err, ERR_STATE, NULL, 0,
                      "an IDX file holds at most 256 classes; there are %d", classes.count);
    uint8_t *pictures = mem_zalloc((size_t)d->count, cells);
    uint8_t *labels = mem_zalloc((size_t)d->count, 1);
    float x[EXPORT_SIDE * EXPORT_SIDE];
    ok = ok && file_make_folders(folder, err);
    for (int i = 0; i < d->count && ok; i++) {
        uint8_t *grey = pictures + (size_t)i * cells;
        ok = drawings_read(d, i, EXPORT_SIDE, x, err);
        for (size_t k = 0; k < cells; k++)
            grey[k] = (uint8_t)(x[k] * 255 + 0.5f);
        labels[i] = (uint8_t)find_class(&classes, d->list[i].label);
        ok = ok && write_picture(folder, &d->list[i], grey, err);
    }
    ok = ok && write_pair(folder, d->count, pictures, labels, err);
    free(pictures);
    free(labels);
    free(classes.name);
    return ok;
}
