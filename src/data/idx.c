#include "data/idx.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "data/set.h"
#include "glassnet/base/file.h"

enum { LONGEST_SIDE = 4096, MOST_SAMPLES = 10000000 };

static const size_t most_bytes = (size_t)1 << 30;

static unsigned word_at(const unsigned char *p)
{
    return (unsigned)p[0] << 24 | (unsigned)p[1] << 16 | (unsigned)p[2] << 8 | p[3];
}

static bool check(const char *path, const unsigned char *p, size_t size, int rank, struct idx *idx,
                  struct err *err)
{
    size_t header = 4 + 4 * (size_t)rank;
    if (size < header)
        return err_set(err, ERR_INPUT, path, 0,
                       "has %zu bytes, but the header of an IDX file with %d axes has %zu", size,
                       rank, header);
    unsigned magic = word_at(p), expected = 0x0800u | (unsigned)rank;
    if (magic != expected)
        return err_set(err, ERR_INPUT, path, 0,
                       "begins with 0x%08X, expected 0x%08X (an IDX file of bytes with %d axes)",
                       magic, expected, rank);
    size_t total = 1;
    for (int i = 0; i < rank; i++) {
        unsigned n = word_at(p + 4 + 4 * i), most = i == 0 ? MOST_SAMPLES : LONGEST_SIDE;
        if (n == 0 || n > most)
            return err_set(err, ERR_INPUT, path, 0, "says axis %d has %u entries, expected 1 to %u",
                           i + 1, n, most);
        idx->dim[i] = (int)n;
        if (n > most_bytes / total)
            return err_set(err, ERR_INPUT, path, 0, "says it holds more than %zu bytes",
                           most_bytes);
        total *= n;
    }
    if (size - header != total)
        return err_set(err, ERR_INPUT, path, 0,
                       "holds %zu bytes behind its header, but its counts say %zu", size - header,
                       total);
    return true;
}

bool idx_read(const char *path, int rank, struct idx *idx, struct err *err)
{
    size_t size;
    memset(idx, 0, sizeof *idx);
    idx->owner = file_read_maybe_gz(path, most_bytes + 64, &size, err);
    if (!idx->owner)
        return false;
    idx->data = idx->owner + 4 + 4 * (size_t)rank;
    if (check(path, idx->owner, size, rank, idx, err))
        return true;
    free(idx->owner);
    idx->owner = NULL;
    return false;
}

bool idx_write_gz(const char *path, int rank, const int *dim, const unsigned char *data,
                  struct err *err)
{
    unsigned char header[4 + 4 * 4] = {0, 0, 8, (unsigned char)rank};
    size_t total = 1, n_header = 4 + 4 * (size_t)rank;
    for (int i = 0; i < rank; i++) {
        total *= (size_t)dim[i];
        for (int b = 0; b < 4; b++)
            header[4 + 4 * i + b] = (unsigned char)(dim[i] >> (24 - 8 * b) & 0xFF);
    }
    z_stream z = {0};
    /* 15 + 16 window bits ask zlib for a gzip header, which it fills without name and time. */
    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return err_set(err, ERR_IO, path, 0, "cannot be compressed");
    size_t room = deflateBound(&z, n_header + total) + 64;
    unsigned char *plain = mem_zalloc(n_header + total, 1), *packed = mem_zalloc(room, 1);
    memcpy(plain, header, n_header);
    memcpy(plain + n_header, data, total);
    z.next_in = plain;
    z.avail_in = (unsigned)(n_header + total);
    z.next_out = packed;
    z.avail_out = (unsigned)room;
    bool ok = deflate(&z, Z_FINISH) == Z_STREAM_END;
    if (!ok)
        err_set(err, ERR_IO, path, 0, "cannot be compressed");
    ok = ok && file_write(path, packed, z.total_out, err);
    deflateEnd(&z);
    free(plain);
    free(packed);
    return ok;
}

/* The first of prefix + middle + "" or ".gz" that is there; both ways of writing the middle. */
static bool find_file(const char *prefix, const char *what, int axes, char *out)
{
    static const char separators[] = {'-', '.'};
    for (size_t i = 0; i < sizeof separators; i++) {
        int n = snprintf(out, PATH_SIZE, "%s-%s%cidx%d-ubyte", prefix, what, separators[i], axes);
        if (n + 4 > PATH_SIZE)
            return false;
        if (file_exists(out) || file_exists(strcat(out, ".gz")))
            return true;
    }
    return false;
}

bool idx_find_pair(const char *prefix, char *images, char *labels)
{
    return find_file(prefix, "images", 3, images) && find_file(prefix, "labels", 1, labels);
}

/* FOLDER/train or PREFIX-train, for each of the words. */
static bool find_part(const char *name, const char *const *words, char *prefix)
{
    char images[PATH_SIZE], labels[PATH_SIZE];
    const char *separator = file_is_folder(name) ? "/" : "-";
    for (const char *const *w = words; *w; w++) {
        if (snprintf(prefix, PATH_SIZE, "%s%s%s", name, separator, *w) >= PATH_SIZE)
            return false;
        if (idx_find_pair(prefix, images, labels))
            return true;
    }
    return false;
}

static const char *const train_words[] = {"train", NULL};
static const char *const test_words[] = {"t10k", "test", NULL};

bool idx_is_there(const char *path)
{
    char a[PATH_SIZE], b[PATH_SIZE];
    return idx_find_pair(path, a, b) || find_part(path, train_words, a);
}

