/* Reading and writing whole files (declared in file.h). */
#include "glassnet/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* Grows by doubling up to a cap, with one byte to spare for the zero at the end. */
struct buffer {
    unsigned char *bytes;
    size_t used;
    size_t room;
};

static bool buffer_reserve(struct buffer *b)
{
    if (b->room - b->used > 1)
        return true;
    size_t room = b->room ? b->room * 2 : 64 * 1024;
    unsigned char *bytes = room > b->room ? realloc(b->bytes, room) : NULL;
    if (!bytes)
        return false;
    b->bytes = bytes;
    b->room = room;
    return true;
}

/* Pipes are read, as a shell's <(...) makes them, but nobody waits long for one that nothing is put
 * into; a device could go on for ever. */
static bool is_readable(int fd, const char *path, struct err *err)
{
    enum { PIPE_WAIT_MS = 3000 };
    struct stat s;
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    if (fstat(fd, &s) != 0 || fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK) != 0)
        return err_set(err, ERR_IO, path, 0, "cannot be opened: %s", strerror(errno));
    if (S_ISDIR(s.st_mode))
        return err_set(err, ERR_IO, path, 0, "is a folder, expected a file");
    if (S_ISBLK(s.st_mode) || (S_ISCHR(s.st_mode) && !isatty(fd)))
        return err_set(err, ERR_IO, path, 0, "is a device, expected a file");
    if (S_ISFIFO(s.st_mode) && poll(&poll_fd, 1, PIPE_WAIT_MS) == 0)
        return err_set(err, ERR_IO, path, 0, "is a pipe that nothing comes out of");
    return true;
}

/* -1 when there is nothing to read. */
static int open_to_read(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        err_set(err, ERR_IO, path, 0, "cannot be opened: %s", strerror(errno));
        return -1;
    }
    if (is_readable(fd, path, err))
        return fd;
    close(fd);
    return -1;
}

static bool too_long(const char *path, size_t most, struct err *err)
{
    return err_set(err, ERR_INPUT, path, 0, "is longer than the %zu bytes expected at most", most);
}

static bool read_all(FILE *f, const char *path, size_t most, struct buffer *b, struct err *err)
{
    for (;;) {
        if (!buffer_reserve(b))
            return err_set(err, ERR_IO, path, 0, "does not fit into memory");
        size_t n = fread(b->bytes + b->used, 1, b->room - b->used - 1, f);
        b->used += n;
        if (b->used > most)
            return too_long(path, most, err);
        if (ferror(f))
            return err_set(err, ERR_IO, path, 0, "cannot be read: %s", strerror(errno));
        if (n == 0)
            return true;
    }
}

char *file_read(const char *path, size_t most, size_t *size, struct err *err)
{
    int fd = open_to_read(path, err);
    FILE *f = fd >= 0 ? fdopen(fd, "rb") : NULL;
    if (!f)
        return NULL;
    struct buffer b = {NULL, 0, 0};
    bool ok = read_all(f, path, most, &b, err);
    fclose(f);
    if (!ok) {
        free(b.bytes);
        return NULL;
    }
    b.bytes[b.used] = 0;
    *size = b.used;
    return (char *)b.bytes;
}

/* zlib's gzread takes files that are not compressed as they are. */
static bool read_all_gz(gzFile f, const char *path, size_t most, struct buffer *b, struct err *err)
{
    for (;;) {
        if (!buffer_reserve(b))
            return err_set(err, ERR_IO, path, 0, "does not fit into memory");
        size_t room = b->room - b->used - 1;
        int n = gzread(f, b->bytes + b->used, room > INT32_MAX ? INT32_MAX : (unsigned)room);
        if (n < 0)
            break;
        b->used += (size_t)n;
        if (b->used > most)
            return too_long(path, most, err);
        if (n == 0)
            break;
    }
    int code;
    gzerror(f, &code);
    if (code == Z_BUF_ERROR)
        return err_set(err, ERR_INPUT, path, 0,
                       "ends in the middle of its compressed data; it was cut short");
    if (code == Z_ERRNO)
        return err_set(err, ERR_IO, path, 0, "cannot be read: %s", strerror(errno));
    if (code != Z_OK)
        return err_set(err, ERR_INPUT, path, 0, "has damaged gzip data and cannot be unpacked");
    return true;
}

