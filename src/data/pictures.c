/* A folder of one sub-folder a class with PNG or JPEG pictures. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/picture_list.h"
#include "data/set.h"
#include "glassnet/base/file.h"
#include "glassnet/data/normalise.h"
#include "glassnet/data/picture_file.h"

enum { COMMON_SIDE = 28, LARGEST_SIDE = 1024 };

struct collection {
    struct picture_list list;
    struct picture_info *size; /* [files], as they are in the files */
    struct picture_info info;  /* as they will be */
    enum picture_fit fit;
    bool drops;  /* unreadable=drop */
    int n_gone;  /* files left out */
    int resized; /* pictures of another size than info */
};

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
    int bad = 0, n = c->list.files.n;
    c->size = mem_zalloc((size_t)n, sizeof *c->size);
    bool *gone = mem_zalloc((size_t)n, sizeof *gone);
    for (int i = 0; i < n; i++) {
        gone[i] = !picture_file_info(c->list.files.path[i], &c->size[i], &first);
        if (!gone[i])
            c->size[i - bad] = c->size[i];
        bad += gone[i];
    }
    bool ok = bad == 0 || (c->drops && bad < n) || bad_pictures(&first, bad - 1, err);
    if (ok && bad > 0)
        picture_list_drop(&c->list, gone);
    c->n_gone = bad;
    free(gone);
    return ok;
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
    for (int i = 0; i < c->list.files.n; i++) {
        candidate = votes == 0 ? c->size[i] : candidate;
        votes += same_size(&candidate, &c->size[i]) ? 1 : -1;
    }
    for (int i = 0; i < c->list.files.n; i++)
        count += same_size(&candidate, &c->size[i]);
    bool most = 2 * count > c->list.files.n;
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

static bool read_fit_option(const struct spec *s, struct collection *c, struct err *err)
{
    const char *text = spec_value(s, "fit");
    int fit = text ? picture_fit_find(text) : FIT_STRETCH;
    c->fit = fit < 0 ? FIT_STRETCH : (enum picture_fit)fit;
    return fit >= 0 || err_set(err, ERR_USAGE, NULL, 0,
                               "fit=%s in \"%s\": expected stretch, crop or pad", text, s->text);
}

static bool read_unreadable_option(const struct spec *s, struct collection *c, struct err *err)
{
    const char *text = spec_value(s, "unreadable");
    c->drops = text && strcmp(text, "drop") == 0;
    return !text || c->drops ||
           err_set(err, ERR_USAGE, NULL, 0,
                   "unreadable=%s in \"%s\": expected unreadable=drop (leave such files out)", text,
                   s->text);
}

/* The form all pictures get: options win; else their common size, and grey when all are. */
static bool choose_form(const struct spec *s, struct collection *c, struct err *err)
{
    const char *channels = spec_value(s, "channels");
    choose_size(c);
    if (!read_size_option(s, c, err) || !read_fit_option(s, c, err))
        return false;
    if (channels && strcmp(channels, "1") != 0 && strcmp(channels, "3") != 0)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "channels=%s in \"%s\": expected 1 (grey) or 3 (colour)", channels, s->text);
    c->info.channels = channels ? channels[0] - '0' : 1;
    for (int i = 0; i < c->list.files.n; i++) {
        if (!channels && c->size[i].channels == 3)
            c->info.channels = 3;
        c->resized += !same_size(&c->info, &c->size[i]);
    }
    return true;
}

static bool load_picture(const char *path, const struct collection *c, float *out, struct err *err)
{
    const struct picture_info *as = &c->info;
    struct picture_info info;
    float *pixels = picture_file_load(path, as->channels, &info, err);
    if (!pixels)
        return false;
    if (same_size(as, &info))
        memcpy(out, pixels,
               (size_t)as->height * (size_t)as->width * (size_t)as->channels * sizeof *out);
    else
        normalise_fit(pixels, info.height, info.width, as->channels, c->fit, as->height, as->width,
                      out);
    free(pixels);
    return true;
}

/* Which files are in the part, in the set's order: chosen before they are read, on a set whose one
 * number is the file's place. */
