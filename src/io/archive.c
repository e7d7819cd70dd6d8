#include "glassnet/io/archive.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"

struct archive {
    struct archive_part *parts;
    int count;
};

/* The zip is made in memory and then written as one file: file_write leaves no half of it. */
static bool add_parts(zip_t *zip, const struct archive_part *parts, int n)
{
    for (int i = 0; i < n; i++) {
        zip_source_t *from = zip_source_buffer(zip, parts[i].bytes, parts[i].size, 0);
        zip_int64_t at = from ? zip_file_add(zip, parts[i].name, from, ZIP_FL_ENC_UTF_8) : -1;
        if (at < 0) {
            zip_source_free(from);
            return false;
        }
        /* Numbers that training made hardly shrink: packing them would only take time. */
        zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0);
        /* The same session gives the same bytes: 1 January 1980, the first day zip knows. */
        zip_file_set_dostime(zip, (zip_uint64_t)at, 0, 0x21, 0);
    }
    return true;
}

/* The bytes of a finished zip, from malloc. */
static void *take_bytes(zip_source_t *made, size_t *size)
{
    zip_stat_t stat;
    if (zip_source_open(made) != 0)
        return NULL;
    void *bytes = zip_source_stat(made, &stat) == 0 ? mem_try((size_t)stat.size + 1, 1) : NULL;
    if (bytes && zip_source_read(made, bytes, stat.size) != (zip_int64_t)stat.size) {
        free(bytes);
        bytes = NULL;
    }
    *size = bytes ? (size_t)stat.size : 0;
    zip_source_close(made);
    return bytes;
}

bool archive_write(const char *path, const struct archive_part *parts, int n, struct err *err)
{
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *made = zip_source_buffer_create(NULL, 0, 0, &problem);
    zip_t *zip = made ? zip_open_from_source(made, ZIP_TRUNCATE, &problem) : NULL;
    if (!zip) {
        zip_source_free(made);
        zip_error_fini(&problem);
        return err_set(err, ERR_IO, path, 0, "there is not enough memory to pack the file");
    }
    zip_source_keep(made); /* closing lets go of it once */
    size_t size = 0;
    void *bytes = NULL;
    if (add_parts(zip, parts, n) && zip_close(zip) == 0)
        bytes = take_bytes(made, &size);
    else
        zip_discard(zip);
    zip_source_free(made);
    zip_error_fini(&problem);
    if (!bytes)
        return err_set(err, ERR_IO, path, 0, "there is not enough memory to pack the file");
    bool done = file_write(path, bytes, size, err);
    free(bytes);
    return done;
}

static bool read_part(zip_t *zip, zip_uint64_t i, size_t *left, struct archive_part *part)
{
    zip_stat_t stat;
    if (zip_stat_index(zip, i, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) || stat.size > *left)
        return false;
    char *bytes = mem_try((size_t)stat.size + 1, 1);
    zip_file_t *f = bytes ? zip_fopen_index(zip, i, 0) : NULL;
    bool done = f && zip_fread(f, bytes, stat.size) == (zip_int64_t)stat.size;
    /* The checksum is compared when reading comes to the end. */
    char more;
    done = done && zip_fread(f, &more, 1) == 0;
    if (f)
        zip_fclose(f);
    if (!done) {
        free(bytes);
        return false;
    }
    *left -= (size_t)stat.size;
    *part = (struct archive_part){mem_strdup(stat.name), bytes, (size_t)stat.size};
    return true;
}

struct archive *archive_read(const char *path, size_t most, struct err *err)
{
    enum { PARTS_MOST = 100000 };
    size_t size;
    char *bytes = file_read(path, most, &size, err);
    if (!bytes)
        return NULL;
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *from = zip_source_buffer_create(bytes, size, 0, &problem);
    zip_t *zip = from ? zip_open_from_source(from, ZIP_RDONLY | ZIP_CHECKCONS, &problem) : NULL;
    zip_error_fini(&problem);
    struct archive *a = NULL;
    zip_int64_t count = zip ? zip_get_num_entries(zip, 0) : -1;
    bool whole = count >= 0 && count <= PARTS_MOST;
    if (whole) {
        a = mem_zalloc(1, sizeof *a);
        a->parts = mem_zalloc((size_t)count + 1, sizeof *a->parts);
        for (zip_int64_t i = 0; i < count && whole; i++) {
            whole = read_part(zip, (zip_uint64_t)i, &most, &a->parts[a->count]);
            a->count += whole;
        }
    }
    if (zip)
        zip_discard(zip);
    else
        zip_source_free(from);
    free(bytes);
    if (whole)
        return a;
    archive_close(a);
    err_set(err, ERR_INPUT, path, 0,
            "it was expected to be a session that Glassnet has written, "
            "a zip file; this one is damaged or something else");
    return NULL;
}

const struct archive_part *archive_find(const struct archive *a, const char *name)
{
    for (int i = 0; i < a->count; i++)
        if (strcmp(a->parts[i].name, name) == 0)
            return &a->parts[i];
    return NULL;
}

void archive_close(struct archive *a)
{
    if (!a)
        return;
    for (int i = 0; i < a->count; i++) {
        free((void *)a->parts[i].name);
        free((void *)a->parts[i].bytes);
    }
    free(a->parts);
    free(a);
}