static bool read_labels(const char *path, struct idx *idx, int n_classes, int *most,
                        struct err *err)
{
    if (!idx_read(path, 1, idx, err))
        return false;
    for (int i = 0; i < idx->dim[0]; i++) {
        if (n_classes && idx->data[i] >= n_classes) {
            err_set(err, ERR_INPUT, path, 0, "gives sample %d the label %d, expected 0 to %d", i,
                    idx->data[i], n_classes - 1);
            free(idx->owner);
            idx->owner = NULL;
            return false;
        }
        *most = idx->data[i] > *most ? idx->data[i] : *most;
    }
    return true;
}

/* Both files of up to two pairs (train, test). */
struct pairs {
    int n;
    char images[2][PATH_SIZE], labels[2][PATH_SIZE];
    struct idx label[2], image[2];
    int most; /* the largest label */
};

static bool read_pairs(struct pairs *p, const bool *wanted, int n_classes, struct err *err)
{
    for (int k = 0; k < p->n; k++)
        if (!read_labels(p->labels[k], &p->label[k], n_classes, &p->most, err))
            return false;
    const struct idx *before = NULL;
    for (int k = 0; k < p->n; k++) {
        struct idx *image = &p->image[k];
        if (!wanted[k])
            continue;
        if (!idx_read(p->images[k], 3, image, err))
            return false;
        if (image->dim[0] != p->label[k].dim[0])
            return err_set(err, ERR_INPUT, p->images[k], 0,
                           "holds %d pictures, but %s holds %d labels", image->dim[0],
                           file_name(p->labels[k]), p->label[k].dim[0]);
        if (before && memcmp(before->dim + 1, image->dim + 1, 2 * sizeof(int)) != 0)
            return err_set(err, ERR_INPUT, p->images[k], 0,
                           "holds pictures of %d x %d, but the train part's are %d x %d",
                           image->dim[1], image->dim[2], before->dim[1], before->dim[2]);
        before = image;
    }
    return true;
}

static bool fill(struct dataset *d, int at, const struct pairs *p, int k, int full, struct err *err)
{
    const struct idx *image = &p->image[k], *label = &p->label[k];
    size_t total = (size_t)image->dim[0] * d->count;
    float *x = d->x + (size_t)at * d->count, scaled[256]; /* a division for each byte, not pixel */
    for (int v = 0; v < 256; v++)
        scaled[v] = (float)v / (float)full;
    for (size_t i = 0; i < total; i++) {
        if (image->data[i] > full)
            return err_set(err, ERR_INPUT, p->images[k], 0,
                           "has a pixel of %d in picture %zu, expected 0 to %d", image->data[i],
                           i / d->count, full);
        x[i] = scaled[image->data[i]];
    }
    for (int i = 0; i < image->dim[0]; i++)
        d->y[at + i] = (float)label->data[i];
    return true;
}

static struct dataset *join(const struct pairs *p, const bool *wanted, int full, int n_classes,
                            struct err *err)
{
    int n = 0, any = 0;
    for (int k = 0; k < p->n; k++) {
        if (!wanted[k])
            continue;
        n += p->image[k].dim[0];
        any = k;
    }
    const int *dim = p->image[any].dim;
    struct dataset *d = set_create(shape_picture(dim[1], dim[2], 1), n, 1, err);
    if (!d)
        return NULL;
    d->n_classes = n_classes ? n_classes : p->most + 1;
    d->class_names = set_numbered(d, d->n_classes);
    int at = 0;
    for (int k = 0; k < p->n; k++) {
        if (!wanted[k])
            continue;
        if (!fill(d, at, p, k, full, err)) {
            dataset_close(d);
            return NULL;
        }
        at += p->image[k].dim[0];
    }
    return d;
}

struct dataset *idx_open_pairs(const struct spec *s, const char *train, const char *test, int full,
                               int n_classes, struct err *err)
{
    static const char *const allowed[] = {"augment", "seed", NULL};
    struct pairs *p = mem_zalloc(1, sizeof *p);
    struct dataset *d = NULL;
    bool wanted[2] = {!test || s->part != DATASET_TEST, s->part != DATASET_TRAIN};
    p->n = test ? 2 : 1;
    bool ok = spec_allows(s, allowed, err);
    for (int k = 0; k < p->n && ok; k++)
        if (!idx_find_pair(k ? test : train, p->images[k], p->labels[k]))
            ok = err_set(err, ERR_IO, k ? test : train, 0,
                         "has no pair -images-idx3-ubyte and -labels-idx1-ubyte (raw or .gz)");
    if (ok && read_pairs(p, wanted, n_classes, err))
        d = join(p, wanted, full, n_classes, err);
    if (d) {
        d->part = s->part;
        d->n_train = p->label[0].dim[0];
        d->n_test = test ? p->label[1].dim[0] : 0;
        ok = set_shuffle_grouped(d, false, err) &&
             (test || set_keep_part(d, s, false, TEST_SHARE, err));
        if (!ok) {
            dataset_close(d);
            d = NULL;
        }
    }
    for (int k = 0; k < 2; k++) {
        free(p->label[k].owner);
        free(p->image[k].owner);
    }
    free(p);
    return d;
}

struct dataset *idx_open(const struct spec *s, struct err *err)
{
    char place[PATH_SIZE], train[PATH_SIZE], test[PATH_SIZE], images[PATH_SIZE], labels[PATH_SIZE];
    struct dataset *d;
    if (!set_locate(s, s->name, idx_is_there, place))
        return NULL;
    if (idx_find_pair(place, images, labels))
        d = idx_open_pairs(s, place, NULL, 255, 0, err);
    else if (find_part(place, train_words, train))
        d = idx_open_pairs(s, train, find_part(place, test_words, test) ? test : NULL, 255, 0, err);
    else
        return NULL;
    if (d)
        d->source = arena_strdup(&d->arena, place);
    return d;
}