static struct dataset *choose_files(const struct spec *s, const struct collection *c,
                                    struct err *err)
{
    double share;
    struct dataset *d = NULL;
    if (set_test_share(s, &share, err))
        d = set_create(shape_vector(1), c->list.files.n, 1, err);
    if (!d)
        return NULL;
    d->n_classes = c->list.classes.n;
    for (int i = 0; i < d->n; i++) {
        d->x[i] = (float)i;
        d->y[i] = (float)c->list.class_of[i];
    }
    if (set_shuffle_grouped(d, true, err) && set_keep_part(d, s, false, share, err))
        return d;
    dataset_close(d);
    return NULL;
}

static bool load_all(struct collection *c, const struct dataset *chosen, struct dataset *d,
                     struct err *err)
{
    struct err first = {0};
    int bad = 0;
    for (int i = 0; i < chosen->n; i++) {
        int file = (int)chosen->x[i];
        bool read =
            load_picture(c->list.files.path[file], c, d->x + (size_t)(i - bad) * d->count, &first);
        d->y[i - bad] = chosen->y[i];
        bad += !read;
    }
    c->n_gone += bad;
    d->n -= bad;
    return bad == 0 || (c->drops && d->n > 0) || bad_pictures(&first, bad - 1, err);
}

static void name_classes(struct dataset *d, const struct path_list *classes)
{
    d->n_classes = classes->n;
    d->class_names = set_names(d, d->n_classes);
    for (int k = 0; k < d->n_classes; k++)
        d->class_names[k] = arena_strdup(&d->arena, file_name(classes->path[k]));
}

static void say_what_was_done(const struct collection *c, struct dataset *d)
{
    static const char *const how[PICTURE_FITS] = {"", ", the middle cut out", ", with dark bars"};
    if (c->resized > 0)
        d->notes =
            arena_printf(&d->arena,
                         "resized   %d of %d pictures to %d x %d (width x height) by area "
                         "averaging%s; size=WxH for another size\n",
                         c->resized, c->list.files.n, c->info.width, c->info.height, how[c->fit]);
    if (c->n_gone > 0)
        d->notes = arena_printf(&d->arena, "%sleft out  %d files that cannot be read\n", d->notes,
                                c->n_gone);
}

/* Paper is what lies along the rims. */
static bool has_bright_rims(const struct dataset *d)
{
    int h = d->shape.dim[0], w = d->shape.dim[1], c = d->shape.dim[2];
    double sum = 0, n = 0;
    for (int i = 0; i < d->n; i++)
        for (int k = 0; k < h * w; k++) {
            int y = k / w, x = k % w;
            if (y > 0 && y < h - 1 && x > 0 && x < w - 1)
                continue;
            for (int channel = 0; channel < c; channel++, n++)
                sum += (double)dataset_x(d, i)[k * c + channel];
        }
    return sum > 0.5 * n;
}

static struct dataset *load(const struct spec *s, struct collection *c, struct err *err)
{
    struct shape shape = shape_picture(c->info.height, c->info.width, c->info.channels);
    struct dataset *chosen = choose_files(s, c, err);
    struct dataset *d = chosen ? set_create(shape, chosen->n, 1, err) : NULL;
    if (d) {
        name_classes(d, &c->list.classes);
        d->part = chosen->part;
        d->n_train = chosen->n_train;
        d->n_test = chosen->n_test;
        d->fit = c->fit;
        d->photos = true;
        if (!load_all(c, chosen, d, err)) {
            dataset_close(d);
            d = NULL;
        } else {
            d->bright = has_bright_rims(d);
            say_what_was_done(c, d);
        }
    }
    dataset_close(chosen);
    return d;
}

struct dataset *pictures_open(const struct spec *s, const char *folder, struct err *err)
{
    static const char *const allowed[] = {"folders", "size",    "channels", "fit", "unreadable",
                                          "test",    "augment", "seed",     NULL};
    struct collection c = {.drops = false};
    struct dataset *d = NULL;
    if (spec_allows(s, allowed, err) && read_unreadable_option(s, &c, err) &&
        picture_list_read(&c.list, folder, spec_value(s, "folders"), true, err) &&
        read_sizes(&c, err) && choose_form(s, &c, err))
        d = load(s, &c, err);
    if (d)
        d->source = arena_strdup(&d->arena, folder);
    picture_list_free(&c.list);
    free(c.size);
    return d;
}
