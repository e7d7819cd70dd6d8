/* Reading npz: the central directory at the end says where each .npy is. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "glassnet/io/npz.h"
#include "io/bytes.h"
#include "io/npz_format.h"

#define NPZ_MAX_BYTES ((size_t)4 << 30)

struct reader {
    const char *path;
    const char *expected; /* for messages */
    const unsigned char *bytes;
    size_t size;
    struct arena *arena;
    struct err *err;
};

/* One .npy, unpacked. */
struct piece {
    const unsigned char *p;
    size_t n;
    unsigned char *owned; /* from malloc, or NULL when it lies in the file */
};

static bool fail(struct reader *r, const char *what)
{
    return err_set(r->err, ERR_INPUT, r->path, 0, "%s; expected %s", translate(what),
                   translate(r->expected));
}

/* The end record: the last 22 bytes, or earlier when a comment follows. */
static bool find_end(struct reader *r, size_t *at)
{
    if (r->size < 22)
        return fail(r, N_("the file is too short"));
    for (size_t back = 22; back <= r->size && back <= 22 + 65535; back++)
        if (bytes_get(r->bytes + r->size - back, 4) == ZIP_END) {
            *at = r->size - back;
            return true;
        }
    return fail(r, N_("the zip directory is missing"));
}

static bool inflate_piece(struct reader *r, const unsigned char *from, size_t packed, size_t size,
                          struct piece *piece)
{
    /* Deflate packs at most about 1032 to 1: a larger claim is a lie that would cost memory. */
    if (size / 1100 > packed)
        return fail(r, N_("an array claims a size its data cannot have"));
    piece->owned = mem_try(size + 1, 1);
    if (!piece->owned)
        return err_set(r->err, ERR_IO, r->path, 0, "does not fit into memory");
    z_stream z = {0};
    z.next_in = (unsigned char *)(uintptr_t)from;
    z.avail_in = (unsigned)packed;
    z.next_out = piece->owned;
    z.avail_out = (unsigned)size;
    bool ok = inflateInit2(&z, -15) == Z_OK;
    ok = ok && inflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out == size;
    inflateEnd(&z);
    piece->p = piece->owned;
    piece->n = size;
    return ok || fail(r, N_("compressed data are damaged"));
}

static bool unpack(struct reader *r, const unsigned char *central, struct piece *piece)
{
    unsigned method = (unsigned)bytes_get(central + 10, 2);
    uint32_t crc = (uint32_t)bytes_get(central + 16, 4);
    size_t packed = bytes_get(central + 20, 4), size = bytes_get(central + 24, 4);
    size_t at = bytes_get(central + 42, 4);
    if (at + 30 > r->size || bytes_get(r->bytes + at, 4) != ZIP_LOCAL)
        return fail(r, N_("an array is not where the zip directory says"));
    at += 30 + bytes_get(r->bytes + at + 26, 2) + bytes_get(r->bytes + at + 28, 2);
    if (at > r->size || packed > r->size - at)
        return fail(r, N_("an array reaches past the end of the file"));
    *piece = (struct piece){.p = r->bytes + at, .n = size};
    if (method == ZIP_DEFLATED && !inflate_piece(r, r->bytes + at, packed, size, piece))
        return false;
    if ((method == ZIP_STORED && packed != size) ||
        (method != ZIP_STORED && method != ZIP_DEFLATED))
        return fail(r, N_("an array is packed in an unknown way"));
    uint32_t found = 0;
    for (size_t done = 0; done < size;) {
        size_t n = size - done < 1u << 30 ? size - done : 1u << 30;
        found = (uint32_t)crc32(found, piece->p + done, (unsigned)n);
        done += n;
    }
    return found == crc || fail(r, N_("an array's check sum is wrong"));
}

/* What follows `key` in the header's dictionary, from its first character that is no blank. */
static const char *after(const char *dict, const char *key)
{
    const char *p = strstr(dict, key);
    return p ? p + strlen(key) + strspn(p + strlen(key), " ") : "";
}

static bool read_shape(struct reader *r, const char *p, struct named_array *a)
{
    if (*p++ != '(')
        return fail(r, N_("an array has no shape"));
    double count = 1;
    while (*(p += strspn(p, " ,")) != ')') {
        char *end;
        size_t digits = strspn(p, "0123456789");
        unsigned long long n = strtoull(p, &end, 10);
        if (digits == 0 || digits > 10 || a->rank == ARRAY_MAX_RANK)
            return fail(r, N_("an array's shape cannot be read"));
        p = end;
        a->dim[a->rank++] = (size_t)n;
        count *= (double)n;
    }
    return count < 4e9 || fail(r, N_("an array's shape is too large"));
}

