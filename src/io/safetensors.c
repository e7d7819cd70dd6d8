#include "glassnet/io/safetensors.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "io/bytes.h"

#define MAX_HEADER ((size_t)16 << 20)
#define MAX_BYTES  ((size_t)4 << 30)

static cJSON *tensor_json(const struct named_array *a, double begin, double end)
{
    cJSON *tensor = cJSON_CreateObject();
    cJSON_AddStringToObject(tensor, "dtype", "F32");
    cJSON *shape = cJSON_AddArrayToObject(tensor, "shape");
    for (int i = 0; i < a->rank; i++)
        cJSON_AddItemToArray(shape, cJSON_CreateNumber((double)a->dim[i]));
    cJSON *offsets = cJSON_AddArrayToObject(tensor, "data_offsets");
    cJSON_AddItemToArray(offsets, cJSON_CreateNumber(begin));
    cJSON_AddItemToArray(offsets, cJSON_CreateNumber(end));
    return tensor;
}

/* The header as text, from malloc; NULL when memory is short. */
static char *header_text(const struct named_array *arrays, int n,
                         const struct safetensors_note *notes, int note_count)
{
    cJSON *root = cJSON_CreateObject();
    if (notes && note_count > 0) {
        cJSON *metadata = cJSON_AddObjectToObject(root, "__metadata__");
        for (int i = 0; i < note_count; i++)
            cJSON_AddStringToObject(metadata, notes[i].key, notes[i].value);
    }
    double at = 0;
    for (int i = 0; i < n; i++) {
        double end = at + 4.0 * (double)array_count(&arrays[i]);
        cJSON_AddItemToObject(root, arrays[i].name, tensor_json(&arrays[i], at, end));
        at = end;
    }
    char *text = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    return text;
}

static bool write_all(FILE *f, const char *header, const struct named_array *arrays, int n)
{
    unsigned char length[8];
    size_t size = strlen(header), padded = (size + 7) / 8 * 8;
    bytes_put(length, padded, 8);
    if (fwrite(length, 1, 8, f) != 8 || fwrite(header, 1, size, f) != size ||
        fwrite("        ", 1, padded - size, f) != padded - size)
        return false;
    for (int i = 0; i < n; i++)
        if (!bytes_write_floats(f, arrays[i].data, array_count(&arrays[i]), NULL))
            return false;
    return true;
}

bool safetensors_write(const char *path, const struct named_array *arrays, int n,
                       const struct safetensors_note *notes, int note_count, struct err *err)
{
    struct file_out out;
    char *header = header_text(arrays, n, notes, note_count);
    if (!header)
        return err_set(err, ERR_IO, path, 0, "there is not enough memory to write it");
    if (!file_out_begin(&out, path, err)) {
        cJSON_free(header);
        return false;
    }
    bool ok = write_all(out.f, header, arrays, n);
    cJSON_free(header);
    if (ok)
        return file_out_commit(&out, err);
    err_set(err, ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    file_out_abandon(&out);
    return false;
}

struct tensor {
    struct named_array array;
    size_t begin, end;
    bool is_double;
};

struct reader {
    const char *path;
    const unsigned char *data; /* behind the header */
    size_t size;               /* of data */
    struct arena *arena;
    struct err *err;
};

/* What is wrong with the file, marked with N_. */
static bool fail(struct reader *r, const char *what)
{
    return err_set(r->err, ERR_INPUT, r->path, 0, "%s, expected a safetensors file",
                   translate(what));
}

/* What is wrong with one tensor, whose name is the format's first. */
static bool tensor_fail(struct reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static bool tensor_fail(struct reader *r, const char *format, ...)
{
    char what[256];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, translate(format), args);
    va_end(args);
    return err_set(r->err, ERR_INPUT, r->path, 0, "%s", what);
}

/* A whole number that a double holds exactly. */
static bool get_size(const cJSON *item, size_t *value)
{
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0) ||
        item->valuedouble > 9007199254740992.0 || item->valuedouble != floor(item->valuedouble))
        return false;
    *value = (size_t)item->valuedouble;
    return true;
}

static bool read_shape(struct reader *r, const cJSON *shape, struct named_array *a, double *count)
{
    const cJSON *item;
    *count = 1;
    if (!cJSON_IsArray(shape))
        return tensor_fail(r, "tensor '%.60s' has no shape, expected a list of sizes", a->name);
    cJSON_ArrayForEach(item, shape)
    {
        if (a->rank == ARRAY_MAX_RANK)
            return tensor_fail(r, "tensor '%.60s' has more than 5 axes, expected at most 5",
                               a->name);
        if (!get_size(item, &a->dim[a->rank]))
            return tensor_fail(r, "tensor '%.60s' has a shape that is not of whole numbers",
                               a->name);
        *count *= (double)a->dim[a->rank++];
    }
    return true;
}

