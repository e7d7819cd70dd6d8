/* CIFAR-10 in its binary form: records of a label and 3 x 32 x 32 bytes, channel by channel. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/set.h"
#include "glassnet/base/file.h"

enum { SIDE = 32, CHANNELS = 3, PLANE = SIDE * SIDE, RECORD = 1 + CHANNELS * PLANE, CLASSES = 10 };

static const char *const class_names[CLASSES] = {
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"};

static const char *const files[] = {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
                                    "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"};

enum { FILES = sizeof files / sizeof *files };

static bool is_there(const char *folder)
{
    char path[PATH_SIZE];
    return file_exists(file_join(path, sizeof path, folder, files[0]));
}

struct batch {
    char *bytes; /* NULL when this part is not wanted */
    int n;
};

static bool wrong_size(const char *path, size_t size, struct err *err)
{
    return err_set(err, ERR_INPUT, path, 0,
                   "has %zu bytes, expected a multiple of %d (a label and 3 x 32 x 32 bytes)", size,
                   (int)RECORD);
}

static bool read_batch(const char *path, struct batch *b, struct err *err)
{
    size_t size;
    b->bytes = file_read(path, (size_t)1 << 30, &size, err);
    if (!b->bytes)
        return false;
    if (size == 0 || size % RECORD != 0)
        return wrong_size(path, size, err);
    b->n = (int)(size / RECORD);
    for (int i = 0; i < b->n; i++) {
        int label = (unsigned char)b->bytes[(size_t)i * RECORD];
        if (label >= CLASSES)
            return err_set(err, ERR_INPUT, path, 0,
                           "gives picture %d the label %d, expected 0 to 9", i, label);
    }
    return true;
}

static void fill(struct dataset *d, int at, const struct batch *b)
{
    for (int i = 0; i < b->n; i++) {
        const unsigned char *record = (const unsigned char *)b->bytes + (size_t)i * RECORD;
        float *x = d->x + (size_t)(at + i) * d->count;
        d->y[at + i] = (float)record[0];
        for (int p = 0; p < PLANE; p++)
            for (int c = 0; c < CHANNELS; c++)
                x[p * CHANNELS + c] = (float)record[1 + c * PLANE + p] / 255.0f;
    }
}

static struct dataset *join(const struct batch *batches, int n, struct err *err)
{
    struct dataset *d = set_create(shape_picture(SIDE, SIDE, CHANNELS), n, 1, err);
    if (!d)
        return NULL;
    d->n_classes = CLASSES;
    d->class_names = set_names(d, CLASSES);
    for (int c = 0; c < CLASSES; c++)
        d->class_names[c] = arena_strdup(&d->arena, class_names[c]);
    int at = 0;
    for (int k = 0; k < FILES; k++) {
        if (batches[k].bytes)
            fill(d, at, &batches[k]);
        at += batches[k].n;
    }
    d->source = "CIFAR-10 (A. Krizhevsky 2009)";
    return d;
}

/* Pictures there are in the part that is not loaded; the set must be whole all the same. */
static bool count_batch(const char *path, int *n, struct err *err)
{
    FILE *f = file_exists(path) ? fopen(path, "rb") : NULL;
    long size = f && fseek(f, 0, SEEK_END) == 0 ? ftell(f) : 0;
    if (!f)
        return err_set(err, ERR_IO, path, 0, "is missing; the binary CIFAR-10 has %d files",
                       (int)FILES);
    fclose(f);
    if (size <= 0 || size % RECORD != 0)
        return wrong_size(path, (size_t)(size > 0 ? size : 0), err);
    *n += (int)(size / RECORD);
    return true;
}

struct dataset *cifar_open(const struct spec *s, struct err *err)
{
    static const char *const allowed[] = {"augment", "seed", NULL};
    char folder[PATH_SIZE], path[PATH_SIZE];
    struct batch batches[FILES] = {{0}};
    int n = 0, parts[2] = {0, 0};
    if (!spec_allows(s, allowed, err))
        return NULL;
    if (!set_locate(s, s->name + strlen("cifar:"), is_there, folder)) {
        err_set(err, ERR_IO, s->name + strlen("cifar:"), 0,
                "is no folder with %s; the binary version of CIFAR-10 is needed", files[0]);
        return NULL;
    }
    bool ok = true;
    for (int k = 0; k < FILES && ok; k++) {
        bool is_test = k == FILES - 1;
        file_join(path, sizeof path, folder, files[k]);
        if (s->part == DATASET_ALL || is_test == (s->part == DATASET_TEST)) {
            ok = read_batch(path, &batches[k], err);
            n += batches[k].n;
            parts[is_test] += batches[k].n;
        } else {
            ok = count_batch(path, &parts[is_test], err);
        }
    }
    struct dataset *d = ok ? join(batches, n, err) : NULL;
    if (d) {
        snprintf(d->name, sizeof d->name, "cifar10");
        d->part = s->part;
        d->n_train = parts[0];
        d->n_test = parts[1];
    }
    for (int k = 0; k < FILES; k++)
        free(batches[k].bytes);
    return d;
}