static bool read_npy(struct reader *r, const struct piece *piece, struct named_array *a)
{
    char dict[1024];
    if (piece->n < 10 || memcmp(piece->p, NPY_MAGIC "\x01\x00", 8) != 0)
        return fail(r, N_("an array is not in npy format 1.0"));
    size_t length = bytes_get(piece->p + 8, 2);
    if (length >= sizeof dict || 10 + length > piece->n)
        return fail(r, N_("an array's header is too long"));
    memcpy(dict, piece->p + 10, length);
    dict[length] = 0;
    if (strncmp(after(dict, "'descr':"), "'<f4'", 5) != 0)
        return fail(r, N_("an array is not of little-endian float32 numbers"));
    if (strncmp(after(dict, "'fortran_order':"), "False", 5) != 0)
        return fail(r, N_("an array is not in C order"));
    if (!read_shape(r, after(dict, "'shape':"), a))
        return false;
    size_t count = array_count(a);
    if (piece->n - 10 - length != 4 * count)
        return fail(r, N_("an array's shape and its size disagree"));
    float *data = arena_alloc(r->arena, 4 * count + 4);
    bytes_get_floats(piece->p + 10 + length, data, count);
    a->data = data;
    return true;
}

static bool read_entry(struct reader *r, size_t *at, struct named_array *a)
{
    const unsigned char *central = r->bytes + *at;
    if (*at + 46 > r->size || bytes_get(central, 4) != ZIP_CENTRAL)
        return fail(r, N_("the zip directory is damaged"));
    size_t name = bytes_get(central + 28, 2);
    size_t whole = 46 + name + bytes_get(central + 30, 2) + bytes_get(central + 32, 2);
    if (whole > r->size - *at)
        return fail(r, N_("the zip directory is cut off"));
    if (name < 4 || memcmp(central + 46 + name - 4, ".npy", 4) != 0 ||
        !text_is_utf8((const char *)central + 46, name) || memchr(central + 46, 0, name))
        return fail(r, N_("it holds something that is no array"));
    a->name = arena_strndup(r->arena, (const char *)central + 46, name - 4);
    struct piece piece = {0};
    bool ok = unpack(r, central, &piece) && read_npy(r, &piece, a);
    free(piece.owned);
    *at += whole;
    return ok;
}

static bool read_all(struct reader *r, struct npz *npz)
{
    size_t end = 0;
    if (!find_end(r, &end))
        return false;
    npz->count = (int)bytes_get(r->bytes + end + 10, 2);
    npz->arrays = arena_alloc(r->arena, ((size_t)npz->count + 1) * sizeof *npz->arrays);
    size_t at = bytes_get(r->bytes + end + 16, 4);
    for (int i = 0; i < npz->count; i++)
        if (!read_entry(r, &at, &npz->arrays[i]))
            return false;
    return true;
}

/* The only array of a .npy file. */
static bool read_one(struct reader *r, struct npz *npz)
{
    const struct piece all = {.p = r->bytes, .n = r->size};
    npz->count = 1;
    npz->arrays = arena_alloc(r->arena, sizeof *npz->arrays);
    npz->arrays[0] = (struct named_array){.name = ""};
    return read_npy(r, &all, &npz->arrays[0]);
}

static struct npz *read_file(const char *path, const char *expected,
                             bool (*read)(struct reader *r, struct npz *npz), struct err *err)
{
    size_t size;
    char *bytes = file_read(path, NPZ_MAX_BYTES, &size, err);
    if (!bytes)
        return NULL;
    struct npz *npz = mem_zalloc(1, sizeof *npz);
    struct arena *arena = mem_zalloc(1, sizeof *arena);
    arena_init(arena);
    npz->owned = arena;
    struct reader r = {path, expected, (const unsigned char *)bytes, size, arena, err};
    bool ok = read(&r, npz);
    free(bytes);
    if (ok)
        return npz;
    npz_close(npz);
    return NULL;
}

struct npz *npz_read(const char *path, struct err *err)
{
    return read_file(path, N_("an npz file as numpy.savez writes it"), read_all, err);
}

struct npz *npy_read(const char *path, struct err *err)
{
    return read_file(path, N_("an npy file as numpy.save writes it"), read_one, err);
}

const struct named_array *npz_find(const struct npz *npz, const char *name)
{
    for (int i = 0; i < npz->count; i++)
        if (strcmp(npz->arrays[i].name, name) == 0)
            return &npz->arrays[i];
    return NULL;
}

void npz_close(struct npz *npz)
{
    if (!npz)
        return;
    arena_deinit(npz->owned);
    free(npz->owned);
    free(npz);
}