unsigned char *file_read_maybe_gz(const char *path, size_t most, size_t *size, struct err *err)
{
    int fd = open_to_read(path, err);
    gzFile f = fd >= 0 ? gzdopen(fd, "rb") : NULL;
    if (!f)
        return NULL;
    struct buffer b = {NULL, 0, 0};
    bool ok = read_all_gz(f, path, most, &b, err);
    if (gzclose_r(f) == Z_BUF_ERROR && ok)
        ok = err_set(err, ERR_INPUT, path, 0,
                     "ends in the middle of its compressed data; it was cut short");
    if (!ok) {
        free(b.bytes);
        return NULL;
    }
    b.bytes[b.used] = 0;
    *size = b.used;
    return b.bytes;
}

bool file_out_begin(struct file_out *o, const char *path, struct err *err)
{
    memset(o, 0, sizeof *o);
    if (strlen(path) >= sizeof o->path)
        return err_set(err, ERR_IO, path, 0, "has a path longer than %zu bytes",
                       sizeof o->path - 1);
    struct stat old;
    bool is_there = stat(path, &old) == 0;
    if (is_there && S_ISDIR(old.st_mode))
        return err_set(err, ERR_IO, path, 0, "is a folder and cannot be written as a file");
    if (is_there && !S_ISREG(old.st_mode)) /* a new file would take its place */
        return err_set(err, ERR_IO, path, 0, "is a device or a pipe, expected a file to write");
    strcpy(o->path, path);
    snprintf(o->temporary, sizeof o->temporary, "%s.XXXXXX", path);
    int fd = mkstemp(o->temporary);
    if (fd < 0)
        return err_set(err, ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    /* mkstemp makes files private; the new file gets the old one's rights, or the usual ones. */
    mode_t mode;
    if (is_there) {
        mode = old.st_mode & 0777;
    } else {
        mode_t mask = umask(0);
        umask(mask);
        mode = 0666 & ~mask;
    }
    bool ok = fchmod(fd, mode) == 0;
    o->f = ok ? fdopen(fd, "wb") : NULL;
    if (!o->f) {
        err_set(err, ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
        close(fd);
        unlink(o->temporary);
        return false;
    }
    return true;
}

/* Why something before could not be written, which the stream has forgotten: more can't be, either.
 * 0: it could. */
static int why_not(FILE *f)
{
    static const char more[4096];
    int fd = fileno(f);
    return lseek(fd, 0, SEEK_END) < 0 || write(fd, more, sizeof more) < 0 ? errno : 0;
}

bool file_out_commit(struct file_out *o, struct err *err)
{
    errno = 0;
    bool before = ferror(o->f) != 0;
    bool ok = !before && fflush(o->f) == 0 && fsync(fileno(o->f)) == 0;
    int why = before ? why_not(o->f) : errno;
    if (fclose(o->f) != 0 && ok) {
        ok = false;
        why = errno;
    }
    o->f = NULL;
    if (ok && rename(o->temporary, o->path) != 0) {
        ok = false;
        why = errno;
    }
    if (!ok) {
        unlink(o->temporary);
        err_set(err, ERR_IO, o->path, 0, "cannot be written: %s",
                why ? strerror(why) : "the system refused");
    }
    return ok;
}

void file_out_abandon(struct file_out *o)
{
    if (o->f)
        fclose(o->f);
    o->f = NULL;
    unlink(o->temporary);
}

bool file_write(const char *path, const void *bytes, size_t size, struct err *err)
{
    struct file_out o;
    if (!file_out_begin(&o, path, err))
        return false;
    fwrite(bytes, 1, size, o.f);
    return file_out_commit(&o, err);
}

bool file_make_folders(const char *path, struct err *err)
{
    char part[1024];
    size_t n = strlen(path);
    if (n >= sizeof part)
        return err_set(err, ERR_IO, path, 0, "has a path longer than %zu bytes", sizeof part - 1);
    for (size_t i = 1; i <= n; i++) {
        if (path[i] != '/' && path[i] != 0)
            continue;
        memcpy(part, path, i);
        part[i] = 0;
        if (mkdir(part, 0777) != 0 && !file_is_folder(part))
            return err_set(err, ERR_IO, part, 0, "cannot be made as a folder: %s", strerror(errno));
    }
    return true;
}