static bool read_tensor(struct reader *r, const cJSON *item, struct tensor *t)
{
    struct named_array *a = &t->array;
    a->name = arena_strdup(r->arena, item->string);
    const char *type = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "dtype"));
    const cJSON *offsets = cJSON_GetObjectItemCaseSensitive(item, "data_offsets");
    double count;
    if (!cJSON_IsObject(item) || !type)
        return tensor_fail(r, "tensor '%.60s' has no dtype, expected F32 or F64", a->name);
    t->is_double = strcmp(type, "F64") == 0;
    if (!t->is_double && strcmp(type, "F32") != 0)
        return tensor_fail(r, "tensor '%.60s' has dtype %.16s, expected F32 or F64", a->name, type);
    if (!read_shape(r, cJSON_GetObjectItemCaseSensitive(item, "shape"), a, &count))
        return false;
    if (!cJSON_IsArray(offsets) || cJSON_GetArraySize(offsets) != 2 ||
        !get_size(cJSON_GetArrayItem(offsets, 0), &t->begin) ||
        !get_size(cJSON_GetArrayItem(offsets, 1), &t->end) || t->begin > t->end)
        return tensor_fail(
            r, "tensor '%.60s' has no data_offsets, expected where it begins and ends", a->name);
    if (t->end > r->size)
        return tensor_fail(
            r, "tensor '%.60s' reaches past the end of the file; the file was cut short", a->name);
    if (count * (t->is_double ? 8 : 4) != (double)(t->end - t->begin))
        return tensor_fail(r, "tensor '%.60s' has a shape that does not fit the size of its data",
                           a->name);
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct tensor *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

static int by_name(const void *a, const void *b)
{
    const struct named_array *x = a, *y = b;
    return strcmp(x->name, y->name);
}

/* Tensors must fill the data wholly and in turn. */
static bool check_places(struct reader *r, struct tensor *tensors, int count)
{
    size_t at = 0;
    qsort(tensors, (size_t)count, sizeof *tensors, by_place);
    for (int i = 0; i < count; i++) {
        if (tensors[i].begin < at)
            return tensor_fail(r, "tensor '%.60s' overlaps another tensor", tensors[i].array.name);
        if (tensors[i].begin > at)
            return tensor_fail(r, "tensor '%.60s' comes after a gap in the data",
                               tensors[i].array.name);
        at = tensors[i].end;
    }
    if (at != r->size)
        return fail(r, N_("data follow behind the last tensor"));
    return true;
}

static void take_numbers(struct reader *r, struct tensor *t)
{
    size_t count = array_count(&t->array);
    float *data = arena_alloc(r->arena, 4 * count + 4);
    if (t->is_double)
        bytes_get_doubles(r->data + t->begin, data, count);
    else
        bytes_get_floats(r->data + t->begin, data, count);
    t->array.data = data;
}

static bool read_tensors(struct reader *r, const cJSON *root, struct safetensors *file)
{
    int most = cJSON_GetArraySize(root), count = 0;
    struct tensor *tensors = mem_zalloc((size_t)most + 1, sizeof *tensors);
    const cJSON *item;
    bool ok = true;
    cJSON_ArrayForEach(item, root)
    {
        if (strcmp(item->string, "__metadata__") == 0)
            continue;
        ok = ok && read_tensor(r, item, &tensors[count]);
        count++;
    }
    ok = ok && check_places(r, tensors, count);
    file->arrays = arena_alloc(r->arena, ((size_t)count + 1) * sizeof *file->arrays);
    file->count = count;
    for (int i = 0; ok && i < count; i++) {
        take_numbers(r, &tensors[i]);
        file->arrays[i] = tensors[i].array;
    }
    free(tensors);
    if (!ok)
        return false;
    qsort(file->arrays, (size_t)count, sizeof *file->arrays, by_name);
    for (int i = 1; i < count; i++)
        if (strcmp(file->arrays[i].name, file->arrays[i - 1].name) == 0)
            return tensor_fail(r, "tensor '%.60s' is there twice", file->arrays[i].name);
    return true;
}

static bool read_file(struct reader *r, const char *bytes, size_t size, struct safetensors *file)
{
    if (size < 8)
        return fail(r, N_("the file is shorter than the 8 bytes of its header's length"));
    uint64_t length = bytes_get((const unsigned char *)bytes, 8);
    if (length > MAX_HEADER || length > size - 8)
        return fail(r, N_("the length of the header is larger than the file or than 16 MiB"));
    const char *header = bytes + 8, *end = NULL;
    if (!text_is_utf8(header, length) || memchr(header, 0, length))
        return fail(r, N_("the header is not UTF-8 text"));
    cJSON *root = cJSON_ParseWithLengthOpts(header, length, &end, 0);
    bool ok = root && cJSON_IsObject(root);
    struct text rest = {ok ? end : header, ok ? (size_t)(header + length - end) : 0};
    if (!ok || text_trim(rest).n) {
        cJSON_Delete(root);
        return fail(r, N_("the header is not one JSON object"));
    }
    r->data = (const unsigned char *)bytes + 8 + length;
    r->size = size - 8 - length;
    ok = read_tensors(r, root, file);
    cJSON_Delete(root);
    return ok;
}

struct safetensors *safetensors_open(const char *path, struct err *err)
{
    size_t size;
    char *bytes = file_read(path, MAX_BYTES, &size, err);
    if (!bytes)
        return NULL;
    struct safetensors *file = mem_zalloc(1, sizeof *file);
    struct arena *arena = mem_zalloc(1, sizeof *arena);
    arena_init(arena);
    file->owned = arena;
    struct reader r = {.path = path, .arena = arena, .err = err};
    bool ok = read_file(&r, bytes, size, file);
    free(bytes);
    if (ok)
        return file;
    safetensors_close(file);
    return NULL;
}

const struct named_array *safetensors_find(const struct safetensors *file, const char *name)
{
    struct named_array key = {.name = name};
    return file->count ? bsearch(&key, file->arrays, (size_t)file->count, sizeof key, by_name)
                       : NULL;
}

void safetensors_close(struct safetensors *file)
{
    if (!file)
        return;
    arena_deinit(file->owned);
    free(file->owned);
    free(file);
}
