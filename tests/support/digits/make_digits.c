/* Makes the data sets `digits` and `digits8` anew from their sources (make digits):
 * make_digits digits.png digits.csv.gz FOLDER. data/README.md says where the sources come from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/idx.h"
#include "data/set.h"
#include "glassnet/base/file.h"
#include "glassnet/data/normalise.h"
#include "glassnet/data/picture_file.h"

enum { CELL = 20, ROWS = 50, COLUMNS = 100, ROWS_PER_DIGIT = 5 };

/* Writes the samples whose is_test is as wanted, as bytes 0..full. */
static bool write_part(const struct dataset *d, const bool *is_test, bool wanted, int full,
                       const char *prefix, struct err *err)
{
    char path[PATH_SIZE];
    unsigned char *pixels = mem_zalloc((size_t)d->n, d->count);
    unsigned char *labels = mem_zalloc((size_t)d->n, 1);
    int dim[3] = {0, d->shape.dim[0], d->shape.dim[1]};
    for (int i = 0; i < d->n; i++) {
        if (is_test[i] != wanted)
            continue;
        for (size_t p = 0; p < d->count; p++)
            pixels[(size_t)dim[0] * d->count + p] =
                (unsigned char)(dataset_x(d, i)[p] * (float)full + 0.5f);
        labels[dim[0]++] = (unsigned char)dataset_class(d, i);
    }
    snprintf(path, sizeof path, "%s-images-idx3-ubyte.gz", prefix);
    bool ok = idx_write_gz(path, 3, dim, pixels, err);
    snprintf(path, sizeof path, "%s-labels-idx1-ubyte.gz", prefix);
    ok = ok && idx_write_gz(path, 1, dim, labels, err);
    free(pixels);
    free(labels);
    return ok;
}

static bool write_set(struct dataset *d, int full, const char *folder, const char *name,
                      struct err *err)
{
    char path[PATH_SIZE], prefix[128];
    if (!set_shuffle_grouped(d, true, err))
        return false;
    bool *is_test = set_choose_test(d, TEST_SHARE);
    snprintf(prefix, sizeof prefix, "%s-train", name);
    bool ok =
        write_part(d, is_test, false, full, file_join(path, sizeof path, folder, prefix), err);
    snprintf(prefix, sizeof prefix, "%s-test", name);
    ok =
        ok && write_part(d, is_test, true, full, file_join(path, sizeof path, folder, prefix), err);
    free(is_test);
    return ok;
}

static bool make_digits(const char *picture, const char *folder, struct err *err)
{
    struct picture_info info;
    if (!picture_file_info(picture, &info, err))
        return false;
    if (info.height != ROWS * CELL || info.width != COLUMNS * CELL)
        return err_set(err, ERR_INPUT, picture, 0, "is %d x %d pixels, expected %d x %d",
                       info.height, info.width, ROWS * CELL, COLUMNS * CELL);
    info.channels = 1;
    float *all = mem_zalloc((size_t)info.height * (size_t)info.width, sizeof *all);
    struct dataset *d = set_create(shape_picture(28, 28, 1), ROWS * COLUMNS, 1, err);
    bool ok = d && picture_file_read(picture, &info, all, err);
    for (int i = 0; ok && i < d->n; i++) {
        float cell[CELL * CELL];
        int top = i / COLUMNS * CELL, left = i % COLUMNS * CELL;
        for (int y = 0; y < CELL; y++)
            memcpy(cell + y * CELL, all + (top + y) * info.width + left, CELL * sizeof *cell);
        normalise_digits28(cell, CELL, CELL, d->x + (size_t)i * d->count);
        d->y[i] = (float)(i / COLUMNS / ROWS_PER_DIGIT);
    }
    if (ok) {
        d->n_classes = 10;
        ok = write_set(d, 255, folder, "digits", err);
    }
    dataset_close(d);
    free(all);
    return ok;
}

/* Lines of 64 numbers 0..16 and the digit, without a header. */
static bool read_digits8(struct text rest, const char *path, struct dataset *d, struct err *err)
{
    for (int i = 0; i < d->n; i++) {
        struct text line = text_next_line(&rest), cell;
        for (int c = 0; c <= 64; c++) {
            long value;
            text_split(line, ',', &cell, &line);
            if (!text_to_long(cell, &value) || value < 0 || value > (c < 64 ? 16 : 9))
                return err_set(err, ERR_INPUT, path, i + 1, "has a bad number in column %d", c + 1);
            if (c < 64)
                d->x[i * 64 + c] = (float)value / 16.0f;
            else
                d->y[i] = (float)value;
        }
    }
    return rest.n == 0 || err_set(err, ERR_INPUT, path, d->n + 1, "has a line too many");
}

static bool make_digits8(const char *table, const char *folder, struct err *err)
{
    size_t size;
    unsigned char *bytes = file_read_maybe_gz(table, 1 << 22, &size, err);
    if (!bytes)
        return false;
    struct dataset *d = set_create(shape_picture(8, 8, 1), 1797, 1, err);
    bool ok = d && read_digits8((struct text){(char *)bytes, size}, table, d, err);
    if (ok) {
        d->n_classes = 10;
        ok = write_set(d, 16, folder, "digits8", err);
    }
    dataset_close(d);
    free(bytes);
    return ok;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    char text[1024];
    if (argc != 4) {
        fprintf(stderr, "usage: make_digits digits.png digits.csv.gz FOLDER\n");
        return 2;
    }
    if (make_digits(argv[1], argv[3], &err) && make_digits8(argv[2], argv[3], &err))
        return 0;
    fprintf(stderr, "%s\n", err_text(&err, text, sizeof text));
    return 1;
}
