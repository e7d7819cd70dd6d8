#include "glassnet/data/drawings.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/idx.h"
#include "data/set.h"
#include "glassnet/base/file.h"
#include "glassnet/base/folder.h"
#include "glassnet/base/translate.h"
#include "glassnet/data/normalise.h"
#include "glassnet/data/picture_file.h"
#include "glassnet/data/picture_write.h"

#define ASIDE ".forgotten"

static const size_t cells = (size_t)DRAWING_SIDE * DRAWING_SIDE;

/* A label as a folder's name: signs that paths or DATA texts need become %XX. */
static void folder_of_label(const char *label, char *out, size_t size)
{
    size_t n = 0;
    for (const char *c = label; *c && n + 4 < size; c++) {
        bool plain =
            (unsigned char)*c >= ' ' && !strchr("/+,:%\\", *c) && !(c == label && *c == '.');
        if (plain)
            out[n++] = *c;
        else
            n += (size_t)snprintf(out + n, size - n, "%%%02X", (unsigned char)*c);
    }
    out[n] = 0;
}

static int digit_of(char c)
{
    const char *digits = "0123456789ABCDEF", *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

static void label_of_folder(const char *name, char *out, size_t size)
{
    size_t n = 0;
    for (const char *c = name; *c && n + 1 < size; c++) {
        int high = *c == '%' ? digit_of(c[1]) : -1, low = high >= 0 ? digit_of(c[2]) : -1;
        out[n++] = low >= 0 ? (char)(high * 16 + low) : *c;
        c += low >= 0 ? 2 : 0;
    }
    out[n] = 0;
}

static int compare(const void *a, const void *b)
{
    const struct drawing *one = a, *two = b;
    if (one->number != two->number)
        return one->number < two->number ? -1 : 1;
    return strcmp(one->path, two->path);
}

static void add(struct drawings *d, const char *path, const char *label, long number)
{
    d->list = mem_grow(d->list, &d->room, d->count + 1, sizeof *d->list);
    struct drawing *one = &d->list[d->count++];
    one->path = mem_strdup(path);
    one->number = number;
    snprintf(one->label, sizeof one->label, "%s", label);
    d->next = number >= d->next && number < LONG_MAX ? number + 1 : d->next;
}

static void list_label(struct drawings *d, const char *name)
{
    struct folder files;
    char folder[PATH_SIZE], path[PATH_SIZE + 64], label[DRAWING_LABEL];
    label_of_folder(name, label, sizeof label);
    file_join(folder, sizeof folder, d->folder, name);
    if (!folder_read(&files, folder, NULL))
        return;
    for (int i = 0; i < files.count; i++)
        if (!files.entries[i].is_folder && file_ends_with(files.entries[i].name, ".png"))
            add(d, file_join(path, sizeof path, folder, files.entries[i].name), label,
                strtol(files.entries[i].name, NULL, 10));
    folder_deinit(&files);
}

void drawings_list(struct drawings *d, const char *folder)
{
    struct folder labels;
    char own[PATH_SIZE];
    *d = (struct drawings){.next = 1};
    if (folder)
        snprintf(d->folder, sizeof d->folder, "%s", folder);
    else
        file_join(d->folder, sizeof d->folder, file_data_folder(own, sizeof own), "drawings");
    if (!file_is_folder(d->folder) || !folder_read(&labels, d->folder, NULL))
        return;
    for (int i = 0; i < labels.count; i++)
        if (labels.entries[i].is_folder)
            list_label(d, labels.entries[i].name);
    folder_deinit(&labels);
    if (d->count > 1)
        qsort(d->list, (size_t)d->count, sizeof *d->list, compare);
}

void drawings_deinit(struct drawings *d)
{
    for (int i = 0; i < d->count; i++)
        free(d->list[i].path);
    free(d->list);
    *d = (struct drawings){.count = 0};
}

bool drawings_check_label(const char *label, struct err *err)
{
    struct text trimmed = text_trim(text_of(label));
    if (trimmed.n == 0 || trimmed.n != strlen(label) || !text_is_utf8(label, trimmed.n))
        return err_set(err, ERR_USAGE, NULL, 0,
                       "say what the drawing is: a label such as 7 or cat was expected");
    /* Encoded it may be three times as long, and it has to come back. */
    return trimmed.n < DRAWING_LABEL ||
           err_set(err, ERR_USAGE, NULL, 0, "a label has at most %d bytes; \"%.40s…\" is longer",
                   DRAWING_LABEL - 1, label);
}

/* FOLDER/LABEL/000012.png, and the folders on the way are there. */
static bool path_of(const struct drawings *d, const char *label, long number, char *path,
                    size_t size, struct err *err)
{
    char name[3 * DRAWING_LABEL + 4], folder[PATH_SIZE], file[32];
    folder_of_label(label, name, sizeof name);
    file_join(folder, sizeof folder, d->folder, name);
    snprintf(file, sizeof file, "%06ld.png", number);
    file_join(path, size, folder, file);
    return file_make_folders(folder, err);
}

bool drawings_keep(struct drawings *d, const char *label, const uint8_t *ink, struct err *err)
{
    char path[PATH_SIZE + 64];
    long number = d->next;
    if (!drawings_check_label(label, err) || !path_of(d, label, number, path, sizeof path, err) ||
        !picture_file_write_grey(path, ink, DRAWING_SIDE, DRAWING_SIDE, err))
        return false;
    add(d, path, label, number);
    return true;
}

static bool move_file(const char *from, const char *to, struct err *err)
{
    return rename(from, to) == 0 || err_set(err, ERR_IO, from, 0, "cannot be moved to %s: %s",
                                            file_name(to), strerror(errno));
}

void drawings_tidy(const struct drawings *d)
{
    struct folder old;
    char folder[PATH_SIZE], path[PATH_SIZE + 64];
    file_join(folder, sizeof folder, d->folder, ASIDE);
    if (!file_is_folder(folder) || !folder_read(&old, folder, NULL))
        return;
    for (int i = 0; i < old.count; i++)
        if (!old.entries[i].is_folder)
            remove(file_join(path, sizeof path, folder, old.entries[i].name));
    folder_deinit(&old);
}

bool drawings_forget(struct drawings *d, int i, char *aside, size_t size, struct err *err)
{
    char folder[PATH_SIZE], name[3 * DRAWING_LABEL + 40], label[3 * DRAWING_LABEL + 4];
    if (i < 0 || i >= d->count)
        return err_set(err, ERR_USAGE, NULL, 0,
                       d->count ? N_("there is no drawing %d; they count from 0 to %d")
                                : N_("no drawing %d is there: none was kept"),
                       i, d->count - 1);
    struct drawing *one = &d->list[i];
    folder_of_label(one->label, label, sizeof label);
    snprintf(name, sizeof name, "%ld-%s", one->number, label);
    file_join(folder, sizeof folder, d->folder, ASIDE);
    file_join(aside, size, folder, name);
    if (!file_make_folders(folder, err) || !move_file(one->path, aside, err))
        return false;
    file_folder(folder, sizeof folder, one->path);
    remove(folder); /* when it is empty now: no class without drawings stays behind */
    free(one->path);
    memmove(one, one + 1, (size_t)(d->count - i - 1) * sizeof *one);
    d->count--;
    return true;
}

bool drawings_restore(struct drawings *d, const char *aside, struct err *err)
{
    const char *name = file_name(aside);
    char *dash;
    char label[DRAWING_LABEL], path[PATH_SIZE + 64];
    long number = strtol(name, &dash, 10);
    label_of_folder(*dash == '-' ? dash + 1 : name, label, sizeof label);
    if (!path_of(d, label, number, path, sizeof path, err) || !move_file(aside, path, err))
        return false;
    add(d, path, label, number);
    qsort(d->list, (size_t)d->count, sizeof *d->list, compare);
    return true;
}

void drawing_normalise(const float *ink, int side, const struct shape *form, float *x)
{
    int h = form->dim[0], w = form->dim[1], c = form->dim[2], to = h < w ? h : w;
    float *square = mem_zalloc((size_t)to * (size_t)to, sizeof *square);
    int box = (to * 20 + 14) / 28; /* MNIST's 20 in 28 */
    if (h == 8 && w == 8)
        normalise_digits8(ink, side, side, square);
    else
        normalise_digit(ink, side, side, box ? box : 1, to, square);
    memset(x, 0, shape_count(form) * sizeof *x);
    int top = (h - to) / 2, left = (w - to) / 2;
    for (int i = 0; i < to * to; i++)
        for (int k = 0; k < c; k++)
            x[((top + i / to) * w + left + i % to) * c + k] = square[i];
    free(square);
}

bool drawings_ink(const struct drawings *d, int i, uint8_t *out, struct err *err)
{
    const struct picture_info as = {DRAWING_SIDE, DRAWING_SIDE, 1};
    float *ink = mem_zalloc(cells, sizeof *ink);
    bool ok = picture_file_read(d->list[i].path, &as, ink, err);
    for (size_t k = 0; k < cells && ok; k++)
        out[k] = (uint8_t)(ink[k] * 255 + 0.5f);
    free(ink);
    return ok;
}

bool drawings_read(const struct drawings *d, int i, int side, float *out, struct err *err)
{
    const struct picture_info as = {DRAWING_SIDE, DRAWING_SIDE, 1};
    const struct shape form = shape_picture(side, side, 1);
    float *ink = mem_zalloc(cells, sizeof *ink);
    bool ok = picture_file_read(d->list[i].path, &as, ink, err);
    if (ok)
        drawing_normalise(ink, DRAWING_SIDE, &form, out);
    free(ink);
    /* Whole bytes, so that an export holds the very same numbers. */
    for (int k = 0; k < side * side; k++)
        out[k] = ok ? (float)(int)(out[k] * 255 + 0.5f) / 255.0f : 0;
    return ok;
}
