/* Writing npz. Each .npy is stored: a local header, the bytes; then the central directory. */
#include "glassnet/io/npz.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "io/bytes.h"
#include "io/npz_format.h"

#define NPY_MAX_HEADER 256

struct entry {
    uint32_t crc, size, offset;
};

/* The head of a .npy 1.0 file, padded with blanks so that the data begin at a multiple of 64. */
static size_t npy_header(const struct named_array *a, unsigned char out[NPY_MAX_HEADER])
{
    char shape[160] = "", dict[NPY_MAX_HEADER];
    size_t used = 0;
    for (int i = 0; i < a->rank; i++)
        used += (size_t)snprintf(shape + used, sizeof shape - used, "%s%zu%s", i ? ", " : "",
                                 a->dim[i], a->rank == 1 ? "," : "");
    int n = snprintf(dict, sizeof dict, "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }",
                     shape);
    size_t total = (10 + (size_t)n + 1 + 63) / 64 * 64;
    memset(out, ' ', total);
    memcpy(out, NPY_MAGIC "\x01\x00", 8);
    bytes_put(out + 8, total - 10, 2);
    memcpy(out + 10, dict, (size_t)n);
    out[total - 1] = '\n';
    return total;
}

/* The fields that local and central headers share, from "version needed" on: 26 bytes. */
static void put_common(unsigned char *p, const struct entry *e, size_t name_length)
{
    bytes_put(p, 20, 2);
    bytes_put(p + 2, ZIP_UTF8_NAMES, 2);
    bytes_put(p + 4, ZIP_STORED, 2);
    bytes_put(p + 6, 0, 2);    /* 0:00 */
    bytes_put(p + 8, 0x21, 2); /* 1 January 1980, the first day zip knows */
    bytes_put(p + 10, e->crc, 4);
    bytes_put(p + 14, e->size, 4);
    bytes_put(p + 18, e->size, 4);
    bytes_put(p + 22, name_length, 2);
    bytes_put(p + 24, 0, 2);
}

static bool write_name(FILE *f, const char *name)
{
    return fwrite(name, 1, strlen(name), f) == strlen(name) && fwrite(".npy", 1, 4, f) == 4;
}

static bool write_array(FILE *f, const struct named_array *a, struct entry *e)
{
    unsigned char local[30], header[NPY_MAX_HEADER];
    size_t header_size = npy_header(a, header), count = array_count(a);
    e->crc = (uint32_t)crc32(0, header, (unsigned)header_size);
    bytes_write_floats(NULL, a->data, count, &e->crc);
    bytes_put(local, ZIP_LOCAL, 4);
    put_common(local + 4, e, strlen(a->name) + 4);
    return fwrite(local, 1, sizeof local, f) == sizeof local && write_name(f, a->name) &&
           fwrite(header, 1, header_size, f) == header_size &&
           bytes_write_floats(f, a->data, count, NULL);
}

static bool write_directory(FILE *f, const struct named_array *arrays, const struct entry *entries,
                            int n, uint32_t at)
{
    uint32_t size = 0;
    for (int i = 0; i < n; i++) {
        unsigned char central[46] = {0};
        size_t name_length = strlen(arrays[i].name) + 4;
        bytes_put(central, ZIP_CENTRAL, 4);
        bytes_put(central + 4, 20, 2);
        put_common(central + 6, &entries[i], name_length);
        bytes_put(central + 42, entries[i].offset, 4);
        if (fwrite(central, 1, sizeof central, f) != sizeof central ||
            !write_name(f, arrays[i].name))
            return false;
        size += (uint32_t)(sizeof central + name_length);
    }
    unsigned char end[22] = {0};
    bytes_put(end, ZIP_END, 4);
    bytes_put(end + 8, (uint64_t)n, 2);
    bytes_put(end + 10, (uint64_t)n, 2);
    bytes_put(end + 12, size, 4);
    bytes_put(end + 16, at, 4);
    return fwrite(end, 1, sizeof end, f) == sizeof end;
}

/* Where everything goes; false when it does not fit. *end becomes the place of the directory. */
static bool lay_out(const char *path, const struct named_array *arrays, struct entry *entries,
                    int n, uint32_t *end, struct err *err)
{
    double at = 0, directory = 22;
    for (int i = 0; i < n; i++) {
        unsigned char header[NPY_MAX_HEADER];
        double size =
            (double)npy_header(&arrays[i], header) + 4.0 * (double)array_count(&arrays[i]);
        double name_length = (double)strlen(arrays[i].name) + 4;
        directory += 46 + name_length;
        if (at + 30 + name_length + size + directory > 4294967295.0 || name_length > 65535 ||
            n > 65535)
            return err_set(err, ERR_INPUT, path, 0,
                           "the arrays do not fit into an npz file, which holds at most 65,535 "
                           "arrays and 4 GiB; take fewer samples");
        entries[i].offset = (uint32_t)at;
        entries[i].size = (uint32_t)size;
        at += 30 + name_length + size;
    }
    *end = (uint32_t)at;
    return true;
}

bool npz_write(const char *path, const struct named_array *arrays, int n, struct err *err)
{
    struct entry *entries = mem_zalloc((size_t)n + 1, sizeof *entries);
    struct file_out out;
    uint32_t end = 0;
    bool begun = lay_out(path, arrays, entries, n, &end, err) && file_out_begin(&out, path, err);
    bool ok = begun;
    for (int i = 0; ok && i < n; i++)
        ok = write_array(out.f, &arrays[i], &entries[i]);
    ok = ok && write_directory(out.f, arrays, entries, n, end);
    free(entries);
    if (ok)
        return file_out_commit(&out, err);
    if (begun) {
        err_set(err, ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
        file_out_abandon(&out);
    }
    return false;
}
