/* Files: whole reads with a cap, and writes that happen wholly or not at all. */
#ifndef GLASSNET_BASE_FILE_H
#define GLASSNET_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "glassnet/base/err.h"

/* The bytes of a file plus a zero byte behind them, from malloc (the caller frees); their number
 * goes to *size. Fails when the file is missing, unreadable or longer than `most` bytes. */
char *file_read(const char *path, size_t most, size_t *size, struct err *err);

/* The same for a file that may be gzip-compressed (.gz): `most` counts the bytes unpacked. */
unsigned char *file_read_maybe_gz(const char *path, size_t most, size_t *size, struct err *err);

/* A file being written beside its final place. */
struct file_out {
    FILE *f;
    char path[1024];
    char temporary[1040];
};

/* Opens a temporary file beside path. On success the caller writes to o->f and ends with
 * file_out_commit (flush, fsync, rename: the new file is there whole) or file_out_abandon. */
bool file_out_begin(struct file_out *o, const char *path, struct err *err);
bool file_out_commit(struct file_out *o, struct err *err);
void file_out_abandon(struct file_out *o);

/* Writes size bytes as the whole content of path, atomically. */
bool file_write(const char *path, const void *bytes, size_t size, struct err *err);

bool file_exists(const char *path); /* a regular file that can be read */
bool file_is_folder(const char *path);
bool file_ends_with(const char *path, const char *ending); /* ".net", case-insensitive */
bool file_make_folders(const char *path, struct err *err); /* like mkdir -p */

/* folder + "/" + name into out (cut to fit); an absolute name stands alone. Returns out. */
char *file_join(char *out, size_t size, const char *folder, const char *name);

/* The folder part of path ("." when there is none) into out. */
char *file_folder(char *out, size_t size, const char *path);

/* The name part of path, a pointer into it. */
const char *file_name(const char *path);

/* path with its ending replaced: file_with_ending(out, n, "a/b.net", ".safetensors"). */
char *file_with_ending(char *out, size_t size, const char *path, const char *ending);

/* Where Glassnet's own files are ("data/digits-train-images.gz", "fonts/...", "lessons/..."):
 * $GLASSNET_HOME, else beside the program, else above its build folder (the source tree), else
 * the installed share folder. Writes the path of `name` there into out; false when no such file
 * or folder is found. */
bool file_find_shared(char *out, size_t size, const char *name);

/* The same for what is made when Glassnet is built and not kept with its source: beside the program
 * or in the folder above it (tests lie one deeper). */
bool file_find_built(char *out, size_t size, const char *name);

/* The user's folder for settings, $XDG_CONFIG_HOME/glassnet or ~/.config/glassnet, or for data
 * (progress, sessions), $XDG_DATA_HOME/glassnet or ~/.local/share/glassnet. Not created here. */
char *file_config_folder(char *out, size_t size);
char *file_data_folder(char *out, size_t size);

/* Where the user's pictures or documents go: file_user_folder(out, n, "PICTURES", "Pictures") is
 * $XDG_PICTURES_DIR, else what the desktop's user-dirs.dirs says (~/Obrazy), else ~/Pictures, else
 * the home folder, else the current one by its full path: the first that can be written to. */
char *file_user_folder(char *out, size_t size, const char *what, const char *usual);

#endif
